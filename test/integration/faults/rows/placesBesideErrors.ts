import { raw } from '../../../helpers/imagesApi';
import { SSE_HEADERS } from '../../../helpers/events';
import { makes } from '../responders';
import type { Responder } from '../servers';
import { behind, GENERATE, images, INTACT, NEXT } from '../outcomes';
import type { Row } from '../row';
import { LINKED, place } from './place';

/** Responds with events. */
const events = (write: (base64: string) => readonly unknown[]): Responder =>
	makes(([image]) =>
		raw(
			write(image!.toString('base64'))
				.map((data) => `data: ${JSON.stringify(data)}\n\n`)
				.join(''),
			200,
			SSE_HEADERS,
		),
	);

const completed = (base64: string, more: object = {}) => ({
	type: 'image_generation.completed',
	b64_json: base64,
	...more,
});

const NO_WORDS = [
	{ message: '', type: '', param: '', code: null },
	{},
	'null',
	'',
	false,
	[],
	{ code: '0', message: 'success' },
] as const;

const STREAM = { stream: true };

/** Images beside errors that say nothing or concern another image. */
export const BESIDE_ERRORS: readonly Row[] = [
	...NO_WORDS.map((error) =>
		place(`an empty error with an image: ${JSON.stringify(error)}`, (base64) => ({
			data: [{ b64_json: base64 }],
			error,
		})),
	),
	...NO_WORDS.map((error) =>
		place(
			`an empty error with a link: ${JSON.stringify(error)}`,
			(_, call, image) => ({ data: [{ url: call.publish('/a.png', raw(image)), error }], error }),
			{ expected: LINKED },
		),
	),
	...NO_WORDS.map((error): Row => ({
		name: `an empty error in an event: ${JSON.stringify(error)}`,
		operations: GENERATE,
		options: STREAM,
		server: [events((base64) => [completed(base64, { error })])],
		expected: INTACT,
	})),
	{
		name: 'an event with an image and an error',
		operations: GENERATE,
		options: STREAM,
		server: [
			events((base64) => [
				{
					created: 1,
					data: [{ b64_json: base64 }],
					error: { code: 'moderation_blocked', message: 'Second image was rejected.' },
				},
			]),
		],
		expected: {
			...INTACT,
			items: [images(1, { warnings: [behind('Second image was rejected', NEXT.content)] })],
		},
	},
	{
		name: 'an image in an event, repeated in a final response',
		operations: GENERATE,
		options: STREAM,
		server: [
			events((base64) => [
				completed(base64),
				{ created: 1, data: [{ b64_json: base64 }], usage: { total_tokens: 3 } },
			]),
		],
		expected: INTACT,
	},
];
