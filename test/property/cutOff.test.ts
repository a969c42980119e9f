import fc from 'fast-check';

import { requireComplete } from '../../nodes/AiImages/media/cutOff';
import { picture } from '../helpers/pictures';
import { everyCaseLater } from './cases';

const FORMATS = ['png', 'jpeg', 'webp'] as const;
const files = new Map<string, Buffer>();
beforeAll(async () => {
	for (const format of FORMATS) files.set(format, await picture({ width: 40, height: 30, format }));
});

/** Passes bytes on in pieces of these lengths, again and again. */
async function pass(bytes: Buffer, lengths: readonly number[]): Promise<Buffer> {
	async function* pieces() {
		for (let at = 0, turn = 0; at < bytes.length; turn++) {
			const length = lengths[turn % lengths.length]!;
			yield bytes.subarray(at, at + length);
			at += length;
		}
	}
	const arrived: Buffer[] = [];
	const cutOff = () => new Error('cut off');
	for await (const piece of requireComplete(pieces(), cutOff)) arrived.push(piece);
	return Buffer.concat(arrived);
}

const lengths = fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 5 });

describe.each(FORMATS)('a file in the format %s', (format) => {
	it('is passed on unchanged, wherever it is split and regardless of what follows', async () => {
		await everyCaseLater(
			fc.asyncProperty(lengths, fc.uint8Array({ maxLength: 40 }), async (pieces, more) => {
				const file = Buffer.concat([files.get(format)!, more]);
				expect((await pass(file, pieces)).equals(file)).toBe(true);
			}),
		);
	});

	it('is recognized as truncated at any position', async () => {
		await everyCaseLater(
			fc.asyncProperty(lengths, fc.nat(), async (pieces, at) => {
				const file = files.get(format)!;
				// Behind the format, before the last byte of the end.
				const cut = file.subarray(0, 12 + (at % (file.length - 12 - 6)));
				await expect(pass(cut, pieces)).rejects.toThrow('cut off');
			}),
		);
	});
});

it('other bytes are passed on without a warning', async () => {
	await everyCaseLater(
		fc.asyncProperty(lengths, fc.uint8Array({ maxLength: 200 }), async (pieces, bytes) => {
			const file = Buffer.concat([Buffer.from('GIF89a'), bytes]);
			expect((await pass(file, pieces)).equals(file)).toBe(true);
		}),
	);
	expect(await pass(Buffer.alloc(0), [1])).toHaveLength(0);
});
