const { default: Sequencer } = require('@jest/test-sequencer');

/**
 * Without the times of an earlier run, as in a fresh clone, Jest begins with the largest files. Those
 * that take longest are small, as their rows stand elsewhere. Begun last, they would run on when all
 * others are done.
 */
module.exports = class extends Sequencer {
	sort(tests) {
		const [long, others] = [true, false].map((wanted) =>
			tests.filter(({ path }) => LONG.test(path) === wanted),
		);
		return [...long, ...super.sort(others)];
	}
};

const LONG = /[\\/](?:faults(?:\.rest)?|jobFaults|witnesses)\.test\.ts$/;
