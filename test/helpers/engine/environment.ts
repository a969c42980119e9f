/** Sets environment variables and returns what puts the former values back. */
export function setEnvironment(variables: Record<string, string>): () => void {
	const former = Object.keys(variables).map((name) => [name, process.env[name]] as const);
	Object.assign(process.env, variables);
	return () => {
		for (const [name, value] of former) {
			if (value === undefined) delete process.env[name];
			else process.env[name] = value;
		}
	};
}
