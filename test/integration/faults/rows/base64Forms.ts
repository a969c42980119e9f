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
	title: 'Images inside of the answer',
	about: 'Servers write base64 in many ways, all of which are read.',
	rows: [
		intactRow(
			'base64 with the beginning of a data URL',
			entry((base64) => ({ b64_json: `data:image/png;base64,${base64}` })),
			BOTH,
		),
		intactRow(
			'base64 with the beginning of a data URL with a character set',
			entry((base64) => ({ b64_json: `data:image/png;charset=utf-8;base64,${base64}` })),
		),
		intactRow(
			'base64 in lines',
			entry((base64) => ({ b64_json: base64.replace(/.{20}/g, '$&\r\n') })),
			BOTH,
		),
		intactRow(
			'base64 with blanks around it',
			entry((base64) => ({ b64_json: ` \t${base64} ` })),
		),
		intactRow(
			'base64 of the URL-safe alphabet',
			entry((_, image) => ({ b64_json: image.toString('base64url') })),
			BOTH,
		),
		intactRow(
			'base64 without its padding',
			entry((base64) => ({ b64_json: base64.replace(/=+$/, '') })),
			BOTH,
		),
		intactRow(
			'base64 whose slashes are escaped',
			escaped((base64) => base64.replaceAll('/', '\\/')),
		),
		intactRow(
			'base64 whose characters are escaped',
			escaped((base64) => base64.replace(/[+/=]/g, (character) => `\\u${hex(character)}`)),
		),
		intactRow(
			'base64 in escaped lines',
			escaped((base64) => base64.replace(/.{5}/g, '$&\\n')),
		),
		intactRow(
			'base64 beside an empty url',
			entry((base64) => ({ url: '', b64_json: base64, revised_prompt: '' })),
			BOTH,
		),
		intactRow(
			'base64 beside a url that is null',
			entry((base64) => ({ url: null, b64_json: base64 })),
		),
		intactRow(
			'base64 before an empty url',
			entry((base64) => ({ b64_json: base64, url: '' })),
		),
		intactRow(
			'a data URL beside empty base64',
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
			'a data URL in capitals',
			entry((base64) => ({ url: `DATA:image/png;BASE64,${base64}` })),
		),
		intactRow(
			'a data URL whose characters are written with percent signs',
			entry((base64) => ({ url: `data:image/png;base64,${encodeURIComponent(base64)}` })),
		),
	],
};
