import { CallFailure } from '../errors';

/** The user pressed the stop button, or the workflow ran into its own timeout. */
export class ExecutionCanceled extends Error {
	constructor() {
		super('The execution was canceled');
		this.name = 'ExecutionCanceled';
	}
}

interface Explanation {
	/** Follows the name of the host. */
	readonly message: string;
	readonly nextStep: string;
}

const CHECK_ADDRESS =
	'Check the Base URL in the credential, and whether this n8n can reach it. Nothing was billed';
const MAY_BE_BILLED =
	'The image may have been made and billed all the same. Look at your provider’s usage page before you run it again';

/** Error codes of Node.js (https://nodejs.org/api/errors.html#common-system-errors) by what they mean. */
const BY_CODE: Readonly<Record<string, Explanation>> = {
	ECONNREFUSED: { message: 'refused the connection', nextStep: CHECK_ADDRESS },
	ENOTFOUND: { message: 'is not a known server name', nextStep: CHECK_ADDRESS },
	EAI_AGAIN: { message: 'could not be looked up', nextStep: CHECK_ADDRESS },
	EHOSTUNREACH: { message: 'cannot be reached', nextStep: CHECK_ADDRESS },
	ENETUNREACH: { message: 'cannot be reached', nextStep: CHECK_ADDRESS },
	ECONNRESET: {
		message: 'closed the connection before the answer was complete',
		nextStep: MAY_BE_BILLED,
	},
	EPIPE: {
		message: 'closed the connection before the answer was complete',
		nextStep: MAY_BE_BILLED,
	},
	ETIMEDOUT: { message: 'did not answer in time', nextStep: MAY_BE_BILLED },
};

/**
 * What an error of n8n's request helper means to the user.
 *
 * @param host the server that was called
 * @param expired milliseconds of the deadline, if it has passed
 */
export function connectionFailure(
	error: unknown,
	host: string,
	expired: number | null,
): CallFailure {
	if (error instanceof CallFailure) return error;
	if (expired !== null) {
		return new CallFailure(
			`${host} did not finish its answer within ${seconds(expired)}`,
			`${MAY_BE_BILLED}. Raise Timeout under Options, or ask for a smaller size or a lower quality`,
		);
	}
	const code = codeOf(error);
	const known = BY_CODE[code];
	if (known) return new CallFailure(`${host} ${known.message}`, known.nextStep, { code });
	const message = error instanceof Error ? error.message : String(error);
	return new CallFailure(`The connection to ${host} failed: ${message}`, MAY_BE_BILLED, {
		...(code ? { code } : {}),
	});
}

/** The code of the innermost error that has one; n8n wraps what axios throws. */
function codeOf(error: unknown): string {
	let code = '';
	for (let inner = error; inner instanceof Error; inner = inner.cause) {
		if ('code' in inner && typeof inner.code === 'string') code = inner.code;
	}
	return code;
}

function seconds(milliseconds: number): string {
	return milliseconds === 1000 ? '1 second' : `${milliseconds / 1000} seconds`;
}
