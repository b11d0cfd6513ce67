import { i as findBases, n as recordStack } from "./stack-file.js";
import { a as isTested, i as checksOf, n as tagsOfBuild, t as describeImages, u as TestsFailed } from "./describe.js";
import { i as messageOf, n as explained, r as fullDisk, t as ActionError } from "./errors.js";
import { t as createProgress } from "./progress.js";
import { t as isAddress } from "./address.js";
import { i as targetNames, n as bakeDefinition, t as bakeArguments } from "./bake.js";
import { t as canonicalReference } from "./canonical.js";
import { o as externalReferences } from "./fingerprint-label.js";
import { t as pLimit } from "./p-limit.js";
import { n as isInside } from "./inside.js";
import { n as noPlaces, t as joinPlaces } from "./types.js";
import { a as imageTag, i as imageReferences, r as imageNames } from "./tags.js";
import { n as failure } from "./exec.js";
import { i as prepareBuilder, n as needsOf, o as hasEngine } from "./builder.js";
import { n as unbuilt, r as unbuiltResults, t as observe } from "./observe.js";
import { n as prepareMounts } from "./cache-mounts.js";
import { n as hasCacheService } from "./environment.js";
import { t as branchHead } from "./github.js";
import { t as moveTags } from "./move-tags.js";
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
// src/stack/schedule.ts
/**
* Runs tasks as soon as all that they wait for have succeeded, at most `jobs` at once. A task whose predecessor did
* not succeed is not run: `skip` gives its value, with the first such predecessor. Others go on. `tasks` hold no cycle.
* A task may call `release` when the rest of its work is light: another one takes its place then. One job is one at a time.
*/
async function runTasks(tasks, { jobs, run, skip }) {
	const limit = pLimit(jobs);
	const started = /* @__PURE__ */ new Map();
	const known = new Map(tasks.map((task) => [task.name, task]));
	const start = (task) => {
		const running = started.get(task.name);
		if (running) return running;
		const promise = perform(task);
		started.set(task.name, promise);
		return promise;
	};
	const perform = async (task) => {
		await null;
		const before = task.after.flatMap((name) => known.get(name) ?? []);
		const failed = (await Promise.all(before.map(start))).findIndex((end) => !end.ok);
		if (failed >= 0) return {
			ok: false,
			value: skip(task.name, before[failed]?.name ?? "")
		};
		const { promise: end, resolve, reject } = Promise.withResolvers();
		const released = Promise.withResolvers();
		const release = () => jobs > 1 ? released.resolve() : void 0;
		const work = () => run(task.name, release).then(resolve, reject).finally(released.resolve);
		await limit(() => Promise.race([work(), released.promise]));
		return await end;
	};
	const ends = await Promise.all(tasks.map(async (task) => [task.name, (await start(task)).value]));
	return new Map(ends);
}
// src/tools/transient.ts
/** BuildKit retries for 7 seconds and containerd ignores Retry-After: these waits (milliseconds) are ours, on top. */
const defaultWaits = [
	2e3,
	8e3,
	2e4
];
/** What may pass by itself when it comes from a registry or on the way to it. Refusals (401, 403, 404) are not in it. */
const passing = [
	/unexpected (HTTP )?status( code)?\b[^\n]*: (408|429|500|502|503|504)\b/i,
	/\b(429 Too Many Requests|500 Internal Server Error|502 Bad Gateway|503 Service Unavailable|504 Gateway Timeout)/i,
	/(^|: )unavailable: /i,
	/toomanyrequests|connection reset by peer|broken pipe|unexpected EOF|i\/o timeout|TLS handshake timeout/i,
	/failed to (do request|push|copy|authorize)[^\n]*: EOF/i
];
/** Whether an error's text tells of a fault that a later try may not meet. */
function isTransient(message) {
	return passing.some((pattern) => pattern.test(message));
}
/**
* Tries again after what may pass by itself, three times at most: what the message tells of, or what the error itself
* says is `transient`. `onRetry` is told why and how long the wait is.
*/
async function retryTransient(attempt, { signal, onRetry, waits = defaultWaits }) {
	for (const wait of waits) try {
		return await attempt();
	} catch (error) {
		if (!(isTransient(messageOf(error)) || error.transient === true) || signal.aborted) throw error;
		onRetry(messageOf(error), wait);
		await setTimeout(wait, void 0, { signal }).catch((cause) => {
			throw new ActionError("cancelled", "the run was cancelled while it waited to try again", [], { cause });
		});
	}
	return await attempt();
}
// src/steps/outputs.ts
/** Pushes, loads into the engine, both, or keeps the result in the builder's cache alone. */
async function chooseOutputs({ inputs, host, builder, decision }) {
	const { push } = decision.push;
	const load = await decideLoad({
		inputs,
		host,
		builder,
		push
	});
	const classic = builder.driver === "docker";
	const { immutable } = decision.rules;
	const isStamped = ({ name }) => Boolean(decision.stamps?.get(name)?.references.length);
	const values = [...push ? ["type=image,push=true"] : [], ...load && !(classic && push) ? ["type=docker"] : []];
	return {
		push,
		load,
		byDigest: push && inputs.pushByDigest,
		rounds: values.length > 0 ? values : ["type=cacheonly"],
		builds: (image, reference) => !(push && inputs.pushByDigest) && (!push || (immutable === null ? !isStamped(image) : reference.endsWith(`:${imageTag(image, immutable)}`)))
	};
}
/**
* The output of one image: without a tag it has to say itself where it goes. docker's examples of builds for several platforms
* have the same words: https://docs.docker.com/build/exporters/image-registry/
*/
function namedOutput(output, names, { byDigest }) {
	if (!byDigest || !output.startsWith("type=image")) return output;
	return `${output},push-by-digest=true,name-canonical=true,"name=${names.join(",")}"`;
}
async function decideLoad({ inputs, host, builder, push }) {
	if (inputs.load === true && builder.driver !== "docker" && !await hasEngine(host)) throw new ActionError("input", "input load: true, but no Docker engine answers: there is nothing to load into", ["start Docker (`docker info` has to work), or leave load out"]);
	if (inputs.load !== "auto") return inputs.load;
	if (host.kind === "action" || push || inputs.platforms.length > 1) return false;
	if (builder.driver === "docker") return true;
	const engine = await hasEngine(host);
	if (!engine) host.out.notice("no Docker engine answers: the images stay in the builder’s cache (push: true sends them to a registry)");
	return engine;
}
// src/steps/verify.ts
/**
* Reads back what was pushed and compares its first layers with the parent's of this run: a child on another parent
* than the one that is published is an error. Gives null where the registry cannot be read.
*/
async function verifyImage(question) {
	const { source, decision, planned, digest, facts } = question;
	const image = await readBack(question, planned.name, digest);
	const parent = source.stack.images.find((candidate) => candidate.name === planned.name)?.parents.find((edge) => edge.base)?.name;
	const parentDigest = parent ? facts.digests.get(parent) ?? decision.plan.images.find((candidate) => candidate.name === parent)?.digest : null;
	if (!image || !parent || !parentDigest) return image;
	const base = await readBack(question, parent, parentDigest);
	if (base?.diffIds.some((layer, at) => image.diffIds[at] !== layer)) throw new ActionError("build", `${planned.name} was not built on the ${parent} of this run`, [`its first ${base.diffIds.length} layers are not those of ${parentDigest}`, "another build may have pruned the builder’s cache meanwhile: run again"]);
	return image;
}
/**
* Whether what was pushed is what was tested, to the byte: the builder tells the digest of what its tests ran on. True where
* nothing was tested, or one of the two cannot be told.
*/
function isAsTested(image, tested) {
	const known = [tested?.manifest, tested?.config].filter((one) => typeof one === "string");
	return known.length === 0 || !image?.identities || known.some((one) => image.identities?.includes(one));
}
async function readBack({ source, inputs, host, registry }, name, digest) {
	const image = source.stack.images.find((candidate) => candidate.name === name);
	const [published] = image ? imageNames(image, inputs.registry) : [];
	const reference = published ? canonicalReference(`${published}@${digest}`) : null;
	try {
		return reference ? await registry.image(reference) : null;
	} catch (error) {
		if (!host.signal.aborted) host.out.warning(`${name} could not be read back, so its layers are not compared: ${messageOf(error)}`);
		return null;
	}
}
// src/steps/bake.ts
/**
* One image by bake, and what was pushed of it. Each output is a round of its own, the later ones from the builder's
* cache: of several at once buildx tells one digest only, and an annotation that one output cannot hold ends them all.
* Tests run when it is in the builder's cache, before the first output. Throws TestsFailed where they fail.
*/
async function bakeOne(build, progress) {
	const { question, planned, facts } = build;
	const afresh = question.inputs.noCache || planned.afresh === true;
	const { outputs } = facts;
	const push = outputs.push && (outputs.byDigest || pushedTags(build, facts.outputs).length > 0);
	const checks = await checksOf(build);
	let checked = null;
	let pushed = null;
	for (const [round, output] of roundsOf(push || !outputs.push ? outputs.rounds : [cacheOnly], checks).entries()) {
		const digest = await bakeRound(build, progress, {
			output,
			first: round === 0,
			noCache: round === 0 && afresh
		});
		if (push && output === outputs.rounds[0]) pushed = digest;
		if (isTested(checks) && round === 0) checked = await check(build, checks);
	}
	if (checks && !isTested(checks)) checked = await check(build, checks);
	if (push && !pushed) throw new ActionError("build", `buildx ended well but did not tell the digest of what it pushed for ${planned.name}`, ["its version may be too old for `bake --metadata-file`: update buildx"]);
	const image = pushed ? await verifyImage({
		...question,
		planned,
		digest: pushed,
		facts
	}) : null;
	if (isTested(checks) && !isAsTested(image, checked?.tested ?? null)) checked = await checkAgain(build, checks, pushed);
	return {
		digest: pushed,
		image,
		checked
	};
}
/** BuildKit may build again what it has just built, above all where builds of one parent run side by side. */
async function checkAgain(build, checks, digest) {
	const { question, planned } = build;
	question.host.out.info(`${planned.name}: the builder built it anew for the push, so its tests run again, on what was pushed`);
	const [name] = namesOf(question, planned);
	return await check(build, checks, `${name}@${digest}`);
}
const cacheOnly = "type=cacheonly";
/** An image with tests is in the builder's cache alone until they have passed. */
function roundsOf(rounds, checks) {
	return !isTested(checks) || rounds[0] === cacheOnly ? rounds : [cacheOnly, ...rounds];
}
async function check(build, checks, pushed) {
	const { checkImage } = await import("./check-image.js");
	return await checkImage(build, {
		...checks,
		...pushed ? { pushed } : {}
	});
}
function pushedTags({ question, planned }, outputs) {
	const image = question.source.stack.images.find(({ name }) => name === planned.name);
	return image ? tagsOfBuild(question.decision, planned, image, outputs) : [];
}
/** ignore-error does not help where BuildKit cannot even begin with a cache: a token that has expired, an address that is none. */
const noCacheToBeHad = /^failed to configure \S+ cache (exporter|importer)\b/;
async function bakeRound(build, progress, { first, ...round }) {
	const { question, planned } = build;
	const cache = first ? await question.caches.of(planned.name) : noPlaces;
	try {
		return await bakeWith(build, progress, {
			...round,
			cache
		});
	} catch (error) {
		if (!(error instanceof BakeError && noCacheToBeHad.test(error.failure.message))) throw error;
		question.host.out.warning(`${planned.name} is built without a cache from run to run: ${error.failure.message}`);
		return await bakeWith(build, progress, {
			...round,
			cache: noPlaces
		});
	}
}
async function bakeWith({ question, planned, target, facts, release }, progress, { output, noCache, cache }) {
	const { host, buildx, builder, inputs, observer } = question;
	const folder = path.join(host.temp, "bake");
	await mkdir(folder, { recursive: true });
	const file = path.join(folder, `${target}.json`);
	const metadataFile = path.join(folder, `${target}.metadata.json`);
	const { images, allowRead } = describeImages({
		...question,
		facts
	});
	const fitting = output === "type=docker" ? images.map(forEngine) : images;
	await writeFile(file, JSON.stringify(bakeDefinition(fitting, facts.targets), null, 2));
	const args = bakeArguments({
		builder: builder.name,
		file,
		metadataFile,
		target,
		outputs: [namedOutput(output, namesOf(question, planned), facts.outputs)],
		noCache,
		pull: inputs.pull,
		allowRead,
		allowSsh: facts.secrets.ssh.length > 0,
		cache,
		attest: /\bpush=true\b/.test(output) ? inputs.attest : []
	});
	host.out.debug(`buildx bake ${args.join(" ")}`);
	const feed = (line) => {
		progress.feed(line);
		observer.progressed(planned.name, progress);
		if (line.includes("\"name\":\"exporting to image\"")) release();
	};
	const ended = await buildx.bake(args, feed, {
		...facts.secrets.env,
		...cache.env
	});
	if (ended.status !== 0) {
		const { message } = failure({
			file: "buildx",
			args: ["bake"]
		}, ended);
		throw new BakeError(message, ended.signal, progress.failure());
	}
	return await readDigest(metadataFile, target);
}
/** Where an image is pushed. */
function namesOf({ source, inputs }, { name }) {
	const image = source.stack.images.find((candidate) => candidate.name === name);
	return image ? imageNames(image, inputs.registry) : [];
}
/** What an engine loads has no index: BuildKit refuses annotations of one, and several platforms. */
function forEngine(image) {
	return {
		...image,
		annotations: image.annotations.filter((annotation) => !/^[a-z-,]*\bindex\b/.test(annotation)),
		platforms: image.platforms.length > 1 ? [] : image.platforms
	};
}
/** bake ended with an error: what failed is told by its progress. */
var BakeError = class extends Error {
	endedBy;
	failure;
	/** A registry's own word for a fault hides its status, which only the log of the push still names. */
	transient;
	constructor(message, endedBy, failure) {
		super(message);
		this.endedBy = endedBy;
		this.failure = failure;
		this.transient = failure.step?.number === null && failure.tail.some(isTransient);
	}
};
/** Why an image failed, from whatever was thrown. */
function failureOf(error, planned) {
	if (error instanceof TestsFailed) return error.failure;
	if (error instanceof BakeError && !error.endedBy) return inWords(error.failure);
	const told = explained(error);
	const details = told instanceof ActionError ? [...told.details] : [];
	return {
		message: messageOf(told),
		step: null,
		dockerfile: planned.dockerfile,
		line: null,
		tail: details
	};
}
/** Two causes that the last message alone does not tell. */
function inWords(failure) {
	const said = (words) => ({
		...failure,
		message: `${words}: ${failure.message}`
	});
	if ([failure.message, ...failure.tail].some((line) => fullDisk.test(line))) return said("no space is left on a disk");
	return /code = Unavailable|error reading from server|closing transport|^context deadline exceeded$/.test(failure.message) ? said("the builder stopped answering") : failure;
}
/** Only the digest is read: buildx puts the event's payload and build arguments into the same file. */
async function readDigest(file, target) {
	const text = await readFile(file, "utf8").catch((error) => {
		if (error.code === "ENOENT") return "{}";
		throw error;
	});
	const digest = JSON.parse(text)[target]?.["containerimage.digest"];
	return typeof digest === "string" ? digest : null;
}
// src/steps/secrets.ts
const none = {
	specifications: [],
	ssh: [],
	env: {},
	allowRead: []
};
/** Puts secrets where buildx finds them. An untrusted run gets none, whatever its workflow says. */
async function prepareSecrets({ inputs, host, trust }) {
	if (inputs.secrets.length + inputs.ssh.length === 0) return none;
	if (trust !== "trusted") {
		host.out.notice("an untrusted run gets no secrets and no ssh agent");
		return none;
	}
	const folder = path.join(host.temp, "secrets");
	await mkdir(folder, {
		recursive: true,
		mode: 448
	});
	const prepared = await Promise.all(inputs.secrets.map((secret, at) => prepare(secret, path.join(folder, String(at)), host)));
	return {
		specifications: prepared.map((secret) => secret.specification),
		ssh: inputs.ssh,
		env: Object.assign({}, ...prepared.map((secret) => secret.env)),
		allowRead: prepared.flatMap((secret) => secret.allowRead)
	};
}
async function prepare({ id, source }, file, host) {
	if ("env" in source) {
		const value = host.env[source.env];
		if (value === void 0) throw new ActionError("input", `input secret-envs: the variable ${source.env} (secret ${id}) is not set`, ["set it in `env:` of the step"]);
		host.out.mask(value);
		return {
			specification: csv([
				`type=env`,
				`id=${id}`,
				`env=${source.env}`
			]),
			env: { [source.env]: value },
			allowRead: []
		};
	}
	if ("value" in source) {
		host.out.mask(source.value);
		await writeFile(file, source.value, { mode: 384 });
		await chmod(file, 384);
		return {
			specification: csv([
				`type=file`,
				`id=${id}`,
				`src=${file}`
			]),
			env: {},
			allowRead: [file]
		};
	}
	const own = path.resolve(host.cwd, source.file);
	return {
		specification: csv([
			`type=file`,
			`id=${id}`,
			`src=${own}`
		]),
		env: {},
		allowRead: [own]
	};
}
/** buildx reads these texts as one CSV record. */
function csv(fields) {
	return fields.map((field) => /[",\n]/.test(field) ? `"${field.replaceAll("\"", "\"\"")}"` : field).join(",");
}
// src/steps/build.ts
/**
* Builds what the plan says, in order, `jobs` at once. An image that fails takes its descendants out and nothing else.
* Gives a result for every image of the plan, in its order. Throws only for what concerns the whole run.
*/
async function buildStack(question) {
	const { plan } = question.decision;
	const builds = plan.images.filter((image) => image.action === "build");
	const facts = await gatherFacts(question, builds);
	const planned = new Map(builds.map((image) => [image.name, image]));
	const names = new Set(planned.keys());
	const results = await runTasks(builds.map((image) => ({
		name: image.name,
		after: image.parents.filter((parent) => names.has(parent))
	})), {
		jobs: question.inputs.jobs,
		run: async (name, release) => {
			const result = await buildImage({
				question,
				planned: planned.get(name),
				target: facts.targets.get(name) ?? name,
				facts,
				release
			});
			return {
				ok: result.outcome === "built",
				value: result
			};
		},
		skip: (name, because) => {
			const result = unbuilt(planned.get(name), "skipped", `its parent ${because} was not built`);
			question.observer.finished(result, []);
			return result;
		}
	});
	return plan.images.map((image) => results.get(image.name) ?? unbuilt(image, image.action === "reuse" ? "reused" : "unchanged", image.reason));
}
async function gatherFacts(question, builds) {
	const { source, inputs, host } = question;
	const names = new Set(builds.map((image) => image.name));
	const images = source.stack.images.filter((image) => names.has(image.name));
	await refuseOutside(images, host.cwd);
	const contexts = (image) => ({
		...image.contexts,
		...inputs.buildContexts
	});
	const [pins, secrets, outputs] = await Promise.all([
		question.bases.pins([...new Set(images.flatMap((image) => externalReferences(image, contexts(image))))], question),
		prepareSecrets({
			inputs,
			host,
			trust: source.trigger.trust
		}),
		chooseOutputs(question)
	]);
	const [created, remote] = await Promise.all([source.commit && source.git ? source.git.commitTime(source.commit) : null, source.git?.remoteUrl() ?? null]);
	return {
		targets: targetNames(builds.map((image) => image.name)),
		pins,
		secrets,
		outputs,
		created,
		remote,
		digests: /* @__PURE__ */ new Map()
	};
}
/** A link in a submodule is not seen in the plan, and buildx would follow it: a build reads no other files of the machine. */
async function refuseOutside(images, cwd) {
	for (const image of images) for (const context of [image.context, ...Object.values(image.contexts)]) if (!isAddress(context) && !await isInside(cwd, path.resolve(cwd, context))) throw new ActionError("stack", `${image.name}: its context ${context} leads out of the repository`, ["a symbolic link is on the way: give a folder of the repository itself"]);
}
async function buildImage(build) {
	const { question, planned, target } = build;
	const { observer } = question;
	const started = Date.now();
	let progress = createProgress(target, { dockerfile: planned.dockerfile });
	observer.started(planned.name);
	const finish = (extra) => {
		const { steps, warnings } = progress.state();
		const base = unbuilt(planned, "built", planned.reason);
		const downloaded = progress.downloaded();
		return {
			...base,
			started,
			completed: Date.now(),
			steps,
			warnings,
			downloaded,
			...extra
		};
	};
	let result;
	let log = [];
	try {
		await refuseTaken(build);
		const { digest, image, checked } = await retryTransient(() => {
			progress = createProgress(target, { dockerfile: planned.dockerfile });
			return bakeOne(build, progress);
		}, {
			signal: question.host.signal,
			onRetry: (message, wait) => question.host.out.notice(`${planned.name}: ${message}; again in ${Math.round(wait / 1e3)} s`)
		});
		if (digest) build.facts.digests.set(planned.name, digest);
		log = checked?.log ?? [];
		const tags = build.facts.outputs.push ? builtTags(build) : [];
		result = finish({
			digest,
			size: image?.size ?? null,
			tags,
			...found(checked?.report, checked?.manifest)
		});
	} catch (error) {
		if (question.host.signal.aborted) result = finish({
			outcome: "skipped",
			reason: "the run was cancelled"
		});
		else {
			const told = error instanceof TestsFailed ? found(error.report, error.manifest) : {};
			result = finish({
				outcome: "failed",
				failure: failureOf(error, planned),
				...told
			});
		}
	}
	observer.finished(result, [...progress.log(), ...log]);
	return result;
}
/** What is known of an image besides its build; nothing where nothing was found out. */
function found(tests, manifest) {
	return {
		...tests ? { tests } : {},
		...manifest ? { manifest } : {}
	};
}
/** The references that the build itself gives; those of the branch follow when the whole stack is done. */
function builtTags({ question, planned, facts }) {
	const image = question.source.stack.images.find((candidate) => candidate.name === planned.name);
	return image ? planned.tags.filter((reference) => facts.outputs.builds(image, reference)) : [];
}
/** The commit's tag was free when the plan was made; a run of the same commit may have set it since. */
async function refuseTaken({ question, planned, facts }) {
	const { decision, registry } = question;
	if (!facts.outputs.push || decision.rules.immutable === null) return;
	for (const text of builtTags({
		question,
		planned,
		facts
	})) {
		const reference = canonicalReference(text);
		if (reference && await registry.digest(reference).catch(() => null)) throw new ActionError("registry", `${text} is there by now: it is never overwritten`, ["another run published this commit meanwhile: run again, and use a concurrency group"]);
	}
}
// src/cache/strategies.ts
/** Throws ActionError('builder') where the strategy was asked for by name and the builder cannot export a cache. */
function chooseStrategy(facts) {
	const { asked, builder, service } = facts;
	if (asked === "auto") return chooseByItself(facts);
	if (asked !== "none" && asked !== "inline" && !canExport(builder)) throw new ActionError("builder", `input cache: ${asked}, but builder ${builder.name} (driver docker) cannot export a cache`, ["name a builder with the docker-container driver in the input builder (docker/setup-buildx-action makes one),", "or turn Docker’s containerd image store on, or set cache: none or inline"]);
	if ((asked === "gha" || asked === "local" && facts.action) && !service) return {
		strategy: "none",
		reason: "there is no cache service",
		lacking: `cache: ${asked}, but this run has no cache service (ACTIONS_RUNTIME_TOKEN, ACTIONS_RESULTS_URL): nothing is cached`
	};
	return {
		strategy: asked,
		reason: `cache: ${asked}`
	};
}
function chooseByItself({ builder, action, service, raw }) {
	const none = (reason) => ({
		strategy: "none",
		reason
	});
	if (raw) return none("cache-from or cache-to is given");
	if (builder.driver !== "docker-container") return none(`a builder of the driver ${builder.driver} keeps its own`);
	if (!action) return none("the builder of a machine keeps its own");
	if (!service) return none("there is no cache service");
	return {
		strategy: "local",
		reason: "a docker-container builder begins empty in each run"
	};
}
/** Docker's own driver exports caches from containerd's image store alone [buildx build/opt.go, driver.CacheExport]. */
function canExport({ driver, containerdStore }) {
	return driver !== "docker" || containerdStore;
}
// src/steps/caches.ts
const noCaches = {
	of: async () => noPlaces,
	settle: async (results) => results
};
/** Begins to restore what the builds of the plan can use. Throws for a strategy that the builder cannot have. */
async function prepareCaches(question) {
	const { inputs, host } = question;
	const raw = inputs.cacheFrom.length > 0 || inputs.cacheTo.length > 0;
	const choice = chooseStrategy({
		asked: inputs.cache,
		builder: question.builder,
		action: host.kind === "action",
		service: hasCacheService(host),
		raw
	});
	const said = `layers are cached: ${choice.strategy} (${choice.reason})`;
	host.out[choice.strategy === "none" ? "debug" : "info"](said);
	if (choice.lacking) host.out.warning(choice.lacking);
	const given = raw ? await (await import("./cache-raw.js")).prepareRaw(question) : noPlaces;
	const own = await cachesOf(choice, question);
	if (!raw) return own;
	return {
		of: async (name) => joinPlaces([given, await own.of(name)]),
		settle: own.settle
	};
}
async function cachesOf({ strategy }, question) {
	switch (strategy) {
		case "none": return noCaches;
		case "local": return (await import("./cache-local2.js")).prepareLocal(question);
		default: return (await import("./cache-remote2.js")).prepareRemote(strategy, question);
	}
}
// src/steps/publish.ts
/**
* Gives every image of the run its tags: the commit's own tag first, where a reused image lacks it, then the moving
* ones. Nothing moves unless the whole stack is green. Returns the results with the tags that each image has now.
*/
async function publish(question) {
	const { decision, results, host } = question;
	const red = results.some((result) => result.outcome === "failed" || result.outcome === "skipped");
	if (!decision.push.push || red) return [...results];
	if (host.signal.aborted) throw new ActionError("cancelled", "the run was cancelled before its tags were set");
	const { immutable, fixed = [], moving } = decision.rules;
	const tagged = await setTags$1(question, immutable ? [immutable, ...fixed] : [], results);
	if (immutable === null) return await setTags$1(question, moving, tagged);
	const moved = immutable && moving.length > 0 ? await moveAll(question, moving, tagged) : tagged;
	await recordStack({
		...question,
		results: moved
	});
	return moved;
}
/** The moving tags of all images in all registries, or of none. */
async function moveAll(question, moving, results) {
	const { source, decision, inputs } = question;
	const wanted = new Map(results.map((result) => [result.name, wantedOf(question, moving, result)]));
	const targets = results.flatMap((result) => (wanted.get(result.name) ?? []).map((reference) => targetOf(reference, result.digest ?? "")));
	if (targets.length === 0 || await isOvertaken(question)) return [...results];
	const request = `publish of ${moving.join(", ")} at ${decision.rules.immutable}`;
	const name = inputs.images.length > 0 ? `${request} for ${inputs.images.join(", ")}` : request;
	await moveTags({
		...question,
		source,
		command: "publish",
		request: name,
		targets: () => targets,
		fixed: true
	});
	return results.map((result) => ({
		...result,
		tags: [.../* @__PURE__ */ new Set([...result.tags, ...wanted.get(result.name) ?? []])]
	}));
}
/** References that the plan gives an image by these tags. */
function wantedOf({ source, inputs, decision }, tags, result) {
	const image = source.stack.images.find((candidate) => candidate.name === result.name);
	const planned = decision.plan.images.find((candidate) => candidate.name === result.name);
	if (!image || !result.digest || !planned) return [];
	return imageReferences(image, inputs.registry, tags).filter((reference) => planned.tags.includes(reference));
}
/** Whether the branch has moved on since: then its tag is for the newer commit's run to set. */
async function isOvertaken({ source, inputs, host }) {
	const { branch, repository, head } = source.trigger;
	const now = branch && head ? await branchHead({
		host,
		inputs,
		repository,
		branch
	}) : null;
	if (now === null || now === head || now === source.commit) return false;
	host.out.notice(`${branch} is at ${now.slice(0, 7)} by now: the tag ${branch} is left to its run`);
	return true;
}
async function setTags$1(question, tags, results) {
	if (tags.length === 0) return [...results];
	const settled = await Promise.allSettled(results.map((result) => setImageTags(question, tags, result)));
	const failed = settled.find((one) => one.status === "rejected");
	if (failed) throw failed.reason;
	return settled.flatMap((one) => one.status === "fulfilled" ? [one.value] : []);
}
async function setImageTags(question, tags, result) {
	const { source, inputs, registry, decision } = question;
	const image = source.stack.images.find((candidate) => candidate.name === result.name);
	const wanted = wantedOf(question, tags, result);
	if (!image || wanted.length === 0) return result;
	const current = await Promise.all(wanted.map((reference) => digestOf(registry, reference)));
	const taken = decision.rules.immutable === null ? void 0 : wanted.find((_, at) => current[at] && current[at] !== result.digest);
	if (taken) throw new ActionError("registry", `${taken} is there already with another digest: it is never overwritten`, ["another run published this commit meanwhile: run again, and use a concurrency group"]);
	const open = wanted.filter((_, at) => current[at] !== result.digest);
	for (const repository of imageNames(image, inputs.registry)) {
		const own = open.filter((reference) => reference.startsWith(`${repository}:`));
		if (own.length > 0) await retag(question, result, own);
	}
	return {
		...result,
		tags: [.../* @__PURE__ */ new Set([...result.tags, ...wanted])]
	};
}
/** Points references of one repository at the digest and reads back that they do: a registry must not give another for it. */
async function retag(question, result, references) {
	await move(question, result, references).catch((cause) => {
		if (question.host.signal.aborted) throw cause;
		const details = cause instanceof ActionError ? cause.details : [];
		throw new ActionError("registry", `${references.join(", ")} could not be set: ${messageOf(cause)}`, details, { cause });
	});
	for (const reference of references) {
		const now = await digestOf(question.registry, reference);
		if (now !== result.digest) throw new ActionError("registry", `${reference} is ${now ?? "missing"} after it was set to ${result.digest}`, ["another run may set the same tag: use a concurrency group, and run again"]);
	}
}
/** By the registry itself where it holds the image; from another one buildx copies it. */
async function move(question, result, references) {
	const { source, inputs, host, registry } = question;
	const image = source.stack.images.find((candidate) => candidate.name === result.name);
	const repository = references[0]?.slice(0, references[0].lastIndexOf(":")) ?? "";
	const home = await homeOf(registry, [repository, ...(image ? imageNames(image, inputs.registry) : []).filter((name) => name !== repository)], result.digest ?? "");
	const from = canonicalReference(`${home}@${result.digest}`);
	if (home === repository && from) return await registry.tag(from, references.map((reference) => reference.slice(repository.length + 1)));
	const buildx = await question.buildx();
	await retryTransient(() => buildx.copy({
		builder: question.builder?.name ?? null,
		source: `${home}@${result.digest}`,
		tags: references
	}), {
		signal: host.signal,
		onRetry: (message, wait) => host.out.notice(`${result.name}: ${message}; again in ${Math.round(wait / 1e3)} s`)
	});
}
/** The first repository that holds the digest; a reused image may be in one of several registries only. */
async function homeOf(registry, names, digest) {
	if (names.length === 1) return names[0] ?? "";
	for (const name of names) if (await digestOf(registry, `${name}@${digest}`)) return name;
	throw new ActionError("registry", `${digest} is in none of ${names.join(", ")}`, ["it was removed meanwhile: run again"]);
}
/** `registry/name:tag` with what it is to point at. */
function targetOf(reference, to) {
	const colon = reference.lastIndexOf(":");
	return {
		repository: reference.slice(0, colon),
		tag: reference.slice(colon + 1),
		to
	};
}
async function digestOf(registry, text) {
	const reference = canonicalReference(text);
	return reference ? await registry.digest(reference) : null;
}
// src/steps/make.ts
/** Builds what the plan says and sets the tags. Where nothing is to be built, it does not matter whether there is a buildx. */
async function make(question) {
	const { decision, inputs, host, tools, settle } = question;
	const { plan } = decision;
	if (inputs.command === "merge") return await merge(question);
	const building = plan.images.filter((image) => image.action === "build");
	const tagging = decision.push.push && plan.images.some((image) => image.action === "reuse");
	const nothing = settle(unbuiltResults(plan));
	if (building.length === 0 && !tagging) return {
		results: nothing,
		builder: null,
		error: null
	};
	if (building.length === 0) return await setTags({
		...question,
		...tools,
		builder: null,
		results: nothing
	});
	const bases = question.bases ?? findBases(question);
	const builder = await prepareBuilder({
		inputs,
		host,
		tools,
		needs: needsOf(question)
	});
	const buildx = await tools.buildx();
	const caches = await prepareCaches({
		...question,
		builder
	});
	const cacheMounts = await prepareMounts({
		...question,
		buildx,
		builder
	});
	const observer = await observe({
		host,
		plan
	});
	const built = await buildStack({
		...question,
		bases,
		buildx,
		builder,
		observer,
		caches
	}).finally(observer.close);
	const results = await caches.settle(built);
	const mounts = await cacheMounts.settle(results);
	return {
		...await setTags({
			...question,
			...tools,
			builder,
			results: settle(results)
		}),
		mounts
	};
}
/** Joins what other jobs pushed by digest, and sets the tags. No builder is needed. */
async function merge(question) {
	const { mergeStack } = await import("./merge.js");
	try {
		const results = await mergeStack(question);
		return await setTags({
			...question,
			...question.tools,
			builder: null,
			results
		});
	} catch (error) {
		return {
			results: unbuiltResults(question.decision.plan),
			builder: null,
			error
		};
	}
}
async function setTags(question) {
	const builder = question.builder?.name ?? null;
	if (question.inputs.pushByDigest && question.inputs.command !== "merge") return {
		results: [...question.results],
		builder,
		error: null
	};
	try {
		return {
			results: await publish(question),
			builder,
			error: null
		};
	} catch (error) {
		return {
			results: [...question.results],
			builder,
			error
		};
	}
}
export { make as t };
