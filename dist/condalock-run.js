import { i as messageOf, t as ActionError } from "./errors.js";
import { a as deliverLocks, c as tokenAccount, i as react, l as renderComment, n as pullFacts, o as upsertComment, r as pushTime, s as mayWrite, t as canCommit } from "./commit-permission.js";
import { P as wanted } from "./changes.js";
import { n as count } from "./format.js";
import { r as relockSections } from "./lock-summary.js";
import "./changes2.js";
import { c as readRemote } from "./read-lock.js";
import { i as textAt, n as numberAt, t as field } from "./payload.js";
import { u as lockPlace } from "./lock-scan.js";
import { t as relockPlace } from "./relock-place.js";
import { r as stackName, t as runUrl } from "./stack-name.js";
import { readFile } from "node:fs/promises";
// src/trigger/lock-command.ts
/** Longest command line, characters. */
const longest = 1e3;
const command = /^\/condalock(?=\s|$)/;
const commit = /^[0-9a-f]{7,40}$/;
const image = /^[\w][\w./-]*$/;
const packageName = /^[a-z0-9_][\w.-]*$/i;
/** How the command is written, for a person who wrote it otherwise. */
const lockCommandUsage = "/condalock [refresh | minimal | update PACKAGE,PACKAGE] [IMAGE…] [COMMIT]";
/**
* A comment's text → its command; null for any other comment. Only the first line counts, and only from its first
* character: a quoted line, code or an e-mail's reply is talk about the command. Throws ActionError('usage') for words that
* are none of its arguments.
*/
function readLockCommand(text) {
	const line = text.split(/\r?\n/, 1)[0] ?? "";
	if (!command.test(line)) return null;
	if (line.length > longest) throw refused(`a line of ${line.length} characters`);
	return readLockArguments(line.replace(command, ""));
}
/** The words after `/condalock`: also what an input of a workflow_dispatch may hold. */
function readLockArguments(text) {
	const words = text.trim().split(/\s+/).filter(Boolean);
	const mode = words[0];
	if (mode === "update") {
		const update = (words[1] ?? "").split(",").filter(Boolean);
		const wrong = update.find((name) => !packageName.test(name));
		if (update.length === 0 || wrong !== void 0) throw refused(`update ${words[1] ?? ""}`);
		return {
			mode,
			update,
			...targets(words.slice(2))
		};
	}
	const named = mode === "refresh" || mode === "minimal";
	return {
		mode: named ? mode : "auto",
		update: [],
		...targets(named ? words.slice(1) : words)
	};
}
function targets(words) {
	const commits = words.filter((word) => commit.test(word));
	const images = words.filter((word) => !commit.test(word));
	const wrong = images.find((word) => !image.test(word));
	if (wrong !== void 0) throw refused(wrong);
	if (commits.length > 1) throw refused(commits.join(" "));
	return {
		images: [...new Set(images)],
		commit: commits[0] ?? null
	};
}
function refused(words) {
	return new ActionError("usage", `/condalock does not know "${words.trim()}"`, [`write ${lockCommandUsage}`]);
}
// src/steps/condalock.ts
/**
* Whether the event asks for locks: a comment that begins with `/condalock`, or a workflow_dispatch with the inputs
* `condalock` and a pull request. The writer needs write access, asked of the API by login and id; the locks are made for the head
* that they could see, or the one that they name.
*/
async function readLockRequest(question) {
	const { trigger } = question;
	const { repository } = trigger;
	const asked = trigger.kind === "issue_comment" ? commentOf(question.payload) : dispatchOf(question);
	if (!asked || !repository) return { kind: "none" };
	const refused = (reason, entitled = true) => ({
		kind: "refused",
		reason,
		asked,
		entitled
	});
	if (!await mayWrite({
		...question,
		repository,
		person: asked.person
	})) return refused(`${asked.person.login} has no write access to this repository`, false);
	const command = commandOf(asked);
	if (typeof command === "string") return refused(command);
	const pull = await pullFacts({
		...question,
		repository,
		number: asked.number
	});
	const hindrance = await staleness({
		...question,
		asked,
		command,
		pull
	});
	if (hindrance !== null) return refused(hindrance);
	return {
		kind: "asked",
		request: {
			command,
			repository,
			pull,
			person: asked.person,
			comment: asked.comment
		}
	};
}
/** A comment of a person on a pull request, as it was first written: nobody sees what an edit makes of it. */
function commentOf(payload) {
	const text = textAt(payload, "comment", "body") ?? "";
	const [login, id] = [textAt(payload, "comment", "user", "login"), numberAt(payload, "comment", "user", "id")];
	const [number, comment] = [numberAt(payload, "issue", "number"), numberAt(payload, "comment", "id")];
	if (textAt(payload, "action") !== "created" || textAt(payload, "comment", "user", "type") === "Bot") return null;
	if (!/^\/condalock(\s|$)/.test(text) || !field(payload, "issue", "pull_request")) return null;
	if (login === null || id === null || number === null || comment === null) return null;
	const written = new Date(textAt(payload, "comment", "created_at") ?? NaN);
	return {
		person: {
			login,
			id
		},
		comment,
		number,
		text,
		written
	};
}
function dispatchOf({ trigger, payload }) {
	const words = trigger.kind === "workflow_dispatch" ? textAt(payload, "inputs", "condalock") : null;
	const [login, id] = [textAt(payload, "sender", "login"), numberAt(payload, "sender", "id")];
	if (words === null || !trigger.pullRequest || login === null || id === null) return null;
	const { number } = trigger.pullRequest;
	return {
		person: {
			login,
			id
		},
		comment: null,
		number,
		text: words,
		written: null
	};
}
/** The command, or what is wrong with it. */
function commandOf({ comment, text }) {
	try {
		return comment === null ? readLockArguments(text) : readLockCommand(text);
	} catch (error) {
		return messageOf(error);
	}
}
/** Why the head must not be taken: it is another one than the writer meant, or may be. */
async function staleness(question) {
	const { asked, command, pull, trigger } = question;
	const head = pull.headSha.slice(0, 7);
	if (!pull.open) return `pull request ${pull.number} is closed`;
	if (trigger.pullRequest?.headSha !== pull.headSha) return `${head} was pushed just now: comment again`;
	if (command.commit !== null) return pull.headSha.startsWith(command.commit) ? null : `the head is ${head} now, not ${command.commit}`;
	if (asked.written === null || !pull.head) return null;
	const pushed = await pushTime({
		...question,
		target: pull.head,
		sha: pull.headSha
	});
	const name = `comment \`/condalock ${head}\``;
	if (pushed === null) return pull.fork ? `when ${head} was pushed is not known: look at it, and ${name}` : null;
	return pushed.getTime() <= asked.written.getTime() ? null : `${head} was pushed after the comment: look at it, and ${name}`;
}
/** Answers a comment at a glance: 👀 it is being done, 🚀 done, 😕 not done. Never worth a red run. */
async function answerWith(question) {
	const { comment, host } = question;
	if (comment === null) return;
	await react({
		...question,
		comment
	}).catch((error) => host.out.debug(`reaction: ${messageOf(error)}`));
}
// src/steps/condalock-run.ts
/**
* The whole run of a `/condalock` comment or dispatch: locks made from the pull request's head, as data that GitHub gives,
* committed or handed over, and an answer. Null for an event that asks for no locks: the run goes on as any other.
*/
async function answerLockRequest(question) {
	const { trigger, host } = question;
	if (host.event.path === null || !question.inputs.githubToken) return null;
	const payload = JSON.parse(await readFile(host.event.path, "utf8"));
	const answer = await readLockRequest({
		...question,
		payload
	});
	if (answer.kind === "none") return null;
	if (answer.kind === "asked") return await fulfil(question, answer.request);
	const { asked, reason, entitled } = answer;
	if (trigger.repository) await answerWith({
		...question,
		repository: trigger.repository,
		comment: asked.comment,
		content: "confused"
	});
	if (!entitled) {
		host.out.notice(`/condalock is not for everybody: ${reason}`);
		return {
			ok: true,
			message: "",
			details: []
		};
	}
	await say(question, asked.number, {
		locks: `/condalock: ${reason}`,
		red: true,
		offer: "",
		packages: []
	});
	return {
		ok: false,
		message: `/condalock: ${reason}`,
		details: []
	};
}
async function fulfil(question, request) {
	const { repository, comment, pull } = request;
	const react = async (content) => await answerWith({
		...question,
		repository,
		comment,
		content
	});
	await react("eyes");
	try {
		const { relock, delivery } = await relockPull(question, request);
		const failures = relock.images.filter((image) => image.error !== null);
		const [failed] = failures;
		const red = failed !== void 0 || delivery.kind === "held";
		const rest = failed ? `; ${count(failures.length, "lock")} could not be made` : "";
		const sections = relockSections(relock, question.inputs.packagesOfInterest);
		await say(question, pull.number, {
			locks: delivery.sentence + rest,
			red,
			offer: delivery.offer,
			packages: sections
		});
		await react(red ? "confused" : "rocket");
		const message = failed ? `${failed.image}: ${failed.error?.message}` : delivery.sentence;
		return red ? {
			ok: false,
			message,
			details: failed?.error?.details ?? []
		} : {
			ok: true,
			message: "",
			details: []
		};
	} catch (error) {
		if (error instanceof ActionError && error.code === "cancelled") throw error;
		await say(question, pull.number, {
			locks: `no locks: ${messageOf(error)}`,
			red: true,
			offer: "",
			packages: []
		});
		await react("confused");
		throw error;
	}
}
async function relockPull(question, request) {
	const { command, pull, person } = request;
	const permission = await canCommit(question);
	const inputs = {
		...question.inputs,
		images: command.images,
		lockMode: command.mode === "update" ? "auto" : command.mode,
		update: command.update
	};
	const place = await pullPlace({
		...question,
		inputs
	}, request);
	const relock = await relockPlace(place, {
		...question,
		inputs: {
			...inputs,
			lockMode: inputs.lockMode
		}
	});
	return {
		relock,
		delivery: await deliverLocks({
			...question,
			permission,
			relock,
			head: pull.headSha,
			people: [person],
			template: inputs.commitMessage,
			asked: command.mode !== "auto"
		})
	};
}
/** The stack at the pull request's head. Nothing of it touches the disk, and no file is fetched twice. */
async function pullPlace(question, { repository, pull }) {
	const { host, inputs } = question;
	const state = await readRemote({
		host,
		inputs,
		repository,
		commit: pull.headSha,
		git: null
	}, wanted);
	return await lockPlace({
		...state,
		inputs
	});
}
/** In the summary and in the pull request's comment. */
async function say(question, number, what) {
	const { trigger, host } = question;
	const facts = {
		...what,
		stack: stackName(question),
		result: null,
		runUrl: runUrl(host)
	};
	await host.out.result({
		json: {
			pullRequest: number,
			locks: what.locks
		},
		text: what.locks ?? "",
		markdown: () => renderComment(facts)
	});
	if (!trigger.repository) return;
	const account = await tokenAccount(question);
	await upsertComment({
		...question,
		repository: trigger.repository,
		number,
		account,
		facts,
		needed: true
	});
}
export { answerLockRequest };
