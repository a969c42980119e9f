import { NodeHelpers, type INodeParameters } from 'n8n-workflow';
import {
	COMPATIBLE_SCREENS,
	FREE_SCREENS,
	MODEL_SCREENS,
	NODE_OPTIONS,
	type Screen,
} from '../../fixtures/fields';
import {
	description,
	namesOf,
	optionsOf,
	parametersOf,
	shownFields,
	shownOptions,
} from '../screen';

const SCREENS = [...MODEL_SCREENS, ...COMPATIBLE_SCREENS, ...FREE_SCREENS];

const words = (text: string) => text.split(' ').filter(Boolean);

/** All names on screen: what chooses the model, then what the model takes. */
const fieldsOf = ({ set, fields }: Screen) =>
	`operation model ${set.model === 'other' ? 'modelId compatibleWith ' : ''}${fields}`;
const optionsOn = ({ set, options }: Screen) =>
	words(`${options} ${NODE_OPTIONS[set.operation] ?? ''}`).sort();

/** Whatever the user set before he came to this screen. */
const LEFT_OVER: INodeParameters = {
	compatibleWith: 'gpt-image-2.6-flare',
	sizeMode: 'custom',
	size: '4000x10',
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

	it('hands the run exactly what is on screen', () => {
		const everyOption = Object.fromEntries(
			optionsOf(description.properties).map(({ name, type }) => [
				name,
				type === 'fixedCollection' ? {} : 'x',
			]),
		);
		const options = { ...everyOption, ...(set.options as INodeParameters) };
		const parameters = parametersOf({ ...set, options });
		expect(Object.keys(parameters).sort()).toEqual(words(fieldsOf(screen as Screen)).sort());
		expect(Object.keys(parameters.options as INodeParameters).sort()).toEqual(
			optionsOn(screen as Screen),
		);
	});

	it('is not swayed by values that another model left behind', () => {
		const raw = { ...LEFT_OVER, ...parametersOf(set) };
		const shown = description.properties.filter((field) =>
			NodeHelpers.displayParameter(raw, field, { typeVersion: 1 }, description),
		);
		expect(namesOf(shown).join(' ')).toBe(fieldsOf(screen as Screen));
	});
});

it('has a screen for each model, by its name and as a compatible one', () => {
	const chosen = (name: string) => {
		const field = shownFields({ operation: 'generate', model: 'other' }).find(
			(candidate) => candidate.name === name,
		);
		return (field?.options ?? []).map((option) => ('value' in option ? option.value : ''));
	};
	const models = (screens: readonly Screen[], key: string) => [
		...new Set(screens.map(({ set }) => set[key])),
	];
	expect([...models(MODEL_SCREENS, 'model'), 'other'].sort()).toEqual(chosen('model').sort());
	expect(
		[
			...models(COMPATIBLE_SCREENS, 'compatibleWith'),
			...models(FREE_SCREENS, 'compatibleWith'),
		].sort(),
	).toEqual(chosen('compatibleWith').sort());
});
