import { called, DEPLOYMENT, OPENAI } from './called';
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
	])('is not mistaken for a folder of a gateway: %s', async (pasted, expected) => {
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
	])('can be on any host: %s', async (pasted) => {
		expect(await called(pasted)).toBe(`${pasted}/images/generations`);
		expect(await called(`${pasted}/images/generations`)).toBe(`${pasted}/images/generations`);
	});
});

describe('an Azure resource', () => {
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

	it('leads there from a project, too', async () => {
		const project = 'https://res.services.ai.azure.com/api/projects/my-project';
		for (const end of ['', '/', '/openai', '/openai/v1']) {
			expect(await called(project + end)).toBe(`${project}/openai/v1/images/generations`);
		}
	});

	it('can have another API', async () => {
		const other = 'https://res.services.ai.azure.com/mai/v1';
		expect(await called(other)).toBe(`${other}/images/generations`);
	});

	it('is not seen in a similar name', async () => {
		expect(await called('https://res.openai.azure.com.example')).toBe(
			'https://res.openai.azure.com.example/v1/images/generations',
		);
	});
});

describe('a version elsewhere in the path', () => {
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

describe('text around a URL', () => {
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
	])('is removed: %j', async (pasted) => {
		expect(await called(pasted)).toBe(OPENAI);
	});
});
