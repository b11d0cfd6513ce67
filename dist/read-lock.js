import { i as messageOf, t as ActionError } from "./errors.js";
import { a as neededClient, o as patiently, s as statusOf } from "./github-client.js";
import { t as pLimit } from "./p-limit.js";
import { t as require_dist } from "./dist.js";
import { open, realpath, rename, rm, writeFile } from "node:fs/promises";
import path, { posix } from "node:path";
import { randomBytes } from "node:crypto";
import { constants } from "node:fs";
// src/tools/github-tree.ts
/** Blobs are asked for so many at once, and so many of one commit: GitHub counts requests by the hour. */
const atOnce = 4;
const most = 500;
/**
* All files of a commit by GitHub's API, links and submodules included. A fork's commit is found in the repository that
* its pull request is made to. Throws ActionError('github') where GitHub does not know it or lists a part only.
*/
async function remoteTree(question) {
	const { host, repository, commit } = question;
	const octokit = await neededClient(question);
	try {
		const { data } = await patiently(host, () => octokit.rest.git.getTree({
			owner: repository.owner,
			repo: repository.name,
			tree_sha: commit,
			recursive: "true"
		}));
		if (data.truncated) throw new ActionError("github", `GitHub does not list all files of ${commit.slice(0, 7)}: there are too many`, ["check the commit out with actions/checkout (`ref`) before this step"]);
		return data.tree.flatMap(({ path, mode, type, sha, size }) => type === "tree" ? [] : [{
			path,
			mode,
			oid: sha,
			size: size ?? 0
		}]);
	} catch (error) {
		if (statusOf(error) !== 404) throw error;
		throw new ActionError("github", `GitHub does not know the commit ${commit.slice(0, 7)}`, ["it was pushed over or its branch is gone; the token in github-token needs `contents: read`"]);
	}
}
/**
* Files of a commit that is not checked out, as data: nothing of it touches the disk. What `wanted` asks for is read,
* from the clone where it has the same object, else by GitHub's API; links, submodules and files above `limit` bytes are
* refused.
*/
async function readRemoteTree(question) {
	const { wanted, limit } = question;
	const entries = question.listed ?? await remoteTree(question);
	const asked = entries.filter((entry) => wanted(entry.path));
	const regular = asked.filter((entry) => entry.mode.startsWith("100"));
	const read = new Set(regular.filter((entry) => entry.size <= limit(entry.path)));
	const blobs = await readBlobs({
		...question,
		oids: [...new Set([...read].map((entry) => entry.oid))]
	});
	const refused = asked.filter((entry) => !read.has(entry));
	return {
		entries,
		contents: new Map([...read].map((entry) => [entry.path, blobs.get(entry.oid) ?? ""])),
		refused: new Map(refused.map((entry) => [entry.path, reason(entry, limit(entry.path))]))
	};
}
function reason({ mode, size }, limit) {
	return mode.startsWith("100") ? `it has ${size} bytes, more than ${limit}` : "it is a symlink or a submodule";
}
async function readBlobs(question) {
	const { git, oids, repository, host } = question;
	const found = question.known ?? /* @__PURE__ */ new Map();
	const here = new Set(git && await git.commit("HEAD") ? (await git.tree("HEAD")).map((entry) => entry.oid) : []);
	const local = await git?.blobs(oids.filter((oid) => here.has(oid) && !found.has(oid)));
	for (const [oid, bytes] of local ?? []) found.set(oid, bytes.toString());
	const missing = oids.filter((oid) => !found.has(oid));
	if (missing.length === 0) return found;
	if (missing.length > most) throw new ActionError("github", `${missing.length} files are to be read from GitHub, more than ${most}`, ["name the folder of the stack (input path), or check the commit out with actions/checkout (`ref`)"]);
	const octokit = await neededClient(question);
	const limit = pLimit(atOnce);
	const read = async (oid) => {
		const { data } = await patiently(host, () => octokit.rest.git.getBlob({
			owner: repository.owner,
			repo: repository.name,
			file_sha: oid
		}));
		found.set(oid, Buffer.from(data.content, data.encoding === "base64" ? "base64" : "utf8").toString());
	};
	await Promise.all(missing.map((oid) => limit(read, oid)));
	return found;
}
// src/tools/repository-files.ts
/** Longest file, bytes: locks of many platforms are large, what people write is not. */
const lockBytes = 16e6;
const textBytes = 1048576;
/** The files as they lie in the folder. */
function workTreeFiles(cwd) {
	return {
		commit: null,
		read: async (paths) => {
			const [contents, refused] = [/* @__PURE__ */ new Map(), /* @__PURE__ */ new Map()];
			const read = async (name) => {
				const found = await readWorkFile(cwd, name);
				if (found === null) return;
				if ("text" in found) contents.set(name, found.text);
				else refused.set(name, found.reason);
			};
			await Promise.all([...new Set(paths)].map(read));
			return {
				contents,
				refused
			};
		}
	};
}
/** The files of a commit, from git's objects. */
function commitFiles(git, commit) {
	const listed = git.tree(commit).then((entries) => new Map(entries.map((entry) => [entry.path, entry])));
	listed.catch(() => void 0);
	return {
		commit,
		read: async (paths) => {
			const entries = await listed;
			const found = [...new Set(paths)].flatMap((name) => entries.get(name) ?? []);
			const reasonOf = ({ path: name, mode, size }) => mode.startsWith("100") ? size > limit(name) ? tooLarge(name) : null : "it is a symlink or a submodule";
			const good = found.filter((entry) => reasonOf(entry) === null);
			const blobs = await git.blobs([...new Set(good.map((entry) => entry.oid))]);
			return {
				contents: new Map(good.map((entry) => [entry.path, blobs.get(entry.oid)?.toString() ?? ""])),
				refused: new Map(found.flatMap((entry) => good.includes(entry) ? [] : [[entry.path, reasonOf(entry) ?? ""]]))
			};
		}
	};
}
/**
* The tree of a commit that this clone may lack, by GitHub's API, with what `wanted` asks for, and its other files when they are
* asked for. Nothing of it touches the disk, it is listed once, and no file is fetched twice.
*/
async function readRemote(question, wanted) {
	const shared = {
		...question,
		limit,
		listed: await remoteTree(question),
		known: /* @__PURE__ */ new Map()
	};
	const read = async (paths) => {
		const names = new Set(paths);
		return await readRemoteTree({
			...shared,
			wanted: (name) => names.has(name)
		});
	};
	return {
		tree: await readRemoteTree({
			...shared,
			wanted
		}),
		files: {
			commit: question.commit,
			read
		}
	};
}
/**
* Writes files into the folder, each aside first and then by its name: a run that is killed leaves every file either as it
* was or as it is to be. The folders have to be there. Throws
* ActionError('lock') where one on the way is a link.
*/
async function writeFiles(cwd, files) {
	const aside = files.map((file) => ({
		...file,
		target: path.join(cwd, file.path),
		other: ""
	}));
	try {
		for (const file of aside) {
			const stray = await strayness(cwd, file.path);
			if (stray) throw new ActionError("lock", `${file.path} is not written: ${stray}`, ["a lock is a plain file in a plain folder"]);
			file.other = `${file.target}.${randomBytes(6).toString("hex")}.tmp`;
			await writeFile(file.other, file.text, { flag: "wx" });
		}
		for (const file of aside) await rename(file.other, file.target);
	} finally {
		await Promise.all(aside.filter(({ other }) => other !== "").map(({ other }) => rm(other, { force: true })));
	}
}
async function readWorkFile(cwd, name) {
	try {
		const stray = await strayness(cwd, name);
		if (stray) return { reason: stray };
		const handle = await open(path.join(cwd, name), constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
		try {
			const status = await handle.stat();
			if (!status.isFile()) return { reason: "it is not a regular file" };
			return status.size > limit(name) ? { reason: tooLarge(name) } : { text: await handle.readFile("utf8") };
		} finally {
			await handle.close();
		}
	} catch (error) {
		const { code } = error;
		if (code === "ENOENT" || code === "ENOTDIR") return null;
		return { reason: code === "ELOOP" ? "it is a symlink" : messageOf(error) };
	}
}
/** Why a file is not where its name says, null where it is: behind a link it would be another place. */
async function strayness(cwd, name) {
	const folder = posix.dirname(posix.normalize(name));
	if (posix.isAbsolute(folder) || folder === ".." || folder.startsWith("../")) return "it is outside of the repository";
	const [root, real] = await Promise.all([realpath(cwd), realpath(path.join(cwd, folder))]);
	return real === path.join(root, folder) ? null : "a folder on the way to it is a symlink";
}
function limit(name) {
	return /\.lock$|(^|\/)[^/]*lock\.ya?ml$/.test(name) ? lockBytes : textBytes;
}
function tooLarge(name) {
	return `it is larger than ${limit(name) === lockBytes ? "16 MB" : "1 MiB"}`;
}
// src/lock/yaml-node.ts
/** Adds a key; a second one of the same name, or the one that JavaScript gives a meaning, is an error. */
function addEntry(entries, key, value) {
	if (entries.has(key)) throw new YamlProblem(value.line, `the key \`${key}\` stands here a second time`);
	if (key === "__proto__") throw new YamlProblem(value.line, "the key `__proto__` is not taken");
	entries.set(key, value);
}
/** What is wrong at a line; the reader of the file adds its name. */
var YamlProblem = class extends Error {
	line;
	constructor(line, message) {
		super(message);
		this.line = line;
	}
};
/** Runs a reader of a lock; what is wrong becomes an ActionError('lock') with file and line. */
function withPlace(file, read) {
	try {
		return read();
	} catch (error) {
		if (!(error instanceof YamlProblem)) throw error;
		throw new ActionError("lock", `${file}:${error.line}: ${error.message}`, ["a lock is never edited by hand: restore the file from git, or make it anew"]);
	}
}
// src/lock/yaml-scalar.ts
/**
* Scalars as PyYAML writes them, which is what conda-lock uses: YAML 1.1's types (yaml/resolver.py) and PyYAML's choice
* of style (yaml/emitter.py). A YAML 1.2 emitter quotes other ones.
*/
const words = /* @__PURE__ */ new Set([
	"",
	"~",
	"=",
	"<<"
]);
for (const word of [
	"null",
	"yes",
	"no",
	"true",
	"false",
	"on",
	"off"
]) for (const form of [
	word,
	word.toUpperCase(),
	word[0]?.toUpperCase() + word.slice(1)
]) words.add(form);
const digits = /^[-+.0-9]/;
const integer = /^[-+]?(?:0b[01_]+|0[0-7_]+|0|[1-9][0-9_]*|0x[0-9a-fA-F_]+|[1-9][0-9_]*(?::[0-5]?[0-9])+)$/;
const float = /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
const date = /^\d{4}-\d\d-\d\d$/;
const moment = /^\d{4}-\d\d?-\d\d?(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::\d\d)?))?$/;
/** Whether YAML 1.1 reads this plain scalar as something other than a string: null, a boolean, a number, a date. */
function isTyped(text) {
	if (words.has(text)) return true;
	if (!digits.test(text)) return false;
	return integer.test(text) || float.test(text) || date.test(text) || moment.test(text);
}
const indicators = /^(?:[,[\]{}#&*!|>'"%@`]|[-?:](?: |$)|---|\.\.\.)/;
const printable = /^[ -~]*$/;
/** Whether a text can stand in a block without quotes, as far as its characters go: its type is `isTyped`'s question. */
function isPlain(text) {
	return !indicators.test(text) && !text.includes(": ") && !text.includes(" #") && !text.endsWith(":") && !text.startsWith(" ") && !text.endsWith(" ") && printable.test(text);
}
/** Columns after which PyYAML breaks a line, at a space. */
const width = 80;
/**
* A string as PyYAML writes it in a block: plain if it can be, else in single quotes, else (not ASCII, control characters) in
* double quotes. `column` is where it begins, `indent` the spaces before its further lines. Line breaks, which
* PyYAML would keep in single quotes, become `\n`: any reader reads the same.
*/
function writeScalar(text, column = 0, indent = 0) {
	if (!printable.test(text)) return double(text, column, indent);
	return fold(text, column, indent, isPlain(text) && !isTyped(text) ? "" : "'");
}
/** Breaks at a space that stands alone and beyond the width; in quotes not at the first or last character. */
function fold(text, column, indent, quote) {
	const quoted = quote === "" ? text : text.replaceAll("'", "''");
	if (column + quoted.length < width || !text.includes(" ")) return quote + quoted + quote;
	let written = quote;
	let at = column + quote.length;
	for (const { 0: run, index } of text.matchAll(/ +|[^ ]+/g)) {
		const inside = index > 0 && index + run.length < text.length;
		if (run === " " && at > width && inside) {
			written += `\n${" ".repeat(indent)}`;
			at = indent;
		} else {
			const part = quote === "" ? run : run.replaceAll("'", "''");
			written += part;
			at += part.length;
		}
	}
	return written + quote;
}
const named = {
	"\0": "0",
	"\x07": "a",
	"\b": "b",
	"	": "t",
	"\n": "n",
	"\v": "v",
	"\f": "f",
	"\r": "r",
	"\x1B": "e",
	"\"": "\"",
	"\\": "\\",
	"": "N",
	"\xA0": "_",
	"\u2028": "L",
	"\u2029": "P"
};
/** In double quotes a break is a backslash at the line's end, and one before a space at the next line's beginning. */
function double(text, column, indent) {
	const characters = [...text];
	let written = "\"";
	let at = column + 1;
	let pending = "";
	const flush = (part) => {
		written += pending + part;
		at += pending.length + part.length;
		pending = "";
	};
	for (const [index, character] of characters.entries()) {
		const escaped = escapeOf(character);
		const isEscape = escaped !== character;
		if (isEscape) flush(escaped);
		if (index > 0 && index < characters.length - 1 && (character === " " || pending === "") && at + pending.length - (isEscape ? 1 : 0) > width) {
			flush(`\\\n${" ".repeat(indent)}`);
			at = indent;
			if ((isEscape ? characters[index + 1] : character) === " ") flush("\\");
		}
		if (!isEscape) pending += character;
	}
	flush("\"");
	return written;
}
function escapeOf(character) {
	const name = named[character];
	if (name !== void 0) return `\\${name}`;
	if (/^[ -~]$/.test(character)) return character;
	const code = character.codePointAt(0) ?? 0;
	const [letter, size] = code <= 255 ? ["x", 2] : code <= 65535 ? ["u", 4] : ["U", 8];
	return `\\${letter}${code.toString(16).toUpperCase().padStart(Number(size), "0")}`;
}
// src/lock/read-fields.ts
/** The mapping that a node has to be; `what` names it in the error. */
function mappingOf(node, what) {
	if (!("entries" in node)) throw new YamlProblem(node.line, `${what} is not a mapping`);
	return node;
}
/** The list that a node has to be. */
function listOf(node, what) {
	if (!("items" in node)) throw new YamlProblem(node.line, `${what} is not a list`);
	return node;
}
/** The value of a key that has to be there. */
function required(mapping, key, what) {
	const node = mapping.entries.get(key);
	if (!node) throw new YamlProblem(mapping.line, `${what} has no \`${key}\``);
	return node;
}
/** The value of a key that may be missing or null. */
function optional(mapping, key) {
	const node = mapping.entries.get(key);
	return node && !isNull(node) ? node : null;
}
/** Refuses keys that the format does not have: what is not understood is not passed over. */
function onlyKeys(mapping, known, what) {
	for (const [key, node] of mapping.entries) if (!known.has(key)) throw new YamlProblem(node.line, `${what} has an unknown key \`${key}\``);
}
function isNull(node) {
	return "text" in node && node.plain && /^(?:|~|null|Null|NULL)$/.test(node.text);
}
/** A string; a scalar that YAML 1.1 reads as a number, a date or a boolean is none, as for conda-lock. */
function textOf(node, what) {
	if (!("text" in node)) throw new YamlProblem(node.line, `${what} is not text`);
	if (node.plain && isTyped(node.text)) throw new YamlProblem(node.line, `${what} is \`${node.text}\`, which YAML does not read as text: quote it`);
	return node.text;
}
/** Text in printable ASCII: goes into urls, command lines and other files. */
function asciiOf(node, what) {
	const text = textOf(node, what);
	if (!/^[ -~]*$/.test(text)) throw new YamlProblem(node.line, `${what} has a character that no package has`);
	return text;
}
/** A name, a platform, a url: one word of printable ASCII. */
function wordOf(node, what) {
	const text = asciiOf(node, what);
	if (text === "" || text.includes(" ")) throw new YamlProblem(node.line, `${what} is \`${text}\`, which is not one word`);
	return text;
}
/** `true` or `false`. */
function booleanOf(node, what) {
	if ("text" in node && node.plain && /^(?:true|false)$/i.test(node.text)) return node.text.toLowerCase() === "true";
	throw new YamlProblem(node.line, `${what} is neither true nor false`);
}
/** Mappings, lists and text as they are: metadata that we keep and do not use. */
function plainValue(node, what) {
	if ("items" in node) return node.items.map((item) => plainValue(item, what));
	if ("entries" in node) return Object.fromEntries([...node.entries].map(([key, value]) => [key, plainValue(value, what)]));
	return isNull(node) ? null : textOf(node, what);
}
// src/lock/read-metadata.ts
/** The keys of metadata that are kept unread, with their names here, in conda-lock's order. */
const keptMetadata = [
	["time_metadata", "timeMetadata"],
	["git_metadata", "gitMetadata"],
	["inputs_metadata", "inputsMetadata"],
	["custom_metadata", "customMetadata"]
];
const metadataKeys = /* @__PURE__ */ new Set([
	"content_hash",
	"channels",
	"platforms",
	"sources",
	...keptMetadata.map(([key]) => key)
]);
const channelKeys = /* @__PURE__ */ new Set(["url", "used_env_vars"]);
/** `metadata` of conda-lock.yml (conda_lock/lockfile/v1/models.py, LockMeta). */
function readMetadata(node) {
	const metadata = mappingOf(node, "`metadata`");
	onlyKeys(metadata, metadataKeys, "`metadata`");
	const part = (key) => required(metadata, key, "`metadata`");
	const kept = keptMetadata.flatMap(([key, name]) => {
		const value = optional(metadata, key);
		return value ? [[name, plainValue(value, `\`${key}\``)]] : [];
	});
	return {
		contentHash: readHashes(part("content_hash")),
		channels: listOf(part("channels"), "`channels`").items.map(readChannel),
		platforms: listOf(part("platforms"), "`platforms`").items.map((item) => wordOf(item, "a platform")),
		sources: listOf(part("sources"), "`sources`").items.map(readSourcePath),
		...Object.fromEntries(kept)
	};
}
function readHashes(node) {
	const { entries } = mappingOf(node, "`content_hash`");
	return Object.fromEntries([...entries].map(([platform, hash]) => [platform, wordOf(hash, "a content hash")]));
}
function readChannel(node) {
	if ("text" in node) return {
		url: wordOf(node, "a channel"),
		usedEnvVars: []
	};
	const channel = mappingOf(node, "a channel");
	onlyKeys(channel, channelKeys, "a channel");
	const variables = optional(channel, "used_env_vars");
	return {
		url: wordOf(required(channel, "url", "a channel"), "a channel's `url`"),
		usedEnvVars: variables ? listOf(variables, "`used_env_vars`").items.map((item) => wordOf(item, "a variable")) : []
	};
}
function readSourcePath(node) {
	const path = textOf(node, "a source");
	if (path === "" || /\p{Cc}/u.test(path)) throw new YamlProblem(node.line, "a source is no path");
	return path;
}
// src/lock/yaml-any.ts
var import_dist = require_dist();
/**
* Any YAML, for locks that another program or a person laid out. Anchors, aliases, tags and several documents are refused:
* conda-lock writes none, and they are the means of bombs.
*/
function readAnyYaml(text) {
	const counter = new import_dist.LineCounter();
	const lineOf = (offset) => Math.max(1, counter.linePos(offset ?? 0).line);
	const document = parse(text, counter);
	const [error] = document.errors;
	if (error) throw new YamlProblem(lineOf(error.pos[0]), error.message);
	const node = document.contents && convert(document.contents, {
		lineOf,
		depth: 0
	});
	if (!node || !("entries" in node)) throw new YamlProblem(1, "it is not a mapping");
	return node;
}
function parse(text, lineCounter) {
	try {
		return (0, import_dist.parseDocument)(text, {
			schema: "failsafe",
			version: "1.1",
			lineCounter,
			uniqueKeys: false,
			prettyErrors: false
		});
	} catch (cause) {
		if (cause instanceof RangeError) throw new YamlProblem(1, `it is nested more than 12 levels deep`);
		throw cause;
	}
}
function convert(node, place) {
	const line = place.lineOf(node.range?.[0]);
	if (place.depth > 12) throw new YamlProblem(line, `it is nested more than 12 levels deep`);
	if ((0, import_dist.isAlias)(node) || node.anchor !== void 0) throw new YamlProblem(line, "anchors and aliases are not taken");
	if (node.tag !== void 0) throw new YamlProblem(line, `the tag ${node.tag} is not taken`);
	const below = {
		...place,
		depth: place.depth + 1
	};
	if ((0, import_dist.isSeq)(node)) return {
		line,
		items: node.items.map((item) => convert(item, below))
	};
	if ((0, import_dist.isMap)(node)) {
		const entries = /* @__PURE__ */ new Map();
		for (const pair of node.items) addPair(entries, pair, below);
		return {
			line,
			entries
		};
	}
	if (!(0, import_dist.isScalar)(node)) throw new YamlProblem(line, "it is of no kind that a lock has");
	return {
		line,
		text: String(node.value ?? ""),
		plain: node.type === "PLAIN" || node.type === void 0
	};
}
function addPair(entries, { key, value }, place) {
	const name = convert(key, place);
	if (!("text" in name)) throw new YamlProblem(name.line, "a key is not text");
	addEntry(entries, name.text, value ? convert(value, place) : {
		line: name.line,
		text: "",
		plain: true
	});
}
// src/lock/yaml-blocks.ts
/**
* The layout that PyYAML's dump gives: blocks, lists not indented under their key, a scalar a line, plain or in single quotes.
* Null where anything else stands; a reader of all YAML has to take it then. Thirty times as fast as one.
*/
function readBlocks(text) {
	const reader = new BlockReader(text);
	try {
		return reader.document();
	} catch (error) {
		if (error === other) return null;
		throw error;
	}
}
/** Thrown where the text is not of the layout; never leaves this file. */
const other = /* @__PURE__ */ new Error("another layout");
var BlockReader = class {
	#lines = [];
	#at = 0;
	constructor(text) {
		let number = 0;
		for (const line of text.split("\n")) {
			number++;
			const content = line.endsWith("\r") ? line.slice(0, -1) : line;
			if (content === "" || content.startsWith("#")) continue;
			const indent = content.search(/[^ ]/);
			this.#lines.push({
				indent,
				text: indent < 0 ? "" : content.slice(indent),
				number
			});
		}
	}
	document() {
		if (this.#lines[0]?.indent !== 0) throw other;
		const node = this.#block(0, 0);
		if (this.#at < this.#lines.length || !("entries" in node)) throw other;
		return node;
	}
	#block(indent, depth) {
		const line = this.#lines[this.#at];
		if (depth > 12) throw new YamlProblem(line.number, `it is nested more than 12 levels deep`);
		return isItem(line) ? this.#list(indent, depth) : this.#mapping(indent, depth);
	}
	#list(indent, depth) {
		const first = this.#lines[this.#at];
		const items = [];
		for (let line = first; line?.indent === indent && isItem(line); line = this.#lines[this.#at]) {
			const text = line.text.slice(2);
			if (keyOf(text) === null) {
				items.push(scalar(text, line.number));
				this.#at++;
			} else {
				line.indent = indent + 2;
				line.text = text;
				items.push(this.#block(indent + 2, depth + 1));
			}
		}
		return {
			line: first.number,
			items
		};
	}
	#mapping(indent, depth) {
		const first = this.#lines[this.#at];
		const entries = /* @__PURE__ */ new Map();
		for (let line = first; line?.indent === indent && !isItem(line); line = this.#lines[this.#at]) {
			const key = keyOf(line.text);
			if (key === null) throw other;
			this.#at++;
			addEntry(entries, key.name, key.rest === "" ? this.#below(indent, depth) : scalar(key.rest, line.number));
		}
		return {
			line: first.number,
			entries
		};
	}
	/** The value of a key that has none on its line. */
	#below(indent, depth) {
		const next = this.#lines[this.#at];
		if (!next || next.indent < indent || next.indent === indent && !isItem(next)) throw other;
		return this.#block(next.indent, depth + 1);
	}
};
function isItem(line) {
	return line.text.startsWith("- ");
}
/** `name: rest`, `name:` or `'name': rest`; null where no key stands. */
function keyOf(text) {
	const quoted = text.startsWith("'") ? /^'((?:[^']|'')*)':(?: |$)/.exec(text) : null;
	if (quoted) return {
		name: unquoted(quoted[1] ?? ""),
		rest: text.slice(quoted[0].length)
	};
	const colon = text.indexOf(": ");
	const name = colon >= 0 ? text.slice(0, colon) : text.endsWith(":") ? text.slice(0, -1) : null;
	if (name === null || !isPlain(name) || name === "") return null;
	return {
		name,
		rest: colon >= 0 ? text.slice(colon + 2) : ""
	};
}
function scalar(text, line) {
	if (text === "{}") return {
		line,
		entries: /* @__PURE__ */ new Map()
	};
	if (text === "[]") return {
		line,
		items: []
	};
	const quoted = text.startsWith("'") ? /^'((?:[ -&(-~]|'')*)'$/.exec(text) : null;
	if (quoted) return {
		line,
		text: unquoted(quoted[1] ?? ""),
		plain: false
	};
	if (text === "" || !isPlain(text)) throw other;
	return {
		line,
		text,
		plain: true
	};
}
function unquoted(text) {
	return text.replaceAll("''", "'");
}
// src/lock/read-lock.ts
/** Characters that a lock may have; the largest of pangeo's history has 1.4 million. */
const largestLock = 16e6;
/** The same for a lock in a layout that only a reader of all YAML understands, which takes a second for a million. */
const largestOther = 4e6;
/**
* conda-lock.yml of format 1 (conda-lock 1.0 and later) as data; `file` is named in errors. Throws ActionError('lock')
* with file and line where conda-lock itself would not read it, and for aliases, tags and what is too large.
*/
function readLock(text, file = "conda-lock.yml") {
	return readLockWithLines(text, file).lock;
}
/** `readLock`, with lines for messages. */
function readLockWithLines(text, file = "conda-lock.yml") {
	return withPlace(file, () => {
		const root = readYaml(text);
		onlyKeys(root, rootKeys, "a lock");
		checkVersion(required(root, "version", "a lock"));
		const nodes = listOf(required(root, "package", "a lock"), "`package`").items;
		return {
			lock: {
				metadata: readMetadata(required(root, "metadata", "a lock")),
				packages: nodes.map(readPackage)
			},
			lines: nodes.map((node) => node.line)
		};
	});
}
/**
* A lock's metadata alone: of a lock as conda-lock writes it only the head is read, some forty lines of thousands. Takes
* the head of a file too.
*/
function readLockMetadata(text, file = "conda-lock.yml") {
	return withPlace(file, () => {
		const end = /^package:/m.exec(text)?.index ?? text.length;
		const head = text.slice(0, end);
		const root = readYaml(/^metadata:/m.test(head) ? head : text);
		const version = root.entries.get("version");
		if (version) checkVersion(version);
		return readMetadata(required(root, "metadata", "a lock"));
	});
}
const rootKeys = /* @__PURE__ */ new Set([
	"version",
	"metadata",
	"package"
]);
function readYaml(text) {
	if (text.length > largestLock) throw new YamlProblem(1, `it is larger than ${largestLock / 1e6} MB`);
	const blocks = readBlocks(text);
	if (blocks) return blocks;
	if (text.length > largestOther) throw new YamlProblem(1, `it is larger than ${largestOther / 1e6} MB and not laid out as conda-lock does`);
	return readAnyYaml(text);
}
function checkVersion(node) {
	const version = "text" in node ? node.text : "";
	if (version !== "1") throw new YamlProblem(node.line, `the format's version is \`${version}\`; only 1 is known`);
}
const packageKeys = new Set("name version manager platform dependencies url hash source build category optional".split(" "));
const hashKeys = /* @__PURE__ */ new Set(["md5", "sha256"]);
const sourceKeys = /* @__PURE__ */ new Set(["type", "url"]);
const nothing = {
	line: 0,
	entries: /* @__PURE__ */ new Map()
};
function readPackage(node) {
	const entry = mappingOf(node, "a package");
	const name = wordOf(required(entry, "name", "a package"), "a package's `name`");
	onlyKeys(entry, packageKeys, name);
	const manager = textOf(required(entry, "manager", name), `${name}'s \`manager\``);
	if (manager !== "conda" && manager !== "pip") throw new YamlProblem(entry.line, `${name}'s \`manager\` is \`${manager}\`, not conda or pip`);
	const source = optional(entry, "source");
	const build = optional(entry, "build");
	const category = optional(entry, "category");
	return {
		name,
		version: asciiOf(required(entry, "version", name), `${name}'s \`version\``),
		manager,
		platform: wordOf(required(entry, "platform", name), `${name}'s \`platform\``),
		dependencies: readDependencies(optional(entry, "dependencies") ?? nothing, name),
		url: wordOf(required(entry, "url", name), `${name}'s \`url\``),
		hash: readHash(required(entry, "hash", name), name),
		...source && { source: readSource(source, name) },
		...build && { build: wordOf(build, `${name}'s \`build\``) },
		category: category ? wordOf(category, `${name}'s \`category\``) : "main",
		optional: booleanOf(required(entry, "optional", name), `${name}'s \`optional\``)
	};
}
/** A key longer than this YAML writes in another way; no package's name is. */
const longestName = 120;
function readDependencies(node, name) {
	const dependencies = {};
	for (const [key, value] of mappingOf(node, `${name}'s \`dependencies\``).entries) {
		if (!/^[!-~]+$/.test(key) || key.length > longestName) throw new YamlProblem(value.line, `${name} depends on \`${key}\`, which is no name`);
		dependencies[key] = asciiOf(value, `${name}'s dependency ${key}`);
	}
	return dependencies;
}
function readHash(node, name) {
	const entry = mappingOf(node, `${name}'s \`hash\``);
	onlyKeys(entry, hashKeys, `${name}'s hash`);
	const md5 = optional(entry, "md5");
	const sha256 = optional(entry, "sha256");
	return {
		...md5 && { md5: asciiOf(md5, `${name}'s md5`) },
		...sha256 && { sha256: asciiOf(sha256, `${name}'s sha256`) }
	};
}
function readSource(node, name) {
	const entry = mappingOf(node, `${name}'s \`source\``);
	onlyKeys(entry, sourceKeys, `${name}'s source`);
	return {
		type: wordOf(required(entry, "type", `${name}'s source`), `${name}'s source's \`type\``),
		url: wordOf(required(entry, "url", `${name}'s source`), `${name}'s source's \`url\``)
	};
}
export { isTyped as a, readRemote as c, remoteTree as d, keptMetadata as i, workTreeFiles as l, readLockMetadata as n, writeScalar as o, readLockWithLines as r, commitFiles as s, readLock as t, writeFiles as u };
