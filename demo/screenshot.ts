/**
 * Takes the screenshots for README.md: runs the example workflow in n8n's editor with Chromium, and
 * saves the canvas, the panel of a node and one of the images in docs/images.
 */
import { copyFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { launchChromium, openEditor } from './host/browser.ts';
import { root } from './host/paths.ts';
import { untilInterrupted } from './interrupt.ts';
import { outputFolder, runExample } from './runExample.ts';

const pictures = path.join(root, 'docs', 'images');

await untilInterrupted(async (signal, cleanUp) => {
	const { n8n, workflow } = await runExample(signal, cleanUp);
	const browser = await launchChromium();
	cleanUp.defer(() => browser.close());
	await mkdir(pictures, { recursive: true });

	const page = await openEditor(browser, n8n, { width: 1280, height: 720 });
	await page.goto(`${n8n.url}/workflow/${workflow.id}`);
	await execute(page);
	await page.screenshot({ path: path.join(pictures, 'workflow.png') });

	await page.setViewportSize({ width: 1360, height: 1000 });
	await openNode(page, 'Generate Image');
	await page.getByRole('button', { name: 'View', exact: true }).first().click();
	await settle(page);
	await page.screenshot({ path: path.join(pictures, 'generate-image.png') });

	await copyFile(
		path.join(outputFolder, 'lighthouse.png'),
		path.join(pictures, 'example-image.png'),
	);
	console.log('Screenshots saved in docs/images/');
});

/** Runs the workflow and waits until its last node has finished. */
async function execute(page: Page): Promise<void> {
	await page.locator('[data-test-id="execute-workflow-button"]').click();
	await page.getByText('Workflow executed successfully').first().waitFor();
	await page.waitForFunction("!document.querySelector('.el-notification')");
	await settle(page);
}

async function openNode(page: Page, name: string): Promise<void> {
	await page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`).dblclick();
	await page.locator('[data-test-id="ndv"]').waitFor();
	await settle(page);
}

/** Moves the pointer away, so that it highlights nothing, and waits for animations and images. */
async function settle(page: Page): Promise<void> {
	await page.mouse.move(0, 0);
	await page.waitForTimeout(1500);
}
