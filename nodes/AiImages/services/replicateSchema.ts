import { parseSize } from '../models';
import { isRecord } from '../values/json';
import { withModel } from './dialect';
import type { ModelSchema } from './schemaKeys';
import type { Spelling } from './types';

/** A size whose ratio is `custom`, or without such a choice. */
const EDGES = ['width', 'height'];
const FREE_SIZE: Spelling = {
	fields: ['aspect_ratio', ...EDGES],
	spell: (value) => {
		const edges = parseSize(String(value));
		return edges ? ['custom', ...edges] : [];
	},
};
const PLAIN_SIZE: Spelling = { fields: EDGES, spell: (value) => parseSize(String(value)) ?? [] };

/**
 * Where Replicate publishes what a model takes, and how most models call it (the schemas of
 * https://www.npmjs.com/package/all-the-public-replicate-models/v/1.352.0). Models that Replicate
 * does not run as its own, "official" ones have no path for predictions: a request names their
 * version (https://replicate.com/docs/reference/http#predictions.create).
 */
export const REPLICATE_SCHEMA: ModelSchema = {
	path: (model) => withModel('/models/{+model}', model.replace(':', '/versions/')),
	idFormat: 'owner/name or owner/name:version',
	schemas: [
		'latest_version.openapi_schema.components.schemas',
		'openapi_schema.components.schemas',
	],
	inputs: 'Input.properties',
	root: 'input',
	parameters: {
		prompt: ['prompt'],
		n: ['num_outputs', 'number_of_images', 'num_images', 'n'],
		size: [FREE_SIZE, PLAIN_SIZE, 'size', 'image_size', 'aspect_ratio'],
		aspectRatio: ['aspect_ratio'],
		resolution: ['resolution', 'size'],
		quality: ['quality'],
		background: ['background'],
		outputFormat: ['output_format'],
		outputCompression: ['output_compression', 'output_quality'],
		seed: ['seed'],
		negativePrompt: ['negative_prompt'],
		steps: ['num_inference_steps', 'steps', 'num_steps'],
		guidance: ['guidance', 'guidance_scale'],
		style: ['style'],
		inputFidelity: ['input_fidelity'],
		moderation: ['moderation'],
		user: ['user_id'],
	},
	images: [
		...['input_images', 'image_input', 'images', 'reference_images'],
		...['input_image', 'image', 'image_prompt'],
	],
	synonyms: { jpeg: 'jpg', jpg: 'jpeg' },
	// A description of a version has its ID, one of a model its latest version.
	versionOf: ({ id, is_official: isOfficial, latest_version: latest }) => {
		if (!isRecord(latest)) return id;
		return isOfficial === false ? latest.id : undefined;
	},
	versionEndpoint: { path: '/predictions', version: 'version' },
};
