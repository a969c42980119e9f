'use strict';

const { between, table } = require('./table');

module.exports = { renderOptions };

/**
 * Replaces the tables between the marks in `docs/options.md`.
 *
 * @param {string} page
 * @param {object[]} fields the properties in the description of the node
 */
function renderOptions(page, fields) {
	const visible = fields.filter(
		({ type, name }) => !['hidden', 'notice'].includes(type) && name !== 'options',
	);
	const { options } = fields.find(({ name }) => name === 'options');
	return between(
		between(page, 'fields', fieldTable(visible, '')),
		'options',
		fieldTable(options, 'options.'),
	);
}

/** One row per parameter, however many fields the editor has for it. */
function fieldTable(fields, root) {
	const names = [...new Set(fields.map(({ name }) => name))];
	const rows = names.map((name) => {
		const variants = fields.filter((field) => field.name === name);
		const [label, unit = ''] = variants[0].displayName.split(/ \((.*)\)$/);
		return [label, `\`${root}${name}\``, defaultOf(variants), unit, purposeOf(variants)];
	});
	return table(['Field', 'Path', 'Default', 'Unit', 'Description'], rows);
}

/** What the editor fills in, as it shows it; a dash if the field starts empty. */
function defaultOf(variants) {
	const listed = variants.filter(({ displayOptions: { show = {} } = {} }) => {
		return !(show.family ?? show['/family'])?.includes('other');
	});
	const values = new Set((listed.length ? listed : variants).map(defaultLabel));
	return values.size === 1 ? [...values][0] : 'by model';
}

function defaultLabel({ type, default: value, options }) {
	if (type === 'boolean') return value ? 'on' : 'off';
	if (type === 'options') {
		return value === '' ? '—' : options.find((option) => option.value === value).name;
	}
	return ['string', 'number'].includes(type) && value !== '' ? `${value}` : '—';
}

/** Descriptions differ only in what they add for some models. */
function purposeOf(variants) {
	const [shortest] = variants
		.map(({ description, options }) => description ?? options.map(({ name }) => name).join(' or '))
		.toSorted((a, b) => a.length - b.length);
	return [
		shortest.replace(/([^.])$/, '$1.'),
		variants.every(isOnlyForEdits) ? 'Edit Image only.' : '',
		variants[0].noDataExpression ? "Doesn't accept expressions." : '',
	]
		.filter(Boolean)
		.join(' ');
}

function isOnlyForEdits({ displayOptions: { show = {} } = {} }) {
	return `${show.operation ?? show['/operation']}` === 'edit';
}
