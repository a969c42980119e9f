import type { Fault } from '../../../../demo/image-service/faults';
import { DELIVERED, withheld } from '../accounts';
import { deadLink } from '../messages';
import type { JobTopic, Message, Stage } from '../stage';

/** More downloads than a run tries. */
const FOR_GOOD = 1000;

const GAVE_UP = '. Gave up after attempts';

const outlived = (name: string, ...faults: Array<Omit<Fault, 'operation'>>): Stage => ({
	name,
	faults: faults.map((fault) => ({ operation: 'download', ...fault })),
	once: DELIVERED,
	retried: DELIVERED,
});

const linkKept = (
	name: string,
	fault: Omit<Fault, 'operation'>,
	message: Message,
	retried: Stage['retried'],
): Stage => ({
	name,
	faults: [{ operation: 'download', ...fault }],
	once: withheld({ links: 1 }, message),
	retried,
});

/** Between the result and its image. */
export const DOWNLOADS: JobTopic = {
	title: 'Jobs: the image behind the link',
	about:
		'Downloads are free and are repeated for a minute. After that, the link is kept for a retry of the execution, which downloads the image without a new request.',
	stages: [
		outlived('a result link with 404, and then the image', { status: 404, times: 3 }),
		outlived('a result link with 403, and then the image', { status: 403, times: 3 }),
		outlived('a result link with 503, and then the image', { status: 503, times: 3 }),
		outlived('a result link with 429, and then the image', { status: 429, retryAfter: 1 }),
		outlived('a result link to a web page, and then the image', { body: '<h1>Wait</h1>' }),
		outlived('a download whose connection is lost', { reset: 'before-headers' }),
		outlived('a download that is cut off', { reset: 'mid-body' }),
		outlived('a download that is truncated', { truncateAt: 100 }),
		linkKept(
			'a result link with 410, and then the image',
			{ status: 410 },
			deadLink('returned HTTP 410'),
			DELIVERED,
		),
		linkKept(
			'a result link with 404 for good',
			{ status: 404, times: FOR_GOOD },
			deadLink('returned HTTP 404', GAVE_UP),
			withheld({}, deadLink('returned HTTP 404', GAVE_UP)),
		),
		linkKept(
			'a result link with 503 for good',
			{ status: 503, times: FOR_GOOD },
			deadLink('returned HTTP 503', GAVE_UP),
			withheld({ links: 1 }, deadLink('returned HTTP 503', GAVE_UP)),
		),
		linkKept(
			'a download that is cut off every time',
			{ reset: 'mid-body', times: FOR_GOOD },
			deadLink('closed the connection before the response was complete', GAVE_UP),
			withheld(
				{ links: 1 },
				deadLink('closed the connection before the response was complete', GAVE_UP),
			),
		),
	],
};
