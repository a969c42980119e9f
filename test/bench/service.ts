import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { root } from '../../demo/host/paths.ts';
import { freePorts } from '../../demo/host/ports.ts';
import { startProcessGroup } from '../../demo/host/processGroup.ts';
import { findChild } from './processUsage.ts';
import type { Row } from './rows.ts';

/** What the images of the service are: demo/image-service/README.md, byte mode. */
interface ByteSettings {
	bytes: number;
	latencyMs: number;
	asUrl: boolean;
}

export interface BenchService {
	/** For example `http://127.0.0.1:8788`; the API's base URL is this plus `/v1`. */
	url: string;
	pid: number;
	/** Switches the byte mode and forgets what was recorded. */
	serve(settings: ByteSettings): Promise<void>;
	/** An image of so many bytes, as the service makes it; ends with a number that varies. */
	imageOf(bytes: number): Promise<Buffer>;
	stop(): Promise<void>;
}

/** The images of the warm-up run, which loads all code. */
export const WARM_UP = { bytes: 20_000, latencyMs: 0 } as const;

/** Milliseconds for a process to come to rest before it is measured. */
export const REST = 1000;

/** What the service has to do in the measured run of a row. */
export function byteSettingsOf({ bytes, latencyMs, asUrl = false }: Row): ByteSettings {
	return { bytes, latencyMs, asUrl };
}

/** Starts the image service in a process of its own, so that its work is not measured. */
export async function startService(): Promise<BenchService> {
	const program = path.join(import.meta.dirname, 'imageService.ts');
	const [port] = await freePorts(1);
	const url = `http://127.0.0.1:${port}`;
	const group = startProcessGroup(process.execPath, [program], {
		cwd: root,
		env: { ...process.env, IMAGE_SERVICE_PORT: `${port}` },
	});
	await untilReady(`${url}/v1/models`, group.output);
	const serve = async (settings: ByteSettings) => {
		await control(url, 'DELETE', 'requests');
		await control(url, 'POST', 'bytes', { width: 64, height: 64, ...settings });
	};
	return {
		url,
		pid: await findChild('IMAGE_SERVICE_PORT', `${port}`),
		serve,
		async imageOf(bytes) {
			await serve({ bytes, latencyMs: 0, asUrl: false });
			const response = await fetch(`${url}/v1/images/generations`, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify({ model: 'gpt-image-1', prompt: 'A cat' }),
			});
			const { data } = (await response.json()) as { data: Array<{ b64_json: string }> };
			return Buffer.from(data[0]?.b64_json ?? '', 'base64');
		},
		stop: () => group.stop(),
	};
}

async function control(url: string, method: string, topic: string, settings?: object) {
	const response = await fetch(`${url}/control/${topic}`, {
		method,
		...(settings ? { body: JSON.stringify(settings) } : {}),
	});
	if (!response.ok) throw new Error(`${method} ${topic}: ${await response.text()}`);
}

async function untilReady(url: string, output: () => string): Promise<void> {
	for (let tries = 0; tries < 100; tries++) {
		const response = await fetch(url).catch(() => undefined);
		await response?.body?.cancel();
		if (response?.ok) return;
		await sleep(100);
	}
	throw new Error(`The image service did not start:\n${output()}`);
}
