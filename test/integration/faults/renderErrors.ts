import { isDelivered, isFailed, isRefused } from './outcomeKinds';
import type { Failed, Row, Topic } from './row';

/**
 * Writes the rows as a page for users: by topic, each message with the node's advice, whether the
 * request is retried, and what is billed.
 *
 * @returns the whole of `docs/errors.md`
 */
export function renderErrors(topics: readonly Topic[]): string {
	return [INTRODUCTION, ...topics.map(renderTopic)].join('\n\n') + '\n';
}

const INTRODUCTION = `# Error reference

Every error and warning of the node: what causes it, whether the node retries, and what is billed. Search this page for your error message. For help by topic, see [Troubleshooting](troubleshooting.md). Generated from the fault tests.

The quoted block is the node's advice, and the lines below it are the messages that it comes with. With **On Error: Stop Workflow**, n8n shows the message and the advice as the error. With one of the _Continue_ settings, they are \`error\` and \`message\` of an item, and \`details\` has the status, code and request ID.

The provider bills an image when it generates it. Every image that reaches the node completely is in an item or is saved for the retry, unless you stop the execution or the image is larger than **Max Image Size**.`;

function renderTopic({ title, about, rows }: Topic): string {
	const single = rows.filter(({ expected }) => expected.items.length === 1);
	const several = rows.filter(({ expected }) => expected.items.length > 1);
	return [
		`## ${title}`,
		about,
		...failures(single),
		...list('No request sent, not billed:', single, notSent),
		...list('Succeeds with a warning:', single, warned),
		...list('Succeeds after a retry:', single, retried),
		...list('Succeeds:', single, intact),
		...list('Ends immediately:', single, canceled),
		...list('With several items:', several, among),
	].join('\n\n');
}

/** A quoted block for each advice, and the messages that it comes with, each with its causes. */
function failures(rows: readonly Row[]): string[] {
	const byAdvice = new Map<string, Map<string, Row[]>>();
	for (const row of rows) {
		const [outcome] = row.expected.items;
		if (!outcome || !isFailed(outcome)) continue;
		const advice = outcome.advice.replace(/\. Gave up after .*/, '');
		const byMessage = byAdvice.get(advice) ?? new Map<string, Row[]>();
		const message = messageOf(outcome);
		byMessage.set(message, [...(byMessage.get(message) ?? []), row]);
		byAdvice.set(advice, byMessage);
	}
	return [...byAdvice].flatMap(([advice, byMessage]) => {
		const lines = [...byMessage].map(([message, causes]) => {
			const names = causes.map(({ name }) => name).join('; ');
			return `- ${message}: ${names}. ${triesOf(causes)}. ${billOf(causes, advice)}.`;
		});
		return [`> ${withHosts(advice)}.`, lines.join('\n')];
	});
}

function messageOf({ error, details: { status, code } }: Failed): string {
	const facts = [status ? `status ${status}` : '', code ? `code ${code}` : ''].filter(Boolean);
	return `${quoted(error)}${facts.length ? ` (${facts.join(', ')})` : ''}`;
}

function triesOf(causes: readonly Row[]): string {
	const attempts = causes.flatMap(({ expected: { items } }) =>
		items.map((item) => (typeof item === 'object' && 'attempts' in item ? item.attempts : 1)),
	);
	const most = Math.max(...attempts);
	const isDownloadRepeated = causes.some(
		({ expected: { links, downloads } }) => links && downloads !== 1,
	);
	if (isDownloadRepeated) return 'The download is retried for a minute';
	if (most === 1) return 'Not retried';
	return attempts.includes(1) ? `Up to ${most} attempts` : `${most} attempts`;
}

/** What a user cannot know, the page does not claim to know either. */
function billOf(causes: readonly Row[], advice: string): string {
	const isSuccess = causes.some(({ expected: { items } }) =>
		items.some(
			(item) => typeof item === 'object' && 'details' in item && item.details.status === 200,
		),
	);
	const wasLost = causes.some(({ expected: { lost } }) => lost.why);
	// Only the provider knows what it bills for a response that reports success.
	return isSuccess || wasLost || /might have been generated/.test(advice)
		? 'Billed if the image was generated'
		: 'Not billed';
}

type Line = (row: Row) => string | null;

function list(heading: string, rows: readonly Row[], line: Line): string[] {
	const lines = rows.flatMap((row) => line(row) ?? []);
	if (lines.length === 0) return [];
	return [heading, lines.map((each) => `- ${each}`).join('\n')];
}

const notSent: Line = ({ name, expected: { items } }) => {
	const [outcome] = items;
	return outcome && isRefused(outcome)
		? `${name}: ${outcome.problems.map(quoted).join(', ')}`
		: null;
};

const warned: Line = ({ name, expected: { items, lost } }) => {
	const [outcome] = items;
	if (!outcome || !isDelivered(outcome) || outcome.warnings.length === 0) return null;
	const why = lost.why ? ` (${lost.images} billed and lost: ${lost.why})` : '';
	return `${name}${why}: ${outcome.warnings.map(quoted).join(', ')}`;
};

const retried: Line = ({ name, expected: { items, lost } }) => {
	const [outcome] = items;
	if (!outcome || !isDelivered(outcome) || outcome.warnings.length > 0) return null;
	if (outcome.attempts === 1) return null;
	return lost.why ? `${name} (billed twice: ${lost.why})` : name;
};

const intact: Line = ({ name, expected: { items } }) => {
	const [outcome] = items;
	if (!outcome || !isDelivered(outcome) || outcome.warnings.length > 0) return null;
	return outcome.attempts === 1 ? name : null;
};

const canceled: Line = ({ name, expected: { items, billed } }) => {
	if (items[0] !== 'canceled') return null;
	return `${name}. ${billed > 0 ? 'What the API generates in the meantime is billed' : 'Nothing is billed'}.`;
};

const among: Line = ({ name, expected }) => {
	const { items, calls, billed, kept, lost } = expected;
	const delivered = billed - kept - lost.images;
	const failed = items.filter((item) => isFailed(item) || isRefused(item)).length;
	const facts = [
		failed > 0 ? `${failed} of ${items.length} items ${failed === 1 ? 'fails' : 'fail'}` : '',
		`${count(calls, 'request')}`,
		`${count(billed, 'image')} billed`,
		delivered > 0 ? `${delivered} delivered` : '',
		kept > 0 ? `${kept} saved for the retry` : '',
		lost.why ? `${lost.images} lost: ${lost.why}` : '',
	];
	return `${name}: ${facts.filter(Boolean).join(', ')}.`;
};

function count(number: number, noun: string): string {
	return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** As code, because messages contain Markdown characters; without the hosts and times of tests. */
function quoted(text: string): string {
	const shown = withHosts(text).replace(/within [\d.]+ seconds?/g, 'within … seconds');
	const short = shown.length > LONGEST ? `${shown.slice(0, LONGEST)}…` : shown;
	const fence = short.includes('`') ? '``' : '`';
	return `${fence}${short}${fence}`;
}

function withHosts(text: string): string {
	return text
		.replaceAll('{endpoint}', 'https://api.example.com/v1/images/generations')
		.replace(/\{(?:api|closed)\}/g, 'api.example.com')
		.replaceAll('{files}', 'files.example.com');
}

/** Characters of a message that are shown. */
const LONGEST = 300;
