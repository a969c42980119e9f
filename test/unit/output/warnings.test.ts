import { validate } from '../../../nodes/AiImages/request/validate';
import {
	countWarnings,
	imageWarnings,
	requestWarnings,
	type ImageCount,
} from '../../../nodes/AiImages/output/warnings';
import { detectImage } from '../../../nodes/AiImages/media/detectImage';
import { picture } from '../../helpers/pictures';
import { inputFile, rawRequest } from '../requests';

type Raw = NonNullable<Parameters<typeof rawRequest>[0]>;

const requested = (raw: Raw) => validate(rawRequest(raw));
const typeOf = async (options: Parameters<typeof picture>[0]) => {
	const mediaType = detectImage(await picture(options));
	if (!mediaType) throw new Error('No image');
	return { mediaType, mayRunScripts: false };
};

describe('an image that is as it was requested', () => {
	it.each<[Raw, Parameters<typeof picture>[0]]>([
		[{ values: { size: '1024x1024', outputFormat: 'png' } }, { width: 1024, height: 1024 }],
		[{ values: { size: 'auto', outputFormat: 'png' } }, { width: 8, height: 8 }],
		[{ values: {} }, { width: 8, height: 8, format: 'webp' }],
		[{ values: { outputFormat: 'jpeg' } }, { format: 'jpeg' }],
		[{ model: 'tomorrow-1', values: { outputFormat: 'jpg', size: '2K' } }, { format: 'jpeg' }],
	])('causes no warning: %j', async (raw, options) => {
		expect(imageWarnings(requested(raw), await typeOf(options))).toEqual([]);
	});

	it('causes none where its size is unknown', async () => {
		const { mediaType } = await typeOf({});
		const drawing = { ...mediaType, width: null, height: null };
		const image = { mediaType: drawing, mayRunScripts: false };
		expect(imageWarnings(requested({ values: { size: '1024x1024' } }), image)).toEqual([]);
	});
});

describe('an image that is not what was requested', () => {
	it.each<[Raw, Parameters<typeof picture>[0], string[]]>([
		[
			{ values: { size: '1536x1024' } },
			{ width: 1024, height: 1024 },
			['Requested size 1536x1024, received 1024x1024'],
		],
		[
			{ values: { size: '1536x1024' } },
			{ width: 1024, height: 1536 },
			['Requested size 1536x1024, received 1024x1536'],
		],
		[
			{ values: { size: '1024x1536' } },
			{ width: 1024, height: 1024 },
			['Requested size 1024x1536, received 1024x1024'],
		],
		[
			{ values: { outputFormat: 'webp' } },
			{ format: 'png' },
			['Requested output format webp, received png'],
		],
		[
			{ model: 'tomorrow-1', values: { outputFormat: 'jpg', size: '9x9' } },
			{ format: 'gif' },
			['Requested size 9x9, received 8x8', 'Requested output format jpeg, received gif'],
		],
	])('causes a warning: %j', async (raw, options, warnings) => {
		expect(imageWarnings(requested(raw), await typeOf(options))).toEqual(warnings);
	});
});

describe('an SVG that can run scripts', () => {
	it('causes a warning', async () => {
		const image = { ...(await typeOf({})), mayRunScripts: true };
		expect(imageWarnings(requested({}), image)).toEqual([
			expect.stringContaining('can contain scripts'),
		]);
	});
});

describe('the number of images', () => {
	const of = (requested: number, received: number, ...reasons: string[]): ImageCount => ({
		...{ requested, received },
		missing: reasons.map((reason, index) => ({ index, reason })),
	});
	const cut = (requested: number, received: number, ...reasons: string[]): ImageCount => ({
		...of(requested, received, ...reasons),
		responseError: 'Cut.',
	});
	const BESIDE = 'All requested images were received, but the response had an error:';

	it.each<[string, ImageCount[], string[]]>([
		['all came', [of(1, 1)], []],
		['all of several', [of(3, 3), of(1, 1)], []],
		['fewer, without a word', [of(3, 1)], ['Requested 3 images, received 1']],
		['more', [of(1, 2)], ['Requested 1 image, received 2']],
		['fewer of several', [of(4, 3), of(4, 4), of(2, 1)], ['Requested 10 images, received 8']],
		['one refused', [of(2, 1, 'No.')], ['One image is missing: No.']],
		['one image and one error of four', [of(4, 1, 'No.')], ['3 images are missing: No.']],
		['two alike', [of(4, 2, 'No.', 'No.')], ['2 images are missing: No.']],
		[
			'two that differ',
			[of(4, 2, 'No.', 'Gone.')],
			['One image is missing: No.', 'One image is missing: Gone.'],
		],
		[
			'two that differ, and one without a word',
			[of(4, 1, 'No.', 'Gone.')],
			[
				'One image is missing: No.',
				'One image is missing: Gone.',
				'One image is missing: the API returned fewer than requested',
			],
		],
		['cut off', [cut(4, 1)], ['3 images are missing: Cut.']],
		['cut off behind all', [cut(4, 4)], [`${BESIDE} Cut.`]],
		[
			'one refused, and cut off',
			[cut(4, 1, 'No.')],
			['One image is missing: No.', '2 images are missing: Cut.'],
		],
		[
			'one refused, and cut off at its end',
			[cut(4, 3, 'No.')],
			['One image is missing: No.', `${BESIDE} Cut.`],
		],
		['an error beside the only image', [of(1, 1, 'No.')], [`${BESIDE} No.`]],
		['the same of two calls', [cut(1, 0), of(1, 1), cut(3, 0)], ['4 images are missing: Cut.']],
		[
			'one call that fails, and one that brings less',
			[cut(2, 0), of(4, 1)],
			['2 images are missing: Cut.', '3 images are missing: the API returned fewer than requested'],
		],
		[
			'one call that fails, and one that brings more',
			[cut(1, 0), of(1, 2)],
			['One image is missing: Cut.'],
		],
	])('is reported if it differs: %s', (_, calls, warnings) => {
		expect(countWarnings(calls)).toEqual(warnings);
	});

	it('adds up to what is missing, regardless of the reason', () => {
		for (let requested = 1; requested <= 10; requested++) {
			for (let received = 0; received <= requested; received++) {
				for (let refused = 0; refused <= 10; refused++) {
					const reasons = Array.from({ length: refused }, (_, index) => `No ${index % 3}.`);
					for (const count of [
						of(requested, received, ...reasons),
						cut(requested, received, ...reasons),
					]) {
						const warnings = countWarnings([count]);
						const told = warnings.map((warning) => {
							const [, all, came] = /^Requested (\d+) images?, received (\d+)$/.exec(warning) ?? [];
							if (all) return Number(all) - Number(came);
							return Number(/^(\d+) images are/.exec(warning)?.[1] ?? warning.startsWith('One'));
						});
						expect(told.reduce((sum, each) => sum + each, 0)).toBe(requested - received);
						expect(warnings.some((warning) => warning.startsWith('All'))).toBe(
							refused > requested - received ||
								(count.responseError !== undefined && refused >= requested - received),
						);
					}
				}
			}
		}
	});
});

describe('what is known before the images arrive', () => {
	it('is what was not sent, by the names on screen', () => {
		const request = requested({ model: 'dall-e-3', ignored: ['complexity', 'safetyIdentifier'] });
		expect(requestWarnings(request)).toEqual([
			"'Complexity' was not sent because dall-e-3 doesn't support it",
			"'Safety Identifier' was not sent because dall-e-3 doesn't support it",
		]);
	});

	it.each([
		['gpt-image-2.5-flare', 4_000_000, false],
		['gpt-image-2.5-flare', 4_000_001, true],
		['dall-e-2', 4_000_000, false],
		['tomorrow-1', 40_000_000, false],
	])('is that some providers reject the mask: %s with %i bytes, %s', (model, bytes, doubtful) => {
		const mask = inputFile({ label: 'Mask', bytes });
		const warnings = requestWarnings(requested({ model, operation: 'edit', mask }));
		expect(warnings).toEqual(
			doubtful
				? [expect.stringMatching(/^Mask: the file is larger than 4 MB; some providers reject it$/)]
				: [],
		);
	});

	it('is nothing for an ordinary request', () => {
		expect(requestWarnings(requested({}))).toEqual([]);
	});
});
