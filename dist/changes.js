import { i as __toESM } from "./rolldown-runtime.js";
import { t as require_picomatch } from "./picomatch.js";
import { t as ActionError } from "./errors.js";
import { t as nearest } from "./nearest.js";
import { posix } from "node:path";
// src/stack/discover.ts
var import_picomatch = /* @__PURE__ */ __toESM(require_picomatch(), 1);
const leftOut = /^(?:\..*|binder|docs?|documentation|examples?|samples?|tests?|testing|node_modules|vendor|third[-_]party|site-packages)$/i;
const notImages = /^(?:dockerignore|j2|jinja2?|tmpl|tpl|template|in|erb|mustache|m4|md|rst|txt|bak|orig|old|rej|swp|save|disabled|sh|py|ya?ml|json|lock|log)$/i;
/** The folder of an editor's container: left out, unless the stack is made of them. */
const devcontainer = ".devcontainer";
const plainNames = [
	"Dockerfile",
	"dockerfile",
	"Containerfile"
];
/** Tells whether the contents of a file are needed to read a stack: Dockerfiles, ignore files, specs and locks' heads. */
function wanted(path) {
	if (!/dockerfile|containerfile|\.dockerignore|spec\.ya?ml|change_ignore\.json|conda-lock\.ya?ml/i.test(path)) return false;
	const file = posix.basename(path);
	if (/^(?:\.dockerignore|spec\.ya?ml|change_ignore\.json|conda-lock\.ya?ml)$/.test(file)) return true;
	return /dockerfile|containerfile/i.test(file) && (/\.dockerignore$/.test(file) || ownName(file) !== void 0);
}
/** Makes the index of a tree, links and submodules as files. */
function indexTree(tree) {
	const files = /* @__PURE__ */ new Map();
	const folders = /* @__PURE__ */ new Set(["."]);
	let last = "";
	for (const { path, mode } of tree.entries) {
		files.set(path, mode);
		if (path.lastIndexOf("/") === last.length && path.startsWith(last)) continue;
		last = path.slice(0, Math.max(path.lastIndexOf("/"), 0));
		for (let slash = path.lastIndexOf("/"); slash > 0; slash = path.lastIndexOf("/", slash - 1)) {
			const folder = path.slice(0, slash);
			if (folders.has(folder)) break;
			folders.add(folder);
		}
	}
	return {
		files,
		folders
	};
}
/**
* Finds the Dockerfiles of the images. `path` empty: the folder `images` when all images lie in it (or a spec.yml lies
* there), else the root. Examples, docs, tests and hidden folders are left out unless nothing else is there.
*/
function discover(search, path) {
	const { tree, notes } = search;
	const under = tree.entries.flatMap((entry) => foundAt(entry.path) ?? []).filter((found) => path === "" || isUnder(found.dockerfile, path));
	const base = path === "" ? "." : path;
	const chosen = chosenOf(under, base);
	const taken = new Set(chosen);
	for (const { dockerfile } of under.filter((found) => !taken.has(found))) notes.push({
		path: dockerfile,
		line: null,
		text: "left out: examples, docs, tests and hidden folders are no images of the stack"
	});
	const images = withoutDoubles(chosen, notes).filter((found) => isImage(found, search));
	const specified = path === "" && !tree.contents.has("spec.yml") && /^images\/spec\.ya?ml$/m.test([...tree.contents.keys()].join("\n"));
	const inImages = images.filter((found) => isUnder(found.dockerfile, "images"));
	if (path !== "" || inImages.length === 0 || inImages.length < images.length && !specified) return {
		path: base,
		found: images
	};
	for (const { dockerfile } of images.filter((found) => !inImages.includes(found))) notes.push({
		path: dockerfile,
		line: null,
		text: "left out: images/spec.yml says that the stack is images/"
	});
	return {
		path: "images",
		found: inImages
	};
}
/** Where most Dockerfiles lie in folders `.devcontainer`, of three images at least, these are the images. */
function chosenOf(under, base) {
	const kept = under.filter((found) => !isLeftOut(found, base));
	if (kept.length === 0 || kept.length === under.length) return under;
	const containers = under.filter((found) => posix.basename(found.folder) === ".devcontainer" && found.own === null);
	return containers.length >= 3 && containers.length > kept.length ? [...kept, ...containers] : kept;
}
/** A folder's `Dockerfile` goes before its `dockerfile` and `Containerfile`, as for docker. */
function withoutDoubles(found, notes) {
	const first = /* @__PURE__ */ new Map();
	for (const image of found.filter((image) => image.own === null)) {
		const other = first.get(image.folder);
		if (!other || plainNames.indexOf(posix.basename(image.dockerfile)) < plainNames.indexOf(posix.basename(other.dockerfile))) first.set(image.folder, image);
	}
	return found.filter((image) => {
		const kept = image.own !== null || first.get(image.folder) === image;
		if (!kept) notes.push({
			path: image.dockerfile,
			line: null,
			text: `left out: ${first.get(image.folder)?.dockerfile} is beside it`
		});
		return kept;
	});
}
/** Tells whether a path is a folder or something in it. Both relative to the root, `.` for the root itself. */
function isUnder(path, folder) {
	return folder === "." || path === folder || path.startsWith(`${folder}/`);
}
/** A folder below another one, relative to it; empty for the other one itself. Both relative to the root. */
function relativeTo(base, folder) {
	if (folder === base) return "";
	return base === "." ? folder : folder.slice(base.length + 1);
}
/** A Dockerfile at this path, by its name alone; null for any other file. */
function foundAt(path) {
	if (!/dockerfile|containerfile/i.test(path)) return null;
	const own = ownName(posix.basename(path));
	return own === void 0 ? null : {
		dockerfile: path,
		folder: posix.dirname(path),
		own
	};
}
/** Undefined: no Dockerfile. Null: a plain one. `NAME.Dockerfile`, `Dockerfile.NAME` and `Dockerfile-NAME` give NAME. */
function ownName(file) {
	if (plainNames.includes(file)) return null;
	const name = /^(.+)\.(?:[Dd]ockerfile|[Cc]ontainerfile)$/.exec(file)?.[1] ?? /^(?:Dockerfile|Containerfile)[.-](.*[^~])$/.exec(file)?.[1];
	return name && !notImages.test(name.slice(name.lastIndexOf(".") + 1)) ? name : void 0;
}
function isLeftOut(found, base) {
	if (posix.basename(found.dockerfile).startsWith(".")) return true;
	return relativeTo(base, found.folder).split("/").some((part) => leftOut.test(part));
}
/** False for a fragment without FROM; an error for what cannot be read, as nobody could tell what it builds. */
function isImage({ dockerfile }, { tree, parse, notes }) {
	const refused = tree.refused.get(dockerfile);
	if (refused || !tree.contents.has(dockerfile)) throw new ActionError("stack", `${dockerfile} is not read: ${refused ?? "it is no regular file"}`, ["Dockerfiles must be regular files of the repository in UTF-8; links are not followed", "Replace it by a regular file, or remove it"]);
	if (parse(dockerfile).instructions.some((instruction) => instruction.keyword === "FROM")) return true;
	notes.push({
		path: dockerfile,
		line: null,
		text: "left out: it has no FROM, so it is a fragment"
	});
	return false;
}
// src/stack/image-reference.ts
/** Takes a reference apart. The `docker.io` and `library` that Docker itself adds are left out. */
function parseReference(reference) {
	const [named = "", digest = null] = reference.replace(/^docker-image:\/\//, "").split("@");
	const slash = named.lastIndexOf("/");
	const colon = named.indexOf(":", slash + 1);
	const tag = colon < 0 ? null : named.slice(colon + 1);
	const parts = (colon < 0 ? named : named.slice(0, colon)).split("/");
	const first = parts[0] ?? "";
	const host = parts.length > 1 && (/[.:]/.test(first) || first === "localhost") ? parts.shift() ?? "" : "";
	const hub = /^(?:index\.)?docker\.io$/.test(host) || host === "";
	const repository = parts.pop() ?? "";
	const organisation = parts.join("/");
	return {
		host: hub ? "" : host,
		organisation: hub && organisation === "library" ? "" : organisation,
		repository,
		tag,
		digest
	};
}
/**
* What two references must share to be of one publisher: the organisation, whatever the registry (stacks are published
* to several); the registry where there is no organisation; empty for a bare name.
*/
function publisherOf(reference) {
	return (reference.organisation || reference.host).toLowerCase();
}
/** The publisher that a prefix names, `ghcr.io/ucsd-ets` or `pangeo`. */
function publisherOfPrefix(prefix) {
	return publisherOf(parseReference(`${prefix.replace(/\/+$/, "")}/x`));
}
/** True for a bare name that Docker publishes an official image of: a folder may be named after it, FROM means Docker's. */
function isOfficial(reference) {
	return publisherOf(reference) === "" && official.has(reference.repository);
}
const official = new Set("adminer aerospike almalinux alpine alt amazoncorretto amazonlinux arangodb archlinux bash bonita buildpack-deps busybox caddy cassandra chronograf cirros clearlinux clefos clojure composer consul couchbase couchdb crate dart debian docker drupal eclipse-mosquitto eclipse-temurin eggdrop elasticsearch elixir emqx erlang fedora flink fluentd friendica gazebo gcc geonetwork ghost golang gradle groovy haproxy haskell haxe hello-world hitch httpd hylang ibmjava influxdb irssi jetty joomla jruby julia kapacitor kibana kong liquibase logstash mageia mariadb matomo maven mediawiki memcached mongo mongo-express monica mono mysql nats nats-streaming neo4j neurodebian nextcloud nginx node notary odoo open-liberty openjdk oraclelinux orientdb percona perl phpmyadmin php photon plone postfixadmin postgres pypy python rabbitmq rakudo-star r-base redis redmine registry rethinkdb rocket.chat rockylinux ros ruby rust sapmachine satosa scratch silverpeas sl solr sonarqube spark spiped storm swift swipl teamspeak telegraf tomcat tomee traefik ubuntu unit varnish vault websphere-liberty wordpress xwiki yourls znc zookeeper".split(" "));
// src/stack/shell.ts
/** Thrown where the value of a word cannot be known from the Dockerfile alone, or where its syntax is wrong. */
var Doubt = class extends Error {};
const plainText = /[\w.:=-]+/y;
const plainWord = /[\w.:=/-]+/y;
/**
* Replaces the variables of a word and takes its quotes away, as BuildKit's `shell.Lex` does: `$X`, `${X}`, `:-`, `-`,
* `:+`, `+`, `:?`, `?`, `#`, `##`, `%`, `%%`, `/` and `//`. Throws `Doubt` for what BuildKit refuses.
*/
function expandWord(text, escapeChar, lookup) {
	if (!/['"$\\`]/.test(text)) return text;
	return expandUntil({
		text,
		escapeChar,
		at: 0
	}, "", lookup);
}
/**
* The words of a command as they are written, quotes and escapes kept: what BuildKit looks for heredocs in. Empty when
* a quote is not closed or a substitution is none of Dockerfile's: BuildKit sees no heredoc in such a line either.
*/
function rawWords(text) {
	const cursor = {
		text,
		escapeChar: "\\",
		at: 0
	};
	const words = [];
	let start = -1;
	try {
		while (cursor.at < text.length) {
			if (start >= 0 && skipPlain(cursor, plainWord)) continue;
			const space = isSpace(text[cursor.at]);
			if (space && start >= 0) words.push(text.slice(start, cursor.at));
			start = space ? -1 : start < 0 ? cursor.at : start;
			if (text.startsWith("<<", cursor.at)) cursor.at += /^<<[ \t]*/.exec(text.slice(cursor.at))?.[0].length ?? 2;
			else takePiece(cursor, () => "x", false);
		}
	} catch {
		return [];
	}
	return start < 0 ? words : [...words, text.slice(start)];
}
function expandUntil(cursor, stop, lookup, keepEscapes = false) {
	let result = "";
	while (cursor.at < cursor.text.length) {
		if (stop && cursor.text[cursor.at] === stop) {
			cursor.at++;
			return result;
		}
		result += skipPlain(cursor, plainText) || takePiece(cursor, lookup, keepEscapes);
	}
	if (stop) throw new Doubt(`no closing ${stop}`);
	return result;
}
/** Takes what means nothing but itself at once; empty where the next character may mean more. */
function skipPlain(cursor, plain) {
	plain.lastIndex = cursor.at;
	const text = plain.exec(cursor.text)?.[0] ?? "";
	cursor.at += text.length;
	return text;
}
/** One quoted text, substitution, escaped character or plain character. */
function takePiece(cursor, lookup, keepEscapes) {
	const char = cursor.text[cursor.at] ?? "";
	if (char === "'") return takeSingleQuoted(cursor);
	if (char === "\"") return takeDoubleQuoted(cursor, lookup);
	if (char === "$") return takeSubstitution(cursor, lookup);
	cursor.at++;
	if (char !== cursor.escapeChar) return char;
	const next = cursor.text[cursor.at++] ?? "";
	return keepEscapes ? char + next : next;
}
function takeSingleQuoted(cursor) {
	const end = cursor.text.indexOf("'", cursor.at + 1);
	if (end < 0) throw new Doubt("no closing '");
	const result = cursor.text.slice(cursor.at + 1, end);
	cursor.at = end + 1;
	return result;
}
function takeDoubleQuoted(cursor, lookup) {
	let result = "";
	cursor.at++;
	while (cursor.at < cursor.text.length) {
		const char = cursor.text[cursor.at] ?? "";
		if (char === "$") {
			result += takeSubstitution(cursor, lookup);
			continue;
		}
		cursor.at++;
		if (char === "\"") return result;
		const next = cursor.text[cursor.at] ?? "";
		if (char === cursor.escapeChar && (next === "\"" || next === "$" || next === cursor.escapeChar)) {
			result += next;
			cursor.at++;
		} else result += char;
	}
	throw new Doubt("no closing \"");
}
function takeSubstitution(cursor, lookup) {
	cursor.at++;
	if (cursor.text[cursor.at] !== "{") {
		const name = takeName(cursor);
		return name ? lookup(name) ?? "" : "$";
	}
	cursor.at++;
	if (/^[{}:]?$/.test(cursor.text[cursor.at] ?? "")) throw new Doubt("bad substitution");
	const name = takeName(cursor);
	const char = cursor.text[cursor.at++] ?? "";
	if (char === "}") return lookup(name) ?? "";
	if (char === "/") return replaceIn(cursor, lookup(name) ?? "", lookup);
	const operator = char === ":" ? char + (cursor.text[cursor.at++] ?? "") : char;
	if (!/^:?[-+?]$|^[#%]$/.test(operator)) throw new Doubt(`unsupported modifier ${operator}`);
	const trims = operator === "#" || operator === "%";
	const word = expandUntil(cursor, "}", lookup, trims);
	return trims ? trimmed(lookup(name) ?? "", operator, word) : chosen(lookup, name, operator, word);
}
function takeName(cursor) {
	const name = /^(?:\d+|[@*#?\-$!]|[\p{L}_][\p{L}\p{Nd}_]*)/u.exec(cursor.text.slice(cursor.at))?.[0] ?? "";
	cursor.at += name.length;
	return name;
}
function chosen(lookup, name, operator, word) {
	const value = lookup(name);
	const set = value !== void 0 && (operator.length === 1 || value !== "");
	if (operator.endsWith("-")) return set ? value ?? "" : word;
	if (operator.endsWith("+")) return set ? word : "";
	if (!set) throw new Doubt(`${name} has no value`);
	return value ?? "";
}
function replaceIn(cursor, value, lookup) {
	const every = cursor.text[cursor.at] === "/";
	if (every) cursor.at++;
	const pattern = expandUntil(cursor, "/", lookup, true);
	const replacement = expandUntil(cursor, "}", lookup, true);
	return value.replace(new RegExp(shellPattern(pattern, true), every ? "gu" : "u"), () => replacement);
}
function trimmed(value, operator, word) {
	const greedy = word.startsWith(operator);
	const source = shellPattern(greedy ? word.slice(1) : word, greedy);
	if (operator === "#") return value.replace(new RegExp(`^${source}`, "u"), "");
	for (let at = greedy ? 0 : value.length; at >= 0 && at <= value.length; at += greedy ? 1 : -1) if (new RegExp(`^${source}$`, "u").test(value.slice(at))) return value.slice(0, at);
	return value;
}
function shellPattern(pattern, greedy) {
	return pattern.replace(/\\?[\s\S]/gu, (token) => {
		if (token === "*") return greedy ? "[\\s\\S]*" : "[\\s\\S]*?";
		if (token === "?") return "[\\s\\S]";
		return (token.length > 1 && token.startsWith("\\") ? token.slice(1) : token).replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
	});
}
function isSpace(char) {
	return char !== void 0 && /\s/u.test(char);
}
// src/stack/dockerfile.ts
const backslashWord = wordExpression("\\\\");
const backtickWord = wordExpression("`");
/**
* Takes a Dockerfile apart by the rules of BuildKit's own parser: comments between continued lines, empty continuation
* lines, CRLF, `# escape=`, heredocs. Never throws: what BuildKit would refuse is BuildKit's to report.
*/
function parseDockerfile(text) {
	const known = parsed.get(text);
	if (known) return known;
	if (parsed.size >= keptTexts) parsed.clear();
	const dockerfile = parse(text);
	parsed.set(text, dockerfile);
	return dockerfile;
}
/** The head's and the base's stack share most of their Dockerfiles, and none of them is to be taken apart twice. */
const parsed = /* @__PURE__ */ new Map();
const keptTexts = 1e4;
function parse(text) {
	const cursor = {
		text: text.charCodeAt(0) === 65279 ? text.slice(1) : text,
		at: 0,
		line: 0
	};
	const escapeChar = readDirectives(cursor.text);
	const instructions = [];
	while (cursor.at <= cursor.text.length) {
		const line = cursor.line + 1;
		const logical = takeLogicalLine(cursor, escapeChar).trim();
		if (logical === "") continue;
		const instruction = splitInstruction(logical, escapeChar, line);
		instructions.push(instruction);
		if (takesHeredocs.has(instruction.keyword) && logical.includes("<<")) skipHeredocs(cursor, logical);
	}
	return {
		escapeChar,
		instructions
	};
}
/** The instruction behind an ONBUILD; null when there is none. */
function triggerOf(onbuild, escapeChar) {
	return onbuild.rest ? splitInstruction(onbuild.rest.trim(), escapeChar, onbuild.line) : null;
}
/** The words of ARG and ENV: divided at white space outside quotes, quotes and escapes kept. */
function fields(text, escapeChar) {
	const word = escapeChar === "`" ? backtickWord : backslashWord;
	return text.match(word) ?? [];
}
/** The arguments of COPY and ADD: a JSON array, or words divided at white space. */
function listArguments(rest) {
	if (rest.startsWith("[")) try {
		const values = JSON.parse(rest);
		if (Array.isArray(values) && values.every((value) => typeof value === "string")) return values;
	} catch {}
	return rest.split(/[\t\v\f\r ]+/).filter(Boolean);
}
/** The name behind `<<` when the word begins a heredoc, else null. */
function heredocName(word) {
	const match = /^\d*<<(-?)\s*([^<]+)$/.exec(word);
	if (!match) return null;
	const name = (match[2] ?? "").replace(/\\(.)|['"]/g, "$1");
	return /\s/.test(name.trim()) || !name ? null : {
		name,
		tabs: match[1] === "-"
	};
}
/** Only the first word: an instruction of a megabyte of flags must not be divided anew for each of them. */
function firstField(text, escapeChar) {
	const word = escapeChar === "`" ? backtickWord : backslashWord;
	word.lastIndex = 0;
	const first = word.exec(text)?.[0] ?? text;
	word.lastIndex = 0;
	return first;
}
function wordExpression(escaped) {
	return new RegExp(`(?:${escaped}[\\s\\S]|"(?:${escaped}[\\s\\S]|[^"${escaped}])*"?|'[^']*'?|[^\\s"'${escaped}])+`, "g");
}
function readDirectives(text) {
	const seen = /* @__PURE__ */ new Map();
	for (const cursor = {
		text,
		at: 0,
		line: 0
	}; cursor.at <= text.length;) {
		const line = takeLine(cursor);
		if (!line.trimStart().startsWith("#")) break;
		const match = /^\s*#\s*([a-zA-Z][a-zA-Z0-9]*)\s*=\s*(.+?)\s*$/.exec(line);
		const name = match?.[1]?.toLowerCase() ?? "";
		if (![
			"syntax",
			"escape",
			"check"
		].includes(name) || seen.has(name)) break;
		seen.set(name, match?.[2] ?? "");
	}
	return seen.get("escape") === "`" ? "`" : "\\";
}
/** The next line, without what ends it. */
function takeLine(cursor) {
	const { text, at } = cursor;
	const found = text.indexOf("\n", at);
	let end = found < 0 ? text.length : found;
	cursor.at = end + 1;
	cursor.line++;
	while (end > at && text.charCodeAt(end - 1) === 13) end--;
	return text.slice(at, end);
}
function takeLogicalLine(cursor, escapeChar) {
	let logical = "";
	for (let first = true; cursor.at <= cursor.text.length; first = false) {
		const line = takeLine(cursor);
		const start = line.trimStart();
		const comment = start.startsWith("#");
		if (!first && (comment || start === "")) continue;
		const body = comment ? "" : first ? start : line;
		const end = continuation(body, escapeChar);
		if (end < 0) return logical + body;
		logical += body.slice(0, end);
	}
	return logical;
}
/** Index of the escape that continues a line: the last character before blanks, and not escaped itself. -1 without one. */
function continuation(line, escapeChar) {
	let end = line.length - 1;
	while (line[end] === " " || line[end] === "	") end--;
	return line[end] === escapeChar && line[end - 1] !== escapeChar ? end : -1;
}
function splitInstruction(text, escapeChar, line) {
	const space = text.search(/\s/);
	const keyword = (space < 0 ? text : text.slice(0, space)).toUpperCase();
	let rest = space < 0 ? "" : text.slice(space).trimStart();
	if (!rest.startsWith("--")) return {
		keyword,
		flags: noFlags,
		rest,
		line
	};
	const flags = [];
	while (rest.startsWith("--")) {
		const word = firstField(rest, escapeChar);
		rest = rest.slice(word.length).trimStart();
		if (word === "--") break;
		flags.push(unquoted(word, escapeChar));
	}
	return {
		keyword,
		flags,
		rest,
		line
	};
}
function unquoted(word, escapeChar) {
	return word.replace(escapeChar === "\\" ? /\\([\s\S])|["']/g : /`([\s\S])|["']/g, "$1");
}
const noFlags = [];
const takesHeredocs = /* @__PURE__ */ new Set([
	"ADD",
	"COPY",
	"RUN",
	"ONBUILD"
]);
function skipHeredocs(cursor, logical) {
	for (const word of rawWords(logical)) {
		const heredoc = heredocName(word);
		if (!heredoc) continue;
		while (cursor.at <= cursor.text.length) {
			const line = takeLine(cursor);
			if ((heredoc.tabs ? line.replace(/^\t+/, "") : line) === heredoc.name) break;
		}
	}
}
// src/stack/tagged.ts
/**
* Finds the image whose folders a tag is made of: `noetic-ros-core-focal` and `ros/noetic/ubuntu/focal/ros-core`. Only a
* guess, good enough for a remark: null unless exactly one image's last folder and another of its folders are the whole tag.
*/
function taggedFinder(names) {
	const byLast = Map.groupBy(names.filter((name) => name.includes("/")), (name) => posix.basename(name));
	return ({ tag }, self) => {
		if (tag === null || byLast.size === 0 || !tag.includes("-")) return null;
		const found = runsOf(tag).flatMap((run) => byLast.get(run) ?? []).filter((name) => name !== self && isMadeOf(tag, name.split("/").reverse()));
		return found.length === 1 ? found[0] ?? null : null;
	};
}
/** All runs of a tag's parts: `a`, `a-b`, `b`. A tag of many parts is none of folders. */
function runsOf(tag) {
	const parts = tag.split("-").slice(0, 8);
	return parts.flatMap((_, from) => parts.slice(from).map((_part, length) => parts.slice(from, from + length + 1).join("-")));
}
function isMadeOf(tag, folders) {
	let rest = `-${tag}-`;
	let used = 0;
	for (const folder of folders) {
		if (!rest.includes(`-${folder}-`)) continue;
		rest = rest.replace(`-${folder}-`, "-");
		used++;
	}
	return rest === "-" && used > 1;
}
// src/stack/parents.ts
/**
* Finds out which references mean images of this stack. The last component of the reference must be an image's
* repository (and its tag begin with a variant's prefix), and the rest must be the stack's own publisher: one of
* `prefixes` (inputs, spec.yml), else the one that the stack's references to its images agree on. A bare name is the
* stack's unless Docker publishes an official image of that name. Everything less sure stays outside, with a note.
*/
function parentFinder(candidates, own, notes) {
	const byRepository = Map.groupBy(candidates, (candidate) => candidate.repository);
	const readOwn = ownReader(own);
	const publishers = ownPublishers(candidates, byRepository, {
		prefixes: own.prefixes,
		readOwn
	}, notes);
	const byTag = taggedFinder(candidates.map((candidate) => candidate.name));
	const named = new Set(candidates.filter((candidate) => candidate.named).map((candidate) => candidate.name));
	const noted = /* @__PURE__ */ new Set();
	const note = (candidate, reference, text) => {
		const key = `${candidate.dockerfile}\n${reference}`;
		const line = candidate.references.find((other) => other.reference === reference)?.line ?? null;
		if (!noted.has(key)) notes.push({
			path: candidate.dockerfile,
			line,
			text
		});
		noted.add(key);
	};
	return (candidate, text) => {
		const reference = readOwn(text);
		const { meant, possible } = meantBy(byRepository, candidate, reference);
		if (meant === null) {
			const tagged = possible.length > 1 ? null : byTag(reference, candidate.name);
			if (possible.length > 1) note(candidate, text, ambiguous(text, candidate.name, possible));
			if (tagged !== null) note(candidate, text, tagMeans(text, tagged, reference));
			return null;
		}
		const listed = candidate.dependsOn.includes(meant) || named.has(meant);
		const doubt = listed ? null : doubtOf(reference, publishers);
		if (doubt !== null || reference.digest) note(candidate, text, remark(text, candidate.name, meant, doubt));
		return doubt === null ? {
			name: meant,
			how: howRecognised(reference, listed, publishers)
		} : null;
	};
}
function howRecognised(reference, listed, publishers) {
	const publisher = publisherOf(reference);
	if (listed) return "spec.yml says so";
	if (publisher === "") return "a bare name, and Docker publishes no official image of it";
	return publishers.declared.has(publisher) ? `${publisher} is where this stack is published, by the input registry or spec.yml` : `${publisher} is what most references to this stack's images have`;
}
/** A reference without what stands before the tags of the whole stack: a variant's name may come behind it. Each is read once. */
function ownReader({ tagPrefix }) {
	const known = /* @__PURE__ */ new Map();
	const read = (text) => {
		const reference = parseReference(text);
		const { tag } = reference;
		return tagPrefix && tag?.startsWith(tagPrefix) ? {
			...reference,
			tag: tag.slice(tagPrefix.length)
		} : reference;
	};
	return (text) => {
		const reference = known.get(text) ?? read(text);
		known.set(text, reference);
		return reference;
	};
}
/** At most two names that are like one that is not there, as a line of an error; nothing when none is. */
function suggestion(name, known) {
	const near = nearest(name, known);
	return near.length > 0 ? [`Did you mean ${near.join(" or ")}?`] : [];
}
function remark(text, image, parent, doubt) {
	if (doubt === null) return `${text} pins a digest of ${parent}: it is built on this stack's own ${parent} instead`;
	return `${text} is taken as an image from outside: ${doubt}. If it is this stack's ${parent}, say so in spec.yml: images: {${image}: {depends_on: [${parent}]}}`;
}
function tagMeans(text, image, { repository, tag }) {
	return `${text} is taken as an image from outside: its tag is made of the parts of ${image}. If it is this image, say so in spec.yml: images: {${image}: {name: ${repository}, tag: ${tag}}}`;
}
function ambiguous(text, image, names) {
	return `${text} is taken as an image from outside: it may be ${names.slice(0, 3).join(" or ") + (names.length > 3 ? ` or ${names.length - 3} more` : "")}. Say which in spec.yml: images: {${image}: {depends_on: [${names[0]}]}}`;
}
/** The image that the name alone points to, the image itself left out: `ubuntu/Dockerfile` may say FROM ubuntu. */
function meantBy(byRepository, candidate, reference) {
	const same = byRepository.get(reference.repository);
	if (!same) return nothing;
	const tag = reference.tag ?? "";
	const fits = ({ tagPrefix }) => tagPrefix && (tag.startsWith(tagPrefix) || `${tag}-` === tagPrefix);
	const longest = same.filter(fits).reduce((length, other) => Math.max(length, other.tagPrefix.length), 0);
	const found = same.filter((other) => other.tagPrefix.length === longest && (longest === 0 || fits(other)));
	const told = found.length > 1 ? toldApart(found, candidate, publisherOf(reference)) : found;
	const possible = told.map((other) => other.name).filter((name) => name !== candidate.name);
	return {
		meant: told.length === 1 ? possible[0] ?? null : null,
		possible: told.length > 1 ? possible : []
	};
}
const nothing = {
	meant: null,
	possible: []
};
/** Several images of one name: the one that spec.yml names, or that is published where the reference says. */
function toldApart(found, candidate, publisher) {
	const listed = found.filter((other) => candidate.dependsOn.includes(other.name));
	if (listed.length === 1) return listed;
	const there = found.filter((other) => other.registries.map(publisherOfPrefix).includes(publisher));
	return there.length === 1 ? there : found;
}
function doubtOf(reference, publishers) {
	const publisher = publisherOf(reference);
	if (isOfficial(reference)) return "Docker publishes an official image of this name";
	if (publisher === "" || publishers.declared.has(publisher) || publishers.agreed === publisher) return null;
	return `${publisher} is not known to be where this stack is published`;
}
/** Publishers that are the stack's: the declared ones where its references use one of them, else the one most used. */
function ownPublishers(candidates, byRepository, { prefixes, readOwn }, notes) {
	const declared = new Set(prefixes.map(publisherOfPrefix));
	const uses = /* @__PURE__ */ new Map();
	const foreign = /* @__PURE__ */ new Set();
	for (const candidate of candidates) for (const { reference: text } of candidate.references) {
		const reference = readOwn(text);
		const publisher = publisherOf(reference);
		const named = meantBy(byRepository, candidate, reference).meant;
		if (publisher === reference.repository && !declared.has(publisher)) continue;
		if (named && publisher && !reference.digest) uses.set(publisher, (uses.get(publisher) ?? /* @__PURE__ */ new Set()).add(named));
		if (!named && publisher && byRepository.has(reference.repository)) foreign.add(publisher);
	}
	if ([...uses.keys()].some((publisher) => declared.has(publisher))) return {
		declared,
		agreed: null
	};
	const [first, second] = [...uses].filter(([publisher]) => !foreign.has(publisher)).sort((a, b) => b[1].size - a[1].size);
	if (first && second && first[1].size === second[1].size) {
		const text = `${first[0]} and ${second[0]} may both be where this stack is published: give the input registry, or registry in spec.yml`;
		notes.push({
			path: candidates[0]?.dockerfile ?? ".",
			line: null,
			text
		});
		return {
			declared,
			agreed: null
		};
	}
	return {
		declared,
		agreed: first?.[0] ?? null
	};
}
// src/stack/locate.ts
/** A key of ours at the start of a line, or a flow mapping, which the schema is left to judge. */
const ourKeys = /^\s*(?:["']?(?:images|registry|ignore|build_all|stack)["']?\s*:|\{)/m;
/** The other keys of the schema: another tool's file may have one of them, but hardly these alone. */
const plainKeys = [
	"$schema",
	"tags",
	"flavor",
	"labels",
	"annotations",
	"rebuild",
	"root",
	"tag",
	"all_info_cmds"
];
/** The input `path` as a folder of the repository, empty when it is to be found out. Throws `ActionError('input')`. */
function checkedPath(text, tree, index) {
	if (text === "") return "";
	const path = posix.normalize(text).replace(/(?<=.)\/$/, "");
	if (posix.isAbsolute(path) || path === ".." || path.startsWith("../")) throw new ActionError("input", `path: ${JSON.stringify(text)} is outside of the repository`, ["Give a folder relative to its root"]);
	const link = tree.entries.find((entry) => isLinked(entry) && isUnder(path, entry.path));
	if (link) throw new ActionError("input", `path: ${link.path} is ${link.mode === "120000" ? "a symbolic link" : "a submodule"}, which is not followed`, ["Give the folder itself"]);
	if (index.folders.has(path)) return path;
	const near = suggestion(path, [...index.folders].filter((folder) => folder.split("/").length === path.split("/").length));
	throw new ActionError("input", `path: there is no folder ${JSON.stringify(text)} in the repository`, [...near, "Give a folder relative to its root, or leave path empty"]);
}
/**
* The spec of the stack: the one asked for, else spec.yml in the first of `folders` that has one. A file of that name in the
* repository's root that is another tool's is left alone. Libraries for it are loaded only here.
*/
async function findSpec(tree, asked, folders, notes) {
	const file = asked ? posix.normalize(asked) : folders.flatMap(specFiles).find((candidate) => tree.contents.has(candidate) || tree.refused.has(candidate));
	if (file === void 0) return null;
	const text = tree.contents.get(file);
	if (text === void 0) {
		const named = /^spec\.ya?ml$/.test(posix.basename(file)) ? "is not there" : "is not named spec.yml or spec.yaml";
		const refused = tree.refused.get(file);
		throw new ActionError("spec", `spec: ${file} ${refused ? `is not read: ${refused}` : named}`, ["Give a regular file of the repository named spec.yml, relative to its root"]);
	}
	if (!asked && posix.dirname(file) === "." && text.trim() && !isOurs(text)) {
		notes.push({
			path: file,
			line: null,
			text: "not read as a spec: it has none of the keys images, registry, ignore, build_all, stack"
		});
		return null;
	}
	const { readSpec } = await import("./spec.js");
	return readSpec(tree, file, notes);
}
function isOurs(text) {
	const keys = [...text.matchAll(/^["']?([\w$-]+)["']?\s*:(?=\s|$)/gm)].map(([, key = ""]) => key);
	return ourKeys.test(text) || keys.length > 0 && keys.every((key) => plainKeys.includes(key));
}
/** Where the spec of a stack in this folder may be. */
function specFiles(path) {
	return ["spec.yml", "spec.yaml"].map((file) => posix.join(path, file));
}
/** Reads a Dockerfile of the tree; one that is not there is empty. */
function parser(tree) {
	return (path) => parseDockerfile(tree.contents.get(path) ?? "");
}
/** For the time in which other files are still looked for: takes a Dockerfile apart that `readStack` will ask for. */
function parseAhead(path, text) {
	if (foundAt(path)) parseDockerfile(text);
}
/** Whether an entry is a symbolic link or a submodule. */
function isLinked({ mode }) {
	return mode === "120000" || mode === "160000";
}
/** Links and submodules beside the images are no images, whatever they point at. */
function noteLinks(linked, path, notes) {
	for (const { path: link, mode } of linked) {
		if (posix.dirname(link) !== path) continue;
		notes.push({
			path: link,
			line: null,
			text: `${mode === "120000" ? "a symbolic link" : "a submodule"}: not looked into`
		});
	}
}
/** The error for a repository without images. */
function nothingFound(path) {
	return new ActionError("stack", `there is no image in ${path === "." ? "this repository" : path}`, ["An image is a folder with a Dockerfile (or Containerfile, NAME.Dockerfile, Dockerfile.NAME) that has a FROM", "Give the folder of the images as path"]);
}
// src/stack/glob.ts
/**
* A pattern of .dockerignore (`deep`: `**` is any number of folders) or of a COPY source as a regular expression for a
* whole path; null where Go's `filepath.Match` would call it bad, and where matching it could take for ever. Rules: github.com/moby/patternmatcher.
*/
function globExpression(pattern) {
	if (isCostly(pattern)) return null;
	let source = "";
	for (let at = 0; at < pattern.length; at++) {
		const char = pattern[at] ?? "";
		if (char === "*" && pattern[at + 1] === "*") {
			at += pattern[at + 2] === "/" ? 2 : 1;
			source += at + 1 >= pattern.length ? ".*" : "(?:.*/)?";
		} else if (char === "*") source += "[^/]*";
		else if (char === "?") source += "(?:[\\uD800-\\uDBFF][\\uDC00-\\uDFFF]|[^/])";
		else if (char === "[") {
			const end = classEnd(pattern, at);
			if (end < 0) return null;
			source += pattern.slice(at, end + 1);
			at = end;
		} else if (char === "\\") {
			if (at + 1 >= pattern.length) return null;
			source += escaped(pattern[++at] ?? "");
		} else source += escaped(char);
	}
	try {
		return new RegExp(`^${source}$`, "s");
	} catch {
		return null;
	}
}
/** True when a pattern is more than a plain path. */
function isGlob(pattern) {
	return /[*?[\\]/.test(pattern);
}
/** True when what a glob matches may lie in `folder`: `a/*\/c` and `a/b`. */
function onTheWay(pattern, folder) {
	const parts = pattern.split("/");
	const deep = parts.findIndex((part) => part.includes("**"));
	const depth = folder.split("/").length;
	if (deep >= 0 && depth > deep) return true;
	return depth < parts.length && (globExpression(parts.slice(0, depth).join("/"))?.test(folder) ?? true);
}
/** Stars multiply the ways that a regular expression tries. Whoever asks takes null as doubt, so that nothing is missed. */
function isCostly(pattern) {
	return pattern.split("**").length > 4 || pattern.split("/").some((part) => part.split(/\*+/).length > 4);
}
function classEnd(pattern, start) {
	const match = /^\[\^?(?:\\.|[^\]\\])+\]/s.exec(pattern.slice(start));
	return match ? start + match[0].length - 1 : -1;
}
function escaped(char) {
	return char.replace(/[\\^$.*+?()[\]{}|/-]/, "\\$&");
}
// src/stack/dockerignore.ts
/** The patterns of a .dockerignore, cleaned as BuildKit cleans them: no comments, no leading slash, `!` kept. */
function readIgnoreFile(text) {
	return text.replace(/^\uFEFF/, "").split("\n").filter((line) => !line.startsWith("#") && line.trim() !== "").map((line) => {
		const negated = line.trim().startsWith("!");
		const pattern = line.trim().slice(negated ? 1 : 0).trim();
		return (negated ? "!" : "") + (pattern && clean(pattern).replace(/^\/(?=.)/, ""));
	});
}
/**
* A matcher for .dockerignore patterns with the results of moby's `MatchesUsingParentResults`, which BuildKit walks
* the context with: the last matching pattern decides, and a pattern that matched a folder matches all in it. In doubt a
* file counts: a pattern that is bad (BuildKit refuses the build) or too costly to match ignores nothing, with `!` it keeps all.
*/
function ignoreMatcher(patterns) {
	const rules = patterns.flatMap((pattern) => readRule(pattern) ?? []);
	if (rules.length === 0) return () => false;
	const known = /* @__PURE__ */ new Map();
	return (path) => {
		const verdict = resultsFor(path, rules, known);
		return rules.reduce((ignored, rule, at) => verdict[at] ? !rule.negated : ignored, false);
	};
}
function readRule(line) {
	const cleaned = clean(line.trim());
	const negated = cleaned.startsWith("!");
	const pattern = negated ? cleaned.slice(1) : cleaned;
	if (!pattern) return null;
	if (!isGlob(pattern)) return {
		negated,
		matches: (path) => path === pattern
	};
	if (pattern.startsWith("**") && !isGlob(pattern.slice(2))) return {
		negated,
		matches: suffixMatcher(pattern.slice(2))
	};
	const expression = globExpression(pattern);
	if (expression) return {
		negated,
		matches: (path) => expression.test(path)
	};
	return negated ? {
		negated,
		matches: () => true
	} : null;
}
/** moby compares `**` and a plain rest as a suffix: `**.txt` matches `a/b.txt`, `**\/foo` matches `foo` too. */
function suffixMatcher(suffix) {
	return (path) => path.endsWith(suffix) || suffix.startsWith("/") && path === suffix.slice(1);
}
/** For every rule whether it matched the path or a folder above it. A rule that cannot change the verdict is not asked. */
function resultsFor(path, rules, known) {
	const slash = path.lastIndexOf("/");
	const folder = slash > 0 ? path.slice(0, slash) : null;
	const above = folder === null ? [] : known.get(folder) ?? resultsFor(folder, rules, known);
	if (folder !== null) known.set(folder, above);
	let ignored = false;
	return rules.map((rule, at) => {
		const matched = above[at] || rule.negated === ignored && rule.matches(path);
		if (matched) ignored = !rule.negated;
		return matched;
	});
}
/** Go's `filepath.Clean`. */
function clean(path) {
	const normal = posix.normalize(path);
	return normal.length > 1 ? normal.replace(/\/$/, "") : normal;
}
// src/stack/watch.ts
/**
* What the images of a stack read, ready to be asked about these files. `modules`: submodules came, went or moved, so a name
* on the way of a glob may have been one.
*/
function watchesOf(stack, files, modules) {
	const [asked, folders] = [new Set(files), foldersOf(files)];
	const watches = /* @__PURE__ */ new Map();
	const [named, places] = [/* @__PURE__ */ new Map(), /* @__PURE__ */ new Map()];
	const watchOf = (folder) => {
		const watch = watches.get(folder) ?? {
			paths: /* @__PURE__ */ new Map(),
			above: /* @__PURE__ */ new Map(),
			globs: []
		};
		watches.set(folder, watch);
		return watch;
	};
	for (const image of stack.images) {
		if (folders.has(image.context)) addPatterns(watchOf(image.context), image, image.reads.all ? ["."] : image.reads.patterns, modules);
		const tests = image.declared.testing?.folder;
		for (const folder of [...Object.values(image.contexts), ...tests ? [tests] : []]) if (folders.has(folder)) addTo(named, folder, image);
		for (const context of [image.context, ...Object.values(image.contexts)]) for (const folder of [context, ...foldersAbove(context)]) if (asked.has(folder)) addTo(places, folder, image);
	}
	return {
		byFolder: watches,
		named,
		places,
		ignored: ignoreCheck()
	};
}
/** All folders above some files: a context that is none of them holds none of the files. */
function foldersOf(files) {
	const folders = new Set(files.length > 0 ? ["."] : []);
	for (const file of files) for (let slash = file.lastIndexOf("/"); slash > 0; slash = file.lastIndexOf("/", slash - 1)) {
		const folder = file.slice(0, slash);
		if (folders.has(folder)) break;
		folders.add(folder);
	}
	return folders;
}
/** The images that read a file of the repository, .dockerignore applied. */
function readersOf({ byFolder, named, places, ignored }, file) {
	const images = new Set(places.get(file));
	for (let slash = file.lastIndexOf("/");; slash = file.lastIndexOf("/", slash - 1)) {
		const folder = slash > 0 ? file.slice(0, slash) : ".";
		for (const image of named.get(folder) ?? []) images.add(image);
		const watch = byFolder.get(folder);
		if (watch) addReaders(images, watch, slash > 0 ? file.slice(slash + 1) : file, ignored);
		if (slash <= 0) return images;
	}
}
function addPatterns(watch, image, patterns, modules) {
	for (const pattern of patterns) {
		if (isGlob(pattern)) {
			const expression = globExpression(pattern);
			watch.globs.push({
				image,
				matches: (path) => expression === null || globReads(expression, path) || modules && onTheWay(pattern, path)
			});
			continue;
		}
		const list = watch.paths.get(pattern);
		if (list) list.push(image);
		else watch.paths.set(pattern, [image]);
		for (const folder of foldersAbove(pattern)) addTo(watch.above, folder, image);
	}
}
function addTo(images, key, image) {
	images.set(key, (images.get(key) ?? /* @__PURE__ */ new Set()).add(image));
}
/** A glob reads what it matches and all in a folder that it matches. */
function globReads(expression, path) {
	for (let end = path.length; end > 0; end = path.lastIndexOf("/", end - 1)) if (expression.test(path.slice(0, end))) return true;
	return false;
}
function addReaders(images, watch, path, ignored) {
	const add = (image) => {
		if (!images.has(image) && !ignored(image, path)) images.add(image);
	};
	for (const image of watch.above.get(path) ?? []) add(image);
	for (const image of watch.paths.get(".") ?? []) add(image);
	for (let end = path.length; end > 0; end = path.lastIndexOf("/", end - 1)) for (const image of watch.paths.get(path.slice(0, end)) ?? []) add(image);
	for (const { image, matches } of watch.globs) if (!images.has(image) && matches(path)) add(image);
}
/** Every folder above a path, the root last. */
function* foldersAbove(path) {
	for (let slash = path.lastIndexOf("/"); slash > 0; slash = path.lastIndexOf("/", slash - 1)) yield path.slice(0, slash);
	yield ".";
}
/** Tells whether an image's .dockerignore keeps a file from it; each matcher is made once. */
function ignoreCheck() {
	const matchers = /* @__PURE__ */ new Map();
	return ({ reads }, path) => {
		if (!reads.ignore) return false;
		const matcher = matchers.get(reads.ignore) ?? ignoreMatcher(reads.ignore);
		matchers.set(reads.ignore, matcher);
		return matcher(path);
	};
}
// src/stack/changes.ts
/** Files that are kept for an image's reason; more are only said to be there. */
const shownFiles = 3;
/**
* The images that must be built anew, each with its reason in the reader's words: a file that it reads, its Dockerfile or a
* source of its lock changed, or a parent is built. Where the list of files is not complete, every image. Images with `skip` are
* not in the result; their children are.
*/
function changedImages(stack, changes) {
	const everything = changes.complete ? buildAllReason(stack, changes.files) : changes.reason ?? "the list of changed files may be incomplete";
	if (everything !== null) return new Map(stack.images.filter((image) => !image.skip).map((image) => [image.name, everything]));
	const direct = directChanges(stack, withoutIgnored(stack, changes.files));
	const reasons = /* @__PURE__ */ new Map();
	const byName = new Map(stack.images.map((image) => [image.name, image]));
	for (const name of stack.order) {
		const image = byName.get(name);
		const own = direct.get(name);
		const parent = image?.parents.find((edge) => reasons.has(edge.name))?.name;
		if (image && own) reasons.set(name, fileReason(image, own));
		else if (parent !== void 0) reasons.set(name, `parent ${parent} is ${byName.get(parent)?.skip ? "changed" : "built"}`);
	}
	return new Map([...reasons].filter(([name]) => !byName.get(name)?.skip));
}
function buildAllReason(stack, files) {
	const matches = globMatcher(stack, stack.buildAll);
	const beside = stack.spec ? [stack.spec, posix.join(posix.dirname(stack.spec), "change_ignore.json")] : [];
	const specs = /* @__PURE__ */ new Set([...beside, ...specFiles(stack.path)]);
	for (const file of files) {
		if (matches(file)) return `${shown(file)} changed, which build_all names`;
		if (specs.has(file)) return `${shown(file)} changed, which may concern every image`;
	}
	return null;
}
function withoutIgnored(stack, files) {
	if (stack.ignore.length === 0) return files;
	const ignored = globMatcher(stack, stack.ignore);
	return files.filter((file) => !ignored(file));
}
/** Globs relative to the repository's root or to the stack's folder; a folder stands for all that is in it. */
function globMatcher(stack, globs) {
	if (globs.length === 0) return () => false;
	const patterns = globs.flatMap((glob) => {
		const clean = posix.normalize(glob).replace(/\/$/, "");
		return [clean, `${clean}/**`];
	});
	const matches = (0, import_picomatch.default)(patterns, { dot: true });
	return (path) => matches(path) || isUnder(path, stack.path) && stack.path !== "." && matches(path.slice(stack.path.length + 1));
}
function directChanges(stack, files) {
	const named = namedFiles(stack, files);
	const watches = watchesOf(stack, files, files.includes(".gitmodules"));
	const orphans = orphanFinder(stack);
	const changed = /* @__PURE__ */ new Map();
	for (const file of files) {
		const readers = readersOf(watches, file);
		for (const image of [...named.get(file) ?? [], ...orphans(file)]) readers.add(image);
		for (const { name, dockerfile } of readers) {
			const list = changed.get(name);
			if (!list) changed.set(name, [file]);
			else if (list.length < shownFiles || file === dockerfile) list.push(file);
		}
	}
	return changed;
}
/** Images FROM one whose Dockerfile was removed: to them it now is an image from outside. */
function orphanFinder(stack) {
	const there = /* @__PURE__ */ new Set([...stack.images.map((image) => image.dockerfile), ...stack.notes.map((note) => note.path)]);
	return (file) => {
		const found = isUnder(file, stack.path) && !there.has(file) ? foundAt(file) : null;
		if (!found) return [];
		const name = found.own ?? posix.basename(found.folder);
		return stack.images.filter((image) => image.external.map(parseReference).some((from) => from.repository === name && !isOfficial(from)));
	};
}
/** Those of the files that count for an image wherever they lie and whatever .dockerignore says. */
function namedFiles(stack, files) {
	const asked = new Set(files);
	const named = /* @__PURE__ */ new Map();
	for (const image of stack.images) {
		const ignoreFiles = [`${image.dockerfile}.dockerignore`, posix.join(image.context, ".dockerignore")];
		for (const file of /* @__PURE__ */ new Set([
			image.dockerfile,
			...ignoreFiles,
			...image.lockSources
		])) {
			if (!asked.has(file)) continue;
			const list = named.get(file);
			if (list) list.push(image);
			else named.set(file, [image]);
		}
	}
	return named;
}
function fileReason(image, files) {
	const sorted = [...files].sort((a, b) => Number(b === image.dockerfile) - Number(a === image.dockerfile));
	const [first = "", second = ""] = sorted.map((file) => shown(image.path !== "." && isUnder(file, image.path) ? file.slice(image.path.length + 1) : file));
	if (sorted.length === 1) return `${first} changed`;
	return sorted.length === 2 ? `${first} and ${second} changed` : `${first}, ${second} and more files changed`;
}
/** A file name may hold anything but NUL: what would change the line it is shown in is escaped. */
function shown(file) {
	return /[\p{C}\u2028\u2029]/u.test(file) ? JSON.stringify(file).replace(/[\p{C}\u2028\u2029]/gu, (char) => `\\u{${char.codePointAt(0)?.toString(16)}}`) : file;
}
export { foundAt as A, listArguments as C, expandWord as D, Doubt as E, isUnder as M, relativeTo as N, devcontainer as O, wanted as P, heredocName as S, triggerOf as T, parser as _, watchesOf as a, suggestion as b, globExpression as c, checkedPath as d, findSpec as f, parseAhead as g, nothingFound as h, readersOf as i, indexTree as j, discover as k, isGlob as l, noteLinks as m, globMatcher as n, ignoreMatcher as o, isLinked as p, foldersOf as r, readIgnoreFile as s, changedImages as t, onTheWay as u, specFiles as v, parseDockerfile as w, fields as x, parentFinder as y };
