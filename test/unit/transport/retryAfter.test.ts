import { parseRetryAfter } from '../../../nodes/AiImages/transport/retryAfter';

const NOW = Date.parse('2026-11-20T11:00:00Z');

function waitOf(headers: Readonly<Record<string, string>>, message = ''): number | undefined {
	return parseRetryAfter((name) => headers[name] ?? '', message, NOW);
}

describe('a delay in headers', () => {
	it.each<[Record<string, string>, number | undefined]>([
		[{ 'retry-after-ms': '250' }, 250],
		[{ 'retry-after-ms': '12.5' }, 12.5],
		[{ 'retry-after-ms': '0' }, 0],
		[{ 'retry-after': '20' }, 20_000],
		[{ 'retry-after': ' 20 ' }, 20_000],
		[{ 'retry-after': '0' }, 0],
		[{ 'retry-after': '1.5' }, 1500],
		[{ 'retry-after': 'Fri, 20 Nov 2026 11:00:30 GMT' }, 30_000],
		[{ 'retry-after': 'Friday, 20-Nov-26 11:00:30 GMT' }, 30_000],
		[{ 'retry-after': 'Fri, 20 Nov 2026 10:59:00 GMT' }, 0],
		[{ 'retry-after': '-5' }, undefined],
		[{ 'retry-after': '' }, undefined],
		[{ 'retry-after': 'soon' }, undefined],
		[{ 'retry-after': '1e9' }, undefined],
		[{ 'retry-after': 'Infinity' }, undefined],
		[{ 'retry-after-ms': 'NaN' }, undefined],
		[{}, undefined],
	])('%j is %s ms', (headers, expected) => {
		expect(waitOf(headers)).toBe(expected);
	});

	it.each<[Record<string, string>]>([
		[{ 'retry-after': '86400' }],
		[{ 'retry-after-ms': '86400000' }],
		[{ 'retry-after': '9'.repeat(400) }],
		[{ 'retry-after': 'Sat, 20 Nov 2027 11:00:00 GMT' }],
	])('%j is an hour at most', (headers) => {
		expect(waitOf(headers)).toBe(3_600_000);
	});
});

describe('a delay in the message', () => {
	it.each<[string, number | undefined]>([
		['Rate limit reached for gpt-image-2. Please try again in 12s.', 12_000],
		['Please try again in 51.84s. Visit https://example.com to learn more.', 51_840],
		['Please try again in 51.84 seconds.', 51_840],
		['Please try again in 500ms.', 500],
		['Please try again in 20 milliseconds.', 20],
		['Please try again in 6m0s.', 360_000],
		['Please try again in 1m30.5s.', 90_500],
		['Please try again in 1h2m3s.', 3_600_000],
		['Please try again in 2 minutes 30 seconds', 150_000],
		['Please retry after 24 seconds.', 24_000],
		['please TRY AGAIN in 3 S', 3000],
		['Please try again in 0s', 0],
		['Rate limit exceeded, please wait 15 seconds before retrying.', 15_000],
		['Your rate limit resets in ~8s.', 8000],
		['Request was throttled. Expected available in 12 seconds.', 12_000],
		['Please try again later.', undefined],
		['Limit 5, Used 5, Requested 1.', undefined],
		['Rendered in 12s, not tried again', undefined],
		['', undefined],
	])('%j is %s ms', (message, expected) => {
		const wait = waitOf({}, message);
		if (expected === undefined) expect(wait).toBeUndefined();
		else expect(wait).toBeCloseTo(expected, 6);
	});
});

describe('of several delays', () => {
	const message = 'Please try again in 3s';

	it.each<[Record<string, string>, number]>([
		[{ 'retry-after-ms': '1000', 'retry-after': '2' }, 1000],
		[{ 'retry-after-ms': 'nonsense', 'retry-after': '2' }, 2000],
		[{ 'retry-after': '2' }, 2000],
		[{ 'retry-after': 'nonsense' }, 3000],
		[{ 'retry-after': '0' }, 0],
	])('the most precise one that can be read is used: %j', (headers, expected) => {
		expect(waitOf(headers, message)).toBe(expected);
	});
});
