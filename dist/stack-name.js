// src/steps/stack-name.ts
/** What a stack is called where a repository may have several: its folder, or for the repository's only one the repository. */
function stackName({ inputs, trigger }) {
	return stackFolder(inputs) || (trigger.repository?.name ?? "stack");
}
/** The stack's folder, empty for the repository's root or where it is found by itself. */
function stackFolder({ path }) {
	return path === "." ? "" : path;
}
/** The run's page, null outside of GitHub. */
function runUrl({ env }) {
	if (!env.GITHUB_RUN_ID) return null;
	return `${env.GITHUB_SERVER_URL}/${env.GITHUB_REPOSITORY}/actions/runs/${env.GITHUB_RUN_ID}`;
}
export { stackFolder as n, stackName as r, runUrl as t };
