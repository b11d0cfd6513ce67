import { n as ActionError, r as messageOf, t as nearest } from "./nearest.js";
import { a as count$1, c as formatDuration, n as visible, t as shorten } from "./visible.js";
import { r as paint } from "./paint.js";
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
	const found = parse$1(text);
	return found && {
		...found,
		tag: found.tag ?? "latest"
	};
}
function parse$1(text) {
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
	const reference = parse$1(text);
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
	const name = [command.file.split("/").at(-1), command.args.find((argument) => /^[a-z][a-z-]*$/.test(argument))].join(" ");
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
// node_modules/csv-parse/lib/api/CsvError.js
var CsvError = class CsvError extends Error {
	constructor(code, message, options, ...contexts) {
		if (Array.isArray(message)) message = message.join(" ").trim();
		super(message);
		if (Error.captureStackTrace !== void 0) Error.captureStackTrace(this, CsvError);
		this.code = code;
		for (const context of contexts) for (const key in context) {
			const value = context[key];
			this[key] = Buffer.isBuffer(value) ? value.toString(options.encoding) : value == null ? value : JSON.parse(JSON.stringify(value));
		}
	}
};
// node_modules/csv-parse/lib/utils/is_object.js
const is_object = function(obj) {
	return typeof obj === "object" && obj !== null && !Array.isArray(obj);
};
// node_modules/csv-parse/lib/api/normalize_columns_array.js
const normalize_columns_array = function(columns) {
	const normalizedColumns = [];
	for (let i = 0, l = columns.length; i < l; i++) {
		const column = columns[i];
		if (column === void 0 || column === null || column === false) normalizedColumns[i] = { disabled: true };
		else if (typeof column === "string" || typeof column === "number") normalizedColumns[i] = { name: `${column}` };
		else if (is_object(column)) {
			if (typeof column.name !== "string") throw new CsvError("CSV_OPTION_COLUMNS_MISSING_NAME", [
				"Option columns missing name:",
				`property "name" is required at position ${i}`,
				"when column is an object literal"
			]);
			normalizedColumns[i] = column;
		} else throw new CsvError("CSV_INVALID_COLUMN_DEFINITION", [
			"Invalid column definition:",
			"expect a string or a literal object,",
			`got ${JSON.stringify(column)} at position ${i}`
		]);
	}
	return normalizedColumns;
};
// node_modules/csv-parse/lib/utils/ResizeableBuffer.js
var ResizeableBuffer = class {
	constructor(size = 100) {
		this.size = size;
		this.length = 0;
		this.buf = Buffer.allocUnsafe(size);
	}
	prepend(val) {
		if (Buffer.isBuffer(val)) {
			const length = this.length + val.length;
			if (length >= this.size) {
				this.resize();
				if (length >= this.size) throw Error("INVALID_BUFFER_STATE");
			}
			const buf = this.buf;
			this.buf = Buffer.allocUnsafe(this.size);
			val.copy(this.buf, 0);
			buf.copy(this.buf, val.length);
			this.length += val.length;
		} else {
			const length = this.length++;
			if (length === this.size) this.resize();
			const buf = this.clone();
			this.buf[0] = val;
			buf.copy(this.buf, 1, 0, length);
		}
	}
	append(val) {
		const length = this.length++;
		if (length === this.size) this.resize();
		this.buf[length] = val;
	}
	clone() {
		return Buffer.from(this.buf.slice(0, this.length));
	}
	resize() {
		const length = this.length;
		this.size = this.size * 2;
		const buf = Buffer.allocUnsafe(this.size);
		this.buf.copy(buf, 0, 0, length);
		this.buf = buf;
	}
	toString(encoding) {
		if (encoding) return this.buf.toString(encoding, 0, this.length);
		else return Uint8Array.prototype.slice.call(this.buf.slice(0, this.length));
	}
	toJSON() {
		return this.toString("utf8");
	}
	reset() {
		this.length = 0;
	}
};
// node_modules/csv-parse/lib/api/init_state.js
const init_state = function(options) {
	const timchars = [
		32,
		9,
		10,
		13,
		12,
		11,
		160,
		5760,
		8192,
		8193,
		8194,
		8195,
		8196,
		8197,
		8198,
		8199,
		8200,
		8201,
		8202,
		8232,
		8233,
		8239,
		8287,
		12288,
		65279
	].reduce((acc, codepoint) => {
		const encoded = Buffer.from(String.fromCharCode(codepoint), options.encoding);
		if (codepoint !== 63 && encoded.length === 1 && encoded[0] === 63) return acc;
		acc.push(encoded);
		return acc;
	}, []);
	const timcharFirstBytes = /* @__PURE__ */ new Uint8Array(256);
	for (const t of timchars) timcharFirstBytes[t[0]] = 1;
	return {
		bomSkipped: false,
		bufBytesStart: 0,
		castField: options.cast_function,
		commenting: false,
		delimiterBufPrevious: void 0,
		delimiterDiscovered: false,
		error: void 0,
		enabled: options.from_line === 1,
		escaping: false,
		escapeIsQuote: Buffer.isBuffer(options.escape) && Buffer.isBuffer(options.quote) && Buffer.compare(options.escape, options.quote) === 0,
		expectedRecordLength: Array.isArray(options.columns) ? options.columns.length : void 0,
		field: new ResizeableBuffer(20),
		firstLineToHeaders: options.cast_first_line_to_header,
		needMoreDataSize: Math.max(options.comment !== null ? options.comment.length : 0, ...options.delimiter ? options.delimiter.map((delimiter) => delimiter.length) : [], options.delimiter_auto ? 1 : 0, options.quote !== null ? options.quote.length : 0, ...timchars.map((t) => t.length)),
		previousBuf: void 0,
		quoting: false,
		stop: false,
		rawBuffer: new ResizeableBuffer(100),
		record: [],
		recordHasError: false,
		record_length: 0,
		recordDelimiterMaxLength: options.record_delimiter.length === 0 ? 0 : Math.max(...options.record_delimiter.map((v) => v.length)),
		trimChars: [Buffer.from(" ", options.encoding)[0], Buffer.from("	", options.encoding)[0]],
		wasQuoting: false,
		wasRowDelimiter: false,
		timchars,
		timcharFirstBytes
	};
};
// node_modules/csv-parse/lib/utils/underscore.js
const underscore = function(str) {
	return str.replace(/([A-Z])/g, function(_, match) {
		return "_" + match.toLowerCase();
	});
};
// node_modules/csv-parse/lib/api/normalize_options.js
const normalize_options = function(opts) {
	const options = {};
	for (const opt in opts) options[underscore(opt)] = opts[opt];
	if (options.encoding === void 0 || options.encoding === true) options.encoding = "utf8";
	else if (options.encoding === null || options.encoding === false) options.encoding = null;
	else if (typeof options.encoding !== "string" && options.encoding !== null) throw new CsvError("CSV_INVALID_OPTION_ENCODING", [
		"Invalid option encoding:",
		"encoding must be a string or null to return a buffer,",
		`got ${JSON.stringify(options.encoding)}`
	], options);
	if (options.bom === void 0 || options.bom === null || options.bom === false) options.bom = false;
	else if (options.bom !== true) throw new CsvError("CSV_INVALID_OPTION_BOM", [
		"Invalid option bom:",
		"bom must be true,",
		`got ${JSON.stringify(options.bom)}`
	], options);
	options.cast_function = null;
	if (options.cast === void 0 || options.cast === null || options.cast === false || options.cast === "") options.cast = void 0;
	else if (typeof options.cast === "function") {
		options.cast_function = options.cast;
		options.cast = true;
	} else if (options.cast !== true) throw new CsvError("CSV_INVALID_OPTION_CAST", [
		"Invalid option cast:",
		"cast must be true or a function,",
		`got ${JSON.stringify(options.cast)}`
	], options);
	if (options.cast_date === void 0 || options.cast_date === null || options.cast_date === false || options.cast_date === "") options.cast_date = false;
	else if (options.cast_date === true) options.cast_date = function(value) {
		const date = Date.parse(value);
		return !isNaN(date) ? new Date(date) : value;
	};
	else if (typeof options.cast_date !== "function") throw new CsvError("CSV_INVALID_OPTION_CAST_DATE", [
		"Invalid option cast_date:",
		"cast_date must be true or a function,",
		`got ${JSON.stringify(options.cast_date)}`
	], options);
	options.cast_first_line_to_header = void 0;
	if (options.columns === true) options.cast_first_line_to_header = void 0;
	else if (typeof options.columns === "function") {
		options.cast_first_line_to_header = options.columns;
		options.columns = true;
	} else if (Array.isArray(options.columns)) options.columns = normalize_columns_array(options.columns);
	else if (options.columns === void 0 || options.columns === null || options.columns === false) options.columns = false;
	else throw new CsvError("CSV_INVALID_OPTION_COLUMNS", [
		"Invalid option columns:",
		"expect an array, a function or true,",
		`got ${JSON.stringify(options.columns)}`
	], options);
	if (options.group_columns_by_name === void 0 || options.group_columns_by_name === null || options.group_columns_by_name === false) options.group_columns_by_name = false;
	else if (options.group_columns_by_name !== true) throw new CsvError("CSV_INVALID_OPTION_GROUP_COLUMNS_BY_NAME", [
		"Invalid option group_columns_by_name:",
		"expect an boolean,",
		`got ${JSON.stringify(options.group_columns_by_name)}`
	], options);
	else if (options.columns === false) throw new CsvError("CSV_INVALID_OPTION_GROUP_COLUMNS_BY_NAME", ["Invalid option group_columns_by_name:", "the `columns` mode must be activated."], options);
	if (options.comment === void 0 || options.comment === null || options.comment === false || options.comment === "") options.comment = null;
	else {
		if (typeof options.comment === "string") options.comment = Buffer.from(options.comment, options.encoding);
		if (!Buffer.isBuffer(options.comment)) throw new CsvError("CSV_INVALID_OPTION_COMMENT", [
			"Invalid option comment:",
			"comment must be a buffer or a string,",
			`got ${JSON.stringify(options.comment)}`
		], options);
	}
	if (options.comment_no_infix === void 0 || options.comment_no_infix === null || options.comment_no_infix === false) options.comment_no_infix = false;
	else if (options.comment_no_infix !== true) throw new CsvError("CSV_INVALID_OPTION_COMMENT", [
		"Invalid option comment_no_infix:",
		"value must be a boolean,",
		`got ${JSON.stringify(options.comment_no_infix)}`
	], options);
	if (options.delimiter_auto === void 0 || options.delimiter_auto === null || options.delimiter_auto === false) options.delimiter_auto = false;
	else if (options.delimiter_auto === true) options.delimiter_auto = {};
	else if (!is_object(options.delimiter_auto)) throw new CsvError("CSV_INVALID_OPTION_DELIMITER_AUTO", [
		"Invalid option delimiter_auto:",
		"delimiter_auto must be a boolean or a configuration object,",
		`got ${JSON.stringify(options.delimiter_auto)}`
	], options);
	if (options.delimiter_auto) {
		if (options.delimiter_auto.preferred === void 0) options.delimiter_auto.preferred = {
			[",".charCodeAt(0)]: 1.8,
			["	".charCodeAt(0)]: 1.8,
			[";".charCodeAt(0)]: 1.6,
			[" ".charCodeAt(0)]: 1.6,
			[":".charCodeAt(0)]: 1.5,
			[".".charCodeAt(0)]: 1.4,
			["/".charCodeAt(0)]: 1.4
		};
		else if (!is_object(options.delimiter_auto.preferred)) throw new CsvError("CSV_INVALID_OPTION_DELIMITER_AUTO", [
			"Invalid option delimiter_auto:",
			"preferred must be an object,",
			`got ${JSON.stringify(options.delimiter_auto.preferred)}`
		], options);
		if (options.delimiter_auto.score === void 0) options.delimiter_auto.score = (info, options) => {
			return (info.total - info.std) * (options.preferred[info.char_code] || 1);
		};
		else if (typeof options.delimiter_auto.score !== "function") throw new CsvError("CSV_INVALID_OPTION_DELIMITER_AUTO", [
			"Invalid option delimiter_auto:",
			"score must be a function,",
			`got ${JSON.stringify(options.delimiter_auto.score)}`
		], options);
		if (options.delimiter_auto.size === void 0) options.delimiter_auto.size = 2048;
		else if (typeof options.delimiter_auto.size !== "number") throw new CsvError("CSV_INVALID_OPTION_DELIMITER_AUTO", [
			"Invalid option delimiter_auto:",
			"size must be a number,",
			`got ${JSON.stringify(options.delimiter_auto.size)}`
		], options);
	}
	const delimiter_json = JSON.stringify(options.delimiter);
	if (options.delimiter_auto !== false) options.delimiter = [];
	if (!Array.isArray(options.delimiter)) {
		if (options.delimiter === void 0 || options.delimiter === null || options.delimiter === false) options.delimiter = Buffer.from(",", options.encoding);
		options.delimiter = [options.delimiter];
	}
	options.delimiter = options.delimiter.map(function(delimiter) {
		if (typeof delimiter === "string") delimiter = Buffer.from(delimiter, options.encoding);
		if (!Buffer.isBuffer(delimiter) || delimiter.length === 0) throw new CsvError("CSV_INVALID_OPTION_DELIMITER", [
			"Invalid option delimiter:",
			"delimiter must be a non empty string or buffer or array of string|buffer,",
			`got ${delimiter_json}`
		], options);
		return delimiter;
	});
	if (options.escape === void 0 || options.escape === true) options.escape = Buffer.from("\"", options.encoding);
	else if (typeof options.escape === "string") options.escape = Buffer.from(options.escape, options.encoding);
	else if (options.escape === null || options.escape === false) options.escape = null;
	if (options.escape !== null) {
		if (!Buffer.isBuffer(options.escape)) throw new Error(`Invalid Option: escape must be a buffer, a string or a boolean, got ${JSON.stringify(options.escape)}`);
	}
	if (options.from === void 0 || options.from === null) options.from = 1;
	else {
		if (typeof options.from === "string" && /\d+/.test(options.from)) options.from = parseInt(options.from);
		if (Number.isInteger(options.from)) {
			if (options.from < 0) throw new Error(`Invalid Option: from must be a positive integer, got ${JSON.stringify(opts.from)}`);
		} else throw new Error(`Invalid Option: from must be an integer, got ${JSON.stringify(options.from)}`);
	}
	if (options.from_line === void 0 || options.from_line === null) options.from_line = 1;
	else {
		if (typeof options.from_line === "string" && /\d+/.test(options.from_line)) options.from_line = parseInt(options.from_line);
		if (Number.isInteger(options.from_line)) {
			if (options.from_line <= 0) throw new Error(`Invalid Option: from_line must be a positive integer greater than 0, got ${JSON.stringify(opts.from_line)}`);
		} else throw new Error(`Invalid Option: from_line must be an integer, got ${JSON.stringify(opts.from_line)}`);
	}
	if (options.ignore_last_delimiters === void 0 || options.ignore_last_delimiters === null) options.ignore_last_delimiters = false;
	else if (typeof options.ignore_last_delimiters === "number") {
		options.ignore_last_delimiters = Math.floor(options.ignore_last_delimiters);
		if (options.ignore_last_delimiters === 0) options.ignore_last_delimiters = false;
	} else if (typeof options.ignore_last_delimiters !== "boolean") throw new CsvError("CSV_INVALID_OPTION_IGNORE_LAST_DELIMITERS", [
		"Invalid option `ignore_last_delimiters`:",
		"the value must be a boolean value or an integer,",
		`got ${JSON.stringify(options.ignore_last_delimiters)}`
	], options);
	if (options.ignore_last_delimiters === true && options.columns === false) throw new CsvError("CSV_IGNORE_LAST_DELIMITERS_REQUIRES_COLUMNS", ["The option `ignore_last_delimiters`", "requires the activation of the `columns` option"], options);
	if (options.info === void 0 || options.info === null || options.info === false) options.info = false;
	else if (options.info !== true) throw new Error(`Invalid Option: info must be true, got ${JSON.stringify(options.info)}`);
	if (options.max_record_size === void 0 || options.max_record_size === null || options.max_record_size === false) options.max_record_size = 0;
	else if (Number.isInteger(options.max_record_size) && options.max_record_size >= 0) {} else if (typeof options.max_record_size === "string" && /\d+/.test(options.max_record_size)) options.max_record_size = parseInt(options.max_record_size);
	else throw new Error(`Invalid Option: max_record_size must be a positive integer, got ${JSON.stringify(options.max_record_size)}`);
	if (options.objname === void 0 || options.objname === null || options.objname === false) options.objname = void 0;
	else if (Buffer.isBuffer(options.objname)) {
		if (options.objname.length === 0) throw new Error(`Invalid Option: objname must be a non empty buffer`);
		if (options.encoding === null) {} else options.objname = options.objname.toString(options.encoding);
	} else if (typeof options.objname === "string") {
		if (options.objname.length === 0) throw new Error(`Invalid Option: objname must be a non empty string`);
	} else if (typeof options.objname === "number") {} else throw new Error(`Invalid Option: objname must be a string or a buffer, got ${options.objname}`);
	if (options.objname !== void 0) {
		if (typeof options.objname === "number") {
			if (options.columns !== false) throw Error("Invalid Option: objname index cannot be combined with columns or be defined as a field");
		} else if (options.columns === false) throw Error("Invalid Option: objname field must be combined with columns or be defined as an index");
	}
	if (options.on_record === void 0 || options.on_record === null) options.on_record = void 0;
	else if (typeof options.on_record !== "function") throw new CsvError("CSV_INVALID_OPTION_ON_RECORD", [
		"Invalid option `on_record`:",
		"expect a function,",
		`got ${JSON.stringify(options.on_record)}`
	], options);
	if (options.on_skip !== void 0 && options.on_skip !== null && typeof options.on_skip !== "function") throw new Error(`Invalid Option: on_skip must be a function, got ${JSON.stringify(options.on_skip)}`);
	if (options.quote === null || options.quote === false || options.quote === "") options.quote = null;
	else {
		if (options.quote === void 0 || options.quote === true) options.quote = Buffer.from("\"", options.encoding);
		else if (typeof options.quote === "string") options.quote = Buffer.from(options.quote, options.encoding);
		if (!Buffer.isBuffer(options.quote)) throw new Error(`Invalid Option: quote must be a buffer or a string, got ${JSON.stringify(options.quote)}`);
	}
	if (options.raw === void 0 || options.raw === null || options.raw === false) options.raw = false;
	else if (options.raw !== true) throw new Error(`Invalid Option: raw must be true, got ${JSON.stringify(options.raw)}`);
	if (options.record_delimiter === void 0) options.record_delimiter = [];
	else if (typeof options.record_delimiter === "string" || Buffer.isBuffer(options.record_delimiter)) {
		if (options.record_delimiter.length === 0) throw new CsvError("CSV_INVALID_OPTION_RECORD_DELIMITER", [
			"Invalid option `record_delimiter`:",
			"value must be a non empty string or buffer,",
			`got ${JSON.stringify(options.record_delimiter)}`
		], options);
		options.record_delimiter = [options.record_delimiter];
	} else if (!Array.isArray(options.record_delimiter)) throw new CsvError("CSV_INVALID_OPTION_RECORD_DELIMITER", [
		"Invalid option `record_delimiter`:",
		"value must be a string, a buffer or array of string|buffer,",
		`got ${JSON.stringify(options.record_delimiter)}`
	], options);
	options.record_delimiter = options.record_delimiter.map(function(rd, i) {
		if (typeof rd !== "string" && !Buffer.isBuffer(rd)) throw new CsvError("CSV_INVALID_OPTION_RECORD_DELIMITER", [
			"Invalid option `record_delimiter`:",
			"value must be a string, a buffer or array of string|buffer",
			`at index ${i},`,
			`got ${JSON.stringify(rd)}`
		], options);
		else if (rd.length === 0) throw new CsvError("CSV_INVALID_OPTION_RECORD_DELIMITER", [
			"Invalid option `record_delimiter`:",
			"value must be a non empty string or buffer",
			`at index ${i},`,
			`got ${JSON.stringify(rd)}`
		], options);
		if (typeof rd === "string") rd = Buffer.from(rd, options.encoding);
		return rd;
	});
	if (typeof options.relax_column_count === "boolean") {} else if (options.relax_column_count === void 0 || options.relax_column_count === null) options.relax_column_count = false;
	else throw new Error(`Invalid Option: relax_column_count must be a boolean, got ${JSON.stringify(options.relax_column_count)}`);
	if (typeof options.relax_column_count_less === "boolean") {} else if (options.relax_column_count_less === void 0 || options.relax_column_count_less === null) options.relax_column_count_less = false;
	else throw new Error(`Invalid Option: relax_column_count_less must be a boolean, got ${JSON.stringify(options.relax_column_count_less)}`);
	if (typeof options.relax_column_count_more === "boolean") {} else if (options.relax_column_count_more === void 0 || options.relax_column_count_more === null) options.relax_column_count_more = false;
	else throw new Error(`Invalid Option: relax_column_count_more must be a boolean, got ${JSON.stringify(options.relax_column_count_more)}`);
	if (typeof options.relax_quotes === "boolean") {} else if (options.relax_quotes === void 0 || options.relax_quotes === null) options.relax_quotes = false;
	else throw new Error(`Invalid Option: relax_quotes must be a boolean, got ${JSON.stringify(options.relax_quotes)}`);
	if (typeof options.skip_empty_lines === "boolean") {} else if (options.skip_empty_lines === void 0 || options.skip_empty_lines === null) options.skip_empty_lines = false;
	else throw new Error(`Invalid Option: skip_empty_lines must be a boolean, got ${JSON.stringify(options.skip_empty_lines)}`);
	if (typeof options.skip_records_with_empty_values === "boolean") {} else if (options.skip_records_with_empty_values === void 0 || options.skip_records_with_empty_values === null) options.skip_records_with_empty_values = false;
	else throw new Error(`Invalid Option: skip_records_with_empty_values must be a boolean, got ${JSON.stringify(options.skip_records_with_empty_values)}`);
	if (typeof options.skip_records_with_error === "boolean") {} else if (options.skip_records_with_error === void 0 || options.skip_records_with_error === null) options.skip_records_with_error = false;
	else throw new Error(`Invalid Option: skip_records_with_error must be a boolean, got ${JSON.stringify(options.skip_records_with_error)}`);
	if (options.rtrim === void 0 || options.rtrim === null || options.rtrim === false) options.rtrim = false;
	else if (options.rtrim !== true) throw new Error(`Invalid Option: rtrim must be a boolean, got ${JSON.stringify(options.rtrim)}`);
	if (options.ltrim === void 0 || options.ltrim === null || options.ltrim === false) options.ltrim = false;
	else if (options.ltrim !== true) throw new Error(`Invalid Option: ltrim must be a boolean, got ${JSON.stringify(options.ltrim)}`);
	if (options.trim === void 0 || options.trim === null || options.trim === false) options.trim = false;
	else if (options.trim !== true) throw new Error(`Invalid Option: trim must be a boolean, got ${JSON.stringify(options.trim)}`);
	if (options.trim === true && opts.ltrim !== false) options.ltrim = true;
	else if (options.ltrim !== true) options.ltrim = false;
	if (options.trim === true && opts.rtrim !== false) options.rtrim = true;
	else if (options.rtrim !== true) options.rtrim = false;
	if (options.to === void 0 || options.to === null) options.to = -1;
	else if (options.to !== -1) {
		if (typeof options.to === "string" && /\d+/.test(options.to)) options.to = parseInt(options.to);
		if (Number.isInteger(options.to)) {
			if (options.to <= 0) throw new Error(`Invalid Option: to must be a positive integer greater than 0, got ${JSON.stringify(opts.to)}`);
		} else throw new Error(`Invalid Option: to must be an integer, got ${JSON.stringify(opts.to)}`);
	}
	if (options.to_line === void 0 || options.to_line === null) options.to_line = -1;
	else if (options.to_line !== -1) {
		if (typeof options.to_line === "string" && /\d+/.test(options.to_line)) options.to_line = parseInt(options.to_line);
		if (Number.isInteger(options.to_line)) {
			if (options.to_line <= 0) throw new Error(`Invalid Option: to_line must be a positive integer greater than 0, got ${JSON.stringify(opts.to_line)}`);
		} else throw new Error(`Invalid Option: to_line must be an integer, got ${JSON.stringify(opts.to_line)}`);
	}
	return options;
};
// node_modules/csv-parse/lib/utils/delimiter_discover.js
const delimiter_discover = function(records, options) {
	if (!options) ({delimiter_auto: options} = normalize_options({ delimiter_auto: true }));
	if (typeof records === "string") records = Buffer.from(records);
	if (Buffer.isBuffer(records)) records = ((data) => {
		const records = [];
		const parser = transform({ delimiter: [] });
		const push = (record) => records.push(record);
		const close = () => {};
		const error = parser.parse(data, true, push, close);
		if (error !== void 0) throw error;
		return records;
	})(records);
	const info = Array(127).fill().map(() => ({ lines: [] }));
	records.map(([record], line) => {
		for (let i = 0, l = record.length; i < l; i++) {
			const code = record.charCodeAt(i);
			if (info[code].lines[line] === void 0) info[code].lines[line] = 0;
			info[code].lines[line]++;
		}
	});
	info.map((info, i) => {
		info.char_code = i;
		info.std = std(info.lines);
		info.total = info.lines.reduce((acc, val) => acc + val, 0);
		info.preferred = !!options.preferred[i];
		info.score = options.score(info, options);
	});
	const result = info.reduce((acc, info) => acc.score > info.score ? acc : info, {});
	return String.fromCharCode(result.char_code);
};
const std = function(array) {
	const n = array.length;
	if (n === 0) return 0;
	const mean = array.reduce((a, b) => a + b) / n;
	return Math.sqrt(array.map((x) => Math.pow(x - mean, 2)).reduce((a, b) => a + b) / n);
};
// node_modules/csv-parse/lib/api/index.js
const isRecordEmpty = function(record) {
	return record.every((field) => field == null || field.toString && field.toString().trim() === "");
};
const cr = 13;
const nl = 10;
const boms = {
	utf8: Buffer.from([
		239,
		187,
		191
	]),
	utf16le: Buffer.from([255, 254])
};
const transform = function(original_options = {}) {
	const info = {
		bytes: 0,
		bytes_records: 0,
		comment_lines: 0,
		empty_lines: 0,
		invalid_field_length: 0,
		lines: 1,
		records: 0
	};
	const options = normalize_options(original_options);
	return {
		info,
		original_options,
		options,
		state: init_state(options),
		__needMoreData: function(i, bufLen, end) {
			if (end) return false;
			const { encoding, escape, quote } = this.options;
			const { quoting, needMoreDataSize, recordDelimiterMaxLength } = this.state;
			return bufLen - i - 1 < Math.max(needMoreDataSize, recordDelimiterMaxLength === 0 ? Buffer.from("\r\n", encoding).length : recordDelimiterMaxLength, quoting ? (escape === null ? 0 : escape.length) + quote.length : 0, quoting ? quote.length + recordDelimiterMaxLength : 0);
		},
		parse: function(nextBuf, end, push, close) {
			const { bom, comment_no_infix, delimiter_auto, encoding, from_line, ltrim, max_record_size, raw, relax_quotes, rtrim, skip_empty_lines, to, to_line } = this.options;
			let { comment, escape, quote, record_delimiter } = this.options;
			const { bomSkipped, delimiterDiscovered, delimiterBufPrevious, rawBuffer, escapeIsQuote } = this.state;
			if (!delimiterDiscovered && delimiter_auto) {
				let delimiterBuf;
				if (delimiterBufPrevious === void 0) delimiterBuf = nextBuf;
				else if (delimiterBufPrevious !== void 0 && nextBuf === void 0) delimiterBuf = delimiterBufPrevious;
				else delimiterBuf = Buffer.concat([delimiterBufPrevious, nextBuf]);
				nextBuf = void 0;
				if (end || delimiterBuf.length > delimiter_auto.size) {
					this.options.delimiter = [Buffer.from(delimiter_discover(delimiterBuf, this.options.delimiter_auto))];
					this.state.previousBuf = delimiterBuf;
					this.state.delimiterBufPrevious = void 0;
					this.state.delimiterDiscovered = true;
				} else {
					this.state.delimiterBufPrevious = delimiterBuf;
					return;
				}
			}
			const { previousBuf } = this.state;
			let buf;
			if (previousBuf === void 0) {
				if (nextBuf === void 0) {
					close();
					return;
				} else buf = nextBuf;
			} else if (previousBuf !== void 0 && nextBuf === void 0) buf = previousBuf;
			else buf = Buffer.concat([previousBuf, nextBuf]);
			if (bomSkipped === false) {
				if (bom === false) this.state.bomSkipped = true;
				else if (buf.length < 3) {
					if (end === false) {
						this.state.previousBuf = buf;
						return;
					}
				} else {
					for (const encoding in boms) if (boms[encoding].compare(buf, 0, boms[encoding].length) === 0) {
						const bomLength = boms[encoding].length;
						this.state.bufBytesStart += bomLength;
						buf = buf.slice(bomLength);
						const options = normalize_options({
							...this.original_options,
							encoding
						});
						for (const key in options) this.options[key] = options[key];
						({comment, escape, quote} = this.options);
						break;
					}
					this.state.bomSkipped = true;
				}
			}
			const bufLen = buf.length;
			let pos = 0;
			for (; pos < bufLen; pos++) {
				if (this.__needMoreData(pos, bufLen, end)) break;
				if (this.state.wasRowDelimiter === true) {
					this.info.lines++;
					this.state.wasRowDelimiter = false;
				}
				if (to_line !== -1 && this.info.lines > to_line) {
					this.state.stop = true;
					close();
					return;
				}
				if (this.state.quoting === false && record_delimiter.length === 0) {
					if (this.__autoDiscoverRecordDelimiter(buf, pos)) record_delimiter = this.options.record_delimiter;
				}
				const chr = buf[pos];
				if (raw === true) rawBuffer.append(chr);
				if ((chr === cr || chr === nl) && this.state.wasRowDelimiter === false) this.state.wasRowDelimiter = true;
				if (this.state.escaping === true) this.state.escaping = false;
				else {
					if (escape !== null && this.state.quoting === true && this.__isEscape(buf, pos, chr) && pos + escape.length < bufLen) {
						if (escapeIsQuote) {
							if (this.__isQuote(buf, pos + escape.length)) {
								this.state.escaping = true;
								pos += escape.length - 1;
								continue;
							}
						} else {
							this.state.escaping = true;
							pos += escape.length - 1;
							continue;
						}
					}
					if (this.state.commenting === false && this.__isQuote(buf, pos)) {
						if (this.state.quoting === true) {
							const nextChr = buf[pos + quote.length];
							const isNextChrTrimable = rtrim && this.__isCharTrimable(buf, pos + quote.length);
							const isNextChrComment = comment !== null && this.__compareBytes(comment, buf, pos + quote.length, nextChr);
							const isNextChrDelimiter = this.__isDelimiter(buf, pos + quote.length, nextChr);
							const isNextChrRecordDelimiter = record_delimiter.length === 0 ? this.__autoDiscoverRecordDelimiter(buf, pos + quote.length) : this.__isRecordDelimiter(nextChr, buf, pos + quote.length);
							if (escape !== null && this.__isEscape(buf, pos, chr) && this.__isQuote(buf, pos + escape.length)) pos += escape.length - 1;
							else if (!nextChr || isNextChrDelimiter || isNextChrRecordDelimiter || isNextChrComment || isNextChrTrimable) {
								this.state.quoting = false;
								this.state.wasQuoting = true;
								pos += quote.length - 1;
								continue;
							} else if (relax_quotes === false) {
								const err = this.__error(new CsvError("CSV_INVALID_CLOSING_QUOTE", [
									"Invalid Closing Quote:",
									`got "${String.fromCharCode(nextChr)}"`,
									`at line ${this.info.lines}`,
									"instead of delimiter, record delimiter, trimable character",
									"(if activated) or comment"
								], this.options, this.__infoField()));
								if (err !== void 0) return err;
							} else {
								this.state.quoting = false;
								this.state.wasQuoting = true;
								this.state.field.prepend(quote);
								pos += quote.length - 1;
							}
						} else if (this.state.field.length !== 0) {
							if (relax_quotes === false) {
								const info = this.__infoField();
								const bom = Object.keys(boms).map((b) => boms[b].equals(this.state.field.toString()) ? b : false).filter(Boolean)[0];
								const err = this.__error(new CsvError("INVALID_OPENING_QUOTE", [
									"Invalid Opening Quote:",
									`a quote is found on field ${JSON.stringify(info.column)} at line ${info.lines}, value is ${JSON.stringify(this.state.field.toString(encoding))}`,
									bom ? `(${bom} bom)` : void 0
								], this.options, info, { field: this.state.field }));
								if (err !== void 0) return err;
							}
						} else {
							this.state.quoting = true;
							pos += quote.length - 1;
							continue;
						}
					}
					if (this.state.quoting === false) {
						const recordDelimiterLength = this.__isRecordDelimiter(chr, buf, pos);
						if (recordDelimiterLength !== 0) {
							if (this.state.commenting && this.state.wasQuoting === false && this.state.record.length === 0 && this.state.field.length === 0) this.info.comment_lines++;
							else {
								if (this.state.enabled === false && this.info.lines + (this.state.wasRowDelimiter === true ? 1 : 0) >= from_line) {
									this.state.enabled = true;
									this.__resetField();
									this.__resetRecord();
									pos += recordDelimiterLength - 1;
									continue;
								}
								if (skip_empty_lines === true && this.state.wasQuoting === false && this.state.record.length === 0 && this.state.field.length === 0) {
									this.info.empty_lines++;
									pos += recordDelimiterLength - 1;
									continue;
								}
								this.info.bytes = this.state.bufBytesStart + pos;
								const errField = this.__onField();
								if (errField !== void 0) return errField;
								this.info.bytes = this.state.bufBytesStart + pos + recordDelimiterLength;
								const errRecord = this.__onRecord(push);
								if (errRecord !== void 0) return errRecord;
								if (to !== -1 && this.info.records >= to) {
									this.state.stop = true;
									close();
									return;
								}
							}
							this.state.commenting = false;
							pos += recordDelimiterLength - 1;
							continue;
						}
						if (this.state.commenting) continue;
						if (comment !== null && (comment_no_infix === false || this.state.record.length === 0 && this.state.field.length === 0)) {
							if (this.__compareBytes(comment, buf, pos, chr) !== 0) {
								this.state.commenting = true;
								continue;
							}
						}
						const delimiterLength = this.__isDelimiter(buf, pos, chr);
						if (delimiterLength !== 0) {
							this.info.bytes = this.state.bufBytesStart + pos;
							const errField = this.__onField();
							if (errField !== void 0) return errField;
							pos += delimiterLength - 1;
							continue;
						}
					}
				}
				if (this.state.commenting === false) {
					if (max_record_size !== 0 && this.state.record_length + this.state.field.length > max_record_size) return this.__error(new CsvError("CSV_MAX_RECORD_SIZE", [
						"Max Record Size:",
						"record exceed the maximum number of tolerated bytes",
						`of ${max_record_size}`,
						`at line ${this.info.lines}`
					], this.options, this.__infoField()));
				}
				const lappend = ltrim === false || this.state.quoting === true || this.state.field.length !== 0 || !this.__isCharTrimable(buf, pos);
				const rappend = rtrim === false || this.state.wasQuoting === false;
				if (lappend === true && rappend === true) this.state.field.append(chr);
				else if (rtrim === true && !this.__isCharTrimable(buf, pos)) return this.__error(new CsvError("CSV_NON_TRIMABLE_CHAR_AFTER_CLOSING_QUOTE", [
					"Invalid Closing Quote:",
					"found non trimable byte after quote",
					`at line ${this.info.lines}`
				], this.options, this.__infoField()));
				else {
					if (lappend === false) pos += this.__isCharTrimable(buf, pos) - 1;
					continue;
				}
			}
			if (end === true) {
				if (this.state.quoting === true) {
					const err = this.__error(new CsvError("CSV_QUOTE_NOT_CLOSED", ["Quote Not Closed:", `the parsing is finished with an opening quote at line ${this.info.lines}`], this.options, this.__infoField()));
					if (err !== void 0) return err;
				} else if (this.state.wasQuoting === true || this.state.record.length !== 0 || this.state.field.length !== 0) {
					this.info.bytes = this.state.bufBytesStart + pos;
					const errField = this.__onField();
					if (errField !== void 0) return errField;
					const errRecord = this.__onRecord(push);
					if (errRecord !== void 0) return errRecord;
				} else if (this.state.wasRowDelimiter === true) this.info.empty_lines++;
				else if (this.state.commenting === true) this.info.comment_lines++;
			} else {
				this.state.bufBytesStart += pos;
				this.state.previousBuf = buf.slice(pos);
			}
			if (this.state.wasRowDelimiter === true) {
				this.info.lines++;
				this.state.wasRowDelimiter = false;
			}
		},
		__onRecord: function(push) {
			const { columns, group_columns_by_name, encoding, info, from, relax_column_count, relax_column_count_less, relax_column_count_more, raw, skip_records_with_empty_values } = this.options;
			const { enabled, record } = this.state;
			if (enabled === false) return this.__resetRecord();
			const recordLength = record.length;
			if (columns === true) {
				if (skip_records_with_empty_values === true && isRecordEmpty(record)) {
					this.__resetRecord();
					return;
				}
				return this.__firstLineToColumns(record);
			}
			if (columns === false && this.info.records === 0) this.state.expectedRecordLength = recordLength;
			if (recordLength !== this.state.expectedRecordLength) {
				const err = columns === false ? new CsvError("CSV_RECORD_INCONSISTENT_FIELDS_LENGTH", [
					"Invalid Record Length:",
					`expect ${this.state.expectedRecordLength},`,
					`got ${recordLength} on line ${this.info.lines}`
				], this.options, this.__infoField(), { record }) : new CsvError("CSV_RECORD_INCONSISTENT_COLUMNS", [
					"Invalid Record Length:",
					`columns length is ${columns.length},`,
					`got ${recordLength} on line ${this.info.lines}`
				], this.options, this.__infoField(), { record });
				if (relax_column_count === true || relax_column_count_less === true && recordLength < this.state.expectedRecordLength || relax_column_count_more === true && recordLength > this.state.expectedRecordLength) {
					this.info.invalid_field_length++;
					this.state.error = err;
				} else {
					const finalErr = this.__error(err);
					if (finalErr) return finalErr;
				}
			}
			if (skip_records_with_empty_values === true && isRecordEmpty(record)) {
				this.__resetRecord();
				return;
			}
			if (this.state.recordHasError === true) {
				this.__resetRecord();
				this.state.recordHasError = false;
				return;
			}
			this.info.records++;
			if (from === 1 || this.info.records >= from) {
				const { objname } = this.options;
				if (columns !== false) {
					const obj = {};
					for (let i = 0, l = record.length; i < l; i++) {
						if (columns[i] === void 0 || columns[i].disabled) continue;
						if (group_columns_by_name === true && Object.hasOwn(obj, columns[i].name)) {
							if (Array.isArray(obj[columns[i].name])) obj[columns[i].name] = obj[columns[i].name].concat(record[i]);
							else obj[columns[i].name] = [obj[columns[i].name], record[i]];
						} else Object.defineProperty(obj, columns[i].name, {
							value: record[i],
							enumerable: true,
							writable: true,
							configurable: true
						});
					}
					if (raw === true || info === true) {
						const extRecord = Object.assign({ record: obj }, raw === true ? { raw: this.state.rawBuffer.toString(encoding) } : {}, info === true ? { info: this.__infoRecord() } : {});
						const err = this.__push(objname === void 0 ? extRecord : [obj[objname], extRecord], push);
						if (err) return err;
					} else {
						const err = this.__push(objname === void 0 ? obj : [obj[objname], obj], push);
						if (err) return err;
					}
				} else if (raw === true || info === true) {
					const extRecord = Object.assign({ record }, raw === true ? { raw: this.state.rawBuffer.toString(encoding) } : {}, info === true ? { info: this.__infoRecord() } : {});
					const err = this.__push(objname === void 0 ? extRecord : [record[objname], extRecord], push);
					if (err) return err;
				} else {
					const err = this.__push(objname === void 0 ? record : [record[objname], record], push);
					if (err) return err;
				}
			}
			this.__resetRecord();
		},
		__firstLineToColumns: function(record) {
			const { firstLineToHeaders } = this.state;
			try {
				const headers = firstLineToHeaders === void 0 ? record : firstLineToHeaders.call(null, record);
				if (!Array.isArray(headers)) return this.__error(new CsvError("CSV_INVALID_COLUMN_MAPPING", [
					"Invalid Column Mapping:",
					"expect an array from column function,",
					`got ${JSON.stringify(headers)}`
				], this.options, this.__infoField(), { headers }));
				const normalizedHeaders = normalize_columns_array(headers);
				this.state.expectedRecordLength = normalizedHeaders.length;
				this.options.columns = normalizedHeaders;
				this.__resetRecord();
				return;
			} catch (err) {
				return err;
			}
		},
		__resetRecord: function() {
			if (this.options.raw === true) this.state.rawBuffer.reset();
			this.state.error = void 0;
			this.state.record = [];
			this.state.record_length = 0;
		},
		__onField: function() {
			const { cast, encoding, rtrim, max_record_size } = this.options;
			const { enabled, wasQuoting } = this.state;
			if (enabled === false) return this.__resetField();
			let field = this.state.field.toString(encoding);
			if (rtrim === true && wasQuoting === false) field = field.trimRight();
			if (cast === true) {
				const [err, f] = this.__cast(field);
				if (err !== void 0) return err;
				field = f;
			}
			this.state.record.push(field);
			if (max_record_size !== 0 && typeof field === "string") this.state.record_length += field.length;
			this.__resetField();
		},
		__resetField: function() {
			this.state.field.reset();
			this.state.wasQuoting = false;
		},
		__push: function(record, push) {
			const { on_record } = this.options;
			if (on_record !== void 0) {
				const info = this.__infoRecord();
				try {
					record = on_record.call(null, record, info);
				} catch (err) {
					return err;
				}
				if (record === void 0 || record === null) return;
			}
			this.info.bytes_records += this.info.bytes;
			push(record);
		},
		__cast: function(field) {
			const { columns, relax_column_count } = this.options;
			if (Array.isArray(columns) === true && relax_column_count && this.options.columns.length <= this.state.record.length) return [void 0, void 0];
			if (this.state.castField !== null) try {
				const info = this.__infoField();
				return [void 0, this.state.castField.call(null, field, info)];
			} catch (err) {
				return [err];
			}
			if (this.__isFloat(field)) return [void 0, parseFloat(field)];
			else if (this.options.cast_date !== false) {
				const info = this.__infoField();
				return [void 0, this.options.cast_date.call(null, field, info)];
			}
			return [void 0, field];
		},
		__compareBytes: function(sourceBuf, targetBuf, targetPos, firstByte) {
			if (sourceBuf[0] !== firstByte) return 0;
			const sourceLength = sourceBuf.length;
			for (let i = 1; i < sourceLength; i++) if (sourceBuf[i] !== targetBuf[targetPos + i]) return 0;
			return sourceLength;
		},
		__isCharTrimable: function(buf, pos) {
			const { timchars, timcharFirstBytes } = this.state;
			const first = buf[pos];
			if (first === void 0 || timcharFirstBytes[first] === 0) return 0;
			loop1: for (let i = 0; i < timchars.length; i++) {
				const timchar = timchars[i];
				for (let j = 0; j < timchar.length; j++) if (timchar[j] !== buf[pos + j]) continue loop1;
				return timchar.length;
			}
			return 0;
		},
		__isDelimiter: function(buf, pos, chr) {
			const { delimiter, ignore_last_delimiters } = this.options;
			if (ignore_last_delimiters === true && this.state.record.length === this.options.columns.length - 1) return 0;
			else if (ignore_last_delimiters !== false && typeof ignore_last_delimiters === "number" && this.state.record.length === ignore_last_delimiters - 1) return 0;
			loop1: for (let i = 0; i < delimiter.length; i++) {
				const del = delimiter[i];
				if (del[0] === chr) {
					for (let j = 1; j < del.length; j++) if (del[j] !== buf[pos + j]) continue loop1;
					return del.length;
				}
			}
			return 0;
		},
		__isEscape: function(buf, pos, chr) {
			const { escape } = this.options;
			if (escape === null) return false;
			const l = escape.length;
			if (escape[0] === chr) {
				for (let i = 0; i < l; i++) if (escape[i] !== buf[pos + i]) return false;
				return true;
			}
			return false;
		},
		__isFloat: function(value) {
			return value - parseFloat(value) + 1 >= 0;
		},
		__isQuote: function(buf, pos) {
			const { quote } = this.options;
			if (quote === null) return false;
			const l = quote.length;
			for (let i = 0; i < l; i++) if (quote[i] !== buf[pos + i]) return false;
			return true;
		},
		__isRecordDelimiter: function(chr, buf, pos) {
			const { record_delimiter } = this.options;
			const recordDelimiterLength = record_delimiter.length;
			loop1: for (let i = 0; i < recordDelimiterLength; i++) {
				const rd = record_delimiter[i];
				const rdLength = rd.length;
				if (rd[0] !== chr) continue;
				for (let j = 1; j < rdLength; j++) if (rd[j] !== buf[pos + j]) continue loop1;
				return rd.length;
			}
			return 0;
		},
		__autoDiscoverRecordDelimiter: function(buf, pos) {
			const { encoding } = this.options;
			const rds = [
				Buffer.from("\r\n", encoding),
				Buffer.from("\n", encoding),
				Buffer.from("\r", encoding)
			];
			loop: for (let i = 0; i < rds.length; i++) {
				const l = rds[i].length;
				for (let j = 0; j < l; j++) if (rds[i][j] !== buf[pos + j]) continue loop;
				this.options.record_delimiter.push(rds[i]);
				this.state.recordDelimiterMaxLength = rds[i].length;
				return rds[i].length;
			}
			return 0;
		},
		__error: function(msg) {
			const { encoding, raw, skip_records_with_error } = this.options;
			const err = typeof msg === "string" ? new Error(msg) : msg;
			if (skip_records_with_error) {
				this.state.recordHasError = true;
				if (this.options.on_skip !== void 0) try {
					this.options.on_skip(err, raw ? this.state.rawBuffer.toString(encoding) : void 0);
				} catch (err) {
					return err;
				}
				return;
			} else return err;
		},
		__infoDataSet: function() {
			return {
				...this.info,
				columns: this.options.columns
			};
		},
		__infoRecord: function() {
			const { columns, raw, encoding } = this.options;
			return {
				...this.__infoDataSet(),
				bytes_records: this.info.bytes,
				error: this.state.error,
				header: columns === true,
				index: this.state.record.length,
				raw: raw ? this.state.rawBuffer.toString(encoding) : void 0
			};
		},
		__infoField: function() {
			const { columns } = this.options;
			const isColumns = Array.isArray(columns);
			const bytes_records = this.info.bytes_records;
			return {
				...this.__infoRecord(),
				bytes_records,
				column: isColumns === true ? columns.length > this.state.record.length ? columns[this.state.record.length].name : null : this.state.record.length,
				quoting: this.state.wasQuoting
			};
		}
	};
};
// node_modules/csv-parse/lib/sync.js
const parse = function(data, opts = {}) {
	if (typeof data === "string") data = Buffer.from(data);
	const records = opts && opts.objname ? Object.create(null) : [];
	const parser = transform(opts);
	const push = (record) => {
		if (parser.options.objname === void 0) records.push(record);
		else records[record[0]] = record[1];
	};
	const close = () => {};
	const error = parser.parse(data, true, push, close);
	if (error !== void 0) throw error;
	return records;
};
// src/lists.ts
/** Items of a list input, empty ones left out. Throws where quotes do not close. */
function readList(text, { separator, quote = true, trim = true }) {
	if (text.trim() === "") return [];
	return parse(text, {
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
