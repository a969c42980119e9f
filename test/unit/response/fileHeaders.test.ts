import sharp from 'sharp';
import { decode } from '../../../nodes/AiImages/response/decode';
import type { ImageStore } from '../../../nodes/AiImages/response/types';
import { SERVICES, type ServiceId } from '../../../nodes/AiImages/services/table';
import { NO_LIMITS, responseOf } from '../responses';

const PIECE = 1000;

async function read(service: ServiceId, reason: string) {
	const noise = { type: 'gaussian', mean: 128, sigma: 50 } as const;
	const body = await sharp({
		create: { width: 99, height: 99, channels: 3, background: '#fff', noise },
	})
		.png()
		.toBuffer();
	const log: string[] = [];
	const store = {
		store: async (bytes: AsyncIterable<Buffer>) => {
			for await (const piece of bytes) log.push(`stored ${piece.length > 0}`);
			return 'image';
		},
		isSame: async () => false,
		isInput: async () => false,
		isInputLink: () => false,
	} as ImageStore<string>;
	const headers = { 'content-type': 'image/png', 'finish-reason': reason, seed: '0' };
	const onPiece = () => log.push('arrived');
	const response = responseOf({ body, headers, onPiece, pieceLength: PIECE });
	const decoded = decode({ ...response, service: SERVICES[service] }, store, NO_LIMITS);
	return { decoded, log, pieces: Math.ceil(body.length / PIECE) };
}

describe('a response that is the file itself', () => {
	it('has in its headers what JSON would have beside an image', async () => {
		const { decoded } = await read('stabilityAi', 'SUCCESS');
		expect((await decoded).entries).toEqual([{ image: 'image', metadata: { seed: 0 } }]);
	});

	it('is stored while it arrives', async () => {
		const { decoded, log, pieces } = await read('stabilityAi', 'SUCCESS');
		await decoded;
		expect(pieces).toBeGreaterThan(10);
		expect(log).toEqual(Array.from({ length: pieces }, () => ['arrived', 'stored true']).flat());
	});

	it('is neither stored nor read to its end if moderation blurred it', async () => {
		const { decoded, log } = await read('stabilityAi', 'CONTENT_FILTERED');
		await expect(decoded).rejects.toMatchObject({
			message: 'The model stopped without an image: CONTENT_FILTERED',
			hint: { isFinal: true },
		});
		expect(log).toEqual(['arrived']);
	});

	it('is taken as it is from services that say nothing there', async () => {
		const { decoded } = await read('compatible', 'CONTENT_FILTERED');
		expect((await decoded).entries).toEqual([{ image: 'image', metadata: {} }]);
	});
});
