import fc from 'fast-check';
import { redactorFor } from '../../nodes/AiImages/transport/secrets';
import { everyCase } from './cases';
import { names } from './texts';

const keys = fc.stringMatching(/^[ -~]{8,40}$/).filter((key) => key.trim().length >= 8);

describe('a secret', () => {
	it('is not repeated by a text of the server', () => {
		everyCase(
			fc.property(keys, names, names, fc.boolean(), (apiKey, before, after, isJson) => {
				const { redact, redactError } = redactorFor({ apiKey });
				const quoted = isJson ? JSON.stringify({ key: apiKey.trim() }) : apiKey;
				const text = `${before}${quoted}${after}`;
				expect(redact(text)).not.toContain(apiKey.trim());
				expect(redactError(text)).not.toContain(apiKey.trim());
			}),
		);
	});

	it('is not repeated as an address spells it, wholly or in part', () => {
		everyCase(
			fc.property(keys, fc.infiniteStream(fc.boolean()), (apiKey, encoded) => {
				const key = apiKey.trim();
				const spelling = [...key]
					.map((each) =>
						encoded.next().value || each === '%'
							? `%${each.charCodeAt(0).toString(16).padStart(2, '0')}`
							: each,
					)
					.join('');
				expect(redactorFor({ apiKey }).redact(`x=${spelling}`)).toBe('x=***');
			}),
		);
	});
});
