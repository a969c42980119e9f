import type { INodeParameters } from 'n8n-workflow';

import { useEngine, type NodeResult } from './engine';
import { SSE_HEADERS } from './events';
import { raw, useImagesApi } from './imagesApi';
import { picture } from './pictures';

/** What a response may hold. */
export interface Facts {
	/** Of the first result, and of the second one. */
	readonly link: string;
	readonly other: string;
	readonly base64: string;
	readonly otherBase64: string;
	/** The image that is edited, as base64. */
	readonly sent: string;
}

/** A server for a Jest file that responds with any text, and holds the files behind its links. */
export function useResults() {
	const api = useImagesApi();
	const engine = useEngine();
	const images: Record<'first' | 'second' | 'input', Buffer> = {
		first: Buffer.alloc(0),
		second: Buffer.alloc(0),
		input: Buffer.alloc(0),
	};

	beforeAll(async () => {
		images.first = await picture({ width: 64, colour: '#111111' });
		images.second = await picture({ width: 64, colour: '#222222' });
		images.input = await picture({ width: 32, colour: '#333333' });
	});

	return {
		api,
		images,
		facts: (): Facts => ({
			link: `${api.url}/files/first.png`,
			other: `${api.url}/files/second.png`,
			base64: images.first.toString('base64'),
			otherBase64: images.second.toString('base64'),
			sent: images.input.toString('base64'),
		}),
		/** @param body the text of the response, or its events */
		async runWith(
			body: string | readonly unknown[],
			more: INodeParameters = {},
		): Promise<NodeResult> {
			const isStream = typeof body !== 'string';
			const text = isStream ? body.map(eventOf).join('') : body;
			const headers = isStream ? SSE_HEADERS : { 'content-type': 'application/json' };
			api.reply((request, response) => {
				const file = request.path.includes('second') ? images.second : images.first;
				const reply = request.method === 'GET' ? raw(file) : raw(text, 200, headers);
				return reply(request, response);
			});
			const data = { data: images.input, mimeType: 'image/png', fileName: 'input.png' };
			return await engine.runWorkflow({
				parameters: {
					operation: 'generate',
					model: 'gpt-image-2.5-flare',
					prompt: 'A cat',
					...(isStream ? { options: { stream: true } } : {}),
					...more,
				},
				items: [{ json: {}, binary: { data } }],
				credentials: api.credentials,
			});
		},
	};
}

function eventOf(data: unknown): string {
	return `data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`;
}

export async function imagesOf(result: NodeResult): Promise<Buffer[]> {
	expect(result.error).toBeUndefined();
	return await Promise.all(result.outputs[0]!.map(async (item) => await result.binary(item)));
}

export function warningsOf(result: NodeResult): string[] {
	return result.outputs[0]!.flatMap(({ json }) => (json.warnings ?? []) as string[]);
}

export const dataUrl = (base64: string): string => `data:image/png;base64,${base64}`;
