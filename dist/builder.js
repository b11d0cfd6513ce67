import { i as messageOf, t as ActionError } from "./errors.js";
import { n as readDockerConfig, r as withoutCredentials, t as dockerConfigFolder } from "./docker-config.js";
import { i as isOnPath, n as isExecutable } from "./programs.js";
import { i as output, t as execute } from "./exec.js";
import { t as childEnvironment } from "./environment.js";
import path from "node:path";
import { randomBytes } from "node:crypto";
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
	if (classic && needs.attestations) return "makes no attestations (inputs provenance and sbom)";
	if (classic && needs.annotations) return "drops annotations (of the input or of spec.yml)";
	if (builder.driver === "docker" && needs.byDigest) return "cannot push by digest";
	if (!builder.running || builder.platforms.length === 0) return null;
	const missing = needs.platforms.find((platform) => !builder.platforms.includes(platform) && !builder.platforms.includes(platform.replace(/\/v\d+$/, "")));
	return missing ? `cannot build for ${missing} (it has ${builder.platforms.join(", ")})` : null;
}
function firstLine(text) {
	return text.split("\n", 1)[0] ?? "";
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
	if (!await isOnPath("docker", env)) return null;
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
	/** Where its processes run, and what they see. */
	get surroundings() {
		return {
			cwd: this.#cwd,
			env: this.#env,
			signal: this.#signal
		};
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
	/** One bake; each line of its progress goes to `onLine`. Gives how it ended, also after a failure. `limit` ends it, too. */
	async bake(args, onLine, env = {}, limit) {
		const command = this.#run(["bake", ...args], "build");
		const signal = limit && this.#signal ? AbortSignal.any([limit, this.#signal]) : limit ?? this.#signal;
		return await execute({
			...command,
			signal,
			env: {
				...command.env,
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
	const attested = inputs.attest.some((attest) => !attest.endsWith(",disabled=true"));
	return {
		platforms: inputs.platforms.length > 0 ? inputs.platforms : [...new Set(written)],
		annotations: inputs.annotations.length > 0 || annotated && push,
		...attested && push ? { attestations: true } : {},
		...push && (inputs.pushByDigest || inputs.monolithic) ? { byDigest: true } : {}
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
export { findBuildx as a, prepareBuilder as i, needsOf as n, hasEngine as o, ownBuilder as r, chooseBuilder as s, findTools as t };
