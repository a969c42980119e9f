import type { Account, JobTopic, Kept, Outcome, Stage } from './stage';

/** Writes the stages as chapters of `docs/errors.md`: the messages, what is kept, and what a retry does. */
export function renderJobs(topics: readonly JobTopic[]): string {
	return topics.map(renderTopic).join('\n\n');
}

function renderTopic({ title, about, stages }: JobTopic): string {
	const failing = stages.filter(({ once }) => stopped(once).error);
	const intact = stages.filter(({ once }) => !stopped(once).error);
	const adviceOf = ({ once }: Stage) => shown(stopped(once).error?.advice ?? '');
	const advices = [...new Set(failing.map(adviceOf))];
	return [
		`## ${title}`,
		about,
		...advices.flatMap((advice) => [
			`> ${advice}.`,
			failing
				.filter((stage) => adviceOf(stage) === advice)
				.map(lineOf)
				.join('\n'),
		]),
		...(intact.length > 0 ? ['Succeeds:', intact.map(({ name }) => `- ${name}`).join('\n')] : []),
	].join('\n\n');
}

/** With *Stop Workflow*, after which all that was generated is kept. */
function stopped(outcome: Outcome): Account {
	return 'stops' in outcome ? outcome.stops : outcome;
}

function lineOf({ name, once, retried }: Stage): string {
	const [first, second] = [stopped(once), stopped(retried)];
	const error = `\`${shown(first.error?.error ?? '')}\``;
	return `- ${error}: ${name}. ${resultOf(first)} With Retry On Fail: ${second.error ? 'fails again, ' : ''}${resultOf(second)}`;
}

function resultOf({ submits, billed, delivered, kept, boughtTwice }: Account): string {
	const facts = [
		delivered > 0 ? `${count(delivered, 'image')} delivered` : '',
		...keptIn(kept),
		count(submits, 'request'),
		billed > 0 ? `${count(billed, 'image')} billed` : 'not billed',
	];
	const lost = boughtTwice > 0 ? '; the image without a ticket is lost' : '';
	return `${facts.filter(Boolean).join(', ')}${lost}.`;
}

function keptIn({ tickets = 0, images = 0, links = 0 }: Kept): string[] {
	const parts = [
		tickets > 0 ? count(tickets, 'job') : '',
		images > 0 ? count(images, 'image') : '',
		links > 0 ? count(links, 'link') : '',
	].filter(Boolean);
	return parts.length > 0 ? [`${parts.join(' and ')} kept`] : [];
}

function count(number: number, noun: string): string {
	return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** Without the hosts of tests. */
function shown(text: string): string {
	return text
		.replaceAll('{job}', '…')
		.replaceAll('{last job}', '…')
		.replaceAll('{api}', 'api.bfl.ai')
		.replaceAll('{files}', 'files.example.com')
		.replace(/within [\d.]+ seconds?/g, 'within … seconds')
		.replace(/\. Gave up after .*/, '');
}
