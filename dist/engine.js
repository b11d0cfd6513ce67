import { i as output, t as execute } from "./exec.js";
// src/tools/engine.ts
/** What a container's logs may take of the engine's disk: two files of this size. */
const logSize = "4m";
/** A Docker engine by its command line: containers that test an image, and what is left of them. */
var Engine = class {
	/** `linux/amd64`. */
	platform;
	#surroundings;
	constructor(platform, surroundings) {
		this.platform = platform;
		this.#surroundings = surroundings;
	}
	/** A network that leads nowhere. */
	async network(name, label) {
		await this.#must([
			"network",
			"create",
			"--internal",
			"--label",
			label,
			name
		], { whole: true });
	}
	/** Makes a container and starts it. It mounts nothing, has no privilege, and no image is pulled for it. */
	async start({ name, image, command, env, network, publish, label }) {
		const options = [
			...[
				"--name",
				name,
				"--label",
				label,
				"--network",
				network,
				"--pull",
				"never"
			],
			...[
				"--log-driver",
				"local",
				"--log-opt",
				`max-size=${logSize}`,
				"--log-opt",
				"max-file=2"
			],
			...publish.flatMap((port) => ["--publish", `127.0.0.1::${port}`]),
			...Object.entries(env).flatMap(([key, value]) => ["--env", `${key}=${value}`])
		];
		await this.#must([
			"container",
			"create",
			...options,
			"--",
			image,
			...command
		], { whole: true });
		await this.#must([
			"container",
			"start",
			name
		]);
	}
	/** How a container is, with its address in each network and where its published ports are. */
	async inspect(name) {
		const text = (await this.#must([
			"container",
			"inspect",
			name
		])).toString();
		const [found] = JSON.parse(text);
		const { State: state = {}, NetworkSettings: settings = {} } = found ?? {};
		return {
			state: {
				running: state.Running === true,
				exitCode: state.ExitCode ?? 0,
				killedForMemory: state.OOMKilled === true,
				health: !state.Health?.Status || state.Health.Status === "none" ? null : state.Health.Status,
				healthOutput: state.Health?.Log?.at(-1)?.Output ?? ""
			},
			networks: settings.Networks ?? {},
			ports: settings.Ports ?? {}
		};
	}
	/** What a container wrote, to both streams; empty where that cannot be had. */
	async logs(name) {
		const ended = await this.#run([
			"container",
			"logs",
			name
		]);
		return `${ended.stdout}${ended.stderr}`;
	}
	/** Digests of an image's unpacked layers, the lowest first. */
	async layers(image) {
		const text = (await this.#must([
			"image",
			"inspect",
			"--format",
			"{{json .RootFS.Layers}}",
			image
		])).toString();
		return JSON.parse(text) ?? [];
	}
	/** Ends and removes containers with their volumes, networks and names of images. What is not there is no error. */
	async remove({ containers = [], networks = [], images = [] }) {
		const all = [
			...containers.length > 0 ? [[
				"container",
				"rm",
				"--force",
				"--volumes",
				...containers
			]] : [],
			...networks.length > 0 ? [[
				"network",
				"rm",
				...networks
			]] : [],
			...images.length > 0 ? [[
				"image",
				"rm",
				...images
			]] : []
		];
		for (const args of all) await this.#run(args, { whole: true });
	}
	/** What carries a label, and images of a repository. */
	async leftovers(label, repository) {
		const list = async (args) => (await this.#run(args, { whole: true })).stdout.toString().split("\n").filter(Boolean);
		const filter = ["--filter", `label=${label}`];
		return {
			containers: await list([
				"container",
				"ls",
				"--all",
				"--quiet",
				...filter
			]),
			networks: await list([
				"network",
				"ls",
				"--quiet",
				...filter
			]),
			images: await list([
				"image",
				"ls",
				"--format",
				"{{.Repository}}:{{.Tag}}",
				repository
			])
		};
	}
	async #must(args, { whole = false } = {}) {
		const command = this.#command(args, whole);
		return await output(command);
	}
	async #run(args, { whole = false } = {}) {
		return await execute(this.#command(args, whole));
	}
	#command(args, whole) {
		const { cwd, env, signal } = this.#surroundings;
		return {
			...dockerCommand(args, {
				cwd,
				env
			}),
			signal: whole ? void 0 : signal
		};
	}
};
/** The engine that answers; null where there is none. */
async function findEngine(surroundings) {
	const command = dockerCommand([
		"version",
		"--format",
		"{{.Server.Os}}/{{.Server.Arch}}"
	], surroundings);
	const ended = await execute(command).catch((error) => {
		if (surroundings.signal?.aborted) throw error;
		return null;
	});
	const platform = ended?.status === 0 ? ended.stdout.toString().trim() : "";
	return /^\w+\/\w+$/.test(platform) ? new Engine(platform, surroundings) : null;
}
function dockerCommand(args, { cwd, env, signal }) {
	return {
		file: "docker",
		args,
		cwd,
		env,
		signal,
		title: `docker ${args.slice(0, 2).join(" ")}`
	};
}
export { Engine, findEngine };
