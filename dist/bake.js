import { t as ActionError } from "./errors.js";
import { n as contextKey } from "./canonical.js";
// src/stack/bake.ts
/**
* bake allows `[a-zA-Z0-9_-]+` only; other characters of an image's name become `_`, made unique where names meet. None
* begins with `-`, or it would be an option on the command line.
*/
function targetNames(names) {
	const taken = /* @__PURE__ */ new Set();
	return new Map(names.map((name) => {
		const plain = name.replace(/[^\w-]/g, "_").replace(/^-/, "_");
		let target = plain;
		for (let count = 2; taken.has(target); count++) target = `${plain}_${count}`;
		taken.add(target);
		return [name, target];
	}));
}
/**
* The definition for all images that are built here. Outputs, no-cache and pull are not in it: they are set on the
* requested targets alone (`bakeArguments`), or every child's process would do its parents' work again.
*/
function bakeDefinition(images, targets) {
	return { target: Object.fromEntries(images.map((image) => [targets.get(image.image.name) ?? image.image.name, bakeTarget(image, targets)])) };
}
function bakeTarget(image, targets) {
	const optional = {
		contexts: contextsOf(image, targets),
		args: image.args,
		labels: image.labels,
		annotations: image.annotations,
		tags: image.tags,
		platforms: image.platforms,
		secret: image.secrets,
		ssh: image.ssh
	};
	const used = Object.entries(optional).filter(([, value]) => Object.keys(value).length > 0);
	return escaped({
		context: composed(image.context, image),
		dockerfile: composed(image.dockerfile, image),
		...image.target ? { target: image.target } : {},
		...Object.fromEntries(used)
	});
}
/** bake's reader brings all text into Unicode's composed form: a path in another form would name another file. */
function composed(path, { image }) {
	if (path === path.normalize("NFC")) return path;
	throw new ActionError("stack", `${image.dockerfile}: its path is not in Unicode's composed form (NFC)`, ["bake cannot be told of such a path: rename the folder, for example with `git mv`"]);
}
function contextsOf(image, targets) {
	const stages = new Set(image.stages.map((stage) => stage.toLowerCase()));
	const parents = image.image.parents.flatMap((edge) => edge.references.map((reference) => [keyOf(edge, reference, image, stages), parentContext(image, edge, targets)]));
	const pinned = [...image.pinned].filter(([reference]) => !stages.has(contextKey(reference).toLowerCase())).map(([reference, to]) => [contextKey(reference), `docker-image://${to}`]);
	return {
		...Object.fromEntries(pinned),
		...Object.fromEntries(parents),
		...image.contexts
	};
}
function keyOf(edge, reference, image, stages) {
	const key = contextKey(reference);
	if (!stages.has(key.toLowerCase())) return key;
	throw new ActionError("stack", `${image.image.dockerfile}:${edge.line}: a stage has the name of the parent image, "${key}"`, ["BuildKit would replace the stage by the image: give the stage another name"]);
}
function parentContext(image, edge, targets) {
	const source = image.parents.get(edge.name);
	if (!source) throw new Error(`no source for parent ${edge.name} of ${image.image.name}`);
	return "image" in source ? `docker-image://${source.image}` : `target:${targets.get(source.target) ?? source.target}`;
}
/** bake evaluates `${…}` and `%{…}` in keys and strings of JSON as HCL templates; a doubled sign stands for itself. */
function escaped(value) {
	if (typeof value === "string") return value.replace(/([$%])\{/g, "$1$1{");
	if (Array.isArray(value)) return value.map(escaped);
	if (typeof value === "object" && value !== null) return Object.fromEntries(Object.entries(value).map(([key, item]) => [escaped(key), escaped(item)]));
	return value;
}
/** `attest` of what is not pushed: buildx would add a provenance by itself, and an index around it. */
const withoutAttestation = ["type=provenance,disabled=true"];
/** Arguments of `buildx bake`. */
function bakeArguments(request) {
	const { targets } = request;
	const reads = [...request.allowRead, ...targets.flatMap(({ cache }) => cache.reads)];
	return [
		...request.builder ? ["--builder", request.builder] : [],
		"--file",
		request.file,
		"--progress",
		"rawjson",
		"--metadata-file",
		request.metadataFile,
		...[...new Set(reads)].flatMap((path) => ["--allow", `fs.read=${path}`]),
		...targets.flatMap(({ cache }) => cache.writes).flatMap((path) => ["--allow", `fs.write=${path}`]),
		...request.allowSsh ? ["--allow", "ssh"] : [],
		...targets.flatMap((target) => settings(target, request.pull)),
		...targets.map(({ target }) => target)
	];
}
function settings({ target, outputs, noCache, cache, attest = [] }, pull) {
	return [
		...outputs.map((output) => `output=${output}`),
		...cache.from.map((from) => `cache-from=${from}`),
		...cache.to.map((to) => `cache-to=${to}`),
		...attest.map((one) => `attest=${one}`),
		...noCache ? ["no-cache=true"] : [],
		...pull ? ["pull=true"] : []
	].flatMap((value) => ["--set", `${target}.${value}`]);
}
export { withoutAttestation as a, targetNames as i, bakeDefinition as n, escaped as r, bakeArguments as t };
