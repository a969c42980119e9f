/** A failure whose message is the one sentence to show to the user: no stack trace is printed. */
export class DemoFailure extends Error {}
