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
export { gitSettings as n, gitEnvironment as t };
