import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { chromiumPath } from '../setup/chromium.cjs';
import { DemoFailure } from './failure.ts';
import type { RunningN8n } from './n8n.ts';

/** Otherwise Chromium requests hosts of its own at every start. */
const QUIET = [
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
	'--disable-quic',
	'--no-first-run',
	'--disable-gpu',
];

/** @throws {DemoFailure} when there is no Chromium on this machine */
export async function launchChromium(): Promise<Browser> {
	const executablePath = chromiumPath();
	if (executablePath === undefined) {
		throw new DemoFailure(
			'Chromium not found. Install it (Debian: apt-get install chromium), or set CHROMIUM to the path of its executable.',
		);
	}
	// Chromium's own sandbox does not work for the root user.
	const chromiumSandbox = process.getuid?.() !== 0;
	return await chromium.launch({ executablePath, chromiumSandbox, args: QUIET });
}

/** Opens n8n's editor in a new page and logs in as the owner. */
export async function openEditor(
	browser: Browser,
	n8n: RunningN8n,
	viewport: { width: number; height: number },
	colorScheme: 'light' | 'dark' = 'light',
): Promise<Page> {
	const context = await browser.newContext({
		viewport,
		deviceScaleFactor: 2,
		colorScheme,
		reducedMotion: 'reduce',
	});
	const page = await context.newPage();
	await page.goto(`${n8n.url}/signin`);
	await page.locator('input[type=email]').fill(n8n.client.login.email);
	await page.locator('input[type=password]').fill(n8n.client.login.password);
	await page.locator('input[type=password]').press('Enter');
	await page.waitForURL((url) => !url.pathname.startsWith('/signin'));
	return page;
}
