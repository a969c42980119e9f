import { asRecord, parseJson } from '../../values/json';
import { embeddedJson } from './embeddedJson';

/**
 * The body of an error: JSON, the JSON in the first event of a stream, the fields of the XML that
 * storage services and gateways return
 * (https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html), or a sentence with JSON in it
 * (https://github.com/james-6-23/codex2api/issues/130).
 *
 * @returns undefined if it is anything else
 */
export function parseBody(text: string): unknown {
	return parseJson(text) ?? firstEvent(text) ?? xmlError(text) ?? sentence(text);
}

/** Whether a text is an error in XML. An SVG can begin the same way. */
export function isXmlError(start: string): boolean {
	return /^\s*(?:<\?xml[^<>]{0,200}>\s*)?<Error\b/i.test(start);
}

function firstEvent(text: string): unknown {
	if (!/^(?:event|data|id|retry)?:/.test(text.trimStart())) return undefined;
	for (const [, data = ''] of text.matchAll(/^data:[ \t]?(.+)$/gm)) {
		const body = parseJson(data);
		if (Object.keys(asRecord(body)).length > 0) return body;
	}
	return undefined;
}

function xmlError(text: string): unknown {
	if (!isXmlError(text.replace(/^\uFEFF/, ''))) return undefined;
	const field = (name: string) =>
		new RegExp(`<${name}>([^<]{1,2000})</${name}>`, 'i').exec(text)?.[1];
	const fields = { code: field('Code'), message: field('Message'), requestId: field('RequestId') };
	return fields.message === undefined ? undefined : fields;
}

function sentence(text: string): unknown {
	return /^\s*[^\s<[{]/.test(text) && embeddedJson(text) ? { message: text.trim() } : undefined;
}
