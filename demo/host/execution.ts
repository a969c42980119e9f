import { createRequire } from 'node:module';
import path from 'node:path';
import { n8nFolder } from './paths.ts';

/** An item as a node has put it out. */
export interface Item {
	json: Record<string, unknown>;
	binary?: Record<string, { fileName?: string; mimeType: string; id?: string; data: string }>;
}

/** An execution that has ended. */
export interface Execution {
	id: string;
	status: string;
	/** From the first node's start to the last node's end, in ms. */
	durationMs: number;
	/** Set when the execution failed. */
	error?: { message: string; description?: string; node?: string };
	/** The items that a node put out, of all its runs and outputs; empty if it did not run. */
	items(node: string): Item[];
}

interface RunData {
	resultData: {
		error?: { message: string; description?: string | null; node?: { name: string } };
		runData: Record<string, Array<{ data?: { main?: Array<Item[] | null> } }>>;
	};
}

/**
 * Reads n8n's response to `GET /rest/executions/:id`, in which `data` is text in the format of the
 * package flatted, which is part of n8n.
 */
export function readExecution(response: unknown): Execution {
	const { id, status, startedAt, stoppedAt, data } = response as Record<string, string>;
	const { resultData } = flatted().parse(data ?? '') as RunData;
	const { error, runData } = resultData;
	return {
		id: String(id),
		status: String(status),
		durationMs: Date.parse(stoppedAt ?? '') - Date.parse(startedAt ?? ''),
		...(error && {
			error: {
				message: error.message,
				...(error.description ? { description: error.description } : {}),
				...(error.node ? { node: error.node.name } : {}),
			},
		}),
		items: (node) =>
			(runData[node] ?? []).flatMap((run) =>
				(run.data?.main ?? []).flatMap((items) => items ?? []),
			),
	};
}

function flatted(): { parse(text: string): unknown } {
	const fromN8n = createRequire(path.join(n8nFolder, 'node_modules', 'n8n', 'package.json'));
	return fromN8n('flatted');
}
