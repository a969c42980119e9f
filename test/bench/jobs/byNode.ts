import type { Prepared } from './context.ts';

/** The node itself. @returns how many images there are */
export async function fetchByNode({ type, context }: Prepared): Promise<number> {
	const [items = []] = (await type.execute.call(context)) ?? [];
	return items.filter(({ binary }) => binary?.data).length;
}
