import { Readable } from 'node:stream';
import { OPENAI } from '../../../nodes/AiImages/services/openai';
import { toHttpResponse } from '../../../nodes/AiImages/transport/httpResponse';
import { ReadScheduler } from '../../../nodes/AiImages/transport/readScheduler';
import { NO_SECRETS } from '../../../nodes/AiImages/transport/secrets';

const among = (headers: Readonly<Record<string, string>>) =>
	toHttpResponse(
		{ statusCode: 200, headers: { ...headers }, body: Readable.from([]) },
		{
			url: 'https://api.example.com/v1/images/generations',
			deadline: {
				signal: new AbortController().signal,
				explain: (error) => error as Error,
				clear() {},
			},
			scheduler: new ReadScheduler(),
			redactor: NO_SECRETS,
			requestIdHeaders: OPENAI.headers.requestId,
		},
	).requestId;

describe('the request ID', () => {
	it.each([
		...['x-request-id', 'x-oneapi-request-id', 'apim-request-id', 'x-tt-logid', 'x-log-id'],
		...['x-generation-id', 'x-kong-request-id', 'trace-id', 'x-correlation-id', 'cf-ray'],
	])('can be in %s', (name) => {
		expect(among({ [name]: ' id-1 ' })).toBe('id-1');
	});

	it('is that of the provider rather than that of its gateway', () => {
		expect(among({ 'cf-ray': '9a-FRA', 'x-vercel-id': 'v', 'x-oneapi-request-id': '1' })).toBe('1');
		expect(among({ 'x-oneapi-request-id': '1', 'x-request-id': 'req_1' })).toBe('req_1');
		expect(among({ date: 'today' })).toBe('');
	});
});
