import { parseRatio, parseSize, type Edges, type RatioSizes } from '../models';

/** The name of an API value in a dropdown. */
export function valueLabel(value: string): string {
	const edges = parseSize(value);
	if (edges) return `${formatEdges(edges)} (${sizeClass(edges)}${orientation(edges)})`;
	return VALUE_LABELS[value] ?? titleCase(/^[A-Z]{2,}$/.test(value) ? value.toLowerCase() : value);
}

/** `Pixel Art` for `pixel-art` */
function titleCase(text: string): string {
	const words = text.split('-').map((word) => word.charAt(0).toUpperCase() + word.slice(1));
	return words.join(' ');
}

/** `16:9 (Landscape)`, and the pixels that the ratio leads to. */
export function ratioLabel(value: string, pixels: RatioSizes = {}) {
	const ratio = parseRatio(value);
	const sizes = Object.entries(pixels).flatMap(([resolution, byRatio]) => {
		const edges = parseSize(byRatio[value] ?? '');
		return edges ? `${resolution}: ${formatEdges(edges)}` : [];
	});
	return {
		name: ratio === null ? valueLabel(value) : `${value} (${orientation([ratio, 1])})`,
		value,
		...(sizes.length > 0 ? { description: sizes.join(' · ') } : {}),
	};
}

/** `1536 × 1024` */
export function formatEdges(edges: Edges): string {
	return edges.join(' × ');
}

/** `Landscape` */
export function orientation([width, height]: Edges): string {
	if (width === height) return 'Square';
	return width > height ? 'Landscape' : 'Portrait';
}

/** By the longer edge, as screens and videos are named; nothing below 2K. */
function sizeClass(edges: Edges): string {
	const longest = Math.max(...edges);
	if (longest >= 3840) return '4K ';
	return longest >= 2048 ? '2K ' : '';
}

const VALUE_LABELS: Readonly<Record<string, string>> = {
	'': 'Default',
	'3d-model': '3D Model',
	b64_json: 'Base64',
	gif: 'GIF (Animated)',
	hd: 'HD',
	jpeg: 'JPEG',
	png: 'PNG',
	svg: 'SVG (Vector)',
	url: 'URL',
	webp: 'WebP',
	xhigh: 'Extra High',
};
