import { delivers, makesBut, refuses, resets } from '../responders';
import { GENERATE, images, INTACT, lost, NEXT, notSent, unbilled } from '../outcomes';
import type { Topic } from '../row';

/** The node as a tool of an agent. */
export const TOOL_USE: Topic = {
	title: 'As a tool of an agent',
	about:
		'The agent’s model reads the facts of each image, or the same error that you would see; n8n hands no files to it.',
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
			name: 'an image of another size for an agent',
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
			name: '400 of the safety system for an agent',
			operations: GENERATE,
			asTool: true,
			server: [refuses(400, { message: 'Rejected.', code: 'moderation_blocked' })],
			expected: unbilled('Rejected.', NEXT.content, { status: 400, code: 'moderation_blocked' }),
		},
		{
			name: 'a connection that is reset, for an agent',
			operations: GENERATE,
			asTool: true,
			server: [makesBut((_, response) => resets(response))],
			expected: lost(
				'the connection broke before the image was through',
				'{api} closed the connection before the response was complete',
				NEXT.billed,
				{ code: 'ECONNRESET' },
			),
		},
		{
			name: 'a value that the model does not take, for an agent',
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
