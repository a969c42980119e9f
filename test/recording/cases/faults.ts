import { TOPICS } from '../../integration/faults/rows';
import { runRow } from '../../integration/faults/run';
import { observe } from './run';
import { pretty } from '../text/aspects';
import { ON_ERROR } from './mixes';
import type { Case } from './types';

/** Every row of the matrix of faults, with each operation of it and each setting of On Error. */
export function faultCases(): Case[] {
	return TOPICS.flatMap(({ rows }) =>
		rows.flatMap((row) =>
			row.operations.flatMap((operation) =>
				(row.asTool ? Object.keys(row.expected.ends) : ON_ERROR).map((onError): Case => ({
					id: `fault/${row.name}/${operation}/${onError}`,
					record: async (world) => {
						const { parameters, options, prompts, credentials } = row;
						const run = async () => {
							const setting = onError as (typeof ON_ERROR)[number];
							const { engine, faultServers } = world;
							return (await runRow(engine, faultServers, row, operation, setting)).result;
						};
						return {
							input: pretty({ parameters, options, prompts, credentials }),
							...(await observe(world, run)),
						};
					},
				})),
			),
		),
	);
}
