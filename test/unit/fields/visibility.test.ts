import { NodeHelpers, type INodeParameters } from 'n8n-workflow';
import { FREE_SCREENS, MODEL_SCREENS, NODE_OPTIONS, type Screen } from '../../fixtures/fields';
import { MODEL_IDS } from '../../fixtures/choices';
import {
	description,
	namesOf,
	optionsOf,
	parametersOf,
	shownFields,
	shownOptions,
} from '../screen';

const SCREENS = [...MODEL_SCREENS, ...FREE_SCREENS];

const words = (text: string) => text.split(' ').filter(Boolean);

/** All names on screen: what chooses the model, then what the model takes. */
const fieldsOf = ({ set, fields }: Screen) =>
	`operation family ${set.family === 'other' ? 'modelId' : 'model'} ${fields}`;
const optionsOn = ({ set, options }: Screen) =>
	words(
		`${set.family === 'other' ? '' : 'modelId'} ${options} ${NODE_OPTIONS[set.operation] ?? ''}`,
	).sort();

/** Names of the node's parameters that are no fields. */
const isNoField = (name: string) => name === 'resource' || name.endsWith('Notice');

/** Values that the user set on an earlier screen. */
const LEFT_OVER: INodeParameters = {
	sizeType: 'custom',
	width: 7,
	height: 10,
	aspectRatio: '5:1',
	quality: 'gone',
	n: 7,
	outputFormat: 'gif',
	outputCompression: 3,
	frameCount: 99,
	svgModel: 'gone',
};

describe.each(
	SCREENS.map((screen) => [
		Object.values(screen.set)
			.map((value) => (typeof value === 'object' ? JSON.stringify(value) : String(value)))
			.join(' · '),
		screen,
	]),
)('with %s', (_, screen) => {
	const { set } = screen as Screen;

	it('shows exactly the fields that the model takes, in their order', () => {
		expect(namesOf(shownFields(set)).join(' ')).toBe(fieldsOf(screen as Screen));
	});

	it('offers exactly the options that the model takes', () => {
		expect(namesOf(shownOptions(set)).sort()).toEqual(optionsOn(screen as Screen));
	});

	it('passes exactly the fields on screen to the run', () => {
		const everyOption = Object.fromEntries(
			optionsOf(description.properties).map(({ name, type }) => [
				name,
				type === 'fixedCollection' ? {} : 'x',
			]),
		);
		const options = { ...everyOption, ...(set.options as INodeParameters) };
		const parameters = parametersOf({ ...set, options });
		const names = Object.keys(parameters).filter((name) => !isNoField(name));
		expect(names.sort()).toEqual(words(fieldsOf(screen as Screen)).sort());
		expect(Object.keys(parameters.options as INodeParameters).sort()).toEqual(
			optionsOn(screen as Screen),
		);
	});

	it('is not swayed by values that another model left behind', () => {
		const raw = { ...LEFT_OVER, ...parametersOf(set) };
		const shown = description.properties.filter((field) =>
			NodeHelpers.displayParameter(raw, field, { typeVersion: 1 }, description),
		);
		const names = namesOf(shown).filter((name) => !isNoField(name));
		expect(names.join(' ')).toBe(fieldsOf(screen as Screen));
	});
});

it('has a screen for each model with each operation', () => {
	const screens = MODEL_SCREENS.map(({ set }) => `${set.operation} ${String(set.model)}`);
	const expected = ['generate', 'edit'].flatMap((operation) =>
		MODEL_IDS.map((model) => `${operation} ${model}`),
	);
	expect([...new Set(screens)].sort()).toEqual(expected.sort());
});

it('keeps the prompt, and what else both take, when the operation changes', () => {
	const set = { model: 'gpt-image-2', prompt: 'A cat', quality: 'low', size: '1024x1024' };
	for (const operation of ['generate', 'edit']) {
		expect(parametersOf({ ...set, operation })).toMatchObject(set);
	}
	const unable = parametersOf({ ...set, model: 'dall-e-3', operation: 'edit' });
	expect(unable).toMatchObject({ model: 'dall-e-3', prompt: 'A cat' });
});
