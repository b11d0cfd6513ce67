import { n as parseVersion, r as startsWith, t as compareVersions } from "./version.js";
// src/lock/version-spec.ts
const relation = /^(==|!=|<=|>=|~=|=|<|>)(?![=<>!~])(\S+)$/;
/**
* Reads a version constraint of conda's (`>=1.2,<2|3.*`, `1.2`, `=1.2`, `~=1.4.2`, `^1\.[0-9]+$`). Null for one that is none. A
* regular expression is taken as the text that it is: it matches nothing here, since a stranger's expression may never end.
*/
function parseVersionSpec(text) {
	const spec = text.replace(/\s+/g, "");
	if (spec === "") return () => true;
	const { test, at } = alternatives(spec, 0, 0);
	return at === spec.length ? test : null;
}
const deepest = 20;
function alternatives(spec, start, depth) {
	return joined({
		spec,
		start,
		depth,
		by: "|",
		inner: conjunction,
		join: (tests) => (v, t) => tests.some((one) => one(v, t))
	});
}
function conjunction(spec, start, depth) {
	return joined({
		spec,
		start,
		depth,
		by: ",",
		inner: atom,
		join: (tests) => (v, t) => tests.every((one) => one(v, t))
	});
}
function joined(question) {
	const { spec, start, depth, by, inner, join } = question;
	const tests = [];
	for (let at = start;; at++) {
		const one = inner(spec, at, depth);
		if (one.test === null) return one;
		tests.push(one.test);
		at = one.at;
		if (spec[at] !== by) return {
			test: tests.length === 1 ? tests[0] ?? null : join(tests),
			at
		};
	}
}
function atom(spec, start, depth) {
	if (spec[start] === "(") {
		const inside = depth < deepest ? alternatives(spec, start + 1, depth + 1) : {
			test: null,
			at: start
		};
		return spec[inside.at] === ")" ? {
			test: inside.test,
			at: inside.at + 1
		} : {
			test: null,
			at: start
		};
	}
	let at = start;
	while (at < spec.length && !",|()".includes(spec[at] ?? "")) at++;
	return {
		test: single(spec.slice(start, at)),
		at
	};
}
function single(text) {
	if (text.startsWith("^") || text.endsWith("$")) return () => false;
	const [, operator, operand] = relation.exec(text) ?? [];
	if (operator && operand) return related(operator, operand);
	if (text === "" || "=<>!~".includes(text[0] ?? "")) return null;
	if (/^\*+$/.test(text)) return () => true;
	const stem = text.replace(/\.?\*+$/, "");
	if (stem.includes("*")) return glob(text);
	const wanted = parseVersion(stem);
	if (!wanted) return null;
	return stem === text ? (version) => compareVersions(version, wanted) === 0 : (version) => startsWith(version, wanted);
}
function related(operator, operand) {
	const starred = operand.endsWith(".*");
	const wanted = parseVersion(starred ? operand.slice(0, -2) : operand);
	if (!wanted || starred && operator === "~=") return null;
	const order = (test) => {
		return (version) => test(compareVersions(version, wanted));
	};
	switch (operator) {
		case "=": return (version) => startsWith(version, wanted);
		case "!=": return starred ? (version) => !startsWith(version, wanted) : order((by) => by !== 0);
		case "<=": return order((by) => by <= 0);
		case ">=": return order((by) => by >= 0);
		case "<": return order((by) => by < 0);
		case ">": return order((by) => by > 0);
		case "~=": return compatible(operand, wanted);
		default: return order((by) => by === 0);
	}
}
/** `~=1.4.2`: at least that, and still 1.4. */
function compatible(operand, wanted) {
	const series = parseVersion(operand.split(".").slice(0, -1).join("."));
	return series && ((version) => compareVersions(version, wanted) >= 0 && startsWith(version, series));
}
/** A star in the middle: `1.*.3`, on the version as it is written. */
function glob(pattern) {
	return (_, text) => matchesGlob(pattern, text.toLowerCase());
}
/** Whether a text is one that a pattern with stars means. In steps of its own: no expression can be made to run for long. */
function matchesGlob(pattern, text) {
	const [first = "", ...rest] = pattern.split("*");
	const last = rest.pop();
	if (last === void 0) return pattern === text;
	if (!text.startsWith(first) || text.length < first.length + last.length || !text.endsWith(last)) return false;
	let at = first.length;
	for (const piece of rest) {
		const found = text.indexOf(piece, at);
		if (found === -1) return false;
		at = found + piece.length;
	}
	return at <= text.length - last.length;
}
// src/lock/match-spec.ts
const head = /^(?:(?<channel>[^\s:[\]]+(?:\/[^\s:[\]]+)*)::)?(?<name>[^\s=<>!~|,;[\]]+)(?<rest>.*)$/s;
const bracket = /\[(?<fields>[^\]]*)\]\s*$/;
/** Reads a match spec as it stands in repodata or in an environment; null for what is none. */
function parseMatchSpec(text) {
	const plain = text.replace(/\s*#.*$/, "").trim();
	const { fields } = bracket.exec(plain)?.groups ?? {};
	const outside = fields === void 0 ? plain : plain.slice(0, plain.lastIndexOf("[")).trim();
	const { channel = null, name, rest = "" } = head.exec(outside)?.groups ?? {};
	if (name === void 0) return null;
	const inside = fieldsOf(fields ?? "");
	const { version, build } = versionAndBuild(rest);
	return {
		name: name.toLowerCase(),
		version: inside.get("version") ?? version,
		build: inside.get("build") ?? build,
		buildNumber: inside.get("build_number") ?? null,
		channel: inside.get("channel") ?? channel,
		subdir: inside.get("subdir") ?? null
	};
}
/** `version='>=1,<2', build=py*`: the fields in brackets, with or without quotes. */
function fieldsOf(text) {
	const fields = text.matchAll(/\s*([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^,\s]*))\s*(?:,|$)/g);
	return new Map([...fields].map(([, key = "", double, single, bare]) => [key, double ?? single ?? bare ?? ""]));
}
/**
* ` >=1,<2 py_0`, `=1.2`, `=1.2=py_0`, `==1.2`, `>=1=py*`: what stands behind the name. conda reads one `=` before a version
* without a build as 1.2.*, and with a build as exactly 1.2.
*/
function versionAndBuild(rest) {
	const text = rest.trim().replace(/\s*([,|])\s*/g, "$1").replace(/([<>=!~])\s+/g, "$1");
	const [version, build] = divided(text);
	if (build !== null) return {
		version: version.replace(/^=(?!=)/, ""),
		build: build === "*" ? null : build
	};
	const [, prefix] = /^=(?!=)([^=<>!~|,*]+)$/.exec(text) ?? [];
	return {
		version: prefix === void 0 ? text : `${prefix}.*`,
		build: null
	};
}
/** Version and build, which a space or an `=` divides that is no part of an operator. */
function divided(text) {
	const [, version, build] = /^(\S+)\s+(\S+)$/.exec(text) ?? [];
	if (version !== void 0 && build !== void 0) return [version, build];
	const at = text.lastIndexOf("=");
	return at > 0 && !"<>=!~".includes(text[at - 1] ?? "") && !/[|,\s]/.test(text.slice(at)) ? [text.slice(0, at), text.slice(at + 1)] : [text, null];
}
/** Makes the test of a match spec, to be used for many records. Null where its version is no constraint. */
function matcherOf(spec) {
	const version = parseVersionSpec(spec.version);
	const number = spec.buildNumber === null ? null : parseVersionSpec(spec.buildNumber);
	if (version === null || spec.buildNumber !== null && number === null) return null;
	return (candidate, parsed = parseVersion(candidate.version)) => (spec.name === "*" || spec.name === candidate.name) && parsed !== null && version(parsed, candidate.version) && (spec.build === null || matchesGlob(spec.build, candidate.build)) && (number === null || numberMatches(number, candidate.buildNumber));
}
function numberMatches(test, buildNumber) {
	const text = String(buildNumber);
	const version = parseVersion(text);
	return version !== null && test(version, text);
}
/** The name that a match spec begins with, in small letters: cheap, for walks over many. */
function nameOf(spec) {
	const start = spec.indexOf("::") + 1;
	const [name = ""] = spec.slice(start === 0 ? 0 : start + 1).split(/[\s=<>!~|,;[]/, 1);
	return name.toLowerCase();
}
export { nameOf as n, parseMatchSpec as r, matcherOf as t };
