import type { Sample } from './measure.ts';
import { spreadOf } from './statistics.ts';
import type { Spread } from './statistics.ts';

/** One sample of the run. */
export interface Measured {
	readonly row: string;
	readonly contestant: string;
	readonly sample: Sample;
}

/** All samples of one contestant in one row. */
export type Result = Readonly<Record<keyof Sample, Spread>>;

export interface Summary {
	/** Undefined for what was not measured. */
	result(row: string, contestant: string): Result | undefined;
	/** The share of the machine's processor time that other programs have used, 0 to 1. */
	others: Spread;
	/** Samples per contestant and row, at least. */
	rounds: number;
}

/** @param processors of the machine */
export function summarize(measured: readonly Measured[], processors: number): Summary {
	const groups = new Map<string, Measured[]>();
	for (const each of measured) groups.set(keyOf(each), [...(groups.get(keyOf(each)) ?? []), each]);
	const results = new Map([...groups].map(([key, group]) => [key, resultOf(group)]));
	return {
		result: (row, contestant) => results.get(keyOf({ row, contestant })),
		others: spreadOf(measured.map(({ sample }) => sample.others / sample.wall / processors)),
		rounds: Math.min(...[...groups.values()].map(({ length }) => length)),
	};
}

const keyOf = ({ row, contestant }: Pick<Measured, 'row' | 'contestant'>) => `${row} ${contestant}`;

function resultOf(group: readonly Measured[]): Result {
	const of = (name: keyof Sample) => spreadOf(group.map(({ sample }) => sample[name]));
	return {
		wall: of('wall'),
		cpu: of('cpu'),
		memory: of('memory'),
		idle: of('idle'),
		kept: of('kept'),
		others: of('others'),
	};
}
