import { detectImage } from '../../../nodes/AiImages/media/detectImage';
import { cpuTime } from '../../helpers/cpuTime';

const WIDTH = 37;
const HEIGHT = 23;

describe('an SVG', () => {
	const root = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}"><g/></svg>`;

	it.each([
		['plain', root],
		['with an XML declaration', `<?xml version="1.0" encoding="UTF-8"?>\n${root}`],
		['with a byte order mark', `\uFEFF${root}`],
		['after white space', `\n\t ${root}`],
		[
			'with a doctype',
			`<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/svg11.dtd">${root}`,
		],
		[
			'with a doctype that declares entities',
			`<?xml version="1.0"?><!DOCTYPE svg [\n<!ENTITY ns "http://ns.example.com/">\n]>\n${root}`,
		],
		['with comments', `<!-- made <svg> by -->\n<?xml version="1.0"?><!-- > -->${root}`],
		['with a style sheet', `<?xml-stylesheet href="a.css"?>${root}`],
		[
			'in pixels',
			root.replace(`"${WIDTH}"`, `"${WIDTH}px"`).replace(`"${HEIGHT}"`, `'${HEIGHT}px'`),
		],
		['in fractions of pixels', root.replace(`"${WIDTH}"`, `"${WIDTH}.2"`)],
		['with a view box', `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}"/>`],
		[
			'with a view box and commas',
			`<svg viewBox='-5.5,10, ${WIDTH} ,${HEIGHT}'/>`.replace(' ,', ','),
		],
		['in percent', `<svg width="100%" height="100%" viewBox="0 0 ${WIDTH} ${HEIGHT}"/>`],
		['in centimetres', `<svg width="5cm" height="4cm" viewBox="0 0 ${WIDTH} ${HEIGHT}"/>`],
		['with other widths before', `<svg stroke-width="3" width="${WIDTH}" height="${HEIGHT}"/>`],
		['over several lines', `<svg\n\twidth="${WIDTH}"\n\theight = "${HEIGHT}"\n>`],
	])('%s is recognized with its size', (_, text) => {
		expect(detectImage(Buffer.from(text))).toEqual({
			format: 'svg',
			mimeType: 'image/svg+xml',
			extension: 'svg',
			width: WIDTH,
			height: HEIGHT,
			isTurned: false,
			hasAlpha: null,
		});
	});

	it.each(['<svg>', '<svg width="100%" height="100%">', '<svg width="10">', '<svg viewBox="0 0">'])(
		'that does not tell its size has none: %s',
		(text) => {
			expect(detectImage(Buffer.from(text))).toMatchObject({
				format: 'svg',
				width: null,
				height: null,
			});
		},
	);
});

it('is quickly distinguished from a web page, even one that begins with many comments', async () => {
	const page = Buffer.from(`${'<!-- a -->\n'.repeat(27)}<html></html>`);
	expect(await cpuTime(() => expect(detectImage(page)).toBeNull())).toBeLessThan(1000);
});
