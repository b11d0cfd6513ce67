import { t as restoreFolder } from "./actions-cache.js";
import { n as hasCacheService, r as userCache } from "./environment.js";
import path from "node:path";
import { existsSync } from "node:fs";
// src/steps/restore-store.ts
/** What the cache entries of the store begin with; the number is that of its form on the disk. */
const storePrefix = "buildx-action-repodata-1-";
/** How messages name it. */
const storeTitle = "channels’ data";
/** Kept for the post step: the key of the entry that was restored, or that none was. */
const storeState = {
	name: "store",
	none: "none"
};
/** The store has a limit of 60 MB; what was written meanwhile is above it until it is pruned. */
const most = 128 * 2 ** 20;
/**
* The folder in which channels' data stays for the next run, filled from the cache service where this machine has none yet. Asks for
* nothing on the command line: there the folder itself stays. An untrusted run has a folder of its own that goes with it.
*/
async function restoreStore(host, trust) {
	const folder = trust === "untrusted" ? path.join(host.temp, "repodata") : storeFolder(host);
	if (host.kind !== "action" || existsSync(folder)) return folder;
	if (!hasCacheService(host)) return folder;
	const key = await restoreFolder({
		host,
		folder,
		title: storeTitle,
		prefix: storePrefix,
		most
	});
	if (key !== null) host.out.info(`${storeTitle} of an earlier run: restored from ${key}`);
	if (trust === "trusted") host.out.state(storeState.name, key ?? storeState.none);
	return folder;
}
/** Where a trusted run keeps it. */
function storeFolder({ kind, env, temp }) {
	if (kind === "action") return path.join(env.RUNNER_TOOL_CACHE || env.RUNNER_TEMP || temp, "buildx-action", "repodata");
	return path.join(userCache(env), "repodata");
}
export { storeTitle as i, storeFolder as n, storePrefix as r, restoreStore as t };
