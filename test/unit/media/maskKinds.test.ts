import sharp from 'sharp';
import type { MaskAreas } from '../../../nodes/AiImages/media/png/maskAlpha';
import { toMask, type MaskKind } from '../../../nodes/AiImages/media/png/mask';

/** Pixels of one sample, in rows of four. */
async function converted(png: Buffer, areas: MaskAreas, kind: MaskKind) {
	async function* source(): AsyncGenerator<Buffer> {
		for (let at = 0; at < png.length; at += 50) yield png.subarray(at, at + 50);
	}
	const pieces: Buffer[] = [];
	for await (const piece of toMask(source(), areas, kind)) pieces.push(piece);
	const file = Buffer.concat(pieces);
	const { width, height, hasAlpha } = await sharp(file).metadata();
	// Eight bits of gray.
	expect([...file.subarray(24, 26)]).toEqual([8, 0]);
	expect({ width, height, hasAlpha }).toEqual({ width: 4, height: 2, hasAlpha: false });
	return [...(await sharp(file).toColourspace('b-w').raw().toBuffer())];
}

const LEVELS = [0, 60, 128, 129, 200, 255, 0, 255];

const pngOf = async (channels: 1 | 4, pixels: readonly number[]) =>
	await sharp(Buffer.from(pixels), { raw: { width: 4, height: 2, channels } })
		.png()
		.toBuffer();

describe.each<[what: string, areas: MaskAreas, pixelOf: (level: number) => number[]]>([
	['whose transparent areas are edited', 'transparent', (level) => [9, 99, 199, level]],
	['whose white areas are edited', 'white', (level) => [255 - level]],
])('a mask %s', (_, areas, pixelOf) => {
	const pixels = LEVELS.flatMap(pixelOf);
	const mask = async () => await pngOf(areas === 'white' ? 1 : 4, pixels);

	it('becomes white where that is, and gray in between', async () => {
		expect(await converted(await mask(), areas, 'white')).toEqual(
			LEVELS.map((level) => 255 - level),
		);
	});

	it('becomes black where that is, and nothing in between', async () => {
		expect(await converted(await mask(), areas, 'black')).toEqual([
			...[0, 0, 0, 255],
			...[255, 255, 0, 255],
		]);
	});
});
