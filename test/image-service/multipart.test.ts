import { request as httpRequest } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseMultipart } from '../../demo/image-service/multipart.ts';
import { photo, useService } from './helpers';

const service = useService();
const type = 'multipart/form-data; boundary=AaB03x';
const body = (...lines: string[]) => Buffer.from(lines.join('\r\n'), 'latin1');

it('keeps bytes that look like line breaks and boundaries', () => {
	const tricky = '\r\n--AaB03\r\n\r\n--\u0000\u00ff--AaB03x';
	const parts = parseMultipart(
		body(
			'--AaB03x',
			'Content-Disposition: form-data; name="image"; filename="a.png"',
			'Content-Type: image/png',
			'',
			tricky,
			'--AaB03x',
			'content-disposition:form-data; name=mask; filename=""',
			'',
			'',
			'--AaB03x--',
			'',
		),
		type,
	);
	expect(parts.map(({ name, filename, contentType }) => [name, filename, contentType])).toEqual([
		['image', 'a.png', 'image/png'],
		['mask', '', undefined],
	]);
	expect(parts[0]!.data.toString('latin1')).toBe(tricky);
	expect(parts[1]!.data).toHaveLength(0);
});

it('skips a preamble and an epilogue, and accepts a quoted boundary', () => {
	const quoted = 'multipart/form-data; boundary="a b"';
	const parts = parseMultipart(
		body('Hello', '--a b', 'Content-Disposition: form-data; name="n"', '', '1', '--a b--', 'Bye'),
		quoted,
	);
	expect(parts.map(({ name, data }) => [name, data.toString()])).toEqual([['n', '1']]);
});

it('accepts a form without parts', () => {
	expect(parseMultipart(body('--AaB03x--', ''), type)).toEqual([]);
});

it.each([
	['no boundary parameter', 'multipart/form-data', '--AaB03x--', 'boundary parameter'],
	['another boundary', type, '--other--', 'does not contain'],
	['no end', type, '--AaB03x\r\nContent-Disposition: form-data; name="n"\r\n\r\n1', 'closing'],
	['no headers', type, '--AaB03x\r\n1\r\n--AaB03x--', 'no headers'],
	['no name', type, '--AaB03x\r\nX-A: 1\r\n\r\n1\r\n--AaB03x--', 'no name'],
])('refuses a body with %s', async (_, contentType, text, reason) => {
	expect(() => parseMultipart(Buffer.from(text), contentType)).toThrow(reason);
	const { status, data } = await service.http.post('/v1/images/edits', text, {
		headers: { 'content-type': contentType },
	});
	expect(status).toBe(400);
	expect(data.error.message).toContain(reason);
});

it('reads a body that arrives in tiny pieces', async () => {
	const picture = (await photo(24, 24)).toString('latin1');
	const whole = body(
		'--AaB03x',
		'Content-Disposition: form-data; name="model"',
		'',
		'gpt-image-2',
		'--AaB03x',
		'Content-Disposition: form-data; name="prompt"',
		'',
		'A fox',
		'--AaB03x',
		'Content-Disposition: form-data; name="image"; filename="a.png"',
		'Content-Type: image/png',
		'',
		picture,
		'--AaB03x--',
		'',
	);
	const status = await new Promise<number | undefined>((resolve, reject) => {
		const outgoing = httpRequest(
			`${service.url}/v1/images/edits`,
			{ method: 'POST', headers: { 'content-type': type } },
			(response) => {
				response.resume();
				resolve(response.statusCode);
			},
		);
		outgoing.once('error', reject);
		void (async () => {
			for (let at = 0; at < whole.length; at += 37) {
				outgoing.write(whole.subarray(at, at + 37));
				if (at % 20 === 0) await sleep(1);
			}
			outgoing.end();
		})();
	});
	expect(status).toBe(200);
});
