import OpenAI from 'openai';

let form: FormData;
const client = new OpenAI({
	apiKey: 'sk-none',
	maxRetries: 0,
	fetch: async (url, init) => {
		// The client tries out whether forms are understood.
		if (String(url).startsWith('data:')) return await fetch(url, init);
		form = init?.body as FormData;
		return Response.json({});
	},
});
const image = new File(['x'], 'x.png');

/**
 * The text parts that the official client makes of fields, by name: it has no order among them but
 * that of a list. It has no null, which is left out.
 */
export async function asOfficialForm(fields: object): Promise<TextPart[]> {
	await client.images.edit({ ...(withoutNull(fields) as object), prompt: 'x', image });
	const texts = [...form.entries()].filter(([name]) => name !== 'prompt' && name !== 'image');
	return byName(texts.map(([name, text]) => [name, String(text)]));
}

export type TextPart = [name: string, text: string];

export function byName(parts: readonly TextPart[]): TextPart[] {
	return [...parts].sort(([a], [b]) => (a < b ? -1 : Number(a > b)));
}

function withoutNull(value: unknown): unknown {
	if (Array.isArray(value)) return value.filter((each) => each !== null).map(withoutNull);
	if (typeof value !== 'object' || value === null) return value;
	const entries = Object.entries(value).filter(([, each]) => each !== null);
	return Object.fromEntries(entries.map(([name, each]) => [name, withoutNull(each)]));
}
