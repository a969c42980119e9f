import { useNeighbor } from './neighbor';
import type { WorkflowHost } from './host';
import sharp from 'sharp';

interface Product {
	id: number;
	name: string;
	slug: string;
	short_description: string;
	images: Array<{ src: string; alt?: string }>;
}

const basic = (user: string, password: string) =>
	`Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

export function shopBackfill(host: WorkflowHost): void {
	let products: Product[] = [];
	const media: Array<{ name: string; type: string; bytes: Buffer }> = [];
	/** A shop that speaks as WooCommerce and WordPress do. */
	const shop = useNeighbor(({ route, headers, body }) => {
		const isMedia = route === 'POST /wp-json/wp/v2/media';
		const expected = isMedia ? basic('editor', 'app password') : basic('ck_1', 'cs_1');
		if (headers.authorization !== expected) return undefined;
		if (route === 'GET /wp-json/wc/v3/products') return { json: products };
		if (isMedia) {
			const name = /filename="([^"]+)"/.exec(headers['content-disposition'] ?? '')?.[1] ?? '';
			media.push({ name, type: headers['content-type'] ?? '', bytes: body });
			return { json: { id: media.length, source_url: `${shop.url}/uploads/${name}` } };
		}
		const id = Number(/^PUT \/wp-json\/wc\/v3\/products\/(\d+)$/.exec(route)?.[1]);
		const product = products.find((each) => each.id === id);
		return product && { json: Object.assign(product, JSON.parse(String(body))) };
	});

	beforeAll(async () => {
		await host.credential('WooCommerce account', 'wooCommerceApi', {
			...{ url: shop.url, consumerKey: 'ck_1', consumerSecret: 'cs_1' },
		});
		await host.credential('WordPress account', 'wordpressApi', {
			...{ url: shop.url, username: 'editor', password: 'app password' },
		});
	});

	it('asks the second service only for what the first one refused', async () => {
		const image = { src: 'https://shop.example.com/mug.jpg' };
		const names = ['Enamel mug', 'Wool blanket', 'Camping lamp', 'Folding knife', 'Tent peg'];
		products = names.map((name, index) => ({
			...{ id: 71 + index, name, slug: name.toLowerCase().replace(' ', '-') },
			...{ short_description: 'Made to last.', images: index === 0 ? [image] : [] },
		}));
		await host.imageCredential('OpenAI', 'openai');
		await host.imageCredential('xAI', 'xai');
		const refused = { message: 'Your request was rejected.', code: 'moderation_blocked' };
		const empty = { message: 'You exceeded your current quota.', code: 'insufficient_quota' };
		await host.service.control('faults', [
			{ promptIncludes: 'Folding knife', status: 400, body: { error: refused } },
			{ promptIncludes: 'Camping lamp', status: 429, body: { error: empty } },
			// Both services.
			{ promptIncludes: 'Tent peg', times: 2, status: 400, body: { error: refused } },
		]);
		const execution = await host.run(
			await host.load('shop-backfill-with-fallback', { settings: { shop: shop.url } }),
		);

		const sent = (await host.service.requests()).map(({ path, fields, billedImages }) => [
			path,
			/"(.+?)"/.exec(String((fields as { prompt: string }).prompt))?.[1],
			billedImages,
		]);
		expect(sent.filter(([path]) => path === '/v1/images/generations').sort()).toEqual([
			['/v1/images/generations', 'Camping lamp', 0],
			['/v1/images/generations', 'Folding knife', 0],
			['/v1/images/generations', 'Tent peg', 0],
			['/v1/images/generations', 'Wool blanket', 1],
		]);
		expect(sent.filter(([path]) => path !== '/v1/images/generations').sort()).toEqual([
			['/xai/v1/images/generations', 'Camping lamp', 1],
			['/xai/v1/images/generations', 'Folding knife', 1],
			['/xai/v1/images/generations', 'Tent peg', 0],
		]);

		expect(media.map(({ name, type }) => [name, type]).sort()).toEqual([
			['camping-lamp.jpg', 'image/jpeg'],
			['folding-knife.jpg', 'image/jpeg'],
			['wool-blanket.jpg', 'image/jpeg'],
		]);
		for (const { bytes } of media) {
			expect(await sharp(bytes).metadata()).toMatchObject({ width: 1024, height: 1024 });
		}
		expect(products.map(({ images }) => images)).toEqual([
			[image],
			...['wool-blanket', 'camping-lamp', 'folding-knife'].map((slug, index) => [
				{ name: '', src: `${shop.url}/uploads/${slug}.jpg`, alt: names[index + 1] },
			]),
			[],
		]);
		expect(execution.items('No Image').map(({ json }) => json.name)).toEqual(['Tent peg']);
	});
}
