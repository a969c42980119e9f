import { setTimeout as sleep } from 'node:timers/promises';
import axios from 'axios';
import type { AxiosInstance, AxiosResponse } from 'axios';
import sharp from 'sharp';
import type { RecordedRequest } from '../../demo/image-service/recorder.ts';
import { startImageService } from '../../demo/image-service/server.ts';
import type { ImageService, ImageServiceOptions } from '../../demo/image-service/server.ts';

export interface Client {
	readonly url: string;
	readonly http: AxiosInstance;
	generate(body: Record<string, unknown>): Promise<AxiosResponse>;
	/** Sends an edit as multipart, with the parts in the order of the entries. */
	edit(parts: Array<[string, string | Upload]>): Promise<AxiosResponse>;
	editJson(body: Record<string, unknown>): Promise<AxiosResponse>;
	control(topic: string, body: unknown): Promise<AxiosResponse>;
	requests(): Promise<RecordedRequest[]>;
	/** Waits until what was recorded of the requests is as wanted. */
	untilRecorded(isWanted: (requests: RecordedRequest[]) => boolean): Promise<RecordedRequest[]>;
}

/** The link to a result. It is on another port than the API. */
export const FILE_URL = /^http:\/\/127\.0\.0\.1:\d+\/files\/img-[0-9a-f]+\.\w+$/;

/** A file part. */
export interface Upload {
	bytes: Buffer;
	type?: string;
	name?: string;
}

/** Starts a service for the tests of one file and clears what each test has set. */
export function useService(options: ImageServiceOptions = {}): Client {
	let service: ImageService;
	let http: AxiosInstance;
	beforeAll(async () => {
		service = await startImageService(options);
		http = axios.create({ baseURL: service.url, validateStatus: () => true, proxy: false });
	});
	afterAll(() => service.close());
	afterEach(async () => {
		for (const topic of ['faults', 'requests', 'bytes', 'downloads', 'jobs']) {
			await http.delete(`/control/${topic}`);
		}
	});
	const requests = async (): Promise<RecordedRequest[]> =>
		(await http.get('/control/requests')).data;
	return {
		get url() {
			return service.url;
		},
		get http() {
			return http;
		},
		generate: (body) => http.post('/v1/images/generations', body),
		edit: (parts) => http.post('/v1/images/edits', form(parts)),
		editJson: (body) => http.post('/v1/images/edits', body),
		control: (topic, body) => http.post(`/control/${topic}`, body),
		requests,
		async untilRecorded(isWanted) {
			for (;;) {
				const found = await requests();
				if (isWanted(found)) return found;
				await sleep(10);
			}
		},
	};
}

/** Photos to edit, 1024 × 1024 and 64 × 48 pixels. */
export function usePhotos(): { readonly square: Buffer; readonly small: Buffer } {
	const photos: { square: Buffer; small: Buffer } = {
		square: Buffer.alloc(0),
		small: Buffer.alloc(0),
	};
	beforeAll(async () => {
		photos.square = await photo(1024, 1024);
		photos.small = await photo(64, 48);
	});
	return photos;
}

export function form(parts: Array<[string, string | Upload]>): FormData {
	const data = new FormData();
	for (const [name, value] of parts) {
		if (typeof value === 'string') data.append(name, value);
		else {
			const { bytes, type = 'image/png', name: fileName = 'picture.png' } = value;
			data.append(name, new Blob([new Uint8Array(bytes)], { type }), fileName);
		}
	}
	return data;
}

/** Decodes the image with the given index of a JSON response. */
export function imageOf(response: AxiosResponse, index = 0): Buffer {
	expect(response.data.error).toBeUndefined();
	return Buffer.from(response.data.data[index].b64_json, 'base64');
}

/** Straight RGBA pixels. */
export async function rgba(
	bytes: Buffer,
): Promise<{ data: Buffer; width: number; height: number }> {
	const { data, info } = await sharp(bytes)
		.ensureAlpha()
		.raw()
		.toBuffer({ resolveWithObject: true });
	return { data, width: info.width, height: info.height };
}

/** A picture with no two rows or columns alike, so that any shift or change shows. */
export function photo(width: number, height: number, channels: 3 | 4 = 3): Promise<Buffer> {
	const data = Buffer.alloc(width * height * channels, 255);
	for (let y = 0; y < height; y++) {
		for (let x = 0; x < width; x++) {
			const at = (y * width + x) * channels;
			data[at] = (x * 7 + y * 3) % 256;
			data[at + 1] = (x + y * 5) % 256;
			data[at + 2] = (x * y) % 256;
		}
	}
	return sharp(data, { raw: { width, height, channels } }).png().toBuffer();
}

/** An opaque RGBA PNG with one fully transparent rectangle. */
export async function maskWithHole(
	width: number,
	height: number,
	hole: { left: number; top: number; width: number; height: number },
): Promise<Buffer> {
	const data = Buffer.alloc(width * height * 4, 255);
	for (let y = hole.top; y < hole.top + hole.height; y++) {
		for (let x = hole.left; x < hole.left + hole.width; x++) data[(y * width + x) * 4 + 3] = 0;
	}
	return sharp(data, { raw: { width, height, channels: 4 } })
		.png()
		.toBuffer();
}

export function dataUrl(bytes: Buffer, type = 'image/png'): string {
	return `data:${type};base64,${bytes.toString('base64')}`;
}
