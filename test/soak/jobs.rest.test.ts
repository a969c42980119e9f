import { describeJobSoak } from './jobSoak';

describeJobSoak({ rounds: 2, items: 30 });
