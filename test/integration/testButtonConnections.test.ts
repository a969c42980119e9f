import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { pressTest } from '../helpers/credentialTest';
import { useEngine } from '../helpers/engine';
import { useImagesApi, type Reply } from '../helpers/imagesApi';

useEngine();
const api = useImagesApi();

/** The sentences of a failed test. */
async function tested(credentials: ICredentialDataDecryptedObject = {}): Promise<string> {
	const { status, message } = await pressTest({ ...api.credentials, ...credentials });
	expect(status).toBe('Error');
	return message;
}

async function testedWith(reply: Reply): Promise<string> {
	api.reply(reply);
	return await tested();
}

describe('the test button reports', () => {
	it('a dead host by its name', async () => {
		expect(await tested({ baseUrl: 'http://127.0.0.1:1' })).toBe(
			"127.0.0.1:1 refused the connection. Check 'Base URL' in the credential, and that n8n can reach it",
		);
		expect(await tested({ baseUrl: 'http://no-such-host.invalid' })).toMatch(
			/^(?:Host not found: |DNS lookup failed for )no-such-host\.invalid\. Check 'Base URL' in the credential, and that n8n can reach it$/,
		);
	});

	it('a connection that breaks', async () => {
		const reset: Reply = (_, response) => void response.socket!.resetAndDestroy();
		const halfway: Reply = (request, response) => {
			response.writeHead(200, { 'content-length': '99' }).write('{"data":[');
			setImmediate(() => void reset(request, response));
		};
		for (const reply of [reset, halfway]) {
			expect(await testedWith(reply)).toMatch(
				/^127\.0\.0\.1:\d+ closed the connection before the response was complete\. Check 'Base URL'/,
			);
		}
	});

	it('a server that doesn’t use HTTP', async () => {
		const server = createServer((socket) => {
			socket.on('error', () => {});
			socket.once('data', () => socket.end('SSH-2.0-OpenSSH_9.6\r\n'));
		}).listen(0, '127.0.0.1');
		await once(server, 'listening');
		const { port } = server.address() as AddressInfo;
		const message = await tested({ baseUrl: `http://127.0.0.1:${port}` });
		expect(message).toMatch(
			/^127\.0\.0\.1:\d+ returned an invalid HTTP response \(protocol mismatch\)\. Check whether 'Base URL' in the credential must start with https:\/\/ instead of http:\/\/$/,
		);
		const secure = await tested({ baseUrl: `https://127.0.0.1:${port}` });
		expect(secure).toMatch(
			/127\.0\.0\.1:\d+ .*\. Check whether 'Base URL' .* http:\/\/ instead of https:\/\/$/,
		);
		server.close();
	});

	it('a page without an end by what it begins with', async () => {
		const message = await testedWith((_, response) => {
			response.writeHead(500, { 'content-type': 'text/html' });
			response.write(`<title>Oops</title>${' '.repeat(70_000)}`);
		});
		expect(message).toMatch(/^The API couldn't process the request \(HTTP 500\): .*Oops\. /);
	});

	it('a list that is too long to be one', async () => {
		const message = await testedWith((_, response) => {
			response.writeHead(200, { 'content-type': 'application/json' });
			const more = () => {
				while (!response.destroyed && response.write(Buffer.alloc(1_048_576, ' ')));
				if (!response.destroyed) response.once('drain', more);
			};
			more();
		});
		expect(message).toMatch(/^The list of models is larger than 16 MB\. /);
	});
});
