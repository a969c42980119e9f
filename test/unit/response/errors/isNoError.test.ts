import { isNoError } from '../../../../nodes/AiImages/response/errors/isNoError';

describe('an error without content', () => {
	it.each<[unknown]>([
		[undefined],
		[null],
		[20000],
		[false],
		[0],
		[200],
		[''],
		[' \n'],
		['null'],
		['None'],
		['0'],
		['200'],
		['success'],
		['Success.'],
		['OK'],
		['成功'],
		[[]],
		[{}],
		[[null, {}]],
		[{ message: '', code: null }],
		[{ message: '', type: '', param: '', code: null }],
		[{ code: '', message: '' }],
		[{ code: 0, message: 'success' }],
		[{ code: 200, msg: 'OK' }],
		[{ code: '0', message: 'null', details: [] }],
		[{ type: 'None', param: 'None', code: null, message: 'None' }],
		[{ status_code: 0, status_msg: 'success' }],
		[{ message: '', request_id: 'req_1' }],
	])('is no error: %p', (error) => {
		expect(isNoError(error)).toBe(true);
	});
});

describe('an error with content', () => {
	it.each<[unknown]>([
		[true],
		[1],
		[429],
		['429'],
		['no'],
		['The request was not successful'],
		['Success is not possible with this prompt'],
		['unsuccessful'],
		['错误'],
		[['No GPU is free']],
		[{ message: 'no' }],
		[{ message: '', code: 'moderation_blocked' }],
		[{ message: '', code: 1113 }],
		[{ message: 'success', code: 500 }],
		[{ message: '', type: 'upstream_error' }],
		[{ message: '', param: 'size' }],
		[{ error: { message: 'no' } }],
		[{ request_id: 'req_1', message: 'no' }],
	])('is one: %p', (error) => {
		expect(isNoError(error)).toBe(false);
	});

	it('is assumed where the nesting has no end', () => {
		const endless: { error?: unknown } = {};
		endless.error = endless;
		expect(isNoError(endless)).toBe(false);
	});
});
