const DOCS = 'https://help.aliyun.com/zh/model-studio';
const QWEN = `${DOCS}/qwen-image-api`;
const QWEN_EDIT = `${DOCS}/qwen-image-edit-api`;
const Z_IMAGE = `${DOCS}/z-image-api-reference`;
const WAN_26 = `${DOCS}/wan-image-generation-api-reference`;
const WAN_27 = `${DOCS}/wan-image-generation-and-editing-api-reference`;
const WAN_TEXT = `${DOCS}/text-to-image-v2-api-reference`;
const WAN_25 = 'https://doc.vtrix.ai/domestic/api/qwen/wan25-t2i-preview-intl';
const WAN_EDIT =
	'https://docs.qwencloud.com/api-reference/image-generation/wan25-general-image-editing/create-task';
const WAN_EDIT_SIZES =
	'https://cloud.seaart.ai/docs/api-reference/model-api/qwen/wan-2-5-i2i-preview';
const ERRORS = `${DOCS}/error-code`;

export const now = 'multimodal-generation/generation';
export const job = 'image-generation/generation';
export const text = 'text2image/image-synthesis';
export const edit = 'image2image/image-synthesis';

interface Body {
	model?: unknown;
	input?: unknown;
	parameters?: Record<string, unknown>;
}

/** A message with a text and pictures; 1 = the picture of the test. */
export function says(prompt: string, images: unknown[] = []) {
	const content = [...images.map((image) => ({ image })), { text: prompt }];
	return { messages: [{ role: 'user', content }] };
}

const fox = says('A fox');
const spoken = (model: string, parameters: Record<string, unknown> = {}): Body => ({
	...{ model, input: fox, parameters },
});
const given = (model: string, images: unknown[], parameters = {}): Body => ({
	...{ model, input: says('A fox', images), parameters },
});
const flat = (model: string, parameters = {}, input = {}): Body => ({
	...{ model, input: { prompt: 'A fox', ...input }, parameters },
});

type Row = [
	what: string,
	path: string,
	body: Body,
	/** Part of the code and the message. */
	said: string,
	source: string,
];

const mode = 'enable_interleave';
const PLUS = 'qwen-image-plus';
const TWO = 'qwen-image-2.0';

/** Requests that are refused with 400, each with the public document that says so. */
export const refused: Row[] = [
	['no model', now, { input: fox }, 'BadRequest.EmptyModel', ERRORS],
	['no input', now, { model: PLUS }, 'BadRequest.EmptyInput', ERRORS],
	['an unknown model', now, spoken('qwen-image-9'), 'Model not exist.', ERRORS],
	['a prompt', now, flat(PLUS), 'Field required: input.messages', ERRORS],
	['Wan 2.5 at once', now, spoken('wan2.5-t2i-preview'), 'url error', ERRORS],
	['Qwen as a new job', job, spoken(PLUS), 'url error', ERRORS],
	['Qwen Max as an old job', text, flat('qwen-image-max'), 'url error', QWEN],
	['Wan 2.6 as an old job', text, flat('wan2.6-t2i'), 'url error', ERRORS],
	['no message', now, { model: PLUS, input: { messages: [] } }, '[] is too', ERRORS],
	[
		'two messages',
		now,
		{ model: PLUS, input: { messages: [...fox.messages, ...fox.messages] } },
		'input.messages',
		QWEN,
	],
	[
		'another role',
		now,
		{ model: PLUS, input: { messages: [{ ...fox.messages[0], role: 'system' }] } },
		'role',
		QWEN,
	],
	[
		'two texts',
		now,
		{
			model: PLUS,
			input: { messages: [{ role: 'user', content: [{ text: 'A' }, { text: 'B' }] }] },
		},
		'exactly one text',
		QWEN,
	],
	[
		'a typed part',
		now,
		{
			model: PLUS,
			input: { messages: [{ role: 'user', content: [{ type: 'text', text: 'A' }] }] },
		},
		'a certain modal',
		ERRORS,
	],
	['a parameter of OpenAI', now, spoken(PLUS, { quality: 'high' }), 'quality', QWEN],
	['a size with an x', now, spoken(PLUS, { size: '1664x928' }), 'size', QWEN],
	['another size', now, spoken(PLUS, { size: '1024*1024' }), 'size', QWEN],
	['two images', now, spoken(PLUS, { n: 2 }), 'num_images_per_prompt', QWEN],
	['seven images', now, spoken(TWO, { n: 7 }), 'Range of n', QWEN],
	['no image', now, spoken(TWO, { n: 0 }), 'Range of n', QWEN],
	['too few pixels', now, spoken(TWO, { size: '256*512' }), 'size', QWEN],
	['too many pixels', now, spoken(TWO, { size: '4096*2048' }), 'size', QWEN],
	['a negative seed', now, spoken(PLUS, { seed: -1 }), 'Range of seed', QWEN],
	['a great seed', now, spoken(PLUS, { seed: 2 ** 31 }), 'Range of seed', QWEN],
	['a text as seed', now, spoken(PLUS, { seed: '1' }), 'parameters.seed', QWEN],
	['a text as flag', now, spoken(PLUS, { watermark: 'no' }), 'watermark', QWEN],
	['an image to Qwen Plus', now, given(PLUS, [1]), 'number of images', QWEN],
	['no image to edit', now, spoken('qwen-image-edit'), 'number of images', QWEN_EDIT],
	[
		'four images to edit',
		now,
		given('qwen-image-edit-plus', [1, 1, 1, 1]),
		'number of images',
		QWEN_EDIT,
	],
	[
		'a size to the first editor',
		now,
		given('qwen-image-edit', [1], { size: '1024*1024' }),
		'size',
		QWEN_EDIT,
	],
	[
		'rewriting to the first editor',
		now,
		given('qwen-image-edit', [1], { prompt_extend: true }),
		'prompt_extend',
		QWEN_EDIT,
	],
	[
		'too long an edge',
		now,
		given('qwen-image-edit-plus', [1], { size: '2064*512' }),
		'size',
		QWEN_EDIT,
	],
	['bare base64', now, given('qwen-image-edit', ['AAAA']), 'URL does not', QWEN_EDIT],
	[
		'a damaged image',
		now,
		given('qwen-image-edit', ['data:image/png;base64,AAAA']),
		'InvalidImage.FileFormat',
		ERRORS,
	],
	[
		'an image that is not there',
		now,
		given('qwen-image-edit', ['http://127.0.0.1:9/a.png']),
		'InvalidParameter.DataInspection: Unable to',
		ERRORS,
	],
	['n to Z-Image', now, spoken('z-image-turbo', { n: 1 }), 'parameters.n', Z_IMAGE],
	[
		'a negative prompt to Z-Image',
		now,
		spoken('z-image-turbo', { negative_prompt: 'cats' }),
		'negative_prompt',
		Z_IMAGE,
	],
	['no image to Wan 2.6', job, spoken('wan2.6-image'), 'number of images', WAN_26],
	[
		'five images to Wan 2.6',
		job,
		given('wan2.6-image', [1, 1, 1, 1, 1]),
		'number of images',
		WAN_26,
	],
	['texts between images', job, given('wan2.6-image', [1], { [mode]: true }), mode, WAN_26],
	['a narrow size', job, spoken('wan2.6-t2i', { size: '640*2700' }), 'size', WAN_25],
	['five at once', job, spoken('wan2.6-t2i', { n: 5 }), 'Range of n', WAN_TEXT],
	['4K to the small 2.7', job, spoken('wan2.7-image', { size: '4K' }), 'size', WAN_27],
	['4K for an edit', job, given('wan2.7-image-pro', [1], { size: '4K' }), 'size', WAN_27],
	['five without a sequence', job, spoken('wan2.7-image', { n: 5 }), 'n should', WAN_27],
	['messages', text, spoken('wan2.5-t2i-preview'), 'input.prompt', WAN_TEXT],
	['a small size', text, flat('wan2.5-t2i-preview', { size: '1024*1024' }), 'size', WAN_25],
	[
		'too long an edge for 2.2',
		text,
		flat('wan2.2-t2i-flash', { size: '1456*1024' }),
		'size',
		WAN_TEXT,
	],
	['no images', edit, flat('wan2.5-i2i-preview'), 'input.images', WAN_EDIT],
	[
		'four images',
		edit,
		flat('wan2.5-i2i-preview', {}, { images: [1, 1, 1, 1] }),
		'number of images',
		WAN_EDIT,
	],
	[
		'too great a size',
		edit,
		flat('wan2.5-i2i-preview', { size: '1440*1440' }, { images: [1] }),
		'size',
		WAN_EDIT_SIZES,
	],
];
