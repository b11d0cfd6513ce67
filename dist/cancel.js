import { i as messageOf, t as ActionError } from "./errors.js";
import { i as output, r as killAll, t as execute } from "./exec.js";
import { n as visible, t as shorten } from "./visible.js";
import { r as paint } from "./paint.js";
import { a as choice, c as date, d as platform, f as registryPrefix, i as boolean, n as attempt, o as conflict, p as repositoryPath, r as autoOrBoolean, s as count, t as annotations, u as packageName } from "./input-values.js";
import { t as parse } from "./sync.js";
import { randomBytes } from "node:crypto";
import path from "node:path";
import { access, constants, mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
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
	if (classic && needs.annotations) return "drops annotations (of the input or of spec.yml)";
	if (!builder.running || builder.platforms.length === 0) return null;
	const missing = needs.platforms.find((platform) => !builder.platforms.includes(platform) && !builder.platforms.includes(platform.replace(/\/v\d+$/, "")));
	return missing ? `cannot build for ${missing} (it has ${builder.platforms.join(", ")})` : null;
}
function firstLine(text) {
	return text.split("\n", 1)[0] ?? "";
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
// src/tools/docker-plugin.ts
/** Where docker looks after its own configuration folder (docker/cli, cli-plugins/manager, for Linux and macOS). */
const systemFolders = [
	"/usr/local/lib/docker/cli-plugins",
	"/usr/local/libexec/docker/cli-plugins",
	"/usr/lib/docker/cli-plugins",
	"/usr/libexec/docker/cli-plugins"
];
/**
* The file of docker's plugin buildx, found as docker finds it; null where there is no docker, or in none of its folders.
* Called by its own name it does what `docker buildx` does, and each call is spared docker's start and its look at every
* plugin.
*/
async function pluginFile(env) {
	if (!await onPath("docker", env)) return null;
	const { cliPluginsExtraDirs } = await readDockerConfig(env);
	const extra = Array.isArray(cliPluginsExtraDirs) ? cliPluginsExtraDirs.filter((dir) => typeof dir === "string") : [];
	for (const folder of [
		path.join(dockerConfigFolder(env), "cli-plugins"),
		...extra,
		...systemFolders
	]) {
		const file = path.join(folder, "docker-buildx");
		if (await isExecutable(file)) return file;
	}
	return null;
}
async function onPath(name, env) {
	const folders = (env.PATH ?? "").split(path.delimiter).filter(Boolean);
	for (const folder of folders) if (await isExecutable(path.join(folder, name))) return true;
	return false;
}
async function isExecutable(file) {
	return await access(file, constants.X_OK).then(() => true, () => false);
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
		const fixed = { BUILDX_METADATA_PROVENANCE: "disabled" };
		return await execute({
			...command,
			env: {
				...command.env,
				...fixed,
				...env
			},
			onStderr: onLine
		});
	}
	/** Copies what a digest names into the repositories of the tags, from any registry to any other. */
	async copy({ builder, source, tags }) {
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
		return (await execute({
			file: "docker",
			args: [
				"info",
				"--format",
				"{{json .DriverStatus}}"
			],
			cwd: this.#cwd,
			env: this.#env,
			signal: this.#signal
		}).catch((error) => {
			if (this.#signal?.aborted) throw error;
			return null;
		}))?.stdout.toString().includes("io.containerd.snapshotter") ?? false;
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
	const plugin = await pluginFile(env);
	const commands = [
		...plugin ? [[plugin]] : [],
		["docker", "buildx"],
		["buildx"]
	];
	for (const command of commands) {
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
// src/steps/builder.ts
/** Prefix of the names of builders that a run makes for itself; the post step removes no other. */
const ownBuilder = /^buildx-action-[0-9a-f]{16}$/;
/** Begins to look for buildx and its builders at once: two processes that need not wait for the plan. */
function findTools({ trigger, host }) {
	const buildx = environmentOf(trigger, host).then((env) => findBuildx({
		cwd: host.cwd,
		env,
		signal: host.signal
	}));
	const builders = buildx.then((found) => found.builders());
	builders.catch(() => void 0);
	return {
		buildx: () => buildx,
		builders: () => builders
	};
}
/** What buildx may see; an untrusted run has no credentials to lend. */
async function environmentOf(trigger, host) {
	const env = childEnvironment(host.env);
	return trigger.trust === "trusted" ? env : await withoutCredentials(env, path.join(host.temp, "docker"));
}
/**
* What the images that are built ask of a builder. What is only loaded is built for the engine's own platform, and annotations
* are for a registry: where spec.yml asks for more, it counts when something is pushed.
*/
function needsOf({ source, decision, inputs, host }) {
	const names = new Set(decision.plan.images.filter((image) => image.action === "build").map((image) => image.name));
	const images = source.stack.images.filter((image) => names.has(image.name));
	const loads = inputs.load === "auto" ? host.kind === "cli" : inputs.load;
	const { push } = decision.push;
	const written = images.flatMap(({ platforms }) => loads && !push && platforms.length > 1 ? [] : platforms);
	const annotated = images.some((image) => decision.wordings.get(image.name)?.annotations.length);
	return {
		platforms: inputs.platforms.length > 0 ? inputs.platforms : [...new Set(written)],
		annotations: inputs.annotations.length > 0 || annotated && push
	};
}
/** Takes a builder that can do what is asked, or makes one and leaves a note for the post step to remove it. */
async function prepareBuilder({ inputs, host, tools, needs }) {
	const buildx = await tools.buildx();
	const named = inputs.builder || host.env.BUILDX_BUILDER || "";
	const choice = chooseBuilder(await tools.builders(), named, needs);
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
// src/lock-inputs.ts
/** Names of the inputs about locks. */
const lockInputNames = [
	"lock-mode",
	"lock-engine",
	"update",
	"exclude-newer",
	"allowed-channels",
	"allowed-hosts",
	"channel-mirrors",
	"packages-of-interest",
	"commit-message",
	"after-commit"
];
const linesOrCommas$1 = { separator: "lines-or-commas" };
/** Texts → checked values. Throws ActionError('input'). */
function loadLockInputs({ text, list, pairs }) {
	const unique = (name) => [...new Set(list(name, linesOrCommas$1))];
	const orDefault = (name, fallback) => {
		const given = unique(name);
		return given.length > 0 ? given : [fallback];
	};
	const inputs = {
		lockMode: choice("lock-mode", text("lock-mode") || "auto", [
			"auto",
			"check",
			"refresh",
			"minimal",
			"render",
			"off"
		]),
		lockEngine: choice("lock-engine", text("lock-engine") || "embedded", ["embedded", "conda-lock"]),
		update: [...new Set(list("update", linesOrCommas$1).map((name) => packageName("update", name)))],
		excludeNewer: date("exclude-newer", text("exclude-newer")),
		allowedChannels: [...new Set(orDefault("allowed-channels", "conda-forge").map(withoutSlash))],
		allowedHosts: orDefault("allowed-hosts", "files.pythonhosted.org").map((host) => host.toLowerCase()),
		channelMirrors: Object.fromEntries(Object.entries(pairs("channel-mirrors")).map(([name, url]) => [withoutSlash(name), withoutSlash(url.trim())])),
		packagesOfInterest: unique("packages-of-interest").map((name) => packageName("packages-of-interest", name)),
		commitMessage: text("commit-message"),
		afterCommit: choice("after-commit", text("after-commit") || "auto", [
			"auto",
			"build",
			"stop"
		])
	};
	if (inputs.update.length > 0 && !["auto", "minimal"].includes(inputs.lockMode)) throw conflict(`input update: ${inputs.update.join(", ")}, but lock-mode is ${inputs.lockMode}`, ["update goes with lock-mode auto or minimal: everything but these packages is kept"]);
	refuseUnsupported(inputs);
	return inputs;
}
/** What the program conda-lock has no word for. */
function refuseUnsupported({ lockEngine, lockMode, excludeNewer, channelMirrors }) {
	if (lockEngine !== "conda-lock") return;
	const wrong = [
		...lockMode === "minimal" ? ["lock-mode: minimal"] : [],
		...excludeNewer === null ? [] : ["exclude-newer"],
		...Object.keys(channelMirrors).length === 0 ? [] : ["channel-mirrors"]
	];
	if (wrong.length > 0) throw conflict(`input lock-engine: conda-lock does not go with ${wrong.join(", ")}`, ["leave it out, or take lock-engine: embedded"]);
}
function withoutSlash(text) {
	return text.replace(/\/+$/, "");
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
	...lockInputNames,
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
			"build",
			"lock",
			"diff"
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
		...loadLockInputs({
			text,
			list,
			pairs
		}),
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
export { renderError as a, needsOf as c, childEnvironment as d, findBuildx as f, loadInputs as i, ownBuilder as l, readDockerConfig as m, booleanInputs as n, renderErrorDetails as o, hasEngine as p, inputNames as r, findTools as s, cancellation as t, prepareBuilder as u };
