import { json, raw, type Reply } from '../../../helpers/imagesApi';
import { ID, JSON_TYPE, page } from '../responders';
import { BOTH, NEXT } from '../outcomes';
import type { FailedDetails, Row, Topic } from '../row';
import { errorRow, type ErrorTexts } from '../singleRow';

const NO_IMAGE = 'The API returned a success status without an image';
const BLOCKED = { message: 'Your request was rejected.', code: 'moderation_blocked' };

/** Success, and yet no image, nor a bill. */
const empty = (name: string, reply: Reply, ...texts: ErrorTexts): Row =>
	errorRow(name, 200, reply, ...texts);

const WITH_ID = { requestId: 'req_42' };
/** The message quotes the keys and the start of a response that the node does not understand. */
const noData = (name: string, body: object) =>
	empty(
		name,
		json(body, 200, ID),
		`${NO_IMAGE}. It contains ${Object.keys(body).join(', ')}: ${JSON.stringify(body)}`,
		NEXT.noImage,
		WITH_ID,
		BOTH,
	);
const told = (name: string, error: unknown, message: string, next: string, more: FailedDetails) =>
	empty(name, json(error), message, next, more);

/** Success that is none. */
export const EMPTY_RESPONSES: Topic = {
	title: 'Success without an image',
	about:
		'If a response with a success status has no image, the item fails. The message shows what the response contains.',
	rows: [
		noData('200 without data', { created: 1_760_000_000 }),
		noData('200 with empty data', { created: 1_760_000_000, data: [] }),
		noData('200 with data set to null', { created: 1_760_000_000, data: null }),
		noData('200 with an empty entry', { data: [{}] }),
		noData('200 with an entry of empty strings', { data: [{ b64_json: '', url: '' }] }),
		noData('200 with a null entry', { data: [null] }),
		empty(
			'200 with a job instead of an image',
			json({ id: 'task_1', status: 'queued' }, 200, ID),
			'The provider started a job (task_1) instead of returning an image',
			NEXT.job,
			WITH_ID,
			BOTH,
		),
		empty('200 with null', json(null), `${NO_IMAGE}. API response: null`, NEXT.noImage),
		empty('200 with an empty list', json([]), `${NO_IMAGE}. API response: []`, NEXT.noImage),
		empty(
			'200 without a body',
			raw('', 200, JSON_TYPE),
			'The API returned an empty response (HTTP 200)',
			NEXT.webPage,
		),
		empty('204', raw('', 204), 'The API returned an empty response (HTTP 204)', NEXT.webPage, {
			status: 204,
		}),
		empty(
			'200 with an HTML page',
			page(200, 'Sign in'),
			'The API returned text/html instead of JSON. API response: Sign in',
			NEXT.webPage,
			{},
			BOTH,
		),
		empty(
			'200 with plain text',
			raw('OK', 200, { 'content-type': 'text/plain' }),
			'The API returned text/plain instead of JSON. API response: OK',
			NEXT.webPage,
		),
		empty(
			'200 with an error',
			json({ error: { ...BLOCKED, type: 'user_error', param: null } }, 200, ID),
			BLOCKED.message,
			NEXT.content,
			{ code: BLOCKED.code, type: 'user_error', ...WITH_ID },
			BOTH,
		),
		told(
			'200 with an error as a string',
			{ error: 'No GPU is free' },
			'No GPU is free',
			NEXT.other,
			{},
		),
		told(
			'200 with the status as the error code',
			{ error: { code: 402, message: 'Insufficient credits' } },
			'Insufficient credits',
			NEXT.noCredit,
			{ code: '402' },
		),
		told(
			'200 with an error and empty data',
			{ data: [], error: BLOCKED },
			BLOCKED.message,
			NEXT.content,
			{ code: BLOCKED.code },
		),
		told(
			'200 with a message instead of an error',
			{ code: 20012, message: 'Model does not exist. Please check it carefully.', data: null },
			'Model does not exist. Please check it carefully.',
			NEXT.model,
			{ code: '20012' },
		),
		told(
			'200 with an error as its only entry',
			{ data: [{ error: BLOCKED }] },
			BLOCKED.message,
			NEXT.content,
			{ code: BLOCKED.code },
		),
	],
};
