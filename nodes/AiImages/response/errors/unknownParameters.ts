import type { ApiError } from '../../errors';
import type { Service } from '../../services/types';

/**
 * The parameters that an API rejects as unknown, according to its error code or message. Parameters
 * with invalid values are not among them.
 *
 * @param codes the service's error codes
 * @returns names as in a request body: `output_format`, `svg.model`
 */
export function unknownParameters(
	{ details, message }: ApiError,
	codes: Service['errorCodes'],
): string[] {
	const { code = '' } = details;
	if (codes.invalidValue.includes(code)) return [];
	const text = message.slice(0, MAX_MESSAGE_CHARS);
	const named = PHRASES.flatMap((phrase) =>
		[...text.matchAll(phrase)].flatMap(({ groups: { names = '', record = '' } = {} }) => [
			...namesIn(names),
			...[...record.matchAll(RECORD_KEY)].flatMap(([, key = '']) => namesIn(key)),
		]),
	);
	const isUnknownCode = codes.unknownParameter.includes(code);
	const isExtraField = /^extra (?:inputs|fields)\b/i.test(text);
	const param = isUnknownCode || isExtraField ? namesIn(details.param ?? '') : [];
	return [...new Set([...param, ...named])];
}

/** Bounds the work. Messages are shorter. */
const MAX_MESSAGE_CHARS = 2000;

const NAME = String.raw`["'\`“‘]?[\w.$[\]-]{1,80}["'\`”’]?`;
/** Names as a sentence or as Python prints a list: `['quality', 'style']`. */
const NAMES = String.raw`[[(]?(?<names>${NAME}(?:(?:,| and) ?${NAME}){0,20})[\])]?`;
const QUOTED_NAME = String.raw`(?<names>(?:"[\w.$[\]-]{1,80}"|'[\w.$[\]-]{1,80}'|\`[\w.$[\]-]{1,80}\`))`;
const PARAMETER = '(?:parameter|param|argument|field|property|option|setting|key|name|input)';
const NOT_SUPPORTED =
	'(?:not (?:supported|recogni[sz]ed|known|allowed|permitted|accepted|defined)|prohibited)';
const NOT_KNOWN = `(?:${NOT_SUPPORTED}|unsupported|unknown|unrecogni[sz]ed|unexpected)`;
const SCOPE = '(?: (?:by|for|on|with|in) (?:this|the) (?:model|provider|endpoint|request|api))?';
/** Not after `value`, `for` or `of`: such a message is about a value of the parameter. */
const NOT_A_VALUE = String.raw`(?<!\bvalues? |\b(?:for|of) (?:the )?(?:${PARAMETER} )?)`;

/** A key of a record as Python prints it. */
const RECORD_KEY = /['"]([\w.$[\]-]{1,80})['"] ?:/g;

/** The names are in the group `names`, or are the keys in the group `record`. */
const PHRASES: readonly RegExp[] = [
	// At the start of a sentence: OpenAI, Gemini ("Unknown name"), Go and Rust ("unknown
	// field"), zod ("Unrecognized key(s) in object"), older OpenAI ("request argument supplied"),
	// Rails (":quality").
	String.raw`(?:^|[^\w\s]\s{0,3}|\b(?:contains|includes|has|found)(?: an?)? )(?:unknown|unsupported|unrecogni[sz]ed|unexpected|unpermitted|extra(?! (?:input|field)s (?:are|not)\b)) (?:(?:request|body|input|query|json) )?${PARAMETER}(?:\(s\)|s)?(?: (?:supplied|provided|passed|given|found|in (?:the )?(?:object|request|body)))?(?: ?[:=])? ?:?${NAMES}`,
	// Python
	String.raw`\bunexpected keyword arguments? ${NAMES}`,
	// xAI
	String.raw`\b${PARAMETER}s? (?:is |are )?${NOT_KNOWN}${SCOPE}: ?${NAMES}`,
	// LiteLLM, Volcengine, and other APIs that name the parameter first
	String.raw`${NOT_A_VALUE}\b${PARAMETER}s? ${NAMES}(?: specified in the request)? (?:is|are) (?:not valid: )?${NOT_KNOWN}`,
	String.raw`${NOT_A_VALUE}(?<!\w)(?!extra )${NAMES} ${PARAMETER}s? (?:is|are) ${NOT_KNOWN}`,
	String.raw`${NOT_A_VALUE}${QUOTED_NAME} (?:is|are) ${NOT_KNOWN}(?! values?\b)`,
	String.raw`(?:^|[:;.] )(?!${PARAMETER}s?\b)${NAMES}(?: (?:is |are )?| ?: )${NOT_SUPPORTED}(?=$|[.,;:]| (?:by|for|on|with|in) )(?!\W{1,3}(?:allowed|supported|valid|available|must|expected|use|choose|should)\b)`,
	String.raw`${NAMES} (?:is|are) not an? (?:valid|recogni[sz]ed|known|supported) (?:parameter|param|argument|field|property|key)\b`,
	String.raw`\b(?:does not|doesn['’]t|do not|don['’]t|cannot|can['’]t) (?:support|accept|allow|recogni[sz]e|take)(?: the| setting)?(?: ${PARAMETER}s?:?)? ${QUOTED_NAME}`,
	String.raw`\b(?:does not|doesn['’]t|do not|don['’]t|cannot|can['’]t) (?:support|accept|allow|recogni[sz]e|take)(?: the)? ${PARAMETER}s?:? ${NAMES}(?![\w$.-]| to\b)`,
	String.raw`\b(?:does not|doesn['’]t) support parameters: ?\{(?<record>[^{}]{1,400})\}`,
	String.raw`\b(?:does not|doesn['’]t|cannot) (?:support|accept|allow|recogni[sz]e|take)(?: the)? ${NAMES} ${PARAMETER}\b(?! values?\b)`,
	String.raw`\b(?:does not|doesn['’]t) (?:support|accept|recogni[sz]e) ${NAMES}(?=$|;)`,
	// JSON Schema, in Python and in JavaScript
	String.raw`additional properties are not allowed \(${NAMES} (?:was|were) unexpected`,
	String.raw`must not have additional propert(?:y|ies): ?${NAMES}`,
	String.raw`(?<names>[\w./$-]{1,80}): must not have additional propert`,
	// class-validator, ASP.NET
	String.raw`\bproperty ${NAMES} (?:should not exist|could not be mapped)`,
	// FastAPI, as a sentence and as Python prints it; Fireworks
	String.raw`(?<names>[\w.]{1,80}):? extra (?:inputs|fields) (?:are )?not permitted`,
	String.raw`extra (?:inputs|fields) (?:are )?not permitted, field: ?${NAMES}`,
	String.raw`extra_forbidden.{0,40}?\bloc['"]: ?[([](?:['"]body['"], ?)?(?<names>['"][\w.]{1,80}['"])`,
	// Chinese
	String.raw`(?:未知|不支持)的?(?:参数|字段) ?[:：]? ?${NAMES}`,
	String.raw`不支持 ?${NAMES} ?(?:参数|字段)`,
	String.raw`(?:参数|字段) ?[:：]? ?${NAMES} ?(?:不支持|不存在|不被支持|未知)`,
].map((phrase) => new RegExp(phrase, 'gi'));

/** Parameter names as paths: `body.svg[model]` becomes `svg.model`. */
function namesIn(list: string): string[] {
	const names = list.match(/[\w.$[\]-]+/g) ?? [];
	return names.map((name) =>
		name
			.replace(/\[(\w+)\]/g, '.$1')
			.replace(/^(?:\$|body|request|input|parameters)\./i, '')
			.replace(/^[.[\]]+|[.[\]]+$/g, ''),
	);
}
