import { ApiError } from '../../../nodes/AiImages/errors';
import { base64, decodeTexts, eventsOf, failureAfter, resultsOf } from '../responses';
import { decoded, done, event, preview } from './streamEvents';

describe('a stream without its end', () => {
	const lost = new ApiError('The connection broke', 'Look at the usage page');

	it('that contained only previews is a failure that might have been billed', async () => {
		const response = eventsOf(preview('a') + event('[DONE]'), { headers: { 'x-request-id': 'r' } });
		const failure = await failureAfter(response);
		expect(failure.message).toMatch(/partial images.*without the final image/);
		expect(failure.advice).toMatch(/billed/);
		expect(failure.details).toMatchObject({ status: 200, requestId: 'r' });
	});

	it.each(['', ': keepalive\n\n', event('[DONE]'), event({ type: 'ping' })])(
		'that held nothing is a failure: %j',
		async (text) => {
			expect((await failureAfter(eventsOf(text))).message).toMatch(
				/success status without an image/,
			);
		},
	);

	it('that held an image with empty texts is a failure', async () => {
		const text = event({ type: 'image_generation.completed', b64_json: '', url: '' });
		expect((await failureAfter(eventsOf(text))).message).toMatch(/success status without an image/);
	});

	it('keeps the complete images, and reports what is missing', async () => {
		const result = await decodeTexts(eventsOf(done('one') + preview('b'), { lost }));
		expect(resultsOf(result)).toEqual(['one', 'The connection broke']);
		expect(result.previews).toEqual(['preview b']);
	});

	it('that broke before an image was complete fails as it broke', async () => {
		const text = done('one');
		const cut = text.slice(0, text.indexOf(base64('one')) + 2);
		const { message } = await failureAfter(eventsOf(preview('a') + cut, { lost }));
		expect(message).toBe(lost.message);
	});

	it('keeps an image whose last line is there, but not the empty one', async () => {
		expect(resultsOf(await decoded(done('one').trimEnd()))).toEqual(['one']);
	});

	it.each([1, 2, 3])(
		'keeps an image that is there but for %i characters behind it',
		async (count) => {
			const text = event({ b64_json: base64('one'), type: 'image_generation.completed' });
			const cut = text.trimEnd().slice(0, -count);
			const named = `event: image_generation.completed\n${cut}`;
			expect(resultsOf(await decoded(named))).toContain('one');
		},
	);

	it.each(['', 'event: image_generation.partial_image\n'])(
		'does not take a preview that is cut off for the image: %j',
		async (name) => {
			const response = eventsOf(name + preview('a').trimEnd().slice(0, -1));
			expect((await failureAfter(response)).message).toMatch(
				/without the final image|without an image/,
			);
		},
	);

	it('keeps an image behind whose last byte the connection broke', async () => {
		const response = eventsOf(done('one').trimEnd(), { lost });
		expect(resultsOf(await decodeTexts(response))).toEqual(['one', 'The connection broke']);
	});

	it('throws what isn’t a failure of the call', async () => {
		const bug = new TypeError('bug');
		await expect(decodeTexts(eventsOf(done('one'), { lost: bug }))).rejects.toBe(bug);
	});
});
