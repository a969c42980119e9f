import sharp from 'sharp';

import { startImageService } from '../../demo/image-service/server.ts';
import { formOf } from './forms';
import type { Fields } from './forms';
import { maskWithHole, photo, useService } from './helpers';
import type { Upload } from './helpers';
import { ID, JSON_ANSWER, LIVE, poster, REFERENCE, rows, SPEC } from './stabilityRequests';

const service = useService();
const post = poster(service);
const size = { width: 160, height: 192 };
const hole = { left: 32, top: 48, width: 64, height: 80 };

describe('a rejected request', () => {
	const uploads: Record<string, Upload> = {};
	beforeAll(async () => {
		const image = { bytes: await photo(size.width, size.height) };
		Object.assign(uploads, {
			1: image,
			small: { bytes: await photo(63, 100) },
			large: { bytes: await photo(3073, 3072) },
			long: { bytes: await photo(161, 64) },
			damaged: { bytes: image.bytes.subarray(0, 200) },
			gif: { bytes: await sharp(image.bytes).gif().toBuffer(), type: 'image/gif' },
			transparent: { bytes: await maskWithHole(size.width, size.height, hole) },
		});
	});

	const table = rows.map(
		([what, endpoint, fields, field, source]) => [what, endpoint, field, source, fields] as const,
	);
	it.each(table)('has %s for %s: names %s (%s)', async (_, endpoint, field, _source, fields) => {
		const given = Object.entries({ prompt: 'A fox', ...fields }).map(([name, value]) => [
			name,
			['image', 'mask'].includes(name) ? (uploads[String(value)] ?? value) : value,
		]);
		const { status, data } = await post(endpoint, Object.fromEntries(given) as Fields);
		expect(data).toEqual({
			id: ID,
			name: 'bad_request',
			errors: [expect.stringMatching(new RegExp(`^${field}: `))],
		});
		expect(status).toBe(400);
	});

	it.each([['*/*'], ['image/png'], ['application/json, text/plain, */*']])(
		`accepts %s (${SPEC})`,
		async (Accept) => {
			const { status, data } = await post('generate/core', { prompt: 'A fox' }, { Accept });
			expect(status).toBe(400);
			expect(data.errors).toEqual([expect.stringMatching(/^accept: /)]);
		},
	);

	it(`is JSON (${REFERENCE})`, async () => {
		const { status, data } = await service.http.post(
			'/stability/v2beta/stable-image/generate/core',
			{ prompt: 'A fox' },
			{ headers: JSON_ANSWER },
		);
		expect(status).toBe(400);
		expect(data.errors).toEqual([expect.stringMatching(/^content-type: /)]);
	});

	it(`is larger than 10 MiB (${SPEC})`, async () => {
		const bytes = Buffer.alloc(10 * 1024 * 1024);
		const { status, data } = await post('edit/inpaint', { prompt: 'A fox', image: { bytes } });
		expect(status).toBe(413);
		expect(data).toMatchObject({ id: ID, name: 'payload_too_large' });
	});
});

it.each([
	['v1/images/generations', { id: ID, name: 'not_found', message: expect.any(String) }],
	['v2beta/stable-image/edit', { id: ID, name: 'not_found', errors: [expect.any(String)] }],
])('does not know the path %s', async (path, refusal) => {
	const { status, data } = await service.http.post(
		`/stability/${path}`,
		formOf({ prompt: 'A fox' }),
	);
	expect(status).toBe(404);
	expect(data).toEqual(refusal);
});

it.each([[{}], [{ authorization: 'Bearer wrong' }]])(
	`refuses the key of %j (${LIVE})`,
	async (headers) => {
		const locked = await startImageService({ apiKey: 'right' });
		try {
			const url = `${locked.url}/stability`;
			const first = await service.http.get(`${url}/v1/user/balance`, { headers });
			expect([first.status, first.data]).toEqual([
				401,
				{ id: ID, name: 'unauthorized', message: expect.any(String) },
			]);
			const path = `${url}/v2beta/stable-image/generate/core`;
			const { status, data } = await service.http.post(path, formOf({ prompt: 'A fox' }), {
				headers,
			});
			expect(status).toBe(401);
			expect(data).toEqual({
				id: ID,
				name: 'unauthorized',
				errors: ['authorization: invalid or missing header value'],
			});
		} finally {
			await locked.close();
		}
	},
);
