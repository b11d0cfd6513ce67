import { r as __toESM, t as __commonJSMin } from "./rolldown-runtime.js";
import { a as messageOf$1, i as fullDisk, n as ActionError, r as explained, t as nearest } from "./nearest.js";
import { C as contextKey, S as canonicalReference, _ as findBuildx, a as childEnvironment, b as failure, d as errorRest, f as headline, g as prepareBuilder, l as joinSections, m as outcomeText, p as isRed, u as ICONS, v as hasEngine, w as formatCanonical, x as output, y as execute } from "./cancel.js";
import { t as isAddress } from "./address.js";
import { a as imageTag, i as imageReferences, n as decidePush, o as tagOf, r as imageNames, s as tagRules, t as dateTag } from "./tags.js";
import { n as stepLines, t as stepLabel } from "./step-text.js";
import { a as formatDuration, c as shortDigest, l as stepPlace, n as count, o as formatShare, s as formatSize, t as cachedShare } from "./format.js";
import { n as visible, r as visibleLines, t as shorten } from "./visible.js";
import { n as columns$1, r as paint, t as STYLES$1 } from "./paint.js";
import path, { posix } from "node:path";
import { StringDecoder } from "node:string_decoder";
import { stripVTControlCharacters } from "node:util";
import { setTimeout as setTimeout$1 } from "node:timers/promises";
import { chmod, lstat, mkdir, readFile, readdir, symlink, writeFile } from "node:fs/promises";
import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import { createHash } from "node:crypto";
import { homedir, tmpdir } from "node:os";
import { isNativeError } from "node:util/types";
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
	const error = lines.findLast((line) => line.startsWith("ERROR: "))?.slice(7) ?? null;
	const target = error === null ? null : /^target ([^\s:]+): /.exec(error)?.[1] ?? null;
	const message = error === null ? null : shortenError(error.replace(/^target [^\s:]+: /, ""));
	return {
		target,
		message,
		line: excerptLine(lines) ?? parseErrorLine(message)
	};
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
		started: time$1(fields.started),
		completed: time$1(fields.completed),
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
		completed: time$1(fields.completed) !== null
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
function time$1(value) {
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
		for (const line of lines) this.#lines.push(clean$1(line));
		if (this.#lines.length > 4e3) this.#drop();
	}
	/** What is there now; a last line without its end is shown too. */
	read() {
		const open = [...this.#open.values()].map((stream) => clean$1(stream.rest)).filter((line) => line !== "");
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
function clean$1(line) {
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
function createMemory(target, dockerfile) {
	return {
		target,
		dockerfile,
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
		cached: before.cached || vertex.cached,
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
* child's name too: ours is what no other target of the process claims.
*/
function ownName$1(memory, known) {
	if (memory.targets.size === 0) return known.names.values().next().value ?? null;
	let own = null;
	for (const name of known.names) if (isMarkedFor(name, memory.target)) own = name;
	else if ([...memory.targets].some((target) => isMarkedFor(name, target))) return null;
	return own;
}
// src/report/progress.ts
const TEXT_KEPT = 500;
/** Starts a fold for one bake target. Steps of linked parents, which run in the same process, are not counted. */
function createProgress(target, options = {}) {
	const memory = createMemory(target, options.dockerfile ?? null);
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
		failure: () => failureOf$1(memory)
	};
}
function ownSteps(memory) {
	return [...memory.known.values()].flatMap((known) => {
		const name = ownName$1(memory, known);
		return name === null ? [] : [{
			known,
			step: toStep(known, name, memory.targets.size > 0)
		}];
	}).toSorted((a, b) => rank(a.step) - rank(b.step) || begin(a.step) - begin(b.step) || order(a.step) - order(b.step));
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
/** A warning comes once a platform: the same rule on the same line is one. */
function ownWarnings(memory) {
	const unique = /* @__PURE__ */ new Map();
	for (const { vertex, warning } of memory.warnings) {
		const known = memory.known.get(vertex);
		if (known !== void 0 && known.names.size > 0 && ownName$1(memory, known) === null) continue;
		unique.set(JSON.stringify([
			warning.rule,
			warning.line,
			warning.message
		]), warning);
	}
	return [...unique.values()].toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0));
}
function failureOf$1(memory) {
	const text = readErrorText(memory.text);
	const failed = failedVertex(memory);
	const log = failed?.log.read().lines ?? [];
	const marked = memory.targets.size > 0;
	const name = failed === null ? null : ownName$1(memory, failed) ?? failed.vertex.name;
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
/** Own steps before a parent's, causes before what was cancelled for them. A cache that cannot be read ends nothing. */
function failedVertex(memory) {
	const failed = [...memory.known.values()].filter((known) => {
		return known.vertex.error !== null && !/^(\[[^\]]+\] )?importing cache manifest/.test(known.vertex.name);
	});
	const weight = (known) => {
		return (isCancellation(known.vertex.error ?? "") ? 2 : 0) + (ownName$1(memory, known) === null ? 1 : 0);
	};
	return failed.toSorted((a, b) => weight(a) - weight(b))[0] ?? null;
}
function silence(memory) {
	return memory.text.at(-1) ?? "buildx ended without a reason";
}
// src/stack/bake.ts
/**
* bake allows `[a-zA-Z0-9_-]+` only; other characters of an image's name become `_`, made unique where names meet. None
* begins with `-`, or it would be an option on the command line.
*/
function targetNames(names) {
	const taken = /* @__PURE__ */ new Set();
	return new Map(names.map((name) => {
		const plain = name.replace(/[^\w-]/g, "_").replace(/^-/, "_");
		let target = plain;
		for (let count = 2; taken.has(target); count++) target = `${plain}_${count}`;
		taken.add(target);
		return [name, target];
	}));
}
/**
* The definition for all images that are built here. Outputs, no-cache and pull are not in it: they are set on the
* requested target alone (`bakeArguments`), or every child's process would do its parents' work again.
*/
function bakeDefinition(images, targets) {
	return { target: Object.fromEntries(images.map((image) => [targets.get(image.image.name) ?? image.image.name, bakeTarget(image, targets)])) };
}
function bakeTarget(image, targets) {
	const optional = {
		contexts: contextsOf(image, targets),
		args: image.args,
		labels: image.labels,
		annotations: image.annotations,
		tags: image.tags,
		platforms: image.platforms,
		secret: image.secrets,
		ssh: image.ssh
	};
	const used = Object.entries(optional).filter(([, value]) => Object.keys(value).length > 0);
	return escaped$1({
		context: composed(image.context, image),
		dockerfile: composed(image.dockerfile, image),
		...image.target ? { target: image.target } : {},
		...Object.fromEntries(used)
	});
}
/** bake's reader brings all text into Unicode's composed form: a path in another form would name another file. */
function composed(path, { image }) {
	if (path === path.normalize("NFC")) return path;
	throw new ActionError("stack", `${image.dockerfile}: its path is not in Unicode's composed form (NFC)`, ["bake cannot be told of such a path: rename the folder, for example with `git mv`"]);
}
function contextsOf(image, targets) {
	const stages = new Set(image.stages.map((stage) => stage.toLowerCase()));
	const parents = image.image.parents.flatMap((edge) => edge.references.map((reference) => [keyOf(edge, reference, image, stages), parentContext(image, edge, targets)]));
	const pinned = [...image.pinned].filter(([reference]) => !stages.has(contextKey(reference).toLowerCase())).map(([reference, to]) => [contextKey(reference), `docker-image://${to}`]);
	return {
		...Object.fromEntries(pinned),
		...Object.fromEntries(parents),
		...image.contexts
	};
}
function keyOf(edge, reference, image, stages) {
	const key = contextKey(reference);
	if (!stages.has(key.toLowerCase())) return key;
	throw new ActionError("stack", `${image.image.dockerfile}:${edge.line}: a stage has the name of the parent image, "${key}"`, ["BuildKit would replace the stage by the image: give the stage another name"]);
}
function parentContext(image, edge, targets) {
	const source = image.parents.get(edge.name);
	if (!source) throw new Error(`no source for parent ${edge.name} of ${image.image.name}`);
	return "image" in source ? `docker-image://${source.image}` : `target:${targets.get(source.target) ?? source.target}`;
}
/** bake evaluates `${…}` and `%{…}` in keys and strings of JSON as HCL templates; a doubled sign stands for itself. */
function escaped$1(value) {
	if (typeof value === "string") return value.replace(/([$%])\{/g, "$1$1{");
	if (Array.isArray(value)) return value.map(escaped$1);
	if (typeof value === "object" && value !== null) return Object.fromEntries(Object.entries(value).map(([key, item]) => [escaped$1(key), escaped$1(item)]));
	return value;
}
/** Arguments of `buildx bake` for one image. */
function bakeArguments(request) {
	const { target } = request;
	return [
		...request.builder ? ["--builder", request.builder] : [],
		"--file",
		request.file,
		"--progress",
		"rawjson",
		"--metadata-file",
		request.metadataFile,
		...request.allowRead.flatMap((path) => ["--allow", `fs.read=${path}`]),
		...request.allowSsh ? ["--allow", "ssh"] : [],
		...request.outputs.flatMap((output) => ["--set", `${target}.output=${output}`]),
		...request.noCache ? ["--set", `${target}.no-cache=true`] : [],
		...request.pull ? ["--set", `${target}.pull=true`] : [],
		target
	];
}
// node_modules/yocto-queue/index.js
var Node = class {
	value;
	next;
	constructor(value) {
		this.value = value;
	}
};
var Queue = class {
	#head;
	#tail;
	#size;
	constructor() {
		this.clear();
	}
	enqueue(value) {
		const node = new Node(value);
		if (this.#head) {
			this.#tail.next = node;
			this.#tail = node;
		} else {
			this.#head = node;
			this.#tail = node;
		}
		this.#size++;
	}
	dequeue() {
		const current = this.#head;
		if (!current) return;
		this.#head = this.#head.next;
		this.#size--;
		if (!this.#head) this.#tail = void 0;
		return current.value;
	}
	peek() {
		if (!this.#head) return;
		return this.#head.value;
	}
	clear() {
		this.#head = void 0;
		this.#tail = void 0;
		this.#size = 0;
	}
	get size() {
		return this.#size;
	}
	*[Symbol.iterator]() {
		let current = this.#head;
		while (current) {
			yield current.value;
			current = current.next;
		}
	}
	*drain() {
		while (this.#head) yield this.dequeue();
	}
};
// node_modules/p-limit/index.js
function pLimit(concurrency) {
	let rejectOnClear = false;
	if (typeof concurrency === "object") ({concurrency, rejectOnClear = false} = concurrency);
	validateConcurrency(concurrency);
	if (typeof rejectOnClear !== "boolean") throw new TypeError("Expected `rejectOnClear` to be a boolean");
	const queue = new Queue();
	let activeCount = 0;
	const resumeNext = () => {
		if (activeCount < concurrency && queue.size > 0) {
			activeCount++;
			queue.dequeue().run();
		}
	};
	const next = () => {
		activeCount--;
		resumeNext();
	};
	const run = async (function_, resolve, arguments_) => {
		const result = (async () => function_(...arguments_))();
		resolve(result);
		try {
			await result;
		} catch {}
		next();
	};
	const enqueue = (function_, resolve, reject, arguments_) => {
		const queueItem = { reject };
		new Promise((internalResolve) => {
			queueItem.run = internalResolve;
			queue.enqueue(queueItem);
		}).then(run.bind(void 0, function_, resolve, arguments_));
		if (activeCount < concurrency) resumeNext();
	};
	const generator = (function_, ...arguments_) => new Promise((resolve, reject) => {
		enqueue(function_, resolve, reject, arguments_);
	});
	Object.defineProperties(generator, {
		activeCount: { get: () => activeCount },
		pendingCount: { get: () => queue.size },
		clearQueue: { value() {
			if (!rejectOnClear) {
				queue.clear();
				return;
			}
			const abortError = AbortSignal.abort().reason;
			while (queue.size > 0) queue.dequeue().reject(abortError);
		} },
		concurrency: {
			get: () => concurrency,
			set(newConcurrency) {
				validateConcurrency(newConcurrency);
				concurrency = newConcurrency;
				queueMicrotask(() => {
					while (activeCount < concurrency && queue.size > 0) resumeNext();
				});
			}
		},
		map: { async value(iterable, function_) {
			const promises = [];
			try {
				Array.from(iterable, (value, index) => {
					const promise = generator(function_, value, index);
					promises.push(promise);
					return promise;
				});
			} catch (error) {
				for (const promise of promises) promise.catch(() => {});
				throw error;
			}
			return Promise.all(promises);
		} }
	});
	return generator;
}
function validateConcurrency(concurrency) {
	if (!((Number.isInteger(concurrency) || concurrency === Number.POSITIVE_INFINITY) && concurrency > 0)) throw new TypeError("Expected `concurrency` to be a number from 1 and up");
}
// src/stack/schedule.ts
/**
* Runs tasks as soon as all that they wait for have succeeded, at most `jobs` at once. A task whose predecessor did
* not succeed is not run: `skip` gives its value, with the first such predecessor. Others go on. `tasks` hold no cycle.
*/
async function runTasks(tasks, { jobs, run, skip }) {
	const limit = pLimit(jobs);
	const started = /* @__PURE__ */ new Map();
	const known = new Map(tasks.map((task) => [task.name, task]));
	const start = (task) => {
		const running = started.get(task.name);
		if (running) return running;
		const promise = perform(task);
		started.set(task.name, promise);
		return promise;
	};
	const perform = async (task) => {
		await null;
		const before = task.after.flatMap((name) => known.get(name) ?? []);
		const failed = (await Promise.all(before.map(start))).findIndex((end) => !end.ok);
		if (failed >= 0) return {
			ok: false,
			value: skip(task.name, before[failed]?.name ?? "")
		};
		return limit(() => run(task.name));
	};
	const ends = await Promise.all(tasks.map(async (task) => [task.name, (await start(task)).value]));
	return new Map(ends);
}
// src/tools/transient.ts
/** BuildKit retries for 7 seconds and containerd ignores Retry-After: these waits (milliseconds) are ours, on top. */
const defaultWaits = [
	2e3,
	8e3,
	2e4
];
/** What may pass by itself when it comes from a registry or on the way to it. Refusals (401, 403, 404) are not in it. */
const passing = [
	/unexpected (HTTP )?status( code)?\b[^\n]*: (408|429|500|502|503|504)\b/i,
	/\b(429 Too Many Requests|500 Internal Server Error|502 Bad Gateway|503 Service Unavailable|504 Gateway Timeout)/i,
	/(^|: )unavailable: /i,
	/toomanyrequests|connection reset by peer|broken pipe|unexpected EOF|i\/o timeout|TLS handshake timeout/i,
	/failed to (do request|push|copy|authorize)[^\n]*: EOF/i
];
/** Whether an error's text tells of a fault that a later try may not meet. */
function isTransient(message) {
	return passing.some((pattern) => pattern.test(message));
}
/**
* Tries again after what may pass by itself, three times at most: what the message tells of, or what the error itself
* says is `transient`. `onRetry` is told why and how long the wait is.
*/
async function retryTransient(attempt, { signal, onRetry, waits = defaultWaits }) {
	for (const wait of waits) try {
		return await attempt();
	} catch (error) {
		if (!(isTransient(messageOf$1(error)) || error.transient === true) || signal.aborted) throw error;
		onRetry(messageOf$1(error), wait);
		await setTimeout$1(wait, void 0, { signal }).catch((cause) => {
			throw new ActionError("cancelled", "the run was cancelled while it waited to try again", [], { cause });
		});
	}
	return await attempt();
}
// src/stack/labels.ts
/** OCI labels of an image, in the order of the specification. */
function imageLabels({ image, source, revision, created, base, own }) {
	const ours = [
		["created", created === null ? null : (/* @__PURE__ */ new Date(created * 1e3)).toISOString().replace(".000Z", "Z")],
		["url", source],
		["source", source],
		["revision", revision],
		["title", image.name],
		["base.digest", base?.digest],
		["base.name", base?.name]
	].filter((entry) => Boolean(entry[1])).map(([key, value]) => [`org.opencontainers.image.${key}`, value]);
	return {
		...Object.fromEntries(ours),
		...own
	};
}
/** The same as annotations of the manifest and, for an index, of the index; the user's own come last and win. */
function imageAnnotations(labels, own) {
	return [...Object.entries(labels).filter(([key]) => key.startsWith("org.opencontainers.image.")).map(([key, value]) => `manifest,index:${key}=${value}`), ...own];
}
// src/steps/describe.ts
/** The images that are built, as bake takes them, with what is known at this moment. */
function describeImages(question) {
	const planned = new Map(question.decision.plan.images.map((image) => [image.name, image]));
	const images = question.source.stack.images.filter((image) => planned.get(image.name)?.action === "build").map((image) => describe(question, image, planned));
	const outside = images.flatMap((image) => Object.values(image.contexts)).filter((value) => path.isAbsolute(value) && !inside(question.host.cwd, value));
	return {
		images,
		allowRead: [.../* @__PURE__ */ new Set([...question.facts.secrets.allowRead, ...outside])]
	};
}
function describe(question, image, planned) {
	const { inputs, host, facts, builder } = question;
	const labels = labelsOf(question, image, planned);
	const classic = builder.driver === "docker" && !builder.containerdStore;
	return {
		image,
		context: isAddress(image.context) ? image.context : path.resolve(host.cwd, image.context),
		dockerfile: path.resolve(host.cwd, image.dockerfile),
		target: inputs.target || image.target,
		platforms: inputs.platforms.length > 0 ? inputs.platforms : image.platforms,
		args: {
			...image.args,
			...inputs.buildArgs
		},
		labels,
		annotations: classic ? [] : annotationsOf(question, labels),
		tags: planned.get(image.name)?.tags.filter((tag) => facts.outputs.builds(image, tag)) ?? [],
		secrets: facts.secrets.specifications,
		ssh: facts.secrets.ssh,
		contexts: absoluteContexts({
			...image.contexts,
			...inputs.buildContexts
		}, host.cwd),
		parents: new Map(image.parents.map((edge) => [edge.name, parentSource(question, edge.name, planned)])),
		pinned: new Map([...facts.pins].filter(([reference]) => image.external.includes(reference))),
		stages: image.stages
	};
}
function parentSource({ facts, inputs, builder, source }, name, planned) {
	const parent = planned.get(name);
	const image = source.stack.images.find((candidate) => candidate.name === name);
	const [published] = image ? imageNames(image, inputs.registry) : [];
	if (parent?.action !== "build") return { image: `${published}@${parent?.digest}` };
	const digest = facts.digests.get(name);
	return builder.driver !== "docker" && digest && published ? { image: `${published}@${digest}` } : { target: name };
}
function labelsOf(question, image, planned) {
	const { source, facts, inputs } = question;
	return imageLabels({
		image,
		source: sourceUrl(question),
		revision: source.commit,
		created: facts.created,
		base: baseOf(question, image, planned),
		own: inputs.labels
	});
}
/** The base image's name and digest: a parent of this stack by its published name, an external one as it is pinned. */
function baseOf({ source, facts, inputs }, image, planned) {
	if (image.base === null) return null;
	const edge = image.parents.find((parent) => parent.base);
	if (!edge) {
		const [name = image.base, written] = image.base.split("@");
		return {
			name,
			digest: written ?? facts.pins.get(image.base)?.split("@")[1] ?? null
		};
	}
	const parent = source.stack.images.find((candidate) => candidate.name === edge.name);
	const [name] = parent ? imageNames(parent, inputs.registry) : [];
	const tag = planned.get(edge.name)?.tags[0]?.split(":").at(-1);
	const digest = facts.digests.get(edge.name) ?? planned.get(edge.name)?.digest ?? null;
	return {
		name: name ? `${name}${tag ? `:${tag}` : ""}` : image.base,
		digest
	};
}
function annotationsOf({ inputs, facts }, labels) {
	return facts.outputs.push ? imageAnnotations(labels, inputs.annotations) : [...inputs.annotations];
}
/** The repository's page: GitHub's own word for it, else the remote without credentials. */
function sourceUrl({ host, source, facts }) {
	const { repository } = source.trigger;
	if (repository) return `${host.env.GITHUB_SERVER_URL || "https://github.com"}/${repository.owner}/${repository.name}`;
	const remote = facts.remote?.replace(/^git@([^:]+):/, "https://$1/").replace(/\.git$/, "");
	return remote && URL.canParse(remote) && /^https?:/.test(remote) ? withoutCredentials$1(remote) : null;
}
function withoutCredentials$1(text) {
	const url = new URL(text);
	url.username = "";
	url.password = "";
	return url.href;
}
/** A context that is a path counts from the repository's root; images, targets and URLs stay as they are. */
function absoluteContexts(contexts, cwd) {
	const entries = Object.entries(contexts).map(([name, value]) => [name, isAddress(value) ? value : path.resolve(cwd, value)]);
	return Object.fromEntries(entries);
}
function inside(folder, file) {
	const relative = path.relative(folder, file);
	return !relative.startsWith("..") && !path.isAbsolute(relative);
}
// src/steps/verify.ts
/**
* Reads back what was pushed and compares its first layers with the parent's of this run: a child on another parent
* than the one that is published is an error. Gives null where the registry cannot be read.
*/
async function verifyImage(question) {
	const { source, decision, planned, digest, facts } = question;
	const image = await readBack(question, planned.name, digest);
	const parent = source.stack.images.find((candidate) => candidate.name === planned.name)?.parents.find((edge) => edge.base)?.name;
	const parentDigest = parent ? facts.digests.get(parent) ?? decision.plan.images.find((candidate) => candidate.name === parent)?.digest : null;
	if (!image || !parent || !parentDigest) return image;
	const base = await readBack(question, parent, parentDigest);
	if (base?.diffIds.some((layer, at) => image.diffIds[at] !== layer)) throw new ActionError("build", `${planned.name} was not built on the ${parent} of this run`, [`its first ${base.diffIds.length} layers are not those of ${parentDigest}`, "another build may have pruned the builder’s cache meanwhile: run again"]);
	return image;
}
async function readBack({ source, inputs, host, registry }, name, digest) {
	const image = source.stack.images.find((candidate) => candidate.name === name);
	const [published] = image ? imageNames(image, inputs.registry) : [];
	const reference = published ? canonicalReference(`${published}@${digest}`) : null;
	try {
		return reference ? await registry.image(reference) : null;
	} catch (error) {
		host.out.debug(`${name}: ${messageOf$1(error)}`);
		return null;
	}
}
// src/steps/bake.ts
/**
* One image by bake, and what was pushed of it. Each output is a round of its own, the later ones from the builder's
* cache: of several at once buildx tells one digest only, and an annotation that one output cannot hold ends them all.
*/
async function bakeOne(build, progress) {
	const { question, planned, facts } = build;
	let pushed = null;
	for (const [round, output] of facts.outputs.rounds.entries()) {
		const digest = await bakeRound(build, progress, {
			output,
			noCache: round === 0 && question.inputs.noCache
		});
		if (facts.outputs.push && round === 0) pushed = digest;
	}
	if (facts.outputs.push && !pushed) throw new ActionError("build", `buildx ended well but did not tell the digest of what it pushed for ${planned.name}`, ["its version may be too old for `bake --metadata-file`: update buildx"]);
	return {
		digest: pushed,
		image: pushed ? await verifyImage({
			...question,
			planned,
			digest: pushed,
			facts
		}) : null
	};
}
async function bakeRound({ question, planned, target, facts }, progress, { output, noCache }) {
	const { host, buildx, builder, inputs, observer } = question;
	const folder = path.join(host.temp, "bake");
	await mkdir(folder, { recursive: true });
	const file = path.join(folder, `${target}.json`);
	const metadataFile = path.join(folder, `${target}.metadata.json`);
	const { images, allowRead } = describeImages({
		...question,
		facts
	});
	const fitting = output === "type=docker" ? images.map(withoutIndex) : images;
	await writeFile(file, JSON.stringify(bakeDefinition(fitting, facts.targets), null, 2));
	const args = bakeArguments({
		builder: builder.name,
		file,
		metadataFile,
		target,
		outputs: [output],
		noCache,
		pull: inputs.pull,
		allowRead,
		allowSsh: facts.secrets.ssh.length > 0
	});
	host.out.debug(`buildx bake ${args.join(" ")}`);
	const feed = (line) => {
		progress.feed(line);
		observer.progressed(planned.name, progress);
	};
	const ended = await buildx.bake(args, feed, facts.secrets.env);
	if (ended.status !== 0) {
		const { message } = failure({
			file: "buildx",
			args: ["bake"]
		}, ended);
		throw new BakeError(message, ended.signal, progress.failure());
	}
	return await readDigest(metadataFile, target);
}
/** What an engine loads has no index, and BuildKit refuses annotations of one. */
function withoutIndex(image) {
	return {
		...image,
		annotations: image.annotations.filter((annotation) => !/^[a-z-,]*\bindex\b/.test(annotation))
	};
}
/** bake ended with an error: what failed is told by its progress. */
var BakeError = class extends Error {
	endedBy;
	failure;
	/** A registry's own word for a fault hides its status, which only the log of the push still names. */
	transient;
	constructor(message, endedBy, failure) {
		super(message);
		this.endedBy = endedBy;
		this.failure = failure;
		this.transient = failure.step?.number === null && failure.tail.some(isTransient);
	}
};
/** Why an image failed, from whatever was thrown. */
function failureOf(error, planned) {
	if (error instanceof BakeError && !error.endedBy) return inWords(error.failure);
	const told = explained(error);
	const details = told instanceof ActionError ? [...told.details] : [];
	return {
		message: messageOf$1(told),
		step: null,
		dockerfile: planned.dockerfile,
		line: null,
		tail: details
	};
}
/** Two causes that the last message alone does not tell. */
function inWords(failure) {
	const said = (words) => ({
		...failure,
		message: `${words}: ${failure.message}`
	});
	if ([failure.message, ...failure.tail].some((line) => fullDisk.test(line))) return said("no space is left on a disk");
	return /code = Unavailable|error reading from server|closing transport|^context deadline exceeded$/.test(failure.message) ? said("the builder stopped answering") : failure;
}
/** Only the digest is read: buildx puts the event's payload and build arguments into the same file. */
async function readDigest(file, target) {
	const text = await readFile(file, "utf8").catch((error) => {
		if (error.code === "ENOENT") return "{}";
		throw error;
	});
	const digest = JSON.parse(text)[target]?.["containerimage.digest"];
	return typeof digest === "string" ? digest : null;
}
// src/steps/observe.ts
/** Shows the builds while they run: in a terminal one live line an image, in the action a folded log at its end. */
async function observe({ host, plan }) {
	const images = new Map(plan.images.filter((image) => image.action === "build").map((image) => [image.name, waiting(image)]));
	const change = (name, extra) => {
		const image = images.get(name);
		if (image) images.set(name, {
			...image,
			...extra
		});
	};
	const progresses = /* @__PURE__ */ new Map();
	const live = await startLiveFor(host, () => [...images.values()].map((image) => withProgress(image, progresses.get(image.name))));
	return {
		started: (name) => change(name, {
			phase: "running",
			started: Date.now(),
			note: ""
		}),
		progressed: (name, progress) => void progresses.set(name, progress),
		finished: (result, log) => {
			change(result.name, {
				phase: result.outcome,
				completed: Date.now(),
				note: result.reason
			});
			host.out.imageLog(result, log.flatMap(stepLines));
		},
		close: () => live?.stop()
	};
}
/** The result of an image that no build was made for. */
function unbuilt(image, outcome, reason) {
	return {
		name: image.name,
		action: image.action,
		outcome,
		reason,
		parents: image.parents,
		started: null,
		completed: null,
		steps: [],
		warnings: [],
		failure: null,
		digest: image.digest,
		size: null,
		previousSize: null,
		tags: []
	};
}
/** The results of a plan in which nothing is built. */
function unbuiltResults(plan) {
	return plan.images.map((image) => unbuilt(image, image.action === "reuse" ? "reused" : "unchanged", image.reason));
}
async function startLiveFor(host, images) {
	const { live: stream, colour: color } = host.out;
	if (!stream || images().length === 0) return null;
	const { startLive } = await import("./live.js");
	return await startLive({
		stream,
		images,
		color,
		redraw: host.kind === "cli" && stream.isTTY === true
	});
}
function waiting(image) {
	const note = image.parents.length > 0 ? `waiting for ${image.parents.join(", ")}` : "waiting";
	return {
		name: image.name,
		phase: "waiting",
		note,
		started: null,
		completed: null,
		progress: null
	};
}
/** The state is folded only when a picture is drawn: progress comes in thousands of lines. */
function withProgress(image, progress) {
	return image.phase === "running" && progress ? {
		...image,
		progress: progress.state()
	} : image;
}
// src/steps/outputs.ts
/** Pushes, loads into the engine, both, or keeps the result in the builder's cache alone. */
async function chooseOutputs({ inputs, host, builder, decision }) {
	const { push } = decision.push;
	const load = await decideLoad({
		inputs,
		host,
		builder,
		push
	});
	const classic = builder.driver === "docker";
	const { immutable } = decision.rules;
	const values = [...push ? ["type=image,push=true"] : [], ...load && !(classic && push) ? ["type=docker"] : []];
	return {
		push,
		load,
		rounds: values.length > 0 ? values : ["type=cacheonly"],
		builds: (image, reference) => !push || immutable === null || reference.endsWith(`:${imageTag(image, immutable)}`)
	};
}
async function decideLoad({ inputs, host, builder, push }) {
	if (inputs.load === true && builder.driver !== "docker" && !await hasEngine(host)) throw new ActionError("input", "input load: true, but no Docker engine answers: there is nothing to load into", ["start Docker (`docker info` has to work), or leave load out"]);
	if (inputs.load !== "auto") return inputs.load;
	if (host.kind === "action" || push || inputs.platforms.length > 1) return false;
	if (builder.driver === "docker") return true;
	const engine = await hasEngine(host);
	if (!engine) host.out.notice("no Docker engine answers: the images stay in the builder’s cache (push: true sends them to a registry)");
	return engine;
}
// src/steps/pins.ts
/**
* Resolves external base images to digests once for the run, so that a tag that moves meanwhile cannot give two images
* different bases. The builder itself is asked (its mirrors and credentials count): a `FROM` alone loads no layer, and
* its progress names the digest. What cannot be resolved is left as it is; the build will tell.
*/
async function resolvePins({ references, host, buildx, builder }) {
	const parsed = references.flatMap((text) => {
		const reference = canonicalReference(text);
		return reference && !reference.digest ? [{
			text,
			reference
		}] : [];
	});
	if (parsed.length === 0) return /* @__PURE__ */ new Map();
	const file = path.join(host.temp, "pins.json");
	const targets = parsed.map(({ text }, at) => [`pin${at}`, {
		"dockerfile-inline": `FROM ${text}`,
		context: host.temp,
		output: ["type=cacheonly"]
	}]);
	await writeFile(file, JSON.stringify({
		group: { default: { targets: targets.map(([name]) => name) } },
		target: Object.fromEntries(targets)
	}));
	const digests = /* @__PURE__ */ new Map();
	const read = (line) => {
		for (const [, name, digest] of line.matchAll(/FROM (\S+?)@(sha256:[0-9a-f]{64})/g)) if (name && digest) digests.set(name, digest);
	};
	const args = [
		"--builder",
		builder.name,
		"--file",
		file,
		"--progress",
		"rawjson",
		"--allow",
		`fs.read=${host.temp}`
	];
	await buildx.bake(args, read).catch((error) => {
		if (error instanceof ActionError && error.code === "cancelled") throw error;
	});
	return new Map(parsed.flatMap(({ text, reference }) => {
		const digest = digests.get(formatCanonical(reference));
		return digest ? [[text, `${reference.registry}/${reference.repository}:${reference.tag}@${digest}`]] : [];
	}));
}
// src/steps/secrets.ts
const none = {
	specifications: [],
	ssh: [],
	env: {},
	allowRead: []
};
/** Puts secrets where buildx finds them. An untrusted run gets none, whatever its workflow says. */
async function prepareSecrets({ inputs, host, trust }) {
	if (inputs.secrets.length + inputs.ssh.length === 0) return none;
	if (trust !== "trusted") {
		host.out.notice("an untrusted run gets no secrets and no ssh agent");
		return none;
	}
	const folder = path.join(host.temp, "secrets");
	await mkdir(folder, {
		recursive: true,
		mode: 448
	});
	const prepared = await Promise.all(inputs.secrets.map((secret, at) => prepare(secret, path.join(folder, String(at)), host)));
	return {
		specifications: prepared.map((secret) => secret.specification),
		ssh: inputs.ssh,
		env: Object.assign({}, ...prepared.map((secret) => secret.env)),
		allowRead: prepared.flatMap((secret) => secret.allowRead)
	};
}
async function prepare({ id, source }, file, host) {
	if ("env" in source) {
		const value = host.env[source.env];
		if (value === void 0) throw new ActionError("input", `input secret-envs: the variable ${source.env} (secret ${id}) is not set`, ["set it in `env:` of the step"]);
		host.out.mask(value);
		return {
			specification: csv([
				`type=env`,
				`id=${id}`,
				`env=${source.env}`
			]),
			env: { [source.env]: value },
			allowRead: []
		};
	}
	if ("value" in source) {
		host.out.mask(source.value);
		await writeFile(file, source.value, { mode: 384 });
		await chmod(file, 384);
		return {
			specification: csv([
				`type=file`,
				`id=${id}`,
				`src=${file}`
			]),
			env: {},
			allowRead: [file]
		};
	}
	const own = path.resolve(host.cwd, source.file);
	return {
		specification: csv([
			`type=file`,
			`id=${id}`,
			`src=${own}`
		]),
		env: {},
		allowRead: [own]
	};
}
/** buildx reads these texts as one CSV record. */
function csv(fields) {
	return fields.map((field) => /[",\n]/.test(field) ? `"${field.replaceAll("\"", "\"\"")}"` : field).join(",");
}
// src/steps/build.ts
/**
* Builds what the plan says, in order, `jobs` at once. An image that fails takes its descendants out and nothing else.
* Gives a result for every image of the plan, in its order. Throws only for what concerns the whole run.
*/
async function buildStack(question) {
	const { plan } = question.decision;
	const builds = plan.images.filter((image) => image.action === "build");
	const facts = await gatherFacts(question, builds);
	const planned = new Map(builds.map((image) => [image.name, image]));
	const names = new Set(planned.keys());
	const results = await runTasks(builds.map((image) => ({
		name: image.name,
		after: image.parents.filter((parent) => names.has(parent))
	})), {
		jobs: question.inputs.jobs,
		run: async (name) => {
			const result = await buildImage({
				question,
				planned: planned.get(name),
				target: facts.targets.get(name) ?? name,
				facts
			});
			return {
				ok: result.outcome === "built",
				value: result
			};
		},
		skip: (name, because) => {
			const result = unbuilt(planned.get(name), "skipped", `its parent ${because} was not built`);
			question.observer.finished(result, []);
			return result;
		}
	});
	return plan.images.map((image) => results.get(image.name) ?? unbuilt(image, image.action === "reuse" ? "reused" : "unchanged", image.reason));
}
async function gatherFacts(question, builds) {
	const { source, inputs, host } = question;
	const names = new Set(builds.map((image) => image.name));
	const images = source.stack.images.filter((image) => names.has(image.name));
	const [pins, secrets, outputs] = await Promise.all([
		resolvePins({
			...question,
			references: [...new Set(images.flatMap((image) => image.external))]
		}),
		prepareSecrets({
			inputs,
			host,
			trust: source.trigger.trust
		}),
		chooseOutputs(question)
	]);
	const [created, remote] = await Promise.all([source.commit && source.git ? source.git.commitTime(source.commit) : null, source.git?.remoteUrl() ?? null]);
	return {
		targets: targetNames(builds.map((image) => image.name)),
		pins,
		secrets,
		outputs,
		created,
		remote,
		digests: /* @__PURE__ */ new Map()
	};
}
async function buildImage(build) {
	const { question, planned, target } = build;
	const { observer } = question;
	const started = Date.now();
	let progress = createProgress(target, { dockerfile: planned.dockerfile });
	observer.started(planned.name);
	const finish = (extra) => {
		const { steps, warnings } = progress.state();
		return {
			...unbuilt(planned, "built", planned.reason),
			started,
			completed: Date.now(),
			steps,
			warnings,
			...extra
		};
	};
	let result;
	try {
		await refuseTaken(build);
		const { digest, image } = await retryTransient(() => {
			progress = createProgress(target, { dockerfile: planned.dockerfile });
			return bakeOne(build, progress);
		}, {
			signal: question.host.signal,
			onRetry: (message, wait) => question.host.out.notice(`${planned.name}: ${message}; again in ${Math.round(wait / 1e3)} s`)
		});
		if (digest) build.facts.digests.set(planned.name, digest);
		result = finish({
			digest,
			size: image?.size ?? null,
			tags: build.facts.outputs.push ? builtTags(build) : []
		});
	} catch (error) {
		if (question.host.signal.aborted) result = finish({
			outcome: "skipped",
			reason: "the run was cancelled"
		});
		else result = finish({
			outcome: "failed",
			failure: failureOf(error, planned)
		});
	}
	observer.finished(result, progress.log());
	return result;
}
/** The references that the build itself gives; those of the branch follow when the whole stack is done. */
function builtTags({ question, planned, facts }) {
	const image = question.source.stack.images.find((candidate) => candidate.name === planned.name);
	return image ? planned.tags.filter((reference) => facts.outputs.builds(image, reference)) : [];
}
/** The commit's tag was free when the plan was made; a run of the same commit may have set it since. */
async function refuseTaken({ question, planned, facts }) {
	const { decision, registry } = question;
	if (!facts.outputs.push || decision.rules.immutable === null) return;
	for (const text of builtTags({
		question,
		planned,
		facts
	})) {
		const reference = canonicalReference(text);
		if (reference && await registry.digest(reference).catch(() => null)) throw new ActionError("registry", `${text} is there by now: it is never overwritten`, ["another run published this commit meanwhile: run again, and use a concurrency group"]);
	}
}
// src/report/links.ts
/** The page of a file's line at the run's commit, null outside of GitHub. `path` is relative to the repository's root. */
function fileLink(result, path, line) {
	const base = /^(https:\/\/[^/]+\/[^/]+\/[^/]+)\/actions\/runs\/\d+/.exec(result.runUrl ?? "")?.[1];
	const head = result.trigger.head;
	if (base === void 0 || head === null || !/^[0-9a-f]{7,64}$/.test(head)) return null;
	return `${base}/blob/${head}/${path.toWellFormed().split("/").map(encodeURIComponent).join("/").replace(/[!'()*]/g, percent)}${line === null ? "" : `#L${line}`}`;
}
/** What `encodeURIComponent` leaves and Markdown may read. */
function percent(character) {
	return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
// src/report/markdown.ts
/**
* Escapes for GitHub's Markdown. Text is written as character references, which no construct of Markdown or HTML can
* begin with: the same string is safe in a table cell, a heading, a list item, and a `<summary>`.
*/
const ACTIVE = /[&<>`*_~[\]{}|\\$!#@]|^[-+=]|^\d(?=\d{0,8}[.)])|:(?=\/\/)|w(?=ww\.)/gi;
/** What GitHub links after Markdown is done, in the page's text: `@name`, `#12`, `GH-12`, addresses. */
const LINKED = /@|#|GH-|:(?=\/\/)|www(?=\.)/gi;
const CHARACTERS$1 = 300;
/**
* Untrusted text for anywhere in a line: nothing in it is markup, a mention, a reference to an issue, a link or an
* image. At most `limit` characters.
*/
function inline(text, limit = CHARACTERS$1) {
	return references(shorten(visible(text).trim(), limit).replace(LINKED, "$&​"));
}
/** Untrusted text as code for anywhere in a line; GitHub links nothing inside. Nothing is added to what is copied. */
function code(text, limit = CHARACTERS$1) {
	const shown = shorten(visible(text).trim(), limit);
	return shown === "" ? "" : `<code>${references(shown)}</code>`;
}
/** A code block behind a fence that is longer than any run of backticks inside. `info`: a language name of ours. */
function fence(text, info = "") {
	const body = visibleLines(text).join("\n");
	const longest = Math.max(2, ...[...body.matchAll(/`+/g)].map((run) => run[0].length));
	const marks = "`".repeat(longest + 1);
	return `${marks}${info}\n${body}\n${marks}`;
}
/** A section that is folded. `summary` and `body` are Markdown already. */
function details(summary, body) {
	return `<details><summary>${summary}</summary>\n\n${body}\n\n</details>`;
}
/** A table from cells that are Markdown already and hold no line end or bare `|` (`inline` and `code` see to that). */
function table(head, rows) {
	const line = (cells) => `| ${cells.join(" | ")} |`;
	return [
		line(head),
		line(head.map(() => "---")),
		...rows.map(line)
	].join("\n");
}
/** A link to an address that this program made; any other address leaves the label alone. `label` is Markdown already. */
function link(label, address) {
	return address !== null && /^https:\/\/[\w.~:/?#@%&=+,-]+$/.test(address) ? `[${label}](${address})` : label;
}
/** A label for mermaid: letters, digits and the marks of image names stay, everything else becomes a point. */
function mermaidLabel(text) {
	return shorten(text.toWellFormed().replace(/[^\p{L}\p{N} ./+_-]/gu, "·"), 60);
}
function references(text) {
	return text.replace(ACTIVE, (character) => `&#${character.charCodeAt(0)};`);
}
// src/report/failures.ts
const LINE = 500;
/** A section an image that failed: the step, its last lines and nothing else, its place in the Dockerfile. */
function failureSections(result) {
	return result.images.flatMap((image) => {
		return image.failure === null ? [] : [{
			rank: 1,
			name: "details of a failed image",
			markdown: section(result, image, image.failure)
		}];
	});
}
/** `failed in step 7/12`, or only `failed` where no numbered step did. Holds nothing of others but stage names: escape it. */
function failedWhere(failure) {
	const place = failure.step === null ? "" : stepPlace(failure.step);
	return place === "" ? "failed" : `failed in step ${place}`;
}
function section(result, image, failure) {
	const step = failure.step === null ? "" : `: ${code(failure.step.name, 160)}`;
	const tail = failure.tail.map((line) => shorten(line, LINE)).join("\n");
	const links = [link(inline(failure.line === null ? failure.dockerfile : `${failure.dockerfile} line ${failure.line}`), fileLink(result, failure.dockerfile, failure.line)), link("full log", result.runUrl)];
	return [
		`### ❌ ${inline(image.name)} ${inline(failedWhere(failure))}${step}`,
		inline(failure.message, 1e3),
		...tail.trim() === "" ? [] : [fence(tail)],
		links.filter((text) => text !== "full log").join(" · ")
	].join("\n\n");
}
// src/report/annotations.ts
/** GitHub shows ten of each kind a step. */
const SHOWN$1 = 10;
const MESSAGE = 2e3;
/** Failures and Dockerfile checks at their lines. Text of others is made visible; line ends in messages are ours. */
function annotate(result) {
	const errors = result.images.flatMap(failed);
	const warnings = unique(result.images.flatMap(checked));
	return {
		annotations: [...errors.slice(0, SHOWN$1), ...warnings.slice(0, SHOWN$1)],
		rest: {
			errors: Math.max(0, errors.length - SHOWN$1),
			warnings: Math.max(0, warnings.length - SHOWN$1)
		}
	};
}
function failed(image) {
	const { failure } = image;
	if (failure === null) return [];
	const step = failure.step?.number ? [shorten(visible(failure.step.name), 200)] : [];
	const tail = failure.tail.slice(-5).map((line) => shorten(visible(line), 300));
	return [{
		level: "error",
		title: visible(`${image.name} ${failedWhere(failure)}`),
		message: shorten([
			...step,
			visible(failure.message),
			...tail
		].join("\n"), MESSAGE),
		file: failure.dockerfile,
		startLine: failure.line
	}];
}
function checked(image) {
	return image.warnings.map((warning) => ({
		level: "warning",
		title: shorten(visible(warning.rule), 100),
		message: shorten(visible(warning.message), MESSAGE),
		file: warning.file,
		startLine: warning.line
	}));
}
/** Variants share a Dockerfile: the same remark at the same place is one. */
function unique(annotations) {
	return [...new Map(annotations.map((annotation) => [JSON.stringify(annotation), annotation])).values()];
}
// src/report/critical-path.ts
/**
* The images that decided how long the run took: from the one that ended last back over the parent that it waited
* for. Returns their names, parents first; empty when fewer than two ran.
*/
function criticalPath(images) {
	const ran = new Map(images.filter((image) => image.started !== null && image.completed !== null).map((image) => [image.name, image]));
	const path = [];
	let at = last([...ran.values()]);
	while (at !== void 0 && !path.includes(at.name)) {
		path.unshift(at.name);
		at = last(at.parents.flatMap((parent) => ran.get(parent) ?? []));
	}
	return path.length > 1 ? path : [];
}
function last(images) {
	return images.toSorted((a, b) => (b.completed ?? 0) - (a.completed ?? 0))[0];
}
// src/report/diagrams.ts
/** GitHub draws a diagram of at most 500 edges and 50,000 characters. */
const EDGES = 400;
const NODES = 200;
const CHARACTERS = 45e3;
const DAY = 864e5;
const STYLES = {
	built: "fill:#dafbe1,stroke:#1a7f37,color:#1f2328",
	reused: "fill:#ddf4ff,stroke:#0969da,color:#1f2328",
	unchanged: "fill:#f6f8fa,stroke:#8c959f,color:#1f2328",
	failed: "fill:#ffebe9,stroke:#cf222e,color:#1f2328",
	skipped: "fill:#fff8c5,stroke:#9a6700,color:#1f2328,stroke-dasharray:4"
};
/**
* The stack as a mermaid flowchart, coloured by outcome, the critical path with thick edges. In a big stack only what
* did not stay as it was and its parents are drawn; null when that is still too much for GitHub, or nothing to see.
*/
function graphDiagram(images) {
	const shown = images.length <= NODES ? images : moved(images);
	if (shown.length < 2 || images.every((image) => image.outcome === "unchanged") || shown.length > NODES) return null;
	const ids = new Map(shown.map((image, index) => [image.name, `n${index}`]));
	const critical = criticalPath(images);
	const edges = shown.flatMap((image) => image.parents.flatMap((parent) => edge(ids, critical, parent, image.name)));
	if (edges.length > EDGES) return null;
	const nodes = shown.map((image) => `  ${ids.get(image.name)}["${ICONS[image.outcome]} ${mermaidLabel(image.name)}"]:::${image.outcome}`);
	const classes = [...new Set(shown.map((image) => image.outcome))].map((outcome) => `  classDef ${outcome} ${STYLES[outcome]}`);
	return fitting([
		"flowchart LR",
		...nodes,
		...edges,
		...classes
	]);
}
/** When each image ran, as a mermaid Gantt chart from the run's start; null when fewer than two ran, or for over a day. */
function timelineDiagram(images, started) {
	const ran = images.flatMap((image) => {
		return image.started === null || image.completed === null ? [] : [{
			image,
			from: image.started,
			to: image.completed
		}];
	});
	if (ran.length < 2 || ran.length > NODES || ran.some(({ to }) => to - started >= DAY)) return null;
	const critical = new Set(criticalPath(images));
	return fitting([
		"gantt",
		"  dateFormat HH:mm:ss",
		"  axisFormat %H:%M:%S",
		...ran.toSorted((a, b) => a.from - b.from).map(({ image, from, to }) => {
			const tag = critical.has(image.name) ? "crit" : image.outcome === "failed" ? "active" : "done";
			const seconds = Math.max(1, Math.round((to - from) / 1e3));
			return `  ${ICONS[image.outcome]} ${mermaidLabel(image.name)} :${tag}, ${clock(from - started)}, ${seconds}s`;
		})
	]);
}
function moved(images) {
	const changed = images.filter((image) => image.outcome !== "unchanged");
	const wanted = new Set(changed.flatMap((image) => [image.name, ...image.parents]));
	return images.filter((image) => wanted.has(image.name));
}
function edge(ids, critical, parent, child) {
	const [from, to] = [ids.get(parent), ids.get(child)];
	if (from === void 0 || to === void 0) return [];
	const place = critical.indexOf(parent);
	return [`  ${from} ${place !== -1 && critical[place + 1] === child ? "==>" : "-->"} ${to}`];
}
function clock(milliseconds) {
	return new Date(Math.max(0, milliseconds)).toISOString().slice(11, 19);
}
function fitting(lines) {
	const text = lines.join("\n");
	return text.length <= CHARACTERS ? text : null;
}
// src/report/parts.ts
const WARNINGS$1 = 50;
const SLOW_STEPS = 10;
const SLOW = 1e3;
/** What BuildKit's checks say of the Dockerfiles; empty without warnings. */
function warningsPart(result) {
	const all = result.images.flatMap((image) => image.warnings);
	const unique = [...new Map(all.map((warning) => [JSON.stringify([
		warning.file,
		warning.line,
		warning.rule
	]), warning])).values()];
	if (unique.length === 0) return "";
	const rows = unique.slice(0, WARNINGS$1).map((warning) => {
		const place = warning.line === null ? warning.file : `${warning.file}:${warning.line}`;
		const address = warning.url?.startsWith("https://docs.docker.com/") ? warning.url : null;
		return [
			link(inline(place), fileLink(result, warning.file, warning.line)),
			link(inline(warning.rule), address),
			inline(warning.message)
		];
	});
	const rest = unique.length > WARNINGS$1 ? `\n\n${unique.length - WARNINGS$1} more in the log.` : "";
	return details(`⚠️ Dockerfile checks: ${unique.length}`, table([
		"where",
		"rule",
		"what"
	], rows) + rest);
}
/** Where the time went: the longest steps that were not cached, of a second and more. */
function slowStepsPart(result) {
	const slow = result.images.flatMap((image) => image.steps.map((step) => ({
		image,
		step,
		took: (step.completed ?? 0) - (step.started ?? 0)
	}))).filter(({ step, took }) => !step.cached && step.started !== null && step.completed !== null && took >= SLOW).toSorted((a, b) => b.took - a.took).slice(0, SLOW_STEPS);
	if (slow.length === 0) return "";
	return details("Slowest steps", table([
		"time",
		"image",
		"step"
	], slow.map(({ image, step, took }) => [
		formatDuration(took),
		inline(image.name),
		code(stepLabel(step), 120)
	])));
}
/** Commands that pull exactly what this run made or took; empty when nothing was pushed. */
function pullPart(result) {
	if (!result.pushed) return "";
	const commands = result.images.flatMap((image) => {
		const reference = image.tags[0]?.replace(/:[^:/]*$/, "");
		if (reference === void 0 || !isReference(reference, image.digest)) return [];
		return [`docker pull ${reference}@${image.digest}`];
	});
	return commands.length === 0 ? "" : details("Pull by digest", fence(commands.join("\n"), "sh"));
}
/** The plan as JSON, as `plan --format json` prints it. */
function planPart(plan) {
	return plan === void 0 ? "" : details("Plan as JSON", fence(JSON.stringify(plan, null, 2), "json"));
}
/** Tags of a run without a registry are no references: they have no slash. */
function isReference(reference, digest) {
	return /^[\w.-]+(:\d+)?(\/[\w.-]+)+$/.test(reference) && /^sha256:[0-9a-f]{64}$/.test(digest ?? "");
}
// src/report/stack-table.ts
/** Above this many rows, images that stayed as they were are counted and not listed. */
const ROWS = 60;
/** The one table of the run: a row an image, no column that is empty everywhere. */
function stackTable(result) {
	const rows = result.images.length <= ROWS ? result.images : result.images.filter((image) => image.outcome !== "unchanged");
	const filled = columns(result).filter((column) => rows.some((image) => column.cell(image) !== ""));
	const folded = filled.filter((column) => column.folds && rows.length > 1 && new Set(rows.map(column.cell)).size === 1);
	const shown = filled.filter((column) => !folded.includes(column));
	const heads = shown.map((column) => column.head);
	const body = rows.map((image) => shown.map((column) => column.cell(image)));
	const same = folded.map((column) => `${column.head}: ${column.cell(rows[0])}`).join(" · ");
	const rest = result.images.length - rows.length;
	return [
		rows.length === 0 ? "" : table(heads, body),
		same === "" ? "" : `All images: ${same}`,
		rest === 0 ? "" : `${rest} more images did not change.`
	].filter((part) => part !== "").join("\n\n");
}
function columns(result) {
	return [
		{
			head: "",
			cell: (image) => result.dryRun ? "" : ICONS[image.outcome],
			folds: false
		},
		{
			head: "image",
			cell: (image) => inline(image.name),
			folds: false
		},
		{
			head: "decision",
			cell: (image) => outcomeText(image, result.dryRun),
			folds: true
		},
		{
			head: "why",
			cell: (image) => inline(image.reason),
			folds: true
		},
		{
			head: "time",
			cell: time,
			folds: false
		},
		{
			head: "cached",
			cell: cached,
			folds: false
		},
		{
			head: "size",
			cell: (image) => image.size === null ? "" : formatSize(image.size, image.previousSize),
			folds: false
		},
		{
			head: "digest",
			cell: (image) => image.digest === null ? "" : code(shortDigest(image.digest)),
			folds: false
		}
	];
}
function time(image) {
	if (image.started === null || image.completed === null || image.outcome === "unchanged") return "";
	return formatDuration(image.completed - image.started);
}
function cached(image) {
	const share = image.outcome === "built" || image.outcome === "failed" ? cachedShare(image.steps) : null;
	return share === null ? "" : formatShare(share);
}
// src/report/summary.ts
/**
* The job summary as GitHub Markdown: the whole story in the first line, one table for the stack, what failed, then
* folded details. Never longer than the limit; what was cut is named.
*/
function renderSummary(result, options = {}) {
	const critical = criticalPath(result.images).length > 0 ? " (strong: the critical path)" : "";
	const sections = [
		{
			rank: 0,
			name: "title",
			markdown: title(result)
		},
		{
			rank: 2,
			name: "the table of images",
			markdown: stackTable(result)
		},
		{
			rank: 1,
			name: "the error in full",
			markdown: errorRest(result) === "" ? "" : fence(errorRest(result))
		},
		...failureSections(result),
		{
			rank: 3,
			name: "packages",
			markdown: options.packages ?? ""
		},
		{
			rank: 4,
			name: "Dockerfile checks",
			markdown: warningsPart(result)
		},
		{
			rank: 5,
			name: "the slowest steps",
			markdown: slowStepsPart(result)
		},
		{
			rank: 7,
			name: "the graph",
			markdown: diagram(`Graph${critical}`, graphDiagram(result.images))
		},
		{
			rank: 8,
			name: "the timeline",
			markdown: diagram(`Timeline${critical}`, timelineDiagram(result.images, result.started))
		},
		{
			rank: 6,
			name: "pull commands",
			markdown: pullPart(result)
		},
		{
			rank: 9,
			name: "the plan",
			markdown: planPart(options.plan)
		}
	];
	return joinSections(sections, options.limit ?? 1047552, "The log has all of it.");
}
function title(result) {
	const first = `## ${isRed(result) ? "❌" : result.dryRun ? "📝" : "✅"} ${inline(headline(result), 1e3)}`;
	return result.trigger.trust === "trusted" ? first : `${first}\n\nWhy untrusted: ${inline(result.trigger.trustReason)}`;
}
function diagram(name, mermaid) {
	return mermaid === null ? "" : details(name, fence(mermaid, "mermaid"));
}
// src/report/plan-text.ts
/** The plan as a tree, parents above their children, a decision and its reason beside every image. */
function renderPlanText(plan, options) {
	const building = plan.images.filter((image) => image.action === "build").length;
	const shared = sharedReason(plan);
	const head = `buildx-action plan: ${count(plan.images.length, "image")}, ${building === 0 ? "nothing" : building} to build${shared === null ? "" : `: ${visible(shared)}`}`;
	const rows = forest(plan);
	const cells = columns$1(rows.map(({ branch, image }) => [
		branch + visible(image.name),
		image.action,
		""
	]));
	const lines = rows.map(({ image, others }, index) => {
		const [name, action] = cells[index] ?? [];
		return `  ${name}  ${paint(STYLES$1[image.action], action ?? "", options)}  ${reasonText(image, others, shared)}`.trimEnd();
	});
	return `${paint("bold", head, options)}\n${lines.length === 0 ? "" : `\n${lines.join("\n")}\n`}`;
}
/** One reason that all have is said once, above them. */
function sharedReason(plan) {
	const [first, ...others] = plan.images;
	const same = others.every(({ reason, action }) => reason === first?.reason && action === first.action);
	return first && others.length > 0 && same ? first.reason : null;
}
function reasonText(image, others, shared) {
	const relock = image.relock ? ", lock is solved again" : "";
	const also = others.length === 0 ? "" : ` (also from ${others.map(visible).join(", ")})`;
	return ((shared === null ? visible(image.reason) : "") + relock + also).replace(/^(?:, | (?=\())/, "");
}
/** An image of several parents stands below the one that is built last and names the others. */
function forest(plan) {
	const place = new Map(plan.order.map((name, index) => [name, index]));
	const sorted = plan.images.toSorted((a, b) => (place.get(a.name) ?? 0) - (place.get(b.name) ?? 0));
	const names = new Set(sorted.map((image) => image.name));
	const below = Map.groupBy(sorted, (image) => image.parents.filter((parent) => names.has(parent)).toSorted((a, b) => (place.get(b) ?? 0) - (place.get(a) ?? 0))[0]);
	const rows = [];
	const visit = (image, parent, lead, mark) => {
		rows.push({
			branch: lead + mark,
			image,
			others: image.parents.filter((name) => name !== parent && names.has(name))
		});
		const children = below.get(image.name) ?? [];
		const deeper = lead + (mark === "" ? "" : mark === "├─ " ? "│  " : "   ");
		for (const [index, child] of children.entries()) visit(child, image.name, deeper, index === children.length - 1 ? "└─ " : "├─ ");
	};
	for (const root of below.get(void 0) ?? []) visit(root, void 0, "", "");
	return rows;
}
// src/report/result-text.ts
const WARNINGS = 20;
/** The result for a terminal: the whole story in the first line, a line an image, what failed, the Dockerfile checks. */
function renderResultText(result, options) {
	const red = isRed(result);
	const first = paint(["bold", red ? "red" : "green"], `${red ? "✗" : "✓"} ${visible(headline(result))}`, options);
	const failures = result.images.flatMap((image) => image.failure === null ? [] : [failureText(image, image.failure, options)]);
	return `${[
		first,
		errorRest(result) === "" ? "" : visibleLines(errorRest(result)).map((line) => `  ${line}`).join("\n"),
		imageLines(result, options),
		...failures,
		warningLines(result, options)
	].filter((part) => part !== "").join("\n\n")}\n`;
}
/** One image that failed: the step, why, its last lines, its place in the Dockerfile. */
function failureText(image, failure, options) {
	const step = failure.step === null ? "" : `: ${shorten(visible(failure.step.name), 160)}`;
	const place = failure.line === null ? failure.dockerfile : `${failure.dockerfile}:${failure.line}`;
	return [
		paint("red", `${visible(image.name)} ${visible(failedWhere(failure))}${step}`, options),
		`  ${shorten(visible(failure.message), 1e3)}`,
		...failure.tail.map((line) => paint("dim", "  │ ", options) + shorten(visible(line), 500)),
		`  ${visible(place)}`
	].join("\n");
}
function imageLines(result, options) {
	const rows = result.images.map((image) => [
		visible(image.name),
		outcomeText(image, result.dryRun),
		...numbers(image),
		visible(image.reason)
	]);
	const used = (rows[0] ?? []).map((_, column) => rows.some((row) => row[column] !== ""));
	return columns$1(rows.map((row) => row.filter((_, column) => used[column]))).map(([name, word, ...rest], index) => {
		const style = STYLES$1[result.dryRun ? result.images[index].action : result.images[index].outcome];
		return `  ${name}  ${paint(style, word ?? "", options)}  ${rest.join("  ")}`.trimEnd();
	}).join("\n");
}
function numbers(image) {
	const share = image.outcome === "built" || image.outcome === "failed" ? cachedShare(image.steps) : null;
	return [
		image.started !== null && image.completed !== null ? formatDuration(image.completed - image.started) : "",
		share === null ? "" : `${formatShare(share)} cached`,
		image.size === null ? "" : formatSize(image.size, image.previousSize)
	];
}
function warningLines(result, options) {
	const all = result.images.flatMap((image) => image.warnings);
	if (all.length === 0) return "";
	const lines = all.slice(0, WARNINGS).map((warning) => {
		const place = warning.line === null ? warning.file : `${warning.file}:${warning.line}`;
		return `  ${visible(place)}  ${visible(warning.rule)}: ${visible(warning.message)}`;
	});
	const rest = all.length > WARNINGS ? [`  and ${all.length - WARNINGS} more`] : [];
	return [
		paint("yellow", `${count(all.length, "Dockerfile check")}:`, options),
		...lines,
		...rest
	].join("\n");
}
// src/stack/matrix.ts
/** GitHub starts no run whose matrix has more jobs. */
const mostJobs = 256;
/** A job matrix for GitHub: `strategy: matrix: ${{ fromJSON(…) }}`, an entry for each image that is built, 256 at most. */
function jobMatrix(plan) {
	const building = new Map(plan.images.filter((image) => image.action === "build").map((image) => [image.name, image]));
	const levels = /* @__PURE__ */ new Map();
	for (const name of plan.order) {
		const image = building.get(name);
		if (image) levels.set(name, Math.max(0, ...image.parents.map((parent) => (levels.get(parent) ?? -1) + 1)));
	}
	const jobs = [...levels].map(([image, level]) => ({
		image,
		level
	}));
	return { include: jobs.length <= mostJobs ? jobs : grouped(jobs) };
}
/** Images of one level share jobs; where there are more levels than jobs, neighbours in the build order do. */
function grouped(jobs) {
	const byLevel = [...Map.groupBy(jobs, (job) => job.level)].sort(([a], [b]) => a - b);
	const size = smallestSize(byLevel.map(([, level]) => level.length));
	if (size !== null) return byLevel.flatMap(([level, images]) => chunks(images, size).map((some) => joined$1(some, level)));
	return chunks(jobs, Math.ceil(jobs.length / mostJobs)).map(joined$1);
}
/** Images a job, so that levels of these numbers of images fit; null when they never do. */
function smallestSize(counts) {
	if (counts.length > mostJobs) return null;
	const needed = (size) => counts.reduce((sum, count) => sum + Math.ceil(count / size), 0);
	let size = 2;
	while (needed(size) > mostJobs) size++;
	return size;
}
function joined$1(jobs, level) {
	return {
		image: jobs.map((job) => job.image).join(","),
		level
	};
}
function chunks(list, size) {
	return Array.from({ length: Math.ceil(list.length / size) }, (_, at) => list.slice(at * size, (at + 1) * size));
}
// src/report/explain.ts
/** Lines of a list that are shown; of the rest only how many there are. */
const SHOWN = 20;
/** All that decides about an image, for a terminal. */
function renderExplanation(explanation, options) {
	const { image, planned } = explanation;
	const action = paint(STYLES$1[planned.action], planned.action, options);
	return `${`${paint("bold", visible(image.name), options)}: ${action}, because ${visible(planned.reason)}`}\n\n${lined([
		...placeRows(explanation),
		...contentRows(image),
		...decisionRows(explanation)
	])}`;
}
/** The stack as it was found: its images, and what was left out or is doubtful, with the reason of each. */
function renderFindings(stack, options) {
	const head = `${count(stack.images.length, "image")} in ${stack.path === "." ? "the root of the repository" : stack.path}`;
	const spec = stack.spec ? `, with ${stack.spec}` : ", without spec.yml";
	const images = stack.images.map((image) => [image.name, [`${image.dockerfile}: ${image.origin}`]]);
	const remarks = [...Map.groupBy(stack.notes, (note) => note.text)].map(([text, notes]) => [`${visible(text)}`, shortList(notes.map(placeOf))]);
	const remarkText = remarks.map(([text, places]) => `  ${text}\n${places.map((place) => `    ${place}\n`).join("")}`);
	const more = remarks.length === 0 ? "" : `\n${paint("bold", "Left out, or in doubt", options)}\n\n${remarkText.join("")}`;
	return `${paint("bold", visible(head + spec), options)}\n\n${lined(images)}${more}`;
}
function placeRows({ image }) {
	const { repository, tagPrefix, registries } = image;
	const tags = tagPrefix ? `, its tags begin with ${tagPrefix}` : "";
	const where = registries.length > 0 ? `, to ${registries.join(", ")} (registry in spec.yml)` : "";
	return [
		["found", [`${image.dockerfile}: ${image.origin}`]],
		["published as", [`${repository}${tags}${where}`]],
		["context", [image.context === "." ? ". (the root of the repository)" : image.context]],
		["target", image.target === null ? [] : [image.target]],
		["args", pairs(image.args)],
		["platforms", image.platforms.length > 0 ? [image.platforms.join(", ")] : []],
		["contexts", pairs(image.contexts)]
	];
}
function contentRows({ reads, parents, external, lockSources, cacheMounts }) {
	return [
		["reads", [...reads.all ? ["the whole context"] : [], ...reads.patterns.length > 0 ? reads.patterns : reads.all ? [] : ["no file of the context"]]],
		["ignores", reads.ignore ?? []],
		["parents", parents.map(parentText)],
		["from outside", external],
		["lock made from", lockSources],
		["cache mounts", cacheMounts.map((mount) => `${mount.target} (line ${mount.line})`)]
	];
}
function decisionRows({ image, planned, changes, files, notes }) {
	const { test, manifests, rebuild, lockPlatforms } = image.declared;
	const later = [
		...test.map((text) => `test: ${text}`),
		...manifests.map((text) => `manifests: ${text}`),
		...rebuild ? [`rebuild: ${rebuild}`] : [],
		...lockPlatforms.length > 0 ? [`lock.platforms: ${lockPlatforms.join(", ")}`] : []
	];
	const known = changes.complete ? files.map(({ file, counts, rule }) => `${file}: ${counts ? "" : "does not count, "}${rule}`) : [`not known: ${changes.reason ?? "the list may be incomplete"}`];
	return [
		["changed files", known.length > 0 ? known : ["none that concerns it"]],
		["skip", image.skip ? ["spec.yml says so"] : []],
		["lock", planned.relock ? ["is solved again"] : []],
		["tags", planned.tags],
		["digest", planned.digest ? [planned.digest] : []],
		["not acted on", later],
		["remarks", notes.map((note) => `${placeOf(note)}: ${note.text}`)]
	];
}
function parentText({ name, via, line, references, how }) {
	return `${name}: ${via === "spec" ? "spec.yml" : via === "MOUNT" ? "RUN --mount" : via === "COPY" ? "COPY --from" : via}${references.length > 0 ? ` ${references.join(", ")}` : ""}${line > 0 ? ` in line ${line}` : ""}; ${how}`;
}
function pairs(record) {
	return Object.entries(record).map(([key, value]) => `${key}=${value}`);
}
function placeOf(note) {
	return note.line === null ? note.path : `${note.path}:${note.line}`;
}
function shortList(lines) {
	const shown = lines.slice(0, SHOWN).map(visible);
	return lines.length > SHOWN ? [...shown, `and ${lines.length - SHOWN} more`] : shown;
}
/** Labels in a column, each value on a line of its own; labels without a value are left out. */
function lined(rows) {
	const width = Math.max(0, ...rows.map(([label]) => visible(label).length)) + 2;
	return rows.flatMap(([label, lines]) => shortList(lines).map((line, at) => `  ${(at === 0 ? visible(label) : "").padEnd(width)}${line}\n`)).join("");
}
// src/report/graph.ts
/** Languages that a plan can be drawn in. */
const graphKinds = ["mermaid", "dot"];
const COLOURS = {
	build: {
		fill: "#dafbe1",
		line: "#1a7f37"
	},
	reuse: {
		fill: "#ddf4ff",
		line: "#0969da"
	},
	skip: {
		fill: "#f6f8fa",
		line: "#8c959f"
	}
};
/** The plan as a mermaid flowchart or a DOT graph, parents before their children, coloured by what is done. */
function renderGraph(plan, kind) {
	return kind === "mermaid" ? mermaid(plan.images) : dot(plan.images);
}
function mermaid(images) {
	const ids = new Map(images.map((image, at) => [image.name, `n${at}`]));
	const used = [...new Set(images.map((image) => image.action))];
	return [
		"flowchart LR",
		...images.map((image) => `  ${ids.get(image.name)}["${mermaidLabel(image.name)}"]:::${image.action}`),
		...edges(images, ids).map(([parent, child]) => `  ${parent} --> ${child}`),
		...used.map((action) => `  classDef ${action} fill:${COLOURS[action].fill},stroke:${COLOURS[action].line},color:#1f2328`),
		""
	].join("\n");
}
function dot(images) {
	const ids = new Map(images.map((image) => [image.name, quoted(image.name)]));
	return [
		"digraph stack {",
		"  rankdir=LR",
		"  node [shape=box, style=\"rounded,filled\", fontname=\"sans-serif\"]",
		...images.map(({ name, action, reason }) => {
			const { fill, line } = COLOURS[action];
			return `  ${ids.get(name)} [fillcolor="${fill}", color="${line}", tooltip=${quoted(`${action}: ${reason}`)}]`;
		}),
		...edges(images, ids).map(([parent, child]) => `  ${parent} -> ${child}`),
		"}",
		""
	].join("\n");
}
function edges(images, ids) {
	return images.flatMap((image) => image.parents.flatMap((parent) => {
		const [from, to] = [ids.get(parent), ids.get(image.name)];
		return from === void 0 || to === void 0 ? [] : [[from, to]];
	}));
}
/** A DOT string; a backslash would begin an escape. */
function quoted(text) {
	return `"${visible(text).replace(/["\\]/g, "\\$&")}"`;
}
// node_modules/picomatch/lib/constants.js
var require_constants = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	const WIN_SLASH = "\\\\/";
	const WIN_NO_SLASH = `[^${WIN_SLASH}]`;
	const DEFAULT_MAX_EXTGLOB_RECURSION = 0;
	/**
	* Posix glob regex
	*/
	const DOT_LITERAL = "\\.";
	const PLUS_LITERAL = "\\+";
	const QMARK_LITERAL = "\\?";
	const SLASH_LITERAL = "\\/";
	const ONE_CHAR = "(?=.)";
	const QMARK = "[^/]";
	const END_ANCHOR = `(?:${SLASH_LITERAL}|$)`;
	const START_ANCHOR = `(?:^|${SLASH_LITERAL})`;
	const DOTS_SLASH = `${DOT_LITERAL}{1,2}${END_ANCHOR}`;
	const POSIX_CHARS = {
		DOT_LITERAL,
		PLUS_LITERAL,
		QMARK_LITERAL,
		SLASH_LITERAL,
		ONE_CHAR,
		QMARK,
		END_ANCHOR,
		DOTS_SLASH,
		NO_DOT: `(?!${DOT_LITERAL})`,
		NO_DOTS: `(?!${START_ANCHOR}${DOTS_SLASH})`,
		NO_DOT_SLASH: `(?!${DOT_LITERAL}{0,1}${END_ANCHOR})`,
		NO_DOTS_SLASH: `(?!${DOTS_SLASH})`,
		QMARK_NO_DOT: `[^.${SLASH_LITERAL}]`,
		STAR: `${QMARK}*?`,
		START_ANCHOR,
		SEP: "/"
	};
	/**
	* Windows glob regex
	*/
	const WINDOWS_CHARS = {
		...POSIX_CHARS,
		SLASH_LITERAL: `[${WIN_SLASH}]`,
		QMARK: WIN_NO_SLASH,
		STAR: `${WIN_NO_SLASH}*?`,
		DOTS_SLASH: `${DOT_LITERAL}{1,2}(?:[${WIN_SLASH}]|$)`,
		NO_DOT: `(?!${DOT_LITERAL})`,
		NO_DOTS: `(?!(?:^|[${WIN_SLASH}])${DOT_LITERAL}{1,2}(?:[${WIN_SLASH}]|$))`,
		NO_DOT_SLASH: `(?!${DOT_LITERAL}{0,1}(?:[${WIN_SLASH}]|$))`,
		NO_DOTS_SLASH: `(?!${DOT_LITERAL}{1,2}(?:[${WIN_SLASH}]|$))`,
		QMARK_NO_DOT: `[^.${WIN_SLASH}]`,
		START_ANCHOR: `(?:^|[${WIN_SLASH}])`,
		END_ANCHOR: `(?:[${WIN_SLASH}]|$)`,
		SEP: "\\"
	};
	module.exports = {
		DEFAULT_MAX_EXTGLOB_RECURSION,
		MAX_LENGTH: 65536,
		POSIX_REGEX_SOURCE: {
			__proto__: null,
			alnum: "a-zA-Z0-9",
			alpha: "a-zA-Z",
			ascii: "\\x00-\\x7F",
			blank: " \\t",
			cntrl: "\\x00-\\x1F\\x7F",
			digit: "0-9",
			graph: "\\x21-\\x7E",
			lower: "a-z",
			print: "\\x20-\\x7E ",
			punct: "\\-!\"#$%&'()\\*+,./:;<=>?@[\\]^_`{|}~",
			space: " \\t\\r\\n\\v\\f",
			upper: "A-Z",
			word: "A-Za-z0-9_",
			xdigit: "A-Fa-f0-9"
		},
		REGEX_BACKSLASH: /\\(?![*+?^${}(|)[\]])/g,
		REGEX_NON_SPECIAL_CHARS: /^[^@![\].,$*+?^{}()|\\/]+/,
		REGEX_SPECIAL_CHARS: /[-*+?.^${}(|)[\]]/,
		REGEX_SPECIAL_CHARS_BACKREF: /(\\?)((\W)(\3*))/g,
		REGEX_SPECIAL_CHARS_GLOBAL: /([-*+?.^${}(|)[\]])/g,
		REGEX_REMOVE_BACKSLASH: /(?:\[.*?[^\\]\]|\\(?=.))/g,
		REPLACEMENTS: {
			__proto__: null,
			"***": "*",
			"**/**": "**",
			"**/**/**": "**"
		},
		CHAR_0: 48,
		CHAR_9: 57,
		CHAR_UPPERCASE_A: 65,
		CHAR_LOWERCASE_A: 97,
		CHAR_UPPERCASE_Z: 90,
		CHAR_LOWERCASE_Z: 122,
		CHAR_LEFT_PARENTHESES: 40,
		CHAR_RIGHT_PARENTHESES: 41,
		CHAR_ASTERISK: 42,
		CHAR_AMPERSAND: 38,
		CHAR_AT: 64,
		CHAR_BACKWARD_SLASH: 92,
		CHAR_CARRIAGE_RETURN: 13,
		CHAR_CIRCUMFLEX_ACCENT: 94,
		CHAR_COLON: 58,
		CHAR_COMMA: 44,
		CHAR_DOT: 46,
		CHAR_DOUBLE_QUOTE: 34,
		CHAR_EQUAL: 61,
		CHAR_EXCLAMATION_MARK: 33,
		CHAR_FORM_FEED: 12,
		CHAR_FORWARD_SLASH: 47,
		CHAR_GRAVE_ACCENT: 96,
		CHAR_HASH: 35,
		CHAR_HYPHEN_MINUS: 45,
		CHAR_LEFT_ANGLE_BRACKET: 60,
		CHAR_LEFT_CURLY_BRACE: 123,
		CHAR_LEFT_SQUARE_BRACKET: 91,
		CHAR_LINE_FEED: 10,
		CHAR_NO_BREAK_SPACE: 160,
		CHAR_PERCENT: 37,
		CHAR_PLUS: 43,
		CHAR_QUESTION_MARK: 63,
		CHAR_RIGHT_ANGLE_BRACKET: 62,
		CHAR_RIGHT_CURLY_BRACE: 125,
		CHAR_RIGHT_SQUARE_BRACKET: 93,
		CHAR_SEMICOLON: 59,
		CHAR_SINGLE_QUOTE: 39,
		CHAR_SPACE: 32,
		CHAR_TAB: 9,
		CHAR_UNDERSCORE: 95,
		CHAR_VERTICAL_LINE: 124,
		CHAR_ZERO_WIDTH_NOBREAK_SPACE: 65279,
		/**
		* Create EXTGLOB_CHARS
		*/
		extglobChars(chars) {
			return {
				"!": {
					type: "negate",
					open: "(?:(?!(?:",
					close: `))${chars.STAR})`
				},
				"?": {
					type: "qmark",
					open: "(?:",
					close: ")?"
				},
				"+": {
					type: "plus",
					open: "(?:",
					close: ")+"
				},
				"*": {
					type: "star",
					open: "(?:",
					close: ")*"
				},
				"@": {
					type: "at",
					open: "(?:",
					close: ")"
				}
			};
		},
		/**
		* Create GLOB_CHARS
		*/
		globChars(win32) {
			return win32 === true ? WINDOWS_CHARS : POSIX_CHARS;
		}
	};
}));
// node_modules/picomatch/lib/utils.js
var require_utils = /* @__PURE__ */ __commonJSMin(((exports) => {
	const { REGEX_BACKSLASH, REGEX_REMOVE_BACKSLASH, REGEX_SPECIAL_CHARS, REGEX_SPECIAL_CHARS_GLOBAL } = require_constants();
	exports.isObject = (val) => val !== null && typeof val === "object" && !Array.isArray(val);
	exports.hasRegexChars = (str) => REGEX_SPECIAL_CHARS.test(str);
	exports.isRegexChar = (str) => str.length === 1 && exports.hasRegexChars(str);
	exports.escapeRegex = (str) => str.replace(REGEX_SPECIAL_CHARS_GLOBAL, "\\$1");
	exports.toPosixSlashes = (str) => str.replace(REGEX_BACKSLASH, "/");
	exports.isWindows = () => {
		if (typeof navigator !== "undefined" && navigator.platform) {
			const platform = navigator.platform.toLowerCase();
			return platform === "win32" || platform === "windows";
		}
		if (typeof process !== "undefined" && process.platform) return process.platform === "win32";
		return false;
	};
	exports.removeBackslashes = (str) => {
		return str.replace(REGEX_REMOVE_BACKSLASH, (match) => {
			return match === "\\" ? "" : match;
		});
	};
	exports.escapeLast = (input, char, lastIdx) => {
		const idx = input.lastIndexOf(char, lastIdx);
		if (idx === -1) return input;
		if (input[idx - 1] === "\\") return exports.escapeLast(input, char, idx - 1);
		return `${input.slice(0, idx)}\\${input.slice(idx)}`;
	};
	exports.removePrefix = (input, state = {}) => {
		let output = input;
		if (output.startsWith("./")) {
			output = output.slice(2);
			state.prefix = "./";
		}
		return output;
	};
	exports.wrapOutput = (input, state = {}, options = {}) => {
		let output = `${options.contains ? "" : "^"}(?:${input})${options.contains ? "" : "$"}`;
		if (state.negated === true) output = `(?:^(?!${output}).*$)`;
		return output;
	};
	exports.basename = (path, { windows } = {}) => {
		const segs = path.split(windows ? /[\\/]/ : "/");
		const last = segs[segs.length - 1];
		if (last === "") return segs[segs.length - 2];
		return last;
	};
}));
// node_modules/picomatch/lib/scan.js
var require_scan = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	const utils = require_utils();
	const { CHAR_ASTERISK, CHAR_AT, CHAR_BACKWARD_SLASH, CHAR_COMMA, CHAR_DOT, CHAR_EXCLAMATION_MARK, CHAR_FORWARD_SLASH, CHAR_LEFT_CURLY_BRACE, CHAR_LEFT_PARENTHESES, CHAR_LEFT_SQUARE_BRACKET, CHAR_PLUS, CHAR_QUESTION_MARK, CHAR_RIGHT_CURLY_BRACE, CHAR_RIGHT_PARENTHESES, CHAR_RIGHT_SQUARE_BRACKET } = require_constants();
	const isPathSeparator = (code) => {
		return code === CHAR_FORWARD_SLASH || code === CHAR_BACKWARD_SLASH;
	};
	const depth = (token) => {
		if (token.isPrefix !== true) token.depth = token.isGlobstar ? 1e400 : 1;
	};
	/**
	* Quickly scans a glob pattern and returns an object with a handful of
	* useful properties, like `isGlob`, `path` (the leading non-glob, if it exists),
	* `glob` (the actual pattern), `negated` (true if the path starts with `!` but not
	* with `!(`) and `negatedExtglob` (true if the path starts with `!(`).
	*
	* ```js
	* const pm = require('picomatch');
	* console.log(pm.scan('foo/bar/*.js'));
	* { isGlob: true, input: 'foo/bar/*.js', base: 'foo/bar', glob: '*.js' }
	* ```
	* @param {String} `str`
	* @param {Object} `options`
	* @return {Object} Returns an object with tokens and regex source string.
	* @api public
	*/
	const scan = (input, options) => {
		const opts = options || {};
		const length = input.length - 1;
		const scanToEnd = opts.parts === true || opts.tokens === true || opts.scanToEnd === true;
		const slashes = [];
		const tokens = [];
		const parts = [];
		let str = input;
		let index = -1;
		let start = 0;
		let lastIndex = 0;
		let isBrace = false;
		let isBracket = false;
		let isGlob = false;
		let isExtglob = false;
		let isGlobstar = false;
		let braceEscaped = false;
		let backslashes = false;
		let negated = false;
		let negatedExtglob = false;
		let finished = false;
		let braces = 0;
		let prev;
		let code;
		let token = {
			value: "",
			depth: 0,
			isGlob: false
		};
		const eos = () => index >= length;
		const peek = () => str.charCodeAt(index + 1);
		const advance = () => {
			prev = code;
			return str.charCodeAt(++index);
		};
		while (index < length) {
			code = advance();
			let next;
			if (code === CHAR_BACKWARD_SLASH) {
				backslashes = token.backslashes = true;
				code = advance();
				if (code === CHAR_LEFT_CURLY_BRACE) braceEscaped = true;
				continue;
			}
			if (braceEscaped === true || code === CHAR_LEFT_CURLY_BRACE) {
				braces++;
				while (eos() !== true && (code = advance())) {
					if (code === CHAR_BACKWARD_SLASH) {
						backslashes = token.backslashes = true;
						advance();
						continue;
					}
					if (code === CHAR_LEFT_CURLY_BRACE) {
						braces++;
						continue;
					}
					if (braceEscaped !== true && code === CHAR_DOT && (code = advance()) === CHAR_DOT) {
						isBrace = token.isBrace = true;
						isGlob = token.isGlob = true;
						finished = true;
						if (scanToEnd === true) continue;
						break;
					}
					if (braceEscaped !== true && code === CHAR_COMMA) {
						isBrace = token.isBrace = true;
						isGlob = token.isGlob = true;
						finished = true;
						if (scanToEnd === true) continue;
						break;
					}
					if (code === CHAR_RIGHT_CURLY_BRACE) {
						braces--;
						if (braces === 0) {
							braceEscaped = false;
							isBrace = token.isBrace = true;
							finished = true;
							break;
						}
					}
				}
				if (scanToEnd === true) continue;
				break;
			}
			if (code === CHAR_FORWARD_SLASH) {
				slashes.push(index);
				tokens.push(token);
				token = {
					value: "",
					depth: 0,
					isGlob: false
				};
				if (finished === true) continue;
				if (prev === CHAR_DOT && index === start + 1) {
					start += 2;
					continue;
				}
				lastIndex = index + 1;
				continue;
			}
			if (opts.noext !== true) {
				if ((code === CHAR_PLUS || code === CHAR_AT || code === CHAR_ASTERISK || code === CHAR_QUESTION_MARK || code === CHAR_EXCLAMATION_MARK) === true && peek() === CHAR_LEFT_PARENTHESES) {
					isGlob = token.isGlob = true;
					isExtglob = token.isExtglob = true;
					finished = true;
					if (code === CHAR_EXCLAMATION_MARK && index === start) negatedExtglob = true;
					if (scanToEnd === true) {
						let parens = 0;
						while (eos() !== true && (code = advance())) {
							if (code === CHAR_BACKWARD_SLASH) {
								backslashes = token.backslashes = true;
								advance();
								continue;
							}
							if (code === CHAR_LEFT_PARENTHESES) {
								parens++;
								continue;
							}
							if (code === CHAR_RIGHT_PARENTHESES && --parens === 0) {
								finished = true;
								break;
							}
						}
						continue;
					}
					break;
				}
			}
			if (code === CHAR_ASTERISK) {
				if (prev === CHAR_ASTERISK) isGlobstar = token.isGlobstar = true;
				isGlob = token.isGlob = true;
				finished = true;
				if (scanToEnd === true) continue;
				break;
			}
			if (code === CHAR_QUESTION_MARK) {
				isGlob = token.isGlob = true;
				finished = true;
				if (scanToEnd === true) continue;
				break;
			}
			if (code === CHAR_LEFT_SQUARE_BRACKET) {
				while (eos() !== true && (next = advance())) {
					if (next === CHAR_BACKWARD_SLASH) {
						backslashes = token.backslashes = true;
						advance();
						continue;
					}
					if (next === CHAR_RIGHT_SQUARE_BRACKET) {
						isBracket = token.isBracket = true;
						isGlob = token.isGlob = true;
						finished = true;
						break;
					}
				}
				if (scanToEnd === true) continue;
				break;
			}
			if (opts.nonegate !== true && code === CHAR_EXCLAMATION_MARK && index === start) {
				negated = token.negated = true;
				start++;
				continue;
			}
			if (opts.noparen !== true && code === CHAR_LEFT_PARENTHESES) {
				isGlob = token.isGlob = true;
				if (scanToEnd === true) {
					let parens = 1;
					while (eos() !== true && (code = advance())) {
						if (code === CHAR_BACKWARD_SLASH) {
							backslashes = token.backslashes = true;
							advance();
							continue;
						}
						if (code === CHAR_LEFT_PARENTHESES) {
							parens++;
							continue;
						}
						if (code === CHAR_RIGHT_PARENTHESES && --parens === 0) {
							finished = true;
							break;
						}
					}
					continue;
				}
				break;
			}
			if (isGlob === true) {
				finished = true;
				if (scanToEnd === true) continue;
				break;
			}
		}
		if (opts.noext === true) {
			isExtglob = false;
			isGlob = false;
		}
		let base = str;
		let prefix = "";
		let glob = "";
		if (start > 0) {
			prefix = str.slice(0, start);
			str = str.slice(start);
			lastIndex -= start;
		}
		if (base && isGlob === true && lastIndex > 0) {
			base = str.slice(0, lastIndex);
			glob = str.slice(lastIndex);
		} else if (isGlob === true) {
			base = "";
			glob = str;
		} else base = str;
		if (base && base !== "" && base !== "/" && base !== str) {
			if (isPathSeparator(base.charCodeAt(base.length - 1))) base = base.slice(0, -1);
		}
		if (opts.unescape === true) {
			if (glob) glob = utils.removeBackslashes(glob);
			if (base && backslashes === true) base = utils.removeBackslashes(base);
		}
		const state = {
			prefix,
			input,
			start,
			base,
			glob,
			isBrace,
			isBracket,
			isGlob,
			isExtglob,
			isGlobstar,
			negated,
			negatedExtglob
		};
		if (opts.tokens === true) {
			state.maxDepth = 0;
			if (!isPathSeparator(code)) tokens.push(token);
			state.tokens = tokens;
		}
		if (opts.parts === true || opts.tokens === true) {
			let prevIndex;
			for (let idx = 0; idx < slashes.length; idx++) {
				const n = prevIndex !== void 0 ? prevIndex + 1 : start;
				const i = slashes[idx];
				const value = input.slice(n, i);
				if (opts.tokens) {
					if (idx === 0 && start !== 0) {
						tokens[idx].isPrefix = true;
						tokens[idx].value = prefix;
					} else tokens[idx].value = value;
					depth(tokens[idx]);
					state.maxDepth += tokens[idx].depth;
				}
				if (i >= start) {
					parts.push(value);
					prevIndex = i;
				}
			}
			const n = prevIndex !== void 0 ? prevIndex + 1 : start;
			const value = input.slice(n);
			parts.push(value);
			if (opts.tokens && prevIndex && prevIndex + 1 < input.length) {
				tokens[tokens.length - 1].value = value;
				depth(tokens[tokens.length - 1]);
				state.maxDepth += tokens[tokens.length - 1].depth;
			}
			state.slashes = slashes;
			state.parts = parts;
		}
		return state;
	};
	module.exports = scan;
}));
// node_modules/picomatch/lib/parse.js
var require_parse = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	const constants = require_constants();
	const utils = require_utils();
	/**
	* Constants
	*/
	const { MAX_LENGTH, POSIX_REGEX_SOURCE, REGEX_NON_SPECIAL_CHARS, REGEX_SPECIAL_CHARS_BACKREF, REPLACEMENTS } = constants;
	/**
	* Helpers
	*/
	const expandRange = (args, options) => {
		if (typeof options.expandRange === "function") return options.expandRange(...args, options);
		args.sort();
		const value = `[${args.join("-")}]`;
		try {
			new RegExp(value);
		} catch (ex) {
			return args.map((v) => utils.escapeRegex(v)).join("..");
		}
		return value;
	};
	/**
	* Create the message for a syntax error
	*/
	const syntaxError = (type, char) => {
		return `Missing ${type}: "${char}" - use "\\\\${char}" to match literal characters`;
	};
	const splitTopLevel = (input) => {
		const parts = [];
		let bracket = 0;
		let paren = 0;
		let quote = 0;
		let value = "";
		let escaped = false;
		for (const ch of input) {
			if (escaped === true) {
				value += ch;
				escaped = false;
				continue;
			}
			if (ch === "\\") {
				value += ch;
				escaped = true;
				continue;
			}
			if (ch === "\"") {
				quote = quote === 1 ? 0 : 1;
				value += ch;
				continue;
			}
			if (quote === 0) {
				if (ch === "[") bracket++;
				else if (ch === "]" && bracket > 0) bracket--;
				else if (bracket === 0) {
					if (ch === "(") paren++;
					else if (ch === ")" && paren > 0) paren--;
					else if (ch === "|" && paren === 0) {
						parts.push(value);
						value = "";
						continue;
					}
				}
			}
			value += ch;
		}
		parts.push(value);
		return parts;
	};
	const isPlainBranch = (branch) => {
		let escaped = false;
		for (const ch of branch) {
			if (escaped === true) {
				escaped = false;
				continue;
			}
			if (ch === "\\") {
				escaped = true;
				continue;
			}
			if (/[?*+@!()[\]{}]/.test(ch)) return false;
		}
		return true;
	};
	const normalizeSimpleBranch = (branch) => {
		let value = branch.trim();
		let changed = true;
		while (changed === true) {
			changed = false;
			if (/^@\([^\\()[\]{}|]+\)$/.test(value)) {
				value = value.slice(2, -1);
				changed = true;
			}
		}
		if (!isPlainBranch(value)) return;
		return value.replace(/\\(.)/g, "$1");
	};
	const hasRepeatedCharPrefixOverlap = (branches) => {
		const values = branches.map(normalizeSimpleBranch).filter(Boolean);
		for (let i = 0; i < values.length; i++) for (let j = i + 1; j < values.length; j++) {
			const a = values[i];
			const b = values[j];
			const char = a[0];
			if (!char || a !== char.repeat(a.length) || b !== char.repeat(b.length)) continue;
			if (a === b || a.startsWith(b) || b.startsWith(a)) return true;
		}
		return false;
	};
	const parseRepeatedExtglob = (pattern, requireEnd = true) => {
		if (pattern[0] !== "+" && pattern[0] !== "*" || pattern[1] !== "(") return;
		let bracket = 0;
		let paren = 0;
		let quote = 0;
		let escaped = false;
		for (let i = 1; i < pattern.length; i++) {
			const ch = pattern[i];
			if (escaped === true) {
				escaped = false;
				continue;
			}
			if (ch === "\\") {
				escaped = true;
				continue;
			}
			if (ch === "\"") {
				quote = quote === 1 ? 0 : 1;
				continue;
			}
			if (quote === 1) continue;
			if (ch === "[") {
				bracket++;
				continue;
			}
			if (ch === "]" && bracket > 0) {
				bracket--;
				continue;
			}
			if (bracket > 0) continue;
			if (ch === "(") {
				paren++;
				continue;
			}
			if (ch === ")") {
				paren--;
				if (paren === 0) {
					if (requireEnd === true && i !== pattern.length - 1) return;
					return {
						type: pattern[0],
						body: pattern.slice(2, i),
						end: i
					};
				}
			}
		}
	};
	const buildCharClassStar = (chars) => {
		return `${chars.length === 1 ? utils.escapeRegex(chars[0]) : `[${chars.map((ch) => utils.escapeRegex(ch)).join("")}]`}*`;
	};
	const getStarExtglobSequenceChars = (pattern) => {
		let index = 0;
		const chars = [];
		while (index < pattern.length) {
			const match = parseRepeatedExtglob(pattern.slice(index), false);
			if (!match || match.type !== "*") return;
			const branches = splitTopLevel(match.body).map((branch) => branch.trim());
			if (branches.length !== 1) return;
			const branch = normalizeSimpleBranch(branches[0]);
			if (!branch || branch.length !== 1) return;
			chars.push(branch);
			index += match.end + 1;
		}
		if (chars.length < 1) return;
		return chars;
	};
	const repeatedExtglobRecursion = (pattern) => {
		let depth = 0;
		let value = pattern.trim();
		let match = parseRepeatedExtglob(value);
		while (match) {
			depth++;
			value = match.body.trim();
			match = parseRepeatedExtglob(value);
		}
		return depth;
	};
	const analyzeRepeatedExtglob = (body, options) => {
		if (options.maxExtglobRecursion === false) return { risky: false };
		const max = typeof options.maxExtglobRecursion === "number" ? options.maxExtglobRecursion : constants.DEFAULT_MAX_EXTGLOB_RECURSION;
		const branches = splitTopLevel(body).map((branch) => branch.trim());
		if (branches.length > 1) {
			if (branches.some((branch) => branch === "") || branches.some((branch) => /^[*?]+$/.test(branch)) || hasRepeatedCharPrefixOverlap(branches)) return { risky: true };
		}
		const safeChars = [];
		let sawStarSequence = false;
		let combinable = true;
		for (const branch of branches) {
			const chars = getStarExtglobSequenceChars(branch);
			if (chars) {
				sawStarSequence = true;
				safeChars.push(...chars);
				continue;
			}
			const literal = normalizeSimpleBranch(branch);
			if (literal && literal.length === 1) {
				safeChars.push(literal);
				continue;
			}
			combinable = false;
			if (repeatedExtglobRecursion(branch) > max) return { risky: true };
		}
		if (sawStarSequence) return combinable ? {
			risky: true,
			safeOutput: buildCharClassStar([...new Set(safeChars)])
		} : { risky: true };
		return { risky: false };
	};
	/**
	* Parse the given input string.
	* @param {String} input
	* @param {Object} options
	* @return {Object}
	*/
	const parse = (input, options) => {
		if (typeof input !== "string") throw new TypeError("Expected a string");
		input = REPLACEMENTS[input] || input;
		const opts = { ...options };
		const max = typeof opts.maxLength === "number" ? Math.min(MAX_LENGTH, opts.maxLength) : MAX_LENGTH;
		let len = input.length;
		if (len > max) throw new SyntaxError(`Input length: ${len}, exceeds maximum allowed length: ${max}`);
		const bos = {
			type: "bos",
			value: "",
			output: opts.prepend || ""
		};
		const tokens = [bos];
		const capture = opts.capture ? "" : "?:";
		const PLATFORM_CHARS = constants.globChars(opts.windows);
		const EXTGLOB_CHARS = constants.extglobChars(PLATFORM_CHARS);
		const { DOT_LITERAL, PLUS_LITERAL, SLASH_LITERAL, ONE_CHAR, DOTS_SLASH, NO_DOT, NO_DOT_SLASH, NO_DOTS_SLASH, QMARK, QMARK_NO_DOT, STAR, START_ANCHOR } = PLATFORM_CHARS;
		const globstar = (opts) => {
			return `(${capture}(?:(?!${START_ANCHOR}${opts.dot ? DOTS_SLASH : DOT_LITERAL}).)*?)`;
		};
		const nodot = opts.dot ? "" : NO_DOT;
		const qmarkNoDot = opts.dot ? QMARK : QMARK_NO_DOT;
		let star = opts.bash === true ? globstar(opts) : STAR;
		if (opts.capture) star = `(${star})`;
		if (typeof opts.noext === "boolean") opts.noextglob = opts.noext;
		const state = {
			input,
			index: -1,
			start: 0,
			dot: opts.dot === true,
			consumed: "",
			output: "",
			prefix: "",
			backtrack: false,
			negated: false,
			brackets: 0,
			braces: 0,
			parens: 0,
			quotes: 0,
			globstar: false,
			tokens
		};
		input = utils.removePrefix(input, state);
		len = input.length;
		const extglobs = [];
		const braces = [];
		const stack = [];
		let prev = bos;
		let value;
		/**
		* Tokenizing helpers
		*/
		const eos = () => state.index === len - 1;
		const peek = state.peek = (n = 1) => input[state.index + n];
		const advance = state.advance = () => input[++state.index] || "";
		const remaining = () => input.slice(state.index + 1);
		const consume = (value = "", num = 0) => {
			state.consumed += value;
			state.index += num;
		};
		const append = (token) => {
			state.output += token.output != null ? token.output : token.value;
			consume(token.value);
		};
		const negate = () => {
			let count = 1;
			while (peek() === "!" && (peek(2) !== "(" || peek(3) === "?")) {
				advance();
				state.start++;
				count++;
			}
			if (count % 2 === 0) return false;
			state.negated = true;
			state.start++;
			return true;
		};
		const increment = (type) => {
			state[type]++;
			stack.push(type);
		};
		const decrement = (type) => {
			state[type]--;
			stack.pop();
		};
		/**
		* Push tokens onto the tokens array. This helper speeds up
		* tokenizing by 1) helping us avoid backtracking as much as possible,
		* and 2) helping us avoid creating extra tokens when consecutive
		* characters are plain text. This improves performance and simplifies
		* lookbehinds.
		*/
		const push = (tok) => {
			if (prev.type === "globstar") {
				const isBrace = state.braces > 0 && (tok.type === "comma" || tok.type === "brace");
				const isExtglob = tok.extglob === true || extglobs.length && (tok.type === "pipe" || tok.type === "paren");
				if (tok.type !== "slash" && tok.type !== "paren" && !isBrace && !isExtglob) {
					state.output = state.output.slice(0, -prev.output.length);
					prev.type = "star";
					prev.value = "*";
					prev.output = star;
					state.output += prev.output;
				}
			}
			if (extglobs.length && tok.type !== "paren") extglobs[extglobs.length - 1].inner += tok.value;
			if (tok.value || tok.output) append(tok);
			if (prev && prev.type === "text" && tok.type === "text") {
				prev.output = (prev.output || prev.value) + tok.value;
				prev.value += tok.value;
				return;
			}
			tok.prev = prev;
			tokens.push(tok);
			prev = tok;
		};
		const extglobOpen = (type, value) => {
			const token = {
				...EXTGLOB_CHARS[value],
				conditions: 1,
				inner: ""
			};
			token.prev = prev;
			token.parens = state.parens;
			token.output = state.output;
			token.startIndex = state.index;
			token.tokensIndex = tokens.length;
			const output = (opts.capture ? "(" : "") + token.open;
			increment("parens");
			push({
				type,
				value,
				output: state.output ? "" : ONE_CHAR
			});
			push({
				type: "paren",
				extglob: true,
				value: advance(),
				output
			});
			extglobs.push(token);
		};
		const extglobClose = (token) => {
			const literal = input.slice(token.startIndex, state.index + 1);
			const body = input.slice(token.startIndex + 2, state.index);
			const analysis = analyzeRepeatedExtglob(body, opts);
			if ((token.type === "plus" || token.type === "star") && analysis.risky) {
				const safeOutput = analysis.safeOutput ? (token.output ? "" : ONE_CHAR) + (opts.capture ? `(${analysis.safeOutput})` : analysis.safeOutput) : void 0;
				const open = tokens[token.tokensIndex];
				open.type = "text";
				open.value = literal;
				open.output = safeOutput || utils.escapeRegex(literal);
				for (let i = token.tokensIndex + 1; i < tokens.length; i++) {
					tokens[i].value = "";
					tokens[i].output = "";
					delete tokens[i].suffix;
				}
				state.output = token.output + open.output;
				state.backtrack = true;
				push({
					type: "paren",
					extglob: true,
					value,
					output: ""
				});
				decrement("parens");
				return;
			}
			let output = token.close + (opts.capture ? ")" : "");
			let rest;
			if (token.type === "negate") {
				let extglobStar = star;
				if (token.inner && token.inner.length > 1 && token.inner.includes("/")) extglobStar = globstar(opts);
				if (extglobStar !== star || eos() || /^\)+$/.test(remaining())) output = token.close = `)$))${extglobStar}`;
				if (token.inner.includes("*") && (rest = remaining()) && /^\.[^\\/.]+$/.test(rest)) output = token.close = `)${parse(rest, {
					...options,
					fastpaths: false
				}).output})${extglobStar})`;
				if (token.prev.type === "bos") state.negatedExtglob = true;
			}
			push({
				type: "paren",
				extglob: true,
				value,
				output
			});
			decrement("parens");
		};
		/**
		* Fast paths
		*/
		if (opts.fastpaths !== false && !/(^[*!]|[/()[\]{}"])/.test(input)) {
			let backslashes = false;
			let output = input.replace(REGEX_SPECIAL_CHARS_BACKREF, (m, esc, chars, first, rest, index) => {
				if (first === "\\") {
					backslashes = true;
					return m;
				}
				if (first === "?") {
					if (esc) return esc + first + (rest ? QMARK.repeat(rest.length) : "");
					if (index === 0) return qmarkNoDot + (rest ? QMARK.repeat(rest.length) : "");
					return QMARK.repeat(chars.length);
				}
				if (first === ".") return DOT_LITERAL.repeat(chars.length);
				if (first === "*") {
					if (esc) return esc + first + (rest ? star : "");
					return star;
				}
				return esc ? m : `\\${m}`;
			});
			if (backslashes === true) {
				if (opts.unescape === true) output = output.replace(/\\/g, "");
				else output = output.replace(/\\+/g, (m) => {
					return m.length % 2 === 0 ? "\\\\" : m ? "\\" : "";
				});
			}
			if (output === input && opts.contains === true) {
				state.output = input;
				return state;
			}
			state.output = utils.wrapOutput(output, state, options);
			return state;
		}
		/**
		* Tokenize input until we reach end-of-string
		*/
		while (!eos()) {
			value = advance();
			if (value === "\0") continue;
			/**
			* Escaped characters
			*/
			if (value === "\\") {
				const next = peek();
				if (next === "/" && opts.bash !== true) continue;
				if (next === "." || next === ";") continue;
				if (!next) {
					value += "\\";
					push({
						type: "text",
						value
					});
					continue;
				}
				const match = /^\\+/.exec(remaining());
				let slashes = 0;
				if (match && match[0].length > 2) {
					slashes = match[0].length;
					state.index += slashes;
					if (slashes % 2 !== 0) value += "\\";
				}
				if (opts.unescape === true) value = advance();
				else value += advance();
				if (state.brackets === 0) {
					push({
						type: "text",
						value
					});
					continue;
				}
			}
			/**
			* If we're inside a regex character class, continue
			* until we reach the closing bracket.
			*/
			if (state.brackets > 0 && (value !== "]" || prev.value === "[" || prev.value === "[^")) {
				if (opts.posix !== false && value === ":") {
					const inner = prev.value.slice(1);
					if (inner.includes("[")) {
						prev.posix = true;
						if (inner.includes(":")) {
							const idx = prev.value.lastIndexOf("[");
							const pre = prev.value.slice(0, idx);
							const rest = prev.value.slice(idx + 2);
							const posix = POSIX_REGEX_SOURCE[rest];
							if (posix) {
								prev.value = pre + posix;
								state.backtrack = true;
								advance();
								if (!bos.output && tokens.indexOf(prev) === 1) bos.output = ONE_CHAR;
								continue;
							}
						}
					}
				}
				if (value === "[" && peek() !== ":" || value === "-" && peek() === "]") value = `\\${value}`;
				if (value === "]" && (prev.value === "[" || prev.value === "[^")) value = `\\${value}`;
				if (opts.posix === true && value === "!" && prev.value === "[") value = "^";
				prev.value += value;
				append({ value });
				continue;
			}
			/**
			* If we're inside a quoted string, continue
			* until we reach the closing double quote.
			*/
			if (state.quotes === 1 && value !== "\"") {
				value = utils.escapeRegex(value);
				prev.value += value;
				append({ value });
				continue;
			}
			/**
			* Double quotes
			*/
			if (value === "\"") {
				state.quotes = state.quotes === 1 ? 0 : 1;
				if (opts.keepQuotes === true) push({
					type: "text",
					value
				});
				continue;
			}
			/**
			* Parentheses
			*/
			if (value === "(") {
				increment("parens");
				push({
					type: "paren",
					value
				});
				continue;
			}
			if (value === ")") {
				if (state.parens === 0 && opts.strictBrackets === true) throw new SyntaxError(syntaxError("opening", "("));
				const extglob = extglobs[extglobs.length - 1];
				if (extglob && state.parens === extglob.parens + 1) {
					extglobClose(extglobs.pop());
					continue;
				}
				push({
					type: "paren",
					value,
					output: state.parens ? ")" : "\\)"
				});
				decrement("parens");
				continue;
			}
			/**
			* Square brackets
			*/
			if (value === "[") {
				if (opts.nobracket === true || !remaining().includes("]")) {
					if (opts.nobracket !== true && opts.strictBrackets === true) throw new SyntaxError(syntaxError("closing", "]"));
					value = `\\${value}`;
				} else increment("brackets");
				push({
					type: "bracket",
					value
				});
				continue;
			}
			if (value === "]") {
				if (opts.nobracket === true || prev && prev.type === "bracket" && prev.value.length === 1) {
					push({
						type: "text",
						value,
						output: `\\${value}`
					});
					continue;
				}
				if (state.brackets === 0) {
					if (opts.strictBrackets === true) throw new SyntaxError(syntaxError("opening", "["));
					push({
						type: "text",
						value,
						output: `\\${value}`
					});
					continue;
				}
				decrement("brackets");
				const prevValue = prev.value.slice(1);
				if (prev.posix !== true && prevValue[0] === "^" && !prevValue.includes("/")) value = `/${value}`;
				prev.value += value;
				append({ value });
				if (opts.literalBrackets === false || utils.hasRegexChars(prevValue)) continue;
				const escaped = utils.escapeRegex(prev.value);
				state.output = state.output.slice(0, -prev.value.length);
				if (opts.literalBrackets === true) {
					state.output += escaped;
					prev.value = escaped;
					continue;
				}
				prev.value = `(${capture}${escaped}|${prev.value})`;
				state.output += prev.value;
				continue;
			}
			/**
			* Braces
			*/
			if (value === "{" && opts.nobrace !== true) {
				increment("braces");
				const open = {
					type: "brace",
					value,
					output: "(",
					outputIndex: state.output.length,
					tokensIndex: state.tokens.length
				};
				braces.push(open);
				push(open);
				continue;
			}
			if (value === "}") {
				const brace = braces[braces.length - 1];
				if (opts.nobrace === true || !brace) {
					push({
						type: "text",
						value,
						output: value
					});
					continue;
				}
				let output = ")";
				if (brace.dots === true) {
					const arr = tokens.slice();
					const range = [];
					for (let i = arr.length - 1; i >= 0; i--) {
						tokens.pop();
						if (arr[i].type === "brace") break;
						if (arr[i].type !== "dots") range.unshift(arr[i].value);
					}
					output = expandRange(range, opts);
					state.backtrack = true;
				}
				if (brace.comma !== true && brace.dots !== true) {
					const out = state.output.slice(0, brace.outputIndex);
					const toks = state.tokens.slice(brace.tokensIndex);
					brace.value = brace.output = "\\{";
					value = output = "\\}";
					state.output = out;
					for (const t of toks) state.output += t.output || t.value;
				}
				push({
					type: "brace",
					value,
					output
				});
				decrement("braces");
				braces.pop();
				continue;
			}
			/**
			* Pipes
			*/
			if (value === "|") {
				if (extglobs.length > 0) extglobs[extglobs.length - 1].conditions++;
				push({
					type: "text",
					value
				});
				continue;
			}
			/**
			* Commas
			*/
			if (value === ",") {
				let output = value;
				const brace = braces[braces.length - 1];
				if (brace && stack[stack.length - 1] === "braces") {
					brace.comma = true;
					output = "|";
				}
				push({
					type: "comma",
					value,
					output
				});
				continue;
			}
			/**
			* Slashes
			*/
			if (value === "/") {
				if (prev.type === "dot" && state.index === state.start + 1) {
					state.start = state.index + 1;
					state.consumed = "";
					state.output = "";
					tokens.pop();
					prev = bos;
					continue;
				}
				push({
					type: "slash",
					value,
					output: SLASH_LITERAL
				});
				continue;
			}
			/**
			* Dots
			*/
			if (value === ".") {
				if (state.braces > 0 && prev.type === "dot") {
					if (prev.value === ".") prev.output = DOT_LITERAL;
					const brace = braces[braces.length - 1];
					prev.type = "dots";
					prev.output += value;
					prev.value += value;
					brace.dots = true;
					continue;
				}
				if (state.braces + state.parens === 0 && prev.type !== "bos" && prev.type !== "slash") {
					push({
						type: "text",
						value,
						output: DOT_LITERAL
					});
					continue;
				}
				push({
					type: "dot",
					value,
					output: DOT_LITERAL
				});
				continue;
			}
			/**
			* Question marks
			*/
			if (value === "?") {
				if (!(prev && prev.value === "(") && opts.noextglob !== true && peek() === "(" && peek(2) !== "?") {
					extglobOpen("qmark", value);
					continue;
				}
				if (prev && prev.type === "paren") {
					const next = peek();
					let output = value;
					if (prev.value === "(" && !/[!=<:]/.test(next) || next === "<" && !/<([!=]|\w+>)/.test(remaining())) output = `\\${value}`;
					push({
						type: "text",
						value,
						output
					});
					continue;
				}
				if (opts.dot !== true && (prev.type === "slash" || prev.type === "bos")) {
					push({
						type: "qmark",
						value,
						output: QMARK_NO_DOT
					});
					continue;
				}
				push({
					type: "qmark",
					value,
					output: QMARK
				});
				continue;
			}
			/**
			* Exclamation
			*/
			if (value === "!") {
				if (opts.noextglob !== true && peek() === "(") {
					if (peek(2) !== "?" || !/[!=<:]/.test(peek(3))) {
						extglobOpen("negate", value);
						continue;
					}
				}
				if (opts.nonegate !== true && state.index === 0) {
					negate();
					continue;
				}
			}
			/**
			* Plus
			*/
			if (value === "+") {
				if (opts.noextglob !== true && peek() === "(" && peek(2) !== "?") {
					extglobOpen("plus", value);
					continue;
				}
				if (prev && prev.value === "(" || opts.regex === false) {
					push({
						type: "plus",
						value,
						output: PLUS_LITERAL
					});
					continue;
				}
				if (prev && (prev.type === "bracket" || prev.type === "paren" || prev.type === "brace") || state.parens > 0) {
					push({
						type: "plus",
						value
					});
					continue;
				}
				push({
					type: "plus",
					value: PLUS_LITERAL
				});
				continue;
			}
			/**
			* Plain text
			*/
			if (value === "@") {
				if (opts.noextglob !== true && peek() === "(" && peek(2) !== "?") {
					push({
						type: "at",
						extglob: true,
						value,
						output: ""
					});
					continue;
				}
				push({
					type: "text",
					value
				});
				continue;
			}
			/**
			* Plain text
			*/
			if (value !== "*") {
				if (value === "$" || value === "^") value = `\\${value}`;
				const match = REGEX_NON_SPECIAL_CHARS.exec(remaining());
				if (match) {
					value += match[0];
					state.index += match[0].length;
				}
				push({
					type: "text",
					value
				});
				continue;
			}
			/**
			* Stars
			*/
			if (prev && (prev.type === "globstar" || prev.star === true)) {
				prev.type = "star";
				prev.star = true;
				prev.value += value;
				prev.output = star;
				state.backtrack = true;
				state.globstar = true;
				consume(value);
				continue;
			}
			let rest = remaining();
			if (opts.noextglob !== true && /^\([^?]/.test(rest)) {
				extglobOpen("star", value);
				continue;
			}
			if (prev.type === "star") {
				if (opts.noglobstar === true) {
					consume(value);
					continue;
				}
				const prior = prev.prev;
				const before = prior.prev;
				const isStart = prior.type === "slash" || prior.type === "bos";
				const afterStar = before && (before.type === "star" || before.type === "globstar");
				if (opts.bash === true && (!isStart || rest[0] && rest[0] !== "/")) {
					push({
						type: "star",
						value,
						output: ""
					});
					continue;
				}
				const isBrace = state.braces > 0 && (prior.type === "comma" || prior.type === "brace");
				const isExtglob = extglobs.length && (prior.type === "pipe" || prior.type === "paren");
				if (!isStart && prior.type !== "paren" && !isBrace && !isExtglob) {
					push({
						type: "star",
						value,
						output: ""
					});
					continue;
				}
				while (rest.slice(0, 3) === "/**") {
					const after = input[state.index + 4];
					if (after && after !== "/") break;
					rest = rest.slice(3);
					consume("/**", 3);
				}
				const isEnd = eos() || state.parens > 0 && rest === ")".repeat(state.parens) && !extglobs.some((extglob) => extglob.type === "negate");
				if (prior.type === "bos" && eos()) {
					prev.type = "globstar";
					prev.value += value;
					prev.output = globstar(opts);
					state.output = prev.output;
					state.globstar = true;
					consume(value);
					continue;
				}
				if (prior.type === "slash" && prior.prev.type !== "bos" && !afterStar && isEnd) {
					state.output = state.output.slice(0, -(prior.output + prev.output).length);
					prior.output = `(?:${prior.output}`;
					prev.type = "globstar";
					prev.output = globstar(opts) + (opts.strictSlashes ? ")" : "|$)");
					prev.value += value;
					state.globstar = true;
					state.output += prior.output + prev.output;
					consume(value);
					continue;
				}
				if (prior.type === "slash" && prior.prev.type !== "bos" && rest[0] === "/") {
					const end = rest[1] !== void 0 ? "|$" : "";
					state.output = state.output.slice(0, -(prior.output + prev.output).length);
					prior.output = `(?:${prior.output}`;
					prev.type = "globstar";
					prev.output = `${globstar(opts)}${SLASH_LITERAL}|${SLASH_LITERAL}${end})`;
					prev.value += value;
					state.output += prior.output + prev.output;
					state.globstar = true;
					consume(value + advance());
					push({
						type: "slash",
						value: "/",
						output: ""
					});
					continue;
				}
				if (prior.type === "bos" && rest[0] === "/") {
					prev.type = "globstar";
					prev.value += value;
					prev.output = `(?:^|${SLASH_LITERAL}|${globstar(opts)}${SLASH_LITERAL})`;
					state.output = prev.output;
					state.globstar = true;
					consume(value + advance());
					push({
						type: "slash",
						value: "/",
						output: ""
					});
					continue;
				}
				state.output = state.output.slice(0, -prev.output.length);
				prev.type = "globstar";
				prev.output = globstar(opts);
				prev.value += value;
				state.output += prev.output;
				state.globstar = true;
				consume(value);
				continue;
			}
			const token = {
				type: "star",
				value,
				output: star
			};
			if (opts.bash === true) {
				token.output = ".*?";
				if (prev.type === "bos" || prev.type === "slash") token.output = nodot + token.output;
				push(token);
				continue;
			}
			if (prev && (prev.type === "bracket" || prev.type === "paren") && opts.regex === true) {
				token.output = value;
				push(token);
				continue;
			}
			if (state.index === state.start || prev.type === "slash" || prev.type === "dot") {
				if (prev.type === "dot") {
					state.output += NO_DOT_SLASH;
					prev.output += NO_DOT_SLASH;
				} else if (opts.dot === true) {
					state.output += NO_DOTS_SLASH;
					prev.output += NO_DOTS_SLASH;
				} else {
					state.output += nodot;
					prev.output += nodot;
				}
				if (peek() !== "*") {
					state.output += ONE_CHAR;
					prev.output += ONE_CHAR;
				}
			}
			push(token);
		}
		while (state.brackets > 0) {
			if (opts.strictBrackets === true) throw new SyntaxError(syntaxError("closing", "]"));
			state.output = utils.escapeLast(state.output, "[");
			decrement("brackets");
		}
		while (state.parens > 0) {
			if (opts.strictBrackets === true) throw new SyntaxError(syntaxError("closing", ")"));
			state.output = utils.escapeLast(state.output, "(");
			decrement("parens");
		}
		while (state.braces > 0) {
			if (opts.strictBrackets === true) throw new SyntaxError(syntaxError("closing", "}"));
			state.output = utils.escapeLast(state.output, "{");
			decrement("braces");
		}
		if (opts.strictSlashes !== true && (prev.type === "star" || prev.type === "bracket")) push({
			type: "maybe_slash",
			value: "",
			output: `${SLASH_LITERAL}?`
		});
		if (state.backtrack === true) {
			state.output = "";
			for (const token of state.tokens) {
				state.output += token.output != null ? token.output : token.value;
				if (token.suffix) state.output += token.suffix;
			}
		}
		return state;
	};
	/**
	* Fast paths for creating regular expressions for common glob patterns.
	* This can significantly speed up processing and has very little downside
	* impact when none of the fast paths match.
	*/
	parse.fastpaths = (input, options) => {
		const opts = { ...options };
		const max = typeof opts.maxLength === "number" ? Math.min(MAX_LENGTH, opts.maxLength) : MAX_LENGTH;
		const len = input.length;
		if (len > max) throw new SyntaxError(`Input length: ${len}, exceeds maximum allowed length: ${max}`);
		input = REPLACEMENTS[input] || input;
		const { DOT_LITERAL, SLASH_LITERAL, ONE_CHAR, DOTS_SLASH, NO_DOT, NO_DOTS, NO_DOTS_SLASH, STAR, START_ANCHOR } = constants.globChars(opts.windows);
		const nodot = opts.dot ? NO_DOTS : NO_DOT;
		const slashDot = opts.dot ? NO_DOTS_SLASH : NO_DOT;
		const capture = opts.capture ? "" : "?:";
		const state = {
			negated: false,
			prefix: ""
		};
		let star = opts.bash === true ? ".*?" : STAR;
		if (opts.capture) star = `(${star})`;
		const globstar = (opts) => {
			if (opts.noglobstar === true) return star;
			return `(${capture}(?:(?!${START_ANCHOR}${opts.dot ? DOTS_SLASH : DOT_LITERAL}).)*?)`;
		};
		const create = (str) => {
			switch (str) {
				case "*": return `${nodot}${ONE_CHAR}${star}`;
				case ".*": return `${DOT_LITERAL}${ONE_CHAR}${star}`;
				case "*.*": return `${nodot}${star}${DOT_LITERAL}${ONE_CHAR}${star}`;
				case "*/*": return `${nodot}${star}${SLASH_LITERAL}${ONE_CHAR}${slashDot}${star}`;
				case "**": return nodot + globstar(opts);
				case "**/*": return `(?:${nodot}${globstar(opts)}${SLASH_LITERAL})?${slashDot}${ONE_CHAR}${star}`;
				case "**/*.*": return `(?:${nodot}${globstar(opts)}${SLASH_LITERAL})?${slashDot}${star}${DOT_LITERAL}${ONE_CHAR}${star}`;
				case "**/.*": return `(?:${nodot}${globstar(opts)}${SLASH_LITERAL})?${DOT_LITERAL}${ONE_CHAR}${star}`;
				default: {
					const match = /^(.*?)\.(\w+)$/.exec(str);
					if (!match) return;
					const source = create(match[1]);
					if (!source) return;
					return source + DOT_LITERAL + match[2];
				}
			}
		};
		let source = create(utils.removePrefix(input, state));
		if (source && opts.strictSlashes !== true) source += `${SLASH_LITERAL}?`;
		return source;
	};
	module.exports = parse;
}));
// node_modules/picomatch/lib/picomatch.js
var require_picomatch$1 = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	const scan = require_scan();
	const parse = require_parse();
	const utils = require_utils();
	const constants = require_constants();
	const isObject = (val) => val && typeof val === "object" && !Array.isArray(val);
	/**
	* Creates a matcher function from one or more glob patterns. The
	* returned function takes a string to match as its first argument,
	* and returns true if the string is a match. The returned matcher
	* function also takes a boolean as the second argument that, when true,
	* returns an object with additional information.
	*
	* ```js
	* const picomatch = require('picomatch');
	* // picomatch(glob[, options]);
	*
	* const isMatch = picomatch('*.!(*a)');
	* console.log(isMatch('a.a')); //=> false
	* console.log(isMatch('a.b')); //=> true
	*
	* // For environments without `node.js`, `picomatch/posix` provides you a dependency-free matcher, without automatic OS detection.
	* const picomatch = require('picomatch/posix');
	* // the same API, defaulting to posix paths
	* const isMatch = picomatch('a/*');
	* console.log(isMatch('a\\b')); //=> false
	* console.log(isMatch('a/b')); //=> true
	*
	* // you can still configure the matcher function to accept windows paths
	* const isMatch = picomatch('a/*', { options: windows });
	* console.log(isMatch('a\\b')); //=> true
	* console.log(isMatch('a/b')); //=> true
	* ```
	* @name picomatch
	* @param {String|Array} `globs` One or more glob patterns.
	* @param {Object=} `options`
	* @return {Function=} Returns a matcher function.
	* @api public
	*/
	const picomatch = (glob, options, returnState = false) => {
		if (Array.isArray(glob)) {
			const fns = glob.map((input) => picomatch(input, options, returnState));
			const arrayMatcher = (str) => {
				for (const isMatch of fns) {
					const state = isMatch(str);
					if (state) return state;
				}
				return false;
			};
			return arrayMatcher;
		}
		const isState = isObject(glob) && glob.tokens && glob.input;
		if (glob === "" || typeof glob !== "string" && !isState) throw new TypeError("Expected pattern to be a non-empty string");
		const opts = options || {};
		const posix = opts.windows;
		const regex = isState ? picomatch.compileRe(glob, options) : picomatch.makeRe(glob, options, false, true);
		const state = regex.state;
		delete regex.state;
		let isIgnored = () => false;
		if (opts.ignore) {
			const ignoreOpts = {
				...options,
				ignore: null,
				onMatch: null,
				onResult: null
			};
			isIgnored = picomatch(opts.ignore, ignoreOpts, returnState);
		}
		const matcher = (input, returnObject = false) => {
			const { isMatch, match, output } = picomatch.test(input, regex, options, {
				glob,
				posix
			});
			const result = {
				glob,
				state,
				regex,
				posix,
				input,
				output,
				match,
				isMatch
			};
			if (typeof opts.onResult === "function") opts.onResult(result);
			if (isMatch === false) {
				result.isMatch = false;
				return returnObject ? result : false;
			}
			if (isIgnored(input)) {
				if (typeof opts.onIgnore === "function") opts.onIgnore(result);
				result.isMatch = false;
				return returnObject ? result : false;
			}
			if (typeof opts.onMatch === "function") opts.onMatch(result);
			return returnObject ? result : true;
		};
		if (returnState) matcher.state = state;
		return matcher;
	};
	/**
	* Test `input` with the given `regex`. This is used by the main
	* `picomatch()` function to test the input string.
	*
	* ```js
	* const picomatch = require('picomatch');
	* // picomatch.test(input, regex[, options]);
	*
	* console.log(picomatch.test('foo/bar', /^(?:([^/]*?)\/([^/]*?))$/));
	* // { isMatch: true, match: [ 'foo/', 'foo', 'bar' ], output: 'foo/bar' }
	* ```
	* @param {String} `input` String to test.
	* @param {RegExp} `regex`
	* @return {Object} Returns an object with matching info.
	* @api public
	*/
	picomatch.test = (input, regex, options, { glob, posix } = {}) => {
		if (typeof input !== "string") throw new TypeError("Expected input to be a string");
		if (input === "") return {
			isMatch: false,
			output: ""
		};
		const opts = options || {};
		const format = opts.format || (posix ? utils.toPosixSlashes : null);
		let match = input === glob;
		let output = match && format ? format(input) : input;
		if (match === false) {
			output = format ? format(input) : input;
			match = output === glob;
		}
		if (match === false || opts.capture === true) {
			if (opts.matchBase === true || opts.basename === true) match = picomatch.matchBase(input, regex, options, posix);
			else match = regex.exec(output);
		}
		return {
			isMatch: Boolean(match),
			match,
			output
		};
	};
	/**
	* Match the basename of a filepath.
	*
	* ```js
	* const picomatch = require('picomatch');
	* // picomatch.matchBase(input, glob[, options]);
	* console.log(picomatch.matchBase('foo/bar.js', '*.js'); // true
	* ```
	* @param {String} `input` String to test.
	* @param {RegExp|String} `glob` Glob pattern or regex created by [.makeRe](#makeRe).
	* @return {Boolean}
	* @api public
	*/
	picomatch.matchBase = (input, glob, options, posix = options && options.windows) => {
		return (glob instanceof RegExp ? glob : picomatch.makeRe(glob, options)).test(utils.basename(input, { windows: posix }));
	};
	/**
	* Returns true if **any** of the given glob `patterns` match the specified `string`.
	*
	* ```js
	* const picomatch = require('picomatch');
	* // picomatch.isMatch(string, patterns[, options]);
	*
	* console.log(picomatch.isMatch('a.a', ['b.*', '*.a'])); //=> true
	* console.log(picomatch.isMatch('a.a', 'b.*')); //=> false
	* ```
	* @param {String|Array} str The string to test.
	* @param {String|Array} patterns One or more glob patterns to use for matching.
	* @param {Object} [options] See available [options](#options).
	* @return {Boolean} Returns true if any patterns match `str`
	* @api public
	*/
	picomatch.isMatch = (str, patterns, options) => picomatch(patterns, options)(str);
	/**
	* Parse a glob pattern to create the source string for a regular
	* expression.
	*
	* ```js
	* const picomatch = require('picomatch');
	* const result = picomatch.parse(pattern[, options]);
	* ```
	* @param {String} `pattern`
	* @param {Object} `options`
	* @return {Object} Returns an object with useful properties and output to be used as a regex source string.
	* @api public
	*/
	picomatch.parse = (pattern, options) => {
		if (Array.isArray(pattern)) return pattern.map((p) => picomatch.parse(p, options));
		return parse(pattern, {
			...options,
			fastpaths: false
		});
	};
	/**
	* Scan a glob pattern to separate the pattern into segments.
	*
	* ```js
	* const picomatch = require('picomatch');
	* // picomatch.scan(input[, options]);
	*
	* const result = picomatch.scan('!./foo/*.js');
	* console.log(result);
	* { prefix: '!./',
	*   input: '!./foo/*.js',
	*   start: 3,
	*   base: 'foo',
	*   glob: '*.js',
	*   isBrace: false,
	*   isBracket: false,
	*   isGlob: true,
	*   isExtglob: false,
	*   isGlobstar: false,
	*   negated: true }
	* ```
	* @param {String} `input` Glob pattern to scan.
	* @param {Object} `options`
	* @return {Object} Returns an object with
	* @api public
	*/
	picomatch.scan = (input, options) => scan(input, options);
	/**
	* Compile a regular expression from the `state` object returned by the
	* [parse()](#parse) method.
	*
	* ```js
	* const picomatch = require('picomatch');
	* const state = picomatch.parse('*.js');
	* // picomatch.compileRe(state[, options]);
	*
	* console.log(picomatch.compileRe(state));
	* //=> /^(?:(?!\.)(?=.)[^/]*?\.js)$/
	* ```
	* @param {Object} `state`
	* @param {Object} `options`
	* @param {Boolean} `returnOutput` Intended for implementors, this argument allows you to return the raw output from the parser.
	* @param {Boolean} `returnState` Adds the state to a `state` property on the returned regex. Useful for implementors and debugging.
	* @return {RegExp}
	* @api public
	*/
	picomatch.compileRe = (state, options, returnOutput = false, returnState = false) => {
		if (returnOutput === true) return state.output;
		const opts = options || {};
		const prepend = opts.contains ? "" : "^";
		const append = opts.contains ? "" : "$";
		let source = `${prepend}(?:${state.output})${append}`;
		if (state && state.negated === true) source = `^(?!${source}).*$`;
		const regex = picomatch.toRegex(source, options);
		if (returnState === true) regex.state = state;
		return regex;
	};
	/**
	* Create a regular expression from a parsed glob pattern.
	*
	* ```js
	* const picomatch = require('picomatch');
	* // picomatch.makeRe(state[, options]);
	*
	* const result = picomatch.makeRe('*.js');
	* console.log(result);
	* //=> /^(?:(?!\.)(?=.)[^/]*?\.js)$/
	* ```
	* @param {String} `state` The object returned from the `.parse` method.
	* @param {Object} `options`
	* @param {Boolean} `returnOutput` Implementors may use this argument to return the compiled output, instead of a regular expression. This is not exposed on the options to prevent end-users from mutating the result.
	* @param {Boolean} `returnState` Implementors may use this argument to return the state from the parsed glob with the returned regular expression.
	* @return {RegExp} Returns a regex created from the given pattern.
	* @api public
	*/
	picomatch.makeRe = (input, options = {}, returnOutput = false, returnState = false) => {
		if (!input || typeof input !== "string") throw new TypeError("Expected a non-empty string");
		let parsed = {
			negated: false,
			fastpaths: true
		};
		if (options.fastpaths !== false && (input[0] === "." || input[0] === "*")) parsed.output = parse.fastpaths(input, options);
		if (!parsed.output) parsed = parse(input, options);
		return picomatch.compileRe(parsed, options, returnOutput, returnState);
	};
	/**
	* Create a regular expression from the given regex source string.
	*
	* ```js
	* const picomatch = require('picomatch');
	* // picomatch.toRegex(source[, options]);
	*
	* const { output } = picomatch.parse('*.js');
	* console.log(picomatch.toRegex(output));
	* //=> /^(?:(?!\.)(?=.)[^/]*?\.js)$/
	* ```
	* @param {String} `source` Regular expression source string.
	* @param {Object} `options`
	* @return {RegExp}
	* @api public
	*/
	picomatch.toRegex = (source, options) => {
		try {
			const opts = options || {};
			return new RegExp(source, opts.flags || (opts.nocase ? "i" : ""));
		} catch (err) {
			if (options && options.debug === true) throw err;
			return /$^/;
		}
	};
	/**
	* Picomatch constants.
	* @return {Object}
	*/
	picomatch.constants = constants;
	/**
	* Expose "picomatch"
	*/
	module.exports = picomatch;
}));
// src/stack/discover.ts
var import_picomatch = /* @__PURE__ */ __toESM((/* @__PURE__ */ __commonJSMin(((exports, module) => {
	const pico = require_picomatch$1();
	const utils = require_utils();
	function picomatch(glob, options, returnState = false) {
		if (options && (options.windows === null || options.windows === void 0)) options = {
			...options,
			windows: utils.isWindows()
		};
		return pico(glob, options, returnState);
	}
	Object.assign(picomatch, pico);
	module.exports = picomatch;
})))(), 1);
const leftOut = /^(?:\..*|binder|docs?|documentation|examples?|samples?|tests?|testing|node_modules|vendor|third[-_]party|site-packages)$/i;
const notImages = /^(?:dockerignore|j2|jinja2?|tmpl|tpl|template|in|erb|mustache|m4|md|rst|txt|bak|orig|old|rej|swp|save|disabled|sh|py|ya?ml|json|lock|log)$/i;
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
	const files = new Map(tree.entries.map((entry) => [entry.path, entry.mode]));
	const folders = /* @__PURE__ */ new Set(["."]);
	for (const path of files.keys()) for (let slash = path.lastIndexOf("/"); slash > 0; slash = path.lastIndexOf("/", slash - 1)) {
		const folder = path.slice(0, slash);
		if (folders.has(folder)) break;
		folders.add(folder);
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
	const images = withoutDoubles(chosen, notes).filter((found) => isImage$1(found, search));
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
function isImage$1({ dockerfile }, { tree, parse, notes }) {
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
	const lines = {
		all: text.replace(/^\uFEFF/, "").split("\n"),
		next: 0
	};
	const escapeChar = readDirectives(lines);
	const instructions = [];
	while (lines.next < lines.all.length) {
		const line = lines.next + 1;
		const logical = takeLogicalLine(lines, escapeChar);
		if (!logical.trim()) continue;
		const instruction = splitInstruction(logical, escapeChar, line);
		instructions.push(instruction);
		skipHeredocs(lines, instruction, logical);
	}
	return {
		escapeChar,
		instructions
	};
}
/** The instruction behind an ONBUILD; null when there is none. */
function triggerOf(onbuild, escapeChar) {
	return onbuild.rest ? splitInstruction(onbuild.rest, escapeChar, onbuild.line) : null;
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
function readDirectives(lines) {
	const seen = /* @__PURE__ */ new Map();
	for (const line of lines.all) {
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
function takeLogicalLine(lines, escapeChar) {
	let logical = "";
	for (let first = true; lines.next < lines.all.length; first = false) {
		const line = withoutReturn(lines.all[lines.next++] ?? "");
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
function withoutReturn(line) {
	return line.endsWith("\r") ? line.replace(/\r+$/, "") : line;
}
/** Index of the escape that continues a line: the last character before blanks, and not escaped itself. -1 without one. */
function continuation(line, escapeChar) {
	let end = line.length - 1;
	while (line[end] === " " || line[end] === "	") end--;
	return line[end] === escapeChar && line[end - 1] !== escapeChar ? end : -1;
}
function splitInstruction(logical, escapeChar, line) {
	const text = logical.trim();
	const space = text.search(/\s/);
	const keyword = (space < 0 ? text : text.slice(0, space)).toUpperCase();
	let rest = space < 0 ? "" : text.slice(space).trimStart();
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
function skipHeredocs(lines, instruction, logical) {
	if (!logical.includes("<<") || !/^(ADD|COPY|RUN|ONBUILD)$/.test(instruction.keyword)) return;
	for (const word of rawWords(logical)) {
		const heredoc = heredocName(word);
		if (!heredoc) continue;
		while (lines.next < lines.all.length) {
			const line = withoutReturn(lines.all[lines.next++] ?? "");
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
function parentFinder(candidates, prefixes, notes) {
	const byRepository = Map.groupBy(candidates, (candidate) => candidate.repository);
	const publishers = ownPublishers(candidates, byRepository, prefixes, notes);
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
		const reference = parseReference(text);
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
function ownPublishers(candidates, byRepository, prefixes, notes) {
	const declared = new Set(prefixes.map(publisherOfPrefix));
	const uses = /* @__PURE__ */ new Map();
	const foreign = /* @__PURE__ */ new Set();
	for (const candidate of candidates) for (const { reference: text } of candidate.references) {
		const reference = parseReference(text);
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
/** The input `path` as a folder of the repository, empty when it is to be found out. Throws `ActionError('input')`. */
function checkedPath(text, tree, index) {
	if (text === "") return "";
	const path = posix.normalize(text).replace(/(?<=.)\/$/, "");
	if (posix.isAbsolute(path) || path === ".." || path.startsWith("../")) throw new ActionError("input", `path: ${JSON.stringify(text)} is outside of the repository`, ["Give a folder relative to its root"]);
	const link = tree.entries.find((entry) => /^1[26]0000$/.test(entry.mode) && isUnder(path, entry.path));
	if (link) throw new ActionError("input", `path: ${link.path} is ${link.mode === "120000" ? "a symbolic link" : "a submodule"}, which is not followed`, ["Give the folder itself"]);
	if (index.folders.has(path)) return path;
	const near = suggestion(path, [...index.folders].filter((folder) => folder.split("/").length === path.split("/").length));
	throw new ActionError("input", `path: there is no folder ${JSON.stringify(text)} in the repository`, [...near, "Give a folder relative to its root, or leave path empty"]);
}
/**
* The spec of the stack: the one asked for, else spec.yml in the stack's folder. A file of that name in the
* repository's root that has none of our keys is another tool's and is left alone. Libraries for it are loaded only here.
*/
async function findSpec(tree, asked, path, notes) {
	const file = asked ? posix.normalize(asked) : specFiles(path).find((candidate) => tree.contents.has(candidate) || tree.refused.has(candidate));
	if (file === void 0) return null;
	const text = tree.contents.get(file);
	if (text === void 0) {
		const named = /^spec\.ya?ml$/.test(posix.basename(file)) ? "is not there" : "is not named spec.yml or spec.yaml";
		throw new ActionError("spec", `spec: ${file} ${tree.refused.get(file) ?? named}`, ["Give a regular file of the repository named spec.yml, relative to its root"]);
	}
	if (!asked && posix.dirname(file) === "." && text.trim() && !ourKeys.test(text)) {
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
/** Where the spec of a stack in this folder may be. */
function specFiles(path) {
	return ["spec.yml", "spec.yaml"].map((file) => posix.join(path, file));
}
/** Parses every Dockerfile once, however often it is asked for. */
function parser(tree) {
	const known = /* @__PURE__ */ new Map();
	return (path) => {
		const dockerfile = known.get(path) ?? parseDockerfile(tree.contents.get(path) ?? "");
		known.set(path, dockerfile);
		return dockerfile;
	};
}
/** Links and submodules beside the images are no images, whatever they point at. */
function noteLinks(tree, path, notes) {
	for (const { path: link, mode } of tree.entries) {
		if (!/^1[26]0000$/.test(mode) || posix.dirname(link) !== path) continue;
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
* the context with: the last matching pattern decides, and a pattern that matched a folder matches all in it. A bad pattern
* matches nothing (BuildKit refuses the build; in doubt a file counts).
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
	return expression && {
		negated,
		matches: (path) => expression.test(path)
	};
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
* What the images of a stack read, ready to be asked about many files. `modules`: submodules came, went or moved, so a name
* on the way of a glob may have been one.
*/
function watchesOf(stack, modules) {
	const watches = /* @__PURE__ */ new Map();
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
		addPatterns(watchOf(image.context), image, image.reads.all ? ["."] : image.reads.patterns, modules);
		for (const folder of Object.values(image.contexts)) addPatterns(watchOf(folder), image, ["."], modules);
	}
	return {
		byFolder: watches,
		ignored: ignoreCheck()
	};
}
/** The images that read a file of the repository, .dockerignore applied. */
function readersOf({ byFolder, ignored }, file) {
	const images = /* @__PURE__ */ new Set();
	for (let slash = file.lastIndexOf("/");; slash = file.lastIndexOf("/", slash - 1)) {
		const watch = byFolder.get(slash > 0 ? file.slice(0, slash) : ".");
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
		for (const [folder] of foldersAbove(pattern)) {
			const above = watch.above.get(folder) ?? /* @__PURE__ */ new Set();
			watch.above.set(folder, above.add(image));
		}
	}
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
/** Every folder above a path, the root last, with the path relative to it. */
function* foldersAbove(path) {
	for (let slash = path.lastIndexOf("/"); slash > 0; slash = path.lastIndexOf("/", slash - 1)) yield [path.slice(0, slash), path.slice(slash + 1)];
	yield [".", path];
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
	const specs = new Set(stack.spec ? [stack.spec, ...specFiles(stack.path)] : specFiles(stack.path));
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
	const named = namedFiles(stack);
	const watches = watchesOf(stack, files.includes(".gitmodules"));
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
/** Files that count for an image wherever they lie and whatever .dockerignore says. */
function namedFiles(stack) {
	const named = /* @__PURE__ */ new Map();
	for (const image of stack.images) {
		const ignoreFiles = [`${image.dockerfile}.dockerignore`, posix.join(image.context, ".dockerignore")];
		for (const file of /* @__PURE__ */ new Set([
			image.dockerfile,
			...ignoreFiles,
			...image.lockSources
		])) {
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
// src/stack/file-rules.ts
/** What each of some changed files means for an image; files that have nothing to do with it are left out. */
function fileRules(stack, image, files) {
	const all = globMatcher(stack, stack.buildAll);
	const ignored = globMatcher(stack, stack.ignore);
	const specs = [...stack.spec ? [stack.spec] : [], ...specFiles(stack.path)];
	return files.flatMap((file) => {
		if (all(file)) return [{
			file,
			counts: true,
			rule: "build_all in spec.yml: every image"
		}];
		if (specs.includes(file)) return [{
			file,
			counts: true,
			rule: "the spec: every image"
		}];
		const rule = ruleFor(stack, image, file);
		if (rule !== null && ignored(file)) return [{
			file,
			counts: false,
			rule: "ignore in spec.yml"
		}];
		if (rule !== null) return [{
			file,
			counts: true,
			rule
		}];
		if (!isUnder(file, image.path) && !isUnder(file, image.context)) return [];
		return isUnder(file, image.path) ? [{
			file,
			counts: false,
			rule: unreadRule(image, file)
		}] : [];
	});
}
function ruleFor(stack, image, file) {
	if (file === image.dockerfile) return "its Dockerfile";
	if (file === `${image.dockerfile}.dockerignore` || file === posix.join(image.context, ".dockerignore")) return "its ignore file";
	if (image.lockSources.includes(file)) return "its lock is made from it";
	const reads = (part) => readersOf(watchesOf({
		...stack,
		images: [{
			...image,
			...part
		}]
	}, false), file).size > 0;
	const own = image.reads.patterns.find((pattern) => reads({
		contexts: {},
		reads: {
			...image.reads,
			all: false,
			patterns: [pattern]
		}
	}));
	if (own !== void 0) return own === file ? "COPY, ADD or a mount reads it" : `COPY, ADD or a mount reads ${own}`;
	if (image.reads.all && reads({ contexts: {} })) return "the whole context counts";
	return reads({}) ? "it is in a named context" : null;
}
function unreadRule({ context, reads }, file) {
	const path = context === "." ? file : posix.relative(context, file);
	return reads.ignore && ignoreMatcher(reads.ignore)(path) ? ".dockerignore leaves it out" : "nothing reads it";
}
// src/stack/context.ts
/**
* The build context: spec.yml's, else the image's folder; but the stack's folder, the repository's root or a folder `context`
* there where the sources of COPY are all there and not all in the image's folder.
*/
function contextOf(question, reading, index, notes) {
	if (question.given !== null) return question.given;
	const sources = reading.sources.map(plainPart).filter((source) => source !== ".");
	const missing = sources.filter((source) => !exists(index, question.folder, source));
	if (missing.length === 0) return question.folder;
	const wider = [question.stackPath, "."].filter((folder) => isUnder(question.folder, folder)).flatMap((folder) => [folder, posix.join(folder, "context")]).find((folder) => folder !== question.folder && sources.every((source) => exists(index, folder, source)));
	const text = wider === void 0 ? `${missing.join(", ")}: copied, but not in the repository` : `built with ${wider} as its context: ${missing[0]} is there and not in ${question.folder}`;
	notes.push({
		path: question.dockerfile,
		line: null,
		text
	});
	return wider ?? question.folder;
}
/** What counts of the context: the sources, all in doubt, and the ignore file that BuildKit takes. */
function readsOf(dockerfile, context, reading, tree, links, patternsOf) {
	const ignore = tree.contents.get(`${dockerfile}.dockerignore`) ?? tree.contents.get(posix.join(context, ".dockerignore"));
	return {
		all: reading.doubt || reading.sources.includes(".") || readsLink(context, reading.sources, links),
		patterns: reading.sources,
		ignore: ignore === void 0 ? null : patternsOf(ignore)
	};
}
/** Reads ignore files; many images of a stack have the same one, which then is one list. */
function ignoreFiles() {
	const known = /* @__PURE__ */ new Map();
	return (text) => {
		const patterns = known.get(text) ?? readIgnoreFile(text);
		known.set(text, patterns);
		return patterns;
	};
}
/** COPY follows a link that it names, to a place in the context that is not known here; what a submodule holds is not either. */
function readsLink(context, sources, links) {
	const inside = links.filter((link) => isUnder(link, context)).map((link) => context === "." ? link : link.slice(context.length + 1));
	if (inside.length === 0) return false;
	return sources.some((source) => {
		if (!isGlob(source)) return inside.some((link) => isUnder(source, link));
		const expression = globExpression(source);
		return inside.some((link) => (expression?.test(link) ?? true) || onTheWay(source, link));
	});
}
/** The part of a source before its first glob. */
function plainPart(source) {
	if (!isGlob(source)) return source;
	const parts = source.split("/");
	return parts.slice(0, parts.findIndex(isGlob)).join("/") || ".";
}
function exists(index, folder, source) {
	const path = folder === "." ? source : source === "." ? folder : `${folder}/${source}`;
	return index.files.has(path) || index.folders.has(path);
}
// src/stack/names.ts
/** The grammar of an image's last component: https://github.com/distribution/reference, `path-component`. */
const repositoryGrammar = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
const tagGrammar = /^[\w][\w.-]{0,100}$/;
/** A folder's name that cannot be an image's: `3.13`, `v2`, `24-slim`. */
const version = /^v?\d+(?:[._-].*)?$/;
/**
* Names the images by their folders, relative to the stack's. A name in the file's own name is taken alone
* (`cuda.Dockerfile` → `cuda`), and behind the folder's where the folder has a plain Dockerfile too or another image has
* that name.
*/
function nameImages(found, path) {
	const folders = new Set(found.filter((image) => image.own === null).map((image) => image.folder));
	const folderName = (folder) => {
		return relativeTo(path, posix.basename(folder) === ".devcontainer" ? posix.dirname(folder) : folder);
	};
	const root = path === "." ? "root" : posix.basename(path);
	const short = found.map((image) => (image.own ?? (folderName(image.folder) || root)).toLowerCase());
	const count = Map.groupBy(short, (name) => name);
	return new Map(found.map((image, at) => {
		const folder = folderName(image.folder);
		if (image.own === null) return [image.dockerfile, folder || root];
		const joined = folder !== "" && (folders.has(image.folder) || (count.get(short[at] ?? "")?.length ?? 0) > 1);
		return [image.dockerfile, joined ? `${folder}/${image.own}` : image.own];
	}));
}
/**
* Where an image is published: under its last folder's name; as a tag prefix of its parent folder's repository when that
* folder is an image too (a variant), or when the last folder's name is a version: `python/3.13`.
*/
function publishedName(name, names) {
	const folder = posix.dirname(name);
	const last = posix.basename(name);
	if (folder === "." || !(names.has(folder) || version.test(last))) return {
		repository: last,
		tagPrefix: ""
	};
	const parent = publishedName(folder, names);
	return {
		repository: parent.repository,
		tagPrefix: `${parent.tagPrefix}${last}-`
	};
}
/**
* `NodeBase` is published as `node-base` where a Dockerfile of the stack calls one of the images so; without such a witness
* small letters are all that is sure.
*/
function hyphenated(repositories, mentions) {
	const divided = (name) => name.replace(/([a-z0-9])(?=[A-Z])/g, "$1-").toLowerCase();
	const witness = repositories.filter((name) => /[a-z0-9][A-Z]/.test(name)).some((name) => mentions(divided(name)));
	return (name) => witness ? divided(name) : name.toLowerCase();
}
/**
* Where the images of `verse_4.5.Dockerfile` and `verse_4.6.Dockerfile` are published: as tags of `verse`. Only where
* several files of a folder share what stands before the first underscore.
*/
function taggedNames(found) {
	const parts = found.flatMap(({ dockerfile, folder, own }) => {
		const [, repository = "", tag = ""] = /^([^_]+)_([^_]+)$/.exec(own ?? "") ?? [];
		return repository ? [{
			dockerfile,
			key: `${folder}/${repository}`,
			published: {
				repository,
				tagPrefix: `${tag}-`
			}
		}] : [];
	});
	const groups = Map.groupBy(parts, (part) => part.key);
	return new Map(parts.filter((part) => (groups.get(part.key)?.length ?? 0) > 1).map((part) => [part.dockerfile, part.published]));
}
/** Checks that every image can be published and that no two have one name; gives them back with repositories in small letters. */
function checkNames(images, published, notes) {
	const names = /* @__PURE__ */ new Map();
	return images.map((image) => {
		const repository = published(image.repository);
		if (repository !== image.repository) notes.push({
			path: image.dockerfile,
			line: null,
			text: `published as ${repository}: registries take small letters only`
		});
		if (!repositoryGrammar.test(repository) || repository.length > 128) throw badName(image, repository);
		if (image.tagPrefix && !tagGrammar.test(image.tagPrefix)) throw badName(image, image.tagPrefix);
		const key = image.name.toLowerCase();
		const other = names.get(key);
		if (other) throw sameName(other, image);
		names.set(key, image);
		return {
			...image,
			repository
		};
	});
}
/** The error for two images of one name. */
function sameName(one, other) {
	return new ActionError("stack", `${one.dockerfile} and ${other.dockerfile} have the name ${other.name}`, ["Small and capital letters count as one: registries and some file systems do not tell them apart", `Rename one of the folders, or give it another name in spec.yml: images: {${other.name}: {name: other-name}}`]);
}
function badName(image, part) {
	return new ActionError("stack", `${image.dockerfile}: ${JSON.stringify(part)} cannot be part of an image's name`, ["Registries take small letters and digits, divided by single . or _, by __ or by hyphens", `Rename the folder, or give a name in spec.yml: images: {${JSON.stringify(image.name)}: {name: some-name}}`]);
}
// src/stack/twins.ts
/**
* Notes the images that would overwrite each other where they are published: `a/lab` and `b/lab`. They can be planned, as their
* names differ. Where spec.yml gave one of them its name, that was a slip: `ActionError('stack')`.
*/
function noteTwins(drafts, notes) {
	for (const twins of twinsOf(drafts)) {
		if (twins.some(({ entry }) => entry?.publishedName || entry?.tag)) throw twinsError(twins);
		notes.push({
			path: twins[0]?.dockerfile ?? "",
			line: null,
			text: `${messageOf(twins)}. ${remedyFor(twins)}`
		});
	}
}
/** Throws `ActionError('stack')` where two of these images would be pushed or loaded under one name. */
function refuseTwins(images) {
	const [twins] = twinsOf(images);
	if (twins) throw twinsError(twins);
}
function twinsOf(images) {
	const places = images.flatMap((image) => {
		return (image.registries.length > 0 ? image.registries : [""]).map((registry) => ({
			key: `${registry}/${image.repository}:${image.tagPrefix}`,
			image
		}));
	});
	return [...Map.groupBy(places, (place) => place.key.toLowerCase()).values()].filter((group) => group.length > 1).map((group) => group.map((place) => place.image));
}
function twinsError(twins) {
	return new ActionError("stack", messageOf(twins), [remedyFor(twins)]);
}
function messageOf(twins) {
	const files = twins.slice(0, 3).map((image) => image.dockerfile);
	const more = twins.length > files.length ? ` and ${twins.length - files.length} more` : "";
	const [first] = twins;
	return `${files.join(" and ")}${more} would be published as ${first?.repository}${first?.tagPrefix ? `:${first.tagPrefix}` : ""}`;
}
function remedyFor(twins) {
	const { name = "", repository = "" } = twins.at(-1) ?? {};
	const tag = name.split("/").slice(0, -1).join("-") || "other";
	return `Tell them apart in spec.yml: images: {${name}: {name: ${tag}-${repository}}} or {${name}: {tag: ${tag}}}`;
}
// src/stack/drafts.ts
/** Names what was found and joins it with spec.yml: renamed, added and multiplied images. Checks the names. */
function draftImages(found, path, spec, tree, notes) {
	const places = applyEntries(found, path, spec, tree);
	const joined = places.filter((place) => place.own && place.name.includes("/"));
	const names = new Set([...places, ...joined.map(({ name }) => ({ name: posix.dirname(name) }))].map((place) => place.name));
	const tagged = taggedNames(found);
	const versions = places.flatMap((place) => versionsOf(place, tagged.get(place.dockerfile) ?? publishedName(place.name, names)));
	const drafts = checkNames(versions, hyphenated(versions.map((draft) => draft.repository), (name) => places.some((place) => tree.contents.get(place.dockerfile)?.includes(name))), notes);
	noteTwins(drafts, notes);
	return drafts;
}
/** The one name that a person means: exact, or the last part of exactly one. Null when there is none. */
function resolveName(text, names) {
	const name = text.replace(/\/+$/, "");
	if (names.includes(name)) return name;
	const byLast = names.filter((other) => posix.basename(other) === name);
	return byLast.length === 1 ? byLast[0] ?? null : null;
}
function applyEntries(found, path, spec, tree) {
	const named = nameImages(found, path);
	const places = /* @__PURE__ */ new Map();
	for (const { dockerfile, folder, own } of found) {
		const name = named.get(dockerfile) ?? folder;
		const other = places.get(name);
		if (other) throw sameName(other, {
			name,
			dockerfile
		});
		places.set(name, {
			name,
			own,
			folder,
			dockerfile,
			entry: null
		});
	}
	const names = [...places.keys()];
	for (const entry of spec?.entries ?? []) {
		const known = entry.dockerfile === null && entry.path === null ? resolveName(entry.key, names) : null;
		const place = known === null ? void 0 : places.get(known);
		if (place) places.set(place.name, {
			...place,
			entry
		});
		else places.set(entry.key, newPlace(entry, tree, names));
	}
	const taken = new Set([...places.values()].filter((place) => place.entry).map((place) => place.dockerfile));
	return [...places.values()].filter((place) => place.entry || !taken.has(place.dockerfile));
}
/** An image that only spec.yml knows by this name: it must say where its Dockerfile is. */
function newPlace(entry, tree, names) {
	const folder = entry.path ?? (entry.dockerfile === null ? entry.key : posix.dirname(entry.dockerfile));
	const tried = entry.dockerfile === null ? ["Dockerfile", "Containerfile"].map((file) => posix.join(folder, file)) : [entry.dockerfile];
	const dockerfile = tried.find((file) => tree.contents.has(file) && foundAt(file));
	if (dockerfile !== void 0) return {
		name: entry.key,
		own: foundAt(dockerfile)?.own ?? null,
		folder,
		dockerfile,
		entry
	};
	if (entry.dockerfile === null && entry.path === null) throw entry.error("", `no image of this name`, [
		...suggestion(entry.key, names),
		`Images here: ${listed(names)}`,
		"Give dockerfile if the image is made from another file"
	]);
	const refused = tried.map((file) => tree.refused.get(file)).find(Boolean);
	throw entry.error(entry.dockerfile === null ? "path" : "dockerfile", `${tried.join(" or ")} ${refused ?? "is not there"}`, ["It must be a regular file named Dockerfile, Containerfile, NAME.Dockerfile or Dockerfile.NAME", "Paths are relative to the folder of spec.yml"]);
}
function versionsOf(place, byName) {
	const { entry, folder, dockerfile, own } = place;
	const published = specPublished(entry) ?? byName;
	const tagPrefix = entry?.tag ? `${entry.tag}-` : published.tagPrefix;
	const draft = {
		name: place.name,
		repository: published.repository,
		tagPrefix,
		registries: entry?.registries ?? [],
		folder,
		dockerfile,
		own,
		entry,
		args: entry?.args ?? {},
		platforms: entry?.platforms ?? [],
		target: entry?.target ?? null,
		skip: entry?.skip ?? false
	};
	if (!entry || entry.variants.length === 0) return [draft];
	return entry.variants.map((variant) => versionOf(draft, variant));
}
function versionOf(draft, variant) {
	return {
		...draft,
		name: variant.tag === "" ? draft.name : `${draft.name}/${variant.name}`,
		tagPrefix: variant.tag === "" ? draft.tagPrefix : `${draft.tagPrefix}${variant.tag}-`,
		args: {
			...draft.args,
			...variant.args
		},
		platforms: variant.platforms.length > 0 ? variant.platforms : draft.platforms,
		target: variant.target ?? draft.target,
		skip: variant.skip ?? draft.skip
	};
}
function specPublished(entry) {
	if (!entry?.publishedName) return null;
	const reference = /^(?:[a-zA-Z0-9.:_-]+\/)*([a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)$/.exec(entry.publishedName);
	if (reference?.[1] && entry.publishedName.length <= 255) return {
		repository: reference[1],
		tagPrefix: ""
	};
	throw entry.error("name", `${JSON.stringify(entry.publishedName)} is no name that a registry takes`, ["Small letters and digits, divided by single . or _, by __ or by hyphens; a prefix before the last / may be there; no tag"]);
}
/** A list for a message, cut where it would fill the screen. */
function listed(names) {
	return names.length > 20 ? `${names.slice(0, 20).join(", ")} and ${names.length - 20} more` : names.join(", ") || "none";
}
/** An error for an image that was asked for and is not there. */
function unknownImage(name, names) {
	return new ActionError("usage", `there is no image ${JSON.stringify(name)} in this stack`, [...suggestion(name, names), `Images here: ${listed(names)}`]);
}
// src/stack/graph.ts
/** Names with every parent before its children, ties by name. Throws `ActionError('stack')` that shows a cycle. */
function buildOrder(images) {
	const children = childrenOf$1(images);
	const open = new Map(images.map((image) => [image.name, parentNames(image).length]));
	const ready = images.filter((image) => open.get(image.name) === 0).map((image) => image.name).sort(descending);
	const order = [];
	for (let name = ready.pop(); name !== void 0; name = ready.pop()) {
		order.push(name);
		for (const child of children.get(name) ?? []) {
			const left = (open.get(child) ?? 0) - 1;
			open.set(child, left);
			if (left === 0) insert(ready, child);
		}
	}
	if (order.length < images.length) throw cycleError(images, new Set(order));
	return order;
}
/** The names of all images that any of `names` is built on; `names` themselves left out. */
function ancestors(images, names) {
	const byName = new Map(images.map((image) => [image.name, image]));
	return closure(names, (name) => parentNames(byName.get(name)));
}
/** Children of every image that has any. */
function childrenOf$1(images) {
	const children = /* @__PURE__ */ new Map();
	for (const image of images) for (const parent of parentNames(image)) {
		const list = children.get(parent);
		if (list) list.push(image.name);
		else children.set(parent, [image.name]);
	}
	return children;
}
function parentNames(image) {
	return [...new Set(image?.parents.map((parent) => parent.name))];
}
function closure(names, next) {
	const found = /* @__PURE__ */ new Set();
	const queue = [...names];
	for (let name = queue.pop(); name !== void 0; name = queue.pop()) for (const other of next(name)) {
		if (found.has(other)) continue;
		found.add(other);
		queue.push(other);
	}
	return found;
}
function descending(a, b) {
	return a < b ? 1 : a > b ? -1 : 0;
}
/** Keeps `ready` sorted, last name first, so that the next one is at the end. */
function insert(ready, name) {
	let low = 0;
	for (let high = ready.length; low < high;) {
		const middle = low + high >> 1;
		if ((ready[middle] ?? "") > name) low = middle + 1;
		else high = middle;
	}
	ready.splice(low, 0, name);
}
/** Every image that is left has a parent that is left, so going from parent to parent must come back. */
function cycleError(images, done) {
	const byName = new Map(images.map((image) => [image.name, image]));
	const way = [];
	let name = images.find((image) => !done.has(image.name))?.name ?? "";
	while (!way.includes(name)) {
		way.push(name);
		name = parentNames(byName.get(name)).find((parent) => !done.has(parent)) ?? "";
	}
	const cycle = [...way.slice(way.indexOf(name)), name];
	return new ActionError("stack", `images are built on each other in a circle: ${cycle.join(" → ")}`, ["Read → as \"is built on\". Nothing is built while there is a circle", "Take one of these out of FROM, COPY --from, RUN --mount from= or depends_on in spec.yml"]);
}
// src/stack/edges.ts
/** The images of spec.yml's depends_on and of `contexts: {x: target:IMAGE}`; an unknown one is an error with its line. */
function specParents(draft, names) {
	const { entry } = draft;
	if (!entry) return [];
	const targets = targetContexts(draft).map(([, name]) => ({
		key: "contexts",
		name
	}));
	return [...entry.dependsOn.map((name) => ({
		key: "depends_on",
		name
	})), ...targets].map(({ key, name }) => {
		const found = resolveName(name, names);
		if (found !== null && found !== draft.name) return found;
		const what = found === null ? `there is no image ${JSON.stringify(name)} in this stack` : "an image cannot depend on itself";
		throw entry.error(key, what, [...suggestion(name, names), "Name an image by its folder, relative to the stack"]);
	});
}
/** The edges to the parents of an image and its references to images from outside. */
function edgesOf({ draft, readings, dependsOn }, names, parentOf) {
	const edges = /* @__PURE__ */ new Map();
	const external = /* @__PURE__ */ new Set();
	for (const [at, reading] of readings.entries()) for (const { reference, via, line, base } of reading.references) {
		const found = parentOf(reference);
		if (found === null && at === 0) external.add(reference);
		if (found !== null) addEdge(edges, {
			...found,
			references: [reference],
			via,
			line,
			base: base && at === 0
		});
	}
	const spec = {
		via: "spec",
		line: draft.entry?.line("depends_on") ?? 0,
		base: false
	};
	for (const name of dependsOn) if (!edges.has(name)) addEdge(edges, {
		name,
		references: [],
		how: "depends_on in spec.yml",
		...spec
	});
	for (const [key, text] of targetContexts(draft)) {
		const name = resolveName(text, names);
		if (name !== null) addEdge(edges, {
			name,
			references: [key],
			how: "contexts in spec.yml",
			...spec
		});
	}
	return {
		parents: [...edges.values()],
		external: [...external]
	};
}
/** Named contexts whose value is an image of the stack: `target:IMAGE`. */
function targetContexts(draft) {
	return Object.entries(draft.entry?.contexts ?? {}).flatMap(([key, value]) => value.startsWith("target:") ? [[key, value.slice(7)]] : []);
}
/** The named contexts that buildx takes as they are: all but those of the stack's own images. */
function plainContexts(draft) {
	const contexts = Object.entries(draft.entry?.contexts ?? {});
	return Object.fromEntries(contexts.filter(([, value]) => !value.startsWith("target:")));
}
function addEdge(edges, edge) {
	const known = edges.get(edge.name);
	if (!known) edges.set(edge.name, edge);
	else {
		const first = edge.base && !known.base ? edge : known;
		const references = [.../* @__PURE__ */ new Set([...known.references, ...edge.references])];
		edges.set(edge.name, {
			...first,
			references,
			base: known.base || edge.base
		});
	}
}
// src/stack/lock-sources.ts
/**
* The environment files that a conda-lock.yml was made from (`metadata.sources`), as paths of the repository; null when
* the text names none. Takes the head of the file too: packages begin after the metadata, and a lock holds thousands.
*/
function lockSourcesOf(lock, folder) {
	const head = lock.slice(0, /^package:/m.exec(lock)?.index ?? lock.length);
	const block = /^(?<indent>[ ]+)sources:[ ]*(?<flow>\[[^\]]*\])?[ ]*\r?\n(?<items>(?:\k<indent>[ ]*- .*(?:\r?\n|$))*)/m.exec(head)?.groups;
	if (!block) return null;
	return (block.flow ? block.flow.slice(1, -1).split(",") : (block.items ?? "").split("\n").map((line) => line.replace(/^\s*- /, ""))).map((item) => item.trim().replace(/^(['"])(.*)\1$/, "$2").replaceAll("''", "'")).filter(Boolean).map((source) => posix.join(folder, source)).filter((path) => path !== ".." && !path.startsWith("../") && !posix.isAbsolute(path));
}
// src/stack/arguments.ts
/** Made once: `$PATH` of a base image is asked for in every second Dockerfile, and an error's stack costs time. */
const unknownValue = new Doubt("a variable of the base image");
/** The arguments before the first FROM, with the platform arguments that BuildKit predefines there. */
function globalArguments(dockerfile, options) {
	const environment = platformArguments(options);
	for (const instruction of dockerfile.instructions) {
		if (instruction.keyword === "FROM") break;
		if (instruction.keyword !== "ARG") continue;
		for (const { name, value } of declarations(instruction, dockerfile.escapeChar)) {
			const given = own(options.args, name);
			if (given !== void 0) environment.set(name, given);
			else if (value !== null) environment.set(name, evaluate(value, dockerfile.escapeChar, environment, true));
		}
	}
	return environment;
}
/**
* Applies an ARG of a stage: the build argument, else the default, else the global argument of that name. An ARG
* without any of them leaves what the base has set.
*/
function applyArg(stage, instruction, scope) {
	for (const { name, value } of declarations(instruction, scope.escapeChar)) {
		const given = own(scope.args, name);
		if (given !== void 0) stage.set(name, given);
		else if (value !== null) stage.set(name, evaluate(value, scope.escapeChar, stage, scope.closed));
		else if (scope.global.has(name)) stage.set(name, scope.global.get(name) ?? null);
	}
}
/** Applies an ENV of a stage: `NAME=value …` or `NAME value`. */
function applyEnv(stage, instruction, escapeChar, closed) {
	const words = fields(instruction.rest, escapeChar);
	const first = words[0] ?? "";
	const pairs = first.includes("=") ? words.map((word) => pair(word)) : [{
		name: first,
		value: instruction.rest.slice(first.length).trim()
	}];
	const before = new Map(stage);
	for (const { name, value } of pairs) if (name) stage.set(name, evaluate(value ?? "", escapeChar, before, closed));
}
/**
* Replaces the variables of a text. `closed`: a variable that is not there is empty (global scope, FROM scratch); else
* the base image may have set it and the answer is null: in doubt.
*/
function evaluate(text, escapeChar, environment, closed) {
	try {
		return expandWord(text, escapeChar, (name) => {
			const value = environment.get(name);
			if (value === null || value === void 0 && !closed) throw unknownValue;
			return value;
		});
	} catch (error) {
		if (error instanceof Doubt || error instanceof RangeError) return null;
		throw error;
	}
}
function platformArguments(options) {
	const [os = "", architecture = "", variant = ""] = options.platform.split("/");
	const environment = /* @__PURE__ */ new Map([["TARGETSTAGE", options.target ?? "default"]]);
	for (const side of ["BUILD", "TARGET"]) {
		environment.set(`${side}PLATFORM`, options.platform);
		environment.set(`${side}OS`, os);
		environment.set(`${side}OSVERSION`, "");
		environment.set(`${side}ARCH`, architecture);
		environment.set(`${side}VARIANT`, variant);
	}
	for (const [name, value] of Object.entries(options.args)) if (environment.has(name)) environment.set(name, value);
	return environment;
}
/** `ARG A=1 B "C=x" # text`: to BuildKit `#` and `text` are arguments of these names, which does no harm. */
function declarations(instruction, escapeChar) {
	return fields(instruction.rest, escapeChar).map(pair);
}
function pair(word) {
	const equals = word.indexOf("=");
	return equals < 0 ? {
		name: word,
		value: null
	} : {
		name: word.slice(0, equals),
		value: word.slice(equals + 1)
	};
}
function own(record, name) {
	return Object.hasOwn(record, name) ? record[name] : void 0;
}
// src/stack/mounts.ts
const known = /* @__PURE__ */ new WeakMap();
/** The mounts of a RUN in their order. They are asked for more than once, and read once. */
function mountsOf(run) {
	const mounts = known.get(run) ?? readMounts(run);
	known.set(run, mounts);
	return mounts;
}
function readMounts(run) {
	return run.flags.filter((flag) => flag.startsWith("--mount=")).map((flag) => readMount$1(flag.slice(8)));
}
/** `type=bind,from=…`: comma separated, a field with a comma in double quotes; BuildKit's names and short names. */
function readMount$1(text) {
	const values = /* @__PURE__ */ new Map();
	for (const field of text.match(/(?:"(?:[^"]|"")*"|[^,])+/g) ?? []) {
		const plain = field.startsWith("\"") ? field.slice(1, -1).replaceAll("\"\"", "\"") : field;
		const equals = plain.indexOf("=");
		if (equals > 0) values.set(plain.slice(0, equals).toLowerCase(), plain.slice(equals + 1));
	}
	const get = (...names) => names.map((name) => values.get(name)).find((value) => value !== void 0) ?? null;
	return {
		type: (get("type") ?? "bind").toLowerCase(),
		from: get("from") || null,
		source: get("source", "src"),
		target: get("target", "dst", "destination"),
		id: get("id")
	};
}
// src/stack/stages.ts
/** Divides a Dockerfile into its stages and tells which stage each is based on. */
function readStages(dockerfile, options) {
	const global = globalArguments(dockerfile, options);
	const list = [];
	const known = /* @__PURE__ */ new Map();
	const working = /* @__PURE__ */ new Set();
	let commands = [];
	for (const instruction of dockerfile.instructions) if (instruction.keyword === "FROM") {
		commands = [];
		const stage = readFrom(instruction, list.length, {
			global,
			known,
			commands,
			escapeChar: dockerfile.escapeChar
		});
		list.push(stage);
		if (stage.name) known.set(stage.name, stage.index);
	} else {
		if (instruction.keyword !== "ARG") working.add(list.length - 1);
		if (matters(instruction)) commands.push(instruction);
	}
	return {
		list: list.map((stage) => withTriggers(stage, list, dockerfile.escapeChar, options)),
		global,
		escapeChar: dockerfile.escapeChar,
		working
	};
}
/** Index of the stage that is built: the target by name or number, else the last one; -1 when there is no such stage. */
function targetStage(stages, target) {
	return target === null ? stages.list.length - 1 : findStage(stages, target) ?? -1;
}
/** The stage that a `from` names: its name, or for COPY its number. Null when it is a reference to an image. */
function findStage(stages, from) {
	const name = from.toLowerCase();
	const index = stages.list.findLastIndex((stage) => stage.name === name);
	if (index >= 0) return index;
	return /^\d+$/.test(from) && Number(from) < stages.list.length ? Number(from) : null;
}
/** Indexes of the stages that BuildKit builds for a target, in the order of the file. */
function reachableStages(stages, target, contexts) {
	const seen = /* @__PURE__ */ new Set();
	const queue = [target];
	for (let at = queue.pop(); at !== void 0; at = queue.pop()) {
		const stage = stages.list[at];
		if (!stage || seen.has(at)) continue;
		seen.add(at);
		if (stage.name && contexts.has(stage.name)) continue;
		if (stage.baseStage !== null) queue.push(stage.baseStage);
		for (const from of stage.commands.flatMap(fromsOf)) {
			const found = isContext(contexts, from) ? null : findStage(stages, from);
			if (found !== null) queue.push(found);
		}
	}
	return [...seen].sort((a, b) => a - b);
}
/** The `from` of a COPY or of the mounts of a RUN, as written. */
function fromsOf(command) {
	if (command.keyword === "COPY") return command.flags.filter((flag) => flag.startsWith("--from=")).map((flag) => flag.slice(7));
	if (command.keyword === "RUN") return mountsOf(command).flatMap((mount) => mount.from ? [mount.from] : []);
	return [];
}
/** True where spec.yml's contexts put something in the place of this reference, as BuildKit compares them. */
function isContext(contexts, reference) {
	return contexts.size > 0 && (contexts.has(reference) || contexts.has(contextKey(reference)));
}
/** Most of a Dockerfile is RUN without a mount, which takes nothing from outside. */
function matters({ keyword, flags }) {
	return keyword === "RUN" ? flags.length > 0 : /^(?:ARG|ENV|COPY|ADD|ONBUILD)$/.test(keyword);
}
function readFrom(instruction, index, scope) {
	const words = instruction.rest.split(/\s+/);
	const value = evaluate(words[0] ?? "", scope.escapeChar, scope.global, true);
	const base = value && /^\w[\w.:/@+-]*$/.test(value) && !value.endsWith("/") ? value : null;
	return {
		index,
		name: words[1]?.toLowerCase() === "as" ? words[2]?.toLowerCase() ?? null : null,
		base,
		baseStage: base === null ? null : scope.known.get(base) ?? null,
		line: instruction.line,
		commands: scope.commands
	};
}
/** ONBUILD of the base stage, or of the image of the stack that is the base, runs first in this stage. */
function withTriggers(stage, list, escapeChar, options) {
	const base = stage.baseStage === null ? void 0 : list[stage.baseStage];
	const triggers = base ? triggersOf(base, escapeChar) : options.triggers.get(stage.base ?? "") ?? [];
	if (triggers.length === 0) return stage;
	return {
		...stage,
		commands: [...triggers.map((trigger) => ({
			...trigger,
			line: stage.line
		})), ...stage.commands]
	};
}
/** The instructions that a stage leaves to those that are built on it. */
function triggersOf(stage, escapeChar) {
	return stage.commands.filter((command) => command.keyword === "ONBUILD").flatMap((command) => triggerOf(command, escapeChar) ?? []);
}
// src/stack/sources.ts
/** Adds what a COPY, ADD or RUN takes from other images and from the context. */
function readCommand(draft, command, scope) {
	for (const from of fromsOf(command)) {
		if (findStage(scope.stages, from) !== null || from === "scratch" || isContext(scope.contexts, from)) continue;
		draft.references.push({
			reference: from,
			via: command.keyword === "RUN" ? "MOUNT" : "COPY",
			line: command.line,
			base: false
		});
	}
	if (command.keyword === "RUN") for (const mount of mountsOf(command)) readMount(draft, command, mount, scope);
	else if (!command.flags.some((flag) => flag.startsWith("--from="))) for (const source of listArguments(command.rest).slice(0, -1)) {
		if (heredocName(source) || command.keyword === "ADD" && isRemote(source)) continue;
		addSource(draft, source, command, scope);
	}
}
function readMount(draft, command, mount, scope) {
	const type = mount.type.includes("$") ? "bind" : mount.type;
	if (type === "bind" && !mount.from) addSource(draft, mount.source ?? ".", command, scope);
	if (type !== "cache") return;
	const target = posix.resolve("/", expandedSource(mount.target ?? "", scope) ?? mount.target ?? "");
	draft.cacheMounts.push({
		id: mount.id && expandedSource(mount.id, scope) || target,
		target,
		line: command.line
	});
}
function addSource(draft, source, command, scope) {
	const value = expandedSource(source, scope);
	if (value === null) {
		draft.doubt = true;
		draft.remarks.push({
			line: command.line,
			text: `${source} depends on the base image's variables: the whole context counts`
		});
		return;
	}
	if (command.keyword === "ADD" && isRemote(value)) return;
	const clean = posix.join("/", value).slice(1).replace(/\/$/, "") || ".";
	if (!draft.sources.includes(clean)) draft.sources.push(clean);
}
function expandedSource(text, scope) {
	return text.includes("$") || /['"\\`]/.test(text) ? evaluateSource(text, scope) : text;
}
/** A backslash before a character of a glob stays for the glob, so only variables and quotes are replaced here. */
function evaluateSource(text, scope) {
	return evaluate(text.replace(/\\(?=[*?[\]\\])/g, "\\\\"), scope.stages.escapeChar, scope.variables, scope.closed);
}
function isRemote(source) {
	return /^(?:https?|git|ssh):\/\/|^git@|^github\.com\//.test(source);
}
// src/stack/reads.ts
/** Reads what the target of a Dockerfile takes from other images and from its context, for one platform. */
function readReads(dockerfile, options) {
	const stages = readStages(dockerfile, options);
	const target = targetStage(stages, options.target);
	const draft = {
		references: [],
		sources: [],
		doubt: false,
		cacheMounts: [],
		remarks: []
	};
	const reachable = reachableStages(stages, target, options.contexts);
	const bottom = bottomStage(stages, target);
	const environments = /* @__PURE__ */ new Map();
	for (const index of reachable) readStage(draft, {
		stages,
		index,
		bottom,
		environments,
		options
	});
	for (const stage of stages.list) {
		if (reachable.includes(stage.index)) continue;
		draft.remarks.push({
			line: stage.line,
			text: `stage ${stage.name ?? stage.index} is not built: what it names does not count`
		});
	}
	const built = stages.list[target];
	const base = stages.list[bottom]?.base ?? null;
	return {
		...draft,
		base: base === "scratch" ? null : base,
		triggers: built ? triggersOf(built, dockerfile.escapeChar) : [],
		bare: built !== void 0 && built.baseStage === null && !stages.working.has(target),
		stageNames: stages.list.flatMap((stage) => stage.name ?? []),
		target
	};
}
function bottomStage(stages, target) {
	let at = target;
	for (let next = stages.list[at]?.baseStage; next !== null && next !== void 0; next = stages.list[at]?.baseStage) at = next;
	return at;
}
function readStage(draft, scope) {
	const { stages, index, environments, options } = scope;
	const stage = stages.list[index];
	if (!stage || stage.name && options.contexts.has(stage.name)) return;
	if (stage.base === null) draft.remarks.push({
		line: stage.line,
		text: "FROM has no value that can be pulled: give the build argument (args in spec.yml), or a default in the Dockerfile"
	});
	else if (stage.baseStage === null && stage.base !== "scratch" && !isContext(options.contexts, stage.base)) draft.references.push({
		reference: stage.base,
		via: "FROM",
		line: stage.line,
		base: index === scope.bottom
	});
	const inherited = stage.baseStage === null ? void 0 : environments.get(stage.baseStage);
	const variables = new Map(inherited?.variables);
	const closed = inherited?.closed ?? stage.base === "scratch";
	environments.set(index, {
		variables,
		closed
	});
	for (const command of stage.commands) {
		const { global, escapeChar } = stages;
		if (command.keyword === "ARG") applyArg(variables, command, {
			global,
			args: options.args,
			escapeChar,
			closed
		});
		else if (command.keyword === "ENV") applyEnv(variables, command, escapeChar, closed);
		else if (/^(COPY|ADD|RUN)$/.test(command.keyword)) readCommand(draft, command, {
			stages,
			contexts: options.contexts,
			variables,
			closed
		});
	}
}
// src/stack/images.ts
const nothingDeclared = {
	test: [],
	manifests: [],
	rebuild: null,
	lockPlatforms: []
};
/** Reads the Dockerfiles of the images, finds their parents, and joins all that is known of each. */
function readImages(drafts, scope) {
	const names = drafts.map((draft) => draft.name);
	const first = drafts.map((draft) => ({
		draft,
		readings: readDraft(draft, scope, /* @__PURE__ */ new Map()),
		dependsOn: specParents(draft, names)
	}));
	const candidates = first.map(({ draft, readings, dependsOn }) => ({
		...draft,
		dependsOn,
		named: Boolean(draft.entry?.publishedName && draft.tagPrefix),
		references: readings.flatMap((reading) => reading.references)
	}));
	const parentOf = parentFinder(candidates, scope.prefixes, scope.notes);
	const triggers = new Map(first.map(({ draft, readings }) => [draft.name, readings[0]?.triggers ?? []]));
	return first.map((read, at) => {
		const candidate = candidates[at];
		if (!candidate) throw new Error("a candidate for every image");
		const find = (reference) => parentOf(candidate, reference);
		const inherited = inheritedTriggers(read, find, triggers);
		const full = inherited.size === 0 ? read : {
			...read,
			readings: readDraft(read.draft, scope, inherited)
		};
		return makeImage(full, edgesOf(full, names, find), inherited.size > 0, scope);
	});
}
/** ONBUILD of a parent in the stack, by the reference to it: it runs in the child. */
function inheritedTriggers(read, find, triggers) {
	const froms = read.readings.flatMap((reading) => reading.references).filter((reference) => reference.via === "FROM");
	return new Map(froms.map(({ reference }) => [reference, triggers.get(find(reference)?.name ?? "") ?? []]).filter(([, instructions]) => instructions.length > 0));
}
/** Reads a Dockerfile once, or once for each platform where it asks for the platform. */
function readDraft(draft, scope, triggers) {
	const { dockerfile, entry, target } = draft;
	const parsed = scope.parse(dockerfile);
	const platforms = draft.platforms.length > 0 ? draft.platforms : ["linux/amd64", "linux/arm64"];
	const differ = /\$\{?(?:TARGET|BUILD)(?:PLATFORM|OS|ARCH|VARIANT)/.test(scope.tree.contents.get(dockerfile) ?? "");
	const args = {
		...draft.args,
		...scope.buildArgs
	};
	const contexts = new Set(Object.keys(entry?.contexts ?? {}));
	const readings = (differ ? platforms : platforms.slice(0, 1)).map((platform) => readReads(parsed, {
		args,
		platform,
		target,
		contexts,
		triggers
	}));
	if (readings.some((reading) => reading.target < 0)) throw noTarget(draft, readings[0]?.stageNames ?? []);
	return readings;
}
function makeImage(read, edges, triggered, scope) {
	const { draft } = read;
	const { dockerfile, folder, entry } = draft;
	const reading = joined(read.readings);
	const guess = !triggered && guessesOnbuild(reading, edges.external);
	noteReading(dockerfile, reading, guess, scope.notes);
	const context = contextOf({
		dockerfile,
		folder,
		given: entry?.context ?? null,
		stackPath: scope.path
	}, reading, scope.index, scope.notes);
	if (isAddress(context)) {
		const text = `its context is ${context}: changes there are not seen, only a forced build takes them (no-cache)`;
		scope.notes.push({
			path: dockerfile,
			line: null,
			text
		});
	}
	const reads = readsOf(dockerfile, context, reading, scope.tree, scope.links, scope.patternsOf);
	const { name, repository, tagPrefix, registries, target, args, platforms, skip } = draft;
	return {
		name,
		repository,
		tagPrefix,
		registries,
		path: folder,
		dockerfile,
		origin: originOf(draft),
		context,
		target,
		args,
		platforms,
		...edges,
		base: reading.base,
		stages: reading.stageNames,
		lockSources: entry?.lockSources ?? lockSources(folder, scope.tree),
		reads: {
			...reads,
			all: reads.all || guess
		},
		cacheMounts: reading.cacheMounts,
		contexts: plainContexts(draft),
		skip,
		declared: entry?.declared ?? nothingDeclared
	};
}
function originOf({ dockerfile, folder, own, entry, name }) {
	const found = own ? `named by its file, ${posix.basename(dockerfile)}` : folder === "." ? "in the root" : "named by its folder";
	if (!entry) return found;
	const version = entry.variants.length > 0 ? `, one of its ${entry.variants.length} variants` : "";
	return `${name === folder || name.startsWith(entry.key) || name.endsWith(`/${entry.key}`) ? `${found}, and ` : ""}line ${entry.line("")} of spec.yml${version}`;
}
function noteReading(dockerfile, reading, guess, notes) {
	for (const { line, text } of reading.remarks) notes.push({
		path: dockerfile,
		line,
		text
	});
	if (!guess) return;
	notes.push({
		path: dockerfile,
		line: null,
		text: "its base may run ONBUILD instructions here: the whole context counts"
	});
}
function lockSources(folder, tree) {
	const lock = ["conda-lock.yml", "conda-lock.yaml"].map((file) => tree.contents.get(posix.join(folder, file))).find(Boolean);
	return lock && lockSourcesOf(lock, folder) || [];
}
function noTarget({ dockerfile, target, entry }, stages) {
	const message = `${dockerfile} has no stage ${target}`;
	const details = [...suggestion(target ?? "", stages), `Stages here: ${stages.join(", ") || "none has a name"}`];
	return entry?.error("target", message, details) ?? new ActionError("stack", message, details);
}
/** What is read on any platform; names and base as on the first. */
function joined(readings) {
	const [first, ...others] = readings;
	if (!first) throw new Error("a reading for every image");
	if (others.length === 0) return first;
	return {
		...first,
		sources: [...new Set(readings.flatMap((reading) => reading.sources))],
		doubt: readings.some((reading) => reading.doubt)
	};
}
/** A Dockerfile of nothing but FROM is there for its base's ONBUILD; so is one whose base says so in its name. */
function guessesOnbuild(reading, external) {
	const base = reading.base ?? "";
	return external.includes(base) && (reading.bare || /onbuild/i.test(base));
}
// src/stack/read-stack.ts
/**
* Reads the images of a repository and how they are built on each other. Throws `ActionError` ('spec', 'stack', or
* 'input' for a path or spec that is not there) and gives nothing partial. Asynchronous only because libraries for spec.yml are
* loaded where there is one.
*/
async function readStack(tree, options) {
	const index = indexTree(tree);
	const notes = [];
	const parse = parser(tree);
	const { path, found } = discover({
		tree,
		parse,
		notes
	}, checkedPath(options.path, tree, index));
	const links = tree.entries.filter((entry) => /^1[26]0000$/.test(entry.mode)).map((entry) => entry.path);
	const spec = await findSpec(tree, options.spec, path, notes);
	const drafts = draftImages(found, path, spec, tree, notes).sort((a, b) => a.name < b.name ? -1 : 1);
	if (drafts.length === 0) throw nothingFound(path);
	noteLinks(tree, path, notes);
	const prefixes = [...options.registries, ...spec?.prefixes ?? []];
	const images = readImages(drafts, {
		tree,
		index,
		parse,
		notes,
		buildArgs: options.buildArgs,
		prefixes,
		path,
		links,
		patternsOf: ignoreFiles()
	});
	return {
		path,
		images,
		order: buildOrder(images),
		notes,
		ignore: spec?.ignore ?? [],
		buildAll: spec?.buildAll ?? [],
		spec: spec?.file ?? null
	};
}
// src/stack/select.ts
/**
* The images that a command line names and all that they are built on. A name is an image's, its last part where that is
* clear, or its folder (`images/base-notebook/`). Throws `ActionError('usage')` for one that is not there.
*/
function selectImages(stack, names) {
	const chosen = names.map((text) => findImage(stack, text).name);
	return /* @__PURE__ */ new Set([...chosen, ...ancestors(stack.images, chosen)]);
}
/** The image that a person names. Throws `ActionError('usage')` for one that is not there. */
function findImage(stack, text) {
	const known = stack.images.map((image) => image.name);
	const folder = text.replace(/^\.\//, "").replace(/\/+$/, "");
	const inFolder = stack.images.filter((image) => image.path === folder);
	const name = resolveName(folder, known) ?? (inFolder.length === 1 ? inFolder[0]?.name : void 0);
	const image = stack.images.find((other) => other.name === name);
	if (image === void 0) throw unknownImage(text, known);
	return image;
}
// src/steps/view.ts
/** What `--explain` or `--graph` shows in place of the plan; nothing where neither was asked for. */
function viewOf({ source, plan, host }) {
	const { explain = null, graph = null } = host.view ?? {};
	const options = { color: host.out.colour };
	if (graph !== null) return { text: renderGraph(plan, graph) };
	if (explain === null) return {};
	if (explain === "") {
		const { path, spec, images, notes } = source.stack;
		return {
			text: renderFindings(source.stack, options),
			json: {
				path,
				spec,
				images,
				notes
			}
		};
	}
	const explanation = explanationOf(source, plan, explain);
	return {
		text: renderExplanation(explanation, options),
		json: explanation
	};
}
function explanationOf({ stack, changes }, plan, name) {
	const image = findImage(stack, name);
	const planned = plan.images.find((other) => other.name === image.name);
	if (planned === void 0) throw new Error(`no decision about ${image.name}`);
	const notes = stack.notes.filter((note) => note.path === image.dockerfile);
	return {
		image,
		planned,
		changes,
		files: fileRules(stack, image, changes.files),
		notes
	};
}
// src/steps/conclude.ts
/** Says at the start what the run is and whether it is trusted. */
function announce({ trigger, host }) {
	if (trigger.kind === "local") return;
	host.out.info(`${trigger.event} ${trigger.ref}: ${trigger.trust}, ${trigger.trustReason}`);
}
/** The plan for people and machines, with nothing built. */
async function concludePlan({ source, decision, inputs, host }) {
	const { plan } = decision;
	const { colour: color } = host.out;
	const result = resultOf({
		source,
		decision,
		host,
		results: unbuiltResults(plan),
		started: Date.now(),
		builder: null,
		error: null,
		dryRun: true
	});
	await host.out.result({
		json: {
			trigger: source.trigger,
			...plan
		},
		text: renderPlanText(plan, { color }),
		...viewOf({
			source,
			plan,
			host
		}),
		markdown: (limit) => renderSummary(result, {
			plan,
			limit
		})
	});
	for (const note of source.stack.notes) host.out.debug(`${note.path}${note.line ? `:${note.line}` : ""}: ${note.text}`);
	if (inputs.dryRun) host.out.info(`dry run: ${decision.push.push ? "would push" : "would not push"}: ${decision.push.reason}`);
	setPlanOutputs(plan, source, host);
	return {
		ok: true,
		message: "",
		details: []
	};
}
/** The whole run for people and machines. Red if an image failed, was cut off, or the run itself failed. */
async function concludeRun(question) {
	const { source, decision, host, results } = question;
	const { plan } = decision;
	const error = explained(question.error) ?? (host.signal.aborted ? new ActionError("cancelled", "the run was cancelled") : null);
	const result = resultOf({
		...question,
		error,
		dryRun: false
	});
	await host.out.result({
		json: {
			trigger: source.trigger,
			...plan,
			results
		},
		text: renderResultText(result, { color: host.out.colour }),
		markdown: (limit) => renderSummary(result, {
			plan,
			limit
		})
	});
	const { annotations } = annotate(result);
	for (const { level, message, title, file, startLine } of annotations) host.out[level](message, {
		file,
		title,
		...startLine ? { line: startLine } : {}
	});
	if (!decision.push.push && decision.rules.moving.length > 0 && host.kind === "action") host.out.info(`nothing is pushed: ${decision.push.reason}`);
	setPlanOutputs(plan, source, host);
	await setResultOutputs(result, plan, host);
	return verdict(result, error);
}
/** Sizes of what was taken, and of what was there before: read when all else is done, as they decide nothing. */
async function withSizes({ results, source, inputs, registry, host }) {
	const { base } = source.changes;
	if (inputs.registry.length === 0 || host.signal.aborted) return [...results];
	const sizeOf = async (reference) => {
		const parsed = reference ? canonicalReference(reference) : null;
		return (parsed ? await registry.image(parsed).catch(() => null) : null)?.size ?? null;
	};
	return await Promise.all(results.map(async (result) => {
		const image = source.stack.images.find((candidate) => candidate.name === result.name);
		if (!image || result.outcome !== "built" || result.size === null || !base) return result;
		const [before] = imageReferences(image, inputs.registry, [base.slice(0, 7)]);
		return {
			...result,
			previousSize: await sizeOf(before)
		};
	}));
}
function resultOf(question) {
	const { source, host, error } = question;
	const { env } = host;
	const page = env.GITHUB_RUN_ID && source.trigger.repository;
	return {
		trigger: source.trigger,
		images: question.results,
		started: question.started,
		completed: Date.now(),
		pushed: question.decision.push.push,
		dryRun: question.dryRun,
		builder: question.builder,
		error: error ? [messageOf$1(error), ...detailsOf(error)].join("\n") : null,
		runUrl: page ? `${env.GITHUB_SERVER_URL}/${env.GITHUB_REPOSITORY}/actions/runs/${env.GITHUB_RUN_ID}` : null
	};
}
function setPlanOutputs(plan, source, { out }) {
	const building = plan.images.filter((image) => image.action === "build").map((image) => image.name);
	out.output("plan", JSON.stringify({
		trigger: source.trigger,
		...plan
	}));
	out.output("matrix", JSON.stringify(jobMatrix(plan)));
	out.output("changed", JSON.stringify(building));
}
async function setResultOutputs(result, plan, host) {
	const { out } = host;
	const done = result.images.filter((image) => image.digest && ["built", "reused"].includes(image.outcome));
	out.output("built", JSON.stringify(result.images.filter((image) => image.outcome === "built").map((image) => image.name)));
	out.output("digests", JSON.stringify(Object.fromEntries(done.map((image) => [image.name, image.digest]))));
	out.output("tags", result.images.flatMap((image) => image.tags).join("\n"));
	const metadata = done.map((image) => [image.name, {
		"containerimage.digest": image.digest,
		"image.name": image.tags.join(",")
	}]);
	out.output("metadata", JSON.stringify(Object.fromEntries(metadata)));
	const file = path.join(host.kept, "report.json");
	await writeFile(file, JSON.stringify({
		...result,
		plan
	}, null, 2)).catch(() => void 0);
	out.output("report", file);
}
function verdict(result, error) {
	if (error) return {
		ok: false,
		message: messageOf$1(error),
		details: detailsOf(error)
	};
	const failed = result.images.filter((image) => image.outcome === "failed");
	const skipped = result.images.filter((image) => image.outcome === "skipped").map((image) => image.name);
	if (failed.length === 0 && skipped.length === 0) return {
		ok: true,
		message: "",
		details: []
	};
	const [first] = failed;
	const what = failed.map((image) => image.name).join(", ") || "an image";
	const why = failed.length === 1 && first?.failure ? `: ${shorten(first.failure.message.split("\n", 1)[0] ?? "", 300)}` : "";
	const rest = [...skipped.length ? [`${skipped.join(", ")} not built`] : [], ...result.pushed ? ["no moving tag was changed"] : []];
	return {
		ok: false,
		message: [`${what} failed${why}`, ...rest].join("; "),
		details: []
	};
}
function detailsOf(error) {
	return error instanceof ActionError ? error.details : [];
}
// src/stack/plan.ts
/**
* A decision for every image of the stack, with its reason. Pure: what the registry holds is not asked here
* (`resolveReuse`), so a `reuse` may yet become a build.
*/
function makePlan(question) {
	const { stack } = question;
	const selected = (name) => question.selected?.has(name) ?? true;
	const built = new Set(stack.images.filter((image) => selected(image.name) && question.changed.has(image.name) && !image.skip).map((image) => image.name));
	const needed = new Set(stack.images.filter((image) => built.has(image.name)).flatMap((image) => image.parents.map((parent) => parent.name)));
	const decide = (image) => {
		if (built.has(image.name)) return ["build", question.changed.get(image.name) ?? "changed"];
		if (image.skip) return ["skip", "spec.yml says skip"];
		if (needed.has(image.name)) return ["reuse", `${question.unchanged}, needed by ${namesOf(childrenOf(stack, image, built))}`];
		if (question.publishes && selected(image.name)) return ["reuse", question.unchanged];
		return ["skip", selected(image.name) ? question.unchanged : "not asked for"];
	};
	const planned = stack.images.map((image) => {
		const [action, reason] = decide(image);
		return {
			name: image.name,
			dockerfile: image.dockerfile,
			path: image.path,
			parents: [...new Set(image.parents.map((parent) => parent.name))],
			external: image.external,
			action,
			reason,
			relock: image.lockSources.some((source) => question.changedFiles.has(source)),
			lockSources: image.lockSources,
			fingerprint: null,
			tags: action === "skip" ? [] : question.tags(image),
			digest: null
		};
	});
	const position = new Map(stack.order.map((name, at) => [name, at]));
	return {
		images: planned.sort((a, b) => (position.get(a.name) ?? 0) - (position.get(b.name) ?? 0)),
		order: stack.order
	};
}
/**
* The plan once the registry was asked: a `reuse` with its digest, or a build where nothing published can be taken.
* An image that becomes a build needs its own parents: those that were skipped are asked for too, by `digestOf`.
* `already` gives the digest of what this very commit published before (a re-run): it is taken, never built again.
*/
async function resolvePlan(plan, { digestOf, already, missing, tagsOf }) {
	const byName = new Map(plan.images.map((image) => [image.name, image]));
	const resolveOne = async (image) => {
		if (image.action === "skip") return image;
		const done = await already(image.name);
		if (done) return {
			...image,
			action: "reuse",
			reason: "this commit’s image is published already",
			digest: done
		};
		if (image.action === "build") return image;
		const digest = await digestOf(image.name);
		return digest ? {
			...image,
			digest
		} : {
			...image,
			action: "build",
			reason: `${missing}; ${image.reason}`
		};
	};
	for (let open = plan.images.filter((image) => image.action !== "skip"); open.length > 0;) {
		const resolved = await Promise.all(open.map(resolveOne));
		for (const image of resolved) byName.set(image.name, image);
		open = resolved.filter((image) => image.action === "build").flatMap((image) => image.parents.map((parent) => ({
			parent: byName.get(parent),
			child: image.name
		}))).filter(({ parent }) => parent?.action === "skip").map(({ parent, child }) => ({
			...parent,
			action: "reuse",
			reason: `needed by ${child}`,
			tags: tagsOf?.(parent?.name ?? "") ?? []
		})).filter((image, at, all) => all.findIndex((other) => other.name === image.name) === at);
	}
	return {
		...plan,
		images: plan.images.map((image) => byName.get(image.name) ?? image)
	};
}
function childrenOf(stack, parent, among) {
	return stack.images.filter((image) => among.has(image.name) && image.parents.some((edge) => edge.name === parent.name)).map((image) => image.name);
}
function namesOf(names) {
	return names.length <= 3 ? names.join(", ") : `${names.slice(0, 2).join(", ")} and ${names.length - 2} more`;
}
// src/steps/published.ts
/**
* Finds an unchanged image where the base commit published it, else at the nearest first-parent ancestor without a change
* to it or to what it is built on. An ancestor whose run failed, was cancelled or never started lacks the tag and is passed over;
* what changed there counts, as it lies between the tag and the head. So an image is never older than the head's files,
* whatever became of the runs between.
*/
function publishedFinder(question) {
	const { source } = question;
	const commit = memoized(source.ancestors());
	return async (image) => {
		for (let at = 0;; at++) {
			const sha = await commit(at);
			if (sha === null || (await source.changedSince(sha)).has(image.name)) return null;
			const digest = await lookUp(question, image, sha.slice(0, 7));
			if (digest) return digest;
		}
	};
}
/** The items of an iterable by place, each asked for once however many ask; null behind the last one. */
function memoized(items) {
	const iterator = items[Symbol.asyncIterator]();
	const known = [];
	return (at) => {
		while (known.length <= at) known.push(iterator.next().then(({ done, value }) => done ? null : value));
		return known[at] ?? Promise.resolve(null);
	};
}
/** The digest of an image's tag in the first registry that has it. A registry that refuses to read has it not. */
async function lookUp({ inputs, registry, host }, image, tag) {
	for (const text of imageReferences(image, inputs.registry, [tag])) {
		const reference = inputs.registry.length > 0 ? canonicalReference(text) : null;
		if (!reference) continue;
		try {
			const digest = await registry.digest(reference);
			if (digest) return digest;
		} catch (error) {
			if (!(error instanceof ActionError) || !/refuses to read/.test(error.message)) throw error;
			host.out.debug(error.message);
		}
	}
	return null;
}
// src/steps/foretell.ts
/** Why nothing is built or taken by an event that only names what is there; null for all others. */
function idleReason({ trigger }) {
	if (trigger.kind === "delete") return "a branch or tag was deleted: nothing is built";
	return trigger.kind === "tag" ? "a tag builds nothing: a release takes what its commit published" : null;
}
/** Says of a tag whether the images are there that a release of it takes: those that its commit published. */
async function foretellRelease(question) {
	const { source, inputs, host } = question;
	const { trigger, stack, commit } = source;
	if (trigger.kind !== "tag" || commit === null || inputs.registry.length === 0) return;
	const images = stack.images.filter((image) => !image.skip);
	const sha = commit.slice(0, 7);
	const name = trigger.ref.replace(/^refs\/tags\//, "");
	const digests = await Promise.all(images.map((image) => lookUp(question, image, sha)));
	const missing = images.filter((_, at) => digests[at] === null).map((image) => image.name);
	const what = `tag ${name} is on ${sha}: nothing is built.`;
	if (images.length === 0) host.out.notice(`${what} The commit holds no images, so there is nothing to release`);
	else if (missing.length === 0) host.out.notice(`${what} All ${images.length} images of the commit are published: a release gives them the tag ${tagOf(name)}`);
	else host.out.notice(`${what} A release of it has to wait: ${missing.join(", ")} ${missing.length === 1 ? "is" : "are"} not published as ${sha}; run the workflow on that commit first`);
}
// src/steps/tagger.ts
/** Tags by the inputs `tags` and `flavor`, or the plain ones where neither is set. Throws ActionError('input'). */
async function makeTagger({ source, inputs, host }, commit) {
	const { tags, flavor } = inputs;
	const { trigger, git } = source;
	if (tags.length === 0 && flavor.length === 0) return (rebuild) => tagRules(trigger, commit, rebuild);
	const { runTags } = await import("./tag-rules.js");
	const seconds = await git?.commitTime(commit) ?? 0;
	const facts = {
		tags,
		flavor,
		trigger,
		commit,
		commitTime: seconds > 0 ? seconds * 1e3 : null,
		now: Date.now()
	};
	for (const note of runTags({
		...facts,
		rebuild: null
	}).notes) host.out.notice(`no tag from ${note}`);
	return (rebuild) => runTags({
		...facts,
		rebuild
	});
}
// src/steps/decide.ts
/** Decides what is built, taken or left, and under which tags. Asks the registries where there are any. */
async function decide(question) {
	const { source, inputs, host } = question;
	const push = decidePush(source.trigger, inputs.push, inputs.registry);
	if (push.push && await source.git?.isDirty()) refuseDirty(source, host);
	const rules = await chooseTags(question, push);
	const tags = [
		...rules.immutable ? [rules.immutable] : [],
		...rules.fixed ?? [],
		...rules.moving
	];
	const unresolved = makePlan({
		stack: source.stack,
		changed: source.changed,
		selected: source.selected,
		publishes: push.publishes,
		tags: (image) => imageReferences(image, inputs.registry, tags),
		changedFiles: new Set(source.changes.files),
		unchanged: idleReason(source) ?? (source.changes.base ? `unchanged since ${source.changes.base.slice(0, 7)}` : "unchanged")
	});
	if (idleReason(source) !== null) {
		await foretell(question);
		return {
			plan: unresolved,
			push,
			rules
		};
	}
	if (inputs.command !== "plan") refuseTwins(used(source.stack.images, unresolved));
	if (inputs.registry.length === 0 && inputs.command === "plan") return {
		plan: unresolved,
		push,
		rules
	};
	return {
		plan: await askRegistries(unresolved, question, {
			push,
			rules
		}),
		push,
		rules
	};
}
/** The images that are built or get tags. */
function used(images, plan) {
	const skipped = new Set(plan.images.filter((image) => image.action === "skip").map((image) => image.name));
	return images.filter((image) => !skipped.has(image.name));
}
/** What a tag's run says beyond its plan is worth having, not worth a red run. */
async function foretell(question) {
	await foretellRelease(question).catch((error) => {
		if (error instanceof ActionError && error.code === "cancelled") throw error;
		question.host.out.warning(`whether the tag can be released is not known: ${messageOf$1(error)}`);
	});
}
/** A SHA tag says that an image holds that commit's files: a person is stopped, a workflow may mean it and is told. */
function refuseDirty(source, host) {
	if (source.trigger.kind === "local") throw new ActionError("input", "push: true, but the work tree differs from its commit: a SHA tag would name the wrong content", ["commit your changes first (`git status` shows them), or leave push out"]);
	host.out.warning("the work tree differs from its commit: what is pushed under its SHA is not what the commit holds");
}
async function askRegistries(plan, question, { push, rules }) {
	const { source, inputs, host } = question;
	const images = new Map(source.stack.images.map((image) => [image.name, image]));
	const published = publishedFinder(question);
	try {
		return await resolvePlan(plan, {
			digestOf: async (name) => published(images.get(name)),
			already: async (name) => push.push && rules.immutable ? lookUp(question, images.get(name), rules.immutable) : null,
			tagsOf: (name) => tagsWhenNeeded(question, rules, images.get(name)),
			missing: inputs.registry.length === 0 ? "no registry to take it from" : "no published image to take"
		});
	} catch (error) {
		if (inputs.command !== "plan" && push.push) throw error;
		if (error instanceof ActionError && error.code === "cancelled") throw error;
		host.out.warning(`planned from git alone: ${messageOf$1(error)}`);
		return inputs.command === "plan" ? plan : await resolvePlan(plan, {
			digestOf: async () => null,
			already: async () => null,
			missing: "the registry cannot be asked"
		});
	}
}
/** Of an image that is built only for its child: a push needs a name. One that spec.yml skips is not published further. */
function tagsWhenNeeded({ inputs }, { immutable, fixed = [], moving }, image) {
	const own = immutable === null ? moving : [immutable, ...image.skip ? [] : [...fixed, ...moving]];
	return imageReferences(image, inputs.registry, own);
}
/** A forced rebuild of a commit that is published already gets a tag of its own: `<sha7>-<date>`, then `.2`, `.3`. */
async function chooseTags(question, push) {
	const { source, inputs, host } = question;
	const { trigger, commit } = source;
	if (!push.push && trigger.kind === "local") return {
		immutable: null,
		moving: ["latest"]
	};
	if (commit === null) return {
		immutable: null,
		moving: []
	};
	const tagger = await makeTagger(question, commit);
	const plain = tagger(null);
	if (!(inputs.noCache || trigger.kind === "schedule") || !push.push || !plain.immutable) return plain;
	const date = dateTag(Date.now());
	for (let count = 1;; count++) {
		const rules = count === 1 ? plain : tagger(count === 2 ? date : `${date}.${count - 1}`);
		if ((await Promise.all(source.stack.images.map((image) => lookUp(question, image, rules.immutable ?? "")))).every((digest) => digest === null)) return rules;
		host.out.debug(`${rules.immutable} is published already`);
	}
}
// src/tools/git-settings.ts
/** Configuration that a repository's own must not decide: no hooks, no quoting, no helper programs. */
const gitSettings = [
	"-c",
	"core.hooksPath=/dev/null",
	"-c",
	"core.quotePath=false",
	"-c",
	"core.fsmonitor=false",
	"-c",
	"protocol.ext.allow=never"
];
/** Variables by which a caller (a git hook, say) points git at another repository than the folder's. */
const foreign = [
	"GIT_DIR",
	"GIT_WORK_TREE",
	"GIT_INDEX_FILE",
	"GIT_OBJECT_DIRECTORY",
	"GIT_ALTERNATE_OBJECT_DIRECTORIES",
	"GIT_COMMON_DIR",
	"GIT_NAMESPACE",
	"GIT_PREFIX"
];
/** The environment for git: `env` without what points elsewhere; no locks, no prompts, no downloads, plain path names. */
function gitEnvironment(env) {
	return {
		...env,
		...Object.fromEntries(foreign.map((name) => [name, void 0])),
		LC_ALL: "C",
		GIT_OPTIONAL_LOCKS: "0",
		GIT_LITERAL_PATHSPECS: "1",
		GIT_TERMINAL_PROMPT: "0",
		GIT_NO_LAZY_FETCH: "1"
	};
}
// src/tools/git.ts
/** Local git, read only, below one folder. All paths are relative to that folder, which counts as the repository's root. */
var Git = class {
	#cwd;
	#env;
	constructor({ cwd, env }) {
		this.#cwd = cwd;
		this.#env = gitEnvironment(env);
	}
	/** Whether the folder lies in a git work tree and is not ignored by it. Throws where git does not trust its owner. */
	async isRepository() {
		const ended = await execute(this.#command(["rev-parse", "--is-inside-work-tree"])).catch(() => null);
		if (ended?.stderr.includes("dubious ownership")) throw new ActionError("git", `${this.#cwd} belongs to another user: git does not read it`, [`git config --global --add safe.directory '${this.#cwd}' (in a container: as the user that runs this)`]);
		if (ended?.status !== 0 || ended.stdout.toString().trim() !== "true") return false;
		const ask = this.#command([
			"check-ignore",
			"--quiet",
			"."
		]);
		return (await execute({
			...ask,
			env: {
				...ask.env,
				GIT_LITERAL_PATHSPECS: void 0
			}
		})).status !== 0 || (await this.#bytes(["ls-files", "-z"])).length > 0;
	}
	/** The commit that a revision names; null where it names none here (unknown, or not fetched). */
	async commit(revision) {
		const ended = await execute(this.#command([
			"rev-parse",
			"--verify",
			"--quiet",
			"--end-of-options",
			`${revision}^{commit}`
		]));
		return ended.status === 0 ? ended.stdout.toString().trim() : null;
	}
	/** Parents of a commit as it records them, also where a shallow clone does not hold them. */
	async parents(commit) {
		const text = await this.#text([
			"cat-file",
			"commit",
			commit
		]);
		return [...text.slice(0, text.indexOf("\n\n")).matchAll(/^parent ([0-9a-f]+)$/gm)].map((match) => match[1] ?? "");
	}
	/** The newest commit that both have; null without one, or where the history is cut (a shallow clone). */
	async mergeBase(one, other) {
		const ended = await execute(this.#command([
			"merge-base",
			"--end-of-options",
			one,
			other
		]));
		return ended.status === 0 ? ended.stdout.toString().trim() : null;
	}
	/** The branch that is checked out; null on a detached head. */
	async branch() {
		const ended = await execute(this.#command([
			"symbolic-ref",
			"--quiet",
			"HEAD"
		]));
		const ref = ended.stdout.toString().trim();
		return ended.status === 0 && ref.startsWith("refs/heads/") ? ref.slice(11) : null;
	}
	/**
	* Commits from `revision` back along first parents, newest first, `revision` included, at most `limit`. Of a revision
	* that a shallow clone lacks nothing else is known.
	*/
	async ancestors(revision, limit) {
		if (!await this.commit(revision)) return [revision];
		return (await this.#text([
			"rev-list",
			"--first-parent",
			`--max-count=${limit}`,
			"--end-of-options",
			revision,
			"--"
		])).split("\n").filter(Boolean);
	}
	/** Committer time of a commit, seconds since the epoch: the reproducible `created` of what is built from it. */
	async commitTime(revision) {
		const text = await this.#text([
			"cat-file",
			"commit",
			revision
		]);
		return Number(/^committer .*> (\d+) [+-]\d+$/m.exec(text.slice(0, text.indexOf("\n\n")))?.[1] ?? 0);
	}
	/** The URL of the remote `origin`, null without one. It may hold a user and a password. */
	async remoteUrl() {
		const ended = await execute(this.#command([
			"config",
			"--get",
			"remote.origin.url"
		]));
		return ended.status === 0 ? ended.stdout.toString().trim() : null;
	}
	/** Files that differ between two commits, or between a commit and the work tree (`head` null, new files included). */
	async changedFiles(base, head) {
		const [changed, untracked] = await Promise.all([this.#bytes([
			...[
				"diff",
				"--name-only",
				"--no-renames",
				"--no-ext-diff",
				"--no-textconv",
				"--ignore-submodules=none",
				"--relative",
				"-z"
			],
			"--end-of-options",
			base,
			...head ? [head] : [],
			"--"
		]), head ? [] : this.untracked()]);
		return [.../* @__PURE__ */ new Set([...names(changed), ...untracked])];
	}
	/** Files of the work tree that git neither tracks nor ignores. */
	async untracked() {
		return names(await this.#bytes([
			"ls-files",
			"-z",
			"--others",
			"--exclude-standard"
		]));
	}
	/** Whether the work tree differs from HEAD; so does every tree before the first commit. */
	async isDirty() {
		if (await this.commit("HEAD") === null) return true;
		return (await this.changedFiles("HEAD", null)).length > 0;
	}
	/** The files of the work tree: tracked and there, and new ones that are not ignored. */
	async workTree() {
		const [staged, deleted, untracked] = await Promise.all([
			this.#bytes([
				"ls-files",
				"-z",
				"--stage"
			]),
			this.#bytes([
				"ls-files",
				"-z",
				"--deleted"
			]),
			this.untracked()
		]);
		const gone = new Set(names(deleted));
		const entries = [...names(staged).map((line) => ({
			mode: line.slice(0, 6),
			path: line.slice(line.indexOf("	") + 1)
		})).filter((entry) => !gone.has(entry.path)), ...await this.#entries(untracked)];
		return [...new Map(entries.map((entry) => [entry.path, entry])).values()];
	}
	/** Untracked files with the mode that git would give them; a repository inside counts as a submodule. */
	async #entries(untracked) {
		return await Promise.all(untracked.map(async (name) => {
			if (name.endsWith("/")) return {
				mode: "160000",
				path: name.slice(0, -1)
			};
			return {
				mode: (await lstat(path.join(this.#cwd, name)).catch(() => null))?.isSymbolicLink() ? "120000" : "100644",
				path: name
			};
		}));
	}
	/** The files of a commit, with object id and size in bytes. */
	async tree(revision) {
		return names(await this.#bytes([
			"ls-tree",
			"-r",
			"-l",
			"-z",
			"--end-of-options",
			revision
		])).map((line) => {
			const tab = line.indexOf("	");
			const [mode = "", , oid = "", size = "0"] = line.slice(0, tab).split(/ +/);
			return {
				mode,
				oid,
				size: Number(size) || 0,
				path: line.slice(tab + 1)
			};
		});
	}
	/** Contents of blobs by object id, in one process. */
	async blobs(oids) {
		const found = /* @__PURE__ */ new Map();
		if (oids.length === 0) return found;
		const bytes = await output({
			...this.#command(["cat-file", "--batch"]),
			input: `${oids.join("\n")}\n`
		});
		for (let at = 0; at < bytes.length;) {
			const end = bytes.indexOf(10, at);
			const [oid = "", kind, size = "0"] = bytes.toString("latin1", at, end).split(" ");
			if (kind === "missing") throw new ActionError("git", `git object ${oid} is missing`, ["the clone is partial: fetch it whole (actions/checkout without `filter`)"]);
			found.set(oid, bytes.subarray(end + 1, end + 1 + Number(size)));
			at = end + 1 + Number(size) + 1;
		}
		return found;
	}
	async #text(args) {
		return (await this.#bytes(args)).toString();
	}
	async #bytes(args) {
		return await output(this.#command(args));
	}
	#command(args) {
		return {
			file: "git",
			args: [...gitSettings, ...args],
			cwd: this.#cwd,
			env: this.#env,
			code: "git",
			title: `git ${args[0]}`
		};
	}
};
function names(bytes) {
	return bytes.toString().split("\0").filter(Boolean);
}
// src/tools/github.ts
/** A compare lists this many files at most and does not say that it left some out. */
const compareFiles = 300;
/** The client, loaded only where it is needed; null without a token (a local run). */
async function client({ host, inputs }) {
	if (!inputs.githubToken) return null;
	const { getOctokit } = await import("./github.js");
	return getOctokit(inputs.githubToken, { baseUrl: host.env.GITHUB_API_URL || "https://api.github.com" });
}
/**
* The files between two commits by GitHub's compare API, for a clone that lacks one of them. GitHub compares the head with
* the merge base of both, which is the base that is given back: where a branch was rewritten it is an older one than
* asked for. Incomplete where GitHub cannot tell or may have cut the list: then everything counts as changed.
*/
async function compareCommits(question) {
	const { repository, base, head } = question;
	const named = /^[0-9a-f]{40,64}$/.test(base);
	const missing = `the base ${named ? `commit ${base.slice(0, 7)}` : `branch ${base}`} is not in this clone`;
	const unknown = (reason) => ({
		base: named ? base : null,
		head,
		complete: false,
		reason,
		files: [],
		added: []
	});
	const octokit = await client(question);
	if (!octokit || !repository) return unknown(missing);
	try {
		const { data } = await octokit.rest.repos.compareCommitsWithBasehead({
			owner: repository.owner,
			repo: repository.name,
			basehead: `${base}...${head}`
		});
		const listed = data.files ?? [];
		if (listed.length >= compareFiles) return unknown(`${missing}, and GitHub’s compare lists ${compareFiles} files at most`);
		const files = listed.flatMap(({ filename, previous_filename: previous }) => [filename, ...previous ? [previous] : []]);
		if (files.some((file) => file.includes("�"))) return unknown(`${missing}, and a changed file’s name is not UTF-8`);
		if (!data.files && data.total_commits > 0) return unknown(`${missing}, and GitHub’s compare lists no files`);
		const added = listed.filter(({ status }) => [
			"added",
			"renamed",
			"copied"
		].includes(status));
		return {
			base: data.merge_base_commit.sha,
			head,
			complete: true,
			reason: null,
			files,
			added: added.map(({ filename }) => filename)
		};
	} catch (error) {
		question.host.out.debug(`compare ${base}...${head}: ${messageOf$1(error)}`);
		return unknown(`${missing}, and GitHub does not compare with it`);
	}
}
/** The first parent of a commit; null where it has none or GitHub cannot tell. */
async function firstParent(question) {
	const octokit = await client(question);
	const { repository, commit } = question;
	if (!octokit || !repository) return null;
	try {
		const { data } = await octokit.rest.repos.getCommit({
			owner: repository.owner,
			repo: repository.name,
			ref: commit,
			per_page: 1
		});
		return data.parents[0]?.sha ?? null;
	} catch (error) {
		question.host.out.debug(`parents of ${commit}: ${messageOf$1(error)}`);
		return null;
	}
}
/** A pull request by number, as the API tells it; null where it cannot be read. Throws ActionError('github') where the API refuses the token. */
async function readPullRequest$1(question) {
	const octokit = await client(question);
	const { repository, number } = question;
	if (!octokit || !repository) return null;
	try {
		const { data } = await octokit.rest.pulls.get({
			owner: repository.owner,
			repo: repository.name,
			pull_number: number
		});
		return {
			number,
			title: data.title,
			headRef: data.head.ref,
			headSha: data.head.sha,
			baseRef: data.base.ref,
			baseSha: data.base.sha,
			fork: !data.head.repo || data.head.repo.id !== data.base.repo.id || repository.id !== null && data.base.repo.id !== repository.id,
			author: data.user?.id ?? null
		};
	} catch (error) {
		if (error.status === 404) return null;
		throw new ActionError("github", `GitHub does not show pull request ${number}: ${messageOf$1(error)}`, ["the token in github-token needs `pull-requests: read`"], { cause: error });
	}
}
/**
* The commit that a branch of the repository names now; null where GitHub cannot be asked. A run that is slower than
* the next push must not move the branch's tag back.
*/
async function branchHead(question) {
	const octokit = await client(question);
	const { repository, branch } = question;
	if (!octokit || !repository) return null;
	try {
		const { data } = await octokit.rest.git.getRef({
			owner: repository.owner,
			repo: repository.name,
			ref: `heads/${branch}`
		});
		return data.object.sha;
	} catch (error) {
		question.host.out.debug(`head of ${branch}: ${messageOf$1(error)}`);
		return null;
	}
}
// src/tools/tree.ts
/** Longest file that is read for the plan, bytes. Of a lock only the head is wanted. */
const contentBytes = 1048576;
const lockHeadBytes = 65536;
const folderEntries = 5e5;
/** The work tree as git sees it: tracked files that are there, and new ones that are not ignored. */
async function readWorkTree({ git, cwd, wanted }) {
	return withContents(cwd, await git.workTree(), wanted);
}
/** A folder that git does not know. Symlinks are listed, never followed; `.git` and `node_modules` are passed over. */
async function readFolderTree({ cwd, wanted }) {
	const entries = [];
	for (const folders = [""]; folders.length > 0;) {
		const folder = folders.pop() ?? "";
		for (const child of await readdir(path.join(cwd, folder), { withFileTypes: true })) {
			const name = folder ? `${folder}/${child.name}` : child.name;
			if (child.isDirectory() && child.name !== ".git" && child.name !== "node_modules") folders.push(name);
			if (!child.isDirectory()) entries.push({
				path: name,
				mode: modeOf(child)
			});
		}
		if (entries.length > folderEntries) throw new ActionError("stack", `${cwd} holds more than ${folderEntries} files`, ["name the folder of the images alone (--repo), or make it a git repository: ignored files do not count then"]);
	}
	return withContents(cwd, entries, wanted);
}
/** The files of a commit, read from git's objects: nothing of the work tree counts. */
async function readCommitTree({ git, revision, wanted }) {
	const entries = await git.tree(revision);
	const small = entries.filter((entry) => wanted(entry.path) && entry.mode.startsWith("100")).filter((entry) => entry.size <= contentBytes || isLock(entry.path));
	const blobs = await git.blobs([...new Set(small.map((entry) => entry.oid))]);
	const read = new Set(small);
	const refused = entries.filter((entry) => wanted(entry.path) && !read.has(entry));
	return {
		entries,
		contents: new Map(small.map((entry) => [entry.path, blobs.get(entry.oid)?.toString("utf8", 0, lockHead(entry.path)) ?? ""])),
		refused: new Map(refused.map((entry) => [entry.path, entry.mode.startsWith("100") ? tooBig : "it is a symlink or a submodule"]))
	};
}
const tooBig = "it is larger than 1 MiB";
/** Synchronous: for thousands of small files a promise each costs ten times what reading them does. */
function withContents(cwd, entries, wanted) {
	const contents = /* @__PURE__ */ new Map();
	const refused = /* @__PURE__ */ new Map();
	const buffer = Buffer.allocUnsafe(contentBytes);
	for (const entry of entries) {
		if (!wanted(entry.path)) continue;
		const found = readRegular(path.join(cwd, entry.path), entry.path, buffer);
		if ("text" in found) contents.set(entry.path, found.text);
		else refused.set(entry.path, found.reason);
	}
	return {
		entries,
		contents,
		refused
	};
}
/** Reads a regular file without following a link at its end, and never waits for a FIFO. */
function readRegular(file, name, buffer) {
	let handle = null;
	try {
		handle = openSync(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
		const status = fstatSync(handle);
		if (!status.isFile()) return { reason: "it is not a regular file" };
		if (status.size > contentBytes && !isLock(name)) return { reason: tooBig };
		const bytes = readSync(handle, buffer, 0, Math.min(status.size, lockHead(name)), 0);
		return { text: buffer.toString("utf8", 0, bytes) };
	} catch (error) {
		const { code } = error;
		return { reason: code === "ELOOP" ? "it is a symlink" : `it cannot be read (${code ?? messageOf$1(error)})` };
	} finally {
		if (handle !== null) closeSync(handle);
	}
}
function isLock(name) {
	return /(^|[-./])(conda-)?lock\.ya?ml$|\.lock$/.test(name);
}
function lockHead(name) {
	return isLock(name) ? lockHeadBytes : contentBytes;
}
/** git's mode of a directory entry; what is neither file nor link (FIFO, socket, device) counts as a file and is refused when read. */
function modeOf(entry) {
	return entry.isSymbolicLink() ? "120000" : "100644";
}
// src/trigger/payload.ts
/** The value as an object; an empty one where it is none. Own keys only are ever read from it. */
function object(value) {
	return typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
}
/** The value at a path of own keys, undefined where one is missing. */
function field(value, ...path) {
	let found = value;
	for (const key of path) {
		const parent = object(found);
		found = Object.hasOwn(parent, key) ? parent[key] : void 0;
	}
	return found;
}
/** The string at a path, null where there is none. */
function textAt$1(value, ...path) {
	const found = field(value, ...path);
	return typeof found === "string" ? found : null;
}
/** The whole number at a path, null where there is none. */
function numberAt(value, ...path) {
	const found = field(value, ...path);
	return typeof found === "number" && Number.isSafeInteger(found) ? found : null;
}
// src/trigger/dispatched-images.ts
/** Where a dispatch names images: an input of the workflow, or a field of what the API's caller sent. */
const places = {
	workflow_dispatch: ["inputs", "images"],
	repository_dispatch: ["client_payload", "images"]
};
/**
* The images that a dispatch asks for, each once: names between commas, blanks or lines, or a list of names (JSON where
* the field is text, as inputs are). Throws ActionError('usage') for anything else. They are names only: whether there
* are such images is asked of the stack.
*/
function dispatchedImages(eventName, event) {
	const place = Object.hasOwn(places, eventName) ? places[eventName] : void 0;
	if (!place) return [];
	const names = namesIn(field(event, ...place));
	if (names) return [...new Set(names)];
	throw new ActionError("usage", `${place.join(".")} of the ${eventName} is not a list of image names`, ["give names between commas (`base-image, pangeo-notebook`), or leave it out for the whole stack"]);
}
/** Null where the value is no list of names. */
function namesIn(value) {
	if (value === void 0 || value === null) return [];
	if (Array.isArray(value)) return value.every(isName) ? value.map((name) => name.trim()) : null;
	if (typeof value !== "string") return null;
	return value.trim().startsWith("[") ? namesInJson(value) : value.split(/[\s,]+/).filter(Boolean);
}
function namesInJson(text) {
	try {
		const value = JSON.parse(text);
		return Array.isArray(value) ? namesIn(value) : null;
	} catch {
		return null;
	}
}
function isName(value) {
	return typeof value === "string" && value.trim() !== "";
}
// src/trigger/mentions.ts
/** Keys under which workflows hand on a pull request: `pr`, `pull_request`, `prNumber`, `pull-request-url`, … */
const pullKey = /^((pr|pull|pull[-_]?request)([-_]?(number|num|nr|no|id|ref|url|link|sha|head|branch|merge))?|prs|pulls|pull[-_]?requests)$/i;
/** A pull request is an issue, too: slash-command-dispatch hands on the issue of the comment. */
const issueKey = /^issue[-_]?number$/i;
const pullRef = /^(?:refs\/(?:remotes\/)?)?pull\/(\d+)(?:\/(?:head|merge))?$/;
const pullUrl = /^https?:\/\/[^\s?#]+\/pulls?\/(\d+)\/?$/;
const deepest = 16;
/**
* All pull requests that a dispatch's own fields name, at any depth, each once; null stands for one whose number cannot
* be told. Empty inputs name none. Who dispatches chooses the shape, so in doubt a field counts: it costs trust only.
*/
function mentionedPullRequests(fields) {
	return [...new Set(scan(fields, 0))];
}
function scan(value, depth) {
	if (typeof value === "string") return numberInReference(value);
	if (typeof value !== "object" || value === null) return [];
	if (depth > deepest) return [null];
	if (Array.isArray(value)) return value.flatMap((item) => scan(item, depth + 1));
	return Object.entries(value).flatMap(([key, item]) => {
		if (pullKey.test(key) || issueKey.test(key)) return named(item);
		if (key === "issue" && typeof item === "object") return named(item);
		return scan(item, depth + 1);
	});
}
/** The value of a field that is called after a pull request. */
function named(value) {
	if (isEmpty(value)) return [];
	if (Array.isArray(value)) return value.flatMap(named);
	if (typeof value === "object") return numberOf(object(value));
	return [positive(value) ?? (typeof value === "string" ? numberInReference(value.trim())[0] : null) ?? null];
}
function numberOf(pull) {
	const url = Object.hasOwn(pull, "url") ? pull.url : null;
	return [positive(Object.hasOwn(pull, "number") ? pull.number : null) ?? (typeof url === "string" ? numberInReference(url)[0] : null) ?? null];
}
function numberInReference(text) {
	const number = (pullRef.exec(text) ?? pullUrl.exec(text))?.[1];
	return number === void 0 ? [] : [positive(number)];
}
function positive(value) {
	const number = typeof value === "string" && /^#?\d{1,15}$/.test(value.trim()) ? Number(value.trim().replace("#", "")) : value;
	return typeof number === "number" && Number.isSafeInteger(number) && number > 0 ? number : null;
}
/** What an input that was left out looks like. */
function isEmpty(value) {
	if (typeof value === "object" && value !== null) return Object.keys(value).length === 0;
	return value === void 0 || value === null || value === false || value === 0 || /^\s*(|0|false|null|none)\s*$/i.test(String(value));
}
// src/trigger/trust.ts
/** Dependabot's account: its runs hold a read-only token and no secrets, as a fork's do. */
const dependabot = {
	id: 49699333,
	login: "dependabot[bot]"
};
/**
* Trust is a function of the event and of repository ids alone (docs/threat-model.md). Whatever is not known to be
* written by somebody with write access is untrusted.
*/
function decideTrust(question) {
	const distrust = reasonToDistrust(question);
	if (distrust) return {
		trust: "untrusted",
		trustReason: distrust
	};
	return {
		trust: "trusted",
		trustReason: `a ${question.event} event of the repository itself`
	};
}
function reasonToDistrust({ event, payload, pullRequest, namesPullRequest }) {
	if (isDependabot(payload) || pullRequest?.author === dependabot.id) return "Dependabot opened it";
	if (pullRequest?.fork) return `pull request ${pullRequest.number} comes from a fork`;
	if (event === "workflow_run") return workflowRun(payload);
	if (namesPullRequest && !pullRequest) return `the ${event} names a pull request, and GitHub did not tell about it`;
	if (event === "issue_comment" && !pullRequest) return "anybody may comment on an issue";
	if (event.startsWith("pull_request") && !pullRequest?.headSha) return "the event names no head commit";
	return null;
}
/** Events whose run is known to hold a commit of `head_repository`, and nothing of another one. */
const tellingCauses = [
	"push",
	"pull_request",
	"merge_group",
	"schedule",
	"release",
	"create",
	"delete"
];
/**
* The trust of the run that caused it: only runs on commits of this very repository count. A run that was started by a
* comment, a dispatch or another workflow_run stands on the default branch whatever it worked on, so its repository
* tells nothing; so does a pull_request_target.
*/
function workflowRun(payload) {
	const head = numberAt(payload, "workflow_run", "head_repository", "id");
	const own = numberAt(payload, "repository", "id");
	if (head === null || own === null || head !== own) return "the run that caused it was made for another repository";
	const cause = textAt$1(payload, "workflow_run", "event") ?? "an unknown event";
	return tellingCauses.includes(cause) ? null : `the run that caused it was started by ${cause}`;
}
function isDependabot(payload) {
	return [
		["sender"],
		["pull_request", "user"],
		["workflow_run", "actor"],
		["workflow_run", "triggering_actor"]
	].map((path) => field(payload, ...path)).some((account) => numberAt(account, "id") === dependabot.id || textAt$1(account, "login") === dependabot.login);
}
// src/trigger/read-trigger.ts
const kinds = {
	push: "push",
	release: "tag",
	pull_request: "pull_request",
	pull_request_target: "pull_request",
	pull_request_review: "pull_request",
	pull_request_review_comment: "pull_request",
	merge_group: "merge_group",
	schedule: "schedule",
	workflow_dispatch: "workflow_dispatch",
	repository_dispatch: "repository_dispatch",
	issue_comment: "issue_comment",
	workflow_run: "workflow_run",
	delete: "delete"
};
/**
* Event payload → Trigger. `named` are the facts, read from GitHub's API, about the pull request that a comment or a
* dispatch names (`namedPullRequest`): payload fields of such events are never believed. Without them the run is untrusted.
* Throws ActionError('usage') for an event that the action does not handle.
* Payload shapes: https://docs.github.com/en/webhooks/webhook-events-and-payloads
*/
function readTrigger(context, payload, named = null) {
	const event = object(payload);
	const kind = kindOf(context, event);
	const pullRequest = kind === "pull_request" ? readPullRequest(event) : named;
	const ref = context.ref || textAt$1(event, "ref") || "";
	const images = dispatchedImages(context.name, event);
	return {
		kind,
		event: context.name,
		...decideTrust({
			event: context.name,
			payload: event,
			pullRequest,
			namesPullRequest: mentions(context.name, event).length > 0
		}),
		repository: readRepository(field(event, "repository")),
		defaultBranch: textAt$1(event, "repository", "default_branch"),
		ref,
		branch: ref.startsWith("refs/heads/") ? ref.slice(11) : null,
		...commits(kind, context, event, pullRequest),
		pullRequest,
		...images.length > 0 ? { images } : {}
	};
}
/** A run from a command line without an event: trusted, and it pushes only when asked (docs/adr/000). */
function localTrigger({ base, head, branch }) {
	return {
		kind: "local",
		event: "local",
		trust: "trusted",
		trustReason: "a local run",
		repository: null,
		defaultBranch: null,
		ref: branch ? `refs/heads/${branch}` : "",
		branch,
		head,
		base,
		pullRequest: null
	};
}
/**
* The number of the pull request that a comment or a dispatch names; null where it names none, several, or one whose
* number cannot be told (`readTrigger` distrusts the latter two).
*/
function namedPullRequest(eventName, payload) {
	const found = mentions(eventName, object(payload));
	return found.length === 1 ? found[0] ?? null : null;
}
function mentions(eventName, event) {
	if (eventName === "issue_comment") return field(event, "issue", "pull_request") ? [numberAt(event, "issue", "number")] : [];
	if (eventName === "workflow_dispatch") return mentionedPullRequests(field(event, "inputs"));
	return eventName === "repository_dispatch" ? mentionedPullRequests(field(event, "client_payload")) : [];
}
function kindOf(context, event) {
	const kind = Object.hasOwn(kinds, context.name) ? kinds[context.name] : void 0;
	if (kind === void 0) throw new ActionError("usage", `the event "${context.name}" is not one that this action handles`, [`it handles ${Object.keys(kinds).join(", ")}`, "remove it from the `on:` of the workflow, or guard the step with `if: github.event_name != …`"]);
	if (kind !== "push") return kind;
	if (field(event, "deleted") === true) return "delete";
	return (context.ref || textAt$1(event, "ref") || "").startsWith("refs/tags/") ? "tag" : "push";
}
/** Head and base as the event tells them; a caller with the history at hand refines the base (merge base). */
function commits(kind, context, event, pullRequest) {
	const sha = commit(context.sha);
	if (kind === "push") return {
		head: commit(textAt$1(event, "after")) ?? sha,
		base: commit(textAt$1(event, "before"))
	};
	if (kind === "delete") return {
		head: null,
		base: null
	};
	if (kind === "tag") return {
		head: commit(textAt$1(event, "head_commit", "id")) ?? sha ?? commit(textAt$1(event, "after")),
		base: null
	};
	if (kind === "merge_group") return {
		head: commit(textAt$1(event, "merge_group", "head_sha")) ?? sha,
		base: commit(textAt$1(event, "merge_group", "base_sha"))
	};
	if (kind === "pull_request") return {
		head: sha ?? commit(pullRequest?.headSha),
		base: commit(pullRequest?.baseSha)
	};
	if (pullRequest) return {
		head: commit(pullRequest.headSha),
		base: commit(pullRequest.baseSha)
	};
	return {
		head: sha,
		base: null
	};
}
/** A full object name that is not the null one, which stands for "no commit" in push events. */
function commit(sha) {
	return sha && /^(?!0+$)([0-9a-f]{40}|[0-9a-f]{64})$/.test(sha) ? sha : null;
}
function readPullRequest(event) {
	const pull = object(field(event, "pull_request"));
	const headId = numberAt(pull, "head", "repo", "id");
	const ownId = numberAt(event, "repository", "id");
	return {
		number: numberAt(pull, "number") ?? numberAt(event, "number") ?? 0,
		title: textAt$1(pull, "title") ?? "",
		headRef: textAt$1(pull, "head", "ref") ?? "",
		headSha: textAt$1(pull, "head", "sha") ?? "",
		baseRef: textAt$1(pull, "base", "ref") ?? "",
		baseSha: textAt$1(pull, "base", "sha") ?? "",
		fork: headId === null || ownId === null || headId !== ownId,
		author: numberAt(pull, "user", "id")
	};
}
function readRepository(value) {
	const [owner, name] = (textAt$1(object(value), "full_name") ?? "").split("/");
	return owner && name ? {
		id: numberAt(object(value), "id"),
		owner,
		name
	} : null;
}
// src/steps/changes.ts
/**
* The files that differ between what is checked out and the commit that the event compares with: by local git, by GitHub
* where commits are missing here, else all (in doubt, build). Whatever the base is, an image is only taken from it or from an
* ancestor of it that has the same files: a wrong base costs work, never an image.
*/
async function findChanges(question) {
	const { git, trigger, revision } = question;
	const head = revision ?? await git.commit("HEAD");
	if (!head) return unknownChanges("the repository has no commit");
	if (trigger.kind === "tag" || trigger.kind === "delete") return unknownChanges(`a ${trigger.kind} builds nothing`);
	const place = await findBase(question, head);
	if (!place.base) return {
		...unknownChanges(noBase(trigger)),
		head
	};
	if (/^[0-9a-f]{40,}$/.test(place.base) && await git.commit(place.base)) return await compareHere(question, {
		...place,
		base: place.base,
		head
	});
	const changes = await compareThere(question, {
		...place,
		base: place.base,
		head
	});
	const dirty = revision ? [] : await git.changedFiles("HEAD", null);
	return {
		...changes,
		files: [.../* @__PURE__ */ new Set([...changes.files, ...dirty])]
	};
}
/** A change set that stands for everything, with the reason. */
function unknownChanges(reason) {
	return {
		base: null,
		head: null,
		complete: false,
		reason,
		files: [],
		added: null
	};
}
/** A revision that a person names as a commit. Throws ActionError('usage'). */
async function namedCommit(git, revision, flag) {
	const commit = await git.commit(revision);
	if (commit) return commit;
	throw new ActionError("usage", `${flag}: "${revision}" is not a commit in this repository`, ["fetch it first (`git fetch origin`), or name another revision"]);
}
async function findBase({ git, trigger, host }, head) {
	const direct = {
		sinceMergeBase: false,
		merged: null
	};
	if (host.event.base) return {
		...direct,
		base: await namedCommit(git, host.event.base, "--base")
	};
	const { pullRequest } = trigger;
	if (!pullRequest) {
		if (trigger.head && trigger.head !== head) noteOtherHead(host, `the ${trigger.event} is about ${short(trigger.head)}`, head);
		return {
			...direct,
			base: trigger.base ?? await branchPoint(git, trigger, head)
		};
	}
	const [first, second] = await git.parents(head);
	if (first && second === pullRequest.headSha) return {
		...direct,
		base: first,
		merged: pullRequest
	};
	if (head !== pullRequest.headSha) {
		const { number, headSha } = pullRequest;
		noteOtherHead(host, `the head of pull request ${number} is ${short(headSha)}`, head);
	}
	return {
		base: trigger.base,
		sinceMergeBase: true,
		merged: null
	};
}
/** `pull_request_target`, `issue_comment` and dispatches stand on the default branch unless the workflow checks out more. */
function noteOtherHead(host, about, head) {
	if (host.event.head) return;
	host.out.warning(`${about}, but ${short(head)} is checked out: that is what is planned and built`);
}
/** A new branch is compared with where it left the default branch; in a shallow clone GitHub finds that. */
async function branchPoint(git, trigger, head) {
	const { kind, branch, defaultBranch } = trigger;
	if (kind !== "push" || !defaultBranch || branch === defaultBranch) return null;
	const main = await git.commit(`refs/remotes/origin/${defaultBranch}`);
	return main ? await git.mergeBase(main, head) : defaultBranch;
}
async function compareHere({ git, revision }, place) {
	const { base, head, sinceMergeBase } = place;
	const from = sinceMergeBase ? await git.mergeBase(base, head) ?? base : base;
	return {
		base: from,
		head,
		complete: true,
		reason: null,
		files: await git.changedFiles(from, revision),
		added: null
	};
}
/** What is checked out is compared, not the pull request's head: a merge may hold what neither side has. */
async function compareThere({ trigger, inputs, host }, place) {
	const { base, head, merged } = place;
	const { repository } = trigger;
	const changes = await compareCommits({
		host,
		inputs,
		repository,
		base,
		head
	});
	if (changes.complete || !merged) return changes;
	const plain = await compareCommits({
		host,
		inputs,
		repository,
		base,
		head: merged.headSha
	});
	return plain.complete && plain.base === base ? {
		...plain,
		head
	} : changes;
}
function noBase({ kind, event }) {
	if (kind === "local") return "no base to compare with";
	return kind === "push" ? "the push made the branch, so there is no commit to compare with" : `a ${event} event names no commit to compare with`;
}
function short(commit) {
	return commit.slice(0, 7);
}
// src/steps/compare-stacks.ts
/**
* The images that differ from the base, each with its reason, those with `skip` included. Files are looked up in both stacks: a
* removed file is no longer read by anything, but an image may have read it; a Dockerfile that came or went may give
* another image other parents, another context or another name.
*/
async function compareStacks(comparison) {
	const { stack, changes } = comparison;
	const direct = new Map([...changedImages(withoutSkip(stack), changes), ...changedImages(stack, changes)]);
	if (!changes.complete || !await isReshaped(comparison)) return direct;
	const before = await readEarlier(comparison);
	if (before instanceof ActionError) return changedImages(withoutSkip(stack), {
		...changes,
		complete: false,
		reason: before.message
	});
	return closed(stack, new Map([...differences(stack, before, changes), ...direct]));
}
/** The images of a result that are built, without those that spec.yml skips. */
function withoutSkipped(stack, changed) {
	const skipped = new Set(stack.images.filter((image) => image.skip).map((image) => image.name));
	return new Map([...changed].filter(([name]) => !skipped.has(name)));
}
/**
* The base's tree as far as it can be told without its objects: today's files without those that are new, and those that
* were removed. What a removed Dockerfile held is not known: it counts as an image.
*/
function earlierTree(tree, changes, added) {
	const there = new Set(tree.entries.map((entry) => entry.path));
	const fresh = new Set(added);
	const removed = changes.files.filter((file) => !there.has(file));
	const unread = changes.files.filter((file) => !fresh.has(file) && foundAt(file) && !isImage(tree, file));
	return {
		...tree,
		entries: [...tree.entries.filter((entry) => !fresh.has(entry.path)), ...removed.map((path) => ({
			path,
			mode: "100644"
		}))],
		contents: new Map([...tree.contents, ...unread.map((file) => [file, "FROM scratch\n"])])
	};
}
/** A Dockerfile's text at the base as far as it can be told without it: it is taken to have named the same images. */
function earlierText(tree, added, file) {
	return added.includes(file) || !isImage(tree, file) ? null : tree.contents.get(file) ?? null;
}
function isImage(tree, file) {
	return /^\s*from\s/im.test(tree.contents.get(file) ?? "");
}
function withoutSkip(stack) {
	return {
		...stack,
		images: stack.images.map((image) => ({
			...image,
			skip: false
		}))
	};
}
/**
* Whether images may be shaped otherwise than before. A file that is only modified gives nothing another shape, but for
* what a Dockerfile takes from other images; a new one is read by today's stack.
*/
async function isReshaped({ tree, changes, textBefore }) {
	const there = new Set(tree.entries.map((entry) => entry.path));
	if (changes.files.some((file) => !there.has(file))) return true;
	const dockerfiles = changes.files.filter((file) => foundAt(file) !== null);
	if (dockerfiles.length > askedDockerfiles) return true;
	const differ = dockerfiles.map(async (file) => {
		const before = await textBefore(file);
		return before === null || linesOfShape(before) !== linesOfShape(tree.contents.get(file) ?? "");
	});
	return (await Promise.all(differ)).includes(true);
}
/** For more Dockerfiles than these the whole base is read at once. */
const askedDockerfiles = 20;
/** The lines of a Dockerfile that can say which images it is made from. */
function linesOfShape(text) {
	return text.replace(/[\\`][ \t]*\r?\n/g, " ").split("\n").filter((line) => /^\s*(?:from|arg|env|onbuild|#)|from\s*=/i.test(line)).join("\n");
}
async function readEarlier({ earlier, changes }) {
	try {
		return withoutSkip(await earlier());
	} catch (error) {
		if (!(error instanceof ActionError) || ![
			"stack",
			"spec",
			"input"
		].includes(error.code)) throw error;
		const base = changes.base?.slice(0, 7) ?? "the base";
		return new ActionError("stack", `the stack of ${base} cannot be read: ${error.message}`);
	}
}
/** Images of today's stack that the base's stack calls changed, knows otherwise, or does not know. */
function differences(stack, before, changes) {
	const changed = changedImages(before, changes);
	const known = new Map(before.images.map((image) => [identity(image), image]));
	const [shape, shapeBefore] = [shaper(stack), shaper(before)];
	const base = changes.base?.slice(0, 7) ?? "the base";
	return new Map(stack.images.flatMap((image) => {
		const old = known.get(identity(image));
		if (!old) return [[image.name, `${base} has no image that is published under its name`]];
		const reason = changed.get(old.name);
		if (reason) return [[image.name, reason]];
		return shape(image) === shapeBefore(old) ? [] : [[image.name, `it is built from other images or files than at ${base}`]];
	}));
}
/** What an image is published as, and what makes it: its name in the stack may change with the stack's folder. */
function identity({ dockerfile, repository, tagPrefix }) {
	return JSON.stringify([
		dockerfile,
		repository,
		tagPrefix
	]);
}
function shaper(stack) {
	const byName = new Map(stack.images.map((image) => [image.name, identity(image)]));
	return ({ parents, external, context, reads }) => JSON.stringify([parents.map((edge) => [
		byName.get(edge.name),
		edge.references,
		edge.base
	]), ...[
		external,
		context,
		reads.all,
		reads.patterns
	]]);
}
/** With all that is built on them. */
function closed(stack, own) {
	const byName = new Map(stack.images.map((image) => [image.name, image]));
	const reasons = /* @__PURE__ */ new Map();
	for (const name of stack.order) {
		const parent = byName.get(name)?.parents.find((edge) => reasons.has(edge.name))?.name;
		const reason = own.get(name);
		if (reason !== void 0) reasons.set(name, reason);
		else if (parent !== void 0) reasons.set(name, `parent ${parent} is ${byName.get(parent)?.skip ? "changed" : "built"}`);
	}
	return reasons;
}
// src/steps/history.ts
/** How far back a published image is looked for, in commits: by git, and by GitHub with two requests each. */
const knownCommits = 20;
const askedCommits = 10;
/**
* The base and its ancestors along first parents, newest first; in a shallow clone GitHub is asked for what is missing, one
* by one. Ends where nobody knows more; nothing without a base.
*/
async function* walkBack(question, base) {
	if (base === null) return;
	const { git } = question;
	const known = await git?.ancestors(base, knownCommits) ?? [base];
	yield* known;
	let last = known.at(-1) ?? null;
	for (let asked = known.length; last !== null && asked < askedCommits; asked++) {
		last = await parentOf(question, last);
		if (last !== null) yield last;
	}
}
/** The files between such a commit and what is built; incomplete where nobody can tell. */
async function changesSince(question, since, head) {
	const { git } = question;
	if (git && await git.commit(since)) return {
		base: since,
		head,
		complete: true,
		reason: null,
		files: await git.changedFiles(since, head),
		added: null
	};
	const changes = await compareCommits({
		...question,
		base: since,
		head
	});
	return changes.base === since ? changes : unknownChanges(`${since.slice(0, 7)} is no ancestor of ${head.slice(0, 7)}`);
}
async function parentOf(question, commit) {
	const { git } = question;
	if (git && await git.commit(commit)) return (await git.parents(commit))[0] ?? null;
	return await firstParent({
		...question,
		commit
	});
}
// src/steps/states.ts
/** The stack that is built; an empty one where nothing is built and it cannot be read. */
async function readOwnStack({ tree, inputs, builds }) {
	try {
		return await readStack(tree, optionsOf(inputs));
	} catch (error) {
		if (builds || !(error instanceof ActionError) || ![
			"stack",
			"spec",
			"input"
		].includes(error.code)) throw error;
		return {
			path: ".",
			images: [],
			order: [],
			notes: [{
				path: ".",
				line: null,
				text: error.message
			}],
			ignore: [],
			buildAll: [],
			spec: null
		};
	}
}
/** What is built, beside the base of a change set. */
function comparisonOf(scope, stack, changes) {
	const { git, tree } = scope;
	const { base, added } = changes;
	return {
		stack,
		tree,
		changes,
		earlier: () => readEarlierStack(scope, changes),
		textBefore: async (file) => {
			if (added || !git || !base) return earlierText(tree, added ?? [], file);
			return file.includes("\n") ? null : await textAt(git, `${base}:./${file}`);
		}
	};
}
async function textAt(git, object) {
	const found = await git.blobs([object]).catch(() => null);
	return found ? [...found.values()][0]?.toString() ?? null : null;
}
/** The stack at the base: by git, else as far as today's tree and GitHub's list of files tell. */
async function readEarlierStack({ git, tree, inputs }, changes) {
	const { base, added } = changes;
	return await readStack(git && base && !added ? await readCommitTree({
		git,
		revision: base,
		wanted
	}) : earlierTree(tree, changes, added ?? []), optionsOf(inputs));
}
function optionsOf({ path, spec, buildArgs, registry }) {
	return {
		path,
		spec,
		buildArgs,
		registries: registry
	};
}
/** The commits before the base; `all` are the images that changed since it, `commit` is what is built. */
function pastOf(scope, { stack, changes, all, commit }) {
	const { base, complete } = changes;
	const known = /* @__PURE__ */ new Map([[base ?? "", Promise.resolve(all)]]);
	const compare = async (since) => {
		return await compareStacks(comparisonOf(scope, stack, commit ? await changesSince(scope, since, commit) : unknownChanges("the repository has no commit")));
	};
	return {
		ancestors: () => walkBack(scope, base && complete ? base : null),
		changedSince: (since) => {
			const found = known.get(since) ?? compare(since);
			known.set(since, found);
			return found;
		}
	};
}
// src/steps/detect.ts
/** Event → Trigger. The first thing that a run does: trust is known before anything else is touched. */
async function readEvent({ inputs, host }) {
	const { event } = host;
	if (event.path === null) return localTrigger({
		base: event.base,
		head: event.head,
		branch: null
	});
	const payload = await readPayload(event.path);
	const number = namedPullRequest(event.name, payload);
	const blind = readTrigger(event, payload);
	const named = number === null ? null : await readPullRequest$1({
		host,
		inputs,
		repository: blind.repository,
		number
	});
	const trigger = named ? readTrigger(event, payload, named) : blind;
	return {
		...trigger,
		base: event.base ?? trigger.base,
		head: event.head ?? trigger.head
	};
}
/** Reads the stack from the repository and finds what changed in it. */
async function detect({ trigger, inputs, host }) {
	const git = new Git({
		cwd: host.cwd,
		env: host.env
	});
	const known = await git.isRepository() ? git : null;
	const revision = known && host.event.head ? await namedCommit(known, host.event.head, "--head") : null;
	const commit = revision ?? await known?.commit("HEAD") ?? null;
	const finding = known ? findChanges({
		git: known,
		trigger,
		revision,
		inputs,
		host
	}) : notInGit();
	finding.catch(() => void 0);
	const tree = await readTree({
		git: known,
		revision,
		host
	});
	const { repository } = trigger;
	const scope = {
		git: known,
		tree,
		inputs,
		host,
		repository,
		builds: !["tag", "delete"].includes(trigger.kind)
	};
	const stack = await readOwnStack(scope);
	const changes = await finding;
	const all = scope.builds ? await compareStacks(comparisonOf(scope, stack, changes)) : /* @__PURE__ */ new Map();
	const images = inputs.images.length > 0 ? inputs.images : trigger.images ?? [];
	return {
		trigger: trigger.kind === "local" ? {
			...trigger,
			...await localHead(known, revision),
			head: commit,
			base: changes.base
		} : trigger,
		stack,
		changes,
		changed: withoutSkipped(stack, all),
		selected: scope.builds && images.length > 0 ? selectImages(stack, images) : null,
		commit,
		git: known,
		...pastOf(scope, {
			stack,
			changes,
			all,
			commit
		})
	};
}
async function notInGit() {
	return unknownChanges("this is not a git repository");
}
async function readTree({ git, revision, host }) {
	if (!git) return readFolderTree({
		cwd: host.cwd,
		wanted
	});
	return revision ? readCommitTree({
		git,
		revision,
		wanted
	}) : readWorkTree({
		git,
		cwd: host.cwd,
		wanted
	});
}
async function localHead(git, revision) {
	const branch = revision ? null : await git?.branch() ?? null;
	return {
		branch,
		ref: branch ? `refs/heads/${branch}` : ""
	};
}
async function readPayload(path) {
	try {
		return JSON.parse(await readFile(path, "utf8"));
	} catch (cause) {
		throw new ActionError("usage", `the event payload ${path} cannot be read as JSON`, ["--event-path (GITHUB_EVENT_PATH) names the file that GitHub writes"], { cause });
	}
}
// src/steps/publish.ts
/**
* Gives every image of the run its tags: the commit's own tag first, where a reused image lacks it, then the moving
* ones. Nothing moves unless the whole stack is green. Returns the results with the tags that each image has now.
*/
async function publish(question) {
	const { decision, results, host } = question;
	const red = results.some((result) => result.outcome === "failed" || result.outcome === "skipped");
	if (!decision.push.push || red) return [...results];
	if (host.signal.aborted) throw new ActionError("cancelled", "the run was cancelled before its tags were set");
	const { immutable, fixed = [], moving } = decision.rules;
	const tagged = await setTags$1(question, immutable ? [immutable, ...fixed] : [], results);
	return await setTags$1(question, immutable && !await isOvertaken(question) ? moving : [], tagged);
}
/** Whether the branch has moved on since: then its tag is for the newer commit's run to set. */
async function isOvertaken({ source, inputs, host }) {
	const { branch, repository, head } = source.trigger;
	const now = branch && head ? await branchHead({
		host,
		inputs,
		repository,
		branch
	}) : null;
	if (now === null || now === head || now === source.commit) return false;
	host.out.notice(`${branch} is at ${now.slice(0, 7)} by now: the tag ${branch} is left to its run`);
	return true;
}
async function setTags$1(question, tags, results) {
	if (tags.length === 0) return [...results];
	return await Promise.all(results.map((result) => setImageTags(question, tags, result)));
}
async function setImageTags(question, tags, result) {
	const { source, inputs, registry, decision } = question;
	const image = source.stack.images.find((candidate) => candidate.name === result.name);
	const planned = decision.plan.images.find((candidate) => candidate.name === result.name);
	if (!image || !result.digest || !planned) return result;
	const wanted = imageReferences(image, inputs.registry, tags).filter((reference) => planned.tags.includes(reference));
	const current = await Promise.all(wanted.map((reference) => digestOf$1(registry, reference)));
	const taken = wanted.find((_, at) => tags.includes(decision.rules.immutable ?? "") && current[at] && current[at] !== result.digest);
	if (taken) throw new ActionError("registry", `${taken} is there already with another digest: it is never overwritten`, ["another run published this commit meanwhile: run again, and use a concurrency group"]);
	const open = wanted.filter((_, at) => current[at] !== result.digest);
	for (const repository of imageNames(image, inputs.registry)) {
		const own = open.filter((reference) => reference.startsWith(`${repository}:`));
		if (own.length > 0) await retag(question, result, own);
	}
	return {
		...result,
		tags: [.../* @__PURE__ */ new Set([...result.tags, ...wanted])]
	};
}
/** Points references at the digest and reads back that they do: a registry must not give another digest for it. */
async function retag({ source, inputs, host, buildx, builder, registry }, result, references) {
	const image = source.stack.images.find((candidate) => candidate.name === result.name);
	const home = await homeOf(registry, image ? imageNames(image, inputs.registry) : [], result.digest ?? "");
	await retryTransient(() => buildx.retag({
		builder: builder?.name ?? null,
		source: `${home}@${result.digest}`,
		tags: references
	}), {
		signal: host.signal,
		onRetry: (message, wait) => host.out.notice(`${result.name}: ${message}; again in ${Math.round(wait / 1e3)} s`)
	}).catch((cause) => {
		if (host.signal.aborted) throw cause;
		const details = cause instanceof ActionError ? cause.details : [];
		throw new ActionError("registry", `${references.join(", ")} could not be set: ${messageOf$1(cause)}`, details, { cause });
	});
	for (const reference of references) {
		const now = await digestOf$1(registry, reference);
		if (now !== result.digest) throw new ActionError("registry", `${reference} is ${now ?? "missing"} after it was set to ${result.digest}`, ["another run may set the same tag: use a concurrency group, and run again"]);
	}
}
/** The first repository that holds the digest; a reused image may be in one of several registries only. */
async function homeOf(registry, names, digest) {
	if (names.length === 1) return names[0] ?? "";
	for (const name of names) if (await digestOf$1(registry, `${name}@${digest}`)) return name;
	throw new ActionError("registry", `${digest} is in none of ${names.join(", ")}`, ["it was removed meanwhile: run again"]);
}
async function digestOf$1(registry, text) {
	const reference = canonicalReference(text);
	return reference ? await registry.digest(reference) : null;
}
// src/tools/docker-config.ts
/** The folder of Docker's configuration, as the docker command finds it. */
function dockerConfigFolder(env) {
	return env.DOCKER_CONFIG || path.join(env.HOME || homedir(), ".docker");
}
/** Docker's configuration; empty where there is none or where it cannot be read. */
async function readDockerConfig(env) {
	try {
		return JSON.parse(await readFile(path.join(dockerConfigFolder(env), "config.json"), "utf8"));
	} catch {
		return {};
	}
}
/**
* An environment in which buildx finds its builders and plugins but no credentials: an untrusted Dockerfile could
* otherwise pull private images with those that an earlier step logged in with. `folder` is made for it.
*/
async function withoutCredentials(env, folder) {
	const own = dockerConfigFolder(env);
	const { currentContext, cliPluginsExtraDirs } = await readDockerConfig(env);
	await mkdir(folder, { recursive: true });
	await writeFile(path.join(folder, "config.json"), JSON.stringify({
		currentContext,
		cliPluginsExtraDirs
	}));
	for (const name of ["contexts", "cli-plugins"]) await symlink(path.join(own, name), path.join(folder, name));
	return {
		...env,
		DOCKER_CONFIG: folder,
		DOCKER_AUTH_CONFIG: void 0,
		BUILDX_CONFIG: env.BUILDX_CONFIG || path.join(own, "buildx")
	};
}
// src/tools/registry-status.ts
/** What a registry, or the service that gives its tokens, answered instead of what was asked for. */
var StatusError = class extends Error {
	status;
	/** How long it asks to wait, null where it does not say. */
	waitMilliseconds;
	constructor(response, request) {
		super(`${request}: ${response.status}`);
		this.status = response.status;
		this.waitMilliseconds = retryAfter(response);
	}
};
/** Retry-After in milliseconds: seconds or an HTTP date (RFC 9110, 10.2.3). */
function retryAfter(response) {
	const value = response.headers.get("retry-after");
	if (!value) return null;
	const seconds = Number(value);
	const wait = Number.isFinite(seconds) ? seconds * 1e3 : Date.parse(value) - Date.now();
	return wait > 0 ? wait : null;
}
// src/tools/registry-auth.ts
/** A helper may ask a person; nobody answers in a run. */
const helperMilliseconds = 2e4;
/**
* Answers a registry's challenges as docker does: credentials from DOCKER_CONFIG (or ~/.docker), credential helpers
* included; tokens by the distribution project's token protocol. With `login: false` only anonymous tokens are asked for.
*/
function createAuthorizer({ env, login }) {
	const known = /* @__PURE__ */ new Map();
	const key = ({ registry, repository }) => `${registry}/${repository}`;
	return {
		/** The header that the last challenge for this repository was answered with. */
		known: (reference) => known.get(key(reference)) ?? null,
		/** An Authorization header for a `WWW-Authenticate` challenge; null where there is no answer to it. */
		async answer(reference, challenge) {
			const credentials = login ? await findCredentials(reference.registry, env) : null;
			const header = /^basic/i.test(challenge) ? basic(credentials) : await bearer(reference, challenge, credentials);
			if (header) known.set(key(reference), header);
			return header;
		}
	};
}
function basic(credentials) {
	return credentials ? `Basic ${Buffer.from(`${credentials.username}:${credentials.password}`).toString("base64")}` : null;
}
/** https://distribution.github.io/distribution/spec/auth/token/ and, for identity tokens, …/spec/auth/oauth/ */
async function bearer(reference, challenge, credentials) {
	const fields = Object.fromEntries([...challenge.matchAll(/([a-z_]+)="([^"]*)"/gi)].map((match) => [match[1]?.toLowerCase(), match[2]]));
	if (!fields.realm) return null;
	const scope = fields.scope ?? `repository:${reference.repository}:pull`;
	const signal = AbortSignal.timeout(2e4);
	const response = credentials?.identityToken ? await fetch(fields.realm, {
		method: "POST",
		signal,
		body: new URLSearchParams({
			grant_type: "refresh_token",
			refresh_token: credentials.identityToken,
			service: fields.service ?? "",
			scope,
			client_id: "buildx-action"
		})
	}) : await fetch(tokenUrl(fields.realm, fields.service, scope), {
		signal,
		headers: credentials ? { authorization: basic(credentials) ?? "" } : {}
	});
	if (!response.ok) {
		await response.body?.cancel();
		if (response.status === 429 || response.status >= 500) throw new StatusError(response, `GET ${fields.realm}`);
		return null;
	}
	const { token, access_token } = await response.json();
	return token || access_token ? `Bearer ${token ?? access_token}` : null;
}
function tokenUrl(realm, service, scope) {
	const url = new URL(realm);
	if (service) url.searchParams.set("service", service);
	url.searchParams.set("scope", scope);
	return url;
}
async function findCredentials(registry, env) {
	const config = await readDockerConfig(env);
	const names = registry === "docker.io" ? ["https://index.docker.io/v1/", "docker.io"] : [registry, `https://${registry}`];
	const helper = Object.entries(config.credHelpers ?? {}).find(([name]) => hostOf(name) === registry)?.[1] ?? config.credsStore;
	if (helper) for (const name of names) {
		const found = await askHelper(helper, name, env);
		if (found) return found;
	}
	const entry = Object.entries(config.auths ?? {}).find(([name]) => hostOf(name) === registry)?.[1];
	const [username = "", ...password] = Buffer.from(entry?.auth ?? "", "base64").toString().split(":");
	if (!entry || !(username || entry.identitytoken)) return null;
	return {
		username,
		password: password.join(":"),
		...entry.identitytoken ? { identityToken: entry.identitytoken } : {}
	};
}
/** The registry that a key of Docker's configuration is about: it may be a URL with a path. */
function hostOf(key) {
	const host = key.replace(/^https?:\/\//, "").split("/", 1)[0] ?? "";
	return ["index.docker.io", "registry-1.docker.io"].includes(host) ? "docker.io" : host;
}
/** https://github.com/docker/docker-credential-helpers: the server's name on stdin, JSON on stdout. */
async function askHelper(helper, server, env) {
	if (!/^[\w.-]+$/.test(helper)) return null;
	const ended = await execute({
		file: `docker-credential-${helper}`,
		args: ["get"],
		cwd: tmpdir(),
		env,
		input: server,
		signal: AbortSignal.timeout(helperMilliseconds)
	}).catch(() => null);
	const { Username, Secret } = ended?.status === 0 ? credentialsIn(ended.stdout) : {};
	if (!Secret) return null;
	return Username === "<token>" ? {
		username: "",
		password: "",
		identityToken: Secret
	} : {
		username: Username ?? "",
		password: Secret
	};
}
function credentialsIn(answer) {
	try {
		return JSON.parse(answer.toString());
	} catch {
		return {};
	}
}
// node_modules/is-network-error/index.js
const objectToString = Object.prototype.toString;
const isError = (value) => objectToString.call(value) === "[object Error]";
const errorMessages = /* @__PURE__ */ new Set([
	"network error",
	"NetworkError when attempting to fetch resource.",
	"The Internet connection appears to be offline.",
	"Network request failed",
	"fetch failed",
	"terminated",
	" A network error occurred.",
	"Network connection lost"
]);
function isNetworkError(error) {
	if (!(error && isError(error) && error.name === "TypeError" && typeof error.message === "string")) return false;
	const { message, stack } = error;
	if (message === "Load failed" || message.startsWith("Load failed (") && message.endsWith(")")) return stack === void 0 || "__sentry_captured__" in error;
	if (message.startsWith("error sending request for url")) return true;
	if (message === "Failed to fetch" || message.startsWith("Failed to fetch (") && message.endsWith(")")) return true;
	return errorMessages.has(message);
}
// node_modules/p-retry/index.js
function validateRetries(retries) {
	if (typeof retries === "number") {
		if (retries < 0) throw new TypeError("Expected `retries` to be a non-negative number.");
		if (Number.isNaN(retries)) throw new TypeError("Expected `retries` to be a valid number or Infinity, got NaN.");
	} else if (retries !== void 0) throw new TypeError("Expected `retries` to be a number or Infinity.");
}
function validateNumberOption(name, value, { min = 0, allowInfinity = false } = {}) {
	if (value === void 0) return;
	if (typeof value !== "number" || Number.isNaN(value)) throw new TypeError(`Expected \`${name}\` to be a number${allowInfinity ? " or Infinity" : ""}.`);
	if (!allowInfinity && !Number.isFinite(value)) throw new TypeError(`Expected \`${name}\` to be a finite number.`);
	if (value < min) throw new TypeError(`Expected \`${name}\` to be \u2265 ${min}.`);
}
var AbortError = class extends Error {
	constructor(message) {
		super();
		if (message instanceof Error) {
			this.originalError = message;
			({message} = message);
		} else {
			this.originalError = new Error(message);
			this.originalError.stack = this.stack;
		}
		this.name = "AbortError";
		this.message = message;
	}
};
function calculateDelay(retriesConsumed, options) {
	const attempt = Math.max(1, retriesConsumed + 1);
	const random = options.randomize ? Math.random() + 1 : 1;
	let timeout = Math.round(random * options.minTimeout * options.factor ** (attempt - 1));
	timeout = Math.min(timeout, options.maxTimeout);
	return timeout;
}
function calculateRemainingTime(start, max) {
	if (!Number.isFinite(max)) return max;
	return max - (performance.now() - start);
}
async function onAttemptFailure({ error, attemptNumber, retriesConsumed, startTime, options }) {
	const normalizedError = error instanceof Error ? error : /* @__PURE__ */ new TypeError(`Non-error was thrown: "${error}". You should only throw errors.`);
	if (normalizedError instanceof AbortError) throw normalizedError.originalError;
	const retriesLeft = Number.isFinite(options.retries) ? Math.max(0, options.retries - retriesConsumed) : options.retries;
	const maxRetryTime = options.maxRetryTime ?? Number.POSITIVE_INFINITY;
	const context = Object.freeze({
		error: normalizedError,
		attemptNumber,
		retriesLeft,
		retriesConsumed
	});
	await options.onFailedAttempt(context);
	if (calculateRemainingTime(startTime, maxRetryTime) <= 0) throw normalizedError;
	const consumeRetry = await options.shouldConsumeRetry(context);
	const remainingTime = calculateRemainingTime(startTime, maxRetryTime);
	if (remainingTime <= 0 || retriesLeft <= 0) throw normalizedError;
	if (normalizedError instanceof TypeError && !isNetworkError(normalizedError)) {
		if (consumeRetry) throw normalizedError;
		options.signal?.throwIfAborted();
		return false;
	}
	if (!await options.shouldRetry(context)) throw normalizedError;
	if (!consumeRetry) {
		options.signal?.throwIfAborted();
		return false;
	}
	const delayTime = calculateDelay(retriesConsumed, options);
	const finalDelay = Math.min(delayTime, remainingTime);
	options.signal?.throwIfAborted();
	if (finalDelay > 0) await new Promise((resolve, reject) => {
		const onAbort = () => {
			clearTimeout(timeoutToken);
			options.signal?.removeEventListener("abort", onAbort);
			reject(options.signal.reason);
		};
		const timeoutToken = setTimeout(() => {
			options.signal?.removeEventListener("abort", onAbort);
			resolve();
		}, finalDelay);
		if (options.unref) timeoutToken.unref?.();
		options.signal?.addEventListener("abort", onAbort, { once: true });
	});
	options.signal?.throwIfAborted();
	return true;
}
async function pRetry(input, options = {}) {
	options = { ...options };
	validateRetries(options.retries);
	if (Object.hasOwn(options, "forever")) throw new Error("The `forever` option is no longer supported. For many use-cases, you can set `retries: Infinity` instead.");
	options.retries ??= 10;
	options.factor ??= 2;
	options.minTimeout ??= 1e3;
	options.maxTimeout ??= Number.POSITIVE_INFINITY;
	options.maxRetryTime ??= Number.POSITIVE_INFINITY;
	options.randomize ??= false;
	options.onFailedAttempt ??= () => {};
	options.shouldRetry ??= () => true;
	options.shouldConsumeRetry ??= () => true;
	validateNumberOption("factor", options.factor, {
		min: 0,
		allowInfinity: false
	});
	validateNumberOption("minTimeout", options.minTimeout, {
		min: 0,
		allowInfinity: false
	});
	validateNumberOption("maxTimeout", options.maxTimeout, {
		min: 0,
		allowInfinity: true
	});
	validateNumberOption("maxRetryTime", options.maxRetryTime, {
		min: 0,
		allowInfinity: true
	});
	if (!(options.factor > 0)) options.factor = 1;
	options.signal?.throwIfAborted();
	let attemptNumber = 0;
	let retriesConsumed = 0;
	const startTime = performance.now();
	while (Number.isFinite(options.retries) ? retriesConsumed <= options.retries : true) {
		attemptNumber++;
		try {
			options.signal?.throwIfAborted();
			const result = await input(attemptNumber);
			options.signal?.throwIfAborted();
			return result;
		} catch (error) {
			if (await onAttemptFailure({
				error,
				attemptNumber,
				retriesConsumed,
				startTime,
				options
			})) retriesConsumed++;
		}
	}
	throw new Error("Retry attempts exhausted without throwing an error.");
}
// src/tools/registry-request.ts
const manifestTypes = [
	"application/vnd.oci.image.index.v1+json",
	"application/vnd.docker.distribution.manifest.list.v2+json",
	"application/vnd.oci.image.manifest.v1+json",
	"application/vnd.docker.distribution.manifest.v2+json"
].join(", ");
const requestMilliseconds = 2e4;
const longestWaitMilliseconds = 6e4;
const documentBytes = 8388608;
/**
* Asks a registry, again where what went wrong may pass. Gives null for 404. Throws ActionError('registry'), or
* ActionError('cancelled') where the run is.
*/
async function askRegistry(question) {
	return await retried(() => request(question), question.reference, question.options);
}
/** One request, with a second try after a challenge for a token. Throws for everything but success and 404. */
async function request({ options, authorizer, reference, method, kind, what }) {
	const url = `${baseUrl(reference.registry)}/v2/${reference.repository}/${kind}/${what}`;
	const send = (authorization) => fetch(url, {
		method,
		headers: {
			accept: manifestTypes,
			...authorization ? { authorization } : {}
		},
		signal: AbortSignal.any([AbortSignal.timeout(requestMilliseconds), ...options.signal ? [options.signal] : []])
	});
	let response = await send(authorizer.known(reference));
	const challenge = response.status === 401 ? response.headers.get("www-authenticate") : null;
	if (challenge) {
		await response.body?.cancel();
		const authorization = await authorizer.answer(reference, challenge);
		if (authorization) response = await send(authorization);
	}
	if (response.ok) return {
		digest: response.headers.get("docker-content-digest"),
		body: await limitedBody(response)
	};
	await response.body?.cancel();
	if (response.status === 404) return null;
	throw new StatusError(response, `${method} ${url}`);
}
/** Retries what may pass (408, 429, 5xx, a cut connection), obeying Retry-After; turns the rest into a clear error at once. */
async function retried(attempt, reference, { signal, firstWait = 500 }) {
	try {
		return await pRetry(() => attempt().catch((error) => {
			if (error instanceof StatusError && error.status < 500 && ![408, 429].includes(error.status)) throw new AbortError(error);
			if (error instanceof StatusError || error instanceof AbortError) throw error;
			throw new Error(causeOf(error), { cause: error });
		}), {
			retries: 3,
			minTimeout: firstWait,
			factor: 3,
			randomize: true,
			...signal ? { signal } : {},
			onFailedAttempt: async ({ error, retriesLeft }) => {
				if (retriesLeft > 0 && error instanceof StatusError && error.waitMilliseconds) await delay(Math.min(error.waitMilliseconds, longestWaitMilliseconds), signal);
			}
		});
	} catch (error) {
		if (signal?.aborted) throw new ActionError("cancelled", `the run was cancelled while ${reference.registry} was asked`, [], { cause: error });
		throw explain(error, reference);
	}
}
function explain(error, { registry, repository }) {
	const where = `${registry}/${repository}`;
	if (!(error instanceof StatusError)) return new ActionError("registry", `registry ${registry} cannot be reached for ${where}: ${causeOf(error)}`, ["check the name in registry, the network and the registry’s status page"], { cause: error });
	if (error.status === 401 || error.status === 403) return new ActionError("registry", `registry ${registry} refuses to read ${where}: ${error.status}`, ["log in before this step (docker/login-action) with an account that may pull and push there"], { cause: error });
	const remedy = error.status === 429 ? "it limits requests: log in, or run again later" : "run again later; the registry’s status page may tell more";
	return new ActionError("registry", `registry ${registry} answered ${error.status} for ${where}, also after retries`, [remedy], { cause: error });
}
/** What is at the bottom of it: fetch wraps what happened, and a retry wraps fetch's error. */
function causeOf(error) {
	if (!isNativeError(error)) return messageOf$1(error);
	return isNativeError(error.cause) ? causeOf(error.cause) : error.message;
}
async function delay(milliseconds, signal) {
	const { setTimeout: sleep } = await import("node:timers/promises");
	await sleep(milliseconds, void 0, signal ? { signal } : {});
}
/** The whole document: within the attempt, so that a connection that is cut meanwhile is tried again. */
async function limitedBody(response) {
	const chunks = [];
	let bytes = 0;
	for await (const chunk of response.body ?? []) {
		bytes += chunk.length;
		if (bytes > documentBytes) throw new AbortError("it sends a manifest of more than 8 MiB");
		chunks.push(chunk);
	}
	return Buffer.concat(chunks);
}
/** Docker's own rule: loopback registries speak http, all others https. */
function baseUrl(registry) {
	if (registry === "docker.io") return "https://registry-1.docker.io";
	return `${/^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/.test(registry) ? "http" : "https"}://${registry}`;
}
// src/tools/registry.ts
/** A client for all registries of a run; tokens are kept for its lifetime. */
function createRegistry(options) {
	const authorizer = createAuthorizer(options);
	const ask = (reference, method, kind, what) => askRegistry({
		options,
		authorizer,
		reference,
		method,
		kind,
		what
	});
	const json = async (reference, kind, what) => {
		const answer = await ask(reference, "GET", kind, what);
		return answer && parse(answer, reference);
	};
	return {
		async digest(reference) {
			const what = reference.digest ?? reference.tag;
			const answer = await ask(reference, "HEAD", "manifests", what);
			if (!answer) return null;
			return answer.digest ?? reference.digest ?? digestOf(await ask(reference, "GET", "manifests", what));
		},
		async image(reference) {
			const answer = await ask(reference, "GET", "manifests", reference.digest ?? reference.tag);
			if (!answer) return null;
			const top = parse(answer, reference);
			const child = top.manifests?.find((entry) => entry.platform?.os !== "unknown");
			const manifest = child?.digest ? await json(reference, "manifests", child.digest) : top;
			const layers = manifest?.layers ?? [];
			const config = manifest?.config?.digest ? await json(reference, "blobs", manifest.config.digest) : null;
			const size = [...layers, manifest?.config].reduce((sum, part) => sum + (part?.size ?? 0), 0);
			return {
				digest: answer.digest ?? reference.digest ?? digestOf(answer) ?? "",
				size,
				diffIds: config?.rootfs?.diff_ids ?? []
			};
		}
	};
}
function parse({ body }, { registry, repository }) {
	try {
		return JSON.parse(body.toString());
	} catch (cause) {
		throw new ActionError("registry", `registry ${registry} answered for ${registry}/${repository} with what is no JSON`, ["check the name in registry: a proxy or a login page may answer in its place"], { cause });
	}
}
function digestOf(answer) {
	return answer && `sha256:${createHash("sha256").update(answer.body).digest("hex")}`;
}
// src/run.ts
/** The whole story: event → trigger → stack and changes → plan → builds → tags → report. */
async function run(inputs, host) {
	const started = Date.now();
	const trigger = await readEvent({
		inputs,
		host
	});
	announce({
		trigger,
		host
	});
	const source = await detect({
		trigger,
		inputs,
		host
	});
	const registry = createRegistry({
		env: host.env,
		login: trigger.trust === "trusted",
		signal: host.signal
	});
	const decision = await decide({
		source,
		inputs,
		host,
		registry
	});
	if (inputs.command === "plan" || inputs.dryRun) return await concludePlan({
		source,
		decision,
		inputs,
		host
	});
	const made = await make({
		source,
		decision,
		inputs,
		host,
		registry
	});
	const results = await withSizes({
		results: made.results,
		source,
		inputs,
		host,
		registry
	});
	return await concludeRun({
		source,
		decision,
		inputs,
		host,
		...made,
		results,
		started
	});
}
/** Builds what the plan says and sets the tags. Where nothing is to be done, buildx is not even looked for. */
async function make(question) {
	const { source, decision, inputs, host } = question;
	const { plan } = decision;
	const building = plan.images.filter((image) => image.action === "build");
	const tagging = decision.push.push && plan.images.some((image) => image.action === "reuse");
	if (building.length === 0 && !tagging) return {
		results: unbuiltResults(plan),
		builder: null,
		error: null
	};
	const buildx = await findBuildx({
		cwd: host.cwd,
		env: await buildEnvironment(source, host),
		signal: host.signal
	});
	if (building.length === 0) return await setTags({
		...question,
		buildx,
		builder: null,
		results: unbuiltResults(plan)
	});
	const names = new Set(building.map((image) => image.name));
	const platforms = inputs.platforms.length > 0 ? inputs.platforms : [...new Set(source.stack.images.filter((image) => names.has(image.name)).flatMap((image) => image.platforms))];
	const builder = await prepareBuilder({
		inputs,
		host,
		buildx,
		platforms
	});
	const observer = await observe({
		host,
		plan
	});
	const results = await buildStack({
		...question,
		buildx,
		builder,
		observer
	}).finally(observer.close);
	return await setTags({
		...question,
		buildx,
		builder,
		results
	});
}
/** What buildx may see; an untrusted run has no credentials to lend. */
async function buildEnvironment({ trigger }, host) {
	const env = childEnvironment(host.env);
	return trigger.trust === "trusted" ? env : await withoutCredentials(env, path.join(host.temp, "docker"));
}
async function setTags(question) {
	const builder = question.builder?.name ?? null;
	try {
		return {
			results: await publish(question),
			builder,
			error: null
		};
	} catch (error) {
		return {
			results: [...question.results],
			builder,
			error
		};
	}
}
export { graphKinds as n, run as t };
