import fc from 'fast-check';
import { Readable } from 'node:stream';
import { ApiError } from '../../nodes/AiImages/errors';
import type { InputFile } from '../../nodes/AiImages/request/files/inputFile';
import { EmbeddedBytes, encodeJson } from '../../nodes/AiImages/request/jsonBody';
import type { RequestBody } from '../../nodes/AiImages/transport/send';
import { inputFile } from '../unit/requests';
import { everyCaseLater, FURTHER_CASES } from './cases';
import { jsonValues } from './texts';

interface Source {
	readonly content: Buffer;
	/** Bytes of each piece that the store returns. */
	readonly pieceLength: number;
	readonly isStored: boolean;
}

const sources: fc.Arbitrary<Source> = fc.record({
	content: fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
	pieceLength: fc.integer({ min: 1, max: 70 }),
	isStored: fc.boolean(),
});

function fileOf({ content, pieceLength, isStored }: Source): InputFile {
	return {
		...inputFile({ bytes: content.length }),
		async *read() {
			for (let at = 0; at < content.length; at += pieceLength) {
				yield content.subarray(at, at + pieceLength);
			}
		},
		streamFactory: isStored ? async () => (bytes) => Readable.from(bytes) : null,
	};
}

async function textOf({ body }: RequestBody): Promise<string> {
	if (Buffer.isBuffer(body)) return body.toString('utf8');
	const pieces: Buffer[] = [];
	for await (const piece of body as Readable) pieces.push(piece as Buffer);
	return Buffer.concat(pieces).toString('utf8');
}

const urlOf = ({ content }: Source) => `data:image/png;base64,${content.toString('base64')}`;

describe('a JSON body with files', () => {
	it('equals JSON.stringify, and has the announced length', async () => {
		await everyCaseLater(
			fc.asyncProperty(fc.array(sources, { maxLength: 4 }), jsonValues, async (files, others) => {
				const tree = {
					others,
					images: files.map((file) => ({
						url: new EmbeddedBytes(fileOf(file), 'data:image/png;base64,'),
					})),
				};
				const encoded = await encodeJson(tree);
				const text = await textOf(encoded);
				expect(text).toBe(
					JSON.stringify({ others, images: files.map((file) => ({ url: urlOf(file) })) }),
				);
				const isStream = files.some(({ isStored }) => isStored);
				expect(Buffer.isBuffer(encoded.body)).toBe(!isStream);
				expect(encoded.headers).toEqual({
					'Content-Type': 'application/json',
					...(isStream ? { 'Content-Length': String(Buffer.byteLength(text)) } : {}),
				});
			}),
			[],
			FURTHER_CASES,
		);
	});

	it('ends with the error of a file that can no longer be read', async () => {
		const error = new ApiError('the file is gone', 'Not billed');
		const lost: InputFile = {
			...fileOf({ content: Buffer.from('abc'), pieceLength: 1, isStored: true }),
			async *read() {
				yield Buffer.from('a');
				throw error;
			},
		};
		const encoded = await encodeJson({ image: new EmbeddedBytes(lost, 'data:image/png;base64,') });
		await expect(textOf(encoded)).rejects.toBe(error);
		const inMemory = { ...lost, streamFactory: null };
		await expect(
			encodeJson({ image: new EmbeddedBytes(inMemory, 'data:image/png;base64,') }),
		).rejects.toBe(error);
	});
});
