import type { JobTopic } from '../stage';
import { DOWNLOADS } from './downloads';
import { ENDS } from './ends';
import { NEIGHBORS } from './neighbors';
import { POLLS } from './polls';
import { SERVICES } from './services';
import { SUBMITS } from './submits';

export const JOB_TOPICS: readonly JobTopic[] = [
	SUBMITS,
	POLLS,
	ENDS,
	DOWNLOADS,
	NEIGHBORS,
	SERVICES,
];
