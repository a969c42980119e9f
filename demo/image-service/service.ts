import type { ByteMode } from './byteMode.ts';
import { FaultQueue } from './faults.ts';
import { FileStore } from './files.ts';
import { JobQueue } from './jobs.ts';
import { RateLimit } from './headers.ts';
import { imageModels } from './models.ts';
import type { ImageModel } from './models.ts';
import { Recorder } from './recorder.ts';

/** Everything a running service remembers. */
export class Service {
	readonly recorder = new Recorder();
	readonly faults = new FaultQueue();
	readonly files = new FileStore();
	/** Results are on another port than the API, as they are on other hosts in reality. */
	filesPort = 0;
	readonly jobs = new JobQueue();
	readonly rateLimit = new RateLimit();
	/** Downloads of result URLs, to show whether a client sent its key along. */
	downloads: Array<{ path: string; status: number; credentials: boolean }> = [];
	byteMode: ByteMode | undefined;
	readonly apiKey: string | undefined;
	readonly served: readonly ImageModel[];

	/**
	 * With `today` (`YYYY-MM-DD`) the service lets models go on their shutdown date, as OpenAI does;
	 * without it, it serves all of them for ever, as gateways do.
	 */
	constructor(apiKey?: string, today?: string) {
		this.apiKey = apiKey;
		this.served = imageModels.filter(
			({ shutdownDate }) => !today || !shutdownDate || shutdownDate > today,
		);
	}
}
