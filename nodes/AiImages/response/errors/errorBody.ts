import { asRecord, parseJson } from '../../values/json';

/**
 * The body of an error: JSON, the JSON in the first event of a stream, or the fields of the XML that
 * storage services and gateways return
 * (https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html).
 *
 * @returns undefined if it is anything else
 */
export function parseBody(text: string): unknown {
	return parseJson(text) ?? firstEvent(text) ?? xmlError(text);
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
