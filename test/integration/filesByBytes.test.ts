import { editsOf, input, refusalsOf, usePictures } from '../helpers/fileEdits';
import { useImagesApi } from '../helpers/imagesApi';
import { filesOf, partsOf } from '../helpers/multipart';
import { picture } from '../helpers/pictures';
import { useRawItems, type RawFile } from '../helpers/rawItems';

const api = useImagesApi();
const files = usePictures();
const edit = editsOf(api);

/** A mask that leaves all to edit. */
const transparent = { width: 64, height: 64, alpha: true, colour: 'transparent' };

describe.each(['filesystem', 'default'] as const)('in binary mode %s', (binaryMode) => {
	const { run } = useRawItems({ binaryMode });

	const sent = async (binary: Record<string, RawFile>, binaryField: unknown = '*', more = {}) => {
		const result = await run([{ binary }], edit(binaryField, more));
		expect(result.error).toBeUndefined();
		expect(api.requests).toHaveLength(1);
		return filesOf(partsOf(api.requests[0]!));
	};
	const refused = refusalsOf(api, run);

	describe('images', () => {
		it('are detected from their bytes, regardless of name and type', async () => {
			const binary = {
				telegram: {
					bytes: files.png,
					mimeType: 'application/octet-stream',
					fileName: 'file_12.jpg',
				},
				ftp: { bytes: files.jpeg, mimeType: 'application/octet-stream' },
				http: { bytes: files.webp, mimeType: 'text/plain', fileName: 'download' },
				wrong: { bytes: files.png, mimeType: 'image/jpeg', fileName: 'a.jpg' },
				untyped: { bytes: files.jpeg },
				empty: { bytes: files.webp, mimeType: '', fileName: '' },
				notes: { bytes: Buffer.from('%PDF-1.7'), mimeType: 'application/pdf', fileName: 'a.pdf' },
				text: { bytes: Buffer.from('hi'), mimeType: 'application/octet-stream' },
			};
			expect(await sent(binary)).toEqual([
				['image[]', 'file_12.png', 'image/png'],
				['image[]', 'image.jpg', 'image/jpeg'],
				['image[]', 'download.webp', 'image/webp'],
				['image[]', 'a.png', 'image/png'],
				['image[]', 'image.jpg', 'image/jpeg'],
				['image[]', 'image.webp', 'image/webp'],
			]);
		});

		it.each(['untyped', 'untyped, typed', '={{ $binary.untyped }}', '={{ [$binary.untyped] }}'])(
			'need no type to be chosen: %s',
			async (binaryField) => {
				const binary = {
					untyped: { bytes: files.png, fileName: 'scan.tif' },
					typed: { bytes: files.jpeg, mimeType: 'image/jpeg', fileName: 'photo.jpg' },
				};
				const [first] = await sent(binary, binaryField);
				expect(first?.slice(1)).toEqual(['scan.png', 'image/png']);
				expect(partsOf(api.requests[0]!).find(({ fileName }) => fileName)?.data).toEqual(files.png);
			},
		);

		it.each([
			[
				'heic',
				Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'),
				/HEIC isn't supported\. Use PNG, JPEG or WEBP$/,
			],
			['tiff', Buffer.from('II*\0\x08\0\0\0\0\0\0\0', 'latin1'), /TIFF isn't supported\. Use PNG/],
			[
				'svg',
				Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
				/SVG isn't supported\. Use PNG/,
			],
			['ico', Buffer.from('\0\0\x01\0\x01\0\x10\x10', 'latin1'), /the file is ICO\. Use PNG/],
		])(
			'of a format that the model does not take are named, not left out: %s',
			async (_, bytes, words) => {
				const binary = {
					a: { bytes: files.png, mimeType: 'image/png' },
					b: { bytes, mimeType: 'application/octet-stream' },
				};
				expect(await refused(binary)).toMatch(words);
				expect(await refused(binary)).toMatch(/^Input image 1 \(binary field "b"\): /);
			},
		);

		it.each([
			['by its type', { mimeType: 'image/png', fileName: 'photo' }],
			['by its name', { mimeType: 'text/html', fileName: 'photo.JPG' }],
		])('are missed where a file only claims to be one, %s', async (_, facts) => {
			const binary = {
				a: { bytes: files.png, mimeType: 'image/png' },
				b: { bytes: input('web-page.png'), ...facts },
			};
			expect(await refused(binary)).toBe(
				`Input image 1 (binary field "b"): the file isn't an image but a web page: "photo.png - Google Drive". Use PNG, JPEG or WEBP. Use a link that leads to the image itself`,
			);
		});

		it('are missed where there are none', async () => {
			const binary = { notes: { bytes: Buffer.from('hi'), mimeType: 'text/plain' } };
			expect(await refused(binary)).toMatch(
				/^Input image 1: the input item has no image files\. The item's binary fields: notes\./,
			);
		});
	});

	describe.each(['mask', 'markup'])('with * and a %s', (kind) => {
		it.each([
			['a name', 'marks'],
			['a name with blanks', ' marks '],
			['a list of one', 'marks,'],
			['a name by an expression', '={{ "marks" }}'],
			['a list of a name', '={{ ["marks"] }}'],
			['the file', '={{ $binary.marks }}'],
			['a list of the file', '={{ [$binary.marks] }}'],
			['the file of the item before', '={{ $("Manual Trigger").item.binary.marks }}'],
		])('that is %s, its file is no input image', async (_, binaryField) => {
			const marks = await picture(transparent);
			const binary = {
				data: { bytes: files.png, mimeType: 'application/octet-stream', fileName: 'a.png' },
				marks: { bytes: marks, mimeType: 'image/png', fileName: 'm.png' },
				more: { bytes: files.jpeg, mimeType: 'image/jpeg', fileName: 'b.jpg' },
			};
			const more = { options: { [kind]: { image: { binaryField } } } };
			expect(await sent(binary, '*', more)).toEqual([
				['image[]', 'a.png', 'image/png'],
				['image[]', 'b.jpg', 'image/jpeg'],
				[kind, 'm.png', 'image/png'],
			]);
			expect(partsOf(api.requests[0]!).at(-1)?.data).toEqual(marks);
		});

		it('from elsewhere, all images are input images', async () => {
			const marks = await picture(transparent);
			const binary = { mask: { bytes: files.png }, markup: { bytes: files.jpeg } };
			const image = { source: 'base64', base64: marks.toString('base64') };
			expect(await sent(binary, '*', { options: { [kind]: { image } } })).toHaveLength(3);
		});
	});

	it('a list without files is an error', async () => {
		const binary = { data: { bytes: files.png } };
		const mask = { image: { binaryField: '={{ [] }}' } };
		expect(await refused(binary, 'data', { options: { mask } })).toMatch(
			/^Mask: 'Input Binary Field' is empty/,
		);
	});
});

describe('where the workflow keeps files in the json', () => {
	const { run } = useRawItems();

	it.each(['={{ $json._files.marks }}', '={{ [$json._files.marks] }}', 'marks'])(
		'a mask that is %s is no input image',
		async (binaryField) => {
			const marks = await picture(transparent);
			const binary = {
				data: { bytes: files.png, mimeType: 'application/octet-stream', fileName: 'a.png' },
				marks: { bytes: marks, mimeType: 'image/png', fileName: 'm.png' },
			};
			const result = await run([{ binary }], {
				...edit('*', { options: { mask: { image: { binaryField } } } }),
				settings: { binaryMode: 'combined' },
			});
			expect(result.error).toBeUndefined();
			expect(filesOf(partsOf(api.requests[0]!)).map(([part, name]) => [part, name])).toEqual([
				['image', 'a.png'],
				['mask', 'm.png'],
			]);
		},
	);
});
