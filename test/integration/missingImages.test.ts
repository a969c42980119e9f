import type { INodeParameters } from 'n8n-workflow';

import { useEngine } from '../helpers/engine';
import { event, eventsOf, SSE_HEADERS } from '../helpers/events';
import { json, raw, useImagesApi, type Reply } from '../helpers/imagesApi';
import { picture } from '../helpers/pictures';
import { refusal } from '../helpers/responses';

const engine = useEngine();
const api = useImagesApi();
const { completed } = eventsOf('generate');

const images: Buffer[] = [];
beforeAll(async () => {
	for (let number = 0; number < 10; number++) images.push(await picture({ width: 8 + number }));
});

const run = async (parameters: INodeParameters, options: INodeParameters = {}) => {
	const { outputs, error } = await engine.runWorkflow({
		parameters: { model: 'gpt-image-2.5-flare', prompt: 'cat', ...parameters, options },
		credentials: api.credentials,
	});
	expect(error).toBeUndefined();
	const items = outputs[0]!;
	return { count: items.length, warnings: items[0]!.json.warnings as string[] | undefined };
};

/** What a list of warnings says is missing, each image once. */
function missingIn(warnings: string[] = []): number {
	return warnings.reduce((sum, warning) => {
		const [, requested, received] = /^Requested (\d+) images?, received (\d+)$/.exec(warning) ?? [];
		if (requested) return sum + Number(requested) - Number(received);
		if (warning.startsWith('One image is missing: ')) return sum + 1;
		return sum + Number(/^(\d+) images are missing: /.exec(warning)?.[1] ?? 0);
	}, 0);
}

const entry = (image: Buffer) => ({ b64_json: image.toString('base64') });
const REJECTED = { error: { message: 'Rejected.', code: 'moderation_blocked' } };

/** Forms of a response of which only the first images come. */
const FORMS: ReadonlyArray<readonly [string, (came: Buffer[], asked: number) => Reply, RegExp]> = [
	[
		'JSON with fewer',
		(came) => json({ data: came.map(entry) }),
		/^Requested \d+ images?, received \d+$/,
	],
	[
		'JSON with an error in the place of each',
		(came, asked) =>
			json({
				data: Array.from({ length: asked }, (_, at) => (came[at] ? entry(came[at]) : REJECTED)),
			}),
		/ missing: Rejected\./,
	],
	[
		'JSON with one error beside the others',
		(came) => json({ data: came.map(entry), ...REJECTED }),
		/ missing: Rejected\./,
	],
	[
		'JSON with nothing in the place of each',
		(came, asked) =>
			json({ data: Array.from({ length: asked }, (_, at) => (came[at] ? entry(came[at]) : {})) }),
		/ missing: .*isn't an image/,
	],
	[
		'JSON that is cut off',
		(came) =>
			raw(JSON.stringify({ data: [...came, images[9]!].map(entry) }).slice(0, -30), 200, {
				'content-type': 'application/json',
			}),
		/ missing: .*truncated or is invalid JSON/,
	],
	[
		'events, and then an error',
		(came) =>
			raw(
				came.map((image) => completed(image)).join('') + event(REJECTED, 'error'),
				200,
				SSE_HEADERS,
			),
		/ missing: Rejected\./,
	],
	[
		'events, and then nothing',
		(came) => raw(came.map((image) => completed(image)).join(''), 200, SSE_HEADERS),
		/^Requested \d+ images?, received \d+$/,
	],
	[
		'events, and then a lost connection',
		(came) => (_, response) => {
			response.writeHead(200, SSE_HEADERS);
			response.write(came.map((image) => completed(image)).join(''));
			setTimeout(() => response.socket?.resetAndDestroy(), 30);
		},
		/ missing: .*closed the connection/,
	],
	[
		'links of which the last ones are gone',
		(came, asked) => async (request, response) => {
			if (request.method === 'POST') {
				const data = Array.from({ length: asked }, (_, at) => ({ url: `/${at}.png` }));
				return await json({ data })(request, response);
			}
			const image = came[Number(/(\d+)\.png/.exec(request.path)?.[1])];
			await (image ? raw(image) : raw('', 410))(request, response);
		},
		/ missing: .*HTTP 410/,
	],
];

describe.each(FORMS)('%s', (_, form, words) => {
	it.each([
		[2, 1],
		[3, 1],
		[4, 1],
		[4, 3],
		[10, 1],
		[10, 9],
	])('tells how many of %i images are missing, and why: %i came', async (asked, came) => {
		api.reply(form(images.slice(0, came), asked));
		const { count, warnings } = await run({ n: asked });
		expect(count).toBe(came);
		expect(missingIn(warnings)).toBe(asked - came);
		expect(warnings).toEqual([expect.stringMatching(words)]);
	});
});

describe('several requests', () => {
	/** Requests of these numbers, from 1, fail. */
	const failing = (...numbers: number[]) => {
		let count = 0;
		const failed = refusal(400, { message: 'Rejected.', code: 'moderation_blocked' });
		api.reply(async (...all) => {
			const reply = numbers.includes(++count) ? failed : json({ data: [entry(images[0]!)] });
			await reply(...all);
		});
	};

	it.each<[number, number[]]>([
		[2, [1]],
		[3, [1, 3]],
		[10, [2, 3, 4, 5, 6, 7, 8, 9, 10]],
	])('tell the same reason once: %i, of which fail %j', async (n, numbers) => {
		failing(...numbers);
		const { warnings = [] } = await run(
			{ model: 'dall-e-3', n, size: '1024x1024' },
			{ output: 'singleItem' },
		);
		const told = warnings.filter((warning) => !warning.startsWith('Requested size '));
		expect(told).toEqual([expect.stringMatching(/ missing: Rejected\./)]);
		expect(missingIn(told)).toBe(numbers.length);
	});
});
