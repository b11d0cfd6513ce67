import { stripVTControlCharacters } from "node:util";
import { StringDecoder } from "node:string_decoder";
// src/report/buildx-error.ts
/** Wrappers that say where in BuildKit an error passed by, not what it is. */
const WRAPPERS = [
	/^failed to solve: /,
	/^failed to build: /,
	/^failed to compute cache key: /,
	/^failed to calculate checksum of ref \S+: /,
	/^failed to solve with frontend [^:]+: /,
	/^rpc error: code = \w+ desc = /
];
/** Reads the lines that are no JSON: `Dockerfile:6`, the excerpt below it, and `ERROR: target x: failed to solve: …`. */
function readErrorText(lines) {
	const error = wholeError(lines);
	const target = error === null ? null : /^target ([^\s:]+): /.exec(error)?.[1] ?? null;
	const message = error === null ? null : shortenError(error.replace(/^target [^\s:]+: /, ""));
	return {
		target,
		message,
		line: excerptLine(lines) ?? parseErrorLine(message)
	};
}
/** containerd gives several answers of a registry a line each (`code: message`), below one that ends with `errors:`. */
function wholeError(lines) {
	const at = lines.findLastIndex((line) => line.startsWith("ERROR: "));
	const first = lines[at]?.slice(7) ?? null;
	if (first === null || !/(^|: )errors:$/.test(first)) return first;
	const below = lines.slice(at + 1);
	const other = below.findIndex((line) => !/^[a-z][a-z ]*: /.test(line));
	const answers = other === -1 ? below : below.slice(0, other);
	return answers.length === 0 ? first : `${first.slice(0, -7)}${[...new Set(answers)].join("; ")}`;
}
/** Takes BuildKit's wrapping off a message and says a process's end in a person's words. */
function shortenError(message) {
	const found = WRAPPERS.find((wrapper) => wrapper.test(message));
	if (found !== void 0) return shortenError(message.replace(found, ""));
	const code = /^process ".*" did not complete successfully: exit code: (\d+)(: .*)?$/s.exec(message);
	if (code === null) return message;
	if (code[2]?.includes("context canceled")) return "cancelled while it ran";
	return `the command ended with exit code ${code[1]}${meaning(Number(code[1]))}`;
}
/** Whether an error says no more than that something else ended the build. */
function isCancellation(message) {
	return /context canceled/i.test(message);
}
function excerptLine(lines) {
	const place = lines.findLastIndex((line, index) => /^-{10,}$/.test(lines[index + 1] ?? "") && /^.+:\d+$/.test(line));
	return place === -1 ? null : Number(/:(\d+)$/.exec(lines[place] ?? "")?.[1]);
}
function parseErrorLine(message) {
	const found = /parse error on line (\d+)/.exec(message ?? "");
	return found === null ? null : Number(found[1]);
}
function meaning(code) {
	if (code === 137) return " (killed; often the machine had no memory left)";
	if (code === 127) return " (a command was not found)";
	if (code === 126) return " (a command is not executable)";
	return "";
}
// src/report/solve-status.ts
/** Reads one line of buildx's standard error; null for what is no progress (`ERROR: …`, an excerpt of a Dockerfile). */
function parseSolveStatus(line) {
	const value = parseJson(line);
	if (!isFields(value)) return null;
	return {
		vertexes: list(value.vertexes).flatMap(vertex),
		statuses: list(value.statuses).flatMap(transfer),
		logs: list(value.logs).flatMap(logChunk),
		warnings: list(value.warnings).flatMap(warning)
	};
}
function parseJson(line) {
	if (!line.startsWith("{")) return null;
	try {
		return JSON.parse(line);
	} catch {
		return null;
	}
}
function vertex(fields) {
	const digest = string(fields.digest);
	if (digest === null) return [];
	return [{
		digest,
		name: string(fields.name) ?? "",
		started: time(fields.started),
		completed: time(fields.completed),
		cached: fields.cached === true,
		error: string(fields.error)
	}];
}
function transfer(fields) {
	const [id, of, current] = [
		string(fields.id),
		string(fields.vertex),
		number(fields.current)
	];
	if (id === null || of === null || current === null) return [];
	return [{
		id,
		vertex: of,
		current,
		total: number(fields.total),
		completed: time(fields.completed) !== null
	}];
}
function logChunk(fields) {
	const [of, data] = [string(fields.vertex), string(fields.data)];
	if (of === null || data === null) return [];
	return [{
		vertex: of,
		stream: number(fields.stream) ?? 1,
		data: Buffer.from(data, "base64")
	}];
}
function warning(fields) {
	const [of, short] = [string(fields.vertex), string(fields.short)];
	if (of === null || short === null) return [];
	const start = list(fields.range)[0]?.start;
	const source = isFields(fields.sourceInfo) ? fields.sourceInfo : {};
	return [{
		vertex: of,
		short: Buffer.from(short, "base64").toString("utf8"),
		url: string(fields.url),
		file: string(source.filename),
		line: isFields(start) ? number(start.line) : null
	}];
}
/** Go's zero time means "not yet". */
function time(value) {
	const milliseconds = typeof value === "string" ? Date.parse(value) : NaN;
	return Number.isFinite(milliseconds) && milliseconds > 0 ? milliseconds : null;
}
function list(value) {
	return Array.isArray(value) ? value.filter(isFields) : [];
}
function isFields(value) {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
function string(value) {
	return typeof value === "string" && value !== "" ? value : null;
}
function number(value) {
	return typeof value === "number" && Number.isFinite(value) ? value : null;
}
// src/report/step-log.ts
/** Lines that are kept of one step; of more, the first are dropped: a failure is explained at the end. */
const LINES_KEPT = 2e3;
const CHARACTERS_KEPT = 4e3;
/** Collects a step's output: whole lines in the order of their ends, without terminal sequences, progress bars as their last state. */
var LogCollector = class {
	#lines = [];
	#open = /* @__PURE__ */ new Map();
	#dropped = 0;
	/** Takes a chunk of one stream (1 standard output, 2 standard error). */
	add(stream, data) {
		const open = this.#open.get(stream) ?? {
			decoder: new StringDecoder("utf8"),
			rest: ""
		};
		this.#open.set(stream, open);
		const lines = (open.rest + open.decoder.write(Buffer.from(data))).split("\n");
		open.rest = (lines.pop() ?? "").slice(-4e3);
		for (const line of lines) this.#lines.push(clean(line));
		if (this.#lines.length > 2 * LINES_KEPT) this.#drop();
	}
	/** What is there now; a last line without its end is shown too. */
	read() {
		const open = [...this.#open.values()].map((stream) => clean(stream.rest)).filter((line) => line !== "");
		const lines = [...this.#lines, ...open];
		const surplus = Math.max(0, lines.length - LINES_KEPT);
		return {
			lines: lines.slice(surplus),
			dropped: this.#dropped + surplus
		};
	}
	#drop() {
		const surplus = this.#lines.length - LINES_KEPT;
		this.#lines.splice(0, surplus);
		this.#dropped += surplus;
	}
};
/** A terminal shows of `10 %\r20 %\r` only what was written last. */
function clean(line) {
	const shown = line.split("\r").findLast((part) => part !== "") ?? "";
	const text = stripVTControlCharacters(shown);
	return text.length > CHARACTERS_KEPT ? `${text.slice(0, CHARACTERS_KEPT)}…` : text;
}
// src/report/vertex-name.ts
/**
* The bake target that buildx put before a name when a process builds several (`[child internal] load …`): it adds
* names only to the marker in brackets. A platform (`[linux/amd64 internal]`) has a slash, which no target has.
*/
function targetOfInternal(name) {
	return /^\[([^\s\]/]+) (?:[^\s\]]+\/[^\s\]]+ )?internal\]/.exec(name)?.[1] ?? null;
}
/** Whether a name begins with the marker of this target; true only for streams of several targets. */
function isMarkedFor(name, target) {
	return name.startsWith(`[${target} `) || name.startsWith(`[${target}]`);
}
/** Splits a name. `marked`: the first word in brackets is the bake target and is dropped. */
function parseVertexName(name, marked) {
	const match = /^\[([^\]]*)\] ?/.exec(name);
	const none = {
		text: name,
		internal: false,
		platform: null,
		stage: null,
		number: null,
		total: null
	};
	if (match === null) return none;
	const words = (match[1] ?? "").split(" ").slice(marked ? 1 : 0);
	const text = name.slice(match[0].length);
	const last = words.pop();
	const count = /^(\d+)\/(\d+)$/.exec(last ?? "");
	if (count === null) return {
		...none,
		text: otherText(last, text),
		internal: last === "internal"
	};
	return {
		text,
		internal: false,
		platform: words[0]?.includes("/") ? words.shift() ?? null : null,
		stage: words.join(" ") || null,
		number: Number(count[1]),
		total: Number(count[2])
	};
}
/** `[auth] library/busybox:pull token` keeps its marker, which is part of what it says. */
function otherText(marker, text) {
	return marker === void 0 || marker === "" || marker === "internal" || marker.includes("/") ? text : `${marker} ${text}`;
}
// src/report/vertex-memory.ts
/** An empty memory for one target; `dockerfile` is its path from the repository's root, null if unknown. */
function createMemory(target, dockerfile, descendants) {
	return {
		target,
		dockerfile,
		descendants,
		known: /* @__PURE__ */ new Map(),
		targets: /* @__PURE__ */ new Set(),
		warnings: [],
		text: []
	};
}
/** Adds one line's news. */
function fold(memory, status) {
	for (const vertex of status.vertexes) foldVertex(memory, vertex);
	for (const transfer of status.statuses) entry(memory, transfer.vertex).transfers.set(transfer.id, transfer);
	for (const chunk of status.logs) entry(memory, chunk.vertex).log.add(chunk.stream, chunk.data);
	for (const { vertex, short, url, file, line } of status.warnings) {
		const [, rule, message] = /^([A-Za-z]\w*): (.*)$/s.exec(short) ?? [
			null,
			"Warning",
			short
		];
		const text = (message ?? "").replace(/ \(line \d+\)$/, "");
		const place = {
			file: memory.dockerfile ?? file ?? "Dockerfile",
			line
		};
		memory.warnings.push({
			vertex,
			warning: {
				rule: rule ?? "Warning",
				message: text,
				url,
				...place
			}
		});
	}
}
/** A vertex is sent without times again when another target or platform uses it too: what was known stays. */
function foldVertex(memory, vertex) {
	const known = entry(memory, vertex.digest);
	const target = targetOfInternal(vertex.name);
	if (target !== null) memory.targets.add(target);
	if (vertex.name !== "") known.names.add(vertex.name);
	const before = known.vertex;
	known.vertex = {
		...vertex,
		...times(known, vertex),
		name: vertex.name || before.name,
		cached: before.cached || vertex.cached && before.completed === null,
		error: vertex.error ?? before.error
	};
}
/** A vertex can run twice (resolved first, pulled when it is needed): the longest run counts, not the wait between. */
function times(known, { started, completed }) {
	if (started === null) return {
		started: known.vertex.started,
		completed: known.vertex.completed
	};
	if (completed === null) return {
		started,
		completed
	};
	if (duration({
		started,
		completed
	}) >= duration(known.longest)) known.longest = {
		started,
		completed
	};
	return known.longest;
}
function duration({ started, completed }) {
	return started === null || completed === null ? -1 : completed - started;
}
function entry(memory, digest) {
	const found = memory.known.get(digest);
	if (found !== void 0) return found;
	const longest = {
		started: null,
		completed: null
	};
	const made = {
		vertex: {
			digest,
			name: "",
			...longest,
			cached: false,
			error: null
		},
		longest,
		names: /* @__PURE__ */ new Set(),
		transfers: /* @__PURE__ */ new Map(),
		log: new LogCollector()
	};
	memory.known.set(digest, made);
	return made;
}
/**
* The name under which a vertex is ours, or null. With several targets buildx shows a parent's steps under the
* child's name too: ours is what no other target of the process claims that is not built on us.
*/
function ownName(memory, known) {
	if (memory.targets.size === 0) return known.names.values().next().value ?? null;
	let own = null;
	for (const name of known.names) if (isMarkedFor(name, memory.target)) own = name;
	else if ([...memory.targets].some((target) => !memory.descendants.has(target) && isMarkedFor(name, target))) return null;
	return own;
}
// src/report/progress.ts
const TEXT_KEPT = 500;
/** Starts a fold for one bake target. Steps of linked parents, which run in the same process, are not counted. */
function createProgress(target, options = {}) {
	const memory = createMemory(target, options.dockerfile ?? null, options.descendants ?? /* @__PURE__ */ new Set());
	return {
		feed: (line) => {
			const status = parseSolveStatus(line);
			if (status !== null) fold(memory, status);
			else if (line.trim() !== "" && memory.text.length < TEXT_KEPT) memory.text.push(line);
		},
		state: () => stateOf(memory),
		log: () => ownSteps(memory).map(({ known, step }) => ({
			...step,
			log: known.log.read()
		})),
		downloaded: (own = false) => downloadedBytes(memory, own),
		failed: () => hasFailed(memory),
		failure: () => failureOf(memory)
	};
}
function ownSteps(memory) {
	return withoutRepeats([...memory.known.values()].flatMap((known) => {
		const name = ownName(memory, known);
		return name === null ? [] : [{
			known,
			step: toStep(known, name, memory.targets.size > 0)
		}];
	}).toSorted((a, b) => rank(a.step) - rank(b.step) || begin(a.step) - begin(b.step) || order(a.step) - order(b.step)));
}
/**
* An image is built once and found in the cache by each later round, which sends its contexts anew: then BuildKit has other digests for
* the same numbered steps. The first of a name is the one that tells what was done,
* or that which failed.
*/
function withoutRepeats(own) {
	const keyOf = ({ step: { name, number, total, stage, platform } }) => JSON.stringify([
		name,
		number,
		total,
		stage,
		platform
	]);
	const failed = new Map(own.filter(({ step }) => step.error !== null).map((one) => [keyOf(one), one]));
	const seen = /* @__PURE__ */ new Set();
	return own.filter((one) => {
		const key = keyOf(one);
		if (one.step.number === null) return true;
		if (failed.has(key)) return failed.get(key) === one;
		return !seen.has(key) && seen.add(key);
	});
}
function stateOf(memory) {
	const own = ownSteps(memory);
	const running = own.filter(({ step }) => step.started !== null && step.completed === null);
	const current = running.findLast(({ step }) => step.number !== null) ?? running.at(-1);
	return {
		steps: own.map(({ step }) => step),
		current: current?.step ?? null,
		bytes: current === void 0 ? null : bytesOf(current.known),
		warnings: ownWarnings(memory),
		text: memory.text
	};
}
function toStep(known, name, marked) {
	const { text, number, total, stage, platform } = parseVertexName(name, marked);
	const { started, completed, cached, error } = known.vertex;
	return {
		name: text,
		number,
		total,
		stage,
		platform,
		started,
		completed,
		cached,
		error
	};
}
function rank(step) {
	return step.number === null ? 1 : 0;
}
function begin(step) {
	return step.started ?? Number.MAX_SAFE_INTEGER;
}
function order(step) {
	return step.number ?? 0;
}
function bytesOf(known) {
	const sized = [...known.transfers.values()].filter((transfer) => (transfer.total ?? 0) > 0);
	if (sized.length === 0) return null;
	return {
		current: sized.reduce((sum, transfer) => sum + transfer.current, 0),
		total: sized.reduce((sum, transfer) => sum + (transfer.total ?? 0), 0)
	};
}
/** Each layer once, whoever wanted it: its transfer is named by its digest. */
function downloadedBytes(memory, own) {
	const layers = /* @__PURE__ */ new Map();
	for (const known of memory.known.values()) for (const { id, current, total } of own && ownName(memory, known) === null ? [] : known.transfers.values()) if (total !== null && /^sha256:[0-9a-f]{64}$/.test(id)) layers.set(id, current);
	return [...layers.values()].reduce((sum, bytes) => sum + bytes, 0);
}
/** A warning comes once a platform: the same rule on the same line is one. */
function ownWarnings(memory) {
	const unique = /* @__PURE__ */ new Map();
	for (const { vertex, warning } of memory.warnings) {
		const known = memory.known.get(vertex);
		if (known !== void 0 && known.names.size > 0 && ownName(memory, known) === null) continue;
		unique.set(JSON.stringify([
			warning.rule,
			warning.line,
			warning.message
		]), warning);
	}
	return [...unique.values()].toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0));
}
function failureOf(memory) {
	const text = readErrorText(memory.text);
	const failed = failedVertex(memory);
	const log = failed?.log.read().lines ?? [];
	const marked = memory.targets.size > 0;
	const name = failed === null ? null : ownName(memory, failed) ?? failed.vertex.name;
	const error = failed?.vertex.error ?? null;
	const message = text.message ?? (error === null ? silence(memory) : shortenError(error));
	const parent = text.target === null || text.target === memory.target ? "" : `in its parent ${text.target}: `;
	return {
		message: parent + message,
		step: failed === null || name === null ? null : toStep(failed, name, marked),
		dockerfile: memory.dockerfile ?? "Dockerfile",
		line: parent === "" ? text.line : null,
		tail: log.slice(-20)
	};
}
/** buildx may name another target that had the failed step, too. */
function hasFailed(memory) {
	if ([...memory.known.values()].some((known) => isFailure(known) && ownName(memory, known) !== null)) return "step";
	return readErrorText(memory.text).target === memory.target ? "name" : null;
}
/** Of its own accord. */
function isFailure({ vertex: { error, name } }) {
	return error !== null && !isCancellation(error) && !isCacheImport(name);
}
/** A cache that cannot be read ends nothing. */
function isCacheImport(name) {
	return /^(\[[^\]]+\] )?importing cache manifest/.test(name);
}
/** Own steps before a parent's, causes before what was cancelled for them. */
function failedVertex(memory) {
	const failed = [...memory.known.values()].filter(({ vertex: { error, name } }) => error !== null && !isCacheImport(name));
	const weight = (known) => {
		return (isCancellation(known.vertex.error ?? "") ? 2 : 0) + (ownName(memory, known) === null ? 1 : 0);
	};
	return failed.toSorted((a, b) => weight(a) - weight(b))[0] ?? null;
}
function silence(memory) {
	return memory.text.at(-1) ?? "buildx ended without a reason";
}
export { createProgress as t };
