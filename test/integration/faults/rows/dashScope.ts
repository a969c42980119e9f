import { json, raw } from '../../../helpers/imagesApi';
import { BOTH, images, INTACT, NEXT, unbilled } from '../outcomes';
import { delivers, free, makes } from '../responders';
import type { Expected, Row, Topic } from '../row';
import type { Responder } from '../servers';

const ID = 'a3f4befe-cacd-49c9-8298-000000000000';

const row = (
	name: string,
	server: Row['server'],
	expected: Expected,
	more?: Partial<Row>,
): Row => ({
	name,
	service: { id: 'dashScope', family: 'qwen-image', model: 'qwen-image-2.0' },
	operations: BOTH,
	server,
	expected,
	...more,
});

/** https://help.aliyun.com/zh/model-studio/qwen-image-api */
const answer = (content: readonly object[]) =>
	json({
		output: { choices: [{ finish_reason: 'stop', message: { role: 'assistant', content } }] },
		usage: { image_count: content.length },
		request_id: ID,
	});

const dashScope: Responder = makes((made, { publish }) =>
	answer(made.map((image, index) => ({ image: publish(`/${index}.png`, raw(image)) }))),
);

/** https://help.aliyun.com/zh/model-studio/error-code */
const error = (status: number, code: string, message: string) =>
	free(json({ code, message, request_id: ID }, status));

const refused = (name: string, status: number, code: string, message: string, advice: string) =>
	row(
		name,
		[error(status, code, message)],
		unbilled(message, advice, { status, code, requestId: ID }),
	);

const RETRIED = { ...INTACT, calls: 2, downloads: 1, items: [images(1, { attempts: 2 })] };

/** What DashScope reports, in its own shape. */
export const DASHSCOPE: Topic = {
	title: 'Alibaba DashScope',
	about:
		'Errors have a code and a request ID. What a failed job reports is explained by the same codes.',
	rows: [
		refused(
			'400 for a refused prompt at DashScope',
			400,
			'DataInspectionFailed',
			'Input data may contain inappropriate content.',
			NEXT.content,
		),
		refused(
			'400 for an account in arrears at DashScope',
			400,
			'Arrearage',
			'Access denied, please make sure your account is in good standing.',
			NEXT.credit,
		),
		refused(
			'401 for a key of another region of DashScope',
			401,
			'InvalidApiKey',
			'Invalid API-key provided.',
			NEXT.key,
		),
		refused(
			'403 for a model that the key of DashScope has no access to',
			403,
			'Model.AccessDenied',
			'Model access denied.',
			NEXT.model,
		),
		refused(
			'404 for a model that a region of DashScope lacks',
			404,
			'ModelNotFound',
			'Model can not be found.',
			NEXT.model,
		),
		refused(
			'400 for an input image that DashScope cannot read',
			400,
			'InvalidImage.FileFormat',
			'Invalid image type. Please ensure the uploaded file is a valid image.',
			NEXT.inputImages,
		),
		row(
			'429 of DashScope',
			[
				error(429, 'Throttling.RateQuota', 'Requests rate limit exceeded, please try again later.'),
				dashScope,
			],
			RETRIED,
		),
		row(
			'503 when DashScope is busy',
			[error(503, 'ModelUnavailable', 'Model is unavailable, please try again later.'), dashScope],
			RETRIED,
		),
		row(
			'DashScope repeats the prompt without an image',
			[() => answer([{ text: 'A lighthouse' }]), delivers],
			unbilled('A lighthouse', NEXT.prompt, { status: 200 }),
		),
	],
};
