export const bytesOf = (seed: number, length = 40) =>
	Buffer.alloc(length).map((_, index) => (index * 37 + seed * 101) % 256) as Buffer;
export const base64 = (seed: number, length?: number) => bytesOf(seed, length).toString('base64');
export const escapedSlashes = (json: string) => json.replaceAll('/', '\\/');

/** Bodies of responses, by what they hold. */
export const RESPONSES: ReadonlyArray<[what: string, text: string]> = [
	['one image', JSON.stringify({ created: 1, data: [{ b64_json: base64(1) }] })],
	[
		'several images among other facts',
		JSON.stringify({
			created: 1_763_600_000,
			background: 'opaque',
			data: [{ b64_json: base64(1) }, { b64_json: base64(2, 41) }, { b64_json: base64(3, 42) }],
			usage: { total_tokens: 1806, input_tokens_details: { text_tokens: 10 } },
		}),
	],
	[
		'keys in another order',
		JSON.stringify({
			usage: { total_tokens: 1 },
			data: [{ revised_prompt: 'x', b64_json: base64(1), index: 0 }],
			created: 1,
		}),
	],
	[
		'pretty-printed',
		JSON.stringify({ data: [{ b64_json: base64(1) }, { b64_json: base64(2) }] }, null, '\t'),
	],
	['white space everywhere', `\r\n{ "data" :\n[ { "b64_json"\t:\r\n "${base64(1)}" } ] }\n`],
	['escaped slashes', escapedSlashes(JSON.stringify({ data: [{ b64_json: base64(7, 200) }] }))],
	[
		'escaped plus signs',
		JSON.stringify({ data: [{ b64_json: base64(5, 200) }] }).replaceAll('+', '\\u002b'),
	],
	[
		'escaped line breaks in the image',
		JSON.stringify({ data: [{ b64_json: base64(1, 90).replace(/.{20}/g, '$&\r\n') }] }),
	],
	[
		'the URL-safe alphabet',
		JSON.stringify({ data: [{ b64_json: bytesOf(3).toString('base64url') }] }),
	],
	['no padding', JSON.stringify({ data: [{ b64_json: base64(1, 41).replace(/=/g, '') }] })],
	[
		'a media type before the image',
		JSON.stringify({ data: [{ b64_json: `data:image/png;base64,${base64(1)}` }] }),
	],
	['a data URL as url', JSON.stringify({ data: [{ url: `data:image/webp;base64,${base64(1)}` }] })],
	[
		'a data URL with escaped slashes',
		escapedSlashes(JSON.stringify({ data: [{ url: `data:image/webp;base64,${base64(1)}` }] })),
	],
	[
		'a link',
		JSON.stringify({ data: [{ url: 'https://example.com/a.png?data:x=1', revised_prompt: null }] }),
	],
	[
		'an empty link beside the image',
		JSON.stringify({ data: [{ url: '', b64_json: base64(1), revised_prompt: '' }] }),
	],
	[
		'an empty image beside the link',
		JSON.stringify({ data: [{ b64_json: '', url: 'https://example.com/a.png' }] }),
	],
	['both', JSON.stringify({ data: [{ url: `data:;base64,${base64(2)}`, b64_json: base64(1) }] })],
	['null', JSON.stringify({ data: [{ b64_json: null, url: null }, { b64_json: base64(1) }] })],
	['other types', JSON.stringify({ data: [{ b64_json: 5, url: ['data:', { b64_json: [] }] }] })],
	[
		'the same keys deeper down',
		JSON.stringify({
			meta: { b64_json: { b64_json: base64(1) } },
			data: [{ b64_json: base64(2) }],
		}),
	],
	[
		'texts that hold the key',
		JSON.stringify({
			data: [
				{
					revised_prompt: 'write "b64_json":"AAAA", then {"url":"data:image/png;base64,AAAA"}',
					b64_json: base64(1),
				},
			],
		}),
	],
	[
		'texts that are the key',
		JSON.stringify({ kind: 'b64_json', kinds: ['b64_json', 'url', 'data:'], b64_json: base64(1) }),
	],
	[
		'texts that end in backslashes and quotes',
		JSON.stringify({ a: '\\', b: '\\"', c: '"\\\\', b64_json: base64(1), d: '"b64_json":' }),
	],
	[
		'keys that only resemble it',
		JSON.stringify({
			x_b64_json: 'AAAA',
			b64_json_2: 'BBBB',
			b64_jso: 'CCCC',
			b64_json: base64(1),
		}),
	],
	[
		'characters of several bytes',
		JSON.stringify({
			data: [{ revised_prompt: 'Ä灯台🌊', b64_json: base64(1), url: 'é' }],
			灯: '🌊',
		}),
	],
	['an array at the top', JSON.stringify([{ b64_json: base64(1) }, { b64_json: base64(2) }])],
	['no image', JSON.stringify({ error: { message: 'no', code: null }, data: [] })],
];
