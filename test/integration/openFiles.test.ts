import { readdirSync, readlinkSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

import { useEngine } from '../helpers/engine';
import { useLocalServer } from '../helpers/localServer';
import { picture } from '../helpers/pictures';

const engine = useEngine();
let handle: RequestListener;
const server = useLocalServer(createServer((...given) => handle(...given)));

/** Paths of the files of n8n's binary data store that this process has open. */
function openFiles(): string[] {
	return readdirSync('/proc/self/fd').flatMap((descriptor) => {
		try {
			const path = readlinkSync(`/proc/self/fd/${descriptor}`);
			return path.startsWith(engine.storagePath) ? [path] : [];
		} catch {
			// The descriptor of the folder itself.
			return [];
		}
	});
}

(process.platform === 'linux' ? describe.each : describe.skip.each)([false, true])(
	'an upload that does not end; as JSON: %j',
	(imagesAsJson) => {
		it.each([
			['an early 413', 'close', {}],
			['an early 413 on a connection that stays open', 'keep-alive', {}],
			['a lost connection', 'destroy', {}],
			['a timeout', 'silence', { timeout: 0.3 }],
		])('leaves no input file open: %s', async (_, ending, options) => {
			handle = (request, response) => {
				request.pause();
				if (ending === 'silence') return;
				if (ending === 'destroy')
					return void request.once('data', () => request.destroy()).resume();
				response
					.writeHead(413, { 'content-type': 'application/json', connection: ending })
					.end('{"error":{"message":"Too large"}}');
			};
			const png = await picture({ width: 64, height: 64 });
			const data = Buffer.concat([png, Buffer.alloc(14_000_000)]);
			const result = await engine.runWorkflow({
				parameters: {
					operation: 'edit',
					model: 'gpt-image-2.5-flare',
					prompt: 'Add a hat',
					inputImages: { image: [{ binaryField: 'data' }, { binaryField: 'data' }] },
					options: { imagesAsJson, maxRetryWait: 0, checkParameters: false, ...options },
				},
				items: [{ binary: { data: { data, mimeType: 'image/png', fileName: 'a.png' } } }],
				credentials: { apiKey: 'sk-0123456789', baseUrl: server.url },
				onError: 'continueRegularOutput',
			});
			expect(result.outputs[0]![0]!.json.error).toBeDefined();
			for (let tries = 0; tries < 100 && openFiles().length > 0; tries++) await sleep(20);
			expect(openFiles()).toEqual([]);
		});
	},
);
