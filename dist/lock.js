import { t as ActionError } from "./errors.js";
import { n as diffJson } from "./diff.js";
import { _ as keyOf, a as renderedOutput, c as changedPaths, d as sourcesKey, f as branchTip, g as commitMessage, l as differing, m as recentCommits, n as besides, r as changedFiles, s as asEntries, t as relockPlace, u as refuseOddFiles } from "./relock-place.js";
import { d as remoteTree, t as readLock, u as writeFiles } from "./read-lock.js";
import { n as relockMarkdown, r as relockSections } from "./lock-summary.js";
import { i as relockText } from "./lock-text.js";
import { p as lockPaths } from "./changes2.js";
import { n as concludeCheck, t as checkLocks } from "./lock-check.js";
import { f as readLockPlace } from "./lock-scan.js";
import { n as joinSections } from "./sections.js";
import { a as groupPlatforms, r as changeLine } from "./lock-markdown.js";
import { a as neededClient, i as isRefusal, o as patiently, r as graphqlTypes, t as answerOf } from "./github-client.js";
import { t as pLimit } from "./p-limit.js";
import { n as stackFolder } from "./stack-name.js";
import { posix } from "node:path";
// src/tools/github-refresh.ts
/** Blobs are sent so many at once. */
const atOnce = 2;
/**
* A commit of files on top of another one that no branch holds yet, by GitHub's objects API. GitHub signs it where the token
* is a workflow's or an App's.
*/
async function looseCommit(question) {
	const { host, repository, parent, message, files } = question;
	const octokit = await neededClient(question);
	const place = {
		owner: repository.owner,
		repo: repository.name
	};
	const limit = pLimit(atOnce);
	const entries = files.map(({ path, text, mode }) => limit(async () => {
		const content = Buffer.from(text).toString("base64");
		return {
			path,
			mode,
			type: "blob",
			sha: (await patiently(host, () => octokit.rest.git.createBlob({
				...place,
				content,
				encoding: "base64"
			}))).data.sha
		};
	}));
	const tree = await Promise.all(entries);
	const made = await patiently(host, () => octokit.rest.git.createTree({
		...place,
		base_tree: parent,
		tree
	}));
	return (await patiently(host, () => octokit.rest.git.createCommit({
		...place,
		message,
		tree: made.data.sha,
		parents: [parent]
	}))).data.sha;
}
/**
* Makes a branch point at a commit, if it points at `before` (null: if it is not there): compared and set at once by GitHub, so
* that what somebody pushes in between is not lost. Throws like the API where it points elsewhere.
*/
async function moveBranch(question) {
	const { host, target, before, after } = question;
	const octokit = await neededClient(question);
	const { owner, name: repo, branch } = target;
	const ref = `refs/heads/${branch}`;
	if (before === null) {
		await patiently(host, () => octokit.rest.git.createRef({
			owner,
			repo,
			ref,
			sha: after
		}), { once: true });
		return;
	}
	const { repository } = await patiently(host, () => octokit.graphql(repositoryId, {
		owner,
		repo
	}));
	const refUpdates = [{
		name: ref,
		beforeOid: before,
		afterOid: after,
		force: true
	}];
	const input = {
		repositoryId: repository.id,
		refUpdates
	};
	await patiently(host, () => octokit.graphql(updateRefs, { input }), { once: true });
}
const repositoryId = `query ($owner: String!, $repo: String!) { repository(owner: $owner, name: $repo) { id } }`;
const updateRefs = `mutation ($input: UpdateRefsInput!) { updateRefs(input: $input) { clientMutationId } }`;
/** Commits of a branch that another one has not, the newest last, at most 250; each by its author's name and its message. */
async function commitsAhead(question) {
	const { host, target, base } = question;
	const octokit = await neededClient(question);
	const { owner, name: repo, branch } = target;
	const { data } = await patiently(host, () => octokit.rest.repos.compareCommitsWithBasehead({
		owner,
		repo,
		basehead: `${base}...${branch}`
	}));
	return data.commits.map(({ sha, commit }) => ({
		sha,
		author: commit.author?.name ?? "an unknown author",
		message: commit.message
	}));
}
/** A pull request that is open from a branch, null without one. */
async function openPull(question) {
	const { host, target, base } = question;
	const octokit = await neededClient(question);
	const { owner, name: repo, branch } = target;
	const { data } = await patiently(host, () => octokit.rest.pulls.list({
		owner,
		repo,
		base,
		head: `${owner}:${branch}`,
		state: "open"
	}));
	const [pull] = data;
	return pull ? {
		number: pull.number,
		url: pull.html_url
	} : null;
}
/** Opens a pull request, or gives an open one a new text. */
async function putPull(question) {
	const { host, target, base, title, body, number } = question;
	const octokit = await neededClient(question);
	const { owner, name: repo, branch: head } = target;
	const { data } = number === null ? await patiently(host, () => octokit.rest.pulls.create({
		owner,
		repo,
		base,
		head,
		title,
		body
	}), { once: true }) : await patiently(host, () => octokit.rest.pulls.update({
		owner,
		repo,
		pull_number: number,
		title,
		body
	}));
	return {
		number: data.number,
		url: data.html_url
	};
}
// src/steps/refresh-pull.ts
/** One branch a stack; a repository's only one, at its root, needs no name. */
function refreshBranch(stack) {
	const plain = stack.replace(/[^\w/-]+/g, "-").replace(/^[/-]+|[/-]+$/g, "");
	return `buildx-action/refresh-locks${plain === "" ? "" : `-${plain.replaceAll("/", "-")}`}`;
}
/**
* Opens or updates the one pull request with fresh locks: its branch is one commit on top of the base. The branch is set only
* where it holds commits of ours alone, compared and set at once: what somebody added or adds there is never written over.
*/
async function refreshPull(question) {
	const { relock, base, repository, stack } = question;
	const none = {
		number: null,
		sha: null
	};
	if (relock.files.length === 0) return {
		kind: "fresh",
		reason: "all locks are as new as can be",
		...none
	};
	const target = {
		...repository,
		branch: refreshBranch(stack)
	};
	const before = await branchTip({
		...question,
		target
	});
	const open = before === null ? null : await openPull({
		...question,
		target,
		base
	});
	if (before !== null) {
		const state = await branchState({
			...question,
			target,
			before
		});
		if (state.foreign !== null) return held(target, state.foreign, open);
		if (open && isUpToDate(question, state)) return {
			kind: "unchanged",
			reason: `pull request ${open.number} has these locks`,
			number: open.number,
			sha: before
		};
	}
	const made = await commitRefresh(question);
	try {
		await moveBranch({
			...question,
			target,
			before,
			after: made.sha
		});
	} catch (error) {
		if (graphqlTypes(error).includes("STALE_DATA")) return held(target, "somebody pushed to it just now", open);
		throw refusal(`GitHub does not set the branch ${target.branch}`, error, "contents: write");
	}
	const pull = await propose({
		...question,
		target,
		number: open?.number ?? null,
		title: made.title
	});
	const kind = open ? "updated" : "opened";
	return {
		kind,
		reason: `pull request ${pull.number} ${kind}: ${pull.url}`,
		number: pull.number,
		sha: made.sha
	};
}
function held(target, why, open) {
	return {
		kind: "held",
		reason: `the branch ${target.branch} is left as it is: ${why}; merge or delete it, and the next run goes on`,
		number: open?.number ?? null,
		sha: null
	};
}
/** A commit is ours as long as it holds just what was written: one that was amended is somebody's work. */
async function branchState(question) {
	const { repository, before, head } = question;
	const ahead = await commitsAhead(question);
	const [commit] = await recentCommits({
		...question,
		repository,
		from: before,
		count: 1
	});
	const tree = async (sha) => await remoteTree({
		...question,
		repository,
		commit: sha
	});
	const parent = commit?.parents[0] ? await tree(commit.parents[0]) : [];
	const state = {
		foreign: null,
		tip: await tree(before),
		parent,
		base: await tree(head)
	};
	const ours = keyOf(commit?.message ?? "") === sourcesKey(state.tip, changedPaths(parent, state.tip));
	if (ahead.length === 0 || ahead.length === 1 && ours) return state;
	const theirs = ahead.findLast(({ message }) => !keyOf(message)) ?? ahead.at(-1);
	return {
		...state,
		foreign: `it holds ${theirs?.sha.slice(0, 7)} by ${theirs?.author}`
	};
}
/** Our commit changes just these files into these locks, and stands on what they were solved from: a new one would say nothing new. */
function isUpToDate({ relock }, { tip, parent, base }) {
	const paths = relock.files.map(({ path }) => path);
	if (differing(relock.files, tip).length > 0) return false;
	if (sourcesKey(tip, paths) !== sourcesKey(tip, changedPaths(parent, tip))) return false;
	const inputs = [...inputsOf(relock), ...paths];
	return sourcesKey(parent, inputs) === sourcesKey(base, inputs);
}
function inputsOf({ sources, files }) {
	const written = new Set(files.map(({ path }) => path));
	return sources.filter((path) => !written.has(path));
}
async function commitRefresh(question) {
	const { relock, repository, head, template } = question;
	const solved = await remoteTree({
		...question,
		repository,
		commit: head
	});
	const changed = differing(relock.files, solved);
	refuseOddFiles(changed, solved);
	const entries = asEntries(changed, solved);
	const images = relock.images.filter((image) => image.files.length > 0);
	const { headline, body } = commitMessage({
		template: template || "Refresh the locks of {{images}}",
		images: images.map(({ image }) => image),
		lines: groupPlatforms(images.flatMap(({ diffs }) => diffs)).map(changeLine),
		key: sourcesKey(entries, changed.map(({ path }) => path)),
		people: []
	});
	const files = changed.map((file, at) => ({
		...file,
		mode: entries[at]?.mode ?? "100644"
	}));
	try {
		return {
			sha: await looseCommit({
				...question,
				parent: head,
				message: `${headline}\n\n${body}`,
				files
			}),
			title: headline
		};
	} catch (error) {
		throw refusal("GitHub does not take the commit", error, "contents: write");
	}
}
async function propose(question) {
	const { packages } = question;
	const body = `The newest packages that the environments allow.\n\n${packages}`.slice(0, 65e3);
	try {
		return await putPull({
			...question,
			body
		});
	} catch (error) {
		throw refusal(`the branch ${question.target.branch} is ready, but GitHub opens no pull request`, error, "pull-requests: write`, and the repository’s setting “Allow GitHub Actions to create and approve pull requests");
	}
}
function refusal(what, error, permission) {
	if (!isRefusal(error) && !graphqlTypes(error).includes("FORBIDDEN")) return error;
	return new ActionError("github", `${what}: ${answerOf(error)}`, [`the job needs \`permissions: ${permission}\``], { cause: error });
}
// src/steps/refresh.ts
/** GitHub takes as much of a pull request's text as of a comment, bytes; some stays for ours. */
const textBytes = 6e4;
/**
* What a relock with `lock-mode: refresh` becomes on the default branch: the one pull request with fresh locks. Null in any
* other run. Locks that could not be made are left out; the others go.
*/
async function refresh(question) {
	const { trigger, inputs, host, relock } = question;
	const { repository, branch, head, defaultBranch } = trigger;
	if (inputs.lockMode !== "refresh" || inputs.dryRun || trigger.kind === "local" || trigger.pullRequest) return null;
	if (!repository || head === null || branch === null || branch !== defaultBranch) return null;
	const refreshed = await refreshPull({
		host,
		inputs,
		repository,
		base: branch,
		head,
		relock,
		stack: stackFolder(inputs),
		template: inputs.commitMessage,
		packages: joinSections(relockSections(relock, inputs.packagesOfInterest), textBytes, "The run’s summary has all of it.")
	});
	host.out[refreshed.kind === "held" ? "warning" : "info"](refreshed.reason);
	return refreshed;
}
// src/steps/lock.ts
/** The command `lock` on the work tree: checks, renders or makes locks, by `lock-mode`. Needs neither Docker nor a builder. */
async function lock({ trigger, inputs, host }) {
	const { lockMode: mode } = inputs;
	if (mode === "off") throw new ActionError("input", "command lock, but lock-mode is off: there is nothing to do", ["leave one of them out"]);
	if (trigger.kind === "pull_request" && mode !== "check" && mode !== "render" && !inputs.dryRun) {
		const { lockPull } = await import("./lock-pull.js");
		return await lockPull({
			trigger,
			inputs,
			host
		});
	}
	const place = await readLockPlace({
		inputs,
		host
	});
	if (mode === "check") return await concludeCheck(await checkLocks(place, inputs), host);
	if (place.files.commit !== null) throw new ActionError("usage", "--head goes with lock --check alone: locks are written into the work tree");
	const relock = mode === "render" ? await render(place) : await relockPlace(place, {
		trigger,
		inputs: {
			...inputs,
			lockMode: mode
		},
		host
	});
	if (!inputs.dryRun) await writeFiles(host.cwd, relock.files);
	await refresh({
		trigger,
		inputs,
		host,
		relock
	});
	return await concludeRelock(relock, {
		inputs,
		host
	});
}
/** Explicit locks and package lists anew from the locks that are there. */
async function render({ images, tree, files }) {
	const paths = tree.entries.map((entry) => entry.path);
	const folders = [...Map.groupBy(images, ({ path }) => path).values()];
	const rendered = [];
	for (const [image] of folders) {
		if (!image) continue;
		const lock = paths.find((path) => lockPaths(image.path).includes(path));
		if (lock === void 0) continue;
		const beside = besides(image.path, paths);
		const { contents, refused } = await files.read([lock, ...beside]);
		const [bad] = refused;
		if (bad) throw new ActionError("lock", `${bad[0]} is not read: ${bad[1]}`, ["locks are regular files of the repository"]);
		const made = renderedOutput(readLock(contents.get(lock) ?? "", lock), {
			path: lock,
			names: beside.map((path) => posix.basename(path))
		});
		rendered.push({
			image: image.name,
			lock,
			freshness: [],
			diffs: [],
			files: changedFiles(made, contents),
			error: null
		});
	}
	return {
		commit: null,
		images: rendered,
		freshness: [],
		files: rendered.flatMap((one) => one.files),
		sources: [],
		took: 0
	};
}
/** The relock for people and machines. */
async function concludeRelock(relock, { inputs, host }) {
	const diffs = relock.images.flatMap((image) => image.diffs);
	const interest = inputs.packagesOfInterest;
	const written = relock.files.map((file) => file.path);
	const failed = relock.images.filter((image) => image.error !== null);
	await host.out.result({
		json: {
			written,
			diff: diffJson(diffs),
			failed: failed.map(({ image, error }) => ({
				image,
				...error
			}))
		},
		text: relockText(relock, interest, { color: host.out.colour }),
		markdown: (limit) => relockMarkdown(relock, {
			interest,
			limit
		})
	});
	if (inputs.dryRun) host.out.info("dry run: nothing was written");
	const [first, ...others] = failed;
	if (!first?.error) return {
		ok: true,
		message: "",
		details: []
	};
	const more = others.flatMap(({ image, error }) => [`${image}: ${error?.message}`, ...error?.details ?? []]);
	return {
		ok: false,
		message: `${first.image}: ${first.error.message}`,
		details: [...first.error.details, ...more]
	};
}
export { lock as n, concludeRelock as t };
