import { t as isAddress } from "./address.js";
import { t as byCode } from "./order.js";
import { hash } from "node:crypto";
// src/stack/fingerprint.ts
/** Part of every fingerprint: raised where the same inputs are to count as others than before. */
const algorithm = 1;
/**
* The fingerprint of an image: what must be the same for its build to be the same, as far as a build is told by its inputs.
* Labels, annotations, tags, secrets and attestations are not in it; neither are the places of things in the repository.
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
// src/stack/fingerprint-label.ts
/** The label in which an image says what it is made from. */
const fingerprintLabel = "io.github.pangeo-data.buildx-action.fingerprint";
/** Longest label, bytes: registries and tools take more, people do not. */
const longest = 8192;
/**
* The label's text: JSON of hashes. An image without a fingerprint has one too, or it would keep its parent's. Where there are many
* files they are put together by folder, the deepest first, until the text is short enough.
*/
function stampText({ fingerprint, inputs, parts }) {
	const text = (shown) => JSON.stringify({
		version: 1,
		fingerprint,
		inputs,
		...shown
	});
	const deepest = Math.max(0, ...Object.keys(parts.files).map((path) => path.split("/").length));
	for (let depth = deepest; depth >= 0; depth--) {
		const files = depth === deepest ? parts.files : byFolder(parts.files, depth);
		const whole = text({
			...parts,
			files
		});
		if (Buffer.byteLength(whole) <= longest) return whole;
	}
	return text({});
}
/** Reads the label of an image; null where it is none of ours. What it holds is the registry's word: shown, never obeyed. */
function readStamp(text) {
	const value = text === void 0 ? null : parsed(text);
	if (typeof value !== "object" || value === null || !("version" in value) || value.version !== 1) return null;
	const found = value;
	const hex = (word) => typeof word === "string" && /^[0-9a-f]{32}$/.test(word) ? word : null;
	const parts = Object.entries(found).filter(([key, part]) => isPart(key, part));
	return {
		fingerprint: hex(found.fingerprint),
		inputs: hex(found.inputs),
		parts: Object.fromEntries(parts)
	};
}
/** What differs between what an earlier build says of itself and a fingerprint of today. */
function changedParts(before, now) {
	const today = readStamp(stampText(now))?.parts ?? {};
	const shallow = sameDepth(before.parts.files ?? {}, today.files ?? {}, now.parts.files);
	const parts = {
		...today,
		files: shallow
	};
	return Object.keys(now.parts).flatMap((part) => {
		const [then, here] = [before.parts[part], parts[part]];
		if (then === void 0 || here === void 0 || typeof then === "string" || typeof here === "string") return then === here || then === void 0 ? [] : [{
			part,
			name: "",
			how: "changed"
		}];
		return [.../* @__PURE__ */ new Set([...Object.keys(then), ...Object.keys(here)])].sort().flatMap((name) => {
			if (then[name] === here[name]) return [];
			return [{
				part,
				name,
				how: then[name] === void 0 ? "added" : here[name] === void 0 ? "removed" : "changed"
			}];
		});
	});
}
/** Today's files put together as the earlier build's are. */
function sameDepth(before, today, files) {
	if (!Object.keys(before).some((name) => name.endsWith("/"))) return files;
	const depth = Math.max(0, ...Object.keys(before).map((name) => name.replace(/\/$/, "").split("/").length));
	return Object.keys(today).length === 0 ? today : byFolder(files, depth);
}
/** Files at most `depth` folders deep by themselves, deeper ones as one `folder/` each; depth 0: all as `./`. */
function byFolder(files, depth) {
	const groups = Map.groupBy(Object.entries(files), ([path]) => {
		const parts = path.split("/");
		if (parts.length <= depth) return path;
		return depth === 0 ? "./" : `${parts.slice(0, depth).join("/")}/`;
	});
	return Object.fromEntries([...groups].map(([name, list]) => [name, name.endsWith("/") ? hash("sha256", JSON.stringify(list)).slice(0, 12) : list[0]?.[1] ?? ""]));
}
function isPart(key, part) {
	if ([
		"dockerfile",
		"target",
		"platforms",
		"tests"
	].includes(key)) return typeof part === "string";
	if (![
		"files",
		"lockSources",
		"args",
		"contexts",
		"bases",
		"parents"
	].includes(key)) return false;
	return typeof part === "object" && part !== null && !Array.isArray(part) && Object.values(part).every((value) => typeof value === "string");
}
function parsed(text) {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}
export { contextImage as a, stampText as i, fingerprintLabel as n, externalReferences as o, readStamp as r, fingerprintOf as s, changedParts as t };
