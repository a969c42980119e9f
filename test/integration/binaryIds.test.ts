import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { useEngine } from '../helpers/engine';
import { imageResponse, json, useImagesApi } from '../helpers/imagesApi';
import { partsOf } from '../helpers/multipart';
import { picture } from '../helpers/pictures';

const api = useImagesApi();

async function makeTwo(engine: ReturnType<typeof useEngine>, options: INodeParameters) {
	api.reply(json(imageResponse(await picture({ width: 32 }), await picture({ width: 64 }))));
	const result = await engine.runWorkflow({
		parameters: { prompt: 'a cat', n: 2, options },
		credentials: api.credentials,
	});
	expect(result.error).toBeUndefined();
	return result.outputs[0]!;
}

describe('in memory', () => {
	const engine = useEngine({ binaryMode: 'default' });

	it('a file has no ID to include', async () => {
		const [item] = await makeTwo(engine, { includeBinaryId: true });
		expect(item?.json).not.toHaveProperty('binaryId');
	});
});

describe('in the storage', () => {
	const engine = useEngine();
	const idsOf = (json: readonly IDataObject[]) => json.map(({ binaryId }) => binaryId);

	it('the ID of a file is not included by default', async () => {
		const [item] = await makeTwo(engine, {});
		expect(item?.json).not.toHaveProperty('binaryId');
	});

	it.each([true, false])('the ID of each file is included, with Simplify: %j', async (simplify) => {
		const items = await makeTwo(engine, { includeBinaryId: true, simplify });
		const ids = items.map(({ binary }) => binary?.data?.id);
		expect(ids[0]).toMatch(/^filesystem-v2:/);
		expect(idsOf(items.map((item) => item.json))).toEqual(ids);
	});

	it('the IDs are in the list of One Item With All Images', async () => {
		const options = { includeBinaryId: true, output: 'singleItem' };
		const [item] = await makeTwo(engine, options);
		const { data, data_2: second } = item!.binary!;
		expect(idsOf(item!.json.images as IDataObject[])).toEqual([data?.id, second?.id]);
	});

	/** Edits the files that the field names, with an item that has a file of its own. */
	async function edit(binaryField: string) {
		api.reply(json(imageResponse(await picture())));
		return await engine.runWorkflow({
			parameters: {
				operation: 'edit',
				model: 'gpt-image-2.5-flare',
				prompt: 'Add a hat',
				inputImages: { image: [{ binaryField }] },
			},
			items: [
				{ binary: { data: { data: await picture(), fileName: 'a.png', mimeType: 'image/png' } } },
			],
			credentials: api.credentials,
		});
	}

	it('files of other items are edited by their IDs', async () => {
		const items = await makeTwo(engine, { includeBinaryId: true });
		const [first, second] = idsOf(items.map((item) => item.json));
		const result = await edit(` ${second}, data,${first}`);
		expect(result.error).toBeUndefined();
		const files = partsOf(api.requests.at(-1)!).filter(({ fileName }) => fileName !== null);
		expect(files.map(({ data }) => data)).toEqual([
			await picture({ width: 64 }),
			await picture(),
			await picture({ width: 32 }),
		]);
	});

	it.each([
		[
			'filesystem-v2:workflows/w/executions/1/binary_data/0b5e8c1f',
			"Input image 1: the file is no longer in n8n's storage. Run the node that outputs it again",
		],
		[
			'filesystem-v2:../../../etc/passwd',
			"Input image 1: the file has an invalid ID, so n8n's storage can't have it. Run the node that outputs it again",
		],
		[
			's3:a',
			'Input image 1: the file is in the storage "s3", which this n8n isn\'t set up to use. Run the node that outputs it again',
		],
		[
			'https://example.com/a.png',
			'Input image 1: the input item has no binary field "https://example.com/a.png". The item\'s binary fields: data. Use one of them, or connect a node that outputs an image',
		],
	])('%s is not edited', async (binaryField, message) => {
		// The folder of the workflow is there.
		await makeTwo(engine, {});
		const sent = api.requests.length;
		expect((await edit(binaryField)).error?.message).toBe(message);
		expect(api.requests).toHaveLength(sent);
	});
});
