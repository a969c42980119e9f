import sharp from 'sharp';
import { picture } from '../../helpers/pictures';
import type { WorkflowHost } from './host';
import { untilForm, untilPage } from './until';

/** Of Try-On Form in the workflow. */
const FORM = '5c2f4a0e-3006-4d71-9a54-6f1f3f0a0006';

interface Part {
	text?: string;
	inlineData?: { data: string };
}

export function tryOn(host: WorkflowHost): void {
	/** Fills in the form. @returns its last page */
	async function submit(person: Buffer, clothing: Buffer): Promise<string> {
		const form = new FormData();
		for (const [index, file] of [person, clothing].entries()) {
			form.set(`field-${index}`, new File([new Uint8Array(file)], `${index}.jpg`));
		}
		const url = `${host.n8n.running.url}/form/${FORM}`;
		await untilPage(url);
		const response = await fetch(url, { method: 'POST', body: form });
		const { formWaitingUrl } = (await response.json()) as { formWaitingUrl: string };
		await untilForm(formWaitingUrl);
		return await (await fetch(formWaitingUrl)).text();
	}

	it('shows a person in the clothing of the second photo, or says why not', async () => {
		await host.imageCredential('Google Gemini', 'google');
		await host.n8n.publish(await host.load('virtual-try-on'));
		const person = await picture({ width: 300, height: 400, format: 'jpeg' });
		const clothing = await picture({ format: 'jpeg', width: 200, height: 200, colour: '#aa2211' });

		const page = await submit(person, clothing);
		const [, encoded = ''] = /decodeURIComponent\("([^"]+)"\)/.exec(page) ?? [];
		const [file] = JSON.parse(decodeURIComponent(encoded));
		expect(file).toMatchObject({ fileName: 'try-on.png', type: 'image/png' });
		const { width, height } = await sharp(Buffer.from(file.data.data)).metadata();
		expect([width, height]).toEqual([896, 1200]);

		const refused = await submit(person, Buffer.from('no image'));
		expect(refused).toContain('That did not work');

		const billed = await host.billed();
		expect(billed).toHaveLength(1);
		const { contents } = billed[0]!.fields as unknown as { contents: [{ parts: Part[] }] };
		const sent = contents[0].parts.flatMap(({ inlineData }) => inlineData?.data ?? []);
		expect(sent).toEqual([person.toString('base64'), clothing.toString('base64')]);
	});
}
