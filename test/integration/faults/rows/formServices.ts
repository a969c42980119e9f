import { json, raw } from '../../../helpers/imagesApi';
import { picture } from '../../../helpers/pictures';
import { free, ID, makes } from '../responders';
import { GENERATE, images, INTACT, missing, NEXT, unbilled } from '../outcomes';
import type { Expected, Row, RowService, Topic } from '../row';

const STABILITY: RowService = {
	id: 'stabilityAi',
	family: 'stable-image',
	model: 'stable-image-core',
};
const IDEOGRAM: RowService = { id: 'ideogram', family: 'ideogram', model: 'ideogram-v3' };

const row = (
	service: RowService,
	name: string,
	server: Row['server'],
	expected: Expected,
	more: Partial<Row> = {},
): Row => ({ name, service, operations: GENERATE, server, expected, ...more });

/** https://platform.stability.ai/docs/api-reference */
const file = (reason: string) => ({
	...ID,
	'content-type': 'image/png',
	'finish-reason': reason,
	seed: '7',
});
const stabilityError = (status: number, name: string, error: string) =>
	free(json({ id: '0123456789abcdef', name, errors: [error] }, status));

const FLAGGED =
	'Your request was flagged by our content moderation system, as a result your request was denied and you were not charged.';
const NO_CREDITS =
	'You lack sufficient credits to make this request. Please purchase more credits at https://platform.stability.ai/account/credits and try again.';
const UNSAFE = 'Prompt failed the safety check.';

/** What services report that answer a form with a file, or with links. */
export const FORM_SERVICES: Topic = {
	title: 'Services that take forms',
	about:
		'Stability AI answers with the file itself and says in headers whether moderation blurred it. Ideogram answers with links, and with none in the place of an image that it withholds.',
	rows: [
		row(
			STABILITY,
			'a file from Stability AI, with its seed in a header',
			[makes(([image]) => raw(image!, 200, file('SUCCESS')))],
			{ ...INTACT, items: [images(1, { json: { seed: 7 } })] },
		),
		row(
			STABILITY,
			'Stability AI blurs what it filters',
			[
				free(async (request, response) =>
					raw(await picture(), 200, file('CONTENT_FILTERED'))(request, response),
				),
			],
			unbilled('The model stopped without an image: CONTENT_FILTERED', NEXT.content, {
				status: 200,
				requestId: 'req_42',
			}),
		),
		row(
			STABILITY,
			'403 for a prompt that Stability AI denies',
			[stabilityError(403, 'content_moderation', FLAGGED)],
			unbilled(FLAGGED, NEXT.content, { status: 403 }),
		),
		row(
			STABILITY,
			'402 of Stability AI without credits',
			[stabilityError(402, 'payment_required', NO_CREDITS)],
			unbilled(NO_CREDITS, NEXT.noCredit, { status: 402 }),
		),
		row(
			STABILITY,
			"401 for a wrong key of Stability AI's",
			[stabilityError(401, 'unauthorized', 'authorization: invalid or missing header value')],
			unbilled('authorization: invalid or missing header value', NEXT.key, { status: 401 }),
		),
		// https://developer.ideogram.ai/api-reference/api-reference/generate-v3
		row(
			IDEOGRAM,
			'Ideogram withholds one of two images',
			[
				makes(
					([image], { publish }) =>
						json({
							created: '2026-11-27T00:00:00Z',
							data: [
								{
									url: publish('/1.png', raw(image!, 200, { 'content-type': 'image/png' })),
									is_image_safe: true,
								},
								{ url: null, is_image_safe: false },
							],
						}),
					{ count: 1 },
				),
			],
			{
				...INTACT,
				downloads: 1,
				items: [images(1, { warnings: [missing('Moderation withheld the image', NEXT.content)] })],
			},
			{ parameters: { n: 2 } },
		),
		row(
			IDEOGRAM,
			'422 for a prompt that Ideogram finds unsafe',
			[free(json({ error: UNSAFE }, 422))],
			unbilled(UNSAFE, NEXT.content, { status: 422 }),
		),
	],
};
