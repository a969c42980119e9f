import type { INodeParameters } from 'n8n-workflow';

import { useEngine } from '../helpers/engine';
import { picture } from '../helpers/pictures';
import { useService } from '../image-service/helpers';

const engine = useEngine();
const service = useService();

async function drawn(parameters: INodeParameters) {
	const data = { data: await picture({ width: 32, height: 32 }), mimeType: 'image/png' };
	const result = await engine.runWorkflow({
		parameters: {
			...{ operation: 'edit', model: 'gpt-image-2.6-flare', prompt: 'Trace it' },
			...{ outputFormat: 'svg', ...parameters },
		},
		items: [{ binary: { data } }],
		credentials: { baseUrl: service.url, authentication: 'none' },
	});
	expect(result.error).toBeUndefined();
	const [item] = result.outputs[0]!;
	return { json: item!.json, svg: (await result.binary(item!, 'data')).toString() };
}

const AUTHOR = { svgModel: 'gpt-5.6-terra', svgReasoningEffort: 'low' };

describe('a drawing after an image', () => {
	it.each<[string, INodeParameters]>([
		['with the author’s defaults', {}],
		['with an author', AUTHOR],
		['with an effort alone', { svgReasoningEffort: 'high' }],
		['with an author, sent as JSON', { ...AUTHOR, options: { imagesAsJson: true } }],
	])('is made by an API that is strict about its fields: %s', async (_, parameters) => {
		const { json, svg } = await drawn(parameters);
		expect(svg).toMatch(/^<svg /);
		expect(json).toMatchObject({ mimeType: 'image/svg+xml', operation: 'edit' });
		expect(json).not.toHaveProperty('warnings');
	});
});
