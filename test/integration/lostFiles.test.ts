import { rm } from 'node:fs/promises';
import { join } from 'node:path';

import { useImagesApi } from '../helpers/imagesApi';
import { picture } from '../helpers/pictures';
import { useRawItems, type RawFile } from '../helpers/rawItems';

const api = useImagesApi();
const { engine, run } = useRawItems();

let png: Buffer;
beforeAll(async () => {
	png = await picture({ width: 64, height: 64 });
});

const ID = 'filesystem-v2:workflows/w/executions/1/binary_data/0b5e8c1f';
const stored = (id: string): RawFile => ({
	id,
	data: 'filesystem-v2',
	mimeType: 'image/png',
	fileName: 'a.png',
});
const edit = (more: object = {}, inputImages: object = { image: [{ binaryField: 'data' }] }) => ({
	parameters: {
		operation: 'edit',
		model: 'gpt-image-2.5-flare',
		prompt: 'Add a hat',
		inputImages: inputImages as never,
		...more,
	},
	credentials: api.credentials,
});

const PLACE = 'Input image 1 (binary field "data"): the file';
const AGAIN = 'Run the node that outputs it again';

const FILES: Array<[string, RawFile, string]> = [
	['was pruned', stored(ID), "is no longer in n8n's storage"],
	[
		'lies in a store that n8n does not have',
		stored('s3:workflows/w/executions/1/binary_data/x'),
		`is in the storage "s3", which this n8n isn't set up to use`,
	],
	[
		'lies in a database that n8n does not have',
		stored('database:x'),
		`is in the storage "database", which this n8n isn't set up to use`,
	],
	[
		'has an ID without a store',
		stored('0b5e8c1f'),
		"has an invalid ID, so n8n's storage can't have it",
	],
	[
		'has a store alone as its ID',
		stored('filesystem-v2:'),
		"has an invalid ID, so n8n's storage can't have it",
	],
	[
		'has an ID outside of the store',
		stored('filesystem-v2:../../../etc/passwd'),
		"has an invalid ID, so n8n's storage can't have it",
	],
	[
		'has the ID of a folder',
		stored('filesystem-v2:workflows'),
		"can't be read from n8n's storage (EISDIR)",
	],
	['is a copy without its ID', { data: 'filesystem-v2', mimeType: 'image/png' }, 'has no content'],
	['has nothing but a type', { mimeType: 'image/png', fileName: 'a.png' }, 'has no content'],
];

describe('a file that', () => {
	it.each(FILES)('%s is reported before anything is sent', async (_, file, words) => {
		// A file of the item makes sure that the folder of the workflow is there.
		const items = [{ binary: { data: file, other: { bytes: png } } }];
		const stopped = await run(items, edit());
		expect(stopped.error).toMatchObject({ name: 'NodeOperationError', context: { itemIndex: 0 } });
		expect(stopped.error?.message).toBe(`${PLACE} ${words}. ${AGAIN}`);
		expect(stopped.error?.description).toBe('No request was sent; you were not billed.');
		expect(api.requests).toEqual([]);
	});

	it.each(FILES)('%s lets other items go on', async (_, file, words) => {
		const items = [{ binary: { data: file } }, { binary: { data: { bytes: png } } }];
		const result = await run(items, { ...edit(), onError: 'continueErrorOutput' });
		expect(result.outputs.map((items) => items.length)).toEqual([1, 1]);
		expect(result.outputs[1]?.[0]?.json.error).toBe(`${PLACE} ${words}. ${AGAIN}`);
		expect(api.requests).toHaveLength(1);
	});

	it('was pruned is named in every way to choose it', async () => {
		const items = [{ binary: { data: stored(ID), mask: stored(ID), more: { bytes: png } } }];
		for (const binaryField of ['*', 'more, data', '={{ $binary.data }}', '={{ [$binary.data] }}']) {
			const result = await run(items, edit({}, { image: [{ binaryField }] }));
			expect(result.error?.message).toMatch(
				/^Input image 1.*: the file is no longer in n8n's storage\. Run/,
			);
		}
		const mask = { image: { binaryField: 'mask' } };
		const result = await run(
			items,
			edit({ options: { mask } }, { image: [{ binaryField: 'more' }] }),
		);
		expect(result.error?.message).toBe(
			`Mask (binary field "mask"): the file is no longer in n8n's storage. ${AGAIN}`,
		);
		expect(api.requests).toEqual([]);
	});

	it('fits an expression as well as another is not guessed', async () => {
		const facts = { mimeType: 'image/png', fileName: 'a.png' };
		const other = await picture({ width: 32, height: 32 });
		const binary = {
			data: { data: png.toString('base64'), ...facts },
			more: { data: other.toString('base64'), ...facts },
		};
		const result = await run(
			[{ binary }],
			edit({}, { image: [{ binaryField: '={{ $binary.more }}' }] }),
		);
		expect(result.error?.message).toBe(
			"Input image 1: the expression matches several binary fields of the input item: data, more. Enter the name of one of them in 'Input Binary Field'",
		);
		expect(api.requests).toEqual([]);
	});

	it('is in no item is not called a name', async () => {
		const file = { mimeType: 'image/png', fileName: 'b.png' };
		const items = [{ json: { file }, binary: { data: { bytes: png } } }];
		const result = await run(items, edit({}, { image: [{ binaryField: '={{ $json.file }}' }] }));
		expect(result.error?.message).toMatch(
			/^Input image 1: the expression refers to a file that the input item doesn't have\. The item's binary fields: data\./,
		);
	});
});

describe('a file that disappears before it is sent', () => {
	const remove = async () =>
		await rm(join(engine.storagePath, 'workflows'), { recursive: true, force: true });
	const items = () => [{ binary: { data: { bytes: png } } }, { binary: { data: { bytes: png } } }];

	it.each([false, true])(
		'is named, and its request is not billed; as JSON: %s',
		async (imagesAsJson) => {
			let complete = 0;
			const image = await picture();
			api.reply(async (_, response) => {
				complete++;
				await remove();
				const body = { data: [{ b64_json: image.toString('base64') }] };
				response.setHeader('content-type', 'application/json');
				response.end(JSON.stringify(body));
			});
			const options = { parallelRequests: 1, imagesAsJson };
			const result = await run(items(), { ...edit({ options }), onError: 'continueErrorOutput' });
			expect(complete).toBe(1);
			expect(result.outputs[0]).toHaveLength(1);
			expect(result.outputs[1]?.map(({ json }) => json)).toMatchObject([
				{
					error: `${PLACE} is no longer in n8n's storage`,
					message: `The request was not completed, so it was not billed. ${AGAIN}`,
				},
			]);
		},
	);
});
