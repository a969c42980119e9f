/**
 * Milliseconds after which an image no longer counts: a minute, and one second because requests do
 * not all take the same time to reach the API.
 */
const WINDOW_MS = 61_000;

/** Limits how many images are requested within any minute. */
export class ImageBudget {
	/** Requests within the window, oldest first. Never more entries than images. */
	private readonly spent: Array<{ readonly images: number; readonly until: number }> = [];
	private sum = 0;

	/** @param perMinute 0 = no limit */
	constructor(private readonly perMinute: number) {}

	/**
	 * Milliseconds until it is worth asking again; 0 = the images can be requested. A request for
	 * more images than a minute has is let through once nothing else is in the window.
	 *
	 * @param now milliseconds of a monotonic clock
	 */
	waitTime(images: number, now: number): number {
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
