import sharp from 'sharp';
import type { OverlayOptions } from 'sharp';
import type { InputImage } from '../imageRequest.ts';

/** Most cards in one row. */
const columns = 5;

/** Lays pictures as small framed cards at the right, in rows around the middle of the height. */
export function insets(
	images: readonly InputImage[],
	width: number,
	height: number,
): Promise<OverlayOptions[]> {
	const unit = Math.min(width, height);
	const margin = Math.round(unit * 0.05);
	const frame = Math.max(1, Math.round(unit * 0.006));
	const gap = Math.round(unit * 0.02);
	const inRow = Math.min(columns, Math.max(1, images.length));
	const rows = Math.ceil(images.length / columns);
	const room = (width - 2 * margin + gap) / inRow - gap;
	const largest = Math.min(unit * 0.24, room, (height * 0.4) / Math.max(1, rows));
	const edge = Math.max(2 * frame + 1, Math.floor(largest));
	const left = width - margin - inRow * (edge + gap) + gap;
	const top = Math.max(0, Math.round(height * 0.38 - (rows * (edge + gap)) / 2));
	return Promise.all(
		images.map(async ({ bytes }, index) => ({
			input: await card(bytes, edge, frame),
			left: left + (index % columns) * (edge + gap),
			top: top + Math.floor(index / columns) * (edge + gap),
		})),
	);
}

function card(bytes: Buffer, edge: number, frame: number): Promise<Buffer> {
	const inner = edge - 2 * frame;
	return sharp(bytes)
		.autoOrient()
		.resize(inner, inner, { fit: 'cover' })
		.flatten({ background: '#f4f1ea' })
		.extend({ top: frame, bottom: frame, left: frame, right: frame, background: '#ffffff' })
		.png()
		.toBuffer();
}
