import { detectImage } from '../../../nodes/AiImages/media/detectImage';
import { MAX_HEAD_BYTES } from '../../../nodes/AiImages/media/fileHead';
import { mayRunScripts } from '../../../nodes/AiImages/media/svgScripts';
import { picture } from '../../helpers/pictures';

function verdict(bytes: Buffer): boolean {
	const mediaType = detectImage(bytes);
	if (!mediaType) throw new Error('No image');
	return mayRunScripts(mediaType, bytes);
}

const svg = (content: string) =>
	Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg">${content}</svg>`);

describe('an SVG', () => {
	it.each([
		'<script>alert(1)</script>',
		'<SCRIPT href="https://a.test/x.js"/>',
		'<svg:script>alert(1)</svg:script>',
		'<rect onload="alert(1)"/>',
		'<rect\nonclick = "alert(1)"/>',
		'<a href="javascript:alert(1)"/>',
		'<foreignObject><iframe src="https://a.test"/></foreignObject>',
		'<handler type="text/ecmascript">x</handler>',
	])('can run scripts: %s', (content) => {
		expect(verdict(svg(content))).toBe(true);
	});

	it('can hide a script in entities', () => {
		const text = '<!DOCTYPE svg [<!ENTITY s "script">]><svg>&s;</svg>';
		expect(verdict(Buffer.from(text))).toBe(true);
	});

	it('that is too long to be searched is assumed to have scripts', () => {
		expect(verdict(svg(' '.repeat(MAX_HEAD_BYTES)))).toBe(true);
	});

	it.each([
		'<path d="M0 0"/>',
		'<text>the script of a play, on stage = now</text>',
		'<style>.one { fill: red }</style>',
		'<description>javascript</description>',
	])('runs no scripts: %s', (content) => {
		expect(verdict(svg(content))).toBe(false);
	});
});

it('no other image runs scripts', async () => {
	const bytes = Buffer.concat([await picture({}), Buffer.from('<script>')]);
	expect(verdict(bytes)).toBe(false);
});
