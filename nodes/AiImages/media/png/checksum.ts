/**
 * The checksum of bytes that come in pieces: https://www.w3.org/TR/png-3/#D-CRCAppendix
 *
 * @param before that of the pieces before this one
 */
export function checksum(bytes: Uint8Array, before = 0): number {
	let crc = ~before;
	for (const byte of bytes) crc = (TABLE[(crc ^ byte) & 0xff] as number) ^ (crc >>> 8);
	return ~crc >>> 0;
}

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
	let crc = byte;
	for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? 0xedb8_8320 ^ (crc >>> 1) : crc >>> 1;
	return crc >>> 0;
});
