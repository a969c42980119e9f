import type { ImageInfo } from '../../../nodes/AiImages/media/detectImage';
import { FileHead, MAX_HEAD_BYTES } from '../../../nodes/AiImages/media/fileHead';
import { picture } from '../../helpers/pictures';

const hasSize = ({ width }: ImageInfo) => width !== null;

/** Pushes pieces of one length until the head is complete, and counts them. */
function fill(head: FileHead, bytes: Buffer, pieceLength: number): number {
	let count = 0;
	for (let at = 0; at < bytes.length; at += pieceLength) {
		count++;
		if (head.push(bytes.subarray(at, at + pieceLength))) break;
	}
	return count;
}

describe('the head of a file', () => {
	it.each([1, 7, 64, 10_000])(
		'in pieces of %i bytes ends when it is sufficient',
		async (length) => {
			const file = await picture({ width: 300, height: 200 });
			const head = new FileHead(hasSize);
			const count = fill(head, file, length);
			const { bytes, image } = head.read();
			expect(image).toMatchObject({ format: 'png', width: 300, height: 200 });
			expect(bytes).toEqual(file.subarray(0, count * length));
			expect(bytes.length).toBeLessThan(Math.max(64, 2 * length));
		},
	);

	it('of a single piece is that piece, not a copy', async () => {
		const file = await picture({});
		const head = new FileHead(hasSize);
		expect(head.push(file)).toBe(true);
		expect(head.read().bytes).toBe(file);
	});

	it('ends with the file if it has no size', () => {
		const file = Buffer.from('<svg width="3" height="4"><g/></svg>');
		const head = new FileHead(() => false);
		expect(fill(head, file, 5)).toBe(Math.ceil(file.length / 5));
		expect(head.read()).toMatchObject({ bytes: file, image: { format: 'svg', width: 3 } });
	});

	it('ends at its maximum length if nothing is recognized', () => {
		const head = new FileHead(hasSize);
		const count = fill(head, Buffer.alloc(2 * MAX_HEAD_BYTES), 65_537);
		expect(count).toBe(Math.ceil(MAX_HEAD_BYTES / 65_537));
		expect(head.read().image).toBeNull();
		expect(fill(new FileHead(hasSize, 100), Buffer.alloc(200), 30)).toBe(4);
	});

	it('is empty if the file is', () => {
		expect(new FileHead(hasSize).read()).toEqual({ bytes: Buffer.alloc(0), image: null });
	});
});
