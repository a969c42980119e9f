import { CredentialTestContext } from 'n8n-core';
import {
	NodeHelpers,
	type ICredentialDataDecryptedObject,
	type INodeCredentialTestResult,
	type INodeParameters,
	type IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';

import { AiImagesApi } from '../../credentials/AiImagesApi.credentials.ts';
import { AiImages } from '../../nodes/AiImages/AiImages.node.ts';
import { AI_IMAGES_API } from './engine/credentials';

/**
 * Presses the *Test* button of a credential, in n8n's own context and over its own request helper:
 * https://github.com/n8n-io/n8n/blob/master/packages/cli/src/services/credentials-tester.service.ts
 * An engine must be running.
 */
export async function pressTest(
	filled: ICredentialDataDecryptedObject,
): Promise<INodeCredentialTestResult> {
	const { properties, ...type } = new AiImagesApi();
	// n8n would prefer a declarative test.
	expect(type).not.toHaveProperty('test');
	const data = NodeHelpers.getNodeParameters(
		properties,
		filled as INodeParameters,
		true,
		false,
		null,
		null,
	) as ICredentialDataDecryptedObject;
	const { description, methods } = new AiImages();
	const entry = description.credentials?.find(({ name }) => name === AI_IMAGES_API);
	const test = methods.credentialTest[entry?.testedBy as keyof typeof methods.credentialTest];
	const context = new CredentialTestContext({} as IWorkflowExecuteAdditionalData);
	return await test.call(context, { id: '1', name: 'Test', type: AI_IMAGES_API, data });
}
