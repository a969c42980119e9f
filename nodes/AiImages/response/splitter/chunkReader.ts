/** Reads a body chunk by chunk. */
export class ChunkReader {
	chunk: Buffer = Buffer.alloc(0);
	/** How many bytes of the chunk have been read. */
	position = 0;
	private readonly source: AsyncIterator<Buffer>;

	constructor(body: AsyncIterable<Buffer>) {
		this.source = body[Symbol.asyncIterator]();
	}

	/**
	 * Fetches the next chunk once the current one has been read.
	 *
	 * @returns whether there are bytes to read; false at the end of the body
	 */
	async hasMore(): Promise<boolean> {
		while (this.position === this.chunk.length) {
			const { done, value } = await this.source.next();
			if (done) return false;
			this.chunk = value;
			this.position = 0;
		}
		return true;
	}

	/**
	 * Appends the next chunk to the unread bytes of the current one.
	 *
	 * @returns false at the end of the body
	 */
	async appendNext(): Promise<boolean> {
		const { done, value } = await this.source.next();
		if (done) return false;
		this.chunk = Buffer.concat([this.chunk.subarray(this.position), value]);
		this.position = 0;
		return true;
	}

	/** Cancels the body, or its connection would stay open. */
	async close(): Promise<void> {
		await this.source.return?.();
	}
}
