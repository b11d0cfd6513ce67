import { mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { homedir } from "node:os";
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
export { readDockerConfig as n, withoutCredentials as r, dockerConfigFolder as t };
