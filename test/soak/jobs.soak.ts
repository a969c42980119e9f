import { describeJobSoak } from './jobSoak';

describeJobSoak({ rounds: 40, items: 25, warmUp: 20 });
