import { i as messageOf } from "./errors.js";
import { n as saveFolder } from "./actions-cache.js";
import { r as isKeyOf, t as cacheKey } from "./cache-key.js";
import { n as deleteOlderCaches } from "./github-caches.js";
import { i as storeTitle, n as storeFolder, r as storePrefix } from "./restore-store.js";
import path from "node:path";
import { createHash } from "node:crypto";
import { lstatSync, readFileSync, readdirSync } from "node:fs";
// src/tools/folder-content.ts
/**
* Reads all files of a folder; one that is not there holds nothing. Throws where there is something else than files and folders: a
* link would bring in what is elsewhere.
*/
function readFolder(folder) {
	const hash = createHash("sha256");
	let bytes = 0;
	for (const name of namesIn(folder)) {
		const file = path.join(folder, name);
		const stat = lstatSync(file);
		if (stat.isDirectory()) continue;
		if (!stat.isFile()) throw new Error(`${name} is neither file nor folder`);
		const content = readFileSync(file);
		bytes += content.length;
		hash.update(`${JSON.stringify(name)} ${content.length}\n`).update(content);
	}
	return {
		bytes,
		sha256: hash.digest("hex")
	};
}
function namesIn(folder) {
	if (!lstatSync(folder, { throwIfNoEntry: false })?.isDirectory()) return [];
	return readdirSync(folder, {
		recursive: true,
		encoding: "utf8"
	}).sort();
}
// src/steps/save-store.ts
/**
* Keeps the channels' data of a run that ended well for later ones, where it is not what was restored. `restored` is the
* key of that entry. What this branch kept before goes. Nothing of it can make a run red.
*/
async function saveStore(host, restored) {
	const folder = storeFolder(host);
	try {
		const { bytes, sha256 } = readFolder(folder);
		if (bytes === 0 || isKeyOf(restored, sha256)) return;
		const key = cacheKey({
			prefix: storePrefix,
			bytes,
			content: sha256,
			attempt: host.env.GITHUB_RUN_ATTEMPT ?? "1"
		});
		if (!await saveFolder({
			host,
			folder,
			title: "channels’ data",
			key
		})) return;
		host.out.info(`${storeTitle}: kept for later runs as ${key}`);
		const githubToken = host.env["INPUT_GITHUB-TOKEN"] ?? "";
		if (await deleteOlderCaches({
			host,
			githubToken,
			prefix: "buildx-action-repodata-1-",
			key
		}) === "refused") host.out.info("older ones stay until GitHub drops them: the token may not delete them (actions: write)");
	} catch (error) {
		host.out.warning(`${storeTitle}: not kept for later runs: ${messageOf(error)}`);
	}
}
export { saveStore };
