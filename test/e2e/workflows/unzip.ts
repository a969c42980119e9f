import { inflateRawSync } from 'node:zlib';

/** Signature of an entry in the central directory (APPNOTE.TXT of PKWARE, 4.3.12). */
const ENTRY = Buffer.from('PK\x01\x02', 'latin1');

/** The files of a ZIP archive by name. */
export function unzip(archive: Buffer): Map<string, Buffer> {
	const files = new Map<string, Buffer>();
	for (let at = archive.indexOf(ENTRY); at >= 0; at = archive.indexOf(ENTRY, at + 1)) {
		const isStored = archive.readUInt16LE(at + 10) === 0;
		const size = archive.readUInt32LE(at + 20);
		const name = archive.toString('utf8', at + 46, at + 46 + archive.readUInt16LE(at + 28));
		const header = archive.readUInt32LE(at + 42);
		const start =
			header + 30 + archive.readUInt16LE(header + 26) + archive.readUInt16LE(header + 28);
		const bytes = archive.subarray(start, start + size);
		files.set(name, isStored ? bytes : inflateRawSync(bytes));
	}
	return files;
}
