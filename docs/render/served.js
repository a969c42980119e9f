'use strict';

module.exports = { dialectsOf, isRetired, lastRetirement, marksOf, servedBy, servicesOf };

/** The models that a service is known to serve, each with the ID that the service has for it. */
function servedBy({ maker, models: others }, models) {
	return Object.entries(models).flatMap(([id, row]) => {
		const isListed = Object.hasOwn(others ?? {}, id);
		if (!isListed && (maker === undefined || maker !== row.maker)) return [];
		return [{ id, row, sent: isListed ? others[id] : id }];
	});
}

/** The services that are known to serve a model, each with its ID there. */
function servicesOf(id, services, models) {
	return Object.values(services).flatMap((service) => {
		const found = servedBy(service, models).find((each) => each.id === id);
		return found ? [{ service, sent: found.sent }] : [];
	});
}

/**
 * The ways in which a service is spoken to, each with the models that it concerns. Those without a
 * model in the table are left out. A service that can serve any model has a single one.
 *
 * @param {string} today `YYYY-MM-DD`; models that are retired by then count only where no other is left
 */
function dialectsOf({ variants = [], ...service }, models, today) {
	if (service.models === null) return [{ ...service, served: null }];
	const served = servedBy(service, models);
	const current = served.filter(({ row }) => !isRetired(row, today));
	return [undefined, ...variants].flatMap((variant) => {
		const isOf = ({ sent }) => variants.find((each) => each.for.test(sent)) === variant;
		const own = current.some(isOf) ? current.filter(isOf) : served.filter(isOf);
		return own.length > 0 ? [{ ...service, ...variant, served: own }] : [];
	});
}

/** Whether the maker has shut a model down. */
function isRetired({ shutdown }, today) {
	return shutdown !== null && shutdown <= today;
}

/**
 * The day of the last retirement, at which a page stands until the next one: with the day of the
 * build, it would differ each day.
 */
function lastRetirement(models, today) {
	const days = Object.values(models).flatMap((row) => (isRetired(row, today) ? row.shutdown : []));
	return days.toSorted().at(-1) ?? '';
}

/** What a service does with models: `✓` both operations, or which one, `†` if all are retired. */
function marksOf(served, today) {
	const current = served.filter(({ row }) => !isRetired(row, today));
	if (served.length === 0) return '';
	if (current.length === 0) return '†';
	const operations = new Set(current.flatMap(({ row }) => row.operations));
	if (operations.size === 2) return '✓';
	return operations.has('generate') ? '_g_' : '_e_';
}
