import type { IExecuteFunctions } from 'n8n-workflow';
import { ApiError, asApiError } from '../errors';
import { encodeBytes, encodeFile } from '../request/encode';
import { mimeTypeOf, type InputFile } from '../request/files/inputFile';
import type { ValidRequest } from '../request/types';
import type { ServiceAccess } from '../services/access';
import type { Path } from '../services/path';
import { valueAt } from '../services/spelling';
import type { Dialect, Service } from '../services/types';
import type { FormUpload, SignedUpload, Upload } from '../services/upload';
import { requestFile } from '../transport/fetchFile';
import { send } from '../transport/send';
import { asText } from '../values/json';
import { readFree } from './freeRequest';
import { inParallel } from './inParallel';

/** At the same time, for each call. */
const MAX_PARALLEL_UPLOADS = 4;

/** Bytes of the response to an upload. */
const MAX_RESPONSE_BYTES = 1_000_000;

/** Whether a file gets an address of its own before the request. */
export function isUploaded({ reference, bytes }: InputFile, { upload }: Dialect): boolean {
	return upload !== undefined && !reference && bytes > upload.inlineBytes;
}

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
		const large = files.filter((file) => isUploaded(file, service));
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

	private async upload(file: InputFile, upload: Upload, service: Service): Promise<string> {
		const address =
			'part' in upload
				? this.sendForm(file, upload, service)
				: this.sendBytes(file, upload, service);
		return await address.catch((error: unknown) => {
			const { message, advice, details, hint } = asApiError(error);
			const title = `${file.label} couldn't be uploaded to ${service.sentenceName}`;
			throw new ApiError(`${title}: ${message}`, advice, details, hint);
		});
	}

	private async sendForm(
		file: InputFile,
		{ path, part, url }: FormUpload,
		service: Service,
	): Promise<string> {
		const { context, access, timeout } = this;
		const { close, ...body } = encodeFile(part, file);
		const sent = send(context, { ...body, path, access, timeout });
		return addressIn(await readFree(sent, service, MAX_RESPONSE_BYTES).finally(close), url);
	}

	private async sendBytes(
		file: InputFile,
		{ origin, path, facts, headers, target, url }: SignedUpload,
		service: Service,
	): Promise<string> {
		const { context, access, timeout } = this;
		const about = { [facts.mimeType]: mimeTypeOf(file), [facts.fileName]: file.fileName };
		const announced = send(context, {
			body: Buffer.from(JSON.stringify(about)),
			headers: { ...headers, 'Content-Type': 'application/json' },
			// Without further origins, the credential names the address of another server.
			path: access.furtherOrigins ? `${origin}${path}` : path,
			access,
			timeout,
		});
		const response = await readFree(announced, service, MAX_RESPONSE_BYTES);
		const address = addressIn(response, url);
		const { close, ...content } = await encodeBytes(file);
		const sent = requestFile(context, { url: addressIn(response, target), content, timeout });
		await readFree(sent, service, MAX_RESPONSE_BYTES).finally(close);
		return address;
	}
}

/** @throws ApiError without one */
function addressIn(response: unknown, path: Path): string {
	const address = asText(valueAt(response, path)) ?? '';
	if (URL.canParse(address) && /^https?:$/.test(new URL(address).protocol)) return address;
	throw new ApiError(
		'the response has no address of the file',
		'No image was requested, so nothing was billed. Contact your provider',
		{},
		{ isFinal: true },
	);
}
