import { s as valid, t as satisfies } from "./pep440.js";
import { n as parseVersion } from "./version.js";
// src/lock/conda-version-text.ts
/** Why a spec or a requirement is none, in words that follow a colon. */
var BadSpec = class extends Error {};
/**
* A version constraint as conda's VersionSpec says it again (models/version.py): spaces gone, `1.2*` as `1.2.*`, parentheses
* dropped. conda-lock solves for this text and hashes it, so it is theirs to the letter. Throws BadSpec.
*/
function canonicalVersion(text) {
	if (!/[()|,^$]/.test(text)) return single(text);
	let written = "";
	let depth = 0;
	let operand = false;
	for (const [token] of text.matchAll(/\s*\^[^$]*\$|\s*[()|,]|[^()|,]+/g)) {
		const part = token.trim();
		if (part === "(" ? operand : ")|,".includes(part) ? !operand : operand) throw bad$1(text);
		if (part === "(") depth++;
		else if (part === ")") depth--;
		else written += "|,".includes(part) ? part : single(part);
		if (depth < 0) throw bad$1(text);
		operand = part === ")" || !"(|,".includes(part);
	}
	if (depth !== 0 || !operand) throw bad$1(text);
	return written;
}
const relation = /^(==|!=|<=|>=|~=|=|<|>)(?![=<>!~])(\S+)$/;
function single(text) {
	const version = text.trim();
	if (version === "") throw bad$1(text);
	if (version.startsWith("^") || version.endsWith("$")) return expression(version);
	if ("=<>!~".includes(version[0] ?? "")) return related(version);
	if (version === "*" || version.replace(/\*+$/, "").includes("*")) return version;
	if (version.includes("@") && !version.endsWith("*")) return version;
	const stem = version.replace(/\*+$/, "").replace(/\.+$/, "");
	if (parseVersion(stem) === null) throw bad$1(text);
	return version.endsWith("*") && !version.endsWith(".*") ? `${version.slice(0, -1)}.*` : version;
}
function related(version) {
	const [, operator, operand = ""] = relation.exec(version) ?? [];
	const plain = operand.replace(/\.\*$/, "");
	if (parseVersion(plain) === null || operator === "~=" && plain !== operand) throw bad$1(version);
	return version;
}
/** Kept as text only: a stranger's expression is never run. */
function expression(version) {
	if (!version.startsWith("^") || !version.endsWith("$")) throw bad$1(version);
	return version;
}
function bad$1(version) {
	return new BadSpec(`\`${version.trim()}\` is no version`);
}
// src/lock/pip-requirement.ts
const longest = 2e3;
const identifier = "[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?";
const named = new RegExp(`^(?<name>${identifier})\\s*(?:\\[(?<extras>[^\\]]*)\\])?\\s*(?<rest>.*)$`, "s");
const extra = new RegExp(`^${identifier}$`);
/**
* Reads a line of an environment's `pip:` list as conda-lock does (src_parser/pyproject_toml.py): PEP 508, a bare URL, and
* ` --hash=` behind a version. pip's options (`-r`, `--index-url`) are no requirements to it. Throws BadSpec.
*/
function readPipRequirement(line) {
	if (line.length > longest) throw new BadSpec(`it is longer than ${longest} characters`);
	const semicolon = line.lastIndexOf(";");
	const markers = semicolon === -1 ? null : line.slice(semicolon + 1).trim();
	const requirement = semicolon === -1 ? line : line.slice(0, semicolon).trim();
	if (/^\s*-/.test(requirement)) throw new BadSpec("pip's options are not read; write requirements");
	const [text = "", hash = null, ...more] = nameUrl(requirement).split(" --hash=");
	if (more.length > 0) throw new BadSpec("it has more than one hash");
	const { name, extras: listed, rest = "" } = named.exec(text.trim())?.groups ?? {};
	if (name === void 0) throw new BadSpec("no name stands in it");
	const extras = extrasOf(listed);
	const url = rest.startsWith("@") ? urlOf(rest.slice(1).trim()) : null;
	return {
		...namesOf(name),
		version: url ? "" : specifierOf(rest),
		extras,
		url,
		markers,
		hash
	};
}
function namesOf(written) {
	const name = normalName(written);
	return name === written.toLowerCase() ? { name } : {
		name,
		writtenName: written.toLowerCase()
	};
}
/** PEP 503's form of a name. */
function normalName(name) {
	return name.replace(/[-_.]+/g, "-").toLowerCase();
}
/** A URL without a name before it is named by its last part, a guess that conda-lock makes. */
function nameUrl(requirement) {
	if (!/^(?:git\+|https:\/\/|ssh:\/\/)/.test(requirement)) return requirement;
	return `${(requirement.split("/").at(-1) ?? "").split("@", 1)[0]?.replace(/\.git$/, "")} @ ${requirement}`;
}
function extrasOf(listed) {
	if (listed === void 0 || listed.trim() === "") return [];
	const extras = listed.split(",").map((one) => one.trim());
	if (!extras.every((one) => extra.test(one))) throw new BadSpec(`\`[${listed}]\` is no list of extras`);
	return [...new Set(extras)].sort();
}
function urlOf(url) {
	if (url === "" || /\s/.test(url)) throw new BadSpec(`\`${url}\` is no address`);
	return url;
}
/** `>=1,<2`, also in parentheses: sorted, without spaces and without what stands there twice. */
function specifierOf(text) {
	const [, inside] = /^\((.*)\)$/s.exec(text) ?? [];
	const clauses = (inside ?? text).split(",").map((clause) => clause.trim());
	if (clauses.at(-1) === "") clauses.pop();
	return [...new Set(clauses.map(clauseOf))].sort().join(",");
}
function clauseOf(clause) {
	const [, operator, version = ""] = /^(===|~=|==|!=|<=|>=|<|>)\s*(\S+)$/.exec(clause) ?? [];
	const release = operator === "==" || operator === "!=" ? version.replace(/\.\*$/, "") : version;
	if (operator === void 0 || operator !== "===" && !mayFollow(operator, release)) throw new BadSpec(`\`${clause}\` is no version of PEP 440`);
	return `${operator}${version}`;
}
/** `~=` needs two numbers, and only equality asks for a local version. */
function mayFollow(operator, release) {
	if (!valid(release) || operator === "~=" && !/^v?(?:\d+!)?\d+\./.test(release)) return false;
	return !release.includes("+") || operator === "==" || operator === "!=";
}
// src/lock/pip-marker.ts
/** What a marker can ask before the Python is known: all that conda-lock evaluates for an environment.yml. */
const systems = /* @__PURE__ */ new Map([
	["linux", {
		sys_platform: "linux",
		platform_system: "Linux",
		os_name: "posix"
	}],
	["osx", {
		sys_platform: "darwin",
		platform_system: "Darwin",
		os_name: "posix"
	}],
	["win", {
		sys_platform: "win32",
		platform_system: "Windows",
		os_name: "nt"
	}]
]);
const token = /\s*(?:(?<sign>[()])|(?<word>and|or|not\s+in|in)(?![\w.])|(?<operator>===|==|!=|<=|>=|~=|<|>)|(?<quoted>'[^']*'|"[^"]*")|(?<name>[A-Za-z_][\w.]*))/y;
/**
* Whether a requirement with this PEP 508 marker is one of a platform (`linux-64`). What only a Python can tell
* (`python_version`) counts as true, as conda-lock takes it (src_parser/markers.py). Throws BadSpec for what is no marker.
*/
function markerHolds(marker, platform) {
	return markerHoldsIn(marker, systems.get(platform.split("-", 1)[0] ?? "") ?? {});
}
/** The same for an environment of which more is known. What is not in it counts as true. */
function markerHoldsIn(marker, known) {
	const tokens = tokensOf(marker);
	if (tokens.length === 0) return true;
	const { holds, at } = anyOf({
		tokens,
		known,
		marker
	}, 0, 0);
	if (at !== tokens.length) throw bad(marker);
	return holds;
}
const deepest = 20;
function anyOf(reading, start, depth) {
	let { holds, at } = allOf(reading, start, depth);
	while (reading.tokens[at]?.text === "or") {
		const next = allOf(reading, at + 1, depth);
		holds ||= next.holds;
		at = next.at;
	}
	return {
		holds,
		at
	};
}
function allOf(reading, start, depth) {
	let { holds, at } = one(reading, start, depth);
	while (reading.tokens[at]?.text === "and") {
		const next = one(reading, at + 1, depth);
		holds &&= next.holds;
		at = next.at;
	}
	return {
		holds,
		at
	};
}
function one(reading, start, depth) {
	const { tokens, marker } = reading;
	if (depth > deepest) throw bad(marker);
	if (tokens[start]?.text === "(") {
		const inside = anyOf(reading, start + 1, depth + 1);
		if (tokens[inside.at]?.text !== ")") throw bad(marker);
		return {
			holds: inside.holds,
			at: inside.at + 1
		};
	}
	const [left, operator, right] = tokens.slice(start, start + 3);
	if (!left || !operator || !right || !isValue(left) || !isValue(right)) throw bad(marker);
	if (operator.kind !== "operator" && !/^(?:not\s+)?in$/.test(operator.text)) throw bad(marker);
	const [first, second] = [answerOf(left, reading), answerOf(right, reading)];
	return {
		holds: (left.text.endsWith("_version") ? versionHolds(first, operator.text, second) : right.text.endsWith("_version") ? versionHolds(second, turned.get(operator.text) ?? operator.text, first) : null) ?? compare(first, operator.text, second),
		at: start + 3
	};
}
/** What an operator is when its sides change places: `'3.9' <= python_version`. */
const turned = /* @__PURE__ */ new Map([
	["<", ">"],
	["<=", ">="],
	[">", "<"],
	[">=", "<="]
]);
/** Versions are compared as PEP 440 says; null where one of them is none. */
function versionHolds(version, operator, other) {
	if (!(version !== null && other !== null && valid(version) && valid(other.replace(/\.\*$/, ""))) || !/^[=!<>~]/.test(operator)) return null;
	return satisfies(version, `${operator}${other}`, { prereleases: true });
}
/** Null is what nobody knows yet. */
function compare(left, operator, right) {
	if (left === null || right === null) return true;
	if (operator === "==" || operator === "===") return left === right;
	if (operator === "!=") return left !== right;
	if (operator === "in") return right.includes(left);
	if (operator.startsWith("not")) return !right.includes(left);
	if (operator.endsWith("=") && left === right) return true;
	return operator.startsWith("<") ? left < right : left > right;
}
function isValue({ kind }) {
	return kind === "quoted" || kind === "name";
}
function answerOf({ kind, text }, { known }) {
	if (kind === "quoted") return text.slice(1, -1);
	const name = text.replace(".", "_");
	return Object.hasOwn(known, name) ? known[name] ?? null : null;
}
function tokensOf(marker) {
	const tokens = [];
	const text = marker.trim();
	for (let at = 0; at < text.length; at = token.lastIndex) {
		token.lastIndex = at;
		const groups = token.exec(text)?.groups;
		const [kind, value] = Object.entries(groups ?? {}).find(([, found]) => found !== void 0) ?? [];
		if (kind === void 0 || value === void 0) throw bad(marker);
		tokens.push({
			kind,
			text: value
		});
	}
	return tokens;
}
function bad(marker) {
	return new BadSpec(`\`${marker}\` is no marker`);
}
export { BadSpec as a, readPipRequirement as i, markerHoldsIn as n, canonicalVersion as o, normalName as r, markerHolds as t };
