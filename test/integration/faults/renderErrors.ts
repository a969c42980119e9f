import { isDelivered, isFailed, isRefused } from './outcomeKinds';
import type { Failed, Row, Topic } from './row';

/**
 * Writes what the rows say as a page for users: by topic, each message with the next step that the
 * node names, whether the call is tried again, and what is billed.
 *
 * @returns the whole of `docs/errors.md`
 */
export function renderErrors(topics: readonly Topic[]): string {
	return [INTRODUCTION, ...topics.map(renderTopic)].join('\n\n') + '\n';
}

const INTRODUCTION = `# Errors

What can go wrong, what you see of it, whether the node tries again, and what is billed. Look for the words of your error on this page; for advice by subject see [When something goes wrong](troubleshooting.md). The page is written from the tests that hold the node against each of these cases.

A box holds what the node advises, and the lines below it the messages that come with it. With **On Error: Stop Workflow** n8n shows message and advice as the error; with one of the _Continue_ settings they are \`error\` and \`message\` of an item, and the facts are in its \`details\`.

An image is billed when the server makes it. Whatever then reaches the node as a whole reaches you, in an item or kept for the retry, unless you stop the execution, or it is larger than **Largest Image** allows.`;

function renderTopic({ title, about, rows }: Topic): string {
	const single = rows.filter(({ expected }) => expected.items.length === 1);
	const several = rows.filter(({ expected }) => expected.items.length > 1);
	return [
		`## ${title}`,
		about,
		...failures(single),
		...list('Not sent, and not billed:', single, notSent),
		...list('Comes through, with a warning:', single, warned),
		...list('Comes through, after another attempt:', single, retried),
		...list('Comes through:', single, intact),
		...list('Ends at once:', single, canceled),
		...list('With several items:', several, among),
	].join('\n\n');
}

/** A box for each advice, and the messages that come with it, each with its causes. */
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
	if (isDownloadRepeated) return 'Downloaded again and again for a minute, and not generated again';
	if (most === 1) return 'Not tried again';
	return attempts.includes(1) ? `Tried up to ${most} times` : `Tried ${most} times`;
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
		? 'Billed if the image was made'
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
	return `${name}. ${billed > 0 ? 'What the server makes meanwhile is billed' : 'Nothing is billed'}.`;
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
		kept > 0 ? `${kept} kept for the retry` : '',
		lost.why ? `${lost.images} lost: ${lost.why}` : '',
	];
	return `${name}: ${facts.filter(Boolean).join(', ')}.`;
};

function count(number: number, noun: string): string {
	return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** As code, for it holds characters of Markdown; hosts and times are those of no test. */
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

/** Characters of a message; what a user looks for stands at its beginning. */
const LONGEST = 300;
