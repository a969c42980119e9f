import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { randomFor } from '../random';
import { itemsFor, knownModels, type Material } from './choice';
import { runCase } from './run';
import { refuses } from '../../integration/faults/responders';
import type { Case } from './types';

/** Credentials of every form, whole and broken. */
export function credentialCases(material: Material): Case[] {
	const choices = knownModels(material);
	return Object.entries(CREDENTIALS).flatMap(([name, credentials]) =>
		[0, 1].map((number) => {
			const id = `credential/${name}/${number + 1}`;
			const choice = randomFor(id).pick(choices);
			const quotes = refuses(401, { message: `Bad key ${String(credentials.apiKey ?? KEY)}` });
			return runCase(id, {
				parameters: choice.set,
				items: itemsFor(choice, material),
				credentials,
				...(number === 1 ? { server: [quotes], serverName: 'quotes the key' } : {}),
				onError: number === 1 ? 'continueErrorOutput' : 'stopWorkflow',
			});
		}),
	);
}

const KEY = 'sk-integration-0123456789abcdefghij';

const at = (baseUrl: string, more: ICredentialDataDecryptedObject = {}) => ({ baseUrl, ...more });

const CREDENTIALS: Readonly<Record<string, ICredentialDataDecryptedObject>> = {
	'bare host': at('http://{api}'),
	slash: at('http://{api}/'),
	version: at('http://{api}/v1'),
	'version and slash': at('http://{api}/v1/'),
	'other version': at('http://{api}/v1beta/openai/'),
	path: at('http://{api}/some/path'),
	endpoint: at('http://{api}/v1/images/generations'),
	'endpoint of edits': at('http://{api}/openai/v1/images/edits/'),
	'list of models': at('http://{api}/v1/models'),
	query: at('http://{api}/v1?api-version=2026-01-01&code=secret-of-the-query'),
	spaces: at('  http://{api}/v1  '),
	capitals: at('HTTP://{api}/V1'),
	'no scheme': at('{api}/v1'),
	file: at('file:///etc'),
	user: at('http://user:password-0123@{api}/v1'),
	words: at('my server'),
	https: at('https://{api}/v1'),
	'unknown host': at('http://images.example/v1'),
	nobody: at('http://{closed}/v1'),
	bearer: { authentication: 'bearer', apiKey: ' sk-spaced-0123456789 ' },
	header: { authentication: 'header' },
	'header of its own': { authentication: 'header', headerName: 'X-Key', apiKey: 'abcdefgh' },
	'no header name': { authentication: 'header', headerName: '' },
	'bad header name': { authentication: 'header', headerName: 'X Key' },
	none: { authentication: 'none', apiKey: '' },
	'no key': { apiKey: '' },
	'short key': { apiKey: 'abc' },
	'key that no header takes': { apiKey: 'sk-\nzwei-zeilen' },
	'key with other letters': { apiKey: 'sk-ключ-0123456789' },
	'organization and project': { organization: 'org-1', project: 'proj_2' },
	'extra headers': { extraHeaders: '{"X-Title": "n8n", "X-Number": 7, "X-Yes": true}' },
	'extra headers over others': { extraHeaders: '{"Authorization": "Basic abcdefghijkl"}' },
	'extra header of two lines': { extraHeaders: '{"X-Title": "one\\ntwo"}' },
	'extra headers of texts in texts': { extraHeaders: '{"X-Deep": {"a": 1}}' },
	'extra headers that are none': { extraHeaders: 'X-Title: n8n' },
	'extra headers as a list': { extraHeaders: '["X-Title"]' },
	'no extra headers': { extraHeaders: '' },
	'unknown authentication': { authentication: 'magic' },
	'key by item': { apiKey: '={{ "sk-of-" + $json.prompt.length + "-0123456789" }}' },
};
