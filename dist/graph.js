import { t as ActionError } from "./errors.js";
// src/stack/graph.ts
/** Names with every parent before its children, ties by name. Throws `ActionError('stack')` that shows a cycle. */
function buildOrder(images) {
	const children = childrenOf(images);
	const open = new Map(images.map((image) => [image.name, parentNames(image).length]));
	const ready = images.filter((image) => open.get(image.name) === 0).map((image) => image.name).sort(descending);
	const order = [];
	for (let name = ready.pop(); name !== void 0; name = ready.pop()) {
		order.push(name);
		for (const child of children.get(name) ?? []) {
			const left = (open.get(child) ?? 0) - 1;
			open.set(child, left);
			if (left === 0) insert(ready, child);
		}
	}
	if (order.length < images.length) throw cycleError(images, new Set(order));
	return order;
}
/** The names of all images that any of `names` is built on; `names` themselves left out. */
function ancestors(images, names) {
	const byName = new Map(images.map((image) => [image.name, image]));
	return closure(names, (name) => parentNames(byName.get(name)));
}
function childrenOf(images) {
	const children = /* @__PURE__ */ new Map();
	for (const image of images) for (const parent of parentNames(image)) {
		const list = children.get(parent);
		if (list) list.push(image.name);
		else children.set(parent, [image.name]);
	}
	return children;
}
function parentNames(image) {
	return [...new Set(image?.parents.map((parent) => parent.name))];
}
function closure(names, next) {
	const found = /* @__PURE__ */ new Set();
	const queue = [...names];
	for (let name = queue.pop(); name !== void 0; name = queue.pop()) for (const other of next(name)) {
		if (found.has(other)) continue;
		found.add(other);
		queue.push(other);
	}
	return found;
}
function descending(a, b) {
	return a < b ? 1 : a > b ? -1 : 0;
}
/** Keeps `ready` sorted, last name first, so that the next one is at the end. */
function insert(ready, name) {
	let low = 0;
	for (let high = ready.length; low < high;) {
		const middle = low + high >> 1;
		if ((ready[middle] ?? "") > name) low = middle + 1;
		else high = middle;
	}
	ready.splice(low, 0, name);
}
/** Every image that is left has a parent that is left, so going from parent to parent must come back. */
function cycleError(images, done) {
	const byName = new Map(images.map((image) => [image.name, image]));
	const way = [];
	let name = images.find((image) => !done.has(image.name))?.name ?? "";
	while (!way.includes(name)) {
		way.push(name);
		name = parentNames(byName.get(name)).find((parent) => !done.has(parent)) ?? "";
	}
	const cycle = [...way.slice(way.indexOf(name)), name];
	return new ActionError("stack", `images are built on each other in a circle: ${cycle.join(" → ")}`, ["Read → as \"is built on\". Nothing is built while there is a circle", "Take one of these out of FROM, COPY --from, RUN --mount from= or depends_on in spec.yml"]);
}
export { buildOrder as n, ancestors as t };
