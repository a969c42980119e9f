import type { ParameterName } from '../models';
import type { JsonRecord } from '../values/json';
import type { Path, Spelling } from './path';

/** How a service publishes what one of its models takes. */
export interface ModelSchema {
	/** The path at which a model is described. */
	readonly path: (model: string) => string;
	/** How the service writes the ID of a model. */
	readonly idFormat: string;
	/** Where the description can have schemas of OpenAPI by their names, the first that it has. */
	readonly schemas: readonly Path[];
	/** Where these have the inputs by their names. */
	readonly inputs: Path;
	/** Where inputs go in a request. */
	readonly root: Path;
	/** What parameters can be called, the likeliest first. */
	readonly parameters: { readonly [Name in ParameterName]?: readonly Spelling[] };
	/** What the input for images can be called, the likeliest first; one image or a list. */
	readonly images: readonly string[];
	/** Other words for values. */
	readonly synonyms: Readonly<Record<string, string>>;
	/** The version that a request has to name, by the description; undefined = none. */
	readonly versionOf: (description: JsonRecord) => unknown;
	/** The path of requests that name a version, and where they do. */
	readonly versionEndpoint: { readonly path: string; readonly version: string };
}
