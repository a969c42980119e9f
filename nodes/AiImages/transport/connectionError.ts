import { ApiError, SsrfBlockedError } from '../errors';

interface Explanation {
	/** Follows the host name. */
	readonly message: string;
	readonly advice: string;
}

const CHECK_ADDRESS =
	'Check the Base URL in the credential, and whether this n8n can reach it. Nothing was billed';
const CHECK_SCHEME =
	"Check whether 'Base URL' in the credential has to start with http:// instead of https://. Nothing was billed";
const UNTRUSTED = 'has a certificate that n8n does not trust';
const CHECK_CERTIFICATE =
	'Check the address, or let this n8n trust the certificate (NODE_EXTRA_CA_CERTS). Nothing was billed';
const MAY_BE_BILLED =
	'The image may have been made and billed all the same. Look at your provider’s usage page before you run it again';

/** By error code of Node.js: https://nodejs.org/api/errors.html#common-system-errors */
const BY_CODE: Readonly<Record<string, Explanation>> = {
	ECONNREFUSED: { message: 'refused the connection', advice: CHECK_ADDRESS },
	ENOTFOUND: { message: 'is not a known server name', advice: CHECK_ADDRESS },
	EAI_AGAIN: { message: 'could not be looked up', advice: CHECK_ADDRESS },
	EHOSTUNREACH: { message: 'cannot be reached', advice: CHECK_ADDRESS },
	ENETUNREACH: { message: 'cannot be reached', advice: CHECK_ADDRESS },
	EPROTO: { message: 'does not speak the protocol of this address', advice: CHECK_SCHEME },
	ERR_SSL_WRONG_VERSION_NUMBER: {
		message: 'does not speak the protocol of this address',
		advice: CHECK_SCHEME,
	},
	// A server that expects TLS responds to plain HTTP with something else.
	HPE_INVALID_CONSTANT: {
		message: 'does not answer in the protocol of this address',
		advice:
			"Check whether 'Base URL' in the credential has to start with https://. Otherwise, contact your provider: the image might have been billed",
	},
	CERT_HAS_EXPIRED: { message: 'has a certificate that has expired', advice: CHECK_CERTIFICATE },
	DEPTH_ZERO_SELF_SIGNED_CERT: { message: UNTRUSTED, advice: CHECK_CERTIFICATE },
	SELF_SIGNED_CERT_IN_CHAIN: { message: UNTRUSTED, advice: CHECK_CERTIFICATE },
	UNABLE_TO_VERIFY_LEAF_SIGNATURE: { message: UNTRUSTED, advice: CHECK_CERTIFICATE },
	ERR_TLS_CERT_ALTNAME_INVALID: { message: UNTRUSTED, advice: CHECK_CERTIFICATE },
	ECONNRESET: {
		message: 'closed the connection before the answer was complete',
		advice: MAY_BE_BILLED,
	},
	EPIPE: {
		message: 'closed the connection before the answer was complete',
		advice: MAY_BE_BILLED,
	},
	ECONNABORTED: { message: 'did not answer in time', advice: MAY_BE_BILLED },
	ETIMEDOUT: { message: 'did not answer in time', advice: MAY_BE_BILLED },
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
			`${host} did not finish its answer within ${seconds(expired)}`,
			`${MAY_BE_BILLED}. Raise Timeout under Options, or ask for a smaller size or a lower quality`,
			{},
			{ mayBeBilled: true },
		);
	}
	const code = innermostCode(error);
	const known = BY_CODE[code];
	if (known) {
		const hint = {
			beforeConnection: known.advice === CHECK_ADDRESS,
			mayBeBilled: known.advice === MAY_BE_BILLED,
		};
		return new ApiError(`${host} ${known.message}`, known.advice, { code }, hint);
	}
	const isBlocked = causesOf(error).some(({ name }) => name.startsWith('SsrfBlocked'));
	if (isBlocked) return new SsrfBlockedError(host);
	const message = error instanceof Error ? error.message : String(error);
	return new ApiError(
		`The connection to ${host} failed: ${shortened(redact(message))}`,
		MAY_BE_BILLED,
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

function seconds(milliseconds: number): string {
	return milliseconds === 1000 ? '1 second' : `${milliseconds / 1000} seconds`;
}
