import { MAX_HEAD_BYTES } from '../../../nodes/AiImages/media/fileHead';
import { inspectFile, inspectPieces } from '../../../nodes/AiImages/media/inspect';
import { picture } from '../../helpers/pictures';
import { every, inPieces } from '../pieces';

const inspect = async (bytes: Buffer, pieceLength = 65_536) =>
	await inspectFile(inPieces(bytes, every(pieceLength, bytes.length)));

describe('a file', () => {
	it.each(['png', 'jpeg', 'webp', 'gif'] as const)('is the same in pieces: %s', async (format) => {
		const file = await picture({ width: 40, height: 30, format });
		const whole = inspectPieces([file]);
		expect(whole).toMatchObject({
			image: { format, width: 40, height: 30 },
			...{ length: file.length, defect: null, hasEnd: true, isExact: true },
		});
		for (const length of [1, 100]) expect(await inspect(file, length)).toEqual(whole);
		const longer = Buffer.concat([file, Buffer.alloc(9)]);
		expect(await inspect(longer)).toMatchObject({ defect: null, hasEnd: true, isExact: false });
	});

	it.each([
		['png', true],
		['jpeg', true],
		['webp', true],
		['gif', false],
	] as const)('without its last byte is truncated: %s %s', async (format, isCutOff) => {
		const file = await picture({ format });
		const { image, defect, hasEnd } = await inspect(file.subarray(0, -1));
		expect([image?.format, defect?.isCutOff ?? false, hasEnd]).toEqual([format, isCutOff, false]);
	});

	it('can have its size after a lot of metadata', async () => {
		const file = await picture({ width: 40, height: 30, format: 'jpeg' });
		const segment = Buffer.alloc(65_537);
		segment.set([0xff, 0xe1, 0xff, 0xff]);
		const metadata = Array.from({ length: 85 }, () => segment);
		const photo = Buffer.concat([file.subarray(0, 2), ...metadata, file.subarray(2)]);
		expect(photo.length).toBeGreaterThan(MAX_HEAD_BYTES);
		expect(await inspect(photo)).toEqual(inspectPieces([photo]));
		expect((await inspect(photo)).image).toMatchObject({ width: 40, height: 30 });
	});

	it('that is not an image is not read to its end if it is long', async () => {
		expect(await inspect(Buffer.alloc(1_000_000))).toMatchObject({
			...{ image: null, length: 1_000_000 },
			defect: { text: "the file isn't an image", isImage: false, isCutOff: false },
		});
		expect(await inspect(Buffer.alloc(10_000_000))).toMatchObject({ image: null, length: null });
	});
});
