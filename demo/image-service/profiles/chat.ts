import { jsonResponse } from '../apiResponse.ts';
import type { ApiResponse } from '../apiResponse.ts';
import { chatRequest, completion, pixelsOf, readMessages } from './chatCompletions.ts';
import { checkFields, Refusal } from './profile.ts';
import type { Profile, ProfileCall } from './profile.ts';

/**
 * Any server whose chat models make images. They put them into different places of the message, so
 * the id of the model says which: `in-images` (OpenRouter, LiteLLM), `in-markdown` (a picture as a
 * data URL), `in-link` (a picture at an address), `in-text` (a bare data URL).
 */
export const chat: Profile = {
	name: 'chat',
	sources: [
		'https://openrouter.ai/docs/guides/overview/multimodal/image-generation',
		'https://docs.litellm.ai/docs/completion/image_generation_chat',
		'https://docs.laozhang.ai/en/api-capabilities/nano-banana-2-1-image.md',
	],
	keyOf: ({ authorization }) => /^Bearer\s+(.+)$/i.exec(authorization ?? '')?.[1],
	unauthorized: () => refusal(401, 'Incorrect API key provided.', 'invalid_api_key'),
	notFound: (method, path) => refusal(404, `Invalid URL (${method} ${path})`, 'not_found'),
	failure: (status) => refusal(status, `The request failed with status ${status}.`, String(status)),
	routes: [
		{ method: 'POST', pattern: /^\/v1\/chat\/completions$/, accepts: ['json'], respond },
		{
			method: 'GET',
			pattern: /^\/v1\/models$/,
			respond: () =>
				jsonResponse(200, {
					object: 'list',
					data: Object.keys(places).map((id) => ({ id, object: 'model' })),
				}),
		},
	],
};

/** Models of the guide that only make images. */
const makesNoText = /(?:^|\/)(?:flux|seedream|riverflow|recraft)/;

/** The message with an image, by where the model puts it. */
const places: Readonly<Record<string, (data: string, link: string) => object>> = {
	'in-images': (data) => ({ images: [{ type: 'image_url', image_url: { url: data } }] }),
	'in-markdown': (data) => ({ content: `Here it is:\n\n![image](${data})` }),
	'in-link': (_, link) => ({ content: `Here it is: ![image](${link})` }),
	'in-text': (data) => ({ content: data }),
};

function refusal(status: number, message: string, code: string): Refusal {
	return new Refusal(status, {
		error: { message, type: 'invalid_request_error', param: null, code },
	});
}

function refuse(path: string, problem: string): Refusal {
	return refusal(400, `${path}: ${problem}`, 'invalid_value');
}

async function respond(call: ProfileCall): Promise<ApiResponse> {
	const fields = checkFields(chatRequest, call.body, refuse);
	const { model, image_config: config = {}, seed } = fields;
	if (makesNoText.test(model) && fields.modalities.includes('text')) {
		const wanted = `output modalities: ${fields.modalities.join(', ')}`;
		throw refusal(404, `No endpoints found that support the requested ${wanted}`, 'not_found');
	}
	const place = places[model.replace(/^.*\//, '')] ?? places['in-images']!;
	const { prompt, inputs } = await readMessages(call, fields, (text) => refuse('messages', text));
	await call.accept({ operation: inputs.length > 0 ? 'edit' : 'generate', prompt, images: 1 });
	const size = pixelsOf(config.aspect_ratio, config.image_size);
	const { bytes } = await call.painter.draw({
		model,
		prompt,
		...size,
		format: 'png',
		inputs,
		seed,
	});
	const data = `data:image/png;base64,${bytes.toString('base64')}`;
	const link = model === 'in-link' ? call.painter.publish(bytes, 'png') : '';
	return jsonResponse(200, completion(model, place(data, link)), 1);
}
