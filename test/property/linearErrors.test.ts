import { parseErrorText } from '../../nodes/AiImages/response/errors/parseError';
import { noImageError } from '../../nodes/AiImages/response/errors/noImage';
import type { HttpResponse } from '../../nodes/AiImages/transport/send';
import { redactorFor } from '../../nodes/AiImages/transport/secrets';
import { responseOf } from '../unit/responses';
import { expectLinear, repeated } from './linear';

const cleaner = redactorFor({ apiKey: 'sk-1234567890' });
const texts = [' ', 'http://', '?a=', '<title ', '\\', '{"'].map((piece) => repeated(piece));

type Read = (text: string, response: HttpResponse) => unknown;

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
