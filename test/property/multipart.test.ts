import fc from 'fast-check';
import { encode } from '../../nodes/AiImages/request/encode';
import { fromBinary, type InputFile } from '../../nodes/AiImages/request/files/inputFile';
import { validate } from '../../nodes/AiImages/request/validate';
import { useEngine } from '../helpers/engine';
import { useImagesApi } from '../helpers/imagesApi';
import { filesOf, partsOf, textsOf, type Part } from '../helpers/multipart';
import type { RecordedRequest } from '../helpers/recordingServer';
import { executionOf, rawRequest, settingsOf } from '../unit/requests';
import { damaged, realFiles } from './bytes';
import { asOfficialForm, byName, type TextPart } from './officialForm';
import { everyCaseLater } from './cases';
import { jsonValues, names, wellFormed } from './texts';

/** Requests that go through n8n and a socket, which takes milliseconds each. */
const SENT = 60;

const engine = useEngine();
const api = useImagesApi();
const context = executionOf({});

let real: Buffer[];

beforeAll(async () => {
	real = (await realFiles()).map(({ bytes }) => bytes);
});

interface Upload {
	readonly content: Buffer;
	readonly fileName: string;
}

const PIECES = ['\r\n', '--', '\r\n--', 'Content-Disposition: form-data; name="n"', '\0', 'x'];
const contents = () =>
	fc.oneof(
		fc.uint8Array({ maxLength: 200, size: 'max' }).map((bytes) => Buffer.from(bytes)),
		fc
			.array(fc.constantFrom(...PIECES), { maxLength: 10, size: 'max' })
			.map((pieces) => Buffer.from(pieces.join(''))),
		damaged(real),
	);
const uploads = () => fc.record({ content: contents(), fileName: names });
const prompts = names.filter((text) => text.trim() !== '');
const fieldNames = fc.oneof(
	fc.constantFrom('lora', 'a"b', 'x\r\nX-Evil: 1', 'y[]', '__proto__', '名前', '"; filename="x'),
	names.filter((name) => !/%|^\\$/.test(name)),
);
const extraFields = fc.dictionary(fieldNames, jsonValues, { maxKeys: 3 });

const fileOf = async ({ content, fileName }: Upload): Promise<InputFile> =>
	await fromBinary(
		context,
		{ data: content.toString('base64'), mimeType: 'image/png', fileName },
		'File',
	);

/** https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart-form-data */
const onTheWire = (text: string) => wellFormed(text).replace(/\r\n?|\n/g, '\r\n');
/** The helper leaves line breaks in names as they are, but escapes them all the same. */
const escaped = (name: string) =>
	wellFormed(name).replace(/[\r\n"]/g, (character) => encodeURIComponent(character));
const asName = (name: string) => escaped(onTheWire(name));
const asText = (text: string) => onTheWire(text);

/** The parts of a form, as a browser or Node.js would write them. */
async function serialized(form: FormData): Promise<Part[]> {
	const response = new Response(form);
	const headers = { 'content-type': response.headers.get('content-type') ?? '' };
	const body = Buffer.from(await response.arrayBuffer());
	return partsOf({ headers, body } as unknown as RecordedRequest);
}

/** The files by the name of their part, with the bytes that arrived. */
const bytesOf = (parts: Part[]) =>
	parts.flatMap(({ name, fileName, data }) =>
		fileName === null ? [] : [`${name}:${data.toString('hex')}`],
	);

describe('a form', () => {
	it('contains each text and each file byte by byte', async () => {
		const edits = fc.record({
			prompt: prompts,
			user: names,
			images: fc.oneof(
				{ weight: 4, arbitrary: uploads().map((upload) => [upload]) },
				fc.array(uploads(), { minLength: 2, maxLength: 3 }),
			),
			mask: fc.option(uploads(), { freq: 1 }),
			extra: fc.tuple(extraFields, fc.constantFrom({}, {}, { lora: undefined })),
		});
		await everyCaseLater(
			fc.asyncProperty(edits, async ({ prompt, user, images, mask, extra: [json, other] }) => {
				const extra = { ...json, ...other };
				const raw = rawRequest({
					model: 'tomorrow-1',
					operation: 'edit',
					values: { prompt, user, n: 0, stream: false },
					images: await Promise.all(images.map(fileOf)),
					mask: mask && (await fileOf(mask)),
					settings: settingsOf({ extraFields: extra }),
				});
				const { body } = await encode(validate(raw));
				const parts = await serialized(body as FormData);
				const own: TextPart[] = [
					['model', 'tomorrow-1'],
					['prompt', asText(prompt)],
					['n', '0'],
					['stream', 'false'],
					['user', asText(user)],
				];
				const texts = textsOf(parts);
				expect(texts.slice(0, own.length)).toEqual(own);
				expect(byName(texts.slice(own.length))).toEqual(
					byName((await asOfficialForm(extra)).map(([name, text]) => [asName(name), asText(text)])),
				);
				const part = images.length === 1 ? 'image' : 'image[]';
				expect(bytesOf(parts)).toEqual([
					...images.map(({ content }) => `${part}:${content.toString('hex')}`),
					...(mask ? [`mask:${mask.content.toString('hex')}`] : []),
				]);
				for (const [, name, type] of filesOf(parts)) {
					expect(name).toMatch(/^[\w.-]+$/);
					expect(type).toMatch(
						/^(image\/(png|jpeg|webp|gif|avif|tiff|heic|jxl|bmp|svg\+xml)|application\/octet-stream)$/,
					);
				}
			}),
		);
	});

	it('arrives the same through n8n’s own helper', async () => {
		const edits = fc.record({ prompt: prompts, user: names, file: uploads(), extra: extraFields });
		await everyCaseLater(
			fc.asyncProperty(edits, async ({ prompt, user, file: { content, fileName }, extra }) => {
				api.requests.splice(0);
				const run = await engine.runWorkflow({
					parameters: {
						operation: 'edit',
						family: 'other',
						modelId: { __rl: true, mode: 'id', value: 'tomorrow-1' },
						prompt: '={{ $json.prompt }}',
						options: { user: '={{ $json.user }}', extraFields: '={{ $json.extra }}' },
					},
					items: [
						{
							json: { prompt, user, extra: JSON.stringify(extra) },
							binary: { data: { data: content, mimeType: 'image/png', fileName } },
						},
					],
					credentials: api.credentials,
				});
				expect(run.error).toBeUndefined();
				const parts = partsOf(api.requests[0]!);
				const own: TextPart[] = [
					['model', 'tomorrow-1'],
					['prompt', asText(prompt)],
					...(user === '' ? [] : [['user', asText(user)] as TextPart]),
				];
				const texts = textsOf(parts);
				expect(texts.slice(0, own.length)).toEqual(own);
				expect(byName(texts.slice(own.length))).toEqual(
					byName(
						(await asOfficialForm(extra)).map(([name, text]) => [escaped(name), asText(text)]),
					),
				);
				expect(bytesOf(parts)).toEqual([`image:${content.toString('hex')}`]);
			}),
			[],
			SENT,
		);
	});
});
