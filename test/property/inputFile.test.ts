import fc from 'fast-check';
import type { IExecuteFunctions } from 'n8n-workflow';
import { ValidationError } from '../../nodes/AiImages/errors';
import { fromBase64, fromBinary } from '../../nodes/AiImages/request/files/inputFile';
import { openFiles } from '../../nodes/AiImages/request/files/openFiles';
import type { FileRow } from '../../nodes/AiImages/request/files/fileRow';
import { bytesOf, executionOf } from '../unit/requests';
import { damaged, realFiles, type RealFile } from './bytes';
import { everyCaseLater, FURTHER_CASES } from './cases';
import { hostile } from './hostile';
import { names } from './texts';

/** A binary store that has every id, as long as it is one. */
const STORE = {
	getBinaryMetadata: async (id: string) => ({ fileSize: id.trim().length }),
	async *getBinaryStream(id: string) {
		yield Buffer.from(id.trim());
	},
};

let files: RealFile[];
const context = executionOf({});

beforeAll(async () => {
	files = await realFiles();
});

/** A file in n8n's in-memory mode. */
const nameOf = async (fileName: string | undefined, data = 'aGVsbG8=') =>
	(await fromBinary(context, { data, mimeType: 'image/png', fileName }, 'File')).fileName;

describe('the name under which a file is sent', () => {
	it('has no path and stays inside its header, and is neither empty nor too long', async () => {
		await everyCaseLater(
			fc.asyncProperty(fc.option(names, { nil: undefined }), async (name) => {
				expect(await nameOf(name)).toMatch(/^[A-Za-z0-9_][A-Za-z0-9._-]{0,79}\.bin$/);
			}),
		);
	});

	it('is stable: a name that was made safe stays as it is', async () => {
		await everyCaseLater(
			fc.asyncProperty(names, async (name) => {
				const safe = await nameOf(name);
				expect(await nameOf(safe)).toBe(safe);
			}),
			[[`${'x'.repeat(79)} y`]],
			FURTHER_CASES,
		);
	});

	it('has the extension of its bytes', async () => {
		await everyCaseLater(
			fc.asyncProperty(names, fc.constantFrom(...files), async (name, { format, bytes }) => {
				const safe = await nameOf(name, bytes.toString('base64'));
				expect(safe.endsWith(format === 'jpeg' ? '.jpg' : `.${format}`)).toBe(true);
			}),
			[],
			FURTHER_CASES,
		);
	});
});

describe('a file as text', () => {
	const wrapped = fc.constantFrom(
		(text: string) => text,
		(text: string) => `data:image/png;base64,${text}`,
		(text: string) => `DATA:;base64,${encodeURIComponent(text)}`,
		(text: string) => text.replace(/.{7}/g, '$&\r\n'),
		(text: string) => text.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, ''),
	);

	it('has the bytes that were encoded, in any encoding', async () => {
		const bytes = damaged(files.map((file) => file.bytes));
		await everyCaseLater(
			fc.asyncProperty(bytes, wrapped, async (content, wrap) => {
				const text = wrap(content.toString('base64'));
				const file = fromBase64(text, () => text, 'File');
				expect((await bytesOf(file)).equals(content)).toBe(true);
				expect(file.bytes).toBe(content.length);
			}),
			[],
			FURTHER_CASES,
		);
	});
});

describe('a row of files', () => {
	/** What looks like a file, with values of any type inside. */
	const fileLike = fc.record(
		{
			mimeType: fc.oneof(fc.constant('image/png'), hostile),
			data: fc.oneof(fc.base64String(), hostile),
			fileName: fc.oneof(names, hostile),
			id: fc.oneof(fc.constantFrom('', 'filesystem-v2:1'), hostile),
		},
		{ requiredKeys: ['mimeType', 'data'] },
	);
	const rows: fc.Arbitrary<FileRow> = fc.record(
		{
			source: fc.oneof(fc.constantFrom('binary', 'base64', 'fileId', 'url'), hostile),
			binaryField: fc.oneof(
				hostile,
				fileLike,
				fc.array(fileLike, { maxLength: 2 }),
				fc.constantFrom('data', '*', 'data, other', '__proto__'),
			),
			url: hostile,
			base64: hostile,
			fileId: hostile,
		},
		{ requiredKeys: [] },
	);
	const items = fc.record({
		binary: fc.dictionary(fc.constantFrom('data', 'other', '__proto__'), fileLike),
		json: fc.record({ _files: fc.oneof(hostile, fc.dictionary(fc.string(), fileLike)) }),
	});

	it('is opened, or explained in a sentence', async () => {
		await everyCaseLater(
			fc.asyncProperty(rows, items, async (row, item) => {
				const run = { getInputData: () => [item], helpers: STORE } as unknown as IExecuteFunctions;
				const opened = await openFiles(run, 0, row, 'Mask', {
					...{ keepsLinks: true, keepsFileIds: true, noFileIds: 'is refused' },
					...{ downloads: true, timeout: 1000 },
					readRow: () => row,
				}).catch((error: unknown) => error);
				if (opened instanceof ValidationError) {
					for (const problem of opened.problems) expect(problem).toMatch(/^Mask/);
				} else {
					expect(opened).toBeInstanceOf(Array);
				}
			}),
			[],
			FURTHER_CASES,
		);
	});
});
