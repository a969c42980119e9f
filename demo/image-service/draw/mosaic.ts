import sharp from 'sharp';
import type { InputImage } from '../imageRequest.ts';
import { pixels } from './canvas.ts';

/** Squares along the longer edge. */
const squares = 16;

/** An input picture as SVG elements: squares of its colours that fill the output. */
export async function mosaic(
	{ bytes }: InputImage,
	width: number,
	height: number,
): Promise<string> {
	const edge = Math.max(width, height) / squares;
	const columns = Math.ceil(width / edge);
	const rows = Math.ceil(height / edge);
	const { data } = await pixels(
		sharp(bytes).autoOrient().resize(columns, rows, { fit: 'fill' }).flatten().ensureAlpha(),
	);
	return Array.from({ length: columns * rows }, (_, index) => {
		const colour = data.subarray(index * 4, index * 4 + 3).toString('hex');
		const x = (index % columns) * edge;
		const y = Math.floor(index / columns) * edge;
		return `<path d="M${x} ${y}h${edge}v${edge}h-${edge}z" fill="#${colour}"/>`;
	}).join('');
}
