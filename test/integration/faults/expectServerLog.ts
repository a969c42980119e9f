import { API_KEY, leaksOf } from '../../helpers/imagesApi';
import { SIGNATURE, type MadeImage } from './servers';
import { isDelivered } from './outcomeKinds';
import type { LossReason, Outcome } from './row';
import { TENANT, type Observed } from './run';

/**
 * Compares the log of the servers with what arrived, and what the execution leaves with what it
 * may hold.
 *
 * @param delivered the images that arrived
 */
export function expectServerLog(observed: Observed, delivered: readonly MadeImage[]): void {
	const { row, log, result } = observed;
	const { calls, downloads, billed, kept, lost, items, lastBody } = row.expected;
	const made = [...log.made.values()].flat();
	expect({
		calls: log.calls.length,
		downloads: log.downloads.length,
		billed: made.length,
		delivered: delivered.length,
	}).toEqual({ calls, downloads, billed, delivered: billed - kept - lost.images });

	// Only what never came over the wire as a whole is lost, and not without a word; but for what
	// the user does not want.
	const handedOver = made.filter(log.wasHandedOver);
	if (!lost.why || !UNWANTED.includes(lost.why)) {
		expect(handedOver).toHaveLength(billed - lost.images);
	}
	expect(delivered.filter((image) => !handedOver.includes(image))).toEqual([]);
	expect(lost.images === 0 || row.maxTries || items.some(isTold)).toBeTruthy();

	// A run that goes on is over: what it could not download is lost.
	if (result.status === 'error') {
		const rememberedLinks = JSON.stringify(result.contextData ?? {}).split('"link":').length - 1;
		expect(rememberedLinks).toBe(row.expected.links ?? 0);
	}
	if (lastBody) expect(JSON.parse(log.calls.at(-1)!.body.toString('utf8'))).toEqual(lastBody);
	expectNoSecrets(observed);
	expect(({} as Record<string, unknown>).polluted).toBeUndefined();
}

const UNWANTED: readonly LossReason[] = ['the execution was stopped', 'it exceeded a size limit'];

/** Nothing secret in what an execution leaves, and nothing of the credential at other servers. */
function expectNoSecrets({ result, log }: Observed): void {
	const images = [...log.made.values()].flat().map(({ bytes }) => bytes.toString('base64'));
	const beginnings = [...new Set(images.map((base64) => base64.slice(0, 16)))];
	expect(leaksOf(result, [API_KEY, TENANT, SIGNATURE, ...beginnings])).toEqual([]);
	// The API's own server knows the key, and may want it.
	for (const { rawHeaders, body } of log.downloadsElsewhere) {
		const sent = `${rawHeaders.join('\n')}\n${body.toString('latin1')}`;
		expect([API_KEY, TENANT].filter((secret) => sent.includes(secret))).toEqual([]);
	}
}

/** Whether the user can see that something was lost. */
function isTold(outcome: Outcome): boolean {
	if (!isDelivered(outcome)) return true;
	return outcome.warnings.length > 0 || outcome.attempts > 1;
}
