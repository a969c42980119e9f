import { formatMegabytes } from '../../../nodes/AiImages/values/format';

it.each([
	[4_000_000, '4 MB'],
	[50_000_001, '50.000001 MB'],
	[4_194_304, '4.194304 MB'],
	[1_500_000_000, '1,500 MB'],
	[1, '0.000001 MB'],
	[0, '0 MB'],
])('%i bytes are %s', (bytes, text) => {
	expect(formatMegabytes(bytes)).toBe(text);
});
