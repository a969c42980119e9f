/**
 * Takes the screenshots for README.md and docs: runs workflows in n8n's editor with Chromium, and
 * saves what the editor shows in docs/images, each in the light and in the dark theme.
 */
import { copyFile, mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import sharp from 'sharp';
import { launchChromium, openEditor } from './host/browser.ts';
import type { N8nClient, Workflow } from './host/client.ts';
import { editorOn } from './host/editor.ts';
import { DemoFailure } from './host/failure.ts';
import { root, workflowsFolder } from './host/paths.ts';
import { untilInterrupted } from './interrupt.ts';
import { outputFolder, runExample } from './runExample.ts';

const pictures = path.join(root, 'docs', 'images');

await untilInterrupted(async (signal, cleanUp) => {
	const { api, n8n, workflow } = await runExample(signal, cleanUp);
	if (!api.isDemo) {
		throw new DemoFailure('Screenshots show the demo image service. Unset IMAGES_API_KEY.');
	}
	const gemini = await saveGemini(n8n.client, new URL(api.baseUrl).origin, api.apiKey);
	const browser = await launchChromium();
	cleanUp.defer(() => browser.close());
	await mkdir(pictures, { recursive: true });

	for (const theme of ['dark', 'light'] as const) {
		const page = await openEditor(browser, n8n, { width: 1280, height: 720 }, theme);
		const editor = editorOn(page, n8n.url);
		const save = async (name: string, of: Page | Locator = page) => {
			await settle(page);
			await compress(await of.screenshot(), `${name}${theme === 'dark' ? '.dark' : ''}.png`);
		};

		await page.goto(`${n8n.url}/workflow/${workflow.id}`);
		await execute(page);
		await save('workflow');

		await page.setViewportSize({ width: 1360, height: 880 });
		await editor.open(gemini, 'Generate Image');
		await editor.execute();
		await editor.find('ndv-view-binary-data').first().click();
		await withoutToasts(page);
		await save('generate-image');

		await editor.newWorkflow();
		await editor.search('AI Images');
		await editor.addNode('Generate image');
		await editor.openNewCredential('Google Gemini');
		await editor.fill('apiKey', 'AIzaSy0123456789012345678901234567890');
		await save('credential', editor.find('editCredential-modal'));
		await page.context().close();
	}

	await copyFile(
		path.join(outputFolder, 'lighthouse.png'),
		path.join(pictures, 'example-image.png'),
	);
	console.log('Screenshots saved in docs/images/');
});

async function example(file: string): Promise<Workflow> {
	return JSON.parse(await readFile(path.join(workflowsFolder, file), 'utf8'));
}

/** The example workflow with another service and model. @returns its id */
async function saveGemini(client: N8nClient, origin: string, apiKey: string): Promise<string> {
	const name = 'Google Gemini account';
	const data = { service: 'google', apiKey, googleBaseUrl: `${origin}/google` };
	const id = await client.createCredential(name, 'aiImagesApi', data);
	const workflow = await example('generate-and-edit.json');
	const nodes = workflow.nodes.map((node) => ({
		...node,
		...(node.name === 'Generate Image' && {
			credentials: { aiImagesApi: { id, name } },
			parameters: {
				operation: 'generate',
				family: 'gemini',
				model: 'gemini-nano-banana-2.1',
				prompt: '={{ $json.prompt }}',
				aspectRatio: '3:4',
				resolution: '1K',
			},
		}),
	}));
	return await client.createWorkflow({ ...workflow, name: 'AI Images: Gemini', nodes });
}

/** Runs the workflow and waits until its last node has finished. */
async function execute(page: Page): Promise<void> {
	await page.locator('[data-test-id="execute-workflow-button"]').click();
	await page.getByText('Workflow executed successfully').first().waitFor();
	await withoutToasts(page);
}

async function withoutToasts(page: Page): Promise<void> {
	await page.waitForFunction("!document.querySelector('.el-notification')");
}

/** Moves the pointer away, so that it highlights nothing, and waits for animations and images. */
async function settle(page: Page): Promise<void> {
	await page.mouse.move(0, 0);
	await page.waitForTimeout(1500);
}

/** Screenshots have few colors: a palette makes them about three times as small. */
async function compress(png: Buffer, file: string): Promise<void> {
	await sharp(png)
		.png({ palette: true, quality: 100, dither: 0.5, effort: 10 })
		.toFile(path.join(pictures, file));
}
