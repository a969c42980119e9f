import type { Service } from '../services/types';
import type { HttpResponse } from '../transport/httpResponse';

/** A response, and the service that says how to read it. */
export interface ServiceResponse extends HttpResponse {
	readonly service: Service;
}
