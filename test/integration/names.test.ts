import type { INodeParameters } from 'n8n-workflow';

import { quickClock } from '../helpers/clock';
import { useEngine, type NodeResult, type NodeRun } from '../helpers/engine';
import { eventsOf, sse } from '../helpers/events';
import { json, raw, useImagesApi, type Reply } from '../helpers/imagesApi';
import { picture } from '../helpers/pictures';
import { promptRun } from '../helpers/promptRun';
import { refusal } from '../helpers/responses';

const engine = useEngine();
const api = useImagesApi();
const files = useImagesApi();

let png: Buffer;
let webp: Buffer;
beforeAll(async () => {
	png = await picture();
	webp = await picture({ format: 'webp' });
});
beforeEach(() => {
	quickClock();
	jest.spyOn(Math, 'random').mockReturnValue(0);
});
afterEach(() => jest.restoreAllMocks());

const run = async (
	parameters: INodeParameters,
	options: INodeParameters = {},
	prompts = ['cat'],
	more: Partial<NodeRun> = {},
) =>
	await engine.runWorkflow(
		promptRun(api.credentials, prompts, {
			parameters,
			options: { parallelRequests: 1, ...options },
			...more,
		}),
	);

/** The names of all files, in the order of items and fields. */
function namesOf({ outputs, error }: NodeResult): Array<string | undefined> {
	expect(error).toBeUndefined();
	return outputs.flat().flatMap(({ binary = {}, json: about }) => {
		const names = Object.values(binary).map(({ fileName }) => fileName);
		const told = about.images ?? [{ fileName: about.fileName }];
		const isFirst = (told as Array<{ fileName: string }>).map(({ fileName }) => fileName);
		expect(names.slice(0, isFirst.length)).toEqual(isFirst);
		return names;
	});
}

const base64 = (image: Buffer) => ({ b64_json: image.toString('base64') });
const link = (path: string) => ({ url: `${files.url}${path}` });
const serve = (trouble: Readonly<Record<string, Reply[]>> = {}) => {
	const left = Object.fromEntries(Object.entries(trouble).map(([path, all]) => [path, [...all]]));
	files.reply(async (request, response) => {
		await (left[request.path]?.shift() ?? raw(png))(request, response);
	});
};
const busy = raw('', 503);

describe('the names of an item', () => {
	it.each([
		['first', { '/1': [busy] }],
		['second', { '/2': [busy] }],
		['first, and again', { '/1': [busy, busy, busy] }],
		['both', { '/1': [busy], '/2': [busy, busy] }],
	])('do not depend on downloads that fail: %s', async (_, trouble) => {
		let count = 0;
		api.reply((...all) => json({ data: [link(`/${++count}`)] })(...all));
		serve(trouble);
		for (const output of ['itemPerImage', 'singleItem']) {
			count = 0;
			serve(trouble);
			const result = await run({ model: 'dall-e-3', n: 2 }, { output });
			expect(namesOf(result)).toEqual(['cat-1-1.png', 'cat-1-2.png']);
		}
	});

	it('do not depend on how each image arrives', async () => {
		api.reply(json({ data: [link('/1'), base64(webp), link('/3'), base64(png)] }));
		for (const output of ['itemPerImage', 'singleItem']) {
			serve({ '/1': [busy, busy], '/3': [busy] });
			const result = await run({ n: 4 }, { output });
			expect(namesOf(result)).toEqual([
				'cat-1-1.png',
				'cat-1-2.webp',
				'cat-1-3.png',
				'cat-1-4.png',
			]);
		}
	});

	it('leave a gap for an image that is missing', async () => {
		api.reply(json({ data: [base64(png), { error: { message: 'No.' } }, link('/3'), link('/4')] }));
		serve({ '/3': [raw('', 410)] });
		expect(namesOf(await run({ n: 4 }))).toEqual(['cat-1-1.png', 'cat-1-4.png']);
	});

	it('leave a gap for a request that fails', async () => {
		let count = 0;
		const failed = refusal(400, { code: 'moderation_blocked' });
		api.reply(
			async (...all) => await (++count === 2 ? failed : json({ data: [base64(png)] }))(...all),
		);
		const result = await run({ model: 'dall-e-3', n: 3 });
		expect(namesOf(result)).toEqual(['cat-1-1.png', 'cat-1-3.png']);
	});

	it('continue after a request that returns more images than requested', async () => {
		api.reply(json({ data: [base64(png), base64(webp)] }));
		const result = await run({ model: 'dall-e-3', n: 2 });
		expect(namesOf(result)).toEqual(['cat-1-1.png', 'cat-1-2.webp', 'cat-1-3.png', 'cat-1-4.webp']);
	});

	it('distinguish previews', async () => {
		const { preview, completed } = eventsOf('generate');
		api.reply(
			sse(preview(png, 0), preview(png, 1), completed(png), preview(png, 0), completed(webp)),
		);
		const options = { stream: true, partialImages: 2 };
		for (const output of ['itemPerImage', 'singleItem']) {
			const names = namesOf(await run({ n: 2 }, { ...options, output }));
			expect(names.filter((name) => !name?.includes('partial'))).toEqual([
				'cat-1-1.png',
				'cat-1-2.webp',
			]);
			expect(new Set(names).size).toBe(5);
		}
	});

	it.each([
		['{index}', ['1.png', '2.webp']],
		['a-{index}-{item}', ['a-1-1.png', 'a-2-1.webp']],
		['{prompt}', ['cat-1.png', 'cat-2.webp']],
		['x', ['x-1.png', 'x-2.webp']],
	])('follow the template %s', async (fileName, names) => {
		let count = 0;
		api.reply((...all) => json({ data: [link(`/${++count}`)] })(...all));
		files.reply(async (request, response) => {
			await raw(request.path === '/1' ? png : webp)(request, response);
		});
		expect(namesOf(await run({ model: 'dall-e-3', n: 2 }, { fileName }))).toEqual(names);
	});

	it('are the same in a retry', async () => {
		let isFailing = true;
		let count = 0;
		api.reply(async (...all) => {
			if (++count === 4 && isFailing) {
				isFailing = false;
				return await refusal(400, { code: 'moderation_blocked' })(...all);
			}
			await json({ data: [link(`/${count}`)] })(...all);
		});
		serve({ '/1': Array.from({ length: 20 }, () => busy), '/3': [busy] });
		const retry = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
		// The second item has one image, so that its failure stops the run.
		const n = '={{ $json.prompt === "cat" ? 3 : 1 }}';
		const result = await run({ model: 'dall-e-3', n }, {}, ['cat', 'dog'], retry);
		expect(namesOf(result)).toEqual(['cat-1-1.png', 'cat-1-2.png', 'cat-1-3.png', 'dog-2.png']);
	});
});

describe('the names of several items', () => {
	beforeEach(() => api.reply(json({ data: [base64(png)] })));

	it.each([
		['', ['cat-1.png', 'cat-2.png', 'dog-3.png']],
		['{prompt}', ['cat-1.png', 'cat-2.png', 'dog.png']],
		['picture', ['picture-1.png', 'picture-2.png', 'picture-3.png']],
		['picture-{index}', ['picture-1-1.png', 'picture-1-2.png', 'picture-1-3.png']],
		['picture {item}', ['picture 1.png', 'picture 2.png', 'picture 3.png']],
		['={{ $json.prompt }}', ['cat-1.png', 'cat-2.png', 'dog.png']],
		['={{ $itemIndex === 1 ? "CAT" : $json.prompt }}', ['cat-1.png', 'CAT-2.png', 'dog.png']],
		[`${'x'.repeat(80)}`, [1, 2, 3].map((item) => `${'x'.repeat(60)}-${item}-1.png`)],
	])('are different with the template %j', async (fileName, names) => {
		expect(namesOf(await run({}, { fileName }, ['cat', 'cat', 'dog']))).toEqual(names);
	});

	it('and several images are different, too', async () => {
		api.reply(json({ data: [base64(png), base64(png)] }));
		expect(namesOf(await run({ n: 2 }, { fileName: 'x' }, ['cat', 'dog']))).toEqual([
			...['x-1-1.png', 'x-1-2.png', 'x-2-1.png', 'x-2-2.png'],
		]);
	});
});
