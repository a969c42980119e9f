import sharp from 'sharp';
import { readMask } from '../../../nodes/AiImages/media/png/mask';

async function* whole(png: Buffer): AsyncGenerator<Buffer> {
	yield png;
}

const meaningOf = async (
	pixels: number[],
	channels: 1 | 2 | 3 | 4,
	options: sharp.PngOptions = {},
) => {
	const raw = { width: pixels.length / channels, height: 1, channels };
	const colours = channels === 1 ? 'b-w' : 'srgb';
	const png = await sharp(Buffer.from(pixels), { raw })
		.toColourspace(channels === 2 ? 'b-w' : colours)
		.png(options)
		.toBuffer();
	return [png[25], await readMask(whole(png))] as const;
};

const understood = { areas: 'transparent', isTransparent: true };
const white = { areas: 'white', isTransparent: false };
const nothing = { areas: null, isTransparent: false };

describe('a mask with an alpha channel', () => {
	it.each([
		['gray and alpha', 4, 2, [0, 255, 255, 0], understood],
		['RGB and alpha', 6, 4, [0, 0, 0, 255, 0, 0, 0, 0], understood],
		['that is transparent by half', 6, 4, [0, 0, 0, 255, 9, 9, 9, 128], understood],
		['that is hardly transparent', 6, 4, [0, 0, 0, 255, 255, 255, 255, 250], nothing],
		['that is opaque, gray', 4, 2, [0, 255, 255, 255], white],
		['that is opaque, in colors', 6, 4, [0, 0, 0, 255, 255, 255, 255, 255], white],
		['that is opaque and black', 6, 4, [0, 0, 0, 255, 9, 9, 9, 255], nothing],
		['that is black, gray', 4, 2, [0, 255, 7, 255], nothing],
	] as const)('%s', async (_, colourType, channels, pixels, meaning) => {
		expect(await meaningOf([...pixels], channels)).toEqual([colourType, meaning]);
	});

	it('that is interlaced is left as it is', async () => {
		const pixels = [0, 0, 0, 255, 255, 255, 255, 255];
		expect(await meaningOf(pixels, 4, { progressive: true })).toEqual([6, understood]);
	});
});

describe('a mask without an alpha channel', () => {
	it.each([
		['gray', 0, 1, [0, 255], white],
		['gray, with numbers for its areas', 0, 1, [0, 1, 2, 3], nothing],
		['in colors', 2, 3, [0, 0, 0, 255, 255, 255], white],
		['in dark colors', 2, 3, [0, 0, 0, 0, 0, 255], nothing],
	] as const)('%s', async (_, colourType, channels, pixels, meaning) => {
		expect(await meaningOf([...pixels], channels)).toEqual([colourType, meaning]);
	});

	it.each([
		[
			'has transparent colors',
			[0, 0, 0, 255, 255, 255, 255, 0],
			{ ...understood, isTransparent: false },
		],
		['has a palette of its own', [0, 0, 0, 255, 255, 255, 255, 255], white],
	])('%s', async (_, pixels, meaning) => {
		expect(await meaningOf(pixels, 4, { palette: true })).toEqual([3, meaning]);
	});
});
