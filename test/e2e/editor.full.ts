import { useService } from '../image-service/helpers';
import { useEditor } from './helpers/editor';
import { useN8n } from './helpers/n8n';

const service = useService({ apiKey: 'key-0123456789abcdefghij' });
const n8n = useN8n();
const editor = useEditor(n8n);

it('x', async () => {
	await editor.newWorkflow();
	console.log(await editor.search('flux'));
	await editor.addNode('Edit image');
	for (const family of await editor.choices('family')) {
		await editor.choose('family', new RegExp(`^${family}`));
		console.log(family, JSON.stringify(await editor.fields()));
	}
	void service;
});
