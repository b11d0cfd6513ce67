import { i as __toESM } from "./rolldown-runtime.js";
import { a as clean, o as explain, s as valid } from "./pep440.js";
import { t as require_parse } from "./parse.js";
import { i as messageOf, t as ActionError } from "./errors.js";
import { t as parse } from "./sync.js";
import { t as nearest } from "./nearest.js";
import { t as shorten } from "./visible.js";
import { runInNewContext } from "node:vm";
// src/stack/tag-rules/fields.ts
var import_parse = /* @__PURE__ */ __toESM(require_parse(), 1);
/**
* The fields of a line in CSV: quotes keep the commas of a field together. A whole rule in quotes is read once more, as
* metadata-action needs it for a comma; keys are of any case.
*/
function readFields(line) {
	const cells = readCells(line, line.text);
	return (cells.length === 1 && /^type\s*=[^,]*,/i.test(cells[0] ?? "") ? readCells(line, cells[0] ?? "") : cells).map((cell) => {
		const at = cell.indexOf("=");
		if (at < 1) return {
			key: null,
			value: cell.trim()
		};
		return {
			key: cell.slice(0, at).trim().toLowerCase(),
			value: cell.slice(at + 1).trim()
		};
	});
}
/** The items that say something: blank lines and those that start with `#` are left out. */
function linesOf(items, where) {
	return items.map((item) => item.trim()).filter((text) => text !== "" && !text.startsWith("#")).map((text) => ({
		text,
		where
	}));
}
/** An error in a line: what is wrong with it, and what to do. */
function wrong(line, what, remedies) {
	return new ActionError("input", `${line.where}: ${JSON.stringify(shorten(line.text, 120))}: ${what}`, remedies);
}
/** Words that can stand somewhere, and the one that may have been meant. */
function suggest(word, known) {
	const [near] = nearest(word, known);
	return [...near ? [`did you mean ${near}?`] : [], `it can be ${known.join(", ")}`];
}
function readCells(line, text) {
	try {
		const [cells] = parse(text, {
			relax_column_count: true,
			relax_quotes: true,
			skip_empty_lines: true
		});
		return cells ?? [];
	} catch (error) {
		throw wrong(line, shorten(messageOf(error), 100), ["write it as CSV: key=value,\"key=value, with a comma\""]);
	}
}
// src/stack/tag-rules/pattern.ts
/** Milliseconds that an expression of the workflow may take on a name that anybody chose. */
const timeLimit = 250;
/** A regular expression, plain or as `/source/flags`; a wrong one is told with its line. */
function patternOf(line, text) {
	const [, source = text, flags = ""] = /^\/(.+)\/([a-z]*)$/s.exec(text) ?? [];
	try {
		new RegExp(source, flags);
		return {
			source,
			flags
		};
	} catch (error) {
		throw wrong(line, messageOf(error), ["write a JavaScript regular expression; quote the field when it has a comma"]);
	}
}
/**
* What `String.match` gives, null for no match and for one that takes too long: names of branches and tags are
* anybody's, and an expression such as `(a+)+$` may take years on some.
*/
function matchPattern(pattern, text) {
	try {
		const found = runInNewContext("JSON.stringify(text.match(new RegExp(source, flags)))", {
			text,
			source: pattern.source,
			flags: pattern.flags
		}, { timeout: timeLimit });
		return JSON.parse(String(found))?.map((group) => group ?? void 0) ?? null;
	} catch {
		return null;
	}
}
// src/stack/tag-rules/versions.ts
/** The version that a text holds, null where it is none of the rule's kind. `match` picks a part of the text first. */
function readVersion(rule, text) {
	const raw = pick(rule.match, text).replaceAll("/", "-");
	return rule.type === "semver" ? readSemver(raw) : readPep440(raw);
}
function pick(pattern, text) {
	const found = pattern && matchPattern(pattern, text);
	return found?.[1] ?? found?.[0] ?? text;
}
function readSemver(raw) {
	const version = (0, import_parse.default)(raw);
	if (!version) return null;
	const { major, minor, patch } = version;
	return {
		raw,
		version: version.version,
		major,
		minor,
		patch,
		final: version.prerelease.length === 0
	};
}
function readPep440(raw) {
	const found = valid(raw) === null ? null : explain(raw);
	if (!found) return null;
	const [major = 0, minor = 0, patch = 0] = found.release;
	const final = !(found.is_prerelease || found.is_postrelease || found.is_devrelease);
	return {
		raw,
		version: clean(raw) ?? raw,
		major,
		minor,
		patch,
		final
	};
}
export { readFields as a, linesOf as i, matchPattern as n, suggest as o, patternOf as r, wrong as s, readVersion as t };
