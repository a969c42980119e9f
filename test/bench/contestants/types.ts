import type { WorkflowNode } from '../../../demo/host/client.ts';
import type { Sample } from '../measure.ts';
import type { Row } from '../rows.ts';
import type { BenchService } from '../service.ts';

/** Who does the work of a row. */
export interface Contestant {
	readonly id: string;
	readonly title: string;
	/** Why the work cannot be done this way, or null. */
	cannot(row: Row): string | null;
	/**
	 * Does the work once, in a new process.
	 * @throws when it fails, or not exactly the right images come out
	 */
	sample(bench: Bench, row: Row): Promise<Sample>;
}

/** What all samples of a run have in common. */
export interface Bench {
	service: BenchService;
	/** A folder for files, from which n8n may read. */
	scratch: string;
	/** The unpacked package. */
	packageFolder: string;
	/** More of n8n's environment. */
	environment: Record<string, string>;
}

export type Node = WorkflowNode & { typeVersion: number };

/** What a node has to know to call the service. */
export interface Api {
	/** Of OpenAI's dialect, with `/v1`. */
	readonly baseUrl: string;
	/** One credential of each type, for the service of the row. */
	readonly credentials: Readonly<Record<CredentialType, { id: string; name: string }>>;
}

export type CredentialType = 'aiImagesApi' | 'googlePalmApi' | 'openAiApi';

/** Warming up and measuring differ in nothing but the number of items. */
export const promptsOf = (count: number): Array<{ prompt: string }> =>
	Array.from({ length: count }, (_, index) => ({ prompt: `A cat with ${index + 1} hats` }));

/** The prompt of an item; files that are read for an edit come without one. */
export const PROMPT = '={{ $json.prompt ?? "A cat with a hat" }}';

/** The base64 text of the input image, where a row has one for all items. */
export const BASE64_INPUT = "$('Webhook').first().json.body.image";

/** One model per service; only the DALL·E models take `n` and links in n8n's OpenAI node. */
export function modelOf({ service, n, asUrl }: Row): string {
	if (service === 'google') return 'gemini-3-pro-image';
	if (service === 'xai') return 'grok-imagine-image-2.0';
	return n > 1 || asUrl ? 'dall-e-2' : 'gpt-image-1';
}
