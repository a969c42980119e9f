import { useService } from '../image-service/helpers';
import { useEditor } from './helpers/editor';
import { useN8n } from './helpers/n8n';

const KEY = 'key-0123456789abcdefghij';
const service = useService({ apiKey: KEY });
const n8n = useN8n();
const editor = useEditor(n8n);

it('finds the node by what people call it', async () => {
	await editor.newWorkflow();
	for (const text of ['dall-e', 'nano banana', 'flux', 'image']) {
		expect([text, await editor.search(text)]).toEqual([
			text,
			expect.arrayContaining(['AI Images']),
		]);
	}
});

it('goes from the search to the first image, by a wrong key and a wrong size', async () => {
	await editor.newWorkflow();
	await editor.search('gpt image');
	await editor.addNode('Generate image');
	await editor.addCredential('OpenAI-Compatible', {
		apiKey: 'wrong-key-0123456789',
		compatibleBaseUrl: `${service.url}/v1`,
	});
	expect(await editor.credentialProblem()).toMatch(/rejected the API key|401/);
	await editor.saveCredential({ apiKey: KEY });
	expect(await editor.credentialProblem()).toBeUndefined();

	await editor.fill('prompt', 'A fox in the snow');
	await editor.choose('sizeType', /^\s*Custom/);
	await editor.fill('width', '1000');
	await editor.fill('height', '1024');
	expect(await editor.execute()).toContain(
		`'Width' and 'Height' "1000x1024" aren't supported by gpt-image-2.5-flare. Width and height must be multiples of 16`,
	);
	expect(await service.requests()).toEqual([]);

	await editor.fill('width', '1536');
	expect(await editor.execute()).toContain('a-fox-in-the-snow-1.png');
	await editor.find('ndv-view-binary-data').first().click();
	const image = editor.page.locator('img[src*="/rest/binary-data"]');
	await image.waitFor();
	const width = await image.evaluate(async (element) => {
		const picture = element as unknown as { decode(): Promise<void>; naturalWidth: number };
		await picture.decode();
		return picture.naturalWidth;
	});
	expect(width).toBe(1536);
	expect(await service.requests()).toHaveLength(1);
});

it('changes the fields with the family, and back', async () => {
	const names = async () => (await editor.fields()).map(({ name }) => name).join(' ');
	await editor.choose('sizeType', /^\s*Preset/);
	const gptImage = await names();
	expect(gptImage).toBe(
		'operation family model prompt n sizeType size quality background outputFormat options',
	);
	await editor.choose('family', /^\s*Gemini/);
	expect(await names()).toBe('operation family model prompt n aspectRatio resolution options');
	await editor.choose('family', /^\s*GPT Image/);
	expect(await names()).toBe(gptImage);
});
