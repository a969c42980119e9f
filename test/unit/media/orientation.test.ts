import sharp from 'sharp';
import { detectImage } from '../../../nodes/AiImages/media/detectImage';
import { isTurnedByExif } from '../../../nodes/AiImages/media/orientation';

/** The payload of an APP1 segment with the given tags, each a short. */
function exif(
	tags: ReadonlyArray<readonly [tag: number, value: number]>,
	order: 'II' | 'MM',
): Buffer {
	const little = order === 'II';
	const tiff = Buffer.alloc(8 + 2 + tags.length * 12 + 4);
	const write16 = (value: number, at: number) =>
		little ? tiff.writeUInt16LE(value, at) : tiff.writeUInt16BE(value, at);
	const write32 = (value: number, at: number) =>
		little ? tiff.writeUInt32LE(value, at) : tiff.writeUInt32BE(value, at);
	tiff.write(order, 0);
	write16(42, 2);
	write32(8, 4);
	write16(tags.length, 8);
	tags.forEach(([tag, value], index) => {
		const at = 10 + index * 12;
		write16(tag, at);
		write16(3, at + 2);
		write32(1, at + 4);
		write16(value, at + 8);
	});
	return Buffer.concat([Buffer.from('Exif\0\0'), tiff]);
}

const ORIENTATION = 0x0112;

describe('the orientation in Exif data', () => {
	it.each(['II', 'MM'] as const)('is read in either byte order: %s', (order) => {
		for (let orientation = 0; orientation <= 9; orientation++) {
			const turned = orientation >= 5 && orientation <= 8;
			expect(isTurnedByExif(exif([[ORIENTATION, orientation]], order))).toBe(turned);
			const among = exif([[0x010f, 6], [ORIENTATION, orientation], [0x0131, 6]], order); // prettier-ignore
			expect(isTurnedByExif(among)).toBe(turned);
		}
	});

	it('is not taken from another tag', () => {
		expect(isTurnedByExif(exif([[0x010f, 6]], 'II'))).toBe(false);
		expect(isTurnedByExif(exif([], 'MM'))).toBe(false);
	});

	it('is not taken from data after the tags', () => {
		const one = exif([[0x010f, 1], [ORIENTATION, 6]], 'II'); // prettier-ignore
		one.writeUInt16LE(1, 6 + 8);
		expect(isTurnedByExif(one)).toBe(false);
	});

	it.each([
		['nothing', Buffer.alloc(0)],
		['another segment', Buffer.from('http://ns.adobe.com/xap/1.0/\0<x:xmpmeta/>')],
		['a header alone', Buffer.from('Exif\0\0II')],
		['zeros', Buffer.from(`Exif\0\0${'\0'.repeat(30)}`)],
		['bytes at random', Buffer.from(`Exif\0\0${'\xff'.repeat(30)}`, 'latin1')],
	])('is none in %s', (_, segment) => {
		expect(isTurnedByExif(segment)).toBe(false);
	});

	it('never throws, even if the data is truncated or changed', () => {
		const whole = exif([[0x010f, 6], [ORIENTATION, 6]], 'MM'); // prettier-ignore
		for (let length = 0; length < whole.length; length++) isTurnedByExif(whole.subarray(0, length));
		for (let at = 6; at < whole.length; at++) {
			for (const byte of [0, 1, 127, 255]) {
				const changed = Buffer.from(whole);
				changed[at] = byte;
				expect(typeof isTurnedByExif(changed)).toBe('boolean');
			}
		}
	});
});

describe('a JPEG', () => {
	const photo = async (orientation?: number) => {
		const image = sharp({ create: { width: 40, height: 30, channels: 3, background: '#08f' } });
		return await (orientation ? image.withMetadata({ orientation }) : image).jpeg().toBuffer();
	};

	it.each([1, 2, 3, 4, 5, 6, 7, 8])('keeps its stored size with orientation %i', async (turn) => {
		expect(detectImage(await photo(turn))).toMatchObject({
			width: 40,
			height: 30,
			isTurned: turn >= 5,
		});
	});

	it('is not rotated without Exif data', async () => {
		expect(detectImage(await photo())).toMatchObject({ isTurned: false });
	});

	it('is not rotated before its size is known', async () => {
		const bytes = await photo(6);
		for (let length = 0; length <= bytes.length; length++) {
			const found = detectImage(bytes.subarray(0, length));
			if (found?.width) expect(found.isTurned).toBe(true);
		}
	});
});
