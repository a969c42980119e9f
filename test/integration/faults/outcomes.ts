import {
	NOTHING,
	type Delivered,
	type Expected,
	type Failed,
	type FailedDetails,
	type LossReason,
	type Operation,
} from './row';

export const BOTH: readonly Operation[] = ['generate', 'edit'];
export const GENERATE: readonly Operation[] = ['generate'];
export const EDIT: readonly Operation[] = ['edit'];

/** One item that fails is seen as an error that stops, and as an item that goes on. */
const ENDS = { stopWorkflow: 'error', continueRegularOutput: 'success' } as const;

export const SUCCEEDS = { stopWorkflow: 'success' } as const;

/** This many images arrive, in the order in which they were made. */
export const images = (count: number, more: Partial<Delivered> = {}): Delivered => ({
	images: Array.from({ length: count }, (_, index) => index),
	warnings: [],
	attempts: 1,
	...more,
});

/** One call, one image, and no warning. */
export const INTACT: Expected = {
	ends: SUCCEEDS,
	calls: 1,
	downloads: 0,
	billed: 1,
	kept: 0,
	lost: NOTHING,
	items: [images(1)],
};

/** One call of one item that fails, and was never billed. */
export const unbilled = (
	error: string,
	advice: string,
	details: FailedDetails,
	attempts = 1,
): Expected => ({
	ends: ENDS,
	calls: attempts,
	downloads: 0,
	billed: 0,
	kept: 0,
	lost: NOTHING,
	items: [{ error, advice, details, attempts }],
});

/** One item that is not sent, for these reasons. */
export const notSent = (...problems: string[]): Expected => ({
	...unbilled('', '', {}),
	calls: 0,
	items: [{ problems }],
});

/** One call of one item that fails although its image was made. */
export const lost = (
	why: LossReason,
	error: string,
	advice: string,
	details: FailedDetails,
): Expected => ({
	...unbilled(error, advice, details),
	billed: 1,
	lost: { images: 1, why },
});

/** An item that fails, among others. */
export const failed = (
	error: string,
	advice: string,
	details: FailedDetails,
	attempts = 1,
): Failed => ({ error, advice, details, attempts });

/** Details that come from the headers of a response. */
export const FACTS = { status: 200, requestId: 'req_42' };

/** The node's advice. */
export const NEXT = {
	content:
		"The provider's safety system refused the prompt or the result. Edit the prompt or input images; retrying won't help",
	credit:
		"The account has no credit left or has reached its spending limit. Add credit or increase the limit in the provider's billing settings",
	noCredit: "The account has no credit left. Add credit in the provider's billing settings",
	verify:
		"Your organization must be verified to use this model. Verify it in the provider's organization settings, then wait up to 15 minutes",
	parameter:
		"The API doesn't support this parameter for this model. Remove it, or choose another model",
	model:
		"The provider doesn't offer this model, or the API key has no access to it. Choose another 'Model', or set 'Model ID' to a model that the API lists (From List)",
	inputImages:
		"Check the input images. They must be intact PNG, JPEG or WebP files in RGB, within the model's limits",
	redirect:
		"The API returned a redirect. Set 'Base URL' in the credential to the final URL; redirects aren't followed to protect your API key",
	key: "Check that the API key in the credential is valid for this 'Base URL'",
	rights: 'The API key lacks permission. Check its project and scopes, or ask the account owner',
	address:
		"Endpoint not found: {endpoint}. Check 'Base URL' in the credential, and whether the provider offers the Images API",
	upload: 'The upload is too large for the API. Use fewer or smaller input images',
	rate: "Rate limit exceeded. Try again later, lower 'Parallel Requests', or set 'Images per Minute' in Options",
	gateway:
		"Gateway timeout. The image might have been generated and billed. Turn on 'Stream' in Options if the model supports it, use a smaller size or lower quality, or connect to the provider without this gateway",
	server:
		"The provider couldn't process the request. Try again later. The image might have been generated and billed",
	change: 'Fix the value named in the message and run the node again',
	other: 'Run the node again, or contact your provider',
	connect: "Check 'Base URL' in the credential, and that n8n can reach it. Nothing was billed",
	http: "Check whether 'Base URL' in the credential must start with http:// instead of https://. Nothing was billed",
	https:
		"Check whether 'Base URL' in the credential must start with https:// instead of http://. If not, contact your provider: the image might have been billed",
	billed:
		"The image might have been generated and billed. Check your provider's usage page before you run the node again",
	slow: "Increase 'Timeout' in Options, or use a smaller size or lower quality",
	cutOff:
		'The image might have been generated and billed. If this happens again, check for a proxy between n8n and the API that truncates long responses',
	webPage: "Check 'Base URL' in the credential: it might lead to a website instead of the API",
	noImage:
		"Check that 'Base URL' in the credential leads to an Images API, and that the model generates images. The request might have been billed",
	prompt:
		'Edit the prompt, or choose a model that generates images. The request might have been billed',
	job: 'Use a model or an endpoint that returns images immediately, or get the result with an HTTP Request node. The image might have been billed',
	notAnImage:
		'Check that the model generates images, or contact your provider. The request might have been billed',
	previews:
		"The image might have been generated and billed. If this happens again, turn off 'Stream' in Options",
	link: "Image links expire, and n8n must be able to reach them. If the API supports it, set 'Response Format' to Base64 in Options",
	large: "Increase 'Max Image Size' in Options if this is expected",
	long: "Increase 'Max Image Size' in Options if this is expected",
	wordy:
		"Check 'Base URL' in the credential, or contact your provider. The request might have been billed",
	operator: 'Contact your provider',
} as const;

/** The advice for a parameter that the API does not know and that the user set. */
export const unsupported = (name: string): string =>
	`The API doesn't support '${name}'. Remove it, or turn on 'Drop Unsupported Parameters' in Options`;

/** The warning for a missing image beside others that arrived. */
export const missing = (error: string, advice: string, count = 1): string =>
	`${count === 1 ? 'One image is' : `${count} images are`} missing: ${error}. ${advice}`;

/** The warning where all images arrived and an error followed them. */
export const behind = (error: string, advice: string): string =>
	`All requested images were received, but the response had an error: ${error}. ${advice}`;
