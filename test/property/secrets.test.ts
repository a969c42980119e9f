import fc from 'fast-check';
import { everyCase } from './cases';
import { names } from './texts';
import { accessFor } from '../../nodes/AiImages/services/access';

const keys = fc.stringMatching(/^[ -~]{8,40}$/).filter((key) => key.trim().length >= 8);

describe('a secret', () => {
	it('is removed from a text of the server', () => {
		everyCase(
			fc.property(keys, names, names, fc.boolean(), (apiKey, before, after, isJson) => {
				const { redact, redactError } = accessFor({ apiKey }).redactor;
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
				expect(accessFor({ apiKey }).redactor.redact(`x=${spelling}`)).toBe('x=***');
			}),
		);
	});
});
