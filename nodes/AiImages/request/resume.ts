import { ValidationError, type JobRecord } from '../errors';
import type { Settings } from '../options/table';
import type { JobKeys } from '../services/jobKeys';
import { formatValue } from '../values/format';
import { asText, isRecord } from '../values/json';
import type { RawRequest, ValidRequest } from './types';

/** Whether an item fetches a job in place of new images. */
export function isResumed({ resumeJob }: Settings): boolean {
	return Object.keys(resumeJob).length > 0;
}

/**
 * The request of an item that fetches a job. Nothing but the job is sent; the prompt stays for the
 * item and its file names.
 *
 * @throws ValidationError if it is no job of this service
 */
export function resume(raw: RawRequest): ValidRequest {
	const { settings, values, service, operation } = raw;
	const job = recordOf(settings.resumeJob);
	const problems = [
		...raw.problems,
		...(job ? [] : [INCOMPLETE]),
		...(job && job.service !== service.displayName ? [otherService(job, service)] : []),
		...(job && lacksResult(job, raw) ? [WITHOUT_RESULT] : []),
		...(service.endpoints[operation].job ? [] : [`${NO_JOBS} ${service.displayName}`]),
	];
	if (!job || problems.length > 0) throw new ValidationError(problems);
	return {
		...raw,
		values: values.prompt === undefined ? {} : { prompt: String(values.prompt) },
		atDefault: [],
		ignored: [],
		unsupported: [],
		resumedJob: job,
	};
}

const INCOMPLETE =
	"'Resume Job' needs service, id and url. Use 'details.job' of an error item as it is";

const WITHOUT_RESULT =
	"'Resume Job' needs resultUrl, the address of the result, too. Use 'details.job' of an error item as it is";

/** Whether the job names no address of its result, although it has one of its own. */
function lacksResult(job: JobRecord, { service, operation }: RawRequest): boolean {
	const keys: JobKeys | undefined = service.endpoints[operation].job;
	const isOwn = job.service === service.displayName;
	return isOwn && keys?.resultUrl !== undefined && job.resultUrl === undefined;
}

const NO_JOBS = "'Resume Job': this model doesn't answer with jobs at";

function otherService({ service: own }: JobRecord, { displayName }: RawRequest['service']): string {
	return `'Resume Job' is a job at ${formatValue(own)}, but the credential is for ${displayName}. Use a credential for the same service`;
}

function recordOf({
	service,
	id,
	url,
	resultUrl,
	usage,
}: Settings['resumeJob']): JobRecord | undefined {
	const [own, jobId, address, result] = [service, id, url, resultUrl].map(asText);
	if (!own || !jobId || !address) return undefined;
	return {
		service: own,
		id: jobId,
		url: address,
		...(result ? { resultUrl: result } : {}),
		...(isRecord(usage) ? { usage } : {}),
	};
}
