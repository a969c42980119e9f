import type { AxiosResponse } from 'axios';
import sharp from 'sharp';
import { gptModels } from './catalogue';
import { dataUrl, imageOf, photo, useService } from './helpers';

const service = useService();

interface ServerEvent {
	name: string;
	data: {
		type: string;
		b64_json: string;
		partial_image_index?: number;
		usage?: { input_tokens: number; output_tokens: number; total_tokens: number };
	};
}

/** Splits a whole event stream; every event has one `event` and one `data` line. */
function eventsOf(response: AxiosResponse): ServerEvent[] {
	expect(response.headers['content-type']).toBe('text/event-stream; charset=utf-8');
	const text: string = response.data;
	expect(text.endsWith('\n\n')).toBe(true);
	return text
		.trimEnd()
		.split('\n\n')
		.map((block) => {
			const [, name, data] = /^event: (\S+)\ndata: (.*)$/.exec(block)!;
			return { name: name!, data: JSON.parse(data!) };
		});
}

const common = ['background', 'created_at', 'output_format', 'quality', 'size', 'type'];

describe.each(gptModels)('%s', (model) => {
	it('streams previews and the image', async () => {
		const events = eventsOf(
			await service.generate({
				model,
				prompt: 'A fox',
				stream: true,
				partial_images: 2,
				quality: 'low',
				output_format: 'jpeg',
			}),
		);
		expect(events.map(({ name }) => name)).toEqual([
			'image_generation.partial_image',
			'image_generation.partial_image',
			'image_generation.completed',
		]);
		for (const [index, { name, data }] of events.entries()) {
			expect(data.type).toBe(name);
			expect(data).toMatchObject({ size: '1024x1024', quality: 'low', output_format: 'jpeg' });
			const file = Buffer.from(data.b64_json, 'base64');
			expect(await sharp(file).metadata()).toMatchObject({ format: 'jpeg', width: 1024 });
			if (index < 2) {
				expect(data.partial_image_index).toBe(index);
				expect(Object.keys(data).sort()).toEqual(
					[...common, 'b64_json', 'partial_image_index'].sort(),
				);
			}
		}
		const usage = events[2]!.data.usage!;
		expect(Object.keys(usage).sort()).toEqual([
			'input_tokens',
			'input_tokens_details',
			'output_tokens',
			'total_tokens',
		]);
		expect(usage.total_tokens).toBe(usage.input_tokens + usage.output_tokens);
	});
});

it('streams edits under their own names', async () => {
	const response = await service.editJson({
		model: 'gpt-image-2.5-flare',
		prompt: 'Add a hat',
		images: [{ image_url: dataUrl(await photo(64, 64)) }],
		stream: true,
		partial_images: 1,
	});
	expect(eventsOf(response).map(({ name }) => name)).toEqual([
		'image_edit.partial_image',
		'image_edit.completed',
	]);
});

it('sends the same image as without stream, in one event without partial_images', async () => {
	const request = { model: 'gpt-image-2', prompt: 'A fox' };
	const events = eventsOf(await service.generate({ ...request, stream: true }));
	expect(events).toHaveLength(1);
	const plain = imageOf(await service.generate(request));
	expect(Buffer.from(events[0]!.data.b64_json, 'base64').equals(plain)).toBe(true);
});

it('each preview costs 100 tokens', async () => {
	const request = { model: 'gpt-image-2', prompt: 'A fox', stream: true };
	const cost = async (partial_images: number) =>
		eventsOf(await service.generate({ ...request, partial_images })).at(-1)!.data.usage!
			.output_tokens;
	expect((await cost(3)) - (await cost(0))).toBe(300);
});

it('sends one completed event for each of several images', async () => {
	const events = eventsOf(
		await service.generate({ model: 'gpt-image-2', prompt: 'A fox', stream: true, n: 3 }),
	);
	expect(events.map(({ name }) => name)).toEqual(Array(3).fill('image_generation.completed'));
	const [entry] = await service.requests();
	expect(entry).toMatchObject({ images: 3, billedImages: 3 });
});

it('responds to a refusal with JSON', async () => {
	const { status, data } = await service.generate({ model: 'gpt-image-2', stream: true });
	expect(status).toBe(400);
	expect(data.error.code).toBe('missing_required_parameter');
});

it('repeats the safety identifier, or else the user', async () => {
	const request = { model: 'gpt-image-2', prompt: 'x' };
	const identify = async (extra: Record<string, unknown>) =>
		(await service.generate({ ...request, ...extra })).data.safety_identifier;
	expect(await identify({ safety_identifier: 'a', user: 'b' })).toBe('a');
	expect(await identify({ safety_identifier: '', user: 'b' })).toBe('b');
	expect(await identify({})).toBeNull();
});
