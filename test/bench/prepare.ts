import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { installPackage } from '../../demo/host/pack.ts';
import type { Bench } from './contestants/types.ts';
import { startService } from './service.ts';

/**
 * Builds and packs the package once, so that all samples run the same build, and starts the image
 * service.
 * @param packageFolder this project unless told otherwise
 * @param environment `NAME=value` pairs for n8n
 */
export async function prepare(
	cleanUp: AsyncDisposableStack,
	packageFolder: string | undefined,
	environment: readonly string[] = [],
): Promise<Bench> {
	const scratch = await mkdtemp(path.join(os.tmpdir(), 'bench-'));
	cleanUp.defer(() => rm(scratch, { recursive: true, force: true }));
	const nodesFolder = path.join(scratch, 'package');
	await installPackage(nodesFolder, packageFolder);
	const service = await startService();
	cleanUp.defer(service.stop);
	return {
		service,
		scratch,
		packageFolder: path.join(nodesFolder, 'node_modules', 'n8n-nodes-ai-images'),
		environment: Object.fromEntries(environment.map((pair) => pair.split(/=(.*)/s, 2))),
	};
}
