import type { ICredentialDataDecryptedObject, INodeType } from 'n8n-workflow';

import { AI_IMAGES_TYPE } from '../../helpers/engine/nodes';
import { json, raw, type Reply } from '../../helpers/imagesApi';
import { searchList } from '../../helpers/listSearch';
import { page, resets } from '../../integration/faults/responders';
import { refusal } from '../../helpers/responses';
import { pretty, type Aspects } from '../text/aspects';
import type { World } from '../world';
import type { Case } from './types';

/** The lists that the editor asks a server for. */
export function searchCases({ methods }: INodeType): Case[] {
	return Object.keys(methods?.listSearch ?? {}).flatMap((method) =>
		Object.entries(LISTS).flatMap(([name, reply]) =>
			['', 'IMAGE', 'flux', 'nothing at all'].map((filter): Case => ({
				id: `search/${method}/${name}/${filter || 'all'}`,
				record: async (world) => await search(world, method, reply, filter),
			})),
		),
	);
}

async function search(
	{ faultServers, clock, servers, loaded }: World,
	method: string,
	reply: Reply,
	filter: string,
): Promise<Partial<Aspects>> {
	faultServers.api.reply(reply);
	const credentials: ICredentialDataDecryptedObject = faultServers.api.credentials;
	const found = searchList(method, credentials, filter, {
		nodeTypes: { [AI_IMAGES_TYPE]: loaded.node },
		credentialTypes: [loaded.credential],
	}).then(
		(list) => ({ items: pretty(list) }),
		({ name, message, description }) => ({ errors: pretty({ name, message, description }) }),
	);
	const shown = await clock.drive(found);
	return { requests: servers.takeLog().join('\n\n'), ...shown };
}

const models = (...ids: unknown[]): Reply => json({ data: ids.map((id) => ({ id })) });

const LISTS: Readonly<Record<string, Reply>> = {
	'many models': models(
		...['whisper-1', 'gpt-4o', 'gpt-image-2', 'dall-e-3', 'flux-1.1-pro', 'FLUX.1-dev', 'imagen-4'],
		...['text-embedding-3', 'openai/gpt-image-1', 'my-image-model', 'sora-2', 'gpt-image-9'],
	),
	'no models': models(),
	'models without ids': models('', null, 7, 'gpt-image-2', { a: 1 }),
	'no list': json({ models: [{ id: 'gpt-image-2' }] }),
	'a refusal': refusal(401, { message: 'Bad key sk-integration-0123456789abcdefghij' }),
	'a page': page(404, 'Not Found'),
	nothing: raw(''),
	'a cut': (_, response) => resets(response),
};
