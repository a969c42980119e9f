import type { INodeParameters } from 'n8n-workflow';

import type { RecordedPart, RecordedRequest } from '../../demo/image-service/recorder.ts';
import { pressTest } from './credentialTest';
import type { Engine } from './engine';

/** A service that takes forms, at the image service. */
export interface FormService {
	/** The value of *Service* in the credential. */
	readonly name: string;
	readonly url: string;
	readonly apiKey: string;
}

const credentialsOf = ({ name, url, apiKey }: FormService) => ({
	service: name,
	apiKey,
	[`${name}BaseUrl`]: url,
});

/** @param files by their binary fields; one in `mask` is the mask */
export async function runAt(
	engine: Engine,
	service: FormService,
	parameters: INodeParameters,
	files: Readonly<Record<string, Buffer>>,
) {
	const binary = Object.entries(files).map(([field, data]) => {
		return [field, { data, mimeType: 'image/png', fileName: `${field}.png` }] as const;
	});
	const { options, ...others } = parameters;
	const mask = files.mask ? { mask: { image: { source: 'binary', binaryField: 'mask' } } } : {};
	const result = await engine.runWorkflow({
		parameters: {
			prompt: 'A lighthouse',
			...others,
			options: { ...(options as INodeParameters), ...mask },
		},
		items: [{ binary: Object.fromEntries(binary) }],
		credentials: credentialsOf(service),
	});
	return { ...result, items: result.outputs[0] ?? [] };
}

/** Presses the *Test* button of its credential. */
export async function testKey(service: FormService) {
	return await pressTest(credentialsOf(service));
}

/** The texts of a form by their names, and the names of its files. */
export function formIn({ path, fields }: RecordedRequest) {
	const parts = fields as readonly RecordedPart[];
	const texts = parts.flatMap(({ name, value }) =>
		value === undefined ? [] : [[name, value] as const],
	);
	const files = parts.flatMap(({ name, value }) => (value === undefined ? name : []));
	return { path, texts: Object.fromEntries(texts), files };
}
