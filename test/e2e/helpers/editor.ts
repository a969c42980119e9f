import type { Browser } from 'playwright-core';
import { launchChromium, openEditor } from '../../../demo/host/browser.ts';
import { editorOn, type Editor } from '../../../demo/host/editor.ts';
import type { N8n } from './n8n';

/** An editor for a Jest file, logged in as the owner of its n8n. */
export function useEditor(n8n: N8n): Editor {
	let browser: Browser;
	let editor: Editor;
	beforeAll(async () => {
		browser = await launchChromium();
		const page = await openEditor(browser, n8n.running, { width: 1360, height: 1000 });
		editor = editorOn(page, n8n.running.url);
	}, 120_000);
	afterAll(async () => await browser?.close());
	// There is none until the tests begin.
	return new Proxy({} as Editor, { get: (_, name: keyof Editor) => editor[name] });
}
