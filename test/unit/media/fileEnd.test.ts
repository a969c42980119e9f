import sharp from 'sharp';
import { EndFinder } from '../../../nodes/AiImages/media/fileEnd';
import { picture } from '../../helpers/pictures';

const FORMATS = ['png', 'jpeg', 'webp', 'gif'] as const;

function find(format: string, bytes: Buffer, pieceLength = bytes.length): EndFinder {
	const finder = EndFinder.for(format);
	if (!finder) throw new Error('No end is known');
	for (let at = 0; at < bytes.length; at += pieceLength) {
		finder.push(bytes.subarray(at, at + pieceLength));
	}
	return finder;
}

describe.each(FORMATS)('the end of a file in the format %s', (format) => {
	let file: Buffer;
	beforeAll(async () => {
		file = await picture({ width: 40, height: 30, format });
	});

	it.each([1, 7, 10_000])(
		'is found in pieces of %i bytes, regardless of what follows',
		(pieceLength) => {
			for (const more of ['', 'IEND', '\xff\xd9', 'x'.repeat(100)]) {
				const bytes = Buffer.concat([file, Buffer.from(more, 'latin1')]);
				expect(find(format, bytes, pieceLength)).toMatchObject({ end: file.length, isOpen: false });
			}
		},
	);

	it('is missing wherever the file is truncated', () => {
		for (let length = 0; length < file.length; length++) {
			const cut = find(format, file.subarray(0, length), 50);
			expect(cut).toMatchObject({ end: null, isOpen: true });
		}
	});
});

it('is not taken from a thumbnail', async () => {
	const [photo, thumbnail] = [await picture({ format: 'jpeg' }), await picture({ format: 'jpeg' })];
	const app1 = Buffer.from([0xff, 0xe1, 0, 0]);
	app1.writeUInt16BE(thumbnail.length + 2, 2);
	const start = Buffer.concat([photo.subarray(0, 2), app1, thumbnail]);
	expect(find('jpeg', start)).toMatchObject({ end: null, isOpen: true });
	const whole = Buffer.concat([start, photo.subarray(2)]);
	expect(find('jpeg', whole)).toMatchObject({ end: whole.length });
});

it('is found after several scans', async () => {
	const image = sharp({ create: { width: 64, height: 64, channels: 3, background: '#08f' } });
	const file = await image.jpeg({ progressive: true }).toBuffer();
	expect(find('jpeg', file, 9)).toMatchObject({ end: file.length, isOpen: false });
});

it('is not searched for if the structure is broken', async () => {
	const file = await picture({});
	file.write('\0\0\0\0', 12, 'latin1');
	expect(find('png', file)).toMatchObject({ end: null, isOpen: false });
	const endless = await picture({ format: 'webp' });
	endless.writeUInt32LE(0xffff_ffff, 4);
	expect(find('webp', endless)).toMatchObject({ end: null, isOpen: false });
});

it.each(['svg', 'avif', 'tiff', 'constructor'])('is unknown in the format %s', (format) => {
	expect(EndFinder.for(format)).toBeNull();
});
