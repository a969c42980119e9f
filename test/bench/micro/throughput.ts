import { randomBytes } from 'node:crypto';
import { maskTask } from './maskTask.ts';
import type { Parts } from './parts.ts';
import type { Spread } from '../statistics.ts';
import { spreadOf } from '../statistics.ts';

/** Speed of one part. */
export interface Speed {
	id: string;
	title: string;
	/** Million bytes per second. */
	rate: Spread;
}

/** What is timed. */
export interface Task {
	id: string;
	title: string;
	/** What one turn reads. */
	bytes: number;
	/** @returns a number that is right only if all was done */
	run(): Promise<number> | number;
	expected: number;
}

const IMAGE_BYTES = 8_000_000;

/** What a socket gives at a time. */
const PIECE = 65_536;

const TURNS = 15;

/** Measures the parts in turns, so that all of them meet the same machine. */
export async function measureSpeeds(parts: Parts): Promise<Speed[]> {
	const tasks = [...decoders(parts), ...encoders(parts), await maskTask(parts)];
	const rates = new Map(tasks.map(({ id }) => [id, [] as number[]]));
	// The first turn compiles.
	for (let turn = 0; turn <= TURNS; turn++) {
		for (const { id, title, bytes, run, expected } of tasks) {
			const started = performance.now();
			const result = await run();
			const seconds = (performance.now() - started) / 1000;
			if (result !== expected) throw new Error(`${title}: ${result} instead of ${expected}`);
			if (turn > 0) rates.get(id)?.push(bytes / 1_000_000 / seconds);
		}
	}
	return tasks.map(({ id, title }) => ({ id, title, rate: spreadOf(rates.get(id) ?? []) }));
}

function decoders({ ImageSplitter, readEvents, OPENAI }: Parts): Task[] {
	const text = randomBytes(IMAGE_BYTES).toString('base64');
	const json = piecesOf(Buffer.from(`{"created":1,"data":[{"b64_json":"${text}"}]}`));
	const event = (type: string) =>
		`event: image_generation.${type}\ndata: {"type":"image_generation.${type}","b64_json":"${text}"}\n\n`;
	const events = piecesOf(
		Buffer.from(event('partial_image') + event('partial_image') + event('completed')),
	);
	const split = async (body: AsyncIterable<Buffer>) => {
		let length = 0;
		for await (const image of new ImageSplitter(body, OPENAI).images()) {
			for await (const piece of image.bytes) length += piece.length;
		}
		return length;
	};
	return [
		{
			id: 'base64',
			title: 'Buffer.from(text, ’base64’) alone, with the whole text',
			bytes: text.length,
			run: () => Buffer.from(text, 'base64').length,
			expected: IMAGE_BYTES,
		},
		{
			id: 'splitter',
			title: 'splitter: JSON with one image, in pieces of 64 KiB',
			bytes: sizeOf(json),
			run: async () => await split(streamOf(json)),
			expected: IMAGE_BYTES,
		},
		{
			id: 'events',
			title: 'events: two previews and the image, through the splitter',
			bytes: sizeOf(events),
			run: async () => {
				let length = 0;
				for await (const { data } of readEvents(streamOf(events))) length += await split(data);
				return length;
			},
			expected: 3 * IMAGE_BYTES,
		},
	];
}

function encoders({ encode, fromBase64, detectImage, OPENAI }: Parts): Task[] {
	const head = Buffer.alloc(PIECE);
	// A PNG's signature and header, 64 × 64 pixels in true colour, and the beginning of its pixels:
	// https://www.w3.org/TR/png-3/
	const start =
		'89504e470d0a1a0a 0000000d49484452 00000040 00000040 0802000000 25dd1ee4 00ffff0049444154';
	Buffer.from(start.replaceAll(' ', ''), 'hex').copy(head);
	const base64 = randomBytes(IMAGE_BYTES).toString('base64');
	const request = {
		service: OPENAI,
		operation: 'edit',
		model: 'gpt-image-1',
		values: { prompt: 'A cat with a hat' },
		settings: { imagesAsJson: false, extraFields: {} },
		images: [fromBase64(base64, () => base64, 'Input image 1')],
		mask: null,
		markup: null,
	} as unknown as Parameters<Parts['encode']>[0];
	return [
		{
			id: 'multipart',
			title: 'multipart: a form with one file',
			bytes: IMAGE_BYTES,
			run: async () => {
				const { body } = await encode(request);
				let length = 0;
				for await (const piece of new Response(body as FormData).body ?? []) length += piece.length;
				return Number(length > IMAGE_BYTES);
			},
			expected: 1,
		},
		{
			id: 'mediaType',
			title: 'media type: the first 64 KiB of a PNG',
			bytes: 1000 * PIECE,
			run: () => {
				let width = 0;
				for (let turn = 0; turn < 1000; turn++) width += detectImage(head)?.width ?? 0;
				return width;
			},
			expected: 64_000,
		},
	];
}

function piecesOf(bytes: Buffer): Buffer[] {
	const count = Math.ceil(bytes.length / PIECE);
	return Array.from({ length: count }, (_, at) => bytes.subarray(at * PIECE, (at + 1) * PIECE));
}

async function* streamOf(pieces: readonly Buffer[]): AsyncGenerator<Buffer> {
	yield* pieces;
}

function sizeOf(pieces: readonly Buffer[]): number {
	return pieces.reduce((sum, { length }) => sum + length, 0);
}
