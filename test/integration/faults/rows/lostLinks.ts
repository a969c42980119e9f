import { raw } from '../../../helpers/imagesApi';
import { broken, closes, makes, page, resets, stalls } from '../responders';
import type { Responder } from '../servers';
import { linked, links, redirected } from '../linkResponders';
import { BOTH, GENERATE, images, INTACT, lost, missing, NEXT } from '../outcomes';
import type { FailedDetails, LossReason, Row, Topic } from '../row';
import { singleRow } from '../singleRow';

const NOWHERE: LossReason = 'the link to the image was dead';
const CANNOT = 'Image generated, but the download failed: ';
const NO_ADDRESS = 'Image generated, but the API returned an invalid image URL';
const NOT_AN_IMAGE = "The API returned a success status, but the result isn't an image";
const NOT_BEHIND_LINK = "Image generated, but its link doesn't lead to an image";
const CLOSED = '{files} closed the connection before the response was complete';

/** How often a link is followed within a minute, with the shortest pauses. */
const ATTEMPTS = 20;
/** Downloading costs nothing. */
const TRIED_AGAIN = `${NEXT.link}. Gave up after ${ATTEMPTS} attempts in 60 seconds`;

/** The image was made, and the link to it is of no use: a retry follows it again. */
const gone = (
	name: string,
	responder: Responder,
	error: string,
	downloads: number,
	details: FailedDetails = {},
	next: string = TRIED_AGAIN,
): Row => ({
	name,
	operations: GENERATE,
	takesMinutes: true,
	server: [responder],
	expected: { ...lost(NOWHERE, error, next, { status: 200, ...details }), downloads, links: 1 },
});

/** For rows that take their time. */
const stopping = (row: Row): Row => ({
	...row,
	expected: { ...row.expected, ends: { stopWorkflow: 'error' } },
});

/** The response holds something else in place of a link. */
const noLink = (
	name: string,
	url: string,
	error: string = NO_ADDRESS,
	next: string = NEXT.operator,
	why: LossReason = NOWHERE,
): Row => singleRow(name, leadsTo(url), lost(why, error, next, { status: 200 }));

const leadsTo = (url: string): Responder => makes(() => links(url));

/** Links that cannot be followed to an image. */
export const LOST_LINKS: Topic = {
	title: "Image links that don't work",
	about:
		"The image was generated and billed, but can't be downloaded. Downloads are free and are retried for a minute, unless n8n itself blocks the host. If the execution fails, retrying it uses the saved link instead of generating the image again. A link that still returns no image in that retry is discarded, and the next retry generates a new image. Only http:// and https:// links are downloaded.",
	rows: [
		{
			name: 'three links, the second expired',
			operations: BOTH,
			takesMinutes: true,
			parameters: { n: 3 },
			server: [
				makes((made, { publish }) =>
					links(
						...made.map((image, index) =>
							publish(`/${index}`, index === 1 ? raw('Expired', 403) : raw(image)),
						),
					),
				),
			],
			expected: {
				...INTACT,
				downloads: 2 + ATTEMPTS,
				billed: 3,
				lost: { images: 1, why: NOWHERE },
				items: [
					images(2, {
						images: [0, 2],
						warnings: [missing(`${CANNOT}{files} returned HTTP 403`, TRIED_AGAIN)],
					}),
				],
			},
		},
		gone(
			'an expired link',
			linked(() => raw('<Code>AccessDenied</Code>', 403)),
			`${CANNOT}{files} returned HTTP 403`,
			ATTEMPTS,
			{ status: 403 },
		),
		gone(
			'a link to a missing file',
			linked(() => page(404, 'Not Found')),
			`${CANNOT}{files} returned HTTP 404`,
			ATTEMPTS,
			{ status: 404 },
		),
		gone(
			'a link to an HTML page',
			linked(() => page(200, 'Sign in')),
			NOT_BEHIND_LINK,
			ATTEMPTS,
		),
		gone(
			'a link to an empty file',
			linked(() => raw('')),
			NOT_BEHIND_LINK,
			ATTEMPTS,
		),
		gone(
			'a link to an unreachable server',
			leadsTo('http://127.0.0.1:1/a.png'),
			`${CANNOT}{closed} refused the connection`,
			0,
			{ code: 'ECONNREFUSED' },
		),
		gone(
			'a link whose connection is reset',
			linked(() => (_, response) => resets(response)),
			`${CANNOT}${CLOSED}`,
			ATTEMPTS,
			{ code: 'ECONNRESET' },
		),
		gone(
			'a link to a truncated file',
			linked((image) =>
				broken(image.subarray(0, 40), closes, { 'content-length': String(image.length) }),
			),
			`${CANNOT}${CLOSED}`,
			ATTEMPTS,
			{ code: 'ECONNRESET' },
		),
		gone(
			'a redirect loop',
			redirected(302, '/moved'),
			`${CANNOT}{files} redirected too often`,
			22,
			{ code: 'ERR_FR_TOO_MANY_REDIRECTS' },
			NEXT.link,
		),
		gone(
			'a link that redirects to a local file',
			redirected(302, 'file:///etc/hosts'),
			`${CANNOT}{files} redirected to an address that can't be requested`,
			1,
			{ code: 'ERR_FR_REDIRECTION_FAILURE' },
			NEXT.link,
		),
		gone(
			'a link that returns 410',
			linked(() => page(410, 'Gone')),
			`${CANNOT}{files} returned HTTP 410`,
			1,
			{ status: 410 },
			NEXT.link,
		),
		gone(
			'a link that asks to wait for more than a minute',
			linked(() => raw('', 503, { 'retry-after': '61' })),
			`${CANNOT}{files} returned HTTP 503`,
			1,
			{ status: 503 },
			NEXT.link,
		),
		noLink('a link without a host', 'http://'),
		noLink('a link to a local file', 'file:///etc/hosts'),
		noLink('an FTP link', 'ftp://127.0.0.1/a.png'),
		noLink('a javascript: link', 'javascript:alert(1)'),
		noLink(
			'a data URL with text',
			'data:text/plain;base64,aGVsbG8=',
			NOT_AN_IMAGE,
			NEXT.notAnImage,
			'the API returned something else instead',
		),
		stopping({
			...gone(
				'a link that never responds',
				linked(() => broken('', stalls, {})),
				`${CANNOT}No data from {files} for 60 seconds`,
				2,
				{},
				`${NEXT.link}. Gave up after 2 attempts in 60 seconds`,
			),
			isSilent: true,
		}),
	],
};
