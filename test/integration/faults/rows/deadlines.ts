import { setTimeout as sleep } from 'node:timers/promises';

import { json, type Reply } from '../../../helpers/imagesApi';
import { broken, delivers, JSON_TYPE, jsonOf, makes, makesBut, stalls } from '../responders';
import type { Responder } from '../servers';
import { BOTH, FACTS, failed, GENERATE, images, lost, NEXT } from '../outcomes';
import type { LossReason, Row, Topic } from '../row';
import { singleRow } from '../singleRow';

const LATE: LossReason = "the image didn't arrive in time";
const UNFINISHED = 'No complete response from {api} within 1 second';
const SLOW = `${NEXT.billed}. ${NEXT.slow}`;

const tooLate = (name: string, responder: Responder, operations = GENERATE, facts = {}): Row => ({
	...singleRow(name, responder, lost(LATE, UNFINISHED, SLOW, facts), operations),
	options: { timeout: 1 },
});

/** Sends a piece of base64 again and again, so that no time of silence ever passes. */
const drips: Reply = async (_, response) => {
	response.writeHead(200, JSON_TYPE).write('{"data":[{"b64_json":"');
	while (!response.destroyed) {
		response.write('AAAA');
		await sleep(30);
	}
};

/** Presses the stop button while the server is at work. */
const stopped: Responder = async (call) => {
	await call.draw();
	void sleep(20).then(call.stop);
	return stalls;
};

/** Responses that the node, or the user, does not wait for. */
export const DEADLINES: Topic = {
	title: 'Timeouts and cancellation',
	about:
		'**Timeout** in Options limits the time until the last byte of a response. The stop button and the workflow timeout end every request, download and retry delay immediately.',
	rows: [
		{
			name: 'one of five responses that arrives too late',
			operations: GENERATE,
			prompts: ['a', 'b', 'late', 'd', 'e'],
			options: { timeout: 2 },
			server: {
				byPrompt: { late: [makesBut(stalls)] },
				otherwise: [delivers],
			},
			expected: {
				ends: { continueRegularOutput: 'success', continueErrorOutput: 'success' },
				...{ calls: 5, downloads: 0, billed: 5, kept: 0, lost: { images: 1, why: LATE } },
				items: [
					...[images(1), images(1)],
					failed('No complete response from {api} within 2 seconds', SLOW, {}),
					...[images(1), images(1)],
				],
			},
		},
		tooLate('a response that never starts', makesBut(stalls), BOTH),
		tooLate(
			'a response that stalls after its headers',
			makesBut(broken('', stalls)),
			GENERATE,
			FACTS,
		),
		tooLate(
			'a response that stalls in the middle of the image',
			makes((made) => broken(jsonOf(made).slice(0, 100), stalls)),
			BOTH,
			FACTS,
		),
		tooLate('a response that arrives too slowly to finish', makesBut(drips), GENERATE, {
			status: 200,
		}),
		tooLate(
			'an error response that stalls',
			makesBut((_, response) => void response.writeHead(500, JSON_TYPE).write('{"error":')),
		),
		{
			name: 'canceled while the API is generating',
			operations: BOTH,
			server: [stopped],
			expected: {
				ends: { stopWorkflow: 'canceled', continueRegularOutput: 'canceled' },
				...{ calls: 1, downloads: 0, billed: 1, kept: 0 },
				lost: { images: 1, why: 'the execution was stopped' },
				items: ['canceled'],
			},
		},
		{
			name: 'canceled during a download',
			operations: GENERATE,
			server: [
				makes((_, call) => {
					const download: Reply = () => void sleep(20).then(call.stop);
					return json({ data: [{ url: call.publish('/a.png', download) }] });
				}),
			],
			expected: {
				ends: { stopWorkflow: 'canceled', continueRegularOutput: 'canceled' },
				...{ calls: 1, downloads: 1, billed: 1, kept: 0 },
				lost: { images: 1, why: 'the execution was stopped' },
				items: ['canceled'],
			},
		},
		{
			name: 'canceled during a retry delay',
			operations: GENERATE,
			server: [
				(call) => {
					void sleep(50).then(call.stop);
					return json({ error: { message: 'Please try again in 60s.' } }, 429);
				},
			],
			expected: {
				ends: { stopWorkflow: 'canceled', continueRegularOutput: 'canceled' },
				...{ calls: 1, downloads: 0, billed: 0, kept: 0, lost: { images: 0, why: null } },
				items: ['canceled'],
			},
		},
	],
};
