import { i as messageOf, t as ActionError } from "./errors.js";
import { n as contextKey } from "./canonical.js";
import { n as buildOrder } from "./graph.js";
import { i as output, t as execute } from "./exec.js";
import { C as listArguments, D as expandWord, E as Doubt, M as isUnder, S as heredocName, T as triggerOf, _ as parser, a as watchesOf, b as suggestion, c as globExpression, d as checkedPath, f as findSpec, h as nothingFound, i as readersOf, j as indexTree, k as discover, l as isGlob, m as noteLinks, n as globMatcher, o as ignoreMatcher, p as isLinked, s as readIgnoreFile, u as onTheWay, v as specFiles, w as parseDockerfile, x as fields, y as parentFinder } from "./changes.js";
import { t as isAddress } from "./address.js";
import { a as resolveName, i as listed, r as draftImages } from "./select.js";
import { t as testingOf } from "./tests.js";
import { n as gitSettings, t as gitEnvironment } from "./git-settings.js";
import { n as compareCommits } from "./github.js";
import { lstat, readdir } from "node:fs/promises";
import path, { posix } from "node:path";
import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
// src/stack/file-rules.ts
/** What each of some changed files means for an image; files that have nothing to do with it are left out. */
function fileRules(stack, image, files) {
	const all = globMatcher(stack, stack.buildAll);
	const ignored = globMatcher(stack, stack.ignore);
	const specs = [...stack.spec ? [stack.spec] : [], ...specFiles(stack.path)];
	return files.flatMap((file) => {
		if (all(file)) return [{
			file,
			counts: true,
			rule: "build_all in spec.yml: every image"
		}];
		if (specs.includes(file)) return [{
			file,
			counts: true,
			rule: "the spec: every image"
		}];
		const rule = ruleFor(image, file);
		if (rule !== null && ignored(file)) return [{
			file,
			counts: false,
			rule: "ignore in spec.yml"
		}];
		if (rule !== null) return [{
			file,
			counts: true,
			rule
		}];
		if (!isUnder(file, image.path) && !isUnder(file, image.context)) return [];
		return isUnder(file, image.path) ? [{
			file,
			counts: false,
			rule: unreadRule(image, file)
		}] : [];
	});
}
function ruleFor(image, file) {
	if (file === image.dockerfile) return "its Dockerfile";
	if (file === `${image.dockerfile}.dockerignore` || file === posix.join(image.context, ".dockerignore")) return "its ignore file";
	if (image.lockSources.includes(file)) return "its lock is made from it";
	const reads = (part) => readersOf(watchesOf({ images: [{
		...image,
		...part
	}] }, [file], false), file).size > 0;
	const own = image.reads.patterns.find((pattern) => reads({
		contexts: {},
		reads: {
			...image.reads,
			all: false,
			patterns: [pattern]
		}
	}));
	if (own !== void 0) return own === file ? "COPY, ADD or a mount reads it" : `COPY, ADD or a mount reads ${own}`;
	if (image.reads.all && reads({ contexts: {} })) return "the whole context counts";
	return reads({}) ? "it is in a named context" : null;
}
function unreadRule({ context, reads }, file) {
	const path = context === "." ? file : posix.relative(context, file);
	return reads.ignore && ignoreMatcher(reads.ignore)(path) ? ".dockerignore leaves it out" : "nothing reads it";
}
// src/stack/context.ts
/**
* The build context: spec.yml's, else the image's folder; but the stack's folder, the repository's root or a folder `context`
* there where the sources of COPY are all there and not all in the image's folder.
*/
function contextOf(question, reading, index, notes) {
	if (question.given !== null) return question.given;
	const sources = reading.sources.map(plainPart).filter((source) => source !== ".");
	const missing = sources.filter((source) => !exists(index, question.folder, source));
	if (missing.length === 0) return question.folder;
	const wider = [question.stackPath, "."].filter((folder) => isUnder(question.folder, folder)).flatMap((folder) => [folder, posix.join(folder, "context")]).find((folder) => folder !== question.folder && sources.every((source) => exists(index, folder, source)));
	const text = wider === void 0 ? `${listed(missing)}: copied, but not in the repository` : `built with ${wider} as its context: ${missing[0]} is there and not in ${question.folder}`;
	notes.push({
		path: question.dockerfile,
		line: null,
		text
	});
	return wider ?? question.folder;
}
/**
* Throws ActionError('spec') where a folder that spec.yml gives is a symbolic link or lies behind one: BuildKit would follow it, to
* files of the machine or to files whose changes nobody sees.
*/
function refuseLinked(entry, symlinks) {
	const given = [["context", entry.context ?? ""], ...Object.values(entry.contexts).map((path) => ["contexts", path])];
	for (const [key = "", path = ""] of given) {
		const link = symlinks.find((candidate) => isUnder(path, candidate));
		if (link) throw entry.error(key, `${link} is a symbolic link, which is not followed`, ["Give the folder itself"]);
	}
}
/** What counts of the context: the sources, all in doubt, and the ignore file that BuildKit takes. */
function readsOf(dockerfile, context, reading, tree, links, patternsOf, notes) {
	const link = linkRead(context, reading.sources, links);
	if (link !== void 0) {
		const text = `${link} is a link or a submodule: the whole context counts`;
		notes.push({
			path: dockerfile,
			line: null,
			text
		});
	}
	const ignore = tree.contents.get(`${dockerfile}.dockerignore`) ?? tree.contents.get(posix.join(context, ".dockerignore"));
	return {
		all: reading.doubt || reading.sources.includes(".") || link !== void 0,
		patterns: reading.sources,
		ignore: ignore === void 0 ? null : patternsOf(ignore)
	};
}
/** Reads ignore files; many images of a stack have the same one, which then is one list. */
function ignoreFiles() {
	const known = /* @__PURE__ */ new Map();
	return (text) => {
		const patterns = known.get(text) ?? readIgnoreFile(text);
		known.set(text, patterns);
		return patterns;
	};
}
/** The first link or submodule that a source names: COPY follows it to a place that is not known here, and what is in it is not either. */
function linkRead(context, sources, links) {
	const inside = links.filter((link) => isUnder(link, context)).map((link) => context === "." ? link : link.slice(context.length + 1));
	if (inside.length === 0) return void 0;
	for (const source of sources) {
		const expression = isGlob(source) ? globExpression(source) : null;
		const found = inside.find((link) => isGlob(source) ? (expression?.test(link) ?? true) || onTheWay(source, link) : isUnder(source, link));
		if (found !== void 0) return found;
	}
}
/** The part of a source before its first glob, `.` where there is none: what must be there for a folder to be the context. */
function plainPart(source) {
	if (!isGlob(source)) return source;
	const parts = source.split("/");
	return parts.slice(0, parts.findIndex(isGlob)).join("/") || ".";
}
function exists(index, folder, source) {
	const path = folder === "." ? source : source === "." ? folder : `${folder}/${source}`;
	return index.files.has(path) || index.folders.has(path);
}
// src/stack/edges.ts
/** The images of spec.yml's depends_on and of `contexts: {x: target:IMAGE}`; an unknown one is an error with its line. */
function specParents(draft, names) {
	const { entry } = draft;
	if (!entry) return [];
	const targets = targetContexts(draft).map(([, name]) => ({
		key: "contexts",
		name
	}));
	return [...entry.dependsOn.map((name) => ({
		key: "depends_on",
		name
	})), ...targets].map(({ key, name }) => {
		const found = resolveName(name, names);
		if (found !== null && found !== draft.name) return found;
		const what = found === null ? `there is no image ${JSON.stringify(name)} in this stack` : "an image cannot depend on itself";
		const near = found === null ? suggestion(name, names) : [];
		throw entry.error(key, what, [...near, "Name an image by its folder, relative to the stack"]);
	});
}
/** The edges to the parents of an image and its references to images from outside. */
function edgesOf({ draft, readings, dependsOn }, names, parentOf) {
	const edges = /* @__PURE__ */ new Map();
	const external = /* @__PURE__ */ new Set();
	for (const [at, reading] of readings.entries()) for (const { reference, via, line, base } of reading.references) {
		const found = parentOf(reference);
		if (found === null && at === 0) external.add(reference);
		if (found !== null) addEdge(edges, {
			...found,
			references: [reference],
			via,
			line,
			base: base && at === 0
		});
	}
	const spec = {
		via: "spec",
		line: draft.entry?.line("depends_on") ?? 0,
		base: false
	};
	for (const name of dependsOn) if (!edges.has(name)) addEdge(edges, {
		name,
		references: [],
		how: "depends_on in spec.yml",
		...spec
	});
	for (const [key, text] of targetContexts(draft)) {
		const name = resolveName(text, names);
		if (name !== null) addEdge(edges, {
			name,
			references: [key],
			how: "contexts in spec.yml",
			...spec
		});
	}
	return {
		parents: [...edges.values()],
		external: [...external]
	};
}
/** Named contexts whose value is an image of the stack: `target:IMAGE`. */
function targetContexts(draft) {
	return Object.entries(draft.entry?.contexts ?? {}).flatMap(([key, value]) => value.startsWith("target:") ? [[key, value.slice(7)]] : []);
}
/** The named contexts that buildx takes as they are: all but those of the stack's own images. */
function plainContexts(draft) {
	const contexts = Object.entries(draft.entry?.contexts ?? {});
	return Object.fromEntries(contexts.filter(([, value]) => !value.startsWith("target:")));
}
function addEdge(edges, edge) {
	const known = edges.get(edge.name);
	if (!known) edges.set(edge.name, edge);
	else {
		const first = edge.base && !known.base ? edge : known;
		const references = [.../* @__PURE__ */ new Set([...known.references, ...edge.references])];
		edges.set(edge.name, {
			...first,
			references,
			base: known.base || edge.base
		});
	}
}
// src/stack/lock-sources.ts
/** Where the lock of a folder may lie; the first one that is there counts. */
function lockPaths(folder) {
	return ["conda-lock.yml", "conda-lock.yaml"].map((name) => posix.join(folder, name));
}
/** Whether a path is that of a lock. */
function isLockPath(path) {
	return /(^|\/)conda-lock\.ya?ml$/.test(path);
}
/**
* The environment files that a conda-lock.yml was made from (`metadata.sources`), as paths of the repository; null when
* the text names none. Takes the head of the file too: packages begin after the metadata, and a lock holds thousands.
* `isThere` tells of a path whether the repository has it.
*/
function lockSourcesOf(lock, folder, isThere) {
	const head = lock.slice(0, /^package:/m.exec(lock)?.index ?? lock.length);
	const block = /^(?<indent>[ ]+)sources:[ ]*(?<flow>\[[^\]]*\])?[ ]*\r?\n(?<items>(?:\k<indent>[ ]*- .*(?:\r?\n|$))*)/m.exec(head)?.groups;
	if (!block) return null;
	return (block.flow ? block.flow.slice(1, -1).split(",") : (block.items ?? "").split("\n").map((line) => line.replace(/^\s*- /, ""))).map((item) => item.trim().replace(/^(['"])(.*)\1$/, "$2").replaceAll("''", "'")).filter(Boolean).flatMap((source) => posix.isAbsolute(source) ? endingsOf(source).find(isThere) ?? [] : posix.join(folder, source)).filter((path) => path !== ".." && !path.startsWith("../"));
}
/** conda-lock 1 wrote absolute paths, of whichever machine: what such a one may be in this repository, the longest first. */
function endingsOf(source) {
	const parts = source.split("/").filter(Boolean);
	return parts.map((_, at) => parts.slice(at).join("/")).filter((path) => !path.split("/").includes(".."));
}
// src/stack/arguments.ts
/** Made once: `$PATH` of a base image is asked for in every second Dockerfile, and an error's stack costs time. */
const unknownValue = new Doubt("a variable of the base image");
/** The arguments before the first FROM, with the platform arguments that BuildKit predefines there. */
function globalArguments(dockerfile, options) {
	const environment = platformArguments(options);
	for (const instruction of dockerfile.instructions) {
		if (instruction.keyword === "FROM") break;
		if (instruction.keyword !== "ARG") continue;
		for (const { name, value } of declarations(instruction, dockerfile.escapeChar)) {
			const given = own(options.args, name);
			if (given !== void 0) environment.set(name, given);
			else if (value !== null) environment.set(name, evaluate(value, dockerfile.escapeChar, environment, true));
		}
	}
	return environment;
}
/**
* Applies an ARG of a stage: the build argument, else the default, else the global argument of that name. An ARG
* without any of them leaves what the base has set.
*/
function applyArg(stage, instruction, scope) {
	for (const { name, value } of declarations(instruction, scope.escapeChar)) {
		const given = own(scope.args, name);
		if (given !== void 0) stage.set(name, given);
		else if (value !== null) stage.set(name, evaluate(value, scope.escapeChar, stage, scope.closed));
		else if (scope.global.has(name)) stage.set(name, scope.global.get(name) ?? null);
	}
}
/** Applies an ENV of a stage: `NAME=value …` or `NAME value`. */
function applyEnv(stage, instruction, escapeChar, closed) {
	const words = fields(instruction.rest, escapeChar);
	const first = words[0] ?? "";
	const pairs = first.includes("=") ? words.map((word) => pair(word)) : [{
		name: first,
		value: instruction.rest.slice(first.length).trim()
	}];
	const values = pairs.map(({ value }) => evaluate(value ?? "", escapeChar, stage, closed));
	for (const [at, { name }] of pairs.entries()) if (name) stage.set(name, values[at] ?? null);
}
/**
* Replaces the variables of a text. `closed`: a variable that is not there is empty (global scope, FROM scratch); else
* the base image may have set it and the answer is null: in doubt.
*/
function evaluate(text, escapeChar, environment, closed) {
	try {
		return expandWord(text, escapeChar, (name) => {
			const value = environment.get(name);
			if (value === null || value === void 0 && !closed) throw unknownValue;
			return value;
		});
	} catch (error) {
		if (error instanceof Doubt || error instanceof RangeError) return null;
		throw error;
	}
}
const predefined = /* @__PURE__ */ new Map();
function platformArguments(options) {
	const environment = new Map(predefined.get(options.platform) ?? predefine(options.platform));
	environment.set("TARGETSTAGE", options.target ?? "default");
	for (const name of Object.keys(options.args)) if (environment.has(name)) environment.set(name, options.args[name] ?? "");
	return environment;
}
/** What BuildKit sets for a platform; the same for all Dockerfiles of a stack. */
function predefine(platform) {
	const [os = "", architecture = "", variant = ""] = platform.split("/");
	const environment = /* @__PURE__ */ new Map();
	for (const side of ["BUILD", "TARGET"]) {
		environment.set(`${side}PLATFORM`, platform);
		environment.set(`${side}OS`, os);
		environment.set(`${side}OSVERSION`, "");
		environment.set(`${side}ARCH`, architecture);
		environment.set(`${side}VARIANT`, variant);
	}
	predefined.set(platform, environment);
	return environment;
}
/** `ARG A=1 B "C=x" # text`: to BuildKit `#` and `text` are arguments of these names, which does no harm. */
function declarations(instruction, escapeChar) {
	return fields(instruction.rest, escapeChar).map(pair);
}
function pair(word) {
	const equals = word.indexOf("=");
	return equals < 0 ? {
		name: word,
		value: null
	} : {
		name: word.slice(0, equals),
		value: word.slice(equals + 1)
	};
}
function own(record, name) {
	return Object.hasOwn(record, name) ? record[name] : void 0;
}
// src/stack/cache-mount.ts
const emptyImage = "scratch";
/**
* Which directory a cache mount is, by the rules of BuildKit's dispatchRunMounts: id, else the clean target; what it begins with;
* and an owner where uid, gid or mode is given and no source is. `doubt` says why it cannot be told; both null: BuildKit refuses it.
*/
function cacheMountOf(mount, { line, workdir, expand }) {
	const { target, id, source, from, uid, gid, mode, sharing } = mount;
	const values = Object.entries({
		target,
		id,
		source,
		uid,
		gid,
		mode,
		sharing
	}).map(([name, text]) => [name, text === null ? "" : expand(text)]);
	const unknown = values.find(([, value]) => value === null);
	if (unknown) return {
		mount: null,
		doubt: `depends on the base image's variables in its ${unknown[0]}`
	};
	const known = Object.fromEntries(values);
	const owner = ownerOf(known);
	if (owner === void 0 || known.target === "") return {
		mount: null,
		doubt: null
	};
	const below = posix.join("/", known.source);
	return {
		mount: {
			id: known.id || clean(known.target),
			target: posix.isAbsolute(known.target) || workdir === null ? clean(known.target) : clean(posix.join(workdir, known.target)),
			from: from === null || from === emptyImage ? null : from,
			source: below === "/" ? null : clean(below),
			owner: below === "/" ? owner : null,
			line
		},
		doubt: null
	};
}
/** Null where none of them is given, undefined where one of them is no number. */
function ownerOf({ uid, gid, mode }) {
	if (uid === "" && gid === "" && mode === "") return null;
	if (!/^\d*$/.test(uid) || !/^\d*$/.test(gid) || !/^[0-7]*$/.test(mode)) return void 0;
	return {
		uid: Number(uid),
		gid: Number(gid),
		mode: mode === "" ? 493 : Number.parseInt(mode, 8)
	};
}
function clean(path) {
	const normal = posix.normalize(path);
	return normal.length > 1 ? normal.replace(/\/$/, "") : normal;
}
// src/stack/mounts.ts
const known = /* @__PURE__ */ new WeakMap();
/** The mounts of a RUN in their order. They are asked for more than once, and read once. */
function mountsOf(run) {
	const mounts = known.get(run) ?? readMounts(run);
	known.set(run, mounts);
	return mounts;
}
function readMounts(run) {
	return run.flags.filter((flag) => flag.startsWith("--mount=")).map((flag) => readMount$1(flag.slice(8)));
}
/** `type=bind,from=…`: comma separated, a field with a comma in double quotes; BuildKit's names and short names. */
function readMount$1(text) {
	const values = /* @__PURE__ */ new Map();
	const fields = text.includes("\"") ? text.match(/(?:"(?:[^"]|"")*"|[^,])+/g) ?? [] : text.split(",");
	for (const field of fields) {
		const plain = field.startsWith("\"") ? field.slice(1, -1).replaceAll("\"\"", "\"") : field;
		const equals = plain.indexOf("=");
		if (equals > 0) values.set(plain.slice(0, equals).toLowerCase(), plain.slice(equals + 1));
	}
	const get = (name) => values.get(name) ?? null;
	return {
		type: (get("type") ?? "bind").toLowerCase(),
		from: get("from") || null,
		source: get("source") ?? get("src"),
		target: get("target") ?? get("dst") ?? get("destination"),
		id: get("id"),
		uid: get("uid"),
		gid: get("gid"),
		mode: get("mode"),
		sharing: get("sharing")
	};
}
// src/stack/stages.ts
/** Divides a Dockerfile into its stages and tells which stage each is based on. */
function readStages(dockerfile, options) {
	const global = globalArguments(dockerfile, options);
	const list = [];
	const known = /* @__PURE__ */ new Map();
	const working = /* @__PURE__ */ new Set();
	let commands = [];
	for (const instruction of dockerfile.instructions) if (instruction.keyword === "FROM") {
		commands = [];
		const stage = readFrom(instruction, list.length, {
			global,
			known,
			commands,
			escapeChar: dockerfile.escapeChar
		});
		list.push(stage);
		if (stage.name) known.set(stage.name, stage.index);
	} else {
		if (instruction.keyword !== "ARG") working.add(list.length - 1);
		if (matters(instruction)) commands.push(instruction);
	}
	return {
		list: list.map((stage) => withTriggers(stage, list, dockerfile.escapeChar, options)),
		byName: known,
		global,
		escapeChar: dockerfile.escapeChar,
		working
	};
}
/** Index of the stage that is built: the target by name or number, else the last one; -1 when there is no such stage. */
function targetStage(stages, target) {
	return target === null ? stages.list.length - 1 : findStage(stages, target) ?? -1;
}
/** The stage that a `from` names: its name, or for COPY its number. Null when it is a reference to an image. */
function findStage(stages, from) {
	const index = stages.byName.get(from.toLowerCase());
	if (index !== void 0) return index;
	return /^\d+$/.test(from) && Number(from) < stages.list.length ? Number(from) : null;
}
/** Indexes of the stages that BuildKit builds for a target, in the order of the file. */
function reachableStages(stages, target, contexts) {
	const seen = /* @__PURE__ */ new Set();
	const queue = [target];
	for (let at = queue.pop(); at !== void 0; at = queue.pop()) {
		const stage = stages.list[at];
		if (!stage || seen.has(at)) continue;
		seen.add(at);
		if (stage.name && contexts.has(stage.name)) continue;
		if (stage.baseStage !== null) queue.push(stage.baseStage);
		for (const from of stage.commands.flatMap(fromsOf)) {
			const found = isContext(contexts, from) ? null : findStage(stages, from);
			if (found !== null) queue.push(found);
		}
	}
	return [...seen].sort((a, b) => a - b);
}
/** The `from` of a COPY or of the mounts of a RUN, as written. */
function fromsOf(command) {
	if (command.keyword === "COPY") return command.flags.filter((flag) => flag.startsWith("--from=")).map((flag) => flag.slice(7));
	if (command.keyword === "RUN") return mountsOf(command).flatMap((mount) => mount.from ? [mount.from] : []);
	return [];
}
/** True where spec.yml's contexts put something in the place of this reference, as BuildKit compares them. */
function isContext(contexts, reference) {
	return contexts.size > 0 && (contexts.has(reference) || contexts.has(contextKey(reference)));
}
const meaningful = /* @__PURE__ */ new Set([
	"ARG",
	"ENV",
	"COPY",
	"ADD",
	"ONBUILD",
	"WORKDIR"
]);
/** Most of a Dockerfile is RUN without a mount, which takes nothing from outside. */
function matters({ keyword, flags }) {
	return keyword === "RUN" ? flags.length > 0 : meaningful.has(keyword);
}
function readFrom(instruction, index, scope) {
	const words = instruction.rest.split(/\s+/);
	const value = evaluate(words[0] ?? "", scope.escapeChar, scope.global, true);
	const base = value && /^\w[\w.:/@+-]*$/.test(value) && !value.endsWith("/") ? value : null;
	return {
		index,
		name: words[1]?.toLowerCase() === "as" ? words[2]?.toLowerCase() ?? null : null,
		base,
		baseStage: base === null ? null : scope.known.get(base) ?? null,
		line: instruction.line,
		commands: scope.commands
	};
}
/** ONBUILD of the base stage, or of the image of the stack that is the base, runs first in this stage. */
function withTriggers(stage, list, escapeChar, options) {
	const base = stage.baseStage === null ? void 0 : list[stage.baseStage];
	const triggers = base ? triggersOf(base, escapeChar) : options.triggers.get(stage.base ?? "") ?? [];
	if (triggers.length === 0) return stage;
	return {
		...stage,
		commands: [...triggers.map((trigger) => ({
			...trigger,
			line: stage.line
		})), ...stage.commands]
	};
}
/** The instructions that a stage leaves to those that are built on it. */
function triggersOf(stage, escapeChar) {
	return stage.commands.filter((command) => command.keyword === "ONBUILD").flatMap((command) => triggerOf(command, escapeChar) ?? []);
}
// src/stack/sources.ts
/** Adds what a COPY, ADD or RUN takes from other images and from the context. */
function readCommand(draft, command, scope) {
	for (const from of fromsOf(command)) {
		if (findStage(scope.stages, from) !== null || from === "scratch" || isContext(scope.contexts, from)) continue;
		draft.references.push({
			reference: from,
			via: command.keyword === "RUN" ? "MOUNT" : "COPY",
			line: command.line,
			base: false
		});
	}
	if (command.keyword === "RUN") for (const mount of mountsOf(command)) readMount(draft, command, mount, scope);
	else if (!command.flags.some((flag) => flag.startsWith("--from="))) for (const source of listArguments(command.rest).slice(0, -1)) {
		if (heredocName(source) || command.keyword === "ADD" && isRemote(source)) continue;
		addSource(draft, source, command, scope);
	}
}
function readMount(draft, command, mount, scope) {
	const type = mount.type.includes("$") ? "bind" : mount.type;
	if (type === "bind" && !mount.from) addSource(draft, mount.source ?? ".", command, scope);
	if (type !== "cache") return;
	const { line } = command;
	const read = cacheMountOf(mount, {
		line,
		workdir: scope.workdir,
		expand: (text) => expandedSource(text, scope)
	});
	const why = read.mount?.from && isMadeHere(read.mount.from, scope) ? `begins with ${read.mount?.from}, which is made here` : read.doubt;
	if (why) draft.remarks.push({
		line,
		text: `the cache mount ${mount.target ?? ""} ${why}: it is not brought back`
	});
	else if (read.mount) draft.cacheMounts.push(read.mount);
}
/** A stage, or what spec.yml puts in the place of an image: neither is there before the build. */
function isMadeHere(from, { stages, contexts }) {
	return findStage(stages, from) !== null || isContext(contexts, from);
}
/** A path that is clean as it stands: most are. */
const plainPath = /^[\w-][\w.-]*(?:\/[\w-][\w.-]*)*$/;
function addSource(draft, source, command, scope) {
	const value = expandedSource(source, scope);
	if (value === null) {
		draft.doubt = true;
		draft.remarks.push({
			line: command.line,
			text: `${source} depends on the base image's variables: the whole context counts`
		});
		return;
	}
	if (command.keyword === "ADD" && isRemote(value)) return;
	const clean = plainPath.test(value) ? value : posix.join("/", value).slice(1).replace(/\/$/, "") || ".";
	draft.sources.add(clean);
}
function expandedSource(text, scope) {
	return text.includes("$") || /['"\\`]/.test(text) ? evaluateSource(text, scope) : text;
}
/** A backslash before a character of a glob stays for the glob, so only variables and quotes are replaced here. */
function evaluateSource(text, scope) {
	return evaluate(text.replace(/\\(?=[*?[\]\\])/g, "\\\\"), scope.stages.escapeChar, scope.variables, scope.closed);
}
function isRemote(source) {
	return /^(?:https?|git|ssh):\/\/|^git@|^github\.com\//.test(source);
}
// src/stack/reads.ts
/** Reads what the target of a Dockerfile takes from other images and from its context, for one platform. */
function readReads(dockerfile, options) {
	const stages = readStages(dockerfile, options);
	const target = targetStage(stages, options.target);
	const draft = {
		references: [],
		sources: /* @__PURE__ */ new Set(),
		doubt: false,
		cacheMounts: [],
		remarks: []
	};
	const reachable = reachableStages(stages, target, options.contexts);
	const bottom = bottomStage(stages, target);
	const environments = /* @__PURE__ */ new Map();
	const expands = reachable.some((index) => stages.list[index]?.commands.some(asksVariable));
	for (const index of reachable) readStage(draft, {
		stages,
		index,
		bottom,
		environments,
		expands,
		options
	});
	const built = new Set(reachable);
	for (const stage of stages.list) {
		if (built.has(stage.index)) continue;
		draft.remarks.push({
			line: stage.line,
			text: `stage ${stage.name ?? stage.index} is not built: what it names does not count`
		});
	}
	const last = stages.list[target];
	const base = stages.list[bottom]?.base ?? null;
	return {
		...draft,
		sources: [...draft.sources],
		base: base === "scratch" ? null : base,
		triggers: last ? triggersOf(last, dockerfile.escapeChar) : [],
		bare: last !== void 0 && last.baseStage === null && !stages.working.has(target),
		stageNames: stages.list.flatMap((stage) => stage.name ?? []),
		target
	};
}
/** Whether a source or a mount is told by a variable: few are, and else no ARG or ENV of a stage matters here. */
function asksVariable({ keyword, flags, rest }) {
	if (keyword === "RUN") return flags.some((flag) => flag.includes("$"));
	return (keyword === "COPY" || keyword === "ADD") && rest.includes("$");
}
function bottomStage(stages, target) {
	let at = target;
	for (let next = stages.list[at]?.baseStage; next !== null && next !== void 0; next = stages.list[at]?.baseStage) at = next;
	return at;
}
function readStage(draft, scope) {
	const { stages, index, environments, options } = scope;
	const stage = stages.list[index];
	if (!stage || stage.name && options.contexts.has(stage.name)) return;
	if (stage.base === null) draft.remarks.push({
		line: stage.line,
		text: "FROM has no value that can be pulled: give the build argument (args in spec.yml), or a default in the Dockerfile"
	});
	else if (stage.baseStage === null && stage.base !== "scratch" && !isContext(options.contexts, stage.base)) draft.references.push({
		reference: stage.base,
		via: "FROM",
		line: stage.line,
		base: index === scope.bottom
	});
	const inherited = stage.baseStage === null ? void 0 : environments.get(stage.baseStage);
	const variables = new Map(inherited?.variables);
	const closed = inherited?.closed ?? stage.base === "scratch";
	const own = {
		variables,
		closed,
		workdir: inherited ? inherited.workdir : closed ? "/" : null
	};
	environments.set(index, own);
	for (const command of stage.commands) {
		const { global, escapeChar } = stages;
		const { keyword } = command;
		if (keyword === "COPY" || keyword === "ADD" || keyword === "RUN") readCommand(draft, command, {
			stages,
			contexts: options.contexts,
			variables,
			closed,
			workdir: own.workdir
		});
		else if (keyword === "WORKDIR") own.workdir = workdirAfter(own, command, escapeChar);
		else if (!scope.expands) continue;
		else if (keyword === "ARG") applyArg(variables, command, {
			global,
			args: options.args,
			escapeChar,
			closed
		});
		else if (keyword === "ENV") applyEnv(variables, command, escapeChar, closed);
	}
}
/** Only a variable of the Dockerfile is known where no source is told by one: then WORKDIR's own are not either. */
function workdirAfter({ variables, closed, workdir }, { rest }, escapeChar) {
	const value = rest.includes("$") ? evaluate(rest, escapeChar, variables, closed) : rest;
	if (value === null) return null;
	return posix.isAbsolute(value) ? posix.normalize(value) : workdir && posix.join(workdir, value);
}
// src/stack/images.ts
/** Reads the Dockerfiles of the images, finds their parents, and joins all that is known of each. */
function readImages(drafts, scope) {
	const names = drafts.map((draft) => draft.name);
	const first = drafts.map((draft) => ({
		draft,
		readings: readDraft(draft, scope, /* @__PURE__ */ new Map()),
		dependsOn: specParents(draft, names)
	}));
	const candidates = first.map(({ draft, readings, dependsOn }) => ({
		...draft,
		dependsOn,
		named: Boolean(draft.entry?.publishedName && draft.tagPrefix),
		references: readings.flatMap((reading) => reading.references)
	}));
	const parentOf = parentFinder(candidates, scope, scope.notes);
	const triggers = new Map(first.map(({ draft, readings }) => [draft.name, readings[0]?.triggers ?? []]));
	return first.map((read, at) => {
		const candidate = candidates[at];
		if (!candidate) throw new Error("a candidate for every image");
		const find = (reference) => parentOf(candidate, reference);
		const inherited = inheritedTriggers(read, find, triggers);
		const full = inherited.size === 0 ? read : {
			...read,
			readings: readDraft(read.draft, scope, inherited)
		};
		return makeImage(full, edgesOf(full, names, find), inherited.size > 0, scope);
	});
}
/** ONBUILD of a parent in the stack, by the reference to it: it runs in the child. */
function inheritedTriggers(read, find, triggers) {
	const froms = read.readings.flatMap((reading) => reading.references).filter((reference) => reference.via === "FROM");
	return new Map(froms.map(({ reference }) => [reference, triggers.get(find(reference)?.name ?? "") ?? []]).filter(([, instructions]) => instructions.length > 0));
}
/** Reads a Dockerfile once, or once for each platform where it asks for the platform. */
function readDraft(draft, scope, triggers) {
	const { dockerfile, entry } = draft;
	const elsewhere = draft.remoteDockerfile !== null;
	const target = elsewhere ? null : draft.target;
	const parsed = elsewhere ? parseDockerfile("FROM scratch\n") : scope.parse(dockerfile);
	const platforms = draft.platforms.length > 0 ? draft.platforms : ["linux/amd64", "linux/arm64"];
	const differ = /\$\{?(?:TARGET|BUILD)(?:PLATFORM|OS|ARCH|VARIANT)/.test(scope.tree.contents.get(dockerfile) ?? "");
	const args = {
		...draft.args,
		...scope.buildArgs
	};
	const contexts = new Set(Object.keys(entry?.contexts ?? {}));
	const readings = (differ ? platforms : platforms.slice(0, 1)).map((platform) => readReads(parsed, {
		args,
		platform,
		target,
		contexts,
		triggers
	}));
	if (readings.some((reading) => reading.target < 0)) throw noTarget(draft, readings[0]?.stageNames ?? []);
	return readings;
}
function makeImage(read, edges, triggered, scope) {
	const { draft } = read;
	const { dockerfile, folder, entry } = draft;
	if (entry) refuseLinked(entry, scope.symlinks);
	const reading = joined(read.readings);
	const guess = !triggered && guessesOnbuild(reading, edges.external);
	noteReading(dockerfile, reading, guess, scope.notes);
	const context = contextOf({
		dockerfile,
		folder,
		given: entry?.context ?? null,
		stackPath: scope.path
	}, reading, scope.index, scope.notes);
	if (isAddress(context)) {
		const text = `${draft.remoteDockerfile === null ? "its context is" : "its Dockerfile and context are in"} ${context}: changes there are not seen, only a forced build takes them (no-cache)`;
		scope.notes.push({
			path: dockerfile,
			line: null,
			text
		});
	}
	const reads = readsOf(dockerfile, context, reading, scope.tree, scope.links, scope.patternsOf, scope.notes);
	const { name, repository, tagPrefix, registries, target, args, platforms, skip } = draft;
	return {
		name,
		repository,
		tagPrefix: `${scope.tagPrefix}${tagPrefix}`,
		registries,
		path: folder,
		dockerfile,
		origin: originOf(draft),
		context,
		target,
		args,
		platforms,
		...draft.remoteDockerfile === null ? {} : { remoteDockerfile: draft.remoteDockerfile },
		parents: edges.parents,
		external: edges.external,
		base: reading.base,
		stages: reading.stageNames,
		lockSources: entry?.lockSources ?? lockSources(folder, scope),
		reads: {
			...reads,
			all: reads.all || guess
		},
		cacheMounts: reading.cacheMounts,
		contexts: plainContexts(draft),
		skip,
		declared: declaredOf(draft, scope),
		...entry?.wording ? { wording: entry.wording } : {}
	};
}
/** With how the tests run: by spec.yml, or by a folder of tests beside the Dockerfile. */
function declaredOf({ entry, folder }, { index, rebuild }) {
	const declared = entry?.declared ?? {
		test: [],
		manifests: [],
		rebuild,
		lockPlatforms: []
	};
	const said = entry?.tests ?? null;
	if (entry && said?.folder && !index.folders.has(said.folder)) throw entry.error("test", `${said.folder} is no folder of the repository`, ["folder names a folder with test files, relative to the folder of spec.yml; false for none"]);
	const testing = testingOf(folder, said, index);
	return testing ? {
		...declared,
		testing
	} : declared;
}
function originOf(draft) {
	const { dockerfile, folder, own, entry, name } = draft;
	if (draft.remoteDockerfile !== null) return `line ${entry?.line("")} of spec.yml, its Dockerfile in its context`;
	const found = own ? `named by its file, ${posix.basename(dockerfile)}` : folder === "." ? "in the root" : "named by its folder";
	if (!entry) return found;
	const version = entry.variants.length > 0 ? `, one of its ${entry.variants.length} variants` : "";
	return `${name === folder || name.startsWith(entry.key) || name.endsWith(`/${entry.key}`) ? `${found}, and ` : ""}line ${entry.line("")} of spec.yml${version}`;
}
function noteReading(dockerfile, reading, guess, notes) {
	for (const { line, text } of reading.remarks) notes.push({
		path: dockerfile,
		line,
		text
	});
	if (!guess) return;
	notes.push({
		path: dockerfile,
		line: null,
		text: "its base may run ONBUILD instructions here: the whole context counts"
	});
}
function lockSources(folder, { tree, index }) {
	const lock = lockPaths(folder).map((path) => tree.contents.get(path)).find(Boolean);
	return lock && lockSourcesOf(lock, folder, (path) => index.files.has(path)) || [];
}
function noTarget({ dockerfile, target, entry }, stages) {
	const message = `${dockerfile} has no stage ${target}`;
	const details = [...suggestion(target ?? "", stages), `Stages here: ${stages.join(", ") || "none has a name"}`];
	return entry?.error("target", message, details) ?? new ActionError("stack", message, details);
}
/** What is read on any platform; names and base as on the first. */
function joined(readings) {
	const [first, ...others] = readings;
	if (!first) throw new Error("a reading for every image");
	if (others.length === 0) return first;
	return {
		...first,
		sources: [...new Set(readings.flatMap((reading) => reading.sources))],
		doubt: readings.some((reading) => reading.doubt),
		cacheMounts: [...new Map(readings.flatMap(mountsByText)).values()]
	};
}
function mountsByText({ cacheMounts }) {
	return cacheMounts.map((mount) => [JSON.stringify(mount), mount]);
}
/** A Dockerfile of nothing but FROM is there for its base's ONBUILD; so is one whose base says so in its name. */
function guessesOnbuild(reading, external) {
	const base = reading.base ?? "";
	return external.includes(base) && (reading.bare || /onbuild/i.test(base));
}
// src/stack/read-stack.ts
/**
* Reads the images of a repository and how they are built on each other. Throws `ActionError` ('spec', 'stack', or
* 'input' for a path or spec that is not there) and gives nothing partial. Asynchronous only because libraries for spec.yml are
* loaded where there is one.
*/
async function readStack(tree, options) {
	const index = indexTree(tree);
	const left = [];
	const parse = parser(tree);
	const { path, found } = discover({
		tree,
		parse,
		notes: left
	}, checkedPath(options.path, tree, index));
	const notes = [];
	const linked = tree.entries.filter((entry) => isLinked(entry));
	const links = linked.map((entry) => entry.path);
	const symlinks = linked.filter((entry) => entry.mode === "120000").map((entry) => entry.path);
	const spec = await findSpec(tree, options.spec, options.path === "" ? [path, "."] : [path], notes);
	const drafts = draftImages(found, path, spec, tree, notes).sort((a, b) => a.name < b.name ? -1 : 1);
	if (drafts.length === 0) throw nothingFound(path);
	const taken = new Set(drafts.map((draft) => draft.dockerfile));
	notes.unshift(...left.filter((note) => !taken.has(note.path)));
	noteLinks(linked, path, notes);
	const prefixes = [...options.registries, ...spec?.prefixes ?? []];
	const shared = {
		tagPrefix: spec?.tagPrefix ?? "",
		rebuild: spec?.rebuild ?? null
	};
	const images = readImages(drafts, {
		tree,
		index,
		parse,
		notes,
		buildArgs: options.buildArgs,
		prefixes,
		...shared,
		path,
		links,
		symlinks,
		patternsOf: ignoreFiles()
	});
	return {
		path,
		images,
		order: buildOrder(images),
		notes,
		ignore: spec?.ignore ?? [],
		buildAll: spec?.buildAll ?? [],
		spec: spec?.file ?? null,
		...spec?.wording ? { wording: spec.wording } : {}
	};
}
// src/tools/git.ts
/** Local git, read only, below one folder. All paths are relative to that folder, which counts as the repository's root. */
var Git = class {
	#cwd;
	#env;
	/** Commits by the revisions that name them: a run asks for HEAD and its base again and again, and moves neither. */
	#commits = /* @__PURE__ */ new Map();
	/** The full name of what HEAD points at, `HEAD` itself where it is detached; null until it is known. */
	#headRef = null;
	constructor({ cwd, env }) {
		this.#cwd = cwd;
		this.#env = gitEnvironment(env);
	}
	/**
	* Whether the folder lies in a git work tree and is not ignored by it. Throws where git does not trust its owner. The same
	* process tells the commits of HEAD and of `base`, and the branch: each one saved is some milliseconds.
	*/
	async isRepository(base = null) {
		const plain = base !== null && /^(?:[0-9a-f]{40,}|HEAD[~^0-9]*)$/.test(base) ? [base] : [];
		const ask = [
			"rev-parse",
			"--is-inside-work-tree",
			"--show-prefix",
			...["HEAD", ...plain].map((revision) => `${revision}^{commit}`),
			"--symbolic-full-name",
			"HEAD"
		];
		const ended = await execute(this.#command(ask)).catch(() => null);
		if (ended?.stderr.includes("dubious ownership")) throw new ActionError("git", `${this.#cwd} belongs to another user: git does not read it`, [`git config --global --add safe.directory '${this.#cwd}' (in a container: as the user that runs this)`]);
		const [inside, prefix, ...answers] = ended?.stdout.toString().split("\n") ?? [];
		if (inside !== "true") return false;
		if (ended?.status === 0) this.#keep(["HEAD", ...plain], answers);
		if (prefix === "") return true;
		const check = this.#command([
			"check-ignore",
			"--quiet",
			"."
		]);
		return (await execute({
			...check,
			env: {
				...check.env,
				GIT_LITERAL_PATHSPECS: void 0
			}
		})).status !== 0 || (await this.#bytes(["ls-files", "-z"])).length > 0;
	}
	#keep(revisions, answers) {
		for (const [at, revision] of revisions.entries()) for (const name of [revision, answers[at] ?? ""]) this.#commits.set(name, answers[at] ?? "");
		this.#headRef = answers[revisions.length] || null;
	}
	/** The commit that a revision names; null where it names none here (unknown, or not fetched). */
	async commit(revision) {
		const known = this.#commits.get(revision);
		if (known) return known;
		const ended = await execute(this.#command([
			"rev-parse",
			"--verify",
			"--quiet",
			"--end-of-options",
			`${revision}^{commit}`
		]));
		if (ended.status !== 0) return null;
		const commit = ended.stdout.toString().trim();
		for (const name of [revision, commit]) this.#commits.set(name, commit);
		return commit;
	}
	/** Parents of a commit as it records them, also where a shallow clone does not hold them. */
	async parents(commit) {
		const text = await this.#text([
			"cat-file",
			"commit",
			commit
		]);
		return [...text.slice(0, text.indexOf("\n\n")).matchAll(/^parent ([0-9a-f]+)$/gm)].map((match) => match[1] ?? "");
	}
	/** The newest commit that both have; null without one, or where the history is cut (a shallow clone). */
	async mergeBase(one, other) {
		const ended = await execute(this.#command([
			"merge-base",
			"--end-of-options",
			one,
			other
		]));
		return ended.status === 0 ? ended.stdout.toString().trim() : null;
	}
	/** Names of all tags of this clone. */
	async tags() {
		return (await this.#text([
			"for-each-ref",
			"--format=%(refname:strip=2)",
			"refs/tags"
		])).split("\n").filter(Boolean);
	}
	/** The branch that is checked out; null on a detached head. */
	async branch() {
		const ref = this.#headRef ?? (await execute(this.#command([
			"symbolic-ref",
			"--quiet",
			"HEAD"
		]))).stdout.toString().trim();
		return ref.startsWith("refs/heads/") ? ref.slice(11) : null;
	}
	/**
	* Commits from `revision` back along first parents, newest first, `revision` included, at most `limit`. Of a revision
	* that a shallow clone lacks nothing else is known.
	*/
	async ancestors(revision, limit) {
		if (!await this.commit(revision)) return [revision];
		return (await this.#text([
			"rev-list",
			"--first-parent",
			`--max-count=${limit}`,
			"--end-of-options",
			revision,
			"--"
		])).split("\n").filter(Boolean);
	}
	/** Committer time of a commit, seconds since the epoch: the reproducible `created` of what is built from it. */
	async commitTime(revision) {
		const text = await this.#text([
			"cat-file",
			"commit",
			revision
		]);
		return Number(/^committer .*> (\d+) [+-]\d+$/m.exec(text.slice(0, text.indexOf("\n\n")))?.[1] ?? 0);
	}
	/** The URL of the remote `origin`, null without one. It may hold a user and a password. */
	async remoteUrl() {
		const ended = await execute(this.#command([
			"config",
			"--get",
			"remote.origin.url"
		]));
		return ended.status === 0 ? ended.stdout.toString().trim() : null;
	}
	/**
	* Files that differ between two commits, or between a commit and the work tree (`head` null, new files included, those
	* of `listing` where there is one).
	*/
	async changedFiles(base, head, listing) {
		const [changed, untracked] = await Promise.all([this.#bytes([
			...[
				"diff",
				"--name-only",
				"--no-renames",
				"--no-ext-diff",
				"--no-textconv",
				"--ignore-submodules=none",
				"--relative",
				"-z"
			],
			"--end-of-options",
			base,
			...head ? [head] : [],
			"--"
		]), head ? [] : listing?.untracked ?? this.untracked()]);
		return [.../* @__PURE__ */ new Set([...names(changed), ...untracked])];
	}
	/** Files of the work tree that git neither tracks nor ignores. */
	async untracked() {
		return names(await this.#bytes([
			"ls-files",
			"-z",
			"--others",
			"--exclude-standard"
		]));
	}
	/** Whether the work tree differs from HEAD; so does every tree before the first commit. */
	async isDirty() {
		if (await this.commit("HEAD") === null) return true;
		return (await this.changedFiles("HEAD", null)).length > 0;
	}
	/** Lists the work tree by two processes at once: one looks into the index alone, and is done long before the other. */
	listing() {
		const differing = this.#bytes([
			"ls-files",
			"-z",
			"-t",
			"--deleted",
			"--others",
			"--exclude-standard"
		]).then(names);
		const tracked = this.#bytes([
			"ls-files",
			"-z",
			"--stage"
		]).then((bytes) => names(bytes).map((line) => ({
			mode: line.slice(0, 6),
			path: line.slice(line.indexOf("	") + 1)
		})));
		const tagged = async (tag) => (await differing).filter((line) => line.startsWith(tag)).map((line) => line.slice(tag.length));
		const [deleted, untracked] = [tagged("R "), tagged("? ")];
		for (const part of [
			tracked,
			deleted,
			untracked
		]) part.catch(() => void 0);
		return {
			tracked,
			deleted,
			untracked
		};
	}
	/** The files of the work tree: tracked and there, and new ones that are not ignored. */
	async workTree(listing = this.listing()) {
		const [tracked, deleted, untracked] = await Promise.all([
			listing.tracked,
			listing.deleted,
			listing.untracked
		]);
		const gone = new Set(deleted);
		return [...tracked.filter(({ path }, at) => path !== tracked[at + 1]?.path && !gone.has(path)), ...await this.#entries(untracked)];
	}
	/** Untracked files with the mode that git would give them; a repository inside counts as a submodule. */
	async #entries(untracked) {
		return await Promise.all(untracked.map(async (name) => {
			if (name.endsWith("/")) return {
				mode: "160000",
				path: name.slice(0, -1)
			};
			return {
				mode: (await lstat(path.join(this.#cwd, name)).catch(() => null))?.isSymbolicLink() ? "120000" : "100644",
				path: name
			};
		}));
	}
	/** Tracked files with the ids of what is staged, one entry a file. */
	async staged() {
		const entries = names(await this.#bytes([
			"ls-files",
			"-z",
			"--stage"
		])).map((line) => {
			const tab = line.indexOf("	");
			const [mode = "", oid = ""] = line.slice(0, tab).split(" ");
			return {
				mode,
				oid,
				path: line.slice(tab + 1)
			};
		});
		return entries.filter(({ path }, at) => path !== entries[at + 1]?.path);
	}
	/** Tracked files whose work tree may differ from what is staged, those that are gone among them. */
	async modified() {
		return names(await this.#bytes([
			"diff-files",
			"--name-only",
			"--relative",
			"-z"
		]));
	}
	/** Files below some folders that git does not track, those that it ignores among them; a repository inside ends in a slash. */
	async untrackedBelow(folders) {
		return folders.length === 0 ? [] : names(await this.#bytes([
			"ls-files",
			"-z",
			"--others",
			"--",
			...folders
		]));
	}
	/** The files of a commit, with object id and size in bytes. */
	async tree(revision) {
		return names(await this.#bytes([
			"ls-tree",
			"-r",
			"-l",
			"-z",
			"--end-of-options",
			revision
		])).map((line) => {
			const tab = line.indexOf("	");
			const [mode = "", , oid = "", size = "0"] = line.slice(0, tab).split(/ +/);
			return {
				mode,
				oid,
				size: Number(size) || 0,
				path: line.slice(tab + 1)
			};
		});
	}
	/** Contents of blobs by object id, in one process. Throws ActionError('git') where one is missing. */
	async blobs(oids) {
		const found = await this.objects(oids);
		const missing = oids.find((_, at) => !found[at]);
		if (missing !== void 0) throw new ActionError("git", `git object ${missing} is missing`, ["the clone is partial: fetch it whole (actions/checkout without `filter`)"]);
		return new Map(oids.map((oid, at) => [oid, found[at] ?? Buffer.alloc(0)]));
	}
	/** Contents of what git's names of objects stand for, `COMMIT:PATH` among them, in one process; null for what is missing. */
	async objects(objects) {
		if (objects.length === 0) return [];
		const bytes = await output({
			...this.#command(["cat-file", "--batch"]),
			input: `${objects.join("\n")}\n`
		});
		const found = [];
		for (let at = 0; at < bytes.length;) {
			const end = bytes.indexOf(10, at);
			const size = /^[0-9a-f]+ [a-z]+ (\d+)$/.exec(bytes.toString("latin1", at, end))?.[1];
			found.push(size === void 0 ? null : bytes.subarray(end + 1, end + 1 + Number(size)));
			at = size === void 0 ? end + 1 : end + 1 + Number(size) + 1;
		}
		return found;
	}
	async #text(args) {
		return (await this.#bytes(args)).toString();
	}
	async #bytes(args) {
		return await output(this.#command(args));
	}
	#command(args) {
		return {
			file: "git",
			args: [...gitSettings, ...args],
			cwd: this.#cwd,
			env: this.#env,
			code: "git",
			title: `git ${args[0]}`
		};
	}
};
function names(bytes) {
	return bytes.toString().split("\0").filter(Boolean);
}
// src/tools/tree.ts
/** Longest file that is read for the plan, bytes. Of a lock only the head is wanted. */
const contentBytes = 1048576;
const lockHeadBytes = 65536;
/** Most locks begin with their packages before this many bytes, and what follows is not wanted. */
const shortHeadBytes = 4096;
const folderEntries = 5e5;
/**
* The work tree as git sees it: tracked files that are there, and new ones that are not ignored. Tracked files are read while
* git still looks for new ones; `onText` is told of each.
*/
async function readWorkTree({ git, cwd, wanted, listing = git.listing(), onText }) {
	const reader = contentReader(cwd, wanted, onText);
	for (const entry of await listing.tracked) reader.read(entry);
	return reader.treeOf(await git.workTree(listing));
}
/** A folder that git does not know. Symlinks are listed, never followed; `.git` and `node_modules` are passed over. */
async function readFolderTree({ cwd, wanted }) {
	const entries = [];
	for (const folders = [""]; folders.length > 0;) {
		const folder = folders.pop() ?? "";
		for (const child of await childrenOf(cwd, folder)) {
			const name = folder ? `${folder}/${child.name}` : child.name;
			if (child.isDirectory() && child.name !== ".git" && child.name !== "node_modules") folders.push(name);
			if (!child.isDirectory()) entries.push({
				path: name,
				mode: modeOf(child)
			});
		}
		if (entries.length > folderEntries) throw new ActionError("stack", `${cwd} holds more than ${folderEntries} files`, ["name the folder of the images alone (--repo), or make it a git repository: ignored files do not count then"]);
	}
	return contentReader(cwd, wanted).treeOf(entries);
}
async function childrenOf(cwd, folder) {
	try {
		return await readdir(path.join(cwd, folder), { withFileTypes: true });
	} catch (cause) {
		const { code } = cause;
		throw new ActionError("stack", `the folder ${folder || cwd} cannot be read (${code ?? messageOf(cause)})`, ["let the user of this run read it, or name the folder of the images alone (--repo)"]);
	}
}
/** The files of a commit, read from git's objects: nothing of the work tree counts. */
async function readCommitTree({ git, revision, wanted }) {
	const entries = await git.tree(revision);
	const small = entries.filter((entry) => wanted(entry.path) && entry.mode.startsWith("100")).filter((entry) => entry.size <= contentBytes || isLock(entry.path));
	const blobs = await git.blobs([...new Set(small.map((entry) => entry.oid))]);
	const read = new Set(small);
	const refused = entries.filter((entry) => wanted(entry.path) && !read.has(entry));
	return {
		entries,
		contents: new Map(small.map((entry) => [entry.path, blobs.get(entry.oid)?.toString("utf8", 0, lockHead(entry.path)) ?? ""])),
		refused: new Map(refused.map((entry) => [entry.path, entry.mode.startsWith("100") ? tooBig : "it is a symlink or a submodule"]))
	};
}
const tooBig = "it is larger than 1 MiB";
/** Reads each wanted file once. Synchronous: for thousands of small files a promise each costs ten times what reading them does. */
function contentReader(cwd, wanted, onText) {
	const known = /* @__PURE__ */ new Map();
	const buffer = Buffer.allocUnsafe(contentBytes);
	const read = ({ path: name }) => {
		const before = known.get(name);
		if (before !== void 0) return before;
		const found = wanted(name) ? readRegular(path.join(cwd, name), name, buffer) : null;
		known.set(name, found);
		if (found && "text" in found) onText?.(name, found.text);
		return found;
	};
	const treeOf = (entries) => {
		const contents = /* @__PURE__ */ new Map();
		const refused = /* @__PURE__ */ new Map();
		for (const entry of entries) {
			const found = read(entry);
			if (found && "text" in found) contents.set(entry.path, found.text);
			else if (found) refused.set(entry.path, found.reason);
		}
		return {
			entries,
			contents,
			refused
		};
	};
	return {
		read,
		treeOf
	};
}
/** Reads a regular file without following a link at its end, and never waits for a FIFO. */
function readRegular(file, name, buffer) {
	let handle = null;
	try {
		handle = openSync(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
		const status = fstatSync(handle);
		if (!status.isFile()) return { reason: "it is not a regular file" };
		if (status.size > contentBytes && !isLock(name)) return { reason: tooBig };
		const most = Math.min(status.size, lockHead(name));
		const first = readSync(handle, buffer, 0, isLock(name) ? Math.min(most, shortHeadBytes) : most, 0);
		const bytes = first === most || buffer.subarray(0, first).includes("\npackage:") ? first : first + readSync(handle, buffer, first, most - first, first);
		return { text: buffer.toString("utf8", 0, bytes) };
	} catch (error) {
		const { code } = error;
		return { reason: code === "ELOOP" ? "it is a symlink" : `it cannot be read (${code ?? messageOf(error)})` };
	} finally {
		if (handle !== null) closeSync(handle);
	}
}
function isLock(name) {
	return /(^|[-./])(conda-)?lock\.ya?ml$|\.lock$/.test(name);
}
function lockHead(name) {
	return isLock(name) ? lockHeadBytes : contentBytes;
}
/** git's mode of a directory entry; what is neither file nor link (FIFO, socket, device) counts as a file and is refused when read. */
function modeOf(entry) {
	return entry.isSymbolicLink() ? "120000" : "100644";
}
// src/steps/changes.ts
/**
* The files that differ between what is checked out and the commit that the event compares with: by local git, by GitHub
* where commits are missing here, else all (in doubt, build). Whatever the base is, an image is only taken from it or from an
* ancestor of it that has the same files: a wrong base costs work, never an image.
*/
async function findChanges(question) {
	const { git, trigger, revision, listing } = question;
	const head = revision ?? await git.commit("HEAD");
	if (!head) return unknownChanges("the repository has no commit");
	if (trigger.kind === "tag" || trigger.kind === "delete") return unknownChanges(`a ${trigger.kind} builds nothing`);
	const place = await findBase(question, head);
	if (!place.base) return {
		...unknownChanges(noBase(trigger)),
		head
	};
	if (/^[0-9a-f]{40,}$/.test(place.base) && await git.commit(place.base)) return await compareHere(question, {
		...place,
		base: place.base,
		head
	});
	const changes = await compareThere(question, {
		...place,
		base: place.base,
		head
	});
	const dirty = revision ? [] : await git.changedFiles("HEAD", null, listing);
	return {
		...changes,
		files: [.../* @__PURE__ */ new Set([...changes.files, ...dirty])]
	};
}
/** A change set that stands for everything, with the reason. */
function unknownChanges(reason) {
	return {
		base: null,
		head: null,
		complete: false,
		reason,
		files: [],
		added: null
	};
}
/** A revision that a person names as a commit. Throws ActionError('usage'). */
async function namedCommit(git, revision, flag) {
	const commit = await git.commit(revision);
	if (commit) return commit;
	throw new ActionError("usage", `${flag}: "${revision}" is not a commit in this repository`, ["fetch it first (`git fetch origin`), or name another revision"]);
}
async function findBase({ git, trigger, host }, head) {
	const direct = {
		sinceMergeBase: false,
		merged: null
	};
	if (host.event.base) return {
		...direct,
		base: await namedCommit(git, host.event.base, "--base")
	};
	const { pullRequest } = trigger;
	if (!pullRequest) {
		if (trigger.head && trigger.head !== head) noteOtherHead(host, `the ${trigger.event} is about ${short(trigger.head)}`, head);
		return {
			...direct,
			base: trigger.base ?? await branchPoint(git, trigger, head)
		};
	}
	const [first, second] = await git.parents(head);
	if (first && second === pullRequest.headSha) return {
		...direct,
		base: first,
		merged: pullRequest
	};
	if (head !== pullRequest.headSha) {
		const { number, headSha } = pullRequest;
		noteOtherHead(host, `the head of pull request ${number} is ${short(headSha)}`, head);
	}
	return {
		base: trigger.base,
		sinceMergeBase: true,
		merged: null
	};
}
/** `pull_request_target`, `issue_comment` and dispatches stand on the default branch unless the workflow checks out more. */
function noteOtherHead(host, about, head) {
	if (host.event.head) return;
	host.out.warning(`${about}, but ${short(head)} is checked out: that is what is planned and built`);
}
/** A new branch is compared with where it left the default branch; in a shallow clone GitHub finds that. */
async function branchPoint(git, trigger, head) {
	const { kind, branch, defaultBranch } = trigger;
	if (kind !== "push" || !defaultBranch || branch === defaultBranch) return null;
	const main = await git.commit(`refs/remotes/origin/${defaultBranch}`);
	return main ? await git.mergeBase(main, head) : defaultBranch;
}
async function compareHere({ git, revision, listing }, place) {
	const { base, head, sinceMergeBase } = place;
	const from = sinceMergeBase ? await git.mergeBase(base, head) ?? base : base;
	return {
		base: from,
		head,
		complete: true,
		reason: null,
		files: await git.changedFiles(from, revision, listing),
		added: null
	};
}
/** What is checked out is compared, not the pull request's head: a merge may hold what neither side has. */
async function compareThere({ trigger, inputs, host }, place) {
	const { base, head, merged } = place;
	const { repository } = trigger;
	const changes = await compareCommits({
		host,
		inputs,
		repository,
		base,
		head
	});
	if (changes.complete || !merged) return changes;
	const plain = await compareCommits({
		host,
		inputs,
		repository,
		base,
		head: merged.headSha
	});
	return plain.complete && plain.base === base ? {
		...plain,
		head
	} : changes;
}
function noBase({ kind, event }) {
	if (kind === "local") return "no base to compare with";
	return kind === "push" ? "the push made the branch, so there is no commit to compare with" : `a ${event} event names no commit to compare with`;
}
function short(commit) {
	return commit.slice(0, 7);
}
export { readFolderTree as a, readStack as c, endingsOf as d, isLockPath as f, fileRules as h, readCommitTree as i, readStages as l, plainPart as m, namedCommit as n, readWorkTree as o, lockPaths as p, unknownChanges as r, Git as s, findChanges as t, targetStage as u };
