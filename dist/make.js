import { t as findBases } from "./bases.js";
import { c as BatchFailed, d as refuseFailed, f as TestsFailed, l as each, n as checksOf, r as isTested, u as errorOf } from "./checks.js";
import { i as messageOf, n as explained, r as fullDisk, t as ActionError } from "./errors.js";
import { t as createProgress } from "./progress.js";
import { t as isAddress } from "./address.js";
import { i as targetNames, n as bakeDefinition, t as bakeArguments } from "./bake.js";
import { t as canonicalReference } from "./canonical.js";
import { n as externalReferences } from "./fingerprint.js";
import { t as ancestors } from "./graph.js";
import { t as pLimit } from "./p-limit.js";
import { n as isInside } from "./inside.js";
import { n as noPlaces, t as joinPlaces } from "./types.js";
import { n as failure } from "./exec.js";
import { i as readMetadata, n as namesOf, r as pushedTags, t as describeImages } from "./describe.js";
import { a as imageTag, i as imageReferences, r as imageNames } from "./tags.js";
import { i as prepareBuilder, n as needsOf, o as hasEngine } from "./builder.js";
import { n as unbuilt, r as unbuiltResults, t as observe } from "./observe.js";
import { n as prepareMounts } from "./cache-mounts.js";
import { n as hasCacheService } from "./environment.js";
import { t as branchHead } from "./github.js";
import { t as moveTags } from "./move-tags.js";
import { n as recordStack, r as setStackOutput } from "./stack-file.js";
import { chmod, lstat, mkdir, readdir, writeFile } from "node:fs/promises";
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
/**
* Tasks in the order in which they should begin where places are few: by the weight of the longest way from each to the end
* (the upward rank of Topcuoglu's HEFT, 2002). Of equal ones the given order stays. `tasks` hold no cycle.
*/
function longestFirst(tasks, weightOf) {
	const dependents = new Map(tasks.map(({ name }) => [name, []]));
	for (const { name, after } of tasks) for (const parent of after) dependents.get(parent)?.push(name);
	const left = new Map(tasks.map(({ name }) => [name, dependents.get(name)?.length ?? 0]));
	const ranks = /* @__PURE__ */ new Map();
	const known = new Map(tasks.map((task) => [task.name, task]));
	const ready = tasks.filter(({ name }) => left.get(name) === 0);
	for (let task = ready.pop(); task; task = ready.pop()) {
		const after = (dependents.get(task.name) ?? []).map((name) => ranks.get(name) ?? 0);
		ranks.set(task.name, weightOf(task.name) + after.reduce((most, rank) => Math.max(most, rank), 0));
		for (const parent of task.after.flatMap((name) => known.get(name) ?? [])) {
			const waiting = (left.get(parent.name) ?? 0) - 1;
			left.set(parent.name, waiting);
			if (waiting === 0) ready.push(parent);
		}
	}
	return [...tasks].sort((one, other) => (ranks.get(other.name) ?? 0) - (ranks.get(one.name) ?? 0));
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
	/failed to (do request|push|copy|authorize)[^\n]*: EOF/i,
	/\bblob unknown to registry\b/i
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
	const byDigest = push && (inputs.pushByDigest || inputs.monolithic);
	const { immutable } = decision.rules;
	const isStamped = ({ name }) => Boolean(decision.stamps?.get(name)?.references.length);
	const values = [...push ? ["type=image,push=true"] : [], ...load && !(classic && push) ? ["type=docker"] : []];
	return {
		push,
		load,
		byDigest,
		rounds: values.length > 0 ? values : ["type=cacheonly"],
		builds: (image, reference) => !byDigest && (!push || (immutable === null ? !isStamped(image) : reference.endsWith(`:${imageTag(image, immutable)}`)))
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
// src/steps/bake-round.ts
/** ignore-error does not help where BuildKit cannot even begin with a cache: a token that has expired, an address that is none. */
const noCacheToBeHad = /^failed to configure \S+ cache (exporter|importer)\b/;
/** One bake process: the batch with one output. Gives the digests that buildx tells. */
async function bakeRound(batch, round) {
	const [{ question }] = batch;
	const caches = round.first ? await each(batch, ({ planned }) => question.caches.of(planned.name)) : /* @__PURE__ */ new Map();
	try {
		return await bakeByLevels(batch, round, caches);
	} catch (error) {
		const lacking = batch.map((build) => ({
			build,
			error: errorOf(error, build)
		})).flatMap(({ build, error }) => error instanceof BakeError && noCacheToBeHad.test(error.failure.message) ? [{
			build,
			error
		}] : []);
		if (lacking.length === 0) throw error;
		for (const { build, error } of lacking) question.host.out.warning(`${build.planned.name} is built without a cache from run to run: ${error.failure.message}`);
		return await bakeWith(batch, round, /* @__PURE__ */ new Map());
	}
}
/**
* A step that comes from an imported cache is no key to the steps on top of it for other targets of the same process (BuildKit 0.31):
* children would be built anew. So parents come into the builder first, by a process a level, and all of the batch after them.
*/
async function bakeByLevels(batch, round, caches) {
	const imports = [...caches.values()].some(({ from }) => from.length > 0);
	if (batch.length === 1 || !imports) return await bakeWith(batch, round, caches);
	for (const level of levelsOf(batch)) await bakeWith(level, round, caches);
	return await bakeWith(batch, {
		...round,
		first: false
	}, /* @__PURE__ */ new Map());
}
function levelsOf(batch) {
	const levels = [];
	let open = batch;
	while (open.length > 0) {
		const names = new Set(open.map(({ planned }) => planned.name));
		const [first, ...others] = open.filter(({ planned }) => !planned.parents.some((name) => names.has(name)));
		if (!first) return [...levels, batch];
		levels.push([first, ...others]);
		open = open.filter((build) => build !== first && !others.includes(build));
	}
	return levels;
}
async function bakeWith(batch, round, caches) {
	const [{ question, facts, target }] = batch;
	const { host, buildx, observer } = question;
	const folder = path.join(host.temp, "bake");
	await mkdir(folder, { recursive: true });
	const [file, metadataFile] = [path.join(folder, `${target}.json`), path.join(folder, `${target}.metadata.json`)];
	const args = await writeRequest(batch, round, {
		caches,
		file,
		metadataFile
	});
	host.out.debug(`buildx bake ${args.join(" ")}`);
	const feed = (line) => {
		for (const { progress, planned, release } of batch) {
			progress.feed(line);
			observer.progressed(planned.name, progress);
			if (line.includes("\"name\":\"exporting to image\"")) release();
		}
	};
	const env = Object.assign({}, facts.secrets.env, ...batch.map((build) => caches.get(build)?.env ?? {}));
	const ended = await buildx.bake(args, feed, env);
	if (ended.status !== 0) refuseEnded(batch, ended);
	const told = await readMetadata(metadataFile);
	return new Map(batch.map((build) => [build, told(build.target, "containerimage.digest")]));
}
/** Writes the bake file; gives the arguments. */
async function writeRequest(batch, { output, first }, { caches, file, metadataFile }) {
	const [{ question, facts }] = batch;
	const { builder, inputs } = question;
	const { images, allowRead } = describeImages({
		...question,
		facts
	});
	const fitting = output === "type=docker" ? images.map((image) => forEngine(image, batch)) : images;
	await writeFile(file, JSON.stringify(bakeDefinition(fitting, facts.targets), null, 2));
	return bakeArguments({
		builder: builder.name,
		file,
		metadataFile,
		targets: batch.map((build) => ({
			target: build.target,
			outputs: [namedOutput(output, namesOf(question, build.planned), facts.outputs)],
			noCache: first && (inputs.noCache || build.planned.afresh === true),
			cache: caches.get(build) ?? noPlaces,
			attest: /\bpush=true\b/.test(output) ? inputs.attest : []
		})),
		pull: inputs.pull,
		allowRead,
		allowSsh: facts.secrets.ssh.length > 0
	});
}
/** What an engine loads has no index: BuildKit refuses annotations of one, and several platforms. */
function forEngine(image, batch) {
	const planned = batch.find(({ planned }) => planned.name === image.image.name)?.planned;
	return {
		...image,
		tags: image.tags.length > 0 ? image.tags : planned?.tags ?? [],
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
		this.transient = isTransient(message) || failure.step?.number === null && failure.tail.some(isTransient);
	}
};
/** Of a batch those that failed by themselves: bake ends the others with them. All, where nobody can tell. */
function refuseEnded(batch, ended) {
	const { message } = failure({
		file: "buildx",
		args: ["bake"]
	}, ended);
	const told = (how) => batch.filter(({ progress }) => progress.failed() === how);
	const failed = [
		told("step"),
		told("name"),
		batch
	].find((builds) => builds.length > 0) ?? batch;
	refuseFailed(failed.map((build) => ({
		build,
		error: new BakeError(message, ended.signal, build.progress.failure())
	})));
	throw new Error(message);
}
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
* Whether what was pushed is what was tested, to the byte: the builder tells the digest of what its tests ran on, in BuildKit and in an
* engine. True where nothing was tested, or one of the two cannot be told.
*/
function isAsTested(image, tested) {
	return image === null || (tested ?? []).every((one) => isSame(image, one));
}
/** containerd's store tells an engine's image by a manifest of its own: its layers are compared, which hold all but the config. */
function isSame({ identities, diffIds }, { manifest, config, layers }) {
	const known = [manifest, config].filter((one) => one !== null);
	if (known.length === 0) return !layers || layers.join() === diffIds.join();
	return !identities || known.some((one) => identities.includes(one));
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
* Images by bake, and what was pushed of them. Each output is a round of its own, the later ones from the builder's
* cache: of several at once buildx tells one digest only, and an annotation that one output cannot hold ends them all.
* Tests run when all is in the builder's cache, before the first output. Throws BatchFailed.
*/
async function bakeTogether(batch) {
	const [{ question, facts }] = batch;
	const { outputs } = facts;
	const push = outputs.push && (outputs.byDigest || batch.every((build) => pushedTags({
		...build,
		...question
	}).length > 0));
	const checks = await each(batch, checksOf);
	const tested = batch.filter((build) => isTested(checks.get(build) ?? null));
	const ahead = tested.length > 0 || batch.length > 1;
	let checked = /* @__PURE__ */ new Map();
	let pushed = /* @__PURE__ */ new Map();
	for (const [round, output] of roundsOf(push || !outputs.push ? outputs.rounds : [cacheOnly], ahead).entries()) {
		const digests = await bakeRound(batch, {
			output,
			first: round === 0
		});
		if (push && output === outputs.rounds[0]) pushed = digests;
		if (tested.length > 0 && round === 0) checked = await check(tested, checks);
	}
	const known = new Map(facts.digests);
	for (const [{ planned }, digest] of pushed) if (digest) known.set(planned.name, digest);
	return await each(batch, async (build) => {
		const own = checks.get(build) ?? null;
		const digest = pushed.get(build) ?? null;
		const found = checked.get(build) ?? (own && !isTested(own) ? await checkAlone(build, own) : null);
		if (push && !digest) throw untold(build);
		const image = digest ? await verifyImage({
			...question,
			planned: build.planned,
			digest,
			facts: {
				...facts,
				digests: known
			}
		}) : null;
		return {
			digest,
			image,
			checked: !isTested(own) || isAsTested(image, found?.tested ?? null) ? found : await checkAgain(build, own, digest)
		};
	});
}
const cacheOnly = "type=cacheonly";
/** What is tested, or built all or none, is in the builder's cache alone until that is done. */
function roundsOf(rounds, ahead) {
	return !ahead || rounds[0] === cacheOnly ? rounds : [cacheOnly, ...rounds];
}
async function check(builds, checks) {
	const { checkImages } = await import("./check-image.js");
	return await checkImages(builds.flatMap((build) => {
		const own = checks.get(build);
		return own ? [{
			build,
			checks: own
		}] : [];
	}));
}
async function checkAlone(build, checks) {
	const { checkImage } = await import("./check-image.js");
	return await checkImage({
		build,
		checks
	});
}
/** BuildKit may build again what it has just built, above all where builds of one parent run side by side. */
async function checkAgain(build, checks, digest) {
	const { question, planned } = build;
	question.host.out.info(`${planned.name}: the builder built it anew for the push, so its tests run again, on what was pushed`);
	const [name] = namesOf(question, planned);
	return await checkAlone(build, {
		...checks,
		pushed: `${name}@${digest}`
	});
}
/** Without it nothing could be verified or tagged. */
function untold({ planned }) {
	return new ActionError("build", `buildx ended well but did not tell the digest of what it pushed for ${planned.name}`, ["its version may be too old for `bake --metadata-file`: update buildx"]);
}
// src/steps/build-order.ts
/**
* The builds of a run as tasks, the longest ways through the stack first. How long a build takes is guessed by the bytes beside
* its Dockerfile: a lock of 800 packages weighs more than one of 200. A wrong guess costs time and nothing else.
*/
async function orderBuilds(builds, cwd) {
	const names = new Set(builds.map(({ name }) => name));
	const tasks = builds.map(({ name, parents }) => ({
		name,
		after: parents.filter((parent) => names.has(parent))
	}));
	const weights = await Promise.all(builds.map(async ({ name, dockerfile }) => [name, await bytesIn(path.resolve(cwd, path.dirname(dockerfile)))]));
	const weighed = new Map(weights);
	return longestFirst(tasks, (name) => weighed.get(name) ?? 0);
}
/** Bytes of the files in a folder itself. A Dockerfile that is not in this repository has no folder here: 0. */
async function bytesIn(folder) {
	const files = (await readdir(folder, { withFileTypes: true }).catch(() => [])).filter((entry) => entry.isFile());
	return (await Promise.all(files.map(({ name }) => lstat(path.join(folder, name)).catch(() => null)))).reduce((sum, found) => sum + (found?.size ?? 0), 0);
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
* Builds what the plan says, in order, `jobs` at once; with `monolithic` all together. An image that fails takes its descendants
* out and nothing else. Gives a result for every image of the plan, in its order. Throws only for what concerns the whole run.
*/
async function buildStack(question) {
	const { plan } = question.decision;
	const builds = plan.images.filter((image) => image.action === "build");
	const facts = await gatherFacts(question, builds);
	const draft = (planned, release) => ({
		question,
		planned,
		facts,
		release,
		target: facts.targets.get(planned.name) ?? planned.name
	});
	const results = question.inputs.monolithic ? await buildTogether(builds.map((planned) => draft(planned, () => void 0))) : await buildInOrder(question, builds, draft);
	return plan.images.map((image) => results.get(image.name) ?? unbuilt(image, image.action === "reuse" ? "reused" : "unchanged", image.reason));
}
async function buildInOrder({ inputs, observer, host }, builds, draft) {
	const planned = new Map(builds.map((image) => [image.name, image]));
	return await runTasks(await orderBuilds(builds, host.cwd), {
		jobs: inputs.jobs,
		run: async (name, release) => {
			const result = (await buildTogether([draft(planned.get(name), release)])).get(name);
			return {
				ok: result.outcome === "built",
				value: result
			};
		},
		skip: (name, because) => {
			const result = unbuilt(planned.get(name), "skipped", `its parent ${because} was not built`);
			observer.finished(result, []);
			return result;
		}
	});
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
/** Images by one bake process; of several all are built, or none. */
async function buildTogether(drafts) {
	const [first] = drafts;
	if (!first) return /* @__PURE__ */ new Map();
	const { host, observer } = first.question;
	const started = Date.now();
	let batch = begin(drafts);
	for (const { planned } of drafts) observer.started(planned.name);
	const end = (of, logOf) => batch.map((build) => {
		const result = {
			...resultOf(build, {
				started,
				alone: batch.length === 1
			}),
			...of(build)
		};
		observer.finished(result, [...build.progress.log(), ...logOf(build)]);
		return [build.planned.name, result];
	});
	try {
		await each(batch, refuseTaken);
		const baked = await retryTransient(() => {
			batch = begin(drafts);
			return bakeTogether(batch);
		}, {
			signal: host.signal,
			onRetry: (message, wait) => {
				const names = drafts.map(({ planned }) => planned.name).join(", ");
				host.out.notice(`${names}: ${message}; again in ${Math.round(wait / 1e3)} s`);
			}
		});
		for (const [{ facts, planned }, { digest }] of baked) if (digest) facts.digests.set(planned.name, digest);
		const done = (build) => baked.get(build);
		return new Map(end((build) => madeOf(build, done(build)), (build) => done(build).checked?.log ?? []));
	} catch (error) {
		return new Map(end((build) => failedOf(build, error), () => []));
	}
}
function begin(drafts) {
	const images = drafts.map(({ planned: { name, parents } }) => ({
		name,
		parents: parents.map((name) => ({ name }))
	}));
	const descendants = (name) => new Set(drafts.flatMap(({ planned, target }) => ancestors(images, [planned.name]).has(name) ? [target] : []));
	const [first, ...others] = drafts.map((draft) => ({
		...draft,
		progress: createProgress(draft.target, {
			dockerfile: draft.planned.dockerfile,
			descendants: descendants(draft.planned.name)
		})
	}));
	if (!first) throw new Error("a batch of no images");
	return [first, ...others];
}
/** What the progress tells. In a batch an image's time is that of its own steps. */
function resultOf({ planned, progress }, { started, alone }) {
	const { steps, warnings } = progress.state();
	const times = alone ? [] : steps.flatMap((step) => [step.started ?? [], step.completed ?? []].flat());
	const time = times.length > 0 ? {
		started: Math.min(...times),
		completed: Math.max(...times)
	} : {
		started,
		completed: Date.now()
	};
	const downloaded = progress.downloaded(!alone);
	return {
		...unbuilt(planned, "built", planned.reason),
		...time,
		steps,
		warnings,
		downloaded
	};
}
function madeOf(build, { digest, image, checked }) {
	const tags = build.facts.outputs.push ? builtTags(build) : [];
	return {
		digest,
		size: image?.size ?? null,
		tags,
		...found(checked?.report, checked?.manifest)
	};
}
function failedOf(build, error) {
	if (build.question.host.signal.aborted) return {
		outcome: "skipped",
		reason: "the run was cancelled"
	};
	const own = errorOf(error, build);
	if (own === void 0 && error instanceof BatchFailed) return {
		outcome: "skipped",
		reason: `${[...error.errors.keys()].join(", ")} failed, and monolithic builds all images or none`
	};
	const told = own instanceof TestsFailed ? found(own.report, own.manifest) : {};
	return {
		outcome: "failed",
		failure: failureOf(own, build.planned),
		...told
	};
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
	const { decision, results, host, inputs } = question;
	const red = results.some((result) => result.outcome === "failed" || result.outcome === "skipped");
	if (!decision.push.push || red) return [...results];
	if (host.signal.aborted) throw new ActionError("cancelled", "the run was cancelled before its tags were set");
	if (decision.settled) return await leave(question);
	const { immutable, fixed = [], moving } = decision.rules;
	if (inputs.monolithic) await setStamps(question);
	const tagged = await setTags$1(question, immutable ? [immutable, ...fixed] : [], results);
	if (immutable === null) return await setTags$1(question, moving, tagged);
	const moved = immutable && moving.length > 0 ? await moveAll(question, moving, tagged) : tagged;
	await recordStack({
		...question,
		results: moved
	});
	return moved;
}
/** All is published and all tags are where they belong: that was asked when it was planned. */
async function leave({ decision, results, host }) {
	if (decision.record) setStackOutput(decision.record, host);
	const tags = new Map(decision.plan.images.map((image) => [image.name, image.tags]));
	return results.map((result) => ({
		...result,
		tags: tags.get(result.name) ?? []
	}));
}
/** What was pushed by digest gets the name of its inputs, which a build with tags gives itself. */
async function setStamps(question) {
	const { decision, results, source, inputs } = question;
	await Promise.all(results.map(async (result) => {
		const image = source.stack.images.find((candidate) => candidate.name === result.name);
		const stamps = decision.stamps?.get(result.name)?.references ?? [];
		if (!image || result.outcome !== "built" || !result.digest) return;
		for (const repository of imageNames(image, inputs.registry)) {
			const own = stamps.filter((reference) => reference.startsWith(`${repository}:`));
			if (own.length > 0) await retag(question, result, own);
		}
	}));
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
	const remembered = decision.rules.immutable !== null;
	const current = await Promise.all(wanted.map((reference) => digestOf(registry, reference, remembered)));
	const taken = remembered ? wanted.find((_, at) => current[at] && current[at] !== result.digest) : void 0;
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
async function digestOf(registry, text, remembered = false) {
	const reference = canonicalReference(text);
	return reference ? await registry.digest(reference, { remembered }) : null;
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
