const os = require('node:os');
const path = require('node:path');

/** Other versions of n8n that the node is tried in: the last of 1.x, and an early one of 2.x. */
exports.VERSIONS = ['1.123.81', '2.20.12'];

/**
 * Where a version is kept between runs.
 * @param {string} version
 */
exports.folderOf = (version) => {
	const cache = process.env.XDG_CACHE_HOME ?? path.join(os.homedir(), '.cache');
	return path.join(cache, 'n8n-nodes-ai-images', `n8n-${version}`);
};
