/** `main` fields are always visible; `options` can be added under *Options*. */
export type Place = 'main' | 'options';

/** How the node presents an API parameter in the editor. */
export interface ParameterInfo {
	/** As messages name it; the editor's label also has the unit. */
	readonly displayName: string;
	readonly unit?: string;
	readonly description: string;
	readonly place: Place;
	/**
	 * What happens if the user sets a parameter that the service cannot take: without it, the picture
	 * would be the same (`warn`), or another one (`refuse`).
	 */
	readonly unsupported: 'refuse' | 'warn';
	readonly placeholder?: string;
	/** Height of the text field, in lines. */
	readonly rows?: number;
}
