import { t as ActionError } from "./errors.js";
import { n as visible, t as shorten } from "./visible.js";
import { E as wanted, a as readFolderTree, d as Git, f as findImage, h as endingsOf, i as readCommitTree, m as readStack, n as namedCommit, o as readWorkTree } from "./changes.js";
import { a as neededClient, i as isRefusal, o as patiently, r as graphqlTypes, s as statusOf } from "./github-client.js";
import { t as require_dist } from "./dist.js";
import { i as eq, s as valid } from "./pep440.js";
import { E as diffLocks, a as readLockWithLines, c as writeScalar, d as workTreeFiles, h as relockHeadline, i as readLockMetadata, l as commitFiles, o as keptMetadata, r as readLock, s as isTyped, t as explicitPlatform } from "./diff-explicit.js";
import { a as BadSpec, i as readPipRequirement, o as canonicalVersion, r as normalName, t as markerHolds } from "./pip-marker.js";
import { t as pypiNames } from "./pypi-names.js";
import { t as restoreStore } from "./restore-store.js";
import { createHash, hash } from "node:crypto";
import { posix } from "node:path";
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
// src/steps/lock-place.ts
/** The work tree, or the commit that `--head` names. */
async function readLockPlace({ inputs, host }) {
	const git = new Git({
		cwd: host.cwd,
		env: host.env
	});
	const known = await git.isRepository() ? git : null;
	const commit = known && host.event.head ? await namedCommit(known, host.event.head, "--head") : null;
	return await lockPlace({
		tree: await readTree(known, commit, host),
		files: known && commit ? commitFiles(known, commit) : workTreeFiles(host.cwd),
		inputs
	});
}
/** The same for a tree that was read already. Throws ActionError for a stack that cannot be read, and for unknown images. */
async function lockPlace(question) {
	const { tree, files, inputs } = question;
	const { path, spec, buildArgs, registry } = inputs;
	const stack = await readStack(tree, {
		path,
		spec,
		buildArgs,
		registries: registry
	});
	const names = new Set(inputs.images.map((text) => findImage(stack, text).name));
	const place = new Map(stack.order.map((name, at) => [name, at]));
	return {
		tree,
		stack,
		files,
		images: stack.images.filter(({ name }) => names.size === 0 || names.has(name)).toSorted((one, other) => (place.get(one.name) ?? 0) - (place.get(other.name) ?? 0))
	};
}
async function readTree(git, commit, host) {
	if (git && commit) return await readCommitTree({
		git,
		revision: commit,
		wanted
	});
	return git ? await readWorkTree({
		git,
		cwd: host.cwd,
		wanted
	}) : await readFolderTree({
		cwd: host.cwd,
		wanted
	});
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
// src/lock/order.ts
/** Orders ASCII text as Python orders strings: by code point. */
function byCode(a, b) {
	return a < b ? -1 : a > b ? 1 : 0;
}
/** Orders lists of texts as Python orders tuples. */
function byCodes(a, b) {
	for (const [index, text] of a.entries()) {
		const order = byCode(text, b[index] ?? "");
		if (order !== 0) return order;
	}
	return 0;
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
		if (twin && hashOf$1(twin) !== hashOf$1(entry)) problems.push({
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
function hashOf$1({ hash }) {
	return `${hash.md5} ${hash.sha256}`;
}
// src/lock/python-json.ts
/**
* A value as Python's `json.dumps(value, sort_keys=True)` writes it: ASCII, keys sorted, `, ` and `: ` between. For texts,
* whole numbers, booleans, null, lists and plain objects.
*/
function pythonJson(value) {
	if (typeof value === "string") return stringJson(value);
	if (Array.isArray(value)) return `[${value.map(pythonJson).join(", ")}]`;
	if (typeof value !== "object" || value === null) return JSON.stringify(value);
	const members = value;
	return `{${Object.keys(members).sort().map((key) => `${stringJson(key)}: ${pythonJson(members[key])}`).join(", ")}}`;
}
/** Printable ASCII without a quote or a backslash: nearly all texts. */
const plain = /^[ !#-[\]-~]*$/;
function stringJson(text) {
	if (plain.test(text)) return `"${text}"`;
	return JSON.stringify(text).replace(/[\x7f-\uffff]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
// src/lock/serialized-spec.ts
/** A spec as conda-lock's models write it before they are hashed (models/lock_spec.py). `platforms`: conda-lock 1's selectors. */
function serializedSpec(spec, platforms, recipe) {
	const markers = spec.manager === "pip" ? spec.markers : null;
	return {
		name: serializedName(spec, recipe),
		manager: spec.manager,
		category: spec.category,
		extras: spec.manager === "pip" ? spec.extras : [],
		...recipe.first ? {
			optional: spec.category !== "main",
			selectors: { platform: platforms }
		} : {},
		...nullable("markers", markers, recipe),
		...spec.manager === "pip" && spec.url !== null ? addressed(spec.url, recipe) : versioned(spec, recipe)
	};
}
/** conda-lock 1 left pip's names as they were written. */
function serializedName(spec, { first }) {
	return first && spec.manager === "pip" ? spec.writtenName ?? spec.name : spec.name;
}
function versioned(spec, recipe) {
	const hash = spec.manager === "pip" ? spec.hash : null;
	return {
		version: spec.manager === "pip" ? pipVersion(spec, recipe) : spec.version,
		build: spec.manager === "pip" ? null : spec.build,
		conda_channel: spec.manager === "pip" ? null : spec.condaChannel,
		...recipe.hash ? { hash } : {}
	};
}
/** What PEP 440 says, sorted; older versions put it in conda's words. */
function pipVersion({ version }, { pip }) {
	if (version === "") return "*";
	return version.split(",").flatMap((clause) => pip === "PEP 440" ? clause.replace("===", "==") : inConda(clause)).sort().join(",");
}
function inConda(clause) {
	if (!clause.startsWith("~=")) return [clause.replace(/^={2,3}/, "=")];
	const [major = "", minor = "", ...rest] = clause.slice(2).split(".");
	return [`>=${[
		major,
		minor,
		...rest
	].join(".")}`, `<${[
		Number(major),
		Number(minor) + 1,
		...rest.map(() => 0)
	].join(".")}`];
}
/** A requirement that names where its package is: a repository of git, a file behind a URL, a path. */
function addressed(url, recipe) {
	if (url.startsWith("git+") && !recipe.first) return {
		extras: [],
		...repository(url, recipe)
	};
	if (recipe.pip === "conda" || /^(?:git\+|https:\/\/|ssh:\/\/)/.test(url)) {
		const [address, fragment = ""] = url.split(/#(.*)/s, 2);
		return {
			url: address,
			hashes: [fragment.replaceAll("=", ":")]
		};
	}
	const path = posix.join(url.replace(/^file:\/\//, ""), ".").replace(/\/$/, "");
	return {
		path,
		is_directory: !/\.(?:whl|zip|tar\.gz|tgz|tar\.bz2|tar)$/.test(path),
		...nullable("subdirectory", null, recipe)
	};
}
function repository(url, recipe) {
	const address = url.replace(/\.git$/, "").replace(/^git\+/, "");
	const at = address.lastIndexOf("@");
	const source = at === -1 ? address : address.slice(0, at);
	const revision = at === -1 ? null : address.slice(at + 1);
	if (recipe.pip === "conda") return {
		category: "main",
		source,
		vcs: "git",
		rev: revision
	};
	const [rev = null, subdirectory = null] = revision?.split("#subdirectory=") ?? [];
	return {
		source,
		vcs: "git",
		rev,
		...nullable("subdirectory", subdirectory, recipe)
	};
}
function nullable(key, value, { markers }) {
	return markers === "always" || markers === "where set" && value !== null ? { [key]: value } : {};
}
// src/lock/environment-yaml.ts
var import_dist = require_dist();
/** Longest environment that is read, in characters. Real ones have a few thousand. */
const longest$1 = 262144;
/**
* A file of YAML 1.1, read as PyYAML's safe_load would, as far as its nodes are asked for. Each question throws
* ActionError('lock') with file and line. Aliases stand for single nodes and are never multiplied out: they cannot explode.
*/
var YamlFile = class {
	top;
	#file;
	#lines;
	#counter = new import_dist.LineCounter();
	#document;
	/** `lines`: where each line of the text (from 0) stands in the file (from 1); null where it is the whole file. */
	constructor(file, text, lines = null) {
		this.#file = file;
		this.#lines = lines;
		if (text.length > longest$1) throw this.#error(1, `longer than ${longest$1 / 1024} KiB`, "No environment is that long");
		this.#document = this.#parse(text);
		const [problem] = this.#document.errors;
		if (problem) throw this.#error(this.#lineAt(problem.pos[0]), problem.message, "It must be YAML that can be read");
		this.top = this.mapping(this.#document.contents, "what the file holds");
	}
	/**
	* A text; what YAML takes for a number, a date or a boolean is none. `what` begins the error. Control characters are refused:
	* a line break would become a line of its own in a file that another program reads.
	*/
	text(node, what) {
		const text = this.textOrNull(node);
		if (text !== null && /\p{Cc}/u.test(text)) throw this.fail(node, `${what} holds a tab, a line break or another control character`, "Write it on one line");
		if (text !== null) return text;
		throw this.fail(node, `${what} is not text`, "Put it in quotes if it looks like a number, a date or a word such as yes");
	}
	texts(node, what) {
		return this.list(node, what).map((item) => this.text(item, `an entry of ${what}`));
	}
	list(node, what) {
		const list = this.#resolved(node);
		if (!(0, import_dist.isSeq)(list)) throw this.fail(node, `${what} is not a list`, "Write one entry a line, each behind a dash");
		return list.items;
	}
	/** The keys of a mapping; of two of one name the last counts. */
	mapping(node, what) {
		const map = this.#resolved(node);
		if (!(0, import_dist.isMap)(map)) throw this.fail(node, `${what} is not a mapping`, "Write keys and values");
		const entries = /* @__PURE__ */ new Map();
		for (const { key, value } of map.items) {
			const name = this.textOrNull(key);
			if (this.isPlain(key, /^<<$/)) throw this.fail(key, "merge keys are not read", "Write the values out");
			if (name !== null) entries.set(name, value);
		}
		return entries;
	}
	isMapping(node) {
		return (0, import_dist.isMap)(this.#resolved(node));
	}
	/** No value, `null` or `~`. */
	isNull(node) {
		return this.isPlain(node, /^(?:~|null|Null|NULL|)$/);
	}
	/** Whether a node stands without quotes and is one of the words of an expression. */
	isPlain(node, words) {
		const scalar = this.#resolved(node);
		return (0, import_dist.isScalar)(scalar) ? scalar.type === "PLAIN" && words.test(`${scalar.value}`) : scalar === null && words.test("");
	}
	textOrNull(node) {
		const scalar = this.#resolved(node);
		if (!(0, import_dist.isScalar)(scalar) || typeof scalar.value !== "string") return null;
		if (scalar.tag !== void 0) return scalar.tag === "tag:yaml.org,2002:str" ? scalar.value : null;
		return scalar.type === "PLAIN" && isTyped(scalar.value) ? null : scalar.value;
	}
	/** From 1. */
	line(node) {
		return this.#lineAt(node?.range?.[0] ?? 0);
	}
	fail(node, message, ...details) {
		return this.#error(this.line(node), message, ...details);
	}
	#resolved(node) {
		return (0, import_dist.isAlias)(node) ? node.resolve(this.#document) ?? null : node;
	}
	#lineAt(offset) {
		const line = Math.max(1, this.#counter.linePos(offset).line);
		return this.#lines?.[line - 1] ?? line;
	}
	#error(line, message, ...details) {
		return new ActionError("lock", `${this.#file}:${line}: ${message}`, details);
	}
	#parse(text) {
		const options = {
			schema: "failsafe",
			version: "1.1",
			uniqueKeys: false,
			prettyErrors: false
		};
		try {
			return (0, import_dist.parseDocument)(text, {
				...options,
				lineCounter: this.#counter
			});
		} catch (cause) {
			throw this.#error(1, cause instanceof Error ? cause.message : String(cause), "Nest it less deep");
		}
	}
};
// src/lock/selectors.ts
/** What `# [linux]` may name on each platform that conda-lock knows (src_parser/selectors.py of conda-lock 4.0.3). */
const names = /* @__PURE__ */ new Map([
	["linux-64", /* @__PURE__ */ new Set([
		"linux64",
		"unix",
		"linux"
	])],
	["linux-aarch64", /* @__PURE__ */ new Set([
		"aarch64",
		"unix",
		"linux"
	])],
	["linux-ppc64le", /* @__PURE__ */ new Set([
		"ppc64le",
		"unix",
		"linux"
	])],
	["osx-64", /* @__PURE__ */ new Set([
		"osx64",
		"osx",
		"unix"
	])],
	["osx-arm64", /* @__PURE__ */ new Set([
		"arm64",
		"osx",
		"unix"
	])],
	["win-64", /* @__PURE__ */ new Set(["win", "win64"])]
]);
/** The platforms that a lock can be made for. */
const knownPlatforms = [...names.keys()];
/** Where Python's and YAML 1.1's lines end. */
const lineBreak = /\r\n|[\n\r\x85\u2028\u2029]/;
/**
* Leaves out the comment lines and those whose `# [selector]` does not name the platform, as conda-lock does before YAML is
* read. A selector is taken as one word: `[linux and x86_64]` names no platform.
*/
function selectLines(text, platform) {
	const matching = names.get(platform);
	const kept = [];
	const lines = [];
	let filtered = false;
	for (const [index, line] of text.split(lineBreak).entries()) {
		if (/^\s*#/.test(line)) continue;
		const selector = selectorOf(line);
		if (selector !== null && !matching?.has(selector)) {
			filtered = true;
			continue;
		}
		kept.push(line);
		lines.push(index + 1);
	}
	return {
		text: kept.join("\n"),
		lines,
		filtered
	};
}
/**
* The selector at the end of a line: the last `[…]` behind a `#`, with no parenthesis after it; null without one. Read in
* one walk: an expression would go back and forth on a stranger's line.
*/
function selectorOf(line) {
	const comment = line.indexOf("#", 1);
	if (comment === -1) return null;
	const parenthesis = Math.max(line.lastIndexOf("("), line.lastIndexOf(")"));
	let close = -1;
	for (let at = line.length - 1; at > comment; at--) {
		if (line[at] === "]") close = at;
		if (line[at] !== "[") continue;
		if (close > at + 1 && close > parenthesis) return line.slice(at + 1, close);
		close = -1;
	}
	return null;
}
const architectures = {
	"linux-64": "x86_64",
	"linux-aarch64": "aarch64",
	"linux-ppc64le": "ppc64le",
	"osx-64": "x86_64",
	"osx-arm64": "arm64",
	"win-64": "x86_64"
};
/** What conda-lock takes for granted of a machine (default-virtual-packages.yaml of 4.0.3); before 2.4 a glibc of 2.17. */
function defaultVirtualPackages(platform, glibc = "2.28") {
	const archspec = {
		name: "__archspec",
		version: "1",
		build: architectures[platform] ?? ""
	};
	const plain = (name, version) => ({
		name,
		version,
		build: "0"
	});
	const cuda = plain("__cuda", "11.4");
	if (platform === "win-64") return [
		plain("__win", "0"),
		archspec,
		cuda
	];
	const unix = plain("__unix", "0");
	if (platform.startsWith("osx-")) return [
		unix,
		archspec,
		plain("__osx", "11.0")
	];
	return [
		unix,
		plain("__linux", "5.10"),
		archspec,
		plain("__glibc", glibc),
		cuda
	];
}
/**
* Reads virtual-packages.yml: `subdirs: {linux-64: {packages: {__cuda: "12.0"}}}`, a build string behind a space. It replaces
* the whole default set. Throws ActionError('lock') with file and line.
*/
function readVirtualPackages({ file, text }) {
	const yaml = new YamlFile(file, text);
	const subdirs = yaml.top.get("subdirs");
	if (subdirs === void 0) throw yaml.fail(null, "no subdirs", "It needs `subdirs: {linux-64: {packages: {…}}}`");
	const byPlatform = yaml.mapping(subdirs, "subdirs");
	const found = [...knownPlatforms, "noarch"].flatMap((platform) => {
		const node = byPlatform.get(platform);
		return node === void 0 ? [] : [[platform, packagesOf(yaml, node)]];
	});
	return Object.fromEntries(found);
}
function packagesOf(yaml, node) {
	const packages = yaml.mapping(node, "a platform").get("packages");
	if (packages === void 0) throw yaml.fail(node, "a platform without packages", "It needs `packages:`");
	return [...yaml.mapping(packages, "packages")].map(([name, value]) => {
		if (!name.startsWith("__")) throw yaml.fail(value, `${name} is not a virtual package`, "Their names begin with __");
		const [version = "", ...build] = yaml.text(value, `the version of ${name}`).split(" ");
		return {
			name,
			version,
			build: build.join(" ") || "0"
		};
	});
}
/**
* What a solver is told of a machine: what a lock's own file names, and of the rest the default. With the file alone a lock
* that names `__cuda` would be for a machine without a C library.
*/
function virtualPackagesForSolve(platform, given) {
	const named = new Set(given.map(({ name }) => name));
	return [...given, ...defaultVirtualPackages(platform).filter(({ name }) => !named.has(name))];
}
/** Whether a set is the one that holds where no file says otherwise. */
function isDefault(platform, packages) {
	return JSON.stringify(packages) === JSON.stringify(defaultVirtualPackages(platform));
}
// src/lock/content-hash.ts
/**
* The content hash of a platform as a version of conda-lock makes it, 64 hexadecimal digits: sha256 of a JSON of channels, specs
* and virtual packages. A lock that holds it was made for what its sources ask for.
*/
function contentHash(spec, platform, recipe) {
	const channels = recipe.first ? spec.writtenChannels ?? spec.channels : spec.channels;
	const repositories = recipe.hash ? spec.pipRepositories : [];
	const machine = {
		noarch: repodata("noarch", spec.virtualPackages.noarch ?? [], recipe),
		[platform]: repodata(platform, machineOf(spec, platform, recipe), recipe)
	};
	const parts = [
		`"channels": ${pythonJson(channels.map((channel) => channelJson(channel, recipe)))}`,
		...repositories.length > 0 ? [`"pip_repositories": ${pythonJson(repositories.map((url) => JSON.stringify({ url })))}`] : [],
		`"specs": [${specsOf$2(spec, platform, recipe)}]`,
		`"virtual_package_hash": ${pythonJson(machine)}`
	];
	return hash("sha256", `{${parts.join(", ")}}`);
}
function channelJson({ url, usedEnvVars }, { spacedChannels }) {
	return spacedChannels ? `{"url": ${pythonJson(url)}, "used_env_vars": ${pythonJson(usedEnvVars)}}` : JSON.stringify({
		url,
		used_env_vars: usedEnvVars
	});
}
/** JSON by recipe, of a list that platforms share and of a spec that locks share: each is written once. */
const lists = /* @__PURE__ */ new WeakMap();
const singles = /* @__PURE__ */ new WeakMap();
function specsOf$2(spec, platform, recipe) {
	const list = spec.specs[platform] ?? [];
	const shared = spec.platforms.every((place) => spec.specs[place] === list);
	if (recipe.first && !shared) return specsJson(placedSpecs(spec, platform), recipe);
	return once(lists, list, recipe, () => specsJson(list.map((one) => [one, null]), recipe));
}
/**
* conda-lock 1 has one list for all platforms: the last platform's version of a name is everybody's, and what stands in a
* `pip:` list is for all, whatever its selector says.
*/
function placedSpecs(spec, platform) {
	const all = /* @__PURE__ */ new Map();
	for (const place of spec.platforms) for (const one of spec.specs[place] ?? []) {
		const key = `${one.manager} ${one.name}`;
		all.set(key, {
			spec: one,
			platforms: [...all.get(key)?.platforms ?? [], place]
		});
	}
	return [...all.values()].flatMap(({ spec: one, platforms }) => {
		const everywhere = platforms.length === spec.platforms.length || isOfPip(one);
		return everywhere || platforms.includes(platform) ? [[one, everywhere ? null : platforms]] : [];
	});
}
/** In a `pip:` list, or the pip that such a list brings along. */
function isOfPip(spec) {
	return spec.manager === "pip" || spec.name === "pip" && spec.version === "*";
}
/** Sorted by manager and name. */
function specsJson(specs, recipe) {
	const keyed = specs.map((placed) => ({
		key: `${placed[0].manager} ${serializedName(placed[0], recipe)}`,
		placed
	}));
	keyed.sort((a, b) => a.key < b.key ? -1 : a.key > b.key ? 1 : 0);
	return keyed.map(({ placed: [one, platforms] }) => specJson(one, platforms, recipe)).join(", ");
}
function specJson(spec, platforms, recipe) {
	const write = () => pythonJson(serializedSpec(spec, platforms, recipe));
	return platforms === null ? once(singles, spec, recipe, write) : write();
}
function once(known, of, recipe, write) {
	const byRecipe = known.get(of) ?? /* @__PURE__ */ new Map();
	const text = byRecipe.get(recipe) ?? write();
	known.set(of, byRecipe.set(recipe, text));
	return text;
}
/** The default set was another one once, and has held a second macOS on osx-64 from the beginning. */
function machineOf(spec, platform, { glibc }) {
	const given = spec.virtualPackages[platform] ?? [];
	if (!isDefault(platform, given)) return given;
	const second = platform === "osx-64" ? [{
		name: "__osx",
		version: "10.15",
		build: "0"
	}] : [];
	return [...defaultVirtualPackages(platform, glibc), ...second];
}
/** The channel of virtual packages that conda-lock makes for a solve. */
function repodata(subdir, packages, { buildNumber }) {
	const entries = packages.map((one) => {
		const build = one.build !== "0" && buildNumber ? `${one.build}_0` : one.build;
		return [`${one.name}-${one.version}-${build}.tar.bz2`, entryOf(one, build, subdir)];
	});
	return {
		info: { subdir },
		packages: Object.fromEntries(entries)
	};
}
/** 2020-01-01 somewhere in America: conda-lock's constant. */
const timestamp = 15778548e5;
function entryOf({ name, version, build: given }, build, subdir) {
	return {
		build_number: 0,
		depends: [],
		noarch: "",
		package_type: "virtual_system",
		timestamp,
		name,
		version,
		build,
		build_string: given === "0" ? "" : given,
		subdir
	};
}
// src/lock/recipes.ts
const newest = {
	name: "conda-lock 4.0.3",
	glibc: "2.28",
	markers: "where set",
	hash: true,
	buildNumber: true,
	pip: "PEP 440",
	first: false,
	spacedChannels: false
};
const third = {
	...newest,
	name: "conda-lock 3.0.0",
	markers: "always",
	buildNumber: false
};
const second = {
	...newest,
	name: "conda-lock 2.5",
	markers: "never",
	pip: "conda"
};
const older = {
	...second,
	name: "conda-lock 2.3",
	glibc: "2.17",
	hash: false
};
const first = {
	...older,
	name: "conda-lock 1.4 with pydantic 2",
	first: true
};
const oldest = {
	...first,
	name: "conda-lock 1.4",
	spacedChannels: true
};
/** The one by which new locks are written. */
const newestRecipe = newest;
/** Newest first. Without Python packages 2.5's is 4.0.3's. */
const recipes = [
	newest,
	third,
	second,
	older,
	first,
	oldest
];
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
// src/lock/conda-channel.ts
/** Folders of a channel that conda 26 knows as platforms: the last part of `conda-forge/linux-64::name`. */
const subdirs = /* @__PURE__ */ new Set([
	...[
		"noarch",
		"emscripten-wasm32",
		"wasi-wasm32",
		"freebsd-64",
		"zos-z"
	],
	...[
		"linux-32",
		"linux-64",
		"linux-aarch64",
		"linux-armv6l",
		"linux-armv7l",
		"linux-ppc64",
		"linux-ppc64le"
	],
	...[
		"linux-riscv32",
		"linux-riscv64",
		"linux-s390x",
		"osx-64",
		"osx-arm64",
		"win-32",
		"win-64",
		"win-arm64"
	]
]);
/** Channels that conda puts together under one name. */
const defaults = /* @__PURE__ */ new Set([
	"pkgs/main",
	"pkgs/r",
	"pkgs/msys2"
]);
/** What stands before `::`, by conda's rules: of a URL the path counts, so that a mirror's `conda-forge` is conda-forge. */
function readSpecChannel(text) {
	const parts = (text.includes("://") ? text.replace(/^[^:]+:\/\/[^/]*\/?/, "").replace(/^t\/[^/]+\/?/, "") : text).split("/").filter(Boolean);
	const at = parts.findIndex((part) => subdirs.has(part));
	const name = (at === -1 ? parts : parts.toSpliced(at, 1)).join("/");
	return {
		name: defaults.has(name) ? "defaults" : name,
		subdir: at === -1 ? null : parts[at] ?? null
	};
}
/**
* A channel of an environment's list as a lock writes it (models/channel.py of conda-lock 4.0.3): variables in the place of
* a name, password or token become `${NAME}` and are listed. Null where one of these is written out: it would be published.
*/
function readChannel(text) {
	const [, scheme, authority = "", rest = ""] = /^([^:/]+):\/\/([^/?#]*)(.*)$/s.exec(text) ?? [];
	if (scheme === void 0) return {
		url: text,
		usedEnvVars: []
	};
	const used = /* @__PURE__ */ new Set();
	const variable = (secret) => {
		if (!secret.startsWith("$")) return null;
		const name = secret.replace(/^\$+/, "").replace(/^[{}]+|[{}]+$/g, "");
		used.add(name);
		return `\${${name}}`;
	};
	const at = authority.lastIndexOf("@");
	const login = at === -1 ? [] : authority.slice(0, at).split(/:(.*)/s, 2).map(variable);
	const [before, token, after] = tokenOf(rest);
	const named = token === null ? null : variable(token);
	if (login.includes(null) || token !== null && named === null) return null;
	const host = authority.slice(at + 1);
	const path = token === null ? rest : `${before}/t/${named}${after}`;
	return {
		url: `${scheme.toLowerCase()}://${at === -1 ? "" : `${login.join(":")}@`}${host}${path.replace(/[?#]$/, "")}`,
		usedEnvVars: [...used].sort()
	};
}
/** anaconda.org's and Quetz's tokens: `/t/<token>/channel`. */
function tokenOf(path) {
	const [, before = "", token, after = ""] = /^(.*)\/t\/(\$?\{?[\w-]*\}?)(\/.*)$/s.exec(path) ?? [];
	return [
		before,
		token || null,
		after
	];
}
// src/lock/conda-spec.ts
const longest = 1e3;
/**
* Reads a spec of an environment.yml: `numpy`, `numpy>=1.2,<2`, `numpy=1.2`, `numpy=1.2=py_0`, `conda-forge::numpy`,
* `numpy[version='>=1.2']`. The texts are conda's (models/match_spec.py), for they go into the content hash. Throws BadSpec.
*/
function readCondaSpec(spec) {
	if (spec.length > longest) throw new BadSpec(`it is longer than ${longest} characters`);
	const text = spec.replace(/#.*$/s, "").split(" if ", 1)[0] ?? "";
	if (/\.(?:conda|tar\.bz2)\s*$/.test(text)) throw new BadSpec("it names a file; write name=version=build");
	const { outside, fields } = takeFields(text);
	const { channel, rest } = takeChannel(outside);
	const [, name, constraint] = /^([^ =<>!~]+)?([><!=~ ].+)?/s.exec(rest) ?? [];
	if (name === void 0) throw new BadSpec("no name stands in it");
	if (/[*@]/.test(name)) throw new BadSpec(`\`${name}\` is no name of one package`);
	const written = versionAndBuild(constraint?.trim() ?? "");
	const version = fields.get("version") ?? written.version;
	return {
		name: name.toLowerCase(),
		version: version === null ? "" : canonicalVersion(version),
		build: fields.get("build") ?? written.build,
		...channelOf(fields, channel)
	};
}
/** Fields in brackets that MatchSpec knows; the others are errors to it. */
const known = /* @__PURE__ */ new Set([...[
	"channel",
	"subdir",
	"name",
	"version",
	"build",
	"build_number",
	"track_features",
	"features",
	"url",
	"md5"
], ...[
	"sha256",
	"license",
	"license_family",
	"fn"
]]);
/** Takes `[version='>=1']` off a spec, and what stands in parentheses. What is inside wins over what is outside. */
function takeFields(text) {
	const open = text.lastIndexOf("]") === -1 ? -1 : text.lastIndexOf("[", text.lastIndexOf("]"));
	if (open === -1) return {
		outside: withoutParentheses(text),
		fields: /* @__PURE__ */ new Map()
	};
	const brackets = text.slice(open, text.lastIndexOf("]") + 1);
	const fields = /* @__PURE__ */ new Map();
	for (const [, key = "", , value = ""] of brackets.slice(1, -1).matchAll(/([a-zA-Z0-9_-]+?)=(["']?)([^'"]*?)(\2)(?:[, ]|$)/g)) {
		if (value === "") throw new BadSpec(`${key} has no value in the brackets`);
		if (!known.has(key)) throw new BadSpec(`${key} is no field of a spec`);
		if (key === "name" || key === "fn" || key === "url") throw new BadSpec(`${key} cannot stand in brackets`);
		fields.set(key, value);
	}
	return {
		outside: withoutParentheses(text.replaceAll(brackets, "")),
		fields
	};
}
function withoutParentheses(text) {
	const close = text.lastIndexOf(")");
	const open = close === -1 ? -1 : text.lastIndexOf("(", close);
	return open === -1 ? text : text.replaceAll(text.slice(open, close + 1), "");
}
/** `channel:namespace:name`: the namespace is nothing yet, so `::`. */
function takeChannel(text) {
	const parts = text.split(":");
	const rest = parts.pop() ?? "";
	return {
		channel: parts.pop() === void 0 || parts.length === 0 ? null : parts.join(":"),
		rest
	};
}
function channelOf(fields, written) {
	const text = fields.get("channel") ?? written;
	if (text?.includes("*")) throw new BadSpec("a channel cannot hold a star");
	const outer = written ? readSpecChannel(written) : null;
	const named = text ? readSpecChannel(text) : null;
	return {
		condaChannel: named?.name || null,
		subdirectory: fields.get("subdir") ?? named?.subdir ?? outer?.subdir ?? null
	};
}
const versionThenBuild = /((?:.+?)[^><!,|]?)(?:(?<![=!|,<>~])(?:[ =])([^-=,|<>~]+?))?$/s;
/** What stands behind the name. One `=` without a build and without a star is a prefix: `=1.2` gives `1.2*`. */
function versionAndBuild(text) {
	if (text === "") return {
		version: null,
		build: null
	};
	if (text.includes("[")) throw new BadSpec("it has brackets twice");
	const [, first = text, second] = versionThenBuild.exec(text) ?? [];
	const version = first.replaceAll(" ", "");
	const build = second?.trim() ?? null;
	const bare = version.slice(1);
	if (version === "=" || version === "==" || !version.startsWith("=")) return {
		version,
		build
	};
	if (version.startsWith("==") && build === null) return {
		version: version.slice(2),
		build
	};
	if (/[=,|]/.test(bare)) return {
		version,
		build
	};
	return {
		version: build === null && !bare.endsWith("*") ? `${bare}*` : bare,
		build
	};
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
		metadata: metadataOf$1(question),
		packages
	};
}
function metadataOf$1({ spec, folder, old, contentHash }) {
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
		specs: specsOf$1(spec, platform).filter((one) => one.manager === "conda"),
		virtualPackages: virtualPackagesForSolve(platform, spec.virtualPackages[platform] ?? []),
		keep: {
			...keep,
			packages: keep.packages.filter((one) => one.manager === "conda" && one.platform === platform)
		}
	};
}
async function solvePip(parts, { pip }, excludeNewer) {
	const asked = parts.flatMap((part) => {
		const specs = specsOf$1(part.job.spec, part.platform).filter((one) => one.manager === "pip");
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
function specsOf$1(spec, platform) {
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
	const [{ condaLock }, { findUv }] = await Promise.all([import("./conda-lock.js"), import("./uv2.js")]);
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
	const [{ createPipSolver }, { findUv }] = await Promise.all([import("./pip-solver.js"), import("./uv2.js")]);
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
// src/lock/freshness.ts
/**
* Whether a lock still says what its sources ask for, per platform. Needs no solver and no network: the content hash that the
* lock holds is compared with those that the versions of conda-lock would give the sources of today.
*/
function freshness(question) {
	const { image, platforms, spec, metadata, lock } = question;
	const made = platforms.map((platform) => ({
		platform,
		recipe: recipeOf(question, platform)
	}));
	const others = made.flatMap(({ platform, recipe }) => recipe ? [platform] : []);
	return made.map(({ platform, recipe }) => {
		if (recipe) return {
			image,
			platform,
			fresh: true,
			reason: `the content hash is that of the sources (${recipe.name})`
		};
		const reason = metadata ? staleness({
			...question,
			metadata,
			platform,
			others
		}) : `there is no ${lock} yet`;
		return {
			image,
			platform,
			fresh: false,
			reason: spec ? reason : `${reason}; only conda-lock can read its sources`
		};
	});
}
/** The version of conda-lock whose content hash of the sources the lock holds, null for none. */
function recipeOf({ spec, metadata }, platform) {
	if (!spec || !metadata?.platforms.includes(platform) || !Object.hasOwn(spec.specs, platform)) return null;
	const recorded = hashOf(metadata, platform);
	return recipes.find((recipe) => contentHash(spec, platform, recipe) === recorded) ?? null;
}
function staleness({ lock, spec, metadata, platform, others }) {
	if (!metadata.platforms.includes(platform)) return `${lock} does not hold ${platform}`;
	const recorded = hashOf(metadata, platform);
	if (recorded === null) return `${lock} has no content hash for ${platform}`;
	if (!spec) return `${lock} cannot be compared`;
	const before = metadata.sources.map((source) => posix.join(posix.dirname(lock), source));
	if (!metadata.sources.some((source) => posix.isAbsolute(source)) && before.join("\n") !== spec.sources.join("\n")) return `${lock} was made from ${before.join(", ")}, not from ${spec.sources.join(", ")}`;
	if (others.length > 0) return `${spec.sources.join(", ")}: changed since; only ${others.join(", ")} was locked again`;
	return `${spec.sources.join(", ")}: not what the lock was made for (its content hash ${recorded.slice(0, 8)} is that of other sources)`;
}
function hashOf({ contentHash: hashes }, platform) {
	return Object.hasOwn(hashes, platform) ? hashes[platform] ?? null : null;
}
// src/lock/environment.ts
/**
* Reads an environment.yml by conda-lock 4.0.3's rules (src_parser/environment_yaml.py). Throws ActionError('lock') with file
* and line for what that could not read either, and for a password or token written into a channel's URL.
*/
function readEnvironment({ file, text }) {
	const whole = new YamlFile(file, text);
	const given = (key, read, absent) => {
		const node = whole.top.get(key);
		return node === void 0 ? absent : read(node);
	};
	const category = given("category", (node) => whole.isNull(node) ? "" : whole.text(node, "category"), "") || "main";
	let everywhere = null;
	return {
		file,
		channels: given("channels", (node) => channelsOf$1(whole, node), []),
		platforms: given("platforms", (node) => whole.texts(node, "platforms"), []),
		category,
		pipRepositories: given("pip-repositories", (node) => whole.texts(node, "pip-repositories"), []),
		allowPypiRequests: given("allow-pypi-requests", (node) => booleanOf(whole, node), true),
		specs: (platform) => {
			const selected = selectLines(text, platform);
			if (selected.filtered) return onPlatform(specsOf(new YamlFile(file, selected.text, selected.lines), file, category), platform);
			everywhere ??= specsOf(whole, file, category);
			return onPlatform(everywhere, platform);
		}
	};
}
function channelsOf$1(yaml, list) {
	return yaml.list(list, "channels").map((node) => {
		const channel = readChannel(yaml.text(node, "a channel"));
		if (channel) return channel;
		throw yaml.fail(node, "a channel has a password or a token written into its URL", "It would be published with the lock: write the name of a variable in its place, $TOKEN");
	});
}
function booleanOf(yaml, node) {
	if (yaml.isPlain(node, /^(?:true|yes|on)$/i)) return true;
	if (yaml.isPlain(node, /^(?:false|no|off)$/i)) return false;
	throw yaml.fail(node, "allow-pypi-requests is neither true nor false", "Write one of them");
}
/** What the list of dependencies asks for on the platforms that see it as `yaml` has it; markers are not asked yet. */
function specsOf(yaml, file, category) {
	const place = {
		yaml,
		file,
		category
	};
	const list = yaml.top.get("dependencies");
	if (list === void 0) throw yaml.fail(null, "no dependencies", "An environment needs the list `dependencies:`");
	const nodes = yaml.list(list, "dependencies");
	const conda = nodes.filter((node) => !yaml.isMapping(node)).map((node) => condaSpecOf(node, place));
	const pip = nodes.filter((node) => yaml.isMapping(node)).flatMap((node) => pipSpecsOf(node, place));
	return [...conda, ...pip];
}
const specForms = "Write it as conda has it: numpy, numpy>=1.2,<2, numpy=1.2, numpy=1.2=py312* or conda-forge::numpy";
const requirementForms = "Write it as PEP 508 has it: numpy, numpy>=1.2,<2 or numpy[extra] @ https://…";
function condaSpecOf(node, { yaml, file, category }) {
	const text = yaml.text(node, "a dependency");
	return {
		manager: "conda",
		...explained(() => readCondaSpec(text), (why) => yaml.fail(node, `\`${text}\` is no conda spec: ${why}`, specForms)),
		category,
		origin: {
			file,
			line: yaml.line(node)
		}
	};
}
/** The `pip:` list of a mapping, and conda's pip, without which it could not be installed. */
function pipSpecsOf(mapping, place) {
	const { yaml, file } = place;
	const list = yaml.mapping(mapping, "a dependency").get("pip");
	if (list === void 0 || yaml.isNull(list)) return [];
	return [...yaml.list(list, "pip").map((node) => ({
		node,
		text: yaml.text(node, "a requirement")
	})).filter(({ text }) => !isEditable(text)).map(({ node, text }) => pipSpecOf(node, text, place)), {
		...condaPip,
		origin: {
			file,
			line: yaml.line(mapping)
		}
	}];
}
/** `-e .`: conda-lock leaves it out of a lock. */
function isEditable(requirement) {
	return /^-e .*$/.test(requirement);
}
const condaPip = {
	manager: "conda",
	name: "pip",
	version: "*",
	build: null,
	condaChannel: null,
	subdirectory: null,
	category: "main"
};
function pipSpecOf(node, text, { yaml, file, category }) {
	const fail = (why) => yaml.fail(node, `\`${text}\` is no requirement: ${why}`, requirementForms);
	const parts = explained(() => readPipRequirement(text), fail);
	explained(() => holdsOn(parts.markers, "linux-64"), fail);
	return {
		manager: "pip",
		...parts,
		category,
		origin: {
			file,
			line: yaml.line(node)
		}
	};
}
/** The same list where no marker takes anything away. */
function onPlatform(specs, platform) {
	const kept = specs.filter((spec) => spec.manager === "conda" || holdsOn(spec.markers, platform));
	return kept.length === specs.length ? specs : kept;
}
function holdsOn(markers, platform) {
	return markers === null || markerHolds(markers, platform);
}
function explained(read, fail) {
	try {
		return read();
	} catch (error) {
		throw error instanceof BadSpec ? fail(error.message) : error;
	}
}
// src/lock/merge-specs.ts
/**
* What several sources ask for together, in the order of the sources: a name of one manager stands once, where it came first
* and as it came last (aggregation.py of conda-lock 4.0.3).
*/
function mergeSpecs(lists) {
	const merged = /* @__PURE__ */ new Map();
	for (const spec of lists.flat()) merged.set(`${spec.manager} ${spec.name}`, spec);
	return [...merged.values()];
}
/**
* The longest of several lists, of which each other one has to be the end: else nobody could say which channel comes first.
* The first list that is not one is given too.
*/
function longestList(lists) {
	const longest = lists.reduce((best, list) => list.items.length > best.items.length ? list : best, lists[0] ?? none);
	const isEnd = ({ items }) => {
		const end = longest.items.slice(longest.items.length - items.length);
		return JSON.stringify(items) === JSON.stringify(end);
	};
	return {
		longest,
		stranger: lists.find((list) => !isEnd(list)) ?? null
	};
}
const none = {
	file: "",
	items: []
};
/** The longest of the lists. Throws ActionError('lock') where another one is not its end; `what`: `channels`. */
function mergeLists(lists, what) {
	const { longest, stranger } = longestList(lists);
	if (stranger === null) return longest.items;
	throw new ActionError("lock", `${stranger.file}: its ${what} are not the last ones of ${longest.file}`, [`One lock has one order of ${what}, so each list has to be the end of the longest`, `${stranger.file}: ${namesOf(stranger.items)}; ${longest.file}: ${namesOf(longest.items)}`]);
}
function namesOf(items) {
	return items.map((item) => typeof item === "object" && item !== null && "url" in item ? item.url : item).join(", ") || "none";
}
// src/lock/lock-spec.ts
/** Makes `readEnvironment` that reads a file once for all locks that are made from it. */
function environmentReader() {
	const known = /* @__PURE__ */ new Map();
	return (source) => {
		const found = known.get(source.file);
		if (found?.text === source.text) return found.environment;
		const environment = readEnvironment(source);
		known.set(source.file, {
			text: source.text,
			environment
		});
		return environment;
	};
}
/**
* What the sources of a lock ask for together, as conda-lock puts it. `platforms`: those to be locked; empty, those that the
* environments name, else linux-64. `virtualPackages`: the set of virtual-packages.yml, null for the default. Throws
* ActionError('lock').
*/
function makeLockSpec(question) {
	const { files, virtualPackages, read = readEnvironment } = question;
	for (const { file } of files) refuseForeign(file);
	const environments = files.map(read);
	const platforms = platformsOf$1(question.platforms, environments);
	return {
		sources: [...new Set(files.map(({ file }) => file))],
		...channelsOf(environments),
		platforms,
		specs: mergedSpecs(platforms, environments),
		virtualPackages: virtualPackages === null ? perPlatform(platforms, (platform) => defaultVirtualPackages(platform)) : {
			...perPlatform(platforms, () => []),
			...virtualPackages
		},
		pipRepositories: mergeLists(environments.map(({ file, pipRepositories }) => ({
			file,
			items: pipRepositories
		})), "pip repositories"),
		...environments.every(({ allowPypiRequests }) => allowPypiRequests) ? {} : { allowPypiRequests: false }
	};
}
/** Platforms for which all sources have the same lists share one merged list. */
function mergedSpecs(platforms, environments) {
	const known = [];
	return perPlatform(platforms, (platform) => {
		const lists = environments.map(({ specs }) => specs(platform));
		const same = known.find((one) => one.lists.every((list, at) => list === lists[at]));
		if (same) return same.merged;
		const merged = mergeSpecs(lists);
		known.push({
			lists,
			merged
		});
		return merged;
	});
}
function platformsOf$1(asked, environments) {
	const named = asked.length > 0 ? asked : environments.flatMap(({ platforms }) => platforms);
	const platforms = [...new Set(named.length > 0 ? named : ["linux-64"])];
	const unknown = platforms.find((platform) => !knownPlatforms.includes(platform));
	if (unknown === void 0) return platforms;
	const from = environments.find((environment) => environment.platforms.includes(unknown));
	throw new ActionError("lock", `${from ? `${from.file}: ` : ""}${unknown} is no platform that a lock can be made for`, [`Platforms: ${knownPlatforms.join(", ")}`]);
}
/** `nodefaults` says nothing, as no channel is taken that is not named; only locks of conda-lock 1 tell whether it stood there. */
function channelsOf(environments) {
	const written = environments.map(({ file, channels }) => ({
		file,
		items: channels
	}));
	const channels = mergeLists(written.map(({ file, items }) => ({
		file,
		items: items.filter((channel) => !isNodefaults(channel))
	})), "channels");
	const old = longestList(written);
	return old.stranger || !old.longest.items.some(isNodefaults) ? { channels } : {
		channels,
		writtenChannels: old.longest.items
	};
}
function isNodefaults({ url }) {
	return url === "nodefaults";
}
function perPlatform(platforms, make) {
	return Object.fromEntries(platforms.map((platform) => [platform, make(platform)]));
}
/** Why only the program conda-lock can read a source, null for an environment file. */
function foreignSource(file) {
	const name = posix.basename(file);
	if (name === "pyproject.toml" || name === "pixi.toml" || name === "meta.yaml") return name;
	return name.endsWith(".toml") ? "a TOML file" : null;
}
function refuseForeign(file) {
	const what = foreignSource(file);
	if (what === null) return;
	throw new ActionError("lock", `${file}: a lock is not made from ${what} here`, ["Packages are read from environment.yml files; pyproject.toml and meta.yaml can only be read by conda-lock itself", "Name the packages in an environment.yml, or set lock-engine: conda-lock"]);
}
// src/lock/lock-target.ts
/** The files that `lockTargets` and the specs of what it finds may ask for, besides the locks themselves. */
function lockInputs(images, files) {
	const paths = images.flatMap((image) => [
		...image.lockSources,
		...besideOf(image.path, environmentNames),
		...besideOf(image.path, virtualPackageNames),
		...(metadataOf(lockOf(image.path, files), files)?.sources ?? []).flatMap(endingsOf)
	]);
	return [...new Set(paths)];
}
/**
* The locks of a stack: one for each folder that has a conda-lock.yml, an environment.yml, or a word in spec.yml. Its sources
* are those that spec.yml names, else those of the lock that is there, else the environment.yml beside it; its platforms
* likewise. Throws ActionError('lock') for a lock whose head cannot be read.
*/
function lockTargets(images, files) {
	return [...Map.groupBy(images, ({ path }) => path).values()].flatMap((group) => targetOf(group, files) ?? []);
}
const lockNames = ["conda-lock.yml", "conda-lock.yaml"];
const environmentNames = ["environment.yml", "environment.yaml"];
const virtualPackageNames = ["virtual-packages.yml", "virtual-packages.yaml"];
function targetOf(group, files) {
	const image = group.find(({ lockSources }) => lockSources.length > 0) ?? group[0];
	if (!image) return null;
	const folder = image.path;
	const lock = lockOf(folder, files);
	const metadata = metadataOf(lock, files);
	const found = sourcesOf$1(image, {
		lock,
		metadata,
		files
	});
	if (!found) return null;
	return {
		images: group.map(({ name }) => name),
		folder,
		lock,
		packagesList: posix.join(folder, "packages.txt"),
		...found,
		platforms: image.declared.lockPlatforms.length > 0 ? image.declared.lockPlatforms : metadata?.platforms ?? [],
		virtualPackages: besideOf(folder, virtualPackageNames).find((path) => isThere(path, files)) ?? null,
		metadata
	};
}
function sourcesOf$1(image, present) {
	const { lock, files } = present;
	const recorded = recordedSources(image.path, present);
	const known = sourcesWithin(image.path, present).filter((path) => path !== void 0 && isInside(path));
	if (image.lockSources.length > 0 && image.lockSources.join("\n") !== known.join("\n")) return {
		sources: image.lockSources,
		origin: "spec.yml names the sources"
	};
	if (recorded.length > 0) return {
		sources: recorded,
		origin: `${lock} names its sources`
	};
	const beside = besideOf(image.path, environmentNames).find((path) => isThere(path, files));
	return beside ? {
		sources: [beside],
		origin: `${posix.basename(beside)} stands beside the Dockerfile`
	} : null;
}
/** What a lock was made from, as paths of this repository; none where one of them lies outside. */
function recordedSources(folder, present) {
	const sources = sourcesWithin(folder, present);
	const inside = sources.filter((path) => path !== void 0 && isInside(path));
	return inside.length === sources.length ? [...new Set(inside)] : [];
}
/** Its sources from the repository's root; undefined for an absolute one that is not in the repository. */
function sourcesWithin(folder, { metadata, files }) {
	return (metadata?.sources ?? []).map((source) => posix.isAbsolute(source) ? endingsOf(source).find((path) => isThere(path, files)) : posix.join(folder, source));
}
function isInside(path) {
	return path !== ".." && !path.startsWith("../");
}
function lockOf(folder, files) {
	const [first = "", ...others] = besideOf(folder, lockNames);
	return [first, ...others].find((path) => isThere(path, files)) ?? first;
}
function metadataOf(lock, { contents }) {
	const text = contents.get(lock);
	return text === void 0 ? null : readLockMetadata(text, lock);
}
function besideOf(folder, names) {
	return names.map((name) => posix.join(folder, name));
}
function isThere(path, { contents, refused }) {
	return contents.has(path) || refused.has(path);
}
// src/lock/lock-states.ts
/**
* All locks of a stack and their freshness: a matter of milliseconds, for nothing is solved or fetched. `foreign: true` lets
* sources pass that only the program conda-lock reads. Throws ActionError('lock') for a source that is missing or no good.
*/
function lockStates(question) {
	const { images, files, foreign = false } = question;
	const read = environmentReader();
	return lockTargets(images, files).map((target) => {
		const spec = foreign && target.sources.some((source) => foreignSource(source) !== null) ? null : lockSpecOf(target, files, read);
		return {
			target,
			spec,
			freshness: freshnessOf$1(target, spec)
		};
	});
}
/** What the sources of a lock ask for together. Throws ActionError('lock'). */
function lockSpecOf(target, files, read = environmentReader()) {
	const { sources, platforms, virtualPackages } = target;
	return makeLockSpec({
		files: sources.map((file) => ({
			file,
			text: foreignSource(file) ? "" : textOf(file, target, files)
		})),
		platforms,
		virtualPackages: virtualPackages ? readVirtualPackages({
			file: virtualPackages,
			text: textOf(virtualPackages, target, files)
		}) : null,
		read
	});
}
function textOf(file, { lock }, { contents, refused }) {
	const text = contents.get(file);
	if (text !== void 0) return text;
	throw new ActionError("lock", `${file}: ${refused.get(file) ?? "it is not there"}, but ${lock} is made from it`, ["A source is a regular file of the repository", "Restore it, or name the sources in spec.yml: lock: sources"]);
}
function freshnessOf$1(target, spec) {
	const { lock, metadata } = target;
	const platforms = spec?.platforms ?? target.platforms;
	return target.images.flatMap((image) => freshness({
		image,
		lock,
		spec,
		metadata,
		platforms
	}));
}
// src/steps/lock-scan.ts
/** Reads what the locks are made from and tells which of them are fresh. Nothing is solved or fetched. */
async function scanLocks({ images, tree, files, foreign }) {
	const whole = await statesOf(images, {
		tree,
		files,
		foreign
	});
	if (!(whole instanceof ActionError)) return {
		states: whole,
		failures: []
	};
	const folders = [...Map.groupBy(images, ({ path }) => path).values()];
	const each = await Promise.all(folders.map(async (group) => ({
		images: group,
		found: await statesOf(group, {
			tree,
			files,
			foreign
		})
	})));
	return {
		states: each.flatMap(({ found }) => found instanceof ActionError ? [] : found),
		failures: each.flatMap(({ images, found }) => found instanceof ActionError ? [{
			images,
			error: found
		}] : [])
	};
}
/**
* Whether somebody keeps a lock for it: an environment.yml alone may be meant to be installed as it is, and gets a lock only
* where a person asks for one.
*/
function isKept({ target }, images) {
	return target.metadata !== null || images.some((image) => target.images.includes(image.name) && isDeclared(image));
}
/** The answer of `lock --check`: every kept lock, and as stale what cannot be read. */
function freshnessOf({ states, failures }, images) {
	const known = states.filter((state) => isKept(state, images)).flatMap((state) => state.freshness);
	const unknown = failures.flatMap((failure) => failure.images.flatMap(({ name, declared }) => (declared.lockPlatforms.length > 0 ? declared.lockPlatforms : ["linux-64"]).map((platform) => ({
		image: name,
		platform,
		fresh: false,
		reason: failure.error.message
	}))));
	return [...known, ...unknown];
}
function isDeclared({ lockSources, declared }) {
	return lockSources.length > 0 || declared.lockPlatforms.length > 0;
}
async function statesOf(images, { tree, files, foreign }) {
	try {
		const read = await files.read(lockInputs(images, tree));
		const all = (part) => new Map([...read[part], ...heads(tree[part])]);
		return lockStates({
			images,
			files: {
				contents: all("contents"),
				refused: all("refused")
			},
			foreign
		});
	} catch (error) {
		if (error instanceof ActionError && error.code === "lock") return error;
		throw error;
	}
}
/** What the tree tells of locks; their heads are all that is needed here. */
function heads(found) {
	return [...found].filter(([path]) => /(^|\/)conda-lock\.ya?ml$/.test(path));
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
		place: `${one.origin.file}:${one.origin.line}`
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
		path: posix.join(folder, `conda-${platform}.lock`),
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
		before: old && compared(old),
		after: compared(lock),
		sizes
	}).filter((diff) => platforms.includes(diff.platform));
}
function compared({ metadata, packages }) {
	return {
		platforms: metadata.platforms,
		channels: metadata.channels.map(({ url }) => url),
		packages
	};
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
	const paths = states.filter(({ target }) => locks.has(target.lock)).flatMap(({ target }) => [
		...target.sources,
		target.lock,
		target.virtualPackages ?? posix.join(target.folder, "virtual-packages.yml")
	]);
	return [...new Set(paths)].sort();
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
export { setStatus as C, recentCommits as S, keyOf$1 as T, differing as _, besides as a, branchTip as b, renderedOutput as c, scanLocks as d, checkRules as f, changedPaths as g, asEntries as h, relockPlace as i, freshnessOf as l, readLockPlace as m, stackFolder as n, changedFiles as o, lockPlace as p, stackName as r, isPackagesList as s, runUrl as t, isKept as u, refuseOddFiles as v, commitMessage as w, commitOnBranch as x, sourcesKey as y };
