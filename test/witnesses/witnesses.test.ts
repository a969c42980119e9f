import axios from 'axios';

import type { RecordedRequest } from '../../demo/image-service/recorder.ts';
import { startImageService, type ImageService } from '../../demo/image-service/server.ts';
import { useEngine, type NodeResult } from '../helpers/engine';
import { numberedPicture, picture } from '../helpers/pictures';
import { compare } from './compare';
import { isFor, markedPrompt, requestsOf, runClient, type Outcome } from './runClient';
import { WITNESSES } from './services';
import type { Exemption, Wish } from './witness';

const API_KEY = 'key-0123456789abcdefghij';
const SERVICES = WITNESSES.map((each) => [each.service, each.client, each] as const);
const engine = useEngine();
/** Some services take no smaller images. */
const SIZE = { width: 64, height: 64 };

const PARALLEL_RUNS = 4;

/** Only edits are drawn, for which the service looks at the inputs: drawing takes most of the time. */
async function drawFor(operation: Wish['operation'], url: string): Promise<void> {
	const isDrawn = operation === 'edit';
	await axios(`${url}/control/bytes`, {
		method: isDrawn ? 'DELETE' : 'POST',
		...(isDrawn ? {} : { data: { bytes: 4096 } }),
	});
}

describe.each(SERVICES)('%s, as spoken by %s', (_service, _client, witness) => {
	let service: ImageService;
	let inputs: Buffer[];
	let mask: Buffer;
	let outcomes: Outcome[];
	/** What the node made of each wish, and its requests. */
	const runs = new Map<Wish, NodeResult>();
	let requests: RecordedRequest[];
	const used = new Set<Exemption>();

	beforeAll(async () => {
		service = await startImageService({ apiKey: API_KEY });
		inputs = await Promise.all(
			[1, 2, 3].map(async (number) => await numberedPicture(number, SIZE)),
		);
		mask = await picture({ colour: '#00000000', alpha: true, ...SIZE });
		const errand = { url: service.url, apiKey: API_KEY, inputs, mask };
		outcomes = [];
		for (const operation of ['generate', 'edit'] as const) {
			await drawFor(operation, service.url);
			const wishes = witness.wishes.filter((wish) => wish.operation === operation);
			outcomes.push(...(await runClient({ ...witness, wishes }, errand)));
		}
		const before = (await requestsOf(service.url)).length;
		for (const operation of ['generate', 'edit'] as const) {
			await drawFor(operation, service.url);
			const wishes = witness.wishes.filter((wish) => wish.operation === operation);
			// Most of the time is spent waiting for jobs.
			const carryOut = async (): Promise<void> => {
				for (let wish = wishes.shift(); wish; wish = wishes.shift()) {
					runs.set(wish, await byNode(wish, service.url));
				}
			};
			await Promise.all(Array.from({ length: PARALLEL_RUNS }, carryOut));
		}
		requests = (await requestsOf(service.url)).slice(before);
	});
	afterAll(async () => await service.close());

	/** Lets the node carry out a wish. */
	async function byNode(wish: Wish, url: string) {
		const names = inputs.slice(0, wish.inputs ?? 0).map((_, index) => `input-${index}`);
		const files = names.map((name, index) => [name, inputs[index]!] as const);
		const all = wish.mask ? [...files, ['mask-0', mask] as const] : files;
		const binary = all.map(([name, data]) => {
			return [name, { data, mimeType: 'image/png', fileName: `${name}.png` }] as const;
		});
		const masked = { mask: { image: { source: 'binary', binaryField: 'mask-0' } } };
		return await engine.runWorkflow({
			parameters: {
				operation: wish.operation,
				prompt: markedPrompt(wish),
				inputImages: { image: [{ source: 'binary', binaryField: names.join(',') }] },
				...wish.node,
				options: { ...(wish.node.options as object), ...(wish.mask ? masked : {}) },
			},
			items: [{ binary: Object.fromEntries(binary) }],
			credentials: {
				service: witness.service,
				apiKey: API_KEY,
				...witness.credential,
				[`${witness.service}BaseUrl`]: `${url}/${witness.address ?? witness.profile}`,
			},
		});
	}

	it('makes at least twelve different wishes', () => {
		const names = witness.wishes.map(({ name }) => name);
		expect(new Set(names).size).toBe(names.length);
		expect(names.length).toBeGreaterThanOrEqual(12);
	});

	it.each(witness.wishes.map((wish) => [wish.name, wish] as const))(
		'asks for the same as the node, and gets it: %s',
		(name, wish) => {
			const outcome = outcomes.find((each) => each.name === name);
			const images = Number(wish.parameters?.n ?? 1);
			expect(outcome).toMatchObject({ name, images: expect.any(Array) });
			expect(outcome?.images).toHaveLength(images);

			const run = runs.get(wish);
			expect(run?.error).toBeUndefined();
			expect(run?.outputs[0]).toHaveLength(images);
			const byNode = requests.filter((request) => isFor(request, markedPrompt(wish)));
			const exemptions = [...witness.exempt, ...(wish.exempt ?? [])];
			const compared = compare(outcome!.requests, byNode, exemptions);
			expect(compared.node).toEqual(compared.client);
			for (const exemption of compared.used) used.add(exemption);
		},
	);

	it('lets the node request nothing else', () => {
		const marks = witness.wishes.map(markedPrompt);
		expect(requests.filter((each) => !marks.some((mark) => isFor(each, mark)))).toEqual([]);
	});

	it('needs every exemption, and each has its source', () => {
		const all = [...witness.exempt, ...witness.wishes.flatMap(({ exempt = [] }) => exempt)];
		expect(all.filter((each) => !used.has(each))).toEqual([]);
		for (const { because, source } of all) {
			expect(because).not.toBe('');
			expect(source).toMatch(/^https:\/\//);
		}
	});
});
