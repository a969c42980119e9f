import { leftOut } from '../../../nodes/AiImages/request/leftOut';
import { validate } from '../../../nodes/AiImages/request/validate';
import { rawRequest } from '../requests';

const SVG = { model: 'gpt-image-2.6-flare', values: { outputFormat: 'svg', n: 1 } };

it('names a default that the other values rule out', () => {
	expect(leftOut(validate(rawRequest({ ...SVG, atDefault: ['n'] })))).toEqual([
		"'Number of Images' isn't sent because it is a default that the other values rule out",
	]);
});

it('names nothing that is sent', () => {
	const values = { n: 2, quality: 'high', size: 'auto', background: 'auto' };
	expect(leftOut(validate(rawRequest({ values, atDefault: ['size', 'background'] })))).toEqual([]);
});
