import { t as isAddress } from "./address.js";
import { n as externalReferences } from "./fingerprint.js";
import { t as byCode } from "./order.js";
import { a as watchesOf, i as readersOf, n as globMatcher } from "./changes.js";
import { t as plannedPlatforms } from "./platforms.js";
import { t as pLimit } from "./p-limit.js";
import { t as isBelow } from "./inside.js";
import { lstat, readFile, readdir, readlink } from "node:fs/promises";
import path, { posix } from "node:path";
import { createHash, hash } from "node:crypto";
import { createReadStream } from "node:fs";
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
export { gatherImageFacts as t };
