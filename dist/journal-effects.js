import { t as pLimit } from "./p-limit.js";
import { i as messageOf, t as ActionError } from "./errors.js";
import { n as mayLive } from "./holder.js";
import { t as canonicalReference } from "./canonical.js";
import { o as isReservedTag } from "./tags.js";
import { setTimeout } from "node:timers/promises";
// src/publish/journal.ts
/** The artifact's type, and that of the history in it. */
const journalType = "application/vnd.pangeo-data.buildx-action.journal.v1";
/** The manifest's annotation that holds what is under way. */
const openAnnotation = "io.github.pangeo-data.buildx-action.open";
const historyBytes = 2097152;
const commands = [
	"publish",
	"promote",
	"revert",
	"release"
];
const outcomes = [
	"done",
	"undone",
	"abandoned"
];
/** The journal of a place where nothing was published yet. */
const emptyJournal = {
	open: null,
	history: []
};
/** The history as it is stored: the newest entries, as many as there is room for. */
function historyText(history) {
	for (let kept = history.slice(-100);; kept = kept.slice(Math.ceil(kept.length / 4))) {
		const text = `${JSON.stringify({
			version: 1,
			history: kept
		})}\n`;
		if (kept.length <= 1 || Buffer.byteLength(text) <= historyBytes) return text;
	}
}
/**
* What lies in a registry → a journal. Whoever may write there may have written it: nothing in it is believed that is no tag of
* an image below its own places. Throws ActionError('registry') with `where`.
*/
function readJournal(history, open, where) {
	try {
		return {
			history: history === null ? [] : list(object(JSON.parse(history)).history).map(pastEntry),
			open: open === null ? null : entry(object(JSON.parse(open)))
		};
	} catch (cause) {
		throw new ActionError("registry", `${where} is no journal of this action: ${cause instanceof Error ? cause.message : ""}`, ["look whether all images have the tags that they are to have, then remove that tag, or point it at an older one"], { cause });
	}
}
function pastEntry(value) {
	const fields = object(value);
	const outcome = outcomes.find((known) => known === fields.outcome);
	if (!outcome) throw new Error("an entry has no outcome");
	return {
		...entry(fields),
		outcome,
		ended: text(fields.ended)
	};
}
function entry(fields) {
	const command = commands.find((known) => known === fields.command);
	if (!command) throw new Error("an entry has no command");
	const places = list(fields.places).map((place) => text(place));
	if (places.length === 0) throw new Error("an entry has no places");
	return {
		id: text(fields.id),
		command,
		request: text(fields.request),
		by: text(fields.by),
		run: nullable(fields.run),
		holder: text(fields.holder),
		commit: nullable(fields.commit),
		started: moment(fields.started),
		places,
		...fields.undoes === void 0 ? {} : { undoes: text(fields.undoes) },
		moves: list(fields.moves).map((value) => move(object(value), places))
	};
}
function move(fields, places) {
	const [repository, tag] = [text(fields.repository), text(fields.tag)];
	const [from, to] = [fields.from === null ? null : digest(fields.from), digest(fields.to)];
	if (!places.some((place) => repository.startsWith(`${place}/`)) || canonicalReference(`${repository}:${tag}`)?.tag !== tag || from === to) throw new Error("a move is none of a tag below the places of its entry");
	if (isReservedTag(tag)) throw new Error(`a move is one of the tag ${tag}, which is never moved`);
	return {
		repository,
		tag,
		from,
		to
	};
}
function object(value) {
	if (typeof value !== "object" || value === null || Array.isArray(value)) throw new Error("it has another shape");
	return value;
}
function list(value) {
	if (!Array.isArray(value) || value.length > 1e4) throw new Error("it has another shape");
	return value;
}
function text(value) {
	if (typeof value !== "string" || value.length > 1e3) throw new Error("it has another shape");
	return value;
}
function nullable(value) {
	return value === null ? null : text(value);
}
function digest(value) {
	if (!/^sha256:[0-9a-f]{64}$/.test(text(value))) throw new Error("a digest is none");
	return value;
}
function moment(value) {
	if (!Number.isFinite(Date.parse(text(value)))) throw new Error("a time is none");
	return value;
}
// src/steps/journal-effects.ts
const atOnce = 8;
/** Between two looks at the journal of a run that is still at work, milliseconds. */
const pause = 500;
/** The outside of a transaction: registries and GitHub. */
function createEffects(question) {
	const { registry } = question;
	const tags = createTagEffects(question);
	const journals = createJournals(question);
	let lock = null;
	return async (effect) => {
		switch (effect.do) {
			case "read": {
				const limit = pLimit(16);
				return await Promise.all(effect.tags.map(({ repository, tag }) => limit(() => registry.digest(referenceTo(repository, tag)))));
			}
			case "has": return await tags.has(effect.targets);
			case "put": return await tags.put(effect.targets);
			case "remove": return await Promise.all(effect.tags.map(({ repository, tag }) => reason(() => registry.artifacts.untag(referenceTo(repository, tag)), question.host)));
			case "lock":
				lock = await question.takeLock();
				return;
			case "unlock":
				await lock?.release().catch((error) => question.host.out.debug(`the lock stays: ${messageOf(error)}`));
				return;
			case "journals": return await journals.settled(lock !== null);
			case "open": return await journals.open(effect.place, effect.entry);
			case "close": {
				const ended = (/* @__PURE__ */ new Date()).toISOString();
				return await journals.close(effect.place, {
					...effect.entry,
					outcome: effect.outcome,
					ended
				});
			}
		}
	};
}
/** Manifests are read once: what is put is what was found. */
function createTagEffects({ host, registry: { artifacts } }) {
	const known = /* @__PURE__ */ new Map();
	const manifest = ({ repository, to }) => {
		const key = `${repository}@${to}`;
		const found = known.get(key) ?? artifacts.manifest({
			...referenceTo(repository, "latest"),
			digest: to
		});
		known.set(key, found);
		return found;
	};
	return {
		has: async (targets) => {
			const limit = pLimit(atOnce);
			return await Promise.all(targets.map((target) => limit(async () => await manifest(target) !== null)));
		},
		put: async (targets) => {
			const limit = pLimit(atOnce);
			let failed = false;
			const one = async (target) => {
				if (failed) return "it was not tried: another tag could not be set";
				const why = await reason(async () => {
					const found = await manifest(target);
					if (!found) throw new ActionError("registry", `${target.to} is not there any more`);
					await artifacts.put(referenceTo(target.repository, target.tag), found);
				}, host);
				failed ||= why !== null;
				return why;
			};
			return await Promise.all(targets.map((target) => limit(() => one(target))));
		}
	};
}
/** Why something could not be done, null where it was. A cancelled run does nothing more. */
async function reason(work, host) {
	try {
		await work();
		return null;
	} catch (error) {
		if (host.signal.aborted) throw error;
		return [messageOf(error), ...error instanceof ActionError ? error.details : []].join("\n");
	}
}
function createJournals(question) {
	const { host, registry, places, stack, holder } = question;
	/** Each place's history as it is stored there; null where there is none. */
	const stored = /* @__PURE__ */ new Map();
	const referenceOf = (place) => referenceTo(`${place}/${stack}`, "journal");
	const load = async (place) => {
		const found = await readPlaced(registry, referenceOf(place), `${place}/${stack}:journal`);
		stored.set(place, found?.text ?? null);
		return {
			place,
			...found?.journal ?? emptyJournal
		};
	};
	const write = async (place, text, open, known) => {
		const annotations = {
			"org.opencontainers.image.description": "What moves the tags of a stack, and what moved them",
			...open ? { [openAnnotation]: JSON.stringify(open) } : {}
		};
		const artifact = {
			type: journalType,
			title: "journal.json",
			text,
			annotations
		};
		await registry.artifacts.write(referenceOf(place), artifact, known);
	};
	return {
		/** All journals, once no run that may live has an open one. */
		settled: async (locked) => {
			for (;;) {
				const journals = await Promise.all(places.map(load));
				const other = journals.find(({ open }) => open && mayLive(open.holder, asking(open, holder, locked)))?.open;
				if (!other) return journals;
				host.out.info(`waiting for ${other.request} (${other.run ?? other.by})`);
				await setTimeout(pause, void 0, { signal: host.signal }).catch((cause) => {
					throw new ActionError("cancelled", "the run was cancelled while it waited for another one", [], { cause });
				});
			}
		},
		open: async (place, entry) => {
			const text = stored.get(place) ?? null;
			await write(place, text ?? historyText([]), entry, text !== null);
		},
		close: async (place, entry) => {
			const now = await readPlaced(registry, referenceOf(place), `${place}/${stack}:journal`);
			if (now?.journal.open?.id !== entry.id) return false;
			await write(place, historyText([...now.journal.history, entry]), null, false);
			return true;
		}
	};
}
/** The journal of a place; null where there is none. Throws ActionError('registry') where something else lies there. */
async function readPlaced(registry, reference, where) {
	const found = await registry.artifacts.read(reference, journalType).catch((error) => {
		if (error instanceof ActionError && /refuses to read/.test(error.message)) return null;
		throw error;
	});
	if (!found) return null;
	return {
		text: found.text,
		journal: readJournal(found.text, found.annotations["io.github.pangeo-data.buildx-action.open"] ?? null, where)
	};
}
function asking(open, holder, locked) {
	return {
		holder,
		locked,
		age: Date.now() - Date.parse(open.started),
		runs: isRunning
	};
}
function isRunning(process_) {
	try {
		return process.kill(process_, 0);
	} catch (error) {
		return error.code === "EPERM";
	}
}
function referenceTo(repository, tag) {
	const reference = canonicalReference(`${repository}:${tag}`);
	if (!reference) throw new ActionError("input", `${repository}:${tag} is no reference that a registry takes`);
	return reference;
}
/** What was moved, by the journal of the first place; the newest last. */
async function readJournals(registry, places, stack) {
	const [place] = places;
	if (place === void 0) return [];
	const name = `${place}/${stack}`;
	return (await readPlaced(registry, referenceTo(name, "journal"), `${name}:journal`))?.journal.history ?? [];
}
export { readJournals as n, createEffects as t };
