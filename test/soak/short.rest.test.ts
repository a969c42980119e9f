import { describeSoak } from './soak';

describeSoak({ rounds: 3, items: 50 });
