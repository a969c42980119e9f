import path from 'node:path';

/** Folders and ports of an n8n process. */
export interface Place {
	/** Settings, database and binary data live below it. */
	userFolder: string;
	port: number;
	brokerPort: number;
	/** The only folder where workflows can read and write files. */
	filesFolder: string;
}

/** The environment for an n8n process, with as little of this machine's as possible. */
export function n8nEnvironment(place: Place): NodeJS.ProcessEnv {
	return { ...inheritedEnvironment(), ...settings(place) };
}

/**
 * The variables of this machine that n8n gets: where programs and certificates are, and how to reach
 * the network. Settings of another n8n of the user are left out.
 */
function inheritedEnvironment(): NodeJS.ProcessEnv {
	const wanted =
		/^(PATH|LANG|LC_.*|TZ|NODE_EXTRA_CA_CERTS|SSL_CERT_(FILE|DIR)|(HTTPS?|ALL|NO)_PROXY)$/i;
	const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => wanted.test(name)));
	// A proxy cannot reach the loopback address of this machine.
	const direct = [env.NO_PROXY ?? env.no_proxy, '127.0.0.1', 'localhost'].filter(Boolean).join(',');
	return { ...env, NO_PROXY: direct, no_proxy: direct };
}

/** Variables from https://docs.n8n.io/hosting/configuration/environment-variables/ */
function settings({ userFolder, port, brokerPort, filesFolder }: Place) {
	return {
		HOME: userFolder,
		// n8n leaves files in the folder for temporary ones.
		TMPDIR: path.join(userFolder, 'tmp'),
		N8N_USER_FOLDER: userFolder,
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_HOST: '127.0.0.1',
		N8N_PORT: String(port),
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		N8N_SECURE_COOKIE: 'false',
		N8N_RESTRICT_FILE_ACCESS_TO: filesFolder,
		N8N_GRACEFUL_SHUTDOWN_TIMEOUT: '5',
		N8N_LOG_LEVEL: 'warn',
		N8N_LOG_FORMAT: 'text',
		// No calls to other hosts, and no invitations in the editor.
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_DYNAMIC_BANNERS_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
		N8N_DISABLED_MODULES: 'mcp-registry',
	};
}
