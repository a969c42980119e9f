import sharp from 'sharp';
import { useEngine } from '../helpers/engine';
import { changesIn, greyMask } from '../image-service/forms';
import { maskWithHole, photo, useService } from '../image-service/helpers';

const KEY = 'key-0123456789abcdefghij';
const FILL = { family: 'flux', model: 'flux-pro-1.0-fill', operation: 'edit', prompt: 'A lake' };
const size = { width: 512, height: 384 };
const hole = { left: 128, top: 96, width: 160, height: 128 };

const service = useService({ apiKey: KEY });
const engine = useEngine();
const files: Record<string, Buffer> = {};

beforeAll(async () => {
	const white = await greyMask(size, hole, 'white');
	files.image = await photo(size.width, size.height);
	files.transparent = await maskWithHole(size.width, size.height, hole);
	files.white = white;
	files.soft = await sharp(white).blur(3).png().toBuffer();
});

const SERVICES = [
	['blackForestLabs', 'Black Forest Labs', '/bfl'],
	['replicate', 'Replicate', '/replicate/v1'],
] as const;

async function fill(
	[id, , path]: (typeof SERVICES)[number],
	mask: string | null,
	more: object = {},
) {
	const named = Object.entries({ data: files.image!, ...(mask ? { mask: files[mask]! } : {}) });
	const binary = named.map(([name, data]) => [name, { data, mimeType: 'image/png' }] as const);
	const masked = mask ? { mask: { image: { source: 'binary', binaryField: 'mask' } } } : {};
	const result = await engine.runWorkflow({
		parameters: {
			...{ ...FILL, outputFormat: 'png' },
			inputImages: { image: [{ source: 'binary', binaryField: 'data' }] },
			options: { ...masked, ...more },
		},
		items: [{ binary: Object.fromEntries(binary) }],
		credentials: { service: id, apiKey: KEY, [`${id}BaseUrl`]: `${service.url}${path}` },
	});
	return { ...result, items: result.outputs[0] ?? [] };
}

describe.each(SERVICES.map((each) => ({ name: each[1], at: each })))(
	'FLUX Fill at $name',
	(its) => {
		it.each(['transparent', 'white', 'soft'])(
			'repaints what is meant by a mask that is %s, and nothing else',
			async (kind) => {
				const { error, items, binary } = await fill(its.at, kind, { seed: 7, guidance: 4 });
				expect(error).toBeUndefined();
				expect(items).toHaveLength(1);
				const result = await binary(items[0]!);
				const { inside, outside } = await changesIn(hole, files.image!, result);
				const area = hole.width * hole.height;
				expect(outside).toBeLessThan(kind === 'soft' ? area / 20 : 1);
				expect(inside).toBeGreaterThan(area * (kind === 'soft' ? 0.95 : 0.99));
			},
		);

		it('does not pay for an edit that changes nothing', async () => {
			const { error } = await fill(its.at, null);
			expect(error?.message).toBe(
				"'Mask' is empty, and the input image has no transparent areas. Add a mask under Options",
			);
			expect(await service.requests()).toEqual([]);
		});
	},
);

it('is refused with a guidance that Replicate does not take', async () => {
	const { error } = await fill(SERVICES[1], 'white', { guidance: 30 });
	expect(error?.message).toMatch(/^'Guidance' "?30"? isn't supported/);
	expect(await service.requests()).toEqual([]);
});
