'use strict';

const { between } = require('./table');

module.exports = { renderCredentials };

/**
 * Replaces the sections about the services between the marks in `docs/credentials.md`.
 *
 * @param {string} page
 * @param {Record<string, object>} services the table of `nodes/AiImages/services`
 */
function renderCredentials(page, services) {
	const sections = Object.values(services).map((service) =>
		[`### ${service.displayName}`, '', ...factsOf(service).map((fact) => `- ${fact}`)].join('\n'),
	);
	return between(page, 'services', sections.join('\n\n'));
}

function factsOf(service) {
	const { keyPage, accountHeaders, apiVersion } = service;
	return [
		keyPage
			? `**API Key**: get it at <${keyPage}>. ${headerOf(service)}`
			: '**API Key**: the one of your server. Leave it empty if the server needs none. _Authentication_ sets how it is sent.',
		`**Base URL**: ${addressOf(service)}`,
		apiVersion
			? '**API Version**: empty for the v1 API. With a dated version, such as `2025-04-01-preview`, the deployment becomes a part of the path.'
			: '',
		apiVersion
			? '**Deployments**: the names of your deployments by model, where they differ, e.g. `{"gpt-image-2": "my-deployment"}`. Workflows then need no change.'
			: '',
		accountHeaders
			? '**Organization ID**, **Project ID**: only if your key has access to several.'
			: '',
		`**Test** sends \`GET ${testOf(service)}\`, which is free.`,
	].filter(Boolean);
}

function headerOf({ auth: { header, prefix = '', bearer } }) {
	const sent = `The node sends it as \`${header}: ${prefix}<key>\`.`;
	return bearer
		? `${sent} A token of Microsoft Entra ID is sent as \`Authorization: Bearer <token>\`.`
		: sent;
}

function addressOf({ baseUrl, apiVersion, basePaths = {}, hasRegionalKeys }) {
	if (apiVersion)
		return 'the endpoint of your resource, such as `https://my-resource.openai.azure.com`.';
	if (baseUrl === null) return 'the address of your server, such as `http://localhost:4000/v1`.';
	const hosts = Object.keys(basePaths).map((host) => `\`https://${host}\``);
	const others =
		hosts.length === 0
			? ''
			: hasRegionalKeys
				? ` A key works in one region only. For a key of another region, enter ${hosts.join(' or ')}.`
				: ` For other hosts of the service, enter ${hosts.join(' or ')}.`;
	return `empty for \`${baseUrl}\`.${others}`;
}

function testOf({ baseUrl, apiVersion, modelList: { path, test } }) {
	const own = test ?? path;
	// A path can lead out of the base URL.
	if (baseUrl) return new URL(`${baseUrl}${own}`).href;
	return `<Base URL>${apiVersion?.base.undated ?? ''}${own}`;
}
