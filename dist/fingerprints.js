import { i as stampText, n as fingerprintLabel, o as externalReferences, r as readStamp, s as fingerprintOf, t as changedParts } from "./fingerprint-label.js";
import { t as ancestors } from "./graph.js";
import { c as lookUp, i as allTags, n as rebuildAge } from "./rebuild.js";
import { d as readersOf, f as watchesOf, l as globMatcher, t as findImage } from "./select.js";
import { a as imageTag, i as imageReferences, r as imageNames, s as tagOf } from "./tags.js";
import { t as isAddress } from "./address.js";
import { t as byCode } from "./order.js";
import { t as plannedPlatforms } from "./platforms.js";
import { t as pLimit } from "./p-limit.js";
import { t as isBelow } from "./inside.js";
import { i as messageOf, t as ActionError } from "./errors.js";
import { t as canonicalReference } from "./canonical.js";
import { t as buildsAnyway } from "./fingerprint-stage.js";
import { lstat, readFile, readdir, readlink } from "node:fs/promises";
import path, { posix } from "node:path";
import { createHash, hash } from "node:crypto";
import { createReadStream } from "node:fs";
// src/stack/fingerprint-plan.ts
/**
* The plan with what need not be built taken instead. An image is built where nothing holds its inputs, where it is forced, or where
* a parent of its is built in this run: a child always stands on its parent of this run. A parent that was only needed by what is
* now taken is let go.
*/
function takeKnown(plan, known) {
	const byName = new Map(plan.images.map((image) => [image.name, image]));
	const building = buildsOf(plan, byName, known);
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
// src/stack/fingerprint-files.ts
/**
* The files that count for each of some images: those by which change detection calls it changed (watch.ts), so that the two
* cannot disagree. Contexts that are folders of the repository have to stand in the images' `contexts`.
*/
function imageFiles(stack, images, files) {
	const [everywhere, ignored] = [globMatcher(stack, stack.buildAll), globMatcher(stack, stack.ignore)];
	const paths = files.map(({ path }) => path);
	const plain = watchesOf({ images }, paths, false);
	const modules = files.some(({ mode }) => mode === "160000") ? watchesOf({ images }, paths, true) : plain;
	const named = ignoreFilesOf(images);
	const found = new Map(images.map((image) => [image.name, []]));
	for (const file of files) if (everywhere(file.path)) for (const list of found.values()) list.push(file);
	else if (!ignored(file.path)) {
		const readers = readersOf(file.mode === "160000" ? modules : plain, file.path);
		for (const image of named.get(file.path) ?? []) readers.add(image);
		for (const { name } of readers) found.get(name)?.push(file);
	}
	const byPath = new Map(files.map((file) => [file.path, file]));
	return new Map(images.map((image) => [image.name, ofImage(image, found.get(image.name) ?? [], byPath)]));
}
function ofImage(image, read, byPath) {
	const from = isAddress(image.context) ? image.path : image.context;
	const row = ({ path, mode, id }) => [
		posix.relative(from, path) || ".",
		mode,
		id
	];
	const sorted = (list) => list.map(row).sort(([a], [b]) => byCode(a, b));
	const dockerfile = byPath.get(image.dockerfile);
	return {
		dockerfile: dockerfile ? `${dockerfile.mode} ${dockerfile.id}` : null,
		files: sorted(read),
		lockSources: sorted(image.lockSources.flatMap((path) => byPath.get(path) ?? []))
	};
}
/** Ignore files count wherever they lie and whatever they say of themselves. */
function ignoreFilesOf(images) {
	const named = /* @__PURE__ */ new Map();
	for (const image of images) for (const file of /* @__PURE__ */ new Set([`${image.dockerfile}.dockerignore`, posix.join(image.context, ".dockerignore")])) {
		const list = named.get(file);
		if (list) list.push(image);
		else named.set(file, [image]);
	}
	return named;
}
// src/tools/file-ids.ts
/** Files are read a few at a time; of larger ones no whole is held. */
const atOnce = 16;
const wholeBytes = 8388608;
/**
* All files of the work tree as git would name their contents: tracked ones by git's own word, those that differ from it, new ones
* and ignored ones below the folders by what they hold. A submodule counts by its commit and by what is in its folder.
*/
async function workTreeIds({ cwd, git, folders }) {
	if (!git) return await folderIds(cwd, folders);
	const [staged, modified, others] = await Promise.all([
		git.staged(),
		git.modified(),
		git.untrackedBelow(folders)
	]);
	const converted = staged.some(({ path: file }) => path.posix.basename(file) === ".gitattributes");
	const again = new Set(modified);
	const inside = (file) => folders.some((folder) => folder === "." || file.startsWith(`${folder}/`));
	const read = reader(cwd, staged[0]?.oid.length === 64 ? "sha256" : "sha1");
	const tracked = staged.map(async ({ path: file, mode, oid }) => {
		if (mode === "160000") return [{
			path: file,
			mode,
			id: await read.module(file, oid)
		}];
		if (!again.has(file) && !(converted && inside(file))) return [{
			path: file,
			mode,
			id: oid
		}];
		const found = await read.file(file);
		return found ? [found] : [];
	});
	const more = others.map(async (name) => {
		const file = name.replace(/\/$/, "");
		if (name.endsWith("/")) return [{
			path: file,
			mode: "160000",
			id: await read.module(file, "")
		}];
		const found = await read.file(file);
		return found ? [found] : [];
	});
	return (await Promise.all([...tracked, ...more])).flat();
}
/** The files of a commit by git's own ids. */
async function commitIds(git, revision) {
	return (await git.tree(revision)).map(({ path: file, mode, oid }) => ({
		path: file,
		mode,
		id: oid
	}));
}
/** All that is in a folder, anywhere on the machine, paths relative to it; `.git` is passed over and links are not followed. */
async function contentIds(folder) {
	const read = reader(folder, "sha1");
	return (await Promise.all((await filesBelow(folder, "")).map((file) => read.file(file)))).flatMap((found) => found ?? []);
}
async function folderIds(cwd, folders) {
	const read = reader(cwd, "sha1");
	const names = await Promise.all(folders.map((folder) => filesBelow(cwd, folder === "." ? "" : folder)));
	return (await Promise.all([...new Set(names.flat())].map((file) => read.file(file)))).flatMap((found) => found ?? []);
}
function reader(cwd, algorithm) {
	const limit = pLimit(atOnce);
	return {
		file: (file) => limit(async () => await fileId(cwd, file, algorithm)),
		/** An empty folder, as a checkout without submodules leaves it, is another content than the submodule itself. */
		module: async (file, commit) => {
			const held = await filesBelow(cwd, file);
			const content = (await Promise.all(held.map((name) => limit(async () => await fileId(cwd, name, algorithm))))).flatMap((row) => row ? [[
				row.path.slice(file.length + 1),
				row.mode,
				row.id
			]] : []);
			return `${commit} ${hash("sha256", JSON.stringify(content))}`;
		}
	};
}
/** Mode and blob id as git would have them; null for what is gone, and for what is neither file nor link. */
async function fileId(cwd, file, algorithm) {
	const full = path.join(cwd, file);
	const status = await lstat(full).catch(() => null);
	if (status?.isSymbolicLink()) return {
		path: file,
		mode: "120000",
		id: blobId(Buffer.from(await readlink(full)), algorithm)
	};
	if (!status?.isFile()) return null;
	const mode = status.mode & 64 ? "100755" : "100644";
	if (status.size <= wholeBytes) return {
		path: file,
		mode,
		id: blobId(await readFile(full), algorithm)
	};
	const sum = createHash(algorithm).update(`blob ${status.size}\0`);
	for await (const chunk of createReadStream(full)) sum.update(chunk);
	return {
		path: file,
		mode,
		id: sum.digest("hex")
	};
}
function blobId(content, algorithm) {
	return createHash(algorithm).update(`blob ${content.length}\0`).update(content).digest("hex");
}
async function filesBelow(cwd, folder) {
	const found = [];
	for (const open = [folder]; open.length > 0;) {
		const at = open.pop() ?? "";
		const children = await readdir(path.join(cwd, at), { withFileTypes: true }).catch(() => []);
		for (const child of children) {
			const name = at ? `${at}/${child.name}` : child.name;
			if (child.name === ".git") continue;
			if (child.isDirectory()) open.push(name);
			else found.push(name);
		}
	}
	return found.sort();
}
// src/steps/fingerprint-facts.ts
/** Gathers what goes into some images: files by git's ids, digests of bases, and what the inputs add to spec.yml. */
async function gatherImageFacts(question, images) {
	const { source, inputs, host, bases, builds } = question;
	const placed = images.map((image) => withContexts(image, inputs.buildContexts, host.cwd));
	const folders = placed.flatMap(({ context, contexts }) => [context, ...Object.values(contexts)]).filter(isFolder);
	const outside = placed.flatMap(({ contexts }) => Object.values(contexts)).filter((value) => path.isAbsolute(value));
	const named = !builds && host.event.head !== null && source.git !== null && source.commit !== null;
	const [files, contents, platform, digests] = await Promise.all([
		named && source.git && source.commit ? commitIds(source.git, source.commit) : workTreeIds({
			cwd: host.cwd,
			git: source.git,
			folders: [...new Set(folders)]
		}),
		Promise.all([...new Set(outside)].map(async (folder) => [folder, await contentOf(folder)])),
		bases.platform(),
		bases.digests([...new Set(placed.flatMap((image) => externalReferences(image, image.contexts)))])
	]);
	const read = imageFiles(source.stack, placed, files);
	const held = new Map(contents);
	return new Map(placed.map((image) => {
		const platforms = plannedPlatforms(image, inputs.platforms);
		const facts = {
			image,
			files: read.get(image.name) ?? {
				dockerfile: null,
				files: [],
				lockSources: []
			},
			inputs: {
				args: {
					...image.args,
					...inputs.buildArgs
				},
				target: inputs.target || image.target,
				platforms: platforms.length > 0 ? platforms : [platform],
				contexts: contextsOf(image, held),
				bases: new Map(externalReferences(image, image.contexts).map((one) => [one, digests.get(one) ?? null]))
			}
		};
		return [image.name, facts];
	}));
}
/** Named contexts of spec.yml and of the inputs: folders of the repository by their paths in it, others absolute. */
function withContexts(image, added, cwd) {
	const entries = Object.entries({
		...image.contexts,
		...added
	}).map(([name, value]) => {
		if (isAddress(value)) return [name, value];
		const full = path.resolve(cwd, value);
		return [name, isBelow(cwd, full) ? path.relative(cwd, full) || "." : full];
	});
	return {
		...image,
		contexts: Object.fromEntries(entries)
	};
}
function isFolder(value) {
	return !isAddress(value) && !path.isAbsolute(value);
}
function contextsOf({ context, path: folder, contexts }, held) {
	const from = isAddress(context) ? folder : context;
	return Object.fromEntries(Object.entries(contexts).map(([name, value]) => {
		if (isAddress(value)) return [name, value];
		return [name, held.get(value) ?? (path.posix.relative(from, value) || ".")];
	}));
}
async function contentOf(folder) {
	return JSON.stringify((await contentIds(folder)).map(({ path: file, mode, id }) => [
		file,
		mode,
		id
	]));
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
	const byTag = async (image, tag) => {
		for (const home of imageNames(image, inputs.registry)) {
			const reference = canonicalReference(`${home}:${imageTag(image, tag)}`);
			const digest = reference && await asked(() => registry.digest(reference));
			if (digest) return {
				digest,
				home
			};
		}
		return null;
	};
	const described = /* @__PURE__ */ new Map();
	return {
		byTag,
		byFingerprint: async (image, fingerprint) => (scope === "" ? null : await byTag(image, `fp-${fingerprint}${scope}`)) ?? await byTag(image, `fp-${fingerprint}`),
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
	return imageReferences(image, inputs.registry, [tag]);
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
	const set = {
		question,
		planned,
		facts,
		lookup,
		made: /* @__PURE__ */ new Map(),
		standing: /* @__PURE__ */ new Map()
	};
	const takes = !builds || !buildsAnyway(question);
	const own = ownImages(question);
	const [fingerprints, found] = await Promise.all([Promise.all(images.map(async ({ name }) => [name, await madeOf(set, name)])), Promise.all(images.map(async (image) => [image.name, takes ? await findFor(set, image) : null]))]);
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
		left
	});
	const homes = [...finds].flatMap(([name, one]) => one?.home ? [[name, one.home]] : []);
	const stamps = push.push ? stampsOf(set, taken.images, byName) : /* @__PURE__ */ new Map();
	const explained = await explainFingerprint({
		...question,
		fingerprints: byName,
		lookup
	});
	return await withoutRebuild({
		...decision,
		plan: taken,
		stamps,
		homes: new Map(homes),
		...explained && { explained }
	}, question);
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
function madeOf(set, name) {
	const found = set.made.get(name) ?? make(set, name);
	set.made.set(name, found);
	return found;
}
async function make(set, name) {
	const { image, files, inputs } = set.facts.get(name);
	const parents = image.parents.map(async ({ name: parent, references }) => {
		const made = await madeOf(set, parent);
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
	const { fingerprint } = await madeOf(set, image.name);
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
/** The image behind a fingerprint's tag, if it says the same of itself. */
async function heldBy({ lookup, question }, image, fingerprint) {
	const found = await lookup.byFingerprint(image, fingerprint);
	const described = found && await lookup.describe(found);
	if (!described || described.stamp?.fingerprint === fingerprint) return described;
	question.host.out.warning(`${image.name}: what ${found.home}:fp-${fingerprint} points at does not say that it is made from these inputs: it is not taken`);
	return null;
}
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
	const { fingerprint, inputs } = await madeOf(set, name);
	const tagged = fingerprint === null ? null : await lookup.byFingerprint(image, fingerprint);
	if (tagged && tagged.digest === digest) return {
		found: tagged,
		value: fingerprint,
		reason: null
	};
	if (reason !== "this commit’s image is published already") {
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
	const own = digest === null ? null : await lookup.byTag(image, digest);
	const described = own && await lookup.describe(own);
	return {
		found: own,
		value: (described?.stamp?.inputs === inputs ? described.stamp : null)?.fingerprint ?? digest,
		reason: null
	};
}
async function behindBranch({ lookup, question }, image) {
	const { defaultBranch, pullRequest, kind, branch } = question.source.trigger;
	const name = pullRequest?.baseRef ?? defaultBranch ?? (kind === "local" ? branch : null);
	const found = name === null ? null : await lookup.byTag(image, tagOf(name));
	return found && await lookup.describe(found);
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
function sayingOf(fingerprint, found) {
	return `fp-${fingerprint.slice(0, 8)}… holds the same inputs${fromCommit(found)}`;
}
function fromCommit({ revision }) {
	return revision === null ? "" : ` (built from ${revision})`;
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
