import type { INodeProperties } from 'n8n-workflow';
import { specOf, type ModelRow, type ModelTable, type ParameterName } from '../models';
import { listedModels, type FieldValues } from './visibility';

/** Days before the end of a model on which the editor begins to announce it. */
const SHUTDOWN_NOTICE_DAYS = 60;

/**
 * Notes above the prompt that save a failed run.
 *
 * @param today `YYYY-MM-DD`
 */
export function modelNotices(table: ModelTable, today: string): INodeProperties[] {
	const rows = Object.entries(table);
	const selected = (matches: (row: ModelRow) => boolean) =>
		listedModels(
			table,
			rows.filter(([, row]) => matches(row)).map(([id]) => id),
		);
	return [
		...notice('editNotice', "This model can't edit images. Select another model.", {
			operation: ['edit'],
			...selected(({ operations }) => !operations.includes('edit')),
		}),
		...[...new Set(rows.flatMap(([, { shutdown }]) => shutdown ?? []))]
			.filter((day) => day > today && daysBetween(today, day) <= SHUTDOWN_NOTICE_DAYS)
			.flatMap((day) =>
				notice('retirementNotice', `OpenAI retires this model on ${day}. Select a newer one.`, {
					...selected(({ shutdown }) => shutdown === day),
				}),
			),
		...notice('verificationNotice', VERIFICATION, {
			...selected(
				({ needsVerification, shutdown }) => needsVerification && !(shutdown && shutdown <= today),
			),
		}),
	];
}

/** Notes below *Output Format*. */
export function formatNotices(table: ModelTable): INodeProperties[] {
	return (Object.keys(FORMATS) as Array<keyof typeof FORMATS>).flatMap((format) => {
		const models = Object.entries(table).filter(([, row]) => offersFormat(row, format));
		const ids = models.map(([id]) => id);
		return notice(`${format}Notice`, FORMATS[format], {
			outputFormat: [format],
			...listedModels(table, ids),
		});
	});
}

/** https://developers.openai.com/api/docs/guides/image-generation */
const VERIFICATION =
	'OpenAI might require you to <a href="https://platform.openai.com/settings/organization/general" target="_blank">verify your organization</a> before you can use this model.';

/** https://www.npmjs.com/package/openai/v/7.57.0 (resources/images.d.ts) */
const FORMATS = {
	gif: "GIF is a preview that OpenAI enables per organization. 'Size' is the size of one frame, and all frames together must fit the model's pixel limit.",
	svg: "SVG returns one image per request. 'Size', 'Quality' and 'Background' apply to the image that the SVG is drawn from.",
} as const;

function offersFormat(row: ModelRow, format: string): boolean {
	const name: ParameterName = 'outputFormat';
	return row.operations.some((operation) => {
		const spec = specOf(row, operation, name);
		return spec?.kind === 'choice' && spec.values.includes(format);
	});
}

/** Nothing if no model has the note. */
function notice(name: string, displayName: string, show: FieldValues): INodeProperties[] {
	if (show.model?.length === 0) return [];
	return [{ displayName, name, type: 'notice', default: '', displayOptions: { show } }];
}

function daysBetween(from: string, to: string): number {
	return (Date.parse(to) - Date.parse(from)) / 86_400_000;
}
