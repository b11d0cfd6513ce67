import { t as ActionError } from "./errors.js";
import { i as output } from "./exec.js";
import { n as gitSettings, t as gitEnvironment } from "./git-settings.js";
import { mkdir } from "node:fs/promises";
import path from "node:path";
// src/tools/wiki.ts
const author = {
	GIT_AUTHOR_NAME: "github-actions[bot]",
	GIT_COMMITTER_NAME: "github-actions[bot]"
};
const mail = "41898282+github-actions[bot]@users.noreply.github.com";
/**
* Puts pages into a wiki by one commit on top of what it has; other pages stay. Made of git's objects alone: no file of the wiki
* is checked out, no hook runs. Gives the commit, null where every page is the same already. Throws ActionError('git').
*/
async function pushWiki(question) {
	const { pages, message, folder } = question;
	await mkdir(folder, { recursive: true });
	const git = createGit(question);
	await git([
		"init",
		"--quiet",
		"--bare",
		"."
	]);
	const { branch, head } = await fetchHead(git, question);
	await git(["read-tree", head]);
	for (const { name, text } of pages) await git([
		"update-index",
		"--add",
		"--cacheinfo",
		`100644,${await git([
			"hash-object",
			"-w",
			"--stdin"
		], text)},${plainName(name)}`
	]);
	const tree = await git(["write-tree"]);
	if (tree === await git(["rev-parse", `${head}^{tree}`])) return null;
	const commit = await git([
		"commit-tree",
		tree,
		"-p",
		head,
		"-m",
		message
	]);
	await git([
		"push",
		"--quiet",
		"--",
		question.url,
		`${commit}:refs/heads/${branch}`
	]);
	return commit;
}
async function fetchHead(git, { url }) {
	try {
		const listed = await git([
			"ls-remote",
			"--symref",
			"--",
			url,
			"HEAD"
		]);
		const branch = /^ref: refs\/heads\/(\S+)\tHEAD$/m.exec(listed)?.[1] ?? "master";
		await git([
			"fetch",
			"--quiet",
			"--depth=1",
			"--no-tags",
			"--",
			url,
			`refs/heads/${branch}`
		]);
		return {
			branch,
			head: await git(["rev-parse", "FETCH_HEAD"])
		};
	} catch (cause) {
		if (cause instanceof ActionError && cause.code === "cancelled") throw cause;
		throw new ActionError("git", `the wiki ${url} cannot be read`, ["turn the wiki on in the repository’s settings and write its first page by hand: GitHub makes it then", "the token needs `contents: write`"], { cause });
	}
}
function createGit({ url, token, folder, env, signal }) {
	const base = path.resolve(folder);
	const login = Buffer.from(`x-access-token:${token}`).toString("base64");
	const secret = token ? {
		GIT_CONFIG_COUNT: "1",
		GIT_CONFIG_KEY_0: `http.${new URL(url).origin}/.extraheader`,
		GIT_CONFIG_VALUE_0: `AUTHORIZATION: basic ${login}`
	} : {};
	const own = {
		...author,
		GIT_AUTHOR_EMAIL: mail,
		GIT_COMMITTER_EMAIL: mail,
		GIT_DIR: base,
		GIT_CONFIG_GLOBAL: "/dev/null"
	};
	return async (args, input) => {
		const command = {
			file: "git",
			args: [...gitSettings, ...args],
			cwd: base,
			signal,
			code: "git",
			title: `git ${args[0]}`,
			env: {
				...gitEnvironment(env),
				...own,
				...secret
			},
			...input === void 0 ? {} : { input }
		};
		return (await output(command)).toString().trim();
	};
}
/** A page's name comes from an image's: a folder in it would be another page's. */
function plainName(name) {
	return name.replace(/[^\w.-]+/g, "-").replace(/^[.-]+/, "");
}
export { pushWiki };
