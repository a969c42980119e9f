import { gzipSync } from 'node:zlib';

import { imageResponse, json, raw } from '../../../helpers/imagesApi';
import { JSON_TYPE, makes } from '../responders';
import type { Responder } from '../servers';
import { linked, links, redirected } from '../linkResponders';
import { BOTH, GENERATE, images, INTACT } from '../outcomes';
import type { Row, Topic } from '../row';
import { singleRow } from '../singleRow';

const came = (name: string, responder: Responder, downloads = 1, operations = GENERATE): Row =>
	singleRow(name, responder, { ...INTACT, downloads }, operations);

/** Images behind links. */
export const LINKS: Topic = {
	title: 'Image links',
	about:
		'Some APIs return a link to the image. The node downloads it immediately, without credentials. A dead link only affects its own image.',
	rows: [
		came('a link to another host', linked(), 1, BOTH),
		came(
			"a link to the API's host",
			makes(([image], { publish }) => {
				publish('/files/a.png', raw(image!));
				return links('/files/a.png');
			}),
			1,
			BOTH,
		),
		came(
			'a link without a scheme',
			makes(([image], { publish }) => links(publish('/a.png', raw(image!)).replace('http:', ''))),
		),
		came(
			'a link as a string in the list',
			makes(([image], { publish }) => json({ data: [publish('/a.png', raw(image!))] })),
		),
		came(
			'a link in a list called images (SiliconFlow)',
			makes(([image], { publish }) =>
				json({
					images: [{ url: publish('/a.png', raw(image!)) }],
					timings: { inference: 1 },
					seed: 7,
				}),
			),
		),
		came(
			'a link with empty base64',
			makes(([image], { publish }) =>
				json({ data: [{ b64_json: '', url: publish('/a.png', raw(image!)) }] }),
			),
		),
		came(
			"a link with the image itself, which isn't downloaded",
			makes(([image], { publish }) =>
				json({ data: [{ ...imageResponse(image!).data[0], url: publish('/a.png', raw(image!)) }] }),
			),
			0,
		),
		came(
			'a link to a file with the wrong content type',
			linked((image) => raw(image, 200, JSON_TYPE)),
		),
		came(
			'a link to a compressed file',
			linked((image) => raw(gzipSync(image), 200, { 'content-encoding': 'gzip' })),
		),
		came('a link with one redirect', redirected(302, '/there.png'), 2),
		came(
			'a link that redirects to another host',
			makes(([image], { publish }) => {
				const there = publish('/there.png', raw(image!));
				publish('/here', raw('', 307, { location: there }));
				return links('/here');
			}),
			2,
		),
		came('a link with three redirects', redirected(301, '/moved/0', '/moved/1', '/there.png'), 4),
		{
			name: 'three links',
			operations: BOTH,
			parameters: { n: 3 },
			server: [linked()],
			expected: { ...INTACT, downloads: 3, billed: 3, items: [images(3)] },
		},
	],
};
