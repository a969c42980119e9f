import { asRecord, asText, type JsonRecord } from '../../values/json';

/** Why a model stopped, and what it said before. */
export interface Finish {
	/** `content_filter`, `IMAGE_SAFETY` … */
	readonly reason?: string | undefined;
	/** Text in the place of an image. */
	readonly text?: string | undefined;
	/** It refused, in words or by holding an image back. */
	readonly isRefusal: boolean;
}

/**
 * What chats and Gemini tell in the place of an image: `choices[].message.refusal` and `content`,
 * `finish_reason` (https://platform.openai.com/docs/api-reference/chat/object),
 * `native_finish_reason` (OpenRouter), `candidates[].finishReason` and `promptFeedback.blockReason`
 * (https://ai.google.dev/api/generate-content#FinishReason), `finish_reasons` (Stability at Bedrock),
 * and the marks of images that were held back (xAI, Ideogram).
 *
 * @param bodies one, or those of the events of a stream
 */
export function finishReasonOf(bodies: readonly unknown[]): Finish {
	const tops = bodies.map(asRecord);
	const choices = tops.flatMap((top) => [
		...listOf(top.choices),
		...listOf(top.candidates),
		...listOf(asRecord(top.output).choices),
		...listOf(top.data),
	]);
	const messages = choices.flatMap((choice) => [
		asRecord(choice.message),
		asRecord(choice.delta),
		asRecord(choice.content),
	]);
	// Anthropic, Ollama, and OpenAI's Responses
	const bare = tops.flatMap((top) => [
		top,
		asRecord(top.message),
		...listOf(top.output).filter(({ type }) => type === 'message'),
	]);
	const parts = [...messages, ...bare].flatMap(({ content }) => listOf(content));
	const refusal = joined([...messages, ...parts].map(({ refusal: said }) => said));
	const blocked = tops.map((top) => asRecord(top.promptFeedback));
	const reasons = [
		...blocked.map(({ blockReason }) => blockReason),
		...[...tops, ...choices].flatMap(reasonsIn),
	];
	return {
		reason: reasons.map(asText).find((reason) => reason !== undefined && !ENDED.test(reason)),
		text:
			refusal ??
			blocked.map(({ blockReasonMessage }) => asText(blockReasonMessage)).find(Boolean) ??
			choices.map(({ finishMessage }) => asText(finishMessage)).find(Boolean) ??
			joined(
				[...messages, ...bare].flatMap(({ content, parts: own }) => textsIn(content ?? own)),
			) ??
			joined(tops.map((top) => (top.done === true ? top.response : undefined))),
		isRefusal: refusal !== undefined || choices.some(isHeldBack),
	};
}

function reasonsIn(record: JsonRecord): unknown[] {
	const several = record.finish_reasons;
	return [
		record.finish_reason,
		record.finishReason,
		record.native_finish_reason,
		record.stop_reason,
		...(Array.isArray(several) ? several.slice(0, MAX_PIECES) : []),
	];
}

/** Reasons that do not say why there is no image. */
const ENDED = /^(?:stop|end|end_turn|eos|success|null|none|finish_reason_unspecified|tool_calls)$/i;

function isHeldBack(entry: JsonRecord): boolean {
	return entry.respect_moderation === false || entry.is_image_safe === false;
}

/** A text, or the texts of a list of parts. */
function textsIn(content: unknown): unknown[] {
	if (!Array.isArray(content)) return [content];
	return content.slice(0, MAX_PIECES).map((part: unknown) => asRecord(part).text ?? part);
}

function joined(texts: readonly unknown[]): string | undefined {
	// The pieces of a stream: white space between them counts.
	return asText(texts.filter((each) => typeof each === 'string').join(''));
}

function listOf(value: unknown): JsonRecord[] {
	return Array.isArray(value) ? value.slice(0, MAX_PIECES).map(asRecord) : [];
}

/** What is shown ends long before. */
const MAX_PIECES = 100;
