import { r as tailOf } from "./results.js";
import { i as messageOf } from "./errors.js";
import { n as count$1 } from "./format.js";
import { t as causeOf } from "./http.js";
import { n as testRepository, t as containerLabel } from "./container-names2.js";
import { n as noPlaces } from "./types.js";
import { t as createProgress } from "./progress.js";
import { a as withoutAttestation, n as bakeDefinition, t as bakeArguments } from "./bake.js";
import { t as isBelow } from "./inside.js";
import { i as readMetadata, t as describeImages } from "./describe.js";
import { mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { randomBytes } from "node:crypto";
import { setTimeout } from "node:timers/promises";
// src/check/containers.ts
/** Why a container fails its test; empty: it passes; null: it is too early to tell. */
function judge(test, { state, answers, log }) {
	const silent = log === null ? void 0 : test.output.find((text) => !log.includes(text));
	const said = silent === void 0 ? "" : `it did not write ${JSON.stringify(silent)}`;
	if (test.exitCode !== null) {
		if (state.running) return null;
		return state.exitCode === test.exitCode ? said : endOf(state, test.exitCode);
	}
	if (!state.running) return `${endOf(state, null)} and was to go on`;
	if (!test.healthy) return pending(test, {
		state,
		answers
	}) || said ? null : "";
	if (state.health === null) return "the image has no HEALTHCHECK, which healthy asks for";
	if (state.health === "unhealthy") return `its HEALTHCHECK says that it is unhealthy${lastLook(state)}`;
	return pending(test, {
		state,
		answers
	}) || said ? null : "";
}
/** Why a container fails whose time is over. */
function overdue(test, { state, answers, log }) {
	const missing = test.exitCode === null ? pending(test, {
		state,
		answers
	}) : "it did not end";
	const silent = test.output.find((text) => !(log ?? "").includes(text));
	const why = missing || (silent === void 0 ? "" : `it did not write ${JSON.stringify(silent)}`);
	return `after ${test.timeout} s: ${why}`;
}
/** A container's test as a case of the report. */
function containerCase(test, { reason, log, seconds }) {
	return {
		name: test.name,
		image: test.image,
		kind: "container",
		outcome: reason === "" ? "passed" : "failed",
		allowed: test.allowFailure,
		seconds,
		reason,
		reported: null,
		place: test.place,
		tail: tailOf(log)
	};
}
function endOf({ exitCode, killedForMemory }, expected) {
	return `it ended with exit code ${exitCode}${killedForMemory ? ", for want of memory" : ""}${expected === null ? "" : `, not ${expected}`}`;
}
/** What a server still lacks; empty: nothing. */
function pending(test, { state, answers }) {
	const asked = test.http.flatMap(({ port, path, status }, at) => {
		const answer = answers[at] ?? "it was not asked yet";
		if (answer === status) return [];
		return [`http ${port}${path} ${typeof answer === "number" ? `answers ${answer}, not ${status}` : `has no answer: ${answer}`}`];
	});
	const health = test.healthy && state.health !== "healthy" ? [`its health is ${state.health}${lastLook(state)}`] : [];
	return [...asked, ...health].join("; ");
}
function lastLook({ healthOutput }) {
	const line = healthOutput.trim().split("\n").at(-1)?.slice(0, 200);
	return line ? `: ${line}` : "";
}
// src/steps/load-tested.ts
/**
* Brings the image that the builder holds, or what was pushed of it, into the engine under a name of its own. Docker's own
* driver has it there already; others send all of it.
*/
async function loadTested(build, checks, name) {
	const { question, planned, target, facts } = build;
	const { host, buildx, builder, observer } = question;
	const folder = path.join(host.temp, "loads", target);
	await rm(folder, {
		recursive: true,
		force: true
	});
	await mkdir(folder, { recursive: true });
	const [file, metadataFile] = [path.join(folder, "bake.json"), path.join(folder, "metadata.json")];
	const { images, allowRead } = describeImages({
		...question,
		facts
	});
	const platforms = checks.platform ? [checks.platform] : [];
	const fitting = images.map((one) => one.image.name === checks.image.name ? {
		...one,
		tags: [name],
		annotations: [],
		platforms
	} : one);
	const definition = checks.pushed ? { target: { [target]: pushedTarget(folder, checks.pushed, {
		name,
		platforms
	}) } } : bakeDefinition(fitting, facts.targets);
	await writeFile(file, JSON.stringify(definition, null, 2));
	const args = bakeArguments({
		builder: builder.name,
		file,
		metadataFile,
		pull: false,
		allowSsh: facts.secrets.ssh.length > 0,
		allowRead: [...allowRead, ...isBelow(host.cwd, folder) ? [] : [folder]],
		targets: [{
			target,
			outputs: ["type=docker"],
			noCache: false,
			cache: noPlaces,
			attest: withoutAttestation
		}]
	});
	host.out.debug(`buildx bake ${args.join(" ")}`);
	const progress = createProgress(target, { dockerfile: planned.dockerfile });
	const feed = (line) => {
		progress.feed(line);
		observer.progressed(planned.name, progress);
	};
	if ((await buildx.bake(args, feed, facts.secrets.env)).status !== 0) return { failure: progress.failure() };
	return { config: (await readMetadata(metadataFile))(target, "containerimage.config.digest") };
}
/** What is pushed, without a step more: its layers and its config are the same. */
function pushedTarget(context, pushed, { name, platforms }) {
	return {
		context,
		contexts: { image: `docker-image://${pushed}` },
		"dockerfile-inline": "FROM image\n",
		tags: [name],
		...platforms.length > 0 ? { platforms } : {}
	};
}
// src/steps/run-containers.ts
const pauseMilliseconds = 400;
const answerMilliseconds = 5e3;
/** Names all that this process leaves in an engine. */
const run = randomBytes(8).toString("hex");
let count = 0;
/** Starts the containers of an image's tests, one after the other, and removes them with all that was made for them. */
async function runContainers(build, checks, engine) {
	const { host } = build.question;
	host.out.state("containers", run);
	count += 1;
	const number = count;
	const image = `${testRepository(run)}:${number}`;
	try {
		const loaded = await loadTested(build, checks, image);
		if ("failure" in loaded) return {
			cases: [],
			failure: loaded.failure,
			tested: null
		};
		host.out.info(`${build.planned.name}: its tests start ${count$1(checks.containers.length, "container")} in the Docker engine`);
		const layers = await engine.layers(image);
		const cases = [];
		for (const [at, test] of checks.containers.entries()) cases.push(await runContainer({
			engine,
			image,
			test,
			name: `${testRepository(run)}-${number}-${at}`
		}, host.signal));
		return {
			cases,
			failure: null,
			tested: {
				manifest: null,
				config: loaded.config,
				layers
			}
		};
	} finally {
		await engine.remove({ images: [image] });
	}
}
async function runContainer(scene, signal) {
	const { engine, test, name } = scene;
	const started = Date.now();
	const asked = test.http.length > 0;
	const isolated = asked && test.network === "none";
	let [reason, log] = ["", ""];
	try {
		if (isolated) await engine.network(name, containerLabel(run));
		await engine.start({
			name,
			image: scene.image,
			command: test.command,
			env: test.env,
			label: containerLabel(run),
			network: isolated ? name : test.network === "none" ? "none" : "bridge",
			publish: asked && !isolated ? [...new Set(test.http.map(({ port }) => port))] : []
		});
		reason = await watch(scene, {
			deadline: started + test.timeout * 1e3,
			signal
		});
		log = await engine.logs(name);
	} catch (error) {
		if (signal.aborted) throw error;
		reason = messageOf(error);
		log = await engine.logs(name).catch(() => "");
	} finally {
		await engine.remove({
			containers: [name],
			networks: isolated ? [name] : []
		});
	}
	return containerCase(test, {
		reason,
		log,
		seconds: Math.round((Date.now() - started) / 1e3)
	});
}
/** Looks at a container until it has done what is asked, or cannot any more. Gives why it failed; empty: it did not. */
async function watch({ engine, test, name }, { deadline, signal }) {
	for (;;) {
		const { state, networks, ports } = await engine.inspect(name);
		const observed = {
			state,
			answers: state.running ? await Promise.all(test.http.map((one) => answerOf(one, {
				name,
				networks,
				ports
			}, signal))) : [],
			log: test.output.length > 0 ? await engine.logs(name) : null
		};
		const verdict = judge(test, observed);
		if (verdict !== null) return verdict;
		if (Date.now() > deadline) return overdue(test, observed);
		await setTimeout(pauseMilliseconds, void 0, { signal });
	}
}
/** The status of one answer, or why there is none. Nothing of its body is read, and no redirection is followed. */
async function answerOf({ port, path }, { name, networks, ports }, signal) {
	const address = networks[name]?.IPAddress;
	const published = ports[`${port}/tcp`]?.[0]?.HostPort;
	const host = address ? `${address}:${port}` : published ? `127.0.0.1:${published}` : null;
	if (host === null) return "the engine gave it no address";
	try {
		const limit = AbortSignal.any([signal, AbortSignal.timeout(answerMilliseconds)]);
		const response = await fetch(`http://${host}${path}`, {
			redirect: "manual",
			signal: limit
		});
		await response.body?.cancel();
		return response.status;
	} catch (error) {
		if (signal.aborted) throw error;
		return causeOf(error).slice(0, 200);
	}
}
export { runContainers };
