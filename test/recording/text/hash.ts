import { createHash } from 'node:crypto';

/** Short enough for a line, and long enough to avoid accidental collisions. */
export function hashOf(content: string | Uint8Array): string {
	return createHash('sha256').update(content).digest('hex').slice(0, 8);
}
