import { startImageService } from '../../demo/image-service/server.ts';
import { allModels } from './catalogue';
import { useService } from './helpers';

const service = useService();

describe('models', () => {
	it('are listed with their shutdown dates, among models of other kinds', async () => {
		const { status, data } = await service.http.get('/v1/models');
		expect(status).toBe(200);
		expect(data.object).toBe('list');
		const dates = new Map(
			data.data.map((model: { id: string; shutdown_date: string | null }) => [
				model.id,
				model.shutdown_date,
			]),
		);
		expect([...dates.keys()]).toEqual(expect.arrayContaining(allModels));
		expect(dates.size).toBeGreaterThan(allModels.length);
		expect(dates.get('gpt-image-2.5-flare')).toBeNull();
		expect(dates.get('gpt-image-1.5')).toBe('2026-12-01');
		expect(dates.get('chatgpt-image-latest')).toBe('2026-12-01');
		expect(dates.get('gpt-image-1-mini')).toBe('2026-12-01');
		expect(dates.get('gpt-image-1')).toBe('2026-10-23');
		expect(dates.get('dall-e-2')).toBe('2026-05-12');
	});

	it('are shown one by one', async () => {
		const { data } = await service.http.get('/v1/models/dall-e-3');
		expect(data).toEqual({
			id: 'dall-e-3',
			object: 'model',
			created: expect.any(Number),
			owned_by: 'system',
			shutdown_date: '2026-05-12',
		});
	});

	it('that do not exist are not found', async () => {
		const { status, data } = await service.http.get('/v1/models/none');
		expect(status).toBe(404);
		expect(data.error.code).toBe('model_not_found');
	});

	it('of other kinds draw nothing', async () => {
		const { status, data } = await service.generate({ model: 'tts-1', prompt: 'A fox' });
		expect(status).toBe(404);
		expect(data.error.code).toBe('model_not_found');
	});
});

it('drops models on their shutdown date when it simulates a given day', async () => {
	const late = await startImageService({ today: '2026-12-01' });
	try {
		const listed = await (await fetch(`${late.url}/v1/models`)).json();
		const ids = (listed as { data: Array<{ id: string }> }).data.map(({ id }) => id);
		expect(ids).toContain('gpt-image-2');
		expect(ids).not.toContain('gpt-image-1.5');
		expect(ids).not.toContain('dall-e-3');
		const response = await fetch(`${late.url}/v1/images/generations`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ model: 'gpt-image-1.5', prompt: 'x' }),
		});
		expect(response.status).toBe(404);
	} finally {
		await late.close();
	}
});
