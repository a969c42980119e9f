/** Whether a text only names a kind of error, such as `invalid_request` or `Bad Request`. */
export function isGenericLabel(text: string): boolean {
	return text.length <= MAX_LABEL_CHARS && (/^[\w.:/-]*$/.test(text) || GENERIC_LABEL.test(text));
}

const MAX_LABEL_CHARS = 60;

const GENERIC_LABEL =
	/^(?:(?:error:? )?\d{3}:? )?(?:bad request|unauthorized|payment required|forbidden|not found|method not allowed|not acceptable|request timeout|conflict|gone|(?:content|payload) too large|unsupported media type|unprocessable (?:entity|content)|too many requests|internal (?:server )?error|not implemented|bad gateway|service unavailable|gateway time-?out|(?:an? )?(?:unknown |unexpected )?error(?: occurred)?|(?:request )?failed|provider returned error|upstream error|validation (?:error|failed)|one or more validation errors occurred|the given data was invalid|invalid request|request validation failed)[.!]?$/i;
