/** Parameters that choose a model of the list. */
export const flare = {
	operation: 'generate',
	model: 'gpt-image-2.5-flare',
	prompt: 'a lighthouse',
};

/** Parameters that choose any model by its ID. */
export const other = (modelId: string) => ({
	operation: 'generate',
	family: 'other',
	modelId: { __rl: true, mode: 'id', value: modelId },
	prompt: 'a lighthouse',
});
