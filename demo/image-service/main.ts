import { parseArgs } from 'node:util';
import { startImageService } from './server.ts';

const usage = 'Usage: npm run image-service -- [--port 8788] [--host 127.0.0.1] [--api-key KEY]';

/** `npm run demo` reads the same variable. */
const usualPort = process.env.IMAGE_SERVICE_PORT ?? '8788';

/** Runs the service until it gets a signal to stop. */
async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			port: { type: 'string', default: usualPort },
			host: { type: 'string', default: '127.0.0.1' },
			'api-key': { type: 'string' },
		},
	});
	const port = Number(values.port);
	if (!Number.isInteger(port) || port < 0 || port > 65_535) {
		throw new Error(`--port must be a number from 0 to 65535, not "${values.port}".`);
	}
	const apiKey = values['api-key'];
	const service = await startImageService({
		port,
		host: values.host,
		...(apiKey ? { apiKey } : {}),
	});
	console.log(welcome(service.url, apiKey !== undefined));
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.once(signal, () => void service.close());
	}
}

function welcome(url: string, needsKey: boolean): string {
	const key = needsKey ? ` \\\n    -H 'Authorization: Bearer YOUR_KEY'` : '';
	return `Image service at ${url}/v1 (renders placeholder images on this machine; no AI model).
Try it:
  curl ${url}/v1/images/generations${key} \\
    -H 'Content-Type: application/json' \\
    -d '{"model":"gpt-image-2.5-flare","prompt":"A fox in the snow"}' \\
    | node -pe 'JSON.parse(require("fs").readFileSync(0)).data[0].b64_json' | base64 -d > fox.png
Press Ctrl+C to stop.`;
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	if (error instanceof TypeError) console.error(usage);
	process.exitCode = 1;
});
