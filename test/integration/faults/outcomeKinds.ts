import type { Delivered, Failed, Outcome, Refused } from './row';

export function isDelivered(outcome: Outcome): outcome is Delivered {
	return typeof outcome === 'object' && 'images' in outcome;
}

export function isFailed(outcome: Outcome): outcome is Failed {
	return typeof outcome === 'object' && 'advice' in outcome;
}

export function isRefused(outcome: Outcome): outcome is Refused {
	return typeof outcome === 'object' && 'problems' in outcome;
}
