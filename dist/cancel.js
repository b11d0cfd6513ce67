import { a as messageOf, n as ActionError, t as nearest } from "./nearest.js";
import { a as formatDuration, n as count$1 } from "./format.js";
import { n as visible, t as shorten } from "./visible.js";
import { r as paint } from "./paint.js";
import { t as parse$1 } from "./sync.js";
import { spawn } from "node:child_process";
import { statSync } from "node:fs";
import { createInterface } from "node:readline";
import { randomBytes } from "node:crypto";
// src/stack/canonical.ts
const component = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
const label = "(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])";
const grammar = new RegExp(`^(${`(?:${label}(?:\\.${label})*|\\[[0-9a-fA-F:]+\\])(?::[0-9]+)?`})/(${component}(?:/${component})*)(?::(\\w[\\w.-]{0,127}))?(?:@(sha256:[0-9a-f]{64}|sha384:[0-9a-f]{96}|sha512:[0-9a-f]{128}))?$`);
const longestRepository = 255;
/** Text → its full form; null where it is no valid reference. The first component is a host if it has a dot, a port or is `localhost`. */
function canonicalReference(text) {
	const found = parse(text);
	return found && {
		...found,
		tag: found.tag ?? "latest"
	};
}
function parse(text) {
	const first = text.split("/", 1)[0] ?? "";
	const hasHost = text.includes("/") && (/[.:]/.test(first) || first === "localhost" || first !== first.toLowerCase());
	const match = grammar.exec(hasHost ? text : `docker.io/${text}`);
	if (!match || /^[0-9a-f]{64}$/.test(text)) return null;
	const [, domain = "", path = "", tag = null, digest = null] = match;
	const registry = domain === "index.docker.io" ? "docker.io" : domain;
	const repository = registry === "docker.io" && !path.includes("/") ? `library/${path}` : path;
	return repository.length > longestRepository ? null : {
		registry,
		repository,
		tag,
		digest
	};
}
/** `name:tag` (or `name@digest`) with registry, as docker pull takes it. */
function formatCanonical({ registry, repository, tag, digest }) {
	return digest ? `${registry}/${repository}@${digest}` : `${registry}/${repository}:${tag}`;
}
/**
* The key under which BuildKit looks up a named context for a reference: Docker's familiar form without `:latest`
* (frontend/dockerui/namedcontext.go). Text that is no reference stays as it is.
*/
function contextKey(text) {
	const reference = parse(text);
	if (!reference) return text;
	const { registry, repository, tag, digest } = reference;
	return `${registry === "docker.io" ? repository.replace(/^library\/([^/]+)$/, "$1") : `${registry}/${repository}`}${tag ? `:${tag}` : ""}${digest ? `@${digest}` : ""}`.replace(/:latest$/, "");
}
// src/tools/exec.ts
const stderrLimit = 65536;
/** GitHub's runner gives 7.5 s between its SIGINT and SIGTERM: a group that ignores ours has to be gone before. */
const graceMilliseconds = 5e3;
const running = /* @__PURE__ */ new Set();
/** Runs a child to its end, whatever its exit code. Throws ActionError only where it cannot start or the run is cancelled. */
async function execute(command) {
	if (command.signal?.aborted) throw cancelled(command);
	const child = start$1(command);
	running.add(child);
	const stop = () => endGroup(child);
	command.signal?.addEventListener("abort", stop, { once: true });
	try {
		const ended = await collect(child, command);
		if (command.signal?.aborted) throw cancelled(command);
		return ended;
	} finally {
		running.delete(child);
		command.signal?.removeEventListener("abort", stop);
		if (command.signal?.aborted) signalGroup(child, "SIGKILL");
	}
}
/** Runs a child that has to succeed and gives its standard output. Throws ActionError with its last lines of stderr. */
async function output(command) {
	const ended = await execute(command);
	if (ended.status !== 0) throw failure(command, ended);
	return ended.stdout;
}
/** The error of a child that failed: how it ended (a signal counts, also with nothing on stderr) and its last lines. */
function failure(command, ended) {
	const lines = ended.stderr.split("\n").map((line) => line.trimEnd()).filter(Boolean);
	const how = ended.signal ? `was ended by ${ended.signal}` : `ended with exit code ${ended.status}`;
	const verb = command.args.find((argument) => /^[a-z][a-z-]*$/.test(argument)) ?? "";
	const name = command.title ?? `${command.file.split("/").at(-1)} ${verb}`.trim();
	return new ActionError(command.code ?? "build", `${name} ${how}${lines.length ? `: ${lines.at(-1)}` : ""}`, lines.slice(-8, -1));
}
/** Ends all children that still run, at once; for the last moment of a process. */
function killAll() {
	for (const child of running) signalGroup(child, "SIGKILL");
}
function start$1(command) {
	try {
		return spawn(command.file, command.args, {
			cwd: command.cwd,
			env: { ...command.env },
			detached: true,
			stdio: [
				command.input === void 0 ? "ignore" : "pipe",
				"pipe",
				"pipe"
			]
		});
	} catch (cause) {
		throw notStarted(command, cause instanceof Error ? cause : new Error(String(cause)));
	}
}
async function collect(child, command) {
	const stdout = [];
	let stderr = "";
	const keep = (line) => {
		stderr += `${line}\n`;
		if (stderr.length > 2 * stderrLimit) stderr = stderr.slice(-65536);
		command.onStderr?.(line);
	};
	const { onStdout } = command;
	if (onStdout) createInterface({
		input: child.stdout,
		crlfDelay: Number.POSITIVE_INFINITY
	}).on("line", onStdout);
	else child.stdout.on("data", (chunk) => stdout.push(chunk));
	const lines = createInterface({
		input: child.stderr,
		crlfDelay: Number.POSITIVE_INFINITY
	}).on("line", keep);
	const drained = new Promise((resolve) => lines.once("close", resolve));
	if (command.input !== void 0) {
		child.stdin.on("error", () => void 0);
		child.stdin.end(command.input);
	}
	const [status, signal] = await new Promise((resolve, reject) => {
		child.once("error", (cause) => reject(notStarted(command, cause)));
		child.once("close", (code, name) => resolve([code, name]));
	});
	await drained;
	return {
		status,
		signal,
		stdout: Buffer.concat(stdout),
		stderr: stderr.slice(-65536)
	};
}
function endGroup(child) {
	signalGroup(child, "SIGINT");
	setTimeout(() => running.has(child) && signalGroup(child, "SIGKILL"), graceMilliseconds).unref();
}
function signalGroup(child, signal) {
	try {
		if (child.pid) process.kill(-child.pid, signal);
	} catch {}
}
function notStarted(command, cause) {
	const message = !statSync(command.cwd, { throwIfNoEntry: false })?.isDirectory() ? `${command.file} could not be started: ${command.cwd} is not a folder` : cause.code === "ENOENT" ? `${command.file} is not installed (or not on PATH)` : `${command.file} could not be started: ${cause.message}`;
	return new ActionError(command.code ?? "build", message, [], { cause });
}
function cancelled(command) {
	return new ActionError("cancelled", `the run was cancelled while ${command.file.split("/").at(-1)} ran`);
}
// src/tools/buildx.ts
/** buildx by its command line: as docker's plugin, or alone where there is no docker. */
var Buildx = class {
	version;
	#command;
	#cwd;
	#env;
	#signal;
	constructor(options) {
		this.version = options.version;
		this.#command = options.command;
		this.#cwd = options.cwd;
		this.#env = options.env;
		this.#signal = options.signal;
	}
	/** All builders that buildx knows. Unreachable ones have an `error`. */
	async builders() {
		const listed = (await output(this.#run([
			"ls",
			"--format",
			"{{json .}}"
		], "builder"))).toString().split("\n").filter(Boolean).map((line) => JSON.parse(line));
		return Promise.all(listed.map((builder) => this.#facts(builder)));
	}
	/** Starts a builder that is set up but not running yet. Throws ActionError('builder'). */
	async bootstrap(name) {
		await output(this.#run([
			"inspect",
			"--bootstrap",
			name
		], "builder"));
	}
	/** Sets up and starts a builder of the run's own with the docker-container driver. */
	async create(name) {
		await output(this.#run([
			"create",
			"--name",
			name,
			"--driver",
			"docker-container",
			"--bootstrap"
		], "builder"));
	}
	/** Removes a builder and what it holds; a missing one is no error. */
	async remove(name) {
		await execute({
			...this.#run([
				"rm",
				"--force",
				name
			], "builder"),
			signal: void 0
		});
	}
	/** One bake; each line of its progress goes to `onLine`. Gives how it ended, also after a failure. */
	async bake(args, onLine, env = {}) {
		const command = this.#run(["bake", ...args], "build");
		return await execute({
			...command,
			env: {
				...command.env,
				...env
			},
			onStderr: onLine
		});
	}
	/** Points tags at a digest, without building or changing it. */
	async retag({ builder, source, tags }) {
		const args = [
			"imagetools",
			"create",
			"--prefer-index=false",
			...builder ? ["--builder", builder] : [],
			...tags.flatMap((tag) => ["--tag", tag]),
			source
		];
		await output(this.#run(args, "registry"));
	}
	async #facts(builder) {
		const nodes = builder.Nodes ?? [];
		const driver = builder.Driver ?? "";
		return {
			name: builder.Name ?? "",
			driver,
			current: builder.Current === true,
			running: nodes.length > 0 && nodes.every((node) => node.Status === "running"),
			nodes: nodes.length,
			platforms: [...new Set(nodes.flatMap((node) => node.Platforms ?? []))],
			containerdStore: driver === "docker" && !builder.Err ? await this.#hasContainerdStore() : false,
			error: builder.Err ?? nodes.find((node) => node.Err)?.Err ?? null
		};
	}
	async #hasContainerdStore() {
		const [file] = this.#command;
		if (!file.endsWith("docker")) return false;
		return (await execute({
			file,
			args: [
				"info",
				"--format",
				"{{json .DriverStatus}}"
			],
			cwd: this.#cwd,
			env: this.#env,
			signal: this.#signal
		})).stdout.toString().includes("io.containerd.snapshotter");
	}
	#run(args, code) {
		const [file, ...first] = this.#command;
		return {
			file,
			args: [...first, ...args],
			cwd: this.#cwd,
			env: this.#env,
			signal: this.#signal,
			code
		};
	}
};
/** Finds buildx: docker's plugin first, else `buildx` on PATH. Throws ActionError('builder') where there is neither. */
async function findBuildx({ cwd, env, signal }) {
	for (const command of [["docker", "buildx"], ["buildx"]]) {
		const [file, ...args] = command;
		const ended = await execute({
			file,
			args: [...args, "version"],
			cwd,
			env,
			signal,
			code: "builder"
		}).catch((error) => {
			if (error instanceof ActionError && error.code === "cancelled") throw error;
			return null;
		});
		const version = ended?.status === 0 ? /v(\d+\.\d+\.\d+\S*)/.exec(ended.stdout.toString())?.[1] : void 0;
		if (version) return new Buildx({
			command,
			version,
			cwd,
			env,
			signal
		});
	}
	throw new ActionError("builder", "there is neither `docker buildx` nor `buildx` on PATH", ["on GitHub: run on a runner with Docker, such as ubuntu-24.04, or add docker/setup-buildx-action before this step", "elsewhere: install Docker with buildx, or buildx alone beside a remote BuildKit"]);
}
/** Whether a Docker engine answers; images can be loaded into it. */
async function hasEngine({ cwd, env }) {
	return (await execute({
		file: "docker",
		args: [
			"version",
			"--format",
			"{{.Server.Version}}"
		],
		cwd,
		env
	}).catch(() => null))?.status === 0;
}
// src/stack/builder.ts
/**
* `named` is the input `builder` (or BUILDX_BUILDER): it is used or it is an error. Without a name the current builder
* is used if it can do what is asked; else one is created. Throws ActionError('builder') with feature and remedy.
*/
function chooseBuilder(builders, named, needs) {
	if (named) return { use: namedBuilder(builders, named, needs) };
	const current = builders.find((builder) => builder.current) ?? builders.find((builder) => builder.name === "default");
	const engine = builders.find((builder) => builder.driver === "docker" && !builder.error);
	if (!current || current.error) {
		if (engine) return { create: `the current builder ${current?.name ?? ""} cannot be reached` };
		throw new ActionError("builder", `there is no builder: ${current?.error ? firstLine(current.error) : "buildx knows none"}`, ["start Docker, or set up a builder (docker/setup-buildx-action, `docker buildx create`) and name it in the input builder"]);
	}
	const lacking = lacks(current, needs);
	if (!lacking) return { use: current };
	if (engine) return { create: `builder ${current.name} (driver ${current.driver}) ${lacking}` };
	throw new ActionError("builder", `builder ${current.name} (driver ${current.driver}) ${lacking}, and no Docker engine is there to start another`, ["name a builder that can in the input builder"]);
}
function namedBuilder(builders, named, needs) {
	const builder = builders.find((candidate) => candidate.name === named);
	if (!builder) throw new ActionError("builder", `input builder: "${named}" is not a builder here`, [`buildx knows ${builders.map((one) => one.name).join(", ") || "none"}`]);
	if (builder.error) throw new ActionError("builder", `builder ${named} cannot be reached: ${firstLine(builder.error)}`, ["start it, or name another in the input builder"]);
	const lacking = lacks(builder, needs);
	if (lacking) throw new ActionError("builder", `builder ${named} (driver ${builder.driver}) ${lacking}`, ["name a builder with the docker-container driver, or leave the input builder empty: one is then created for the run"]);
	return builder;
}
/** What a builder cannot do, as the end of a sentence; null where it can do all. */
function lacks(builder, needs) {
	const classic = builder.driver === "docker" && !builder.containerdStore;
	if (classic && needs.platforms.length > 1) return `builds one platform at a time, not ${needs.platforms.join(", ")}`;
	if (classic && needs.annotations) return "drops annotations (input annotations)";
	if (!builder.running || builder.platforms.length === 0) return null;
	const missing = needs.platforms.find((platform) => !builder.platforms.includes(platform) && !builder.platforms.includes(platform.replace(/\/v\d+$/, "")));
	return missing ? `cannot build for ${missing} (it has ${builder.platforms.join(", ")})` : null;
}
function firstLine(text) {
	return text.split("\n", 1)[0] ?? "";
}
// src/steps/builder.ts
/** Prefix of the names of builders that a run makes for itself; the post step removes no other. */
const ownBuilder = /^buildx-action-[0-9a-f]{16}$/;
/** Takes a builder that can do what is asked, or makes one and leaves a note for the post step to remove it. */
async function prepareBuilder({ inputs, host, buildx, platforms }) {
	const named = inputs.builder || host.env.BUILDX_BUILDER || "";
	const needs = {
		platforms,
		annotations: inputs.annotations.length > 0
	};
	const choice = chooseBuilder(await buildx.builders(), named, needs);
	if ("create" in choice) return await createBuilder({
		reason: choice.create,
		host,
		buildx
	});
	if (choice.use.running) return choice.use;
	await start(choice.use, buildx, host);
	const again = chooseBuilder(await buildx.builders(), choice.use.name, needs);
	return "use" in again ? again.use : choice.use;
}
async function start({ name, driver }, buildx, host) {
	await buildx.bootstrap(name).catch((cause) => {
		if (host.signal.aborted) throw cause;
		throw new ActionError("builder", `builder ${name} (driver ${driver}) cannot be started: ${messageOf(cause)}`, ["start what it stands for, or name another in the input builder"], { cause });
	});
}
async function createBuilder({ reason, host, buildx }) {
	const name = `buildx-action-${randomBytes(8).toString("hex")}`;
	host.out.notice(`${reason}: a docker-container builder ${name} is created for this run`);
	host.out.state("builder", name);
	await buildx.create(name);
	return (await buildx.builders()).find((builder) => builder.name === name) ?? {
		name,
		driver: "docker-container",
		current: false,
		running: true,
		nodes: 1,
		platforms: [],
		containerdStore: false,
		error: null
	};
}
// src/report/outcome.ts
/** One sign an outcome, the same everywhere. */
const ICONS = {
	built: "✅",
	reused: "♻️",
	unchanged: "➖",
	failed: "❌",
	skipped: "⏭️"
};
const ORDER = [
	"failed",
	"built",
	"reused",
	"unchanged",
	"skipped"
];
const PLANNED = {
	build: "to build",
	reuse: "to reuse",
	skip: "unchanged"
};
/** The word for what became of an image; in a dry run what would become of it. */
function outcomeText(image, dryRun = false) {
	return dryRun ? image.action : image.outcome;
}
/** Whether anything went wrong. */
function isRed(result) {
	return result.error !== null || result.images.some((image) => image.outcome === "failed");
}
/**
* The whole story in one line (of an error, its first): `1 failed, 3 built, 1 unchanged · 4 m 12 s · nothing pushed`. It holds text
* of others (the run's error, a commit): the caller escapes it as a whole.
*/
function headline(result) {
	const error = result.error === null ? [] : [result.error.split("\n")[0] ?? ""];
	if (error.length > 0 && result.images.every((image) => image.started === null)) return error.join("");
	const time = result.dryRun ? "dry run: nothing was built" : formatDuration(result.completed - result.started);
	return [
		counts(result),
		time,
		...error,
		...restriction(result)
	].join(" · ");
}
/** What the run's error says below its first line, empty where it has only one. */
function errorRest(result) {
	return (result.error ?? "").split("\n").slice(1).join("\n").trimEnd();
}
function counts(result) {
	if (result.images.length === 0) return "no images found";
	const shown = (result.dryRun ? [
		"build",
		"reuse",
		"skip"
	].map((action) => [tally(result, (image) => image.action === action), PLANNED[action]]) : ORDER.map((outcome) => [tally(result, (image) => image.outcome === outcome), outcome])).filter(([number]) => number > 0);
	const [only] = shown;
	if (shown.length === 1 && only?.[1] === "unchanged") return `nothing to build, ${count$1(only[0], "image")} unchanged`;
	return shown.map(([number, word]) => `${number} ${word}`).join(", ");
}
/** An untrusted run says what it may not do and what a maintainer can do about it. */
function restriction(result) {
	if (result.trigger.trust === "untrusted") return [`untrusted run: no login, no secrets, no push; a maintainer can push ${result.trigger.pullRequest?.headSha.slice(0, 7) ?? "its commit"} to a branch of this repository`];
	return result.images.some((image) => image.outcome === "built") && !result.pushed && !result.dryRun ? ["nothing pushed"] : [];
}
function tally(result, test) {
	return result.images.filter(test).length;
}
// src/report/sections.ts
/** GitHub takes at most 1 MiB of summary a step; a little stays free for what others append. */
const SUMMARY_LIMIT = 1047552;
/**
* Joins sections in their order within `limit` bytes: whole ones are left out from the least important up, the last
* line names them. `where`: where the cut parts can be seen.
*/
function joinSections(sections, limit, where) {
	const kept = sections.filter((section) => section.markdown !== "");
	const cut = [];
	let used = size(render(kept, [], where));
	while (used + size(note(cut, where)) > limit) {
		const victim = leastImportant(kept);
		if (victim === null) return truncate(render(kept, [], where), limit);
		kept.splice(kept.indexOf(victim), 1);
		cut.unshift(victim.name);
		used -= size(victim.markdown) + GAP.length;
	}
	return render(kept, cut, where);
}
const GAP = "\n\n";
/** Of several that are equally important, the last. */
function leastImportant(kept) {
	return kept.reduce((least, section) => {
		return section.rank > 0 && section.rank >= (least?.rank ?? 0) ? section : least;
	}, null);
}
function render(kept, cut, where) {
	return `${kept.map((section) => section.markdown).join(GAP)}${note(cut, where)}\n`;
}
function note(cut, where) {
	const names = [...new Set(cut)].join(", ");
	return names === "" ? "" : `${GAP}_Left out, because GitHub shows no more: ${names}. ${where}_`;
}
/** Only the parts of rank 0 are left and too long: their first whole lines. */
function truncate(markdown, limit) {
	const lines = [];
	let used = 0;
	for (const line of markdown.split("\n")) {
		used += size(line) + 1;
		if (used > limit) break;
		lines.push(line);
	}
	return lines.length === 0 ? "" : `${lines.join("\n").trimEnd()}\n`;
}
function size(text) {
	return Buffer.byteLength(text, "utf8");
}
// src/report/text.ts
const LINES = 5;
const WIDTH = 400;
/** An error for a person, without a line end: what and where first, why and the remedy below, five lines at most. */
function renderError(error, options) {
	const lines = [...error instanceof ActionError ? error.details : [], ...causes(error)].flatMap((text) => text.split("\n")).filter((line) => line.trim() !== "");
	const shown = lines.length < LINES ? lines : [...lines.slice(0, 3), `(${lines.length - LINES + 2} more lines in the debug log)`];
	return [`${paint(["bold", "red"], "error:", options)} ${clean(messageOf(error))}`, ...shown.map((line) => `       ${clean(line)}`)].join("\n");
}
/** All of an error: every detail, the chain of causes, the stack. For `--debug`. */
function renderErrorDetails(error) {
	const details = error instanceof ActionError ? error.details : [];
	const stack = error instanceof Error && error.stack !== void 0 ? error.stack.split("\n").slice(1) : [];
	return [
		messageOf(error),
		...details,
		...causes(error),
		...stack
	].flatMap((text) => text.split("\n")).map(visible).join("\n");
}
/** Messages of the causes that say something new. */
function causes(error) {
	const found = [];
	let said = messageOf(error);
	let cause = error instanceof Error ? error.cause : void 0;
	while (cause !== void 0 && cause !== null && found.length < 10) {
		const message = messageOf(cause);
		if (!said.includes(message)) found.push(`because: ${message}`);
		said += message;
		cause = cause instanceof Error ? cause.cause : void 0;
	}
	return found;
}
function clean(line) {
	return shorten(visible(line), WIDTH);
}
// src/tools/environment.ts
/** What a child may see of the runner's environment: nothing that carries inputs, tokens, the event or the run's state. */
const hidden = /^(INPUT_|STATE_|GITHUB_|ACTIONS_ID_TOKEN_|ACTIONS_RUNTIME_TOKEN$)/;
/**
* The environment of buildx and its plugins. buildx copies the event payload that GITHUB_EVENT_PATH names into metadata
* and provenance (docker/buildx#4066), and INPUT_* hold the secrets: neither reaches it.
*/
function childEnvironment(env) {
	const kept = Object.entries(env).filter(([name]) => !hidden.test(name));
	return {
		...Object.fromEntries(kept),
		BUILDX_METADATA_PROVENANCE: "disabled",
		BUILDX_METADATA_WARNINGS: "0",
		BUILDX_NO_DEFAULT_LOAD: env.BUILDX_NO_DEFAULT_LOAD,
		DOCKER_CLI_HINTS: "false"
	};
}
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
	const level = `(?:${annotationLevels.join("|")})(?:\\[[\\w/.-]+\\])?`;
	const valid = new RegExp(`^(?:${level}(?:,${level})*:)?[^=:\\s]+=`);
	const wrong = items.find((item) => !valid.test(item));
	if (wrong === void 0) return items;
	throw invalid("annotations", wrong, [`write it as [LEVEL:]KEY=VALUE; a level is one of ${annotationLevels.join(", ")}`]);
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
function invalid(name, value, details) {
	return new ActionError("input", `input ${name}: ${JSON.stringify(shorten(value, 100))} is not a value of it`, details);
}
function didYouMean(value, values) {
	const found = nearest(value, values);
	return found.length ? [`did you mean ${found.join(" or ")}?`] : [];
}
// src/lists.ts
/** Items of a list input, empty ones left out. Throws where quotes do not close. */
function readList(text, { separator, quote = true, trim = true }) {
	if (text.trim() === "") return [];
	return parse$1(text, {
		columns: false,
		relax_quotes: true,
		relax_column_count: true,
		skip_empty_lines: true,
		...quote ? {} : { quote: false }
	}).flatMap((record) => {
		if (separator === "lines") return [record.join(",")];
		return record.length === 1 ? (record[0] ?? "").split(",") : record;
	}).filter((item) => item.trim() !== "").map((item) => trim ? item.trim() : item);
}
/** `key=value` items as a record; the value may hold `=`. Throws `Error` with the item for one without `=`. */
function readPairs(items) {
	const pairs = items.map((item) => {
		const at = item.indexOf("=");
		if (at <= 0) throw new Error(`${JSON.stringify(item)} is not KEY=VALUE`);
		return [item.slice(0, at).trim(), item.slice(at + 1)];
	});
	return Object.fromEntries(pairs);
}
// src/inputs.ts
/** Names of the inputs, as in action.yml; the command line has a flag of each name. */
const inputNames = [
	"path",
	"images",
	"spec",
	"registry",
	"command",
	"platforms",
	"build-args",
	"build-contexts",
	"secrets",
	"secret-files",
	"secret-envs",
	"ssh",
	"labels",
	"annotations",
	"tags",
	"flavor",
	"builder",
	"push",
	"load",
	"no-cache",
	"pull",
	"target",
	"jobs",
	"dry-run",
	"github-token"
];
/** Inputs that are true or false; on the command line they are flags without a value. */
const booleanInputs = [
	"push",
	"load",
	"no-cache",
	"pull",
	"dry-run"
];
const lines = { separator: "lines" };
const linesOrCommas = { separator: "lines-or-commas" };
const linesWithQuotes = {
	separator: "lines",
	quote: false
};
const linesAsTheyAre = {
	separator: "lines",
	trim: false
};
/**
* Texts of the inputs → checked values; `read` gives '' for what was not set. `cores` is the default of `jobs`.
* Throws ActionError('input') that names the input, the value and the remedy.
*/
function loadInputs(read, cores) {
	const text = (name) => read(name).trim();
	const list = (name, syntax) => attempt(name, () => readList(read(name), syntax), "one item a line; quotes as in CSV: close them, or leave them out");
	const unique = (name) => [...new Set(list(name, linesOrCommas))];
	const pairs = (name) => attempt(name, () => readPairs(list(name, lines)), "write one KEY=VALUE a line");
	const inputs = {
		path: repositoryPath("path", text("path"), "it is a folder below the repository, for example `images`"),
		images: unique("images"),
		spec: repositoryPath("spec", text("spec"), "it is a file of the repository, for example `images/spec.yml`"),
		registry: [...new Set(unique("registry").map(registryPrefix))],
		command: choice("command", text("command") || "auto", [
			"auto",
			"plan",
			"build"
		]),
		platforms: [...new Set(unique("platforms").map(platform))],
		buildArgs: pairs("build-args"),
		buildContexts: pairs("build-contexts"),
		secrets: readSecrets(list),
		ssh: list("ssh", linesOrCommas),
		labels: pairs("labels"),
		annotations: annotations(list("annotations", lines)),
		tags: list("tags", linesWithQuotes),
		flavor: list("flavor", linesWithQuotes),
		builder: text("builder"),
		push: autoOrBoolean("push", text("push")),
		load: autoOrBoolean("load", text("load")),
		noCache: boolean("no-cache", text("no-cache") || "false"),
		pull: boolean("pull", text("pull") || "false"),
		target: text("target"),
		jobs: count("jobs", text("jobs"), cores),
		dryRun: boolean("dry-run", text("dry-run") || "false"),
		githubToken: text("github-token")
	};
	refuseContradictions(inputs);
	return inputs;
}
function refuseContradictions(inputs) {
	if (inputs.push === true && inputs.registry.length === 0) throw new ActionError("input", "input push: true, but registry is empty: there is nowhere to push to", ["set registry, for example `registry: quay.io/pangeo`, or leave push to its default"]);
	if (inputs.load === true && inputs.platforms.length > 1) throw new ActionError("input", `input load: true, but platforms names ${inputs.platforms.length}: ${inputs.platforms.join(", ")}`, ["an engine loads one platform: name one, or leave load out"]);
	const ids = inputs.secrets.map((secret) => secret.id);
	const twice = ids.find((id, at) => ids.indexOf(id) !== at);
	if (twice) throw new ActionError("input", `the secret id "${twice}" is given twice in secrets, secret-files and secret-envs`, ["give each id once"]);
}
function readSecrets(list) {
	const entries = (name, syntax) => list(name, syntax).map((item) => {
		const at = item.indexOf("=");
		if (item.slice(0, Math.max(0, at)).trim() === "") throw new ActionError("input", `input ${name}: an item has no id`, ["write each item as ID=VALUE"]);
		return [item.slice(0, at).trim(), item.slice(at + 1)];
	});
	return [
		...entries("secrets", linesAsTheyAre).map(([id, value]) => ({
			id,
			source: { value }
		})),
		...entries("secret-files", lines).map(([id, file]) => ({
			id,
			source: { file }
		})),
		...entries("secret-envs", linesOrCommas).map(([id, env]) => ({
			id,
			source: { env }
		}))
	];
}
// src/tools/cancel.ts
/**
* A signal that fires when the run is cancelled. GitHub's runner sends SIGINT, after 7.5 s SIGTERM, after 2.5 s more it
* kills: the first one ends the children, nothing is pushed or tagged afterwards.
*/
function cancellation() {
	const controller = new AbortController();
	for (const name of [
		"SIGINT",
		"SIGTERM",
		"SIGHUP"
	]) process.on(name, () => {
		if (controller.signal.aborted && name !== "SIGTERM") return;
		if (controller.signal.aborted) killAll();
		controller.abort(/* @__PURE__ */ new Error(`cancelled by ${name}`));
	});
	process.on("exit", killAll);
	return controller.signal;
}
export { contextKey as C, canonicalReference as S, findBuildx as _, childEnvironment as a, failure as b, SUMMARY_LIMIT as c, errorRest as d, headline as f, prepareBuilder as g, ownBuilder as h, loadInputs as i, joinSections as l, outcomeText as m, booleanInputs as n, renderError as o, isRed as p, inputNames as r, renderErrorDetails as s, cancellation as t, ICONS as u, hasEngine as v, formatCanonical as w, output as x, execute as y };
