import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';

const load = createRequire(import.meta.url);
const { default: StabilityAI } = load('stability-ai');

/** The client has a fixed address, takes files by their paths, and leaves its results in files. */
const axios = createRequire(load.resolve('stability-ai'))('axios');
let base = '';
axios.interceptors.request.use((config) => {
	return { ...config, url: config.url.replace('https://api.stability.ai', base) };
});

/** A client that others wrote. It makes one image at a time. */
export default async function ({ model, operation, prompt, inputs, mask, parameters = {} }, to) {
	base = to.baseUrl;
	const { generate, edit } = new StabilityAI(to.apiKey).v2beta.stableImage;
	const { n = 1, ...options } = parameters;
	const folder = await mkdtemp(join(tmpdir(), 'witness-'));
	const saved = async (name, bytes) => {
		await writeFile(join(folder, name), bytes);
		return join(folder, name);
	};
	const request = async () => {
		if (model === 'stable-image-inpaint') {
			const image = await saved('input-0.png', inputs[0]);
			const own = mask && { mask: await saved('mask-0.png', await white(mask)) };
			return await edit.inpaint(image, prompt, { ...options, ...own });
		}
		if (!model.startsWith('sd3')) {
			return await generate[model.replace('stable-image-', '')](prompt, options);
		}
		const from = operation === 'edit' && {
			mode: 'image-to-image',
			image: await saved('input-0.png', inputs[0]),
		};
		return await generate.sd3(prompt, { model, ...options, ...from });
	};
	const images = [];
	try {
		for (let index = 0; index < n; index++) {
			const { filepath } = await request();
			images.push(await readFile(filepath));
			await rm(filepath);
		}
	} finally {
		await rm(folder, { recursive: true });
	}
	return images;
}

/** White where the mask is transparent, as the service wants it. */
async function white(mask) {
	return await sharp(mask).extractChannel('alpha').negate().png().toBuffer();
}
