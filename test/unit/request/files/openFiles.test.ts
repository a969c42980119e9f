import type { IBinaryData } from 'n8n-workflow';
import sharp from 'sharp';
import type { FileRow } from '../../../../nodes/AiImages/request/files/fileRow';
import { openFiles } from '../../../../nodes/AiImages/request/files/openFiles';
import { useRecordingServer } from '../../../helpers/recordingServer';
import { bytesOf, executionOf, problemsAfter, type Run } from '../../requests';

const PLACE = 'Input image 1';
let png: Buffer;
let jpeg: Buffer;

beforeAll(async () => {
	const image = sharp({ create: { width: 40, height: 30, channels: 4, background: '#08f8' } });
	png = await image.clone().png().toBuffer();
	jpeg = await image.clone().jpeg().toBuffer();
});

const open = async (row: FileRow, run: Run = {}, asJson = false, downloads = true) =>
	await openFiles(executionOf({ operation: 'edit' }, run), 0, row, PLACE, {
		keepsLinks: asJson,
		keepsFileIds: asJson,
		noFileIds: "requires 'Send Images as JSON' in Options. Turn it on, or change 'Source'",
		downloads,
		timeout: 2000,
		readRow: () => row,
	});
const refused = async (row: FileRow, run?: Run, asJson?: boolean) =>
	await problemsAfter(open(row, run, asJson));
const binary = (content: Buffer, mimeType = 'image/png'): IBinaryData => ({
	data: content.toString('base64'),
	mimeType,
});

describe('a row of binary fields', () => {
	const files = () => ({
		first: binary(png),
		notes: binary(Buffer.from('hi'), 'text/plain'),
		'second, large': binary(jpeg, 'image/jpeg'),
		third: binary(png),
	});
	const labels = async (binaryField: unknown, run: Run = { binary: files() }) =>
		(await open({ source: 'binary', binaryField }, run)).map(
			({ label }) => /"(.*)"/.exec(label)?.[1],
		);

	it.each([
		['first', ['first']],
		[' first\n', ['first']],
		['third,first', ['third', 'first']],
		[' third , first , ', ['third', 'first']],
		['first,first', ['first', 'first']],
		['second, large', ['second, large']],
		['*', ['first', 'second, large', 'third']],
		[' * ', ['first', 'second, large', 'third']],
		['notes', ['notes']],
	])('names %j: %j', async (binaryField, expected) => {
		expect(await labels(binaryField)).toEqual(expected);
	});

	it('can be a list, of names and of files', async () => {
		const given = binary(jpeg);
		const run = { binary: files() };
		const opened = await open({ binaryField: ['third', given, 'first'] }, run);
		expect(opened.map(({ bytes }) => bytes)).toEqual([png.length, jpeg.length, png.length]);
		expect(await refused({ binaryField: ['third', 'gone'] }, run)).toEqual([
			expect.stringMatching(/no binary field "gone"/),
		]);
	});

	it('that wants all images leaves out what another row holds', async () => {
		const row = { binaryField: '*', not: [{ binaryField: 'first' }, {}] };
		const opened = await open(row, { binary: files() });
		expect(opened.map(({ label }) => /"(.*)"/.exec(label)?.[1])).toEqual([
			'second, large',
			'third',
		]);
	});

	it('finds a file again whose bytes an expression left out', async () => {
		const file = { ...binary(jpeg), fileName: 'a.jpg', fileSize: '1 kB' };
		const run = { binary: { other: binary(png), mine: file } };
		const { data: _, ...said } = file;
		const [opened] = await open({ binaryField: said }, run);
		expect(await bytesOf(opened)).toEqual(jpeg);
	});

	it('can have no source, like rows of older workflows', async () => {
		expect(await open({ binaryField: 'first' }, { binary: files() })).toHaveLength(1);
	});

	it.each([
		['gone', ['"gone"', 'binary fields: first, notes']],
		['first,gone,lost', ['"gone", "lost"']],
		['first,second, large', ['"second", "large"']],
		['**', ['"**"']],
		['constructor', ['"constructor"']],
		['', ['is empty']],
		[',', ['must be the name of a binary field, not ","']],
	])('that names %j is rejected', async (binaryField, words) => {
		const problems = await refused({ source: 'binary', binaryField }, { binary: files() });
		expect(problems).toHaveLength(1);
		expect(problems[0]).toMatch(/^Input image 1: /);
		for (const word of words) expect(problems[0]).toContain(word);
	});

	it('that wants all images of an item that has none is refused', async () => {
		const run = { binary: { notes: binary(Buffer.from('hi'), 'text/plain') } };
		expect(await refused({ source: 'binary', binaryField: '*' }, run)).toEqual([
			expect.stringMatching(/^Input image 1: .*binary fields: notes/),
		]);
		expect(await refused({ source: 'binary', binaryField: '*' })).toEqual([
			expect.stringMatching(/has no binary data/),
		]);
	});

	it('finds files where the combined mode keeps them, beside those of the item', async () => {
		const run = { json: { _files: { moved: binary(png) } }, binary: { kept: binary(jpeg) } } as Run;
		expect(await labels('*', run)).toEqual(['moved', 'kept']);
		expect(await labels('kept,moved', run)).toEqual(['kept', 'moved']);
	});

	it.each([null, 'x', 5, []])('is not led astray by a field _files of %j', async (moved) => {
		const run = { json: { _files: moved }, binary: { kept: binary(jpeg) } } as Run;
		expect(await labels('*', run)).toEqual(['kept']);
	});

	it('can contain the file itself, in memory or in the store', async () => {
		const [inMemory] = await open({ binaryField: binary(jpeg) });
		expect(inMemory).toMatchObject({ label: PLACE, bytes: jpeg.length, fileName: 'image.jpg' });
		const stored = { id: 'f:1', data: 'filesystem-v2', mimeType: 'image/png' };
		const [inStore] = await open({ binaryField: stored }, { stored: { 'f:1': png } });
		expect(inStore).toMatchObject({ bytes: png.length, mediaType: { width: 40, height: 30 } });
	});
});

describe('a row with base64', () => {
	it.each([
		['base64', (text: string) => text],
		['a data URL', (text: string) => `data:image/png;base64,${text}`],
		['a data URL of another type', (text: string) => `data:text/plain;charset=x;base64,${text}`],
		[
			'a data URL for addresses',
			(text: string) => `DATA:image/png;base64,${encodeURIComponent(text)}`,
		],
		['line breaks', (text: string) => `\n${text.replace(/(.{20})/g, '$1\r\n')}`],
		[
			'the URL-safe alphabet',
			(text: string) => text.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, ''),
		],
	])('can be %s', async (_, write) => {
		const [file] = await open({ source: 'base64', base64: write(png.toString('base64')) });
		expect(file).toMatchObject({ label: PLACE, fileName: 'image.png', reference: null });
		expect(await bytesOf(file)).toEqual(png);
	});

	it('has the same bytes each time it is loaded', async () => {
		// Base64 ends with none, one or two characters of padding.
		for (const more of [0, 1, 2]) {
			const content = Buffer.concat([png, Buffer.alloc(more)]);
			const [file] = await open({ source: 'base64', base64: content.toString('base64') });
			for (let time = 0; time < 2; time++) expect(await bytesOf(file)).toEqual(content);
		}
	});

	it.each(['', '  ', null, undefined, 5, {}])('cannot be empty: %j', async (base64) => {
		expect(await refused({ source: 'base64', base64 })).toEqual([
			expect.stringMatching(
				/^Input image 1: 'Base64' (is empty\. Fill it in, or remove the image|must be a string, not .*)$/,
			),
		]);
	});

	it('that holds no image is left to the checks', async () => {
		const [file] = await open({ source: 'base64', base64: 'aGk=' });
		expect(file).toMatchObject({ mediaType: null, bytes: 2 });
	});
});

describe('a row with a URL', () => {
	const server = useRecordingServer(({ path }, response) => {
		response.writeHead(path.startsWith('/gone') ? 404 : 200, { 'Content-Type': 'text/plain' });
		response.end(path.startsWith('/gone') ? 'no' : jpeg);
	});

	it('is downloaded into the store and known by its bytes', async () => {
		const stored: Record<string, Buffer> = {};
		const [file] = await open(
			{ source: 'url', url: ` ${server.url}/a/my%20photo.png?b=/c.gif ` },
			{ stored },
		);
		expect(Object.values(stored)).toEqual([jpeg]);
		expect(file).toMatchObject({
			label: PLACE,
			bytes: jpeg.length,
			fileName: 'my-20photo.jpg',
			mediaType: { format: 'jpeg' },
		});
		expect(await bytesOf(file)).toEqual(jpeg);
		expect(server.requests[0]?.headers).not.toHaveProperty('authorization');
	});

	it('that cannot be had is refused with the status', async () => {
		expect(await refused({ source: 'url', url: `${server.url}/gone.png` })).toEqual([
			expect.stringMatching(/^Input image 1: the download failed: .*404/),
		]);
	});

	it('is sent as it is where the files go as JSON', async () => {
		const url = `${server.url}/a.png?token=1`;
		const [file] = await open({ source: 'url', url }, {}, true);
		expect(file).toMatchObject({ reference: { url }, mediaType: null });
		expect(server.requests).toEqual([]);
	});

	it('is not asked for without downloads', async () => {
		const url = `${server.url}/a.png?token=1`;
		const [file] = await open({ source: 'url', url }, {}, false, false);
		expect(file).toMatchObject({ pendingUrl: url, reference: null, mediaType: null, defect: null });
		expect(server.requests).toEqual([]);
	});

	it.each([false, true])('can be a data URL, as JSON: %s', async (asJson) => {
		const url = `data:image/png;base64,${png.toString('base64')}`;
		const [file] = await open({ source: 'url', url }, {}, asJson);
		expect(file).toMatchObject({ reference: null, mediaType: { format: 'png' } });
	});

	it.each([
		'photo.png',
		'//example.com/a.png',
		'ftp://example.com/a',
		'file:///etc/passwd',
		'http://',
	])('is refused before anything is sent: %s', async (url) => {
		for (const asJson of [false, true]) {
			expect(await refused({ source: 'url', url }, {}, asJson)).toEqual([
				expect.stringMatching(/^Input image 1: 'URL' ".*" isn't valid.*http/),
			]);
		}
	});
});

describe('a row with a file id', () => {
	it('is sent as it is where the files go as JSON', async () => {
		const [file] = await open({ source: 'fileId', fileId: ' file-1 ' }, {}, true);
		expect(file).toMatchObject({ label: PLACE, reference: { fileId: 'file-1' } });
	});

	it('is refused where they go as files', async () => {
		expect(await refused({ source: 'fileId', fileId: 'file-1' })).toEqual([
			expect.stringMatching(/^Input image 1: 'File ID' .*Send Images as JSON/),
		]);
	});
});

it.each(['ftp', 5, {}, 'Binary'])('refuses the source %j', async (source) => {
	expect(await refused({ source })).toEqual([
		`${PLACE}: 'Source' ${JSON.stringify(source)} isn't valid. Use one of: binary, url, base64, fileId`,
	]);
});
