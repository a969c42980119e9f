import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { AiImages } from '../../nodes/AiImages/AiImages.node.ts';
import { FAMILIES } from '../../nodes/AiImages/models';
import { screenOf } from '../helpers/screen';
import { useService } from '../image-service/helpers';
import { useEditor } from './helpers/editor';
import { useN8n } from './helpers/n8n';

const KEY = 'key-0123456789abcdefghij';
const service = useService({ apiKey: KEY });
const n8n = useN8n();
const editor = useEditor(n8n);

const screen = screenOf(new AiImages().description);

/** Every one that has a list of models, and the first one again. */
const ROUND = [...Object.entries(FAMILIES), ...Object.entries(FAMILIES).slice(0, 1)].filter(
	([, { defaultModel }]) => defaultModel !== null,
);

/** Fields that several families have, with lists of their own. */
const SHARED = ['sizeType', 'aspectRatio', 'resolution', 'quality', 'outputFormat'];

const entriesOf = ({ options = [] }: INodeProperties) => options as INodePropertyOptions[];

/** What the panel shows, beside what the description has for it. */
async function state(family: string) {
	const shown = await editor.fields();
	const shownAs = (name: string) => shown.find((field) => field.name === name)?.value;
	const formats: Readonly<Record<string, string>> = { PNG: 'png', JPEG: 'jpeg', WebP: 'webp' };
	const types: Readonly<Record<string, string>> = {
		Preset: 'preset',
		Custom: 'custom',
		'Aspect Ratio': 'aspectRatio',
	};
	const sizeType = types[shownAs('sizeType') ?? ''];
	const outputFormat = formats[shownAs('outputFormat') ?? ''];
	const properties = screen.shownFields({
		...{ operation: 'generate', family },
		...(sizeType && { sizeType }),
		...(outputFormat && { outputFormat }),
	});
	return { shown, properties };
}

it('goes from family to family and back, with the fields of each and values that fit or are red', async () => {
	const compatibleBaseUrl = `${service.url}/v1`;
	await n8n.credential({ service: 'compatible', apiKey: KEY, compatibleBaseUrl });
	await editor.newWorkflow();
	await editor.search('AI Images');
	await editor.addNode('Generate image');
	const refused: string[] = [];
	for (const [index, [family, { displayName }]] of ROUND.entries()) {
		await editor.choose('family', new RegExp(`^\\s*${displayName}`));
		const prompt = `A fox, number ${index}`;
		await editor.untilSaved(prompt, () => editor.fill('prompt', prompt));
		const { shown, properties } = await state(family);
		expect([family, shown.map(({ name }) => name)]).toEqual([
			family,
			properties.map(({ name }) => name),
		]);
		const lists = properties.filter(({ type }) => type === 'options');
		const strangers = shown.filter(({ name, value }) =>
			lists.some(
				(list) => list.name === name && !entriesOf(list).some((entry) => entry.name === value),
			),
		);
		expect([family, shown.filter(({ isRed }) => isRed)]).toEqual([family, strangers]);
		if (strangers.length > 0) {
			const message = await editor.execute();
			for (const { label } of strangers) expect(message).toContain(`'${label}' "`);
			expect(message).toContain('No request was sent; you were not billed.');
			refused.push(family);
		}
		// What is far down a list is what the next family might not have.
		for (const name of SHARED) {
			const { properties: current } = await state(family);
			const list = current.find((field) => field.name === name);
			const last = list && entriesOf(list).at(-1)?.name;
			if (last) await editor.choose(name, new RegExp(`^\\s*${last.replace(/[()]/g, '\\$&')}`));
		}
	}
	expect(refused).toContain('gemini');
	expect(await service.requests()).toEqual([]);

	await editor.untilSaved('A hare', () => editor.fill('prompt', 'A hare'));
	expect(await editor.execute()).toContain('a-hare-1.');
	expect(await service.requests()).toHaveLength(1);
});
