import { i as messageOf, t as ActionError } from "./errors.js";
import { n as count } from "./format.js";
import { c as failureSections, t as stackTable } from "./stack-table.js";
import { a as link$1, i as inline, n as details, r as fence } from "./markdown.js";
import { i as isRed, n as errorRest, r as headline } from "./outcome.js";
import { n as joinSections } from "./sections.js";
import { a as neededClient, i as isRefusal, n as githubClient, o as patiently, s as statusOf, t as answerOf } from "./github-client.js";
import { a as groupPlatforms, r as changeLine } from "./lock-markdown.js";
import { d as remoteTree } from "./read-lock.js";
import { _ as keyOf, d as sourcesKey, f as branchTip, g as commitMessage, l as differing, m as recentCommits, p as commitOnBranch, u as refuseOddFiles } from "./relock-place.js";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
// src/report/comment.ts
/** GitHub takes no more of a comment, characters; bytes are never fewer, and a little stays free. */
const COMMENT_LIMIT = 65024;
/** The first line of our comment about a stack, hidden to readers: by it and its author the comment is found again. */
function commentMarker(stack) {
	return `<!-- buildx-action: ${encodeURIComponent(stack.toWellFormed()).replaceAll("-", "%2D")} -->`;
}
/**
* The comment as GitHub Markdown: the whole story in its first line, then what a reviewer decides on. What others wrote
* is escaped: nobody is mentioned. Never longer than GitHub takes; what was cut is named.
*/
function renderComment(facts) {
	const { result, offer, packages } = facts;
	const sections = [
		{
			rank: 0,
			name: "title",
			markdown: `${commentMarker(facts.stack)}\n${title(facts)}`
		},
		{
			rank: 1,
			name: "how to take the locks",
			markdown: offer
		},
		{
			rank: 2,
			name: "the error in full",
			markdown: rest(result)
		},
		...result === null ? [] : failureSections(result),
		...packages,
		{
			rank: 4,
			name: "the table of images",
			markdown: built(result)
		},
		{
			rank: 4,
			name: "how to try the images",
			markdown: tryIt(result)
		},
		{
			rank: 0,
			name: "the link",
			markdown: facts.runUrl === null ? "" : link$1("All of the run", facts.runUrl)
		}
	];
	return joinSections(sections, COMMENT_LIMIT, link$1("The run’s summary has all of it.", facts.runUrl));
}
function title({ result, locks, red }) {
	const story = [...result === null ? [] : [headline(result)], ...locks === null ? [] : [locks]].join(" · ");
	return `### ${red || result !== null && isRed(result) ? "❌" : "✅"} ${inline(story, 1e3)}`;
}
function rest(result) {
	return result === null || errorRest(result) === "" ? "" : fence(errorRest(result));
}
function built(result) {
	if (!result?.images.some((image) => image.outcome !== "unchanged")) return "";
	return details("Images", stackTable(result));
}
/** Lines that run what this very run pushed. */
function tryIt(result) {
	if (!result?.pushed || isRed(result)) return "";
	const lines = result.images.flatMap((image) => image.outcome === "built" ? image.tags.slice(0, 1) : []).filter((reference) => /^[\w.-]+(:\d+)?(\/[\w.-]+)+:[\w.-]+$/.test(reference)).map((reference) => `docker run -it --rm -p 8888:8888 ${reference}`);
	return lines.length === 0 ? "" : details("Try the images", fence(lines.join("\n"), "sh"));
}
// src/tools/github-account.ts
/** The account behind every GITHUB_TOKEN. */
const workflowBot = "github-actions[bot]";
/** Whose token the run has; null without one, or where GitHub does not tell. */
async function tokenAccount(asker) {
	const octokit = await githubClient(asker);
	if (!octokit) return null;
	try {
		const { viewer } = await patiently(asker.host, () => octokit.graphql("{ viewer { login } }"));
		const bot = viewer.login.endsWith("[bot]") || asker.inputs.githubToken.startsWith("ghs_");
		const login = bot && !viewer.login.endsWith("[bot]") ? `${viewer.login}[bot]` : viewer.login;
		return {
			login,
			bot,
			startsRuns: login !== workflowBot
		};
	} catch (error) {
		asker.host.out.debug(`whose token it is: ${messageOf(error)}`);
		return null;
	}
}
/**
* Whether the token may write a repository's contents. GitHub tells that of people's tokens only: an installation's is
* told by trying, with the one write that leaves nothing behind, an empty blob that no commit holds.
*/
async function mayWriteContents(question) {
	const { host, repository } = question;
	const octokit = await neededClient(question);
	const { owner, name: repo } = repository;
	try {
		await patiently(host, () => octokit.rest.git.createBlob({
			owner,
			repo,
			content: "",
			encoding: "utf-8"
		}));
		return true;
	} catch (error) {
		if (isRefusal(error)) return false;
		throw error;
	}
}
/** Whether the person whose token it is has write access to a repository. */
async function hasPushAccess(question) {
	const { host, repository } = question;
	const octokit = await neededClient(question);
	const { data } = await patiently(host, () => octokit.rest.repos.get({
		owner: repository.owner,
		repo: repository.name
	}));
	return data.permissions?.push === true;
}
/** Whether an account may write to a repository (`write`, `maintain` or `admin`), by login and id: a login can change hands. */
async function mayWrite(question) {
	const { host, repository, person } = question;
	const octokit = await neededClient(question);
	const { owner, name: repo } = repository;
	try {
		const { data } = await patiently(host, () => octokit.rest.repos.getCollaboratorPermissionLevel({
			owner,
			repo,
			username: person.login
		}));
		return ["write", "admin"].includes(data.permission) && data.user?.id === person.id;
	} catch (error) {
		if (statusOf(error) === 404) return false;
		throw error;
	}
}
// src/tools/github-comment.ts
/** Pages of comments that are looked through, 100 each. */
const pages = 30;
/** The oldest comment that an account wrote and that begins with a marker; null without one. */
async function findComment(question) {
	const { host, repository, number, marker, login } = question;
	const octokit = await neededClient(question);
	const { owner, name: repo } = repository;
	for (let page = 1; page <= pages; page++) {
		const { data } = await patiently(host, () => octokit.rest.issues.listComments({
			owner,
			repo,
			issue_number: number,
			per_page: 100,
			page
		}));
		const found = data.find(({ user, body }) => user?.login === login && body?.startsWith(marker));
		if (found) return {
			id: found.id,
			body: found.body ?? "",
			url: found.html_url
		};
		if (data.length < 100) return null;
	}
	return null;
}
/** Writes a comment. Throws like the API; of a lost answer nobody knows whether it is there. */
async function createComment(question) {
	const { host, repository, number, body } = question;
	const octokit = await neededClient(question);
	const { owner, name: repo } = repository;
	const create = () => octokit.rest.issues.createComment({
		owner,
		repo,
		issue_number: number,
		body
	});
	const { data } = await patiently(host, create, { once: true });
	return {
		id: data.id,
		body,
		url: data.html_url
	};
}
/** Replaces a comment's text. */
async function updateComment(question) {
	const { host, repository, id, body } = question;
	const octokit = await neededClient(question);
	const { owner, name: repo } = repository;
	const { data } = await patiently(host, () => octokit.rest.issues.updateComment({
		owner,
		repo,
		comment_id: id,
		body
	}));
	return {
		id,
		body,
		url: data.html_url
	};
}
/** Whether the token may not comment here, or nobody may (a locked conversation, comments of a pull request that is gone). */
function mayNotComment(error) {
	return isRefusal(error) || statusOf(error) === 410;
}
// src/steps/comment.ts
/**
* Keeps the one comment of a stack on a pull request up to date: ours is found by marker and author and edited in place. With
* `needed` false none is begun (nothing changed, so nobody needs one), but one that is there does not stay wrong.
* Where the token may not comment the summary has to do: a sentence, never a red run.
*/
async function upsertComment(question) {
	const { account, facts, host, needed } = question;
	if (account === null) return {
		kind: "none",
		reason: "GitHub does not tell whose token this is"
	};
	const place = {
		...question,
		marker: commentMarker(facts.stack),
		login: account.login
	};
	const body = renderComment(facts);
	try {
		const found = await findComment(place);
		if (found) return await revise(question, found, body);
		if (!needed) return {
			kind: "none",
			reason: "nothing changed"
		};
		return await begin(place, body);
	} catch (error) {
		const refused = mayNotComment(error);
		const reason = refused ? "the token may not comment on pull requests (`permissions: pull-requests: write`)" : `GitHub takes no comment: ${messageOf(error)}`;
		host.out[refused ? "info" : "warning"](`no comment: ${reason}; the summary has it`);
		return {
			kind: "none",
			reason
		};
	}
}
async function revise(question, found, body) {
	if (found.body.replaceAll("\r\n", "\n").trimEnd() === body.trimEnd()) return {
		kind: "unchanged",
		url: found.url
	};
	const { url } = await updateComment({
		...question,
		id: found.id,
		body
	});
	return {
		kind: "updated",
		url
	};
}
/** A new comment. Where the answer is lost it is looked for before it is written again. */
async function begin(place, body) {
	try {
		const { url } = await createComment({
			...place,
			body
		});
		return {
			kind: "created",
			url
		};
	} catch (error) {
		if ((statusOf(error) ?? 0) < 500) throw error;
		const { url } = await findComment(place) ?? await createComment({
			...place,
			body
		});
		return {
			kind: "created",
			url
		};
	}
}
// src/report/lock-offer.ts
/** A patch up to this size stands in the report itself, characters. */
const shownPatch = 12e3;
/** The offer as Markdown: why there is no commit, and how the locks get into the branch all the same. */
function lockOfferMarkdown({ reason, remedy, lines, patch }) {
	const first = `⚠️ The locks are not committed: ${inline(reason)}${remedy === null ? "" : `; ${inline(remedy)}`}.`;
	const take = lines && [
		"To take them, with the pull request’s branch checked out:",
		fence(lines.gh, "sh"),
		details("without <code>gh</code>", fence(lines.curl, "sh"))
	];
	const shown = patch.length <= shownPatch ? details("The patch", fence(patch, "diff")) : null;
	const none = lines || shown ? [] : ["Lock them in a clone with <code>make lock</code>, and commit the files."];
	return [
		first,
		...take ?? [],
		...shown === null ? [] : [shown],
		...none
	].join("\n\n");
}
// src/steps/commit.ts
/** Pushes that can come in between before it is given up. */
const tries = 5;
/** A lock of the same sources is committed so often among this many commits, and no more. */
const repeats = 3;
const remembered = 20;
/**
* Commits the locks of a run to the pull request's branch, in one commit, on top of the commit that they were solved for. Where the
* branch moved meanwhile, on top of its new head, if neither the locks' sources nor the locks were touched;
* nothing of anybody's is written over, and a branch that is gone stays so.
*/
async function commitLocks(question) {
	const { target, files } = question;
	const solved = await remoteTree({
		...question,
		repository: target,
		commit: target.head
	});
	const changed = differing(files, solved);
	if (changed.length === 0) return {
		kind: "unchanged",
		reason: "the branch holds these locks already"
	};
	refuseOddFiles(changed, solved);
	const key = trailerKey(solved, question);
	if (!question.asked && await isLooping(question, key)) return {
		kind: "looping",
		reason: "locks of the same sources were committed here before, and something changes them back: see who does"
	};
	return await commitOver({
		...question,
		changed,
		solved,
		key
	});
}
async function commitOver(attempt) {
	const { target, changed, key, template, images, lines, people } = attempt;
	const message = commitMessage({
		template,
		images,
		lines,
		key,
		people
	});
	let { head } = target;
	for (let count = 0; count < tries; count++) {
		const answer = await commitOnBranch({
			...attempt,
			target,
			head,
			message,
			files: changed
		});
		if (answer.kind === "committed") return {
			kind: "committed",
			sha: answer.sha,
			onto: head === target.head ? null : head
		};
		if (answer.kind === "refused") return {
			kind: "refused",
			reason: refusal(answer, target)
		};
		const next = await afterMove(attempt, {
			head,
			lost: answer.kind === "unknown"
		});
		if (typeof next !== "string") return next;
		head = next;
	}
	return {
		kind: "moved",
		reason: `${target.branch} was pushed to again and again: nothing was committed`
	};
}
/** The head to try next, or what the move means. `lost`: GitHub's answer did not come, so the move may be this commit. */
async function afterMove(attempt, { head, lost }) {
	const { target, changed, solved, sources } = attempt;
	const tip = await branchTip({
		...attempt,
		target
	});
	if (tip === null) return {
		kind: "moved",
		reason: `the branch ${target.branch} is gone: nothing was committed`
	};
	if (tip === head) return head;
	const now = await remoteTree({
		...attempt,
		repository: target,
		commit: tip
	});
	const short = tip.slice(0, 7);
	if (differing(changed, now).length === 0) {
		if (lost && await isOurs(attempt, tip, head)) return {
			kind: "committed",
			sha: tip,
			onto: null
		};
		return {
			kind: "unchanged",
			reason: `${short}, pushed meanwhile, holds these locks already`
		};
	}
	if (sourcesKey(now, sources) !== sourcesKey(solved, sources)) return {
		kind: "moved",
		reason: `${short} was pushed meanwhile and changes what the locks are made from`
	};
	const paths = changed.map(({ path }) => path);
	if (sourcesKey(now, paths) !== sourcesKey(solved, paths)) return {
		kind: "moved",
		reason: `${short} was pushed meanwhile and changes the locks themselves`
	};
	refuseOddFiles(changed, now);
	return tip;
}
/** What tells a later run that the locks of these sources were made already: the locks themselves are not in it. */
function trailerKey(solved, { sources, files }) {
	const written = new Set(files.map(({ path }) => path));
	return sourcesKey(solved, sources.filter((path) => !written.has(path)));
}
async function isOurs(attempt, tip, parent) {
	const [commit] = await recentCommits({
		...attempt,
		repository: attempt.target,
		from: tip,
		count: 1
	});
	return commit?.parents[0] === parent && keyOf(commit.message) === attempt.key;
}
/** The head is a commit of these very sources already, or too many of the last ones are. */
async function isLooping(question, key) {
	const { target } = question;
	const same = (await recentCommits({
		...question,
		repository: target,
		from: target.head,
		count: remembered
	})).filter(({ message }) => keyOf(message) === key);
	return same.length >= repeats || same.length > 0 && same[0]?.sha === target.head;
}
function refusal({ error }, { branch, fork }) {
	return `GitHub does not take a commit on ${fork ? `the fork’s branch ${branch}` : branch}: ${answerOf(error)}`;
}
// src/lock/apply-lines.ts
/** The file of the artifact that holds all changes. */
const patchName = "locks.patch";
/** What runs in a shell is made of nothing else: none of it comes from a pull request, and none is to act if it did. */
const plain = /^[\w./:@-]+$/;
/**
* Ready lines by which a person takes the locks into a clone that has the pull request's branch checked out: with gh, and
* with curl and a token. Each is one paste. Empty where a part is not what GitHub's own names are.
*/
function applyLines(artifact) {
	const { id, name, repository, runId, apiUrl } = artifact;
	if (![
		name,
		repository,
		runId,
		apiUrl
	].every((part) => plain.test(part)) || !Number.isSafeInteger(id)) return null;
	const zip = `${apiUrl}/repos/${repository}/actions/artifacts/${id}/zip`;
	return {
		gh: [`gh run download ${runId} --repo ${repository} --name ${name} --dir .locks`, `git apply .locks/${patchName} && rm -r .locks`].join("\n"),
		curl: [`curl -fsSL -H "Authorization: Bearer $GITHUB_TOKEN" -o locks.zip ${zip}`, `unzip -p locks.zip ${patchName} | git apply && rm locks.zip`].join("\n")
	};
}
// src/lock/patch.ts
/** Lines of context around a change, as git shows them. */
const context = 3;
/**
* The changes as one patch that `git apply` takes from the repository's root; empty where nothing changes. The format is
* git's: https://git-scm.com/docs/diff-format#generate_patch_text_with_p
*/
function unifiedPatch(changes) {
	return changes.filter(({ before, text }) => before !== text).map(filePatch).join("");
}
function filePatch({ path, before, text }) {
	const [old, now] = [quoted(`a/${path}`), quoted(`b/${path}`)];
	return `${[
		`diff --git ${old} ${now}`,
		...before === null ? ["new file mode 100644"] : [],
		...before === null && text === "" ? [] : [`--- ${before === null ? "/dev/null" : old}`, `+++ ${now}`]
	].join("\n")}\n${hunks(lines(before ?? ""), lines(text))}`;
}
/** Lines with their ends: the last one may have none. */
function lines(text) {
	return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}
function hunks(old, now) {
	const changed = runs(old, now).filter((run) => !run.same);
	const groups = [];
	for (const run of changed) {
		const last = groups.at(-1);
		const end = last?.at(-1)?.old[1];
		if (last && end !== void 0 && run.old[0] - end <= 6) last.push(run);
		else groups.push([run]);
	}
	return groups.map((group) => hunk(group, old, now)).join("");
}
function hunk(group, old, now) {
	const first = group[0];
	const last = group.at(-1);
	const before = Math.min(context, first.old[0]);
	const after = Math.min(context, old.length - last.old[1]);
	const body = old.slice(first.old[0] - before, first.old[0]).map((line) => ` ${line}`);
	group.forEach((run, at) => {
		body.push(...old.slice(...run.old).map((line) => `-${line}`), ...now.slice(...run.now).map((line) => `+${line}`));
		const next = group[at + 1]?.old[0] ?? run.old[1] + after;
		body.push(...old.slice(run.old[1], next).map((line) => ` ${line}`));
	});
	return `@@ -${range(first.old[0] - before, last.old[1] + after)} +${range(first.now[0] - before, last.now[1] + after)} @@\n${body.map(ended).join("")}`;
}
/** A hunk's side: its first line from 1 and how many; of none the line before. */
function range(start, end) {
	return `${end === start ? start : start + 1},${end - start}`;
}
function ended(line) {
	return line.endsWith("\n") ? line : `${line}\n\\ No newline at end of file\n`;
}
function runs(old, now) {
	const found = [];
	let [x, y] = [0, 0];
	for (const [a, b] of [...matches(old, now), [old.length, now.length]]) {
		if (a > x || b > y) found.push({
			same: false,
			old: [x, a],
			now: [y, b]
		});
		found.push({
			same: true,
			old: [a, a + 1],
			now: [b, b + 1]
		});
		[x, y] = [a + 1, b + 1];
	}
	return found;
}
/**
* Pairs of equal lines, in order: what both begin and end with, and in between the lines that both hold once (patience
* diff). It is quick on locks, whose lines are mostly unlike, and right on any text.
*/
function matches(old, now) {
	const found = [];
	const open = [[
		0,
		old.length,
		0,
		now.length
	]];
	for (let next = open.pop(); next; next = open.pop()) {
		let [a, aEnd, b, bEnd] = next;
		while (a < aEnd && b < bEnd && old[a] === now[b]) found.push([a++, b++]);
		while (a < aEnd && b < bEnd && old[aEnd - 1] === now[bEnd - 1]) found.push([--aEnd, --bEnd]);
		const between = anchors(old, now, [
			a,
			aEnd,
			b,
			bEnd
		]);
		for (const [x, y] of between) {
			found.push([x, y]);
			open.push([
				a,
				x,
				b,
				y
			]);
			[a, b] = [x + 1, y + 1];
		}
		if (between.length > 0) open.push([
			a,
			aEnd,
			b,
			bEnd
		]);
	}
	return found.toSorted((one, other) => one[0] - other[0]);
}
/** Lines that stand once on either side, in the longest order that both share. */
function anchors(old, now, [a, aEnd, b, bEnd]) {
	const places = /* @__PURE__ */ new Map();
	for (let at = b; at < bEnd; at++) places.set(now[at], places.has(now[at]) ? null : at);
	const pairs = /* @__PURE__ */ new Map();
	for (let at = a; at < aEnd; at++) {
		const line = old[at];
		const place = places.get(line);
		if (place !== void 0 && place !== null) pairs.set(line, pairs.has(line) ? null : [at, place]);
	}
	return increasing([...pairs.values()].filter((pair) => pair !== null));
}
/** The longest part of the pairs in which the second number grows, too (patience sorting). */
function increasing(pairs) {
	const tops = [];
	const previous = [];
	pairs.forEach(([, place], at) => {
		let [low, high] = [0, tops.length];
		while (low < high) {
			const middle = low + high >> 1;
			if (pairs[tops[middle]][1] < place) low = middle + 1;
			else high = middle;
		}
		previous[at] = low > 0 ? tops[low - 1] : null;
		tops[low] = at;
	});
	const chain = [];
	for (let at = tops.at(-1) ?? null; at !== null; at = previous[at] ?? null) chain.push(pairs[at]);
	return chain.reverse();
}
const escapes = {
	"\n": "\\n",
	"	": "\\t",
	"\"": "\\\"",
	"\\": "\\\\"
};
/** A name as git writes it: in quotes, with octal bytes, where it holds more than plain characters. */
function quoted(name) {
	if (/^[\x20!\x23-\x5b\x5d-\x7e]*$/.test(name)) return name;
	return `"${[...Buffer.from(name)].map((byte) => {
		const character = String.fromCharCode(byte);
		if (escapes[character]) return escapes[character];
		return byte >= 32 && byte < 127 ? character : `\\${byte.toString(8).padStart(3, "0")}`;
	}).join("")}"`;
}
// src/tools/github-artifact.ts
/** Days that an artifact is kept; a repository may allow fewer. */
const days = 30;
/**
* Keeps files as an artifact of the run: what a run without any permission may do, too. Null where there is no service
* for it (GitHub Enterprise Server, other runners) or it does not answer.
*/
async function uploadArtifact(question) {
	const { host, name, files } = question;
	if (!host.env.ACTIONS_RUNTIME_TOKEN || !host.env.ACTIONS_RESULTS_URL) return null;
	const folder = path.join(host.temp, "artifact", name);
	try {
		const { DefaultArtifactClient } = await import("./artifact.js");
		const written = await Promise.all(files.map(async (file) => await write(folder, file)));
		const { id } = await new DefaultArtifactClient().uploadArtifact(name, written, folder, { retentionDays: days });
		return id === void 0 ? null : {
			id,
			name
		};
	} catch (error) {
		host.out.debug(`artifact ${name}: ${messageOf(error)}`);
		return null;
	}
}
async function write(folder, file) {
	const target = path.join(folder, file.path);
	if (path.relative(folder, target).startsWith("..")) throw new Error(`${file.path} is outside of the artifact`);
	await mkdir(path.dirname(target), { recursive: true });
	await writeFile(target, file.text, { flag: "wx" });
	return target;
}
// src/steps/commit-offer.ts
/**
* Hands over locks that cannot be committed: an artifact of the run with the files and one patch, and the lines that take
* it. Where there is no service for artifacts, the patch alone.
*/
async function offerLocks(question) {
	const { host, files, head, reason, remedy } = question;
	const patch = unifiedPatch(files);
	const { env } = host;
	const artifact = await uploadArtifact({
		host,
		name: `locks-${head.slice(0, 7)}-${env.GITHUB_RUN_ATTEMPT || 1}-${stamp()}`,
		files: [{
			path: patchName,
			text: patch
		}, ...files]
	});
	const { GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: runId, GITHUB_API_URL: apiUrl } = env;
	return {
		reason,
		remedy,
		lines: artifact && repository && runId ? applyLines({
			...artifact,
			repository,
			runId,
			apiUrl: apiUrl || "https://api.github.com"
		}) : null,
		patch
	};
}
/** Names of artifacts are taken once a run: another step of the same job may lock another stack. */
function stamp() {
	return Date.now().toString(36);
}
// src/steps/commit-deliver.ts
/**
* Brings the locks of a run to the pull request: as a commit where that can be, else as an artifact with the lines that apply
* it. Locks of a relock that did not solve everything are delivered too: each is whole.
*/
async function deliverLocks(question) {
	const { relock, permission, head } = question;
	if (relock.files.length === 0) {
		if (relock.images.some((image) => image.error !== null)) return {
			kind: "held",
			sha: null,
			sentence: "no locks to commit",
			offer: ""
		};
		return {
			kind: "fresh",
			sha: null,
			sentence: "all locks are fresh",
			offer: ""
		};
	}
	if (!permission.can) {
		if (permission.offer) return await offered({
			...question,
			...permission,
			head
		});
		return {
			kind: "held",
			sha: null,
			sentence: `locks not committed: ${permission.reason}`,
			offer: ""
		};
	}
	const changed = relock.images.filter((image) => image.files.length > 0);
	const images = changed.map(({ image }) => image);
	const lines = groupPlatforms(changed.flatMap(({ diffs }) => diffs)).map(changeLine);
	const { files, sources } = relock;
	const { target } = permission;
	return await conclude(question, await commitLocks({
		...question,
		target: {
			...target,
			head
		},
		files,
		sources,
		images,
		lines
	}).catch(refused), images);
}
/** GitHub that does not answer, or a file that no commit of ours may hold: the locks are there all the same. */
function refused(error) {
	if (error instanceof ActionError && error.code === "cancelled") throw error;
	return {
		kind: "refused",
		reason: answerOf(error)
	};
}
async function conclude(question, result, images) {
	if (result.kind === "committed") {
		const { sha, onto } = result;
		const where = onto === null ? "" : ` on top of ${onto.slice(0, 7)}, which was pushed meanwhile`;
		return {
			kind: "committed",
			sha,
			sentence: `locks of ${count(images.length, "image")} committed (${sha.slice(0, 7)})${where}`,
			offer: ""
		};
	}
	const { reason } = result;
	if (result.kind === "unchanged") return {
		kind: "fresh",
		sha: null,
		sentence: reason,
		offer: ""
	};
	if (result.kind === "refused") return await offered({
		...question,
		reason,
		remedy: null
	});
	question.host.out.warning(`locks not committed: ${reason}`);
	return {
		kind: "held",
		sha: null,
		sentence: `locks not committed: ${reason}`,
		offer: ""
	};
}
async function offered(question) {
	const { host, relock, reason } = question;
	const offer = await offerLocks({
		...question,
		files: relock.files
	});
	host.out.notice(`locks not committed: ${reason}`);
	return {
		kind: "offered",
		sha: null,
		sentence: `locks of ${count(relock.images.filter((image) => image.files.length > 0).length, "image")} not committed`,
		offer: lockOfferMarkdown(offer)
	};
}
// src/tools/github-pull.ts
/** A pull request by number. Throws where GitHub does not show it. */
async function pullFacts(question) {
	const { host, repository, number } = question;
	const octokit = await neededClient(question);
	const { data } = await patiently(host, () => octokit.rest.pulls.get({
		owner: repository.owner,
		repo: repository.name,
		pull_number: number
	}));
	const { head, base } = data;
	const from = head.repo;
	return {
		number,
		open: data.state === "open",
		head: from ? {
			owner: from.owner.login,
			name: from.name,
			branch: head.ref
		} : null,
		headSha: head.sha,
		baseBranch: base.ref,
		fork: from?.id !== base.repo.id,
		maintainerCanModify: data.maintainer_can_modify
	};
}
/**
* When a branch's tip was pushed, by GitHub's own clock; null where GitHub does not tell. A commit's own dates are its
* writer's to choose.
*/
async function pushTime(question) {
	const { host, target, sha } = question;
	const octokit = await neededClient(question);
	const { owner, name: repo, branch } = target;
	try {
		const { data } = await patiently(host, () => octokit.rest.repos.listActivities({
			owner,
			repo,
			ref: `refs/heads/${branch}`,
			per_page: 30
		}));
		const push = data.find((activity) => activity.after === sha);
		return push ? new Date(push.timestamp) : null;
	} catch (error) {
		host.out.debug(`pushes to ${branch}: ${messageOf(error)}`);
		return null;
	}
}
/** A reaction to a comment. GitHub takes the same one of one account once. */
async function react(question) {
	const { host, repository, comment, content } = question;
	const octokit = await neededClient(question);
	const { owner, name: repo } = repository;
	await patiently(host, () => octokit.rest.reactions.createForIssueComment({
		owner,
		repo,
		comment_id: comment,
		content
	}));
}
// src/steps/commit-permission.ts
/**
* Tells whether this run can commit to its pull request's branch, by what GitHub says of branch and token. Where it does not
* answer, the run cannot: never worth a red one.
*/
async function canCommit(question) {
	try {
		return await askPermission(question);
	} catch (error) {
		if (error instanceof ActionError && error.code === "cancelled") throw error;
		const remedy = isRefusal(error) ? "the job needs `permissions: pull-requests: write`, too" : null;
		return no(`GitHub does not tell about the pull request: ${answerOf(error)}`, remedy, true);
	}
}
function no(reason, remedy = null, offer = false, account = null) {
	return {
		can: false,
		reason,
		remedy,
		offer,
		account
	};
}
async function askPermission(question) {
	const { trigger, inputs } = question;
	const { repository, pullRequest } = trigger;
	if (trigger.kind === "local") return no("a local run writes the files and commits nothing");
	if (!pullRequest || !repository) return no("this run belongs to no pull request");
	if (!inputs.githubToken) return no("there is no token", "set the input github-token (its default is the job’s own)", true);
	const [facts, account] = await Promise.all([pullFacts({
		...question,
		repository,
		number: pullRequest.number
	}), tokenAccount(question)]);
	if (!facts.open) return no(`pull request ${facts.number} is closed`, null, false, account);
	if (!facts.head) return no("the fork that the pull request came from is gone", null, true, account);
	const hindrance = facts.fork ? await forkHindrance({
		...question,
		repository,
		facts,
		account
	}) : await ownHindrance({
		...question,
		repository
	});
	if (hindrance) return no(hindrance.reason, hindrance.remedy, true, account);
	const { head, fork, number } = facts;
	return {
		can: true,
		target: {
			...head,
			head: pullRequest.headSha,
			fork,
			pullRequest: number
		},
		account
	};
}
async function ownHindrance(question) {
	if (await mayWriteContents(question)) return null;
	const { trust, trustReason } = question.trigger;
	return {
		reason: `the token in github-token may not write to this repository${trust === "untrusted" ? ` (${trustReason})` : ""}`,
		remedy: "give the job `permissions: contents: write`, or comment `/condalock` where a workflow answers it"
	};
}
/** A fork's branch is open to people with write access here, where its owner lets them; never to a workflow's or an App's token. */
async function forkHindrance(question) {
	const { facts, account } = question;
	if (!facts.maintainerCanModify) return {
		reason: "the pull request comes from a fork, and does not allow edits by maintainers",
		remedy: "its author can tick “Allow edits by maintainers”, or take the locks as below"
	};
	if (account === null || account.bot) return {
		reason: "the pull request comes from a fork, and the token in github-token has no place there",
		remedy: "a fork’s branch takes commits of a person with write access here: the token of one, in github-token"
	};
	if (!await hasPushAccess(question)) return {
		reason: `the pull request comes from a fork, and ${account.login} has no write access to this repository`,
		remedy: "set github-token to the token of a person who has"
	};
	return null;
}
export { deliverLocks as a, tokenAccount as c, react as i, renderComment as l, pullFacts as n, upsertComment as o, pushTime as r, mayWrite as s, canCommit as t };
