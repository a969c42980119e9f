import { noImageError } from '../../../../nodes/AiImages/response/errors/noImage';
import { responseOf } from '../../responses';

const NO_IMAGE = 'The API returned a success status without an image';

const failureOf = ([body]: readonly unknown[], status = 200) =>
	noImageError([typeof body === 'string' ? body : JSON.stringify(body)], responseOf({ status }));

describe('a job', () => {
	it.each<[string, unknown, string | null]>([
		['a relay', { code: 200, data: [{ status: 'submitted', task_id: 'task_01' }] }, 'task_01'],
		['an ID with a status', { id: 'task_1', status: 'queued' }, 'task_1'],
		[
			'DashScope',
			{ output: { task_status: 'PENDING', task_id: '0385' }, request_id: 'c30' },
			'0385',
		],
		['Z.ai', { id: '17', model: 'x', request_id: 'c30', task_status: 'PROCESSING' }, '17'],
		['Black Forest Labs', { id: 'b1', polling_url: 'https://api.bfl.ai/v1/get_result' }, 'b1'],
		['fal', { status: 'IN_QUEUE', request_id: 'f1', status_url: 'https://queue.fal.run/x' }, 'f1'],
		[
			'Replicate',
			{ id: 'r1', status: 'starting', output: null, urls: { get: 'https://api.replicate.com/x' } },
			'r1',
		],
		['Luma', { id: 'l1', state: 'dreaming', assets: null }, 'l1'],
		['a number', { job_id: 7 }, '7'],
		['words of success', { task_id: 't1', message: 'Task submitted successfully' }, 't1'],
		['no ID', { status: 'processing' }, null],
	])('is reported with its ID: %s', (_, body, id) => {
		const failure = failureOf([body]);
		const name = id === null ? '' : ` (${id})`;
		expect(failure.message).toBe(`The provider started a job${name} instead of returning an image`);
		expect(failure.advice).toMatch(/returns images immediately.*HTTP Request/);
	});

	it('is what status 202 means', () => {
		expect(failureOf([{ id: 'x1' }], 202).message).toContain('a job (x1)');
		expect(failureOf([''], 202).message).toContain('a job instead');
	});

	it.each([
		[
			'has failed',
			{ task_id: 't1', status: 'FAILED', message: 'No GPU is free' },
			'No GPU is free',
		],
		['has ended without an image', { task_id: 't1', status: 'completed', data: [] }, NO_IMAGE],
		['has an error', { task_id: 't1', error: 'No GPU is free' }, 'No GPU is free'],
		['has no more than an ID', { id: 'x', data: [] }, NO_IMAGE],
	])('is none if it %s', (_, body, message) => {
		expect(failureOf([body]).message.startsWith(message)).toBe(true);
	});

	it('shows no secret as its ID', () => {
		expect(failureOf([{ task_id: 'sk-secret' }]).message).toContain('(***)');
	});
});
