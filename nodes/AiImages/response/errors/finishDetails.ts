import type { ResultKeys } from '../../services/types';
import { asRecord, asText, type JsonRecord } from '../../values/json';
import { isWithheld } from '../results';

/** Why a model stopped, and its text. */
export interface FinishDetails {
	/** `content_filter`, `IMAGE_SAFETY` … The first is the most specific. Empty if it stopped normally. */
	readonly reasons: readonly string[];
	/** It stopped, whatever the reason. */
	readonly hasStopped: boolean;
	/** The text that the model returned, or the provider's explanation. */
	readonly text?: string | undefined;
	/** The model refused in words, or moderation withheld an image. */
	readonly isRefusal: boolean;
}

/**
 * Reads what chat models and Gemini return instead of an image: `choices[].message.refusal` and
 * `content`, `finish_reason` (https://platform.openai.com/docs/api-reference/chat/object),
 * `native_finish_reason` (OpenRouter), `candidates[].finishReason` and `promptFeedback.blockReason`
 * (https://ai.google.dev/api/generate-content#FinishReason), `predictions[].raiFilteredReason`
 * (https://docs.cloud.google.com/vertex-ai/generative-ai/docs/image/responsible-ai-imagen),
 * `finish_reasons` (Stability on Bedrock), and the flags of images that were withheld.
 *
 * @param bodies a single body, or one for each event of a stream
 */
export function readFinishDetails(bodies: readonly unknown[], keys: ResultKeys): FinishDetails {
	const tops = bodies.map(asRecord);
	// Each list once: that of the service can be one of the usual ones.
	const lists = [...new Set([...CHOICES, keys.list])];
	const choices = tops.flatMap((top) => [
		...lists.flatMap((key) => recordsIn(top[key])),
		...recordsIn(asRecord(top.output).choices),
	]);
	const messages = choices.flatMap((choice) => [
		asRecord(choice.message),
		asRecord(choice.delta),
		asRecord(choice.content),
	]);
	// Anthropic, Ollama and OpenAI's Responses API have no list of choices.
	const topMessages = tops.flatMap((top) => [
		top,
		asRecord(top.message),
		...recordsIn(top.output).filter(({ type }) => type === 'message'),
	]);
	const parts = [...messages, ...topMessages].flatMap(({ content }) => recordsIn(content));
	const refusal = joinTexts([...messages, ...parts].map((part) => part.refusal));
	const feedback = tops.map((top) => asRecord(top.promptFeedback));
	const reasons = [
		...feedback.map(({ blockReason }) => blockReason),
		...[...tops, ...choices].flatMap(reasonsIn),
	];
	const known = reasons.flatMap((reason) => asText(reason) ?? []);
	const filtered = choices.map(({ raiFilteredReason }) => asText(raiFilteredReason)).find(Boolean);
	return {
		reasons: known.filter((reason) => !NORMAL.test(reason)),
		hasStopped: known.length > 0,
		text:
			filtered ??
			refusal ??
			feedback.map(({ blockReasonMessage }) => asText(blockReasonMessage)).find(Boolean) ??
			choices.map(({ finishMessage }) => asText(finishMessage)).find(Boolean) ??
			joinTexts(
				[...messages, ...topMessages].flatMap((message) =>
					contentTexts(message.content ?? message.parts),
				),
			) ??
			joinTexts(tops.map((top) => (top.done === true ? top.response : undefined))),
		isRefusal:
			refusal !== undefined ||
			filtered !== undefined ||
			choices.some((each) => isWithheld(each, keys)),
	};
}

/** Lists of what a model returned. */
const CHOICES = ['choices', 'candidates', 'predictions', 'data'];

function reasonsIn(record: JsonRecord): unknown[] {
	const list = record.finish_reasons;
	return [
		record.native_finish_reason,
		record.finish_reason,
		record.finishReason,
		record.stop_reason,
		...(Array.isArray(list) ? list.slice(0, MAX_ENTRIES) : []),
	];
}

/** Reasons that don't explain why there is no image. */
const NORMAL =
	/^(?:stop|end|end_turn|eos|success|completed?|stop_sequence|null|none|finish_reason_unspecified|tool_calls)$/i;

/** The texts of a message's content, which is a text or a list of parts. */
function contentTexts(content: unknown): unknown[] {
	if (!Array.isArray(content)) return [content];
	return content.slice(0, MAX_ENTRIES).map((part: unknown) => asRecord(part).text ?? part);
}

/** Joins the strings among the values without trimming them: they can be pieces of a stream. */
function joinTexts(values: readonly unknown[]): string | undefined {
	return asText(values.filter((value) => typeof value === 'string').join(''));
}

function recordsIn(list: unknown): JsonRecord[] {
	return Array.isArray(list) ? list.slice(0, MAX_ENTRIES).map(asRecord) : [];
}

/** Entries of a list that are read. Messages are truncated long before that. */
const MAX_ENTRIES = 100;
