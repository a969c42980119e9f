import { CallFailure } from '../errors';
import type { Answer } from '../transport/send';
import { retryAfter } from '../transport/retryAfter';
import { adviceFor } from './advice';
import { asRecord, asText, mapTexts, parseJson } from './json';

/** Longest error body that is read, in bytes; a sentence is wanted, not a page. */
const LONGEST_ERROR = 65_536;
/** Longest part of a body that is no JSON that is shown, in characters. */
const LONGEST_EXCERPT = 200;
/** Longest message of the server that is shown, in characters. */
const LONGEST_MESSAGE = 1000;

/** Longest code, type, parameter or request ID that is shown, in characters. */
const LONGEST_WORD = 200;

/** Reads why a server refused a request, whatever form the answer has. */
export async function failureOf(answer: Answer): Promise<CallFailure> {
	return failureFrom(await readStart(answer.body), answer);
}

/**
 * The failure that a body tells of.
 *
 * @param text the body, or its beginning
 */
export function failureFrom(
	text: string,
	answer: Pick<Answer, 'status' | 'address' | 'header' | 'requestId' | 'clean' | 'cleanError'>,
): CallFailure {
	const { status, address } = answer;
	// Cleaned after parsing, for JSON has many ways to write a character; before anything is
	// shortened, which would cut a secret in two; and once more, for a number can be one, too.
	const body = mapTexts(parseJson(text), answer.clean);
	const said = mapTexts(wordsOf(body, body ? JSON.stringify(body) : answer.clean(text)), (words) =>
		presentable(answer.clean(words)),
	) as Words;
	const message = said.message ?? `The server answered with status ${status} and no explanation`;
	const requestId = asWord(answer.requestId);
	const details = { status, code: said.code, type: said.type, param: said.param, requestId };
	const meant = { ...details, status: meantStatus(status, said.code), message };
	const { nextStep, isFinal } = adviceFor({ ...meant, address });
	const hint = {
		isFinal,
		shouldRetry: { true: true, false: false }[answer.header('x-should-retry')],
		retryAfter: retryAfter((name) => answer.header(name), message, Date.now()),
	};
	return new CallFailure(message, nextStep, withoutUndefined(details), hint);
}

/** Signed addresses open files to everybody, and base64 says nothing to a reader. */
export function presentable(words: string): string {
	return words
		.replace(/(\bhttps?:\/\/)[^\s/?#"'<>@]*@/gi, '$1')
		.replace(/(\bhttps?:\/\/[^\s?#"'<>]*)[?#][^\s"'<>]*/gi, '$1?***')
		.replace(/\?[\w.%-]+=[^\s"'<>]+/g, '?***')
		.replace(/[A-Za-z0-9+/_-]{100,}={0,2}/g, '…');
}

/** Some gateways (OpenRouter) report failures with status 200 and the real status as the code. */
function meantStatus(status: number, code: string | undefined): number {
	return status < 300 && /^[45]\d\d$/.test(code ?? '') ? Number(code) : status;
}

interface Words {
	message?: string;
	code?: string;
	type?: string;
	param?: string;
}

/**
 * Error shapes seen: OpenAI and most gateways `{error: {message, code, type, param}}`, a text as
 * `error`, `message` or `detail` at the top (FastAPI, SiliconFlow), problem details
 * (https://www.rfc-editor.org/rfc/rfc9457), and pages that are no JSON.
 */
function wordsOf(body: unknown, text: string): Words {
	const top = asRecord(Array.isArray(body) ? body[0] : body);
	const error = asRecord(top.error ?? asRecord(top.data).error);
	// FastAPI lists what it refuses: `{detail: [{loc: ["body", "size"], msg: "…"}]}`.
	const detail = asRecord(Array.isArray(top.detail) ? top.detail[0] : undefined);
	const message =
		asText(error.message) ??
		asText(top.error) ??
		asText(top.message) ??
		asText(top.msg) ??
		asText(asRecord(error.error).message) ??
		asText(asRecord(Array.isArray(top.errors) ? top.errors[0] : undefined).message) ??
		asText(top.detail) ??
		asText(detail.msg) ??
		asText(top.title);
	return {
		message: message ? shortened(message, LONGEST_MESSAGE) : excerpt(text),
		code: asWord(error.code) ?? asWord(top.code),
		type: asWord(error.type) ?? asWord(top.type),
		param: asWord(error.param) ?? asWord(Array.isArray(detail.loc) ? detail.loc.at(-1) : undefined),
	};
}

/** Codes are texts, but for gateways that send the HTTP status as a number. */
function asWord(value: unknown): string | undefined {
	const word = typeof value === 'number' ? String(value) : asText(value);
	return word && shortened(word, LONGEST_WORD);
}

/** The title of an HTML page, or the beginning of a text. */
function excerpt(text: string): string | undefined {
	// Each pattern is bounded, so that a page of brackets is read in one pass.
	const title = /<title[^<>]{0,200}>([^<]{1,500})/i.exec(text)?.[1];
	const plain = (title ?? text.replace(/<[^<>]{0,2000}>/g, ' '))
		.replace(/[\s\p{C}]+/gu, ' ')
		.trim();
	return plain ? `The server answered: ${shortened(plain, LONGEST_EXCERPT)}` : undefined;
}

function shortened(text: string, length: number): string {
	return text.length > length ? `${text.slice(0, length)}…` : text;
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
