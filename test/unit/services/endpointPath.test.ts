import { dialectFor, endpointPath } from '../../../nodes/AiImages/services/dialect';
import { FAL } from '../../../nodes/AiImages/services/fal';
import type { Service } from '../../../nodes/AiImages/services/types';

const pathsOf = (service: Service, id: string) => {
	const dialect = dialectFor(service, id);
	return (['generate', 'edit'] as const).map((each) => endpointPath(dialect, each, id));
};

describe('the path of an endpoint', () => {
	it.each([
		['fal-ai/flux-2-pro', '/fal-ai/flux-2-pro', '/fal-ai/flux-2-pro/edit'],
		['fal-ai/flux-2', '/fal-ai/flux-2', '/fal-ai/flux-2/edit'],
		[
			'fal-ai/flux-pro/kontext',
			'/fal-ai/flux-pro/kontext/text-to-image',
			'/fal-ai/flux-pro/kontext',
		],
		['fal-ai/gpt-image-1', '/fal-ai/gpt-image-1/text-to-image', '/fal-ai/gpt-image-1/edit-image'],
		['fal-ai/unknown/v9', '/fal-ai/unknown/v9', '/fal-ai/unknown/v9'],
	])('has the slashes of the ID, and what follows it: %s', (id, generate, edit) => {
		expect(pathsOf(FAL, id)).toEqual([generate, edit]);
	});

	it.each([
		['fal-ai/flux-2-pro/edit', 1, '/fal-ai/flux-2-pro/edit'],
		['fal-ai/bytedance/seedream/v4.5/edit', 1, '/fal-ai/bytedance/seedream/v4.5/edit'],
		[
			'fal-ai/bytedance/seedream/v4/text-to-image',
			0,
			'/fal-ai/bytedance/seedream/v4/text-to-image',
		],
		['fal-ai/flux-pro/kontext/max/text-to-image', 0, '/fal-ai/flux-pro/kontext/max/text-to-image'],
	])('has no end twice: %s', (id, at, path) => {
		expect(pathsOf(FAL, id)[at]).toBe(path);
	});

	it('stays one path, whatever the ID is', () => {
		expect(pathsOf(FAL, 'fal-ai/a?b=1#c/ d')).toEqual([
			'/fal-ai/a%3Fb%3D1%23c/%20d',
			'/fal-ai/a%3Fb%3D1%23c/%20d',
		]);
	});
});
