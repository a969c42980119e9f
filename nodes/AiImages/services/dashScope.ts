import { IMAGES_API } from './imagesApi';
import type { JobKeys } from './jobKeys';
import type { Content, Endpoint, Service, Spelling } from './types';

const DOCS = 'https://help.aliyun.com/zh/model-studio';
const QWEN = `${DOCS}/qwen-image-api`;
const QWEN_EDIT = `${DOCS}/qwen-image-edit-api`;
const Z_IMAGE = `${DOCS}/z-image-api-reference`;
const WAN_26 = `${DOCS}/wan-image-generation-api-reference`;
/** Also the hosts of workspaces. */
const WAN_27 = `${DOCS}/wan-image-generation-and-editing-api-reference`;
const WAN_TEXT = `${DOCS}/text-to-image-v2-api-reference`;
const WAN_EDIT =
	'https://docs.qwencloud.com/api-reference/image-generation/wan25-general-image-editing/create-task';
const TASKS = 'https://www.alibabacloud.com/help/en/model-studio/manage-asynchronous-tasks';
const ERRORS = `${DOCS}/error-code`;

/** `WIDTH*HEIGHT`, or a word. */
function spellSize(size: unknown): readonly unknown[] {
	return [String(size).replace('x', '*')];
}

const SIZE = { fields: ['parameters.size'], spell: spellSize } as const satisfies Spelling;

/** The sizes of the first models (QWEN), which other services make in further ones. */
const FIRST_SIZES = ['1664x928', '1472x1104', '1328x1328', '1104x1472', '928x1664'];

/** One message: the images in their order, and the prompt. */
function message({ prompt, images }: Content) {
	const content = [...images.map(({ url }) => ({ image: url })), { text: prompt }];
	return { input: { messages: [{ role: 'user', content }] } };
}

const PARAMETERS = {
	n: 'parameters.n',
	size: SIZE,
	seed: 'parameters.seed',
	promptUpsampling: 'parameters.prompt_extend',
	watermark: 'parameters.watermark',
} as const satisfies Endpoint['parameters'];

/** Answers at once. */
const MESSAGES = {
	path: '/services/aigc/multimodal-generation/generation',
	model: 'model',
	parameters: { ...PARAMETERS, negativePrompt: 'parameters.negative_prompt' },
	content: message,
	files: { links: true },
} as const satisfies Endpoint;

const FIRST = {
	...MESSAGES,
	parameters: {
		...MESSAGES.parameters,
		size: {
			...SIZE,
			spell: (size) => (FIRST_SIZES.includes(String(size)) ? spellSize(size) : []),
		},
	},
} as const satisfies Endpoint;

/** Takes neither a number of images nor a negative prompt (Z_IMAGE). */
const Z_IMAGE_MESSAGES = {
	...MESSAGES,
	parameters: {
		size: SIZE,
		seed: PARAMETERS.seed,
		promptUpsampling: PARAMETERS.promptUpsampling,
	},
} as const satisfies Endpoint;

/** A job is known for 24 hours, and can be canceled while it waits (TASKS). */
const JOB = {
	id: 'output.task_id',
	statusUrl: '/tasks/{id}',
	state: 'output.task_status',
	reason: 'output',
	states: { SUCCEEDED: 'done', FAILED: 'failed', CANCELED: 'failed', UNKNOWN: 'gone' },
	cancel: { method: 'POST', url: '/tasks/{id}/cancel', states: ['PENDING'] },
	pace: 1000,
} as const satisfies JobKeys;

/** Without a number, Wan makes four images and bills them (WAN_26, WAN_TEXT, WAN_EDIT). */
const WAN = {
	headers: { 'X-DashScope-Async': 'enable' },
	model: 'model',
	unset: { n: { parameters: { n: 1 } } },
	job: JOB,
} as const satisfies Partial<Endpoint>;

const WAN_MESSAGES = {
	...MESSAGES,
	...WAN,
	path: '/services/aigc/image-generation/generation',
} as const satisfies Endpoint;

/** Wan 2.5 and older have the prompt outside of messages (WAN_TEXT, WAN_EDIT). */
const OLD_WAN = {
	...WAN,
	path: '/services/aigc/text2image/image-synthesis',
	parameters: { ...PARAMETERS, prompt: 'input.prompt', negativePrompt: 'input.negative_prompt' },
} as const satisfies Endpoint;

const OLD_WAN_EDIT = {
	...OLD_WAN,
	path: '/services/aigc/image2image/image-synthesis',
	content: ({ images }: Content) => ({ input: { images: images.map(({ url }) => url) } }),
	files: { links: true },
} as const satisfies Endpoint;

const RESULTS = {
	...IMAGES_API.results,
	url: 'image',
	containers: [...IMAGES_API.results.containers, 'content'],
	links: ['image'],
} as const satisfies Service['results'];

/**
 * Alibaba's DashScope, the API of Model Studio. Qwen Image and Z-Image answer at once. Wan can take
 * minutes, so it is asked for jobs. A key belongs to one region.
 */
export const DASHSCOPE = {
	...IMAGES_API,
	displayName: 'Alibaba DashScope',
	sentenceName: 'Alibaba DashScope',
	sources: [QWEN, QWEN_EDIT, Z_IMAGE, WAN_26, WAN_27, WAN_TEXT, WAN_EDIT, TASKS, ERRORS],
	keyPage: 'https://www.alibabacloud.com/help/en/model-studio/get-api-key',
	// Below `/compatible-mode`, DashScope speaks OpenAI's API.
	recognizedBy:
		/^(?:dashscope(?:-[a-z]+)?|[a-z-]+\.dashscope|[\w-]+\.[a-z\d-]+\.maas)\.aliyuncs\.com\/(?!compatible-mode)/,
	baseUrl: 'https://dashscope-intl.aliyuncs.com/api/v1',
	basePath: 'api/v1',
	hasRegionalKeys: true,
	basePaths: { 'dashscope.aliyuncs.com': 'api/v1', 'dashscope-us.aliyuncs.com': 'api/v1' },
	maker: 'alibaba',
	models: {},
	// The list is part of the API that is compatible with OpenAI's.
	modelList: { ...IMAGES_API.modelList, path: '/../../compatible-mode/v1/models' },
	endpoints: { generate: MESSAGES, edit: MESSAGES },
	results: RESULTS,
	usage: { ...IMAGES_API.usage, costs: [] },
	variants: [
		{
			for: /^qwen-image(?:-edit)?$/,
			endpoints: { generate: FIRST, edit: FIRST },
			limits: { imagesPerRequest: 1 },
		},
		{ for: /^z-image/, endpoints: { generate: Z_IMAGE_MESSAGES, edit: Z_IMAGE_MESSAGES } },
		{
			for: /^wan(?:2\.[6-9]|[3-9])/,
			endpoints: { generate: WAN_MESSAGES, edit: WAN_MESSAGES },
		},
		{
			for: /^wan/,
			endpoints: { generate: OLD_WAN, edit: OLD_WAN_EDIT },
			results: {
				...IMAGES_API.results,
				metadata: { ...IMAGES_API.results.metadata, revisedPrompt: 'actual_prompt' },
			},
		},
	],
	errorCodes: {
		...IMAGES_API.errorCodes,
		model: [...IMAGES_API.errorCodes.model, 'ModelNotFound', 'Model.AccessDenied'],
		inputImage: ['InvalidImage.FileFormat', 'InvalidImageResolution'],
		apiKey: [...IMAGES_API.errorCodes.apiKey, 'InvalidApiKey'],
		// Only images that succeed are billed (QWEN).
		overloaded: ['ModelUnavailable'],
	},
} as const satisfies Service;
