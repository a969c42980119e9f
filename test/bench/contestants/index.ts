import { aiImages } from './aiImages.ts';
import { bareLoop } from './bareLoop.ts';
import { googleGemini } from './googleGemini.ts';
import { httpRequest } from './httpRequest.ts';
import { nothing } from './nothing.ts';
import { openAi } from './openAi.ts';
import type { Contestant } from './types.ts';
import type { Row } from '../rows.ts';

export const CONTESTANTS: readonly Contestant[] = [
	openAi,
	httpRequest,
	googleGemini,
	aiImages,
	bareLoop,
	nothing,
];

/** Whether a contestant takes part in a row; it may still be unable to do the work. */
export function takesPart({ id }: Contestant, { contestants }: Row): boolean {
	return contestants ? contestants.includes(id) : id !== nothing.id && id !== googleGemini.id;
}
