import { describeMatrix } from './matrix';

describeMatrix('rest');
