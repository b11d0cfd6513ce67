// src/stack/spec-values.ts
/** A mapping of the spec; empty where it is none. */
function objectOf(value) {
	return typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
}
/** A scalar as text, null where there is none. */
function textOf(value) {
	return value === void 0 || value === null ? null : String(value);
}
/** A mapping with its values as texts. */
function textsOf(value) {
	return Object.fromEntries(Object.entries(objectOf(value)).map(([key, text]) => [key, String(text)]));
}
/** A text or a list of texts as a list. */
function wordsOf(value) {
	return (Array.isArray(value) ? value : value === void 0 || value === null ? [] : [value]).map(String);
}
// src/stack/spec-tests.ts
const units = {
	s: 1,
	m: 60,
	h: 3600
};
/** GitHub ends a job after six hours: a longer time-out would never be told as one. */
const longest = 21600;
/**
* The key `test` of an image, which the schema has accepted: a command, a list of them, false, or a mapping. `path` makes a
* path of spec.yml one of the repository. Null where there is no such key.
*/
function readTests(source, key, value, path) {
	if (value === void 0 || value === null) return null;
	const at = [
		"images",
		key,
		"test"
	];
	const place = {
		file: source.file,
		line: source.line(at)
	};
	const plain = {
		network: "none",
		timeout: null,
		allowFailure: false,
		inherit: true,
		place
	};
	if (value === false) return {
		commands: [],
		testing: {
			...plain,
			inherit: false
		},
		folder: null
	};
	if (typeof value !== "object" || Array.isArray(value)) return {
		commands: commandsOf(value),
		testing: plain,
		folder: void 0
	};
	const said = objectOf(value);
	return {
		commands: commandsOf(said.commands),
		testing: {
			network: said.network === "default" ? "default" : "none",
			timeout: timeoutOf(source, [...at, "timeout"], said.timeout),
			allowFailure: (said["allow-failure"] ?? said.allow_failure) === true,
			inherit: said.inherit !== false,
			place
		},
		folder: folderOf(said, at, path)
	};
}
/** Commands in any shape that the schema takes: one, or a list of texts and of programs with their arguments. */
function commandsOf(value) {
	if (value === void 0 || value === null || typeof value === "boolean") return [];
	return (Array.isArray(value) ? value : [value]).map((item) => Array.isArray(item) ? item.map(String) : String(item));
}
/** A command as it is shown: a text as it is, a program with its arguments as JSON. */
function commandText(command) {
	return typeof command === "string" ? command : JSON.stringify(command);
}
function folderOf(said, at, path) {
	if (said.folder === void 0 || said.folder === null) return void 0;
	return said.folder === false ? null : path([...at, "folder"], said.folder);
}
function timeoutOf(source, at, value) {
	const text = textOf(value);
	if (text === null) return null;
	const [, count = "", unit = ""] = /^(\d+)([smh])$/.exec(text) ?? [];
	const seconds = Number(count) * (units[unit] ?? 0);
	if (seconds > 0 && seconds <= longest) return seconds;
	throw source.error(at, `${JSON.stringify(text.slice(0, 80))} is no time of a test`, ["Write it as 90s, 20m or 2h; at most 6h, after which GitHub ends a job"]);
}
export { textOf as a, objectOf as i, commandsOf as n, textsOf as o, readTests as r, wordsOf as s, commandText as t };
