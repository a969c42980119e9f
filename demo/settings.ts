import { DemoFailure } from './host/failure.ts';
import { requestedPort } from './host/ports.ts';

/** The API that the demo's workflow uses. */
export interface Api {
	baseUrl: string;
	/** Empty if the API needs none. */
	apiKey: string;
	/** Whether this is the image service of this project, whose key isn't a secret. */
	isDemo?: boolean;
}

export interface Settings {
	/** The API to use; undefined means the image service of this project. */
	api?: Api;
	/** Replaces the models in the workflow. */
	model?: string;
	imageServicePort?: number;
	n8nPort?: number;
}

/**
 * Reads the environment: IMAGES_API_KEY, IMAGES_BASE_URL, IMAGES_MODEL, IMAGE_SERVICE_PORT and
 * N8N_PORT, all optional.
 * @throws {DemoFailure} if a port is in use, or the base URL is invalid
 */
export async function readSettings(): Promise<Settings> {
	const { IMAGES_API_KEY: apiKey = '', IMAGES_BASE_URL: baseUrl = '', IMAGES_MODEL } = process.env;
	if (baseUrl && !/^https?:/.test(URL.parse(baseUrl)?.protocol ?? '')) {
		throw new DemoFailure('IMAGES_BASE_URL must be a URL, e.g. https://api.openai.com/v1.');
	}
	const api =
		apiKey || baseUrl ? { apiKey, baseUrl: baseUrl || 'https://api.openai.com/v1' } : undefined;
	return {
		...(api && { api }),
		...(IMAGES_MODEL && { model: IMAGES_MODEL }),
		...optional('imageServicePort', api ? undefined : await requestedPort('IMAGE_SERVICE_PORT')),
		...optional('n8nPort', await requestedPort('N8N_PORT')),
	};
}

function optional<K extends string>(key: K, value: number | undefined): Partial<Record<K, number>> {
	return value === undefined ? {} : ({ [key]: value } as Record<K, number>);
}
