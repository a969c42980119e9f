import { createHash } from 'node:crypto';

/** Short enough for a line, long enough for what nobody forges. */
export function hashOf(content: string | Uint8Array): string {
	return createHash('sha256').update(content).digest('hex').slice(0, 8);
}
