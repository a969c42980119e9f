/**
 * Jest runs each test file in a realm of its own, where the errors that Node itself makes (a lost
 * socket, a missing file, an `AbortSignal`'s reason) are no `instanceof Error`, as they are in n8n.
 * Importing this file makes them so again.
 */
const ordinaryHasInstance = Function.prototype[Symbol.hasInstance];
const nodeError = Object.getPrototypeOf(DOMException.prototype).constructor;

Object.defineProperty(Error, Symbol.hasInstance, {
	configurable: true,
	value(this: unknown, candidate: unknown): boolean {
		return (
			ordinaryHasInstance.call(this, candidate) ||
			(this === Error && ordinaryHasInstance.call(nodeError, candidate))
		);
	},
});

export {};
