import { t as ActionError } from "./errors.js";
import { a as readFolderTree, c as readStack, i as readCommitTree, m as plainPart, n as namedCommit, o as readWorkTree, r as unknownChanges, s as Git, t as findChanges } from "./changes2.js";
import { i as readPullRequest$1, n as compareCommits, r as firstParent } from "./github.js";
import { n as selectImages } from "./select.js";
import { i as textAt, n as numberAt, r as object, t as field } from "./payload.js";
import { A as foundAt, P as wanted, a as watchesOf, g as parseAhead, i as readersOf, l as isGlob, r as foldersOf, t as changedImages } from "./changes.js";
import { readFile } from "node:fs/promises";
// src/trigger/dispatched-images.ts
/** Where a dispatch names images: an input of the workflow, or a field of what the API's caller sent. */
const places = {
	workflow_dispatch: ["inputs", "images"],
	repository_dispatch: ["client_payload", "images"]
};
/**
* The images that a dispatch asks for, each once: names between commas, blanks or lines, or a list of names (JSON where
* the field is text, as inputs are). Throws ActionError('usage') for anything else. They are names only: whether there
* are such images is asked of the stack.
*/
function dispatchedImages(eventName, event) {
	const place = Object.hasOwn(places, eventName) ? places[eventName] : void 0;
	if (!place) return [];
	const names = namesIn(field(event, ...place));
	if (names) return [...new Set(names)];
	throw new ActionError("usage", `${place.join(".")} of the ${eventName} is not a list of image names`, ["give names between commas (`base-image, pangeo-notebook`), or leave it out for the whole stack"]);
}
/** Null where the value is no list of names. */
function namesIn(value) {
	if (value === void 0 || value === null) return [];
	if (Array.isArray(value)) return value.every(isName) ? value.map((name) => name.trim()) : null;
	if (typeof value !== "string") return null;
	return value.trim().startsWith("[") ? namesInJson(value) : value.split(/[\s,]+/).filter(Boolean);
}
function namesInJson(text) {
	try {
		const value = JSON.parse(text);
		return Array.isArray(value) ? namesIn(value) : null;
	} catch {
		return null;
	}
}
function isName(value) {
	return typeof value === "string" && value.trim() !== "";
}
// src/trigger/mentions.ts
/** Keys under which workflows hand on a pull request: `pr`, `pull_request`, `prNumber`, `pull-request-url`, … */
const pullKey = /^((pr|pull|pull[-_]?request)([-_]?(number|num|nr|no|id|ref|url|link|sha|head|branch|merge))?|prs|pulls|pull[-_]?requests)$/i;
/** A pull request is an issue, too: slash-command-dispatch hands on the issue of the comment. */
const issueKey = /^issue[-_]?number$/i;
const pullRef = /^(?:refs\/(?:remotes\/)?)?pull\/(\d+)(?:\/(?:head|merge))?$/;
const pullUrl = /^https?:\/\/[^\s?#]+\/pulls?\/(\d+)\/?$/;
const deepest = 16;
/**
* All pull requests that a dispatch's own fields name, at any depth, each once; null stands for one whose number cannot
* be told. Empty inputs name none. Who dispatches chooses the shape, so in doubt a field counts: it costs trust only.
*/
function mentionedPullRequests(fields) {
	return [...new Set(scan(fields, 0))];
}
function scan(value, depth) {
	if (typeof value === "string") return numberInReference(value);
	if (typeof value !== "object" || value === null) return [];
	if (depth > deepest) return [null];
	if (Array.isArray(value)) return value.flatMap((item) => scan(item, depth + 1));
	return Object.entries(value).flatMap(([key, item]) => {
		if (pullKey.test(key) || issueKey.test(key)) return named(item);
		if (key === "issue" && typeof item === "object") return named(item);
		return scan(item, depth + 1);
	});
}
/** The value of a field that is called after a pull request. */
function named(value) {
	if (isEmpty(value)) return [];
	if (Array.isArray(value)) return value.flatMap(named);
	if (typeof value === "object") return numberOf(object(value));
	return [positive(value) ?? (typeof value === "string" ? numberInReference(value.trim())[0] : null) ?? null];
}
function numberOf(pull) {
	const url = Object.hasOwn(pull, "url") ? pull.url : null;
	return [positive(Object.hasOwn(pull, "number") ? pull.number : null) ?? (typeof url === "string" ? numberInReference(url)[0] : null) ?? null];
}
function numberInReference(text) {
	const number = (pullRef.exec(text) ?? pullUrl.exec(text))?.[1];
	return number === void 0 ? [] : [positive(number)];
}
function positive(value) {
	const number = typeof value === "string" && /^#?\d{1,15}$/.test(value.trim()) ? Number(value.trim().replace("#", "")) : value;
	return typeof number === "number" && Number.isSafeInteger(number) && number > 0 ? number : null;
}
/** What an input that was left out looks like. */
function isEmpty(value) {
	if (typeof value === "object" && value !== null) return Object.keys(value).length === 0;
	return value === void 0 || value === null || value === false || value === 0 || /^\s*(|0|false|null|none)\s*$/i.test(String(value));
}
// src/trigger/trust.ts
/** Dependabot's account: its runs hold a read-only token and no secrets, as a fork's do. */
const dependabot = {
	id: 49699333,
	login: "dependabot[bot]"
};
/**
* Trust is a function of the event and of repository ids alone (docs/threat-model.md). Whatever is not known to be
* written by somebody with write access is untrusted.
*/
function decideTrust(question) {
	const distrust = reasonToDistrust(question);
	if (distrust) return {
		trust: "untrusted",
		trustReason: distrust
	};
	return {
		trust: "trusted",
		trustReason: `a ${question.event} event of the repository itself`
	};
}
function reasonToDistrust({ event, payload, pullRequest, namesPullRequest }) {
	if (isDependabot(payload) || pullRequest?.author === dependabot.id) return "Dependabot opened it";
	if (pullRequest?.fork) return `pull request ${pullRequest.number} comes from a fork`;
	if (event === "workflow_run") return workflowRun(payload);
	if (namesPullRequest && !pullRequest) return `the ${event} names a pull request, and GitHub did not tell about it`;
	if (event === "issue_comment" && !pullRequest) return "anybody may comment on an issue";
	if (event.startsWith("pull_request") && !pullRequest?.headSha) return "the event names no head commit";
	return null;
}
/** Events whose run is known to hold a commit of `head_repository`, and nothing of another one. */
const tellingCauses = [
	"push",
	"pull_request",
	"merge_group",
	"schedule",
	"release",
	"create",
	"delete"
];
/**
* The trust of the run that caused it: only runs on commits of this very repository count. A run that was started by a
* comment, a dispatch or another workflow_run stands on the default branch whatever it worked on, so its repository
* tells nothing; so does a pull_request_target.
*/
function workflowRun(payload) {
	const head = numberAt(payload, "workflow_run", "head_repository", "id");
	const own = numberAt(payload, "repository", "id");
	if (head === null || own === null || head !== own) return "the run that caused it was made for another repository";
	const cause = textAt(payload, "workflow_run", "event") ?? "an unknown event";
	return tellingCauses.includes(cause) ? null : `the run that caused it was started by ${cause}`;
}
function isDependabot(payload) {
	return [
		["sender"],
		["pull_request", "user"],
		["workflow_run", "actor"],
		["workflow_run", "triggering_actor"]
	].map((path) => field(payload, ...path)).some((account) => numberAt(account, "id") === dependabot.id || textAt(account, "login") === dependabot.login);
}
// src/trigger/read-trigger.ts
const kinds = {
	push: "push",
	release: "tag",
	pull_request: "pull_request",
	pull_request_target: "pull_request",
	pull_request_review: "pull_request",
	pull_request_review_comment: "pull_request",
	merge_group: "merge_group",
	schedule: "schedule",
	workflow_dispatch: "workflow_dispatch",
	repository_dispatch: "repository_dispatch",
	issue_comment: "issue_comment",
	workflow_run: "workflow_run",
	delete: "delete"
};
/**
* Event payload → Trigger. `named` are the facts, read from GitHub's API, about the pull request that a comment or a
* dispatch names (`namedPullRequest`): payload fields of such events are never believed. Without them the run is untrusted.
* Throws ActionError('usage') for an event that the action does not handle.
* Payload shapes: https://docs.github.com/en/webhooks/webhook-events-and-payloads
*/
function readTrigger(context, payload, named = null) {
	const event = object(payload);
	const kind = kindOf(context, event);
	const pullRequest = kind === "pull_request" ? readPullRequest(event) : named;
	const ref = context.ref || textAt(event, "ref") || "";
	const branch = ref.startsWith("refs/heads/") ? ref.slice(11) : null;
	const images = dispatchedImages(context.name, event);
	const tagBase = kind === "tag" ? textAt(event, "base_ref")?.replace(/^refs\/heads\//, "") : null;
	return {
		kind,
		event: context.name,
		...decideTrust({
			event: context.name,
			payload: event,
			pullRequest,
			namesPullRequest: mentions(context.name, event).length > 0
		}),
		repository: readRepository(field(event, "repository")),
		defaultBranch: textAt(event, "repository", "default_branch") ?? (kind === "schedule" ? branch : null),
		ref,
		branch,
		...commits(kind, context, event, pullRequest),
		pullRequest,
		...tagBase ? { tagBase } : {},
		...images.length > 0 ? { images } : {}
	};
}
/** A run from a command line without an event: trusted, and it pushes only when asked (docs/adr/000). */
function localTrigger({ base, head, branch }) {
	return {
		kind: "local",
		event: "local",
		trust: "trusted",
		trustReason: "a local run",
		repository: null,
		defaultBranch: null,
		ref: branch ? `refs/heads/${branch}` : "",
		branch,
		head,
		base,
		pullRequest: null
	};
}
/**
* The number of the pull request that a comment or a dispatch names; null where it names none, several, or one whose
* number cannot be told (`readTrigger` distrusts the latter two).
*/
function namedPullRequest(eventName, payload) {
	const found = mentions(eventName, object(payload));
	return found.length === 1 ? found[0] ?? null : null;
}
function mentions(eventName, event) {
	if (eventName === "issue_comment") return field(event, "issue", "pull_request") ? [numberAt(event, "issue", "number")] : [];
	if (eventName === "workflow_dispatch") return mentionedPullRequests(field(event, "inputs"));
	return eventName === "repository_dispatch" ? mentionedPullRequests(field(event, "client_payload")) : [];
}
function kindOf(context, event) {
	const kind = Object.hasOwn(kinds, context.name) ? kinds[context.name] : void 0;
	if (kind === void 0) throw new ActionError("usage", `the event "${context.name}" is not one that this action handles`, [`it handles ${Object.keys(kinds).join(", ")}`, "remove it from the `on:` of the workflow, or guard the step with `if: github.event_name != …`"]);
	if (kind !== "push") return kind;
	if (field(event, "deleted") === true) return "delete";
	return (context.ref || textAt(event, "ref") || "").startsWith("refs/tags/") ? "tag" : "push";
}
/** Head and base as the event tells them; a caller with the history at hand refines the base (merge base). */
function commits(kind, context, event, pullRequest) {
	const sha = commit(context.sha);
	if (kind === "push") return {
		head: commit(textAt(event, "after")) ?? sha,
		base: commit(textAt(event, "before"))
	};
	if (kind === "delete") return {
		head: null,
		base: null
	};
	if (kind === "tag") return {
		head: commit(textAt(event, "head_commit", "id")) ?? sha ?? commit(textAt(event, "after")),
		base: null
	};
	if (kind === "merge_group") return {
		head: commit(textAt(event, "merge_group", "head_sha")) ?? sha,
		base: commit(textAt(event, "merge_group", "base_sha"))
	};
	if (kind === "pull_request") return {
		head: sha ?? commit(pullRequest?.headSha),
		base: commit(pullRequest?.baseSha)
	};
	if (pullRequest) return {
		head: commit(pullRequest.headSha),
		base: commit(pullRequest.baseSha)
	};
	return {
		head: sha,
		base: null
	};
}
/** A full object name that is not the null one, which stands for "no commit" in push events. */
function commit(sha) {
	return sha && /^(?!0+$)([0-9a-f]{40}|[0-9a-f]{64})$/.test(sha) ? sha : null;
}
function readPullRequest(event) {
	const pull = object(field(event, "pull_request"));
	const headId = numberAt(pull, "head", "repo", "id");
	const ownId = numberAt(event, "repository", "id");
	return {
		number: numberAt(pull, "number") ?? numberAt(event, "number") ?? 0,
		title: textAt(pull, "title") ?? "",
		headRef: textAt(pull, "head", "ref") ?? "",
		headSha: textAt(pull, "head", "sha") ?? "",
		baseRef: textAt(pull, "base", "ref") ?? "",
		baseSha: textAt(pull, "base", "sha") ?? "",
		fork: headId === null || ownId === null || headId !== ownId,
		author: numberAt(pull, "user", "id")
	};
}
function readRepository(value) {
	const [owner, name] = (textAt(object(value), "full_name") ?? "").split("/");
	return owner && name ? {
		id: numberAt(object(value), "id"),
		owner,
		name
	} : null;
}
// src/steps/compare-stacks.ts
/**
* The images that differ from the base, each with its reason, those with `skip` included. Files are looked up in both stacks: a
* removed file is no longer read by anything, but an image may have read it; a Dockerfile that came or went may give
* another image other parents, another context or another name.
*/
async function compareStacks(comparison) {
	const { stack, changes } = comparison;
	const skips = stack.images.some((image) => image.skip);
	const direct = new Map([...skips ? changedImages(withoutSkip(stack), changes) : [], ...changedImages(stack, changes)]);
	if (!changes.complete || !await isReshaped(comparison)) return direct;
	const before = await readEarlier(comparison);
	if (before instanceof ActionError) return changedImages(withoutSkip(stack), {
		...changes,
		complete: false,
		reason: before.message
	});
	return closed(stack, new Map([...differences(stack, before, changes), ...direct]));
}
/** The images of a result that are built, without those that spec.yml skips. */
function withoutSkipped(stack, changed) {
	const skipped = new Set(stack.images.filter((image) => image.skip).map((image) => image.name));
	return new Map([...changed].filter(([name]) => !skipped.has(name)));
}
/**
* The base's tree as far as it can be told without its objects: today's files without those that are new, and those that
* were removed. What a removed Dockerfile held is not known: it counts as an image.
*/
function earlierTree(tree, changes, added) {
	const there = new Set(tree.entries.map((entry) => entry.path));
	const fresh = new Set(added);
	const removed = changes.files.filter((file) => !there.has(file));
	const unread = changes.files.filter((file) => !fresh.has(file) && foundAt(file) && !isImage(tree, file));
	return {
		...tree,
		entries: [...tree.entries.filter((entry) => !fresh.has(entry.path)), ...removed.map((path) => ({
			path,
			mode: "100644"
		}))],
		contents: new Map([...tree.contents, ...unread.map((file) => [file, "FROM scratch\n"])])
	};
}
/** A Dockerfile's text at the base as far as it can be told without it: it is taken to have named the same images. */
function earlierText(tree, added, file) {
	return added.includes(file) || !isImage(tree, file) ? null : tree.contents.get(file) ?? null;
}
function isImage(tree, file) {
	return /^\s*from\s/im.test(tree.contents.get(file) ?? "");
}
function withoutSkip(stack) {
	return {
		...stack,
		images: stack.images.map((image) => ({
			...image,
			skip: false
		}))
	};
}
/**
* Whether images may be shaped otherwise than before. A file that is only modified gives nothing another shape, but for
* what a Dockerfile takes from other images; a new one is read by today's stack, but for one that no instruction reads there.
*/
async function isReshaped({ stack, tree, changes, textsBefore }) {
	const missing = new Set(changes.files);
	for (const { path } of tree.entries) missing.delete(path);
	if (missing.size > 0) return true;
	const dockerfiles = changes.files.filter((file) => foundAt(file) !== null);
	if (dockerfiles.length > askedDockerfiles) return true;
	const reading = textsBefore(dockerfiles);
	reading.catch(() => void 0);
	if (hidesSource(stack, changes)) return true;
	const before = await reading;
	return dockerfiles.some((file, at) => {
		const text = before[at] ?? null;
		return text === null || linesOfShape(text) !== linesOfShape(tree.contents.get(file) ?? "");
	});
}
/**
* Whether a file lies where an image looks, and no instruction reads it, for .dockerignore or as a glob does not match it:
* by such a one the image's folder may only now be the context.
*/
function hidesSource(stack, { files }) {
	const folders = foldersOf(files);
	const narrow = stack.images.flatMap((image) => {
		if (!folders.has(image.context)) return [];
		const { ignore, patterns } = image.reads;
		const places = patterns.filter((pattern) => plainPart(pattern) !== ".");
		if (ignore === null && places.every((pattern) => !isGlob(pattern))) return [];
		return [{
			...image,
			contexts: {},
			reads: {
				ignore,
				all: false,
				patterns: places
			}
		}];
	});
	if (narrow.length === 0) return false;
	const [read, there] = [narrow, narrow.map(({ reads, ...image }) => {
		return {
			...image,
			reads: {
				ignore: null,
				all: false,
				patterns: reads.patterns.map(plainPart)
			}
		};
	})].map((images) => watchesOf({ images }, files, false));
	return files.some((file) => readersOf(there, file).size > readersOf(read, file).size);
}
/** For more Dockerfiles than these the whole base is read at once. */
const askedDockerfiles = 20;
/** The lines of a Dockerfile that can say which images it is made from. */
function linesOfShape(text) {
	return text.replace(/[\\`][ \t]*\r?\n/g, " ").split("\n").filter((line) => /^\s*(?:from|arg|env|onbuild|#)|from\s*=/i.test(line)).join("\n");
}
async function readEarlier({ earlier, changes }) {
	try {
		return withoutSkip(await earlier());
	} catch (error) {
		if (!(error instanceof ActionError) || ![
			"stack",
			"spec",
			"input"
		].includes(error.code)) throw error;
		const base = changes.base?.slice(0, 7) ?? "the base";
		return new ActionError("stack", `the stack of ${base} cannot be read: ${error.message}`);
	}
}
/** Images of today's stack that the base's stack calls changed, knows otherwise, or does not know. */
function differences(stack, before, changes) {
	const changed = changedImages(before, changes);
	const known = new Map(before.images.map((image) => [identity(image), image]));
	const [shape, shapeBefore] = [shaper(stack), shaper(before)];
	const base = changes.base?.slice(0, 7) ?? "the base";
	return new Map(stack.images.flatMap((image) => {
		const old = known.get(identity(image));
		if (!old) return [[image.name, `${base} has no image that is published under its name`]];
		const reason = changed.get(old.name);
		if (reason) return [[image.name, reason]];
		return shape(image) === shapeBefore(old) ? [] : [[image.name, `it is built from other images or files than at ${base}`]];
	}));
}
/** What an image is published as, and what makes it: its name in the stack may change with the stack's folder. */
function identity({ dockerfile, repository, tagPrefix }) {
	return JSON.stringify([
		dockerfile,
		repository,
		tagPrefix
	]);
}
function shaper(stack) {
	const byName = new Map(stack.images.map((image) => [image.name, identity(image)]));
	return ({ parents, external, context, reads }) => JSON.stringify([parents.map((edge) => [
		byName.get(edge.name),
		edge.references,
		edge.base
	]), ...[
		external,
		context,
		reads.all,
		reads.patterns
	]]);
}
/** With all that is built on them. */
function closed(stack, own) {
	const byName = new Map(stack.images.map((image) => [image.name, image]));
	const reasons = /* @__PURE__ */ new Map();
	for (const name of stack.order) {
		const parent = byName.get(name)?.parents.find((edge) => reasons.has(edge.name))?.name;
		const reason = own.get(name);
		if (reason !== void 0) reasons.set(name, reason);
		else if (parent !== void 0) reasons.set(name, `parent ${parent} is ${byName.get(parent)?.skip ? "changed" : "built"}`);
	}
	return reasons;
}
// src/steps/history.ts
/** How far back a published image is looked for, in commits: by git, and by GitHub with two requests each. */
const knownCommits = 20;
const askedCommits = 10;
/**
* The base and its ancestors along first parents, newest first; in a shallow clone GitHub is asked for what is missing, one
* by one. Ends where nobody knows more; nothing without a base.
*/
async function* walkBack(question, base) {
	if (base === null) return;
	const { git } = question;
	const known = await git?.ancestors(base, knownCommits) ?? [base];
	yield* known;
	let last = known.at(-1) ?? null;
	for (let asked = known.length; last !== null && asked < askedCommits; asked++) {
		last = await parentOf(question, last);
		if (last !== null) yield last;
	}
}
/** The files between such a commit and what is built; incomplete where nobody can tell. */
async function changesSince(question, since, head) {
	const { git } = question;
	if (git && await git.commit(since)) return {
		base: since,
		head,
		complete: true,
		reason: null,
		files: await git.changedFiles(since, head),
		added: null
	};
	const changes = await compareCommits({
		...question,
		base: since,
		head
	});
	return changes.base === since ? changes : unknownChanges(`${since.slice(0, 7)} is no ancestor of ${head.slice(0, 7)}`);
}
async function parentOf(question, commit) {
	const { git } = question;
	if (git && await git.commit(commit)) return (await git.parents(commit))[0] ?? null;
	return await firstParent({
		...question,
		commit
	});
}
// src/steps/states.ts
/** The stack that is built; an empty one where nothing is built and it cannot be read. */
async function readOwnStack({ tree, inputs, builds }) {
	try {
		return await readStack(tree, optionsOf(inputs));
	} catch (error) {
		if (builds || !(error instanceof ActionError) || ![
			"stack",
			"spec",
			"input"
		].includes(error.code)) throw error;
		return {
			path: ".",
			images: [],
			order: [],
			notes: [{
				path: ".",
				line: null,
				text: error.message
			}],
			ignore: [],
			buildAll: [],
			spec: null
		};
	}
}
/** What is built, beside the base of a change set. */
function comparisonOf(scope, stack, changes) {
	const { git, tree } = scope;
	const { base, added } = changes;
	return {
		stack,
		tree,
		changes,
		earlier: () => readEarlierStack(scope, changes),
		textsBefore: async (files) => {
			if (added || !git || !base) return files.map((file) => earlierText(tree, added ?? [], file));
			if (files.some((file) => file.includes("\n"))) return files.map(() => null);
			const found = await git.objects(files.map((file) => `${base}:./${file}`)).catch(() => []);
			return files.map((_, at) => found[at]?.toString() ?? null);
		}
	};
}
/** The stack at the base: by git, else as far as today's tree and GitHub's list of files tell. */
async function readEarlierStack({ git, tree, inputs }, changes) {
	const { base, added } = changes;
	const earlier = git && base && !added ? await readCommitTree({
		git,
		revision: base,
		wanted
	}) : earlierTree(tree, changes, added ?? []);
	return await readStack(earlier, optionsOf(inputs));
}
function optionsOf({ path, spec, buildArgs, registry }) {
	return {
		path,
		spec,
		buildArgs,
		registries: registry
	};
}
/** The commits before the base; `all` are the images that changed since it, `commit` is what is built. */
function pastOf(scope, { stack, changes, all, commit }) {
	const { base, complete } = changes;
	const known = /* @__PURE__ */ new Map([[base ?? "", Promise.resolve(all)]]);
	const compare = async (since) => {
		return await compareStacks(comparisonOf(scope, stack, commit ? await changesSince(scope, since, commit) : unknownChanges("the repository has no commit")));
	};
	return {
		ancestors: () => walkBack(scope, base && complete ? base : null),
		changedSince: (since) => {
			const found = known.get(since) ?? compare(since);
			known.set(since, found);
			return found;
		}
	};
}
// src/steps/detect.ts
/** Event → Trigger. The first thing that a run does: trust is known before anything else is touched. */
async function readEvent({ inputs, host }) {
	const { event } = host;
	if (event.path === null) return localTrigger({
		base: event.base,
		head: event.head,
		branch: null
	});
	const payload = await readPayload(event.path);
	const number = namedPullRequest(event.name, payload);
	const blind = readTrigger(event, payload);
	const named = number === null ? null : await readPullRequest$1({
		host,
		inputs,
		repository: blind.repository,
		number
	});
	const trigger = named ? readTrigger(event, payload, named) : blind;
	return {
		...trigger,
		base: event.base ?? trigger.base,
		head: event.head ?? trigger.head
	};
}
/** Reads the stack from the repository and finds what changed in it. */
async function detect({ trigger, inputs, host }) {
	const git = new Git({
		cwd: host.cwd,
		env: host.env
	});
	const listing = host.event.head ? void 0 : git.listing();
	const known = await git.isRepository(host.event.base ?? trigger.base) ? git : null;
	const revision = known && host.event.head ? await namedCommit(known, host.event.head, "--head") : null;
	const commit = revision ?? await known?.commit("HEAD") ?? null;
	const finding = known ? findChanges({
		git: known,
		trigger,
		revision,
		listing,
		inputs,
		host
	}) : notInGit();
	finding.catch(() => void 0);
	const local = trigger.kind === "local" ? localHead(known, revision) : null;
	local?.catch(() => void 0);
	const tree = await readTree({
		git: known,
		revision,
		listing,
		host
	});
	const { repository } = trigger;
	const scope = {
		git: known,
		tree,
		inputs,
		host,
		repository,
		builds: !["tag", "delete"].includes(trigger.kind)
	};
	const stack = await readOwnStack(scope);
	const changes = await finding;
	const all = scope.builds ? await compareStacks(comparisonOf(scope, stack, changes)) : /* @__PURE__ */ new Map();
	const images = inputs.images.length > 0 ? inputs.images : trigger.images ?? [];
	return {
		trigger: trigger.kind === "local" ? {
			...trigger,
			...await local,
			head: commit,
			base: changes.base
		} : trigger,
		tree,
		stack,
		changes,
		changed: withoutSkipped(stack, all),
		selected: scope.builds && images.length > 0 ? selectImages(stack, images) : null,
		commit,
		git: known,
		...pastOf(scope, {
			stack,
			changes,
			all,
			commit
		})
	};
}
async function notInGit() {
	return unknownChanges("this is not a git repository");
}
async function readTree({ git, revision, listing, host }) {
	if (!git) return readFolderTree({
		cwd: host.cwd,
		wanted
	});
	return revision ? readCommitTree({
		git,
		revision,
		wanted
	}) : readWorkTree({
		git,
		cwd: host.cwd,
		wanted,
		onText: parseAhead,
		...listing ? { listing } : {}
	});
}
async function localHead(git, revision) {
	const branch = revision ? null : await git?.branch() ?? null;
	return {
		branch,
		ref: branch ? `refs/heads/${branch}` : ""
	};
}
async function readPayload(path) {
	try {
		return JSON.parse(await readFile(path, "utf8"));
	} catch (cause) {
		throw new ActionError("usage", `the event payload ${path} cannot be read as JSON`, ["--event-path (GITHUB_EVENT_PATH) names the file that GitHub writes"], { cause });
	}
}
export { readEvent as n, detect as t };
