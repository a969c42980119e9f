import type { Answer } from '../../nodes/AiImages/transport/send';

interface Served {
	readonly status?: number;
	readonly headers?: Readonly<Record<string, string>>;
	/** A text, a value to send as JSON, or the pieces as they arrive. */
	readonly body?: unknown;
	/** Called before each piece. */
	readonly onPiece?: (index: number) => void;
}

/** An answer as it comes from the wire, here in pieces of 64 KiB. */
export function answerOf({ status = 200, headers = {}, body = '', onPiece }: Served): Answer {
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	const bytes = Buffer.from(text);
	return {
		status,
		header: (name) => headers[name] ?? '',
		clean: (said) => said.replaceAll('sk-secret', '***'),
		body: (async function* () {
			for (let at = 0, index = 0; at < bytes.length; at += 65_536, index++) {
				onPiece?.(index);
				yield bytes.subarray(at, at + 65_536);
			}
		})(),
	};
}
