const base = require('./jest.config.cjs');

/**
 * What takes longer, or more than this project installs: other versions of n8n, and queue mode.
 * @type {import('jest').Config}
 */
module.exports = { ...base, testMatch: ['**/*.full.ts'] };
