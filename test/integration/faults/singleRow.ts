import type { Reply } from '../../helpers/imagesApi';
import type { Responder } from './servers';
import { GENERATE, INTACT, unbilled } from './outcomes';
import { free } from './responders';
import type { Expected, FailedDetails, Operation, Row } from './row';

/** A row of one item whose requests all get the same response. */
export const singleRow = (
	name: string,
	responder: Responder,
	expected: Expected,
	operations: readonly Operation[] = GENERATE,
): Row => ({ name, operations, server: [responder], expected });

/** A row of one item whose image arrives intact. */
export const intactRow = (
	name: string,
	responder: Responder,
	operations?: readonly Operation[],
): Row => singleRow(name, responder, INTACT, operations);

/** What the node makes of an error response. */
export type ErrorTexts = [
	error: string,
	advice: string,
	details?: FailedDetails,
	operations?: readonly Operation[],
];

/** A row of one item that gets an error response, with nothing made and nothing billed. */
export const errorRow = (
	name: string,
	status: number,
	reply: Reply,
	...[error, advice, details, operations]: ErrorTexts
): Row => singleRow(name, free(reply), unbilled(error, advice, { status, ...details }), operations);
