import { sentDefault, type Witness } from '../witness';

const SDK =
	'https://github.com/volcengine/volcengine-python-sdk (volcenginesdkarkruntime/resources/images)';

const PROMPT = 'A lighthouse in a storm';

const generate = { operation: 'generate', prompt: PROMPT } as const;
const edit = { operation: 'edit', prompt: PROMPT } as const;

/** A model at one of its sizes, as Ark and as the node name it. */
const seedream = (id: string, model: string, size: string) => ({
	model: `doubao-seedream-${id}`,
	parameters: { size, watermark: false },
	node: {
		family: 'seedream',
		model: `seedream-${model}`,
		sizeType: 'preset',
		size,
		watermark: false,
	},
});

const pro = seedream('5-0-pro-260628', '5.0-pro', '1024x1024');
const lite = seedream('5-0-260128', '5.0-lite', '2048x2048');
const four5 = seedream('4-5-251128', '4.5', '2048x2048');
const four = seedream('4-0-250828', '4.0', '1024x1024');

export const ark: Witness = {
	service: 'ark',
	profile: 'ark',
	address: 'ark/api/v3',
	client: 'ai-sdk-bytedance',
	package: '@ai-sdk/bytedance',
	exempt: [sentDefault('output_format', 'jpeg', SDK)],
	wishes: [
		{ ...generate, ...four, name: 'one image' },
		{
			...generate,
			...four,
			name: 'three images',
			parameters: { ...four.parameters, n: 3 },
			node: { ...four.node, n: 3 },
		},
		{
			...generate,
			...four,
			name: 'a wide size',
			parameters: { ...four.parameters, size: '1312x736' },
			node: { ...four.node, size: '1312x736' },
		},
		{
			...generate,
			...pro,
			name: 'a size of its own',
			parameters: { ...pro.parameters, size: '1500x1000' },
			node: {
				family: 'seedream',
				model: 'seedream-5.0-pro',
				sizeType: 'custom',
				width: 1500,
				height: 1000,
				watermark: false,
			},
		},
		{
			...generate,
			...four,
			name: 'a watermark',
			parameters: { ...four.parameters, watermark: true },
			node: { ...four.node, watermark: true },
		},
		{ ...generate, ...four5, name: 'Seedream 4.5' },
		{ ...generate, ...lite, name: 'Seedream 5.0 Lite' },
		{ ...generate, ...pro, name: 'Seedream 5.0 Pro' },
		{
			...generate,
			...pro,
			name: 'a PNG',
			parameters: { ...pro.parameters, outputFormat: 'png' },
			node: { ...pro.node, outputFormat: 'png' },
		},
		{
			...generate,
			...pro,
			name: 'a JPEG',
			parameters: { ...pro.parameters, outputFormat: 'jpeg' },
			node: { ...pro.node, outputFormat: 'jpeg' },
		},
		{ ...edit, ...four, name: 'an edit', inputs: 1 },
		{ ...edit, ...four, name: 'an edit of three images', inputs: 3 },
		{
			...edit,
			...pro,
			name: 'an edit as PNG, with a watermark',
			inputs: 2,
			parameters: { ...pro.parameters, watermark: true, outputFormat: 'png' },
			node: { ...pro.node, watermark: true, outputFormat: 'png' },
		},
		{
			...edit,
			...four,
			name: 'two results of an edit',
			inputs: 1,
			parameters: { ...four.parameters, n: 2 },
			node: { ...four.node, n: 2 },
		},
	],
};
