import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { ImagesApi } from './imagesApi';
import { picture } from './pictures';
import type { RawFile, useRawItems } from './rawItems';

/** A file of test/fixtures/inputs. */
export function input(name: string): Buffer {
	return readFileSync(join(__dirname, '../fixtures/inputs', name));
}

/** Images of 64 × 64 pixels, by their formats. */
export function usePictures(): Readonly<Record<'png' | 'jpeg' | 'webp', Buffer>> {
	const files = {} as Record<'png' | 'jpeg' | 'webp', Buffer>;
	beforeAll(async () => {
		for (const format of ['png', 'jpeg', 'webp'] as const) {
			files[format] = await picture({ width: 64, height: 64, format });
		}
	});
	return files;
}

/** Makes runs of the node that edit the files of a binary field. */
export function editsOf(api: ImagesApi) {
	return (binaryField: unknown, more = {}) => ({
		parameters: {
			operation: 'edit',
			model: 'gpt-image-2.5-flare',
			prompt: 'Add a hat',
			inputImages: { image: [{ binaryField }] } as never,
			...more,
		},
		credentials: api.credentials,
	});
}

/** Runs edits that fail before a request is sent, and returns their error messages. */
export function refusalsOf(api: ImagesApi, run: ReturnType<typeof useRawItems>['run']) {
	const edit = editsOf(api);
	return async (binary: Record<string, RawFile>, binaryField: unknown = '*', more = {}) => {
		const result = await run([{ binary }], edit(binaryField, more));
		expect(api.requests).toEqual([]);
		expect(result.error).toMatchObject({ name: 'NodeOperationError', context: { itemIndex: 0 } });
		expect(result.error?.description).toMatch(/No request was sent; you were not billed/);
		return result.error?.message;
	};
}
