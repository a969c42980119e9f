/** A text of a given length that makes scans go wrong. */
export interface Hostile {
	readonly name: string;
	make(length: number): string;
}

/** What is repeated. Each has been the beginning of something that a scan looks for. */
const PIECES: readonly string[] = [
	...[' ', '\n', '\t ', '\r', '\u00a0', '\0', '\ufeff', '\ud800', '\udc00', '🌊', '水'],
	...['a', 'A1', '1', '1.', '1m ', '10ms', '0', '-', '_', '.', ',', ':', ';', '=', '@', '%20'],
	...['"', "'", '`', '\\', '\\\\', '\\"', '\\u0061', '\\u', '“', '/', '//', '?', '?a', '?a=', '#'],
	...['http://', 'https://', 'http', 'http://a@', 'http://a?', 'http://a/', 'a?b=c&', 'data:'],
	...['data:image/png;base64,', 'base64,', 'iVBORw0KGgo', '+/', '/9j/', '…', '***', '&amp;'],
	...['<', '>', '< ', '<a', '<a>', '</', '<title', '<title>', '<!--', '-->', '<![CDATA[', '<?'],
	...['[', ']', '{', '}', '[{', '{"', '{"a":', '":"', '[]', '{}', '[[', '(', ')', '()'],
	...['{"error":', '"error":"', '{"message":"', '"data":', '"url":"', '"b64_json":"', 'error '],
	...[
		'data: ',
		'data: [DONE]',
		'data:\n',
		':\n',
		'event: a\n',
		'\n\n',
		'\r\n',
		'id:\n',
		'retry: 1\n',
	],
	...[
		'try again in ',
		'retry after 1',
		'retry in 1s ',
		'Unknown parameter: ',
		"parameter '",
		'x is ',
	],
	...['not supported ', 'unsupported ', 'unknown ', 'argument ', 'property ', 'Unknown name "a'],
];

/** A repeated piece is often only hostile together with its context. */
const AROUND: ReadonlyArray<readonly [before: string, after: string]> = [
	['', '!\0'],
	['x "', ''],
];

/** Texts of many kinds, each for any length. */
export const HOSTILE: readonly Hostile[] = PIECES.flatMap((piece) =>
	AROUND.map(([before, after]) => repeated(piece, before, after)),
);

/** A text that repeats a piece between two others. */
export function repeated(piece: string, before = '', after = ''): Hostile {
	return {
		name: `${JSON.stringify(before)}, ${JSON.stringify(piece)} again and again, ${JSON.stringify(after)}`,
		make: (length) =>
			before + piece.repeat(Math.ceil(length / piece.length)).slice(0, length) + after,
	};
}

/**
 * Sees that the cost of reading hostile texts grows no faster than their length.
 *
 * A cost is CPU time of this process, the least of several runs, so that a busy machine makes no
 * difference. A text grows until its cost can be measured, and is made 16 times as long then: a
 * linear scan costs 16 times as much, a quadratic one 256 times.
 *
 * @param scan reads a text, and may be asynchronous; called many times
 * @throws Error that names the first text that costs too much
 */
export async function expectLinear(
	scan: (text: string) => unknown,
	texts: readonly Hostile[] = HOSTILE,
): Promise<void> {
	for (const { name, make } of texts) {
		const cost = async (length: number, runs: number) => await leastCost(scan, make(length), runs);
		let length = MIN_LENGTH;
		while (length < MAX_LENGTH && (await cost(length, 3)) < MEASURABLE) length *= 2;
		if (!(await growsLinearly(cost, length))) {
			throw new Error(`The cost grows faster than the text from ${length} characters on: ${name}`);
		}
	}
}

/** Characters. What is cheap for the longest one is cheap enough. */
const MIN_LENGTH = 1024;
const MAX_LENGTH = 65_536;

/** Microseconds. */
const MEASURABLE = 500;

const GROWTH = 16;

/** Of the costs. Caches and the collection of garbage make several times as much of 16. */
const MAX_RATIO = 100;

/** How often a measurement is repeated before the scan fails. */
const TRIES = 12;

async function growsLinearly(
	cost: (length: number, runs: number) => Promise<number>,
	length: number,
): Promise<boolean> {
	let short = Infinity;
	let long = Infinity;
	for (let tries = 0; tries < TRIES; tries++) {
		short = Math.min(short, await cost(length, 5));
		long = Math.min(long, await cost(GROWTH * length, 1));
		if (long <= MAX_RATIO * Math.max(short, MEASURABLE / 2)) return true;
	}
	return false;
}

async function leastCost(
	scan: (text: string) => unknown,
	text: string,
	runs: number,
): Promise<number> {
	let least = Infinity;
	for (let run = 0; run < runs; run++) {
		const before = process.cpuUsage();
		await scan(text);
		const { user, system } = process.cpuUsage(before);
		least = Math.min(least, user + system);
	}
	return least;
}
