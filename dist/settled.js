import { i as messageOf, t as ActionError } from "./errors.js";
import { t as canonicalReference } from "./canonical.js";
import { r as fingerprintOf } from "./fingerprint.js";
import { t as ancestors } from "./graph.js";
import { n as publishedReason } from "./plan.js";
import { a as imageTag, i as imageReferences, r as imageNames } from "./tags.js";
import { t as gatherImageFacts } from "./fingerprint-facts.js";
import { t as readStack } from "./stack-file.js";
import { n as stackPlace } from "./stack-place.js";
// src/publish/settled.ts
/**
* The digests under which a commit's stack.json, as each registry has it, says that all images are published as this run would
* publish them: of this stack and commit, made from the same inputs, in the same places. Null where one of them says anything else;
* whoever may push can write such a file.
*/
function settledDigests(files, expected) {
	const { stack, commit, images } = expected;
	if (files.length === 0 || images.length === 0) return null;
	if (!files.every((file) => file?.stack === stack && file.commit === commit)) return null;
	const digests = images.map((image) => {
		const said = files.map((file) => digestIn(file?.images ?? [], image));
		return said.every((digest) => digest === said[0]) ? said[0] ?? null : null;
	});
	if (digests.includes(null)) return null;
	return new Map(images.map(({ name }, at) => [name, digests[at] ?? ""]));
}
/** What a file says of an image; null where it does not say that it is the one that is expected. */
function digestIn(published, expected) {
	const own = published.filter(({ image }) => image === expected.name);
	const [said] = own;
	if (!said || own.length > 1 || expected.fingerprint === null || said.fingerprint !== expected.fingerprint) return null;
	if (!holds(said.repositories, expected.repositories) || !holds(said.tags, expected.tags)) return null;
	return canonicalReference(`${expected.repositories[0]}@${said.digest}`)?.digest ?? null;
}
function holds(list, wanted) {
	return Array.isArray(list) && wanted.length > 0 && wanted.every((one) => list.includes(one));
}
// src/steps/settled.ts
/**
* What was published of this commit, told by one request for each registry. Where its stack.json names what this run would publish,
* by the same fingerprints, and the moving tags of all images point there, there is nothing to do and nothing more to ask.
*/
async function findSettled(question) {
	const { source, registry, tags, plan, host } = question;
	const { immutable } = tags.all;
	const nothing = {
		file: null,
		plan: null
	};
	if (immutable === null || source.commit === null) return nothing;
	try {
		const place = await stackPlace(question);
		const files = await Promise.all(place.places.map((prefix) => readStack(registry, {
			...place,
			places: [prefix]
		}, immutable)));
		if (files.includes(null)) return nothing;
		const expected = await expectedImages(question);
		const digests = settledDigests(files, {
			stack: place.stack,
			commit: source.commit,
			images: expected
		});
		const file = files[0] ?? null;
		if (!digests || !await areMoved(question, digests)) return {
			file,
			plan: null
		};
		const made = new Map(expected.map(({ name, fingerprint }) => [name, fingerprint]));
		const images = plan.images.map((image) => {
			const digest = digests.get(image.name);
			if (digest === void 0) return image;
			return {
				...image,
				action: "reuse",
				reason: publishedReason,
				digest,
				fingerprint: made.get(image.name) ?? null
			};
		});
		return {
			file,
			plan: {
				...plan,
				images
			}
		};
	} catch (error) {
		if (host.signal.aborted || error instanceof ActionError && error.code === "cancelled") throw error;
		host.out.debug(`whether all is published is asked image by image: ${messageOf(error)}`);
		return nothing;
	}
}
/** The images of the plan as they would be were all built now, parents first: each stands on its parents' fingerprints. */
async function expectedImages(question) {
	const { source, plan, inputs, tags } = question;
	const { images, order } = source.stack;
	const acting = new Set(plan.images.filter(({ action }) => action !== "skip").map(({ name }) => name));
	const names = /* @__PURE__ */ new Set([...acting, ...ancestors(images, [...acting])]);
	const byName = new Map(images.map((image) => [image.name, image]));
	const facts = await gatherImageFacts({
		...question,
		builds: true
	}, images.filter(({ name }) => names.has(name)));
	const made = /* @__PURE__ */ new Map();
	for (const name of order) {
		const known = facts.get(name);
		if (!known) continue;
		const parents = known.image.parents.map(({ name: parent, references }) => ({
			value: null,
			inputs: "",
			...made.get(parent),
			references
		}));
		const { fingerprint, inputs: own } = fingerprintOf(known.image, known.files, known.inputs, parents);
		made.set(name, {
			references: [],
			value: fingerprint,
			inputs: own
		});
	}
	return [...acting].map((name) => {
		const image = byName.get(name);
		const { immutable, fixed = [] } = tags.of(image);
		return {
			name,
			repositories: imageNames(image, inputs.registry),
			tags: [...immutable ? [immutable] : [], ...fixed].map((tag) => imageTag(image, tag)),
			fingerprint: made.get(name)?.value ?? null
		};
	});
}
/** Whether the moving tags of all images point at these digests, in all registries: somebody may have moved one. */
async function areMoved({ source, inputs, registry, tags }, digests) {
	const moving = source.stack.images.flatMap((image) => {
		const digest = digests.get(image.name);
		if (digest === void 0) return [];
		return imageReferences(image, inputs.registry, tags.of(image).moving).map((text) => ({
			text,
			digest
		}));
	});
	return (await Promise.all(moving.map(async ({ text, digest }) => {
		const reference = canonicalReference(text);
		return reference !== null && await registry.digest(reference) === digest;
	}))).every(Boolean);
}
export { findSettled };
