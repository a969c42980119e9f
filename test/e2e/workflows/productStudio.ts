import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { picture } from '../../helpers/pictures';
import type { WorkflowHost } from './host';

/** What a request to Gemini consists of. */
interface GeminiRequest {
	contents: [{ parts: Array<{ text?: string; inlineData?: { data: string } }> }];
	generationConfig: { imageConfig: { aspectRatio: string } };
}

export function productStudio(host: WorkflowHost): void {
	it('places the product of one photo in every scene', async () => {
		const photo = await picture({ width: 640, height: 480, format: 'jpeg' });
		await writeFile(path.join(host.n8n.filesFolder, 'product.jpg'), photo);
		await host.imageCredential('Google Gemini', 'google');
		await host.run(await host.load('product-photo-studio'));

		const files = ['banner', 'kitchen', 'story', 'studio'].map((name) => `product-${name}.png`);
		expect(await host.fileNames()).toEqual([...files, 'product.jpg']);
		expect(await Promise.all(files.map(host.pictureOf))).toEqual([
			'png 1376x768',
			'png 1200x896',
			'png 768x1376',
			'png 1024x1024',
		]);
		const billed = (await host.billed()).map(({ fields }) => fields as unknown as GeminiRequest);
		const ratios = billed.map(({ generationConfig }) => generationConfig.imageConfig.aspectRatio);
		expect(ratios.sort()).toEqual(['16:9', '1:1', '4:3', '9:16']);
		for (const { contents } of billed) {
			const data = contents[0].parts.flatMap(({ inlineData }) => inlineData?.data ?? []);
			expect(data).toEqual([photo.toString('base64')]);
		}
	});
}
