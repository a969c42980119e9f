import { parseSize, type Edges } from './sizes';
import type { OutputTokens } from './types';

/**
 * The output tokens of one image, as its maker publishes them.
 *
 * @returns null if they are not published, or the model itself chooses the size or the quality
 */
export function outputTokensOf(
	spec: OutputTokens | null,
	size: unknown,
	quality: unknown,
): number | null {
	const edges = parseSize(String(size));
	if (!spec || !edges) return null;
	switch (spec.kind) {
		case 'table':
			return spec.tokens[String(quality)]?.[String(size)] ?? null;
		case 'formula': {
			const patches = spec.patches[String(quality)];
			return patches === undefined ? null : tokensByFormula(patches, edges);
		}
	}
}

/** The formula of the calculator in OpenAI's guide, see `OutputTokens`. */
function tokensByFormula(patches: number, [width, height]: Edges): number {
	const ratio = Math.max(width, height) / Math.min(width, height);
	const shorter = roundHalfToEven(patches / ratio);
	return Math.ceil((patches * shorter * (2_000_000 + width * height)) / 4_000_000);
}

function roundHalfToEven(number: number): number {
	const floor = Math.floor(number);
	if (number - floor !== 0.5) return Math.round(number);
	return floor % 2 === 0 ? floor : floor + 1;
}
