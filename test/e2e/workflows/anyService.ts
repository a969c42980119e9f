import type { ServiceName, WorkflowHost } from './host';

const REPLICATE = '/replicate/v1/models/black-forest-labs/flux-2-pro/predictions';
const FILES = ['lighthouse', 'lighthouse-edited', 'market', 'market-edited'];

export function anyService(host: WorkflowHost): void {
	it.each<[ServiceName, string, string]>([
		['blackForestLabs', '/bfl/v1/flux-2-pro', '/bfl/v1/flux-2-pro'],
		['replicate', REPLICATE, REPLICATE],
		['fal', '/fal/fal-ai/flux-2-pro', '/fal/fal-ai/flux-2-pro/edit'],
		['openRouter', '/openrouter/api/v1/images', '/openrouter/api/v1/images'],
	])('runs at %s by its credential', async (service, generate, edit) => {
		await host.imageCredential('FLUX.2', service);
		const execution = await host.run(await host.load('flux-2-at-any-service'));

		const billed = await host.billed();
		expect(billed.map(({ path, method }) => `${method} ${path}`).sort()).toEqual(
			[generate, generate, edit, edit].map((route) => `POST ${route}`),
		);
		const names = await host.fileNames();
		expect(names.map((name) => name.replace(/\.\w+$/, '')).sort()).toEqual(FILES);
		for (const name of names) {
			expect(await host.pictureOf(name)).toMatch(/^(?:jpeg|png) 1024x1024$/);
		}
		const warnings = ['Generate Image', 'Edit Image'].flatMap((node) =>
			execution.items(node).map(({ json }) => json.warnings),
		);
		expect(warnings).toEqual(Array(4).fill(undefined));
	});
}
