import { PRESENTATION } from '../fields/presentation';
import type { StoredImage } from '../response/keep';
import { doubtsOfFiles } from './files';
import type { ValidRequest } from './validate';

/** What the user should know before the images are there. */
export function warningsOfRequest(request: ValidRequest): string[] {
	const { dropped, model } = request;
	return [
		...dropped.map(
			(name) => `${PRESENTATION[name].displayName} was not sent: ${model} does not take it`,
		),
		...doubtsOfFiles(request),
	];
}

/** Fewer images than asked for are billed as many, on some servers. */
export function warningsOfCount(asked: number, count: number): string[] {
	if (count === asked) return [];
	return [`Number of Images: ${asked} asked for, ${count} came`];
}

/** Where an image is not what was asked for; it is kept all the same. */
export function warningsOfImage(
	{ values }: ValidRequest,
	{ mediaType, mayRunScripts }: Pick<StoredImage, 'mediaType' | 'mayRunScripts'>,
): string[] {
	const warnings: string[] = [];
	const asked = /^(\d+)x(\d+)$/.exec(String(values.size ?? ''));
	const { width, height, format } = mediaType;
	if (asked && width && height && (Number(asked[1]) !== width || Number(asked[2]) !== height)) {
		warnings.push(`Size: ${asked[0]} was asked for, the image is ${width}x${height}`);
	}
	const wanted = String(values.outputFormat ?? '').replace(/^jpg$/, 'jpeg');
	if (wanted && wanted !== format) {
		warnings.push(`Output Format: ${wanted} was asked for, the image is ${format}`);
	}
	if (mayRunScripts) {
		warnings.push(
			'The SVG may run scripts or load files when it is opened. Do not put it into a web page as it is',
		);
	}
	return warnings;
}
