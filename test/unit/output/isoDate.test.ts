import { toIsoDate } from '../../../nodes/AiImages/output/isoDate';

const DAY = '2026-11-26T12:00:00.000Z';
const SECONDS = Date.parse(DAY) / 1000;

describe('when an image was created', () => {
	it.each([
		[SECONDS, DAY],
		[SECONDS * 1000, DAY],
		[String(SECONDS), DAY],
		[SECONDS + 0.25, '2026-11-26T12:00:00.250Z'],
		[DAY, DAY],
		['2026-11-26T13:00:00+01:00', DAY],
		[0, '1970-01-01T00:00:00.000Z'],
	])('can be given as %j', (value, expected) => {
		expect(toIsoDate(value)).toBe(expected);
	});

	it.each([
		-1,
		SECONDS * 1_000_000,
		1e300,
		NaN,
		Infinity,
		'',
		'yesterday',
		'2026-13-45',
		null,
		undefined,
		true,
		{},
		[],
	])('is left out if it is %j', (value) => {
		expect(toIsoDate(value)).toBeUndefined();
	});
});
