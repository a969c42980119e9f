import { promptsOf } from './requests';
import type { WorkflowHost } from './host';

export function blogSizes(host: WorkflowHost): void {
	it('makes a header and recomposes it for a square and a story', async () => {
		await host.imageCredential('OpenAI', 'openai');
		await host.run(await host.load('blog-header-and-social-sizes'));

		const names = ['night-trains-header.jpg', 'night-trains-square.jpg', 'night-trains-story.jpg'];
		expect(await host.fileNames()).toEqual(names);
		expect(await Promise.all(names.map(host.pictureOf))).toEqual([
			'jpeg 1280x720',
			'jpeg 1024x1024',
			'jpeg 720x1280',
		]);
		const billed = await host.billed();
		expect(billed.map(({ path }) => path).sort()).toEqual([
			'/v1/images/edits',
			'/v1/images/edits',
			'/v1/images/generations',
		]);
		const [header, ...edits] = promptsOf(billed);
		expect(header).toContain('Why night trains are coming back');
		expect(edits.sort()).toEqual([
			expect.stringContaining('for a square'),
			expect.stringContaining('for a tall phone screen'),
		]);
	});
}
