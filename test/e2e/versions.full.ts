import { useApi } from './helpers/api';
import { useN8n } from './helpers/n8n';
import { itGeneratesStopsAndRetries } from './helpers/proofs';
import { folderOf, VERSIONS } from './versions/list.cjs';

const api = useApi();

describe.each(VERSIONS)('n8n %s', (version) => {
	const environment = {
		// A module that they do not know keeps them from starting.
		N8N_DISABLED_MODULES: 'insights',
		// n8n 1 keeps files in memory otherwise.
		N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem',
		N8N_AVAILABLE_BINARY_DATA_MODES: 'filesystem',
	};
	itGeneratesStopsAndRetries(useN8n({ installation: folderOf(version), environment }), api);
});
