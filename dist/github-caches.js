import { i as messageOf } from "./errors.js";
import { i as isRefusal, n as githubClient, o as patiently, s as statusOf } from "./github-client.js";
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
/** Null without a token that may read it (`actions: read`), or where GitHub does not answer. Never throws. */
async function readCaches(question) {
	const { host, prefix } = question;
	const place = placeOf(question);
	try {
		const octokit = place && await githubClient({
			host,
			inputs: question
		});
		if (!octokit) return null;
		const { actions } = octokit.rest;
		const { ref, ...repository } = place;
		const [list, usage] = await Promise.all([patiently(host, () => actions.getActionsCacheList({
			...place,
			key: prefix,
			per_page: 100
		})), patiently(host, () => actions.getActionsCacheUsage(repository))]);
		return {
			entries: list.data.actions_caches.flatMap(({ id, key, ref: of, size_in_bytes: size }) => id !== void 0 && of === ref && key?.startsWith(prefix) ? [{
				id,
				key,
				size: size ?? 0
			}] : []),
			used: usage.data.active_caches_size_in_bytes
		};
	} catch (error) {
		host.out.debug(`cache entries: ${messageOf(error)}`);
		return null;
	}
}
/** Deletes one entry; false where the token may not. Throws for what else goes wrong. */
async function deleteCache(question, id) {
	const { host } = question;
	const place = placeOf(question);
	const octokit = place && await githubClient({
		host,
		inputs: question
	});
	if (!octokit) return false;
	const { ref: _, ...repository } = place;
	try {
		await patiently(host, () => octokit.rest.actions.deleteActionsCacheById({
			...repository,
			cache_id: id
		}));
	} catch (error) {
		if (statusOf(error) === 404) return true;
		if (isRefusal(error)) return false;
		throw error;
	}
	return true;
}
function placeOf({ host }) {
	const [owner = "", repo = ""] = (host.env.GITHUB_REPOSITORY ?? "").split("/");
	const ref = host.env.GITHUB_REF ?? "";
	return owner && repo && ref ? {
		owner,
		repo,
		ref
	} : null;
}
/** Another run may have been first. */
function unlessGone(error) {
	if (statusOf(error) !== 404) throw error;
}
export { deleteOlderCaches as n, readCaches as r, deleteCache as t };
