import type { INodeParameters } from 'n8n-workflow';
import OpenAI from 'openai';

import { useEngine } from '../helpers/engine';
import { API_KEY, useImagesApi } from '../helpers/imagesApi';
import { picture } from '../helpers/pictures';
import type { RecordedRequest } from '../helpers/recordingServer';

const engine = useEngine();
const api = useImagesApi();

const MODEL = 'gpt-image-2.6-flare';
const DEFAULTS = { size: 'auto', quality: 'auto', background: 'auto' };

let file: Buffer;
beforeAll(async () => {
	file = await picture({ width: 16, height: 16 });
});

/** The body that the node sends for an edit, with a boundary that says nothing. */
async function byNode(parameters: INodeParameters): Promise<string> {
	const run = await engine.runWorkflow({
		parameters: { operation: 'edit', model: MODEL, prompt: 'Trace it', ...parameters },
		items: [{ binary: { data: { data: file, mimeType: 'image/png', fileName: 'cat.png' } } }],
		credentials: api.credentials,
	});
	expect(run.error).toBeUndefined();
	return bodyOf(api.requests.at(-1)!);
}

/** The body that the official client sends for these fields, in their order, and the same file. */
async function byClient(fields: object): Promise<string> {
	const client = new OpenAI({ apiKey: API_KEY, baseURL: `${api.url}/v1`, maxRetries: 0 });
	const image = new File([new Uint8Array(file)], 'cat.png', { type: 'image/png' });
	await client.images.edit({ model: MODEL, prompt: 'Trace it', ...fields, image });
	return bodyOf(api.requests.at(-1)!);
}

function bodyOf({ path, headers, body }: RecordedRequest): string {
	expect(path).toBe('/v1/images/edits');
	const boundary = /boundary=(\S+)$/.exec(headers['content-type'] ?? '')?.[1];
	// The line break behind the last boundary is the epilogue, which means nothing.
	return body.toString('latin1').replaceAll(boundary!, 'BOUNDARY').trimEnd();
}

describe('an edit is sent exactly as by the official client', () => {
	it.each<[string, INodeParameters, object]>([
		['with defaults', {}, { n: 1, ...DEFAULTS, output_format: 'png' }],
		[
			'as a drawing',
			{ outputFormat: 'svg', svgModel: 'gpt-5.6-terra', svgReasoningEffort: 'low' },
			{
				...DEFAULTS,
				output_format: 'svg',
				svg: { model: 'gpt-5.6-terra', reasoning: { effort: 'low' } },
			},
		],
		[
			'as a drawing without a model',
			{ outputFormat: 'svg', svgReasoningEffort: 'max' },
			{ ...DEFAULTS, output_format: 'svg', svg: { reasoning: { effort: 'max' } } },
		],
		[
			'with extra fields',
			{
				options: {
					extraFields: JSON.stringify({ seed: 7, lora: { weight: 0.5, on: true } }),
				},
			},
			{ n: 1, ...DEFAULTS, output_format: 'png', seed: 7, lora: { weight: 0.5, on: true } },
		],
		[
			'with a list in the extra fields',
			{ options: { extraFields: '{"tags": ["a", "b", "ä\\"\\\\"]}' } },
			{ n: 1, ...DEFAULTS, output_format: 'png', tags: ['a', 'b', 'ä"\\'] },
		],
	])('%s', async (_, parameters, fields) => {
		const ours = await byNode(parameters);
		const theirs = await byClient(fields);
		expect(partsIn(ours)).toEqual(partsIn(theirs));
		expect(ours.length).toBe(theirs.length);
	});
});

/** The parts byte by byte, by their headers; only the parts of one list have an order. */
function partsIn(body: string): string[] {
	const parts = body.split('--BOUNDARY');
	const nameOf = (part: string) => /name="([^"]*)"/.exec(part)?.[1] ?? '';
	return parts.sort((a, b) => nameOf(a).localeCompare(nameOf(b)));
}
