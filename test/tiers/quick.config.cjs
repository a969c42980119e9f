const base = require('../../jest.config.js');

/**
 * What `npm test` runs: every `*.test.ts` but those that are named `*.rest.test.ts` or
 * `*.long.test.ts`, and the first random cases of each property.
 * @type {import('jest').Config}
 */
module.exports = {
	...base,
	rootDir: '../..',
	testPathIgnorePatterns: ['/node_modules/', '\\.(?:rest|long)\\.test\\.ts$'],
	globals: { TIER: 'quick' },
};
