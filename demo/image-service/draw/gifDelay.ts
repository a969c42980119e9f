/**
 * Writes the same delay into every frame of a GIF, in place; sharp itself cannot exceed 65 535 ms.
 * The format counts hundredths of a second in 16 bits, so 655 350 ms is the most
 * (https://www.w3.org/Graphics/GIF/spec-gif89a.txt, section 23).
 */
export function setFrameDelay(gif: Buffer, milliseconds: number): void {
	const header = 6;
	const screenDescriptor = 7;
	let position = header + screenDescriptor + colourTableLength(gif[header + 4]!);
	while (gif[position] !== trailer) {
		if (gif[position] === extension) {
			if (gif[position + 1] === graphicControl) {
				gif.writeUInt16LE(Math.round(milliseconds / 10), position + 4);
			}
			position = skipSubBlocks(gif, position + 2);
		} else {
			const imageDescriptor = 10;
			const table = colourTableLength(gif[position + 9]!);
			const codeSize = 1;
			position = skipSubBlocks(gif, position + imageDescriptor + table + codeSize);
		}
	}
}

const trailer = 0x3b;
const extension = 0x21;
const graphicControl = 0xf9;

/** Bit 7 of the packed byte says whether there is a table, bits 0–2 its size. */
function colourTableLength(packed: number): number {
	return packed & 0x80 ? 3 * 2 ** ((packed & 7) + 1) : 0;
}

function skipSubBlocks(gif: Buffer, start: number): number {
	let position = start;
	while (gif[position] !== 0) position += gif[position]! + 1;
	return position + 1;
}
