import { i as messageOf } from "./errors.js";
import { a as saveFolder, i as storeTitle, n as storeFolder, r as storePrefix } from "./restore-store.js";
import { n as isKeyOf, t as cacheKey } from "./cache-key.js";
import { i as isRefusal, n as githubClient, o as patiently, s as statusOf } from "./github-client.js";
import { createHash } from "node:crypto";
import path from "node:path";
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
// src/tools/github-caches.ts
/**
* Deletes the entries that this run's ref had before: nothing is ever written over in GitHub's cache, and what is left there takes the room
* of others. `refused` where the token has no `actions: write`; what else goes wrong is only noted. Never throws.
* https://docs.github.com/rest/actions/cache
*/
async function deleteOlderCaches({ host, githubToken, prefix, key }) {
	const [owner = "", repo = ""] = (host.env.GITHUB_REPOSITORY ?? "").split("/");
	const ref = host.env.GITHUB_REF ?? "";
	let deleted = 0;
	try {
		const octokit = await githubClient({
			host,
			inputs: { githubToken }
		});
		if (!octokit || !owner || !repo || !ref) return 0;
		const { actions } = octokit.rest;
		const list = {
			owner,
			repo,
			ref,
			key: prefix,
			per_page: 100
		};
		const { data } = await patiently(host, () => actions.getActionsCacheList(list));
		for (const entry of data.actions_caches) {
			if (entry.id === void 0 || entry.ref !== ref || entry.key === key || !entry.key?.startsWith(prefix)) continue;
			const older = {
				owner,
				repo,
				cache_id: entry.id
			};
			await patiently(host, () => actions.deleteActionsCacheById(older)).catch(unlessGone);
			deleted += 1;
		}
	} catch (error) {
		if (isRefusal(error)) return "refused";
		host.out.debug(`older cache entries: ${messageOf(error)}`);
	}
	return deleted;
}
/** Another run may have been first. */
function unlessGone(error) {
	if (statusOf(error) !== 404) throw error;
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
		if (await deleteOlderCaches({
			host,
			githubToken: host.env["INPUT_GITHUB-TOKEN"] ?? "",
			prefix: "buildx-action-repodata-1-",
			key
		}) === "refused") host.out.info("older ones stay until GitHub drops them: the token may not delete them (actions: write)");
	} catch (error) {
		host.out.warning(`${storeTitle}: not kept for later runs: ${messageOf(error)}`);
	}
}
export { saveStore };
