/**
 * Milliseconds after which an image no longer counts: a minute, and what one request may take
 * longer than another from here to the server.
 */
const WINDOW_MS = 61_000;

/** How many images may be asked for in any minute. */
export class ImageBudget {
	/** What was asked for within the window, oldest first: never more entries than images. */
	private readonly spent: Array<{ readonly images: number; readonly until: number }> = [];
	private sum = 0;

	/** @param perMinute 0 = no limit */
	constructor(private readonly perMinute: number) {}

	/**
	 * Milliseconds until it is worth asking again; 0 = the images may be asked for. More images
	 * than a minute has go alone: they are let through when nothing else counts any more.
	 *
	 * @param now milliseconds, by a clock that never goes back
	 */
	wait(images: number, now: number): number {
		if (this.perMinute === 0) return 0;
		while (this.spent[0] && this.spent[0].until <= now) this.sum -= this.spent.shift()?.images ?? 0;
		const [oldest] = this.spent;
		return oldest && this.sum + images > this.perMinute ? oldest.until - now : 0;
	}

	spend(images: number, now: number): void {
		if (this.perMinute === 0 || images === 0) return;
		this.spent.push({ images, until: now + WINDOW_MS });
		this.sum += images;
	}
}
