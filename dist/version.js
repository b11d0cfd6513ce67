// src/lock/version.ts
const valid = /^[*.+!_0-9a-z]+$/;
const none = [];
/** Reads a version; null for a text that conda takes for none (`1..2`, `1!2!3`, the empty one). */
function parseVersion(text) {
	let rest = text.trim().toLowerCase();
	if (rest.includes("-") && !rest.includes("_")) rest = rest.replaceAll("-", "_");
	if (!valid.test(rest)) return null;
	const epochs = rest.split("!");
	if (epochs.length > 2 || epochs.length === 2 && !/^\d+$/.test(epochs[0] ?? "")) return null;
	const [release = "", ...locals] = (epochs.at(-1) ?? "").split("+");
	if (locals.length > 1) return null;
	const parts = [epochs.length === 2 ? epochs[0] ?? "0" : "0", ...dotted(release)].map(component);
	const local = locals[0] === void 0 ? [] : locals[0].replaceAll("_", ".").split(".").map(component);
	return [...parts, ...local].some((one) => one === null) ? null : {
		release: parts,
		local
	};
}
/** Below zero where `a` is the older one, zero where conda takes them for the same (`1.0` and `1`). */
function compareVersions(a, b) {
	return compareLists(a.release, b.release) || compareLists(a.local, b.local);
}
/** Whether a version begins with another one, as `=1.2` asks: `1.2.3` with `1.2`, `1.2a1` with `1.2a`. */
function startsWith(version, prefix) {
	const local = prefix.local.length > 0;
	if (local && compareLists(version.release, prefix.release) !== 0) return false;
	const [whole, start] = local ? [version.local, prefix.local] : [version.release, prefix.release];
	const last = start.length - 1;
	if (compareLists(whole.slice(0, last), start.slice(0, last)) !== 0) return false;
	const [of, by] = [whole[last] ?? none, start[last] ?? none];
	const end = by.length - 1;
	if (compareLists([of.slice(0, end)], [by.slice(0, end)]) !== 0) return false;
	const [part, wanted] = [of[end] ?? 0, by[end] ?? 0];
	return typeof wanted === "string" ? typeof part === "string" && part.startsWith(wanted) : compareParts(part, wanted) === 0;
}
/** An underscore at the end belongs to the last component: openssl's letters come after it. */
function dotted(release) {
	const open = release.endsWith("_");
	const parts = (open ? release.slice(0, -1) : release).replaceAll("_", ".").split(".");
	return open ? parts.with(-1, `${parts.at(-1)}_`) : parts;
}
/** Numbers and words in turn, a number first: `rc1` is 0, rc, 1. */
function component(text) {
	const runs = text.match(/\d+|\*+|[^\d*]+/g);
	if (!runs) return null;
	const parts = runs.map(part);
	return typeof parts[0] === "string" || runs[0] === "post" ? [0, ...parts] : parts;
}
/** `post` is more than every number; DEV in capitals stands before all words. */
function part(run) {
	if (/^\d/.test(run)) return run.length > 15 ? BigInt(run) : Number(run);
	if (run === "post") return Number.POSITIVE_INFINITY;
	return run === "dev" ? "DEV" : run;
}
function compareLists(a, b) {
	for (let at = 0; at < Math.max(a.length, b.length); at++) {
		const [one, other] = [a[at] ?? none, b[at] ?? none];
		for (let run = 0; run < Math.max(one.length, other.length); run++) {
			const order = compareParts(one[run] ?? 0, other[run] ?? 0);
			if (order !== 0) return order;
		}
	}
	return 0;
}
function compareParts(a, b) {
	const [aWord, bWord] = [typeof a === "string", typeof b === "string"];
	if (aWord !== bWord) return aWord ? -1 : 1;
	return a < b ? -1 : a > b ? 1 : 0;
}
export { parseVersion as n, startsWith as r, compareVersions as t };
