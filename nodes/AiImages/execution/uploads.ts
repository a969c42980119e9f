import type { IExecuteFunctions } from 'n8n-workflow';
import { ApiError, asApiError } from '../errors';
import { encodeFile } from '../request/encode';
import type { InputFile } from '../request/files/inputFile';
import type { ValidRequest } from '../request/types';
import type { ServiceAccess } from '../services/access';
import { valueAt } from '../services/spelling';
import type { Service } from '../services/types';
import type { Upload } from '../services/upload';
import { send } from '../transport/send';
import { asText } from '../values/json';
import { readFree } from './freeRequest';
import { inParallel } from './inParallel';

/** At the same time, for each call. */
const MAX_PARALLEL_UPLOADS = 4;

/** Bytes of the response to an upload. */
const MAX_RESPONSE_BYTES = 1_000_000;

/** The input files of a call that are uploaded before its request: once, whatever its attempts. */
export class Uploads {
	private readonly addresses = new Map<InputFile, string>();

	/** @param timeout of each upload, in milliseconds */
	constructor(
		private readonly context: IExecuteFunctions,
		private readonly access: ServiceAccess,
		private readonly timeout: number,
	) {}

	/**
	 * Uploads the files that are too large for the request.
	 *
	 * @returns the request with their addresses in place of the files
	 * @throws ApiError, ExecutionCanceledError
	 */
	async applyTo(request: ValidRequest): Promise<ValidRequest> {
		const { service, images, mask, markup } = request;
		const { upload } = service;
		if (!upload) return request;
		const files = [...images, mask, markup].flatMap((file) => file ?? []);
		const large = files.filter(({ reference, bytes }) => !reference && bytes > upload.inlineBytes);
		const open = large.filter((file) => !this.addresses.has(file));
		await inParallel(open.length, MAX_PARALLEL_UPLOADS, async (index) => {
			const file = open[index] as InputFile;
			this.addresses.set(file, await this.upload(file, upload, service));
		});
		const uploaded = <File extends InputFile | null>(file: File): File => {
			const url = file && this.addresses.get(file);
			return url ? { ...file, reference: { url } } : file;
		};
		return {
			...request,
			images: images.map(uploaded),
			mask: uploaded(mask),
			markup: uploaded(markup),
		};
	}

	private async upload(
		file: InputFile,
		{ path, part, url }: Upload,
		service: Service,
	): Promise<string> {
		const { context, access, timeout } = this;
		const { close, ...body } = encodeFile(part, file);
		const sent = send(context, { ...body, path, access, timeout });
		const response = await readFree(sent, service, MAX_RESPONSE_BYTES)
			.finally(close)
			.catch((error: unknown) => {
				const { message, advice, details, hint } = asApiError(error);
				throw new ApiError(`${notUploaded(file, service)}: ${message}`, advice, details, hint);
			});
		const address = asText(valueAt(response, url));
		if (address) return address;
		throw new ApiError(
			`${notUploaded(file, service)}: the response has no address of the file`,
			'No image was requested, so nothing was billed. Contact your provider',
			{},
			{ isFinal: true },
		);
	}
}

function notUploaded({ label }: InputFile, { sentenceName }: Service): string {
	return `${label} couldn't be uploaded to ${sentenceName}`;
}
