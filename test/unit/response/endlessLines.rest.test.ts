import { decode } from '../../../nodes/AiImages/response/decode';
import { eventsOf, keepText, NO_LIMITS, storeOf } from '../responses';

it.each(['\n', ': keepalive\n', 'id: 1\n', 'x\n', 'data:\n'])(
	'a stream of only lines is not read forever: %j',
	async (line) => {
		let pieces = 0;
		async function* endless() {
			for (;;) {
				pieces++;
				yield Buffer.from(line.repeat(65_536 / line.length));
			}
		}
		const response = { ...eventsOf(''), body: endless() };
		const failure = decode(response, storeOf(keepText), NO_LIMITS);
		await expect(failure).rejects.toThrow(/more than 4 MB besides its images/);
		expect(pieces).toBeLessThan(100);
	},
);
