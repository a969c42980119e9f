import fc from 'fast-check';
import { parseRetryAfter } from '../../nodes/AiImages/transport/retryAfter';
import { everyCase, FURTHER_CASES } from './cases';
import { names } from './texts';

const NOW = Date.UTC(2026, 10, 20, 12);
const HOUR = 3_600_000;

const asked = (headers: Readonly<Record<string, string>>, message = '') =>
	parseRetryAfter((name) => headers[name] ?? '', message, NOW);
const bounded = (wait: number) => Math.min(Math.max(wait, 0), HOUR);

const seconds = fc.oneof(
	fc.nat({ max: 4000 }),
	fc.double({ min: 0, max: 4000, noNaN: true }).map((each) => Number(each.toFixed(3))),
);
const plain = (value: number) => !String(value).includes('e');

describe('the delay that a server asks for', () => {
	it('is given in seconds', () => {
		everyCase(
			fc.property(seconds.filter(plain), (count) => {
				expect(asked({ 'retry-after': ` ${count} ` })).toBe(bounded(count * 1000));
			}),
			[],
			FURTHER_CASES,
		);
	});

	it('is given in milliseconds, which override seconds', () => {
		everyCase(
			fc.property(seconds.filter(plain), names, (count, other) => {
				const headers = { 'retry-after-ms': String(count), 'retry-after': other };
				expect(asked(headers, 'Try again in 7s')).toBe(bounded(count));
			}),
			[],
			FURTHER_CASES,
		);
	});

	it('is given as a date', () => {
		everyCase(
			fc.property(fc.integer({ min: -5000, max: 5000 }), (ahead) => {
				const date = new Date(NOW + ahead * 1000).toUTCString();
				expect(asked({ 'retry-after': date })).toBe(bounded(ahead * 1000));
			}),
			[],
			FURTHER_CASES,
		);
	});

	it('can be given in the message', () => {
		const units = [
			['h', 3_600_000],
			['m', 60_000],
			['s', 1000],
			['ms', 1],
		] as const;
		const durations = fc
			.subarray([...units], { minLength: 1 })
			.chain((chosen) =>
				fc.tuple(...chosen.map((unit) => fc.tuple(fc.nat({ max: 99 }), fc.constant(unit)))),
			);
		const phrases = fc.constantFrom('Please try again in', 'Please retry after', 'TRY AGAIN IN');
		everyCase(
			fc.property(phrases, durations, (phrase, parts) => {
				const words = parts.map(([count, [unit]]) => `${count}${unit}`).join('');
				const sum = parts.reduce((total, [count, [, length]]) => total + count * length, 0);
				expect(asked({}, `Rate limit reached. ${phrase} ${words}.`)).toBe(bounded(sum));
			}),
			[],
			FURTHER_CASES,
		);
	});

	it('is none or at most an hour, for any header', () => {
		const digits = fc.integer({ min: 0, max: 400 }).map((length) => '9'.repeat(length));
		const words = fc.constantFrom(
			...['try again in ', 'retry after ', 'retry ', 's', 'ms', 'm', 'h', 'milli', '.', '-', ' '],
			...['1s', '0', 'days', 'Infinity', 'NaN', '1e9', 'Mon', 'GMT', '+275760-09-13T00:00:00Z'],
		);
		const texts = fc
			.array(fc.oneof(words, digits, names), { maxLength: 30, size: 'max' })
			.map((each) => each.join(''));
		everyCase(
			fc.property(texts, texts, texts, (milliseconds, header, message) => {
				const headers = { 'retry-after-ms': milliseconds, 'retry-after': header };
				const wait = asked(headers, message) ?? 0;
				expect(wait).toBe(bounded(wait));
			}),
		);
	});
});
