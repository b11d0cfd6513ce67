import { t as ActionError } from "./errors.js";
import { t as createEffects } from "./journal-effects.js";
import { t as runUrl } from "./stack-name.js";
import { n as stackPlace, t as holderOf } from "./stack-place.js";
import { randomUUID } from "node:crypto";
// src/publish/effects.ts
/** Digests that tags have now. */
function* read(tags) {
	return tags.length === 0 ? [] : yield {
		do: "read",
		tags
	};
}
/** Which of the digests their repositories hold. */
function* has(targets) {
	return targets.length === 0 ? [] : yield {
		do: "has",
		targets
	};
}
/** Points tags at digests; why not, of each. */
function* put(targets) {
	return targets.length === 0 ? [] : yield {
		do: "put",
		targets
	};
}
/** Removes tags; why not, of each. */
function* remove(tags) {
	return tags.length === 0 ? [] : yield {
		do: "remove",
		tags
	};
}
/** Closes an entry in places; false where somebody else's stood in one of them. */
function* close(entry, places, outcome) {
	let own = true;
	for (const place of places) own = (yield {
		do: "close",
		place,
		entry,
		outcome
	}) && own;
	return own;
}
/** The moves of the digests that tags had before. */
function backwards(moves) {
	return {
		put: moves.flatMap(({ repository, tag, from }) => from === null ? [] : [{
			repository,
			tag,
			to: from
		}]),
		remove: moves.flatMap(({ repository, tag, from }) => from === null ? [{
			repository,
			tag
		}] : [])
	};
}
/** Takes moves back; gives those that are not back afterwards. */
function* takeBack(moves) {
	const back = backwards(moves);
	yield* put(back.put);
	yield* remove(back.remove);
	const now = yield* read(moves);
	return moves.filter(({ from }, at) => now[at] !== from);
}
// src/publish/recover.ts
/** Ends what runs that were killed have left: completed where everything for it is there, else undone. */
function* settle(now) {
	const journals = yield { do: "journals" };
	const open = Map.groupBy(journals.filter((journal) => journal.open !== null), (journal) => journal.open?.id ?? "");
	const recovered = [];
	for (const group of open.values()) recovered.push(yield* recover(group));
	const ended = recovered.map(({ entry, outcome }) => ({
		...entry,
		outcome,
		ended: now()
	}));
	const known = new Map((journals[0]?.history ?? []).map((entry) => [entry.id, entry]));
	return {
		recovered,
		history: [...known.values(), ...ended.filter(({ id }) => !known.has(id))]
	};
}
/**
* One entry. A place's journal speaks for the names below that place alone: who may write there may move those tags anyhow. An entry that
* is not open in all its places was about to begin or about to end: then no tag is moved forward.
*/
function* recover(journals) {
	const entry = journals[0]?.open;
	const places = journals.map(({ place }) => place);
	const moves = entry.moves.filter(({ repository }) => places.some((place) => repository.startsWith(`${place}/`)));
	const whole = entry.places.every((place) => places.includes(place));
	const now = yield* read(moves);
	const waiting = moves.filter(({ from, to }, at) => now[at] === from && from !== to);
	const moved = moves.filter(({ to }, at) => now[at] === to);
	const foreign = moves.length - waiting.length - moved.length;
	if (waiting.length === 0) return yield* ended(entry, places, "done");
	if (whole && foreign === 0 && (yield* has(waiting)).every(Boolean)) {
		const failures = yield* put(waiting);
		const after = yield* read(moves);
		if (moves.every(({ to }, at) => after[at] === to)) return yield* ended(entry, places, "done");
		const failure = failures.find((one) => one !== null);
		throw new Error(`${entry.command} of ${entry.started} cannot be completed: ${failure ?? "tags move meanwhile"}`);
	}
	const left = yield* takeBack(moved);
	return yield* ended(entry, places, left.length === 0 ? "undone" : "abandoned", left);
}
function* ended(entry, places, outcome, left = []) {
	yield* close(entry, places, outcome);
	return {
		entry,
		outcome,
		left
	};
}
// src/publish/transaction.ts
/**
* Moves tags in all places, or none of them. A journal is written before the first one moves and closed after the last was read
* back, so that a run which is killed at any point is completed or undone by the next. Every effect is the caller's to carry out.
*/
function* transaction(plan) {
	if (plan.fixed) {
		const { same, open } = yield* compare(targetsOf(plan, []).targets);
		if (open.length === 0) return {
			kind: "moved",
			moves: [],
			same,
			recovered: []
		};
	}
	yield { do: "lock" };
	try {
		const { recovered, history } = yield* settle(plan.now);
		const resumed = recovered.find(({ entry, outcome }) => outcome === "done" && entry.request === plan.cause.request);
		if (resumed && !plan.fixed) return {
			kind: "resumed",
			moves: resumed.entry.moves,
			same: [],
			recovered
		};
		const { targets, undoes } = targetsOf(plan, history);
		const { same, open } = yield* compare(targets);
		if (open.length === 0) return {
			kind: "moved",
			moves: [],
			same,
			recovered
		};
		const there = yield* has(open);
		const missing = open.filter((_, at) => !there[at]);
		if (missing.length > 0) return {
			kind: "missing",
			targets: missing,
			recovered
		};
		return {
			...yield* carryOut({
				...plan.cause,
				...undoes ? { undoes } : {},
				moves: open
			}, same),
			recovered
		};
	} finally {
		yield { do: "unlock" };
	}
}
function targetsOf(plan, history) {
	const found = plan.targets(history);
	return "targets" in found ? found : {
		targets: found,
		undoes: null
	};
}
/** Which tags are as they are to be, and which have to move from where. */
function* compare(targets) {
	const now = yield* read(targets);
	const moves = targets.map((target, at) => ({
		...target,
		from: now[at] ?? null
	}));
	return {
		same: moves.filter(({ from, to }) => from === to),
		open: moves.filter(({ from, to }) => from !== to)
	};
}
function* carryOut(entry, same) {
	yield* openAll(entry);
	const failures = yield* put(entry.moves);
	const after = yield* read(entry.moves);
	if (entry.moves.every(({ to }, at) => after[at] === to)) return (yield* close(entry, entry.places, "done")) ? {
		kind: "moved",
		moves: entry.moves,
		same
	} : {
		kind: "overlapped",
		foreign: [],
		left: []
	};
	const moved = entry.moves.filter(({ to }, at) => after[at] === to);
	const foreign = entry.moves.flatMap((move, at) => after[at] === move.to || after[at] === move.from ? [] : [{
		move,
		now: after[at] ?? null
	}]);
	const left = yield* takeBack(moved);
	if (left.length === 0) yield* close(entry, entry.places, "undone");
	const named = entry.moves.flatMap((move, at) => failures[at] ? [{
		move,
		why: failures[at]
	}] : []);
	if (named.length > 0) return {
		kind: "failed",
		failures: named,
		left
	};
	const lost = entry.moves.flatMap((move, at) => after[at] === move.to ? [] : [{
		move,
		now: after[at] ?? null
	}]);
	return {
		kind: "overlapped",
		foreign: foreign.length > 0 ? foreign : lost,
		left
	};
}
/** Written in every place, or in none: a registry that is down stops it before the first tag moves. */
function* openAll(entry) {
	const written = [];
	for (const place of entry.places) {
		try {
			yield {
				do: "open",
				place,
				entry
			};
		} catch (error) {
			yield* close(entry, written, "undone");
			throw error;
		}
		written.push(place);
	}
}
// src/steps/move-tags.ts
/**
* Moves tags for all images in all registries or for none (docs/publish.md). Throws ActionError('registry') that says which tag could
* not be moved and what became of the others.
*/
async function moveTags(question) {
	const { source, inputs, host, registry } = question;
	const place = await stackPlace(question);
	const takeLock = async () => {
		const { repository, head } = source.trigger;
		const commit = head ?? source.commit;
		if (!inputs.githubToken || !repository || !commit) return null;
		return await (await import("./github-lock.js")).takeLock({
			host,
			inputs,
			repository,
			commit,
			name: place.stack,
			holder: holderOf(host)
		});
	};
	const carryOut = createEffects({
		host,
		registry,
		...place,
		holder: holderOf(host),
		takeLock
	});
	const steps = transaction({
		cause: causeOf(question, place),
		targets: question.targets,
		fixed: question.fixed,
		now: () => (/* @__PURE__ */ new Date()).toISOString()
	});
	let step = steps.next();
	while (!step.done) {
		const answer = await carryOut(step.value).then((value) => ({ value }), (error) => ({ error }));
		step = "error" in answer ? steps.throw(answer.error) : steps.next(answer.value);
	}
	return conclude(step.value, host);
}
function causeOf({ source, host, command, request }, { places }) {
	return {
		id: randomUUID(),
		command,
		request,
		places,
		holder: holderOf(host),
		commit: source.commit,
		by: host.env.GITHUB_ACTOR || host.env.USER || "unknown",
		run: runUrl(host),
		started: (/* @__PURE__ */ new Date()).toISOString()
	};
}
function conclude(result, host) {
	for (const one of result.recovered) tellRecovered(one, host);
	if (result.kind === "moved" || result.kind === "resumed") return {
		moves: result.moves,
		same: result.same,
		recovered: result.recovered,
		resumed: result.kind === "resumed"
	};
	if (result.kind === "missing") {
		const [first] = result.targets;
		const more = result.targets.length > 1 ? ` and ${result.targets.length - 1} more` : "";
		throw new ActionError("registry", `${first?.repository}@${first?.to}${more} is not there: no tag was moved`, ["it was removed, or never copied to that registry: build it, or name another commit"]);
	}
	const after = result.left.length === 0 ? "no tag of the stack was left moved" : `not taken back: ${names(result.left)}`;
	if (result.kind === "failed") {
		const { move, why } = result.failures.find((one) => !one.why.startsWith("it was not tried")) ?? result.failures[0];
		const [message, ...details] = why.split("\n");
		throw new ActionError("registry", `${move.repository}:${move.tag} could not be set: ${message}`, [...details, result.left.length === 0 ? after : `${after}; run again to complete it`]);
	}
	const [first] = result.foreign;
	const what = first ? `${first.move.repository}:${first.move.tag} is ${first.now ?? "missing"} after it was set to ${first.move.to}` : "another run moved tags of this stack at the same time";
	throw new ActionError("registry", what, [`another run may set the same tag: use a concurrency group, and run again; ${after}`]);
}
function tellRecovered({ entry, outcome, left }, host) {
	const what = `${entry.request} (${entry.started}, ${entry.run ?? entry.by}) was interrupted`;
	if (outcome === "done") host.out.notice(`${what}: it is completed now`);
	else if (outcome === "undone") host.out.notice(`${what}: it is undone now`);
	else host.out.warning(`${what} and can neither be completed nor undone: ${names(left)} stay as they are`);
}
function names(moves) {
	return moves.map(({ repository, tag }) => `${repository}:${tag}`).join(", ");
}
export { moveTags as t };
