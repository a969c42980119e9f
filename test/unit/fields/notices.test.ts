import { buildFields } from '../../../nodes/AiImages/fields';
import { OPERATIONS } from '../../../nodes/AiImages/fields/operations';
import { MODELS } from '../../../nodes/AiImages/models';
import { shownNotices } from '../screen';

const on = (today: string) => {
	const properties = buildFields(MODELS, Object.values(OPERATIONS), today);
	return (set: Parameters<typeof shownNotices>[0]) => shownNotices(set, properties);
};

const EDIT = /can't edit images\. Select DALL·E 2\.$/;
const RETIRED = /^OpenAI retired this model/;
const VERIFY = /verify your organization.*platform\.openai\.com|platform\.openai\.com.*verify/;
const GIF = /'Size' is the size of one frame/;
const SVG = /one image per request/;

describe('on a day when GPT Image 1.5 is about to retire', () => {
	const notices = on('2026-11-26');
	const RETIRES = /^OpenAI retires this model on 2026-12-01/;

	it.each<[Parameters<typeof shownNotices>[0], RegExp[]]>([
		[{ model: 'gpt-image-2.5-flare' }, [VERIFY]],
		[{ model: 'gpt-image-1.5', operation: 'edit' }, [RETIRES, VERIFY]],
		[{ model: 'gpt-image-1' }, [RETIRED]],
		[{ model: 'dall-e-3' }, [RETIRED]],
		[{ model: 'dall-e-3', operation: 'edit' }, [EDIT, RETIRED]],
		[{ model: 'dall-e-2', operation: 'edit' }, [RETIRED]],
		[{ model: 'gpt-image-2.6-flare', outputFormat: 'gif' }, [VERIFY, GIF]],
		[{ model: 'gpt-image-2.6-flare', outputFormat: 'svg', operation: 'edit' }, [VERIFY, SVG]],
		[{ model: 'gpt-image-2.5-flare', outputFormat: 'webp' }, [VERIFY]],
		[{ family: 'other', outputFormat: 'gif' }, []],
	])('the editor shows with %j', (set, expected) => {
		expect(notices(set)).toEqual(expected.map((text) => expect.stringMatching(text)));
	});
});

describe('the end of a model', () => {
	it.each([
		['2026-10-01', 0],
		['2026-10-02', 1],
		['2026-11-30', 1],
		['2026-12-01', 0],
	])('is announced for 60 days: on %s', (today, count) => {
		const shown = on(today)({ model: 'gpt-image-1.5' }).filter((text) => /retires/.test(text));
		expect(shown).toHaveLength(count);
	});
});
