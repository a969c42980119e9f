import { parseSize } from '../models';

/** The name of an API value in a dropdown. */
export function valueLabel(value: string): string {
	const edges = parseSize(value);
	if (edges) return edges.join(' × ');
	return VALUE_LABELS[value] ?? value.charAt(0).toUpperCase() + value.slice(1);
}

const VALUE_LABELS: Readonly<Record<string, string>> = {
	'': 'Not Sent',
	b64_json: 'Inside the Answer (Base64)',
	gif: 'GIF (Animation)',
	hd: 'HD',
	jpeg: 'JPEG',
	png: 'PNG',
	svg: 'SVG (Drawing)',
	url: 'Link (URL)',
	webp: 'WebP',
	xhigh: 'Extra High',
};
