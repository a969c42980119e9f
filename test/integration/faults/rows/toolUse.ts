import { delivers, makesBut, refuses, resets } from '../responders';
import { GENERATE, images, INTACT, lost, NEXT, notSent, unbilled } from '../outcomes';
import type { Topic } from '../row';

/** The node as a tool of an agent. */
export const TOOL_USE: Topic = {
	title: "As an AI agent's tool",
	about:
		"The agent's model receives the JSON of each image, or the same error that you would see. n8n doesn't pass files to the model.",
	rows: [
		{
			name: 'an image for an agent',
			operations: GENERATE,
			asTool: true,
			server: [delivers],
			expected: { ...INTACT, ends: { stopWorkflow: 'success', continueRegularOutput: 'success' } },
		},
		{
			name: 'three images for an agent',
			operations: GENERATE,
			asTool: true,
			parameters: { n: 3 },
			server: [delivers],
			expected: { ...INTACT, billed: 3, items: [images(3)] },
		},
		{
			name: 'an image of another size, for an agent',
			operations: GENERATE,
			asTool: true,
			parameters: { size: '1024x1536' },
			server: [delivers],
			expected: {
				...INTACT,
				items: [images(1, { warnings: ['Requested size 1024x1536, received 8x8'] })],
			},
		},
		{
			name: '429 for an agent, then the image',
			operations: GENERATE,
			asTool: true,
			server: [refuses(429, {}, { 'retry-after-ms': '10' }), delivers],
			expected: { ...INTACT, calls: 2, items: [images(1, { attempts: 2 })] },
		},
		{
			name: '400 from the safety system, for an agent',
			operations: GENERATE,
			asTool: true,
			server: [refuses(400, { message: 'Rejected.', code: 'moderation_blocked' })],
			expected: unbilled('Rejected.', NEXT.content, { status: 400, code: 'moderation_blocked' }),
		},
		{
			name: 'a connection reset, for an agent',
			operations: GENERATE,
			asTool: true,
			server: [makesBut((_, response) => resets(response))],
			expected: lost(
				'the connection was lost before the image was complete',
				'{api} closed the connection before the response was complete',
				NEXT.billed,
				{ code: 'ECONNRESET' },
			),
		},
		{
			name: 'an unsupported value, for an agent',
			operations: GENERATE,
			asTool: true,
			parameters: { n: 99 },
			server: [delivers],
			expected: notSent(
				"'Number of Images' 99 isn't supported by gpt-image-2.5-flare. Use a whole number from 1 to 10",
			),
		},
	],
};
