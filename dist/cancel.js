import { i as messageOf, t as ActionError } from "./errors.js";
import { t as canonicalReference } from "./canonical.js";
import { r as killAll } from "./exec.js";
import { n as visible, t as shorten } from "./visible.js";
import { r as paint } from "./paint.js";
import { t as nearest } from "./nearest.js";
import { t as parse } from "./sync.js";
import { r as readCacheEntry, t as cacheTypes } from "./entry.js";
import { a as choice, c as date, f as packageName, g as size, h as repositoryPath, i as boolean, l as duration, m as registryPrefix, n as attempt, o as conflict, p as platform, r as autoOrBoolean, s as count, t as annotations, u as invalid } from "./input-values.js";
import { r as publishInputNames, t as loadPublishInputs } from "./publish-inputs.js";
// src/report/text.ts
const LINES = 5;
const WIDTH = 400;
/** An error for a person, without a line end: what and where first, why and the remedy below, five lines at most. */
function renderError(error, options) {
	const lines = [...error instanceof ActionError ? error.details : [], ...causes(error)].flatMap((text) => text.split("\n")).filter((line) => line.trim() !== "");
	const shown = lines.length < LINES ? lines : [...lines.slice(0, 3), `(${lines.length - LINES + 2} more lines in the debug log)`];
	return [`${paint(["bold", "red"], "error:", options)} ${clean(messageOf(error))}`, ...shown.map((line) => `       ${clean(line)}`)].join("\n");
}
/** All of an error: every detail, the chain of causes, the stack. For `--debug`. */
function renderErrorDetails(error) {
	const details = error instanceof ActionError ? error.details : [];
	const stack = error instanceof Error && error.stack !== void 0 ? error.stack.split("\n").slice(1) : [];
	return [
		messageOf(error),
		...details,
		...causes(error),
		...stack
	].flatMap((text) => text.split("\n")).map(visible).join("\n");
}
/** Messages of the causes that say something new. */
function causes(error) {
	const found = [];
	let said = messageOf(error);
	let cause = error instanceof Error ? error.cause : void 0;
	while (cause !== void 0 && cause !== null && found.length < 10) {
		const message = messageOf(cause);
		if (!said.includes(message)) found.push(`because: ${message}`);
		said += message;
		cause = cause instanceof Error ? cause.cause : void 0;
	}
	return found;
}
function clean(line) {
	return shorten(visible(line), WIDTH);
}
// src/cache-inputs.ts
/** Names of the inputs about caches. */
const cacheInputNames = [
	"cache",
	"cache-from",
	"cache-to",
	"cache-size"
];
const linesWithQuotes$1 = {
	separator: "lines",
	quote: false
};
/** Texts → checked values. Throws ActionError('input'). */
function loadCacheInputs({ text, list }) {
	return {
		cache: choice("cache", text("cache") || "auto", [
			"auto",
			"local",
			"registry",
			"gha",
			"inline",
			"none"
		]),
		cacheFrom: list("cache-from", linesWithQuotes$1).map((value) => cacheValue("cache-from", value)),
		cacheTo: list("cache-to", linesWithQuotes$1).map((value) => cacheValue("cache-to", value)),
		cacheSize: size("cache-size", text("cache-size"), 6e9)
	};
}
/** What needs a registry has one. */
function refuseHomelessCache({ cache }, registry) {
	if (registry.length > 0 || cache !== "registry" && cache !== "inline") return;
	throw conflict(`input cache: ${cache}, but registry is empty: there is nowhere to keep the cache`, ["set registry, for example `registry: quay.io/pangeo`, or leave cache to its default"]);
}
/** The value as it was written. A message names no value of an attribute: some are secrets. */
function cacheValue(name, value) {
	const remedy = `write it as buildx does, for example type=registry,ref=quay.io/me/app:cache${name === "cache-to" ? ",mode=max" : ""}`;
	const refuse = (why, hints = [], options = {}) => new ActionError("input", `input ${name}: ${why}`, [...hints, remedy], options);
	try {
		const { type, attributes } = readCacheEntry(value);
		if (!cacheTypes.some((known) => known === type)) {
			const guesses = nearest(type, cacheTypes);
			const hint = guesses.length > 0 ? [`did you mean ${guesses.join(" or ")}?`] : [];
			throw refuse(`${JSON.stringify(type)} is no type of cache`, [...hint, `it can be ${cacheTypes.join(", ")}`]);
		}
		const needed = {
			registry: "ref",
			local: name === "cache-from" ? "src" : "dest"
		}[type];
		if (needed && !attributes[needed]) throw refuse(`type=${type} without ${needed}`);
		if (type === "inline" && name === "cache-from") throw refuse("type=inline is read from the image itself", ["give type=registry with its reference"]);
		return value;
	} catch (error) {
		if (error instanceof ActionError) throw error;
		throw refuse(messageOf(error));
	}
}
// src/check-inputs.ts
/** Names of the inputs about checks. */
const checkInputNames = [
	"tests",
	"manifests",
	"provenance",
	"sbom"
];
/** Texts → checked values. Throws ActionError('input'). */
function loadCheckInputs({ text }) {
	return {
		tests: autoOrBoolean("tests", text("tests")),
		manifests: autoOrBoolean("manifests", text("manifests")),
		attest: [...attestation("provenance", text("provenance")), ...attestation("sbom", text("sbom"))]
	};
}
/** What each takes besides true and false, as docker/build-push-action has it. */
const parameters = {
	provenance: /^(mode=(min|max)|builder-id=[^,"\s]+|reproducible=(true|false)|inline-only=(true|false)|version=[\w.]+)$/,
	sbom: /^(generator=[\w.:/@-]+|scan-context=(true|false)|scan-stage=(true|false))$/
};
const remedies = {
	provenance: "it can be true, false, mode=min, mode=max, with builder-id=URL",
	sbom: "it can be true, false or generator=IMAGE"
};
function attestation(name, value) {
	if (value === "") return [];
	if (/^false$/i.test(value)) return [`type=${name},disabled=true`];
	if (/^true$/i.test(value)) return [`type=${name}`];
	if (value.split(",").every((part) => parameters[name].test(part))) return [`type=${name},${value}`];
	throw new ActionError("input", `input ${name}: ${JSON.stringify(shorten(value, 100))} is not a value of it`, [remedies[name]]);
}
// src/cleanup-inputs.ts
/** Names of the inputs of `cleanup`. */
const cleanupInputNames = [
	"older-than",
	"keep-n-tagged",
	"exclude-tags"
];
/** Texts → checked values. Throws ActionError('input'). */
function loadCleanupInputs({ text, list }) {
	const keep = text("keep-n-tagged") || "0";
	if (!/^\d{1,4}$/.test(keep)) throw invalid("keep-n-tagged", keep, ["it is a whole number, 0 for none"]);
	const excludeTags = [...new Set(list("exclude-tags", { separator: "lines-or-commas" }))];
	const long = excludeTags.find((glob) => glob.length > 128);
	if (long) throw invalid("exclude-tags", long, ["it is a tag, or a pattern of tags: `cache-release-*`"]);
	return {
		olderThan: duration("older-than", text("older-than") || "30d") ?? 0,
		keepNTagged: Number(keep),
		excludeTags,
		removes: /^false$/i.test(text("dry-run"))
	};
}
// src/history-inputs.ts
/** What `history` can show alone. */
const shown = [
	"images",
	"bases",
	"packages",
	"history",
	"dockerfiles",
	"jupyterhub",
	"prepull",
	"binder"
];
/** Names of the inputs of `history`. */
const historyInputNames = [
	"show",
	"readme",
	"wiki",
	"binder-repository"
];
/** Texts → checked values. Throws ActionError('input'). */
function loadHistoryInputs({ text, list }) {
	const show = text("show");
	const binderRepository = text("binder-repository");
	if (!/^([A-Za-z0-9][A-Za-z0-9-]{0,38}\/[A-Za-z0-9._-]{1,100})?$/.test(binderRepository)) throw invalid("binder-repository", binderRepository, ["it is OWNER/NAME on GitHub: `pangeo-data/notebook-binder`"]);
	return {
		show: show === "" ? "" : choice("show", show, shown),
		readme: [...new Set(list("readme", { separator: "lines-or-commas" }))].map((path) => repositoryPath("readme", path, "it is a file of the repository, for example `README.md`")),
		wiki: boolean("wiki", text("wiki") || "false"),
		binderRepository
	};
}
// src/lists.ts
/** Items of a list input, empty ones left out. Throws where quotes do not close. */
function readList(text, { separator, quote = true, trim = true }) {
	if (text.trim() === "") return [];
	return parse(text, {
		columns: false,
		relax_quotes: true,
		relax_column_count: true,
		skip_empty_lines: true,
		...quote ? {} : { quote: false }
	}).flatMap((record) => {
		if (separator === "lines") return [record.join(",")];
		return record.length === 1 ? (record[0] ?? "").split(",") : record;
	}).filter((item) => item.trim() !== "").map((item) => trim ? item.trim() : item);
}
/** `key=value` items as a record; the value may hold `=`. Throws `Error` with the item for one without `=`. */
function readPairs(items) {
	const pairs = items.map((item) => {
		const at = item.indexOf("=");
		if (at <= 0) throw new Error(`${JSON.stringify(item)} is not KEY=VALUE`);
		return [item.slice(0, at).trim(), item.slice(at + 1)];
	});
	return Object.fromEntries(pairs);
}
// src/lock-inputs.ts
/** Names of the inputs about locks. */
const lockInputNames = [
	"lock-mode",
	"lock-engine",
	"update",
	"exclude-newer",
	"allowed-channels",
	"allowed-hosts",
	"channel-mirrors",
	"packages-of-interest",
	"commit-message",
	"after-commit"
];
const linesOrCommas$1 = { separator: "lines-or-commas" };
/** Texts → checked values. Throws ActionError('input'). */
function loadLockInputs({ text, list, pairs }) {
	const unique = (name) => [...new Set(list(name, linesOrCommas$1))];
	const orDefault = (name, fallback) => {
		const given = unique(name);
		return given.length > 0 ? given : [fallback];
	};
	const inputs = {
		lockMode: choice("lock-mode", text("lock-mode") || "auto", [
			"auto",
			"check",
			"refresh",
			"minimal",
			"render",
			"off"
		]),
		lockEngine: choice("lock-engine", text("lock-engine") || "embedded", ["embedded", "conda-lock"]),
		update: [...new Set(list("update", linesOrCommas$1).map((name) => packageName("update", name)))],
		excludeNewer: date("exclude-newer", text("exclude-newer")),
		allowedChannels: [...new Set(orDefault("allowed-channels", "conda-forge").map(withoutSlash))],
		allowedHosts: orDefault("allowed-hosts", "files.pythonhosted.org").map((host) => host.toLowerCase()),
		channelMirrors: Object.fromEntries(Object.entries(pairs("channel-mirrors")).map(([name, url]) => [withoutSlash(name), withoutSlash(url.trim())])),
		packagesOfInterest: unique("packages-of-interest").map((name) => packageName("packages-of-interest", name)),
		commitMessage: text("commit-message"),
		afterCommit: choice("after-commit", text("after-commit") || "auto", [
			"auto",
			"build",
			"stop"
		])
	};
	if (inputs.update.length > 0 && !["auto", "minimal"].includes(inputs.lockMode)) throw conflict(`input update: ${inputs.update.join(", ")}, but lock-mode is ${inputs.lockMode}`, ["update goes with lock-mode auto or minimal: everything but these packages is kept"]);
	refuseUnsupported(inputs);
	return inputs;
}
/** What the program conda-lock has no word for. */
function refuseUnsupported({ lockEngine, lockMode, excludeNewer, channelMirrors }) {
	if (lockEngine !== "conda-lock") return;
	const wrong = [
		...lockMode === "minimal" ? ["lock-mode: minimal"] : [],
		...excludeNewer === null ? [] : ["exclude-newer"],
		...Object.keys(channelMirrors).length === 0 ? [] : ["channel-mirrors"]
	];
	if (wrong.length > 0) throw conflict(`input lock-engine: conda-lock does not go with ${wrong.join(", ")}`, ["leave it out, or take lock-engine: embedded"]);
}
function withoutSlash(text) {
	return text.replace(/\/+$/, "");
}
// src/matrix-inputs.ts
/** Names of the inputs of a build that is spread over several jobs. */
const matrixInputNames = ["push-by-digest", "digests"];
/** Texts → checked values; what `digests` holds is read later, when it is a folder. Throws ActionError('input'). */
function loadMatrixInputs({ text }) {
	return {
		pushByDigest: boolean("push-by-digest", text("push-by-digest") || "false"),
		digests: text("digests")
	};
}
// src/mount-inputs.ts
/** Names of the inputs about cache mounts. */
const mountInputNames = [
	"cache-mounts",
	"cache-mounts-size",
	"utility-image"
];
/** Texts → checked values. Throws ActionError('input'). */
function loadMountInputs({ text }) {
	return {
		cacheMounts: autoOrBoolean("cache-mounts", text("cache-mounts")),
		cacheMountsSize: size("cache-mounts-size", text("cache-mounts-size"), 2e9),
		utilityImage: imageReference(text("utility-image") || "busybox:stable")
	};
}
/** It stands in a Dockerfile: nothing but a reference may. */
function imageReference(value) {
	if (/^[\w.:/@-]+$/.test(value) && canonicalReference(value)) return value;
	throw new ActionError("input", `input utility-image: ${JSON.stringify(shorten(value, 100))} is no reference to an image`, ["write it as in FROM, for example busybox:stable or quay.io/me/busybox@sha256:…"]);
}
// src/inputs.ts
/** Names of the inputs, as in action.yml; the command line has a flag of each name. */
const inputNames = [
	"path",
	"images",
	"spec",
	"registry",
	"command",
	"platforms",
	"build-args",
	"build-contexts",
	"secrets",
	"secret-files",
	"secret-envs",
	"ssh",
	"labels",
	"annotations",
	"tags",
	"flavor",
	"builder",
	"push",
	"load",
	"no-cache",
	"pull",
	"reuse",
	"max-age",
	"target",
	"jobs",
	"monolithic",
	...matrixInputNames,
	...cacheInputNames,
	...mountInputNames,
	...checkInputNames,
	...publishInputNames,
	...lockInputNames,
	...cleanupInputNames,
	...historyInputNames,
	"dry-run",
	"github-token"
];
/** Inputs that are true or false; on the command line they are flags without a value. */
const booleanInputs = [
	"push",
	"push-by-digest",
	"load",
	"no-cache",
	"pull",
	"monolithic",
	"tests",
	"manifests",
	"wiki",
	"dry-run"
];
const lines = { separator: "lines" };
const linesOrCommas = { separator: "lines-or-commas" };
const linesWithQuotes = {
	separator: "lines",
	quote: false
};
const linesAsTheyAre = {
	separator: "lines",
	trim: false
};
/**
* Texts of the inputs → checked values; `read` gives '' for what was not set. `cores` is the default of `jobs`.
* Throws ActionError('input') that names the input, the value and the remedy.
*/
function loadInputs(read, cores) {
	const text = (name) => read(name).trim();
	const list = (name, syntax) => attempt(name, () => readList(read(name), syntax), "one item a line; quotes as in CSV: close them, or leave them out");
	const unique = (name) => [...new Set(list(name, linesOrCommas))];
	const pairs = (name) => attempt(name, () => readPairs(list(name, lines)), "write one KEY=VALUE a line");
	const inputs = {
		path: repositoryPath("path", text("path"), "it is a folder below the repository, for example `images`"),
		images: unique("images"),
		spec: repositoryPath("spec", text("spec"), "it is a file of the repository, for example `images/spec.yml`"),
		registry: [...new Set(unique("registry").map(registryPrefix))],
		command: choice("command", text("command") || "auto", [
			"auto",
			"plan",
			"build",
			"merge",
			"lock",
			"diff",
			"release",
			"promote",
			"revert",
			"history",
			"cleanup"
		]),
		platforms: [...new Set(unique("platforms").map(platform))],
		buildArgs: pairs("build-args"),
		buildContexts: pairs("build-contexts"),
		secrets: readSecrets(list),
		ssh: list("ssh", linesOrCommas),
		labels: pairs("labels"),
		annotations: annotations(list("annotations", lines)),
		tags: list("tags", linesWithQuotes),
		flavor: list("flavor", linesWithQuotes),
		builder: text("builder"),
		push: autoOrBoolean("push", text("push")),
		load: autoOrBoolean("load", text("load")),
		noCache: boolean("no-cache", text("no-cache") || "false"),
		pull: boolean("pull", text("pull") || "false"),
		reuse: choice("reuse", text("reuse") || "all", ["all", "branch"]),
		maxAge: duration("max-age", text("max-age")),
		target: text("target"),
		jobs: count("jobs", text("jobs"), cores),
		monolithic: boolean("monolithic", text("monolithic") || "false"),
		...loadMatrixInputs({ text }),
		...loadPublishInputs(text),
		...loadCacheInputs({
			text,
			list
		}),
		...loadMountInputs({ text }),
		...loadCheckInputs({ text }),
		...loadLockInputs({
			text,
			list,
			pairs
		}),
		...loadHistoryInputs({
			text,
			list
		}),
		...loadCleanupInputs({
			text,
			list
		}),
		dryRun: boolean("dry-run", text("dry-run") || "false"),
		githubToken: text("github-token")
	};
	refuseContradictions(inputs);
	return inputs;
}
function refuseContradictions(inputs) {
	refuseHomelessCache(inputs, inputs.registry);
	if (inputs.push === true && inputs.registry.length === 0) throw new ActionError("input", "input push: true, but registry is empty: there is nowhere to push to", ["set registry, for example `registry: quay.io/pangeo`, or leave push to its default"]);
	if (inputs.load === true && inputs.platforms.length > 1) throw new ActionError("input", `input load: true, but platforms names ${inputs.platforms.length}: ${inputs.platforms.join(", ")}`, ["an engine loads one platform: name one, or leave load out"]);
	const spread = inputs.pushByDigest ? "push-by-digest" : inputs.digests === "" ? null : "digests";
	if (inputs.monolithic && (spread || inputs.command === "merge")) throw new ActionError("input", `input monolithic: true, and ${spread ? `input ${spread}` : "command merge"}`, ["one process builds all images, or several jobs share them: leave one of the two out"]);
	const ids = inputs.secrets.map((secret) => secret.id);
	const twice = ids.find((id, at) => ids.indexOf(id) !== at);
	if (twice) throw new ActionError("input", `the secret id "${twice}" is given twice in secrets, secret-files and secret-envs`, ["give each id once"]);
}
function readSecrets(list) {
	const entries = (name, syntax) => list(name, syntax).map((item) => {
		const at = item.indexOf("=");
		if (item.slice(0, Math.max(0, at)).trim() === "") throw new ActionError("input", `input ${name}: an item has no id`, ["write each item as ID=VALUE"]);
		return [item.slice(0, at).trim(), item.slice(at + 1)];
	});
	return [
		...entries("secrets", linesAsTheyAre).map(([id, value]) => ({
			id,
			source: { value }
		})),
		...entries("secret-files", lines).map(([id, file]) => ({
			id,
			source: { file }
		})),
		...entries("secret-envs", linesOrCommas).map(([id, env]) => ({
			id,
			source: { env }
		}))
	];
}
// src/tools/cancel.ts
/**
* A signal that fires when the run is cancelled. GitHub's runner sends SIGINT, after 7.5 s SIGTERM, after 2.5 s more it
* kills: the first one ends the children, nothing is pushed or tagged afterwards.
*/
function cancellation() {
	const controller = new AbortController();
	for (const name of [
		"SIGINT",
		"SIGTERM",
		"SIGHUP"
	]) process.on(name, () => {
		if (controller.signal.aborted && name !== "SIGTERM") return;
		if (controller.signal.aborted) killAll();
		controller.abort(/* @__PURE__ */ new Error(`cancelled by ${name}`));
	});
	process.on("exit", killAll);
	return controller.signal;
}
export { renderError as a, loadInputs as i, booleanInputs as n, renderErrorDetails as o, inputNames as r, cancellation as t };
