import { extraHeadersOf, keyOf, type CredentialHeaders, type ServiceAccess } from './access';

/** What a credential adds to a request, as it can be shown: with `***` in place of secrets. */
export function maskedAccess({
	baseURL,
	qs,
	headers,
	credentials,
	service,
	redactor,
}: ServiceAccess): Pick<CredentialHeaders, 'baseURL' | 'qs' | 'headers'> {
	const { redactError } = redactor;
	const key = keyOf(credentials, service);
	const extraHeaders = Object.keys(extraHeadersOf(credentials.extraHeaders));
	const maskedHeader = (name: string, value: string) => {
		if (extraHeaders.includes(name)) return MASK;
		const isKey = key !== '' && value.endsWith(key);
		return isKey ? `${value.slice(0, -key.length)}${MASK}` : redactError(value);
	};
	return {
		baseURL: redactError(baseURL),
		qs: Object.fromEntries(
			Object.entries(qs).map(([name, value]) =>
				// People also paste a bare key behind the question mark.
				value === '' ? [MASK, ''] : [redactError(name), VERSION.test(value) ? value : MASK],
			),
		),
		headers: Object.fromEntries(
			Object.entries(headers).map(([name, value]) => [name, maskedHeader(name, value)]),
		),
	};
}

const MASK = '***';

/** Azure's dated versions: https://learn.microsoft.com/azure/ai-foundry/openai/api-version-lifecycle */
const VERSION = /^\d{4}-\d{2}-\d{2}(?:-preview)?$/;
