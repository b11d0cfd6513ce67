import { i as sizeOfKey } from "./cache-key.js";
import { setTimeout } from "node:timers/promises";
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
async function restore({ name, prefixes, most, patience }) {
	const [first = ""] = prefixes;
	const search = cache.restoreCache([name], first, [...prefixes], { lookupOnly: true });
	const found = await within(patience?.search, search);
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
	const download = cache.restoreCache([name], found);
	return { key: await within(patience && patience.search + size * patience.perMiB, download) ?? null };
}
async function within(time, work) {
	if (time === void 0) return await work;
	const tooLong = setTimeout(time, void 0, { ref: false }).then(() => {
		throw new Error(`the cache service took longer than ${Math.round(time / 1e3)} s`);
	});
	return await Promise.race([work, tooLong]);
}
async function save({ name, key }) {
	return { key: await cache.saveCache([name], key) === -1 ? null : key };
}
export {};
