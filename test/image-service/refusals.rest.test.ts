import { editRefusals, families, generateRefusals } from './catalogue';
import type { Family, Refusal } from './catalogue';
import { dataUrl, maskWithHole, useService } from './helpers';

const service = useService();

/** One line per model and parameter. */
function perModel(table: Partial<Record<Family, Refusal[]>>): Array<[string, ...Refusal]> {
	return Object.entries(table).flatMap(([family, refusals]) =>
		families[family as Family].flatMap((model) =>
			refusals.map((refusal): [string, ...Refusal] => [model, ...refusal]),
		),
	);
}

/** Parameters that only travel in one direction are left to the tables that name them. */
const alsoForEdit = (Object.keys(editRefusals) as Array<keyof typeof editRefusals>).map(
	(family) => {
		const special = ['svg', 'input_fidelity', 'mask'];
		const shared = generateRefusals[family].filter(([param]) => !special.includes(param));
		return [family, [...shared, ...editRefusals[family]]] as const;
	},
);

let image: string;
beforeAll(async () => {
	const hole = { left: 0, top: 0, width: 20, height: 20 };
	image = dataUrl(await maskWithHole(64, 64, hole));
});

describe('generations', () => {
	it.each(perModel(generateRefusals))(
		'%s refuses %s: %j (%s)',
		async (model, param, value, code) => {
			const { status, data } = await service.generate({ model, prompt: 'A fox', [param]: value });
			expect(data.error).toMatchObject({
				code,
				message: expect.any(String),
				type: expect.any(String),
			});
			expect(status).toBe(code === 'model_not_found' ? 404 : 400);
			if (code !== 'model_not_found') expect(data.error.param).toBe(param);
		},
	);
});

describe('edits', () => {
	it.each(perModel(Object.fromEntries(alsoForEdit)))(
		'%s refuses %s: %j (%s)',
		async (model, param, value, code) => {
			const images = [{ image_url: image }];
			const body = { model, prompt: 'A fox', images, [param]: value };
			const { status, data } = await service.editJson(body);
			expect(data.error).toMatchObject({ code });
			expect(status).toBe(code === 'model_not_found' ? 404 : 400);
			if (code !== 'model_not_found') expect(data.error.param).toBe(param);
		},
	);

	it('refuses dall-e-3 and names the models that edit', async () => {
		const { status, data } = await service.editJson({
			model: 'dall-e-3',
			prompt: 'A fox',
			images: [{ image_url: image }],
		});
		expect(status).toBe(400);
		expect(data.error).toMatchObject({ code: 'invalid_value', param: 'model' });
		expect(data.error.message).toContain("'gpt-image-2.5-flare'");
	});
});

it.each(['constructor', 'toString', '__proto__'])(
	'does not know the parameter %s',
	async (param) => {
		const body = `{"model":"gpt-image-2","prompt":"A fox","${param}":1}`;
		const { status, data } = await service.http.post('/v1/images/generations', body, {
			headers: { 'content-type': 'application/json' },
		});
		expect(status).toBe(400);
		expect(data.error).toMatchObject({ code: 'unknown_parameter', param });
	},
);

describe('messages', () => {
	it.each([
		[
			{ quality: 'best' },
			"Invalid value: 'best'. Supported values are: 'auto', 'low', 'medium', 'high', 'xhigh', and 'max'.",
		],
		[
			{ size: '4096x4096' },
			"Invalid size '4096x4096'. The longest edge must be less than or equal to 3840.",
		],
		[
			{ size: '1000x1000' },
			"Invalid size '1000x1000'. Width and height must both be divisible by 16.",
		],
		[{ size: '768x768' }, 'Requested resolution is below the current minimum pixel budget.'],
		[{ size: 'banana' }, "Invalid size 'banana'. Expected WIDTHxHEIGHT, for example '1824x1024'."],
		[{ response_format: 'url' }, "Unknown parameter: 'response_format'."],
		[{ prompt: undefined }, "Missing required parameter: 'prompt'."],
		[{ prompt: null }, "Missing required parameter: 'prompt'."],
		[{ model: undefined }, "Missing required parameter: 'model'."],
		[{ model: 'x' }, 'The model `x` does not exist or you do not have access to it.'],
		[
			{ n: 11 },
			"Invalid 'n': integer above maximum value. Expected a value <= 10, but got 11 instead.",
		],
		[{ n: 'two' }, "Invalid type for 'n': expected an integer, but got a string instead."],
		[
			{ background: 'transparent', output_format: 'jpeg' },
			'Transparent background is not supported for JPEG output format',
		],
	])('%j gets the API’s own error', async (extra, message) => {
		const model = 'gpt-image-2.5-flare';
		const { data } = await service.generate({ model, prompt: 'A fox', ...extra });
		expect(data.error.message).toBe(message);
	});

	it('reports that a model refuses input_fidelity', async () => {
		const { data } = await service.editJson({
			model: 'gpt-image-2',
			prompt: 'A fox',
			images: [{ image_url: image }],
			input_fidelity: 'high',
		});
		expect(data.error).toEqual({
			message: "The model 'gpt-image-2' does not support the 'input_fidelity' parameter.",
			type: 'image_generation_user_error',
			param: 'input_fidelity',
			code: 'invalid_input_fidelity_model',
		});
	});
});

describe('parameters that cannot be combined', () => {
	it.each([
		[{ output_format: 'gif', stream: true }, 'stream'],
		[{ output_format: 'gif', background: 'transparent' }, 'background'],
		[{ output_format: 'gif', output_compression: 50 }, 'output_compression'],
		[{ output_format: 'gif', size: '1024x1024', frame_count: 6 }, 'size'],
		[{ output_format: 'gif', size: '832x832', frame_count: 12 }, 'size'],
		[{ output_format: 'gif', size: '736x736', frame_count: 16 }, 'size'],
		[{ output_format: 'gif', size: '960x960', n: 2 }, 'size'],
		[{ output_format: 'svg', n: 2 }, 'n'],
		[{ output_format: 'svg', stream: true }, 'stream'],
		[{ output_format: 'svg', output_compression: 100 }, 'output_compression'],
		[{ output_format: 'svg', svg: {} }, 'svg.model'],
		[{ output_format: 'svg', svg: { model: 'm', effort: 'low' } }, 'svg.effort'],
		[
			{ output_format: 'svg', svg: { model: 'm', reasoning: { effort: 'huge' } } },
			'svg.reasoning.effort',
		],
	])('%j is refused for its %s', async (extra, param) => {
		const model = 'gpt-image-2.6-flare';
		const { status, data } = await service.generate({ model, prompt: 'A fox', ...extra });
		expect(status).toBe(400);
		expect(data.error.param).toBe(param);
	});
});
