import { i as readCommitTree, p as lockPaths } from "./changes2.js";
import { P as wanted } from "./changes.js";
import { i as messageOf, t as ActionError } from "./errors.js";
import { h as setStatus, t as relockPlace } from "./relock-place.js";
import { r as stackName, t as runUrl } from "./stack-name.js";
import { n as concludeCheck, t as checkLocks } from "./lock-check.js";
import { a as madeFrom, d as placeOf, n as isKept, r as scanLocks, u as lockPlace } from "./lock-scan.js";
import { c as readRemote, s as commitFiles, u as writeFiles } from "./read-lock.js";
import { a as deliverLocks, t as canCommit } from "./commit-permission.js";
// src/steps/commit-after.ts
/**
* Whether the run goes on to build after it committed locks (decision 18), with the reason for people: a commit made with
* GITHUB_TOKEN starts no run of its own, one of any other token does.
*/
function buildsAfterCommit(setting, account) {
	if (setting !== "auto") return {
		build: setting === "build",
		reason: `after-commit: ${setting}`
	};
	if (account?.startsRuns) return {
		build: false,
		reason: `the commit of ${account.login} starts a run of its own, which builds`
	};
	return {
		build: true,
		reason: "a commit made with GITHUB_TOKEN starts no run: this one builds it"
	};
}
/**
* Shows on a commit of ours how its run goes: that run belongs to the commit before it, so GitHub shows none of its checks
* there. Without `statuses: write` a notice says so, and nothing is red for it.
*/
async function markCommit(question) {
	const { host, stack, sha } = question;
	try {
		await setStatus({
			...question,
			context: `buildx-action (${stack})`,
			url: runUrl(host)
		});
	} catch (error) {
		host.out.notice(`no status is set on ${sha.slice(0, 7)}: ${messageOf(error)} (the job needs \`permissions: statuses: write\`)`);
	}
}
// src/steps/relock-pull.ts
/**
* The files of the pull request's head for the same images, from this clone where it has the commit, else by GitHub's API.
* Null where the head itself is checked out. Throws where neither has it.
*/
async function readPullHead(question) {
	const { source, trigger, place, inputs } = question;
	const head = trigger.pullRequest?.headSha;
	if (!head || source.commit === head) return null;
	const { tree, files } = await headTree(question, head);
	const names = new Set(place.images.map(({ name }) => name));
	const whole = await lockPlace({
		tree,
		files,
		inputs: {
			...inputs,
			images: []
		}
	});
	const there = {
		...whole,
		images: whole.images.filter(({ name }) => names.has(name))
	};
	const scan = await scanLocks({
		...there,
		foreign: inputs.lockEngine === "conda-lock"
	});
	return {
		place: there,
		scan,
		behind: await differing([place.files, files], [question.scan, scan])
	};
}
async function headTree({ source, trigger, inputs, host }, commit) {
	const { git } = source;
	if (git && await git.commit(commit)) return {
		tree: await readCommitTree({
			git,
			revision: commit,
			wanted
		}),
		files: commitFiles(git, commit)
	};
	const { repository } = trigger;
	if (!repository) throw new ActionError("git", `the pull request's head ${commit.slice(0, 7)} is not in this clone`, ["check out more of it: actions/checkout with `fetch-depth: 0`"]);
	return await readRemote({
		host,
		inputs,
		repository,
		commit,
		git
	}, wanted);
}
/** What two trees say otherwise of all that goes into a lock, and of the locks themselves. */
async function differing(files, scans) {
	const paths = scans.flatMap(({ states }) => states.flatMap(({ target }) => madeFrom(target)));
	const [here, there] = await Promise.all(files.map((one) => one.read(paths)));
	return [...new Set(paths)].filter((path) => here?.contents.get(path) !== there?.contents.get(path)).sort();
}
// src/steps/relock-make.ts
/** Makes locks in a local run: the files are written, and nothing is committed. */
async function makeHere({ source, pushes, inputs, host, mode, place, scan }) {
	const built = await relockPlace(place, {
		...source,
		inputs: {
			...inputs,
			lockMode: mode
		},
		host,
		scan
	});
	if (place.files.commit === null) await writeFiles(host.cwd, built.files);
	if (pushes && built.files.length > 0) throw new ActionError("input", "push: true, but locks were made anew: no commit holds what would be pushed", [`commit them first: ${built.files.map(({ path }) => path).join(", ")}`]);
	return {
		locks: {
			proposed: null,
			built,
			behind: []
		},
		delivery: null,
		permission: null,
		stop: null
	};
}
/** Makes locks in a pull request's run: for its head, to be committed, and for what is checked out, to be built with. */
async function makeForPull(making) {
	const { source, inputs, host, mode, place, scan } = making;
	const { trigger } = source;
	const permission = await canCommit({
		host,
		inputs,
		trigger
	});
	const head = await headOf(making, permission);
	const how = {
		trigger,
		inputs: {
			...inputs,
			lockMode: mode
		},
		host
	};
	const built = await relockPlace(place, {
		...how,
		scan
	});
	const proposed = await proposedFor(head, built, making);
	const behind = head === "unknown" ? [] : head?.behind ?? [];
	if (behind.length > 0) host.out.warning(`update your branch: ${behind.join(", ")} differ from its base; the locks that are built with are not committed`);
	const delivery = proposed && await deliver(making, permission, proposed);
	const after = buildsAfterCommit(inputs.afterCommit, permission.account);
	const stop = delivery?.kind === "committed" && !after.build ? after.reason : null;
	if (stop === null) await writeFiles(host.cwd, built.files);
	return {
		locks: {
			proposed,
			built,
			behind
		},
		delivery,
		permission,
		stop
	};
}
/** The head's files, null where the head is what is checked out; `unknown` where they cannot be read and nobody could take the locks. */
async function headOf(making, permission) {
	try {
		return await readPullHead({
			...making,
			trigger: making.source.trigger
		});
	} catch (error) {
		if (permission.can || !(error instanceof ActionError) || error.code === "cancelled") throw error;
		making.host.out.notice(`the locks are neither committed nor offered: ${error.message}`);
		return "unknown";
	}
}
/** What is to be committed: the very locks that are built with, unless the base has other sources. */
async function proposedFor(head, built, making) {
	if (head === "unknown") return null;
	if (head === null || head.behind.length === 0) return built;
	const { source, inputs, host, mode } = making;
	const { place, scan } = head;
	const states = scan.states.filter((state) => isKept(state, place.images) && isDue(state, mode, inputs));
	const how = {
		trigger: source.trigger,
		inputs: {
			...inputs,
			lockMode: mode
		},
		host
	};
	return await relockPlace(place, {
		...how,
		scan: {
			states,
			failures: scan.failures
		}
	});
}
async function deliver({ source, inputs, host, mode }, permission, relock) {
	const asked = mode === "refresh" || inputs.update.length > 0;
	const head = source.trigger.pullRequest?.headSha ?? "";
	return await deliverLocks({
		host,
		inputs,
		permission,
		relock,
		template: inputs.commitMessage,
		people: [],
		asked,
		head
	});
}
/** With `update` whether a lock holds one of the packages is found out when it is read. */
function isDue({ freshness }, mode, { update }) {
	return mode === "refresh" || update.length > 0 || isStale({ freshness });
}
/** Whether a lock does not say what its sources ask for, on any platform. */
function isStale({ freshness }) {
	return freshness.some((lock) => !lock.fresh);
}
// src/steps/relock.ts
/**
* Makes the stale locks of what the plan builds, writes them where the builds read them, and brings them to the pull request. Null
* where there is nothing to make. Only a local run and a pull request's make locks: elsewhere nobody could judge
* or take them, so what the commit holds is built, and a warning says that it is stale.
*/
async function relock(question) {
	const place = placeOf(question, builtNames(question));
	return await relockImages({
		...question,
		place,
		pushes: question.decision.push.push
	});
}
/** The same for the images of a place, whatever the plan says of them. */
async function relockImages(question) {
	const { source, inputs, host, place } = question;
	const mode = inputs.lockMode;
	if (mode !== "auto" && mode !== "minimal" && mode !== "refresh") return null;
	if (place.images.length === 0) return null;
	const found = await scanLocks({
		...place,
		foreign: inputs.lockEngine === "conda-lock"
	});
	const kept = found.states.filter((state) => isKept(state, place.images));
	const [touched, untouched] = partition(found.failures, source);
	for (const { images, error } of untouched) host.out.warning(`the lock of ${images[0]?.name} is not looked at: ${error.message}`);
	const due = kept.filter((state) => isDue(state, mode, inputs));
	if (due.length === 0 && touched.length === 0) return null;
	const making = {
		...question,
		mode,
		scan: {
			states: due,
			failures: touched
		}
	};
	if (source.trigger.kind === "local") return await makeHere(making);
	if (await isPullRequest(source)) return await makeForPull(making);
	for (const state of due.filter(isStale)) host.out.warning(`${staleness(state)}: what the commit holds is built`);
	return null;
}
/** `lock-mode: check`: the verdict of a run whose locks are stale or break the rules, null where all is well. */
async function refuseStale(question) {
	const { inputs, host, source } = question;
	if (inputs.lockMode !== "check" || ["tag", "delete"].includes(source.trigger.kind)) return null;
	const check = await checkLocks(placeOf(question, null), inputs);
	const good = check.locks.every((lock) => lock.fresh) && check.problems.length === 0;
	if (good) host.out.info(`${check.locks.length} locks of ${source.stack.images.length} images are fresh`);
	return good ? null : await concludeCheck(check, host);
}
/** Tells on the commit of locks how the run that made it ended: GitHub shows this run on the commit before it. */
async function markLocks(question) {
	const { made, source, state, inputs, host } = question;
	const { repository } = source.trigger;
	if (!made?.delivery?.sha || !made.permission?.can || !repository) return;
	const description = state === "pending" ? "building with new locks" : `built with new locks: ${state}`;
	await markCommit({
		host,
		inputs,
		repository: made.permission.target,
		sha: made.delivery.sha,
		state,
		stack: stackName({
			inputs,
			trigger: source.trigger
		}),
		description
	});
}
/** Locks that cannot be looked at: what this change touched is its own fault, the rest was so before. */
function partition(failures, { changes }) {
	const changed = new Set(changes.files);
	const isTouched = ({ images }) => images.some(({ path, lockSources }) => [...lockSources, `${path}/conda-lock.yml`].some((file) => changed.has(file)));
	return [failures.filter(isTouched), failures.filter((failure) => !isTouched(failure))];
}
/** What is checked out is the pull request's head or its merge; `pull_request_target` stands on the base. */
async function isPullRequest({ trigger, commit, git }) {
	const head = trigger.pullRequest?.headSha;
	if (trigger.kind !== "pull_request" || !head || !commit || !git) return false;
	return commit === head || (await git.parents(commit)).includes(head);
}
/** Images that are built and may have a lock, with all variants of their folder: those share it. */
function builtNames({ source, decision }) {
	const built = new Set(decision.plan.images.filter(({ action }) => action === "build").map(({ name }) => name));
	const locked = source.stack.images.filter(({ lockSources, path }) => lockSources.length > 0 || hasLock(source, path));
	return new Set(locked.filter(({ name }) => built.has(name)).map(({ name }) => name));
}
function hasLock({ tree }, folder) {
	return lockPaths(folder).some((path) => tree.contents.has(path) || tree.refused.has(path));
}
function staleness({ target, freshness }) {
	const stale = freshness.filter((lock) => !lock.fresh);
	return `${target.lock} is stale (${[...new Set(stale.map(({ platform }) => platform))].join(", ")})`;
}
export { relockImages as i, refuseStale as n, relock as r, markLocks as t };
