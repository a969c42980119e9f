import { NEXT } from '../../faults/outcomes';
import { AFTER_A_REFUSAL, DELIVERED, pending, TICKET_LOST, withheld } from '../accounts';
import { QUESTIONS, SHORT } from '../late';
import { deadLink, denied, FAILED, RESET, stillBecause } from '../messages';
import type { Account, JobService, JobTopic, Message, Stage } from '../stage';

interface End {
	readonly message: Message;
	readonly billed: 0 | 1;
}

/** How the image service speaks as a service. */
interface Told {
	readonly service: JobService;
	readonly displayName: string;
	/** A question that is answered with a status. */
	readonly failure: (status: number) => string;
	/** How often it is asked within two seconds, at most. */
	readonly questions: number;
	/** How jobs end, and how many images the service bills for them. */
	readonly failed: End;
	readonly refused: End;
}

/** What can go wrong at every service, told as one of them tells it. */
const stagesOf = ({ displayName, failure, ...told }: Told): Stage[] => {
	const ended = ({ message, billed }: End): Pick<Stage, 'once' | 'retried'> => {
		const once: Account = { ...withheld({}, message), billed };
		return { once, retried: { ...once, submits: 2, billed: 2 * billed } };
	};
	const at = (name: string, stage: Omit<Stage, 'name' | 'service'>): Stage => ({
		name: `${name}, at ${displayName}`,
		service: told.service,
		...stage,
	});
	return [
		at('a job that is done', { once: DELIVERED, retried: DELIVERED }),
		at('429 to the request, then a ticket', {
			faults: [{ status: 429 }],
			once: AFTER_A_REFUSAL,
			retried: AFTER_A_REFUSAL,
		}),
		at('the connection is lost before the response with the ticket', {
			faults: [{ reset: 'before-headers' }],
			once: withheld({}, RESET),
			retried: TICKET_LOST,
		}),
		at('the response with the ticket is truncated', {
			faults: [{ truncateAt: 10 }],
			once: withheld({}, RESET),
			retried: TICKET_LOST,
		}),
		at('questions that fail in all ways in turn', {
			faults: [
				{ operation: 'poll', reset: 'before-headers' },
				{ operation: 'poll', reset: 'mid-body' },
				{ operation: 'poll', status: 503 },
				{ operation: 'poll', status: 429, retryAfter: 1 },
				{ operation: 'poll', truncateAt: 10 },
				{ operation: 'poll', body: 'garbage' },
				{ operation: 'poll', status: 404 },
			],
			once: DELIVERED,
			retried: DELIVERED,
		}),
		at('questions that fail until the timeout', {
			faults: [{ operation: 'poll', times: told.questions, status: 503 }],
			...SHORT,
			once: pending(stillBecause(failure(503), displayName)),
			retried: DELIVERED,
		}),
		at('a question that gets 401', {
			faults: [{ operation: 'poll', status: 401 }],
			once: pending(denied(401, failure(401), displayName)),
			retried: DELIVERED,
		}),
		at('a job that fails', { prompts: ['fail'], ...ended(told.failed) }),
		at('a job that is refused', { prompts: ['refuse'], ...ended(told.refused) }),
		at('a result link with 410, and then the image', {
			faults: [{ operation: 'download', status: 410 }],
			once: withheld({ links: 1 }, deadLink('returned HTTP 410')),
			retried: DELIVERED,
		}),
		at('a late item in front of one that is done', {
			prompts: ['late', 'A cat'],
			faults: [{ operation: 'poll', times: told.questions, status: 503, promptIncludes: 'late' }],
			...SHORT,
			once: {
				stops: { ...late(), kept: { tickets: 1, images: 1 } },
				goesOn: { ...late(), delivered: 1, kept: { tickets: 1, images: 1 } },
			},
			retried: { ...DELIVERED, submits: 2, billed: 2, delivered: 2 },
		}),
	];

	function late(): Account {
		const error = stillBecause(failure(503), displayName);
		return { submits: 2, billed: 2, delivered: 0, kept: {}, boughtTwice: 0, error };
	}
};

export const SERVICES: JobTopic = {
	title: 'Jobs: at other services',
	about:
		'Replicate, fal and Alibaba DashScope have their own words; what becomes of a job is the same.',
	stages: [
		...stagesOf({
			service: 'replicate',
			displayName: 'Replicate',
			failure: (status) => `The request failed with status ${status}.`,
			questions: QUESTIONS,
			failed: {
				message: { ...FAILED, error: 'failed: The model could not draw this.' },
				billed: 1,
			},
			refused: {
				message: {
					error:
						'failed: The input or output was flagged as sensitive. Please try again with different inputs. (E005)',
					advice: NEXT.content,
				},
				billed: 1,
			},
		}),
		...stagesOf({
			service: 'fal',
			displayName: 'fal',
			failure: (status) => `The request failed with status ${status}.`,
			questions: QUESTIONS,
			failed: {
				message: {
					error: 'The runner encountered an internal server error.',
					advice: NEXT.server,
				},
				billed: 0,
			},
			refused: {
				message: {
					error: 'The content was flagged by a content checker.',
					advice: NEXT.content,
				},
				billed: 1,
			},
		}),
		...stagesOf({
			service: 'dashScope',
			displayName: 'Alibaba DashScope',
			failure: (status) =>
				status === 503
					? 'Model is unavailable, please try again later.'
					: 'Invalid API-key provided.',
			questions: 1,
			failed: {
				message: {
					...FAILED,
					error:
						'FAILED: An internal error has occured during execution, please try again later or contact service support.',
				},
				billed: 0,
			},
			refused: {
				message: {
					error: 'FAILED: Input data may contain inappropriate content.',
					advice: NEXT.content,
				},
				billed: 0,
			},
		}),
	],
};
