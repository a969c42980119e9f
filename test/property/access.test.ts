import fc from 'fast-check';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { validateHeaderName, validateHeaderValue } from 'node:http';
import { resolveCredential } from '../../nodes/AiImages/services/access';
import { everyCase, FURTHER_CASES } from './cases';
import { expectCleanPrototypes } from './hostile';
import { names } from './texts';

const PIECES = [
	...[
		'https://',
		'http://',
		'HTTPS://',
		'ftp://',
		'javascript:',
		'//',
		'file:///',
		' ',
		'\n',
		'\t',
	],
	...['api.openai.com', 'localhost', '127.0.0.1', '[::1]', '[', 'xn--', 'münchen.example', '%00'],
	...[':8080', ':99999', ':', '@', 'user:pass@', ':pass@', '/', '//', '/v1', '/v1beta', '/openai'],
	...[
		'/images/generations',
		'/images/edits/',
		'/models',
		'/..',
		'/%2e%2e',
		'?a=1',
		'?',
		'&b=%C3%A4',
	],
	...['?__proto__=1', '&a=2', '#part', '{{ $env.URL }}', '\0', '\ud800', '🌊', 'v1', '\\'],
];
const addresses = fc.oneof(
	fc
		.array(fc.constantFrom(...PIECES), { maxLength: 8, size: 'max' })
		.map((pieces) => pieces.join('')),
	fc
		.array(fc.constantFrom(...PIECES), { maxLength: 6, size: 'max' })
		.map((pieces) => `https://example.com${pieces.join('')}`),
	fc.webUrl({ withQueryParameters: true, withFragments: true }),
	names,
);
const headerNames = fc.oneof(
	fc.constantFrom('api-key', 'X-Title', '__proto__', 'constructor', 'Authorization', 'a b', ''),
	names,
);
const jsonTexts = fc.oneof(
	fc.dictionary(headerNames, fc.oneof(names, fc.jsonValue({ maxDepth: 1 }))),
	fc.constantFrom({ X: { toString: 1 } }, { X: [{ valueOf: 1, toString: 1 }] }, null, [], 'x', 5),
	fc.jsonValue(),
);
/** A field of the credential as n8n hands it over: texts, or JSON where that is edited. */
const credentials = fc.record(
	{
		baseUrl: fc.oneof({ weight: 8, arbitrary: addresses }, fc.jsonValue()),
		authentication: fc.constantFrom('bearer', 'header', 'none'),
		apiKey: fc.oneof(names, fc.stringMatching(/^sk-[A-Za-z0-9_-]{8,40}$/), fc.integer()),
		headerName: headerNames,
		organization: names,
		project: names,
		extraHeaders: fc.oneof(
			jsonTexts,
			jsonTexts.map((value) => JSON.stringify(value)),
			names,
		),
	},
	{ requiredKeys: [] },
) as fc.Arbitrary<ICredentialDataDecryptedObject>;

type Access = ReturnType<typeof resolveCredential>;

/** What is read, or the sentence that says why not. */
function read(filled: ICredentialDataDecryptedObject): Access | string {
	try {
		return resolveCredential(filled);
	} catch (error) {
		if ((error as Error).constructor !== Error) throw error;
		return (error as Error).message;
	}
}

const onlyKey = (apiKey: string, others: ICredentialDataDecryptedObject = {}) => ({
	apiKey,
	...others,
});

describe('a credential', () => {
	it('leads to an address and headers that can be sent, or to an error message', () => {
		everyCase(
			fc.property(credentials, (filled) => {
				const access = read(filled);
				expectCleanPrototypes();
				if (typeof access === 'string') {
					expect(access).toMatch(
						/^('Base URL'( ".*")?|'Extra Headers'|A header) in the credential/s,
					);
					expect(access.length).toBeLessThanOrEqual(500);
					return;
				}
				for (const [name, value] of Object.entries(access.headers)) {
					validateHeaderName(name);
					validateHeaderValue(name, value);
				}
				for (const value of Object.values(access.qs)) expect(typeof value).toBe('string');
			}),
			[[{ extraHeaders: '{"X": {"toString": 1}}' }]],
		);
	});

	it('calls the host of its address, and no other, under a version', () => {
		everyCase(
			fc.property(addresses, (baseUrl) => {
				const access = read({ baseUrl });
				fc.pre(typeof access !== 'string' && /^\s*https?:/i.test(baseUrl));
				const { baseURL } = access as Access;
				expect(new URL(baseURL).origin).toBe(new URL(baseUrl.trim()).origin);
				const { protocol, pathname, search, hash, username, password } = new URL(baseURL);
				expect(['http:', 'https:']).toContain(protocol);
				expect(baseURL).not.toMatch(/\/$/);
				// A pasted endpoint already says where the API is.
				if (!/\/images\/(generations|edits)/.test(baseUrl)) expect(pathname).toMatch(/\/v\d/i);
				expect([search, hash, username, password]).toEqual(['', '', '', '']);
			}),
			[],
			FURTHER_CASES,
		);
	});

	it('keeps its address when that is entered again', () => {
		everyCase(
			fc.property(fc.webUrl(), fc.constantFrom('', '/', '/v1', '/v1/', '/api/v3'), (url, end) => {
				const access = read({ baseUrl: url.replace(/\/+$/, '') + end }) as Access;
				expect(read({ baseUrl: access.baseURL })).toEqual(access);
			}),
			[],
			FURTHER_CASES,
		);
	});

	it('sends its key in the header that is named, and in no other', () => {
		const keys = fc.stringMatching(/^[!-~]{4,40}$/);
		const tokens = fc.oneof(
			fc.stringMatching(/^[A-Za-z0-9_-]{1,20}$/),
			fc.constantFrom('api-key', '__proto__', 'constructor', 'toString'),
		);
		everyCase(
			fc.property(
				keys,
				tokens,
				fc.constantFrom('bearer', 'header'),
				(key, name, authentication) => {
					const access = read(onlyKey(key, { authentication, headerName: name })) as Access;
					const expected =
						authentication === 'bearer' ? ['Authorization', `Bearer ${key}`] : [name, key];
					expect(Object.entries(access.headers)).toEqual([expected]);
				},
			),
			[],
			FURTHER_CASES,
		);
	});
});
