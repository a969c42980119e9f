import sharp from 'sharp';

/**
 * A mask as people paint it: white areas with soft edges on black, as RGB without transparency, and
 * with filtered rows, as image editors save it.
 */
export async function drawMask(edge: number): Promise<Buffer> {
	const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${edge}" height="${edge}" viewBox="0 0 100 100">
		<radialGradient id="soft"><stop offset="0.9" stop-color="white"/><stop offset="1"/></radialGradient>
		<rect width="100" height="100"/>
		<circle cx="35" cy="40" r="25" fill="url(#soft)"/>
		<circle cx="75" cy="75" r="15" fill="url(#soft)"/>
	</svg>`;
	return await sharp(Buffer.from(svg))
		.flatten()
		.toColourspace('srgb')
		.png({ adaptiveFiltering: true })
		.toBuffer();
}
