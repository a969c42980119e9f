import type { IExecuteFunctions } from 'n8n-workflow';
import { ApiError, asApiError, ValidationError } from '../errors';
import type { DialectOf } from '../request/read';
import type { ServiceAccess } from '../services/access';
import { dialectFor } from '../services/dialect';
import { dialectBySchema } from '../services/modelSchema';
import type { ModelSchema } from '../services/schemaKeys';
import { parameterPaths } from '../services/spelling';
import type { Service } from '../services/types';
import { pause } from '../transport/pause';
import { Retries } from '../transport/retry';
import { send } from '../transport/send';
import { formatValue } from '../values/format';
import { readFree } from './freeRequest';

/** How a model is asked for. */
interface Question {
	readonly access: ServiceAccess;
	readonly service: Service;
	readonly schema: ModelSchema;
	readonly model: string;
	/** Milliseconds. */
	readonly timeout: number;
	readonly maxRetryWait: number;
}

/** Bytes of a description. Those of models with dozens of inputs have a few hundred thousand. */
const MAX_DESCRIPTION_BYTES = 4_000_000;

/**
 * How services are spoken to about models whose inputs the node does not know. A service that
 * publishes them is asked once for each model of a run.
 */
export class PublishedDialects {
	private readonly known = new Map<string, Promise<Service>>();

	constructor(private readonly context: IExecuteFunctions) {}

	by(access: ServiceAccess): DialectOf {
		return async (service, model, { timeout, maxRetryWait }) => {
			const dialect = dialectFor(service, model);
			const { schema } = dialect;
			if (!schema) return dialect;
			const key = `${access.baseURL} ${model}`;
			const question = { access, service: dialect, schema, model, timeout, maxRetryWait };
			const asked = this.known.get(key) ?? ask(this.context, question);
			this.known.set(key, asked);
			return await asked;
		};
	}
}

/** @throws ApiError, ValidationError if the model cannot be used, ExecutionCanceledError */
async function ask(context: IExecuteFunctions, question: Question): Promise<Service> {
	const { service, schema, model, maxRetryWait: maxWait } = question;
	const retries = new Retries({ maxWait, serverErrors: false }, Math.random);
	let described: { readonly description: unknown } | undefined;
	while (!described) {
		described = await askOnce(context, question).catch(async (error: unknown) => {
			const delay = retries.nextDelay(asApiError(error));
			await pause(delay, context.getExecutionCancelSignal());
			return undefined;
		});
	}
	const dialect = dialectBySchema(service, schema, described.description);
	const problem = dialect
		? 'takes no prompt. Use a model that makes images from a prompt'
		: "doesn't say what it takes. Use another model";
	if (dialect && parameterPaths(dialect, 'generate', 'prompt').length > 0) return dialect;
	throw new ValidationError([`${model} at ${service.sentenceName} ${problem}`]);
}

async function askOnce(
	context: IExecuteFunctions,
	{ access, service, schema, model, timeout }: Question,
): Promise<{ readonly description: unknown }> {
	const request = { method: 'GET', path: schema.path(model), access, timeout } as const;
	const sent = send(context, request);
	const description = await readFree(sent, service, MAX_DESCRIPTION_BYTES).catch(
		(error: unknown) => {
			const failure = asApiError(error);
			const { details } = failure;
			if (details.status !== 404) throw failure;
			throw new ApiError(
				`${service.displayName} has no model ${formatValue(model)}`,
				`Enter the model ID as ${schema.idFormat}. No image was requested`,
				details,
				{ isFinal: true },
			);
		},
	);
	return { description };
}
