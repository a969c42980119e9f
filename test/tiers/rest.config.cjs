const base = require('../../jest.config.js');

/**
 * What `npm test` leaves out: every `*.rest.test.ts`, and the further random cases of each property.
 * `*.long.test.ts` only belongs to `npm run test:all`.
 * @type {import('jest').Config}
 */
module.exports = {
	...base,
	rootDir: '../..',
	testMatch: ['**/*.rest.test.ts', '**/test/property/*.test.ts'],
	globals: { TIER: 'rest' },
};
