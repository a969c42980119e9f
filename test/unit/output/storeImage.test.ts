import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import { Readable } from 'node:stream';
import { ApiError } from '../../../nodes/AiImages/errors';
import { storeImage } from '../../../nodes/AiImages/output/storeImage';
import { ExecutionCanceledError } from '../../../nodes/AiImages/errors';
import { picture } from '../../helpers/pictures';
import { every, inPieces, joined } from '../pieces';

type Store = (stream: Readable, fileName: string, mimeType: string) => Promise<IBinaryData>;

/** A binary store that does with a file what a test wants. */
const contextOf = (prepareBinaryData: Store) =>
	({ helpers: { prepareBinaryData } }) as unknown as IExecuteFunctions;

const keep = async (store: Store, bytes: AsyncIterable<Buffer>) =>
	await storeImage(contextOf(store), bytes, 'a-cat-1', (pieces) => Readable.from(pieces));

let image: Buffer;
beforeAll(async () => {
	image = await picture({ width: 300, height: 200 });
});

it('stores all bytes, with the file name and the type that they imply', async () => {
	for (const length of [1, 10, 1000]) {
		let stored: unknown[] = [];
		const kept = await keep(
			async (stream, ...about) => {
				stored = [await joined(stream), ...about];
				return { data: '', mimeType: 'image/png' };
			},
			inPieces(image, every(length, image.length)),
		);
		expect(stored).toEqual([image, 'a-cat-1.png', 'image/png']);
		expect(kept).toMatchObject({ bytes: image.length, mediaType: { width: 300, height: 200 } });
	}
});

it('stores nothing that is no image', async () => {
	const store = async () => {
		throw new Error('stored');
	};
	expect(await keep(store, inPieces('no image'))).toBeNull();
});

it('says that the image was generated if n8n can’t store it', async () => {
	const full = async () => {
		throw new Error('ENOSPC: no space left on device');
	};
	await expect(keep(full, inPieces(image))).rejects.toMatchObject({
		name: 'ApiError',
		message: "Image generated, but n8n couldn't store it: ENOSPC: no space left on device",
		advice: expect.stringContaining('disk space'),
	});
});

it.each([new ApiError('The connection broke', 'Try again'), new ExecutionCanceledError()])(
	'leaves what ends the bytes as it is: %s',
	async (end) => {
		async function* broken() {
			yield image.subarray(0, image.length - 9);
			throw end;
		}
		const store: Store = async (stream) => {
			await joined(stream);
			return { data: '', mimeType: '' };
		};
		await expect(keep(store, broken())).rejects.toBe(end);
	},
);

describe('the bytes', () => {
	it.each<[string, Store, () => Buffer]>([
		['is no image', async () => ({ data: '', mimeType: '' }), () => Buffer.alloc(9_000_000)],
		['cannot be stored', async () => Promise.reject(new Error('full')), () => image],
	])('are let go of when what they make %s', async (_, store, bytes) => {
		let closed = false;
		async function* source() {
			try {
				for await (const piece of inPieces(bytes(), every(100, bytes().length))) yield piece;
			} finally {
				closed = true;
			}
		}
		await keep(store, source()).catch(() => null);
		expect(closed).toBe(true);
	});
});
