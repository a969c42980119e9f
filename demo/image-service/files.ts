import { randomBytes } from 'node:crypto';

export interface StoredFile {
	bytes: Buffer;
	contentType: string;
	/** Milliseconds since 1970. */
	expiresAt: number;
}

/** Result URLs of the DALL·E models are valid for 60 minutes (openai 6.49.0, `Image.url`). */
const lifetimeMs = 60 * 60 * 1000;

/** Most bytes kept; the oldest files are dropped first. */
const capacityBytes = 512 * 1024 * 1024;

/** Pictures that are delivered by `url`, kept in memory. */
export class FileStore {
	private readonly files = new Map<string, StoredFile>();

	/** Stores a picture and returns its id, for example `img-5f0c….png`. */
	add(bytes: Buffer, extension: string, contentType: string): string {
		const id = `img-${randomBytes(12).toString('hex')}.${extension}`;
		this.files.set(id, { bytes, contentType, expiresAt: Date.now() + lifetimeMs });
		this.dropOldest();
		return id;
	}

	get(id: string): StoredFile | undefined {
		return this.files.get(id);
	}

	/** The bytes of a file that has not expired. */
	readonly lookup = (id: string): Buffer | undefined => {
		const file = this.files.get(id);
		return file && file.expiresAt > Date.now() ? file.bytes : undefined;
	};

	/** Lets every file expire at once. Nobody gets its bytes any more. */
	expireAll(): void {
		for (const file of this.files.values()) {
			Object.assign(file, { bytes: Buffer.alloc(0), expiresAt: 0 });
		}
	}

	/** Files can share a buffer, which is counted once. */
	private dropOldest(): void {
		const used = () => {
			const buffers = new Set([...this.files.values()].map(({ bytes }) => bytes));
			return [...buffers].reduce((sum, { length }) => sum + length, 0);
		};
		while (this.files.size > 1 && used() > capacityBytes) {
			this.files.delete(this.files.keys().next().value!);
		}
	}
}
