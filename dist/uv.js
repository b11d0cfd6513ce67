import { i as __toESM } from "./rolldown-runtime.js";
import { t as require_semver } from "./semver.js";
import { i as messageOf, t as ActionError } from "./errors.js";
import { t as execute } from "./exec.js";
import { n as pRetry, t as AbortError } from "./p-retry.js";
import { createHash } from "node:crypto";
import path from "node:path";
import { access, mkdir, mkdtemp, realpath, rename, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { constants as constants$1 } from "node:fs";
import { inflateRawSync } from "node:zlib";
// src/tools/tool-download.ts
var import_semver = /* @__PURE__ */ __toESM(require_semver(), 1);
const idleMilliseconds = 6e4;
/**
* Where tools are kept that this program fetches: in GitHub's tool cache on a runner, else in the user's cache, never in the
* repository.
*/
function toolFolder(env) {
	if (env.RUNNER_TOOL_CACHE) return path.join(env.RUNNER_TOOL_CACHE, "buildx-action", "tools");
	return path.join(env.XDG_CACHE_HOME || path.join(env.HOME || homedir(), ".cache"), "buildx-action", "tools");
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
	const signals = [AbortSignal.timeout(idleMilliseconds * 5), ...signal ? [signal] : []];
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
		bytes: await limited(response, limit),
		headers: response.headers
	};
}
async function limited(response, limit) {
	const chunks = [];
	let bytes = 0;
	for await (const chunk of response.body ?? []) {
		bytes += chunk.length;
		if (bytes > limit) throw new AbortError(`it is larger than ${limit} bytes`);
		chunks.push(chunk);
	}
	return Buffer.concat(chunks);
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
/** An index's address and the header that logs in: fetch takes no address with a password. */
function withLogin(index) {
	const url = new URL(index);
	const login = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
	url.username = "";
	url.password = "";
	const headers = login === ":" ? {} : { authorization: `Basic ${Buffer.from(login).toString("base64")}` };
	return {
		url: url.href.replace(/\/+$/, ""),
		headers
	};
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
// src/tools/zip.ts
const endSignature = 101010256;
const entrySignature = 33639248;
const localSignature = 67324752;
const endBytes = 22;
const longestComment = 65535;
const longestDirectory = 16777216;
/**
* One file of a zip archive, found by its name; null where none has it. Reads the end, the directory and that file only.
* Throws for an archive that is broken, is zip64, or whose file is larger than `limit` bytes, before anything is unpacked.
*/
async function readZipEntry({ read, size }, wanted, limit) {
	const entry = (await readDirectory(read, size)).find(({ name }) => wanted(name));
	if (!entry) return null;
	if (entry.size > limit || entry.compressed > limit) throw new Error(`${entry.name} is larger than ${limit} bytes`);
	const header = await read(entry.offset, 30);
	if (header.length < 30 || header.readUInt32LE(0) !== localSignature) throw new Error("the zip archive is broken");
	const data = await read(entry.offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28), entry.compressed);
	const bytes = entry.method === 0 ? data : unpack(data, entry);
	if (bytes.length !== entry.size) throw new Error(`${entry.name} has not the size that the zip archive says`);
	return bytes;
}
function unpack(data, { method, size, name }) {
	if (method !== 8) throw new Error(`${name} is packed in a way that is not known: ${method}`);
	return inflateRawSync(data, { maxOutputLength: Math.max(size, 1) });
}
async function readDirectory(read, size) {
	const tailStart = Math.max(0, size - endBytes - longestComment);
	const tail = await read(tailStart, size - tailStart);
	const end = tail.lastIndexOf(Buffer.from([
		80,
		75,
		5,
		6
	]));
	if (end === -1 || tail.length < end + endBytes || tail.readUInt32LE(end) !== endSignature) throw new Error("it is no zip archive");
	const count = tail.readUInt16LE(end + 10);
	const length = tail.readUInt32LE(end + 12);
	const start = tail.readUInt32LE(end + 16);
	if (count === 65535 || start === 4294967295) throw new Error("zip64 archives are not read");
	if (length > longestDirectory || start + length > size) throw new Error("the zip archive is broken");
	return entriesOf(start >= tailStart ? tail.subarray(start - tailStart) : await read(start, length), count);
}
function entriesOf(directory, count) {
	const entries = [];
	for (let at = 0; entries.length < count;) {
		if (at + 46 > directory.length || directory.readUInt32LE(at) !== entrySignature) throw new Error("the zip archive is broken");
		const nameEnd = at + 46 + directory.readUInt16LE(at + 28);
		entries.push({
			name: directory.toString("utf8", at + 46, nameEnd),
			method: directory.readUInt16LE(at + 10),
			compressed: directory.readUInt32LE(at + 20),
			size: directory.readUInt32LE(at + 24),
			offset: directory.readUInt32LE(at + 42)
		});
		at = nameEnd + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
	}
	return entries;
}
// src/tools/uv.ts
/** The version that is downloaded where the machine has none. */
const uvVersion = "0.13.8";
/** What we call uv with, and what we read of it, is in these; 0.9 lists wheels of all platforms. */
const goodVersions = ">=0.11.0 <1";
const largestWheel = 104857600;
const largestBinary = 209715200;
/** PyPI's simple index of uv, 2026-11-21; by Node's platform and architecture. */
const wheels = /* @__PURE__ */ new Map([
	["linux-x64", {
		file: `uv-${uvVersion}-py3-none-manylinux_2_17_x86_64.manylinux2014_x86_64.whl`,
		sha256: "e18a57b8b352eb7c8feb317b9f6f533c8f0ad9673fd6cf34bbe3cf1a9f6a8984",
		folder: "c5/32/52ee34636aea1ab3f8baeeae1c3599461b8cddfb379862cc72ac61b8d91c"
	}],
	["linux-arm64", {
		file: `uv-${uvVersion}-py3-none-manylinux_2_17_aarch64.manylinux2014_aarch64.musllinux_1_1_aarch64.whl`,
		sha256: "0b3e8b1a4f5e405e31e2ff33de8af4744831e9f7338539671efbd8c3c94e791d",
		folder: "9e/f0/d989ac5fcebf83f1c8c5d78974f27788e8364945969eb646f5d0db35d924"
	}],
	["darwin-x64", {
		file: `uv-${uvVersion}-py3-none-macosx_10_12_x86_64.whl`,
		sha256: "b7124ca1956ec2e476a1003ea5715a15f0266afaec37f4dc9c6972ba8183e6d1",
		folder: "be/7a/fd8a719c0198f8f8341847fc33b377f25ac79f7c4a56dbce5ceb086f239c"
	}],
	["darwin-arm64", {
		file: `uv-${uvVersion}-py3-none-macosx_11_0_arm64.whl`,
		sha256: "62b6943c7fd64fac6854f780bea6e0359e5a5bc3241f83ee357bb38276afac49",
		folder: "84/46/deb3a1eb3020575e41d1f9840c07185761d8d4c25cd6f58e813afb017476"
	}]
]);
/**
* The file of a uv that can be used: PATH's, else the tool cache's, else one that is downloaded, checked by its hash and kept for
* later runs. Throws ActionError('solve') where none can be had.
*/
async function findUv(question) {
	return await onPath(question) ?? await inToolCache(question) ?? await downloaded(question);
}
async function onPath(question) {
	for (const file of await findPrograms("uv", question)) if (await isGood(file, question)) return file;
	return null;
}
async function isGood(file, { env, temp, signal }) {
	const command = {
		file,
		args: ["--version"],
		cwd: temp,
		env: {
			PATH: env.PATH,
			HOME: env.HOME,
			UV_NO_CONFIG: "1"
		},
		signal,
		code: "solve"
	};
	const ended = await execute(command).catch((error) => {
		if (signal?.aborted) throw error;
		return null;
	});
	const [, version = ""] = /^uv (\d+\.\d+\.\d+)/.exec(ended?.stdout.toString() ?? "") ?? [];
	return ended?.status === 0 && version !== "" && (0, import_semver.satisfies)(version, goodVersions);
}
/** Whatever good version a step before this one put there (astral-sh/setup-uv does), the newest first. */
async function inToolCache({ env, arch = process.arch }) {
	if (!env.RUNNER_TOOL_CACHE || env.RUNNER_TOOL_CACHE !== process.env.RUNNER_TOOL_CACHE) return null;
	const { find, findAllVersions } = await import("./tool-cache.js");
	const versions = ["x64", "arm64"].includes(arch) ? findAllVersions("uv", arch) : [];
	for (const version of versions.filter((one) => (0, import_semver.satisfies)(one, goodVersions)).sort((a, b) => (0, import_semver.gte)(a, b) ? -1 : 1)) {
		const file = path.join(find("uv", version, arch), "uv");
		if (await isExecutable(file)) return file;
	}
	return null;
}
async function downloaded({ env, signal, platform = process.platform, arch = process.arch }) {
	const wheel = wheels.get(`${platform}-${arch}`);
	if (!wheel) throw new ActionError("solve", `pip packages need uv, and PyPI’s is not known for ${platform}-${arch}`, [`put uv ${goodVersions} on PATH before this step`]);
	const folder = await installTool({
		env,
		tool: {
			name: "uv",
			version: uvVersion,
			arch
		}
	}, (work) => unpackInto(work, wheel, env, signal)).catch((cause) => {
		if (cause instanceof ActionError && cause.code === "cancelled") throw cause;
		throw new ActionError("solve", `pip packages need uv ${uvVersion}, which cannot be had: ${cause.message}`, ["put uv on PATH before this step (astral-sh/setup-uv), or set UV_DEFAULT_INDEX to an index that is reached"]);
	});
	return path.join(folder, "uv");
}
async function unpackInto(folder, wheel, env, signal) {
	const bytes = await downloadVerified({
		...await placeOf(wheel, indexOf(env), signal),
		sha256: wheel.sha256,
		limit: largestWheel,
		signal
	});
	const read = async (start, length) => bytes.subarray(start, start + length);
	const binary = await readZipEntry({
		read,
		size: bytes.length
	}, (name) => name.endsWith(".data/scripts/uv"), largestBinary);
	if (!binary) throw new Error(`${wheel.file} holds no uv`);
	await writeFile(path.join(folder, "uv"), binary, { mode: 493 });
}
/** At PyPI the address is known; another index is asked where it has the file. */
async function placeOf({ file, folder }, index, signal) {
	if (index === "https://pypi.org/simple") return { url: `https://files.pythonhosted.org/packages/${folder}/${file}` };
	const found = await findInIndex(index, "uv", file, signal);
	if (found) return found;
	throw new Error(`${new URL(index).host} has no ${file}`);
}
/** All programs of a name on PATH, in its order, but those that the repository brings. */
async function findPrograms(name, { env, repository }) {
	const folders = (env.PATH ?? "").split(path.delimiter).filter(path.isAbsolute);
	return (await Promise.all(folders.map(async (folder) => {
		const file = path.join(folder, name);
		return await isExecutable(file) && !await isInside(repository, file) ? [file] : [];
	}))).flat();
}
/** Whether a file is one of the repository's, by its own name or by what it links to. */
async function isInside(repository, file) {
	const root = await realpath(repository);
	return [path.resolve(file), await realpath(file)].some((one) => {
		const way = path.relative(root, one);
		return way !== ".." && !way.startsWith(`..${path.sep}`);
	});
}
async function isExecutable(file) {
	return await access(file, constants$1.X_OK).then(() => true, () => false);
}
export { readZipEntry as a, withLogin as c, installTool as d, shown as f, uvVersion as i, fetchBytes as l, findUv as n, indexOf as o, toolFolder as p, isInside as r, pypi as s, findPrograms as t, fetchFile as u };
