import { i as messageOf, t as ActionError } from "./errors.js";
import { t as nearest } from "./nearest.js";
import { t as shorten } from "./visible.js";
import { t as canonicalReference } from "./canonical.js";
// src/input-values.ts
/** What an annotation can stand on, as buildx has it; several are separated by commas. */
const annotationLevels = [
	"manifest",
	"index",
	"manifest-descriptor",
	"index-descriptor"
];
/** One of the words that an input can be; a slip is told with the nearest one. */
function choice(name, value, values) {
	const found = values.find((known) => known === value);
	if (found === void 0) throw invalid(name, value, [`it can be ${values.join(", ")}`, ...didYouMean(value, values)]);
	return found;
}
/** True or false, in the words of the YAML 1.2 core schema, as core.getBooleanInput takes them. */
function boolean(name, value) {
	if (/^(true|True|TRUE)$/.test(value)) return true;
	if (/^(false|False|FALSE)$/.test(value)) return false;
	throw invalid(name, value, ["it can be true or false"]);
}
/** The same, or `auto` for what was not set. */
function autoOrBoolean(name, value) {
	if (value === "" || value === "auto") return "auto";
	if (!/^(true|false)$/i.test(value)) throw invalid(name, value, ["it can be auto, true or false"]);
	return boolean(name, value);
}
/** A whole number from 1 to 9999. */
function count(name, value, fallback) {
	if (value === "") return fallback;
	if (!/^[1-9]\d{0,3}$/.test(value)) throw invalid(name, value, ["it is a whole number from 1; leave it out for the number of cores"]);
	return Number(value);
}
/** Bytes, in decimal units (`6GB`, `500 MB`) or binary ones (`2GiB`). */
function size(name, value, fallback) {
	if (value === "") return fallback;
	const [, number, unit = ""] = /^(\d{1,9}(?:\.\d{1,3})?) ?([kmgt]?i?b)$/i.exec(value) ?? [];
	if (number === void 0 || unit.length === 2 && /^i/i.test(unit)) throw invalid(name, value, ["write it with a unit, for example 6GB, 500MB or 2GiB"]);
	const power = [
		"b",
		"k",
		"m",
		"g",
		"t"
	].indexOf(unit[0].toLowerCase());
	return Math.round(Number(number) * (unit.length === 3 ? 1024 : 1e3) ** power);
}
const durations = {
	m: 6e4,
	h: 36e5,
	d: 864e5,
	w: 6048e5
};
/** A time span, `36h`, `7d`, `2w`, in milliseconds; null where nothing is given. */
function duration(name, value) {
	if (value === "") return null;
	const [, number = "", unit = ""] = /^([1-9]\d{0,3})([mhdw])$/.exec(value) ?? [];
	if (unit === "") throw invalid(name, value, ["write it as a whole number with m, h, d or w: 36h, 7d"]);
	return Number(number) * durations[unit];
}
/** A path below the repository's root in its plain POSIX form, without a slash at its end; '' = find out. */
function repositoryPath(name, value, remedy) {
	const parts = value.split("/").filter((part) => part !== "" && part !== ".");
	if (value.startsWith("/") || parts.includes("..")) throw invalid(name, value, [remedy]);
	return value !== "" && parts.length === 0 ? "." : parts.join("/");
}
/** `host[:port]/path` or a Docker Hub organisation; lower case, as the registries ask for. */
function registryPrefix(value) {
	const prefix = value.replace(/\/+$/, "");
	if (prefix !== prefix.toLowerCase() || canonicalReference(`${prefix}/image`) === null) throw invalid("registry", value, ["it is a prefix of image names in lower case, for example `quay.io/pangeo`, without https:// and without a tag"]);
	return prefix;
}
/** `os/architecture[/variant]` in lower case. */
function platform(value) {
	if (!/^[a-z0-9_]+(\/[a-z0-9_.]+){1,2}$/i.test(value)) throw invalid("platforms", value, ["write it as os/architecture[/variant], for example linux/amd64"]);
	return value.toLowerCase();
}
/** Annotations as buildx takes them, each checked, as they were written. */
function annotations(items) {
	const wrong = items.find((item) => !isAnnotation(item));
	if (wrong === void 0) return items;
	throw invalid("annotations", wrong, [`write it as [LEVEL:]KEY=VALUE; a level is one of ${annotationLevels.join(", ")}`]);
}
/** Whether a text is `[LEVEL:]KEY=VALUE`. */
function isAnnotation(text) {
	const level = `(?:${annotationLevels.join("|")})(?:\\[[\\w/.-]+\\])?`;
	return new RegExp(`^(?:${level}(?:,${level})*:)?[^=:\\s]+=`).test(text);
}
/** The name of a package, of conda or Python, in lower case. */
function packageName(name, value) {
	if (!/^[a-z0-9_][\w.-]*$/i.test(value)) throw invalid(name, value, ["it is the name of a package, without a version"]);
	return value.toLowerCase();
}
/**
* `YYYY-MM-DD`, which holds to the end of that day in UTC, or a moment as RFC 3339 writes it; in milliseconds since 1970. Null
* where nothing is given.
*/
function date(name, value) {
	if (value === "") return null;
	const day = /^\d{4}-\d\d-\d\d$/.test(value);
	const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/i.test(value);
	const time = day ? Date.parse(`${value}T23:59:59.999Z`) : moment ? Date.parse(value) : NaN;
	if (Number.isNaN(time) || day && !new Date(time).toISOString().startsWith(value)) throw invalid(name, value, ["write it as 2026-01-31, or with a time: 2026-01-31T12:00:00Z"]);
	return time;
}
/** Two inputs that do not go together. */
function conflict(message, details) {
	return new ActionError("input", message, details);
}
/** What `read` gives; its error is told with the input's name. A secret's text is in no message and no cause. */
function attempt(name, read, remedy) {
	try {
		return read();
	} catch (error) {
		if (error instanceof ActionError) throw error;
		const secret = name.startsWith("secret");
		const what = secret ? "its text cannot be read as a list" : shorten(messageOf(error), 200);
		throw new ActionError("input", `input ${name}: ${what}`, [remedy], secret ? {} : { cause: error });
	}
}
/** The error about a value that an input cannot have. */
function invalid(name, value, details) {
	return new ActionError("input", `input ${name}: ${JSON.stringify(shorten(value, 100))} is not a value of it`, details);
}
function didYouMean(value, values) {
	const found = nearest(value, values);
	return found.length ? [`did you mean ${found.join(" or ")}?`] : [];
}
export { choice as a, date as c, isAnnotation as d, packageName as f, size as g, repositoryPath as h, boolean as i, duration as l, registryPrefix as m, attempt as n, conflict as o, platform as p, autoOrBoolean as r, count as s, annotations as t, invalid as u };
