import type { Refusal } from './types';

const page = (title: string) =>
	`<!DOCTYPE html><html><head><title>${title}</title></head><body>…</body></html>`;

/** Errors of servers between n8n and the API, and of wrong addresses. */
export const PLACES: readonly Refusal[] = [
	[
		'Cloudflare: a block',
		403,
		page('Attention Required! | Cloudflare'),
		{ message: 'API response: Attention Required! | Cloudflare', advice: 'firewall' },
	],
	[
		'Cloudflare: a riddle',
		503,
		page('Just a moment...'),
		{ message: /Just a moment/, advice: 'firewall' },
	],
	[
		'Cloudflare: a block in one line',
		403,
		'error code: 1020',
		{ message: /1020/, advice: 'firewall' },
	],
	['Cloudflare: too many requests', 429, 'error code: 1015', { message: /1015/, advice: 'wait' }],
	[
		'Cloudflare: nobody behind it',
		521,
		page('x | 521: Web server is down'),
		{ message: /521/, advice: 'unreachable' },
	],
	[
		'Cloudflare: no connection',
		522,
		page('x | 522: Connection timed out'),
		{ message: /522/, advice: 'unreachable' },
	],
	['Cloudflare: a certificate', 526, '', { message: /526/, advice: 'unreachable' }],
	['Cloudflare: no such host', 530, 'error code: 1016', { message: /1016/, advice: 'unreachable' }],
	[
		'a timeout of the server',
		408,
		page('408 Request Time-out'),
		{ message: /408/, advice: 'gateway' },
	],
	['a timeout of a proxy', 499, '', { message: /499/, advice: 'gateway' }],
	[
		'nginx: http for https',
		400,
		page('400 The plain HTTP request was sent to HTTPS port'),
		{ message: /plain HTTP/, advice: 'https' },
	],
	['nginx: the same with a status of its own', 497, '', { message: /497/, advice: 'https' }],
	[
		'Go: http for https',
		400,
		'Client sent an HTTP request to an HTTPS server.\n',
		{ message: /HTTPS server/, advice: 'https' },
	],
	[
		'Apache: http for https',
		400,
		"Reason: You're speaking plain HTTP to an SSL-enabled server port.",
		{ message: /SSL-enabled/, advice: 'https' },
	],
	['a wrong method', 405, page('405 Not Allowed'), { message: /405/, advice: 'endpoint' }],
	[
		'FastAPI: a wrong method',
		405,
		{ detail: 'Method Not Allowed' },
		{ message: 'Method Not Allowed', advice: 'endpoint' },
	],
	['what is not there yet', 501, '', { message: /501/, advice: 'endpoint' }],
	[
		'a length that is missing',
		411,
		page('411 Length Required'),
		{ message: /411/, advice: 'format' },
	],
	[
		'a type that is refused',
		415,
		{ detail: 'Unsupported Media Type' },
		{ message: 'Unsupported Media Type', advice: 'format' },
	],
	[
		'an address that is too long',
		414,
		page('414 Request-URI Too Large'),
		{ message: /414/, advice: 'query' },
	],
	['headers that are too large', 431, '', { message: /431/, advice: 'headers' }],
	[
		'a model without a code',
		404,
		{ error: "model 'x' not found" },
		{ message: "model 'x' not found", advice: 'model' },
	],
];
