import { i as messageOf } from "./errors.js";
import { n as saveFolder } from "./actions-cache.js";
import { t as cacheKey } from "./cache-key.js";
import { n as deleteOlderCaches, r as readCaches } from "./github-caches.js";
import { t as archiveFolder } from "./cache-mounts.js";
import { a as oneWarning, n as mountPrefix } from "./restore-mounts.js";
import path from "node:path";
// src/steps/save-mounts.ts
/** What a repository's cache holds on GitHub before entries are evicted, bytes. */
const repositoryLimit = 1e10;
/** Kept for the post step: the run's own folder and the archives in it. */
const mountsState = "mounts";
/** Saves what the run left of its cache mounts, each as an entry of its own; what this branch kept of it before goes. Never throws. */
async function saveMounts(host, state) {
	const { folder, main, mounts } = parseState(state);
	if (mounts.length === 0) return;
	const kept = path.join(path.dirname(host.kept), folder);
	const bytes = mounts.reduce((sum, mount) => sum + mount.bytes, 0);
	if (!main && bytes > await roomBeside(host)) return host.out.info("cache mounts: kept by runs of the default branch alone: others would take its room, or GitHub does not tell (actions: read)");
	await oneWarning(host, async (quiet) => {
		for (const mount of mounts) await saveMount(quiet, kept, mount).catch((error) => quiet.out.warning(messageOf(error)));
	});
}
/** Bytes that the repository's cache has left for what is not the default branch's. */
async function roomBeside(host) {
	const overview = await readCaches({
		host,
		githubToken: tokenOf(host),
		prefix: mountPrefix
	});
	return overview ? repositoryLimit - overview.used : 0;
}
function tokenOf({ env }) {
	return env["INPUT_GITHUB-TOKEN"] ?? "";
}
async function saveMount(host, kept, { key: directory, digest, bytes }) {
	const prefix = `${mountPrefix}${directory}-`;
	const key = cacheKey({
		prefix,
		bytes,
		content: digest,
		attempt: host.env.GITHUB_RUN_ATTEMPT ?? "1"
	});
	const folder = archiveFolder(kept, directory);
	if (!await saveFolder({
		host,
		folder,
		title: "cache mounts",
		key,
		timeout: 6e5
	})) return;
	host.out.info(`cache mounts: kept for later runs as ${key}`);
	if (await deleteOlderCaches({
		host,
		githubToken: tokenOf(host),
		prefix,
		key
	}) === "refused") host.out.info("older ones stay until GitHub drops them: the token may not delete them (actions: write)");
}
/** A state is text of the environment: only names that the run itself gives are believed. */
function parseState(state) {
	const none = {
		folder: "",
		main: false,
		mounts: []
	};
	try {
		const { folder, main, mounts } = JSON.parse(state);
		if (typeof folder !== "string" || !/^buildx-action-\w+$/.test(folder) || !Array.isArray(mounts)) return none;
		return {
			folder,
			main: main === true,
			mounts: mounts.filter(isSaved)
		};
	} catch {
		return none;
	}
}
function isSaved(value) {
	const { key, digest, bytes } = value ?? {};
	const hexadecimal = /^[0-9a-f]{16}$/;
	return hexadecimal.test(String(key)) && hexadecimal.test(String(digest)) && Number.isSafeInteger(bytes);
}
export { saveMounts as n, mountsState as t };
