import { ApiError } from '../errors';

/** The user pressed the stop button, or the workflow ran into its own timeout. */
export class ExecutionCanceledError extends Error {
	constructor() {
		super('The execution was canceled');
		this.name = 'ExecutionCanceledError';
	}
}

interface Explanation {
	/** Follows the name of the host. */
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

/** The guard against requests to inner networks: https://docs.n8n.io/hosting/securing/ */
const ASK_ADMINISTRATOR =
	'Ask the administrator of this n8n to allow the host: N8N_SSRF_ALLOWED_HOSTNAMES or N8N_SSRF_ALLOWED_IP_RANGES';

/** n8n itself did not let a request go out. */
export class SsrfBlockedError extends ApiError {
	constructor(host: string) {
		super(`n8n blocked the request to ${host}`, ASK_ADMINISTRATOR);
	}
}

/** Error codes of Node.js (https://nodejs.org/api/errors.html#common-system-errors) by what they mean. */
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
	// What a server that expects https says to http is no HTTP.
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
 * What an error of n8n's request helper means to the user.
 *
 * @param host the server that was called
 * @param expired milliseconds of the deadline, if it has passed
 * @param clean removes secrets from the words of the helper
 */
export function connectionError(
	error: unknown,
	host: string,
	expired: number | null,
	clean: (text: string) => string = (text) => text,
): ApiError {
	// A file of the body that cannot be read fails inside of the helper, which wraps what it throws.
	const own = causesOf(error).find((cause) => cause instanceof ApiError);
	if (own) return own;
	if (expired !== null) {
		return new ApiError(
			`${host} did not finish its answer within ${seconds(expired)}`,
			`${MAY_BE_BILLED}. Raise Timeout under Options, or ask for a smaller size or a lower quality`,
		);
	}
	const code = codeOf(error);
	const known = BY_CODE[code];
	if (known) {
		const hint = { beforeConnection: known.advice === CHECK_ADDRESS };
		return new ApiError(`${host} ${known.message}`, known.advice, { code }, hint);
	}
	const message = error instanceof Error ? error.message : String(error);
	if (causesOf(error).some(({ name }) => name.startsWith('SsrfBlocked')))
		return new SsrfBlockedError(host);
	return new ApiError(
		`The connection to ${host} failed: ${shortened(clean(message))}`,
		MAY_BE_BILLED,
		code ? { code } : {},
	);
}

/** The code of the innermost error that has one; n8n wraps what axios throws. */
function codeOf(error: unknown): string {
	const codes = causesOf(error).flatMap((cause) => ('code' in cause ? String(cause.code) : []));
	return codes.at(-1) ?? '';
}

function causesOf(error: unknown): Error[] {
	const causes: Error[] = [];
	for (let inner = error; inner instanceof Error; inner = inner.cause) causes.push(inner);
	return causes;
}

/** Longest text of the helper that is shown, in characters. */
const MAX_MESSAGE = 500;

function shortened(text: string): string {
	return text.length > MAX_MESSAGE ? `${text.slice(0, MAX_MESSAGE)}…` : text;
}

function seconds(milliseconds: number): string {
	return milliseconds === 1000 ? '1 second' : `${milliseconds / 1000} seconds`;
}
