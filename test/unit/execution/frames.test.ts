import { Readable } from 'node:stream';
import type { IExecuteFunctions } from 'n8n-workflow';
import { AiImages } from '../../../nodes/AiImages/AiImages.node';
import { picture } from '../../helpers/pictures';
import { executionOf } from '../requests';

/** One frame of each, innermost first. A sixth frame would be a layer that only passes calls on. */
const FRAMES = [
	'transport/send.ts',
	'execution/call.ts runCall',
	'execution/schedule.ts runCalls',
	'execute.ts executeItems',
	'AiImages.node.ts Object.execute',
];

const limit = Error.stackTraceLimit;
beforeAll(() => void (Error.stackTraceLimit = 50));
afterAll(() => void (Error.stackTraceLimit = limit));

it('calls n8n’s request helper at most five frames below execute', async () => {
	expect(await framesOfRequests([200])).toEqual([FRAMES]);
});

it('goes no deeper for the second attempt after a 429', async () => {
	// No jitter, which would take up to a second.
	const random = jest.spyOn(Math, 'random').mockReturnValue(0);
	expect(await framesOfRequests([429, 200])).toEqual([FRAMES, FRAMES]);
	random.mockRestore();
});

/**
 * Runs one item, and lists the node's own frames between `execute` and n8n's request helper.
 *
 * @param statuses of the responses, one for each request
 */
async function framesOfRequests(statuses: readonly number[]): Promise<string[][]> {
	const image = await picture({ width: 120, height: 80 });
	const frames: string[][] = [];
	const context = executionOf({ operation: 'generate', prompt: 'a lighthouse' });
	const helpers = Object.assign(context.helpers, {
		httpRequestWithAuthentication: async () => {
			const statusCode = statuses[frames.length] ?? 500;
			frames.push(ownFrames(new Error().stack ?? ''));
			const body =
				statusCode === 200
					? { data: [{ b64_json: image.toString('base64') }] }
					: { error: { message: 'Rate limit reached' } };
			return {
				statusCode,
				headers: { 'retry-after': '0' },
				body: Readable.from([Buffer.from(JSON.stringify(body))]),
			};
		},
	});
	Object.assign(context, {
		helpers,
		continueOnFail: () => false,
		getNode: () => ({ name: 'AI Images', type: 'n8n-nodes-ai-images.aiImages' }),
		getCredentials: async () => ({ apiKey: 'k' }),
	});
	const [items] = await new AiImages().execute.call(context as IExecuteFunctions);
	expect(items).toHaveLength(1);
	return frames;
}

/** Source maps give the frame that calls the helper the name of its `call` method, so it has none. */
function ownFrames(stack: string): string[] {
	const frames = stack.matchAll(/^ +at (?:async )?(.+) \(.*\/nodes\/AiImages\/(.+?):\d+:\d+\)$/gm);
	return [...frames].map(([, name, file]) => (name === 'call' ? `${file}` : `${file} ${name}`));
}
