/**
 * Whether the Exif data of a JPEG tells viewers to rotate it by 90°, so that its width is seen as
 * its height: orientations 5 to 8 of tag 0x0112
 * (https://www.cipa.jp/std/documents/e/DC-008-2012_E.pdf, 4.6.4).
 *
 * @param segment the payload of an APP1 segment
 */
export function isTurnedByExif(segment: Buffer): boolean {
	if (segment.toString('latin1', 0, 6) !== 'Exif\0\0' || segment.length < 14) return false;
	const tiff = segment.subarray(6);
	const isLittleEndian = tiff.toString('latin1', 0, 2) === 'II';
	const read16 = (at: number) => (isLittleEndian ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
	const directory = isLittleEndian ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
	if (directory + 2 > tiff.length) return false;
	const lastEntry = Math.min(directory + 2 + 12 * (read16(directory) - 1), tiff.length - 12);
	for (let entry = directory + 2; entry <= lastEntry; entry += 12) {
		if (read16(entry) !== ORIENTATION_TAG) continue;
		const orientation = read16(entry + 8);
		return orientation >= 5 && orientation <= 8;
	}
	return false;
}

const ORIENTATION_TAG = 0x0112;
