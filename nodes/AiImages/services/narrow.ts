import type { ModelRow, Operation, ParameterName, ParameterSpec } from '../models';
import { canSpell } from './spelling';
import type { Limits, Service } from './types';

/**
 * What a model takes when it is reached through a service: only what the service can spell, and no
 * more of it than the service allows. The result is the row itself if the service takes everything.
 */
export function narrow(row: ModelRow, service: Service): ModelRow {
	const rows = NARROWED.get(service) ?? new WeakMap<ModelRow, ModelRow>();
	NARROWED.set(service, rows);
	const narrowed = rows.get(row) ?? withinService(row, service);
	rows.set(row, narrowed);
	return narrowed;
}

/** Schemas are cached by row, so each pair of model and service has one. */
const NARROWED = new WeakMap<Service, WeakMap<ModelRow, ModelRow>>();

function withinService(row: ModelRow, service: Service): ModelRow {
	const { limits = {}, endpoints } = service;
	const all = Object.entries(row.parameters) as Array<[ParameterName, Specs]>;
	const parameters = all.flatMap(([name, specs]): typeof all => {
		// More images than one request can have are split over several.
		const taken = name === 'n' ? specs : spelledSpecs(name, specs, row, service);
		return taken === null ? [] : [[name, taken]];
	});
	const { mask, markup } = endpoints.edit.files ?? {};
	const narrowed = {
		parameters: Object.fromEntries(parameters) as ModelRow['parameters'],
		inputImages: inputImagesWithin(row, limits),
		mask: mask ? maskWithin(row.mask, limits) : null,
		markup: markup ? row.markup : null,
	};
	const isWhole =
		parameters.length === all.length &&
		parameters.every(([, specs], at) => specs === all[at]?.[1]) &&
		narrowed.inputImages === row.inputImages &&
		narrowed.mask === row.mask &&
		narrowed.markup === row.markup;
	return isWhole ? row : { ...row, ...narrowed };
}

type Specs = ParameterSpec | readonly ParameterSpec[];

/** The specs without the operations that the service cannot spell the parameter for. */
function spelledSpecs(
	name: ParameterName,
	specs: Specs,
	row: ModelRow,
	service: Service,
): Specs | null {
	const operations = row.operations.filter((each) => canSpell(service, each, name));
	if (operations.length === row.operations.length) return specs;
	return operations.length > 0 ? forOperations(specs, operations) : null;
}

function forOperations(specs: Specs, operations: readonly Operation[]): ParameterSpec[] {
	return [specs].flat().map((spec) => ({
		...spec,
		operations: operations.filter((each) => spec.operations?.includes(each) ?? true),
	}));
}

function maskWithin(
	mask: ModelRow['mask'],
	{ maskBytes: bytes = Infinity }: Limits,
): ModelRow['mask'] {
	if (mask === null || mask === 'unvalidated' || mask.maxBytes <= bytes) return mask;
	// A document's lower limit says no more where the service's own is as low.
	const { warnAboveBytes: _, ...limited } = { ...mask, maxBytes: bytes };
	return limited;
}

function inputImagesWithin(
	{ inputImages }: ModelRow,
	{ inputImages: count = Infinity, inputImageBytes: bytes = Infinity }: Limits,
): ModelRow['inputImages'] {
	if (!inputImages || (inputImages.maxCount <= count && inputImages.maxBytes <= bytes)) {
		return inputImages;
	}
	return {
		...inputImages,
		maxCount: Math.min(inputImages.maxCount, count),
		maxBytes: Math.min(inputImages.maxBytes, bytes),
	};
}
