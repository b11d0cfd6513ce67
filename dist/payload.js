// src/trigger/payload.ts
/** The value as an object; an empty one where it is none. Own keys only are ever read from it. */
function object(value) {
	return typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
}
/** The value at a path of own keys, undefined where one is missing. */
function field(value, ...path) {
	let found = value;
	for (const key of path) {
		const parent = object(found);
		found = Object.hasOwn(parent, key) ? parent[key] : void 0;
	}
	return found;
}
/** The string at a path, null where there is none. */
function textAt(value, ...path) {
	const found = field(value, ...path);
	return typeof found === "string" ? found : null;
}
/** The whole number at a path, null where there is none. */
function numberAt(value, ...path) {
	const found = field(value, ...path);
	return typeof found === "number" && Number.isSafeInteger(found) ? found : null;
}
export { textAt as i, numberAt as n, object as r, field as t };
