import { Readable } from 'node:stream';
import type { IExecuteFunctions, IHttpRequestOptions, INodeParameters } from 'n8n-workflow';
import { buildFields } from '../../../nodes/AiImages/fields';
import { OPERATIONS } from '../../../nodes/AiImages/fields/operations';
import { executeItems } from '../../../nodes/AiImages/execute';
import { picture } from '../../helpers/pictures';
import { useRecordingServer } from '../../helpers/recordingServer';
import { TABLE } from '../newModel';
import { executionOf } from '../requests';

const properties = buildFields(TABLE, Object.values(OPERATIONS), '2027-01-01');

const server = useRecordingServer(async (_, response) => {
	const image = await picture({ width: 120, height: 80 });
	response.setHeader('Content-Type', 'application/json');
	const usage = { input_tokens: 10, output_tokens: 1000 };
	response.end(JSON.stringify({ data: [{ b64_json: image.toString('base64') }], usage }));
});

/** n8n's context for the node, with a request helper that sends its request as it is. */
function contextOf(set: INodeParameters): IExecuteFunctions {
	const context = executionOf(set, { properties });
	return Object.assign(context, {
		continueOnFail: () => false,
		getNode: () => ({ name: 'AI Images', type: 'n8n-nodes-ai-images.aiImages' }),
		getCredentials: async () => ({ baseUrl: server.url, apiKey: 'k' }),
		helpers: Object.assign(context.helpers, {
			httpRequestWithAuthentication: async (_: string, options: IHttpRequestOptions) => {
				const response = await fetch(`${server.url}/v1${options.url}`, {
					method: options.method,
					headers: options.headers as Record<string, string>,
					body: options.body as Buffer<ArrayBuffer>,
				});
				return {
					statusCode: response.status,
					headers: Object.fromEntries(response.headers),
					body: Readable.from([Buffer.from(await response.arrayBuffer())]),
				};
			},
		}),
	});
}

it('runs a model whose row was just added, from its fields to its items', async () => {
	const set = {
		model: 'example-1',
		operation: 'generate',
		prompt: 'a lighthouse',
		sizeType: 'aspectRatio',
		aspectRatio: '3:2',
		n: 1,
	};
	const [item, ...others] = await executeItems(contextOf(set), TABLE);
	expect(others).toEqual([]);
	expect(server.requests).toHaveLength(1);
	expect(server.requests[0]?.path).toBe('/v1/images/generations');
	expect(JSON.parse(String(server.requests[0]?.body))).toStrictEqual({
		model: 'example-1',
		prompt: 'a lighthouse',
		n: 1,
		size: '120x80',
		quality: 'final',
		output_format: 'png',
	});
	expect(item?.json).toMatchObject({
		model: 'example-1',
		width: 120,
		height: 80,
		fileName: 'a-lighthouse-1.png',
		costUsd: 0.00301,
	});
	expect(item?.json).not.toHaveProperty('warnings');
});

it('sends nothing that the row does not allow', async () => {
	const set = { model: 'example-1', operation: 'generate', prompt: 'x'.repeat(78), n: 4 };
	await expect(executeItems(contextOf(set), TABLE)).rejects.toMatchObject({
		message: expect.stringMatching(/^'Prompt' .*77 characters/),
		description: expect.stringMatching(/^'Number of Images' 4 .*1 to 3/),
	});
	expect(server.requests).toEqual([]);
});

it('does not know the model without its row', async () => {
	const set = { model: 'example-1', operation: 'generate', prompt: 'a lighthouse' };
	await expect(executeItems(contextOf(set))).rejects.toThrow(
		/^'Model' "example-1" isn't a GPT Image model/,
	);
});
