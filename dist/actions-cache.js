import { i as messageOf, t as ActionError } from "./errors.js";
import { t as execute } from "./exec.js";
import { n as hasCacheService } from "./environment.js";
import { chmod, cp, mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { randomUUID } from "node:crypto";
// src/tools/move-folder.ts
/** Moves a folder to a place that is free, also to another disk: then it is there when all of it is. */
async function moveFolder(from, to) {
	try {
		await rename(from, to);
	} catch (error) {
		if (error.code !== "EXDEV") throw error;
		const aside = `${to}.${randomUUID()}.part`;
		try {
			await cp(from, aside, {
				recursive: true,
				preserveTimestamps: true
			});
			await rename(aside, to);
		} finally {
			await rm(aside, {
				recursive: true,
				force: true
			});
		}
		await rm(from, {
			recursive: true,
			force: true
		});
	}
}
// src/tools/cache-exchange.ts
/** Performs a task in a process of its own. Throws where that fails, is ended, or takes too long. */
async function askCacheService(task, exchange) {
	const { host, stage, cwd, env, timeout, note } = exchange;
	const limit = AbortSignal.timeout(Math.ceil(timeout));
	const { status, stdout, stderr } = await execute({
		file: process.execPath,
		args: ["--no-warnings", program("cache-worker")],
		cwd,
		env: {
			...serviceEnvironment(host.env),
			RUNNER_TEMP: stage,
			GITHUB_WORKSPACE: cwd,
			...env
		},
		input: JSON.stringify(task),
		signal: AbortSignal.any([host.signal, limit]),
		onStderr: (line) => listen(line, host, note)
	}).catch((error) => {
		if (limit.aborted) throw new Error(`the cache service took longer than ${Math.ceil(timeout / 1e3)} s`, { cause: error });
		throw error;
	});
	if (status !== 0) throw new Error(stderr.match(/^\w*Error: .*$/m)?.[0] ?? `the exchange ended with ${status}`);
	return JSON.parse(stdout.toString());
}
/**
* Variables by which @actions/cache finds our own `tar` first: any other it would let write anywhere. It is made in `stage`, also by
* the name that comes first on macOS.
*/
async function ownTar(stage, { env }) {
	const folder = path.join(stage, "bin");
	await mkdir(folder);
	for (const name of ["tar", "gtar"]) {
		const file = path.join(folder, name);
		await writeFile(file, "#!/bin/sh\nexec \"$UNTAR_NODE\" --no-warnings \"$UNTAR_PROGRAM\" \"$@\"\n");
		await chmod(file, 493);
	}
	return {
		PATH: [folder, env.PATH ?? ""].join(path.delimiter),
		UNTAR_NODE: process.execPath,
		UNTAR_PROGRAM: program("untar")
	};
}
/** What the library says: signatures of addresses to hide, and at the end of a failure, what it was. */
function listen(line, { out }, note) {
	const [, command, , text = line] = /^::([a-z-]+)( [^:]*)?::(.*)$/.exec(line) ?? [];
	if (command === "add-mask") return void out.mask(text);
	if (command === "warning" || command === "error" || /^(untar|Failed to save): /.test(text)) note(text);
	out.debug(text);
}
/** What the library reads of the environment, and nothing else of it. */
function serviceEnvironment(env) {
	const known = /^(PATH|HOME|LANG|ACTIONS_(RESULTS_URL|RUNTIME_TOKEN|CACHE_\w+)|GITHUB_SERVER_URL|NODE_EXTRA_CA_CERTS)$/;
	const proxies = /^(https?|no|all)_proxy$/i;
	return Object.fromEntries(Object.entries(env).filter(([name]) => known.test(name) || proxies.test(name)));
}
/** Beside this file in src/ as in dist/, where each entry keeps its name. */
function program(name) {
	return path.join(import.meta.dirname, `${name}${path.extname(import.meta.filename)}`);
}
// src/tools/actions-cache.ts
const restoreTimeout = 3e4;
const saveTimeout = 12e4;
/**
* Fills a folder, which is not there yet, from the newest entry whose key begins with `prefix`: of the run's own branch, else of
* its base, else of the default branch, as the service looks. Gives the entry's key; null, with one warning at most, where it
* was not restored: then there is no folder, nor a part of it. Throws only when the run is cancelled.
*/
async function restoreFolder(question) {
	const { host, folder, prefix, most, title, timeout = restoreTimeout, perMiB } = question;
	if (!hasCacheService(host)) return null;
	return await forgiving(host, `${title} of earlier runs: not restored`, async (note) => {
		await using stage = await createStage(host);
		const name = path.basename(folder);
		const env = {
			UNTAR_LIMIT: String(most),
			...await ownTar(stage.folder, host)
		};
		const files = path.join(stage.folder, "files");
		await mkdir(files);
		const task = {
			kind: "restore",
			name,
			prefixes: [prefix].flat(),
			most,
			...perMiB === void 0 ? {} : { patience: {
				search: timeout,
				perMiB
			} }
		};
		const limit = perMiB === void 0 ? timeout : 3 * timeout + most / 2 ** 20 * perMiB;
		const { key, refused } = await askCacheService(task, {
			host,
			stage: stage.folder,
			cwd: files,
			env,
			timeout: limit,
			note
		});
		if (refused !== void 0) throw new Error(refused);
		if (key === null) return null;
		await mkdir(path.dirname(folder), { recursive: true });
		await moveFolder(path.join(files, name), folder);
		return key;
	});
}
/** Saves a folder. False, with one warning at most, where it was not saved: entries are never overwritten. Never throws. */
async function saveFolder(question) {
	const { host, folder, key, title, timeout = saveTimeout } = question;
	if (!hasCacheService(host)) return false;
	return await forgiving(host, `${title}: not kept for later runs`, async (note) => {
		await using stage = await createStage(host);
		return (await askCacheService({
			kind: "save",
			name: path.basename(folder),
			key
		}, {
			host,
			stage: stage.folder,
			cwd: path.dirname(folder),
			env: {},
			timeout,
			note
		})).key;
	}).catch(() => null) !== null;
}
/** One warning for whatever went wrong. What a token may not do, or another run has done already, is no fault. */
async function forgiving({ out, signal }, what, attempt) {
	const problems = [];
	try {
		const key = await attempt((problem) => problems.push(problem));
		if (key !== null || problems.length === 0) return key;
	} catch (error) {
		if (signal.aborted) throw new ActionError("cancelled", "the run was cancelled while it spoke to the cache service");
		problems.push(messageOf(error));
	}
	const problem = problems.find((line) => line.startsWith("untar: ")) ?? problems.at(-1);
	const harmless = problems.some((line) => /cache (read|write) denied:|another job may be creating/.test(line));
	const line = `${what}: ${problem?.replace(/^(untar|Failed to (restore|save)): /, "")}`;
	if (harmless) out.info(line);
	else out.warning(line);
	return null;
}
async function createStage({ temp }) {
	await mkdir(temp, { recursive: true });
	const folder = await mkdtemp(path.join(temp, "cache-"));
	return {
		folder,
		[Symbol.asyncDispose]: () => rm(folder, {
			recursive: true,
			force: true,
			maxRetries: 3
		})
	};
}
export { saveFolder as n, moveFolder as r, restoreFolder as t };
