import type { WorkflowHost } from './host';
import { partsOf, promptsOf } from './requests';

export function thumbnails(host: WorkflowHost): void {
	it('makes a picture of each idea, writes the title on it, and resizes it', async () => {
		await host.imageCredential('OpenAI', 'openai');
		const execution = await host.run(await host.load('thumbnail-test'));

		const files = ['before-after', 'face', 'steam'].map((name) => `thumbnail-${name}.jpg`);
		expect(await host.fileNames()).toEqual(files);
		for (const file of files) expect(await host.pictureOf(file)).toBe('jpeg 1280x720');

		const billed = await host.billed();
		const edits = billed.filter(({ path }) => path === '/v1/images/edits');
		expect(billed).toHaveLength(6);
		expect(promptsOf(edits)).toEqual(
			Array(3).fill(expect.stringContaining('Write "I BUILT A SAUNA" at the top')),
		);
		// Each edit has the picture of its own idea.
		const pictures = await host.n8n.files(execution, 'Generate Picture');
		const sizes = edits.map(({ fields }) => partsOf(fields, 'image').map(({ bytes }) => bytes));
		expect(sizes.flat().sort()).toEqual(pictures.map(({ length }) => length).sort());
	});
}
