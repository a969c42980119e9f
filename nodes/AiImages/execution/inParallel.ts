/**
 * Works on several items at a time and keeps their order.
 *
 * @param limit how many items at a time
 * @param work rejects to stop: no further item is started, those in progress are awaited, and then
 *   the error of the first item that failed is thrown
 */
export async function inParallel<Result>(
	count: number,
	limit: number,
	work: (index: number) => Promise<Result>,
): Promise<Result[]> {
	const results: Result[] = [];
	const failures: Array<{ index: number; error: unknown }> = [];
	let next = 0;
	const worker = async () => {
		while (next < count && failures.length === 0) {
			const index = next++;
			try {
				results[index] = await work(index);
			} catch (error) {
				failures.push({ index, error });
			}
		}
	};
	await Promise.all(Array.from({ length: Math.min(limit, count) }, worker));
	const first = failures.sort((a, b) => a.index - b.index)[0];
	if (first) throw first.error;
	return results;
}
