import { modelNotFound } from './apiError.ts';
import { otherModels } from './models.ts';
import type { ImageModel } from './models.ts';

interface ListedModel {
	id: string;
	object: 'model';
	created: number;
	owned_by: string;
	shutdown_date: string | null;
}

/** The body of `GET /v1/models`: openai 7.57.0, `resources/models.d.ts`. */
export function listModels(served: readonly ImageModel[]): { object: 'list'; data: ListedModel[] } {
	return { object: 'list', data: allModels(served) };
}

/** The body of `GET /v1/models/:id`. */
export function showModel(served: readonly ImageModel[], id: string): ListedModel {
	const found = allModels(served).find((model) => model.id === id);
	if (!found) throw modelNotFound(id);
	return found;
}

function allModels(served: readonly ImageModel[]): ListedModel[] {
	const images = served.map(({ id, created, shutdownDate }) => listed(id, created, shutdownDate));
	return [...images, ...otherModels.map((id) => listed(id, 1_735_689_600, null))];
}

function listed(id: string, created: number, shutdownDate: string | null): ListedModel {
	return { id, object: 'model', created, owned_by: 'system', shutdown_date: shutdownDate };
}
