import { d as keepWithin, u as entrySize } from "./layout-folder.js";
// src/cache/layers-plan.ts
/** What the quota asks of one image. */
function candidateOf({ name, layers, texts, seconds, ancestors }) {
	return {
		name,
		blobs: [...layers, ...texts],
		seconds,
		ancestors
	};
}
/** Bytes of each image that would be kept; none for one that is left out. */
function plannedSizes({ images, limit }) {
	const { elsewhere } = keepWithin(images.map(candidateOf), limit);
	return new Map(images.flatMap((image) => {
		const shared = elsewhere.get(image.name);
		return shared ? [[image.name, entrySize([...image.layers, ...image.texts], shared)]] : [];
	}));
}
/** The plan as it was written; throws for anything that a run would not have written. */
function readLayersPlan(text) {
	const plan = JSON.parse(text);
	if (!(Number.isSafeInteger(plan.limit) && plan.limit >= 0 && Array.isArray(plan.images)) || !plan.images.every(isPlanned)) throw new Error("what the run left is not what a run leaves");
	return plan;
}
function isPlanned(value) {
	const { name, folder, prefix, kind, restored, seconds, ancestors, layers, texts, steps } = value;
	return [
		name,
		prefix,
		kind,
		restored
	].every((one) => typeof one === "string") && (folder === null || /^[a-z0-9_][\w.-]*\/new-[\w-]+\/layers$/.test(folder)) && /^buildx-action-layers-1-[\w.-]+-(b|p\d+)-$/.test(kind) && prefix.startsWith(kind) && Number.isFinite(seconds) && Array.isArray(ancestors) && [layers, texts].every((list) => Array.isArray(list) && list.every(isBlob)) && typeof steps === "object";
}
function isBlob(value) {
	const { digest, size } = value ?? {};
	return typeof digest === "string" && /^sha256:[0-9a-f]{64}$/.test(digest) && Number.isSafeInteger(size) && size >= 0;
}
export { plannedSizes as n, readLayersPlan as r, candidateOf as t };
