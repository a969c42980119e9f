import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { DemoFailure } from './host/failure.ts';
import type { Item } from './host/execution.ts';

interface Row {
	file: string;
	type: string;
	size: string;
	bytes: number;
	model: string;
}

/**
 * A table of the files that a workflow has written. Type, width, height and bytes are read from the
 * files, the model from the items.
 * @param folder the folder of the files
 * @param items the output of the last nodes, with the path of a file as `fileName`
 * @param since milliseconds since 1970; older files are from an earlier run
 * @throws {DemoFailure} if a file is missing, old, not an image, or differs from its item
 */
export async function report(
	folder: string,
	items: readonly Item[],
	since: number,
): Promise<string> {
	if (items.length === 0) throw new DemoFailure('The workflow returned no images.');
	const rows = await Promise.all(items.map((item) => readRow(folder, item, since)));
	const total = rows.reduce((sum, { bytes }) => sum + bytes, 0);
	return `${table(rows)}\n\n${rows.length} images, ${total.toLocaleString('en-US')} bytes`;
}

async function readRow(folder: string, { json }: Item, since: number): Promise<Row> {
	const file = path.basename(String(json.fileName));
	const written = await stat(path.join(folder, file)).catch(() => undefined);
	if (!written || written.mtimeMs < since) {
		throw new DemoFailure(`The workflow returned ${file}, but did not write it.`);
	}
	const bytes = await readFile(path.join(folder, file));
	const { format, width, height } = await sharp(bytes)
		.metadata()
		.catch(() => {
			throw new DemoFailure(`${file} is not an image.`);
		});
	if (json.mimeType !== `image/${format}` || json.width !== width || json.height !== height) {
		throw new DemoFailure(
			`${file} is ${format} with ${width} × ${height} pixels, but its item has ` +
				`${json.mimeType} with ${json.width} × ${json.height}.`,
		);
	}
	return {
		file,
		type: format,
		size: `${width} × ${height}`,
		bytes: bytes.length,
		model: String(json.model),
	};
}

/** Numbers are aligned to the right. */
const BYTES_COLUMN = 3;

function table(rows: readonly Row[]): string {
	const cells = rows.map((row) => [
		row.file,
		row.type,
		row.size,
		row.bytes.toLocaleString('en-US'),
		row.model,
	]);
	const header = ['file', 'type', 'width × height', 'bytes', 'model'];
	const widths = header.map((title, column) =>
		Math.max(title.length, ...cells.map((row) => row[column]?.length ?? 0)),
	);
	const line = (row: readonly string[]) =>
		row
			.map((cell, column) => {
				const width = widths[column] ?? 0;
				return column === BYTES_COLUMN ? cell.padStart(width) : cell.padEnd(width);
			})
			.join('  ')
			.trimEnd();
	const rule = widths.map((width) => '─'.repeat(width));
	return [header, rule, ...cells].map(line).join('\n');
}
