import { r as fingerprintOf } from "./fingerprint.js";
import { i as stampText, n as fingerprintLabel, r as readStamp, t as changedParts } from "./fingerprint-label.js";
import { t as ancestors } from "./graph.js";
import { c as lookUp, i as allTags, n as rebuildAge } from "./rebuild.js";
import { t as findImage } from "./select.js";
import { a as imageTag, i as imageReferences, r as imageNames, s as tagOf } from "./tags.js";
import { t as gatherImageFacts } from "./fingerprint-facts.js";
import { i as messageOf, t as ActionError } from "./errors.js";
import { t as canonicalReference } from "./canonical.js";
import { t as buildsAnyway } from "./fingerprint-stage.js";
import "./plan.js";
import { createHash } from "node:crypto";
// src/stack/fingerprint-plan.ts
/**
* The plan with what need not be built taken instead. An image is built where nothing holds its inputs, where it is forced, or where
* a parent of its is built in this run: a child always stands on its parent of this run. A parent that was only needed by what is
* now taken is let go.
*/
function takeKnown(plan, known) {
	const byName = new Map(plan.images.map((image) => [image.name, image]));
	const least = buildsOf(plan, byName, known);
	const all = plan.images.filter(({ action }) => action === "build").map(({ name }) => name);
	const building = known.whole && least.size > 0 ? new Set(all) : least;
	const needed = new Set([...building].flatMap((name) => byName.get(name)?.parents ?? []).filter((name) => !building.has(name)));
	const images = plan.images.map((image) => {
		if (building.has(image.name) || image.action === "skip") return image;
		const hit = known.hits.get(image.name);
		if (!(known.own.has(image.name) || needed.has(image.name))) return {
			...image,
			action: "skip",
			reason: known.left,
			tags: [],
			digest: null
		};
		if (!hit) return image;
		const { afresh: _, ...rest } = image;
		return {
			...rest,
			action: "reuse",
			reason: hit.reason,
			digest: hit.digest
		};
	});
	return {
		...plan,
		images
	};
}
/** The images that are built after all: parents only where a child needs them, to where nothing changes any more. */
function buildsOf(plan, byName, known) {
	const building = /* @__PURE__ */ new Set();
	const mustBuild = (image) => image.action === "build" && (!known.hits.has(image.name) || known.forced.has(image.name) || image.parents.some((name) => building.has(name)));
	for (let before = -1; before < building.size;) {
		before = building.size;
		const wanted = new Set([...building].flatMap((name) => byName.get(name)?.parents ?? []));
		for (const name of plan.order) {
			const image = byName.get(name);
			if (image && (known.own.has(name) || wanted.has(name)) && mustBuild(image)) building.add(name);
		}
	}
	return building;
}
// src/steps/fingerprint-explain.ts
/** Null where nobody asks about an image. The earlier build is the base commit's, else the branch's. */
async function explainFingerprint(question) {
	const { host, source, fingerprints } = question;
	if (!host.view?.explain) return null;
	const image = findImage(source.stack, host.view.explain);
	const made = fingerprints.get(image.name);
	return made ? {
		...made,
		previous: await previousOf(question, image, made)
	} : null;
}
async function previousOf({ source, lookup }, image, made) {
	const { branch, defaultBranch, pullRequest } = source.trigger;
	const { base } = source.changes;
	const branches = [
		pullRequest?.baseRef,
		defaultBranch,
		branch
	].flatMap((name) => name ? [tagOf(name)] : []);
	for (const tag of /* @__PURE__ */ new Set([...base ? [base.slice(0, 7)] : [], ...branches])) {
		const found = await lookup.byTag(image, tag);
		const stamp = found && (await lookup.describe(found))?.stamp;
		if (stamp) return {
			tag,
			fingerprint: stamp.fingerprint,
			changes: changedParts(stamp, made)
		};
	}
	return null;
}
// src/steps/fingerprint-lookup.ts
/** Looks in all registries of an image, in their order. Throws only where the run is cancelled. */
function createLookup(question) {
	const { inputs, host, registry } = question;
	const scope = scopeOf(question);
	let failed = false;
	const asked = async (ask) => {
		try {
			return failed ? null : await ask();
		} catch (error) {
			if (error instanceof ActionError && error.code === "cancelled") throw error;
			const refused = /refuses to read/.test(messageOf(error));
			if (refused || failed) host.out.debug(messageOf(error));
			else host.out.warning(`what is not found is built, as fingerprints cannot be looked up: ${messageOf(error)}`);
			failed ||= !refused;
			return null;
		}
	};
	const find = async (image, what) => {
		for (const home of imageNames(image, inputs.registry)) {
			const reference = canonicalReference(`${home}${what}`);
			const digest = reference && await asked(() => registry.digest(reference, { remembered: true }));
			if (digest) return {
				digest,
				home
			};
		}
		return null;
	};
	const byTag = (image, tag) => find(image, `:${imageTag(image, tag)}`);
	const described = /* @__PURE__ */ new Map();
	return {
		byTag,
		byDigest: (image, digest) => find(image, `@${digest}`),
		byFingerprint: async (image, fingerprint) => (scope === "" ? null : await find(image, `:fp-${fingerprint}${scope}`)) ?? await find(image, `:fp-${fingerprint}`),
		describe: (found) => {
			const name = `${found.home}@${found.digest}`;
			const reference = canonicalReference(name);
			const before = described.get(name);
			if (before || !reference) return before ?? Promise.resolve(null);
			const reading = asked(() => registry.image(reference)).then((image) => image && descriptionOf(found, image));
			described.set(name, reading);
			return reading;
		},
		tagFor: (fingerprint) => `fp-${fingerprint}${scope}`
	};
}
/** Full references of a fingerprint in all registries of an image. */
function fingerprintReferences(image, { inputs }, tag) {
	return imageReferences({
		...image,
		tagPrefix: ""
	}, inputs.registry, [tag]);
}
function descriptionOf(found, { labels, created }) {
	const revision = labels["org.opencontainers.image.revision"] ?? "";
	return {
		...found,
		stamp: readStamp(labels[fingerprintLabel]),
		created,
		revision: /^[0-9a-f]{40,64}(-dirty)?$/.test(revision) ? revision.slice(0, 7) : null
	};
}
/** What a pull request or a branch leaves for itself alone with `reuse: branch`; a merge group is what the branch will be. */
function scopeOf({ inputs, trigger }) {
	if (inputs.reuse === "all") return "";
	if (trigger.pullRequest) return `-pr-${trigger.pullRequest.number}`;
	const { branch, defaultBranch, kind } = trigger;
	if (kind === "merge_group" || branch === null || branch === defaultBranch) return "";
	const sum = createHash("sha256").update(branch).digest("hex").slice(0, 8);
	return `-${tagOf(branch).slice(0, 32)}-${sum}`;
}
// src/steps/fingerprint-standing.ts
/** What stands for an image, found out once. */
function standingOf(set, name) {
	const found = set.standing.get(name) ?? stand(set, name);
	set.standing.set(name, found);
	return found;
}
/**
* An image that did not change: the newest build of its inputs, which after a base moved is not that of its commit's tag. It is the
* one of its fingerprint, else what the branch's tag points at if it is made from the same files, else the plan's.
*/
async function stand(set, name) {
	const { lookup, facts, planned } = set;
	const { image } = facts.get(name);
	const { digest, reason } = planned.get(name);
	const { fingerprint, inputs } = await set.made(name);
	const tagged = fingerprint === null ? null : await lookup.byFingerprint(image, fingerprint);
	if (tagged && tagged.digest === digest) return {
		found: tagged,
		value: fingerprint,
		reason: null
	};
	if (reason === "this commit’s image is published already") {
		const later = digest === null ? null : await laterBuild(set, image, {
			digest,
			inputs
		});
		if (later) return later;
	} else {
		const newer = tagged && fingerprint ? await heldBy(set, image, fingerprint) : null;
		if (newer && fingerprint) return {
			found: newer,
			value: fingerprint,
			reason: sayingOf(fingerprint, newer)
		};
		const behind = await behindBranch(set, image);
		if (behind && behind.stamp?.inputs === inputs) {
			const why = behind.digest === digest ? null : `the branch’s image holds the same files${fromCommit(behind)}`;
			return {
				found: behind,
				value: behind.stamp.fingerprint ?? behind.digest,
				reason: why
			};
		}
	}
	const own = digest === null ? null : await lookup.byDigest(image, digest);
	const described = own && await lookup.describe(own);
	return {
		found: own,
		value: (described?.stamp?.inputs === inputs ? described.stamp : null)?.fingerprint ?? digest,
		reason: null
	};
}
/**
* In a second run of a commit, where nothing is built: what the branch has by now, if it was built of the same files after the commit's
* own image. It stays the branch's: a schedule, an age or `no-cache` wanted it.
*/
async function laterBuild(set, image, { digest, inputs }) {
	const { question, planned, lookup } = set;
	if (!question.decision.push.publishes || [...planned.values()].some(({ action }) => action === "build")) return null;
	const behind = await behindBranch(set, image);
	if (!behind || behind.digest === digest || behind.stamp?.inputs !== inputs) return null;
	const own = await lookup.describe({
		digest,
		home: behind.home
	});
	if (own === null || own.created === null || behind.created === null || behind.created <= own.created) return null;
	const reason = `the branch’s image is a later build of the same files${fromCommit(behind)}`;
	return {
		found: behind,
		value: behind.stamp.fingerprint ?? behind.digest,
		reason
	};
}
async function behindBranch({ lookup, question }, image) {
	const { defaultBranch, pullRequest, kind, branch } = question.source.trigger;
	const name = pullRequest?.baseRef ?? defaultBranch ?? (kind === "local" ? branch : null);
	const found = name === null ? null : await lookup.byTag(image, tagOf(name));
	return found && await lookup.describe(found);
}
/** The image behind a fingerprint's tag, if it says the same of itself. */
async function heldBy({ lookup, question }, image, fingerprint) {
	const found = await lookup.byFingerprint(image, fingerprint);
	const described = found && await lookup.describe(found);
	if (!described || described.stamp?.fingerprint === fingerprint) return described;
	question.host.out.warning(`${image.name}: what ${found.home}:fp-${fingerprint} points at does not say that it is made from these inputs: it is not taken`);
	return null;
}
function sayingOf(fingerprint, found) {
	return `fp-${fingerprint.slice(0, 8)}… holds the same inputs${fromCommit(found)}`;
}
function fromCommit({ revision }) {
	return revision === null ? "" : ` (built from ${revision})`;
}
// src/steps/fingerprint-tags.ts
/**
* The tags of a run that was to rebuild a published commit and then found nothing to build: no dated ones. Where the commit's own tag
* is there it stays, whatever it points at, and only the branch's moves.
*/
async function withoutRebuild(decision, question) {
	const { plan, plain } = decision;
	if (!plain || plan.images.some(({ action }) => action === "build")) return decision;
	const { source, inputs } = question;
	const byName = new Map(source.stack.images.map((image) => [image.name, image]));
	const { immutable, fixed = [] } = plain.all;
	const tagsOf = async (planned) => {
		const image = byName.get(planned.name);
		const there = immutable === null ? null : await lookUp(question, image, immutable);
		const kept = there !== null && there !== planned.digest ? /* @__PURE__ */ new Set([immutable, ...fixed]) : /* @__PURE__ */ new Set();
		return imageReferences(image, inputs.registry, allTags(plain.of(image)).filter((tag) => !kept.has(tag)));
	};
	const images = await Promise.all(plan.images.map(async (image) => image.tags.length > 0 && image.action === "reuse" ? {
		...image,
		tags: await tagsOf(image)
	} : image));
	return {
		...decision,
		rules: plain.all,
		plan: {
			...plan,
			images
		}
	};
}
/** The tags of a second run of a commit that leaves a later build to the branch: the commit's own stay with the commit's image. */
function withoutCommitTags(decision, { source, inputs, decision: before }) {
	const { immutable, fixed = [] } = before.rules;
	const earlier = new Map(before.plan.images.map((image) => [image.name, image]));
	const images = decision.plan.images.map((planned) => {
		const { reason, digest } = earlier.get(planned.name) ?? planned;
		const image = source.stack.images.find(({ name }) => name === planned.name);
		if (!image || immutable === null || reason !== "this commit’s image is published already" || planned.digest === digest) return planned;
		const own = new Set(imageReferences(image, inputs.registry, [immutable, ...fixed]));
		return {
			...planned,
			tags: planned.tags.filter((tag) => !own.has(tag))
		};
	});
	return {
		...decision,
		plan: {
			...decision.plan,
			images
		}
	};
}
// src/steps/fingerprints.ts
/** The decision with fingerprints in its plan, and with what some run built of the same inputs taken instead of built. */
async function decideByFingerprints(question) {
	const { source, decision, inputs, host, registry, builds } = question;
	const { plan, push } = decision;
	const planned = new Map(plan.images.map((image) => [image.name, image]));
	const asked = imagesOfInterest(question);
	const images = source.stack.images.filter((image) => asked.has(image.name));
	const facts = await gatherImageFacts(question, images);
	const lookup = createLookup({
		inputs,
		host,
		registry,
		trigger: source.trigger
	});
	const made = /* @__PURE__ */ new Map();
	const set = {
		question,
		planned,
		facts,
		lookup,
		standing: /* @__PURE__ */ new Map(),
		made: (name) => {
			const found = made.get(name) ?? make(set, name);
			made.set(name, found);
			return found;
		}
	};
	const takes = !builds || !buildsAnyway(question);
	const own = ownImages(question);
	const [fingerprints, found] = await Promise.all([Promise.all(images.map(async ({ name }) => [name, await set.made(name)])), Promise.all(images.map(async (image) => [image.name, takes ? await findFor(set, image) : null]))]);
	const byName = new Map(fingerprints);
	const finds = new Map(found);
	const hits = new Map(found.flatMap(([name, one]) => one?.hit ? [[name, one.hit]] : []));
	const aged = new Map(found.flatMap(([name, one]) => one?.aged ? [[name, one.aged]] : []));
	const forced = /* @__PURE__ */ new Set([...aged.keys(), ...forcedImages(question)]);
	const left = source.changes.base ? `unchanged since ${source.changes.base.slice(0, 7)}` : "needed by nobody";
	const marked = plan.images.map((image) => {
		const fingerprint = byName.get(image.name)?.fingerprint ?? null;
		const reason = aged.get(image.name);
		if (image.action !== "build" || reason === void 0) return {
			...image,
			fingerprint
		};
		return {
			...image,
			fingerprint,
			reason,
			afresh: true
		};
	});
	const taken = takeKnown({
		...plan,
		images: marked
	}, {
		own,
		hits,
		forced,
		left,
		whole: inputs.monolithic
	});
	const homes = [...finds].flatMap(([name, one]) => one?.home ? [[name, one.home]] : []);
	const stamps = push.push ? stampsOf(set, taken.images, byName) : /* @__PURE__ */ new Map();
	const explained = await explainFingerprint({
		...question,
		fingerprints: byName,
		lookup
	});
	return withoutCommitTags(await withoutRebuild({
		...decision,
		plan: taken,
		stamps,
		homes: new Map(homes),
		...explained && { explained }
	}, question), question);
}
/** What is built or tagged, what a person asks about, and all that these are built on. */
function imagesOfInterest({ source, decision, host }) {
	const acting = decision.plan.images.filter(({ action }) => action === "build" || action === "reuse" && decision.push.publishes);
	const named = host.view?.explain ? [findImage(source.stack, host.view.explain).name] : [];
	const names = [...acting.map(({ name }) => name), ...named];
	return /* @__PURE__ */ new Set([...names, ...ancestors(source.stack.images, names)]);
}
/** The images that the run is about; the others are in the plan for their children alone. */
function ownImages({ source, decision }) {
	const { stack, changed, selected } = source;
	const names = stack.images.filter(({ name }) => decision.push.publishes || changed.has(name)).map(({ name }) => name);
	return new Set(names.filter((name) => selected?.has(name) ?? true));
}
function forcedImages({ decision, inputs }) {
	return decision.plan.images.filter((image) => inputs.noCache || image.afresh).map(({ name }) => name);
}
async function make(set, name) {
	const { image, files, inputs } = set.facts.get(name);
	const parents = image.parents.map(async ({ name: parent, references }) => {
		const made = await set.made(parent);
		return {
			references,
			value: set.planned.get(parent)?.action === "reuse" ? (await standingOf(set, parent)).value : made.fingerprint,
			inputs: made.inputs
		};
	});
	const fingerprint = fingerprintOf(image, files, inputs, await Promise.all(parents));
	return !set.question.builds && set.planned.get(name)?.relock && set.question.inputs.lockMode !== "off" ? {
		...fingerprint,
		fingerprint: null,
		why: "its lock is to be made"
	} : fingerprint;
}
async function findFor(set, image) {
	const planned = set.planned.get(image.name);
	if (planned?.action === "reuse") {
		const { found, reason } = await standingOf(set, image.name);
		return {
			hit: found && reason ? {
				digest: found.digest,
				reason
			} : null,
			aged: null,
			home: found?.home ?? null
		};
	}
	if (planned?.action !== "build" || set.question.inputs.noCache || planned.afresh) return null;
	const { fingerprint } = await set.made(image.name);
	const found = fingerprint === null ? null : await heldBy(set, image, fingerprint);
	if (!found || fingerprint === null) return null;
	const aged = ageReason(set, image, found);
	const { digest, home } = found;
	return aged ? {
		hit: null,
		aged,
		home: null
	} : {
		hit: {
			digest,
			reason: sayingOf(fingerprint, found)
		},
		aged,
		home
	};
}
/** A schedule counts by spec.yml's `rebuild`, every run by `max-age`. */
function ageReason({ question }, image, { created }) {
	const { inputs, source } = question;
	const period = source.trigger.kind === "schedule" ? rebuildAge(image) : null;
	const most = Math.min(inputs.maxAge ?? Number.POSITIVE_INFINITY, period ?? Number.POSITIVE_INFINITY);
	if (most === Number.POSITIVE_INFINITY) return null;
	const age = created === null ? null : Date.now() - created;
	if (age !== null && age <= most) return null;
	return `the build of the same inputs is ${age === null ? "of unknown age" : `${Math.floor(age / 36e5)} hours old`}, ${inputs.maxAge === most ? "max-age" : "rebuild"} allows ${Math.round(most / 36e5)}`;
}
function stampsOf({ question, facts, lookup }, images, fingerprints) {
	return new Map(images.flatMap(({ name, action }) => {
		const made = fingerprints.get(name);
		const image = facts.get(name)?.image;
		if (action !== "build" || !made || !image) return [];
		const { fingerprint } = made;
		const references = fingerprint ? fingerprintReferences(image, question, lookup.tagFor(fingerprint)) : [];
		return [[name, {
			label: stampText(made),
			references
		}]];
	}));
}
export { decideByFingerprints };
