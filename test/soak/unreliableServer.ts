import { randomBytes } from 'node:crypto';
import sharp from 'sharp';
import type { Reply } from '../e2e/helpers/api';
import { promptOf } from '../e2e/helpers/responses';
import { chooseFault, FAULTS, NEVER_END } from './faults';
import { random, seedFor } from './random';

/** What the server knows of one item. */
export interface ItemHistory {
	/** What happened to its requests, in order. */
	faults: string[];
	/** The image of its last request. */
	image: Buffer;
}

/**
 * A server whose behaviour follows from a seed, from the prompt, and from how often the prompt was
 * requested.
 */
export function unreliableServer(seed: number) {
	const histories = new Map<string, ItemHistory>();
	const late = new Set<string>();
	const faultOf = (prompt: string, count: number) =>
		chooseFault(random(seedFor(seed, `${prompt}/${count}`))());
	const reply: Reply = async (call, response) => {
		if (call.method === 'GET') {
			const image = histories.get(
				new URL(call.path, 'http://x').searchParams.get('prompt') ?? '',
			)?.image;
			if (call.path.startsWith('/late.png') && !late.has(call.path)) {
				late.add(call.path);
				return response.writeHead(404).end();
			}
			// What is gone for good is not asked for again.
			return response.writeHead(image ? 200 : 410, { 'content-type': 'image/png' }).end(image);
		}
		const prompt = await promptOf(call);
		const history = histories.get(prompt) ?? { faults: [], image: Buffer.alloc(0) };
		histories.set(prompt, history);
		const fault = faultOf(prompt, history.faults.length);
		history.faults.push(fault);
		history.image = await noise();
		await FAULTS[fault]?.respond({ image: history.image, prompt })(call, response);
	};
	/** Seconds: short for requests that never end, long for all others. */
	function timeoutOf(prompt: string): number {
		let count = 0;
		while (FAULTS[faultOf(prompt, count)]?.outcome === 'retried') count++;
		return NEVER_END.includes(faultOf(prompt, count)) ? 4 : 600;
	}
	return { histories, reply, timeoutOf };
}

/** A picture of which there is no other; 12 kB. */
async function noise(): Promise<Buffer> {
	const raw = { width: 64, height: 64, channels: 3 as const };
	return await sharp(randomBytes(raw.width * raw.height * raw.channels), { raw })
		.png()
		.toBuffer();
}
