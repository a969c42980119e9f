import { AZURE, called, OPENAI } from './called';
describe('a URL without a scheme', () => {
	it.each([
		['api.openai.com/v1', OPENAI],
		['api.openai.com', OPENAI],
		['API.OpenAI.com/v1/images/generations', OPENAI],
		['api.openai.com:443/v1', OPENAI],
		['"api.openai.com/v1"', OPENAI],
		['res.openai.azure.com', `${AZURE}/openai/v1/images/generations`],
		['münchen.example', 'https://xn--mnchen-3ya.example/v1/images/generations'],
		['localhost:8080', 'http://localhost:8080/v1/images/generations'],
		['localhost', 'http://localhost/v1/images/generations'],
		['LOCALHOST:8080/v1/', 'http://localhost:8080/v1/images/generations'],
		['127.0.0.1:11434', 'http://127.0.0.1:11434/v1/images/generations'],
		['0.0.0.0:4000', 'http://0.0.0.0:4000/v1/images/generations'],
		['[::1]:8080', 'http://[::1]:8080/v1/images/generations'],
		['192.168.1.5:1234/v1', 'http://192.168.1.5:1234/v1/images/generations'],
		['10.0.0.7', 'http://10.0.0.7/v1/images/generations'],
		['172.17.0.1:4000', 'http://172.17.0.1:4000/v1/images/generations'],
		['host.docker.internal:4000', 'http://host.docker.internal:4000/v1/images/generations'],
		['mac.local:8080', 'http://mac.local:8080/v1/images/generations'],
	])('%s leads to %s', async (pasted, expected) => {
		expect(await called(pasted)).toBe(expected);
	});

	it.each([
		['a server on a port of its own', 'gw.example.com:4000'],
		['a public address', '203.0.113.7'],
		['a private range that is none', '172.32.0.1'],
		['a single word', 'litellm'],
		['a single word with a port', 'litellm:4000'],
		['a key', 'sk-proj-1234567890abcdef'],
		['a key with a dot', '0123456789abcdef.ABCdef0123456789'],
		['a token', `${'a'.repeat(36)}.${'b'.repeat(90)}.${'c'.repeat(43)}`],
		['an e-mail address', 'me@example.com'],
		['a setting', 'OPENAI_BASE_URL=https://api.openai.com/v1'],
		['a scheme with a slip', 'htps://api.openai.com/v1'],
		['a scheme without its colon', 'https//api.openai.com/v1'],
		['a word before the address', 'POST https://api.openai.com/v1/images/generations'],
		['two addresses', 'https://api.openai.com/v1 https://gw.example/v1'],
		['an address over two lines', 'https://api.openai.com/\nv1'],
		['a link of Markdown', '[API](https://api.openai.com/v1)'],
		['a path', '/v1/images/generations'],
		['quotes alone', '""'],
		['an invisible character alone', '\u200B'],
	])('is rejected if it is ambiguous: %s', async (_, pasted) => {
		await expect(called(pasted)).rejects.toThrow(
			/^'Base URL' (?:".*" )?in the credential must be a valid URL/,
		);
	});

	it.each([
		'https://{resource}.openai.azure.com',
		'https://$RESOURCE.openai.azure.com',
		'https://<resource>.openai.azure.com/openai/v1',
		'https://res.openai.azure.com/openai/deployments/{deployment}/images/generations',
		'<resource>.openai.azure.com',
		'{{ $env.BASE_URL }}',
	])('is rejected if it has a placeholder: %s', async (pasted) => {
		await expect(called(pasted)).rejects.toThrow(
			/^'Base URL' in the credential contains a placeholder/,
		);
	});

	it.each([
		'ftp://gw.example/v1?key=secret-1',
		'https://gw.example?key=secret-1 x',
		'KEY=secret-1.x',
	])('is not repeated if it might contain a key: %s', async (pasted) => {
		await expect(called(pasted)).rejects.toThrow(/^((?!secret-1).)*$/);
	});

	it.each(['https://me:secret-1@gw.example/v1', 'https://:secret-1@gw.example/v1'])(
		'is refused with a password in it, which is not repeated: %s',
		async (pasted) => {
			await expect(called(pasted)).rejects.toThrow(
				/^'Base URL' in the credential contains a user name or password((?!secret-1).)*$/,
			);
		},
	);
});
