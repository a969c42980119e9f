import sharp from 'sharp';

export interface PictureOptions {
	/** Pixels; default 8 × 8. */
	width?: number;
	height?: number;
	/** Default `png`. */
	format?: 'png' | 'jpeg' | 'webp' | 'gif';
	/** The colour of every pixel, as CSS writes it; pictures of different colours differ in bytes. */
	colour?: string;
	/** Whether there is an alpha channel, as a mask needs one. Default false. */
	alpha?: boolean;
}

/** A picture that differs from those of all other numbers. */
export const numberedPicture = async (
	number: number,
	options: Omit<PictureOptions, 'colour'> = {},
): Promise<Buffer> =>
	await picture({ colour: `#${number.toString(16).padStart(6, '0')}`, ...options });

/** A real image file of one colour. */
export async function picture({
	width = 8,
	height = 8,
	format = 'png',
	colour = '#204060',
	alpha = false,
}: PictureOptions = {}): Promise<Buffer> {
	const channels = alpha ? 4 : 3;
	return await sharp({ create: { width, height, channels, background: colour } })
		.toFormat(format)
		.toBuffer();
}
