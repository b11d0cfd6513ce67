import { i as messageOf, t as ActionError } from "./errors.js";
import { r as resolvePlan, t as makePlan } from "./plan.js";
import { a as imageTag, i as imageReferences, l as versionOf, n as decidePush, s as tagOf } from "./tags.js";
import { o as refuseSharedTags, s as refuseTwins } from "./select.js";
import { a as chooseTagger, c as lookUp, i as allTags, l as publishedFinder, o as chooseTags, r as saysRebuild, s as factsOf, t as dueImages } from "./rebuild.js";
import { t as canonicalReference } from "./canonical.js";
// src/stack/whole-stack.ts
/**
* The plan with `monolithic`: where one image is built, all are that the run is about, of this commit's files; but for those that
* spec.yml skips and those that this very commit published before. A plan that builds nothing stays.
*/
function wholeStack(plan, { stack, selected, tags }) {
	const first = plan.images.find(({ action }) => action === "build");
	if (!first) return plan;
	const byName = new Map(stack.images.map((image) => [image.name, image]));
	const images = plan.images.map((planned) => {
		const image = byName.get(planned.name);
		if (!image || image.skip || planned.reason === "this commit’s image is published already" || !(selected?.has(planned.name) ?? true) || planned.action === "build") return planned;
		const reason = `monolithic: built with ${first.name}`;
		return {
			...planned,
			action: "build",
			reason,
			digest: null,
			tags: tags(image)
		};
	});
	return {
		...plan,
		images
	};
}
// src/steps/foretell.ts
/** Why nothing is built or taken by an event that only names what is there; null for all others. */
function idleReason({ trigger }) {
	if (trigger.kind === "delete") return "a branch or tag was deleted: nothing is built";
	return trigger.kind === "tag" ? "a tag builds nothing: a release takes what its commit published" : null;
}
/** Says of a tag whether the images are there that a release of it takes: those that its commit published. */
async function foretellRelease(question) {
	const { source, inputs, host } = question;
	const { trigger, stack, commit } = source;
	if (trigger.kind !== "tag" || commit === null || inputs.registry.length === 0) return;
	const images = stack.images.filter((image) => !image.skip);
	const sha = commit.slice(0, 7);
	const name = trigger.ref.replace(/^refs\/tags\//, "");
	const digests = await Promise.all(images.map((image) => lookUp(question, image, sha)));
	const missing = images.filter((_, at) => digests[at] === null).map((image) => image.name);
	const what = `tag ${name} is on ${sha}: nothing is built.`;
	if (images.length === 0) host.out.notice(`${what} The commit holds no images, so there is nothing to release`);
	else if (missing.length === 0) host.out.notice(`${what} All ${images.length} images of the commit are published: a release gives them the tag ${tagOf(name)}`);
	else host.out.notice(`${what} A release of it has to wait: ${missing.join(", ")} ${missing.length === 1 ? "is" : "are"} not published as ${sha}; run the workflow on that commit first`);
}
// src/steps/newest.ts
/**
* Looks behind the moving tags of an image: its labels name the commit that built it, and the files must be the same since.
* Only for a stack with `rebuild` in spec.yml on the default branch, where a commit's own tag may hold an older build than
* the branch's; null for all others, which need not pay for three requests an image.
*/
function newestFinder(question, tags) {
	const { source, inputs } = question;
	const { trigger, stack } = source;
	if (!(trigger.branch !== null && trigger.branch === trigger.defaultBranch && !trigger.pullRequest) || inputs.registry.length === 0 || !saysRebuild(stack)) return null;
	const known = /* @__PURE__ */ new Map();
	return (image) => {
		const found = known.get(image.name) ?? findBehind(question, image, tags.of(image));
		known.set(image.name, found);
		return found;
	};
}
/** What a schedule's run builds; null where no `rebuild` decides, and then all is built. */
async function findDue({ source: { trigger, stack } }, newest, now) {
	if (trigger.kind !== "schedule" || newest === null) return null;
	const found = await Promise.all(stack.images.map(async (image) => [image.name, await newest(image)]));
	return dueImages(stack, new Map(found), now);
}
/** Rules may give no moving tag: then the commit's own is what there is. */
async function findBehind(question, image, { moving, immutable }) {
	return await findNewest(question, image, moving) ?? (immutable ? await findNewest(question, image, [immutable]) : null);
}
async function findNewest(question, image, tags) {
	const found = await Promise.all(imageReferences(image, question.inputs.registry, tags).map((reference) => read(question, reference)));
	const usable = [];
	for (const remote of found) {
		const revision = remote?.labels["org.opencontainers.image.revision"] ?? "";
		if (!remote || !/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(revision)) continue;
		if ((await question.source.changedSince(revision)).has(image.name)) continue;
		usable.push({
			digest: remote.digest,
			made: remote.created
		});
	}
	return usable.sort((a, b) => (b.made ?? 0) - (a.made ?? 0))[0] ?? null;
}
/** As `lookUp` does: a registry that refuses to read has it not. */
async function read({ registry, host }, text) {
	const reference = canonicalReference(text);
	try {
		return reference ? await registry.image(reference) : null;
	} catch (error) {
		if (!(error instanceof ActionError) || !/refuses to read/.test(error.message)) throw error;
		host.out.debug(error.message);
		return null;
	}
}
// src/steps/wording.ts
/**
* The labels and annotations that spec.yml gives the stack, those that it gives an image, and the inputs': of one key the
* later one wins. Done before anything is built, so that a mistake in a template costs nothing. Throws ActionError('input').
*/
async function renderWordings({ source, inputs }, tags, factsOf) {
	const { stack } = source;
	const written = stack.images.map((image) => writtenFor(image, source, inputs));
	const render = written.some(({ labels, annotations }) => /\{\{/.test(JSON.stringify([labels, annotations]))) ? await renderer(factsOf) : (text) => text;
	return new Map(stack.images.map((image, at) => {
		const { labels = {}, annotations = [] } = written[at] ?? {};
		const version = versionOf(tags.of(image));
		const filled = Object.entries(labels).map(([key, value]) => [render(key), render(value)]);
		return [image.name, {
			labels: Object.fromEntries(filled),
			annotations: annotations.map(render),
			version: version === null ? null : imageTag(image, version)
		}];
	}));
}
function writtenFor({ wording }, { stack }, inputs) {
	return {
		labels: {
			...stack.wording?.labels,
			...wording?.labels,
			...inputs.labels
		},
		annotations: [
			...stack.wording?.annotations ?? [],
			...wording?.annotations ?? [],
			...inputs.annotations
		]
	};
}
async function renderer(factsOf) {
	const [{ renderTemplate }, facts] = await Promise.all([import("./tag-rules.js"), factsOf()]);
	return (text) => renderTemplate(text, facts, "labels and annotations");
}
// src/steps/decide.ts
/** Decides what is built, taken or left, and under which tags. Asks the registries where there are any. */
async function decide(question) {
	const { source, inputs, host } = question;
	const push = decidePush(source.trigger, inputs.push, inputs.registry);
	if (push.push && await source.git?.isDirty()) refuseDirty(source, host);
	const facts = factsOf(question);
	const tagger = await chooseTagger(question, push, facts);
	const newest = newestFinder(question, tagger(null));
	const due = await dueOf(question, {
		push,
		newest
	});
	const forced = mayRebuild(question) && push.push && due?.due.size !== 0;
	const tags = await chooseTags(question, tagger, forced);
	const wordings = await renderWordings(question, tags, facts);
	const given = {
		push,
		rules: tags.all,
		wordings,
		...forced && !inputs.noCache ? { plain: tagger(null) } : {}
	};
	const references = (image) => imageReferences(image, inputs.registry, allTags(tags.of(image)));
	const whole = (plan) => inputs.monolithic ? wholeStack(plan, {
		...source,
		tags: references
	}) : plan;
	const unresolved = whole(makePlan({
		stack: source.stack,
		changed: due?.due ?? source.changed,
		selected: source.selected,
		publishes: push.publishes && due?.due.size !== 0,
		tags: references,
		...due ? {
			left: due.left,
			aged: due.aged
		} : {},
		changedFiles: new Set(source.changes.files),
		unchanged: idleReason(source) ?? (source.changes.base ? `unchanged since ${source.changes.base.slice(0, 7)}` : "unchanged")
	}));
	if (idleReason(source) !== null) {
		await foretell(question);
		return {
			plan: unresolved,
			...given
		};
	}
	if (inputs.command !== "plan") refuseTwins(used(source.stack.images, unresolved));
	if (inputs.registry.length === 0 && inputs.command === "plan") return {
		plan: unresolved,
		...given
	};
	const record = await recordOf(question, {
		plan: unresolved,
		push,
		tags,
		forced
	});
	const known = {
		...given,
		...record?.file ? { record: record.file } : {}
	};
	if (record?.plan) return {
		plan: record.plan,
		...known,
		settled: true
	};
	const plan = whole(await askRegistries(await knownFrom(unresolved, question), question, {
		push,
		tags,
		newest
	}));
	if (inputs.command !== "plan" && inputs.registry.length > 0) refuseSharedTags(plan);
	return {
		plan,
		...known
	};
}
/** What this commit published before, asked where a run publishes the whole stack and none of it has to be built anew. */
async function recordOf(question, given) {
	const { source, inputs, host, bases } = question;
	if (!bases || !given.push.publishes || given.forced || source.selected !== null || host.event.head !== null) return null;
	if (inputs.maxAge !== null || inputs.noCache || inputs.pushByDigest || inputs.digests !== "") return null;
	if (inputs.command === "plan" || inputs.command === "merge") return null;
	return await (await import("./settled.js")).findSettled({
		...question,
		...given,
		bases
	});
}
/** With what earlier jobs of the same run built; most runs are one job. */
async function knownFrom(plan, question) {
	return question.inputs.digests === "" ? plan : await (await import("./earlier2.js")).withEarlier(plan, question);
}
/** Whether a commit that is published already may be built once more, for what is not in the repository: a base, an age. */
function mayRebuild({ source: { trigger }, inputs }) {
	if (inputs.noCache || trigger.kind === "schedule") return true;
	return inputs.maxAge !== null && ["workflow_dispatch", "repository_dispatch"].includes(trigger.kind);
}
/** What a schedule's run builds by age. A plan is worth having without a registry; a run that publishes is not. */
async function dueOf(question, { push, newest }) {
	try {
		return await findDue(question, newest, Date.now());
	} catch (error) {
		if (push.push && question.inputs.command !== "plan") throw error;
		if (error instanceof ActionError && error.code === "cancelled") throw error;
		question.host.out.warning(`how old the images are is not known, so all count as due: ${messageOf(error)}`);
		return null;
	}
}
/** The images that are built or get tags. */
function used(images, plan) {
	const skipped = new Set(plan.images.filter((image) => image.action === "skip").map((image) => image.name));
	return images.filter((image) => !skipped.has(image.name));
}
/** What a tag's run says beyond its plan is worth having, not worth a red run. */
async function foretell(question) {
	await foretellRelease(question).catch((error) => {
		if (error instanceof ActionError && error.code === "cancelled") throw error;
		question.host.out.warning(`whether the tag can be released is not known: ${messageOf(error)}`);
	});
}
/** A SHA tag says that an image holds that commit's files: a person is stopped, a workflow may mean it and is told. */
function refuseDirty(source, host) {
	if (source.trigger.kind === "local") throw new ActionError("input", "push: true, but the work tree differs from its commit: a SHA tag would name the wrong content", ["commit your changes first (`git status` shows them), or leave push out"]);
	host.out.warning("the work tree differs from its commit: what is pushed under its SHA is not what the commit holds");
}
async function askRegistries(plan, question, { push, tags, newest }) {
	const { source, inputs, host } = question;
	const images = new Map(source.stack.images.map((image) => [image.name, image]));
	const published = publishedFinder(question);
	try {
		return await resolvePlan(plan, {
			digestOf: async (name) => {
				const image = images.get(name);
				return (await newest?.(image))?.digest ?? await published(image);
			},
			already: async (name) => push.push && tags.all.immutable ? lookUp(question, images.get(name), tags.all.immutable) : null,
			tagsOf: (name) => tagsWhenNeeded(question, tags, images.get(name)),
			missing: inputs.registry.length === 0 ? "no registry to take it from" : "no build of its files is published"
		});
	} catch (error) {
		if (inputs.command !== "plan" && push.push) throw error;
		if (error instanceof ActionError && error.code === "cancelled") throw error;
		host.out.warning(`planned from git alone: ${messageOf(error)}`);
		return inputs.command === "plan" ? plan : await resolvePlan(plan, {
			digestOf: async () => null,
			already: async () => null,
			missing: "the registry cannot be asked"
		});
	}
}
/** Of an image that is built only for its child: a push needs a name. One that spec.yml skips is not published further. */
function tagsWhenNeeded({ inputs }, tags, image) {
	const { immutable, fixed = [], moving } = tags.of(image);
	const own = immutable === null ? moving : [immutable, ...image.skip ? [] : [...fixed, ...moving]];
	return imageReferences(image, inputs.registry, own);
}
export { decide as t };
