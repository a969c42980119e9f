import { raw } from '../../../helpers/imagesApi';
import { entry, JSON_TYPE, makes } from '../responders';
import type { Responder } from '../servers';
import { BOTH } from '../outcomes';
import type { Topic } from '../row';
import { intactRow } from '../singleRow';

/** Writes the text between the quotes as it is, with its escapes. */
const escaped = (write: (base64: string) => string): Responder =>
	makes(([image]) =>
		raw(`{"data":[{"b64_json":"${write(image!.toString('base64'))}"}]}`, 200, JSON_TYPE),
	);

const hex = (character: string) => character.charCodeAt(0).toString(16).padStart(4, '0');

/** Images inside the response. */
export const BASE64_FORMS: Topic = {
	title: 'Base64 images',
	about: 'APIs format base64 in many ways. All of these are supported.',
	rows: [
		intactRow(
			'base64 with a data URL prefix',
			entry((base64) => ({ b64_json: `data:image/png;base64,${base64}` })),
			BOTH,
		),
		intactRow(
			'base64 with a data URL prefix and a character set',
			entry((base64) => ({ b64_json: `data:image/png;charset=utf-8;base64,${base64}` })),
		),
		intactRow(
			'line-wrapped base64',
			entry((base64) => ({ b64_json: base64.replace(/.{20}/g, '$&\r\n') })),
			BOTH,
		),
		intactRow(
			'base64 surrounded by spaces',
			entry((base64) => ({ b64_json: ` \t${base64} ` })),
		),
		intactRow(
			'URL-safe base64',
			entry((_, image) => ({ b64_json: image.toString('base64url') })),
			BOTH,
		),
		intactRow(
			'base64 without padding',
			entry((base64) => ({ b64_json: base64.replace(/=+$/, '') })),
			BOTH,
		),
		intactRow(
			'base64 with escaped slashes',
			escaped((base64) => base64.replaceAll('/', '\\/')),
		),
		intactRow(
			'base64 with escaped characters',
			escaped((base64) => base64.replace(/[+/=]/g, (character) => `\\u${hex(character)}`)),
		),
		intactRow(
			'base64 with escaped line breaks',
			escaped((base64) => base64.replace(/.{5}/g, '$&\\n')),
		),
		intactRow(
			'base64 with an empty url',
			entry((base64) => ({ url: '', b64_json: base64, revised_prompt: '' })),
			BOTH,
		),
		intactRow(
			'base64 with a null url',
			entry((base64) => ({ url: null, b64_json: base64 })),
		),
		intactRow(
			'base64 followed by an empty url',
			entry((base64) => ({ b64_json: base64, url: '' })),
		),
		intactRow(
			'a data URL with empty base64',
			entry((base64) => ({ b64_json: '', url: `data:image/png;base64,${base64}` })),
			BOTH,
		),
		intactRow(
			'a data URL instead of a link',
			entry((base64) => ({ url: `data:image/png;base64,${base64}` })),
			BOTH,
		),
		intactRow(
			'a data URL without a type',
			entry((base64) => ({ url: `data:;base64,${base64}` })),
		),
		intactRow(
			'a data URL in upper case',
			entry((base64) => ({ url: `DATA:image/png;BASE64,${base64}` })),
		),
		intactRow(
			'a percent-encoded data URL',
			entry((base64) => ({ url: `data:image/png;base64,${encodeURIComponent(base64)}` })),
		),
	],
};
