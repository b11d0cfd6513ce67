import { i as __toESM } from "./rolldown-runtime.js";
import { t as require_picomatch } from "./picomatch.js";
import { i as messageOf, t as ActionError } from "./errors.js";
// src/cleanup/decide.ts
var import_picomatch = /* @__PURE__ */ __toESM(require_picomatch(), 1);
/**
* What becomes of the tags that runs leave behind: caches of branches (`cache-main`) and fingerprints (`fp-<32 hex>`). All
* other tags are kept, and so is whatever they reach: a tag whose manifest a kept one needs costs no room and stays, too. In doubt it is kept.
*/
function decideCleanup(content, rules) {
	const candidates = candidatesOf(content, rules);
	const own = new Map(candidates.map((candidate) => [candidate, whyKept(candidate, candidates, rules)]));
	const going = new Set([...own].flatMap(([{ tag }, why]) => why === null ? [tag] : []));
	const reached = reachedBy(content, (tag) => !going.has(tag));
	const counted = new Set(blobsOf(content, reached.keys()).map(({ digest }) => digest));
	return candidates.map((candidate) => {
		const { tag, digest, kind, created } = candidate;
		const holder = reached.get(digest);
		const kept = own.get(candidate) ?? (holder === void 0 ? null : `${holder} needs it`);
		const bytes = kept === null ? freed(content, digest, counted) : 0;
		const reason = kept ?? `older than ${days(rules.olderThan)}: ${days(rules.now - (created ?? rules.now))}`;
		return {
			tag,
			digest,
			kind,
			created,
			remove: kept === null,
			reason,
			bytes
		};
	});
}
/** Digests that nothing but the tags to be removed reaches: what may be removed by digest. */
function removableDigests(content, verdicts) {
	const going = new Map(verdicts.filter(({ remove }) => remove).map(({ tag, digest }) => [tag, digest]));
	const reached = reachedBy(content, (tag, digest) => going.get(tag) !== digest);
	return new Set([...going.values()].filter((digest) => !reached.has(digest)));
}
/** Whether a tag is one that runs leave behind: its age is asked for. */
function isOfRuns({ prefixes }) {
	return (tag) => partsOf(tag, prefixes) !== null;
}
/** A tag taken apart. Fingerprints have no prefix: they are those of all images of a repository. */
function partsOf(tag, prefixes) {
	const own = prefixes.find((prefix) => tag.startsWith(prefix) && kindOf(tag.slice(prefix.length)) !== null);
	if (own === void 0) return kindOf(tag) === "fingerprint" ? {
		prefix: "",
		rest: tag
	} : null;
	return {
		prefix: own,
		rest: tag.slice(own.length)
	};
}
function candidatesOf({ tags, manifests }, { prefixes }) {
	return [...tags].flatMap(([tag, digest]) => {
		const parts = partsOf(tag, prefixes);
		if (parts === null) return [];
		const { prefix, rest } = parts;
		const kind = kindOf(rest);
		const { created = null, cache = false } = manifests.get(digest) ?? {};
		const branch = kind === "cache" ? rest.slice(6) : null;
		return [{
			tag,
			digest,
			kind,
			group: `${kind} ${prefix}`,
			branch,
			created,
			cache
		}];
	});
}
/** A tag without its image's prefix. A fingerprint may name the pull request that it is kept for. */
function kindOf(tag) {
	if (/^fp-[0-9a-f]{32}(-[\w.-]+)?$/.test(tag)) return "fingerprint";
	return /^cache-./.test(tag) ? "cache" : null;
}
function whyKept(candidate, all, rules) {
	const { tag, kind, cache, branch, created } = candidate;
	if (rules.exclude.some((glob) => import_picomatch.default.isMatch(tag, glob, { dot: true }))) return "exclude-tags names it";
	if (cache !== (kind === "cache")) return kind === "cache" ? "it is no cache of BuildKit" : "it is a cache, not an image";
	if (branch !== null && branch === rules.branch) return "it is the default branch’s cache";
	if (created === null) return "its age is not known";
	if (rules.now - created <= rules.olderThan) return `not older than ${days(rules.olderThan)}: ${days(rules.now - created)}`;
	return all.filter(({ group }) => group === candidate.group).toSorted((one, other) => (other.created ?? rules.now) - (one.created ?? rules.now) || (one.tag < other.tag ? -1 : 1)).slice(0, rules.keep).includes(candidate) ? `one of the ${rules.keep} newest` : null;
}
/** Digest → a tag that needs it, for what the chosen tags reach: themselves, what they need, and what is about any of these. */
function reachedBy({ tags, manifests }, chosen) {
	const about = Map.groupBy(manifests.values(), ({ subject }) => subject);
	const reached = /* @__PURE__ */ new Map();
	const walk = (digest, tag) => {
		if (reached.has(digest)) return;
		reached.set(digest, tag);
		for (const next of manifests.get(digest)?.needs ?? []) walk(next, tag);
		for (const next of about.get(digest) ?? []) walk(next.digest, tag);
	};
	for (const [tag, digest] of tags) {
		if (!chosen(tag, digest)) continue;
		walk(digest, tag);
		const signed = /^sha256-([0-9a-f]{64})(\.|$)/.exec(tag)?.[1];
		if (signed) walk(`sha256:${signed}`, tag);
	}
	return reached;
}
function blobsOf({ manifests }, digests) {
	return [...digests].flatMap((digest) => manifests.get(digest)?.blobs ?? []);
}
/** Bytes of a manifest and of what it needs that were not counted yet; they are counted now. */
function freed(content, digest, counted) {
	const all = /* @__PURE__ */ new Set();
	const walk = (manifest) => {
		if (!manifest || all.has(manifest.digest)) return;
		all.add(manifest.digest);
		for (const next of manifest.needs) walk(content.manifests.get(next));
	};
	walk(content.manifests.get(digest));
	let bytes = 0;
	for (const blob of blobsOf(content, all)) {
		if (counted.has(blob.digest)) continue;
		counted.add(blob.digest);
		bytes += blob.size;
	}
	return bytes;
}
function days(milliseconds) {
	const hours = Math.floor(milliseconds / 36e5);
	return hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} days`;
}
// src/steps/remove-tags.ts
/**
* Removes what the verdicts say, tag by tag. Each is read again right before: one that was moved since is kept. Where the
* registry removes digests alone, the repository is read a second time, and only what nothing else needs by then is removed.
*/
async function removeTags(removal) {
	const { client, verdicts } = removal;
	if (client.registry === "docker.io") throw new ActionError("registry", "Docker Hub removes tags by an API of its own alone, which this command does not speak", ["a dry run lists them: remove them on hub.docker.com"]);
	if (client.registry === "ghcr.io") {
		const { removeVersions } = await import("./remove-versions.js");
		return await removeVersions(removal);
	}
	const outcomes = /* @__PURE__ */ new Map();
	for (const verdict of verdicts.filter(({ remove }) => remove)) {
		const outcome = await attempt(removal, () => removeTag(client, verdict));
		if (outcome === "unsupported") return await removeDigests(removal, (digest) => removeManifest(client, digest));
		outcomes.set(verdict.tag, outcome);
	}
	return verdicts.map((verdict) => ({
		...verdict,
		outcome: "kept",
		...outcomes.get(verdict.tag)
	}));
}
async function removeTag(client, { tag, digest, reason }) {
	const now = await client.digest(tag);
	if (now === null) return {
		outcome: "kept",
		reason: "it is gone already"
	};
	if (now !== digest) return {
		outcome: "kept",
		reason: "it was moved meanwhile"
	};
	const done = await client.remove(tag);
	return done === "unsupported" ? done : {
		outcome: "removed",
		reason
	};
}
/** For registries that remove digests alone: what is removed is what nothing else needs when the repository is read once more. */
async function removeDigests(removal, remove) {
	const { client, rules, verdicts } = removal;
	const content = await client.content(isOfRuns(rules));
	const again = decideCleanup(content, rules).filter((verdict) => verdict.remove);
	const [free, outcomes] = [removableDigests(content, again), /* @__PURE__ */ new Map()];
	const agreed = verdicts.filter((verdict) => {
		const same = again.some(({ tag, digest }) => tag === verdict.tag && digest === verdict.digest);
		if (verdict.remove && !(same && free.has(verdict.digest))) outcomes.set(verdict.tag, {
			outcome: "kept",
			reason: "it was moved, or is needed by now"
		});
		return verdict.remove && same && free.has(verdict.digest);
	});
	for (const [digest, all] of Map.groupBy(agreed, (verdict) => verdict.digest)) {
		const names = all.map(({ tag }) => tag);
		const outcome = await attempt(removal, () => remove(digest, names));
		for (const { tag, reason } of all) outcomes.set(tag, outcome ?? {
			outcome: "removed",
			reason
		});
	}
	return verdicts.map((verdict) => ({
		...verdict,
		outcome: "kept",
		...outcomes.get(verdict.tag)
	}));
}
async function removeManifest(client, digest) {
	return await client.remove(digest) === "removed" ? null : {
		outcome: "failed",
		reason: "the registry removes neither tags nor digests"
	};
}
/** What goes wrong with one tag leaves the others to be tried. */
async function attempt({ host }, work) {
	try {
		return await work();
	} catch (error) {
		if (host.signal.aborted) throw error;
		return {
			outcome: "failed",
			reason: messageOf(error)
		};
	}
}
export { isOfRuns as i, removeTags as n, decideCleanup as r, removeDigests as t };
