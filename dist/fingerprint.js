import { t as byCode } from "./order.js";
import { t as isAddress } from "./address.js";
import { hash } from "node:crypto";
// src/stack/fingerprint.ts
/** Part of every fingerprint: raised where the same inputs are to count as others than before. */
const algorithm = 2;
/**
* The fingerprint of an image: what must be the same for its build to be the same, as far as a build is told by its inputs.
* Labels, annotations, tags, secrets and attestations are not in it; neither are the places of things in the repository. The image's
* name is: the variants of one repository differ in labels, and their fingerprints stand beside each other there.
*/
function fingerprintOf(image, files, inputs, parents) {
	const parts = {
		dockerfile: files.dockerfile ?? "",
		tests: testsOf(image),
		files: record(files.files.map(([path, mode, id]) => [path, short(mode, id)])),
		lockSources: record(files.lockSources.map(([path, mode, id]) => [path, short(mode, id)])),
		args: record(Object.entries(inputs.args).map(([name, value]) => [name, short(name, value)])),
		target: inputs.target ?? "",
		platforms: [...inputs.platforms].sort(byCode).join(","),
		contexts: record(Object.entries(inputs.contexts).map(([name, value]) => [name, short(name, value)])),
		bases: record([...inputs.bases].map(([reference, digest]) => [reference, digest ?? ""])),
		parents: record(parents.map(({ references, value }) => [nameOf(references), value ?? ""]))
	};
	const why = whyNot(image, files, inputs, parents);
	const whole = {
		algorithm,
		name: image.name,
		dockerfile: parts.dockerfile,
		target: parts.target,
		platforms: parts.platforms,
		tests: parts.tests,
		files: files.files,
		lockSources: files.lockSources,
		args: sorted(inputs.args),
		contexts: sorted(inputs.contexts),
		...isAddress(image.context) ? {
			context: image.context,
			remote: image.remoteDockerfile ?? ""
		} : {}
	};
	const of = (values, bases) => hash("sha256", JSON.stringify({
		...whole,
		bases,
		parents: values
	})).slice(0, 32);
	const parentInputs = record(parents.map(({ references, inputs: own }) => [nameOf(references), own]));
	return {
		fingerprint: why === null ? of(parts.parents, parts.bases) : null,
		why,
		inputs: of(parentInputs, null),
		parts
	};
}
/** External references whose digests go into an image: bases, and images that named contexts are. */
function externalReferences(image, contexts) {
	const named = Object.values(contexts).flatMap((value) => contextImage(value) ?? []);
	return [.../* @__PURE__ */ new Set([...image.external, ...named])];
}
/** The reference in `docker-image://…`; null for another context. */
function contextImage(value) {
	return value.startsWith("docker-image://") ? value.slice(15) : null;
}
function whyNot(image, { dockerfile }, { bases, contexts }, parents) {
	const loose = [image.context, ...Object.values(contexts)].filter(isAddress).find((address) => contextImage(address) === null && !isPinned(address));
	if (loose !== void 0) return `the context ${loose} is not pinned to a commit`;
	if (dockerfile === null && image.remoteDockerfile === void 0) return `${image.dockerfile} is not in the repository`;
	const base = [...bases].find(([, digest]) => digest === null);
	if (base) return `the digest of ${base[0]} is not known`;
	const parent = parents.find(({ value }) => value === null);
	return parent ? `its parent ${nameOf(parent.references)} has none` : null;
}
/** A git repository at a commit, `https://github.com/o/r.git#<commit>:folder`: what it holds cannot change. */
function isPinned(address) {
	return /^(?:https?:|git:|ssh:|git@).*#(?:[0-9a-f]{40}|[0-9a-f]{64})(?::|$)/i.test(address);
}
/** What is tested; files of tests count as files that the image reads (watch.ts). */
function testsOf({ declared: { test, testing } }) {
	return test.length === 0 && testing === void 0 ? "" : short(JSON.stringify([test, testing && {
		...testing,
		folder: testing.folder !== null
	}]));
}
/** A parent that spec.yml alone names has no reference. */
function nameOf(references) {
	return [...references].sort(byCode).join(" ") || "depends_on";
}
function short(...texts) {
	return hash("sha256", JSON.stringify(texts)).slice(0, 12);
}
/** Of equal names all values count, in an order of their own. */
function record(entries) {
	const whole = [...Map.groupBy(entries, ([name]) => name)].map(([name, same]) => [name, same.map(([, value]) => value).sort(byCode).join(" ")]);
	return Object.fromEntries(whole.sort(([a], [b]) => byCode(a, b)));
}
function sorted(values) {
	return Object.entries(values).sort(([a], [b]) => byCode(a, b));
}
export { externalReferences as n, fingerprintOf as r, contextImage as t };
