import { raw } from '../../../helpers/imagesApi';
import { broken, closes, makes, page, resets, stalls } from '../answers';
import type { Answer } from '../bench';
import { linked, links, redirected } from '../linkAnswers';
import { BOTH, GENERATE, images, INTACT, lost, missing, NEXT } from '../outcomes';
import type { FailedDetails, LossReason, Row, Topic } from '../row';

const NOWHERE: LossReason = 'the link to the image led nowhere';
const CANNOT = 'The image was made, but its link cannot be downloaded: ';
const NO_ADDRESS = 'The image was made, but the server’s link to it is no address of the web';
const NOT_AN_IMAGE = 'The server reported success, but what it sent is no image';
const CLOSED = '{files} closed the connection before the answer was complete';

/** The image was made, and the link to it is of no use. */
/** To download costs nothing. */
const TRIED_AGAIN = `${NEXT.link}. It was tried 4 times within 0 seconds`;

const gone = (
	name: string,
	answer: Answer,
	error: string,
	downloads: number,
	details: FailedDetails = {},
	next: string = NEXT.link,
	why: LossReason = NOWHERE,
): Row => ({
	name,
	operations: GENERATE,
	server: [answer],
	expected: { ...lost(why, error, next, { status: 200, ...details }), downloads },
});

const leadsTo = (url: string): Answer => makes(() => links(url));

/** Links that cannot be followed to an image. */
export const LOST_LINKS: Topic = {
	title: 'Links that lead to no image',
	about:
		'The image was made and is billed, but its link is of no use. Only addresses that begin with http:// or https:// are followed.',
	rows: [
		{
			name: 'three links, of which the second has expired',
			operations: BOTH,
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
				downloads: 3,
				billed: 3,
				lost: { images: 1, why: NOWHERE },
				items: [
					images(2, {
						images: [0, 2],
						warnings: [missing(`${CANNOT}{files} answers with status 403`, NEXT.link)],
					}),
				],
			},
		},
		gone(
			'a link that has expired',
			linked(() => raw('<Code>AccessDenied</Code>', 403)),
			`${CANNOT}{files} answers with status 403`,
			1,
			{ status: 403 },
		),
		gone(
			'a link to a file that is not there',
			linked(() => page(404, 'Not Found')),
			`${CANNOT}{files} answers with status 404`,
			1,
			{ status: 404 },
		),
		gone(
			'a link to a web page',
			linked(() => page(200, 'Sign in')),
			NOT_AN_IMAGE,
			1,
			{},
			NEXT.notAnImage,
		),
		gone(
			'a link to an empty file',
			linked(() => raw('')),
			NOT_AN_IMAGE,
			1,
			{},
			NEXT.notAnImage,
		),
		gone(
			'a link to a server that is not there',
			leadsTo('http://127.0.0.1:1/a.png'),
			`${CANNOT}{closed} refused the connection`,
			0,
			{ code: 'ECONNREFUSED' },
			TRIED_AGAIN,
		),
		gone(
			'a link whose connection is reset',
			linked(() => (_, response) => resets(response)),
			`${CANNOT}${CLOSED}`,
			4,
			{ code: 'ECONNRESET' },
			TRIED_AGAIN,
		),
		gone(
			'a link whose file breaks off',
			linked((image) =>
				broken(image.subarray(0, 40), closes, { 'content-length': String(image.length) }),
			),
			`${CANNOT}${CLOSED}`,
			4,
			{ code: 'ECONNRESET' },
			TRIED_AGAIN,
		),
		gone(
			'a link that moves in a circle',
			redirected(302, '/moved'),
			`${CANNOT}The connection to {files} failed: Maximum number of redirects exceeded`,
			22,
			{ code: 'ERR_FR_TOO_MANY_REDIRECTS' },
		),
		gone(
			'a link that moves to a file of this machine',
			redirected(302, 'file:///etc/hosts'),
			`${CANNOT}The connection to {files} failed: Redirected request failed: Unsupported protocol file:`,
			1,
			{ code: 'ERR_FR_REDIRECTION_FAILURE' },
		),
		gone('a link that is empty of a host', leadsTo('http://'), NO_ADDRESS, 0, {}, NEXT.operator),
		gone(
			'a link to a file of this machine',
			leadsTo('file:///etc/hosts'),
			NO_ADDRESS,
			0,
			{},
			NEXT.operator,
		),
		gone(
			'a link to a file server',
			leadsTo('ftp://127.0.0.1/a.png'),
			NO_ADDRESS,
			0,
			{},
			NEXT.operator,
		),
		gone(
			'a link that is a script',
			leadsTo('javascript:alert(1)'),
			NO_ADDRESS,
			0,
			{},
			NEXT.operator,
		),
		gone(
			'a data URL of a text',
			leadsTo('data:text/plain;base64,aGVsbG8='),
			NOT_AN_IMAGE,
			0,
			{},
			NEXT.notAnImage,
			'the server sent something else in its place',
		),
		{
			name: 'a link that never answers',
			operations: GENERATE,
			options: { timeout: 1 },
			server: [linked(() => broken('', stalls, {}))],
			expected: {
				...lost(
					'the image was not there in time',
					`${CANNOT}{files} did not finish its answer within 1 second`,
					NEXT.link,
					{ status: 200 },
				),
				downloads: 1,
			},
		},
	],
};
