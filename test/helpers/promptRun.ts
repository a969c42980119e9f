import type { ICredentialDataDecryptedObject, INodeParameters } from 'n8n-workflow';

import type { NodeRun } from './engine';

export interface PromptRun extends Partial<NodeRun> {
	/** The node's *Options*. */
	options?: INodeParameters;
}

/** A run that generates one image for each prompt; `parameters` and `options` add to that. */
export function promptRun(
	credentials: ICredentialDataDecryptedObject,
	prompts: readonly string[],
	{ parameters, options = {}, ...more }: PromptRun = {},
): NodeRun {
	return {
		parameters: {
			operation: 'generate',
			model: 'gpt-image-2.5-flare',
			prompt: '={{ $json.prompt }}',
			options,
			...parameters,
		},
		items: prompts.map((prompt) => ({ json: { prompt } })),
		credentials,
		...more,
	};
}

/** n8n's Retry On Fail with one more try and the shortest wait. */
export const RETRY_ON_FAIL = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };

/** `cat 0`, `cat 1` and so on. */
export const catPrompts = (count: number): string[] =>
	Array.from({ length: count }, (_, index) => `cat ${index}`);
