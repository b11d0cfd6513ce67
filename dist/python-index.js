import { i as messageOf, t as ActionError } from "./errors.js";
import { i as withLogin, n as limitedBody, o as AbortError, s as pRetry } from "./http.js";
import { r as userCache } from "./environment.js";
import { access, mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import path from "node:path";
import { createHash } from "node:crypto";
// src/tools/tool-download.ts
const requestMilliseconds = 3e5;
/**
* Where tools are kept that this program fetches: in GitHub's tool cache on a runner, else in the user's cache, never in the
* repository.
*/
function toolFolder(env) {
	if (env.RUNNER_TOOL_CACHE) return path.join(env.RUNNER_TOOL_CACHE, "buildx-action", "tools");
	return path.join(userCache(env), "tools");
}
/**
* The folder of a tool, made by `make` in an empty one where it is not there yet. It gets its name when it is whole: any number
* of processes may ask at once, and one that is killed leaves nothing that another would take for the tool.
*/
async function installTool({ env, tool }, make) {
	const target = path.join(toolFolder(env), tool.name, tool.version, tool.arch);
	if (await exists(target)) return target;
	await mkdir(path.dirname(target), { recursive: true });
	const work = await mkdtemp(`${target}.`);
	try {
		await make(work);
		await rename(work, target).catch((error) => {
			if (!["EEXIST", "ENOTEMPTY"].includes(error.code ?? "")) throw error;
		});
		return target;
	} finally {
		await rm(work, {
			recursive: true,
			force: true
		});
	}
}
/** The bytes of a file whose hash is known. Tries again what may pass. Throws ActionError('solve'). */
async function downloadVerified(download) {
	const bytes = await fetchBytes(download);
	const found = createHash("sha256").update(bytes).digest("hex");
	if (found === download.sha256) return bytes;
	throw new ActionError("solve", `${shown(download.url)} has sha256 ${found}, ${download.sha256} was expected`, ["the file was changed on its way or on its server: it is not used"]);
}
/** The bytes of a file. Tries again what may pass: a cut connection, 408, 429, 5xx. Throws ActionError('solve'). */
async function fetchBytes(download) {
	return (await fetchFile(download)).bytes;
}
/** The same with what the server says of them, for requests for a part of a file. */
async function fetchFile(download) {
	const { url, signal } = download;
	try {
		return await pRetry(() => attempt(download), {
			retries: 3,
			minTimeout: 500,
			randomize: true,
			shouldRetry: () => !signal?.aborted,
			...signal ? { signal } : {}
		});
	} catch (error) {
		if (signal?.aborted) throw new ActionError("cancelled", `the run was cancelled while ${shown(url)} was fetched`);
		throw new ActionError("solve", `${shown(url)} cannot be fetched: ${messageOf(error)}`, [], { cause: error });
	}
}
async function attempt({ url, limit, signal, headers }) {
	const signals = [AbortSignal.timeout(requestMilliseconds), ...signal ? [signal] : []];
	const response = await fetch(url, {
		signal: AbortSignal.any(signals),
		...headers ? { headers } : {}
	}).catch((error) => {
		throw new Error(messageOf(error.cause ?? error), { cause: error });
	});
	if (!response.ok) {
		await response.body?.cancel();
		throw [
			408,
			425,
			429
		].includes(response.status) || response.status >= 500 ? /* @__PURE__ */ new Error(`status ${response.status}`) : new AbortError(`status ${response.status}`);
	}
	return {
		bytes: await limitedBody(response, limit, `it is larger than ${limit} bytes`),
		headers: response.headers
	};
}
/** An address without what logs in and without what may sign it. */
function shown(text) {
	if (!URL.canParse(text)) return "an address";
	const { protocol, host, pathname } = new URL(text);
	return `${protocol}//${host}${pathname}`;
}
async function exists(file) {
	return await access(file).then(() => true, () => false);
}
// src/tools/python-index.ts
/** PyPI's simple index. */
const pypi = "https://pypi.org/simple";
const longestPage = 67108864;
/** The index that this machine's pip and uv are told to ask; PyPI where they are told nothing. Throws ActionError('solve'). */
function indexOf(env) {
	const url = (env.UV_DEFAULT_INDEX || env.UV_INDEX_URL || env.PIP_INDEX_URL || "https://pypi.org/simple").trim().replace(/^[\w.-]+=(?=https?:)/, "").replace(/\/+$/, "");
	if (/^https?:\/\//.test(url) && URL.canParse(url)) return url;
	const names = [
		"UV_DEFAULT_INDEX",
		"UV_INDEX_URL",
		"PIP_INDEX_URL"
	].filter((name) => env[name]);
	throw new ActionError("solve", `${names[0]} is no address of an index`, ["it begins with https:// or http://"]);
}
/**
* Where an index has a file of a project: `uv`, `uv-0.13.8-….whl`. Null where it has none. The page's links are read as PEP 503
* writes them; what is downloaded has to be checked by its hash.
*/
async function findInIndex(index, project, file, signal) {
	const { url, headers } = withLogin(index);
	const page = `${url}/${project}/`;
	const html = await fetchBytes({
		url: page,
		limit: longestPage,
		signal,
		headers: {
			...headers,
			accept: "text/html"
		}
	});
	for (const [, href = ""] of html.toString("utf8").matchAll(/<a\s[^>]*?href\s*=\s*["']([^"']+)["']/gi)) {
		const found = URL.parse(href.replaceAll("&amp;", "&"), page);
		if (found && decodeURIComponent(found.pathname).endsWith(`/${file}`)) {
			found.hash = "";
			return {
				url: found.href,
				headers: found.origin === new URL(page).origin ? headers : {}
			};
		}
	}
	return null;
}
export { fetchBytes as a, shown as c, downloadVerified as i, indexOf as n, fetchFile as o, pypi as r, installTool as s, findInIndex as t };
