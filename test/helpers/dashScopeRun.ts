import type { INodeParameters } from 'n8n-workflow';

import type { Engine, NodeRun } from './engine';
import { numberedPicture } from './pictures';

export const DASHSCOPE_KEY = 'key-0123456789abcdefghij';

export interface DashScopeRun extends Partial<NodeRun> {
	/** How many of the three photos are edited; default 1. */
	readonly inputs?: number;
	/** What precedes the path of the profile. */
	readonly url?: string;
	readonly apiKey?: string;
}

/** Three photos, and runs of the node that edit them at DashScope's profile. */
export function useDashScope(engine: Engine, service: { readonly url: string }) {
	const photos: Buffer[] = [];
	beforeAll(async () => {
		const size = { width: 640, height: 480 };
		for (const number of [1, 2, 3]) photos.push(await numberedPicture(number, size));
	});
	const run = async (
		parameters: INodeParameters,
		{ inputs = 1, url = service.url, apiKey = DASHSCOPE_KEY, ...more }: DashScopeRun = {},
	) => {
		const files = photos.slice(0, inputs).map((data, index) => {
			const fileName = `photo${index}`;
			return [fileName, { data, mimeType: 'image/png', fileName }] as const;
		});
		const binaryField = files.map(([name]) => name).join(',');
		const result = await engine.runWorkflow({
			parameters: {
				prompt: 'A lighthouse',
				inputImages: { image: [{ source: 'binary', binaryField }] },
				...parameters,
			},
			items: [{ binary: Object.fromEntries(files) }],
			credentials: { service: 'dashScope', apiKey, dashScopeBaseUrl: `${url}/dashscope` },
			...more,
		});
		return { ...result, items: result.outputs[0] ?? [] };
	};
	return { photos, run };
}
