import { openAsBlob } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';

/** What the parent process asks for. */
export interface LoopTask {
	url: string;
	/** Where the images go. */
	folder: string;
	fields: Record<string, string | number | boolean>;
	/** A file to edit, or null. */
	inputFile: string | null;
	items: number;
	parallel: number;
	/** Whether to collect garbage in the end. */
	collectGarbage: boolean;
}

interface Entry {
	b64_json?: string;
	url?: string;
}

/** Replies to each task with an empty text when all is written, or with what went wrong. */
process.on('message', (task: LoopTask) => {
	loop(task).then(
		() => process.send?.(''),
		(error: unknown) => process.send?.(String(error)),
	);
});

async function loop(task: LoopTask): Promise<void> {
	let next = 0;
	const worker = async () => {
		while (next < task.items) await makeImages(task, next++);
	};
	await Promise.all(Array.from({ length: task.parallel }, worker));
	if (task.collectGarbage) globalThis.gc?.();
}

async function makeImages(task: LoopTask, item: number): Promise<void> {
	const response = await call(task);
	if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
	const entries = task.fields.stream ? await readEvents(response) : await readJson(response);
	for (const [index, { b64_json: text = '', url }] of entries.entries()) {
		const bytes = url
			? Buffer.from(await (await fetch(url)).arrayBuffer())
			: Buffer.from(text, 'base64');
		await writeFile(path.join(task.folder, `${item}-${index}.png`), bytes);
	}
}

async function call({ url, fields, inputFile }: LoopTask): Promise<Response> {
	if (inputFile === null) {
		const headers = { 'content-type': 'application/json' };
		return await fetch(url, { method: 'POST', headers, body: JSON.stringify(fields) });
	}
	const body = new FormData();
	for (const [name, value] of Object.entries(fields)) body.append(name, String(value));
	body.append('image', await openAsBlob(inputFile, { type: 'image/png' }), 'input.png');
	return await fetch(url, { method: 'POST', body });
}

async function readJson(response: Response): Promise<Entry[]> {
	return ((await response.json()) as { data: Entry[] }).data;
}

async function readEvents(response: Response): Promise<Entry[]> {
	const events = (await response.text()).split('\n\n');
	return events
		.filter((event) => /^event: \w+\.completed\n/.test(event))
		.map((event) => JSON.parse(event.slice(event.indexOf('\ndata: ') + 7)) as Entry);
}
