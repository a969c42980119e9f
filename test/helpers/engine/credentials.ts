import { getAdditionalKeys } from 'n8n-core';
import {
	ICredentialsHelper,
	isExpression,
	NodeHelpers,
	UnexpectedError,
	type ICredentialDataDecryptedObject,
	type ICredentials,
	type ICredentialsExpressionResolveValues,
	type ICredentialType,
	type IExecuteData,
	type IHttpRequestOptions,
	type INode,
	type INodeCredentialsDetails,
	type INodeParameters,
	type INodeProperties,
	type IRequestOptionsSimplified,
	type IWorkflowExecuteAdditionalData,
	type Workflow,
	type WorkflowExecuteMode,
} from 'n8n-workflow';

export const AI_IMAGES_API = 'aiImagesApi';

/**
 * n8n's own helper without its database: defaults, expressions and authentication follow
 * https://github.com/n8n-io/n8n/blob/master/packages/cli/src/credentials-helper.ts
 */
export class EngineCredentials extends ICredentialsHelper {
	constructor(
		private readonly types: ICredentialType[],
		private readonly data: Record<string, ICredentialDataDecryptedObject>,
	) {
		super();
	}

	override async authenticate(
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		requestOptions: IHttpRequestOptions | IRequestOptionsSimplified,
		workflow?: Workflow,
		node?: INode,
	): Promise<IHttpRequestOptions> {
		const request = requestOptions as IHttpRequestOptions;
		const type = this.typeOf(typeName);
		if (!type.authenticate) return request;
		if (typeof type.authenticate === 'function') {
			return await type.authenticate(credentials, request);
		}
		if (!workflow || !node) throw new UnexpectedError('Expressions need a workflow and a node');

		const resolve = (value: string) =>
			isExpression(value)
				? String(
						workflow.expression.getSimpleParameterValue(
							node,
							value,
							'internal',
							{ $credentials: credentials },
							undefined,
							'',
						) || '',
					)
				: value;
		request.headers ??= {};
		const target = request as unknown as Record<string, Record<string, unknown> | undefined>;
		for (const [part, entries] of Object.entries(type.authenticate.properties)) {
			for (const [key, value] of Object.entries(entries as Record<string, string>)) {
				(target[part] ??= {})[resolve(key)] = resolve(value);
			}
		}
		return request;
	}

	override async getDecrypted(
		additionalData: IWorkflowExecuteAdditionalData,
		_nodeCredentials: INodeCredentialsDetails,
		typeName: string,
		mode: WorkflowExecuteMode,
		executeData?: IExecuteData,
		raw?: boolean,
		item?: ICredentialsExpressionResolveValues,
	): Promise<ICredentialDataDecryptedObject> {
		const stored = this.data[typeName];
		if (!stored)
			throw new UnexpectedError(`The test gave no data for the credential "${typeName}"`);
		if (raw) return stored;
		const { properties } = this.typeOf(typeName);
		const withDefaults = NodeHelpers.getNodeParameters(
			properties,
			stored as INodeParameters,
			true,
			false,
			null,
			null,
		) as INodeParameters;
		if (!item) return withDefaults as ICredentialDataDecryptedObject;
		return item.workflow.expression.getParameterValue(
			withDefaults,
			item.runExecutionData,
			item.runIndex,
			item.itemIndex,
			item.node.name,
			item.connectionInputData,
			mode,
			getAdditionalKeys(additionalData, mode, null, { isCredential: true }),
			executeData,
			false,
			withDefaults,
		) as ICredentialDataDecryptedObject;
	}

	override getCredentialsProperties(typeName: string): INodeProperties[] {
		return this.typeOf(typeName).properties;
	}

	override getParentTypes(typeName: string): string[] {
		return this.typeOf(typeName).extends ?? [];
	}

	override isCredentialUsableByNode(): boolean {
		return true;
	}

	/** n8n does nothing here either, unless the type has a hidden property that expires. */
	override async preAuthentication(): Promise<undefined> {}

	override async runPreAuthentication(): Promise<undefined> {}

	override async getCredentials(): Promise<ICredentials> {
		return withoutDatabase();
	}

	override async updateCredentials(): Promise<void> {
		withoutDatabase();
	}

	override async updateCredentialsOauthTokenData(): Promise<void> {
		withoutDatabase();
	}

	private typeOf(typeName: string): ICredentialType {
		const type = this.types.find(({ name }) => name === typeName);
		if (!type) throw new UnexpectedError(`The test engine has no credential type "${typeName}"`);
		return type;
	}
}

/**
 * The credential types of one execution. AI Images API is imported only if a node uses it and the
 * test provides no type of that name.
 */
export async function loadCredentialTypes(
	workflow: { nodes: INode[] },
	additional: ICredentialType[] = [],
): Promise<ICredentialType[]> {
	const used = workflow.nodes.some(({ credentials }) => credentials?.[AI_IMAGES_API]);
	if (!used || additional.some(({ name }) => name === AI_IMAGES_API)) return additional;
	const { AiImagesApi } = await import('../../../credentials/AiImagesApi.credentials.ts');
	return [...additional, new AiImagesApi()];
}

function withoutDatabase(): never {
	throw new UnexpectedError('The test engine has no credential database');
}
