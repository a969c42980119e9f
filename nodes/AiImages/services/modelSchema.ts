import type { ParameterName } from '../models';
import { asNumber, asRecord, asText, type JsonRecord } from '../values/json';
import type { ModelSchema } from './schemaKeys';
import { below, pathsOf, spell, valueAt } from './spelling';
import type { Content, Endpoint, Limits, Service, Spelling } from './types';

/** How most models spell their parameters. */
export function likeliest({ parameters, root }: ModelSchema): Endpoint['parameters'] {
	const entries = Object.entries(parameters).map(([name, spellings]) => [name, spellings[0]]);
	return below(root, Object.fromEntries(entries) as Endpoint['parameters']);
}

/**
 * The service as it is spoken to about a model, by the description of that model: what is no input
 * of the model cannot be sent.
 *
 * @returns undefined if the description has no inputs
 */
export function dialectBySchema(
	service: Service,
	schema: ModelSchema,
	description: unknown,
): Service | undefined {
	const inputs = inputsIn(description, schema);
	if (Object.keys(inputs).length === 0) return undefined;
	const names = Object.keys(schema.parameters) as ParameterName[];
	const spellings = names.flatMap((name) => {
		// More images than one request can have are split over several.
		const [count] = spellingsOf(schema.parameters.n, inputs);
		const spelling = name === 'n' ? count : spellingFor(name, schema, inputs);
		return spelling ? [[name, spelling]] : [];
	});
	const parameters = Object.fromEntries(spellings) as Endpoint['parameters'];
	const version = asText(schema.versionOf(asRecord(description)));
	const endpoint = (own: Endpoint): Endpoint => ({
		...own,
		parameters: below(schema.root, parameters),
		...(version ? withVersion(schema, version) : {}),
	});
	const image = schema.images.find((name) => Object.hasOwn(inputs, name));
	const { generate, edit } = service.endpoints;
	return {
		...service,
		schema: null,
		endpoints: {
			generate: endpoint(generate),
			edit: { ...endpoint(edit), ...(image ? { content: imagesAs(image, schema, inputs) } : {}) },
		},
		limits: limitsBy(inputs, image, parameters.n),
	};
}

/** What is published about one input. */
interface Input {
	readonly isList: boolean;
	/** Absent: any value. */
	readonly values?: readonly unknown[];
	readonly min: number;
	readonly max: number;
	readonly maxItems: number;
}

type Inputs = Readonly<Record<string, Input>>;

function inputsIn(description: unknown, { schemas, inputs }: ModelSchema): Inputs {
	const found = schemas.map((path) => asRecord(valueAt(description, path)));
	const all = found.find((each) => Object.keys(each).length > 0) ?? {};
	const entries = Object.entries(asRecord(valueAt(all, inputs)));
	return Object.fromEntries(entries.map(([name, input]) => [name, inputOf(asRecord(input), all)]));
}

function inputOf(input: JsonRecord, all: JsonRecord): Input {
	// Choices are schemas of their own.
	const { allOf } = input;
	const [{ $ref = undefined } = {}] = Array.isArray(allOf) ? allOf.map(asRecord) : [];
	const reference = asText($ref)?.split('/').at(-1);
	const { enum: values } = reference ? asRecord(all[reference]) : input;
	return {
		isList: input.type === 'array',
		...(Array.isArray(values) ? { values } : {}),
		min: asNumber(input.minimum) ?? -Infinity,
		max: asNumber(input.maximum) ?? Infinity,
		maxItems: asNumber(input.maxItems) ?? Infinity,
	};
}

/** The first spelling whose inputs the model has, and takes with the value. */
function spellingFor(
	name: ParameterName,
	{ parameters, synonyms }: ModelSchema,
	inputs: Inputs,
): Spelling | undefined {
	const spellings = spellingsOf(parameters[name], inputs);
	if (spellings.length === 0) return undefined;
	const fields = [...new Set(spellings.flatMap(pathsOf))];
	const spellAs = (spelling: Spelling, value: unknown) => {
		const spelled = spell({ path: '', model: null, parameters: { [name]: spelling } }, name, value);
		const sent = spelled.map(([path, each]) => [path, accepted(each, inputs[path], synonyms)]);
		return sent.some(([, each]) => each === undefined) ? {} : Object.fromEntries(sent);
	};
	return {
		fields,
		spell: (value) => {
			const sent = spellings.map((each) => asRecord(spellAs(each, value)));
			const first = sent.find((each) => Object.keys(each).length > 0) ?? {};
			return fields.map((path) => first[path]);
		},
	};
}

/** Those whose inputs the model has. */
function spellingsOf(all: readonly Spelling[] = [], inputs: Inputs): Spelling[] {
	return all.filter((each) => pathsOf(each).every((path) => Object.hasOwn(inputs, path)));
}

/** The value as the input takes it; undefined if it does not. */
function accepted(
	value: unknown,
	{ values, min, max }: Input = ANY_INPUT,
	synonyms: ModelSchema['synonyms'],
): unknown {
	if (typeof value === 'number' && (value < min || value > max)) return undefined;
	if (!values) return value;
	const words = [String(value), synonyms[String(value)]];
	return values.find((each) => words.includes(String(each)));
}

const ANY_INPUT: Input = { isList: false, min: -Infinity, max: Infinity, maxItems: Infinity };

function withVersion({ versionEndpoint }: ModelSchema, version: string): Partial<Endpoint> {
	return { path: versionEndpoint.path, fixed: { [versionEndpoint.version]: version } };
}

function imagesAs(name: string, { root }: ModelSchema, inputs: Inputs) {
	return ({ images }: Content): JsonRecord => {
		const links = images.map(({ url }) => url);
		return { [root]: { [name]: inputs[name]?.isList ? links : links[0] } };
	};
}

function limitsBy(inputs: Inputs, image: string | undefined, n: Spelling | undefined): Limits {
	const [count] = n ? pathsOf(n) : [];
	const { max } = (count && inputs[count]) || ANY_INPUT;
	const { isList, maxItems } = (image && inputs[image]) || ANY_INPUT;
	return { imagesPerRequest: max, inputImages: isList ? maxItems : 1 };
}
