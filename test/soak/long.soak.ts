import { describeSoak } from './soak';

describeSoak({ rounds: 40, items: 50, warmUp: 10 });
