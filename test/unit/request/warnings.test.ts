import { validate } from '../../../nodes/AiImages/request/validate';
import {
	warningsOfCount,
	warningsOfImage,
	warningsOfRequest,
} from '../../../nodes/AiImages/request/warnings';
import { detectMediaType } from '../../../nodes/AiImages/response/mediaType';
import { picture } from '../../helpers/pictures';
import { inputFile, rawRequest } from '../requests';

type Raw = NonNullable<Parameters<typeof rawRequest>[0]>;

const asked = (raw: Raw) => validate(rawRequest(raw));
const typeOf = async (options: Parameters<typeof picture>[0]) => {
	const mediaType = detectMediaType(await picture(options));
	if (!mediaType) throw new Error('No image');
	return { mediaType, mayRunScripts: false };
};

describe('an image that is as it was asked for', () => {
	it.each<[Raw, Parameters<typeof picture>[0]]>([
		[{ values: { size: '1024x1024', outputFormat: 'png' } }, { width: 1024, height: 1024 }],
		[{ values: { size: 'auto', outputFormat: 'png' } }, { width: 8, height: 8 }],
		[{ values: {} }, { width: 8, height: 8, format: 'webp' }],
		[{ values: { outputFormat: 'jpeg' } }, { format: 'jpeg' }],
		[{ model: 'tomorrow-1', values: { outputFormat: 'jpg', size: '2K' } }, { format: 'jpeg' }],
	])('causes no warning: %j', async (raw, options) => {
		expect(warningsOfImage(asked(raw), await typeOf(options))).toEqual([]);
	});

	it('causes none where its size cannot be told', async () => {
		const { mediaType } = await typeOf({});
		const drawing = { ...mediaType, width: null, height: null };
		const image = { mediaType: drawing, mayRunScripts: false };
		expect(warningsOfImage(asked({ values: { size: '1024x1024' } }), image)).toEqual([]);
	});
});

describe('an image that is not what was asked for', () => {
	it.each<[Raw, Parameters<typeof picture>[0], string[]]>([
		[
			{ values: { size: '1536x1024' } },
			{ width: 1024, height: 1024 },
			['Size: 1536x1024 was asked for, the image is 1024x1024'],
		],
		[
			{ values: { size: '1536x1024' } },
			{ width: 1024, height: 1536 },
			['Size: 1536x1024 was asked for, the image is 1024x1536'],
		],
		[
			{ values: { size: '1024x1536' } },
			{ width: 1024, height: 1024 },
			['Size: 1024x1536 was asked for, the image is 1024x1024'],
		],
		[
			{ values: { outputFormat: 'webp' } },
			{ format: 'png' },
			['Output Format: webp was asked for, the image is png'],
		],
		[
			{ model: 'tomorrow-1', values: { outputFormat: 'jpg', size: '9x9' } },
			{ format: 'gif' },
			[
				'Size: 9x9 was asked for, the image is 8x8',
				'Output Format: jpeg was asked for, the image is gif',
			],
		],
	])('causes a warning: %j', async (raw, options, warnings) => {
		expect(warningsOfImage(asked(raw), await typeOf(options))).toEqual(warnings);
	});
});

describe('an SVG that may run scripts', () => {
	it('causes a warning', async () => {
		const image = { ...(await typeOf({})), mayRunScripts: true };
		expect(warningsOfImage(asked({}), image)).toEqual([expect.stringContaining('may run scripts')]);
	});
});

describe('the number of images', () => {
	it.each([
		[1, 1, []],
		[3, 3, []],
		[3, 1, ['Number of Images: 3 asked for, 1 came']],
		[1, 2, ['Number of Images: 1 asked for, 2 came']],
	])('causes a warning if it is another: %i, %i', (wanted, count, warnings) => {
		expect(warningsOfCount(wanted, count)).toEqual(warnings);
	});
});

describe('what is known before the images are there', () => {
	it('is what was not sent, by the names on screen', () => {
		const request = asked({ model: 'dall-e-3', dropped: ['complexity', 'safetyIdentifier'] });
		expect(warningsOfRequest(request)).toEqual([
			'Complexity was not sent: dall-e-3 does not take it',
			'Safety Identifier was not sent: dall-e-3 does not take it',
		]);
	});

	it.each([
		['gpt-image-2.5-flare', 4_000_000, false],
		['gpt-image-2.5-flare', 4_000_001, true],
		['dall-e-2', 4_000_000, false],
		['tomorrow-1', 40_000_000, false],
	])('is that some servers may refuse the mask: %s with %i bytes, %s', (model, bytes, doubtful) => {
		const mask = inputFile({ label: 'Mask', bytes });
		const warnings = warningsOfRequest(asked({ model, operation: 'edit', mask }));
		expect(warnings).toEqual(
			doubtful ? [expect.stringMatching(/^Mask: above 4 MB, which some servers refuse$/)] : [],
		);
	});

	it('is nothing for an ordinary request', () => {
		expect(warningsOfRequest(asked({}))).toEqual([]);
	});
});
