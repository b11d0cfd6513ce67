import { a as neededClient, o as patiently, s as statusOf } from "./github-client.js";
// src/tools/github-release.ts
/** Makes the release, or renews it where it is there. Gives its page. */
async function writeRelease(question) {
	const { host, repository, tag, body, prerelease, latest } = question;
	const octokit = await neededClient(question);
	const place = {
		owner: repository.owner,
		repo: repository.name
	};
	const there = await patiently(host, () => octokit.rest.repos.getReleaseByTag({
		...place,
		tag
	})).catch((error) => {
		if (statusOf(error) === 404) return null;
		throw error;
	});
	const shared = {
		...place,
		prerelease,
		make_latest: latest ? "true" : "false"
	};
	if (there) {
		const { id, body: before } = there.data;
		const renewed = {
			...shared,
			release_id: id,
			body: body(before ?? "")
		};
		return (await patiently(host, () => octokit.rest.repos.updateRelease(renewed))).data.html_url;
	}
	const made = {
		...shared,
		tag_name: tag,
		name: tag,
		body: body("")
	};
	return (await patiently(host, () => octokit.rest.repos.createRelease(made), { once: true })).data.html_url;
}
/** Names of all git tags of a repository; null where GitHub cannot be asked. */
async function gitTags(question) {
	const { host, repository, inputs } = question;
	if (!inputs.githubToken) return null;
	const octokit = await neededClient(question);
	const { owner, name: repo } = repository;
	try {
		const { data } = await patiently(host, () => octokit.rest.git.listMatchingRefs({
			owner,
			repo,
			ref: "tags/"
		}));
		return data.map(({ ref }) => ref.replace(/^refs\/tags\//, ""));
	} catch (error) {
		host.out.debug(`git tags: ${error instanceof Error ? error.message : ""}`);
		return null;
	}
}
/** The commit that a git tag leads to, through its own object where it has one; null where it is not there. */
async function tagCommit(question) {
	const { host, repository, tag } = question;
	const octokit = await neededClient(question);
	const { owner, name: repo } = repository;
	const { data } = await patiently(host, () => octokit.rest.git.getRef({
		owner,
		repo,
		ref: `tags/${tag}`
	}));
	if (data.object.type === "commit") return data.object.sha;
	const object = await patiently(host, () => octokit.rest.git.getTag({
		owner,
		repo,
		tag_sha: data.object.sha
	}));
	return object.data.object.type === "commit" ? object.data.object.sha : null;
}
export { tagCommit as n, writeRelease as r, gitTags as t };
