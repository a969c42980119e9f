import { constants, deflateSync, inflateSync } from 'node:zlib';
import { inflate } from '../../../nodes/AiImages/media/png/inflate';
import { PngError } from '../../../nodes/AiImages/media/png/pngHeader';

async function* inPieces(bytes: Buffer, length: number): AsyncGenerator<Buffer> {
	for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}

async function inflated(bytes: Buffer, length = 1000): Promise<Buffer> {
	const pieces: Uint8Array[] = [];
	for await (const piece of inflate(inPieces(bytes, length))) pieces.push(piece.slice());
	return Buffer.concat(pieces);
}

const failureOf = async (bytes: Buffer) =>
	await inflated(bytes).then(
		() => null,
		(error: unknown) => error,
	);

/** Bytes that are always the same, and look like noise. */
function noise(length: number, colours = 256): Buffer {
	let state = 1;
	return Buffer.from(
		Array.from({ length }, () => {
			state = (state * 48_271) % 2_147_483_647;
			return (state >> 8) % colours;
		}),
	);
}

const CONTENTS: Array<[string, Buffer]> = [
	['nothing', Buffer.alloc(0)],
	['a byte', Buffer.from('a')],
	['noise', noise(100_000)],
	['noise of few colors', noise(100_000, 3)],
	['a flat area', Buffer.alloc(300_000, 255)],
	[
		'repetitions from far away',
		Buffer.concat([noise(32_000), Buffer.alloc(700), noise(32_000), noise(32_768), noise(40_000)]),
	],
	['a text', Buffer.from(inflate.toString().repeat(20))],
];

describe.each(CONTENTS)('%s', (_, content) => {
	it.each([0, 1, 6, 9])('is decompressed from level %i', async (level) => {
		expect((await inflated(deflateSync(content, { level }))).equals(content)).toBe(true);
	});

	it.each(['Z_FIXED', 'Z_HUFFMAN_ONLY', 'Z_RLE'] as const)(
		'is decompressed from %s',
		async (name) => {
			const compressed = deflateSync(content, { strategy: constants[name] });
			for (const length of [1, 2, 11, 65_536]) {
				expect((await inflated(compressed, length)).equals(content)).toBe(true);
			}
		},
	);
});

describe('compressed bytes', () => {
	const compressed = deflateSync(noise(5000, 20));

	it('that are cut off anywhere are refused', async () => {
		for (let length = 0; length < compressed.length; length += 7) {
			expect(await failureOf(compressed.subarray(0, length))).toBeInstanceOf(PngError);
		}
	});

	it('with a wrong bit anywhere are refused, unless Node.js reads them', async () => {
		for (let at = 0; at < compressed.length; at += 3) {
			const wrong = Buffer.from(compressed);
			wrong[at]! ^= 1 << (at % 8);
			const failure = await failureOf(wrong);
			if (failure) expect(failure).toBeInstanceOf(PngError);
			else expect(inflateSync(wrong)).toEqual(noise(5000, 20));
		}
	});

	it('can be followed by others, which mean nothing', async () => {
		const followed = Buffer.concat([compressed, noise(3000)]);
		expect(await inflated(followed)).toEqual(noise(5000, 20));
	});

	it('are read no further than what is asked for', async () => {
		let read = 0;
		const bomb = deflateSync(Buffer.alloc(50_000_000));
		async function* counted() {
			for await (const piece of inPieces(bomb, 100)) {
				read += piece.length;
				yield piece;
			}
		}
		const pieces = inflate(counted());
		const { value } = await pieces.next();
		expect((value as Uint8Array).length).toBeLessThan(70_000);
		expect(read).toBeLessThan(500);
	});
});
