import type { INodeParameters } from 'n8n-workflow';
import { createHash, randomBytes } from 'node:crypto';
import sharp from 'sharp';

import { useEngine } from '../helpers/engine';
import { json, useImagesApi } from '../helpers/imagesApi';
import { credentials, FLUX, KEY, replicateAt } from '../helpers/replicate';
import { useService } from '../image-service/helpers';

const service = useService({ apiKey: KEY });
const front = useImagesApi();
const { runOf, inputs } = replicateAt(service);

describe.each(['filesystem', 'default'] as const)('with binary data in %s mode', (binaryMode) => {
	const engine = useEngine({ binaryMode });

	it('a file of 5 MB is uploaded once, whatever the attempts, and byte for byte', async () => {
		const noise = { width: 1400, height: 1200, channels: 3 as const };
		const raw = randomBytes(noise.width * noise.height * 3);
		const data = await sharp(raw, { raw: noise }).png({ compressionLevel: 0 }).toBuffer();
		expect(data.length).toBeGreaterThan(5_000_000);
		await service.control('faults', { operation: 'edit', status: 429, retryAfter: 0, times: 1 });
		const { error, outputs } = await engine.runWorkflow(
			runOf('A hat', {
				parameters: { ...FLUX, operation: 'edit', prompt: 'A hat' },
				items: [{ binary: { data: { data, mimeType: 'image/png', fileName: 'big.png' } } }],
			}),
		);
		expect(error).toBeUndefined();
		expect(outputs[0]?.[0]?.json.attempts).toBe(2);
		const { results } = (await service.http.get('/replicate/v1/files', authorized)).data;
		const sha256 = createHash('sha256').update(data).digest('hex');
		const uploaded = results.filter((each: Uploaded) => each.checksums.sha256 === sha256);
		expect(uploaded).toMatchObject([{ name: 'big.png', content_type: 'image/png' }]);
		expect(await inputs()).toEqual(
			Array(2).fill(expect.objectContaining({ input_images: [uploaded[0].urls.get] })),
		);
	});
});

interface Uploaded {
	readonly checksums: { readonly sha256: string };
}

const authorized = { headers: { authorization: `Bearer ${KEY}` } };

describe('an upload', () => {
	const engine = useEngine();
	const large = async () => {
		const raw = { width: 400, height: 300, channels: 3 as const };
		return await sharp(randomBytes(400 * 300 * 3), { raw })
			.png()
			.toBuffer();
	};
	const editAt = async (address: string, data: Buffer, options: INodeParameters = {}) =>
		await engine.runWorkflow({
			parameters: { ...FLUX, operation: 'edit', prompt: 'A hat', options },
			items: [{ binary: { data: { data, mimeType: 'image/png', fileName: 'photo.png' } } }],
			credentials: credentials(address),
		});

	it('is left out for a small file, which is part of the request', async () => {
		const create = { width: 64, height: 64, channels: 3 as const, background: '#08f' };
		const small = await sharp({ create }).png().toBuffer();
		const { error } = await editAt(`${service.url}/replicate`, small);
		expect(error).toBeUndefined();
		const url = `data:image/png;base64,${small.toString('base64')}`;
		expect(await inputs()).toEqual([expect.objectContaining({ input_images: [url] })]);
	});

	it('is tried again after a failure, as it costs nothing', async () => {
		let uploads = 0;
		front.reply((request, response) => {
			if (request.path !== '/v1/files') return json({ detail: 'No' }, 422)(request, response);
			if (++uploads === 1) return void response.destroy();
			if (uploads === 2) return json({ detail: 'Busy' }, 502)(request, response);
			return json({ urls: { get: `${front.url}/v1/files/f1` } }, 201)(request, response);
		});
		const { error } = await editAt(front.url, await large());
		expect(uploads).toBe(3);
		expect(error?.message).toBe('No');
		const { body } = front.requests.at(-1) as { body: Buffer };
		expect(JSON.parse(body.toString()).input.input_images).toEqual([`${front.url}/v1/files/f1`]);
	});

	it('that is refused is explained, and nothing is requested', async () => {
		front.reply(json({ detail: 'The file is too large.' }, 413));
		const { error } = await editAt(front.url, await large());
		expect(error?.message).toBe(
			`Input image 1 (binary field "data") couldn't be uploaded to Replicate: The file is too large.`,
		);
		expect(front.requests.map(({ path }) => path)).toEqual(['/v1/files']);
	});

	it.each([
		['a status', json({ detail: 'Down' }, 500)],
		['a broken connection', (_: unknown, response: { destroy(): void }) => response.destroy()],
	])('that fails with %s bills nothing, and says so', async (_, reply) => {
		front.reply(reply as Parameters<typeof front.reply>[0]);
		const { error } = await editAt(front.url, await large(), { maxRetryWait: 0 });
		expect(error?.message).toMatch(/couldn't be uploaded to Replicate/);
		expect(error?.description).toMatch(/nothing was billed/i);
		expect(error?.description).not.toMatch(/might have been/);
	});

	it('without an address is explained', async () => {
		front.reply(json({ id: 'f1' }, 201));
		const { error } = await editAt(front.url, await large());
		expect(error?.message).toMatch(/the response has no address of the file/);
	});

	it('ends with the stop button', async () => {
		const stop = new AbortController();
		front.reply(() => stop.abort());
		const data = await large();
		const { status } = await engine.runWorkflow({
			parameters: { ...FLUX, operation: 'edit', prompt: 'A hat' },
			items: [{ binary: { data: { data, mimeType: 'image/png', fileName: 'photo.png' } } }],
			credentials: credentials(front.url),
			stop: stop.signal,
		});
		expect(status).toBe('canceled');
		await front.requests[0]?.closed;
		expect(front.requests.map(({ path }) => path)).toEqual(['/v1/files']);
	});
});
