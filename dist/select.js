import { t as ActionError } from "./errors.js";
import { t as isAddress } from "./address.js";
import { A as foundAt, N as relativeTo, b as suggestion } from "./changes.js";
import { t as ancestors } from "./graph.js";
import { posix } from "node:path";
// src/stack/names.ts
/** The grammar of an image's last component: https://github.com/distribution/reference, `path-component`. */
const repositoryGrammar = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
const tagGrammar = /^[\w][\w.-]{0,100}$/;
/** A folder's name that cannot be an image's: `3.13`, `v2`, `24-slim`. */
const version = /^v?\d+(?:[._-].*)?$/;
/**
* Names the images by their folders, relative to the stack's. A name in the file's own name is taken alone
* (`cuda.Dockerfile` → `cuda`), and behind the folder's where the folder has a plain Dockerfile too or another image has
* that name.
*/
function nameImages(found, path) {
	const folders = new Set(found.filter((image) => image.own === null).map((image) => image.folder));
	const folderName = (folder) => {
		const visible = posix.basename(folder) === ".devcontainer" ? posix.dirname(folder) : folder;
		return relativeTo(path, visible);
	};
	const root = path === "." ? "root" : posix.basename(path);
	const short = found.map((image) => (image.own ?? (folderName(image.folder) || root)).toLowerCase());
	const count = Map.groupBy(short, (name) => name);
	return new Map(found.map((image, at) => {
		const folder = folderName(image.folder);
		if (image.own === null) return [image.dockerfile, folder || root];
		const joined = folder !== "" && (folders.has(image.folder) || (count.get(short[at] ?? "")?.length ?? 0) > 1);
		return [image.dockerfile, joined ? `${folder}/${image.own}` : image.own];
	}));
}
/**
* Where an image is published: under its last folder's name; as a tag prefix of its parent folder's repository when that
* folder is an image too (a variant), or when the last folder's name is a version: `python/3.13`.
*/
function publishedName(name, names) {
	const folder = posix.dirname(name);
	const last = posix.basename(name);
	if (folder === "." || !(names.has(folder) || version.test(last))) return {
		repository: last,
		tagPrefix: ""
	};
	const parent = publishedName(folder, names);
	return {
		repository: parent.repository,
		tagPrefix: `${parent.tagPrefix}${last}-`
	};
}
/**
* `NodeBase` is published as `node-base` where a Dockerfile of the stack calls one of the images so; without such a witness
* small letters are all that is sure.
*/
function hyphenated(repositories, mentions) {
	const divided = (name) => name.replace(/([a-z0-9])(?=[A-Z])/g, "$1-").toLowerCase();
	const witness = repositories.filter((name) => /[a-z0-9][A-Z]/.test(name)).some((name) => mentions(divided(name)));
	return (name) => witness ? divided(name) : name.toLowerCase();
}
/**
* Where the images of `verse_4.5.Dockerfile` and `verse_4.6.Dockerfile` are published: as tags of `verse`. Only where
* several files of a folder share what stands before the first underscore.
*/
function taggedNames(found) {
	const parts = found.flatMap(({ dockerfile, folder, own }) => {
		const [, repository = "", tag = ""] = /^([^_]+)_([^_]+)$/.exec(own ?? "") ?? [];
		return repository ? [{
			dockerfile,
			key: `${folder}/${repository}`,
			published: {
				repository,
				tagPrefix: `${tag}-`
			}
		}] : [];
	});
	const groups = Map.groupBy(parts, (part) => part.key);
	return new Map(parts.filter((part) => (groups.get(part.key)?.length ?? 0) > 1).map((part) => [part.dockerfile, part.published]));
}
/** Checks that every image can be published and that no two have one name; gives them back with repositories in small letters. */
function checkNames(images, published, notes) {
	const names = /* @__PURE__ */ new Map();
	return images.map((image) => {
		const repository = published(image.repository);
		if (repository !== image.repository) notes.push({
			path: image.dockerfile,
			line: null,
			text: `published as ${repository}: registries take small letters only`
		});
		if (!repositoryGrammar.test(repository) || repository.length > 128) throw badName(image, repository);
		if (image.tagPrefix && !tagGrammar.test(image.tagPrefix)) throw badName(image, image.tagPrefix);
		const key = image.name.toLowerCase();
		const other = names.get(key);
		if (other) throw sameName(other, image);
		names.set(key, image);
		return {
			...image,
			repository
		};
	});
}
/** The error for two images of one name. */
function sameName(one, other) {
	return new ActionError("stack", `${one.dockerfile} and ${other.dockerfile} have the name ${other.name}`, ["Small and capital letters count as one: registries and some file systems do not tell them apart", `Rename one of them, or give it another name in spec.yml: images: {other-name: {dockerfile: ${other.dockerfile}}} (as seen from spec.yml)`]);
}
function badName(image, part) {
	return new ActionError("stack", `${image.dockerfile}: ${JSON.stringify(part)} cannot be part of an image's name`, ["Registries take small letters and digits, divided by single . or _, by __ or by hyphens", `Rename the folder, or give a name in spec.yml: images: {${JSON.stringify(image.name)}: {name: some-name}}`]);
}
// src/stack/twins.ts
/**
* Notes the images that would overwrite each other where they are published: `a/lab` and `b/lab`. They can be planned, as their
* names differ. Where spec.yml gave one of them its name, that was a slip: `ActionError('stack')`.
*/
function noteTwins(drafts, notes) {
	for (const twins of twinsOf(drafts)) {
		if (twins.some(({ entry }) => entry?.publishedName || entry?.tag)) throw twinsError(twins);
		notes.push({
			path: twins[0]?.dockerfile ?? "",
			line: null,
			text: `${messageOf(twins)}. ${remedyFor(twins)}`
		});
	}
}
/** Throws `ActionError('stack')` where two of these images would be pushed or loaded under one name. */
function refuseTwins(images) {
	const [twins] = twinsOf(images);
	if (twins) throw twinsError(twins);
}
/** Throws `ActionError('stack')` where tag rules give two images one reference: one would overwrite the other. */
function refuseSharedTags({ images }) {
	const owners = /* @__PURE__ */ new Map();
	for (const { name, tags } of images) for (const tag of new Set(tags)) {
		const other = owners.get(tag);
		if (other !== void 0) throw new ActionError("stack", `${other} and ${name} would both be ${tag}`, ["Give one of them another tag in spec.yml: the rules of `tags`, or `tag` before all of its tags"]);
		owners.set(tag, name);
	}
}
function twinsOf(images) {
	const places = images.flatMap((image) => {
		return (image.registries.length > 0 ? image.registries : [""]).map((registry) => ({
			key: `${registry}/${image.repository}:${image.tagPrefix}`,
			image
		}));
	});
	return [...Map.groupBy(places, (place) => place.key.toLowerCase()).values()].filter((group) => group.length > 1).map((group) => group.map((place) => place.image));
}
function twinsError(twins) {
	return new ActionError("stack", messageOf(twins), [remedyFor(twins)]);
}
function messageOf(twins) {
	const files = twins.slice(0, 3).map((image) => image.dockerfile);
	const more = twins.length > files.length ? ` and ${twins.length - files.length} more` : "";
	const [first] = twins;
	return `${files.join(" and ")}${more} would be published as ${first?.repository}${first?.tagPrefix ? `:${first.tagPrefix}` : ""}`;
}
function remedyFor(twins) {
	const { name = "", repository = "" } = twins.at(-1) ?? {};
	const tag = name.split("/").slice(0, -1).join("-") || "other";
	return `Tell them apart in spec.yml: images: {${name}: {name: ${tag}-${repository}}} or {${name}: {tag: ${tag}}}`;
}
// src/stack/drafts.ts
/** Names what was found and joins it with spec.yml: renamed, added and multiplied images. Checks the names. */
function draftImages(found, path, spec, tree, notes) {
	const places = applyEntries(found, path, spec, tree);
	const joined = places.filter((place) => place.own && place.name.includes("/"));
	const names = new Set([...places, ...joined.map(({ name }) => ({ name: posix.dirname(name) }))].map((place) => place.name));
	const tagged = taggedNames(found);
	const versions = places.flatMap((place) => versionsOf(place, tagged.get(place.dockerfile) ?? publishedName(place.name, names)));
	const drafts = checkNames(versions, hyphenated(versions.map((draft) => draft.repository), (name) => places.some((place) => tree.contents.get(place.dockerfile)?.includes(name))), notes);
	noteTwins(drafts, notes);
	return drafts;
}
/** The one name that a person means: exact, or the last part of exactly one. Null when there is none. */
function resolveName(text, names) {
	const name = text.replace(/\/+$/, "");
	if (names.includes(name)) return name;
	const byLast = names.filter((other) => posix.basename(other) === name);
	return byLast.length === 1 ? byLast[0] ?? null : null;
}
function applyEntries(found, path, spec, tree) {
	const named = nameImages(found, path);
	const places = /* @__PURE__ */ new Map();
	const renamed = new Set(spec?.entries.map((entry) => entry.dockerfile));
	for (const { dockerfile, folder, own } of found) {
		const name = named.get(dockerfile) ?? folder;
		const other = places.get(name);
		if (other && renamed.has(dockerfile)) continue;
		if (other && !renamed.has(other.dockerfile)) throw sameName(other, {
			name,
			dockerfile
		});
		places.set(name, {
			name,
			own,
			folder,
			dockerfile,
			entry: null
		});
	}
	const names = [...places.keys()];
	for (const entry of spec?.entries ?? []) {
		const known = entry.dockerfile === null && entry.path === null ? resolveName(entry.key, names) : null;
		const place = known === null ? void 0 : places.get(known);
		if (place) places.set(place.name, {
			...place,
			entry
		});
		else places.set(entry.key, newPlace(entry, tree, names));
	}
	const taken = new Set([...places.values()].filter((place) => place.entry).map((place) => place.dockerfile));
	return [...places.values()].filter((place) => place.entry || !taken.has(place.dockerfile));
}
/** An image that only spec.yml knows by this name: it must say where its Dockerfile is. */
function newPlace(entry, tree, names) {
	const folder = entry.path ?? (entry.dockerfile === null ? entry.key : posix.dirname(entry.dockerfile));
	const tried = entry.dockerfile === null ? ["Dockerfile", "Containerfile"].map((file) => posix.join(folder, file)) : [entry.dockerfile];
	const dockerfile = tried.find((file) => tree.contents.has(file) && foundAt(file));
	if (dockerfile !== void 0) return {
		name: entry.key,
		own: foundAt(dockerfile)?.own ?? null,
		folder,
		dockerfile,
		entry
	};
	if (entry.context !== null && isAddress(entry.context)) return remotePlace(entry, entry.context, folder);
	if (entry.dockerfile === null && entry.path === null) throw entry.error("", `no image of this name`, [
		...suggestion(entry.key, names),
		`Images here: ${listed(names)}`,
		"Give dockerfile if the image is made from another file"
	]);
	const refused = tried.map((file) => tree.refused.get(file)).find(Boolean);
	throw entry.error(entry.dockerfile === null ? "path" : "dockerfile", `${tried.join(" or ")} ${refused ?? "is not there"}`, ["It must be a regular file named Dockerfile, Containerfile, NAME.Dockerfile or Dockerfile.NAME", "Paths are relative to the folder of spec.yml"]);
}
/** An image whose Dockerfile lies in its context elsewhere: the two together name it, as no path of the repository does. */
function remotePlace(entry, context, folder) {
	const file = entry.writtenDockerfile ?? "Dockerfile";
	return {
		name: entry.key,
		own: null,
		folder,
		dockerfile: `${context} ${file}`,
		remoteDockerfile: file,
		entry
	};
}
function versionsOf(place, byName) {
	const { entry, folder, dockerfile, own } = place;
	const published = specPublished(entry) ?? byName;
	const tagPrefix = entry?.tag ? `${entry.tag}-` : published.tagPrefix;
	const draft = {
		name: place.name,
		repository: published.repository,
		tagPrefix,
		registries: entry?.registries ?? [],
		folder,
		dockerfile,
		remoteDockerfile: place.remoteDockerfile ?? null,
		own,
		entry,
		args: entry?.args ?? {},
		platforms: entry?.platforms ?? [],
		target: entry?.target ?? null,
		skip: entry?.skip ?? false
	};
	if (!entry || entry.variants.length === 0) return [draft];
	return entry.variants.map((variant) => versionOf(draft, variant));
}
function versionOf(draft, variant) {
	return {
		...draft,
		name: variant.tag === "" ? draft.name : `${draft.name}/${variant.name}`,
		tagPrefix: variant.tag === "" ? draft.tagPrefix : `${draft.tagPrefix}${variant.tag}-`,
		args: {
			...draft.args,
			...variant.args
		},
		platforms: variant.platforms.length > 0 ? variant.platforms : draft.platforms,
		target: variant.target ?? draft.target,
		skip: variant.skip ?? draft.skip
	};
}
function specPublished(entry) {
	if (!entry?.publishedName) return null;
	const reference = /^(?:[a-zA-Z0-9.:_-]+\/)*([a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)$/.exec(entry.publishedName);
	if (reference?.[1] && entry.publishedName.length <= 255) return {
		repository: reference[1],
		tagPrefix: ""
	};
	throw entry.error("name", `${JSON.stringify(entry.publishedName)} is no name that a registry takes`, ["Small letters and digits, divided by single . or _, by __ or by hyphens; a prefix before the last / may be there; no tag"]);
}
/** A list for a message, cut where it would fill the screen. */
function listed(names) {
	return names.length > 20 ? `${names.slice(0, 20).join(", ")} and ${names.length - 20} more` : names.join(", ") || "none";
}
/** An error for an image that was asked for and is not there. */
function unknownImage(name, names) {
	return new ActionError("usage", `there is no image ${JSON.stringify(name)} in this stack`, [...suggestion(name, names), `Images here: ${listed(names)}`]);
}
// src/stack/select.ts
/**
* The images that a command line names and all that they are built on. A name is an image's, its last part where that is
* clear, or its folder (`images/base-notebook/`). Throws `ActionError('usage')` for one that is not there.
*/
function selectImages(stack, names) {
	const chosen = names.map((text) => findImage(stack, text).name);
	return /* @__PURE__ */ new Set([...chosen, ...ancestors(stack.images, chosen)]);
}
/** The image that a person names. Throws `ActionError('usage')` for one that is not there. */
function findImage(stack, text) {
	const known = stack.images.map((image) => image.name);
	const folder = text.replace(/^\.\//, "").replace(/\/+$/, "");
	const inFolder = stack.images.filter((image) => image.path === folder);
	const name = resolveName(folder, known) ?? (inFolder.length === 1 ? inFolder[0]?.name : void 0);
	const image = stack.images.find((other) => other.name === name);
	if (image === void 0) throw unknownImage(text, known);
	return image;
}
export { resolveName as a, listed as i, selectImages as n, refuseSharedTags as o, draftImages as r, refuseTwins as s, findImage as t };
