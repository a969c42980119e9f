import { parseErrorText } from '../../nodes/AiImages/response/errors/parseError';
import { noImageError } from '../../nodes/AiImages/response/errors/noImage';
import type { ServiceResponse } from '../../nodes/AiImages/response/serviceResponse';
import { responseOf } from '../unit/responses';
import { expectLinear, repeated } from './linear';
import { accessFor } from '../../nodes/AiImages/services/access';

const cleaner = accessFor({ apiKey: 'sk-1234567890' }).redactor;
const texts = [' ', 'http://', '?a=', '<title ', '\\', '{"'].map((piece) => repeated(piece));

type Read = (text: string, response: ServiceResponse) => unknown;

it.each<[string, number, Read]>([
	['an error', 400, parseErrorText],
	['a success without an image', 200, (text, response) => noImageError([text], response)],
])('%s is read in time that is in proportion to its length', async (_, status, read) => {
	const response = { ...responseOf({ status }), ...cleaner };
	await expectLinear((text) => {
		read(text, response);
		read(JSON.stringify({ error: { message: text } }), response);
	}, texts);
});
