import path from "node:path";
import { homedir } from "node:os";
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
/** The folder in which a person's machine keeps what later runs find again, never in the repository (XDG base directories). */
function userCache(env) {
	return path.join(env.XDG_CACHE_HOME || path.join(env.HOME || homedir(), ".cache"), "buildx-action");
}
/** Whether this run can ask a cache service at all; version 2 shares its address with other services. */
function hasCacheService({ env }) {
	const second = env.ACTIONS_CACHE_SERVICE_V2 && env.ACTIONS_RESULTS_URL;
	return Boolean(env.ACTIONS_RUNTIME_TOKEN && (second || env.ACTIONS_CACHE_URL));
}
export { hasCacheService as n, userCache as r, childEnvironment as t };
