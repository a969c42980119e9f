import { aiImages } from '../contestants/aiImages.ts';
import type { Bench } from '../contestants/types.ts';
import { measureJobs } from '../jobs/index.ts';
import type { Figure } from '../report/figures.ts';
import { markdownTable } from '../report/table.ts';
import type { Row } from '../rows.ts';
import { loadParts } from './parts.ts';
import { measureReading } from './reading.ts';
import { measureSpeeds } from './throughput.ts';
import type { Speed } from './throughput.ts';

/** What the parts cost, and how the costs of the whole grow. */
export interface MicroReport {
	/** In Markdown. */
	tables: string;
	figures: Figure[];
}

/**
 * Measures the splitter, the reader of events, the multipart encoder, the media types and the conversion
 * of masks by themselves, what reading and checking the parameters costs, and how the node grows with the number
 * and the size of images.
 * @param builtFolder the package with its `dist`, and with its packages
 * @param say prints the progress
 */
export async function measureMicro(
	bench: Bench,
	builtFolder: string,
	say: (text: string) => void,
): Promise<MicroReport> {
	say('Parts …');
	const parts = loadParts(builtFolder);
	const speeds = await measureSpeeds(parts);
	const { reading, validating } = await measureReading(parts, 1000, bench.scratch);
	say('Jobs …');
	const jobs = await measureJobs(bench, builtFolder, say);
	const growth = [];
	for (const row of GROWTH) {
		say(`Growth: ${row.title} …`);
		const { wall, cpu, memory, kept } = await aiImages.sample(bench, row);
		const megabytes = [memory, kept].map((bytes) => `+${(bytes / 1e6).toFixed(1)}`);
		const cells = [wall.toFixed(2), cpu.toFixed(2), ...megabytes];
		growth.push([row.title, ...cells, ((cpu * 1000) / row.items).toFixed(1)]);
	}
	const tables = [
		markdownTable(['Part', 'MB/s'], speeds.map(speedLine)),
		`Per item, in n8n's own execution context: reading the parameters, one of them an expression, ${reading.toFixed(3)} ms; validating them ${validating.toFixed(3)} ms.`,
		markdownTable(
			[
				'AI Images in n8n, one run',
				'Time, s',
				'CPU, s',
				'Memory, MB',
				'Kept, MB',
				'CPU per item, ms',
			],
			growth,
		),
		jobs.table,
	];
	return { tables: tables.join('\n\n'), figures: [splitterFigure(speeds), ...jobs.figures] };
}

const GROW = { operation: 'generate', n: 1, latencyMs: 0, measuresKept: true } as const;

const GROWTH: readonly Row[] = [
	...[10, 100, 1000].map((items) => ({
		...GROW,
		id: `items${items}`,
		title: `${items} images of 2 kB, Parallel Requests 20`,
		items,
		bytes: 2000,
		parallel: 20,
	})),
	...[1, 10, 50].map((megabytes) => ({
		...GROW,
		id: `size${megabytes}`,
		title: `8 images of ${megabytes} MB, Parallel Requests 4`,
		items: 8,
		bytes: megabytes * 1_000_000,
		parallel: null,
	})),
];

function speedLine({ title, rate }: Speed): string[] {
	const [median, min, max] = [rate.median, rate.min, rate.max].map((value) => value.toFixed(0));
	return [title, `${median} (${min}–${max})`];
}

/** The goal for the splitter, by the time that it takes for the same text. */
function splitterFigure(speeds: readonly Speed[]): Figure {
	const rateOf = (part: string) => speeds.find(({ id }) => id === part)?.rate.median ?? NaN;
	const times = rateOf('base64') / rateOf('splitter');
	return {
		what: 'splitter: time against Buffer.from(text, ’base64’) alone',
		goal: '≤ 1.5 ×',
		measured: `${times.toFixed(2)} ×`,
		reached: times <= 1.5,
	};
}
