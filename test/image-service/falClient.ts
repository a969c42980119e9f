import { setTimeout as sleep } from 'node:timers/promises';
import type { AxiosResponse } from 'axios';
import sharp from 'sharp';

import type { Client } from './helpers';

export const small = { prompt: 'A fox', image_size: { width: 64, height: 48 } };

export interface Ticket {
	request_id: string;
	response_url: string;
	status_url: string;
	cancel_url: string;
}

/** Submits requests to the profile, and follows them. */
export function falClient(service: Client) {
	/** Every state of a request, without repetitions. */
	const statesOf = async ({ status_url: url }: Ticket): Promise<string[]> => {
		const states: string[] = [];
		for (;;) {
			const { status } = (await service.http.get(url)).data as { status: string };
			if (states.at(-1) !== status) states.push(status);
			if (status === 'COMPLETED') return states;
			await sleep(5);
		}
	};
	return {
		submit: (input: object = small, endpoint = 'fal-ai/flux/dev') =>
			service.http.post(`/fal/${endpoint}`, input),
		statesOf,
		async resultOf({ data }: AxiosResponse): Promise<AxiosResponse> {
			await statesOf(data as Ticket);
			return await service.http.get((data as Ticket).response_url);
		},
		async shapeOf(url: string) {
			const file = url.startsWith('data:')
				? Buffer.from(url.split(',')[1]!, 'base64')
				: ((await service.http.get(url, { responseType: 'arraybuffer' })).data as Buffer);
			const { format, width, height } = await sharp(file).metadata();
			return [format, width, height];
		},
	};
}
