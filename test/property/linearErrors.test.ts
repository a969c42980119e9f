import { failureFrom } from '../../nodes/AiImages/response/failure';
import { failureWithoutImage } from '../../nodes/AiImages/response/withoutImage';
import type { Answer } from '../../nodes/AiImages/transport/send';
import { cleanerOf } from '../../nodes/AiImages/transport/secrets';
import { answerOf } from '../unit/answers';
import { expectLinear, repeated } from './linear';

const cleaner = cleanerOf({ apiKey: 'sk-1234567890' });
const texts = [' ', 'http://', '?a=', '<title ', '\\', '{"'].map((piece) => repeated(piece));

type Read = (text: string, answer: Answer) => unknown;

it.each<[string, number, Read]>([
	['an error', 400, failureFrom],
	['a success without an image', 200, (text, answer) => failureWithoutImage([text], answer)],
])('%s is read in time that is in proportion to its length', async (_, status, read) => {
	const answer = { ...answerOf({ status }), ...cleaner };
	await expectLinear((text) => {
		read(text, answer);
		read(JSON.stringify({ error: { message: text } }), answer);
	}, texts);
});
