import { createRequire } from 'node:module';
import path from 'node:path';
import type * as DetectImage from '../../../nodes/AiImages/media/detectImage.ts';
import type * as Mask from '../../../nodes/AiImages/media/png/mask.ts';
import type * as Encode from '../../../nodes/AiImages/request/encode.ts';
import type * as InputFiles from '../../../nodes/AiImages/request/files/inputFile.ts';
import type * as Read from '../../../nodes/AiImages/request/read.ts';
import type * as Validate from '../../../nodes/AiImages/request/validate.ts';
import type * as Services from '../../../nodes/AiImages/services/openai.ts';
import type * as Events from '../../../nodes/AiImages/response/readEvents.ts';
import type * as Splitter from '../../../nodes/AiImages/response/splitter/splitter.ts';
import type { AiImages } from '../../../nodes/AiImages/AiImages.node.ts';

/** The parts of the node that are measured by themselves, as they are published. */
export interface Parts {
	ImageSplitter: typeof Splitter.ImageSplitter;
	readEvents: typeof Events.readEvents;
	detectImage: typeof DetectImage.detectImage;
	toMask: typeof Mask.toMask;
	encode: typeof Encode.encode;
	fromBase64: typeof InputFiles.fromBase64;
	readItem: typeof Read.readItem;
	validate: typeof Validate.validate;
	OPENAI: typeof Services.OPENAI;
	AiImages: typeof AiImages;
}

/** @param packageFolder with a `dist` and the packages that n8n has at run time */
export function loadParts(packageFolder: string): Parts {
	const load = createRequire(path.join(packageFolder, 'dist', 'nodes', 'AiImages', 'index.js'));
	return {
		...(load('./response/splitter/splitter.js') as Pick<Parts, 'ImageSplitter'>),
		...(load('./response/readEvents.js') as Pick<Parts, 'readEvents'>),
		...(load('./media/detectImage.js') as Pick<Parts, 'detectImage'>),
		...(load('./media/png/mask.js') as Pick<Parts, 'toMask'>),
		...(load('./request/encode.js') as Pick<Parts, 'encode'>),
		...(load('./request/files/inputFile.js') as Pick<Parts, 'fromBase64'>),
		...(load('./request/read.js') as Pick<Parts, 'readItem'>),
		...(load('./request/validate.js') as Pick<Parts, 'validate'>),
		...(load('./services/openai.js') as Pick<Parts, 'OPENAI'>),
		...(load('./AiImages.node.js') as Pick<Parts, 'AiImages'>),
	};
}
