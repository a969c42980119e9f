import { json, raw, type Reply } from '../../helpers/imagesApi';
import { makes } from './responders';
import type { Responder } from './servers';

/** Responds with links. */
export const links = (...urls: string[]): Reply =>
	json({ created: 1, data: urls.map((url) => ({ url })) });

/** Links to each image that is made. */
export const linked = (reply: (image: Buffer) => Reply = raw): Responder =>
	makes((made, { publish }) =>
		links(...made.map((image, index) => publish(`/${index}.png`, reply(image)))),
	);

/** Links to an address that moves from one of these to the next; the image is at `/there.png`. */
export const redirected = (status: number, ...locations: string[]): Responder =>
	makes(([image], { publish }) => {
		publish('/there.png', raw(image!));
		const [first = '', ...others] = locations;
		others.forEach((location, index) => {
			publish(`/moved/${index}`, raw('', status, { location }));
		});
		return links(publish('/moved', raw('', status, { location: first })));
	});
