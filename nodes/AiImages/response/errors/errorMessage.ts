import { asRecord, asText, type JsonRecord } from '../../values/json';
import { embeddedJson, parseIfJson } from './embeddedJson';
import { MAX_LEVELS, nestedError } from './errorChain';
import { hasOnlySentences, listedMessages } from './errorList';
import { firstOf } from './firstOf';
import { isGenericLabel } from './genericLabel';
import { isSuccessWord } from './isNoError';

type MessageOf = (value: unknown) => string | undefined;

/**
 * Everything that an error says in sentences: its message, the message of the provider behind a
 * gateway, and its details, as far as they add something.
 */
export function errorMessage(value: unknown, level = 0): string | undefined {
	if (level > MAX_LEVELS) return undefined;
	if (typeof value === 'string') return withoutJson(value, level);
	if (typeof value !== 'object' || value === null) return undefined;
	const messageOf: MessageOf = (inner) => errorMessage(inner, level + 1);
	if (Array.isArray(value)) return listedMessages(value, messageOf)?.join('; ');
	const record = asRecord(value);
	const error = nestedError(record);
	const errorText = asText(error);
	const message = moreSpecific(
		errorText === undefined ? messageOf(error) : withoutJson(errorText, level + 1),
		firstOf(MESSAGE_KEYS, (key) => messageOf(asText(record[key]))),
		errorText === undefined,
	);
	const upstream = upstreamMessage(record, messageOf);
	const details = DETAIL_KEYS.flatMap((key) =>
		record[key] === error ? [] : (detailMessages(key, record[key], messageOf) ?? []),
	);
	const title = record.detail === undefined ? messageOf(asText(record.title)) : undefined;
	const status = asText(record.status);
	return (
		withDetails(withUpstream(message, upstream) ?? title, details) ??
		(status?.includes(' ') ? messageOf(status) : undefined) ??
		(hasOnlySentences(record) ? listedMessages(record, messageOf)?.join('; ') : undefined)
	);
}

/** Keys of a single sentence, the most specific first. */
const MESSAGE_KEYS: readonly string[] = [
	...['message', 'Message', 'msg', 'error_description', 'error_message', 'errorMessage'],
	...['error_msg', 'err_msg', 'status_msg', 'faultstring', 'failure_reason', 'fail_reason'],
	...['failReason', 'reason', 'description', 'errmsg', 'statusMessage', 'defaultMessage'],
];

/** Keys of further sentences, alone or in a list. */
const DETAIL_KEYS: readonly string[] = [
	...['detail', 'details', 'errors', 'Errors', 'issues', 'message'],
	// A list of problems at AI/ML API (https://docs.aimlapi.com/errors-and-messages/general-info)
	'meta',
];

/** Replaces JSON inside a text by its message. Returns undefined if the text only reports success. */
function withoutJson(text: string, level: number): string | undefined {
	if (isSuccessWord(text)) return undefined;
	const json = embeddedJson(text);
	const message = json && errorMessage(json.value, level + 1);
	if (!json || message === undefined) return text;
	// Gateways repeat the error, with the stack of their program.
	const after = level < MAX_LEVELS ? withoutJson(json.after, level + 1) : json.after;
	const isRepeated = after?.includes(message);
	return `${json.before}${message}${isRepeated ? '' : json.after}`;
}

/** The more specific of the messages in `error` and beside it. */
function moreSpecific(
	error: string | undefined,
	message: string | undefined,
	prefersError: boolean,
): string | undefined {
	if (error === undefined || message === undefined) return error ?? message;
	if (isGenericLabel(error) !== isGenericLabel(message)) {
		return isGenericLabel(error) ? message : error;
	}
	return prefersError || error.length >= message.length ? error : message;
}

/** The message of the provider behind a gateway, after the provider's name. */
function upstreamMessage(record: JsonRecord, messageOf: MessageOf): string | undefined {
	const { raw, provider_name: provider } = asRecord(record.metadata);
	const message = messageOf(parseIfJson(raw));
	if (message === undefined) return undefined;
	const name = asText(provider);
	return name ? `${name}: ${message}` : message;
}

/** Appends the upstream message, which replaces a generic message. */
function withUpstream(
	message: string | undefined,
	upstream: string | undefined,
): string | undefined {
	if (message === undefined || upstream === undefined) return message ?? upstream;
	return isGenericLabel(message) ? upstream : `${message} (${upstream})`;
}

function detailMessages(
	key: string,
	value: unknown,
	messageOf: MessageOf,
): readonly string[] | undefined {
	// What a chat model said is no error.
	if (typeof asRecord(value).role === 'string') return undefined;
	if (key === 'meta' && !Array.isArray(value)) return undefined;
	if (typeof value === 'object' && value !== null) {
		const messages = listedMessages(value, messageOf);
		const isList = Array.isArray(value) || !key.startsWith('detail');
		// A record of details also holds identifiers.
		return isList ? messages : messages?.filter((message) => !/^\S*: \S*$/.test(message));
	}
	const text = key === 'message' ? undefined : messageOf(asText(value));
	return text === undefined ? undefined : [text];
}

/** Appends the details that the message doesn't repeat. They replace a generic message. */
function withDetails(message: string | undefined, details: readonly string[]): string | undefined {
	const added = [...new Set(details)].filter((detail) => !message?.includes(detail));
	if (added.length === 0) return message;
	const list = added.join('; ');
	if (message === undefined || isGenericLabel(message)) return list;
	return /[.:!?。：！？]$/.test(message.trimEnd()) ? `${message} ${list}` : `${message}: ${list}`;
}
