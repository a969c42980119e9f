import { MODELS, type ModelRow } from '../../nodes/AiImages/models';
import { DASHSCOPE_KEY, useDashScope } from '../helpers/dashScopeRun';
import { useEngine } from '../helpers/engine';
import { useService } from '../image-service/helpers';

const service = useService({ apiKey: DASHSCOPE_KEY });
const { run } = useDashScope(useEngine(), service);
beforeEach(async () => {
	await service.control('jobs', { queuedMs: 5, runningMs: 5 });
	await service.control('bytes', { bytes: 4096 });
});

const PATHS: ReadonlyArray<readonly [id: RegExp, path: string]> = [
	[/^wan2\.[67]/, 'image-generation/generation'],
	[/t2i/, 'text2image/image-synthesis'],
	[/i2i/, 'image2image/image-synthesis'],
	[/^/, 'multimodal-generation/generation'],
];

const rows: Array<[string, ModelRow]> = Object.entries(MODELS);
const uses = rows
	.filter(([, { maker }]) => maker === 'alibaba')
	.flatMap(([model, { family, operations }]) =>
		operations.map((operation) => [model, operation, family] as const),
	);

it.each(uses)(
	'makes one image with the defaults of its fields: %s, %s',
	async (model, operation, family) => {
		const { error, items } = await run({ family, model, operation });
		expect(error).toBeUndefined();
		expect(items).toHaveLength(1);
		const [, path] = PATHS.find(([id]) => id.test(model))!;
		const requests = await service.requests();
		expect(requests.map((request) => [request.path, request.billedImages])).toEqual([
			[`/dashscope/api/v1/services/aigc/${path}`, 1],
		]);
	},
);
