import type { IncomingMessage } from 'node:http';
import { jsonAnswer } from './answer.ts';
import type { Answer } from './answer.ts';
import { ApiError } from './apiError.ts';
import { parseJsonObject, readBytes } from './body.ts';
import { readByteMode } from './byteMode.ts';
import type { Service } from './service.ts';

/** Largest order, in bytes; a fault may carry a whole answer. */
const largestOrder = 64 * 1024 * 1024;

/**
 * The endpoints below `/control`, by which tests order faults, switch byte mode and read what was
 * requested. They belong to this service and not to the API.
 */
export async function handleControl(
	service: Service,
	request: IncomingMessage,
	topic: string,
): Promise<Answer> {
	const bytes = await readBytes(request, largestOrder);
	switch (`${request.method} ${topic}`) {
		case 'GET faults':
			return jsonAnswer(200, service.faults.list());
		case 'POST faults':
			service.faults.add(parseOrder(bytes));
			return jsonAnswer(200, service.faults.list());
		case 'DELETE faults':
			service.faults.clear();
			return jsonAnswer(200, {});
		case 'GET requests':
			return jsonAnswer(200, service.recorder.list());
		case 'DELETE requests':
			service.recorder.clear();
			return jsonAnswer(200, {});
		case 'GET downloads':
			return jsonAnswer(200, service.downloads);
		case 'DELETE downloads':
			service.downloads = [];
			return jsonAnswer(200, {});
		case 'DELETE files':
			service.files.expireAll();
			return jsonAnswer(200, {});
		case 'POST bytes':
			service.byteMode = await readByteMode(parseJsonObject(bytes));
			return jsonAnswer(200, { bytes: service.byteMode.bytes });
		case 'DELETE bytes':
			service.byteMode = undefined;
			return jsonAnswer(200, {});
		default:
			throw new ApiError(404, `There is no ${request.method} /control/${topic}.`, null);
	}
}

function parseOrder(bytes: Buffer): unknown {
	try {
		return JSON.parse(bytes.toString('utf8'));
	} catch {
		throw new ApiError(400, 'The order is not valid JSON.', null);
	}
}
