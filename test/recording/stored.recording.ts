import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

it('finds no difference to the stored recording', () => {
	const { status, stdout } = spawnSync('node', [join(__dirname, 'main.mjs')], { encoding: 'utf8' });
	expect({ status, stdout }).toEqual({
		status: 0,
		stdout: expect.stringContaining('no difference'),
	});
});
