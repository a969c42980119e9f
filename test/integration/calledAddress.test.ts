import { useEngine } from '../helpers/engine';
import { API_KEY, leaksOf, raw, useImagesApi } from '../helpers/imagesApi';

const engine = useEngine();
const api = useImagesApi();

/** The advice of a 404 that a credential with this Base URL leads to. */
async function adviceOf404(baseUrl: string): Promise<string> {
	api.reply(raw('<h1>Not Found</h1>', 404, { 'content-type': 'text/html' }));
	const result = await engine.runWorkflow({
		parameters: { operation: 'generate', model: 'gpt-image-2.5-flare', prompt: 'A cat' },
		credentials: { ...api.credentials, baseUrl },
	});
	expect(leaksOf(result)).toEqual([]);
	return result.error?.description ?? '';
}

describe('the advice of a 404', () => {
	it('shows the URL that was requested', async () => {
		expect(await adviceOf404(`${api.url}/deep/path`)).toContain(
			`Endpoint not found: ${api.url}/deep/path/v1/images/generations. Check 'Base URL'`,
		);
	});

	it('does not show the query, which can contain keys', async () => {
		const advice = await adviceOf404(`${api.url}/v1?code=shared-access-0123&api-version=preview`);
		expect(advice).toContain(`${api.url}/v1/images/generations.`);
		expect(advice).not.toMatch(/shared-access|preview/);
	});

	it('shows no key that is in the path', async () => {
		const advice = await adviceOf404(`${api.url}/${API_KEY}/v1`);
		expect(advice).toContain(`${api.url}/***/v1/images/generations.`);
	});
});
