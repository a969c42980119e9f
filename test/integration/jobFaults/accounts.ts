import type { Account, Kept, Message } from './stage';

/** One job, whose image arrives. */
export const DELIVERED: Account = {
	submits: 1,
	billed: 1,
	delivered: 1,
	kept: {},
	boughtTwice: 0,
	error: null,
};

/** The first request of an item was refused and the second one brought its image. */
export const AFTER_A_REFUSAL: Account = { ...DELIVERED, submits: 2 };

/** The ticket was lost on the wire: nobody can ask for the job, and a retry requests another image. */
export const TICKET_LOST: Account = { ...AFTER_A_REFUSAL, billed: 2, boughtTwice: 1 };

/** A request that made no job. */
export const noJob = (error: Message): Account => ({
	...{ submits: 1, billed: 0, delivered: 0, kept: {}, boughtTwice: 0 },
	error,
});

/** A job that was billed and brings nothing in this run. */
export const withheld = (kept: Kept, error: Message): Account => ({
	...{ submits: 1, billed: 1, delivered: 0, kept, boughtTwice: 0 },
	error,
});

/** Its ticket waits for a retry. */
export const pending = (error: Message): Account => withheld({ tickets: 1 }, error);
