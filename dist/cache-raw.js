import { i as secretsOf, n as destinationOf, r as readCacheEntry } from "./entry.js";
import { t as ActionError } from "./errors.js";
import { t as isBelow } from "./inside.js";
import path from "node:path";
// src/steps/cache-raw.ts
/**
* The values of `cache-from` and `cache-to`, the same for all images. Throws ActionError('input') where several images would
* write one folder: exports at one time remove each other's files (moby/buildkit#7102).
*/
async function prepareRaw({ source, decision, inputs, host }) {
	const trusted = source.trigger.trust === "trusted";
	if (!trusted && inputs.cacheTo.length > 0) host.out.notice("cache-to is left out: an untrusted run writes no cache");
	const from = inputs.cacheFrom.map(readCacheEntry);
	const to = (trusted ? inputs.cacheTo : []).map(readCacheEntry);
	for (const entry of [...from, ...to]) for (const secret of secretsOf(entry)) host.out.mask(secret);
	const building = decision.plan.images.filter(({ action }) => action === "build").map(({ name }) => name);
	for (const destination of to.map(destinationOf)) {
		if (destination === null || building.length < 2) continue;
		const message = `cache-to: ${destination} would be written by ${building.length} images: ${building.slice(0, 3).join(", ")}${building.length > 3 ? " …" : ""}`;
		const remedy = "take cache: registry, gha or local, which have a place for each image, or build one image a step (input images)";
		if (destination.startsWith("type=local")) throw new ActionError("input", message, [remedy]);
		host.out.warning(`${message}. The last one alone is kept: ${remedy}`);
	}
	const outside = (folder) => {
		const full = path.resolve(host.cwd, folder ?? "");
		return folder && !isBelow(host.cwd, full) ? [full] : [];
	};
	return {
		from: inputs.cacheFrom,
		to: trusted ? inputs.cacheTo.map(forgiving) : [],
		reads: from.flatMap(({ type, attributes }) => type === "local" ? outside(attributes.src) : []),
		writes: to.flatMap(({ type, attributes }) => type === "local" ? outside(attributes.dest) : [])
	};
}
/** A cache that cannot be written is no reason for a red run, unless the value says so. */
function forgiving(value) {
	const { type, attributes } = readCacheEntry(value);
	if (type === "inline" || "ignore-error" in attributes) return value;
	return value.includes("=") ? `${value},ignore-error=true` : `type=registry,ref=${value},ignore-error=true`;
}
export { prepareRaw };
