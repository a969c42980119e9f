import { drawMask } from '../mask.ts';
import type { Row } from '../rows.ts';
import { WARM_UP } from '../service.ts';
import type { BenchService } from '../service.ts';

/** The input image of an edit. */
export async function inputOf(service: BenchService, row: Row): Promise<Buffer> {
	if (row.maskEdge) return await drawMask(row.maskEdge);
	return await service.imageOf(row.inputBytes ?? WARM_UP.bytes);
}

/** A small one of the same kind. */
export async function warmUpInputOf(service: BenchService, row: Row): Promise<Buffer> {
	if (row.maskEdge) return await drawMask(256);
	return await service.imageOf(WARM_UP.bytes);
}
