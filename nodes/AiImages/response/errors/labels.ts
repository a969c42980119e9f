/** A name for a kind of errors, which says nothing of this one. */
export function isLabel(text: string): boolean {
	return text.length <= MAX_LABEL && (/^[\w.:/-]*$/.test(text) || LABEL.test(text));
}

/** Characters. */
const MAX_LABEL = 60;

const LABEL =
	/^(?:(?:error:? )?\d{3}:? )?(?:bad request|unauthorized|payment required|forbidden|not found|method not allowed|not acceptable|request timeout|conflict|gone|(?:content|payload) too large|unsupported media type|unprocessable (?:entity|content)|too many requests|internal (?:server )?error|not implemented|bad gateway|service unavailable|gateway time-?out|(?:an? )?(?:unknown |unexpected )?error(?: occurred)?|(?:request )?failed|provider returned error|upstream error|validation (?:error|failed)|one or more validation errors occurred|the given data was invalid|invalid request|request validation failed)[.!]?$/i;
