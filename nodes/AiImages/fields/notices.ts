import type { INodeProperties } from 'n8n-workflow';
import {
	MAKERS,
	specOf,
	type ModelRow,
	type ModelTable,
	type Operation,
	type ParameterName,
} from '../models';
import { WITHOUT_LIST, type FieldValues } from './visibility';

/** Days before the end of a model on which the editor begins to announce it. */
const SHUTDOWN_NOTICE_DAYS = 60;

/**
 * Notes above the prompt that save a failed run.
 *
 * @param today `YYYY-MM-DD`
 */
export function modelNotices(table: ModelTable, today: string): INodeProperties[] {
	const rows = Object.entries(table);
	const idsOf = (matches: (row: ModelRow) => boolean) =>
		rows.filter(([, row]) => matches(row)).map(([id]) => id);
	const isRetired = ({ shutdown }: ModelRow) => Boolean(shutdown && shutdown <= today);
	const makers = [...new Set(rows.flatMap(([, { maker }]) => maker ?? []))];
	const isUnable = (row: ModelRow, operation: Operation) => !row.operations.includes(operation);
	const unable = OPERATIONS.flatMap((operation) => {
		const families = rows.flatMap(([, row]) => (isUnable(row, operation) ? row.family : []));
		return [...new Set(families)].flatMap((family) => {
			const able = rows.flatMap(([, { displayName, ...row }]) =>
				row.family === family && row.operations.includes(operation) ? displayName : [],
			);
			const text = `This model can't ${operation} images. Select ${nameOne(able)}.`;
			const model = idsOf((row) => row.family === family && isUnable(row, operation));
			return notice(`${operation}Notice`, text, { operation: [operation], model });
		});
	});
	return [
		...unable,
		...makers.flatMap((maker) =>
			notice(
				'retiredNotice',
				`${MAKERS[maker]} retired this model. Other providers might still offer it.`,
				{ model: idsOf((row) => row.maker === maker && isRetired(row)) },
			),
		),
		...makers.flatMap((maker) =>
			[...new Set(rows.flatMap(([, { shutdown }]) => shutdown ?? []))]
				.filter((day) => day > today && daysBetween(today, day) <= SHUTDOWN_NOTICE_DAYS)
				.flatMap((day) =>
					notice(
						'retirementNotice',
						`${MAKERS[maker]} retires this model on ${day}. Select a newer one.`,
						{ model: idsOf((row) => row.maker === maker && row.shutdown === day) },
					),
				),
		),
		...notice('verificationNotice', VERIFICATION, {
			model: idsOf((row) => row.needsVerification && !isRetired(row)),
		}),
	];
}

const OPERATIONS: readonly Operation[] = ['generate', 'edit'];

function nameOne([first, ...others]: readonly string[]): string {
	if (!first) return 'another model family';
	return others.length > 0 ? `another model, such as ${first}` : first;
}

/** Notes below *Output Format*. */
export function formatNotices(table: ModelTable): INodeProperties[] {
	return (Object.keys(FORMATS) as Array<keyof typeof FORMATS>).flatMap((format) => {
		const models = Object.entries(table).filter(([, row]) => offersFormat(row, format));
		const model = models.map(([id]) => id);
		return notice(`${format}Notice`, FORMATS[format], { outputFormat: [format], model });
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
function notice(
	name: string,
	displayName: string,
	show: FieldValues & { readonly model: string[] },
): INodeProperties[] {
	if (show.model.length === 0) return [];
	const displayOptions = { show, hide: WITHOUT_LIST };
	return [{ displayName, name, type: 'notice', default: '', displayOptions }];
}

function daysBetween(from: string, to: string): number {
	return (Date.parse(to) - Date.parse(from)) / 86_400_000;
}
