import { useService } from '../image-service/helpers';
import { useApi } from './helpers/api';
import { useEditor } from './helpers/editor';
import { useN8n } from './helpers/n8n';

const KEY = 'key-0123456789abcdefghij';
const service = useService({ apiKey: KEY });
const website = useApi();
const n8n = useN8n();
const editor = useEditor(n8n);

const CHECK_KEY = "Check 'API Key' in the credential, and that the key belongs to this 'Base URL'";

/** How each service refuses a key, each in a dialect of its own. */
it.each([
	{
		name: 'OpenAI-Compatible',
		...{ field: 'compatibleBaseUrl', path: '/v1', sentenceName: 'The API' },
		refusal:
			'(HTTP 401): Incorrect API key provided: wro********6789. You can find your API key at https://platform.openai.com/account/api-keys.',
	},
	{
		name: 'Google Gemini',
		...{ field: 'googleBaseUrl', path: '/google', sentenceName: 'Google Gemini' },
		refusal: '(HTTP 400): API key not valid. Please pass a valid API key.',
	},
	{
		name: 'Replicate',
		...{ field: 'replicateBaseUrl', path: '/replicate', sentenceName: 'Replicate' },
		refusal: '(HTTP 401): Invalid or expired API token.',
	},
	{
		name: 'fal',
		...{ field: 'falBaseUrl', path: '/fal', sentenceName: 'fal' },
		refusal: '(HTTP 401): No user found for Key ID and Secret.',
	},
])('tells what is wrong with a credential for $name', async (row) => {
	const { name, field, path, sentenceName, refusal } = row;
	website.reply((_, response) =>
		response.writeHead(200, { 'content-type': 'text/html' }).end('<title>Console</title>'),
	);
	await editor.newWorkflow();
	await editor.search('AI Images');
	await editor.addNode('Generate image');

	await editor.addCredential(name, {
		apiKey: 'wrong-key-0123456789',
		[field]: `${service.url}${path}`,
	});
	expect(await editor.credentialProblem()).toBe(
		`${sentenceName} rejected the API key ${refusal} ${CHECK_KEY}`,
	);
	await editor.saveCredential({ apiKey: KEY, [field]: 'http://127.0.0.1:1' });
	expect(await editor.credentialProblem()).toBe(
		"127.0.0.1:1 refused the connection. Check 'Base URL' in the credential, and that n8n can reach it",
	);
	await editor.saveCredential({ [field]: website.url });
	expect(await editor.credentialProblem()).toBe(
		`${sentenceName} returned a web page instead of JSON (HTTP 200): API response: Console. Check 'Base URL' in the credential: it might lead to a website instead of the API`,
	);
	expect(website.calls).not.toEqual([]);
	await editor.saveCredential({ [field]: `${service.url}${path}` });
	expect(await editor.credentialProblem()).toBeUndefined();
	expect(await service.requests()).toEqual([]);
});
