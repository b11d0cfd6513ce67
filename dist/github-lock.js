import { i as messageOf, t as ActionError } from "./errors.js";
import { n as mayLive, t as holderMilliseconds } from "./holder.js";
import { i as isRefusal, n as githubClient, o as patiently, s as statusOf } from "./github-client.js";
import { setTimeout } from "node:timers/promises";
// src/tools/github-lock.ts
/** Between two looks whether a lock is free, milliseconds. */
const pause = 2e3;
/**
* Mutual exclusion by GitHub: a ref is made, which fails where it is there. Waits for whoever holds it; one that died with it is
* taken over after minutes. Null where the token may not make refs (`contents: write`) or GitHub cannot be asked.
*/
async function takeLock(question) {
	const { host, repository, name, holder, commit } = question;
	const octokit = await githubClient(question);
	if (!octokit) return null;
	const place = {
		owner: repository.owner,
		repo: repository.name
	};
	const started = (/* @__PURE__ */ new Date()).toISOString();
	try {
		const message = JSON.stringify({
			holder,
			started
		});
		const { sha } = (await patiently(host, () => octokit.rest.git.createTag({
			...place,
			tag: `buildx-action/${name}`,
			message,
			object: commit,
			type: "commit"
		}))).data;
		const deadline = Date.now() + holderMilliseconds + 6e4;
		while (!await makeRef(octokit, {
			...place,
			name,
			sha
		})) {
			const other = await currentHolder(octokit, {
				...place,
				name
			});
			const age = Date.now() - Date.parse(other?.started ?? started);
			if (other && !mayLive(other.holder, {
				holder,
				locked: false,
				age,
				runs: () => false
			})) await dropRef(octokit, {
				...place,
				name,
				sha: other.sha
			});
			else if (Date.now() > deadline) throw held(other, name);
			else await setTimeout(pause, void 0, { signal: host.signal });
		}
		return { release: async () => await dropRef(octokit, {
			...place,
			name,
			sha
		}) };
	} catch (error) {
		if (error instanceof ActionError) throw error;
		if (host.signal.aborted) throw new ActionError("cancelled", "the run was cancelled while it waited for another one");
		host.out.debug(`no lock by GitHub${isRefusal(error) ? " (it needs contents: write)" : ""}: ${messageOf(error)}`);
		return null;
	}
}
async function makeRef(octokit, { owner, repo, name, sha }) {
	try {
		await octokit.rest.git.createRef({
			owner,
			repo,
			ref: `refs/buildx-action/${name}`,
			sha
		});
		return true;
	} catch (error) {
		if (statusOf(error) === 422 && /already exists/i.test(messageOf(error))) return false;
		throw error;
	}
}
/** Removes the ref if it still is the one that is meant. */
async function dropRef(octokit, { owner, repo, name, sha }) {
	const ref = `buildx-action/${name}`;
	try {
		const { data } = await octokit.rest.git.getRef({
			owner,
			repo,
			ref
		});
		if (data.object.sha === sha) await octokit.rest.git.deleteRef({
			owner,
			repo,
			ref
		});
	} catch (error) {
		if (![404, 422].includes(statusOf(error) ?? 0)) throw error;
	}
}
async function currentHolder(octokit, { owner, repo, name }) {
	try {
		const { data } = await octokit.rest.git.getRef({
			owner,
			repo,
			ref: `buildx-action/${name}`
		});
		const { sha } = data.object;
		const tag = await octokit.rest.git.getTag({
			owner,
			repo,
			tag_sha: sha
		});
		const { holder, started } = JSON.parse(tag.data.message);
		return {
			sha,
			holder: String(holder),
			started: String(started)
		};
	} catch (error) {
		if (statusOf(error) === 404) return null;
		throw error;
	}
}
function held(other, name) {
	return new ActionError("github", `another run moves tags: ${other?.holder ?? "its name is not known"}`, ["run again when it is done", `where no such run is left: git push --delete origin refs/buildx-action/${name}`]);
}
export { takeLock };
