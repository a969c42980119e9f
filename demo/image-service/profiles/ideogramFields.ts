import { z } from 'zod';
import type { Part } from '../multipart.ts';
import { file, number, oneOf, several, text } from './form.ts';

export const GENERATE = 'https://developer.ideogram.ai/api-reference/api-reference/generate-v3';
export const REMIX = 'https://developer.ideogram.ai/v1/api-reference/edit-images/remix-v3.md';
export const INPAINT = 'https://developer.ideogram.ai/v1/api-reference/edit-images/inpaint-v3.md';
/** The reference of the former name of INPAINT, with the ranges that the others leave out. */
export const RANGES =
	'https://developer.ideogram.ai/api-reference/api-reference/edit-v3?explorer=true';
export const WEIGHT = 'https://developer.ideogram.ai/api-reference/images/remix';
/** The client that shows how codes and colours are written. */
export const CLIENT =
	'https://github.com/comfyanonymous/ComfyUI/blob/607a19cb8b810490170467681cd68ea1062f6115/comfy_api_nodes/apis/ideogram.py';
/** A form holds an object as JSON. */
export const FORMS =
	'https://spec.openapis.org/oas/v3.1.0#special-considerations-for-multipart-content';

/** `ResolutionV3` (GENERATE), by width. */
const heights: Readonly<Record<number, readonly number[]>> = {
	512: [1536],
	576: [1408, 1472, 1536],
	640: [1344, 1408, 1472, 1536],
	704: [1152, 1216, 1280, 1344, 1408, 1472],
	736: [1312],
	768: [1088, 1216, 1280, 1344],
	800: [1280],
	832: [960, 1024, 1088, 1152, 1216, 1248],
	864: [1152],
	896: [960, 1024, 1088, 1120, 1152],
	960: [832, 896, 1024, 1088],
	1024: [832, 896, 960, 1024],
	1088: [768, 832, 896, 960],
	1120: [896],
	1152: [704, 832, 864, 896],
	1216: [704, 768, 832],
	1248: [832],
	1280: [704, 768, 800],
	1312: [736],
	1344: [640, 704, 768],
	1408: [576, 640, 704],
	1472: [576, 640, 704],
	1536: [512, 576, 640],
};

export const resolutions: ReadonlyArray<readonly [width: number, height: number]> = Object.entries(
	heights,
).flatMap(([width, all]) => all.map((height) => [Number(width), height] as const));

const resolution = text().refine(
	(value) => resolutions.some(([width, height]) => value === `${width}x${height}`),
	'is not one of the resolutions of Ideogram 3.0',
);

const ratios = [
	...(['1x3', '3x1', '1x2', '2x1', '9x16', '16x9', '10x16', '16x10'] as const),
	...(['2x3', '3x2', '3x4', '4x3', '4x5', '5x4', '1x1'] as const),
] as const;

const palettes = [
	...(['EMBER', 'FRESH', 'JUNGLE', 'MAGIC', 'MELON', 'MOSAIC', 'PASTEL'] as const),
	'ULTRAMARINE',
] as const;

/** `StylePresetV3` (GENERATE). */
const presets = [
	...(['80S_ILLUSTRATION', '90S_NOSTALGIA', 'ABSTRACT_ORGANIC', 'ANALOG_NOSTALGIA'] as const),
	...(['ART_BRUT', 'ART_DECO', 'ART_POSTER', 'AURA', 'AVANT_GARDE', 'BAUHAUS'] as const),
	...(['BLUEPRINT', 'BLURRY_MOTION', 'BRIGHT_ART', 'C4D_CARTOON', 'CHILDRENS_BOOK'] as const),
	...(['COLLAGE', 'COLORING_BOOK_I', 'COLORING_BOOK_II', 'CUBISM', 'DARK_AURA'] as const),
	...(['DOODLE', 'DOUBLE_EXPOSURE', 'DRAMATIC_CINEMA', 'EDITORIAL'] as const),
	...(['EMOTIONAL_MINIMAL', 'ETHEREAL_PARTY', 'EXPIRED_FILM', 'FLAT_ART'] as const),
	...(['FLAT_VECTOR', 'FOREST_REVERIE', 'GEO_MINIMALIST', 'GLASS_PRISM'] as const),
	...(['GOLDEN_HOUR', 'GRAFFITI_I', 'GRAFFITI_II', 'HALFTONE_PRINT'] as const),
	...(['HIGH_CONTRAST', 'HIPPIE_ERA', 'ICONIC', 'JAPANDI_FUSION', 'JAZZY'] as const),
	...(['LONG_EXPOSURE', 'MAGAZINE_EDITORIAL', 'MINIMAL_ILLUSTRATION'] as const),
	...(['MIXED_MEDIA', 'MONOCHROME', 'NIGHTLIFE', 'OIL_PAINTING', 'OLD_CARTOONS'] as const),
	...(['PAINT_GESTURE', 'POP_ART', 'RETRO_ETCHING', 'RIVIERA_POP'] as const),
	...(['SPOTLIGHT_80S', 'STYLIZED_RED', 'SURREAL_COLLAGE', 'TRAVEL_POSTER'] as const),
	...(['VINTAGE_GEO', 'VINTAGE_POSTER', 'WATERCOLOR', 'WEIRD', 'WOODBLOCK_PRINT'] as const),
] as const;

const member = z.strictObject({
	color_hex: z.string().regex(/^#[\da-f]{6}$/i, 'must be a colour such as #ff0000'),
	color_weight: z.number().min(0.05).max(1).optional(),
});
const palette = z.union([
	z.strictObject({ name: z.enum(palettes) }),
	z.strictObject({ members: z.array(member) }),
]);
const colorPalette = text().refine((value) => {
	try {
		return palette.safeParse(JSON.parse(value)).success;
	} catch {
		return false;
	}
}, 'must be a palette, as JSON');

const every = {
	prompt: text({ min: 1 }),
	seed: number(0, 2_147_483_647, { whole: true }).optional(),
	rendering_speed: oneOf(['FLASH', 'TURBO', 'DEFAULT', 'QUALITY']).optional(),
	magic_prompt: oneOf(['AUTO', 'ON', 'OFF']).optional(),
	num_images: number(1, 8, { whole: true }).optional(),
	color_palette: colorPalette.optional(),
	style_codes: several(text().regex(/^[\da-f]{8}$/i, 'must be 8 hexadecimal characters')),
	style_type: oneOf(['AUTO', 'GENERAL', 'REALISTIC', 'DESIGN', 'FICTION']).optional(),
	style_preset: oneOf(presets).optional(),
	style_reference_images: several(file),
	character_reference_images: several(file, 1),
	character_reference_images_mask: several(file, 1),
};
const framed = {
	...every,
	resolution: resolution.optional(),
	aspect_ratio: oneOf(ratios).optional(),
	negative_prompt: text().optional(),
};

export interface Fields {
	readonly prompt: string;
	readonly seed?: number | undefined;
	readonly num_images?: number | undefined;
	readonly style_type?: string | undefined;
	readonly style_codes?: readonly string[] | undefined;
	readonly style_reference_images?: readonly Part[] | undefined;
	readonly character_reference_images?: readonly Part[] | undefined;
	readonly character_reference_images_mask?: readonly Part[] | undefined;
	readonly resolution?: string | undefined;
	readonly aspect_ratio?: string | undefined;
	readonly image?: Part;
	readonly mask?: Part;
}

/** Fields that exclude others, and masks that go with references (GENERATE, REMIX, INPAINT). */
function form<Shape extends z.ZodRawShape>(shape: Shape): z.ZodType<Fields, z.ZodTypeDef, unknown> {
	const strict = z.object(shape).strict('is not a field of this endpoint');
	return (strict as unknown as z.ZodType<Fields>).superRefine((fields, context) => {
		const excluded = excludedField(fields);
		if (excluded) {
			const [name, other] = excluded;
			const message = `cannot be used in conjunction with ${other}`;
			context.addIssue({ code: 'custom', path: [name], message });
		}
		const { character_reference_images: references = [] } = fields;
		const masks = fields.character_reference_images_mask;
		if (masks === undefined || masks.length === references.length) return;
		const path = ['character_reference_images_mask'];
		const message = 'must match the number of character_reference_images';
		context.addIssue({ code: 'custom', path, message });
	});
}

function excludedField(fields: Fields): [string, string] | undefined {
	if (fields.aspect_ratio !== undefined && fields.resolution !== undefined) {
		return ['aspect_ratio', 'resolution'];
	}
	const others = ['style_reference_images', 'style_type'] as const;
	const other = fields.style_codes && others.find((name) => fields[name] !== undefined);
	return other && ['style_codes', other];
}

export const generate = form({
	...framed,
	custom_model_uri: text()
		.regex(/^model\/[^/]+\/version\/[^/]+$/, 'must be model/NAME/version/NAME')
		.optional(),
	enable_copyright_detection: oneOf(['true', 'false']).optional(),
});
export const remix = form({
	...framed,
	image: file,
	image_weight: number(1, 100, { whole: true }).optional(),
});
export const inpaint = form({ ...every, image: file, mask: file });
