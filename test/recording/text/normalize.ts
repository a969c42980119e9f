import { hashOf } from './hash';

/** Masks what differs between two recordings of the same node without a visible change. */
interface Normalization {
	readonly what: string;
	readonly pattern: RegExp;
	readonly replacement: string;
}

/**
 * Every normalization there is. Dates and durations are none of them, for the clock is the
 * recording's own, and no random number is: `Math.random` always gives the same one.
 */
const NORMALIZATIONS: readonly Normalization[] = [
	{
		what: 'ids of executions and of files in n8n’s binary store',
		pattern: /filesystem-v2:workflows\/[^"\\\s]+/g,
		replacement: '{stored file}',
	},
	{
		what: 'boundaries of multipart bodies',
		pattern: /boundary=\S+/g,
		replacement: 'boundary={boundary}',
	},
	{
		what: 'addresses of the lines of OpenSSL that find an error',
		pattern: /\b[0-9A-F]{16}:error:/g,
		replacement: '{thread}:error:',
	},
];

/** Text that is as long as this and is no words is shown by its hash, piece by piece. */
const LONG_RUN = /[A-Za-z0-9+/=_-]{300,20000}/g;

/** @param hosts of the servers, by the names that stand for them: their ports are the machine's choice */
export function normalizer(hosts: Readonly<Record<string, string>>) {
	return (text: string): string => {
		let plain = text;
		for (const [name, host] of Object.entries(hosts)) {
			plain = plain.replaceAll(host, `{${name}}`);
			plain = plain.replaceAll(encodeURIComponent(host), `{${name}}`);
		}
		for (const { pattern, replacement } of NORMALIZATIONS) {
			plain = plain.replace(pattern, replacement);
		}
		return plain.replace(LONG_RUN, (run) => `‹${run.length} characters, ${hashOf(run)}›`);
	};
}
