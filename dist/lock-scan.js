import { t as ActionError } from "./errors.js";
import { P as wanted } from "./changes.js";
import { a as readFolderTree, c as readStack, d as endingsOf, f as isLockPath, i as readCommitTree, n as namedCommit, o as readWorkTree, p as lockPaths, s as Git } from "./changes2.js";
import { t as findImage } from "./select.js";
import { t as require_dist } from "./dist.js";
import { a as isTyped, l as workTreeFiles, n as readLockMetadata, s as commitFiles } from "./read-lock.js";
import { a as BadSpec, i as readPipRequirement, o as canonicalVersion, t as markerHolds } from "./pip-marker.js";
import { posix } from "node:path";
import { hash } from "node:crypto";
// src/steps/lock-place.ts
/** The work tree, or the commit that `--head` names. */
async function readLockPlace({ inputs, host }) {
	const git = new Git({
		cwd: host.cwd,
		env: host.env
	});
	const known = await git.isRepository() ? git : null;
	const commit = known && host.event.head ? await namedCommit(known, host.event.head, "--head") : null;
	return await lockPlace({
		tree: await readTree(known, commit, host),
		files: known && commit ? commitFiles(known, commit) : workTreeFiles(host.cwd),
		inputs
	});
}
/** The same for a tree that was read already. Throws ActionError for a stack that cannot be read, and for unknown images. */
async function lockPlace(question) {
	const { tree, files, inputs } = question;
	const { path, spec, buildArgs, registry } = inputs;
	const stack = await readStack(tree, {
		path,
		spec,
		buildArgs,
		registries: registry
	});
	const names = new Set(inputs.images.map((text) => findImage(stack, text).name));
	const place = new Map(stack.order.map((name, at) => [name, at]));
	return {
		tree,
		stack,
		files,
		images: stack.images.filter(({ name }) => names.size === 0 || names.has(name)).toSorted((one, other) => (place.get(one.name) ?? 0) - (place.get(other.name) ?? 0))
	};
}
/** What is checked out, for some of the stack's images or all. */
function placeOf({ source, host }, names) {
	const { stack, tree, git, commit } = source;
	return {
		tree,
		stack,
		files: host.event.head && git && commit ? commitFiles(git, commit) : workTreeFiles(host.cwd),
		images: stack.images.filter(({ name }) => names === null || names.has(name))
	};
}
async function readTree(git, commit, host) {
	if (git && commit) return await readCommitTree({
		git,
		revision: commit,
		wanted
	});
	return git ? await readWorkTree({
		git,
		cwd: host.cwd,
		wanted
	}) : await readFolderTree({
		cwd: host.cwd,
		wanted
	});
}
// src/lock/python-json.ts
/**
* A value as Python's `json.dumps(value, sort_keys=True)` writes it: ASCII, keys sorted, `, ` and `: ` between. For texts,
* whole numbers, booleans, null, lists and plain objects.
*/
function pythonJson(value) {
	if (typeof value === "string") return stringJson(value);
	if (Array.isArray(value)) return `[${value.map(pythonJson).join(", ")}]`;
	if (typeof value !== "object" || value === null) return JSON.stringify(value);
	const members = value;
	return `{${Object.keys(members).sort().map((key) => `${stringJson(key)}: ${pythonJson(members[key])}`).join(", ")}}`;
}
/** Printable ASCII without a quote or a backslash: nearly all texts. */
const plain = /^[ !#-[\]-~]*$/;
function stringJson(text) {
	if (plain.test(text)) return `"${text}"`;
	return JSON.stringify(text).replace(/[\x7f-\uffff]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
// src/lock/serialized-spec.ts
/** A spec as conda-lock's models write it before they are hashed (models/lock_spec.py). `platforms`: conda-lock 1's selectors. */
function serializedSpec(spec, platforms, recipe) {
	const markers = spec.manager === "pip" ? spec.markers : null;
	return {
		name: serializedName(spec, recipe),
		manager: spec.manager,
		category: spec.category,
		extras: spec.manager === "pip" ? spec.extras : [],
		...recipe.first ? {
			optional: spec.category !== "main",
			selectors: { platform: platforms }
		} : {},
		...nullable("markers", markers, recipe),
		...spec.manager === "pip" && spec.url !== null ? addressed(spec.url, recipe) : versioned(spec, recipe)
	};
}
/** conda-lock 1 left pip's names as they were written. */
function serializedName(spec, { first }) {
	return first && spec.manager === "pip" ? spec.writtenName ?? spec.name : spec.name;
}
function versioned(spec, recipe) {
	const hash = spec.manager === "pip" ? spec.hash : null;
	return {
		version: spec.manager === "pip" ? pipVersion(spec, recipe) : spec.version,
		build: spec.manager === "pip" ? null : spec.build,
		conda_channel: spec.manager === "pip" ? null : spec.condaChannel,
		...recipe.hash ? { hash } : {}
	};
}
/** What PEP 440 says, sorted; older versions put it in conda's words. */
function pipVersion({ version }, { pip }) {
	if (version === "") return "*";
	return version.split(",").flatMap((clause) => pip === "PEP 440" ? clause.replace("===", "==") : inConda(clause)).sort().join(",");
}
function inConda(clause) {
	if (!clause.startsWith("~=")) return [clause.replace(/^={2,3}/, "=")];
	const [major = "", minor = "", ...rest] = clause.slice(2).split(".");
	return [`>=${[
		major,
		minor,
		...rest
	].join(".")}`, `<${[
		Number(major),
		Number(minor) + 1,
		...rest.map(() => 0)
	].join(".")}`];
}
/** A requirement that names where its package is: a repository of git, a file behind a URL, a path. */
function addressed(url, recipe) {
	if (url.startsWith("git+") && !recipe.first) return {
		extras: [],
		...repository(url, recipe)
	};
	if (recipe.pip === "conda" || /^(?:git\+|https:\/\/|ssh:\/\/)/.test(url)) {
		const [address, fragment = ""] = url.split(/#(.*)/s, 2);
		return {
			url: address,
			hashes: [fragment.replaceAll("=", ":")]
		};
	}
	const path = posix.join(url.replace(/^file:\/\//, ""), ".").replace(/\/$/, "");
	return {
		path,
		is_directory: !/\.(?:whl|zip|tar\.gz|tgz|tar\.bz2|tar)$/.test(path),
		...nullable("subdirectory", null, recipe)
	};
}
function repository(url, recipe) {
	const address = url.replace(/\.git$/, "").replace(/^git\+/, "");
	const at = address.lastIndexOf("@");
	const source = at === -1 ? address : address.slice(0, at);
	const revision = at === -1 ? null : address.slice(at + 1);
	if (recipe.pip === "conda") return {
		category: "main",
		source,
		vcs: "git",
		rev: revision
	};
	const [rev = null, subdirectory = null] = revision?.split("#subdirectory=") ?? [];
	return {
		source,
		vcs: "git",
		rev,
		...nullable("subdirectory", subdirectory, recipe)
	};
}
function nullable(key, value, { markers }) {
	return markers === "always" || markers === "where set" && value !== null ? { [key]: value } : {};
}
// src/lock/environment-yaml.ts
var import_dist = require_dist();
/** Longest environment that is read, in characters. Real ones have a few thousand. */
const longest$1 = 262144;
/**
* A file of YAML 1.1, read as PyYAML's safe_load would, as far as its nodes are asked for. Each question throws
* ActionError('lock') with file and line. Aliases stand for single nodes and are never multiplied out: they cannot explode.
*/
var YamlFile = class {
	top;
	#file;
	#lines;
	#counter = new import_dist.LineCounter();
	#document;
	/** `lines`: where each line of the text (from 0) stands in the file (from 1); null where it is the whole file. */
	constructor(file, text, lines = null) {
		this.#file = file;
		this.#lines = lines;
		if (text.length > longest$1) throw this.#error(1, `longer than ${longest$1 / 1024} KiB`, "No environment is that long");
		this.#document = this.#parse(text);
		const [problem] = this.#document.errors;
		if (problem) throw this.#error(this.#lineAt(problem.pos[0]), problem.message, "It must be YAML that can be read");
		this.top = this.mapping(this.#document.contents, "what the file holds");
	}
	/**
	* A text; what YAML takes for a number, a date or a boolean is none. `what` begins the error. Control characters are refused:
	* a line break would become a line of its own in a file that another program reads.
	*/
	text(node, what) {
		const text = this.textOrNull(node);
		if (text !== null && /\p{Cc}/u.test(text)) throw this.fail(node, `${what} holds a tab, a line break or another control character`, "Write it on one line");
		if (text !== null) return text;
		throw this.fail(node, `${what} is not text`, "Put it in quotes if it looks like a number, a date or a word such as yes");
	}
	texts(node, what) {
		return this.list(node, what).map((item) => this.text(item, `an entry of ${what}`));
	}
	list(node, what) {
		const list = this.#resolved(node);
		if (!(0, import_dist.isSeq)(list)) throw this.fail(node, `${what} is not a list`, "Write one entry a line, each behind a dash");
		return list.items;
	}
	/** The keys of a mapping; of two of one name the last counts. */
	mapping(node, what) {
		const map = this.#resolved(node);
		if (!(0, import_dist.isMap)(map)) throw this.fail(node, `${what} is not a mapping`, "Write keys and values");
		const entries = /* @__PURE__ */ new Map();
		for (const { key, value } of map.items) {
			const name = this.textOrNull(key);
			if (this.isPlain(key, /^<<$/)) throw this.fail(key, "merge keys are not read", "Write the values out");
			if (name !== null) entries.set(name, value);
		}
		return entries;
	}
	isMapping(node) {
		return (0, import_dist.isMap)(this.#resolved(node));
	}
	/** No value, `null` or `~`. */
	isNull(node) {
		return this.isPlain(node, /^(?:~|null|Null|NULL|)$/);
	}
	/** Whether a node stands without quotes and is one of the words of an expression. */
	isPlain(node, words) {
		const scalar = this.#resolved(node);
		return (0, import_dist.isScalar)(scalar) ? scalar.type === "PLAIN" && words.test(`${scalar.value}`) : scalar === null && words.test("");
	}
	textOrNull(node) {
		const scalar = this.#resolved(node);
		if (!(0, import_dist.isScalar)(scalar) || typeof scalar.value !== "string") return null;
		if (scalar.tag !== void 0) return scalar.tag === "tag:yaml.org,2002:str" ? scalar.value : null;
		return scalar.type === "PLAIN" && isTyped(scalar.value) ? null : scalar.value;
	}
	/** From 1. */
	line(node) {
		return this.#lineAt(node?.range?.[0] ?? 0);
	}
	fail(node, message, ...details) {
		return this.#error(this.line(node), message, ...details);
	}
	#resolved(node) {
		return (0, import_dist.isAlias)(node) ? node.resolve(this.#document) ?? null : node;
	}
	#lineAt(offset) {
		const line = Math.max(1, this.#counter.linePos(offset).line);
		return this.#lines?.[line - 1] ?? line;
	}
	#error(line, message, ...details) {
		return new ActionError("lock", `${this.#file}:${line}: ${message}`, details);
	}
	#parse(text) {
		const options = {
			schema: "failsafe",
			version: "1.1",
			uniqueKeys: false,
			prettyErrors: false
		};
		try {
			return (0, import_dist.parseDocument)(text, {
				...options,
				lineCounter: this.#counter
			});
		} catch (cause) {
			throw this.#error(1, cause instanceof Error ? cause.message : String(cause), "Nest it less deep");
		}
	}
};
// src/lock/selectors.ts
/** What `# [linux]` may name on each platform that conda-lock knows (src_parser/selectors.py of conda-lock 4.0.3). */
const names = /* @__PURE__ */ new Map([
	["linux-64", /* @__PURE__ */ new Set([
		"linux64",
		"unix",
		"linux"
	])],
	["linux-aarch64", /* @__PURE__ */ new Set([
		"aarch64",
		"unix",
		"linux"
	])],
	["linux-ppc64le", /* @__PURE__ */ new Set([
		"ppc64le",
		"unix",
		"linux"
	])],
	["osx-64", /* @__PURE__ */ new Set([
		"osx64",
		"osx",
		"unix"
	])],
	["osx-arm64", /* @__PURE__ */ new Set([
		"arm64",
		"osx",
		"unix"
	])],
	["win-64", /* @__PURE__ */ new Set(["win", "win64"])]
]);
/** The platforms that a lock can be made for. */
const knownPlatforms = [...names.keys()];
/** Where Python's and YAML 1.1's lines end. */
const lineBreak = /\r\n|[\n\r\x85\u2028\u2029]/;
/**
* Leaves out the comment lines and those whose `# [selector]` does not name the platform, as conda-lock does before YAML is
* read. A selector is taken as one word: `[linux and x86_64]` names no platform.
*/
function selectLines(text, platform) {
	const matching = names.get(platform);
	const kept = [];
	const lines = [];
	let filtered = false;
	for (const [index, line] of text.split(lineBreak).entries()) {
		if (/^\s*#/.test(line)) continue;
		const selector = selectorOf(line);
		if (selector !== null && !matching?.has(selector)) {
			filtered = true;
			continue;
		}
		kept.push(line);
		lines.push(index + 1);
	}
	return {
		text: kept.join("\n"),
		lines,
		filtered
	};
}
/**
* The selector at the end of a line: the last `[…]` behind a `#`, with no parenthesis after it; null without one. Read in
* one walk: an expression would go back and forth on a stranger's line.
*/
function selectorOf(line) {
	const comment = line.indexOf("#", 1);
	if (comment === -1) return null;
	const parenthesis = Math.max(line.lastIndexOf("("), line.lastIndexOf(")"));
	let close = -1;
	for (let at = line.length - 1; at > comment; at--) {
		if (line[at] === "]") close = at;
		if (line[at] !== "[") continue;
		if (close > at + 1 && close > parenthesis) return line.slice(at + 1, close);
		close = -1;
	}
	return null;
}
const architectures = {
	"linux-64": "x86_64",
	"linux-aarch64": "aarch64",
	"linux-ppc64le": "ppc64le",
	"osx-64": "x86_64",
	"osx-arm64": "arm64",
	"win-64": "x86_64"
};
/** What conda-lock takes for granted of a machine (default-virtual-packages.yaml of 4.0.3); before 2.4 a glibc of 2.17. */
function defaultVirtualPackages(platform, glibc = "2.28") {
	const archspec = {
		name: "__archspec",
		version: "1",
		build: architectures[platform] ?? ""
	};
	const plain = (name, version) => ({
		name,
		version,
		build: "0"
	});
	const cuda = plain("__cuda", "11.4");
	if (platform === "win-64") return [
		plain("__win", "0"),
		archspec,
		cuda
	];
	const unix = plain("__unix", "0");
	if (platform.startsWith("osx-")) return [
		unix,
		archspec,
		plain("__osx", "11.0")
	];
	return [
		unix,
		plain("__linux", "5.10"),
		archspec,
		plain("__glibc", glibc),
		cuda
	];
}
/**
* Reads virtual-packages.yml: `subdirs: {linux-64: {packages: {__cuda: "12.0"}}}`, a build string behind a space. It replaces
* the whole default set. Throws ActionError('lock') with file and line.
*/
function readVirtualPackages({ file, text }) {
	const yaml = new YamlFile(file, text);
	const subdirs = yaml.top.get("subdirs");
	if (subdirs === void 0) throw yaml.fail(null, "no subdirs", "It needs `subdirs: {linux-64: {packages: {…}}}`");
	const byPlatform = yaml.mapping(subdirs, "subdirs");
	const found = [...knownPlatforms, "noarch"].flatMap((platform) => {
		const node = byPlatform.get(platform);
		return node === void 0 ? [] : [[platform, packagesOf(yaml, node)]];
	});
	return Object.fromEntries(found);
}
function packagesOf(yaml, node) {
	const packages = yaml.mapping(node, "a platform").get("packages");
	if (packages === void 0) throw yaml.fail(node, "a platform without packages", "It needs `packages:`");
	return [...yaml.mapping(packages, "packages")].map(([name, value]) => {
		if (!name.startsWith("__")) throw yaml.fail(value, `${name} is not a virtual package`, "Their names begin with __");
		const [version = "", ...build] = yaml.text(value, `the version of ${name}`).split(" ");
		return {
			name,
			version,
			build: build.join(" ") || "0"
		};
	});
}
/**
* What a solver is told of a machine: what a lock's own file names, and of the rest the default. With the file alone a lock
* that names `__cuda` would be for a machine without a C library.
*/
function virtualPackagesForSolve(platform, given) {
	const named = new Set(given.map(({ name }) => name));
	return [...given, ...defaultVirtualPackages(platform).filter(({ name }) => !named.has(name))];
}
/** Whether a set is the one that holds where no file says otherwise. */
function isDefault(platform, packages) {
	return JSON.stringify(packages) === JSON.stringify(defaultVirtualPackages(platform));
}
// src/lock/content-hash.ts
/**
* The content hash of a platform as a version of conda-lock makes it, 64 hexadecimal digits: sha256 of a JSON of channels, specs
* and virtual packages. A lock that holds it was made for what its sources ask for.
*/
function contentHash(spec, platform, recipe) {
	const channels = recipe.first ? spec.writtenChannels ?? spec.channels : spec.channels;
	const repositories = recipe.hash ? spec.pipRepositories : [];
	const machine = {
		noarch: repodata("noarch", spec.virtualPackages.noarch ?? [], recipe),
		[platform]: repodata(platform, machineOf(spec, platform, recipe), recipe)
	};
	const parts = [
		`"channels": ${pythonJson(channels.map((channel) => channelJson(channel, recipe)))}`,
		...repositories.length > 0 ? [`"pip_repositories": ${pythonJson(repositories.map((url) => JSON.stringify({ url })))}`] : [],
		`"specs": [${specsOf$1(spec, platform, recipe)}]`,
		`"virtual_package_hash": ${pythonJson(machine)}`
	];
	return hash("sha256", `{${parts.join(", ")}}`);
}
function channelJson({ url, usedEnvVars }, { spacedChannels }) {
	return spacedChannels ? `{"url": ${pythonJson(url)}, "used_env_vars": ${pythonJson(usedEnvVars)}}` : JSON.stringify({
		url,
		used_env_vars: usedEnvVars
	});
}
/** JSON by recipe, of a list that platforms share and of a spec that locks share: each is written once. */
const lists = /* @__PURE__ */ new WeakMap();
const singles = /* @__PURE__ */ new WeakMap();
function specsOf$1(spec, platform, recipe) {
	const list = spec.specs[platform] ?? [];
	const shared = spec.platforms.every((place) => spec.specs[place] === list);
	if (recipe.first && !shared) return specsJson(placedSpecs(spec, platform), recipe);
	return once(lists, list, recipe, () => specsJson(list.map((one) => [one, null]), recipe));
}
/**
* conda-lock 1 has one list for all platforms: the last platform's version of a name is everybody's, and what stands in a
* `pip:` list is for all, whatever its selector says.
*/
function placedSpecs(spec, platform) {
	const all = /* @__PURE__ */ new Map();
	for (const place of spec.platforms) for (const one of spec.specs[place] ?? []) {
		const key = `${one.manager} ${one.name}`;
		all.set(key, {
			spec: one,
			platforms: [...all.get(key)?.platforms ?? [], place]
		});
	}
	return [...all.values()].flatMap(({ spec: one, platforms }) => {
		const everywhere = platforms.length === spec.platforms.length || isOfPip(one);
		return everywhere || platforms.includes(platform) ? [[one, everywhere ? null : platforms]] : [];
	});
}
/** In a `pip:` list, or the pip that such a list brings along. */
function isOfPip(spec) {
	return spec.manager === "pip" || spec.name === "pip" && spec.version === "*";
}
/** Sorted by manager and name. */
function specsJson(specs, recipe) {
	const keyed = specs.map((placed) => ({
		key: `${placed[0].manager} ${serializedName(placed[0], recipe)}`,
		placed
	}));
	keyed.sort((a, b) => a.key < b.key ? -1 : a.key > b.key ? 1 : 0);
	return keyed.map(({ placed: [one, platforms] }) => specJson(one, platforms, recipe)).join(", ");
}
function specJson(spec, platforms, recipe) {
	const write = () => pythonJson(serializedSpec(spec, platforms, recipe));
	return platforms === null ? once(singles, spec, recipe, write) : write();
}
function once(known, of, recipe, write) {
	const byRecipe = known.get(of) ?? /* @__PURE__ */ new Map();
	const text = byRecipe.get(recipe) ?? write();
	known.set(of, byRecipe.set(recipe, text));
	return text;
}
/** The default set was another one once, and has held a second macOS on osx-64 from the beginning. */
function machineOf(spec, platform, { glibc }) {
	const given = spec.virtualPackages[platform] ?? [];
	if (!isDefault(platform, given)) return given;
	const second = platform === "osx-64" ? [{
		name: "__osx",
		version: "10.15",
		build: "0"
	}] : [];
	return [...defaultVirtualPackages(platform, glibc), ...second];
}
/** The channel of virtual packages that conda-lock makes for a solve. */
function repodata(subdir, packages, { buildNumber }) {
	const entries = packages.map((one) => {
		const build = one.build !== "0" && buildNumber ? `${one.build}_0` : one.build;
		return [`${one.name}-${one.version}-${build}.tar.bz2`, entryOf(one, build, subdir)];
	});
	return {
		info: { subdir },
		packages: Object.fromEntries(entries)
	};
}
/** 2020-01-01 somewhere in America: conda-lock's constant. */
const timestamp = 15778548e5;
function entryOf({ name, version, build: given }, build, subdir) {
	return {
		build_number: 0,
		depends: [],
		noarch: "",
		package_type: "virtual_system",
		timestamp,
		name,
		version,
		build,
		build_string: given === "0" ? "" : given,
		subdir
	};
}
// src/lock/recipes.ts
const newest = {
	name: "conda-lock 4.0.3",
	glibc: "2.28",
	markers: "where set",
	hash: true,
	buildNumber: true,
	pip: "PEP 440",
	first: false,
	spacedChannels: false
};
const third = {
	...newest,
	name: "conda-lock 3.0.0",
	markers: "always",
	buildNumber: false
};
const second = {
	...newest,
	name: "conda-lock 2.5",
	markers: "never",
	pip: "conda"
};
const older = {
	...second,
	name: "conda-lock 2.3",
	glibc: "2.17",
	hash: false
};
const first = {
	...older,
	name: "conda-lock 1.4 with pydantic 2",
	first: true
};
const oldest = {
	...first,
	name: "conda-lock 1.4",
	spacedChannels: true
};
/** The one by which new locks are written. */
const newestRecipe = newest;
/** Newest first. Without Python packages 2.5's is 4.0.3's. */
const recipes = [
	newest,
	third,
	second,
	older,
	first,
	oldest
];
// src/lock/conda-channel.ts
/** Folders of a channel that conda 26 knows as platforms: the last part of `conda-forge/linux-64::name`. */
const subdirs = /* @__PURE__ */ new Set([
	...[
		"noarch",
		"emscripten-wasm32",
		"wasi-wasm32",
		"freebsd-64",
		"zos-z"
	],
	...[
		"linux-32",
		"linux-64",
		"linux-aarch64",
		"linux-armv6l",
		"linux-armv7l",
		"linux-ppc64",
		"linux-ppc64le"
	],
	...[
		"linux-riscv32",
		"linux-riscv64",
		"linux-s390x",
		"osx-64",
		"osx-arm64",
		"win-32",
		"win-64",
		"win-arm64"
	]
]);
/** Channels that conda puts together under one name. */
const defaults = /* @__PURE__ */ new Set([
	"pkgs/main",
	"pkgs/r",
	"pkgs/msys2"
]);
/** What stands before `::`, by conda's rules: of a URL the path counts, so that a mirror's `conda-forge` is conda-forge. */
function readSpecChannel(text) {
	const parts = (text.includes("://") ? text.replace(/^[^:]+:\/\/[^/]*\/?/, "").replace(/^t\/[^/]+\/?/, "") : text).split("/").filter(Boolean);
	const at = parts.findIndex((part) => subdirs.has(part));
	const name = (at === -1 ? parts : parts.toSpliced(at, 1)).join("/");
	return {
		name: defaults.has(name) ? "defaults" : name,
		subdir: at === -1 ? null : parts[at] ?? null
	};
}
/**
* A channel of an environment's list as a lock writes it (models/channel.py of conda-lock 4.0.3): variables in the place of
* a name, password or token become `${NAME}` and are listed. Null where one of these is written out: it would be published.
*/
function readChannel(text) {
	const [, scheme, authority = "", rest = ""] = /^([^:/]+):\/\/([^/?#]*)(.*)$/s.exec(text) ?? [];
	if (scheme === void 0) return {
		url: text,
		usedEnvVars: []
	};
	const used = /* @__PURE__ */ new Set();
	const variable = (secret) => {
		if (!secret.startsWith("$")) return null;
		const name = secret.replace(/^\$+/, "").replace(/^[{}]+|[{}]+$/g, "");
		used.add(name);
		return `\${${name}}`;
	};
	const at = authority.lastIndexOf("@");
	const login = at === -1 ? [] : authority.slice(0, at).split(/:(.*)/s, 2).map(variable);
	const [before, token, after] = tokenOf(rest);
	const named = token === null ? null : variable(token);
	if (login.includes(null) || token !== null && named === null) return null;
	const host = authority.slice(at + 1);
	const path = token === null ? rest : `${before}/t/${named}${after}`;
	return {
		url: `${scheme.toLowerCase()}://${at === -1 ? "" : `${login.join(":")}@`}${host}${path.replace(/[?#]$/, "")}`,
		usedEnvVars: [...used].sort()
	};
}
/** anaconda.org's and Quetz's tokens: `/t/<token>/channel`. */
function tokenOf(path) {
	const [, before = "", token, after = ""] = /^(.*)\/t\/(\$?\{?[\w-]*\}?)(\/.*)$/s.exec(path) ?? [];
	return [
		before,
		token || null,
		after
	];
}
// src/lock/conda-spec.ts
const longest = 1e3;
/**
* Reads a spec of an environment.yml: `numpy`, `numpy>=1.2,<2`, `numpy=1.2`, `numpy=1.2=py_0`, `conda-forge::numpy`,
* `numpy[version='>=1.2']`. The texts are conda's (models/match_spec.py), for they go into the content hash. Throws BadSpec.
*/
function readCondaSpec(spec) {
	if (spec.length > longest) throw new BadSpec(`it is longer than ${longest} characters`);
	const text = spec.replace(/#.*$/s, "").split(" if ", 1)[0] ?? "";
	if (/\.(?:conda|tar\.bz2)\s*$/.test(text)) throw new BadSpec("it names a file; write name=version=build");
	const { outside, fields } = takeFields(text);
	const { channel, rest } = takeChannel(outside);
	const [, name, constraint] = /^([^ =<>!~]+)?([><!=~ ].+)?/s.exec(rest) ?? [];
	if (name === void 0) throw new BadSpec("no name stands in it");
	if (/[*@]/.test(name)) throw new BadSpec(`\`${name}\` is no name of one package`);
	const written = versionAndBuild(constraint?.trim() ?? "");
	const version = fields.get("version") ?? written.version;
	return {
		name: name.toLowerCase(),
		version: version === null ? "" : canonicalVersion(version),
		build: fields.get("build") ?? written.build,
		...channelOf(fields, channel)
	};
}
/** Fields in brackets that MatchSpec knows; the others are errors to it. */
const known = /* @__PURE__ */ new Set([...[
	"channel",
	"subdir",
	"name",
	"version",
	"build",
	"build_number",
	"track_features",
	"features",
	"url",
	"md5"
], ...[
	"sha256",
	"license",
	"license_family",
	"fn"
]]);
/** Takes `[version='>=1']` off a spec, and what stands in parentheses. What is inside wins over what is outside. */
function takeFields(text) {
	const open = text.lastIndexOf("]") === -1 ? -1 : text.lastIndexOf("[", text.lastIndexOf("]"));
	if (open === -1) return {
		outside: withoutParentheses(text),
		fields: /* @__PURE__ */ new Map()
	};
	const brackets = text.slice(open, text.lastIndexOf("]") + 1);
	const fields = /* @__PURE__ */ new Map();
	for (const [, key = "", , value = ""] of brackets.slice(1, -1).matchAll(/([a-zA-Z0-9_-]+?)=(["']?)([^'"]*?)(\2)(?:[, ]|$)/g)) {
		if (value === "") throw new BadSpec(`${key} has no value in the brackets`);
		if (!known.has(key)) throw new BadSpec(`${key} is no field of a spec`);
		if (key === "name" || key === "fn" || key === "url") throw new BadSpec(`${key} cannot stand in brackets`);
		fields.set(key, value);
	}
	return {
		outside: withoutParentheses(text.replaceAll(brackets, "")),
		fields
	};
}
function withoutParentheses(text) {
	const close = text.lastIndexOf(")");
	const open = close === -1 ? -1 : text.lastIndexOf("(", close);
	return open === -1 ? text : text.replaceAll(text.slice(open, close + 1), "");
}
/** `channel:namespace:name`: the namespace is nothing yet, so `::`. */
function takeChannel(text) {
	const parts = text.split(":");
	const rest = parts.pop() ?? "";
	return {
		channel: parts.pop() === void 0 || parts.length === 0 ? null : parts.join(":"),
		rest
	};
}
function channelOf(fields, written) {
	const text = fields.get("channel") ?? written;
	if (text?.includes("*")) throw new BadSpec("a channel cannot hold a star");
	const outer = written ? readSpecChannel(written) : null;
	const named = text ? readSpecChannel(text) : null;
	return {
		condaChannel: named?.name || null,
		subdirectory: fields.get("subdir") ?? named?.subdir ?? outer?.subdir ?? null
	};
}
const versionThenBuild = /((?:.+?)[^><!,|]?)(?:(?<![=!|,<>~])(?:[ =])([^-=,|<>~]+?))?$/s;
/** What stands behind the name. One `=` without a build and without a star is a prefix: `=1.2` gives `1.2*`. */
function versionAndBuild(text) {
	if (text === "") return {
		version: null,
		build: null
	};
	if (text.includes("[")) throw new BadSpec("it has brackets twice");
	const [, first = text, second] = versionThenBuild.exec(text) ?? [];
	const version = first.replaceAll(" ", "");
	const build = second?.trim() ?? null;
	const bare = version.slice(1);
	if (version === "=" || version === "==" || !version.startsWith("=")) return {
		version,
		build
	};
	if (version.startsWith("==") && build === null) return {
		version: version.slice(2),
		build
	};
	if (/[=,|]/.test(bare)) return {
		version,
		build
	};
	return {
		version: build === null && !bare.endsWith("*") ? `${bare}*` : bare,
		build
	};
}
// src/lock/freshness.ts
/**
* Whether a lock still says what its sources ask for, per platform. Needs no solver and no network: the content hash that the
* lock holds is compared with those that the versions of conda-lock would give the sources of today.
*/
function freshness(question) {
	const { image, platforms, spec, metadata, lock } = question;
	const made = platforms.map((platform) => ({
		platform,
		recipe: recipeOf(question, platform)
	}));
	const others = made.flatMap(({ platform, recipe }) => recipe ? [platform] : []);
	return made.map(({ platform, recipe }) => {
		if (recipe) return {
			image,
			platform,
			fresh: true,
			reason: `the content hash is that of the sources (${recipe.name})`
		};
		const reason = metadata ? staleness({
			...question,
			metadata,
			platform,
			others
		}) : `there is no ${lock} yet`;
		return {
			image,
			platform,
			fresh: false,
			reason: spec ? reason : `${reason}; only conda-lock can read its sources`
		};
	});
}
/** The version of conda-lock whose content hash of the sources the lock holds, null for none. */
function recipeOf({ spec, metadata }, platform) {
	if (!spec || !metadata?.platforms.includes(platform) || !Object.hasOwn(spec.specs, platform)) return null;
	const recorded = hashOf(metadata, platform);
	return recipes.find((recipe) => contentHash(spec, platform, recipe) === recorded) ?? null;
}
function staleness({ lock, spec, metadata, platform, others }) {
	if (!metadata.platforms.includes(platform)) return `${lock} does not hold ${platform}`;
	const recorded = hashOf(metadata, platform);
	if (recorded === null) return `${lock} has no content hash for ${platform}`;
	if (!spec) return `${lock} cannot be compared`;
	const before = metadata.sources.map((source) => posix.join(posix.dirname(lock), source));
	if (!metadata.sources.some((source) => posix.isAbsolute(source)) && before.join("\n") !== spec.sources.join("\n")) return `${lock} was made from ${before.join(", ")}, not from ${spec.sources.join(", ")}`;
	if (others.length > 0) return `${spec.sources.join(", ")}: changed since; only ${others.join(", ")} was locked again`;
	return `${spec.sources.join(", ")}: not what the lock was made for (its content hash ${recorded.slice(0, 8)} is that of other sources)`;
}
function hashOf({ contentHash: hashes }, platform) {
	return Object.hasOwn(hashes, platform) ? hashes[platform] ?? null : null;
}
// src/lock/environment.ts
/**
* Reads an environment.yml by conda-lock 4.0.3's rules (src_parser/environment_yaml.py). Throws ActionError('lock') with file
* and line for what that could not read either, and for a password or token written into a channel's URL.
*/
function readEnvironment({ file, text }) {
	const whole = new YamlFile(file, text);
	const given = (key, read, absent) => {
		const node = whole.top.get(key);
		return node === void 0 ? absent : read(node);
	};
	const category = given("category", (node) => whole.isNull(node) ? "" : whole.text(node, "category"), "") || "main";
	let everywhere = null;
	return {
		file,
		channels: given("channels", (node) => channelsOf$1(whole, node), []),
		platforms: given("platforms", (node) => whole.texts(node, "platforms"), []),
		category,
		pipRepositories: given("pip-repositories", (node) => whole.texts(node, "pip-repositories"), []),
		allowPypiRequests: given("allow-pypi-requests", (node) => booleanOf(whole, node), true),
		specs: (platform) => {
			const selected = selectLines(text, platform);
			if (selected.filtered) return onPlatform(specsOf(new YamlFile(file, selected.text, selected.lines), file, category), platform);
			everywhere ??= specsOf(whole, file, category);
			return onPlatform(everywhere, platform);
		}
	};
}
function channelsOf$1(yaml, list) {
	return yaml.list(list, "channels").map((node) => {
		const channel = readChannel(yaml.text(node, "a channel"));
		if (channel) return channel;
		throw yaml.fail(node, "a channel has a password or a token written into its URL", "It would be published with the lock: write the name of a variable in its place, $TOKEN");
	});
}
function booleanOf(yaml, node) {
	if (yaml.isPlain(node, /^(?:true|yes|on)$/i)) return true;
	if (yaml.isPlain(node, /^(?:false|no|off)$/i)) return false;
	throw yaml.fail(node, "allow-pypi-requests is neither true nor false", "Write one of them");
}
/** What the list of dependencies asks for on the platforms that see it as `yaml` has it; markers are not asked yet. */
function specsOf(yaml, file, category) {
	const place = {
		yaml,
		file,
		category
	};
	const list = yaml.top.get("dependencies");
	if (list === void 0) throw yaml.fail(null, "no dependencies", "An environment needs the list `dependencies:`");
	const nodes = yaml.list(list, "dependencies");
	const conda = nodes.filter((node) => !yaml.isMapping(node)).map((node) => condaSpecOf(node, place));
	const pip = nodes.filter((node) => yaml.isMapping(node)).flatMap((node) => pipSpecsOf(node, place));
	return [...conda, ...pip];
}
const specForms = "Write it as conda has it: numpy, numpy>=1.2,<2, numpy=1.2, numpy=1.2=py312* or conda-forge::numpy";
const requirementForms = "Write it as PEP 508 has it: numpy, numpy>=1.2,<2 or numpy[extra] @ https://…";
function condaSpecOf(node, { yaml, file, category }) {
	const text = yaml.text(node, "a dependency");
	return {
		manager: "conda",
		...explained(() => readCondaSpec(text), (why) => yaml.fail(node, `\`${text}\` is no conda spec: ${why}`, specForms)),
		category,
		origin: {
			file,
			line: yaml.line(node)
		}
	};
}
/** The `pip:` list of a mapping, and conda's pip, without which it could not be installed. */
function pipSpecsOf(mapping, place) {
	const { yaml, file } = place;
	const list = yaml.mapping(mapping, "a dependency").get("pip");
	if (list === void 0 || yaml.isNull(list)) return [];
	return [...yaml.list(list, "pip").map((node) => ({
		node,
		text: yaml.text(node, "a requirement")
	})).filter(({ text }) => !isEditable(text)).map(({ node, text }) => pipSpecOf(node, text, place)), {
		...condaPip,
		origin: {
			file,
			line: yaml.line(mapping)
		}
	}];
}
/** `-e .`: conda-lock leaves it out of a lock. */
function isEditable(requirement) {
	return /^-e .*$/.test(requirement);
}
const condaPip = {
	manager: "conda",
	name: "pip",
	version: "*",
	build: null,
	condaChannel: null,
	subdirectory: null,
	category: "main"
};
function pipSpecOf(node, text, { yaml, file, category }) {
	const fail = (why) => yaml.fail(node, `\`${text}\` is no requirement: ${why}`, requirementForms);
	const parts = explained(() => readPipRequirement(text), fail);
	explained(() => holdsOn(parts.markers, "linux-64"), fail);
	return {
		manager: "pip",
		...parts,
		category,
		origin: {
			file,
			line: yaml.line(node)
		}
	};
}
/** The same list where no marker takes anything away. */
function onPlatform(specs, platform) {
	const kept = specs.filter((spec) => spec.manager === "conda" || holdsOn(spec.markers, platform));
	return kept.length === specs.length ? specs : kept;
}
function holdsOn(markers, platform) {
	return markers === null || markerHolds(markers, platform);
}
function explained(read, fail) {
	try {
		return read();
	} catch (error) {
		throw error instanceof BadSpec ? fail(error.message) : error;
	}
}
// src/lock/merge-specs.ts
/**
* What several sources ask for together, in the order of the sources: a name of one manager stands once, where it came first
* and as it came last (aggregation.py of conda-lock 4.0.3).
*/
function mergeSpecs(lists) {
	const merged = /* @__PURE__ */ new Map();
	for (const spec of lists.flat()) merged.set(`${spec.manager} ${spec.name}`, spec);
	return [...merged.values()];
}
/**
* The longest of several lists, of which each other one has to be the end: else nobody could say which channel comes first.
* The first list that is not one is given too.
*/
function longestList(lists) {
	const longest = lists.reduce((best, list) => list.items.length > best.items.length ? list : best, lists[0] ?? none);
	const isEnd = ({ items }) => {
		const end = longest.items.slice(longest.items.length - items.length);
		return JSON.stringify(items) === JSON.stringify(end);
	};
	return {
		longest,
		stranger: lists.find((list) => !isEnd(list)) ?? null
	};
}
const none = {
	file: "",
	items: []
};
/** The longest of the lists. Throws ActionError('lock') where another one is not its end; `what`: `channels`. */
function mergeLists(lists, what) {
	const { longest, stranger } = longestList(lists);
	if (stranger === null) return longest.items;
	throw new ActionError("lock", `${stranger.file}: its ${what} are not the last ones of ${longest.file}`, [`One lock has one order of ${what}, so each list has to be the end of the longest`, `${stranger.file}: ${namesOf(stranger.items)}; ${longest.file}: ${namesOf(longest.items)}`]);
}
function namesOf(items) {
	return items.map((item) => typeof item === "object" && item !== null && "url" in item ? item.url : item).join(", ") || "none";
}
// src/lock/lock-spec.ts
/** Makes `readEnvironment` that reads a file once for all locks that are made from it. */
function environmentReader() {
	const known = /* @__PURE__ */ new Map();
	return (source) => {
		const found = known.get(source.file);
		if (found?.text === source.text) return found.environment;
		const environment = readEnvironment(source);
		known.set(source.file, {
			text: source.text,
			environment
		});
		return environment;
	};
}
/**
* What the sources of a lock ask for together, as conda-lock puts it. `platforms`: those to be locked; empty, those that the
* environments name, else linux-64. `virtualPackages`: the set of virtual-packages.yml, null for the default. Throws
* ActionError('lock').
*/
function makeLockSpec(question) {
	const { files, virtualPackages, read = readEnvironment } = question;
	for (const { file } of files) refuseForeign(file);
	const environments = files.map(read);
	const platforms = platformsOf(question.platforms, environments);
	return {
		sources: [...new Set(files.map(({ file }) => file))],
		...channelsOf(environments),
		platforms,
		specs: mergedSpecs(platforms, environments),
		virtualPackages: virtualPackages === null ? perPlatform(platforms, (platform) => defaultVirtualPackages(platform)) : {
			...perPlatform(platforms, () => []),
			...virtualPackages
		},
		pipRepositories: mergeLists(environments.map(({ file, pipRepositories }) => ({
			file,
			items: pipRepositories
		})), "pip repositories"),
		...environments.every(({ allowPypiRequests }) => allowPypiRequests) ? {} : { allowPypiRequests: false }
	};
}
/** Platforms for which all sources have the same lists share one merged list. */
function mergedSpecs(platforms, environments) {
	const known = [];
	return perPlatform(platforms, (platform) => {
		const lists = environments.map(({ specs }) => specs(platform));
		const same = known.find((one) => one.lists.every((list, at) => list === lists[at]));
		if (same) return same.merged;
		const merged = mergeSpecs(lists);
		known.push({
			lists,
			merged
		});
		return merged;
	});
}
function platformsOf(asked, environments) {
	const named = asked.length > 0 ? asked : environments.flatMap(({ platforms }) => platforms);
	const platforms = [...new Set(named.length > 0 ? named : ["linux-64"])];
	const unknown = platforms.find((platform) => !knownPlatforms.includes(platform));
	if (unknown === void 0) return platforms;
	const from = environments.find((environment) => environment.platforms.includes(unknown));
	throw new ActionError("lock", `${from ? `${from.file}: ` : ""}${unknown} is no platform that a lock can be made for`, [`Platforms: ${knownPlatforms.join(", ")}`]);
}
/** `nodefaults` says nothing, as no channel is taken that is not named; only locks of conda-lock 1 tell whether it stood there. */
function channelsOf(environments) {
	const written = environments.map(({ file, channels }) => ({
		file,
		items: channels
	}));
	const channels = mergeLists(written.map(({ file, items }) => ({
		file,
		items: items.filter((channel) => !isNodefaults(channel))
	})), "channels");
	const old = longestList(written);
	return old.stranger || !old.longest.items.some(isNodefaults) ? { channels } : {
		channels,
		writtenChannels: old.longest.items
	};
}
function isNodefaults({ url }) {
	return url === "nodefaults";
}
function perPlatform(platforms, make) {
	return Object.fromEntries(platforms.map((platform) => [platform, make(platform)]));
}
/** Why only the program conda-lock can read a source, null for an environment file. */
function foreignSource(file) {
	const name = posix.basename(file);
	if (name === "pyproject.toml" || name === "pixi.toml" || name === "meta.yaml") return name;
	return name.endsWith(".toml") ? "a TOML file" : null;
}
function refuseForeign(file) {
	const what = foreignSource(file);
	if (what === null) return;
	throw new ActionError("lock", `${file}: a lock is not made from ${what} here`, ["Packages are read from environment.yml files; pyproject.toml and meta.yaml can only be read by conda-lock itself", "Name the packages in an environment.yml, or set lock-engine: conda-lock"]);
}
// src/lock/lock-target.ts
/** The explicit lock of a platform. */
function explicitLock({ folder }, platform) {
	return posix.join(folder, `conda-${platform}.lock`);
}
/** Files of which a change would make another lock, the lock itself included; a virtual-packages.yml that is not there may come. */
function madeFrom({ sources, lock, virtualPackages, folder }) {
	return [
		...sources,
		lock,
		virtualPackages ?? posix.join(folder, "virtual-packages.yml")
	];
}
/** The files that `lockTargets` and the specs of what it finds may ask for, besides the locks themselves. */
function lockInputs(images, files) {
	const paths = images.flatMap((image) => [
		...image.lockSources,
		...besideOf(image.path, environmentNames),
		...besideOf(image.path, virtualPackageNames),
		...(metadataOf(lockOf(image.path, files), files)?.sources ?? []).flatMap(endingsOf)
	]);
	return [...new Set(paths)];
}
/**
* The locks of a stack: one for each folder that has a conda-lock.yml, an environment.yml, or a word in spec.yml. Its sources
* are those that spec.yml names, else those of the lock that is there, else the environment.yml beside it; its platforms
* likewise. Throws ActionError('lock') for a lock whose head cannot be read.
*/
function lockTargets(images, files) {
	return [...Map.groupBy(images, ({ path }) => path).values()].flatMap((group) => targetOf(group, files) ?? []);
}
const environmentNames = ["environment.yml", "environment.yaml"];
const virtualPackageNames = ["virtual-packages.yml", "virtual-packages.yaml"];
function targetOf(group, files) {
	const image = group.find(({ lockSources }) => lockSources.length > 0) ?? group[0];
	if (!image) return null;
	const folder = image.path;
	const lock = lockOf(folder, files);
	const metadata = metadataOf(lock, files);
	const found = sourcesOf(image, {
		lock,
		metadata,
		files
	});
	if (!found) return null;
	return {
		images: group.map(({ name }) => name),
		folder,
		lock,
		packagesList: posix.join(folder, "packages.txt"),
		...found,
		platforms: image.declared.lockPlatforms.length > 0 ? image.declared.lockPlatforms : metadata?.platforms ?? [],
		virtualPackages: besideOf(folder, virtualPackageNames).find((path) => isThere(path, files)) ?? null,
		metadata
	};
}
function sourcesOf(image, present) {
	const { lock, files } = present;
	const recorded = recordedSources(image.path, present);
	const known = sourcesWithin(image.path, present).filter((path) => path !== void 0 && isInside(path));
	if (image.lockSources.length > 0 && image.lockSources.join("\n") !== known.join("\n")) return {
		sources: image.lockSources,
		origin: "spec.yml names the sources"
	};
	if (recorded.length > 0) return {
		sources: recorded,
		origin: `${lock} names its sources`
	};
	const beside = besideOf(image.path, environmentNames).find((path) => isThere(path, files));
	return beside ? {
		sources: [beside],
		origin: `${posix.basename(beside)} stands beside the Dockerfile`
	} : null;
}
/** What a lock was made from, as paths of this repository; none where one of them lies outside. */
function recordedSources(folder, present) {
	const sources = sourcesWithin(folder, present);
	const inside = sources.filter((path) => path !== void 0 && isInside(path));
	return inside.length === sources.length ? [...new Set(inside)] : [];
}
/** Its sources from the repository's root; undefined for an absolute one that is not in the repository. */
function sourcesWithin(folder, { metadata, files }) {
	return (metadata?.sources ?? []).map((source) => posix.isAbsolute(source) ? endingsOf(source).find((path) => isThere(path, files)) : posix.join(folder, source));
}
function isInside(path) {
	return path !== ".." && !path.startsWith("../");
}
function lockOf(folder, files) {
	const [first = "", ...others] = lockPaths(folder);
	return [first, ...others].find((path) => isThere(path, files)) ?? first;
}
function metadataOf(lock, { contents }) {
	const text = contents.get(lock);
	return text === void 0 ? null : readLockMetadata(text, lock);
}
function besideOf(folder, names) {
	return names.map((name) => posix.join(folder, name));
}
function isThere(path, { contents, refused }) {
	return contents.has(path) || refused.has(path);
}
// src/lock/lock-states.ts
/**
* All locks of a stack and their freshness: a matter of milliseconds, for nothing is solved or fetched. `foreign: true` lets
* sources pass that only the program conda-lock reads. Throws ActionError('lock') for a source that is missing or no good.
*/
function lockStates(question) {
	const { images, files, foreign = false } = question;
	const read = environmentReader();
	return lockTargets(images, files).map((target) => {
		const spec = foreign && target.sources.some((source) => foreignSource(source) !== null) ? null : lockSpecOf(target, files, read);
		return {
			target,
			spec,
			freshness: freshnessOf$1(target, spec)
		};
	});
}
/** What the sources of a lock ask for together. Throws ActionError('lock'). */
function lockSpecOf(target, files, read = environmentReader()) {
	const { sources, platforms, virtualPackages } = target;
	return makeLockSpec({
		files: sources.map((file) => ({
			file,
			text: foreignSource(file) ? "" : textOf(file, target, files)
		})),
		platforms,
		virtualPackages: virtualPackages ? readVirtualPackages({
			file: virtualPackages,
			text: textOf(virtualPackages, target, files)
		}) : null,
		read
	});
}
function textOf(file, { lock }, { contents, refused }) {
	const text = contents.get(file);
	if (text !== void 0) return text;
	throw new ActionError("lock", `${file}: ${refused.get(file) ?? "it is not there"}, but ${lock} is made from it`, ["A source is a regular file of the repository", "Restore it, or name the sources in spec.yml: lock: sources"]);
}
function freshnessOf$1(target, spec) {
	const { lock, metadata } = target;
	const platforms = spec?.platforms ?? target.platforms;
	return target.images.flatMap((image) => freshness({
		image,
		lock,
		spec,
		metadata,
		platforms
	}));
}
// src/steps/lock-scan.ts
/** Reads what the locks are made from and tells which of them are fresh. Nothing is solved or fetched. */
async function scanLocks({ images, tree, files, foreign }) {
	const whole = await statesOf(images, {
		tree,
		files,
		foreign
	});
	if (!(whole instanceof ActionError)) return {
		states: whole,
		failures: []
	};
	const folders = [...Map.groupBy(images, ({ path }) => path).values()];
	const each = await Promise.all(folders.map(async (group) => ({
		images: group,
		found: await statesOf(group, {
			tree,
			files,
			foreign
		})
	})));
	return {
		states: each.flatMap(({ found }) => found instanceof ActionError ? [] : found),
		failures: each.flatMap(({ images, found }) => found instanceof ActionError ? [{
			images,
			error: found
		}] : [])
	};
}
/**
* Whether somebody keeps a lock for it: an environment.yml alone may be meant to be installed as it is, and gets a lock only
* where a person asks for one.
*/
function isKept({ target }, images) {
	return target.metadata !== null || images.some((image) => target.images.includes(image.name) && isDeclared(image));
}
/** The answer of `lock --check`: every kept lock, and as stale what cannot be read. */
function freshnessOf({ states, failures }, images) {
	const known = states.filter((state) => isKept(state, images)).flatMap((state) => state.freshness);
	const unknown = failures.flatMap((failure) => failure.images.flatMap(({ name, declared }) => (declared.lockPlatforms.length > 0 ? declared.lockPlatforms : ["linux-64"]).map((platform) => ({
		image: name,
		platform,
		fresh: false,
		reason: failure.error.message
	}))));
	return [...known, ...unknown];
}
function isDeclared({ lockSources, declared }) {
	return lockSources.length > 0 || declared.lockPlatforms.length > 0;
}
async function statesOf(images, { tree, files, foreign }) {
	try {
		const read = await files.read(lockInputs(images, tree));
		const all = (part) => new Map([...read[part], ...heads(tree[part])]);
		return lockStates({
			images,
			files: {
				contents: all("contents"),
				refused: all("refused")
			},
			foreign
		});
	} catch (error) {
		if (error instanceof ActionError && error.code === "lock") return error;
		throw error;
	}
}
/** What the tree tells of locks; their heads are all that is needed here. */
function heads(found) {
	return [...found].filter(([path]) => isLockPath(path));
}
export { madeFrom as a, contentHash as c, placeOf as d, readLockPlace as f, explicitLock as i, virtualPackagesForSolve as l, isKept as n, readCondaSpec as o, scanLocks as r, newestRecipe as s, freshnessOf as t, lockPlace as u };
