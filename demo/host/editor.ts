import type { Locator, Page } from 'playwright-core';

/** A field of the panel as the user sees it. */
export interface ShownField {
	readonly name: string;
	readonly label: string;
	/** What it is set to, a switch to `true` or `false`; absent = it holds other fields. */
	readonly value?: string;
	/** The line below it; absent = there is none. */
	readonly hint?: string;
	/** Whether n8n marks its value as wrong; absent = it does not. */
	readonly isRed?: true;
}

/** n8n's editor in a browser, as a user works with it. */
export interface Editor {
	readonly page: Page;
	/** By what the editor calls it for tests. */
	find(testId: string): Locator;
	/** Opens an empty workflow, and the list of nodes. */
	newWorkflow(): Promise<void>;
	/** Opens a saved workflow, and the panel of one of its nodes. */
	open(workflowId: string, node: string): Promise<void>;
	/** Searches for a node. @returns the names of the nodes that the editor finds */
	search(text: string): Promise<string[]>;
	/** Adds the node with one of its actions, and opens its panel. */
	addNode(action: string): Promise<void>;
	/** Selects an entry of a dropdown, by its text or the end of its description. */
	choose(name: string, entry: string | RegExp): Promise<void>;
	/** Fills in a text or a number. */
	fill(name: string, text: string): Promise<void>;
	/**
	 * Makes a change that enters a text, and waits until n8n has saved it by itself. A run sees what
	 * is saved, so it can miss a change that is made while n8n is still saving another.
	 */
	untilSaved(text: string, change: () => Promise<void>): Promise<void>;
	/** Switches a field to *Expression*, and fills it in. */
	express(name: string, text: string): Promise<void>;
	/** Presses the button of a tool's field with which the model of the agent fills it in. */
	leaveToModel(name: string): Promise<void>;
	/** The names of the fields that have this button. */
	fieldsForModel(): Promise<string[]>;
	/**
	 * The fields on screen, from top to bottom, without those inside of others.
	 *
	 * @param within the name of the field that holds them; absent = the panel
	 */
	fields(within?: string): Promise<ShownField[]>;
	/** What the panel says between its fields. */
	notices(): Promise<string[]>;
	/** What appears at the question marks behind the labels, by the names of the fields that have one. */
	tooltips(): Promise<Record<string, string>>;
	/** Runs the node of the open panel. @returns the text of the output panel */
	execute(): Promise<string>;
	/** Opens the window for a new credential from the panel, and selects the service. */
	openNewCredential(service: string): Promise<void>;
	/** Creates a credential from the panel: selects the service, fills in fields, and saves. */
	addCredential(service: string, filled: Readonly<Record<string, string>>): Promise<void>;
	/** Changes the credential whose window is open, and saves it, which tests it. */
	saveCredential(filled: Readonly<Record<string, string>>): Promise<void>;
	/** What the test of the credential has found; undefined = it is content. */
	credentialProblem(): Promise<string | undefined>;
}

/**
 * @param page logged in
 * @param url of n8n, such as `http://127.0.0.1:5678`
 */
export function editorOn(page: Page, url: string): Editor {
	page.setDefaultTimeout(PATIENCE_MS);
	const find = (testId: string) => page.locator(`[data-test-id="${testId}"]`);
	/** Of the window on top. */
	const input = (name: string) => find(`parameter-input-${name}`).last();
	const label = (name: string) => page.locator(`label[for="${name}"]`);
	const items = () => page.locator('[data-test-id="parameter-input-item"]:visible');
	const nodes = () => find('node-creator-item-name');

	const editor: Editor = {
		page,
		find,
		async newWorkflow() {
			await page.goto(`${url}/workflow/new`);
			await find('canvas-plus-button').first().click();
		},
		async open(workflowId, node) {
			await page.goto(`${url}/workflow/${workflowId}`);
			await page.locator(`[data-test-id="canvas-node"][data-node-name="${node}"]`).dblclick();
			await find('ndv').waitFor();
		},
		async search(text) {
			await find('node-creator-search-bar').fill(text);
			await nodes().filter({ hasText: 'AI Images' }).first().waitFor();
			return await nodes().allInnerTexts();
		},
		async addNode(action) {
			await nodes()
				.filter({ hasText: /^\s*AI Images\s*$/ })
				.first()
				.click();
			await nodes().filter({ hasText: action }).first().click();
			await find('parameter-input-prompt').first().waitFor();
		},
		async choose(name, entry) {
			await input(name).click();
			await items().filter({ hasText: entry }).first().click();
			await items().first().waitFor({ state: 'hidden' });
		},
		async fill(name, text) {
			await input(name).locator('textarea, input').first().fill(text);
		},
		async untilSaved(text, change) {
			const json = JSON.stringify(text).slice(1, -1);
			const saved = page.waitForResponse(
				(response) =>
					new URL(response.url()).pathname.startsWith('/rest/workflows') &&
					Boolean(response.request().postData()?.includes(json)),
			);
			await change();
			await saved;
		},
		async express(name, text) {
			// The switch shows once the pointer is over the label.
			await label(name).hover();
			await label(name).locator('[data-test-id="radio-button-expression"]').click();
			await editor.untilSaved(text, () => input(name).locator('.cm-content').fill(text));
		},
		async leaveToModel(name) {
			const field = find('parameter-item').filter({ has: label(name) });
			await field.locator(`[data-test-id="${BUTTON_FOR_MODEL}"]`).click();
			await field.getByText('Defined automatically by the model').waitFor();
		},
		async fieldsForModel() {
			const fields = find('parameter-item').filter({ has: find(BUTTON_FOR_MODEL) });
			const labels = fields.locator('label[for]');
			return await labels.evaluateAll((all) => all.map((each) => each.getAttribute('for') ?? ''));
		},
		fields: async (within) => {
			const root = within ? `fixed-collection-${within}` : 'node-parameters';
			return await page.evaluate(`(${READ_FIELDS})('[data-test-id="${root}"]')`);
		},
		notices: async () =>
			await find('node-parameters').locator('[role=alert].notice:visible').allInnerTexts(),
		async tooltips() {
			const labels = find('node-parameters').locator('label:visible');
			const tips: Record<string, string> = {};
			for (const label of await labels.filter({ has: page.locator(QUESTION_MARK) }).all()) {
				const mark = label.locator(QUESTION_MARK);
				// It shows once the pointer is over the label.
				await mark.locator('svg').hover({ force: true });
				const open = label.locator('[aria-describedby]').first();
				const id = await open.getAttribute('aria-describedby');
				const tip = find('tooltip-content').filter({ has: page.locator(`[id="${id}"]`) });
				tips[(await label.getAttribute('for')) ?? ''] = await tip.innerText();
			}
			return tips;
		},
		async execute() {
			const output = find('output-panel');
			const finished = page.waitForResponse((response) =>
				/\/rest\/workflows\/[\w-]+\/run$/.test(new URL(response.url()).pathname),
			);
			await find('node-execute-button').first().click();
			await finished;
			await find('stop-execution-button').first().waitFor({ state: 'hidden' });
			await output
				.locator('[data-test-id="ndv-items-count"], [data-test-id="node-error-message"]')
				.first()
				.waitFor();
			return await output.innerText();
		},
		async addCredential(service, filled) {
			await editor.openNewCredential(service);
			await editor.saveCredential(filled);
		},
		async openNewCredential(service) {
			const empty = find('node-credentials-empty-state').locator('button').first();
			await empty.or(find('node-credentials-select')).first().click();
			// With credentials to choose from, a new one is an entry of the list.
			const entry = find('node-credentials-select-item-new').first();
			const modal = find('editCredential-modal');
			await entry.or(modal).waitFor();
			if (!(await modal.isVisible())) await entry.click();
			await input('apiKey').waitFor();
			await editor.choose('service', service);
		},
		async saveCredential(filled) {
			for (const [name, text] of Object.entries(filled)) await editor.fill(name, text);
			const saved = page.waitForResponse((response) =>
				/\/rest\/credentials(?:\/[\w-]+)?$/.test(new URL(response.url()).pathname),
			);
			const tested = page.waitForResponse((response) =>
				response.url().endsWith('/rest/credentials/test'),
			);
			await find('credential-save-button').click();
			await Promise.all([saved, tested]);
			// Until then, the window still shows the result of the test before.
			await find('credential-save-button').locator('[aria-busy=true]').waitFor({ state: 'hidden' });
		},
		async credentialProblem() {
			const modal = find('editCredential-modal');
			const banner = (text: RegExp) => modal.locator('.el-tag:visible').filter({ hasText: text });
			const problem = banner(/Couldn.t connect with these settings/);
			const success = banner(/Connection tested successfully/);
			// n8n closes the window after the first test that succeeds.
			const shown = problem.or(success).waitFor();
			await Promise.race([shown, modal.waitFor({ state: 'hidden' })]);
			shown.catch(() => {});
			if (!(await problem.isVisible())) return undefined;
			// Once opened, the details stay open for the next problem.
			const more = problem.getByText('More details');
			if (await more.isVisible()) await more.click();
			const [, details] = (await problem.innerText()).split('Retry\n');
			return details;
		},
	};
	return editor;
}

/** A step on a busy machine. */
const PATIENCE_MS = 60_000;

const BUTTON_FOR_MODEL = 'from-ai-override-button';

const QUESTION_MARK = '[data-state]:has(> svg[data-icon="circle-help"])';

/** Runs in the browser, so it is text. Fields inside of another belong to that. */
const READ_FIELDS = `(selector) => {
	const root = document.querySelector(selector);
	const PREFIX = 'parameter-input-';
	const SELECTOR = '[data-test-id^="parameter-input-"], [data-test-id^="fixed-collection-"], [data-test-id="collection-parameter-add"]';
	const PARTS = ['parameter-input-field', 'parameter-input-item', 'fixed-collection-add', 'fixed-collection-delete'];
	const valueOf = (element) => {
		const field = element.querySelector('textarea, input');
		if (field?.type === 'checkbox') return String(field.checked);
		return field ? field.value : element.innerText.trim();
	};
	const hintOf = (element) => {
		const texts = element.closest('[data-test-id="parameter-input"]')?.querySelectorAll('.n8n-text') ?? [];
		const hint = [...texts].find((text) => !element.contains(text))?.innerText;
		return hint ? { hint } : {};
	};
	return [...root.querySelectorAll(SELECTOR)]
		.filter((element) => element.offsetParent !== null)
		.filter((element) => !PARTS.includes(element.dataset.testId))
		.filter((element) => [root, null].includes(element.parentElement.closest('[data-test-id^="fixed-collection-"]')))
		.map((element) => {
			const id = element.dataset.testId;
			const item = element.closest('[data-test-id="parameter-item"]');
			const label = item?.querySelector('[data-test-id="input-label"]')?.innerText.split('\\n')[0].trim() ?? '';
			if (id === 'collection-parameter-add') return { name: 'options', label };
			if (id.startsWith('fixed-collection-')) return { name: id.slice('fixed-collection-'.length), label };
			const red = element.classList.contains('has-issues') ? { isRed: true } : {};
			return { name: id.slice(PREFIX.length), label, value: valueOf(element), ...hintOf(element), ...red };
		});
}`;
