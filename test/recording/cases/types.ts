import type { Aspects } from '../text/aspects';
import type { BinaryMode, World } from '../world';

/** Something that is recorded. */
export interface Case {
	/** Group, and what is done, with slashes between. */
	readonly id: string;
	/** Default `filesystem`. */
	readonly binaryMode?: BinaryMode;
	/** What it shows; what it leaves out is empty. */
	record(world: World): Promise<Partial<Aspects>>;
}
