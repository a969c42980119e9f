import { imageResponse, json, raw } from '../../../helpers/imagesApi';
import { entry, ID, JSON_TYPE, makes, makesBut, written } from '../responders';
import type { Responder } from '../servers';
import { behind, BOTH, GENERATE, images, INTACT, lost, missing, NEXT } from '../outcomes';
import type { Topic } from '../row';

const WITH_ID = { requestId: 'req_42' };
const NOT_AN_IMAGE = "The API returned a success status, but the result isn't an image";
const BREAKS_OFF = 'The response was truncated or is invalid JSON';
const BLOCKED = { message: 'Your request was rejected.', code: 'moderation_blocked' };

/** Two of the three images, and why there is no third. */
const withFailure: Responder = makes(
	([first, second]) => {
		const data = imageResponse(first!, second!).data;
		return json({ data: [data[0], { error: BLOCKED }, data[1]] });
	},
	{ count: 2 },
);

/** Success, of which a part is missing. */
export const BROKEN_RESPONSES: Topic = {
	title: 'Incomplete responses',
	about:
		'Every complete image is kept, with a warning for each missing one. Without a complete image, the item fails, although it might have been billed.',
	rows: [
		{
			name: '200 with two images and an error for a third',
			operations: BOTH,
			parameters: { n: 3 },
			server: [withFailure],
			expected: {
				...INTACT,
				billed: 2,
				items: [images(2, { warnings: [missing('Your request was rejected', NEXT.content)] })],
			},
		},
		{
			name: '200 with an image and an error',
			operations: GENERATE,
			parameters: { n: 2 },
			server: [makes((made) => json({ ...imageResponse(...made), error: BLOCKED }), { count: 1 })],
			expected: {
				...INTACT,
				items: [images(1, { warnings: [missing('Your request was rejected', NEXT.content)] })],
			},
		},
		{
			name: '200 with an image and an empty entry',
			operations: GENERATE,
			parameters: { n: 2 },
			server: [
				makes(
					([image]) => json({ data: [{ b64_json: '' }, { b64_json: image!.toString('base64') }] }),
					{ count: 1 },
				),
			],
			expected: {
				...INTACT,
				items: [images(1, { warnings: [missing(NOT_AN_IMAGE, NEXT.notAnImage)] })],
			},
		},
		{
			name: 'JSON truncated in the middle of its image',
			operations: BOTH,
			server: [written((text) => text.slice(0, 100), { ...JSON_TYPE, ...ID })],
			expected: lost(
				'the response was truncated before the image was complete',
				BREAKS_OFF,
				NEXT.cutOff,
				{ status: 200, ...WITH_ID },
			),
		},
		{
			name: 'JSON truncated before its image',
			operations: GENERATE,
			server: [makesBut(raw('{"created":17600', 200, JSON_TYPE))],
			expected: lost(
				'the response was truncated before the image was complete',
				BREAKS_OFF,
				NEXT.cutOff,
				{ status: 200 },
			),
		},
		{
			name: 'JSON truncated in the middle of the second image',
			operations: BOTH,
			parameters: { n: 2 },
			server: [written((text) => text.slice(0, -20))],
			expected: {
				...INTACT,
				billed: 2,
				lost: { images: 1, why: 'the response was truncated before the image was complete' },
				items: [images(1, { warnings: [missing(BREAKS_OFF, NEXT.cutOff)] })],
			},
		},
		{
			name: 'JSON truncated after its image',
			operations: GENERATE,
			server: [written((text) => text.slice(0, -2))],
			expected: { ...INTACT, items: [images(1, { warnings: [behind(BREAKS_OFF, NEXT.cutOff)] })] },
		},
		{
			name: 'JSON with an invalid number',
			operations: GENERATE,
			server: [written((text) => text.replace('{', '{"score":NaN,'))],
			expected: { ...INTACT, items: [images(1, { warnings: [behind(BREAKS_OFF, NEXT.cutOff)] })] },
		},
		{
			name: 'text instead of an image',
			operations: BOTH,
			server: [entry(() => ({ b64_json: Buffer.from('Sorry, no image').toString('base64') }))],
			expected: lost('the API returned something else instead', NOT_AN_IMAGE, NEXT.notAnImage, {
				status: 200,
			}),
		},
		{
			name: 'invalid base64 instead of an image',
			operations: GENERATE,
			server: [entry(() => ({ b64_json: 'not available' }))],
			expected: lost('the API returned something else instead', NOT_AN_IMAGE, NEXT.notAnImage, {
				status: 200,
			}),
		},
		{
			name: 'an HTML page instead of the second image',
			operations: GENERATE,
			parameters: { n: 2 },
			server: [
				makes(([first]) =>
					json({
						data: [
							...imageResponse(first!).data,
							{ b64_json: Buffer.from('<html>Sorry</html>').toString('base64') },
						],
					}),
				),
			],
			expected: {
				...INTACT,
				billed: 2,
				lost: { images: 1, why: 'the API returned something else instead' },
				items: [images(1, { warnings: [missing(NOT_AN_IMAGE, NEXT.notAnImage)] })],
			},
		},
	],
};
