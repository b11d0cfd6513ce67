import { n as stackFileType, t as readStackFile } from "./stack-file2.js";
import { t as canonicalReference } from "./canonical.js";
import { a as imageTag, r as imageNames } from "./tags.js";
import { n as stackPlace } from "./stack-place.js";
// src/publish/packages.ts
/**
* Bytes of stack.json with the packages of all managers, and with those of conda and pip: the first is what a manifest may repeat, so
* that it is read by one request, the second is what a run of any command can afford to read.
*/
const room = {
	system: 131072,
	any: 1048576
};
const longest = {
	name: 200,
	version: 100
};
/** Managers whose packages say what a user of the image can import. */
const environments = ["conda", "pip"];
/** An image's packages for stack.json: of pip those that conda did not install; a name with several versions has them all. */
function packageVersions({ packages }) {
	const conda = new Set((packages.conda ?? []).map(({ name, version }) => `${plain(name)} ${version}`));
	return Object.fromEntries(Object.entries(packages).flatMap(([manager, list]) => {
		const own = list.filter(({ name, version }) => name.length <= longest.name && version.length <= longest.version);
		const rest = manager === "pip" ? own.filter(({ name, version }) => !conda.has(`${plain(name)} ${version}`)) : own;
		const texts = [...Map.groupBy(rest, ({ name }) => name)].map(([name, found]) => [name, found.map(({ version }) => version).join(", ")]);
		return texts.length > 0 ? [[manager, Object.fromEntries(texts)]] : [];
	}));
}
/** A stack.json that is not too long to be read: the system's packages go first, then all. */
function fitPackages(file) {
	if (lengthOf(file) <= room.system) return file;
	const some = withPackages(file, (packages) => Object.fromEntries(Object.entries(packages).filter(([manager]) => environments.includes(manager))));
	return lengthOf(some) <= room.any ? some : withPackages(file, () => ({}));
}
/** The packages that a stack.json says an image has, whatever else stands there; earlier ones have an empty list. */
function versionsIn({ packages }) {
	return Object.fromEntries(Object.entries(objectOf(packages)).map(([manager, versions]) => [manager, Object.fromEntries(Object.entries(objectOf(versions)).filter((entry) => typeof entry[1] === "string"))]));
}
/** The packages of conda and pip as a diff compares locks; null where none are known. */
function comparedPackages(image) {
	const versions = versionsIn(image);
	const packages = ["conda", "pip"].flatMap((manager) => Object.entries(versions[manager] ?? {}).map(([name, version]) => ({
		name,
		version,
		manager,
		platform: installed,
		url: ""
	})));
	return packages.length > 0 ? {
		platforms: [installed],
		channels: null,
		packages
	} : null;
}
/** In place of a lock's platform: what was found in the image itself. */
const installed = "in the image";
function withPackages(file, change) {
	return {
		...file,
		images: file.images.map((image) => ({
			...image,
			packages: change(versionsIn(image))
		}))
	};
}
function lengthOf(file) {
	return Buffer.byteLength(JSON.stringify(file));
}
/** `ruamel.yaml`, `ruamel_yaml` and `Ruamel-YAML` are one name: https://packaging.python.org/specifications/name-normalization/ */
function plain(name) {
	return name.toLowerCase().replace(/[-_.]+/g, "-");
}
function objectOf(value) {
	return typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
}
// src/steps/stack-file.ts
/** Bytes of an output; what a workflow needs of a stack is less. */
const longestOutput = 524288;
/**
* Keeps what a commit published as stack.json, beside the images in each registry, under the commit's own tag; once written it stays.
* Gives it to the workflow as the output `stack`.
*/
async function recordStack(question) {
	const { decision, host, registry, results } = question;
	const { immutable } = decision.rules;
	if (!decision.push.publishes || immutable === null || results.some(({ digest }) => digest === null)) return;
	if (decision.record) return setStackOutput(decision.record, host);
	const place = await stackPlace(question);
	const references = place.places.map((prefix) => referenceTo(prefix, place.stack, immutable));
	const there = await Promise.all(references.map((reference) => registry.digest(reference)));
	const file = (there.some((digest) => digest === null) ? null : await readStack(registry, place, immutable)) ?? await describe(question, place, immutable);
	const text = `${JSON.stringify(file)}\n`;
	const artifact = {
		type: stackFileType,
		title: "stack.json",
		text,
		annotations: annotationsOf(file),
		embed: true
	};
	for (const [at, reference] of references.entries()) if (there[at] === null) await registry.artifacts.write(reference, artifact);
	setStackOutput(file, host);
}
/** The output `stack`: without the packages, which stand in the registry. */
function setStackOutput(file, { out }) {
	const text = JSON.stringify({
		...file,
		images: file.images.map((image) => ({
			...image,
			packages: {}
		}))
	});
	if (Buffer.byteLength(text) <= longestOutput) out.output("stack", text);
}
/** What a commit's tag published; null where there is no stack.json of it. */
async function readStack(registry, place, tag) {
	const [prefix] = place.places;
	if (prefix === void 0) return null;
	const found = await registry.artifacts.read(referenceTo(prefix, place.stack, tag), stackFileType).catch(() => null);
	return found && readStackFile(found.text);
}
/** What has not changed since the commit before is read there: one question, however many images. */
async function describe(question, place, immutable) {
	const { source, registry, results } = question;
	const base = source.changes.base?.slice(0, 7);
	const before = base && results.some(({ outcome }) => outcome !== "built") ? await readStack(registry, place, base) : null;
	const same = new Map(before?.images.map((image) => [`${image.image} ${image.digest}`, image]));
	const seconds = source.commit ? await source.git?.commitTime(source.commit) ?? 0 : 0;
	const images = await Promise.all(source.stack.order.map(async (name) => {
		const image = source.stack.images.find((one) => one.name === name);
		const result = results.find((one) => one.name === name);
		if (!image || !result?.digest || image.skip) return [];
		const known = same.get(`${name} ${result.digest}`);
		return [await published(question, {
			image,
			result,
			digest: result.digest,
			known,
			immutable
		})];
	}));
	return fitPackages({
		version: 1,
		stack: place.stack,
		commit: source.commit ?? "",
		created: (/* @__PURE__ */ new Date(seconds * 1e3)).toISOString(),
		images: images.flat()
	});
}
async function published({ inputs, registry, decision, results }, one) {
	const { image, result, digest, known, immutable } = one;
	const repositories = imageNames(image, inputs.registry);
	const common = {
		image: image.name,
		repositories,
		digest,
		fingerprint: decision.plan.images.find(({ name }) => name === image.name)?.fingerprint ?? null,
		tags: [.../* @__PURE__ */ new Set([imageTag(image, immutable), ...result.tags.map((text) => text.slice(text.lastIndexOf(":") + 1))])]
	};
	const packages = result.manifest ? packageVersions(result.manifest) : known?.packages ?? {};
	if (known) return {
		...known,
		...common,
		packages
	};
	const reference = canonicalReference(`${repositories[0]}@${digest}`);
	const remote = reference ? await registry.image(reference).catch(() => null) : null;
	const label = remote?.labels["org.opencontainers.image.base.digest"] ?? null;
	return {
		...common,
		platforms: remote?.platforms?.length ? remote.platforms : image.platforms,
		base: image.base === null ? null : {
			name: image.base,
			digest: label || parentDigest(image, results)
		},
		size: result.size ?? remote?.size ?? null,
		packages
	};
}
/** An image that was built together with its parent could not say its digest yet. */
function parentDigest(image, results) {
	const parent = image.parents.find(({ base }) => base)?.name;
	return results.find(({ name }) => name === parent)?.digest ?? null;
}
function annotationsOf({ commit, created }) {
	return {
		"org.opencontainers.image.created": created,
		"org.opencontainers.image.revision": commit,
		"org.opencontainers.image.description": "The images of a stack that one commit published"
	};
}
function referenceTo(prefix, stack, tag) {
	const reference = canonicalReference(`${prefix}/${stack}:${tag}`);
	if (!reference) throw new Error(`${prefix}/${stack}:${tag} is no reference`);
	return reference;
}
export { comparedPackages as i, recordStack as n, setStackOutput as r, readStack as t };
