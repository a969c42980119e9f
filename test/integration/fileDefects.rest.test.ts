import { editsOf, input, refusalsOf, usePictures } from '../helpers/fileEdits';
import { leaksOf, raw, useImagesApi } from '../helpers/imagesApi';
import { partsOf } from '../helpers/multipart';
import { useRawItems } from '../helpers/rawItems';

const api = useImagesApi();
const files = usePictures();
const edit = editsOf(api);

describe.each(['filesystem', 'default'] as const)('in binary mode %s', (binaryMode) => {
	const { run } = useRawItems({ binaryMode });

	const refused = refusalsOf(api, run);

	it.each(['web-page.png', 'error.json.png', 'truncated.png'])(
		'%s is refused, and others of the run go on',
		async (name) => {
			const items = [
				{ binary: { data: { bytes: input(name) } } },
				{ binary: { data: { bytes: files.png } } },
			];
			const result = await run(items, { ...edit('data'), onError: 'continueRegularOutput' });
			expect(api.requests).toHaveLength(1);
			expect(result.outputs[0]?.map(({ json }) => json.error)).toEqual([
				expect.stringMatching(/^Input image 1 \(binary field "data"\): the file /),
				undefined,
			]);
		},
	);

	it.each(['palette.png', 'cmyk.jpg', 'noisy.jpg'])('%s is sent as it is', async (name) => {
		const result = await run([{ binary: { data: { bytes: input(name) } } }], edit('data'));
		expect(result.error).toBeUndefined();
		expect(partsOf(api.requests[0]!).at(-1)?.data).toEqual(input(name));
	});

	const text = (content: string) => Buffer.from(content);
	const xml = '<?xml version="1.0"?>\n<Error><Code>AccessDenied</Code></Error>';
	it.each<[string, () => Buffer, string]>([
		['nothing', () => Buffer.alloc(0), 'the file is empty. Use '],
		['blanks', () => text(' \n'), "the file isn't an image but blank text. "],
		[
			'a page',
			() => text('\uFEFF\n<!-- x --><HTML><Title lang="de">\n Anmelden &ndash; Ablage\n</title>'),
			'but a web page: "Anmelden &ndash; Ablage". ',
		],
		['a page without a title', () => text('<html><body>x'), 'but a web page. '],
		['XML', () => text(xml), `but XML: ${JSON.stringify(xml.replace('\n', ' '))}. `],
		[
			'JSON',
			() => input('error.json.png'),
			'but JSON: "{\\"error\\":{\\"code\\":403,\\"message\\":\\"The user has not granted the app access\\"}}". ',
		],
		[
			'a URL',
			() => text('https://user:secret-of-the-link@files.example/a.png?X-Amz-Signature=secret\n'),
			'but text with a URL: "https://files.example/a.png". Use PNG, JPEG or WEBP. Set \'Source\' to URL',
		],
		[
			'a URL in JSON',
			() => text('[{"url":"https://files.example/a.png?sig=secret-of-the-link"}]'),
			'but JSON: "[{\\"url\\":\\"https://files.example/a.png\\"}]". ',
		],
		[
			'base64',
			() => text(files.png.toString('base64')),
			"but an image as Base64 text. Use PNG, JPEG or WEBP. Set 'Source' to Base64",
		],
		[
			'a data URL',
			() => text(`data:image/png;base64,${files.png.toString('base64')}`),
			'but an image as Base64 text. ',
		],
		[
			'text',
			() => text(`Not found ${'x'.repeat(200)}`),
			`but text: "Not found ${'x'.repeat(70)}…". `,
		],
		['a PDF', () => text('%PDF-1.7\n%âãÏÓ'), 'but a PDF. Use '],
		[
			'a ZIP',
			() => Buffer.from('PK\x03\x04\x14\0', 'latin1'),
			'but a ZIP archive or an Office document. ',
		],
		[
			'a video',
			() => Buffer.from('\0\0\0\x18ftypmp42\0\0\0\0', 'latin1'),
			'but a video or audio file (MP4). ',
		],
		[
			'other bytes',
			() => Buffer.from([1, 2, 3, 0xff, 0, 9]),
			"the file isn't an image. Use PNG, JPEG or WEBP",
		],
		[
			'a PNG without its end',
			() => input('truncated.png'),
			'the file is cut off: the end of the PNG is missing. Provide the complete file',
		],
		[
			'a PNG without its last byte',
			() => files.png.subarray(0, -1),
			'the file is cut off: the end of the PNG is missing. ',
		],
		[
			'the signature of a PNG',
			() => files.png.subarray(0, 8),
			'the file is cut off: the end of the PNG is missing. ',
		],
		[
			'a JPEG without its end',
			() => files.jpeg.subarray(0, -2),
			'the file is cut off: the end of the JPEG is missing. ',
		],
		[
			'half a JPEG',
			() => files.jpeg.subarray(0, files.jpeg.length / 2),
			'the file is cut off: the end of the JPEG is missing. ',
		],
		[
			'half a WebP',
			() => files.webp.subarray(0, files.webp.length / 2),
			'the file is cut off: the end of the WEBP is missing. ',
		],
	])('%s in the place of an image is named in the error', async (_, bytes, words) => {
		const message = await refused({ data: { bytes: bytes() } }, 'data');
		expect(message).toContain(words);
		expect(message).toMatch(/^Input image 1 \(binary field "data"\): /);
		const mask = { image: { binaryField: 'mask' } };
		const masked = { data: { bytes: files.png }, mask: { bytes: bytes() } };
		const words2 = words.replace('PNG, JPEG or WEBP', 'a PNG with an alpha channel');
		expect(await refused(masked, 'data', { options: { mask } })).toContain(words2);
	});

	it('the files of an unknown model cause a warning, and are sent unchanged', async () => {
		const more = { family: 'other', modelId: { __rl: true, mode: 'id', value: 'tomorrow-1' } };
		const items = [{ binary: { data: { bytes: input('truncated.png') } } }];
		const result = await run(items, edit('data', more));
		expect(api.requests).toHaveLength(1);
		expect(result.outputs[0]?.[0]?.json.warnings).toContain(
			'Input image 1 (binary field "data"): the file is cut off: the end of the PNG is missing',
		);
	});

	it('no secret of a file’s text is left behind', async () => {
		const url = 'https://user:secret-of-the-user@files.example/a.png?sig=secret-of-the-link';
		const bytes = text(`see ${url} and ${url}`);
		const result = await run([{ binary: { data: { bytes } } }], edit('data'));
		expect(leaksOf(result, ['secret-of-the-link', 'secret-of-the-user'])).toEqual([]);
	});
});

describe('a file on the web', () => {
	const web = useImagesApi();
	const { run } = useRawItems();

	it.each([
		[
			'a web page',
			'web-page.png',
			'image/png',
			/isn't an image but a web page: "photo\.png - Google Drive"\. .* Use a link that leads to the image itself$/,
		],
		[
			'an error',
			'error.json.png',
			'image/png',
			/isn't an image but JSON: "\{\\"error\\":\{\\"code\\":403,/,
		],
		[
			'a part of an image',
			'truncated.png',
			'image/png',
			/is cut off: the end of the PNG is missing/,
		],
	])('that is %s is named in the error', async (_, name, type, words) => {
		web.reply(raw(input(name), 200, { 'content-type': type }));
		const inputImages = {
			image: [{ source: 'url', url: `${web.url}/photo.png?sig=secret-of-the-link` }],
		};
		const result = await run([{}], edit('data', { inputImages }));
		expect(api.requests).toEqual([]);
		expect(result.error?.message).toMatch(/^Input image 1: the file /);
		expect(result.error?.message).toMatch(words);
		expect(result.error?.message).not.toContain('secret-of-the-link');
	});

	it('is sent regardless of its type', async () => {
		web.reply(raw(input('cmyk.jpg'), 200, { 'content-type': 'text/html' }));
		const inputImages = { image: [{ source: 'url', url: `${web.url}/photo` }] };
		const result = await run([{}], edit('data', { inputImages }));
		expect(result.error).toBeUndefined();
		expect(partsOf(api.requests[0]!).at(-1)?.data).toEqual(input('cmyk.jpg'));
	});
});
