/** The user pressed the stop button, or the workflow timed out. */
export class ExecutionCanceledError extends Error {
	constructor() {
		super('The execution was canceled');
		this.name = 'ExecutionCanceledError';
	}
}

/** The run stopped because of another item, before this request was sent. */
export class RequestNotSentError extends Error {
	constructor() {
		super('Execution stopped before this request was sent');
		this.name = 'RequestNotSentError';
	}
}

/** An item that cannot be sent as it is. Lists every problem, one sentence each. */
export class ValidationError extends Error {
	constructor(readonly problems: readonly string[]) {
		super(problems.join(' · '));
		this.name = 'ValidationError';
	}
}
