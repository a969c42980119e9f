import { ApiError } from '../../../nodes/AiImages/errors';
import { decode } from '../../../nodes/AiImages/response/decode';
import { SERVICES } from '../../../nodes/AiImages/services/table';
import {
	base64,
	decodeTexts,
	eventsOf,
	keepText,
	NO_LIMITS,
	responseOf,
	resultsOf,
	storeOf,
} from '../responses';
import { picture } from '../../helpers/pictures';
import { event } from './streamEvents';

const FILES = 'https://files.example.com';

const message = (said: object) => ({
	choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', ...said } }],
});
const dataUrl = (text: string) => `data:image/png;base64,${base64(text)}`;

async function resultsInChat(said: object): Promise<unknown[]> {
	const response = { ...responseOf({ body: message(said) }), service: SERVICES.chat };
	return resultsOf(await decode(response, storeOf(keepText), NO_LIMITS));
}

describe('what a chat model says', () => {
	it.each<[string, string, string[]]>([
		['a link at the end of a sentence', `It is at ${FILES}/1.png.`, [`${FILES}/1.png`]],
		['a link in Chinese', `图片：${FILES}/1.png，请查看。`, [`${FILES}/1.png`]],
		['an emphasized link', `**${FILES}/1.png**`, [`${FILES}/1.png`]],
		[
			'an image that is a link itself',
			`[![a cat](${FILES}/1.png)](${FILES}/download/1-full.png)`,
			[`${FILES}/1.png`],
		],
		['an image with a title', `![a cat](${FILES}/1 "A cat")`, [`${FILES}/1`]],
		['a link with parentheses', `![a](${FILES}/a_(1).png)`, [`${FILES}/a_(1).png`]],
		['a signed link', `![a](${FILES}/1?Signature=abc-~__)`, [`${FILES}/1?Signature=abc-~__`]],
		['a link in parentheses', `(see ${FILES}/1.png)`, [`${FILES}/1.png`]],
		['a link in HTML', `<img src="${FILES}/1?a=1&amp;b=2">`, [`${FILES}/1?a=1&b=2`]],
		['JSON in a code block', `\`\`\`json\n{"image_url": "${FILES}/1"}\n\`\`\``, [`${FILES}/1`]],
	])('has its images: %s', async (_, content, expected) => {
		expect(await resultsInChat({ content })).toEqual(expected);
	});

	it('has its images in attachments', async () => {
		const attachments = [{ type: 'image', url: `${FILES}/1` }];
		expect(await resultsInChat({ content: 'Done', attachments })).toEqual([`${FILES}/1`]);
	});

	it.each([
		{ reasoning: dataUrl('draft') },
		{ reasoning_content: dataUrl('draft') },
		{ reasoning_details: [{ type: 'reasoning.encrypted', data: dataUrl('draft') }] },
	])('does not have its drafts: %j', async (thoughts) => {
		const images = [{ type: 'image_url', image_url: { url: dataUrl('one') } }];
		expect(await resultsInChat({ content: '', images, ...thoughts })).toEqual(['one']);
	});
});

describe('a body behind comments that kept the connection alive', () => {
	const body = JSON.stringify({ data: [{ b64_json: base64('one') }] });
	// https://openrouter.ai/docs/api/reference/streaming
	const comments = ': OPENROUTER PROCESSING\n\n'.repeat(20);

	it.each([1, 7, 65_536])('is read in pieces of %i bytes', async (pieceLength) => {
		const long = `: ${'waiting '.repeat(200)}\n\n${body}`;
		for (const text of [comments + body, `${comments}data: ${body}\n\n`, `: a\r\n${body}`, long]) {
			expect(resultsOf(await decodeTexts(responseOf({ body: text, pieceLength })))).toEqual([
				'one',
			]);
		}
	});

	it('says why it has no image', async () => {
		const error = `${comments}{"error":{"message":"No GPU is free","code":502}}`;
		await expect(decodeTexts(responseOf({ body: error }))).rejects.toThrow('No GPU is free');
	});
});

describe('a success that is no JSON', () => {
	// https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
	it('has the words of an error in XML', async () => {
		const body =
			'<?xml version="1.0" encoding="UTF-8"?><Error><Code>SignatureDoesNotMatch</Code><Message>No match</Message></Error>';
		const headers = { 'content-type': 'application/xml' };
		await expect(decodeTexts(responseOf({ body, headers }))).rejects.toThrow(
			'The API returned application/xml instead of JSON. No match',
		);
	});
});

// https://ai.google.dev/api/generate-content#method:-models.streamgeneratecontent
describe('a stream of Gemini that arrives as a list', () => {
	it('has no results in the parts that have only text', async () => {
		const part = (content: object) => ({ candidates: [{ content: { parts: [content] } }] });
		const image = { inlineData: { mimeType: 'image/png', data: base64('one') } };
		const body = [part({ text: 'Here' }), part({ text: 'it is' }), part(image)];
		const response = { ...responseOf({ body }), service: SERVICES.google };
		expect(resultsOf(await decode(response, storeOf(keepText), NO_LIMITS))).toEqual(['one']);
	});
});

// https://github.com/ThinkInAIXYZ/deepchat/pull/792 collects an image from the pieces of a stream, too.
describe('an image that is spread over the events of a chat', () => {
	let image: Buffer;
	beforeAll(async () => {
		image = await picture();
	});

	const delta = (content: string) => event({ choices: [{ index: 0, delta: { content } }] });
	const end =
		event({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] }) + event('[DONE]');
	const resultsOfTexts = async (texts: readonly string[], others: { lost?: Error } = {}) => {
		const response = eventsOf(texts.map(delta).join('') + (others.lost ? '' : end), others);
		const chat = { ...response, service: SERVICES.chat };
		return resultsOf(await decode(chat, storeOf(keepText), NO_LIMITS));
	};
	const inPieces = (text: string, length: number) =>
		text.match(new RegExp(`[^]{1,${length}}`, 'g')) ?? [];

	it.each([1, 3, 40, 1000])('is read as one, in pieces of %i characters', async (length) => {
		const url = `data:image/png;base64,${image.toString('base64')}`;
		const pieces = inPieces(url, length);
		for (const texts of [
			['Here: ![image](', ...pieces, ')', ' Done'],
			['Here: ![', 'image](data:image/png;base64,', ...inPieces(url.slice(22), length), ')Done'],
			['<img src="', ...pieces, '">'],
		]) {
			expect(await resultsOfTexts(texts)).toEqual([image.toString()]);
		}
	});

	it('is read as one without markup', async () => {
		const url = `data:image/png;base64,${image.toString('base64')}`;
		for (const texts of [
			inPieces(url, 60),
			[...inPieces(url, 60), '\n\n', 'Done'],
			[url, 'Done'],
		]) {
			expect(await resultsOfTexts(texts)).toEqual([image.toString()]);
		}
	});

	it('is read as one beside fields that say nothing', async () => {
		const url = `data:image/png;base64,${image.toString('base64')}`;
		const texts = ['![image](', ...inPieces(url, 60), ')'].map((content) =>
			event({
				choices: [
					{
						delta: { content, reasoning_content: '', tool_calls: [], refusal: null },
						finish_reason: '',
					},
				],
				usage: { total_tokens: 1 },
			}),
		);
		const chat = { ...eventsOf(texts.join('') + end), service: SERVICES.chat };
		const decoded = await decode(chat, storeOf(keepText), NO_LIMITS);
		expect(resultsOf(decoded)).toEqual([image.toString()]);
	});

	it('is no image if the connection breaks inside of it', async () => {
		const url = `data:image/png;base64,${image.toString('base64')}`;
		const texts = ['![image](', ...inPieces(url, 40).slice(0, 2)];
		const lost = new ApiError('Connection lost', 'Try again');
		await expect(resultsOfTexts(texts, { lost })).rejects.toThrow('Connection lost');
	});

	it('is no reason to lose a link in the same stream', async () => {
		const texts = ['![one](', `${FILES}/`, '1.png)', ' and ![', `two](${FILES}/2.png)`];
		expect(await resultsOfTexts(texts)).toEqual([`${FILES}/1.png`, `${FILES}/2.png`]);
		const lost = new ApiError('Connection lost', 'Try again');
		expect(await resultsOfTexts(texts, { lost })).toEqual([
			`${FILES}/1.png`,
			`${FILES}/2.png`,
			'Connection lost',
		]);
	});
});
