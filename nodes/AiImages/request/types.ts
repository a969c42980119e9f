import type { JobRecord } from '../errors';
import type { ModelRow, Operation, ParameterName } from '../models';
import type { Settings } from '../options/table';
import type { Service } from '../services/types';
import type { SizeBy } from './readSize';
import type { InputFile } from './files/inputFile';

/** The model that the user chose. */
export interface ChosenModel {
	/** The ID that the user chose or typed. */
	readonly model: string;
	/** The model's key in the table; null if the table has none. */
	readonly knownAs: string | null;
	/** Whether the user typed the ID, as the service calls the model. */
	readonly isTyped: boolean;
	/** What the model takes. */
	readonly row: ModelRow;
	/** The row whose fields the editor shows. */
	readonly shown: ModelRow;
	/** Display name of the field that selected the row. */
	readonly chosenBy: string;
}

/** An item as the user filled it in. So far, it is only known that it can be read. */
export interface RawRequest extends Omit<ChosenModel, 'shown' | 'row'> {
	/** As it is spoken to about this model. */
	readonly service: Service;
	/** What the model takes at this service. */
	readonly row: ModelRow;
	/** What the model takes, wherever it is served. */
	readonly ownRow: ModelRow;
	readonly operation: Operation;
	readonly values: Readonly<Partial<Record<ParameterName, unknown>>>;
	/** Parameters whose value is the default that the editor filled in. */
	readonly atDefault: readonly ParameterName[];
	/** Set by the user, but not supported by the model, which the editor did not know. */
	readonly ignored: readonly ParameterName[];
	/** Set by the user and supported by the model, but not by the service. */
	readonly unsupported: readonly ParameterName[];
	/** The fields that the size follows from, if it is not in its own. */
	readonly sizeBy?: SizeBy | undefined;
	/** The size that was chosen for an aspect ratio. */
	readonly chosenSize: string | undefined;
	readonly images: readonly InputFile[];
	readonly mask: InputFile | null;
	readonly markup: InputFile | null;
	readonly settings: Settings;
	/** The job to fetch in place of new images. Nothing else is sent then. */
	readonly resumedJob?: JobRecord | undefined;
	/** What could not be read, one sentence each. */
	readonly problems: readonly string[];
}

/** A request that passed every check that is possible before it is sent. */
export interface ValidRequest extends Omit<RawRequest, 'values' | 'problems'> {
	readonly values: Values;
}

export type Value = string | number | boolean;
export type Values = Readonly<Partial<Record<ParameterName, Value>>>;
