import sharp from 'sharp';
import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { readMask, toMask, type MaskKind } from '../../../nodes/AiImages/media/png/mask';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const used = () => {
	collectGarbage();
	const { heapUsed, arrayBuffers } = process.memoryUsage();
	return heapUsed + arrayBuffers;
};

const EDGE = 2000;
const PIXEL_BYTES = EDGE * EDGE * 4;

it.each<MaskKind>(['transparent', 'white', 'black'])(
	'a mask hundreds of times as large as its file is never in memory as a whole (%s)',
	async (kind) => {
		const png = await sharp({
			create: { width: EDGE, height: EDGE, channels: 4, background: '#fff' },
		})
			.png()
			.toBuffer();
		expect(png.length).toBeLessThan(PIXEL_BYTES / 300);

		let before = 0;
		let most = 0;
		const measure = async () => {
			// Leaves time to read ahead.
			for (let turn = 0; turn < 5; turn++) await setImmediate();
			if (before) most = Math.max(most, used() - before);
		};
		async function* source(): AsyncGenerator<Buffer> {
			for (let at = 0; at < png.length; at += 4000) {
				await measure();
				yield png.subarray(at, at + 4000);
			}
		}

		await readMask(source());
		await measure();
		before = used();
		for await (const piece of toMask(source(), 'white', kind)) {
			expect(piece.length).toBeLessThan(100_000);
			await measure();
		}
		// What is in the stream's own buffers.
		expect(most).toBeLessThan(PIXEL_BYTES / 2);
	},
);
