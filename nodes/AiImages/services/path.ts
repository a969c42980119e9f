/** Keys with dots between them: `svg.model` is `{svg: {model}}`. */
export type Path = string;

/** Where a value goes; also what stands for some values (null = nothing is sent); or several fields. */
export type Spelling =
	| Path
	| { readonly at: Path; readonly words: Readonly<Record<string, string | number | null>> }
	| { readonly fields: readonly Path[]; readonly spell: (value: unknown) => readonly unknown[] };
