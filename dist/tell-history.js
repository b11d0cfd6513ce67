import { i as messageOf, t as ActionError } from "./errors.js";
import { n as parseVersion, t as compareVersions } from "./version.js";
import { f as isLockPath, l as readStages, u as targetStage } from "./changes2.js";
import { a as imageTag, r as imageNames } from "./tags.js";
import { t as createRegistry } from "./registry.js";
import { l as workTreeFiles, s as commitFiles, t as readLock, u as writeFiles } from "./read-lock.js";
import { t as detect } from "./detect.js";
import { t as require_dist } from "./dist.js";
import { t as findImage } from "./select.js";
import { w as parseDockerfile } from "./changes.js";
import { r as formatBytes } from "./format.js";
import { a as link$1, i as inline, r as fence, s as table, t as code } from "./markdown.js";
import { t as pLimit } from "./p-limit.js";
import { t as canonicalReference } from "./canonical.js";
import { n as stackFileType, t as readStackFile } from "./stack-file2.js";
import { t as createIndexClient } from "./registry-index.js";
import { n as askRegistry, t as createAuthorizer } from "./registry-auth.js";
import { t as comparedLock } from "./diff.js";
import { n as readExplicitForDiff, t as explicitPlatform } from "./diff-explicit.js";
import { i as output } from "./exec.js";
import { n as gitSettings, t as gitEnvironment } from "./git-settings.js";
import { n as readJournals } from "./journal-effects.js";
import { n as stackPlace } from "./stack-place.js";
import { mkdir, writeFile } from "node:fs/promises";
import path, { posix } from "node:path";
// src/publish/blocks.ts
/** The names that a block can have: `<!-- buildx-action:images -->` … `<!-- /buildx-action:images -->`. */
const blockNames = [
	"images",
	"bases",
	"packages",
	"history"
];
const marker = /^<!-- (\/?)buildx-action:([a-z-]+) -->$/;
/**
* Puts fresh text between the markers of a Markdown file and leaves every other byte as it is: the same blocks give the same
* file. A marker stands alone in its line, and counts in no code block. Throws ActionError('input') with file and line.
*/
function updateBlocks(text, blocks, file) {
	const end = text.includes("\r\n") ? "\r\n" : "\n";
	const lines = text.split("\n");
	const kept = [];
	let open = null;
	let fence = "";
	for (const [at, line] of lines.entries()) {
		if (open === null) fence = fenceAfter(fence, line);
		const [, closing, name = ""] = (fence === "" ? marker.exec(line.trim()) : null) ?? [];
		if (closing === void 0) {
			if (open === null) kept.push(line);
			continue;
		}
		if (closing === "/") {
			if (open?.name !== name) throw misplaced(file, at + 1, `${name} ends here and never began`);
			kept.push(...bodyOf(blocks, name, end), line);
			open = null;
		} else {
			if (open) throw misplaced(file, at + 1, `${name} begins within ${open.name}`);
			if (!blockNames.some((known) => known === name)) throw misplaced(file, at + 1, `there is no block "${name}"`);
			open = {
				name,
				line: at + 1
			};
			kept.push(line);
		}
	}
	if (open) throw misplaced(file, open.line, `${open.name} has no end`);
	return kept.join("\n");
}
/** Lines without their last newline, which the join adds; a blank one around it, as Markdown after HTML asks for. */
function bodyOf(blocks, name, end) {
	const body = blocks[name].replace(/\n+$/, "");
	const carriage = end === "\r\n" ? "\r" : "";
	return [
		"",
		...body.split("\n"),
		""
	].map((line) => `${line}${carriage}`);
}
/** The fence that is open after a line; empty where none is. */
function fenceAfter(fence, line) {
	const found = /^ {0,3}(`{3,}|~{3,})(.*)$/.exec(line.replace(/\r$/, ""));
	if (!found) return fence;
	const [, marks = "", rest = ""] = found;
	if (fence === "") return marks;
	return marks[0] === fence[0] && marks.length >= fence.length && rest.trim() === "" ? "" : fence;
}
function misplaced(file, line, what) {
	return new ActionError("input", `${file}:${line}: ${what}`, [`a block is <!-- buildx-action:NAME --> and <!-- /buildx-action:NAME -->, each alone in its line; NAME is ${blockNames.join(", ")}`]);
}
// src/publish/first-seen.ts
/**
* Since which tag each image has each version of some packages: packages in the order that was asked for, versions newest first.
* `oldestFirst` are the states in their order in time.
*/
function firstSeen(oldestFirst, packages) {
	return packages.flatMap((name) => {
		const versions = /* @__PURE__ */ new Map();
		for (const { label, images } of oldestFirst) for (const [image, locked] of images) {
			const version = locked.get(name);
			if (version === void 0) continue;
			const since = versions.get(version) ?? /* @__PURE__ */ new Map();
			versions.set(version, since);
			if (!since.has(image)) since.set(image, label);
		}
		return [...versions].toSorted(([one], [other]) => newerFirst(one, other)).map(([version, since]) => ({
			package: name,
			version,
			since: Object.fromEntries(since)
		}));
	});
}
/** As conda orders versions; what is none to it, in the order of characters. */
function newerFirst(one, other) {
	const [a, b] = [parseVersion(one), parseVersion(other)];
	if (a && b) return compareVersions(b, a);
	return one < other ? 1 : one > other ? -1 : 0;
}
// src/publish/recorded.ts
/** Which image stands on which, the newest commit first, once for each digest: an image that was only retagged is told where it was new. */
function basePairs(newestFirst) {
	const known = /* @__PURE__ */ new Map();
	return newestFirst.toReversed().flatMap(({ commit, created, images }) => {
		const fresh = images.filter((image) => !known.has(keyOf(image)));
		for (const image of fresh) for (const key of [keyOf(image), image.digest]) known.set(key, named(image));
		return fresh.flatMap(({ base, ...image }) => base ? [{
			name: image.name,
			image: named(image),
			base: baseOf(base, known),
			commit,
			created
		}] : []);
	}).toReversed();
}
/** A parent of the stack by the tag that it was published under first; another base by its own name. */
function baseOf({ name, digest }, known) {
	const repository = name.replace(/:[^/:]*$/, "");
	return (digest ? known.get(`${repository}@${digest}`) ?? known.get(digest) : void 0) ?? (digest ? `${name}@${digest}` : name);
}
function named({ repository, tag, digest }) {
	return tag ? `${repository}:${tag}` : `${repository}@${digest}`;
}
function keyOf({ repository, digest }) {
	return `${repository}@${digest}`;
}
// src/publish/hubs.ts
var import_dist = require_dist();
const heading = ({ stack, commit }, what) => ` ${what}\n Rendered from ${oneLine(stack)} at ${oneLine(commit)}: each image is named by its digest.`;
/**
* Values for zero-to-jupyterhub: a profile an image, the first one the default. Its own puller then knows the images, too.
* https://z2jh.jupyter.org/en/stable/resources/reference.html#singleuser-profilelist
*/
function profileList(images, source) {
	return document({ singleuser: { profileList: images.map((image, at) => ({
		display_name: image.name,
		slug: label(image.name),
		description: described(image),
		...at === 0 ? { default: true } : {},
		kubespawner_override: { image: pinned(image) }
	})) } }, heading(source, "values.yaml of zero-to-jupyterhub"));
}
/**
* A DaemonSet that brings the images to every node, for hubs that have no puller of their own. Each is an init container that
* ends at once; it needs `/bin/sh` in the image. `namespace` is left to `kubectl apply --namespace`.
*/
function prepullDaemonSet(images, source) {
	const name = label(`prepull-${source.stack}`);
	const labels = {
		"app.kubernetes.io/name": name,
		"app.kubernetes.io/component": "image-puller"
	};
	const few = { requests: {
		cpu: 0,
		memory: 0
	} };
	const taken = /* @__PURE__ */ new Set();
	const initContainers = images.map((image) => ({
		name: unique(label(`pull-${image.name}`), taken),
		image: pinned(image),
		imagePullPolicy: "IfNotPresent",
		command: [
			"/bin/sh",
			"-c",
			"true"
		],
		resources: few
	}));
	const pod = {
		automountServiceAccountToken: false,
		terminationGracePeriodSeconds: 0,
		tolerations: ["hub.jupyter.org/dedicated", "hub.jupyter.org_dedicated"].map((key) => ({
			key,
			operator: "Equal",
			value: "user",
			effect: "NoSchedule"
		})),
		initContainers,
		containers: [{
			name: "pause",
			image: "registry.k8s.io/pause:3.10",
			resources: few
		}]
	};
	return document({
		apiVersion: "apps/v1",
		kind: "DaemonSet",
		metadata: {
			name,
			labels
		},
		spec: {
			selector: { matchLabels: labels },
			updateStrategy: {
				type: "RollingUpdate",
				rollingUpdate: { maxUnavailable: "100%" }
			},
			template: {
				metadata: { labels },
				spec: pod
			}
		}
	}, heading(source, "kubectl apply --namespace NAMESPACE --filename prepull.yaml"));
}
/** The one line that a Binder repository needs in `binder/Dockerfile`: nothing is built there. Binder takes no tag that moves. */
function binderDockerfile(image) {
	return `FROM ${pinned(image)}\n`;
}
/** Where Binder starts a branch, tag or commit of a GitHub repository. */
function binderLink(repository, ref) {
	const [owner = "", name = ""] = repository.split("/");
	return `https://mybinder.org/v2/gh/${encodeURIComponent(owner)}/${encodeURIComponent(name)}/${encodeURIComponent(ref)}?urlpath=lab`;
}
/** By digest: what a hub starts is what was tested, whatever becomes of tags. */
function pinned({ repository, digest }) {
	return `${repository}@${digest}`;
}
function described({ tag, platforms, size }) {
	return [
		tag,
		platforms.join(", "),
		size === null ? "" : `${(size / 1e9).toFixed(1)} GB to download`
	].filter(Boolean).join(" · ");
}
/** A DNS label (RFC 1123), as Kubernetes asks for in names: small letters, digits, hyphens, 63 characters. */
function label(text) {
	return text.toLowerCase().replace(/[^a-z0-9]+/g, "-").slice(0, 63).replace(/^-+|-+$/g, "") || "image";
}
function unique(name, taken) {
	let free = name;
	for (let count = 2; taken.has(free); count++) free = `${name.slice(0, 58)}-${count}`;
	taken.add(free);
	return free;
}
/** The library quotes what a name could mean in YAML. */
function document(value, comment) {
	return `${comment.split("\n").map((line) => `#${line}`).join("\n")}\n${(0, import_dist.stringify)(value, { lineWidth: 0 })}`;
}
function oneLine(text) {
	return text.replace(/[\p{Cc}\u2028\u2029]+/gu, " ");
}
// src/publish/resolved-dockerfile.ts
/**
* A Dockerfile as it was built: the FROM of the stage that is published names its base by digest, with the line as it was
* written above it as a comment. Everything else stays. What cannot be resolved is left as it is.
*/
function resolvedDockerfile({ text, args, target, base }) {
	if (base === null) return text;
	const dockerfile = parseDockerfile(text);
	const stages = readStages(dockerfile, {
		args,
		platform: "linux/amd64",
		target,
		contexts: /* @__PURE__ */ new Set(),
		triggers: /* @__PURE__ */ new Map()
	});
	let stage = stages.list[targetStage(stages, target)];
	while (stage && stage.baseStage !== null) stage = stages.list[stage.baseStage];
	const from = dockerfile.instructions.find(({ keyword, line }) => keyword === "FROM" && line === stage?.line);
	if (!from || stage?.base === null || stage?.base === "scratch") return text;
	return replaced(text, from, dockerfile.escapeChar, base);
}
function replaced(text, from, escapeChar, base) {
	const lines = text.split("\n");
	const first = from.line - 1;
	let last = first;
	while (last < lines.length - 1 && lines[last]?.trimEnd().endsWith(escapeChar)) last += 1;
	const [, ...rest] = from.rest.split(/\s+/);
	const resolved = [
		"FROM",
		...from.flags,
		base,
		...rest
	].join(" ");
	const written = lines.slice(first, last + 1).map((line) => `# ${line.trimEnd()}`);
	const carriage = lines[first]?.endsWith("\r") ? "\r" : "";
	return lines.toSpliced(first, last - first + 1, ...[...written, resolved].map((line) => line + carriage)).join("\n");
}
// src/report/history-tables.ts
/** The images of a stack with what they weigh, to pull by their tags. */
function imagesTable({ images }) {
	if (images.length === 0) return "None was published yet.";
	const rows = images.map(({ name, repository, tag, digest, platforms, size, base }) => [
		word(name),
		quoted(tag ? `${repository}:${tag}` : `${repository}@${digest}`),
		size === null ? "" : formatBytes(size),
		platforms.map((platform) => word(platform)).join(", "),
		base ? quoted(base.name) : ""
	]);
	return table([
		"image",
		"pull",
		"size",
		"platforms",
		"built on"
	], rows);
}
/** Which image stands on which, the newest first. */
function basesTable(pairs) {
	if (pairs.length === 0) return "None was published yet.";
	const rows = pairs.map(({ image, base, commit, created }) => [
		quoted(image),
		quoted(base),
		quoted(commit.slice(0, 7)),
		day(created)
	]);
	return table([
		"image",
		"is built on",
		"commit",
		"date"
	], rows);
}
/** A table for each package: since which tag each image has each version. */
function packagesTables(found, images) {
	if (found.length === 0) return "No lock has any of the packages of interest.";
	return [...Map.groupBy(found, (one) => one.package)].map(([name, rows]) => {
		const having = images.filter((image) => rows.some(({ since }) => since[image] !== void 0));
		const lines = rows.map(({ version, since }) => [word(version), ...having.map((image) => word(since[image] ?? ""))]);
		return table([word(name), ...having.map((image) => word(image))], lines);
	}).join("\n\n");
}
/** Who moved which tags, when, from what to what: the newest first. */
function entriesTable(entries) {
	if (entries.length === 0) return "No tag was moved yet.";
	const rows = entries.toReversed().map((entry) => [
		word(entry.started.slice(0, 16).replace("T", " ")),
		word(entry.request),
		word(entry.by),
		word(entry.outcome === "done" ? "" : entry.outcome),
		movesOf(entry)
	]);
	return table([
		"when (UTC)",
		"what",
		"who",
		"outcome",
		"tags"
	], rows);
}
/** Digests of a whole stack are too many to read: the first few, and how many there are. */
function movesOf({ moves }) {
	return [...moves.slice(0, 3).map(({ repository, tag, from, to }) => {
		return quoted(`${`${repository.slice(repository.lastIndexOf("/") + 1)}:${tag}`} ${from ? short(from) : "new"} → ${short(to)}`);
	}), ...moves.length > 3 ? [`and ${moves.length - 3} more`] : []].join(", ");
}
function short(digest) {
	return digest.replace(/^sha256:/, "").slice(0, 7);
}
function day(milliseconds) {
	return milliseconds === null ? "" : new Date(milliseconds).toISOString().slice(0, 10);
}
/** A page is read as text, too: what is plain stays plain, everything else is escaped. */
function word(text) {
	return /^[a-z0-9][a-z0-9.+/-]*$/i.test(text) && !/\bwww\./i.test(text) ? text : inline(text);
}
function quoted(text) {
	return /^[\w./:@ →-]+$/.test(text) ? `\`${text}\`` : code(text);
}
// src/steps/history-documents.ts
/** Renders everything; nothing is asked any more but git for the Dockerfiles. */
async function documentsOf(told, scene) {
	const { current, stack } = told;
	const names = scene.images.map(({ name }) => name);
	const blocks = {
		images: `${imagesTable(current)}\n`,
		bases: `${basesTable(told.pairs)}\n`,
		packages: `${packagesTables(told.packages, names)}\n`,
		history: `${entriesTable(told.entries)}\n`
	};
	const dockerfiles = await readDockerfiles(current, scene);
	const source = {
		stack,
		commit: current.commit.slice(0, 40)
	};
	const hubs = {
		jupyterhub: profileList(current.images, source),
		prepull: prepullDaemonSet(current.images, source),
		binder: binderText(current, scene.inputs.binderRepository)
	};
	const all = {
		...blocks,
		...hubs,
		dockerfiles: dockerfileText(dockerfiles),
		blocks
	};
	const interest = scene.inputs.packagesOfInterest.length > 0;
	return {
		...all,
		page: pageOf(blocks, interest),
		pages: pagesOf(blocks, dockerfiles, interest),
		files: filesOf(all, current, dockerfiles)
	};
}
function pageOf({ images, bases, packages, history }, interest) {
	return `## Images\n\n${images}\n## Which is built on which\n\n${bases}\n${interest ? `## Since which tag\n\n${packages}\n` : ""}## Tags that moved\n\n${history}`;
}
function pagesOf(blocks, dockerfiles, interest) {
	return [
		{
			name: "Images.md",
			text: blocks.images
		},
		{
			name: "Image-bases.md",
			text: blocks.bases
		},
		...interest ? [{
			name: "Package-versions.md",
			text: blocks.packages
		}] : [],
		{
			name: "Tag-history.md",
			text: blocks.history
		},
		...dockerfiles.map(({ image, text }) => ({
			name: `Dockerfile-${image.name}.md`,
			text: `${code(image.tag ? `${image.repository}:${image.tag}` : image.digest)}\n\n${fence(text, "dockerfile")}\n`
		}))
	];
}
function filesOf(documents, { images }, dockerfiles) {
	const { blocks, jupyterhub, prepull } = documents;
	return [
		...Object.entries(blocks).map(([name, text]) => ({
			path: `${name}.md`,
			text
		})),
		{
			path: "jupyterhub.yaml",
			text: jupyterhub
		},
		{
			path: "prepull.yaml",
			text: prepull
		},
		...images.map((image) => ({
			path: `binder/${fileName(image)}/Dockerfile`,
			text: binderDockerfile(image)
		})),
		...dockerfiles.map(({ image, text }) => ({
			path: `dockerfiles/${fileName(image)}.Dockerfile`,
			text
		}))
	];
}
/** Names of images may hold slashes. */
function fileName({ name }) {
	return name.replace(/[^\w.-]+/g, "-").replace(/^\.+/, "");
}
/** As they were at the commit that built each image, with what it was built on; none of a commit that git does not have. */
async function readDockerfiles(current, { source, images, inputs }) {
	const { git } = source;
	const found = current.images.map(async (image) => {
		const commit = /^[0-9a-f]{40,64}$/.test(image.revision ?? "") ? await git?.commit(image.revision ?? "") : null;
		const own = images.find(({ name }) => name === image.name);
		const text = (git && commit ? await commitFiles(git, commit).read([own.dockerfile]) : null)?.contents.get(own.dockerfile);
		const given = {
			args: {
				...own.args,
				...inputs.buildArgs
			},
			target: inputs.target || own.target
		};
		return text === void 0 ? [] : [{
			image,
			text: resolvedDockerfile({
				...given,
				text,
				base: pinnedBase(image)
			})
		}];
	});
	return (await Promise.all(found)).flat();
}
function pinnedBase({ base }) {
	return base?.digest ? `${base.name.replace(/:[^/:]*$/, "")}@${base.digest}` : null;
}
function dockerfileText(dockerfiles) {
	if (dockerfiles.length === 0) return "The commits of these images are not in this clone.\n";
	return dockerfiles.map(({ image, text }) => `# ${image.repository}:${image.tag ?? ""}\n${text}`).join("\n");
}
function binderText({ images }, repository) {
	const rows = images.map((image) => [
		inline(image.name),
		code(binderDockerfile(image).trim()),
		repository ? link$1("launch", binderLink(repository, fileName(image))) : ""
	]);
	return `${table([
		"image",
		"binder/Dockerfile",
		"Binder"
	], rows)}\n`;
}
// src/publish/from-stack-file.ts
/**
* What a stack.json says of some images, each under the tag of its commit where it has that. What is no image of theirs in
* its own repository is left out: whoever may push can write such a file.
*/
function recordedFrom({ commit, created, images }, expected) {
	const found = expected.flatMap(({ name, repository, tag }) => {
		const own = images.find(({ image }) => image === name);
		return own && fits(own, repository) ? [recordedImage(own, {
			name,
			repository,
			tag
		})] : [];
	});
	return {
		commit,
		created: Date.parse(created) || null,
		images: found
	};
}
function fits({ repositories, digest }, repository) {
	return Array.isArray(repositories) && repositories.includes(repository) && canonicalReference(`${repository}@${digest}`) !== null;
}
function recordedImage({ digest, platforms, base, size, tags }, { name, repository, tag }) {
	const texts = (list) => Array.isArray(list) ? list.filter((one) => typeof one === "string") : [];
	const named = typeof base?.name === "string" ? {
		name: base.name,
		digest: digestOr(base.digest)
	} : null;
	return {
		name,
		repository,
		digest,
		platforms: texts(platforms),
		base: named,
		tag: texts(tags).includes(tag) ? tag : null,
		size: typeof size === "number" && size >= 0 ? size : null
	};
}
function digestOr(digest) {
	return typeof digest === "string" && /^sha256:[0-9a-f]{64}$/.test(digest) ? digest : null;
}
// src/tools/registry-tags.ts
const page = 1e3;
const mostPages = 100;
/**
* All tags of a repository, in the registry's order; none where it is not there. By pages, as the OCI distribution spec has it
* ("Listing Tags": `n` and `last`). Throws ActionError('registry').
*/
async function listTags(reference, options) {
	const authorizer = createAuthorizer(options);
	const tags = /* @__PURE__ */ new Set();
	for (let pages = 0; pages < mostPages; pages++) {
		const last = [...tags].at(-1);
		const what = `list?n=${page}${last === void 0 ? "" : `&last=${encodeURIComponent(last)}`}`;
		const answer = await askRegistry({
			options,
			authorizer,
			reference,
			method: "GET",
			kind: "tags",
			what
		});
		const found = answer ? tagsIn(answer.body, reference) : [];
		const before = tags.size;
		for (const tag of found) tags.add(tag);
		if (found.length === 0 || tags.size === before || found.length < page / 10) break;
	}
	return [...tags];
}
function tagsIn(body, { registry, repository }) {
	try {
		const { tags } = JSON.parse(body.toString());
		return Array.isArray(tags) ? tags.filter((tag) => typeof tag === "string") : [];
	} catch (cause) {
		throw new ActionError("registry", `registry ${registry} lists no tags of ${registry}/${repository}: what it answers is no JSON`, ["a proxy or a login page may answer in its place"], { cause });
	}
}
// src/steps/history-images.ts
/** Commits whose images are told, and how far back they are looked for. */
const toldCommits = 20;
const searchedCommits = 500;
const atOnce$1 = 8;
/** What the newest commits of this branch published, newest first: by their stack.json, else by their tags and the labels behind them. */
async function readRecorded(scene, place) {
	const { source, images } = scene;
	if (!source.git || !source.commit) return [];
	const [tags, files] = await Promise.all([tagsOf(scene), stackFilesOf(scene, place)]);
	const ancestors = await source.git.ancestors(source.commit, searchedCommits);
	const isPublished = (commit) => files.has(commit.slice(0, 7)) || images.some((image) => tags.get(image.name)?.has(tagOf(image, commit)));
	const read = createReader(scene);
	const told = ancestors.filter(isPublished).slice(0, toldCommits).map(async (commit) => {
		const file = await readStack(scene, files.get(commit.slice(0, 7)));
		if (file && file.commit === commit) return recordedFrom(file, images.map((image) => expected(scene, image, commit)));
		const having = images.filter((image) => tags.get(image.name)?.has(tagOf(image, commit)));
		const found = await Promise.all(having.map((image) => read(image, tagOf(image, commit))));
		const seconds = await source.git?.commitTime(commit) ?? 0;
		return {
			commit,
			created: seconds > 0 ? seconds * 1e3 : null,
			images: found.flatMap((image) => image ?? [])
		};
	});
	return await Promise.all(told);
}
/** Short names of commits → where their stack.json lies; none where the stack has no repository of its own. */
async function stackFilesOf(scene, { places, stack }) {
	const place = canonicalReference(`${places[0] ?? ""}/${stack}`);
	const short = (place ? await listTags(place, optionsOf(scene)).catch(() => []) : []).filter((tag) => /^[0-9a-f]{7}$/.test(tag));
	return new Map(short.flatMap((tag) => place ? [[tag, {
		...place,
		tag
	}]] : []));
}
async function readStack({ registry, host }, reference) {
	if (!reference) return null;
	const found = await registry.artifacts.read(reference, stackFileType).catch((error) => {
		if (host.signal.aborted) throw error;
		host.out.debug(`stack.json of ${reference.tag}: ${messageOf(error)}`);
		return null;
	});
	return found && readStackFile(found.text);
}
function expected({ inputs }, image, commit) {
	return {
		name: image.name,
		repository: imageNames(image, inputs.registry)[0] ?? "",
		tag: tagOf(image, commit)
	};
}
function optionsOf({ host, source }) {
	return {
		env: host.env,
		login: source.trigger.trust === "trusted",
		signal: host.signal
	};
}
/** The images as a tag names them now: `stable`, `2026.11.21`, a commit's. With `all` one that lacks it is an error. */
async function recordedAt(scene, tag, all) {
	const read = createReader(scene);
	const found = await Promise.all(scene.images.map((image) => read(image, imageTag(image, tag))));
	const lacking = scene.images.filter((_, at) => found[at] === null).map(({ name }) => name);
	if (all && lacking.length > 0) throw new ActionError("registry", `${lacking.join(", ")} has no tag ${tag}`, ["name a tag that the whole stack has, or the images that have it"]);
	return {
		commit: tag,
		created: null,
		images: found.flatMap((image) => image ?? [])
	};
}
async function tagsOf(scene) {
	const { images, inputs } = scene;
	const lists = /* @__PURE__ */ new Map();
	const limit = pLimit(atOnce$1);
	const found = images.map(async (image) => {
		const { registry, repository } = referenceOf(image, inputs, "latest");
		const key = `${registry}/${repository}`;
		const list = lists.get(key) ?? limit(() => listTags(referenceOf(image, inputs, "latest"), optionsOf(scene)));
		lists.set(key, list);
		return [image.name, new Set(await list)];
	});
	return new Map(await Promise.all(found));
}
/** Reads an image by its tag; what is behind several tags is read once. */
function createReader(scene) {
	const { inputs, registry } = scene;
	const client = createIndexClient(optionsOf(scene));
	const parts = /* @__PURE__ */ new Map();
	const limit = pLimit(atOnce$1);
	return async (image, tag) => {
		const reference = referenceOf(image, inputs, tag);
		const digest = await limit(() => registry.digest(reference));
		if (!digest) return null;
		const key = `${reference.registry}/${reference.repository}@${digest}`;
		const part = parts.get(key) ?? limit(() => client.part({
			...reference,
			digest
		}));
		parts.set(key, part);
		return recorded(image, {
			tag,
			digest,
			repository: imageNames(image, inputs.registry)[0] ?? "",
			part: await part
		});
	};
}
function recorded({ name }, { tag, digest, repository, part }) {
	const [first] = part?.images ?? [];
	const label = (key) => part?.annotations[`org.opencontainers.image.${key}`] ?? first?.labels[`org.opencontainers.image.${key}`];
	const base = label("base.name");
	return {
		name,
		repository,
		digest,
		tag,
		size: first?.size ?? null,
		platforms: part?.images.map(({ platform }) => platform) ?? [],
		revision: label("revision") ?? null,
		base: base ? {
			name: base,
			digest: label("base.digest") ?? null
		} : null
	};
}
function tagOf(image, commit) {
	return imageTag(image, commit.slice(0, 7));
}
function referenceOf(image, { registry }, tag) {
	const [name = ""] = imageNames(image, registry);
	const reference = canonicalReference(`${name}:${tag}`);
	if (reference) return reference;
	throw new ActionError("input", `${name}:${tag} is no name of an image`, ["see the inputs registry and from"]);
}
// src/tools/git-history.ts
/** The tags of commits that HEAD holds, oldest first by the time of the tag; annotated ones by the commit that they name. */
async function tagsOfHead(place, limit) {
	const args = [
		"for-each-ref",
		"--sort=-creatordate",
		`--count=${limit}`,
		"--merged=HEAD",
		"--format=%(refname:strip=2)%09%(objectname)%09%(*objectname)%09%(objecttype)%09%(*objecttype)",
		"refs/tags"
	];
	return (await output(command(place, args))).toString().split("\n").filter(Boolean).map((line) => line.split("	")).filter(([, , , type, peeled]) => (peeled || type) === "commit").map(([name = "", own = "", peeled = ""]) => ({
		name,
		commit: peeled || own
	})).toReversed();
}
/** The newest commits of HEAD's first-parent line that touch some files, oldest first, by their first seven characters. */
async function commitsTouching(place, paths, limit) {
	if (paths.length === 0) return [];
	const args = [
		"rev-list",
		"--first-parent",
		`--max-count=${limit}`,
		"HEAD",
		"--",
		...paths
	];
	return (await output(command(place, args))).toString().split("\n").filter(Boolean).map((commit) => ({
		name: commit.slice(0, 7),
		commit
	})).toReversed();
}
function command({ cwd, env }, args) {
	return {
		file: "git",
		cwd,
		env: gitEnvironment(env),
		code: "git",
		title: `git ${args[0]}`,
		args: [...gitSettings, ...args]
	};
}
// src/steps/history-packages.ts
const mostStates = 400;
const atOnce = 4;
/**
* What the locks of each git tag hold of the packages of interest, oldest first; in a repository without tags, of each commit
* that touched a lock. The images are those of today, found by their folders. A lock that cannot be read counts as none.
*/
async function lockedStates(scene) {
	const { source, host, inputs } = scene;
	const { git } = source;
	if (!git || inputs.packagesOfInterest.length === 0) return [];
	const folders = new Map(scene.images.map((image) => [image.path, image.name]));
	const place = {
		cwd: host.cwd,
		env: host.env
	};
	const tags = await tagsOfHead(place, mostStates);
	const commits = tags.length > 0 ? tags : await commitsTouching(place, await locksNow(scene, folders), mostStates);
	const limit = pLimit(atOnce);
	const known = /* @__PURE__ */ new Map();
	return await Promise.all(commits.map((commit) => limit(() => stateOf(scene, commit, {
		folders,
		known
	}))));
}
async function locksNow({ source }, folders) {
	return (await source.git?.tree("HEAD") ?? []).map(({ path }) => path).filter((path) => isLock(path) && folders.has(posix.dirname(path)));
}
async function stateOf({ source, inputs, host }, { name, commit }, { folders, known }) {
	const git = source.git;
	const locks = (await git.tree(commit)).filter(({ path }) => isLock(path) && folders.has(posix.dirname(path)));
	const images = /* @__PURE__ */ new Map();
	const wanted = new Set(inputs.packagesOfInterest);
	for (const [folder, entries] of Map.groupBy(locks, ({ path }) => posix.dirname(path))) {
		const [best] = entries.toSorted((one, other) => rank(one.path) - rank(other.path) || (one.path < other.path ? -1 : 1));
		if (!best) continue;
		const versions = known.get(best.oid) ?? versionsIn(git, commit, {
			path: best.path,
			wanted
		});
		known.set(best.oid, versions);
		const found = await versions.catch((error) => {
			if (!(error instanceof ActionError) || error.code === "cancelled") throw error;
			host.out.debug(`${name}: ${error.message}`);
			return /* @__PURE__ */ new Map();
		});
		images.set(folders.get(folder) ?? folder, found);
	}
	return {
		label: name,
		images
	};
}
function isLock(path) {
	return isLockPath(path) || explicitPlatform(path) !== null;
}
/** An explicit lock is read ten times as fast as the lock it was rendered from; linux-64 is what most people run. */
function rank(path) {
	const platform = explicitPlatform(path);
	return platform === "linux-64" ? 0 : platform === null ? 1 : 2;
}
async function versionsIn(git, commit, { path, wanted }) {
	const text = (await commitFiles(git, commit).read([path])).contents.get(path);
	if (text === void 0) return /* @__PURE__ */ new Map();
	const platform = explicitPlatform(path);
	const lock = platform === null ? comparedLock(readLock(text, path)) : readExplicitForDiff(text, platform, path);
	const first = lock.platforms.includes("linux-64") ? "linux-64" : lock.platforms[0];
	const packages = lock.packages.filter((one) => one.platform === first && wanted.has(one.name));
	return new Map(packages.map(({ name, version }) => [name, version]));
}
// src/steps/tell-history.ts
/**
* What was published, from what the registries and git hold: the images with their sizes, which stand on which, since when
* they have a package, who moved which tags; and the same images as hubs take them. Builds nothing and moves no tag.
*/
async function tellHistory(question) {
	const { inputs, host } = question;
	const scene = await sceneOf(question);
	const told = await gather(scene);
	const documents = await documentsOf(told, scene);
	await host.out.result({
		json: jsonOf(told),
		text: inputs.show === "" ? documents.page : documents[inputs.show],
		markdown: (limit) => fitting(documents, limit)
	});
	await keep(documents, told, host);
	await rewrite(documents, scene);
	if (inputs.wiki) await publishWiki(documents, scene);
	return {
		ok: true,
		message: "",
		details: []
	};
}
async function sceneOf({ trigger, inputs, host }) {
	if (inputs.registry.length === 0) throw new ActionError("input", "history needs the input registry: it tells what was published there", ["for example `registry: quay.io/pangeo`"]);
	const source = await detect({
		trigger,
		inputs: {
			...inputs,
			images: []
		},
		host
	});
	const registry = createRegistry({
		env: host.env,
		login: trigger.trust === "trusted",
		signal: host.signal
	});
	const chosen = new Set(inputs.images.map((text) => findImage(source.stack, text).name));
	const byName = new Map(source.stack.images.map((image) => [image.name, image]));
	return {
		source,
		inputs,
		host,
		registry,
		images: source.stack.order.map((name) => byName.get(name)).filter((image) => !image.skip && (chosen.size === 0 || chosen.has(image.name)))
	};
}
async function gather(scene) {
	const { inputs, registry, source } = scene;
	const place = await stackPlace(scene);
	const [recorded, states, entries] = await Promise.all([
		readRecorded(scene, place),
		lockedStates(scene),
		readJournals(registry, place.places, place.stack)
	]);
	const whole = recorded.find(({ images }) => images.length === scene.images.length);
	const tag = inputs.from || (whole ?? recorded[0])?.commit.slice(0, 7);
	const none = {
		commit: source.commit ?? "",
		created: null,
		images: []
	};
	return {
		stack: place.stack,
		current: tag ? await currentOf(scene, tag, inputs.from === "" ? whole ?? recorded[0] ?? none : null) : none,
		recorded,
		pairs: basePairs(recorded),
		packages: firstSeen(states, inputs.packagesOfInterest),
		entries
	};
}
/** The images that are shown and given to hubs, as the registry has them now. Of `newest` some may not have been published. */
async function currentOf(scene, tag, newest) {
	const found = await recordedAt(scene, tag, newest === null || newest.images.length === scene.images.length);
	return newest ? {
		...found,
		commit: newest.commit,
		created: newest.created
	} : found;
}
function jsonOf({ stack, current, recorded, pairs, packages, entries }) {
	return {
		stack,
		current,
		published: recorded,
		bases: pairs,
		packages,
		moves: entries
	};
}
/** A summary that is too long is shown nowhere. */
function fitting({ page, images }, limit) {
	return Buffer.byteLength(page) <= limit ? page : `${images}\nThe rest is too long for a summary: see the output history.\n`;
}
/** All documents as files, for artifacts and deployments. */
async function keep(documents, told, host) {
	const folder = path.join(host.kept, "history");
	const json = {
		path: "history.json",
		text: `${JSON.stringify(jsonOf(told), null, 2)}\n`
	};
	for (const file of [...documents.files, json]) {
		const target = path.join(folder, file.path);
		await mkdir(path.dirname(target), { recursive: true });
		await writeFile(target, file.text);
	}
	host.out.output("history", folder);
}
/** The marked blocks of pages in the work tree. All are read before the first is written. */
async function rewrite({ blocks }, { inputs, host }) {
	if (inputs.readme.length === 0) return;
	const { contents, refused } = await workTreeFiles(host.cwd).read(inputs.readme);
	const bad = inputs.readme.find((name) => !contents.has(name));
	if (bad !== void 0) throw new ActionError("input", `input readme: ${bad} cannot be read: ${refused.get(bad) ?? "it is not there"}`, ["it is a Markdown file with the marks of docs/history.md"]);
	const changed = [...contents].map(([name, text]) => ({
		path: name,
		text: updateBlocks(text, blocks, name)
	})).filter((file) => file.text !== contents.get(file.path));
	if (!inputs.dryRun) await writeFiles(host.cwd, changed);
	const what = changed.length > 0 ? `${changed.map((file) => file.path).join(", ")} rewritten` : "nothing to rewrite";
	host.out.info(inputs.dryRun ? `dry run: ${what}` : what);
}
async function publishWiki({ pages }, { source, inputs, host }) {
	const { trigger } = source;
	if (trigger.trust !== "trusted") return host.out.notice(`the wiki is left alone: ${trigger.trustReason}`);
	if (!trigger.repository || inputs.githubToken === "") throw new ActionError("input", "input wiki: true, but there is no repository on GitHub or no token", ["run it in a workflow, with `contents: write` for github-token"]);
	if (inputs.dryRun) return host.out.info(`dry run: would write ${pages.length} pages to the wiki`);
	const { pushWiki } = await import("./wiki.js");
	const { owner, name } = trigger.repository;
	const commit = await pushWiki({
		url: `${host.env.GITHUB_SERVER_URL || "https://github.com"}/${owner}/${name}.wiki.git`,
		token: inputs.githubToken,
		pages,
		message: `Tell what ${source.commit?.slice(0, 7) ?? "this commit"} published`,
		folder: path.join(host.temp, "wiki"),
		env: host.env,
		signal: host.signal
	});
	host.out.info(commit ? `the wiki is at ${commit.slice(0, 7)}` : "the wiki says so already");
}
export { tellHistory };
