import { r as sizeOfKey } from "./cache-key.js";
import { text } from "node:stream/consumers";
// src/tools/cache-worker.ts
const answerWith = process.stdout.write.bind(process.stdout);
process.stdout.write = process.stderr.write.bind(process.stderr);
const task = JSON.parse(await text(process.stdin));
const cache = await import("./cache.js");
answerWith(JSON.stringify(await perform()), () => process.exit(0));
async function perform() {
	if (!cache.isFeatureAvailable()) return { key: null };
	return task.kind === "restore" ? await restore(task) : await save(task);
}
/** The entry is looked for first: its name tells its size before it is downloaded. */
async function restore({ name, prefix, most }) {
	const found = await cache.restoreCache([name], prefix, [prefix], { lookupOnly: true });
	if (!found) return { key: null };
	const size = sizeOfKey(found);
	if (size === null) return {
		key: null,
		refused: `${found} does not tell its size`
	};
	if (size * 2 ** 20 > most) return {
		key: null,
		refused: `${found} is of ${size} MiB`
	};
	return { key: await cache.restoreCache([name], found) ?? null };
}
async function save({ name, key }) {
	return { key: await cache.saveCache([name], key) === -1 ? null : key };
}
export {};
