import { parseRatio, parseSize } from '../models';
import { below } from './spelling';
import type { Content, Endpoint, Limits, Spelling, Variant } from './types';

type Spellings = Endpoint['parameters'];

/** The inputs of a model at Replicate, by their names. */
export interface ModelInputs {
	/** Matches the model. */
	readonly for: RegExp;
	readonly parameters: Spellings;
	/** The parameters of an edit, if they differ. */
	readonly edit?: Spellings;
	/** The input for one image, or for a list of them. Absent: the model only generates. */
	readonly image?: string;
	readonly images?: string;
	/** The input for a mask that is white where the image is repainted. */
	readonly mask?: string;
	/** What an edit has in place of a size. */
	readonly withoutSize?: Readonly<Record<string, string>>;
	readonly limits?: Limits;
}

/** How a model is spoken to. Each prediction is made at the path of its model. */
export function variantOf(model: ModelInputs, prediction: Endpoint): Variant {
	const { parameters, edit = parameters, image, images, mask, withoutSize, limits = {} } = model;
	const spelled = (own: Spellings) => below('input', { prompt: 'prompt', ...own });
	return {
		for: model.for,
		schema: null,
		endpoints: {
			generate: { ...prediction, parameters: spelled(parameters) },
			edit: {
				...prediction,
				parameters: spelled(edit),
				...(images || image
					? { content: fileInputs(imageInput(images ?? image, Boolean(images)), mask) }
					: {}),
				...(withoutSize ? { unset: { size: { input: withoutSize } } } : {}),
				files: { links: true, ...(mask ? { mask: 'white' } : {}) },
			},
		},
		limits: images ? limits : { inputImages: 1, ...limits },
	};
}

/** @param isList whether the input is a list */
export function imageInput(name = '', isList: boolean) {
	return ({ images }: Content) => {
		const links = images.map(({ url }) => url);
		return { input: { [name]: isList ? links : links[0] } };
	};
}

function fileInputs(
	imagesOf: ReturnType<typeof imageInput>,
	maskName: string | undefined,
): NonNullable<Endpoint['content']> {
	return (content) => {
		const { input } = imagesOf(content);
		const { mask } = content;
		return { input: { ...input, ...(maskName && mask ? { [maskName]: mask.url } : {}) } };
	};
}

/** JPEG by the name that Replicate's own models have for it. */
export const FORMAT = { at: 'output_format', words: { jpeg: 'jpg' } } as const satisfies Spelling;

/** Width and height in multiples of a number, with `custom` as their ratio. */
export function freeSize(multipleOf: number, min: number, max: number): Spelling {
	const fits = (edge: number) => edge % multipleOf === 0 && edge >= min && edge <= max;
	return {
		fields: ['aspect_ratio', 'width', 'height'],
		spell: (value) => {
			const edges = parseSize(String(value));
			return edges?.every(fits) ? ['custom', ...edges] : [];
		},
	};
}

/**
 * The ratio of a size with about one megapixel: within one percent, because hardly any size in
 * multiples of 16 has a ratio exactly.
 */
export function ratioOfSize(ratios: readonly string[]): Spelling {
	return {
		fields: ['aspect_ratio'],
		spell: (value) => {
			const [width = 0, height = 0] = parseSize(String(value)) ?? [];
			const isMegapixel = Math.abs(Math.log((width * height) / 1024 ** 2)) < 0.3;
			const ratio = ratios.find(
				(each) => Math.abs(width / height / (parseRatio(each) as number) - 1) < 0.01,
			);
			return isMegapixel && ratio ? [ratio] : [];
		},
	};
}

/** A resolution, or a size of its own with edges from 1024 to 4096. */
export function seedreamSize(resolutions: readonly string[]): Spelling {
	return {
		fields: ['size', 'width', 'height'],
		spell: (value) => {
			if (resolutions.includes(String(value))) return [value];
			const edges = parseSize(String(value));
			return edges?.every((edge) => edge >= 1024 && edge <= 4096) ? ['custom', ...edges] : [];
		},
	};
}

/** The values of a choice. Others cannot be sent. */
export function choice(field: string, values: readonly string[]): Spelling {
	return { fields: [field], spell: (value) => (values.includes(String(value)) ? [value] : []) };
}

/** A number within limits. Others cannot be sent. */
export function within(field: string, min: number, max: number): Spelling {
	const fits = (value: unknown) => Number(value) >= min && Number(value) <= max;
	return { fields: [field], spell: (value) => (fits(value) ? [value] : []) };
}

/** What stands for each of some sizes. */
export function sizes(
	fields: readonly string[],
	by: Readonly<Record<string, readonly string[]>>,
): Spelling {
	return { fields, spell: (value) => by[String(value)] ?? [] };
}
