/** Who makes the models, as texts name them. */
export const MAKERS = {
	openai: 'OpenAI',
	google: 'Google',
	xai: 'xAI',
	blackForestLabs: 'Black Forest Labs',
	byteDance: 'ByteDance',
	alibaba: 'Alibaba',
	ideogram: 'Ideogram',
	stabilityAi: 'Stability AI',
} as const;

export type MakerId = keyof typeof MAKERS;
