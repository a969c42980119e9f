import type { INodeParameters } from 'n8n-workflow';

/** What a user wants from a service, as a client of it and as the node are told. */
export interface Wish {
	readonly name: string;
	readonly operation: 'generate' | 'edit';
	/** What the service calls the model. */
	readonly model: string;
	readonly prompt: string;
	/** How many input images. */
	readonly inputs?: number;
	/** Whether an edit has a mask. */
	readonly mask?: true;
	/** For the client, by the node's names. */
	readonly parameters?: Readonly<Record<string, string | number | boolean | object>>;
	/** For the node: which model, and the fields that differ from their defaults. */
	readonly node: INodeParameters;
	/** Fields that differ, although both ask for the same. */
	readonly exempt?: readonly Exemption[];
}

/** A field that only one of them sends, or that they send differently. */
export interface Exemption {
	/** In the body, with dots: `generationConfig.seed`, `images.0.type`. */
	readonly field: string;
	/** The default of the service, which the node sends and the client leaves out. */
	readonly value?: string | number | boolean;
	readonly because: string;
	/** The document of the service that decides who is right, or allows both. */
	readonly source: string;
}

/** A service, and a client of it that this project did not write. */
export interface Witness {
	/** The value of *Service* in the credential. */
	readonly service: string;
	/** The path of its profile in the image service; empty for OpenAI's dialect, which has none. */
	readonly profile: string;
	/** What the node's credential has behind the host, if that is not the profile alone. */
	readonly address?: string;
	/** Further fields of the credential. */
	readonly credential?: Readonly<Record<string, string>>;
	/** The file in clients/ without its extension, and the package behind it. */
	readonly client: string;
	readonly package: string;
	/** Fields that differ for every wish. */
	readonly exempt: readonly Exemption[];
	readonly wishes: readonly Wish[];
}

/** A default of the service: the node sends it, the client leaves it to the service. */
export function sentDefault(
	field: string,
	value: string | number | boolean,
	source: string,
): Exemption {
	return {
		field,
		value,
		because: 'The node sends the default, and the client leaves it out',
		source,
	};
}

/** The AI SDK names every file `blob`; the API takes any name. */
export function fileNames(...parts: readonly string[]): Exemption[] {
	return parts.map((part) => ({
		field: `${part}.*.filename`,
		because: 'The client has no names for files, and the API takes any',
		source: 'https://www.npmjs.com/package/openai/v/7.57.0 (core/uploads.d.ts: Uploadable)',
	}));
}
