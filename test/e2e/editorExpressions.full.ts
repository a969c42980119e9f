import sharp from 'sharp';
import type { Workflow } from '../../demo/host/client.ts';
import { useService } from '../image-service/helpers';
import { useEditor } from './helpers/editor';
import { useN8n } from './helpers/n8n';
import { imageNode, workflow } from './helpers/workflow';

const KEY = 'key-0123456789abcdefghij';
const service = useService({ apiKey: KEY });
const n8n = useN8n();
const editor = useEditor(n8n);

async function credential(): Promise<string> {
	const compatibleBaseUrl = `${service.url}/v1`;
	return await n8n.credential({ service: 'compatible', apiKey: KEY, compatibleBaseUrl });
}

it('makes images as wide as an expression says, each by its own item', async () => {
	const parameters = { sizeType: 'custom', height: 1024 };
	const items = [1280, 1536].map((width) => ({ prompt: `${width} pixels`, width }));
	const image = imageNode(await credential(), { parameters });
	await editor.open(await n8n.save(workflow(items, [image])), 'AI Images');
	await editor.express('width', '{{ $json.width }}');
	expect(await editor.execute()).toContain('2 items');

	const links = editor.find('ndv-view-binary-data');
	const widths = [];
	for (const link of await links.all()) {
		await link.click();
		const source = await editor.page.locator('img[src*="/rest/binary-data"]').getAttribute('src');
		const response = await editor.page.request.get(String(source));
		widths.push((await sharp(await response.body()).metadata()).width);
		await editor.page.getByText('Back to list').click();
	}
	expect(widths).toEqual([1280, 1536]);
});

it('lets the model of an agent fill in texts and numbers by a button, and lists by an expression', async () => {
	const { parameters, ...tool } = imageNode(await credential(), {
		name: 'Generate Image',
		type: 'n8n-nodes-ai-images.aiImagesTool',
	});
	const { prompt, ...others } = parameters;
	expect(prompt).toBeDefined();
	const nodes = [{ ...tool, id: 'tool', parameters: { ...others, sizeType: 'custom' } }];
	const id = await n8n.save({ name: 'Tool', nodes, connections: {} });
	await editor.open(id, 'Generate Image');
	// The fields that decide on others are not among them.
	expect(await editor.fieldsForModel()).toEqual(['prompt', 'n', 'width', 'height']);

	await editor.leaveToModel('prompt');
	await editor.leaveToModel('width');
	// As in docs/ai-agent.md.
	const quality =
		"{{ $fromAI('quality', 'low for a draft, medium, or high for a final image', 'string', 'medium') }}";
	await editor.express('quality', quality);
	const shown = await editor.fields();
	expect(shown.find(({ name }) => name === 'quality')).toMatchObject({ value: quality });
	expect(await editor.fieldsForModel()).toEqual(['n', 'height']);

	const button = (key: string, type: string) =>
		`={{ /*n8n-auto-generated-fromAI-override*/ $fromAI('${key}', \`\`, '${type}') }}`;
	const { nodes: saved } = await n8n.running.client.request<Workflow>('GET', `/workflows/${id}`);
	expect(saved[0]?.parameters).toMatchObject({
		prompt: button('Prompt', 'string'),
		width: button('Width', 'number'),
		quality: `=${quality}`,
	});
});
