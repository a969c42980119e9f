import type { IncomingMessage } from 'node:http';
import { jsonResponse } from './apiResponse.ts';
import type { ApiResponse } from './apiResponse.ts';
import { ApiError } from './apiError.ts';
import { parseJsonObject, readBytes } from './body.ts';
import { readByteMode } from './byteMode.ts';
import type { Service } from './service.ts';

/** Largest body, in bytes; a fault can contain a whole response. */
const largestControlBody = 64 * 1024 * 1024;

/**
 * The endpoints below `/control`, with which tests add faults, switch byte mode and read what was
 * requested. They belong to this service and not to the API.
 */
export async function handleControl(
	service: Service,
	request: IncomingMessage,
	topic: string,
): Promise<ApiResponse> {
	const bytes = await readBytes(request, largestControlBody);
	switch (`${request.method} ${topic}`) {
		case 'GET faults':
			return jsonResponse(200, service.faults.list());
		case 'POST faults':
			service.faults.add(parseJson(bytes));
			return jsonResponse(200, service.faults.list());
		case 'DELETE faults':
			service.faults.clear();
			return jsonResponse(200, {});
		case 'GET requests':
			return jsonResponse(200, service.recorder.list());
		case 'DELETE requests':
			service.recorder.clear();
			return jsonResponse(200, {});
		case 'GET downloads':
			return jsonResponse(200, service.downloads);
		case 'DELETE downloads':
			service.downloads = [];
			return jsonResponse(200, {});
		case 'GET jobs':
			return jsonResponse(200, service.jobs.list());
		case 'POST jobs':
			Object.assign(service.jobs.pace, parseJsonObject(bytes));
			return jsonResponse(200, service.jobs.pace);
		case 'DELETE jobs':
			service.jobs.clear();
			return jsonResponse(200, {});
		case 'DELETE files':
			service.files.expireAll();
			return jsonResponse(200, {});
		case 'POST bytes':
			service.byteMode = await readByteMode(parseJsonObject(bytes));
			return jsonResponse(200, { bytes: service.byteMode.bytes });
		case 'DELETE bytes':
			service.byteMode = undefined;
			return jsonResponse(200, {});
		default:
			throw new ApiError(404, `There is no ${request.method} /control/${topic}.`, null);
	}
}

function parseJson(bytes: Buffer): unknown {
	try {
		return JSON.parse(bytes.toString('utf8'));
	} catch {
		throw new ApiError(400, 'The order is not valid JSON.', null);
	}
}
