'use strict';

const OPERATIONS = ['generate', 'edit'];
const BEGIN = '<!-- models: written by `npm run docs` -->';
const END = '<!-- /models -->';

/**
 * Writes what the table of models says as Markdown.
 *
 * @param {Record<string, object>} models the table of `nodes/AiImages/models`
 * @returns {string} the whole of `docs/models.md`
 */
function renderModels(models) {
	return [
		'# Models',
		'',
		'What the node shows, checks and sends for each model. This page is written from the table in `nodes/AiImages/models` by `npm run docs`.',
		'',
		'A dash means that the parameter is never sent. `auto` leaves the choice to the model.',
		...Object.entries(models).flatMap(([id, row]) => ['', ...renderModel(id, row)]),
		'',
	].join('\n');
}

/**
 * Puts the overview of the models into a README, between its two marks.
 *
 * @param {string} readme
 * @param {Record<string, object>} models
 */
function renderReadme(readme, models) {
	const from = readme.indexOf(BEGIN);
	const to = readme.indexOf(END);
	if (from < 0 || to < from) throw new Error(`README.md lacks "${BEGIN}" and "${END}"`);
	return `${readme.slice(0, from + BEGIN.length)}\n\n${overview(models)}\n\n${readme.slice(to)}`;
}

module.exports = { renderModels, renderReadme };

function overview(models) {
	const rows = Object.entries(models).map(([id, row]) => [
		row.displayName,
		`\`${id}\``,
		row.operations.join(', '),
		describe(specOf(row, 'size', row.operations[0])),
		formatsOf(row),
		row.shutdown ?? '',
	]);
	return table(['Model', 'ID', 'Operations', 'Sizes', 'Formats', 'OpenAI ends it on'], rows);
}

function formatsOf(row) {
	const spec = specOf(row, 'outputFormat', row.operations[0]);
	return spec ? spec.values.join(', ') : '—';
}

function renderModel(id, row) {
	const names = Object.keys(row.parameters);
	const facts = [
		`ID \`${id}\``,
		row.shutdown ? `OpenAI ends it on ${row.shutdown}` : '',
		row.inputImages ? `input images: ${describeImages(row.inputImages)}` : '',
		row.operations.includes('edit') ? `mask: ${row.mask ? 'yes' : 'no'}` : '',
		row.operations.includes('edit') ? `markup: ${row.markup ? 'yes' : 'no'}` : '',
		row.prices ? `US dollars per million tokens: ${describePrices(row.prices)}` : 'prices: unknown',
	].filter(Boolean);
	return [
		`## ${row.displayName}`,
		'',
		...facts.map((fact) => `- ${fact}`),
		'',
		table(
			['Parameter', ...row.operations],
			names.map((name) => [
				`\`${name}\``,
				...row.operations.map((operation) => describe(specOf(row, name, operation))),
			]),
		),
		'',
		`Sources: ${row.sources.map((source) => `<${source.split(' ')[0]}>`).join(', ')}`,
	];
}

function specOf(row, name, operation) {
	return [row.parameters[name] ?? []]
		.flat()
		.find((spec) => (spec.operations ?? OPERATIONS).includes(operation));
}

function describe(spec) {
	if (!spec) return '—';
	return [kindOf(spec), conditionOf(spec)].filter(Boolean).join('; ');
}

function kindOf(spec) {
	switch (spec.kind) {
		case 'text':
			return spec.maxLength ? `text, up to ${count(spec.maxLength)} characters` : 'text';
		case 'integer':
			return integerOf(spec);
		case 'boolean':
			return 'true, false';
		case 'choice':
			return spec.values.join(', ');
		case 'size':
			return spec.rule ? ruleOf(spec.rule) : spec.values.join(', ');
	}
}

function integerOf({ min, max, perRequest }) {
	if (min === undefined) return 'whole number';
	return `${count(min)} to ${count(max)}${perRequest ? `, ${perRequest} per request` : ''}`;
}

function ruleOf(rule) {
	return `auto, or multiples of ${rule.multipleOf} up to ${rule.maxEdge}, at most ${rule.maxRatio}:1, ${count(rule.minPixels)} to ${count(rule.maxPixels)} pixels`;
}

function conditionOf({ onlyWith, notWith, requires }) {
	return [
		onlyWith ? `only with ${pairs(onlyWith)}` : '',
		notWith ? `not with ${pairs(notWith)}` : '',
		requires ? `needs \`${requires}\`` : '',
	]
		.filter(Boolean)
		.join('; ');
}

function pairs(condition) {
	return Object.entries(condition)
		.map(([name, values]) => `\`${name}\` ${values.join(' or ')}`)
		.join(', ');
}

function describeImages({ maxCount, maxBytes, formats, square }) {
	return `up to ${maxCount}, ${square ? 'square, ' : ''}${formats.join(', ')}, up to ${count(maxBytes)} bytes each`;
}

function describePrices({ textInput, imageInput, imageOutput, textOutput }) {
	const text = textOutput === null ? '' : `, text out ${textOutput}`;
	return `text in ${textInput}, image in ${imageInput}, image out ${imageOutput}${text}`;
}

function table(head, rows) {
	const line = (cells) => `| ${cells.join(' | ')} |`;
	return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function count(number) {
	return number.toLocaleString('en-US');
}
