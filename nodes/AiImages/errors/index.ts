export {
	ApiError,
	asApiError,
	asSizeLimitError,
	errorSentences,
	messageAndAdvice,
	SizeLimitError,
	SsrfBlockedError,
	withFullStop,
	type ErrorDetails,
	type JobRecord,
	type RetryHint,
} from './apiError';
export { forAgent } from './agentError';
export { toErrorItem, toNodeError, withMessage } from './nodeError';
export { ExecutionCanceledError, RequestNotSentError, ValidationError } from './runErrors';
