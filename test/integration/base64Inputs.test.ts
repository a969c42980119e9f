import type { INodeParameters } from 'n8n-workflow';
import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import { useEngine } from '../helpers/engine';
import { useImagesApi } from '../helpers/imagesApi';
import { picture } from '../helpers/pictures';
import { newImage } from '../helpers/responses';

const engine = useEngine();
const api = useImagesApi();

const edit = (base64: string, options: INodeParameters = {}): INodeParameters => ({
	operation: 'edit',
	model: 'gpt-image-2.5-flare',
	prompt: 'Add a hat',
	inputImages: { image: [{ source: 'base64', base64 }] },
	options,
});

describe('input images as base64', () => {
	it.each([false, true])(
		'are not kept until they are sent, neither decoded nor as texts; as JSON: %j',
		async (imagesAsJson) => {
			const MB = 1_000_000;
			const png = await picture({ width: 64, height: 64 });
			// What follows the end of a PNG is no part of the image.
			const text = Buffer.concat([png, Buffer.alloc(2 * MB)]).toString('base64');
			setFlagsFromString('--expose-gc');
			const collectGarbage = runInNewContext('gc') as () => void;
			const used = async () => {
				// What the first collection frees can keep other memory alive until the next.
				for (let times = 0; times < 4; times++) {
					collectGarbage();
					await setImmediate();
				}
				const { heapUsed, arrayBuffers } = process.memoryUsage();
				return heapUsed + arrayBuffers;
			};
			let atFirstRequest = 0;
			api.reply(async (request, response) => {
				atFirstRequest ||= await used();
				await newImage(request, response);
			});
			const run = async (count: number) =>
				await engine.runWorkflow({
					// Each value of the expression is a string of its own.
					parameters: edit('={{ $json.text + "\\n" }}', { parallelRequests: 1, imagesAsJson }),
					items: Array.from({ length: count }, () => ({ json: { text } })),
					credentials: api.credentials,
				});
			// Loads all code.
			await run(1);
			atFirstRequest = 0;
			const before = await used();
			const result = await run(40);
			expect(result.error).toBeUndefined();
			expect(api.requests).toHaveLength(41);
			// Together, the images take 80 MB, and their texts 107 MB.
			expect((atFirstRequest - before) / MB).toBeLessThan(10);
		},
	);

	it.each([false, true])(
		'are not sent if their expression returns another image by then; as JSON: %j',
		async (imagesAsJson) => {
			const images = await Promise.all(
				['red', 'blue'].map(async (colour) => await picture({ width: 64, height: 64, colour })),
			);
			const texts = images.map((image) => image.toString('base64'));
			const result = await engine.runWorkflow({
				parameters: edit('={{ $json.texts[$json.reads.push(0) - 1] ?? $json.texts[1] }}', {
					imagesAsJson,
				}),
				items: [{ json: { texts, reads: [] } }],
				credentials: api.credentials,
			});
			expect(result.error).toMatchObject({
				message: 'Input image 1: the file has changed since it was checked',
				description: expect.stringMatching(/^The request was not completed, so it was not billed/),
			});
		},
	);
});
