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
// src/stack/spec-containers.ts
/** Seconds, where spec.yml says no other time: a notebook server of a large image needs one of them. */
const defaultTimeout = 120;
/** The key `run` of an image's tests, which the schema has accepted: one container or several. Throws ActionError('spec'). */
function readContainers(source, at, value, common) {
	if (value === void 0 || value === null) return [];
	return Array.isArray(value) ? value.map((item, number) => readContainer(source, [...at, number], objectOf(item), common)) : [readContainer(source, at, objectOf(value), common)];
}
function readContainer(source, at, said, common) {
	const command = commandOf(said.command);
	const http = (Array.isArray(said.http) ? said.http : said.http === void 0 ? [] : [said.http]).map((item) => {
		const { port, path = "/", status = 200 } = objectOf(item);
		return {
			port: Number(port),
			path: String(path),
			status: Number(status)
		};
	});
	const healthy = said.healthy === true;
	const serves = healthy || http.length > 0;
	if (serves && said["exit-code"] !== void 0) throw source.error([...at, "exit-code"], "a container with http or healthy is judged while it runs", ["Leave exit-code out, or test how it ends by a container of its own"]);
	const env = textsOf(said.env);
	refuseNul(source, at, {
		command: command.join(" "),
		env: JSON.stringify(env).replaceAll("\\u0000", "\0")
	});
	const wrong = Object.keys(env).find((name) => !/^[A-Za-z_]\w*$/.test(name));
	if (wrong !== void 0) throw source.error([...at, "env"], `${JSON.stringify(wrong.slice(0, 80))} is no name of an environment variable`, ["Names are letters, digits and _, and begin with no digit"]);
	return {
		command,
		env,
		http,
		healthy,
		output: wordsOf(said.output),
		line: source.line(at),
		name: textOf(said.name) ?? `docker run${command.length > 0 ? ` ${textOfCommand(said.command)}` : ""}`,
		exitCode: serves ? null : Number(said["exit-code"] ?? 0),
		timeout: common.secondsOf(source, [...at, "timeout"], said.timeout) ?? defaultTimeout,
		allowFailure: said["allow-failure"] === void 0 && said.allow_failure === void 0 ? common.allowFailure : (said["allow-failure"] ?? said.allow_failure) === true
	};
}
/** No program can be given one. */
function refuseNul(source, at, texts) {
	for (const [key, text] of Object.entries(texts)) if (text.includes("\0")) throw source.error([...at, key], "it holds a NUL", ["No program can be given one"]);
}
/** A text as docker takes the shell form of CMD. */
function commandOf(value) {
	if (value === void 0 || value === null) return [];
	return Array.isArray(value) ? value.map(String) : [
		"/bin/sh",
		"-c",
		String(value)
	];
}
function textOfCommand(value) {
	return Array.isArray(value) ? JSON.stringify(value.map(String)) : String(value);
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
	const allowFailure = (said["allow-failure"] ?? said.allow_failure) === true;
	const containers = readContainers(source, [...at, "run"], said.run, {
		allowFailure,
		secondsOf: timeoutOf
	});
	return {
		commands: commandsOf(said.commands),
		testing: {
			network: said.network === "default" ? "default" : "none",
			timeout: timeoutOf(source, [...at, "timeout"], said.timeout),
			allowFailure,
			inherit: said.inherit !== false,
			place,
			...containers.length > 0 ? { containers } : {}
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
