/** Keys with dots between them: `svg.model` is `{svg: {model}}`. */
export type Path = string;
