import { expectLinear, repeated } from './linear';

const spaces = [repeated(' ', '', 'x')];

describe('the comparison of costs', () => {
	it.each<[string, (text: string) => unknown]>([
		['a scan without a pattern', (text) => text.toUpperCase()],
		['a pattern that begins once', (text) => /^\s*data/.test(text)],
		['a sort', (text) => [...text].sort().length],
		['nothing', () => 0],
	])('accepts linear cost: %s', async (_, scan) => {
		await expectLinear(scan, spaces);
	});

	it.each<[string, (text: string) => unknown]>([
		['a pattern that begins anywhere', (text) => /\s*data/.test(text)],
		[
			'a text that is searched for from each of its places',
			(text) => {
				let found = 0;
				for (let at = 0; at < text.length; at++) found += text.indexOf('y', at);
				return found;
			},
		],
		[
			'one that takes its turns',
			async (text) => {
				await Promise.resolve();
				return /\s+$/.test(text);
			},
		],
	])('detects quadratic cost: %s', async (_, scan) => {
		await expect(expectLinear(scan, spaces)).rejects.toThrow(/grows faster.*" " again/);
	});
});
