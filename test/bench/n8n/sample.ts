import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startN8n } from '../../../demo/host/n8n.ts';
import type { RunningN8n } from '../../../demo/host/n8n.ts';
import { promptsOf } from '../contestants/types.ts';
import type { Api, Bench, Node } from '../contestants/types.ts';
import { measure } from '../measure.ts';
import type { Sample } from '../measure.ts';
import { findChild } from '../processUsage.ts';
import type { Row } from '../rows.ts';
import { byteSettingsOf, REST, WARM_UP } from '../service.ts';
import { verifyImages } from '../verify.ts';
import { createApi } from './api.ts';
import { createFlow } from './flow.ts';
import { collectGarbage, INSPECTABLE } from './garbage.ts';
import { inputOf, warmUpInputOf } from './inputs.ts';

/**
 * Starts a new n8n, warms it up with one small item through the same workflow, lets it come to
 * rest, and measures its main process in one run of a row, until the execution is saved.
 * @param nodesOf the nodes that do the work
 * @param images per image of the row: 1, or 0 for nodes that make none
 * @throws when a run fails, or not exactly the right items and images come out
 */
export async function sampleN8n(
	{ service, scratch, packageFolder, environment }: Bench,
	row: Row,
	nodesOf: (row: Row, api: Api) => Node[],
	images: 0 | 1 = 1,
): Promise<Sample> {
	const n8n = await startN8n({
		filesFolder: scratch,
		packageFolder,
		environment: { NODE_OPTIONS: INSPECTABLE, ...environment },
	});
	try {
		const isBase64 = row.inputsAs === 'base64';
		const hasFile = row.operation === 'edit' && !isBase64;
		const inputFile = hasFile ? path.join(scratch, 'input.png') : null;
		const textOf = (bytes: Buffer) => (isBase64 ? bytes.toString('base64') : undefined);
		const warmUpInput = await warmUpInputOf(service, row);
		if (inputFile) await writeFile(inputFile, warmUpInput);
		await service.serve({ ...byteSettingsOf(row), ...WARM_UP });
		const api = await createApi(n8n.client, service, row.service);
		const flow = await createFlow(n8n, nodesOf(row, api), inputFile);
		await flow.run(promptsOf(1), textOf(warmUpInput));

		const input = await inputOf(service, row);
		if (inputFile) await writeFile(inputFile, input);
		const text = textOf(input);
		const image = await service.imageOf(row.bytes);
		await service.serve(byteSettingsOf(row));
		const pid = await findChild('N8N_USER_FOLDER', n8n.userFolder);
		const before = await collectGarbage(n8n, pid);
		await rested(n8n);

		let items = 0;
		let executionId = '';
		const sample = await measure(
			pid,
			async () => void (items = await flow.run(promptsOf(row.items), text)),
			async () => void (executionId = await flow.saved()),
			[service.pid],
		);
		const expected = row.items * row.n;
		if (items !== expected) throw new Error(`${items} items came out instead of ${expected}`);
		const store = storeOf(n8n, flow.workflowId, executionId);
		// The node keeps the previews of a stream, too.
		const files = expected * (1 + (row.partials ?? 0)) * images;
		await verifyImages(store, image, files, hasFile ? input.length : undefined);
		if (!row.measuresKept) return sample;
		return { ...sample, kept: (await collectGarbage(n8n, pid)) - before };
	} finally {
		await n8n.stop();
	}
}

/** n8n takes its database for lost for a while when a long collection of garbage made it wait. */
async function rested({ url }: RunningN8n): Promise<void> {
	for (let tries = 0; tries < 30; tries++) {
		await sleep(REST);
		const response = await fetch(`${url}/healthz/readiness`);
		await response.body?.cancel();
		if (response.ok) return;
	}
	throw new Error('n8n was not ready again after its garbage was collected.');
}

/** Where n8n's filesystem mode keeps the files of an execution. */
function storeOf({ userFolder }: RunningN8n, workflowId: string, executionId: string): string {
	const parts = ['workflows', workflowId, 'executions', executionId, 'binary_data'];
	return path.join(userFolder, '.n8n', 'storage', ...parts);
}
