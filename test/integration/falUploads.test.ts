import { createFalClient } from '@fal-ai/client';
import { createHash, randomBytes } from 'node:crypto';
import sharp from 'sharp';

import { useEngine } from '../helpers/engine';
import { json, useImagesApi, type Reply } from '../helpers/imagesApi';
import type { RecordedRequest } from '../helpers/recordingServer';
import { useService } from '../image-service/helpers';

const KEY = 'key-0123456789abcdefghij';
const INITIATE = '/storage/upload/initiate?storage_type=fal-cdn-v3';
const FLUX = { family: 'flux', model: 'flux-2-dev', operation: 'edit', prompt: 'A hat' };

/** A picture of noise, which no format makes smaller. */
async function noise(width: number, height: number): Promise<Buffer> {
	const raw = { width, height, channels: 3 as const };
	return await sharp(randomBytes(width * height * 3), { raw })
		.png({ compressionLevel: 0 })
		.toBuffer();
}

const runOf = (address: string, data: Buffer, options: object = {}) => ({
	parameters: { ...FLUX, options: { timeout: 20, ...options } },
	items: [{ binary: { data: { data, mimeType: 'image/png', fileName: 'photo.png' } } }],
	credentials: { service: 'fal', apiKey: KEY, falBaseUrl: address },
});

describe.each(['filesystem', 'default'] as const)('with binary data in %s mode', (binaryMode) => {
	const service = useService({ apiKey: KEY });
	const engine = useEngine({ binaryMode });

	it('a file of 5 MB reaches the storage of fal byte for byte, and the model by its address', async () => {
		const data = await noise(1400, 1200);
		const { error, outputs } = await engine.runWorkflow(runOf(`${service.url}/fal`, data));
		expect(error).toBeUndefined();
		expect(outputs[0]).toHaveLength(1);
		const [sent] = (await service.requests()).flatMap(
			({ fields }) => (fields as { image_urls?: string[] }).image_urls ?? [],
		);
		expect(sent).toMatch(/\/fal\/storage\/files\/[\w-]+\/photo\.png$/);
		const stored = await service.http.get(sent!, { responseType: 'arraybuffer' });
		const digest = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
		expect(digest(Buffer.from(stored.data as Buffer))).toBe(digest(data));
	});
});

describe('an upload to fal', () => {
	const front = useImagesApi();
	/** Where the bytes go. In reality, this is another host, too. */
	const store = useImagesApi();
	const engine = useEngine();
	let data: Buffer;
	beforeAll(async () => void (data = await noise(400, 300)));

	const stored = () => `${store.url}/uploads/u1?signature=s3cr3t-signature`;
	const announced = (more: object = {}): Reply =>
		json({ upload_url: stored(), file_url: 'https://v3.fal.media/files/u1/photo.png', ...more });
	/** The address is announced, and the model refuses everything. */
	const serve =
		(initiation: Reply): Reply =>
		async (request, response) =>
			await (request.path.startsWith('/storage') ? initiation : json({ detail: 'No' }, 422))(
				request,
				response,
			);
	const edit = async (options: object = {}) =>
		await engine.runWorkflow(runOf(front.url, data, options));
	const pathsOf = (requests: readonly RecordedRequest[]) => requests.map(({ path }) => path);

	it("equals that of fal's own client", async () => {
		front.reply(serve(announced()));
		store.reply(json({}));
		await edit();
		const byNode = [front.requests[0]!, store.requests[0]!];
		const client = createFalClient({
			credentials: KEY,
			requestMiddleware: async (request) => ({
				...request,
				url: request.url.replace('https://rest.fal.ai', front.url),
			}),
		});
		const file = new File([new Uint8Array(data)], 'photo.png', { type: 'image/png' });
		await client.storage.upload(file, { lifecycle: { expiresIn: '1d' } });
		const byClient = [front.requests.at(-1)!, store.requests.at(-1)!];
		expect(byClient[0]).not.toBe(byNode[0]);
		const facts = ({ method, path, headers, body }: RecordedRequest) => ({
			method,
			path,
			body,
			headers: ['authorization', 'content-type', 'content-length', 'x-fal-object-lifecycle'].map(
				(name) => headers[name],
			),
		});
		expect(byNode.map(facts)).toEqual(byClient.map(facts));
		expect(byNode.map(({ method, path }) => [method, path])).toEqual([
			['POST', INITIATE],
			['PUT', '/uploads/u1?signature=s3cr3t-signature'],
		]);
		expect(byNode[1]!.body).toEqual(data);
	});

	it('brings no key to the address for the bytes', async () => {
		front.reply(serve(announced()));
		store.reply(json({}));
		await edit();
		expect(pathsOf(store.requests)).toHaveLength(1);
		expect(JSON.stringify(store.requests.map(({ headers }) => headers))).not.toContain(KEY);
	});

	it('is left out for a small file', async () => {
		data = await noise(64, 64);
		front.reply(serve(announced()));
		await edit();
		expect(pathsOf(front.requests)).toEqual(['/fal-ai/flux-2/edit']);
		const { image_urls: links } = JSON.parse(String(front.requests[0]!.body));
		expect(links).toEqual([`data:image/png;base64,${data.toString('base64')}`]);
		data = await noise(400, 300);
	});

	it.each([
		['refused', () => json({ detail: 'Too large.' }, 413), /to fal: Too large\.$/],
		['without an address', () => json({}), /the response has no address of the file$/],
		['to a local file', () => announced({ upload_url: 'file:///tmp/x' }), /has no address/],
		['with a file that is not on the web', () => announced({ file_url: 'x' }), /has no address/],
	])('that is %s is explained, and nothing is requested', async (_, initiation, message) => {
		front.reply(serve(initiation()));
		const { error } = await edit();
		expect(error?.message).toMatch(message);
		expect(error?.message).toMatch(/^Input image 1 .* couldn't be uploaded to fal: /);
		expect(pathsOf(front.requests)).toEqual([INITIATE]);
		expect(store.requests).toEqual([]);
	});

	it('whose bytes are refused is explained, without the signature', async () => {
		front.reply(serve(announced()));
		store.reply(json({ detail: 'The signature has expired.' }, 403));
		const { error } = await edit();
		expect(error?.message).toMatch(/couldn't be uploaded to fal: .*The signature has expired/);
		expect(JSON.stringify(error)).not.toContain('s3cr3t-signature');
		expect(pathsOf(front.requests)).toEqual([INITIATE]);
	});

	it('is tried again after a failure, as it costs nothing', async () => {
		let tries = 0;
		front.reply(serve(announced()));
		store.reply((request, response) => {
			if (++tries === 1) return void response.destroy();
			return json(tries === 2 ? { detail: 'Busy' } : {}, tries === 2 ? 503 : 200)(
				request,
				response,
			);
		});
		const { error } = await edit();
		expect(error?.message).toBe('No');
		expect(pathsOf(store.requests)).toHaveLength(3);
		expect(pathsOf(front.requests).filter((path) => path !== INITIATE)).toHaveLength(1);
	});

	it('that fails bills nothing, and says so', async () => {
		front.reply(serve(announced()));
		store.reply((_, response) => void response.destroy());
		const { error } = await edit({ maxRetryWait: 0 });
		expect(error?.message).toMatch(/couldn't be uploaded to fal/);
		expect(error?.description).toMatch(/nothing was billed/i);
		expect(error?.description).not.toMatch(/might have been/);
	});

	it('is told by a preview', async () => {
		const { outputs } = await edit({ previewRequest: true });
		expect(JSON.stringify(outputs[0]?.[0]?.json)).toContain('"sentAs":"url"');
		expect(front.requests).toEqual([]);
	});
});
