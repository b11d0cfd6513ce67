import { t as ActionError } from "./errors.js";
import { t as canonicalReference } from "./canonical.js";
import { c as tagRules, i as imageReferences, t as dateTag } from "./tags.js";
// src/steps/published.ts
/**
* Finds an unchanged image where the base commit published it, else at the nearest first-parent ancestor without a change
* to it or to what it is built on. An ancestor whose run failed, was cancelled or never started lacks the tag and is passed over;
* what changed there counts, as it lies between the tag and the head. So an image is never older than the head's files,
* whatever became of the runs between.
*/
function publishedFinder(question) {
	const { source } = question;
	const commit = memoized(source.ancestors());
	return async (image) => {
		for (let at = 0;; at++) {
			const sha = await commit(at);
			if (sha === null || (await source.changedSince(sha)).has(image.name)) return null;
			const digest = await lookUp(question, image, sha.slice(0, 7));
			if (digest) return digest;
		}
	};
}
/** The items of an iterable by place, each asked for once however many ask; null behind the last one. */
function memoized(items) {
	const iterator = items[Symbol.asyncIterator]();
	const known = [];
	return (at) => {
		while (known.length <= at) known.push(iterator.next().then(({ done, value }) => done ? null : value));
		return known[at] ?? Promise.resolve(null);
	};
}
/** The digest of an image's tag, a commit's, in the first registry that has it. A registry that refuses to read has it not. */
async function lookUp({ inputs, registry, host }, image, tag) {
	for (const text of imageReferences(image, inputs.registry, [tag])) {
		const reference = inputs.registry.length > 0 ? canonicalReference(text) : null;
		if (!reference) continue;
		try {
			const digest = await registry.digest(reference, { remembered: true });
			if (digest) return digest;
		} catch (error) {
			if (!(error instanceof ActionError) || !/refuses to read/.test(error.message)) throw error;
			host.out.debug(error.message);
		}
	}
	return null;
}
// src/steps/tagger.ts
/** The same tags for every image. */
function sameTags(rules) {
	return {
		all: rules,
		of: () => rules
	};
}
/**
* Tags by the rules of spec.yml and the inputs `tags` and `flavor`, or the plain ones where there are none. An image's own
* rules go before the inputs, the inputs before the stack's in spec.yml. Throws ActionError('input').
*/
async function makeTagger({ source, inputs, host }, commit, factsOf) {
	const { trigger, stack } = source;
	const written = new Map(stack.images.map((image) => [image.name, writtenFor(image, stack, inputs)]));
	const shared = writtenFor(null, stack, inputs);
	if ([shared, ...written.values()].every(({ tags, flavor }) => tags.length === 0 && flavor.length === 0)) return (rebuild) => sameTags(tagRules(trigger, commit, rebuild));
	const { runTags } = await import("./tag-rules.js");
	const facts = await factsOf();
	const make = (rules, rebuild) => runTags({
		...facts,
		...rules,
		trigger,
		commit,
		commitTime: facts.commitTime,
		rebuild
	});
	const notes = [...unique([shared, ...written.values()]).values()].flatMap((rules) => make(rules, null).notes);
	for (const note of new Set(notes)) host.out.notice(`no tag from ${note}`);
	return (rebuild) => {
		const made = new Map([...unique([shared, ...written.values()])].map(([key, rules]) => [key, make(rules, rebuild)]));
		const of = (image) => made.get(keyOf(written.get(image.name) ?? shared)) ?? make(shared, rebuild);
		return {
			all: together(stack.images.length > 0 ? stack.images.map(of) : [make(shared, rebuild)]),
			of
		};
	};
}
/** What rules and templates may speak of, found out when first asked for: the commit's time is git's to tell. */
function factsOf({ source }) {
	let known = null;
	const find = async () => {
		const { trigger, commit, git } = source;
		const now = Date.now();
		const seconds = commit ? await git?.commitTime(commit) ?? 0 : 0;
		return {
			trigger,
			commit,
			commitTime: seconds > 0 ? seconds * 1e3 : null,
			now
		};
	};
	return () => {
		known ??= find();
		return known;
	};
}
function writtenFor(image, { wording }, inputs) {
	const chosen = (key) => image?.wording?.[key] ?? (inputs[key].length > 0 ? inputs[key] : wording?.[key] ?? []);
	return {
		tags: chosen("tags"),
		flavor: chosen("flavor")
	};
}
function unique(rules) {
	return new Map(rules.map((some) => [keyOf(some), some]));
}
function keyOf({ tags, flavor }) {
	return JSON.stringify([tags, flavor]);
}
function together(rules) {
	return {
		immutable: rules[0]?.immutable ?? null,
		fixed: [...new Set(rules.flatMap((some) => some.fixed ?? []))],
		moving: [...new Set(rules.flatMap((some) => some.moving))]
	};
}
// src/steps/choose-tags.ts
/**
* How this run makes its tags: by rules for a commit; `latest` for what a person builds for the engine. Throws
* ActionError('input') where a rule is wrong, also in a run that takes none.
*/
async function chooseTagger(question, push, facts) {
	const { trigger, commit } = question.source;
	await checkRules(question.inputs);
	if (!push.push && trigger.kind === "local") return () => sameTags({
		immutable: null,
		moving: ["latest"]
	});
	if (commit === null) return () => sameTags({
		immutable: null,
		moving: []
	});
	return await makeTagger(question, commit, facts);
}
/** spec.yml's rules were checked when it was read. */
async function checkRules({ tags, flavor }) {
	if (tags.length === 0 && flavor.length === 0) return;
	const { parseFlavor, parseTagRules } = await import("./tag-rules.js");
	parseTagRules(tags);
	parseFlavor(flavor);
}
/** A forced rebuild of a commit that is published already gets a tag of its own: `<sha7>-<date>`, then `.2`, `.3`. */
async function chooseTags(question, tagger, forced) {
	const plain = tagger(null);
	if (!forced || !plain.all.immutable) return plain;
	const date = dateTag(Date.now());
	for (let count = 1;; count++) {
		const tags = count === 1 ? plain : tagger(count === 2 ? date : `${date}.${count - 1}`);
		const { immutable } = tags.all;
		const images = question.source.stack.images;
		if ((await Promise.all(images.map((image) => lookUp(question, image, immutable ?? "")))).every((digest) => digest === null)) return tags;
		question.host.out.debug(`${immutable} is published already`);
	}
}
/** All tags of an image, the commit's own first. */
function allTags({ immutable, fixed = [], moving }) {
	return [
		...immutable ? [immutable] : [],
		...fixed,
		...moving
	];
}
// src/stack/rebuild.ts
const hour = 36e5;
const periods = {
	daily: 24 * hour,
	weekly: 168 * hour
};
/** A schedule is not punctual, and an image is younger than the run that made it. */
const slack = 6 * hour;
/** Whether `rebuild` stands anywhere in the stack: then a schedule's run builds what is due and leaves the rest. */
function saysRebuild(stack) {
	return stack.images.some((image) => image.declared.rebuild !== null);
}
/** What is due now, in milliseconds since 1970. `newest` has an image's newest build, or null where there is none to take. */
function dueImages(stack, newest, now) {
	const due = /* @__PURE__ */ new Map();
	const aged = /* @__PURE__ */ new Set();
	const left = /* @__PURE__ */ new Map();
	const byName = new Map(stack.images.map((image) => [image.name, image]));
	for (const name of stack.order) {
		const image = byName.get(name);
		if (!image || image.skip) continue;
		const build = newest.get(name) ?? null;
		const parent = image.parents.find((edge) => due.has(edge.name));
		if (isAged(image, build, now)) aged.add(name);
		if (build === null) due.set(name, "no build of its files is published");
		else if (aged.has(name)) due.set(name, `${sayingOf(image)}, and its newest build is ${ageOf(build, now)} old`);
		else if (parent) due.set(name, `parent ${parent.name} is built`);
		else left.set(name, reasonToLeave(image, build, now));
	}
	return {
		due,
		aged,
		left
	};
}
/** How old an image may be by spec.yml when a schedule comes, milliseconds; null where it does not say. */
function rebuildAge({ declared }) {
	return declared.rebuild === null ? null : periods[declared.rebuild] - slack;
}
function isAged(image, build, now) {
	const most = rebuildAge(image);
	if (most === null || build === null) return false;
	return build.made === null || now - build.made > most;
}
function reasonToLeave(image, build, now) {
	return image.declared.rebuild === null ? "unchanged, and spec.yml has no rebuild for it" : `${sayingOf(image)}, and its newest build is ${ageOf(build, now)} old`;
}
function sayingOf({ declared }) {
	return `spec.yml says rebuild: ${declared.rebuild}`;
}
function ageOf({ made }, now) {
	if (made === null) return "of unknown age, so it may be";
	const hours = Math.max(0, Math.floor((now - made) / hour));
	if (hours === 1) return "1 hour";
	return hours < 48 ? `${hours} hours` : `${Math.floor(hours / 24)} days`;
}
export { chooseTagger as a, lookUp as c, allTags as i, publishedFinder as l, rebuildAge as n, chooseTags as o, saysRebuild as r, factsOf as s, dueImages as t };
