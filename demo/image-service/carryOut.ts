import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiResponse } from './apiResponse.ts';
import type { ByteMode } from './byteMode.ts';
import type { ImageRequest, Picture } from './imageRequest.ts';
import { produce } from './produce.ts';
import type { Production } from './produce.ts';
import { imagesResponse, streamResponse } from './respond.ts';
import type { Publish } from './respond.ts';

/** Draws what a checked request asks for. Rejects when the client is gone (`signal`). */
export async function drawResponse(
	request: ImageRequest,
	publish: Publish,
	signal: AbortSignal,
): Promise<ApiResponse> {
	const productions = produceAll(request, signal);
	if (request.stream) return streamResponse(request, productions);
	const pictures: Picture[] = [];
	for await (const { final } of productions) pictures.push(final);
	const byUrl = request.responseFormat === 'url';
	return imagesResponse(request, pictures, byUrl ? publish : undefined);
}

/** Responds with the ready-made files of the byte mode, after its latency; previews are files, too. */
export async function byteModeResponse(
	request: ImageRequest,
	mode: ByteMode,
	publish: Publish,
	signal: AbortSignal,
): Promise<ApiResponse> {
	await sleep(mode.latencyMs, undefined, { signal });
	const { width, height } = mode;
	const sized: ImageRequest = { ...request, width, height, format: 'png' };
	const productions = Array.from({ length: request.count }, () => ({
		partials: Array.from({ length: request.partialImages }, mode.next),
		final: mode.next(),
	}));
	if (request.stream) return streamResponse(sized, productions);
	const pictures = productions.map(({ final }) => final);
	return imagesResponse(sized, pictures, mode.asUrl ? publish : undefined);
}

/** Draws one image after the other and stops when the client is gone. */
async function* produceAll(request: ImageRequest, signal: AbortSignal): AsyncGenerator<Production> {
	for (let index = 0; index < request.count; index++) {
		signal.throwIfAborted();
		yield await produce(request, index);
	}
}
