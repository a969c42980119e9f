import type { Row } from './rows.ts';

const MB = 1_000_000;

/** Three large files in, one image out. */
const EDIT = {
	operation: 'edit',
	items: 10,
	n: 1,
	bytes: 1.5 * MB,
	inputBytes: 5 * MB,
	inputs: 3,
	latencyMs: 1000,
	parallel: 10,
} as const;

const EDIT_TITLE = '10 items, 1 s latency, three times 5 MB in, 1.5 MB out';

/** Work at services that take and return JSON with base64, and the same work as a form. */
export const SERVICE_ROWS: readonly Row[] = [
	{
		id: 'gemini20x8',
		title: 'Google Gemini: 20 items, 1 s latency, 8 MB',
		service: 'google',
		operation: 'generate',
		items: 20,
		n: 1,
		bytes: 8 * MB,
		latencyMs: 1000,
		parallel: 20,
		contestants: ['gemini', 'ours'],
	},
	{
		...EDIT,
		id: 'form3x5',
		title: `edit in a form: ${EDIT_TITLE}`,
		contestants: ['ours'],
	},
	{
		...EDIT,
		id: 'gemini3x5',
		title: `edit at Google Gemini, in JSON: ${EDIT_TITLE}`,
		service: 'google',
		contestants: ['gemini', 'ours'],
	},
	{
		...EDIT,
		id: 'xai3x5',
		title: `edit at xAI, in JSON: ${EDIT_TITLE}`,
		service: 'xai',
		contestants: ['ours'],
	},
	{
		id: 'mask4096',
		title: 'edit: 4 items, 1 s latency, 4096x4096 in, with a white mask of that size, 1.5 MB out',
		operation: 'edit',
		items: 4,
		n: 1,
		bytes: 1.5 * MB,
		maskEdge: 4096,
		latencyMs: 1000,
		parallel: 4,
		contestants: ['ours'],
	},
];
