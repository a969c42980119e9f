import sharp from 'sharp';
import type { WorkflowHost } from './host';
import { unzip } from './unzip';

export function logoVariants(host: WorkflowHost): void {
	it('packs a vector file and a transparent image of each style', async () => {
		await host.imageCredential('OpenAI', 'openai');
		await host.run(await host.load('logo-variants-zipped'));

		expect(await host.fileNames()).toEqual(['logos.zip']);
		const files = unzip(await host.read('logos.zip'));
		const styles = ['badge', 'symbol', 'wordmark'];
		expect([...files.keys()].sort()).toEqual(
			styles.flatMap((style) => [`logo-${style}.png`, `logo-${style}.svg`]),
		);
		for (const style of styles) {
			expect(String(files.get(`logo-${style}.svg`))).toMatch(/^<svg[^>]*viewBox="0 0 1024 1024"/);
			const image = sharp(files.get(`logo-${style}.png`));
			expect(await image.metadata()).toMatchObject({ format: 'png', width: 1024, height: 1024 });
			expect((await image.stats()).isOpaque).toBe(false);
		}
		const billed = (await host.billed()).map(({ fields }) => fields as Record<string, unknown>);
		const asked = billed.map((each) => `${each.output_format} ${String(each.background)}`);
		expect(asked.sort()).toEqual([
			...Array<string>(3).fill('png transparent'),
			...Array<string>(3).fill('svg auto'),
		]);
	});
}
