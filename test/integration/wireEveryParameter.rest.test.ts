import type { INodeParameters } from 'n8n-workflow';

import type { ModelRow } from '../../nodes/AiImages/models';
import { OPENAI_MODELS } from '../../nodes/AiImages/models/makers/openai';
import { FREE_WIRES, WIRES, type Setting, type Wire } from '../fixtures/wire';
import { useEngine, type InputItem } from '../helpers/engine';
import { useImagesApi } from '../helpers/imagesApi';
import { filesOf, partsOf, textsOf } from '../helpers/multipart';
import { picture } from '../helpers/pictures';

type Operation = 'generate' | 'edit';

const engine = useEngine();
const api = useImagesApi();

let item: InputItem;

beforeAll(async () => {
	const photo = await picture({ width: 32, height: 32 });
	const overlay = await picture({ width: 32, height: 32, alpha: true, colour: 'transparent' });
	item = {
		binary: {
			data: { data: photo, mimeType: 'image/png', fileName: 'photo.png' },
			overlay: { data: overlay, mimeType: 'image/png', fileName: 'overlay.png' },
		},
	};
});

/** What a model is called in the node, and the parameters that choose it. */
interface Chosen {
	readonly operation: Operation;
	readonly model: string;
	readonly set: INodeParameters;
}

/** The fields of the one request that these parameters make, and its files by name. */
async function sent({ operation, set }: Chosen, more: INodeParameters = {}) {
	api.requests.splice(0);
	const run = await engine.runWorkflow({
		parameters: merged({ operation, prompt: 'A cat' }, set, more),
		items: [item],
		credentials: api.credentials,
	});
	expect(run.error).toBeUndefined();
	expect(api.requests).toHaveLength(1);
	const [request] = api.requests as [(typeof api.requests)[0]];
	expect(request.path).toBe(operation === 'edit' ? '/v1/images/edits' : '/v1/images/generations');
	if (operation === 'edit') {
		const parts = partsOf(request);
		return { fields: textsOf(parts).sort(), files: filesOf(parts).map(([name]) => name) };
	}
	const text = request.body.toString('utf8');
	const body = JSON.parse(text) as Record<string, unknown>;
	expect(text).toBe(JSON.stringify(body));
	return { fields: body, files: [] };
}

/** Fields as the endpoint of the operation takes them: as JSON, or each as a text. */
function onTheWire({ operation }: Chosen, fields: Record<string, unknown>) {
	if (operation === 'generate') return { fields, files: [] };
	// In a form, lines end with both characters (https://html.spec.whatwg.org/#multipart-form-data).
	const texts = Object.entries(fields).map(([name, value]) => [
		name,
		String(value).replace(/\n/g, '\r\n'),
	]);
	return { fields: texts.sort(), files: ['image'] };
}

const GPT_IMAGE = { n: 1, size: 'auto', quality: 'auto', background: 'auto', output_format: 'png' };

/** What goes out if nothing but the prompt is filled in. */
function defaultsOf(family: string): Record<string, unknown> {
	switch (family) {
		case 'unknown':
			return {};
		case 'dall-e-3':
			return { n: 1, size: '1024x1024', quality: 'standard' };
		case 'dall-e-2':
			return { n: 1, size: '1024x1024' };
		default:
			return GPT_IMAGE;
	}
}

function expected(chosen: Chosen, family: string, { sends, drops = [] }: Partial<Setting> = {}) {
	const fields = { model: chosen.model, prompt: 'A cat', ...defaultsOf(family), ...sends };
	const kept = Object.entries(fields).filter(([name]) => !drops.includes(name));
	return onTheWire(chosen, Object.fromEntries(kept));
}

const byId = (value: string) => ({ modelId: { __rl: true, mode: 'id', value } });
const other = (operation: Operation, model: string): Chosen => ({
	operation,
	model,
	set: { family: 'other', ...byId(model) },
});
/** A listed model under the ID of a deployment. */
const deployed = (operation: Operation, model: string, id: string): Chosen => ({
	operation,
	model: id,
	set: { model, options: byId(id) },
});

const overlay = (name: string): INodeParameters => ({
	options: { [name]: { image: { source: 'binary', binaryField: 'overlay' } } },
});
const takesMarkup = (family: string) => /^(gpt-image-2\.[56]-|unknown)/.test(family);

/** What another model may have left behind, by the API's name. */
const STALE: Readonly<Record<string, INodeParameters>> = {
	n: { n: 7 },
	quality: { quality: 'low' },
	frame_count: { frameCount: 4 },
	frame_duration_ms: { frameDurationMs: 50 },
	'svg.model': { svgModel: 'gpt-5.6-terra' },
	'svg.reasoning.effort': { svgReasoningEffort: 'low' },
	complexity: { options: { complexity: 'low' } },
	style: { options: { style: 'vivid' } },
	stream: { options: { stream: true } },
	partial_images: { options: { stream: true, partialImages: 2 } },
	input_fidelity: { options: { inputFidelity: 'high' } },
	moderation: { options: { moderation: 'low' } },
	response_format: { options: { responseFormat: 'url' } },
	safety_identifier: { options: { safetyIdentifier: 'a1' } },
	user: { options: { user: 'u-1' } },
	watermark: { options: { watermark: true } },
};

/** Values in a place where the node does not have them, and ones that others hide. */
const OUT_OF_PLACE: INodeParameters[] = [
	{ style: 'vivid', user: 'u-1', stream: true, moderation: 'low', complexity: 'low' },
	{ watermark: true, responseFormat: 'url', safetyIdentifier: 'a1', inputFidelity: 'high' },
	{ options: { quality: 'low', n: 3, size: '512x512', background: 'opaque', prompt: 'A dog' } },
	{ outputFormat: 'png', outputCompression: 3, frameCount: 3, frameDurationMs: 30 },
	{ options: { partialImages: 2 } },
];

function merged(...all: INodeParameters[]): INodeParameters {
	const options = Object.assign({}, ...all.map((set) => set.options)) as INodeParameters;
	return { ...Object.assign({}, ...all), options } as INodeParameters;
}

type Row = [operation: Operation, family: string, wire: Wire, chosen: Chosen];

const KNOWN = (['generate', 'edit'] as const).flatMap((operation) =>
	Object.entries(WIRES[operation]).map(([model, wire]): Row => {
		return [operation, model, wire, { operation, model, set: { model } }];
	}),
);
const UNKNOWN = (['generate', 'edit'] as const).map((operation): Row => {
	return [operation, 'unknown', FREE_WIRES[operation], other(operation, 'a/b')];
});

const staleFor = (wire: Wire) =>
	Object.entries(STALE).filter(([name]) => !Object.hasOwn(wire, name));

it.each(['generate', 'edit'] as const)(
	'every model of OpenAI that can %s is in the list',
	(operation) => {
		const rows = Object.entries<ModelRow>(OPENAI_MODELS).filter(([, row]) =>
			row.operations.includes(operation),
		);
		expect(Object.keys(WIRES[operation])).toEqual(rows.map(([model]) => model));
	},
);

describe.each([...KNOWN, ...UNKNOWN])('%s with %s', (operation, family, wire, chosen) => {
	const cases = Object.entries(wire).flatMap(([name, settings]) =>
		settings.map((setting): [string, INodeParameters, Setting] => [name, setting.set, setting]),
	);
	const stale = staleFor(wire);

	it.each(cases)('sends %s, and changes nothing else: %j', async (_name, set, setting) => {
		expect(await sent(chosen, set)).toStrictEqual(expected(chosen, family, setting));
	});

	it('sends nothing that it does not take', async () => {
		const plain = expected(chosen, family);
		for (const [name, set] of stale) {
			expect({ name, ...(await sent(chosen, set)) }).toStrictEqual({ name, ...plain });
		}
		const all = merged(...stale.map(([, set]) => set));
		expect(await sent(chosen, all)).toStrictEqual(plain);
	});

	it.each(OUT_OF_PLACE)('sends nothing that is not on screen: %j', async (set) => {
		const taken = family.startsWith('dall-e') || family === 'unknown';
		const format = taken && set.outputFormat ? { output_format: 'png' } : {};
		expect(await sent(chosen, set)).toStrictEqual(expected(chosen, family, { sends: format }));
	});

	it.each(['mask', 'markup'])('sends a %s only if it takes one', async (name) => {
		const takes = operation === 'edit' && (name === 'mask' || takesMarkup(family));
		const { fields, files } = expected(chosen, family);
		expect(await sent(chosen, overlay(name))).toStrictEqual({
			fields,
			files: takes ? [...files, name] : files,
		});
	});
});

describe.each(KNOWN)('%s with another ID for %s', (operation, family, wire) => {
	const stale = merged(...staleFor(wire).map(([, set]) => set));

	it('sends the same for a deployment of it', async () => {
		const deployment = deployed(operation, family, 'my/deployment');
		for (const [setting] of Object.values(wire)) {
			const request = await sent(deployment, setting?.set);
			expect(request).toStrictEqual(expected(deployment, family, setting));
		}
		expect(await sent(deployment, stale)).toStrictEqual(expected(deployment, family));
	});

	it('sends nothing that it does not take, if it is recognized by its ID', async () => {
		const model = `vendor/${family}`;
		const recognized = other(operation, model);
		const plain = onTheWire(recognized, { model, prompt: 'A cat' });
		expect(await sent(recognized, stale)).toStrictEqual(plain);
	});
});

describe.each(['gpt-image-2.6-flare', 'gpt-image-2.6-sunburst'])('%s', (model) => {
	const generate: Chosen = { operation: 'generate', model, set: { model } };
	const edit: Chosen = { operation: 'edit', model, set: { model } };
	const gif = { output_format: 'gif', frame_count: 9, frame_duration_ms: 200 };

	it.each([generate, edit])('sends no stream, mask or compression of an animation', async (to) => {
		const set = {
			outputFormat: 'gif',
			outputCompression: 5,
			options: { stream: true, partialImages: 2, ...(overlay('mask').options as object) },
		};
		expect(await sent(to, set)).toStrictEqual(expected(to, model, { sends: gif }));
	});

	it.each([generate, edit])('sends no count, stream or compression for an SVG', async (to) => {
		const set = { n: 4, outputFormat: 'svg', options: { stream: true, partialImages: 1 } };
		const setting = { sends: { output_format: 'svg' }, drops: ['n'] };
		expect(await sent(to, { ...set, outputCompression: 5, frameCount: 3 })).toStrictEqual(
			expected(to, model, setting),
		);
	});
});
