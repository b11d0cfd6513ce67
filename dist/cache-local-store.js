import { t as candidateOf } from "./layers-plan.js";
import { a as readLayout, d as keepWithin, i as lendBlobs, l as recordFile, n as blobsOf, o as stripLayout, r as freeDisk } from "./layout-folder.js";
import { i as messageOf } from "./errors.js";
import { r as formatBytes } from "./format.js";
import { r as moveFolder } from "./actions-cache.js";
import { t as diskReserve } from "./cache-local.js";
import { cp, lstat, mkdir, readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { createHash } from "node:crypto";
// src/steps/cache-local-store.ts
/**
* Puts a copy of what the machine keeps of one image into a folder; files have second names where the disk can. False where nothing
* is kept, or another run is just replacing it.
*/
async function copyStored(run, image, folder) {
	const stored = path.join(storeOf(run), image.id);
	try {
		const layout = await readLayout(stored);
		await mkdir(path.join(folder, "blobs", "sha256"), { recursive: true });
		for (const name of [
			"index.json",
			"oci-layout",
			recordFile
		]) await cp(path.join(stored, name), path.join(folder, name)).catch(() => void 0);
		const digests = blobsOf(layout).map(({ digest }) => digest);
		await lendBlobs(folder, digests, [stored]);
		return true;
	} catch (error) {
		run.question.host.out.debug(`layers of ${image.name}: ${messageOf(error)}`);
		await rm(folder, {
			recursive: true,
			force: true
		});
		return false;
	}
}
/**
* Swaps what was built for what is kept, within the quota for the whole stack; what saves the least time for its size goes. Never
* throws: a cache cannot make a run red.
*/
async function keepStored(run, plan) {
	const { out } = run.question.host;
	try {
		const store = storeOf(run);
		await mkdir(store, { recursive: true });
		const others = await othersIn(store, new Set(plan.images.map(({ name }) => run.images.get(name)?.id ?? "")));
		const { elsewhere, dropped } = keepWithin([...others, ...plan.images.map(candidateOf)], plan.limit);
		for (const { name } of others) if (dropped.includes(name)) await rm(path.join(store, name), {
			recursive: true,
			force: true
		});
		for (const { name, folder, steps } of plan.images) {
			const stored = path.join(store, run.images.get(name)?.id ?? "");
			const shared = elsewhere.get(name);
			if (!shared) await rm(stored, {
				recursive: true,
				force: true
			});
			if (!shared || folder === null || await freeDisk(store) < diskReserve) continue;
			const layout = await readLayout(path.join(run.folder, folder));
			await stripLayout(layout, shared);
			await writeFile(path.join(layout.folder, recordFile), JSON.stringify({
				steps,
				elsewhere: [...shared]
			}));
			await swap(layout.folder, stored);
		}
		if (dropped.length > 0) out.info(`layers of ${dropped.join(", ")}: left out, cache-size is ${formatBytes(plan.limit)}`);
	} catch (error) {
		out.warning(`layers: not kept for later runs: ${messageOf(error)}`);
	}
}
/** Of one checkout: two of them do not take turns in replacing each other's. */
function storeOf({ store, question }) {
	const { cwd } = question.host;
	return path.join(store ?? "", createHash("sha256").update(cwd).digest("hex").slice(0, 16));
}
/** What the store holds of images and platforms that this run had nothing to do with; what cannot be read goes. */
async function othersIn(store, own) {
	const found = [];
	for (const name of await readdir(store)) {
		if (own.has(name) || /\.(new|old)$/.test(name)) continue;
		const layout = await readLayout(path.join(store, name)).catch(() => null);
		if (!layout) {
			await rm(path.join(store, name), {
				recursive: true,
				force: true
			});
			continue;
		}
		const { steps, elsewhere } = layout.record;
		const blobs = blobsOf(layout).filter(({ digest }) => !elsewhere.includes(digest));
		const seconds = Object.values(steps).reduce((sum, time) => sum + time, 0) / 1e3;
		found.push({
			name,
			blobs,
			seconds,
			ancestors: []
		});
	}
	return found;
}
/** The old folder goes when the new one is whole. */
async function swap(folder, stored) {
	const aside = `${stored}.old`;
	await rm(`${stored}.new`, {
		recursive: true,
		force: true
	});
	await moveFolder(folder, `${stored}.new`);
	await rm(aside, {
		recursive: true,
		force: true
	});
	if (await lstat(stored).catch(() => null)) await moveFolder(stored, aside);
	await moveFolder(`${stored}.new`, stored);
	await rm(aside, {
		recursive: true,
		force: true
	});
}
export { copyStored, keepStored };
