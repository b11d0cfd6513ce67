import { t as ActionError } from "./errors.js";
import { i as isSame, n as diffJson, r as diffLocks, t as comparedLock } from "./diff.js";
import { P as wanted } from "./changes.js";
import { n as readExplicitForDiff, t as explicitPlatform } from "./diff-explicit.js";
import { t as findImage } from "./select.js";
import { c as readRemote, s as commitFiles, t as readLock } from "./read-lock.js";
import { t as lockDiffMarkdown } from "./lock-markdown.js";
import { n as lockDiffText } from "./lock-text.js";
import { t as SUMMARY_LIMIT } from "./sections.js";
import { c as readStack, f as isLockPath, i as readCommitTree, n as namedCommit, s as Git } from "./changes2.js";
import { posix } from "node:path";
// src/steps/diff.ts
/** Packages of a summary's table, an image. */
const summaryRows = 300;
/**
* Compares the locks of two commits, image by image: those that `diff REV1 REV2` names, else the event's. Everything comes from git's
* objects; nothing of the work tree counts.
*/
async function diff({ trigger, inputs, host }) {
	const git = new Git({
		cwd: host.cwd,
		env: host.env
	});
	const commits = await twoCommits({
		trigger,
		inputs,
		host
	}, git);
	const [before, after] = await Promise.all(commits.map((commit) => readState(git, commit, inputs)));
	const diffs = await compare(before, after, inputs);
	const interest = inputs.packagesOfInterest;
	await host.out.result({
		json: diffJson(diffs),
		text: lockDiffText(diffs, interest, { color: host.out.colour }),
		markdown: (limit) => summary(diffs, interest, Math.min(limit, SUMMARY_LIMIT))
	});
	host.out.output("locks", JSON.stringify(diffJson(diffs)));
	return {
		ok: true,
		message: "",
		details: []
	};
}
/** Fewer rows an image until it fits: a summary that is too long is shown nowhere. */
function summary(diffs, interest, limit) {
	const title = "## Packages that differ";
	for (let rows = summaryRows; rows > 1; rows = Math.floor(rows / 2)) {
		const text = `${title}\n\n${lockDiffMarkdown(diffs, {
			interest,
			rows
		}) || "None."}\n`;
		if (Buffer.byteLength(text) <= limit) return text;
	}
	return `${title}\n\n${diffs.filter((one) => !isSame(one)).length} locks differ: see the log.\n`;
}
async function twoCommits({ trigger, host }, git) {
	const [base, head] = [host.event.base ?? trigger.base, host.event.head ?? trigger.head];
	if (!await git.isRepository()) throw new ActionError("usage", "diff compares commits, and this folder is no git repository", ["see --repo"]);
	if (base === null || head === null) throw new ActionError("usage", "diff needs two commits to compare", ["buildx-action diff REV1 REV2 [IMAGE…]"]);
	return await Promise.all([namedCommit(git, base, "REV1"), namedCommit(git, head, "REV2")]);
}
async function readState(git, commit, inputs) {
	return await stateOf(await readCommitTree({
		git,
		revision: commit,
		wanted
	}), commitFiles(git, commit), inputs);
}
/**
* What differs in the locks of two commits, which this clone may lack: then GitHub is asked for their files. Throws where that cannot
* be had either.
*/
async function compareLocks(question) {
	const { git, commits, inputs, host, repository } = question;
	const states = commits.map(async (commit) => {
		if (await git.commit(commit) || !repository) return await readState(git, commit, inputs);
		const { tree, files } = await readRemote({
			host,
			inputs,
			repository,
			commit,
			git
		}, wanted);
		return await stateOf(tree, files, inputs);
	});
	const [before, after] = await Promise.all(states);
	return await compare(before, after, inputs);
}
async function stateOf(tree, files, { path, spec, buildArgs, registry }) {
	const stack = await readStack(tree, {
		path,
		spec,
		buildArgs,
		registries: registry
	}).catch((error) => {
		if (error instanceof ActionError) return null;
		throw error;
	});
	const below = path === "" || path === "." ? "" : `${path}/`;
	return {
		stack,
		locks: locksByFolder(tree.entries.map((entry) => entry.path).filter((name) => name.startsWith(below))),
		read: async (names) => readLocks(await files.read(names))
	};
}
function locksByFolder(paths) {
	const locks = paths.filter((name) => isLockPath(name) || explicitPlatform(name) !== null);
	const folders = Map.groupBy(locks, (name) => posix.dirname(name));
	for (const [folder, names] of folders) if (names.some(isLockPath)) folders.set(folder, names.filter(isLockPath).slice(0, 1));
	return folders;
}
function readLocks({ contents, refused }) {
	const [bad] = refused;
	if (bad) throw new ActionError("lock", `${bad[0]} is not compared: ${bad[1]}`, ["a lock is a regular file"]);
	const locks = [...contents].map(([name, text]) => {
		if (!isLockPath(name)) return readExplicitForDiff(text, explicitPlatform(name) ?? "", name);
		return comparedLock(readLock(text, name));
	});
	if (locks.length < 2) return locks[0] ?? null;
	return {
		platforms: locks.flatMap((lock) => lock.platforms),
		channels: null,
		packages: locks.flatMap((lock) => lock.packages)
	};
}
async function compare(before, after, inputs) {
	const stack = after.stack ?? before.stack;
	const named = [.../* @__PURE__ */ new Set([...after.locks.keys(), ...before.locks.keys()])].map((folder) => ({
		folder,
		image: nameOf(folder, [after.stack, before.stack])
	}));
	const chosen = inputs.images.length > 0 && stack ? new Set(inputs.images.map((text) => findImage(stack, text).path)) : null;
	const order = new Map(stack?.order.map((name, at) => [name, at]));
	const sorted = named.filter(({ folder }) => chosen === null || chosen.has(folder)).toSorted((one, other) => (order.get(one.image) ?? order.size) - (order.get(other.image) ?? order.size));
	const diffs = [];
	for (const { folder, image } of sorted) {
		const [old, now] = [before.locks.get(folder) ?? [], after.locks.get(folder) ?? []];
		diffs.push(...diffLocks({
			image,
			before: await before.read(old),
			after: await after.read(now)
		}));
	}
	return diffs;
}
/** The image of a folder by the newer stack that has it, else the folder. */
function nameOf(folder, stacks) {
	return stacks.flatMap((stack) => stack?.images.find((image) => image.path === folder)?.name ?? [])[0] ?? folder;
}
export { compareLocks, diff };
