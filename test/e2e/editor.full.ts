import type { INodeParameters, INodeProperties } from 'n8n-workflow';
import { AiImages } from '../../nodes/AiImages/AiImages.node.ts';
import { MODELS } from '../../nodes/AiImages/models';
import { MODEL_SCREENS, type Screen } from '../fixtures/fields';
import { screenOf } from '../helpers/screen';
import { useService } from '../image-service/helpers';
import { useEditor } from './helpers/editor';
import { useN8n } from './helpers/n8n';
import { imageNode, prompts, workflow } from './helpers/workflow';

const KEY = 'key-0123456789abcdefghij';
const service = useService({ apiKey: KEY });
const n8n = useN8n();
const editor = useEditor(n8n);

/** What the editor calls each field of the panel, from the operation to the options. */
const LABELS: Readonly<Record<string, string>> = {
	operation: 'Operation',
	family: 'Model Family',
	model: 'Model',
	prompt: 'Prompt',
	inputImages: 'Input Images',
	n: 'Number of Images',
	sizeType: 'Size Type',
	size: 'Size',
	aspectRatio: 'Aspect Ratio',
	resolution: 'Resolution',
	quality: 'Quality',
	background: 'Background',
	outputFormat: 'Output Format',
	strength: 'Strength',
	renderingSpeed: 'Rendering Speed',
	promptUpsampling: 'Rewrite Prompt',
	watermark: 'Watermark',
	options: 'Options',
};

/** The first screen of each model that can do the operation: only these two are chosen. */
const FIRST_SCREENS = MODEL_SCREENS.filter(({ set: { model, operation, sizeType, ...others } }) => {
	const { operations } = MODELS[model as keyof typeof MODELS];
	const isFirst =
		Object.keys(others).length === 0 && ['preset', undefined].includes(sizeType as string);
	return isFirst && operations.some((each) => each === operation);
});

const familyOf = ({ set }: Screen) => MODELS[set.model as keyof typeof MODELS].family;

/** Entries of *Model Family* by what is saved. */
const FAMILY_NAMES: Readonly<Record<string, RegExp>> = {
	'gpt-image': /^\s*GPT Image/,
	gemini: /^\s*Gemini/,
	flux: /^\s*FLUX/,
	seedream: /^\s*Seedream/,
	'qwen-image': /^\s*Qwen Image/,
	wan: /^\s*Wan/,
	'z-image': /^\s*Z-Image/,
	'grok-imagine': /^\s*Grok Imagine/,
	ideogram: /^\s*Ideogram/,
	'stable-image': /^\s*Stable Image/,
	'dall-e': /^\s*DALL·E/,
};

const screen = screenOf(new AiImages().description);

/** A field as the description has it, with the value that it has before anything is filled in. */
function described({ name, type, options = [], hint }: INodeProperties, values: INodeParameters) {
	if (type === 'fixedCollection' || type === 'collection') return { name };
	const value = values[name];
	const entry = options.find((option) => 'value' in option && option.value === value);
	const shown = type === 'options' ? entry?.name : String(value);
	return { name, value: shown, ...(hint ? { hint } : {}) };
}

const withoutTags = (html: string) => html.replace(/<[^>]*>/g, '');

describe.each(['Generate', 'Edit'])('the panel of %s Image', (verb) => {
	const operation = verb.toLowerCase();

	const able = FIRST_SCREENS.filter(({ set }) => set.operation === operation).map(familyOf);
	it.each([...new Set(able)])(
		'shows the fields of each model of %s, in order, with their names, values and explanations',
		async (family) => {
			await editor.newWorkflow();
			await editor.search('AI Images');
			await editor.addNode(`${verb} image`);
			await editor.choose('family', FAMILY_NAMES[family] as RegExp);
			const screens = FIRST_SCREENS.filter(
				(each) => each.set.operation === operation && familyOf(each) === family,
			);
			for (const { set, fields } of screens) {
				await editor.choose('model', new RegExp(`· ${set.model}\\s*$`));
				const shown = await editor.fields();
				const names = ['operation', 'family', 'model', ...fields.split(' ')];
				expect([set.model, shown.map(({ name }) => name)]).toEqual([set.model, names]);
				expect(shown.map(({ label }) => label)).toEqual(names.map((name) => LABELS[name]));

				const properties = screen.shownFields(set);
				const values = screen.parametersOf(set);
				const wanted = properties.map((field) => described(field, values));
				expect([set.model, shown.map(({ label, ...field }) => field)]).toEqual([set.model, wanted]);
				expect(await editor.notices()).toEqual(screen.shownNotices(set).map(withoutTags));
				if (set !== screens.at(-1)?.set) continue;
				const tips = properties.flatMap(({ name, description }) =>
					description && name !== 'options' ? [[name, description]] : [],
				);
				expect([set.model, await editor.tooltips()]).toEqual([set.model, Object.fromEntries(tips)]);
			}
		},
	);
});

it('shows what the provider refused, and what to do', async () => {
	const credential = await n8n.credential({
		service: 'fal',
		apiKey: KEY,
		falBaseUrl: `${service.url}/fal`,
	});
	const parameters = { family: 'flux', model: 'flux-2-dev', prompt: 'refuse this' };
	const image = imageNode(credential, { parameters });
	await editor.open(await n8n.save(workflow(prompts('A fox'), [image])), 'AI Images');
	const shown = await editor.execute();
	expect(shown).toContain('The content was flagged by a content checker.');
	expect(shown).toMatch(/safety system refused/);
});
