import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import axios from 'axios';

import type { RecordedRequest } from '../../demo/image-service/recorder.ts';
import type { Wish, Witness } from './witness';

/** What became of a wish: the images, by their SHA-256, and the requests that it took. */
export interface Outcome {
	readonly name: string;
	readonly images?: readonly string[];
	readonly error?: string;
	readonly requests: readonly RecordedRequest[];
}

/** Marks the prompt of each wish, so that its requests are found. */
export function markedPrompt({ prompt, name }: Wish): string {
	return `${prompt}: ${name}`;
}

/** Where the image service is, and the files to edit. */
export interface Errand {
	readonly url: string;
	readonly apiKey: string;
	readonly inputs: readonly Buffer[];
	/** A PNG with transparent pixels, as large as the inputs. */
	readonly mask?: Buffer;
}

/** Lets the client of a witness carry out its wishes at the image service. */
export async function runClient(
	{ client, profile, wishes }: Witness,
	{ url, apiKey, inputs, mask }: Errand,
): Promise<Outcome[]> {
	const program = join(__dirname, 'run.mjs');
	const baseUrl = profile ? `${url}/${profile}` : url;
	const child = spawn(process.execPath, [program, client, baseUrl]);
	const told = wishes.map((wish) => ({ ...wish, prompt: markedPrompt(wish) }));
	const files = inputs.map((input) => input.toString('base64'));
	const order = { wishes: told, inputs: files, mask: mask?.toString('base64'), apiKey };
	child.stdin.end(JSON.stringify(order));
	const [output, problems] = await Promise.all([text(child.stdout), text(child.stderr)]);
	if (child.exitCode === null) await once(child, 'exit');
	if (child.exitCode !== 0) throw new Error(`The client ${client} failed:\n${problems}`);
	const recorded = await requestsOf(url);
	return output
		.trim()
		.split('\n')
		.map((line, index) => ({
			...(JSON.parse(line) as Omit<Outcome, 'requests'>),
			requests: recorded.filter((request) => isFor(request, told[index]!.prompt)),
		}));
}

/** The image requests that reached the image service. */
export async function requestsOf(url: string): Promise<RecordedRequest[]> {
	return (await axios.get<RecordedRequest[]>(`${url}/control/requests`)).data;
}

export function isFor({ fields }: RecordedRequest, prompt: string): boolean {
	return JSON.stringify(fields).includes(JSON.stringify(prompt));
}
