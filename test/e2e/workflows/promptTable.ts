import path from 'node:path';
import { useNeighbor } from './neighbor';
import { promptsOf } from './requests';
import type { WorkflowHost } from './host';

/** A row of the table, as Google Sheets returns it. */
interface Row {
	row_number: number;
	prompt: string;
	status?: string;
	file?: string;
	costUsd?: number;
	error?: string;
}

const PROMPTS = ['A kite', 'A sledge', 'A canoe', 'A tandem', 'A balloon', 'A tram', 'A ferry'];

export function promptTable(host: WorkflowHost): void {
	let rows: Row[] = [];
	/** The table, behind HTTP instead of an account at Google. */
	const table = useNeighbor(({ route, body }) => {
		if (route === 'GET /rows') return { json: rows };
		const number = Number(/^PUT \/rows\/(\d+)$/.exec(route)?.[1]);
		const row = rows.find(({ row_number }) => row_number === number);
		return row && { json: Object.assign(row, JSON.parse(String(body))) };
	});
	const http = (parameters: Record<string, unknown>) => ({
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.5,
		parameters: { ...parameters, options: {} },
	});

	it('makes an image of each open row, at the pace and within the budget', async () => {
		rows = [
			{ row_number: 2, prompt: 'A bicycle', status: 'done' },
			...PROMPTS.map((prompt, index) => ({ row_number: index + 3, prompt })),
		];
		await host.imageCredential('OpenAI', 'openai');
		const workflow = await host.load('prompts-from-a-table', {
			swaps: {
				'Read Rows': http({ url: `${table.url}/rows` }),
				'Write Results': http({
					method: 'PUT',
					url: `=${table.url}/rows/{{ $json.row_number }}`,
					sendBody: true,
					specifyBody: 'json',
					jsonBody: '={{ $json }}',
				}),
			},
		});
		await host.run(workflow);

		const billed = await host.billed();
		expect(promptsOf(billed).sort()).toEqual(PROMPTS.slice(0, 6).sort());
		// Five images in any minute.
		expect(billed[5]!.startedAt - billed[0]!.startedAt).toBeGreaterThanOrEqual(60_000);
		expect(billed[4]!.startedAt - billed[0]!.startedAt).toBeLessThan(60_000);

		expect(rows[0]).toEqual({ row_number: 2, prompt: 'A bicycle', status: 'done' });
		const done = rows.slice(1, 7);
		expect(done.map(({ status, file }) => ({ status, file }))).toEqual(
			done.map((row) => ({ status: 'done', file: `./row-${row.row_number}.png` })),
		);
		const costs = done.map(({ costUsd }) => costUsd ?? 0);
		expect(Math.min(...costs)).toBeGreaterThan(0.005);
		expect(costs.reduce((sum, cost) => sum + cost)).toBeLessThanOrEqual(0.04);
		expect(rows[7]).toMatchObject({
			status: 'failed',
			error: expect.stringMatching(/^'Max Cost per Run' is \$0\.04: /),
		});
		expect(await host.fileNames()).toEqual(done.map(({ file }) => path.basename(file!)));
		for (const { file } of done) expect(await host.pictureOf(file!)).toBe('png 1024x1024');
	});
}
