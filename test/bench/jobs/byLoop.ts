import { setTimeout as sleep } from 'node:timers/promises';
import type { IHttpRequestOptions } from 'n8n-workflow';
import type { JobTask, Prepared } from './context.ts';

/** As the node asks: milliseconds before the first two questions, their growth, and their limit. */
const PACE = { first: 500, growth: 1.5, most: 10_000 };

/** What the loop reads of a ticket, and of a status. */
interface Answer {
	polling_url: string;
	status: string;
	result: { sample: string };
}

/**
 * The floor: one loop per job, which asks through n8n's helper at the pace of the node, and leaves the
 * parsing of JSON to it. It checks nothing, and repeats nothing that fails.
 * @returns how many images there are
 */
export async function fetchByLoop(prepared: Prepared, { jobs }: JobTask): Promise<number> {
	const images = Array.from({ length: jobs }, (_, index) => fetchOne(prepared, index));
	return (await Promise.all(images)).length;
}

async function fetchOne({ context, credentials }: Prepared, index: number): Promise<unknown> {
	const { helpers } = context;
	const data = { id: '', name: '', type: 'aiImagesApi', data: credentials };
	const request = async (options: IHttpRequestOptions) =>
		(await helpers.httpRequestWithAuthentication.call(
			context,
			'aiImagesApi',
			{ json: true, ...options },
			{ credentialsDecrypted: data },
		)) as Answer;
	const prompt = context.getNodeParameter('prompt', index) as string;
	const body = { prompt, width: 1024, height: 1024 };
	const ticket = await request({ method: 'POST', url: '/flux-2-pro', body });
	let pace = PACE.first;
	for (let question = 1; ; question++) {
		if (question > 2) pace = Math.min(pace * PACE.growth, PACE.most);
		await sleep(pace);
		const { status, result } = await request({ url: ticket.polling_url });
		if (status !== 'Ready') continue;
		const file = await helpers.httpRequest({ url: result.sample, encoding: 'arraybuffer' });
		return await helpers.prepareBinaryData(Buffer.from(file as ArrayBuffer), `${index}.png`);
	}
}
