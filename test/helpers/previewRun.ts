import { Socket } from 'node:net';
import type { ICredentialDataDecryptedObject, INodeParameters } from 'n8n-workflow';

import { useEngine, type NodeRun } from './engine';
import { useImageServer } from './imageServer';
import { picture } from './pictures';
import type { Preview } from './previews';
import { promptRun } from './promptRun';

/** Edits the file `my photo.jpg`, which is a PNG. */
export const EDIT = { operation: 'edit', inputImages: { image: [{ source: 'binary' }] } };

/** Previews for a Jest file, and a server that would get their requests. */
export function usePreviews() {
	const engine = useEngine();
	const server = useImageServer();
	const { api, serveImages } = server;
	const files: Record<'photo' | 'mask', Buffer> = {
		photo: Buffer.alloc(0),
		mask: Buffer.alloc(0),
	};
	let connect: jest.SpiedFunction<Socket['connect']>;
	beforeAll(async () => {
		files.photo = await picture();
		files.mask = await picture({ colour: '#00000000', alpha: true });
	});
	beforeEach(() => {
		connect = jest.spyOn(Socket.prototype, 'connect');
		api.reply(serveImages);
	});
	afterEach(() => connect.mockRestore());

	return {
		...server,
		files,
		/** How many connections the process opened in the current test, to whatever host. */
		connections: () => connect.mock.calls.length,
		/** Previews one item. */
		async previewOf(
			parameters: INodeParameters = {},
			credentials: ICredentialDataDecryptedObject = api.credentials,
		) {
			const file = (data: Buffer, fileName: string) => ({ data, mimeType: 'image/png', fileName });
			const { photo, mask } = files;
			const result = await engine.runWorkflow({
				parameters: {
					operation: 'generate',
					model: 'gpt-image-2.5-flare',
					prompt: 'cat 1',
					...parameters,
					options: { previewRequest: true, ...(parameters.options as object) },
				},
				items: [{ binary: { data: file(photo, 'my photo.jpg'), mask: file(mask, 'mask.png') } }],
				credentials,
			});
			expect(result.error).toBeUndefined();
			expect(result.outputs[0]).toHaveLength(1);
			const [item] = result.outputs[0] ?? [];
			return { result, item, json: item?.json as unknown as Preview & Record<string, unknown> };
		},
		/** One item for each prompt. */
		run: (prompts: string[], options: INodeParameters, more: Partial<NodeRun> = {}) =>
			engine.runWorkflow(promptRun(api.credentials, prompts, { options, ...more })),
	};
}
