import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rgba } from './helpers';

const main = join(__dirname, '..', '..', 'demo', 'image-service', 'main.ts');

function run(args: string[], env: NodeJS.ProcessEnv = process.env): ChildProcessWithoutNullStreams {
	return spawn(process.execPath, [main, ...args], { env });
}

/** Waits for the address that the command prints. */
async function addressOf(child: ChildProcessWithoutNullStreams): Promise<string> {
	let output = '';
	for await (const chunk of child.stdout) {
		output += String(chunk);
		const address = /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0];
		if (address && output.includes('curl')) return address;
	}
	throw new Error(`No address in: ${output}`);
}

async function outcome(child: ChildProcessWithoutNullStreams) {
	let error = '';
	child.stderr.on('data', (chunk) => (error += String(chunk)));
	const [code, signal] = await once(child, 'close');
	return { code, signal, error };
}

it.each(['SIGINT', 'SIGTERM'] as const)('serves until %s and ends cleanly', async (signal) => {
	const child = run(['--port', '0', '--api-key', 'sk-x']);
	const ended = outcome(child);
	const address = await addressOf(child);
	expect((await fetch(`${address}/v1/models`)).status).toBe(401);
	const headers = { authorization: 'Bearer sk-x' };
	expect((await fetch(`${address}/v1/models`, { headers })).status).toBe(200);
	child.kill(signal);
	expect(await ended).toEqual({ code: 0, signal: null, error: '' });
});

it('reports that its port is in use', async () => {
	const blocker = createServer();
	await new Promise<void>((resolve) => blocker.listen(0, '127.0.0.1', resolve));
	const { port } = blocker.address() as AddressInfo;
	const { code, error } = await outcome(run(['--port', String(port)]));
	blocker.close();
	expect(code).toBe(1);
	expect(error).toBe(
		`The image service cannot start: port ${port} on 127.0.0.1 is already in use.\n`,
	);
});

it.each([
	[['--port', 'x'], '--port must be a number'],
	[['--colour', 'red'], 'Usage: npm run image-service'],
])('refuses %j', async (args, message) => {
	const { code, error } = await outcome(run(args));
	expect(code).toBe(1);
	expect(error).toContain(message);
});

it('draws the same words on a machine without any font', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'no-fonts-'));
	const config = join(folder, 'fonts.conf');
	writeFileSync(config, '<?xml version="1.0"?><fontconfig></fontconfig>');
	const without = { ...process.env, FONTCONFIG_FILE: config };
	const words = 'Grüße, Привет, γειά, مرحبا';
	const [here, there, other] = [
		await drawing(words, process.env),
		await drawing(words, without),
		await drawing('Hello, hello, hello, hi', without),
	];
	rmSync(folder, { recursive: true });
	// Settings of the machine may still shift an edge by a fraction of a pixel.
	expect(difference(here, there)).toBeLessThan(0.005);
	expect(difference(there, other)).toBeGreaterThan(0.02);
});

/** The pixels of a picture that a process of its own draws. */
async function drawing(prompt: string, env: NodeJS.ProcessEnv): Promise<Buffer> {
	const child = run(['--port', '0'], env);
	const ended = outcome(child);
	const response = await fetch(`${await addressOf(child)}/v1/images/generations`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ model: 'gpt-image-2', prompt }),
	});
	const { data } = (await response.json()) as { data: Array<{ b64_json: string }> };
	child.kill();
	await ended;
	return (await rgba(Buffer.from(data[0]!.b64_json, 'base64'))).data;
}

/** The share of pixels in the words' upper half that differ clearly in brightness. */
function difference(one: Buffer, two: Buffer): number {
	let count = 0;
	for (let at = 0; at < one.length / 2; at += 4) {
		const bright = (pixels: Buffer) => pixels[at]! + pixels[at + 1]! + pixels[at + 2]! > 690;
		if (bright(one) !== bright(two)) count++;
	}
	return count / (one.length / 8);
}
