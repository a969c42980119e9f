import { CallFailure } from '../errors';
import type { Answer } from '../transport/send';
import { nextStepFor } from './advice';
import { asRecord, asText, parseJson } from './json';

/** Longest error body that is read, in bytes; a sentence is wanted, not a page. */
const LONGEST_ERROR = 65_536;
/** Longest part of a body that is no JSON that is shown, in characters. */
const LONGEST_EXCERPT = 200;

/** Reads why a server refused a request, whatever form the answer has. */
export async function failureOf(answer: Answer): Promise<CallFailure> {
	return failureFrom(answer.clean(await readStart(answer.body)), answer);
}

/**
 * The failure that a body tells of.
 *
 * @param text the body, or its beginning
 */
export function failureFrom(text: string, answer: Pick<Answer, 'status' | 'header'>): CallFailure {
	const { status } = answer;
	const said = wordsOf(parseJson(text), text);
	const message = said.message ?? `The server answered with status ${status} and no explanation`;
	const requestId = asText(answer.header('x-request-id'));
	const details = { status, code: said.code, type: said.type, param: said.param, requestId };
	return new CallFailure(message, nextStepFor({ ...details, message }), withoutUndefined(details));
}

interface Words {
	message?: string;
	code?: string;
	type?: string;
	param?: string;
}

/**
 * Error shapes seen: OpenAI and most gateways `{error: {message, code, type, param}}`, a text as
 * `error`, `message` or `detail` at the top (FastAPI, SiliconFlow), and pages that are no JSON.
 */
function wordsOf(body: unknown, text: string): Words {
	const top = asRecord(Array.isArray(body) ? body[0] : body);
	const error = asRecord(top.error);
	const message =
		asText(error.message) ??
		asText(top.error) ??
		asText(top.message) ??
		asText(top.detail) ??
		firstDetail(top.detail) ??
		(body === undefined ? excerpt(text) : undefined);
	return {
		message,
		code: asWord(error.code) ?? asWord(top.code),
		type: asText(error.type) ?? asText(top.type),
		param: asText(error.param),
	};
}

/** FastAPI lists what it refuses: `{detail: [{loc: ["body", "size"], msg: "…"}]}`. */
function firstDetail(detail: unknown): string | undefined {
	return Array.isArray(detail) ? asText(asRecord(detail[0]).msg) : undefined;
}

/** Codes are texts, but for gateways that send the HTTP status as a number. */
function asWord(value: unknown): string | undefined {
	return typeof value === 'number' ? String(value) : asText(value);
}

/** The title of an HTML page, or the beginning of a text. */
function excerpt(text: string): string | undefined {
	const title = /<title[^>]*>([^<]*)<\/title>/i.exec(text)?.[1];
	const plain = (title ?? text.replace(/<[^>]*>/g, ' ')).replace(/\s+/g, ' ').trim();
	if (!plain) return undefined;
	const short = plain.length > LONGEST_EXCERPT ? `${plain.slice(0, LONGEST_EXCERPT)}…` : plain;
	return `The server answered: ${short}`;
}

async function readStart(body: AsyncIterable<Buffer>): Promise<string> {
	const pieces: Buffer[] = [];
	let length = 0;
	for await (const piece of body) {
		pieces.push(piece);
		length += piece.length;
		if (length >= LONGEST_ERROR) break;
	}
	return Buffer.concat(pieces).toString('utf8', 0, LONGEST_ERROR);
}

function withoutUndefined<Values extends object>(values: Values): Partial<Values> {
	return Object.fromEntries(
		Object.entries(values).filter(([, value]) => value !== undefined),
	) as Partial<Values>;
}
