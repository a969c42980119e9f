import type { Path } from './path';

/** Where the usage has token counts and costs. */
export interface UsageKeys {
	readonly inputTokens: UsagePlace;
	readonly inputTextTokens: UsagePlace;
	readonly inputImageTokens: UsagePlace;
	readonly outputTokens: UsagePlace;
	readonly outputTextTokens: UsagePlace;
	readonly outputImageTokens: UsagePlace;
	/** Costs that the provider computed, with the number of their units in one US dollar. */
	readonly costs: ReadonlyArray<{ readonly at: Path; readonly perDollar: number }>;
	/** Whether every response has one, so that no prices are needed to limit them. */
	readonly alwaysHasCost?: true;
}

/** A path, or a function where a path cannot say it. */
export type UsagePlace = Path | ((usage: unknown) => unknown);
