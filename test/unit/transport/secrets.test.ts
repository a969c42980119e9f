import { accessFor } from '../../../nodes/AiImages/services/access';

const KEY = 'sk-1234567890';
const both = ({ redact, redactError }: ReturnType<typeof accessFor>['redactor'], text: string) => [
	redact(text),
	redactError(text),
];

describe('a text from the API', () => {
	const filled = {
		apiKey: KEY,
		extraHeaders: '{"X-Second": "second-secret", "X-Title": "n8n"}',
		baseUrl: 'https://example.com/v1?code=shared%2Faccess%3D',
	};

	it.each([
		[`Incorrect API key provided: ${KEY}.`, 'Incorrect API key provided: ***.'],
		[`${KEY}${KEY}`, '******'],
		['header second-secret', 'header ***'],
		['n8n is a word', 'n8n is a word'],
		['?code=shared/access=', '?code=***'],
		['?code=shared%2Faccess%3D', '?code=***'],
		['?code=shared%2faccess=', '?code=***'],
		['?code=shared%252Faccess%253D', '?code=***'],
		['{"code":"shared\\/access="}', '{"code":"***"}'],
		['{"key":"\\u0073k-1234567890"}', '{"key":"***"}'],
		['<p>shared&#x2F;access&#61;</p>', '<p>***</p>'],
		['5 % of \\ &amp; nothing', '5 % of \\ &amp; nothing'],
		['nothing', 'nothing'],
		['', ''],
	])('%j is shown as %j', (text, shown) => {
		expect(both(accessFor(filled).redactor, text)).toEqual([shown, shown]);
	});

	it.each([`Bearer ${KEY}`, `Key ${KEY}`])('holds no key without its scheme: %s', (apiKey) => {
		for (const authentication of ['bearer', 'header']) {
			const cleaner = accessFor({ apiKey, authentication }).redactor;
			expect(both(cleaner, `The token ${KEY} is wrong`)).toEqual([
				'The token *** is wrong',
				'The token *** is wrong',
			]);
		}
	});

	it('is shown without secrets at any level', () => {
		const level = (depth: number): string =>
			depth === 0 ? `"${KEY}"` : JSON.stringify(`${KEY} ${level(depth - 1)}`);
		const { redact } = accessFor(filled).redactor;
		expect(redact(level(4).replaceAll('sk-', '\\u0073k-'))).not.toContain('1234567890');
	});

	it('is shown without a key that has characters of regular expressions or JSON', () => {
		const apiKey = 'a$&.*(key)["\\';
		const text = `key ${apiKey} and ${JSON.stringify({ apiKey })}`;
		const shown = 'key *** and {"apiKey":"***"}';
		expect(both(accessFor({ apiKey }).redactor, text)).toEqual([shown, shown]);
	});

	it('is shown without a key that looks like an escape sequence', () => {
		const apiKey = 'key%2B\\u0041&amp;rest';
		const { redact } = accessFor({ apiKey }).redactor;
		expect(redact(`key ${apiKey} and ${JSON.stringify({ apiKey })}`)).not.toMatch(/key%|rest/);
		expect(redact(encodeURIComponent(apiKey))).toBe('***');
	});

	it('is shown without a key that is part of another one', () => {
		const extraHeaders = `{"X-Key": "${KEY}-and-more"}`;
		const { redact } = accessFor({ apiKey: KEY, extraHeaders }).redactor;
		expect(redact(`${KEY}-and-more`)).toBe('***');
	});

	it.each(['', 'abc'])('is shown as it is with the key %j', (apiKey) => {
		expect(both(accessFor({ apiKey }).redactor, 'abc abc')).toEqual(['abc abc', 'abc abc']);
	});
});

describe('a short key', () => {
	const cleaner = accessFor({ apiKey: 'local' }).redactor;

	it.each(['A local lighthouse, localised', 'a "local" one', 'local'])(
		'stays where an item shows it: %j',
		(text) => {
			expect(cleaner.redact(text)).toBe(text);
		},
	);

	it.each([
		['Wrong key local.', 'Wrong key ***.'],
		['Bearer local', 'Bearer ***'],
		['{"key":"local"}', '{"key":"***"}'],
		['{"key":"\\u006cocal"}', '{"key":"***"}'],
		['key=local&x=1', 'key=***&x=1'],
		['localised, nonlocal, local_name, local-name and localhost', undefined],
		['Örtlocal and local水', undefined],
	])('is removed from an error where it is a word: %j', (text, shown = text) => {
		expect(cleaner.redactError(text)).toBe(shown);
	});

	it('can have characters of regular expressions', () => {
		expect(accessFor({ apiKey: '(a|b)*' }).redactor.redactError('Key (a|b)* is wrong')).toBe(
			'Key *** is wrong',
		);
	});
});

it('a redactor is created once per credential', () => {
	const filled = { apiKey: KEY };
	expect(accessFor(filled).redactor).toBe(accessFor(filled).redactor);
});
