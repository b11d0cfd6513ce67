import { i as messageOf, t as ActionError } from "./errors.js";
import { n as githubClient } from "./github-client.js";
// src/tools/github.ts
/** A compare lists this many files at most and does not say that it left some out. */
const compareFiles = 300;
/**
* The files between two commits by GitHub's compare API, for a clone that lacks one of them. GitHub compares the head with
* the merge base of both, which is the base that is given back: where a branch was rewritten it is an older one than
* asked for. Incomplete where GitHub cannot tell or may have cut the list: then everything counts as changed.
*/
async function compareCommits(question) {
	const { repository, base, head } = question;
	const named = /^[0-9a-f]{40,64}$/.test(base);
	const missing = `the base ${named ? `commit ${base.slice(0, 7)}` : `branch ${base}`} is not in this clone`;
	const unknown = (reason) => ({
		base: named ? base : null,
		head,
		complete: false,
		reason,
		files: [],
		added: []
	});
	const octokit = await githubClient(question);
	if (!octokit || !repository) return unknown(missing);
	try {
		const { data } = await octokit.rest.repos.compareCommitsWithBasehead({
			owner: repository.owner,
			repo: repository.name,
			basehead: `${base}...${head}`
		});
		const listed = data.files ?? [];
		if (listed.length >= compareFiles) return unknown(`${missing}, and GitHub’s compare lists ${compareFiles} files at most`);
		const files = listed.flatMap(({ filename, previous_filename: previous }) => [filename, ...previous ? [previous] : []]);
		if (files.some((file) => file.includes("�"))) return unknown(`${missing}, and a changed file’s name is not UTF-8`);
		if (!data.files && data.total_commits > 0) return unknown(`${missing}, and GitHub’s compare lists no files`);
		const added = listed.filter(({ status }) => [
			"added",
			"renamed",
			"copied"
		].includes(status));
		return {
			base: data.merge_base_commit.sha,
			head,
			complete: true,
			reason: null,
			files,
			added: added.map(({ filename }) => filename)
		};
	} catch (error) {
		question.host.out.debug(`compare ${base}...${head}: ${messageOf(error)}`);
		return unknown(`${missing}, and GitHub does not compare with it`);
	}
}
/** The first parent of a commit; null where it has none or GitHub cannot tell. */
async function firstParent(question) {
	const octokit = await githubClient(question);
	const { repository, commit } = question;
	if (!octokit || !repository) return null;
	try {
		const { data } = await octokit.rest.repos.getCommit({
			owner: repository.owner,
			repo: repository.name,
			ref: commit,
			per_page: 1
		});
		return data.parents[0]?.sha ?? null;
	} catch (error) {
		question.host.out.debug(`parents of ${commit}: ${messageOf(error)}`);
		return null;
	}
}
/** A pull request by number, as the API tells it; null where it cannot be read. Throws ActionError('github') where the API refuses the token. */
async function readPullRequest(question) {
	const octokit = await githubClient(question);
	const { repository, number } = question;
	if (!octokit || !repository) return null;
	try {
		const { data } = await octokit.rest.pulls.get({
			owner: repository.owner,
			repo: repository.name,
			pull_number: number
		});
		return {
			number,
			title: data.title,
			headRef: data.head.ref,
			headSha: data.head.sha,
			baseRef: data.base.ref,
			baseSha: data.base.sha,
			fork: !data.head.repo || data.head.repo.id !== data.base.repo.id || repository.id !== null && data.base.repo.id !== repository.id,
			author: data.user?.id ?? null
		};
	} catch (error) {
		if (error.status === 404) return null;
		throw new ActionError("github", `GitHub does not show pull request ${number}: ${messageOf(error)}`, ["the token in github-token needs `pull-requests: read`"], { cause: error });
	}
}
/**
* The commit that a branch of the repository names now; null where GitHub cannot be asked. A run that is slower than
* the next push must not move the branch's tag back.
*/
async function branchHead(question) {
	const octokit = await githubClient(question);
	const { repository, branch } = question;
	if (!octokit || !repository) return null;
	try {
		const { data } = await octokit.rest.git.getRef({
			owner: repository.owner,
			repo: repository.name,
			ref: `heads/${branch}`
		});
		return data.object.sha;
	} catch (error) {
		question.host.out.debug(`head of ${branch}: ${messageOf(error)}`);
		return null;
	}
}
export { readPullRequest as i, compareCommits as n, firstParent as r, branchHead as t };
