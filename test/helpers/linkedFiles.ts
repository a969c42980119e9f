import { useImagesApi } from './imagesApi';
import { picture } from './pictures';

/** An API, another origin for the files behind its links, and two pictures to serve there. */
export function useLinkedFiles() {
	const api = useImagesApi();
	const files = useImagesApi();
	const pictures: { png: Buffer; webp: Buffer } = {
		png: Buffer.alloc(0),
		webp: Buffer.alloc(0),
	};
	beforeAll(async () => {
		pictures.png = await picture({ width: 40 });
		pictures.webp = await picture({ width: 41, format: 'webp' });
	});
	return { api, files, pictures };
}
