import axios from 'axios';

import { SERVICES } from '../../nodes/AiImages/services/table';
import { useEngine } from '../helpers/engine';
import { numberedPicture, picture } from '../helpers/pictures';
import { announced, arrived } from '../helpers/previews';
import { useService } from '../image-service/helpers';
import { WITNESSES } from '../witnesses/services';
import type { Wish, Witness } from '../witnesses/witness';

const KEY = 'key-0123456789abcdefghij';
/** DashScope takes no smaller images. */
const SIZE = { width: 640, height: 480 };
const EXTRA = { 'X-Team': 'token-of-the-team-0123456789' };
const engine = useEngine();
const service = useService({ apiKey: KEY });

const ark = WITNESSES.find((each) => each.service === 'ark') as Witness;
/** Ark under another name. */
const BYTEPLUS: Witness = { ...ark, service: 'bytePlus' };

const modelOf = (family: string, model: string) => ({ model, node: { family, model } });
const qwen = modelOf('qwen-image', 'qwen-image-2.0');
const wan = modelOf('wan', 'wan2.6-image');
const everything = { n: 8, options: { seed: 7, negativePrompt: 'rain', watermark: true } };
/** No client makes these requests, so they are wishes for a preview alone. */
const DASHSCOPE: Witness = {
	...ark,
	service: 'dashScope',
	profile: 'dashscope',
	address: 'dashscope',
	wishes: [
		{ ...qwen, name: 'one image', operation: 'generate', prompt: 'A fox' },
		{
			...qwen,
			name: 'everything',
			operation: 'generate',
			prompt: 'A fox',
			node: { ...qwen.node, ...everything },
		},
		{ ...qwen, name: 'an edit', operation: 'edit', prompt: 'A hat', inputs: 1 },
		{ ...wan, name: 'an edit as a job', operation: 'edit', prompt: 'A hat', inputs: 2 },
	],
};

/** The plainest and the fullest wish of each operation. */
function wishesOf({ wishes }: Witness): Wish[] {
	return (['generate', 'edit'] as const).flatMap((operation) => {
		const own = wishes.filter((wish) => wish.operation === operation);
		return [...new Set([own[0], own.at(-1)])].flatMap((wish) => wish ?? []);
	});
}

const CASES = [...WITNESSES, BYTEPLUS, DASHSCOPE].flatMap((witness) =>
	wishesOf(witness).map(
		(wish) => [witness.service, wish.operation, wish.name, witness, wish] as const,
	),
);

const files = new Map<string, Buffer>();
beforeAll(async () => {
	for (const number of [1, 2, 3])
		files.set(`input-${number}.png`, await numberedPicture(number, SIZE));
	files.set('mask.png', await picture({ colour: '#00000000', alpha: true, ...SIZE }));
});

async function run(witness: Witness, wish: Wish, previewRequest: boolean) {
	const inputs = [...files.keys()].slice(0, wish.inputs ?? 0);
	const names = wish.mask ? [...inputs, 'mask.png'] : inputs;
	const binary = names.map((fileName) => [
		fileName.replace('.png', ''),
		{ data: files.get(fileName) as Buffer, mimeType: 'image/png', fileName },
	]);
	const mask = { image: { source: 'binary', binaryField: 'mask' } };
	return await engine.runWorkflow({
		parameters: {
			operation: wish.operation,
			prompt: wish.prompt,
			inputImages: {
				image: [{ source: 'binary', binaryField: inputs.join(',').replaceAll('.png', '') }],
			},
			...wish.node,
			options: { ...(wish.node.options as object), ...(wish.mask ? { mask } : {}), previewRequest },
		},
		items: [{ binary: Object.fromEntries(binary) }],
		credentials: {
			service: witness.service,
			apiKey: KEY,
			extraHeaders: JSON.stringify(EXTRA),
			...witness.credential,
			[`${witness.service}BaseUrl`]: `${service.url}/${witness.address ?? witness.profile}`,
		},
	});
}

it('covers every service with both operations', () => {
	const covered = new Set(CASES.map(([name, operation]) => `${name} ${operation}`));
	const all = Object.keys(SERVICES).flatMap((name) => [`${name} generate`, `${name} edit`]);
	expect([...covered].sort()).toEqual(all.sort());
});

it.each(CASES)(
	'previews what %s gets: %s, %s',
	async (_service, _operation, _name, witness, wish) => {
		const preview = await run(witness, wish, true);
		expect(preview.error).toBeUndefined();
		expect(await service.requests()).toEqual([]);
		await axios.post(`${service.url}/control/bytes`, { bytes: 4096 });
		const real = await run(witness, wish, false);
		expect(real.error).toBeUndefined();
		const [item] = preview.outputs[0] ?? [];
		const requests = await service.requests();
		expect(item?.json).toMatchObject({ sent: false, requestCount: requests.length });
		expect(announced(item?.json ?? {})).toEqual(arrived(requests, files, Object.values(EXTRA)));
		// What a response differs in is only known afterwards.
		const warnings = (real.outputs[0]?.[0]?.json.warnings ?? []) as string[];
		const before = warnings.filter((warning) => !warning.startsWith('Requested '));
		expect(item?.json.warnings ?? []).toEqual(before);
	},
);
