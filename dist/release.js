import { i as __toESM } from "./rolldown-runtime.js";
import { t as pLimit } from "./p-limit.js";
import { i as messageOf, t as ActionError } from "./errors.js";
import { r as compare$1 } from "./pep440.js";
import { t as require_compare } from "./compare.js";
import { t as readVersion } from "./versions.js";
import { n as missingInput } from "./publish-inputs.js";
import { t as canonicalReference } from "./canonical.js";
import { a as imageTag, r as imageNames, s as tagOf } from "./tags.js";
import { s as Git } from "./changes2.js";
import { r as writeRelease, t as gitTags } from "./github-release2.js";
import { t as createRegistry } from "./registry.js";
import { a as chooseTagger, c as lookUp, s as factsOf } from "./rebuild.js";
import { t as detect } from "./detect.js";
import { t as moveTags } from "./move-tags.js";
import { n as refuseRun, o as concludeMoves, r as refuseTag } from "./retag.js";
import { t as findBases } from "./bases.js";
import { t as findTools } from "./builder.js";
import { t as decide } from "./decide.js";
import { i as comparedPackages, r as setStackOutput, t as readStack } from "./stack-file.js";
import { s as formatSize } from "./format.js";
import { t as lockDiffMarkdown } from "./lock-markdown.js";
import { a as link, i as inline, n as details, r as fence, s as table, t as code } from "./markdown.js";
import { n as stackPlace } from "./stack-place.js";
// src/publish/release-rules.ts
var import_compare = /* @__PURE__ */ __toESM(require_compare(), 1);
/** Compares a git tag with all git tags of the repository, by the versions that tag rules read. */
function releaseFacts(tag, all) {
	const own = read(tag);
	if (!own) return {
		final: true,
		latest: false,
		previous: null
	};
	const others = [...new Set(all)].filter((name) => name !== tag).flatMap((name) => read(name) ?? []);
	const previous = others.filter((other) => compare(other, own) !== null && (other.final || !own.final)).filter((other) => (compare(other, own) ?? 0) < 0).toSorted((one, other) => compare(one, other) ?? 0).at(-1);
	const newest = others.every((other) => !other.final || (compare(other, own) ?? -1) < 0);
	return {
		final: own.final,
		latest: own.final && newest,
		previous: previous?.name ?? null
	};
}
function read(name) {
	for (const kind of ["semver", "pep440"]) {
		const found = readVersion({
			type: kind,
			match: null
		}, name);
		if (found) return {
			name,
			kind,
			version: found.version,
			final: found.final
		};
	}
	return null;
}
/** Less than zero where the first is the lower one; null where they are of kinds that cannot be compared. */
function compare(one, other) {
	if (one.kind === "semver" && other.kind === "semver") return (0, import_compare.default)(one.version, other.version);
	try {
		return compare$1(one.version, other.version);
	} catch {
		return null;
	}
}
// src/steps/release-build.ts
/** Builds the images of a release's commit under the commit's own tag; what it published already is taken. */
async function buildRelease({ source, inputs, host, registry, commit, tag }) {
	if (await source.git?.commit("HEAD") !== commit) throw new ActionError("input", `${tag} cannot be built: something else than its commit is checked out`, ["check out the tag (actions/checkout with `ref`), or run this on the event of the pushed tag"]);
	host.out.notice(`the commit of ${tag} was never published: its images are built now`);
	const [{ make }, { detect }] = await Promise.all([import("./make2.js"), import("./detect2.js")]);
	const trigger = {
		...source.trigger,
		kind: "workflow_dispatch",
		branch: null,
		base: null
	};
	const building = {
		...inputs,
		push: true,
		images: [],
		tags: [],
		flavor: [],
		lockMode: "off"
	};
	const again = {
		...await detect({
			trigger,
			inputs: building,
			host
		}),
		commit
	};
	const tools = findTools({
		trigger,
		host
	});
	const common = {
		source: again,
		inputs: building,
		host,
		registry
	};
	const decision = await decide(common);
	const bases = findBases({
		...common,
		tools
	});
	const made = await make({
		...common,
		decision,
		tools,
		bases,
		settle: (results) => [...results]
	});
	if (made.error) throw made.error;
	const failed = made.results.filter(({ outcome }) => outcome === "failed");
	const [first] = failed;
	if (first) throw new ActionError("build", `${failed.map(({ name }) => name).join(", ")} failed: ${tag} is not released`, [first.failure?.message ?? ""]);
}
// src/report/release-notes.ts
const [begin, end] = ["<!-- buildx-action: images -->", "<!-- /buildx-action: images -->"];
/** GitHub takes 125,000 characters; the rest is for what people write. */
const longest = 1e5;
/** The notes as Markdown. What is too long is left out from the packages on. */
function renderReleaseNotes(notes) {
	for (let rows = 200; rows > 1; rows = Math.floor(rows / 2)) {
		const text = render(notes, rows);
		if (text.length <= longest) return text;
	}
	return render({
		...notes,
		diffs: null
	}, 1);
}
/** Text of a release with our part renewed, or put at its end; what people wrote stays. */
function withNotes(before, notes) {
	const own = `${begin}\n${notes.trimEnd()}\n${end}`;
	const [from, to] = [before.indexOf(begin), before.indexOf(end)];
	if (from >= 0 && to > from) return before.slice(0, from) + own + before.slice(to + end.length);
	return [before.trimEnd(), own].filter(Boolean).join("\n\n");
}
function render(notes, rows) {
	const { previous, compare, diffs, images, interest } = notes;
	const cells = images.map(({ image, repositories, tags, digest, size, previousSize }) => [
		inline(image),
		code(`${repositories[0]}:${tags[0]}`),
		size === null ? "" : formatSize(size, previousSize),
		code(digest)
	]);
	const pulls = images.flatMap(({ repositories, digest }) => repositories.map((name) => `docker pull ${name}@${digest}`));
	const packages = diffs === null ? "" : lockDiffMarkdown(diffs, {
		interest,
		rows
	}) || "No package changed.";
	return [
		"## Images",
		table([
			"image",
			"tag",
			"size",
			"digest"
		], cells),
		previous && packages ? `## Packages since ${inline(previous)}\n\n${packages}` : "",
		compare && previous ? link(`All changes since ${inline(previous)}`, compare) : "",
		details("Pull by digest", fence(pulls.join("\n"), "sh"))
	].filter(Boolean).join("\n\n");
}
// src/steps/release-notes.ts
/** The notes of a release, in the summary and as GitHub's release where the token may write one. `url` null: there is none. */
async function releaseNotes(release) {
	const { host, inputs, facts, tag, source } = release;
	const { repository } = source.trigger;
	const files = stackFiles(release);
	const [sizes, locks, found] = await Promise.all([
		sizesOf(release, files),
		packagesOf(release).catch((error) => passing(host, "packages cannot be compared with the release before", error)),
		files.then((read) => foundPackages(release, read))
	]);
	const unlocked = found.filter(({ image }) => !locks?.some((lock) => lock.image === image));
	const diffs = locks === null && unlocked.length === 0 ? null : [...locks ?? [], ...unlocked];
	const server = host.env.GITHUB_SERVER_URL || "https://github.com";
	const page = repository && facts.previous ? `${server}/${repository.owner}/${repository.name}/compare` : null;
	const markdown = renderReleaseNotes({
		tag,
		previous: facts.previous,
		diffs,
		interest: inputs.packagesOfInterest,
		compare: page && `${page}/${encodeURIComponent(facts.previous ?? "")}...${encodeURIComponent(tag)}`,
		images: release.images.map((image) => ({
			image: image.name,
			repositories: imageNames(image, inputs.registry),
			digest: release.digests.get(image.name) ?? "",
			tags: [imageTag(image, tag)],
			...sizes.get(image.name) ?? {
				size: null,
				previousSize: null
			}
		}))
	});
	if (!repository || !inputs.githubToken || inputs.dryRun) return {
		markdown,
		url: null
	};
	return {
		markdown,
		url: await writeRelease({
			host,
			inputs,
			repository,
			tag,
			prerelease: !facts.final,
			latest: facts.latest,
			body: (before) => withNotes(before, markdown)
		}).catch((error) => passing(host, "the images are released, and GitHub takes no release (it needs `contents: write`)", error))
	};
}
async function packagesOf({ source, host, inputs, facts, commit }) {
	const { git, trigger } = source;
	const before = facts.previous && await commitOfTag({
		source,
		host,
		inputs
	}, facts.previous);
	if (!git || !before) return null;
	const { compareLocks } = await import("./diff3.js");
	return await compareLocks({
		git,
		commits: [before, commit],
		inputs,
		host,
		repository: trigger.repository
	});
}
/** The commit of a git tag by git, else by GitHub: a shallow clone has no other tags. */
async function commitOfTag({ source, host, inputs }, tag) {
	const { git, trigger } = source;
	const here = await git?.commit(`refs/tags/${tag}`);
	if (here || !trigger.repository) return here ?? null;
	const { tagCommit } = await import("./github-release.js");
	return await tagCommit({
		host,
		inputs,
		repository: trigger.repository,
		tag
	});
}
/** What was published of this release's commit and of the one before. */
async function stackFiles(release) {
	const { registry, facts, commit } = release;
	const place = await stackPlace(release);
	const previous = facts.previous && await commitOfTag(release, facts.previous).catch(() => null);
	const [now, before] = await Promise.all([readStack(registry, place, commit.slice(0, 7)), previous ? readStack(registry, place, previous.slice(0, 7)) : null]);
	return {
		now,
		before
	};
}
/** What differs in the images themselves, by stack.json of both commits. */
async function foundPackages({ digests }, { now, before }) {
	const of = (file, image) => {
		const found = file?.images.find((one) => one.image === image);
		return found ? comparedPackages(found) : null;
	};
	const pairs = (now?.images ?? []).flatMap(({ image, digest }) => {
		const [old, own] = [of(before, image), of(now, image)];
		return old && own && digests.get(image) === digest ? [{
			image,
			before: old,
			after: own
		}] : [];
	});
	if (pairs.length === 0) return [];
	const { diffLocks } = await import("./diff2.js");
	return pairs.flatMap(diffLocks);
}
/** By stack.json of both commits; what it does not tell is asked of the registry. */
async function sizesOf(release, files) {
	const { registry, images, host } = release;
	const { now, before } = await files;
	if (now) setStackOutput(now, host);
	const found = await Promise.all(images.map(async (image) => {
		const digest = release.digests.get(image.name) ?? "";
		const known = now?.images.find((one) => one.image === image.name && one.digest === digest);
		const previousSize = before?.images.find((one) => one.image === image.name)?.size ?? null;
		const reference = known?.size ? null : canonicalReference(`${imageNames(image, release.inputs.registry)[0]}@${digest}`);
		const size = known?.size ?? (reference && (await registry.image(reference).catch(() => null))?.size) ?? null;
		return [image.name, {
			size,
			previousSize
		}];
	}));
	return new Map(found);
}
// src/steps/release.ts
const atOnce = 16;
/** Whether the event itself asks for a release, without a word in the inputs: a pushed git tag where something can be pushed. */
function isReleaseEvent({ trigger, inputs }) {
	return ["auto", "build"].includes(inputs.command) && !inputs.dryRun && inputs.push !== false && trigger.kind === "tag" && trigger.trust === "trusted" && inputs.registry.length > 0;
}
/** Gives the images that the commit of a git tag published that tag, and `latest` by the rules, and writes the release's notes. */
async function release(question) {
	const started = Date.now();
	const { inputs, host } = question;
	refuseRun(question.trigger, inputs);
	const tag = tagName(question);
	const scene = await sceneOf(question, tag);
	const digests = await digestsOf(scene);
	const targets = await targetsOf(scene, digests);
	const request = `release of ${tag} at ${scene.commit.slice(0, 7)}`;
	const moved = inputs.dryRun ? {
		moves: [],
		same: targets,
		recovered: [],
		resumed: false
	} : await moveTags({
		...scene,
		command: "release",
		request,
		targets: () => targets,
		fixed: true
	});
	const notes = await releaseNotes({
		...scene,
		targets,
		digests
	});
	const report = {
		command: "release",
		request,
		...moved,
		dryRun: inputs.dryRun,
		started
	};
	const json = {
		tag,
		commit: scene.commit,
		latest: scene.facts.latest,
		previous: scene.facts.previous,
		release: notes.url
	};
	return await concludeMoves({
		report: {
			...report,
			completed: Date.now(),
			notes: notes.markdown
		},
		images: scene.images,
		inputs,
		host,
		json
	});
}
/** The git tag: named, or the event's. Throws for one that no registry takes, before anything is read or written. */
function tagName({ trigger, inputs }) {
	const own = trigger.ref.startsWith("refs/tags/") ? trigger.ref.slice(10) : "";
	const tag = inputs.from || own;
	if (tag === "") throw missingInput("release", "from", "--from 2026.11.21");
	refuseTag(tag);
	if (tag === "latest" || tag === (trigger.defaultBranch && tagOf(trigger.defaultBranch))) throw new ActionError("input", `the git tag ${tag} is called like a tag that moves: it cannot be released`, ["give the git tag another name, for example `v1.2.0` or `2026.11.21`"]);
	return tag;
}
/** Everything is read of the tag's commit: an annotated tag is an object of its own, which leads to it. */
async function sceneOf({ trigger, inputs, host }, tag) {
	const git = new Git({
		cwd: host.cwd,
		env: host.env
	});
	const commit = await commitOf({
		trigger,
		inputs,
		host
	}, git, tag);
	const event = await git.commit("HEAD") === commit ? host.event : {
		...host.event,
		head: commit
	};
	const about = {
		...trigger,
		kind: "tag",
		ref: `refs/tags/${tag}`,
		branch: null,
		head: commit,
		base: null
	};
	const source = await detect({
		trigger: about,
		inputs: {
			...inputs,
			images: []
		},
		host: {
			...host,
			event
		}
	});
	const images = source.stack.images.filter((image) => !image.skip);
	if (images.length === 0) throw new ActionError("input", `the commit ${commit.slice(0, 7)} of ${tag} holds no images`, ["check the input path"]);
	const registry = createRegistry({
		env: host.env,
		login: true,
		signal: host.signal
	});
	const facts = releaseFacts(tag, await allTags({
		trigger,
		inputs,
		host
	}, git));
	return {
		source: {
			...source,
			commit
		},
		inputs,
		host,
		registry,
		tag,
		commit,
		images,
		facts
	};
}
async function commitOf({ trigger, inputs }, git, tag) {
	const named = await git.commit(`refs/tags/${tag}`);
	const found = (trigger.ref === `refs/tags/${tag}` && (inputs.from === "" || inputs.from === tag) ? trigger.head : null) ?? named;
	if (!found) throw new ActionError("git", `this clone has no git tag ${tag}`, ["push the tag first; with actions/checkout: `fetch-depth: 0` and `fetch-tags: true`"]);
	if (!await git.commit(found)) throw new ActionError("git", `this clone lacks the commit ${found.slice(0, 7)} of ${tag}`, ["check it out: actions/checkout with `fetch-depth: 0`, or with `ref` set to the tag"]);
	return found;
}
/** A shallow clone has no tags; GitHub has all of them. */
async function allTags({ trigger, inputs, host }, git) {
	const { repository } = trigger;
	return (repository ? await gitTags({
		host,
		inputs,
		repository
	}) : null) ?? await git.tags();
}
/** Of each image the digest that the commit published. Throws where one was never published, unless it is to be built then. */
async function digestsOf(scene) {
	const { images, commit, inputs, tag } = scene;
	const sha = commit.slice(0, 7);
	const look = async () => await Promise.all(images.map((image) => lookUp(scene, image, sha)));
	let found = await look();
	const lacking = () => images.filter((_, at) => found[at] === null).map(({ name }) => name);
	if (lacking().length > 0 && inputs.release === "build" && !inputs.dryRun) {
		await buildRelease(scene);
		found = await look();
	}
	const missing = lacking();
	if (missing.length > 0) throw new ActionError("registry", `${tag} cannot be released: ${missing.join(", ")} of its commit ${sha} ${missing.length === 1 ? "was" : "were"} never published`, [`publish that commit first (its run on the default branch, or a workflow_dispatch of it), then repeat this one: \`command: release\`, \`from: ${tag}\``, "or set `release: build`: then a release builds what is missing"]);
	return new Map(images.map((image, at) => [image.name, found[at] ?? ""]));
}
/** Tags of all images in all registries. Throws where the release is there already with other images. */
async function targetsOf(scene, digests) {
	const { images, inputs, registry, tag } = scene;
	const tags = await tagsOf(scene);
	const own = (image, name) => imageNames(image, inputs.registry).map((repository) => ({
		repository,
		tag: imageTag(image, name),
		to: digests.get(image.name) ?? ""
	}));
	const fixed = images.flatMap((image) => own(image, tag));
	const limit = pLimit(atOnce);
	const there = await Promise.all(fixed.map(({ repository, tag: name }) => {
		const reference = canonicalReference(`${repository}:${name}`);
		return reference ? limit(() => registry.digest(reference)) : null;
	}));
	for (const [at, { repository, tag: name, to }] of fixed.entries()) {
		const now = there[at] ?? null;
		if (now !== null && now !== to) throw new ActionError("registry", `${repository}:${name} is there already with another image: a release is never changed`, [`it is ${now}; release under another name, or point it at the commit by intent: \`command: promote\`, \`to: ${tag}\``]);
	}
	return [...fixed, ...images.flatMap((image) => tags(image).flatMap((name) => own(image, name)))];
}
/** What an image gets beside the git tag's own name: by tag rules where there are some, `latest` where it is the newest. */
async function tagsOf(scene) {
	const { source, facts, tag } = scene;
	const rules = (await chooseTagger(scene, {
		push: true,
		publishes: false,
		reason: "a release"
	}, factsOf({ source })))(null);
	const ruled = rules.all.moving.length > 0;
	return (image) => {
		const moving = rules.of(image).moving.filter((name) => name !== tag);
		const others = moving.filter((name) => name !== "latest");
		const latest = facts.latest && (!ruled || moving.includes("latest"));
		return [...others, ...latest ? ["latest"] : []];
	};
}
/** What went wrong with a part that decides nothing: the images are released. */
function passing(host, what, error) {
	if (error instanceof ActionError && error.code === "cancelled") throw error;
	host.out.warning(`${what}: ${messageOf(error)}`);
	return null;
}
export { isReleaseEvent, release };
