import { _ as readLayersKey, a as readLayout, c as contentOf, d as keepWithin, l as recordFile, m as layersPrefix, o as stripLayout, r as freeDisk, u as entrySize } from "./layout-folder.js";
import { r as readLayersPlan, t as candidateOf } from "./layers-plan.js";
import { i as messageOf } from "./errors.js";
import { r as formatBytes } from "./format.js";
import { n as saveFolder } from "./actions-cache.js";
import { r as isKeyOf, t as cacheKey } from "./cache-key.js";
import { r as readCaches, t as deleteCache } from "./github-caches.js";
import { i as patience, r as createTrouble, t as diskReserve } from "./cache-local.js";
import { t as planFile } from "./cache-local-settle.js";
import { lstat, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
// src/steps/save-layers.ts
/** What a repository's cache holds on GitHub before entries are evicted, bytes. */
const repositoryLimit = 1e10;
const statePattern = /^buildx-action-[A-Za-z0-9]{6}$/;
/**
* Keeps the layers that a run left for its post step: within the quota, what is new, within the disk. `state` is what the run said:
* the name of its folder below RUNNER_TEMP. Nothing of it can make a run red, and no state leads anywhere else.
*/
async function saveLayers(host, state) {
	if (!statePattern.test(state) || !host.env.RUNNER_TEMP) return;
	const folder = path.join(host.env.RUNNER_TEMP, state, "layers");
	if (!(await lstat(folder).catch(() => null))?.isDirectory()) return;
	try {
		await saveAll(host, folder, readLayersPlan(await readFile(path.join(folder, planFile), "utf8")));
	} catch (error) {
		host.out.warning(`layers: not kept for later runs: ${messageOf(error)}`);
	} finally {
		await rm(folder, {
			recursive: true,
			force: true
		}).catch(() => void 0);
	}
}
async function saveAll(host, folder, plan) {
	const trouble = createTrouble(host.out, plan.warned ? 1 : 0);
	let denied = false;
	const info = (line) => {
		denied ||= /cache write denied/.test(line);
		host.out.info(line);
	};
	const githubToken = host.env["INPUT_GITHUB-TOKEN"] ?? "";
	const quiet = {
		...host,
		out: {
			...trouble.out,
			info
		}
	};
	const overview = await readCaches({
		host: quiet,
		githubToken,
		prefix: layersPrefix
	});
	const saving = {
		host: quiet,
		githubToken,
		folder,
		plan,
		overview,
		held: /* @__PURE__ */ new Map(),
		stopped: false,
		kept: false,
		room: plan.main ? Number.POSITIVE_INFINITY : overview ? repositoryLimit - overview.used : 0
	};
	if (!plan.main && !overview) return host.out.info(`layers: kept by runs of the default branch alone: GitHub does not tell the room that is left (actions: read)`);
	const { elsewhere, dropped } = keepWithin([...othersOf(saving).map(candidateOfEntry), ...plan.images.map(candidateOf)], plan.limit);
	const names = plan.images.flatMap(({ name }) => dropped.includes(name) ? [name] : []);
	if (names.length > 0) info(`layers of ${names.join(", ")}: left out, cache-size is ${formatBytes(plan.limit)} for the stack`);
	for (const image of plan.images) {
		if (saving.stopped) break;
		if (!elsewhere.has(image.name)) await dropEntries(saving, image);
		else if (image.folder === null) saving.held.set(image.name, digestsOf(image));
		else await saveOne(saving, image);
		saving.stopped ||= denied || trouble.count() > (plan.warned ? 1 : 0);
	}
	for (const entry of othersOf(saving)) if (dropped.includes(entry.key)) await remove(saving, entry);
}
/** Entries of images that this run did not build or restore, the newest of each. */
function othersOf({ overview, plan }) {
	const own = new Set(plan.images.map(({ kind }) => kind));
	const kinds = /* @__PURE__ */ new Map();
	for (const entry of overview?.entries ?? []) {
		const kind = readLayersKey(entry.key)?.kind;
		if (kind !== void 0 && !own.has(kind) && !kinds.has(kind)) kinds.set(kind, entry);
	}
	return [...kinds.values()];
}
function candidateOfEntry({ key, size }) {
	return {
		name: key,
		blobs: [{
			digest: key,
			size
		}],
		seconds: readLayersKey(key)?.seconds ?? 0,
		ancestors: []
	};
}
async function saveOne(saving, image) {
	const { host, folder, plan, held } = saving;
	const { out } = host;
	const title = `layers of ${image.name}`;
	const layout = await readLayout(path.join(folder, image.folder ?? ""));
	const elsewhere = new Set(image.ancestors.flatMap((name) => [...held.get(name) ?? []]).filter((one) => digestsOf(image).has(one)));
	const content = contentOf(layout.layers, elsewhere);
	if (isKeyOf(image.restored, content)) return void held.set(image.name, digestsOf(image));
	const bytes = entrySize([...image.layers, ...image.texts], elsewhere);
	if (await freeDisk(folder) < bytes + diskReserve) return out.info(`${title}: not kept: the disk has no room for it`);
	if (bytes > saving.room) return out.info(`${title}: not kept: the repository’s cache has no room that is not the default branch’s`);
	await stripLayout(layout, elsewhere);
	await writeFile(path.join(layout.folder, recordFile), JSON.stringify({
		steps: image.steps,
		elsewhere: [...elsewhere]
	}));
	if (!plan.main && !await removeOlder(saving, image, "")) return;
	const key = cacheKey({
		prefix: image.prefix,
		bytes,
		content,
		attempt: host.env.GITHUB_RUN_ATTEMPT ?? "1"
	});
	const timeout = 4 * patience.timeout + bytes / 2 ** 20 * patience.perMiB;
	if (!await saveFolder({
		host,
		folder: layout.folder,
		title,
		key,
		timeout
	})) return;
	held.set(image.name, digestsOf(image));
	saving.room -= bytes;
	out.info(`${title}: kept for later runs as ${key}`);
	await rm(layout.folder, {
		recursive: true,
		force: true
	});
	if (plan.main) await removeOlder(saving, image, key);
}
function digestsOf({ layers }) {
	return new Set(layers.map(({ digest }) => digest));
}
async function dropEntries(saving, image) {
	await removeOlder(saving, image, "");
}
/** Entries of one image that this ref has, but for one. False where the token may not: said once. */
async function removeOlder(saving, { kind }, but) {
	const older = saving.overview?.entries.filter(({ key }) => key.startsWith(kind) && key !== but) ?? [];
	for (const entry of older) if (!await remove(saving, entry)) return false;
	return true;
}
async function remove(saving, { id, key }) {
	const { host, plan } = saving;
	try {
		if (saving.stopped || saving.kept) return false;
		if (await deleteCache(saving, id)) return true;
		saving.kept = true;
		const stay = plan.main ? "older ones stay until GitHub drops them" : "kept by runs of the default branch alone: an older entry would stay beside each new one";
		host.out.info(`layers: ${stay}: the token may not delete entries (actions: write)`);
		if (!plan.main) saving.stopped = true;
	} catch (error) {
		host.out.debug(`layers: ${key} is not deleted: ${messageOf(error)}`);
	}
	return false;
}
export { saveLayers };
