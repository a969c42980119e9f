import { z } from 'zod';
import type { InputImage } from '../imageRequest.ts';
import type { ProfileCall, Refusal } from './profile.ts';

/** The API of chat models that make images: https://openrouter.ai/docs/guides/overview/multimodal/image-generation */
const part = z.union([
	z.strictObject({ type: z.literal('text'), text: z.string() }),
	z.strictObject({
		type: z.literal('image_url'),
		image_url: z.strictObject({
			url: z.string(),
			detail: z.enum(['auto', 'low', 'high']).optional(),
		}),
	}),
]);

const message = z.strictObject({
	role: z.enum(['user', 'system', 'assistant']),
	content: z.union([z.string(), z.array(part).min(1)]),
});

/** What such a request can have. */
export const chatRequest = z.strictObject({
	model: z.string(),
	messages: z.array(message).min(1),
	modalities: z.array(z.enum(['image', 'text'])).min(1),
	image_config: z
		.strictObject({
			aspect_ratio: z
				.string()
				.regex(/^\d+(?:\.\d+)?:\d+(?:\.\d+)?$/)
				.optional(),
			image_size: z.enum(['0.5K', '1K', '2K', '4K']).optional(),
		})
		.optional(),
	seed: z.number().int().optional(),
	user: z.string().optional(),
	stream: z.literal(false).optional(),
	temperature: z.number().optional(),
	max_tokens: z.number().int().optional(),
});

export type ChatRequest = z.output<typeof chatRequest>;

/** The texts and the images of all messages. */
export async function readMessages(
	{ painter }: ProfileCall,
	{ messages }: ChatRequest,
	refuse: (message: string) => Refusal,
): Promise<{ prompt: string; inputs: InputImage[] }> {
	const parts = messages.flatMap(({ content }) =>
		typeof content === 'string' ? [{ type: 'text' as const, text: content }] : content,
	);
	const inputs: InputImage[] = [];
	for (const each of parts) {
		if (each.type === 'text') continue;
		const bytes = await painter.load(each.image_url.url);
		const input = bytes && (await painter.decode(bytes, ['png', 'jpeg', 'webp', 'gif']));
		if (!input) throw refuse('An image in messages could not be read.');
		inputs.push(input);
	}
	const prompt = parts.flatMap((each) => (each.type === 'text' ? each.text : [])).join('\n');
	if (!prompt) throw refuse('messages must have a text.');
	return { prompt, inputs };
}

/** The pixels of a ratio; services publish them for some models only. */
export function pixelsOf(ratio = '1:1', resolution = '1K'): { width: number; height: number } {
	const [across = 1, down = 1] = ratio === 'auto' ? [1, 1] : ratio.split(':').map(Number);
	const edges: Record<string, number> = {
		'0.5K': 512,
		'512': 512,
		'1K': 1024,
		'2K': 2048,
		'4K': 4096,
	};
	const unit = Math.sqrt((edges[resolution] ?? 1024) ** 2 / (across * down));
	const edge = (share: number) => Math.max(16, Math.round((share * unit) / 16) * 16);
	return { width: edge(across), height: edge(down) };
}

/** The body of a response, whose message has the images. */
export function completion(model: string, message: object, usage: object = {}): object {
	return {
		id: 'gen-1',
		object: 'chat.completion',
		created: Math.floor(Date.now() / 1000),
		model,
		choices: [
			{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: '', ...message } },
		],
		usage: { prompt_tokens: 12, completion_tokens: 1290, total_tokens: 1302, ...usage },
	};
}
