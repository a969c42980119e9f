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
		'The provider’s safety system refused the prompt or the result. Change the prompt or the input images; the same request would be refused again',
	credit:
		'The account has no credit left, or has reached its spending limit. Add credit or raise the limit in the provider’s billing settings',
	noCredit: 'The account has no credit left. Add credit at the provider',
	verify:
		'The provider wants the organization verified before it may use this model. Verify it in the provider’s organization settings, then wait up to 15 minutes',
	parameter:
		'This server does not know the parameter for this model. Remove it, or choose another model',
	model:
		'The server does not have this model, or the key may not use it. Choose another model, or pick one under Other Model from the server’s own list',
	inputImages:
		'Check the input images: PNG, JPEG or WebP in RGB, not damaged, within the model’s limits',
	redirect:
		'The address leads to another one. Enter the final address as Base URL in the credential: redirects are not followed, so that the key reaches nobody else',
	key: 'Check the API key and the Base URL in the credential: the key has to belong to this server',
	rights:
		'The key may not do this. Check the rights of the key and the project, or ask the owner of the account',
	address:
		"Endpoint not found: {endpoint}. Check 'Base URL' in the credential, and whether the provider offers the Images API",
	upload: 'The upload is too large for this server. Use fewer or smaller input images',
	rate: 'Too many requests or images per minute. Wait a while, or set Images per Minute or lower Parallel Requests under Options',
	gateway:
		'The gateway stopped waiting for the model. The image may have been made and billed all the same. Turn Stream on under Options if the model has it, ask for a smaller size or a lower quality, or use the provider without this gateway',
	server:
		'The server failed. Try again later; if the image was made before the failure, it may have been billed',
	change: 'Change what the message names, then run the node again',
	other: 'Run the node again, or ask the operator of the server',
	connect:
		'Check the Base URL in the credential, and whether this n8n can reach it. Nothing was billed',
	http: "Check whether 'Base URL' in the credential has to start with http:// instead of https://. Nothing was billed",
	https:
		"Check whether 'Base URL' in the credential has to start with https://. Otherwise, contact your provider: the image might have been billed",
	billed:
		'The image may have been made and billed all the same. Look at your provider’s usage page before you run it again',
	slow: 'Raise Timeout under Options, or ask for a smaller size or a lower quality',
	cutOff:
		'The image may have been made and billed. If it happens again, look at what stands between n8n and the server: a proxy may cut long answers',
	webPage: 'Check the Base URL in the credential: it may lead to a web page instead of the API',
	noImage:
		'Check whether this server offers the Images API under the Base URL in the credential, and whether the model makes images. The request might have been billed',
	job: 'Use a model or an endpoint that returns images at once, or fetch the result yourself with an HTTP Request node. The image might have been billed',
	notAnImage:
		'Check whether the model makes images, or ask the operator of the server. The call may have been billed',
	previews:
		'The image may have been made and billed. If it happens again, turn Stream off under Options',
	link: 'Links expire, and n8n has to be able to reach them. If the server can, ask for Response Format “Inside the Answer” under Options',
	large: 'That is more than images usually take. If it is right, raise Largest Image under Options',
	long: 'The images that were asked for usually take less. If it is right, raise Largest Image under Options',
	wordy:
		'Check the Base URL in the credential, or ask the operator of the server. The call may have been billed',
	operator: 'Ask the operator of the server',
} as const;

/** The warning for a missing image beside others that arrived. */
export const missing = (error: string, advice: string, count = 1): string =>
	`${count === 1 ? 'One image is' : `${count} images are`} missing: ${error}. ${advice}`;

/** The warning where all images arrived and an error followed them. */
export const behind = (error: string, advice: string): string =>
	`All requested images were received, but the response had an error: ${error}. ${advice}`;
