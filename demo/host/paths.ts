import path from 'node:path';

/** The project's folder. */
export const root = path.resolve(import.meta.dirname, '..', '..');

/** Where the demo's n8n is installed: see demo/setup.mjs. */
export const n8nFolder = path.join(root, 'demo', 'n8n');

/** Importable example workflows. */
export const workflowsFolder = path.join(root, 'demo', 'workflows');
