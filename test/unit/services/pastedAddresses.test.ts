import { AiImagesApi } from '../../../credentials/AiImagesApi.credentials';

/** What the credential makes of an address, for a request to `/images/generations`. */
async function called(baseUrl: string): Promise<string> {
	const { baseURL, qs } = await new AiImagesApi().authenticate(
		{ baseUrl, authentication: 'none' },
		{ url: '/images/generations' },
	);
	const query = new URLSearchParams(qs as Record<string, string>).toString();
	return `${baseURL}/images/generations${query && `?${query}`}`;
}

const AZURE = 'https://res.openai.azure.com';
const DEPLOYMENT = `${AZURE}/openai/deployments/my-image`;
const OPENAI = 'https://api.openai.com/v1/images/generations';

describe('a pasted endpoint', () => {
	it.each([
		['https://gw.example/images/generations', 'https://gw.example/images/generations'],
		['https://gw.example/images/edits/', 'https://gw.example/images/generations'],
		['https://gw.example/x/images/generations//', 'https://gw.example/x/images/generations'],
		['https://gw.example/images/generations?k=1#top', 'https://gw.example/images/generations?k=1'],
		['https://gw.example/images/variations', 'https://gw.example/images/generations'],
		['https://gw.example/compat/chat/completions', 'https://gw.example/compat/images/generations'],
		['https://api.openai.com/v1/images/generations', OPENAI],
		['https://api.openai.com/v1/images/edits', OPENAI],
		['https://api.openai.com/v1/images/variations', OPENAI],
		['https://api.openai.com/v1/images', OPENAI],
		['https://api.openai.com/v1/images/', OPENAI],
		['https://api.openai.com/v1/chat/completions', OPENAI],
		['https://api.openai.com/v1/chat/completions/', OPENAI],
		['https://api.openai.com/v1/completions', OPENAI],
		['https://api.openai.com/v1/responses', OPENAI],
		['https://api.openai.com/v1/models', OPENAI],
		['https://api.openai.com/models', OPENAI],
		['https://api.openai.com/v1/embeddings', OPENAI],
		['https://api.openai.com/v1/audio/speech', OPENAI],
		['https://api.openai.com/v1/audio/transcriptions', OPENAI],
		['https://api.openai.com/v1/files', OPENAI],
		['https://api.openai.com/v1/moderations', OPENAI],
		['https://api.openai.com/v1/realtime', OPENAI],
		['https://api.openai.com/v1/messages', OPENAI],
		['https://api.openai.com/v1/videos/', OPENAI],
		['https://api.openai.com/v1/models/gpt-image-1', OPENAI],
		['https://https://api.openai.com/v1', OPENAI],
	])('%s leads to %s', async (pasted, expected) => {
		expect(await called(pasted)).toBe(expected);
	});

	it.each([
		['https://gw.example/images', 'https://gw.example/images/v1/images/generations'],
		['https://gw.example/files', 'https://gw.example/files/v1/images/generations'],
		[
			'https://gw.example/myimages/edits2',
			'https://gw.example/myimages/edits2/v1/images/generations',
		],
	])('is not seen in a folder of a gateway: %s', async (pasted, expected) => {
		expect(await called(pasted)).toBe(expected);
	});
});

describe('a deployment', () => {
	it.each([
		[DEPLOYMENT],
		[`${DEPLOYMENT}/`],
		[`${DEPLOYMENT}/images`],
		[`${DEPLOYMENT}/images/generations`],
		[`${DEPLOYMENT}/images/edits/`],
		[`${DEPLOYMENT}/chat/completions`],
	])('gets no version: %s', async (pasted) => {
		const query = '?api-version=2025-04-01-preview';
		expect(await called(pasted)).toBe(`${DEPLOYMENT}/images/generations`);
		expect(await called(pasted + query)).toBe(`${DEPLOYMENT}/images/generations${query}`);
	});

	it.each([
		'https://gw.example/x/openai/deployments/my-image',
		'https://gw.azure-api.net/deployments/my-image',
		'http://localhost:4000/openai/deployments/my-image',
		'https://res.services.ai.azure.com/openai/deployments/FLUX.1-Kontext-pro',
		'https://res.cognitiveservices.azure.com/openai/deployments/v2-image',
	])('may stand behind any host: %s', async (pasted) => {
		expect(await called(pasted)).toBe(`${pasted}/images/generations`);
		expect(await called(`${pasted}/images/generations`)).toBe(`${pasted}/images/generations`);
	});
});

describe('a resource of Azure', () => {
	it.each(['openai', 'services.ai', 'cognitiveservices'])(
		'%s leads to its v1 API',
		async (kind) => {
			const resource = `https://res.${kind}.azure.com`;
			const expected = `${resource}/openai/v1/images/generations`;
			for (const end of ['', '/', '/openai', '/openai/', '/openai/v1', '/openai/v1/', '/models']) {
				expect(await called(resource + end)).toBe(expected);
			}
			for (const end of ['responses', 'images/generations', 'deployments', 'deployments/']) {
				expect(await called(`${resource}/openai/${end}`)).toBe(expected);
			}
			expect(await called(`${resource}/openai/v1/images/edits?api-version=preview`)).toBe(
				`${expected}?api-version=preview`,
			);
		},
	);

	it('leads there behind a project, too', async () => {
		const project = 'https://res.services.ai.azure.com/api/projects/my-project';
		for (const end of ['', '/', '/openai', '/openai/v1']) {
			expect(await called(project + end)).toBe(`${project}/openai/v1/images/generations`);
		}
	});

	it('keeps another API of it', async () => {
		const other = 'https://res.services.ai.azure.com/mai/v1';
		expect(await called(other)).toBe(`${other}/images/generations`);
	});

	it('is not seen in a name that only looks like it', async () => {
		expect(await called('https://res.openai.azure.com.example')).toBe(
			'https://res.openai.azure.com.example/v1/images/generations',
		);
	});
});

describe('a version that stands elsewhere', () => {
	it.each([
		'https://ark.cn-beijing.volces.com/api/v3',
		'https://generativelanguage.googleapis.com/v1beta/openai',
		'https://api.deepinfra.com/v1/openai',
		'https://open.bigmodel.cn/api/paas/v4',
		'https://dashscope.aliyuncs.com/compatible-mode/v1',
		'https://api.fireworks.ai/inference/v1',
		'https://openrouter.ai/api/v1',
		'https://gateway.ai.cloudflare.com/v1/account/gateway/compat',
		'https://gw.example/v1-openai',
		'https://gw.example/v1.1',
	])('is the only one: %s', async (pasted) => {
		for (const end of ['', '/', '/images/generations', '/models']) {
			expect(await called(pasted + end)).toBe(`${pasted}/images/generations`);
		}
	});
});

describe('what is left around an address', () => {
	it.each([
		' https://api.openai.com/v1 \n',
		'"https://api.openai.com/v1"',
		"'https://api.openai.com/v1',",
		'`https://api.openai.com/v1`',
		'<https://api.openai.com/v1>',
		'(https://api.openai.com/v1).',
		'“https://api.openai.com/v1”',
		'«https://api.openai.com/v1»',
		'「https://api.openai.com/v1」',
		'https://api.openai.com/v1;',
		'https://api.openai.com/v1。',
		'https：／／api.openai.com／v1',
		'ｈｔｔｐｓ：／／ａｐｉ．ｏｐｅｎａｉ．ｃｏｍ／ｖ１',
		'\u3000https://api.openai.com/v1\u3000',
		'\uFEFFhttps://api.openai.com/v1\u200B',
		'https://api.open\u200Bai.com/v1',
		'https://api.open\u00ADai.com/\u2060v1',
		'\u202Ahttps://api.openai.com/v1\u202C',
		'https:/api.openai.com/v1',
		'https:///api.openai.com/v1',
		'https:\\\\api.openai.com\\v1',
		'//api.openai.com/v1',
	])('is left out: %j', async (pasted) => {
		expect(await called(pasted)).toBe(OPENAI);
	});
});

describe('an address without a scheme', () => {
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
	])('is refused where it is not certain what is meant: %s', async (_, pasted) => {
		await expect(called(pasted)).rejects.toThrow(
			/^Base URL in the credential: .* is not an address/,
		);
	});

	it.each([
		'https://{resource}.openai.azure.com',
		'https://$RESOURCE.openai.azure.com',
		'https://<resource>.openai.azure.com/openai/v1',
		'https://res.openai.azure.com/openai/deployments/{deployment}/images/generations',
		'<resource>.openai.azure.com',
		'{{ $env.BASE_URL }}',
	])('is refused with a placeholder in it: %s', async (pasted) => {
		await expect(called(pasted)).rejects.toThrow(
			/^'Base URL' in the credential contains a placeholder/,
		);
	});

	it.each([
		'ftp://gw.example/v1?key=secret-1',
		'https://gw.example?key=secret-1 x',
		'KEY=secret-1.x',
	])('is not repeated where it may hold a key: %s', async (pasted) => {
		await expect(called(pasted)).rejects.toThrow(/^((?!secret-1).)*$/);
	});

	it.each(['https://me:secret-1@gw.example/v1', 'https://:secret-1@gw.example/v1'])(
		'is refused with a password in it, which is not repeated: %s',
		async (pasted) => {
			await expect(called(pasted)).rejects.toThrow(
				/^Base URL in the credential: it holds a user name((?!secret-1).)*$/,
			);
		},
	);
});
