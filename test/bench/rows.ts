import { SERVICE_ROWS } from './serviceRows.ts';

/** One kind of work, done by each contestant in turn. */
export interface Row {
	readonly id: string;
	readonly title: string;
	/** Whose requests and responses; OpenAI's unless set. */
	readonly service?: Dialect;
	readonly operation: 'generate' | 'edit';
	readonly items: number;
	/** Images per item. */
	readonly n: number;
	/** Length of each image of a response. */
	readonly bytes: number;
	/** Length of each input image of an edit. */
	readonly inputBytes?: number;
	/** Input images per request; 1 unless set. */
	readonly inputs?: number;
	/**
	 * How an edit has its input images: as files, sent as a form, unless set. `json` sends the files in
	 * a JSON body; `base64` is one text for all items, which each request sends as a file of its own.
	 */
	readonly inputsAs?: 'json' | 'base64';
	/**
	 * Pixels along an edge of a mask without transparency, whose white areas are edited. It is the input
	 * image, too.
	 */
	readonly maskEdge?: number;
	readonly latencyMs: number;
	/** Items at the same time; null = as the AI Images node does by itself. */
	readonly parallel: number | null;
	/** Responses hold links. */
	readonly asUrl?: boolean;
	/** Responses are event streams with this many previews per image. */
	readonly partials?: number;
	/** Whether to look for what stays in memory after the run. */
	readonly measuresKept?: boolean;
	/** Who does the work; unless named, those of OpenAI's dialect that do something. */
	readonly contestants?: readonly string[];
}

/** The services whose dialects are compared. */
export type Dialect = 'openai' | 'google' | 'xai';

/** Parallel Requests of the AI Images node, unless the option is set. */
export const DEFAULT_PARALLEL = 4;

const MB = 1_000_000;

const GENERATE = { operation: 'generate', n: 1, latencyMs: 1000 } as const;

/** Work without latency and with hardly any bytes shows what each item costs by itself. */
const TINY = {
	operation: 'generate',
	n: 1,
	bytes: 2000,
	latencyMs: 0,
	parallel: 20,
	measuresKept: true,
	contestants: ['ours', 'bare', 'nothing'],
} as const;

export const ROWS: readonly Row[] = [
	{
		...GENERATE,
		id: '20x1.5',
		title: '20 items, 1 s latency, 1.5 MB',
		items: 20,
		bytes: 1.5 * MB,
		parallel: 20,
	},
	{
		...GENERATE,
		id: 'default4',
		title: `the same with Parallel Requests at its default, ${DEFAULT_PARALLEL}`,
		items: 20,
		bytes: 1.5 * MB,
		parallel: null,
		contestants: ['ours', 'bare'],
	},
	{
		...GENERATE,
		id: 'n10x8',
		title: '1 item, n = 10, 1 s latency, 8 MB',
		items: 1,
		n: 10,
		bytes: 8 * MB,
		parallel: 1,
	},
	{
		...GENERATE,
		id: 'edit20',
		title: 'edit: 20 items, 1 s latency, 2 MB in, 1.5 MB out',
		operation: 'edit',
		items: 20,
		bytes: 1.5 * MB,
		inputBytes: 2 * MB,
		parallel: 20,
	},
	{
		...GENERATE,
		id: 'json20',
		title: 'edit in JSON: 20 items, 1 s latency, two times 5 MB in, 1.5 MB out',
		operation: 'edit',
		items: 20,
		bytes: 1.5 * MB,
		inputBytes: 5 * MB,
		inputs: 2,
		inputsAs: 'json',
		parallel: 20,
		contestants: ['http', 'ours'],
	},
	{
		...GENERATE,
		id: 'base64x40',
		title: 'edit: 40 items, 1 s latency, 5 MB in as base64, 1.5 MB out',
		operation: 'edit',
		items: 40,
		bytes: 1.5 * MB,
		inputBytes: 5 * MB,
		inputsAs: 'base64',
		parallel: null,
		contestants: ['http', 'ours', 'nothing'],
	},
	{
		...GENERATE,
		id: '40x4',
		title: '40 items, 1 s latency, 4 MB',
		items: 40,
		bytes: 4 * MB,
		parallel: 40,
	},
	{
		...GENERATE,
		id: 'url',
		title: '20 items, 0.2 s latency, links to 1.5 MB',
		items: 20,
		bytes: 1.5 * MB,
		latencyMs: 200,
		parallel: 20,
		asUrl: true,
	},
	{
		...GENERATE,
		id: 'sse',
		title: '20 items, 0.2 s latency, event streams with 2 previews and the image, 1.5 MB each',
		items: 20,
		bytes: 1.5 * MB,
		latencyMs: 200,
		parallel: 20,
		partials: 2,
	},
	{
		...GENERATE,
		id: '200x0.1',
		title: '200 items, 50 ms latency, 0.1 MB',
		items: 200,
		bytes: 0.1 * MB,
		latencyMs: 50,
		parallel: 20,
	},
	...SERVICE_ROWS,
	{ ...TINY, id: '100x0', title: '100 items, no latency, 2 kB', items: 100 },
	{ ...TINY, id: '1000x0', title: '1,000 items, no latency, 2 kB', items: 1000 },
];
