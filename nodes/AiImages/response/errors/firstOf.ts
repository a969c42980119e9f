/** The first defined result. Stops at the first element that has one. */
export function firstOf<Element, Result>(
	list: readonly Element[],
	find: (element: Element) => Result | undefined,
): Result | undefined {
	for (const element of list) {
		const result = find(element);
		if (result !== undefined) return result;
	}
	return undefined;
}
