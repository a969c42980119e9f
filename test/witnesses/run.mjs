/**
 * Lets one of the clients that services publish carry out wishes. It runs in a process of its own,
 * because these clients are ES modules, which Jest cannot load.
 *
 *   node test/witnesses/run.mjs CLIENT BASE_URL < {"wishes": […], "inputs": ["<base64 of a PNG>", …],
 *     "mask": "<base64 of a PNG>", "apiKey": "…"}
 *
 * Prints one line of JSON for each wish, in their order: {"name", "images": ["<SHA-256>", …]} or {"name", "error"}.
 */
import { createHash } from 'node:crypto';
import { text } from 'node:stream/consumers';

const [client, baseUrl] = process.argv.slice(2);
const { default: carryOut } = await import(`./clients/${client}.mjs`);
const { wishes, inputs, mask, apiKey } = JSON.parse(await text(process.stdin));
const files = inputs.map((input) => Buffer.from(input, 'base64'));

/** Most of the time is spent waiting for jobs. */
const PARALLEL_WISHES = 4;

const outcomes = [];
const left = [...wishes.entries()];
await Promise.all(
	Array.from({ length: PARALLEL_WISHES }, async () => {
		for (let next = left.shift(); next; next = left.shift()) {
			const [index, wish] = next;
			outcomes[index] = { name: wish.name, ...(await outcomeOf(wish)) };
		}
	}),
);
for (const outcome of outcomes) console.log(JSON.stringify(outcome));

async function outcomeOf(wish) {
	try {
		const images = await carryOut(
			{
				...wish,
				inputs: files.slice(0, wish.inputs ?? 0),
				mask: wish.mask ? Buffer.from(mask, 'base64') : undefined,
			},
			{ baseUrl, apiKey },
		);
		return { images: images.map(hashOf) };
	} catch (error) {
		return { error: String(error?.message ?? error), details: error?.responseBody };
	}
}

/** @param image its bytes, or their base64 */
function hashOf(image) {
	const bytes = typeof image === 'string' ? Buffer.from(image, 'base64') : Buffer.from(image);
	return createHash('sha256').update(bytes).digest('hex');
}
