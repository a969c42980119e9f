import { describeJobFaults } from './matrix';

describeJobFaults('rest');
