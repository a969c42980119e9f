import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { optionFields } from '../../../nodes/AiImages/options/fields';
import { readOptions } from '../../../nodes/AiImages/options/read';
import { OPTIONS, type Settings } from '../../../nodes/AiImages/options/table';
import type { OptionSpec, OptionTable } from '../../../nodes/AiImages/options/types';
import { description, optionsOf } from '../screen';

const rows = Object.entries<OptionSpec>(OPTIONS);

/** A value that no option of the kind can have. */
const WRONG: Readonly<Record<OptionSpec['kind'], unknown>> = {
	boolean: 'maybe',
	string: {},
	choice: 'neither',
	integer: 1.5,
	seconds: 'soon',
	megabytes: 'big',
	dollars: 'a lot',
	json: '[',
	prices: { price: [{ tokens: 'imageOutput', dollars: -1 }] },
};

const fieldOf = (table: OptionTable, name: string): INodeProperties | undefined =>
	optionFields(table).find((field) => field.name === name);

const read = <Table extends OptionTable>(table: Table, name: string, value: unknown) => {
	const problems: string[] = [];
	const settings = readOptions(table, { [name]: value } as IDataObject, problems);
	return { setting: settings[name], problems };
};

const LABEL_UNITS: Readonly<Partial<Record<OptionSpec['kind'], string>>> = {
	seconds: ' (Seconds)',
	megabytes: ' (MB)',
	dollars: ' (USD)',
};

describe.each(rows)('the option %s', (name, spec) => {
	const field = fieldOf(OPTIONS, name);

	it('has a field, with its default and its unit', () => {
		const empty = { json: '{}', prices: {} };
		expect(field).toMatchObject({
			displayName: spec.displayName + (LABEL_UNITS[spec.kind] ?? ''),
			description: spec.description,
			default: 'default' in spec ? spec.default : empty[spec.kind],
		});
	});

	it('is offered under Options', () => {
		expect(optionsOf(description.properties)).toContainEqual(field);
	});

	it('takes the default of its field', () => {
		expect(read(OPTIONS, name, field?.default).problems).toEqual([]);
	});

	it.each([undefined, null])('has a setting when its value is %s', (value) => {
		const { setting, problems } = read(OPTIONS, name, value);
		expect(problems).toEqual([]);
		expect(setting).toEqual(read(OPTIONS, name, undefined).setting);
		expect(setting).toBeDefined();
		if ('fallback' in spec) expect(setting).toBe(spec.fallback);
	});

	it('refuses a wrong value under the name of its field', () => {
		const { problems } = read(OPTIONS, name, WRONG[spec.kind]);
		expect(problems).toHaveLength(1);
		expect(problems[0]?.startsWith(`'${spec.displayName}' `)).toBe(true);
	});
});

it('report their problems in this order', () => {
	const wrong = rows.map(([name, { kind }]) => [name, WRONG[kind]]);
	const problems: string[] = [];
	readOptions(OPTIONS, Object.fromEntries(wrong), problems);
	expect(problems.map((problem) => /^'([^']+)'/.exec(problem)?.[1] ?? problem)).toEqual([
		'Additional Body Fields',
		'Send Images as JSON',
		'Check Parameters',
		'Drop Unsupported Parameters',
		'Preview Request',
		'Parallel Requests',
		'Images per Minute',
		'Resume Job',
		'Max Cost per Run',
		'Timeout',
		'Max Retry Wait',
		'Retry Server Errors',
		'Token Prices',
		'Output',
		'Put Output File in Field',
		'File Name',
		'Max Image Size',
		'Simplify',
		'Include Image URL',
		'Include Binary ID',
	]);
});

describe.each(rows.filter(([, { kind }]) => kind === 'boolean'))('the switch %s', (_, spec) => {
	it('describes what it decides', () => {
		expect(spec.description).toMatch(/^Whether to /);
	});
});

describe('a row that is added', () => {
	const TABLE = {
		...OPTIONS,
		seed: {
			kind: 'integer',
			displayName: 'Seed',
			description: 'Where the noise begins',
			operations: ['generate'],
			default: 7,
			min: 1,
			max: 9,
		},
		pause: {
			kind: 'seconds',
			displayName: 'Pause',
			description: 'How many seconds to rest',
			default: 2,
			allowsZero: true,
			max: 5,
		},
		mood: {
			kind: 'choice',
			displayName: 'Mood',
			description: 'How the image feels',
			choices: [
				{ name: 'Sad', value: 'sad' },
				{ name: 'Glad', value: 'glad' },
			],
			default: 'glad',
		},
	} as const satisfies OptionTable;

	it('has a field', () => {
		expect(optionFields(TABLE)).toHaveLength(rows.length + 3);
		expect(fieldOf(TABLE, 'seed')).toEqual({
			displayName: 'Seed',
			name: 'seed',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 9, numberPrecision: 0 },
			default: 7,
			description: 'Where the noise begins',
			displayOptions: { show: { '/operation': ['generate'] } },
		});
		expect(fieldOf(TABLE, 'pause')).toMatchObject({ typeOptions: { minValue: 0 }, default: 2 });
		expect(fieldOf(TABLE, 'mood')).toMatchObject({
			type: 'options',
			options: [
				{ name: 'Glad', value: 'glad' },
				{ name: 'Sad', value: 'sad' },
			],
			default: 'glad',
		});
	});

	it('is read, into a setting of its type', () => {
		const problems: string[] = [];
		const options = { seed: '3', pause: 1.5, mood: 'sad', timeout: 1 };
		const settings = readOptions(TABLE, options, problems);
		const { seed, pause, mood }: { seed: number; pause: number; mood: 'sad' | 'glad' } = settings;
		const others: Settings = settings;
		expect([seed, pause, mood, others.timeout]).toEqual([3, 1500, 'sad', 1000]);
		expect(problems).toEqual([]);
		expect(readOptions(TABLE, {}, [])).toMatchObject({ seed: 7, pause: 2000, mood: 'glad' });
	});

	it('is refused by its limits, after the options above it', () => {
		const problems: string[] = [];
		const options = { seed: 10, pause: -1, mood: 'calm', timeout: 0 };
		expect(readOptions(TABLE, options, problems)).toMatchObject({
			seed: 7,
			pause: 2000,
			mood: 'glad',
		});
		expect(problems).toEqual([
			"'Timeout' 0 isn't valid. Use a number of seconds above 0 and up to 86,400",
			"'Seed' 10 isn't valid. Use a whole number from 1 to 9",
			"'Pause' -1 isn't valid. Use a number of seconds from 0 to 5",
			"'Mood' \"calm\" isn't valid. Use one of: sad, glad",
		]);
	});
});

it('are all read, even if the first one is wrong', () => {
	const price = [
		{ tokens: 'textOutput', dollars: -1 },
		{ tokens: 'textInput', dollars: -1 },
	];
	const options = { extraFields: '[', prices: { price }, timeout: 0 };
	const problems: string[] = [];
	readOptions(OPTIONS, options, problems);
	const names = problems.map((problem) => /^'([^']+)'/.exec(problem)?.[1] ?? problem);
	expect(names).toEqual(['Additional Body Fields', 'Timeout', 'Token Prices', 'Token Prices']);
});
