import { PackageDirectoryLoader } from 'n8n-core';
import type { ICredentialType, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** The package as n8n sees it: only the files in its manifest. */
export interface LoadedPackage {
	readonly node: INodeType;
	readonly credential: ICredentialType;
	/** What the editor gets. */
	readonly description: INodeTypeDescription;
	/** The bytes of an icon, by the address that the editor gets. */
	icon(url: string): Promise<Buffer>;
}

/** Loads an unpacked package of one node and one credential as n8n does. */
export async function loadPackage(folder: string): Promise<LoadedPackage> {
	const loader = new PackageDirectoryLoader(folder);
	await loader.loadAll();
	const [description] = loader.types.nodes;
	const [credential] = loader.types.credentials;
	if (!description || !credential) throw new Error('The package has no node or no credential');
	const prefix = `icons/${loader.packageName}/`;
	return {
		description,
		node: loader.getNode(description.name).type as INodeType,
		credential: loader.getCredential(credential.name).type,
		icon: async (url) => await readFile(path.join(folder, url.replace(prefix, ''))),
	};
}
