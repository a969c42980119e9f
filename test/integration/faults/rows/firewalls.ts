import { raw } from '../../../helpers/imagesApi';
import { delivers, free, makesBut, page } from '../responders';
import { BOTH, GENERATE, lost, NEXT, unbilled } from '../outcomes';
import type { Topic } from '../row';

const FIREWALL =
	"A firewall in front of the API blocked the request; your API key isn't the cause. Ask your provider to allow the IP address of your n8n server, or check 'Base URL' in the credential: it might lead to a website instead of the API";
const ENDPOINT =
	"Not an endpoint of the Images API: {endpoint}. Check 'Base URL' in the credential, and whether the provider offers the Images API";
const HTTPS =
	"Start 'Base URL' in the credential with https:// instead of http://. The request went to {endpoint}";

const GATEWAY = 'the gateway timed out and discarded the image';
const text = { 'content-type': 'text/plain' };

/** Servers between n8n and the API, and addresses that are not the API. */
export const FIREWALLS: Topic = {
	title: 'Firewalls, timeouts and wrong URLs',
	about: 'Responses from something between n8n and the API, or from a wrong URL.',
	rows: [
		{
			name: "403 with Cloudflare's block page",
			operations: BOTH,
			server: [free(page(403, 'Attention Required! | Cloudflare')), delivers],
			expected: unbilled('API response: Attention Required! | Cloudflare', FIREWALL, {
				status: 403,
			}),
		},
		{
			name: "503 with Cloudflare's browser check",
			operations: GENERATE,
			options: { retryServerErrors: true },
			server: [free(page(503, 'Just a moment...')), delivers],
			expected: unbilled('API response: Just a moment...', FIREWALL, { status: 503 }),
		},
		{
			name: '408 after the image might have been generated',
			operations: GENERATE,
			server: [makesBut(page(408, '408 Request Time-out'))],
			expected: lost(GATEWAY, 'API response: 408 Request Time-out', NEXT.gateway, {
				status: 408,
			}),
		},
		{
			name: '499 from a proxy',
			operations: GENERATE,
			server: [makesBut(raw('', 499))],
			expected: lost(GATEWAY, 'The API returned HTTP 499 without a message', NEXT.gateway, {
				status: 499,
			}),
		},
		{
			name: '405 from a website',
			operations: BOTH,
			server: [free(page(405, '405 Not Allowed'))],
			expected: unbilled('API response: 405 Not Allowed', ENDPOINT, { status: 405 }),
		},
		{
			name: '400 for http on an https port',
			operations: GENERATE,
			server: [free(page(400, '400 The plain HTTP request was sent to HTTPS port'))],
			expected: unbilled('API response: 400 The plain HTTP request was sent to HTTPS port', HTTPS, {
				status: 400,
			}),
		},
		{
			name: '500 with binary data',
			operations: GENERATE,
			server: [free(raw(Buffer.from([0x1f, 0x8b, 8, 0, 0xff, 0xd8, 0xfe]), 500, text))],
			expected: unbilled(
				'The API returned HTTP 500 with binary data instead of a message',
				NEXT.server,
				{ status: 500 },
			),
		},
	],
};
