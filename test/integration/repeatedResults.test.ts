import type { NodeResult } from '../helpers/engine';
import { dataUrl, imagesOf, useResults, warningsOf, type Facts } from '../helpers/results';

const { api, images, facts, runWith } = useResults();

type Case = [name: string, write: (facts: Facts) => unknown];

describe('an input image that is repeated', () => {
	const edit = { operation: 'edit' };

	it.each<Case>([
		['at a place of its own', ({ link, sent }) => ({ original: sent, data: [{ url: link }] })],
		['in the same result', ({ link, sent }) => ({ data: [{ url: link, from: dataUrl(sent) }] })],
	])('does not take the place of a link, %s', async (_, write) => {
		const result = await runWith(JSON.stringify(write(facts())), edit);
		expect(await imagesOf(result)).toEqual([images.first]);
		expect(warningsOf(result)).toEqual([]);
	});

	it('is not the result of an event before another', async () => {
		const { base64, sent } = facts();
		const events = [
			{ type: 'image_edit.in_progress', b64_json: sent },
			{ type: 'image_edit.completed', b64_json: base64 },
		];
		const result = await runWith(events, { ...edit, options: { stream: true } });
		expect(await imagesOf(result)).toEqual([images.first]);
		expect(warningsOf(result)).toEqual([]);
	});

	it('is the result if there is no other', async () => {
		const events = [{ type: 'image_edit.completed', b64_json: facts().sent }];
		const result = await runWith(events, { ...edit, options: { stream: true } });
		expect(await imagesOf(result)).toEqual([images.input]);
	});

	it('is not a result as a URL', async () => {
		const { link, other } = facts();
		const result = await runWith(JSON.stringify({ images: [other, link] }), {
			...edit,
			inputImages: { image: [{ source: 'url', url: other }] },
			options: { imagesAsJson: true },
		});
		expect(await imagesOf(result)).toEqual([images.first]);
		expect(api.requests.map(({ path }) => path)).toEqual(['/v1/images/edits', '/files/first.png']);
	});
});

describe('a stream', () => {
	const completed = (more: object) => ({ type: 'image_generation.completed', ...more });

	it.each<[string, (facts: Facts) => unknown[]]>([
		[
			'an image and the whole response of the Responses API',
			({ base64 }) => [
				{ type: 'response.output_item.done', item: { result: base64 } },
				{ type: 'response.completed', response: { output: [{ result: base64 }] } },
			],
		],
		[
			'the pieces of a chat and all of it',
			({ base64 }) => [
				{ choices: [{ delta: { images: [{ image_url: { url: dataUrl(base64) } }] } }] },
				{ choices: [{ message: { images: [{ image_url: { url: dataUrl(base64) } }] } }] },
			],
		],
		[
			'an image and a list of it',
			({ base64 }) => [completed({ b64_json: base64 }), { images: [base64] }],
		],
		[
			'a link and a list of it',
			({ link }) => [completed({ url: link }), { data: [{ url: link }] }],
		],
		[
			'an image and the link to it',
			({ base64, link }) => [completed({ b64_json: base64 }), { data: [{ url: link }] }],
		],
		['a list of links twice', ({ link }) => [{ data: [{ url: link }] }, { data: [{ url: link }] }]],
	])('holds one image in %s', async (_, write) => {
		const result = await runWith(write(facts()));
		expect(await imagesOf(result)).toEqual([images.first]);
		expect(warningsOf(result)).toEqual([]);
	});

	it('holds two equal images in two events of the same kind', async () => {
		const event = completed({ b64_json: facts().base64 });
		const result = await runWith([event, event], { n: 2 });
		expect(await imagesOf(result)).toEqual([images.first, images.first]);
	});

	it('holds a list of images that grows', async () => {
		const { base64, otherBase64 } = facts();
		const result = await runWith([{ images: [base64] }, { images: [base64, otherBase64] }], {
			n: 2,
		});
		expect(await imagesOf(result)).toEqual([images.first, images.second]);
		expect(warningsOf(result)).toEqual([]);
	});

	it.each<[string, (facts: Facts) => unknown[]]>([
		['a data URL', ({ base64 }) => ['10', dataUrl(base64)]],
		['base64', ({ base64 }) => ['10', base64]],
		['a link', ({ link }) => ['10', link]],
	])('can have %s without anything around it', async (_, write) => {
		expect(await imagesOf(await runWith(write(facts())))).toEqual([images.first]);
	});

	it('can contain a link in pieces', async () => {
		const words = `Here: ![a cat](${facts().link}) Enjoy!`;
		const pieces = words
			.match(/.{1,9}/g)!
			.map((content) => ({ choices: [{ delta: { content } }] }));
		const result = await runWith(pieces);
		expect(await imagesOf(result)).toEqual([images.first]);
		expect(warningsOf(result)).toEqual([]);
	});
});

describe('a list of errors beside a result', () => {
	const body = () => ({
		data: [{ url: facts().link }],
		errors: [{ message: 'The second one was held up' }],
	});

	it.each<[string, () => Promise<NodeResult>]>([
		['a response', async () => await runWith(JSON.stringify(body()), { n: 2 })],
		['an event', async () => await runWith([body()], { n: 2 })],
	])('explains why an image is missing, in %s', async (_, run) => {
		const result = await run();
		expect(await imagesOf(result)).toEqual([images.first]);
		expect(warningsOf(result)).toEqual([
			expect.stringMatching(/^One image is missing: The second one was held up/),
		]);
	});

	it.each([[[]], [{}], [null], [['']]])('is ignored if it is empty: %j', async (errors) => {
		const { link } = facts();
		const result = await runWith(JSON.stringify({ data: [{ url: link }], errors }));
		expect(await imagesOf(result)).toEqual([images.first]);
		expect(warningsOf(result)).toEqual([]);
	});
});

describe('a result without an image, among others', () => {
	it.each<[string, object, RegExp]>([
		['a code and a message', { code: 'Timeout', message: 'It took too long' }, /It took too long/],
		['a mark of moderation', { url: '', respect_moderation: false }, /safety system/],
	])('is explained by %s', async (_, entry, reason) => {
		const result = await runWith(JSON.stringify({ data: [{ b64_json: facts().base64 }, entry] }), {
			n: 2,
		});
		expect(await imagesOf(result)).toEqual([images.first]);
		expect(warningsOf(result)).toEqual([expect.stringMatching(reason)]);
	});
});
