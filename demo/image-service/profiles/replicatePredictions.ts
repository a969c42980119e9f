import { jsonResponse } from '../apiResponse.ts';
import type { ApiResponse } from '../apiResponse.ts';
import type { Job } from '../jobs.ts';
import type { ProfileCall } from './profile.ts';
import { ModelError } from './replicateDrawing.ts';
import type { Input } from './replicateDrawing.ts';
import { replicateModels, versionOf } from './replicateModels.ts';
import { openApiSchema } from './replicateSchemas.ts';

/** What is known of a prediction besides its job. */
interface Prediction {
	readonly model: string;
	readonly input: Input;
	/** Its deadline is over. */
	isLate: boolean;
}

const predictions = new WeakMap<Job, Prediction>();

export function remember(job: Job, model: string, input: Input): Prediction {
	const prediction = { model, input, isLate: false };
	predictions.set(job, prediction);
	return prediction;
}

/** STATES in replicate.ts. */
function stateOf({ state, startedAt }: Job, { isLate }: Prediction): string {
	if (state === 'canceled') return isLate && startedAt === null ? 'aborted' : 'canceled';
	return { queued: 'starting', running: 'processing', done: 'succeeded', failed: 'failed' }[state];
}

export function show(call: ProfileCall, job: Job, status: number): ApiResponse {
	const prediction = predictions.get(job)!;
	const { model, input } = prediction;
	const { id, submittedAt, startedAt, endedAt, result } = job;
	const links = job.state === 'done' ? (result as string[]) : [];
	const output = replicateModels[model]!.isList ? links : links[0];
	const body = {
		id,
		model,
		version: versionOf(model),
		input,
		logs: '',
		output: links.length > 0 ? output : null,
		data_removed: false,
		error: result instanceof ModelError ? result.message : null,
		source: 'api',
		status: stateOf(job, prediction),
		created_at: timeOf(submittedAt),
		...(startedAt !== null && { started_at: timeOf(startedAt) }),
		...(endedAt !== null && {
			completed_at: timeOf(endedAt),
			metrics: {
				predict_time: (endedAt - (startedAt ?? endedAt)) / 1000,
				total_time: (endedAt - submittedAt) / 1000,
			},
		}),
		urls: {
			get: call.url(`/v1/predictions/${id}`),
			cancel: call.url(`/v1/predictions/${id}/cancel`),
		},
	};
	return jsonResponse(status, body, links.length);
}

function timeOf(milliseconds: number): string {
	return new Date(milliseconds).toISOString();
}

export function showModel(name: string): ApiResponse {
	const { isOfCommunity } = replicateModels[name]!;
	const [owner, short] = name.split('/');
	return jsonResponse(200, {
		url: `https://replicate.com/${name}`,
		...{ owner, name: short, description: 'A demo model', visibility: 'public' },
		...{ is_official: !isOfCommunity, github_url: null, paper_url: null, license_url: null },
		...{ run_count: 1, cover_image_url: null, default_example: null },
		latest_version: versionShown(name),
	});
}

export function showVersion(name: string): ApiResponse {
	return jsonResponse(200, versionShown(name));
}

function versionShown(name: string) {
	const model = replicateModels[name]!;
	const link = { type: 'string', format: 'uri' };
	const output = model.isList ? { type: 'array', items: link } : link;
	return {
		id: versionOf(name),
		created_at: '2025-11-25T00:00:00.000000Z',
		cog_version: '0.16.8',
		openapi_schema: openApiSchema(model.fields, model.required, { ...output, title: 'Output' }),
	};
}
