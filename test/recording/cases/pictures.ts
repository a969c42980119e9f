import type { BinaryInput } from '../../helpers/engine';
import { raw, type Reply } from '../../helpers/imagesApi';
import { picture } from '../../helpers/pictures';

/** Files that edits begin with, by name. */
export type Pictures = Readonly<Record<(typeof NAMES)[number], BinaryInput>>;

const NAMES = [
	...['png', 'wide', 'alpha', 'wideAlpha', 'jpeg', 'webp', 'gif', 'svg'],
	...['broken', 'empty', 'text', 'disguised', 'large'],
] as const;

export async function createPictures(): Promise<Pictures> {
	const square = { width: 64, height: 64 };
	const wide = { width: 96, height: 64 };
	const png = await picture(square);
	const file = (data: Buffer, mimeType: string, fileName?: string) => ({
		data,
		mimeType,
		fileName,
	});
	const drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64"/>';
	return {
		png: file(png, 'image/png', 'A Cat.png'),
		wide: file(await picture({ ...wide, colour: '#a02060' }), 'image/png', 'wide.png'),
		alpha: file(
			await picture({ ...square, alpha: true, colour: '#20406000' }),
			'image/png',
			'mask.png',
		),
		wideAlpha: file(
			await picture({ ...wide, alpha: true, colour: '#20406000' }),
			'image/png',
			'mask ö "1".png',
		),
		jpeg: file(await picture({ ...square, format: 'jpeg' }), 'image/jpeg', 'photo.jpg'),
		webp: file(await picture({ ...square, format: 'webp' }), 'image/webp', '../up/photo.webp'),
		gif: file(await picture({ ...square, format: 'gif' }), 'image/gif', 'moving.gif'),
		svg: file(Buffer.from(drawing), 'image/svg+xml', 'drawing.svg'),
		broken: file(png.subarray(0, 30), 'image/png', 'broken.png'),
		empty: file(Buffer.alloc(0), 'image/png', 'empty.png'),
		text: file(Buffer.from('Only words'), 'text/plain', 'words.txt'),
		disguised: file(png, 'application/octet-stream'),
		large: file(Buffer.concat([png, Buffer.alloc(4_200_000)]), 'image/png', 'large.png'),
	};
}

/** What is found on the web under `/input/<name>`, and under other paths. */
export function onTheWeb(pictures: Pictures): (path: string) => Reply | undefined {
	const files: Readonly<Record<string, BinaryInput>> = pictures;
	return (path) => {
		const [, name = ''] = /^\/input\/([^?/]+)/.exec(path) ?? [];
		if (name === 'moved') return raw('', 302, { location: '/input/png' });
		if (name === 'page') return raw('<html>Sign in</html>', 200, { 'content-type': 'text/html' });
		const found = files[name];
		return found && raw(found.data, 200, { 'content-type': found.mimeType });
	};
}
