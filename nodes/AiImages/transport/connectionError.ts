import { ApiError, SsrfBlockedError } from '../errors';
import { formatSeconds } from '../values/format';

interface Explanation {
	/** `{host}` stands for the host. */
	readonly message: string;
	readonly advice: string;
}

const CHECK_ADDRESS =
	"Check 'Base URL' in the credential, and that n8n can reach it. Nothing was billed";
const CHECK_SCHEME =
	"Check whether 'Base URL' in the credential must start with http:// instead of https://. Nothing was billed";
const UNTRUSTED = "n8n doesn't trust the certificate of {host}";
const WRONG_PROTOCOL = "{host} doesn't support https:// (protocol mismatch)";
const CLOSED = '{host} closed the connection before the response was complete';
const LATE = "{host} didn't respond in time";
const CHECK_CERTIFICATE =
	'Check the URL, or let n8n trust the certificate (NODE_EXTRA_CA_CERTS). Nothing was billed';
const CHECK_REDIRECT = 'Check the URL';
const MIGHT_BE_BILLED =
	"The image might have been generated and billed. Check your provider's usage page before you run the node again";

/** By error code of Node.js: https://nodejs.org/api/errors.html#common-system-errors */
const BY_CODE: Readonly<Record<string, Explanation>> = {
	ECONNREFUSED: { message: '{host} refused the connection', advice: CHECK_ADDRESS },
	ENOTFOUND: { message: 'Host not found: {host}', advice: CHECK_ADDRESS },
	EAI_AGAIN: { message: 'DNS lookup failed for {host}', advice: CHECK_ADDRESS },
	EHOSTUNREACH: { message: "{host} can't be reached", advice: CHECK_ADDRESS },
	ENETUNREACH: { message: "{host} can't be reached", advice: CHECK_ADDRESS },
	EPROTO: { message: WRONG_PROTOCOL, advice: CHECK_SCHEME },
	ERR_SSL_WRONG_VERSION_NUMBER: {
		message: WRONG_PROTOCOL,
		advice: CHECK_SCHEME,
	},
	// A server that expects TLS responds to plain HTTP with something else.
	HPE_INVALID_CONSTANT: {
		message: '{host} returned an invalid HTTP response (protocol mismatch)',
		advice:
			"Check whether 'Base URL' in the credential must start with https:// instead of http://. If not, contact your provider: the image might have been billed",
	},
	CERT_HAS_EXPIRED: { message: '{host} has an expired certificate', advice: CHECK_CERTIFICATE },
	DEPTH_ZERO_SELF_SIGNED_CERT: { message: UNTRUSTED, advice: CHECK_CERTIFICATE },
	SELF_SIGNED_CERT_IN_CHAIN: { message: UNTRUSTED, advice: CHECK_CERTIFICATE },
	UNABLE_TO_VERIFY_LEAF_SIGNATURE: { message: UNTRUSTED, advice: CHECK_CERTIFICATE },
	ERR_TLS_CERT_ALTNAME_INVALID: { message: UNTRUSTED, advice: CHECK_CERTIFICATE },
	// https://github.com/follow-redirects/follow-redirects
	ERR_FR_REDIRECTION_FAILURE: {
		message: "{host} redirected to an address that can't be requested",
		advice: CHECK_REDIRECT,
	},
	ERR_FR_TOO_MANY_REDIRECTS: { message: '{host} redirected too often', advice: CHECK_REDIRECT },
	ECONNRESET: { message: CLOSED, advice: MIGHT_BE_BILLED },
	EPIPE: { message: CLOSED, advice: MIGHT_BE_BILLED },
	ECONNABORTED: { message: LATE, advice: MIGHT_BE_BILLED },
	ETIMEDOUT: { message: LATE, advice: MIGHT_BE_BILLED },
};

/**
 * Explains what n8n's request helper threw.
 *
 * @param host the host of the request
 * @param expired milliseconds of the timeout, if it has passed
 * @param redact removes secrets from the helper's own message
 */
export function connectionError(
	error: unknown,
	host: string,
	expired: number | null,
	redact: (text: string) => string = (text) => text,
): ApiError {
	// The helper wraps the error of an input file that cannot be read while the body is sent.
	const own = causesOf(error).find((cause) => cause instanceof ApiError);
	if (own) return own;
	if (expired !== null) {
		return new ApiError(
			`No complete response from ${host} within ${formatSeconds(expired)}`,
			`${MIGHT_BE_BILLED}. Increase 'Timeout' in Options, or use a smaller size or lower quality`,
			{},
			{ mayBeBilled: true },
		);
	}
	// Before the codes, as a redirect that n8n blocks has the code of any failed redirect, too.
	const isBlocked = causesOf(error).some(({ name }) => name.startsWith('SsrfBlocked'));
	if (isBlocked) return new SsrfBlockedError(host);
	const code = innermostCode(error);
	const known = BY_CODE[code];
	if (known) {
		const hint = {
			beforeConnection: known.advice === CHECK_ADDRESS,
			mayBeBilled: known.advice === MIGHT_BE_BILLED,
		};
		return new ApiError(
			known.message.replace('{host}', () => host),
			known.advice,
			{ code },
			hint,
		);
	}
	const message = error instanceof Error ? error.message : String(error);
	return new ApiError(
		`The connection to ${host} failed: ${shortened(redact(message))}`,
		MIGHT_BE_BILLED,
		code ? { code } : {},
		{ mayBeBilled: true },
	);
}

/** n8n wraps what axios throws: the innermost error that has a code is the original one. */
function innermostCode(error: unknown): string {
	const codes = causesOf(error).flatMap((cause) => ('code' in cause ? String(cause.code) : []));
	return codes.at(-1) ?? '';
}

function causesOf(error: unknown): Error[] {
	const causes: Error[] = [];
	for (let inner = error; inner instanceof Error; inner = inner.cause) causes.push(inner);
	return causes;
}

/** Characters of the helper's message that are shown. */
const MAX_MESSAGE_CHARS = 500;

function shortened(text: string): string {
	return text.length > MAX_MESSAGE_CHARS ? `${text.slice(0, MAX_MESSAGE_CHARS)}…` : text;
}
