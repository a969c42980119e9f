import type { Browser, Locator, Page } from 'playwright-core';
import { launchChromium, openEditor } from '../../../demo/host/browser.ts';
import type { N8n } from './n8n';

/** A field of the panel as the user sees it. */
export interface ShownField {
	readonly name: string;
	readonly label: string;
	/** What it is set to; undefined = it holds other fields. */
	readonly value: string | undefined;
}

/** n8n's editor in a browser, as a user works with it. */
export interface Editor {
	readonly page: Page;
	/** Opens an empty workflow. */
	newWorkflow(): Promise<void>;
	/** Searches for a node. @returns the names that the editor finds */
	search(text: string): Promise<string[]>;
	/** Adds the node with one of its actions, and opens its panel. */
	addNode(action: string): Promise<void>;
	/** Chooses a value of a dropdown. */
	choose(name: string, value: string | RegExp): Promise<void>;
	/** What a dropdown offers, without descriptions. */
	choices(name: string): Promise<string[]>;
	/** Fills in a text or a number. */
	fill(name: string, text: string): Promise<void>;
	/** Turns a field to an expression and fills that in. */
	express(name: string, expression: string): Promise<void>;
	/** The fields on screen, from top to bottom; those inside of others are left out. */
	fields(): Promise<ShownField[]>;
	/** Runs the node of the open panel. @returns the text of the output panel */
	execute(): Promise<string>;
	/** By what the editor calls it for tests. */
	find(testId: string): Locator;
}

/** An editor for a Jest file, logged in as the owner of its n8n. */
export function useEditor(n8n: N8n): Editor {
	let browser: Browser;
	let page: Page;
	beforeAll(async () => {
		browser = await launchChromium();
		page = await openEditor(browser, n8n.running, { width: 1360, height: 1000 });
	});
	afterAll(async () => await browser?.close());

	const find = (testId: string) => page.locator(`[data-test-id="${testId}"]`);
	const input = (name: string) => find(`parameter-input-${name}`).first();
	const open = async (name: string) => {
		await input(name).click();
		const items = page.locator('[data-test-id="parameter-input-item"]:visible');
		await items.first().waitFor();
		return items;
	};
	return {
		get page() {
			return page;
		},
		find,
		async newWorkflow() {
			await page.goto(`${n8n.running.url}/workflow/new`);
			await find('canvas-plus-button').first().click();
		},
		async search(text) {
			await find('node-creator-search-bar').fill(text);
			const names = find('node-creator-item-name');
			await names.filter({ hasText: 'AI Images' }).first().waitFor();
			return await names.allInnerTexts();
		},
		async addNode(action) {
			const names = find('node-creator-item-name');
			await names.filter({ hasText: 'AI Images' }).first().click();
			await names.filter({ hasText: action }).first().click();
			await find('ndv').waitFor();
		},
		async choose(name, value) {
			const items = await open(name);
			await items.filter({ hasText: value }).first().click();
			await items.first().waitFor({ state: 'hidden' });
		},
		async choices(name) {
			const texts = await (await open(name)).allInnerTexts();
			await page.keyboard.press('Escape');
			return texts.map((text) => text.split('\n')[0]!.trim());
		},
		async fill(name, text) {
			await input(name).locator('textarea, input').first().fill(text);
		},
		async express(name, expression) {
			const switches = find(`${name}-parameter-input-options-container`);
			await switches.locator('[data-test-id="radio-button-expression"]').click({ force: true });
			await input(name).locator('.cm-content').fill(expression);
		},
		fields: async () => await page.evaluate<ShownField[]>(READ_FIELDS),
		async execute() {
			const output = find('output-panel');
			await find('node-execute-button').click();
			const isDone = /\d+ items?|Error|NodeApiError|isn't|went wrong|No output data/;
			await output.getByText(isDone).first().waitFor();
			return await output.innerText();
		},
	};
}

/** Runs in the browser, so it is text. Fields inside of another, as those of a file, belong to that. */
const READ_FIELDS = `(() => {
	const prefix = 'parameter-input-';
	const isShown = (element) => element.offsetParent !== null;
	const selector = '[data-test-id^="parameter-input-"], [data-test-id^="fixed-collection-"], [data-test-id="collection-parameter-add"]';
	const valueOf = (element) => {
		const flag = element.querySelector('[role=switch]');
		if (flag) return flag.getAttribute('aria-checked');
		const field = element.querySelector('textarea, input');
		return field ? field.value : element.innerText;
	};
	return [...document.querySelectorAll('[data-test-id="node-parameters"] ' + selector.split(', ').join(', [data-test-id="node-parameters"] '))]
		.filter(isShown)
		.flatMap((element) => {
			const id = element.dataset.testId;
			if (id === 'parameter-input-field' || id === 'parameter-input-item') return [];
			if (id === 'fixed-collection-add' || id === 'fixed-collection-delete') return [];
			const parent = element.parentElement.closest('[data-test-id^="fixed-collection-"]');
			if (parent) return [];
			const item = element.closest('[data-test-id="parameter-item"]');
			const label = item?.querySelector('[data-test-id="input-label"]')?.innerText.split('\\n')[0].trim() ?? '';
			if (id === 'collection-parameter-add') return [{ name: 'options', label, value: undefined }];
			if (id.startsWith('fixed-collection-')) return [{ name: id.slice('fixed-collection-'.length), label, value: undefined }];
			return [{ name: id.slice(prefix.length), label, value: valueOf(element) }];
		});
})()`;
