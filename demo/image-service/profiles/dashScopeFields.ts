import { z } from 'zod';
import { invalid, refusal } from './dashScopeErrors.ts';
import { models } from './dashScopeModels.ts';
import type { DashScopeModel, Endpoint, Parameter, SizeRule } from './dashScopeModels.ts';
import { checkFields } from './profile.ts';
import type { Refusal } from './profile.ts';
import type { RequestBody } from '../body.ts';

/** A request that was checked. */
export interface Wish {
	readonly id: string;
	readonly model: DashScopeModel;
	readonly prompt: string;
	/** The links of the input pictures. */
	readonly sources: readonly string[];
	readonly n: number;
	readonly size: string | undefined;
	readonly seed: number | undefined;
	/** WAN_27: pictures that belong together. */
	readonly isSequence: boolean;
	/** Models with a job of the old kind respond to it as Wan 2.5 does. */
	readonly answers: DashScopeModel['answers'];
}

const link = z.string().regex(/^(?:https?:\/\/|data:image\/[\w.+-]+;base64,)/, {
	message: 'The provided URL does not appear to be valid. Ensure it is correctly formatted.',
});
const negative = { negative_prompt: z.string().optional() };
const part = z.union([z.strictObject({ text: z.string() }), z.strictObject({ image: link })], {
	message: 'The item of content should be a message of a certain modal.',
});
const message = z.strictObject({ role: z.literal('user'), content: z.array(part).min(1) });
const messages = z.strictObject({ messages: z.array(message).min(1, '[] is too short').max(1) });
const texts = z.strictObject({ prompt: z.string(), ...negative });
const edits = z.strictObject({ prompt: z.string(), ...negative, images: z.array(link) });

const flag = z.boolean().optional();
const SEED = 2_147_483_647;
const seed = z
	.number()
	.int()
	.refine((value) => value >= 0 && value <= SEED, `Range of seed should be [0, ${SEED}]`);
const kinds: Readonly<Record<Parameter, z.ZodTypeAny>> = {
	negative_prompt: z.string().optional(),
	prompt_extend: flag,
	watermark: flag,
	enable_interleave: z.literal(false).optional(),
	enable_sequential: flag,
	thinking_mode: flag,
};

export function check(body: RequestBody, endpoint: Endpoint): Wish {
	const fields = body.kind === 'json' ? body.fields : {};
	if (fields.model === undefined) throw missing('BadRequest.EmptyModel', 'model');
	if (fields.input === undefined) throw missing('BadRequest.EmptyInput', 'input');
	const id = String(fields.model);
	const model = models[id];
	if (!model) throw invalid('Model not exist.');
	if (!model.at.includes(endpoint)) throw invalid('url error, please check url！');
	const isFlat = endpoint.endsWith('image-synthesis');
	const { input, parameters = {} } = checkFields(schemaOf(model, endpoint), body, refuse);
	const { prompt, sources } = isFlat ? flat(input) : spoken(input);
	const answers = isFlat ? 'flat' : model.answers;
	const wish = { id, model, prompt, sources, answers, ...settled(model, parameters) };
	checkImages(wish);
	checkSize(wish);
	return wish;
}

type Parameters = Readonly<{
	n?: number;
	size?: string;
	seed?: number;
	enable_sequential?: boolean;
}>;

function schemaOf(model: DashScopeModel, endpoint: Endpoint) {
	// The prompt's counterpart is a parameter of messages, and part of the input where the prompt is.
	const isFlat = endpoint.endsWith('image-synthesis');
	const named = model.parameters.filter((name) => !(isFlat && name === 'negative_prompt'));
	const parameters = z.strictObject({
		...Object.fromEntries(named.map((name) => [name, kinds[name]])),
		...(model.n && { n: z.number().int().optional() }),
		...(model.size && { size: z.string().optional() }),
		seed: seed.optional(),
	});
	return z.strictObject({
		model: z.string(),
		input: isFlat ? (endpoint === 'image2image/image-synthesis' ? edits : texts) : messages,
		parameters: parameters.optional(),
	}) as unknown as z.ZodType<{ input: unknown; parameters?: Parameters }, z.ZodTypeDef, unknown>;
}

function missing(code: string, field: string): Refusal {
	return refusal(
		400,
		code,
		field === 'model'
			? 'Required parameter "model" missing from request.'
			: 'Required input parameter missing from request.',
	);
}

function refuse(path: string, problem: string): Refusal {
	if (problem === 'Required') return invalid(`Field required: ${path}`);
	if (/\.content\.\d+\.\w+$/.test(path) && problem.startsWith('Unrecognized')) {
		return invalid('The item of content should be a message of a certain modal.');
	}
	// What the service words itself names no path.
	return invalid(/^(?:\[\]|Range|The )/.test(problem) ? problem : `${problem}: ${path}`);
}

function flat(input: unknown) {
	const { prompt, images = [] } = input as { prompt: string; images?: string[] };
	return { prompt, sources: images };
}

function spoken(input: unknown) {
	const [said] = (input as z.output<typeof messages>).messages;
	const content = said?.content ?? [];
	const prompts = content.flatMap((each) => ('text' in each ? [each.text] : []));
	if (prompts.length !== 1) throw invalid('content must contain exactly one text');
	const sources = content.flatMap((each) => ('image' in each ? [each.image] : []));
	return { prompt: prompts[0]!, sources };
}

function settled({ n: rule }: DashScopeModel, { n, size, seed, ...others }: Parameters) {
	const { most, fallback } = rule ?? { most: 1, fallback: 1 };
	// WAN_27: a sequence has up to twelve, other requests have four.
	const limit = most === 12 && !others.enable_sequential ? 4 : most;
	if (n !== undefined && (n < 1 || n > limit)) {
		throw invalid(
			limit === 1 ? 'num_images_per_prompt must be 1' : `Range of n should be [1, ${limit}]`,
		);
	}
	const isSequence = others.enable_sequential === true;
	return { n: n ?? (isSequence ? most : fallback), size, seed, isSequence };
}

function checkImages({ model, sources }: Wish): void {
	const [least, most] = model.images;
	if (sources.length < least || sources.length > most) {
		throw invalid(`the number of images must be between ${least} and ${most}`);
	}
}

function checkSize({ model, size, sources, isSequence }: Wish): void {
	const rule = model.size;
	if (size === undefined || !rule || allows(rule, size, isSequence || sources.length > 0)) return;
	throw invalid(`size must be one that the model supports: ${size}`);
}

function allows(rule: SizeRule, size: string, isLimited: boolean): boolean {
	const { list, names, edges, squares, ratio = Infinity } = rule;
	// WAN_27: 4K is for one picture of a text.
	const limit = isLimited ? 2048 : Infinity;
	if (list?.includes(size)) return true;
	if (list && !squares) return false;
	if (names?.[size]) return names[size] <= limit;
	const match = /^(\d+)\*(\d+)$/.exec(size);
	if (!match) return false;
	const [width, height] = [Number(match[1]), Number(match[2])];
	const within = (value: number, [least, most]: readonly [number, number]) =>
		value >= least && value <= most;
	const pixels = Math.sqrt(width * height);
	return (
		(!edges || (within(width, edges) && within(height, edges))) &&
		(!squares || within(pixels, [squares[0], Math.min(squares[1], limit)])) &&
		Math.max(width / height, height / width) <= ratio
	);
}
