import type { CallFailure } from '../errors';

/**
 * The parameters that a server says it does not know, by its code or by its words. A wrong value of
 * a known parameter is something else.
 *
 * @returns names as they stand in a body: `output_format`, `svg.model`
 */
export function unknownParameters({ details, message }: CallFailure): string[] {
	if (details.code === 'invalid_value') return [];
	const text = message.slice(0, MAX_MESSAGE);
	const named = PHRASES.flatMap((phrase) =>
		[...text.matchAll(phrase)].flatMap(({ groups }) => namesIn(groups?.names ?? '')),
	);
	const isCoded = /^un(?:known|supported|recognized)_parameter$/.test(details.code ?? '');
	const isForbidden = /^extra (?:inputs|fields)\b/i.test(text);
	const param = isCoded || isForbidden ? namesIn(details.param ?? '') : [];
	return [...new Set([...param, ...named])];
}

/** Messages are shorter; what is read of them is bounded all the same. */
const MAX_MESSAGE = 2000;

const NAME = String.raw`["'\`“‘]?[\w.$[\]-]{1,80}["'\`”’]?`;
/** Also as Python prints a list: `['quality', 'style']`. */
const NAMES = String.raw`[[(]?(?<names>${NAME}(?:(?:,| and) ?${NAME}){0,20})[\])]?`;
const QUOTED = String.raw`(?<names>(?:"[\w.$[\]-]{1,80}"|'[\w.$[\]-]{1,80}'|\`[\w.$[\]-]{1,80}\`))`;
const PARAMETER = '(?:parameter|param|argument|field|property|option|setting|key|name|input)';
const NOT_KNOWN =
	'(?:not (?:supported|recogni[sz]ed|known|allowed|permitted|accepted)|unsupported|unknown|unrecogni[sz]ed|unexpected)';

/** How a message says it, with the names where they stand. */
const PHRASES: readonly RegExp[] = [
	// At the beginning of a sentence: OpenAI, Gemini ("Unknown name"), Go and Rust ("unknown
	// field"), zod ("Unrecognized key(s) in object"), older OpenAI ("request argument supplied").
	String.raw`(?:^|[^\w\s]\s{0,3})(?:unknown|unsupported|unrecogni[sz]ed|unexpected) (?:(?:request|body|input|query|json) )?${PARAMETER}(?:\(s\)|s)?(?: (?:supplied|provided|passed|given|found|in (?:the )?(?:object|request|body)))?(?: ?[:=])? ?${NAMES}`,
	// Python
	String.raw`\bunexpected keyword arguments? ${NAMES}`,
	// xAI
	String.raw`\b${PARAMETER}s? (?:is |are )?${NOT_KNOWN}: ?${NAMES}`,
	// LiteLLM, and models that name the parameter first
	String.raw`\b${PARAMETER}s? ${NAMES} (?:is|are) ${NOT_KNOWN}`,
	String.raw`(?<!\bvalues? )${QUOTED} (?:is|are) ${NOT_KNOWN}(?! values?\b)`,
	String.raw`\b(?:does not|doesn['’]t|do not|don['’]t|cannot|can['’]t) (?:support|accept|allow|recogni[sz]e|take)(?: the| setting)?(?: ${PARAMETER}s?:?)? ${QUOTED}`,
	String.raw`\b(?:does not|doesn['’]t|do not|don['’]t|cannot|can['’]t) (?:support|accept|allow|recogni[sz]e|take)(?: the)? ${PARAMETER}s?:? ${NAMES}(?![\w$.-]| to\b)`,
	String.raw`\b(?:does not|doesn['’]t|cannot) (?:support|accept|allow|recogni[sz]e|take)(?: the)? ${NAMES} ${PARAMETER}\b(?! values?\b)`,
	// JSON Schema
	String.raw`additional properties are not allowed \(${NAMES} (?:was|were) unexpected`,
	// class-validator
	String.raw`\bproperty ${NAMES} should not exist`,
	// FastAPI, as a sentence and as Python prints it
	String.raw`(?<names>[\w.]{1,80}): extra (?:inputs|fields) (?:are )?not permitted`,
	String.raw`extra_forbidden.{0,40}?\bloc['"]: ?[([](?:['"]body['"], ?)?(?<names>['"][\w.]{1,80}['"])`,
	// Chinese
	String.raw`(?:未知|不支持)的?(?:参数|字段) ?[:：]? ?${NAMES}`,
	String.raw`(?:参数|字段) ?[:：]? ?${NAMES} ?(?:不支持|不存在|不被支持|未知)`,
].map((phrase) => new RegExp(phrase, 'gi'));

/** `body.svg[model]` is `svg.model`. */
function namesIn(list: string): string[] {
	const names = list.match(/[\w.$[\]-]+/g) ?? [];
	return names.map((name) =>
		name
			.replace(/\[(\w+)\]/g, '.$1')
			.replace(/^(?:\$|body|request|input|parameters)\./i, '')
			.replace(/^[.[\]]+|[.[\]]+$/g, ''),
	);
}
