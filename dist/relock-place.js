import { t as ActionError } from "./errors.js";
import { n as visible, t as shorten } from "./visible.js";
import { a as neededClient, i as isRefusal, o as patiently, r as graphqlTypes, s as statusOf } from "./github-client.js";
import { n as byCodes, t as byCode } from "./order.js";
import { i as eq, s as valid } from "./pep440.js";
import { r as diffLocks, t as comparedLock } from "./diff.js";
import { t as relockHeadline } from "./lock-summary.js";
import { i as keptMetadata, o as writeScalar, r as readLockWithLines, t as readLock } from "./read-lock.js";
import { a as madeFrom, c as contentHash, i as explicitLock, l as virtualPackagesForSolve, o as readCondaSpec, r as scanLocks, s as newestRecipe } from "./lock-scan.js";
import { a as BadSpec, o as canonicalVersion, r as normalName } from "./pip-marker.js";
import { t as pypiNames } from "./pypi-names.js";
import { t as restoreStore } from "./restore-store.js";
import { t as originOf } from "./origin.js";
import { t as explicitPlatform } from "./diff-explicit.js";
import { posix } from "node:path";
import { createHash } from "node:crypto";
// src/lock/commit-message.ts
/** The longest headline that git and GitHub show whole, characters. */
const headlineLength = 72;
/** GitHub takes longer messages; nobody reads them. */
const bodyLength = 4e3;
const trailer = "Lock-key";
/**
* The message of a commit of locks. `template` is the input `commit-message`, its first line the headline, in which
* `{{images}}` stands for the images' names; empty: `Relock …`. The body ends with the key by which a
* later run knows its own work, and with who asked for it.
*/
function commitMessage(question) {
	const { template, images, lines, key, people } = question;
	const [first = "", ...rest] = template.trim().split(/\r?\n/);
	const headline = shorten(visible(filled(first || "Relock {{images}}", images)), headlineLength);
	const text = rest.map((line) => visible(filled(line, images))).join("\n");
	const list = lines.map((line) => `* ${visible(line)}`).join("\n");
	return {
		headline,
		body: [shorten([text.trim(), list].filter(Boolean).join("\n\n"), bodyLength), [`${trailer}: ${key}`, ...people.filter(isAccount).map(coAuthor)].join("\n")].filter(Boolean).join("\n\n")
	};
}
/** The key in a message that `commitMessage` made; null in any other. */
function keyOf$1(message) {
	const last = message.trimEnd().split(/\r?\n\r?\n/).at(-1) ?? "";
	return new RegExp(`^${trailer}: ([0-9a-f]{16,64})$`, "m").exec(last)?.[1] ?? null;
}
function filled(line, images) {
	return line.replaceAll(/\{\{ *images *\}\}/g, () => {
		const names = joined(images.map(visible));
		const room = headlineLength - line.length + 10;
		return names.length > Math.max(20, room) ? `${images.length} images` : names;
	});
}
/** `a`, `a and b`, `a, b and c`. */
function joined(names) {
	return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
/** GitHub's own rule for logins; anything else has no place in a trailer. */
function isAccount({ login, id }) {
	return /^[\w-]{1,100}(\[bot\])?$/.test(login) && Number.isSafeInteger(id) && id > 0;
}
function coAuthor({ login, id }) {
	return `Co-authored-by: ${login} <${id}+${login}@users.noreply.github.com>`;
}
// src/tools/github-commit.ts
const createCommit = `mutation ($input: CreateCommitOnBranchInput!) {
  createCommitOnBranch(input: $input) { commit { oid url } }
}`;
/**
* One commit on a branch by GraphQL's `createCommitOnBranch`: on top of `head` or not at all, signed by GitHub. It takes
* no author: whoever owns the token is it.
*/
async function commitOnBranch(question) {
	const { host, target, head, message, files } = question;
	const octokit = await neededClient(question);
	const additions = files.map(({ path, text }) => ({
		path,
		contents: Buffer.from(text).toString("base64")
	}));
	const input = {
		branch: {
			repositoryNameWithOwner: `${target.owner}/${target.name}`,
			branchName: target.branch
		},
		expectedHeadOid: head,
		message: {
			headline: message.headline,
			body: message.body
		},
		fileChanges: { additions }
	};
	try {
		const { oid, url } = (await patiently(host, () => octokit.graphql(createCommit, { input }), { once: true })).createCommitOnBranch.commit;
		return {
			kind: "committed",
			sha: oid,
			url
		};
	} catch (error) {
		const kind = failureKind(error);
		if (kind === null) throw error;
		return {
			kind,
			error
		};
	}
}
function failureKind(error) {
	const types = graphqlTypes(error);
	if (types.includes("STALE_DATA")) return "stale";
	if (isRefusal(error) || types.includes("UNPROCESSABLE") || types.includes("NOT_FOUND")) return "refused";
	if (types.length > 0) return null;
	return (statusOf(error) ?? 0) >= 500 ? "unknown" : null;
}
/** The commit that a branch points at now; null where there is no such branch. */
async function branchTip(question) {
	const { host, target } = question;
	const octokit = await neededClient(question);
	const { owner, name: repo, branch } = target;
	try {
		const { data } = await patiently(host, () => octokit.rest.git.getRef({
			owner,
			repo,
			ref: `heads/${branch}`
		}));
		return data.object.sha;
	} catch (error) {
		if (statusOf(error) === 404) return null;
		throw error;
	}
}
/** The newest commits of a branch or from a commit back, at most 100. */
async function recentCommits(question) {
	const { host, repository, from, count } = question;
	const octokit = await neededClient(question);
	const { owner, name: repo } = repository;
	const { data } = await patiently(host, () => octokit.rest.repos.listCommits({
		owner,
		repo,
		sha: from,
		per_page: count
	}));
	return data.map(({ sha, commit, parents }) => ({
		sha,
		message: commit.message,
		parents: parents.map((parent) => parent.sha),
		author: commit.author?.name ?? "an unknown author"
	}));
}
/** A status on a commit, shown with its checks. Needs `statuses: write`. */
async function setStatus(question) {
	const { host, repository, sha, state, context, description, url } = question;
	const octokit = await neededClient(question);
	const { owner, name: repo } = repository;
	await patiently(host, () => octokit.rest.repos.createCommitStatus({
		owner,
		repo,
		sha,
		state,
		context,
		description: description.slice(0, 140),
		...url === null ? {} : { target_url: url }
	}));
}
// src/steps/commit-sources.ts
/** GitHub's GraphQL takes no request of about 50 MB; base64 makes a third more of a file, bytes. */
const largestCommit = 31457280;
/** A key of what some files are at a commit: names, kinds and contents; a file that is missing counts, too. */
function sourcesKey(entries, paths) {
	const at = new Map(entries.map((entry) => [entry.path, `${entry.mode} ${entry.oid}`]));
	const lines = [...new Set(paths)].toSorted().map((path) => JSON.stringify([path, at.get(path) ?? null]));
	return createHash("sha256").update(lines.join("\n")).digest("hex").slice(0, 32);
}
/** The files that a commit does not hold already as they are to be. */
function differing(files, entries) {
	const at = new Map(entries.map((entry) => [entry.path, entry.oid]));
	return files.filter(({ path, text }) => at.get(path) !== blobName(text));
}
/**
* Refuses what a commit by API must not write: through a link or a submodule, or more than the API takes. Throws
* ActionError('lock') with the file.
*/
function refuseOddFiles(files, entries) {
	const modes = new Map(entries.map((entry) => [entry.path, entry.mode]));
	for (const { path } of files) {
		const parts = path.split("/");
		const odd = parts.map((_, at) => parts.slice(0, at + 1).join("/")).find((place) => modes.has(place) && (place !== path || !modes.get(place)?.startsWith("100")));
		if (odd !== void 0) throw new ActionError("lock", `${path} is not written: ${odd} is not a ${odd === path ? "file" : "folder"}`, ["it is a link, a submodule or a file in the commit: locks are plain files in plain folders"]);
	}
	const size = files.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
	if (size > largestCommit) throw new ActionError("github", `the locks have ${size} bytes together: GitHub’s API takes no such commit`, [`it takes about ${largestCommit} bytes; lock fewer images at once (input images)`]);
}
/** The files as a commit will list them; a file that is there keeps its mode. */
function asEntries(files, entries) {
	const modes = new Map(entries.map((entry) => [entry.path, entry.mode]));
	return files.map(({ path, text }) => ({
		path,
		mode: modes.get(path) ?? "100644",
		oid: blobName(text),
		size: Buffer.byteLength(text)
	}));
}
/** Paths in which two commits differ. */
function changedPaths(one, other) {
	const lines = (entries) => new Map(entries.map((entry) => [entry.path, entry]));
	const [before, after] = [lines(one), lines(other)];
	return [.../* @__PURE__ */ new Set([...before.keys(), ...after.keys()])].filter((path) => {
		const [was, is] = [before.get(path), after.get(path)];
		return was?.oid !== is?.oid || was?.mode !== is?.mode;
	});
}
/** Git's name of a blob. */
function blobName(text) {
	const bytes = Buffer.from(text);
	return createHash("sha1").update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
}
// src/lock/rules-url.ts
/** Where a channel's packages are: a name is one of anaconda.org's. No slash at the end. */
function channelPrefix(channel) {
	return (/^[a-z]+:\/\//i.test(channel) ? channel : `https://conda.anaconda.org/${channel}`).replace(/\/+$/, "");
}
/** A file's name without a query or coded characters, but for the `!` of an epoch. */
const plainFile = /^(?:[^?#\\%]|%21)+$/;
/** Whether a conda url is a file in the platform's folder, or noarch, of one of the channels. */
function isOfChannels(entry, allowed) {
	return allowed.some((channel) => {
		const prefix = `${channelPrefix(channel)}/`;
		const [subdir, file, ...more] = entry.url.slice(prefix.length).split("/");
		const inPlace = subdir === "noarch" || subdir === entry.platform;
		return entry.url.startsWith(prefix) && inPlace && more.length === 0 && plainFile.test(file ?? "");
	});
}
/** Whether a url is https, of one of the hosts, without login, query or port. */
function isOfHosts(url, hosts) {
	const parsed = URL.parse(url);
	if (parsed?.protocol !== "https:" || parsed.username || parsed.password || parsed.search) return false;
	return hosts.includes(parsed.host) && !/\/\.\.?(?:\/|$)|\\/.test(url);
}
/** Whether a url's file is the package and version that its entry says. */
function namesItsPackage(entry) {
	const file = fileOf(entry.url);
	return entry.manager === "conda" ? isCondaFile(file, entry) : isPythonFile(file, entry);
}
function fileOf(url) {
	const path = url.split(/[?#]/, 1)[0] ?? "";
	try {
		return decodeURIComponent(path.slice(path.lastIndexOf("/") + 1));
	} catch {
		return "";
	}
}
function isCondaFile(file, { name, version }) {
	const start = `${name}-${version}-`;
	return file.startsWith(start) && /^[^-/]+\.(?:conda|tar\.bz2)$/.test(file.slice(start.length));
}
/** A wheel's or a source archive's name; both write names and versions in forms of their own. */
function isPythonFile(file, entry) {
	const [, name, version] = /^([^-]+)-([^-]+)-.+\.whl$/.exec(file) ?? /^(.+)-([^-]+?)\.(?:tar\.gz|tar\.bz2|zip)$/.exec(file) ?? [];
	if (name === void 0 || version === void 0) return false;
	return normalName(name) === normalName(entry.name) && isSameVersion(version.replaceAll("_", "+"), entry.version);
}
function isSameVersion(one, other) {
	return one === other || valid(one) !== null && valid(other) !== null && eq(one, other);
}
// src/lock/rules-package.ts
/** What one entry of a lock breaks by itself. */
function checkPackage(entry, { rules, platforms }) {
	return [
		...checkPlace(entry, rules),
		...checkUrl(entry),
		...checkHash(entry, rules),
		...checkPlatform(entry, platforms)
	];
}
function checkPlace(entry, rules) {
	const { name, manager, url, source } = entry;
	if (manager === "conda" && isOfChannels(entry, rules.allowedChannels)) return [];
	if (manager === "pip" && [url, ...source ? [source.url] : []].every((address) => isOfHosts(address, rules.allowedHosts))) return [];
	return [manager === "conda" ? finding("channel", `${name} comes from ${url}`, `only ${rules.allowedChannels.join(", ")} are \`allowed-channels\``) : finding("channel", `${name} comes from ${source?.url ?? url}`, `only ${rules.allowedHosts.join(", ")} are \`allowed-hosts\``)];
}
function checkUrl(entry) {
	if (entry.source || namesItsPackage(entry)) return [];
	return [finding("url", `${entry.url} is not ${entry.name} ${entry.version}`, "the entry was edited; relock")];
}
function checkHash({ name, manager, url, hash }, { known }) {
	const told = known?.(url);
	return (manager === "conda" ? ["md5", "sha256"] : ["sha256"]).flatMap((kind) => {
		const value = hash[kind];
		if (value === void 0) return [finding("hash", `${name} has no ${kind}`, "relock: what is fetched cannot be checked")];
		if (!wellFormed[kind].test(value)) return [finding("hash", `${name}'s ${kind} is \`${value}\``, "relock")];
		if (told?.[kind] && told[kind] !== value) return [finding("hash", `${name}'s ${kind} is ${value}, its channel says ${told[kind]}`, "relock")];
		return [];
	});
}
const wellFormed = {
	md5: /^[0-9a-f]{32}$/,
	sha256: /^[0-9a-f]{64}$/
};
function checkPlatform({ name, platform }, platforms) {
	if (platforms.includes(platform)) return [];
	return [finding("platform", `${name} is locked for ${platform}, which the lock does not name`, "relock")];
}
function finding(rule, message, remedy) {
	return {
		rule,
		message,
		remedy
	};
}
// src/lock/toposort.ts
/**
* Names after what they depend on, in conda's order (conda/common/toposort.py): all that depend on nothing open, by name, then
* those that this sets free. In a cycle the name with the fewest open dependencies goes first, then by name. Names
* that are only depended on come out too. Python goes before pip, which it names.
*/
function toposort(dependencies) {
	const { open, dependents } = graphOf(dependencies);
	const sorted = [];
	let ready = [...open.keys()].filter((name) => open.get(name)?.size === 0);
	while (open.size > 0) {
		const layer = ready.length > 0 ? ready.sort(byCode) : [fewestOpen(open)];
		for (const name of layer) open.delete(name);
		ready = layer.flatMap((name) => release(name, dependents.get(name) ?? [], open));
		sorted.push(...layer);
	}
	return sorted;
}
/** Takes a name that is sorted off its dependents; gives those that wait for nothing any more. */
function release(name, dependents, open) {
	return dependents.filter((dependent) => {
		const waiting = open.get(dependent);
		return waiting?.delete(name) === true && waiting.size === 0;
	});
}
function graphOf(dependencies) {
	const open = /* @__PURE__ */ new Map();
	const dependents = /* @__PURE__ */ new Map();
	for (const [name, needed] of dependencies) {
		const set = new Set(needed);
		set.delete(name);
		if (name === "python") set.delete("pip");
		open.set(name, set);
	}
	for (const [name, needed] of [...open]) for (const dependency of needed) {
		if (!open.has(dependency)) open.set(dependency, /* @__PURE__ */ new Set());
		const list = dependents.get(dependency);
		if (list) list.push(name);
		else dependents.set(dependency, [name]);
	}
	return {
		open,
		dependents
	};
}
function fewestOpen(open) {
	let best = "";
	let fewest = Number.POSITIVE_INFINITY;
	for (const [name, { size }] of open) if (size < fewest || size === fewest && name < best) {
		best = name;
		fewest = size;
	}
	return best;
}
// src/lock/explicit.ts
/**
* `conda-<platform>.lock` as conda-lock renders it (conda_lock.py, render_lockfile_for_platform): urls with their md5 for conda,
* `# pip` lines for Python packages, each after what it depends on. Throws ActionError('lock') where the lock
* has nothing for the platform or a conda package has no md5.
*/
function renderExplicit(lock, platform, rendering = {}) {
	const file = rendering.file ?? "conda-lock.yml";
	const hash = Object.hasOwn(lock.metadata.contentHash, platform) ? lock.metadata.contentHash[platform] : void 0;
	if (hash === void 0) throw new ActionError("lock", `${file}: nothing is locked for ${platform}`, [`it has ${lock.metadata.platforms.join(", ") || "no platform"}; relock with this platform`]);
	const wanted = /* @__PURE__ */ new Set([
		"main",
		...rendering.dev === false ? [] : ["dev"],
		...rendering.extras ?? []
	]);
	const chosen = (manager) => sortedPackages(lock, platform, manager, wanted);
	const expand = expander(lock.metadata.channels, rendering.env ?? {});
	return `${[
		"# Generated by conda-lock.",
		`# platform: ${platform}`,
		`# input_hash: ${hash}`,
		"@EXPLICIT",
		...chosen("conda").map((entry) => expand(condaLine(entry, file))),
		...chosen("pip").map(pipLine)
	].join("\n")}\n`;
}
/** One manager's packages of a platform, each once and after its dependencies; those of no wanted category left out. */
function sortedPackages(lock, platform, manager, wanted) {
	const packages = /* @__PURE__ */ new Map();
	const taken = /* @__PURE__ */ new Set();
	for (const entry of lock.packages) {
		if (entry.platform !== platform || entry.manager !== manager) continue;
		packages.set(entry.name, entry);
		if (wanted.has(entry.category)) taken.add(entry.name);
	}
	return toposort(new Map([...packages].map(([name, entry]) => [name, Object.keys(entry.dependencies)]))).flatMap((name) => {
		const entry = packages.get(name);
		const virtual = manager === "conda" && name.startsWith("__");
		return entry && taken.has(name) && !virtual ? [entry] : [];
	});
}
function condaLine(entry, file) {
	if (entry.hash.md5) return `${entry.url}#${entry.hash.md5}`;
	throw new ActionError("lock", `${file}: ${entry.name} ${entry.version} on ${entry.platform} has no md5`, ["explicit locks of conda need one; relock"]);
}
function pipLine(entry) {
	if (entry.source?.type === "url") return `# pip ${entry.name} @ ${entry.source.url}`;
	return `# pip ${entry.name} @ ${entry.url}${entry.hash.sha256 ? `#sha256=${entry.hash.sha256}` : ""}`;
}
/** `$NAME` and `${NAME}` → value. A lock can name any variable in a url: without the channel's word none is shown. */
function expander(channels, env) {
	const named = new Set(channels.flatMap((channel) => channel.usedEnvVars));
	return (line) => line.replace(/\$(?:(\w+)|\{([^}]*)\})/g, (text, bare, braced) => {
		const name = bare ?? braced ?? "";
		return (named.has(name) && Object.hasOwn(env, name) ? env[name] : void 0) ?? text;
	});
}
// src/lock/packages-list.ts
/** Lines of an explicit lock before its packages: three comments and `@EXPLICIT`. */
const headLines = 4;
/**
* packages.txt, `name==version` sorted, from the text of an explicit lock: what pangeo-docker-images' generate-packages-list.py
* writes. `file` is the explicit lock's name, which stands in it. Throws ActionError('lock') at a line that names no package.
*/
function renderPackages(explicit, file = "conda-linux-64.lock") {
	const packages = explicit.split("\n").map((line, index) => ({
		line,
		number: index + 1
	})).slice(headLines).filter(({ line }) => line.trim() !== "").map(({ line, number }) => {
		const found = line.startsWith("# pip") ? pipPackage(line) : condaPackage(line);
		if (found) return found;
		throw new ActionError("lock", `${file}:${number}: \`${line}\` is no package`, ["make it anew with `lock --render`"]);
	}).sort(byCodes);
	return [
		"# List of packages and versions installed in the environment",
		`# Generated by parsing ${file}, please use that as source of truth`,
		...packages.map(([name, version]) => `${name}==${version}`),
		""
	].join("\n");
}
/** `https://…/noarch/nomkl-1.0-h5ca1d4c_0.tar.bz2#9a66…` → nomkl, 1.0. */
function condaPackage(line) {
	const archive = lastPart(line);
	const match = /^(.*)-([^-]*)-[^-]*$/.exec(archive);
	return match ? [match[1] ?? "", match[2] ?? ""] : null;
}
/** `# pip name @ https://…/some_name-1.0-py3-none-any.whl#sha256=…` → some-name, 1.0; sdists too. */
function pipPackage(line) {
	const archive = lastPart(line.trim().split(/\s+/).at(-1) ?? "");
	const match = archive.endsWith(".whl") ? /^([^-]*)-([^-]*)-/.exec(archive) : archive.endsWith(".tar.gz") ? /^([^-]*)-(.*)\.tar\.gz$/.exec(archive) : null;
	return match ? [(match[1] ?? "").replaceAll("_", "-"), match[2] ?? ""] : null;
}
function lastPart(url) {
	return (url.split("#", 1)[0] ?? "").split("/").at(-1) ?? "";
}
// src/lock/rules-render.ts
/** What the explicit locks and packages.txt say otherwise than the lock they were rendered from. */
function checkRender(lock, lockFile, rules) {
	const explicit = Object.entries(rules.explicit).flatMap(([platform, rendered]) => compare(rendered, platform, lockFile.file, () => renderExplicit(lock, platform, {
		...rules.rendering,
		file: lockFile.file
	})));
	const { packages } = rules;
	const source = packages && rules.explicit[packages.platform];
	if (!packages || !source) return explicit;
	const name = source.file.slice(source.file.lastIndexOf("/") + 1);
	const listed = compare(packages, packages.platform, source.file, () => renderPackages(source.text, name));
	return [...explicit, ...listed];
}
function compare(actual, platform, from, render) {
	const expected = rendered(render);
	if (expected === actual.text) return [];
	const problem = {
		rule: "render",
		file: actual.file,
		package: null,
		platform,
		remedy: remedyOf(actual.file)
	};
	if (expected instanceof ActionError) return [{
		...problem,
		line: 1,
		message: expected.message
	}];
	const [theirs, ours] = [actual.text.split("\n"), expected.split("\n")];
	const at = theirs.findIndex((line, index) => line !== ours[index]);
	const index = at < 0 ? theirs.length : at;
	const says = ours[index] === void 0 ? "ends before it" : `gives ${shown(ours[index])}`;
	const message = `line ${index + 1} is ${shown(theirs[index])}, ${from} ${says}`;
	return [{
		...problem,
		line: index + 1,
		message
	}];
}
function rendered(render) {
	try {
		return render();
	} catch (error) {
		if (error instanceof ActionError) return error;
		throw error;
	}
}
/** A line as far as it helps: a hostile file may be one line. */
function shown(line = "") {
	return `\`${line.length > 300 ? `${line.slice(0, 300)}…` : line}\``;
}
function remedyOf(file) {
	return `one of the two was edited, or a merge mixed two states: make ${file} anew with \`lock --render\`, or relock`;
}
// src/lock/rules.ts
/**
* Holds a lock, its explicit locks and its packages.txt against each other and against the places that packages may come
* from; never throws for what stands in the files. conda-lock.yml and the explicit locks say the same twice: where a
* platform has one, a change of a url, an md5, a name or a version of a conda package, of a url or sha256 of a
* Python package, of the content hash, in one of the two files alone, is a problem. The sha256 of a conda package stands once: a change to another
* well-formed one is seen for a url that stands in two platforms and where `known` knows it.
*/
function checkRules(lockFile, rules) {
	const { file, text } = lockFile;
	try {
		const { lock, lines } = readLockWithLines(text, file);
		return [
			...checkMetadata(lock, file, rules),
			...lock.packages.flatMap((entry, index) => {
				return checkPackage(entry, {
					rules,
					platforms: lock.metadata.platforms
				}).map((problem) => ({
					...placeOf(entry, file, lines[index] ?? 1),
					...problem
				}));
			}),
			...checkAgainstOthers(lock, lines, file),
			...checkRender(lock, lockFile, rules)
		];
	} catch (error) {
		if (!(error instanceof ActionError)) throw error;
		return [unreadable(error, file)];
	}
}
function placeOf(entry, file, line) {
	return {
		file,
		line,
		package: entry.name,
		platform: entry.platform
	};
}
function unreadable(error, file) {
	const line = Number(/:(\d+): /.exec(error.message)?.[1] ?? 1);
	const remedy = error.details[0] ?? "relock";
	return {
		rule: "unreadable",
		file,
		line,
		package: null,
		platform: null,
		message: error.message,
		remedy
	};
}
function checkMetadata({ metadata }, file, rules) {
	const place = {
		file,
		line: 1,
		package: null
	};
	const allowed = new Set(rules.allowedChannels.map(channelPrefix));
	const foreign = metadata.channels.filter(({ url }) => url !== "nodefaults" && !allowed.has(channelPrefix(url)));
	const unhashed = metadata.platforms.filter((platform) => !Object.hasOwn(metadata.contentHash, platform));
	return [...foreign.map(({ url }) => ({
		...place,
		rule: "channel",
		platform: null,
		message: `the lock names the channel ${url}`,
		remedy: "only channels of `allowed-channels` may stand here"
	})), ...unhashed.map((platform) => ({
		...place,
		rule: "platform",
		platform,
		message: `the lock has no content hash for ${platform}`,
		remedy: `relock ${platform}`
	}))];
}
/** A package stands once for a platform and category, with one content; a url has one hash wherever it stands. */
function checkAgainstOthers(lock, lines, file) {
	const keys = /* @__PURE__ */ new Map();
	const entries = /* @__PURE__ */ new Set();
	const hashes = /* @__PURE__ */ new Map();
	return lock.packages.flatMap((entry, index) => {
		const place = placeOf(entry, file, lines[index] ?? 1);
		const problems = [];
		const key = JSON.stringify([
			entry.manager,
			entry.name,
			entry.platform
		]);
		const first = remember(keys, key, entry);
		if (entries.has(key + entry.category) || first && contentOf(first) !== contentOf(entry)) problems.push({
			...place,
			rule: "duplicate",
			message: `${entry.name} is locked twice`,
			remedy: "relock"
		});
		entries.add(key + entry.category);
		const twin = remember(hashes, entry.url, entry);
		if (twin && hashOf(twin) !== hashOf(entry)) problems.push({
			...place,
			rule: "hash",
			message: `${entry.url} has another hash for ${twin.platform}`,
			remedy: "one of the two was edited; relock"
		});
		return problems;
	});
}
/** What was there under a key before. */
function remember(map, key, value) {
	const before = map.get(key);
	if (before === void 0) map.set(key, value);
	return before;
}
function contentOf({ version, url, hash, dependencies }) {
	return JSON.stringify([
		version,
		url,
		hash,
		Object.entries(dependencies)
	]);
}
function hashOf({ hash }) {
	return `${hash.md5} ${hash.sha256}`;
}
// src/lock/categories.ts
/**
* Gives each package the categories of the specs that need it, directly or through others (conda_lock/lockfile/__init__.py,
* apply_categories). `planned` has the packages of a name: several where a Python name stands for several conda packages.
*/
function spreadCategories(planned, requested) {
	for (const category of new Set(requested.map((request) => request.category))) {
		const roots = requested.filter((request) => request.category === category).map((request) => request.name);
		for (const target of reached(planned, roots)) target.categories.add(category);
	}
}
/** A package in main is always installed: its other categories say nothing. Sorted; empty where no spec needs it. */
function categoriesOf({ categories }) {
	return categories.has("main") ? ["main"] : [...categories].sort();
}
function reached(planned, roots) {
	const found = /* @__PURE__ */ new Set();
	const open = [...roots];
	for (let name = open.pop(); name !== void 0; name = open.pop()) for (const target of targetsOf(planned, name)) {
		if (found.has(target)) continue;
		found.add(target);
		open.push(...target.dependencies);
	}
	return found;
}
/** Python names are written with `-` and `_` for the same package. */
function targetsOf(planned, name) {
	return planned.get(name) ?? planned.get(name.replaceAll("-", "_")) ?? planned.get(name.replaceAll("_", "-")) ?? [];
}
// src/lock/depends.ts
/**
* `depends` of a record as an entry of conda-lock.yml says it: name → version constraint, without builds, `` for any version;
* virtual packages stay. Several specs of one name become one (conda_lock/conda_solver.py, conda's MatchSpec.merge).
*/
function dependenciesOf(depends) {
	const specs = /* @__PURE__ */ new Map();
	for (const spec of depends.map(readConstraint)) specs.set(spec.name, [...specs.get(spec.name) ?? [], spec]);
	return Object.fromEntries([...specs].map(([name, list]) => [name, merged(list)]));
}
/** What conda cannot read stays as it is written: it was solved all the same. */
function readConstraint(text) {
	try {
		return readCondaSpec(text);
	} catch (error) {
		if (!(error instanceof BadSpec)) throw error;
		const [name = "", version = "", build = null] = text.trim().split(/\s+/);
		return {
			name: name.toLowerCase(),
			version,
			build
		};
	}
}
function merged(list) {
	const versions = (list.length > 1 ? [...list].sort((a, b) => byCode(condaText(a), condaText(b))) : list).map(({ version }) => version).filter((version) => version !== "");
	return versions.length > 1 ? versions.reduce(bothOf) : versions[0] ?? "";
}
function bothOf(one, other) {
	const text = [one, other].sort(byCode).join(",");
	try {
		return canonicalVersion(text);
	} catch {
		return text;
	}
}
/** The spec as conda's `str` has it: the order in which it merges three and more. */
function condaText({ name, version, build }) {
	const inBrackets = [];
	let text = name;
	if (/[><$^|,]/.test(version) || /^[!~]=/.test(version) && build) inBrackets.push(`version='${version}'`);
	else if (/^(?:[!~]=|==)/.test(version) || version === "") text += version;
	else if (version.endsWith("*")) text += `=${version.replace(/\.?\*$/, "")}`;
	else text += `==${version}`;
	const exact = text.includes("==");
	if (build && exact && !/[><$^|,*]/.test(build)) text += `=${build}`;
	else if (build) inBrackets.push(/[><$^|,]/.test(build) ? `build='${build}'` : `build=${build}`);
	return inBrackets.length > 0 ? `${text}[${inBrackets.join(",")}]` : text;
}
// src/lock/lock-platform.ts
/**
* One platform's entries of a lock: one for each package and category. What no spec needs is left out, as are virtual packages.
* conda specs give categories to conda packages; pip specs to Python's and, by their names on PyPI, to conda's.
*/
function lockPlatform(question) {
	const conda = question.conda.filter(({ name }) => !name.startsWith("__")).map((record) => condaDraft(record, question));
	const pip = question.pip.map((record) => pipDraft(record, question));
	const { specs, pypiNames } = question;
	const requested = (manager) => specs.filter((spec) => spec.manager === manager);
	spreadCategories(new Map(conda.map((draft) => [draft.entry.name, [draft]])), requested("conda"));
	spreadCategories(byPypiName([...pip, ...conda], pypiNames), requested("pip"));
	return [...conda, ...pip].flatMap((draft) => categoriesOf(draft).map((category) => ({
		...draft.entry,
		category,
		optional: category !== "main"
	})));
}
function condaDraft(record, { platform }) {
	const { name, version, url, md5, sha256 } = record;
	if (!md5) throw new ActionError("lock", `${name} ${version} for ${platform} has no md5 in its channel (${url})`, ["conda-lock's format and explicit locks need one; ask the channel for it, or exclude this package"]);
	return draftOf({
		name,
		version,
		manager: "conda",
		platform,
		dependencies: dependenciesOf(record.depends),
		url,
		hash: {
			md5,
			...sha256 && { sha256 }
		}
	});
}
function pipDraft(record, { platform }) {
	const { name, version, url, sha256, dependencies } = record;
	return draftOf({
		name,
		version,
		manager: "pip",
		platform,
		dependencies,
		url,
		hash: sha256 ? { sha256 } : {}
	});
}
function draftOf(entry) {
	return {
		entry,
		dependencies: Object.keys(entry.dependencies).filter((name) => !name.startsWith("__")),
		categories: /* @__PURE__ */ new Set()
	};
}
/** All packages by their names on PyPI, which is how pip packages name what they need; conda's own needs are translated. */
function byPypiName(drafts, pypiNames) {
	const planned = /* @__PURE__ */ new Map();
	const pypiName = (name) => normalName(pypiNames.get(name) ?? name);
	for (const { entry, dependencies, categories } of drafts) {
		const conda = entry.manager === "conda";
		const name = conda ? pypiName(entry.name) : entry.name;
		const target = {
			dependencies: conda ? dependencies.map(pypiName) : dependencies,
			categories
		};
		planned.set(name, [...planned.get(name) ?? [], target]);
	}
	return planned;
}
// src/lock/to-lock.ts
/**
* The lock that conda-lock 4.0.3 would make of these answers (conda_lock.py, make_lock_files; v1/models.py, LockMeta): merged with
* the one that is there, whose sources and further platforms never disappear. Throws ActionError('lock') where a
* package has no md5, or the channels changed and a platform is not solved anew.
*/
function toLock(question) {
	const { spec, solved, old } = question;
	const names = question.pypiNames ?? /* @__PURE__ */ new Map();
	const fresh = Object.entries(solved).flatMap(([platform, answer]) => lockPlatform({
		...answer,
		platform,
		specs: spec.specs[platform] ?? [],
		pypiNames: names
	}));
	const kept = (old?.packages ?? []).filter((entry) => !Object.hasOwn(solved, entry.platform));
	if (old && kept.length > 0) checkChannels(old.metadata.channels, spec.channels);
	const packages = [...kept, ...fresh].sort((a, b) => byCodes([
		a.manager,
		a.name,
		a.platform,
		a.category
	], [
		b.manager,
		b.name,
		b.platform,
		b.category
	]));
	return {
		metadata: metadataOf(question),
		packages
	};
}
function metadataOf({ spec, folder, old, contentHash }) {
	const sources = spec.sources.map((source) => posix.relative(folder, source));
	const fresh = {
		contentHash,
		channels: spec.channels,
		platforms: spec.platforms,
		sources
	};
	if (!old) return fresh;
	const { inputsMetadata, customMetadata } = old.metadata;
	return {
		contentHash: {
			...old.metadata.contentHash,
			...contentHash
		},
		channels: spec.channels,
		platforms: [.../* @__PURE__ */ new Set([...old.metadata.platforms, ...spec.platforms])].sort(),
		sources: [.../* @__PURE__ */ new Set([...old.metadata.sources, ...sources])],
		...inputsMetadata !== void 0 && { inputsMetadata },
		...customMetadata !== void 0 && { customMetadata }
	};
}
/** Packages of two sets of channels cannot stand in one lock, which names its channels once. */
function checkChannels(old, now) {
	const names = (channels) => channels.map((channel) => channel.url).filter((url) => url !== "nodefaults").join(", ");
	if (names(old) === names(now)) return;
	throw new ActionError("lock", `the channels changed from ${names(old)} to ${names(now)}`, ["platforms that are not solved anew would keep packages of the old ones; relock all platforms of this lock"]);
}
// src/steps/lock-solve.ts
/**
* Solves all locks in one go, all their platforms: first conda's packages, then on top of them Python's. An answer for each job, in
* order. Throws what concerns all of them (a channel that cannot be reached).
*/
async function solveLocks(jobs, { solvers, excludeNewer }) {
	const asked = jobs.filter(isRead).flatMap((job) => job.platforms.map((platform) => ({
		job,
		platform
	})));
	const records = await solvers.conda.solve(asked.map(({ job, platform }) => condaRequest(job, platform, excludeNewer)));
	const parts = asked.map((one, at) => ({
		...one,
		conda: records[at] ?? []
	}));
	const pip = await solvePip(parts, solvers, excludeNewer);
	return jobs.map((job) => {
		const own = parts.filter((part) => part.job === job);
		return isRead(job) ? assemble(job, own, pip) : { error: foreignSources(job) };
	});
}
function isRead(job) {
	return job.spec !== null;
}
function foreignSources({ target }) {
	return new ActionError("lock", `${target.sources.join(", ")}: only the program conda-lock reads these sources`, ["set lock-engine: conda-lock, or name the packages in an environment.yml"]);
}
function condaRequest({ spec, keep }, platform, excludeNewer) {
	const { channels } = spec;
	return {
		platform,
		channels,
		excludeNewer,
		specs: specsOf(spec, platform).filter((one) => one.manager === "conda"),
		virtualPackages: virtualPackagesForSolve(platform, spec.virtualPackages[platform] ?? []),
		keep: {
			...keep,
			packages: keep.packages.filter((one) => one.manager === "conda" && one.platform === platform)
		}
	};
}
async function solvePip(parts, { pip }, excludeNewer) {
	const asked = parts.flatMap((part) => {
		const specs = specsOf(part.job.spec, part.platform).filter((one) => one.manager === "pip");
		if (specs.length === 0 || part.conda instanceof Error) return [];
		const { keep, spec } = part.job;
		const packages = keep.packages.filter((one) => one.manager === "pip" && one.platform === part.platform);
		return [{
			part,
			request: {
				virtualPackages: virtualPackagesForSolve(part.platform, spec.virtualPackages[part.platform] ?? []),
				platform: part.platform,
				specs,
				conda: part.conda,
				excludeNewer,
				repositories: spec.pipRepositories,
				...spec.allowPypiRequests === false ? { allowPypiRequests: false } : {},
				keep: {
					...keep,
					packages
				}
			}
		}];
	});
	if (asked.length === 0) return /* @__PURE__ */ new Map();
	const answers = await pip().solve(asked.map(({ request }) => request));
	return new Map(asked.map(({ part }, at) => [part, answers[at] ?? []]));
}
function assemble(job, parts, pip) {
	try {
		const solved = parts.map((part) => {
			const records = {
				conda: part.conda,
				pip: pip.get(part) ?? []
			};
			return [part.platform, {
				conda: answered(records.conda),
				pip: answered(records.pip)
			}];
		});
		const { target, old, spec, platforms } = job;
		const lock = toLock({
			folder: target.folder,
			old,
			pypiNames,
			spec: {
				...spec,
				platforms
			},
			solved: Object.fromEntries(solved),
			contentHash: Object.fromEntries(platforms.map((platform) => [platform, contentHash(spec, platform, newestRecipe)]))
		});
		const sizes = solved.flatMap(([, { conda }]) => conda.flatMap(({ url, size }) => size === null ? [] : [[url, size]]));
		return {
			lock,
			sizes: new Map(sizes)
		};
	} catch (error) {
		if (error instanceof ActionError && error.code !== "cancelled") return { error };
		throw error;
	}
}
function answered(answer) {
	if (answer instanceof Error) throw answer;
	return answer;
}
function specsOf(spec, platform) {
	return spec.specs[platform] ?? [];
}
// src/steps/lock-engine.ts
/**
* The solve of a run's locks by the engine that the inputs name. Solvers are loaded when there is something to solve. An
* untrusted run has the embedded engine alone, and nothing of its environment.
*/
function lockEngine(question) {
	const { inputs } = question;
	if (inputs.lockEngine === "conda-lock") return async (jobs) => await condaLockAll(jobs, question);
	return async (jobs) => {
		const names = jobs.map(({ target, platforms }) => `${target.lock} (${platforms.join(", ")})`);
		question.host.out.info(`solving ${names.join(", ")}`);
		return await solveLocks(jobs, {
			solvers: {
				conda: await condaSolver(question),
				pip: await pipSolver(question)
			},
			excludeNewer: inputs.excludeNewer
		});
	};
}
/** One after the other: each is a solver of its own, which takes what memory there is. */
async function condaLockAll(jobs, question) {
	const solved = [];
	for (const job of jobs) {
		question.host.out.info(`conda-lock solves ${job.target.lock} (${job.platforms.join(", ")})`);
		solved.push(await condaLockOne(job, question).catch(failed));
	}
	return solved;
}
async function condaLockOne({ target, texts, platforms, keep }, { inputs, host, trust }) {
	const [{ condaLock }, { findUv }] = await Promise.all([import("./conda-lock.js"), import("./uv.js")]);
	const { env, temp, cwd: repository, signal } = host;
	const { text } = await condaLock({
		env,
		temp,
		repository,
		signal,
		platforms,
		lock: target.lock,
		sources: target.sources,
		virtualPackages: target.virtualPackages,
		files: texts,
		update: keep.update,
		checkInputHash: false,
		trusted: trust === "trusted",
		uv: async () => await findUv({
			env,
			temp,
			repository,
			signal
		})
	});
	const [foreign] = checkRules({
		file: target.lock,
		text
	}, {
		...inputs,
		explicit: {}
	});
	if (foreign) throw new ActionError("lock", `${foreign.file}:${foreign.line}: ${foreign.message}`, [foreign.remedy]);
	return {
		lock: readLock(text, target.lock),
		sizes: /* @__PURE__ */ new Map()
	};
}
function failed(error) {
	if (error instanceof ActionError && error.code !== "cancelled") return { error };
	throw error;
}
async function condaSolver({ inputs, host, trust }) {
	const { createSolver } = await import("./solver.js");
	return createSolver({
		folder: await restoreStore(host, trust),
		mirrors: new Map(Object.entries(inputs.channelMirrors)),
		env: trust === "trusted" ? host.env : {},
		signal: host.signal,
		warn: (line) => host.out.warning(line)
	});
}
async function pipSolver({ inputs, host, trust }) {
	const [{ createPipSolver }, { findUv }] = await Promise.all([import("./pip-solver.js"), import("./uv.js")]);
	const { env, temp, cwd: repository, signal } = host;
	return () => createPipSolver({
		env,
		temp,
		repository,
		signal,
		trusted: trust === "trusted",
		allowedHosts: inputs.allowedHosts,
		uv: async () => await findUv({
			env,
			temp,
			repository,
			signal
		})
	});
}
// src/lock/allowed-channels.ts
const alias = "https://conda.anaconda.org/";
/** A channel by the one name that stands for all ways to write it: `conda-forge` and its whole URL are the same. */
function channelName(url) {
	return url.replace(/\/+$/, "").replace(alias, "");
}
/**
* Refuses environments that take packages from elsewhere than the allowed channels, before anything is asked of them. Throws
* ActionError('lock') with the channel and who names it.
*/
function refuseForeignChannels(spec, allowed) {
	const names = new Set(allowed.map(channelName));
	const qualified = Object.values(spec.specs).flat().flatMap((one) => one.manager === "conda" && one.condaChannel !== null ? [one] : []);
	const foreign = [...spec.channels.map(({ url }) => ({
		url,
		place: spec.sources.join(", ")
	})), ...qualified.map((one) => ({
		url: one.condaChannel ?? "",
		place: originOf(one)
	}))].find(({ url }) => url !== "nodefaults" && !names.has(channelName(url)));
	if (!foreign) return;
	throw new ActionError("lock", `${foreign.place}: the channel ${foreign.url} is not one of allowed-channels`, [`allowed-channels is ${allowed.join(", ")}: packages run at build time, so each channel is a decision`, "take packages from there, or add the channel to the input"]);
}
// src/lock/lock-header.ts
/** The comment at the head of a lock (conda_lock/lockfile/__init__.py, write_conda_lock_file): how to install and renew it. */
function lockHeader(question) {
	const { file, packages, sources } = question;
	const categories = new Set(packages.map((entry) => entry.category));
	const extras = [...categories].filter((category) => category !== "main" && category !== "dev").sort(byCode);
	const flags = extras.map((category) => `-e ${category}`).join(" ");
	return [
		"This lock file was generated by conda-lock (https://github.com/conda/conda-lock). DO NOT EDIT!",
		"",
		"A \"lock file\" contains a concrete list of package versions (with checksums) to be installed. Unlike",
		"e.g. `conda env create`, the resulting environment will not change as new package versions become",
		"available, unless you explicitly update the lock file.",
		"",
		"Install this environment as \"YOURENV\" with:",
		`    conda-lock install -n YOURENV ${file}`,
		...when(categories.has("dev"), ["This lock contains optional development dependencies. Include them in the installed environment with:", `    conda-lock install --dev-dependencies -n YOURENV ${file}`]),
		...when(extras.length > 0, [`This lock contains optional dependency categories ${extras.join(", ")}. Include them in the installed environment with:`, `    conda-lock install ${flags} -n YOURENV ${file}`]),
		"To update a single package to the latest version compatible with the version constraints in the source:",
		`    conda-lock lock  --lockfile ${file} --update PACKAGE`,
		"To re-solve the entire environment, e.g. after changing a version constraint in the source file:",
		`    conda-lock ${sources.map((source) => `-f ${source}`).join(" ")} --lockfile ${file}`
	].map((line) => `${`# ${line}`.trimEnd()}\n`).join("");
}
function when(condition, lines) {
	return condition ? lines : [];
}
// src/lock/yaml-write.ts
/** A mapping as PyYAML's `dump(sort_keys=False)` writes it: two columns a level, lists not indented under their key. */
function writeValue(value) {
	const lines = [];
	writeMapping(lines, entriesOf(value), "", "");
	return `${lines.join("\n")}\n`;
}
function entriesOf(value) {
	return (value instanceof Map ? [...value] : Object.entries(value)).filter((entry) => entry[1] !== void 0 && entry[1] !== null);
}
/** `first` begins the first line: a dash where the mapping is an item. */
function writeMapping(lines, entries, indent, first) {
	let lead = first;
	for (const [key, value] of entries) {
		writeEntry(lines, {
			start: `${lead}${writeScalar(key, lead.length, 0)}:`,
			value,
			indent
		});
		lead = indent;
	}
}
function writeEntry(lines, entry) {
	const { start, value, indent } = entry;
	const inline = inlineOf(value, start.length + 1, indent.length + 2);
	if (inline !== null) lines.push(inline === "" ? start : `${start} ${inline}`);
	else {
		lines.push(start);
		if (Array.isArray(value)) writeList(lines, value, indent);
		else writeMapping(lines, entriesOf(value), `${indent}  `, `${indent}  `);
	}
}
function writeList(lines, items, indent) {
	for (const item of items) {
		const inline = inlineOf(item, indent.length + 2, indent.length + 2);
		if (inline !== null) lines.push(`${indent}- ${inline}`);
		else if (Array.isArray(item)) {
			const nested = [];
			writeList(nested, item, `${indent}  `);
			lines.push(`${indent}- ${(nested[0] ?? "").trimStart()}`, ...nested.slice(1));
		} else writeMapping(lines, entriesOf(item), `${indent}  `, `${indent}- `);
	}
}
/** What stands on the line of its key or dash; null for lists and mappings that have something in them. */
function inlineOf(value, column, indent) {
	if (typeof value === "string") return writeScalar(value, column, indent);
	if (typeof value !== "object") return String(value);
	if (Array.isArray(value)) return value.length === 0 ? "[]" : null;
	return entriesOf(value).length === 0 ? "{}" : null;
}
// src/lock/write-lock.ts
/**
* conda-lock.yml as conda-lock 4.0.3 writes it, byte for byte: packages by manager, name and platform, dependencies by name,
* without virtual packages. `file` is the lock's own name, which its header shows.
*/
function writeLock(lock, { file = "conda-lock.yml" } = {}) {
	const packages = lock.packages.filter((entry) => !isVirtual(entry)).sort(byKey);
	for (const { name, version } of packages) checkText(name, version);
	return lockHeader({
		file,
		packages,
		sources: lock.metadata.sources
	}) + writeValue({
		version: 1,
		metadata: metadataValue(lock.metadata),
		package: packages.map(packageValue)
	});
}
/** Whether it stands for a property of the machine, like `__glibc`. */
function isVirtual({ manager, name }) {
	return manager === "conda" && name.startsWith("__");
}
function byKey(a, b) {
	return byCodes(keyOf(a), keyOf(b));
}
function keyOf({ manager, name, platform, category }) {
	return [
		manager,
		name,
		platform,
		category
	];
}
function checkText(name, version) {
	if (/^[!-~]+$/.test(name) && /^[ -~]*$/.test(version)) return;
	throw new ActionError("lock", `a package is named \`${name}\`, version \`${version}\``, ["no channel has such a name"]);
}
function metadataValue(metadata) {
	const kept = keptMetadata.flatMap(([key, name]) => metadata[name] ? [[key, metadata[name]]] : []);
	return {
		content_hash: metadata.contentHash,
		channels: metadata.channels.map(({ url, usedEnvVars }) => ({
			url,
			used_env_vars: [...usedEnvVars]
		})),
		platforms: [...metadata.platforms],
		sources: [...metadata.sources],
		...Object.fromEntries(kept)
	};
}
function packageValue(entry) {
	return {
		name: entry.name,
		version: entry.version,
		manager: entry.manager,
		platform: entry.platform,
		dependencies: new Map(Object.entries(entry.dependencies).sort(([a], [b]) => byCode(a, b))),
		url: entry.url,
		hash: {
			md5: entry.hash.md5,
			sha256: entry.hash.sha256
		},
		source: entry.source && {
			type: entry.source.type,
			url: entry.source.url
		},
		build: entry.build,
		category: entry.category,
		optional: entry.optional
	};
}
// src/lock/lock-output.ts
/** conda-lock.yml itself and all that is rendered from it. */
function lockOutput(lock, place) {
	return [{
		path: place.path,
		text: writeLock(lock, { file: posix.basename(place.path) })
	}, ...renderedOutput(lock, place)];
}
/**
* What is rendered from a lock: the explicit locks that are there already (`conda-<platform>.lock`), where there is none that
* of linux-64, else of the lock's first platform; and packages.txt from linux-64's, else from the first. Of a platform
* that the lock does not have, the explicit lock is left alone.
*/
function renderedOutput(lock, { path, names }) {
	const folder = posix.dirname(path);
	const { platforms } = lock.metadata;
	const there = platforms.filter((platform) => names.some((name) => explicitPlatform(name) === platform));
	const main = platforms.includes("linux-64") ? "linux-64" : platforms[0];
	const files = (there.length > 0 || main === void 0 ? there : [main]).map((platform) => ({
		path: explicitLock({ folder }, platform),
		text: renderExplicit(lock, platform, { file: path }),
		name: `conda-${platform}.lock`
	}));
	const listed = files.find(({ name }) => name === "conda-linux-64.lock") ?? files[0];
	return [...files.map(({ path, text }) => ({
		path,
		text
	})), ...listed ? [{
		path: posix.join(folder, "packages.txt"),
		text: renderPackages(listed.text, listed.name)
	}] : []];
}
// src/steps/relock-tree.ts
/**
* Makes the locks that are stale, or that the mode asks for, all in one go, and gives the files that then differ. Writes
* nothing. A lock that cannot be made takes no other one with it; throws only for what concerns all.
*/
async function relockTree(question) {
	const { states, files, options } = question;
	const prepared = await Promise.all(states.map((state) => prepare(state, question)));
	const tasks = prepared.flatMap((one) => one && "job" in one ? [one] : []);
	const failed = prepared.flatMap((one) => one && "error" in one ? [one] : []);
	const started = Date.now();
	const answers = tasks.length > 0 ? await options.solve(tasks.map(({ job }) => job)) : [];
	const took = Date.now() - started;
	const images = [...tasks.map((task, at) => finished(task, answers[at])), ...failed];
	return {
		commit: files.commit,
		images,
		freshness: states.flatMap((state) => state.freshness),
		files: images.flatMap((image) => image.files),
		sources: sourcesOf(states, images),
		took
	};
}
async function prepare(state, question) {
	const { target, freshness } = state;
	const { options, files, paths } = question;
	const stale = freshness.some(({ fresh }) => !fresh);
	if (options.mode !== "refresh" && !stale && options.update.length === 0) return null;
	try {
		const wanted = [target.lock, ...besides(target.folder, paths)];
		const { contents, refused } = await files.read(wanted);
		const [bad] = refused;
		if (bad) throw new ActionError("lock", `${bad[0]}: ${bad[1]}`, ["locks are regular files of the repository"]);
		const text = contents.get(target.lock);
		const old = text === void 0 ? null : readLock(text, target.lock);
		const platforms = platformsOf(state, old, options);
		if (platforms.length === 0) return null;
		if (state.spec) refuseForeignChannels(state.spec, options.allowedChannels);
		const named = [...target.sources, ...target.virtualPackages ? [target.virtualPackages] : []];
		const texts = new Map([...(await files.read(named)).contents, ...text === void 0 ? [] : [[target.lock, text]]]);
		return {
			state,
			job: {
				image: nameOf(state),
				target,
				old,
				spec: state.spec,
				texts,
				platforms,
				keep: keepOf(old, options)
			},
			texts: contents
		};
	} catch (error) {
		if (error instanceof ActionError && error.code === "lock") return failure(state, error);
		throw error;
	}
}
/** Platforms to solve: the stale ones; with `refresh` all; with `update` also those that hold one of its packages. */
function platformsOf({ target, spec, freshness }, old, { mode, update }) {
	const all = spec?.platforms ?? target.platforms;
	const stale = new Set(freshness.filter(({ fresh }) => !fresh).map(({ platform }) => platform));
	const names = new Set(update);
	const holds = (platform) => old?.packages.some((one) => one.platform === platform && names.has(one.name));
	return all.filter((platform) => mode === "refresh" || stale.has(platform) || holds(platform));
}
function keepOf(old, { mode, update }) {
	return {
		packages: mode === "minimal" || mode === "auto" && update.length > 0 ? old?.packages ?? [] : [],
		update
	};
}
function finished(task, answer) {
	const { state, job, texts } = task;
	try {
		if (!answer || "error" in answer) throw answer?.error ?? new ActionError("solve", `${job.image} was not solved`);
		const names = [...texts.keys()].map((path) => posix.basename(path));
		const files = changedFiles(lockOutput(answer.lock, {
			path: state.target.lock,
			names
		}), texts);
		return {
			...described(state),
			diffs: diffsOf(job, answer),
			files,
			error: null
		};
	} catch (error) {
		if (error instanceof ActionError && error.code !== "cancelled") return failure(state, error);
		throw error;
	}
}
/** The files that differ from what is there. A packages.txt that is not made from a lock is another program's: it is left alone. */
function changedFiles(files, texts) {
	return files.map((file) => ({
		...file,
		before: texts.get(file.path) ?? null
	})).filter(({ before, text }) => before !== text).filter(({ path, before }) => posix.basename(path) !== "packages.txt" || before === null || isPackagesList(before));
}
/** Whether a packages.txt is one that was made from a lock. */
function isPackagesList(text) {
	return text.startsWith("# List of packages and versions installed in the environment");
}
function diffsOf({ image, old, platforms }, { lock, sizes }) {
	return diffLocks({
		image,
		before: old && comparedLock(old),
		after: comparedLock(lock),
		sizes
	}).filter((diff) => platforms.includes(diff.platform));
}
function failure(state, { message, details }) {
	return {
		...described(state),
		diffs: [],
		files: [],
		error: {
			message,
			details
		}
	};
}
function described(state) {
	return {
		image: nameOf(state),
		lock: state.target.lock,
		freshness: state.freshness
	};
}
function nameOf({ target }) {
	return target.images[0] ?? target.folder;
}
/** Explicit locks and package lists of a folder. */
function besides(folder, paths) {
	return paths.filter((path) => posix.dirname(path) === folder && /(^|\/)(conda-[^/]+\.lock|packages\.txt)$/.test(path));
}
function sourcesOf(states, images) {
	const locks = new Set(images.map(({ lock }) => lock));
	const used = states.filter(({ target }) => locks.has(target.lock));
	return [...new Set(used.flatMap(({ target }) => madeFrom(target)))].sort();
}
// src/steps/relock-place.ts
/** Makes the locks of a place's images that are stale, or that are asked for; those whose sources cannot be read have failed. */
async function relockPlace({ images, tree, files }, { trigger, inputs, host, ...known }) {
	const foreign = inputs.lockEngine === "conda-lock";
	const scan = known.scan ?? await scanLocks({
		images,
		tree,
		files,
		foreign
	});
	const { update, allowedChannels, lockMode: mode } = inputs;
	const relock = await relockTree({
		states: scan.states,
		files,
		paths: tree.entries.map((entry) => entry.path),
		options: {
			mode,
			update,
			allowedChannels,
			solve: lockEngine({
				inputs,
				host,
				trust: trigger.trust
			})
		}
	});
	if (relock.took > 0) host.out.info(relockHeadline(relock));
	const unread = scan.failures.map(({ images: [image], error }) => {
		const lock = image?.path === "." ? "conda-lock.yml" : `${image?.path}/conda-lock.yml`;
		return {
			image: image?.name ?? "",
			lock,
			freshness: [],
			diffs: [],
			files: [],
			error
		};
	});
	return {
		...relock,
		images: [...relock.images, ...unread]
	};
}
export { keyOf$1 as _, renderedOutput as a, changedPaths as c, sourcesKey as d, branchTip as f, commitMessage as g, setStatus as h, isPackagesList as i, differing as l, recentCommits as m, besides as n, checkRules as o, commitOnBranch as p, changedFiles as r, asEntries as s, relockPlace as t, refuseOddFiles as u };
