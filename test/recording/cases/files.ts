import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { BinaryInput } from '../../helpers/engine';
import { randomFor, type Random } from '../random';
import { freeModels, knownModels, renamedModels, type Choice, type Material } from './choice';
import { ON_ERROR } from './mixes';
import type { Pictures } from './pictures';
import { runCase, type Run } from './run';
import type { Case } from './types';

/** Edits with files of every source and kind, in n8n's two ways to keep files. */
export function fileCases(material: Material): Case[] {
	const { pictures } = material;
	const choices = [
		...knownModels(material),
		...freeModels(material),
		...renamedModels(material),
	].filter(({ operation }) => operation === 'edit');
	const many = choices.flatMap((choice) =>
		Array.from({ length: 16 }, (_, index) => {
			const id = `files/${choice.name}/${index + 1}`;
			return runCase(id, randomFiles(choice, pictures, id));
		}),
	);
	const inMemory = choices.flatMap((choice) =>
		Array.from({ length: 3 }, (_, index) => {
			const id = `memory/${choice.name}/${index + 1}`;
			return runCase(id, { ...randomFiles(choice, pictures, id), binaryMode: 'default' });
		}),
	);
	return [...many, ...oneByOne(choices, pictures), ...inMemory];
}

/** Each row in each place, in both forms of a request. */
function oneByOne(choices: readonly Choice[], pictures: Pictures): Case[] {
	return Object.entries(rowsOf(pictures)).flatMap(([name, row]) =>
		[false, true].flatMap((imagesAsJson) =>
			(['inputImages', 'mask', 'markup'] as const).map((place) => {
				const choice = randomFor('files', name, place).pick(choices);
				const files = { [place]: place === 'inputImages' ? [row] : row };
				return runCase(`files/one/${place}${imagesAsJson ? ' as JSON' : ''}/${name}`, {
					...baseRun(pictures, randomFor('files', choice.name)),
					parameters: withFiles(choice, { ...files, options: { imagesAsJson } }),
				});
			}),
		),
	);
}

interface Files {
	readonly inputImages?: readonly IDataObject[];
	readonly mask?: IDataObject;
	readonly markup?: IDataObject;
	readonly options?: IDataObject;
}

/** Rows of a field for files, by what they name. */
function rowsOf(pictures: Pictures): Record<string, IDataObject> {
	const binary = (binaryField: unknown): IDataObject =>
		({ source: 'binary', binaryField }) as IDataObject;
	const url = (address: string): IDataObject => ({ source: 'url', url: address });
	const base64 = (text: string): IDataObject => ({ source: 'base64', base64: text });
	const names = Object.keys(pictures) as Array<keyof Pictures>;
	return {
		...Object.fromEntries(names.map((name) => [`binary ${name}`, binary(name)])),
		'several binaries': binary('png, wide'),
		'all binaries': binary('*'),
		'a binary that is missing': binary('nothing'),
		'one of two that is missing': binary('png,nothing'),
		'no binary': binary(''),
		'a binary by expression': binary('={{ $binary.jpeg }}'),
		'binaries by expression': binary('={{ [$binary.jpeg, $binary.png] }}'),
		'a name by expression': binary('={{ $json.field }}'),
		'a number by expression': binary('={{ 7 }}'),
		'null by expression': binary('={{ null }}'),
		...Object.fromEntries(
			names.map((name) => [`URL of ${name}`, url(`http://{files}/input/${name}`)]),
		),
		'URL that moves': url('http://{files}/input/moved'),
		'URL of a page': url('http://{files}/input/page'),
		'URL of nothing': url('http://{files}/nothing.png'),
		'URL of nobody': url('http://{closed}/a.png'),
		'URL with a query': url('http://{files}/input/png?sig=secret-0123456789&x=1'),
		'URL of a file': url('file:///etc/hosts'),
		'no URL': url(''),
		'not a URL': url('picture.png'),
		'data URL': url(`data:image/png;base64,${pictures.png.data.toString('base64')}`),
		base64: base64(pictures.png.data.toString('base64')),
		'base64 as a data URL': base64(
			`data:image/jpeg;base64,${pictures.jpeg.data.toString('base64')}`,
		),
		'base64 of a text': base64('SGVsbG8='),
		'base64 that is none': base64('*** no base64 ***'),
		'no base64': base64(''),
		'base64 by expression': base64('={{ $json.base64 }}'),
		'file id': { source: 'fileId', fileId: 'file-0123456789' },
		'no file id': { source: 'fileId', fileId: '' },
		'unknown source': { source: 'ftp', url: 'ftp://{files}/a.png' },
		'no source': { binaryField: 'png' },
	};
}

/** Some files in each place, well or badly chosen. */
function randomFiles(choice: Choice, pictures: Pictures, id: string): Run {
	const random = randomFor(id);
	const rows = Object.values(rowsOf(pictures));
	const good = Object.entries(rowsOf(pictures))
		.filter(([name]) => /^(binary|URL of) (png|jpeg|webp|wide|alpha)$|several|base64$/.test(name))
		.map(([, row]) => row);
	const row = () => (random.chance(0.15) ? random.pick(rows) : random.pick(good));
	const count = random.pick([1, 1, 1, 2, 3, 5, 17]);
	const overlay = (probability: number, names: ReadonlyArray<keyof Pictures>) =>
		random.chance(probability)
			? random.pick([{ source: 'binary', binaryField: random.pick(names) }, row()])
			: {};
	return {
		...baseRun(pictures, random),
		parameters: withFiles(choice, {
			inputImages: random.chance(0.05) ? [] : Array.from({ length: count }, row),
			mask: overlay(0.4, ['alpha', 'alpha', 'wideAlpha', 'png']),
			markup: overlay(0.2, ['alpha', 'wideAlpha']),
			options: random.chance(0.3) ? { imagesAsJson: true } : {},
		}),
	};
}

function baseRun(pictures: Pictures, random: Random): Omit<Run, 'parameters'> {
	const json = { field: 'webp', base64: pictures.webp.data.toString('base64') };
	const binary: Record<string, BinaryInput> = pictures;
	const items = [{ json: { prompt: 'A cat', ...json }, binary }];
	if (random.chance(0.3)) {
		items.push({
			json: { prompt: 'A dog', ...json, field: 'gif' },
			binary: { png: pictures.wide },
		});
	}
	return {
		items,
		onError: random.pick(ON_ERROR),
		settings: random.chance(0.2) ? { binaryMode: 'combined' } : {},
	};
}

function withFiles(
	{ set }: Choice,
	{ inputImages, mask, markup, options = {} }: Files,
): INodeParameters {
	const one = (row: IDataObject = {}) => (Object.keys(row).length > 0 ? { image: row } : {});
	const parameters = {
		...set,
		inputImages: { image: inputImages ?? [{ source: 'binary', binaryField: 'png' }] },
		options: {
			...(set.options as object | undefined),
			...(mask ? { mask: one(mask) } : {}),
			...(markup ? { markup: one(markup) } : {}),
			...options,
		},
	};
	return parameters as unknown as INodeParameters;
}
