import sharp from 'sharp';
import { form, rgba } from './helpers';
import type { Upload } from './helpers';

/** The fields of a form by their names; a list repeats its name. */
export type Fields = Record<string, string | Upload | Array<string | Upload>>;

export function formOf(fields: Fields): FormData {
	return form(
		Object.entries(fields).flatMap(([name, value]) =>
			[value].flat().map((each): [string, string | Upload] => [name, each]),
		),
	);
}

export interface Area {
	left: number;
	top: number;
	width: number;
	height: number;
}

/** An opaque mask with one area of this shade; the rest has the other. */
export async function greyMask(
	{ width, height }: { width: number; height: number },
	area: Area,
	shade: 'black' | 'white',
): Promise<Buffer> {
	const [inside, outside] = shade === 'white' ? ['#ffffff', '#000000'] : ['#000000', '#ffffff'];
	const { left, top, ...size } = area;
	const patch = await sharp({ create: { ...size, channels: 3, background: inside! } })
		.png()
		.toBuffer();
	return await sharp({ create: { width, height, channels: 3, background: outside! } })
		.composite([{ input: patch, left, top }])
		.png()
		.toBuffer();
}

/** Counts the pixels that changed inside and outside of an area. */
export async function changesIn(
	{ left, top, width, height }: Area,
	before: Buffer,
	after: Buffer,
): Promise<{ inside: number; outside: number }> {
	const [one, two] = [await rgba(before), await rgba(after)];
	expect([two.width, two.height]).toEqual([one.width, one.height]);
	const counts = { inside: 0, outside: 0 };
	for (let y = 0; y < one.height; y++) {
		for (let x = 0; x < one.width; x++) {
			const at = (y * one.width + x) * 4;
			if (one.data.readUInt32BE(at) === two.data.readUInt32BE(at)) continue;
			const isInside = x >= left && x < left + width && y >= top && y < top + height;
			counts[isInside ? 'inside' : 'outside']++;
		}
	}
	return counts;
}
