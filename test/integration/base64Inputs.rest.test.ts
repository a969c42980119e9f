import type { INodeParameters } from 'n8n-workflow';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';

import { useEngine } from '../helpers/engine';
import { useImagesApi } from '../helpers/imagesApi';
import { partsOf } from '../helpers/multipart';

const api = useImagesApi();
const engine = useEngine();

const noisy = readFileSync(join(__dirname, '../fixtures/inputs/noisy.jpg'));
/** Images whose base64 has many signs, by their formats; none fits into a cell. */
const images: Record<'png' | 'jpeg' | 'webp' | 'gif', Buffer> = {} as never;

beforeAll(async () => {
	const raw = { width: 250, height: 201, channels: 3 } as const;
	const noise = sharp(randomBytes(raw.width * raw.height * raw.channels), { raw });
	for (const format of ['png', 'jpeg', 'webp', 'gif'] as const) {
		images[format] = await noise
			.clone()
			.toFormat(format, format === 'png' ? {} : { quality: 100 })
			.toBuffer();
	}
});

const run = async (base64: string, more: INodeParameters = {}) =>
	await engine.runWorkflow({
		parameters: {
			operation: 'edit',
			model: 'gpt-image-2.5-flare',
			prompt: 'Add a hat',
			inputImages: { image: [{ source: 'base64', base64: '={{ $json.text }}' }] },
			...more,
		},
		items: [{ json: { text: base64 } }],
		credentials: api.credentials,
	});

async function sent(base64: string): Promise<Buffer | undefined> {
	const result = await run(base64);
	expect(result.error).toBeUndefined();
	expect(api.requests).toHaveLength(1);
	return partsOf(api.requests[0]!).at(-1)?.data;
}

async function refused(base64: string): Promise<string> {
	const result = await run(base64);
	expect(api.requests.length).toBe(0);
	expect(result.error?.description).toMatch(/No request was sent; you were not billed/);
	return result.error?.message ?? '';
}

const lines = (text: string, length: number, end: string) =>
	text.replace(new RegExp(`.{${length}}`, 'g'), `$&${end}`);
const quoted = (text: string) => JSON.stringify(text).replaceAll('/', '\\/');

describe('base64 is understood', () => {
	it.each<[string, (text: string) => string]>([
		['with blanks for its plus signs', (text) => text.replaceAll('+', ' ')],
		['with %20 for its plus signs', (text) => text.replaceAll('+', '%20')],
		['as a data URL with blanks', (text) => `data:image/jpeg;base64,${text.replaceAll('+', ' ')}`],
		['with blanks and without padding', (text) => text.replaceAll('+', ' ').replace(/=+$/, '')],
		['with blanks and line breaks', (text) => lines(text, 76, '\r\n').replaceAll('+', ' ')],
		['in lines of blanks', (text) => lines(text, 76, ' ')],
		['in lines of blanks of its own length', (text) => lines(text, 100, ' ')],
		['in indented lines', (text) => lines(text, 64, '\n    ')],
		['in double quotes', (text) => ` "${text}"\n`],
		['in single quotes', (text) => `'${text}'`],
		['in typographic quotes', (text) => `“${text}”`],
		['with the quote before it alone', (text) => `"${text}`],
		['as JSON', quoted],
		['as JSON in JSON', (text) => quoted(quoted(text))],
		['as JSON in lines', (text) => quoted(lines(text, 76, '\r\n'))],
		[
			'as JSON that escapes its signs',
			(text) => text.replaceAll('+', '\\u002b').replaceAll('=', '\\u003D'),
		],
		['as a quoted data URL', (text) => `"data:image/jpeg;base64,${text}"`],
		['as a data URL of quotes', (text) => `data:image/jpeg;base64,"${text}"`],
		['as a data URL twice', (text) => `data:image/png;base64,data:image/jpeg;base64,${text}`],
		['as a data URL without data:', (text) => `image/jpeg;base64,${text}`],
		['as a data URL with its end alone', (text) => `base64,${text}`],
		['with ;base64,', (text) => `;base64,${text}`],
		['with a colon', (text) => `base64:${text}`],
		['as a data URL without ;base64', (text) => `data:image/jpeg,${text}`],
		['with percent signs', encodeURIComponent],
		['with percent signs twice', (text) => encodeURIComponent(encodeURIComponent(text))],
		[
			'as a data URL with percent signs',
			(text) => encodeURIComponent(`data:image/jpeg;base64,${text}`),
		],
		['in the URL-safe alphabet', (text) => text.replaceAll('+', '-').replaceAll('/', '_')],
		['without padding', (text) => text.replace(/=+$/, '')],
		['with too much padding', (text) => `${text}==`],
		['behind a byte order mark', (text) => `\uFEFF${text}`],
		['as bytes of Python', (text) => `b'${text}'`],
		['as a value of a list', (text) => `"${text}",`],
		['escaped for a web page', (text) => text.replaceAll('/', '&#x2F;').replaceAll('=', '&#x3D;')],
	])('%s', async (_, write) => {
		expect(await sent(write(noisy.toString('base64')))).toEqual(noisy);
	});

	it.each(['png', 'jpeg', 'webp'] as const)(
		'with blanks for its plus signs: %s',
		async (format) => {
			const text = images[format].toString('base64');
			expect(text.split('+').length).toBeGreaterThan(100);
			expect(await sent(text.replaceAll('+', ' '))).toEqual(images[format]);
		},
	);

	it('with one blank, and with every other', async () => {
		const text = noisy.toString('base64');
		const [first = ''] = text.split('+');
		expect(await sent(text.replace('+', ' '))).toEqual(noisy);
		api.requests.length = 0;
		let count = 0;
		expect(await sent(text.replace(/\+/g, (sign) => (count++ % 2 ? sign : ' ')))).toEqual(noisy);
		expect(first.length % 4).not.toBe(0);
	});

	it('with a plus sign at its end, which forms trim', async () => {
		// A WebP says how long it is, so that any byte can be its last one.
		const filler = 3 - (images.webp.length % 3);
		const image = Buffer.concat([images.webp, Buffer.alloc(filler, 0xfe)]);
		image.writeUInt32LE(image.length - 8, 4);
		const text = image.toString('base64');
		expect(text).toMatch(/\+$/);
		expect(await sent(text.replaceAll('+', ' ').trim())).toEqual(image);
	});

	it('with bytes behind the end of the image', async () => {
		const more = Buffer.concat([noisy, Buffer.from('trailer')]);
		expect(await sent(more.toString('base64'))).toEqual(more);
	});
});

describe('base64 is refused', () => {
	const text = noisy.toString('base64');
	const at = (place: number, what: string) => text.slice(0, place) + what + text.slice(place);

	it.each<[string, () => string, RegExp]>([
		[
			'cut by Excel',
			() => images.png.toString('base64').slice(0, 32_767),
			/cut off: the end of the PNG is missing\. It has 32,767 characters, the maximum of an Excel cell\. Provide the complete text/,
		],
		[
			'cut by Google Sheets',
			() => images.jpeg.toString('base64').slice(0, 50_000),
			/the end of the JPEG is missing\. It has 50,000 characters, the maximum of a Google Sheets cell/,
		],
		[
			'cut by MySQL',
			() => `data:image/webp;base64,${images.webp.toString('base64')}`.slice(0, 65_535),
			/the end of the WEBP is missing|isn't certain/,
		],
		[
			'cut elsewhere',
			() => text.slice(0, 3001),
			/cut off: the end of the JPEG is missing\. It has 3,001 characters\. /,
		],
		['cut behind whole bytes', () => text.slice(0, 3000), /the Base64 text is cut off: /],
		[
			'cut in a percent sign',
			() => encodeURIComponent(text).slice(0, 4000).replace(/%?.?$/, '%2'),
			/"%"|ends too early/,
		],
		[
			'cut, with blanks for its plus signs',
			// A blank at the end would be trimmed: the picture is random.
			() => `${images.png.toString('base64').replaceAll('+', ' ').slice(0, 32_766)}A`,
			/contains spaces .*might also be cut off: .* as an Excel cell allows\. Send/,
		],
		[
			'cut with dots',
			() => `${text.slice(0, 1000)}...`,
			/is cut off: it ends with "\.\.\."\. Provide the complete text/,
		],
		[
			'cut with a word',
			() => `${text.slice(0, 1000)}[truncated]`,
			/is cut off: it ends with "\[truncated\]"/,
		],
		[
			'with blanks lost in a row',
			() => text.replaceAll('+', ' ').replace(' ', ''),
			/contains spaces that can't be decoded reliably\. .*%2B/,
		],
		[
			'with a number sign in it',
			() => at(1000, '#'),
			/contains "#", which isn't allowed there\. Remove it/,
		],
		['with an umlaut in it', () => at(1000, 'ä'), /contains "ä"/],
		['with a hidden character in it', () => at(1000, '\u200B'), /contains U\+200B/],
		['with a hard blank in it', () => at(1000, '\u00A0'), /contains U\+00A0/],
		['with padding in it', () => at(1000, '='), /contains "="/],
		['as two files', () => `${Buffer.from('ab').toString('base64')}${text}`, /contains "="/],
		['as a list', () => `["${text}"]`, /isn't Base64 but JSON: "\[/],
		['as an object', () => JSON.stringify({ b64_json: text }), /isn't Base64 but JSON: "\{/],
		[
			'as an object without a text',
			() => '[object Object]',
			/isn't Base64 but text: "\[object Object\]"/,
		],
		[
			'as a URL',
			() => 'https://files.example/a.png?sig=secret-of-the-link',
			/isn't Base64 but text with a URL: "https:\/\/files\.example\/a\.png"\. Set 'Source' to URL/,
		],
		[
			'as a web page',
			() => '<html><title>Sign in</title>',
			/isn't Base64 but a web page: "Sign in"/,
		],
		[
			"as the name of n8n's storage",
			() => 'filesystem-v2',
			/"filesystem-v2" is the name of n8n's storage mode, not Base64\. Set 'Source' to Binary Field/,
		],
		['as words', () => 'hello world', /the file isn't an image/],
		[
			'as a web page in base64',
			() => Buffer.from('<html><title>Sign in</title>').toString('base64'),
			/the file isn't an image but a web page: "Sign in"/,
		],
		['as nothing', () => 'data:image/png;base64,', /the file is empty/],
		[
			'as an SVG',
			() => 'data:image/svg+xml,%3Csvg xmlns="http://www.w3.org/2000/svg"/%3E',
			/SVG isn't supported\. Use PNG, JPEG or WEBP/,
		],
	])('%s', async (_, write, words) => {
		const message = await refused(write());
		expect(message).toMatch(/^Input image 1: /);
		expect(message).toMatch(words);
		expect(message).not.toContain('secret-of-the-link');
		expect(message.length).toBeLessThan(400);
	});

	it('as a mask, too', async () => {
		const result = await run(text, {
			options: {
				mask: {
					image: { source: 'base64', base64: images.png.toString('base64').slice(0, 32_767) },
				},
			},
		});
		expect(api.requests.length).toBe(0);
		expect(result.error?.message).toMatch(/^Mask: the Base64 text is cut off: /);
	});
});
