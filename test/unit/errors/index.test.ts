import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import {
	ApiError,
	ValidationError,
	forAgent,
	toErrorItem,
	toNodeError,
} from '../../../nodes/AiImages/errors';
import { workflowNode } from '../../helpers/workflowNode';

const node = workflowNode('AI Images', 'n8n-nodes-ai-images.aiImages');

/** Words for which n8n replaces a whole message. */
const SYSTEM_WORDS = ['ECONNRESET', 'ENOTFOUND', 'ETIMEDOUT', 'enoent', 'EPERM', 'getaddrinfo'];

describe('a failed call', () => {
	const details = {
		status: 429,
		code: 'rate_limit_exceeded',
		type: 'requests',
		param: 'n',
		requestId: 'req_1',
		model: 'dall-e-2',
	};
	const failure = new ApiError('Too fast', 'Wait a while', details);

	it('is an API error with its message, advice and details', () => {
		const error = toNodeError(node, failure, 3);
		expect(error).toBeInstanceOf(NodeApiError);
		expect(error.message).toBe('Too fast');
		expect(error.description).toMatch(/^Wait a while/);
		for (const fact of ['429', 'rate_limit_exceeded', 'n', 'req_1']) {
			expect(error.description).toContain(fact);
		}
		expect((error as NodeApiError).httpCode).toBe('429');
		expect(error.context.itemIndex).toBe(3);
	});

	it.each(SYSTEM_WORDS)('keeps its message even with %s in it', (word) => {
		const message = `images.example.com: ${word} while answering`;
		const error = toNodeError(node, new ApiError(message, 'next', { code: word }), 0);
		expect(error.message).toBe(message);
	});

	it('has no status if there was no response', () => {
		const error = toNodeError(node, new ApiError('Refused', 'Check the address'), 0);
		expect((error as NodeApiError).httpCode).toBeNull();
		expect(error.description).toBe('Check the address');
	});

	it('is an item of three keys, in the place of its input', () => {
		expect(toErrorItem(failure, 3)).toStrictEqual({
			json: { error: 'Too fast', message: 'Wait a while', details },
			pairedItem: { item: 3 },
		});
	});
});

describe('an item that is not valid', () => {
	const invalid = new ValidationError(['Size: too big', 'Prompt: it is empty']);

	it('is an error that starts with the first problem and names all', () => {
		const error = toNodeError(node, invalid, 2);
		expect(error).toBeInstanceOf(NodeOperationError);
		expect(error.message).toBe('Size: too big');
		expect(error.description).toContain('Prompt: it is empty');
		expect(error.description).toMatch(/you were not billed/);
		expect(error.context.itemIndex).toBe(2);
	});

	it.each(SYSTEM_WORDS)('keeps its message even with %s in it', (word) => {
		const problem = `'Quality' "${word}" isn't valid`;
		expect(toNodeError(node, new ValidationError([problem]), 0).message).toBe(problem);
	});

	it('is an item of these keys alone', () => {
		expect(toErrorItem(invalid, 2)).toStrictEqual({
			json: {
				error: 'Size: too big · Prompt: it is empty',
				message: 'No request was sent; you were not billed',
				details: { problems: ['Size: too big', 'Prompt: it is empty'] },
			},
			pairedItem: { item: 2 },
		});
	});
});

describe('any other error', () => {
	it('of n8n stays as it is', () => {
		const error = new NodeOperationError(node, 'no credentials');
		expect(toNodeError(node, error, 1)).toBe(error);
	});

	it.each([
		[new Error('odd'), 'odd'],
		['a text', 'a text'],
	])('becomes one with its message: %s', (thrown, message) => {
		const error = toNodeError(node, thrown, 4);
		expect(error.message).toBe(message);
		expect(error.context.itemIndex).toBe(4);
		expect(toErrorItem(thrown, 4)).toStrictEqual({
			json: { error: message },
			pairedItem: { item: 4 },
		});
	});

	it('takes only its message into an item', () => {
		const thrown = Object.assign(new Error('odd'), { config: { headers: { Authorization: 'x' } } });
		expect(Object.keys(toErrorItem(thrown, 0))).toEqual(['json', 'pairedItem']);
		expect(JSON.stringify(toErrorItem(thrown, 0))).not.toContain('Authorization');
	});
});

describe('an error of a tool', () => {
	const tool = workflowNode('AI Images', 'n8n-nodes-ai-images.aiImagesTool');
	const refused = new ApiError('Rejected.', 'Change the prompt', { status: 400 });
	const invalid = new ValidationError(["'Size' is wrong", "'Quality' is wrong"]);

	const messageOf = (error: unknown) => (error as Error).message;

	it.each([
		['a request that failed', refused, 'Rejected.\n\nDetails: Change the prompt (HTTP status 400)'],
		[
			'a lost connection',
			new ApiError('Closed', 'Check the usage page', { code: 'ECONNRESET' }),
			'Closed\n\nDetails: Check the usage page',
		],
		[
			'a lost connection after a response',
			new ApiError('Closed', 'Wait', { status: 200, code: 'ECONNRESET', requestId: 'r' }),
			'Closed\n\nDetails: Wait (HTTP status 200, request ID r)',
		],
		[
			'several invalid values',
			invalid,
			"'Size' is wrong\n\nDetails: 'Quality' is wrong.\nNo request was sent; you were not billed.",
		],
	])('has everything in its message: %s', (_, failure, message) => {
		const error = forAgent(tool, toNodeError(tool, failure, 0));
		expect(messageOf(error)).toBe(message);
		expect(messageOf(forAgent(tool, error))).toBe(message);
	});

	it('is short for a node that is no tool', () => {
		expect(messageOf(forAgent(node, toNodeError(node, refused, 0)))).toBe('Rejected.');
	});

	it('stays as it is without a description', () => {
		expect(messageOf(forAgent(tool, toNodeError(tool, new Error('Broken'), 0)))).toBe('Broken');
	});
});
