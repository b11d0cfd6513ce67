import { _ as readLayersKey, a as readLayout, c as contentOf, h as layersPrefixOf, p as layersKind } from "./layout-folder.js";
import { n as plannedSizes } from "./layers-plan.js";
import { i as messageOf } from "./errors.js";
import { writeFile } from "node:fs/promises";
import path from "node:path";
// src/cache/step-times.ts
/** Times of a build's numbered steps; `before` is what an earlier run noted. */
function stepTimes(steps, before) {
	const times = {};
	let saved = 0;
	for (const step of steps) {
		if (step.number === null || step.error !== null || step.started === null || step.completed === null) continue;
		const key = keyOf(step);
		const known = Object.hasOwn(before, key) ? before[key] : void 0;
		if (step.cached && known === void 0) continue;
		const time = step.cached ? known : step.completed - step.started;
		times[key] = Math.round(time);
		if (step.cached) saved += time;
	}
	return {
		times,
		saved,
		all: Object.values(times).reduce((sum, time) => sum + time, 0)
	};
}
function keyOf({ name, stage, platform }) {
	return [
		stage ?? "",
		platform ?? "",
		name.slice(0, 300)
	].join("|");
}
// src/steps/cache-local-settle.ts
/** The file that tells the post step what there is to keep. */
const planFile = "plan.json";
/**
* What is worth keeping of a run that was not cancelled: the layers of each image that was built, whatever became of the others.
* Gives the results with what the cache did for them.
*/
async function settleLayers(question) {
	const { run, restore, results } = question;
	const { host, inputs, source } = run.question;
	const restored = await restore?.all() ?? /* @__PURE__ */ new Map();
	const images = [];
	if (!host.signal.aborted && run.keeps) for (const image of run.images.values()) {
		const planned = await describeLayers(question, image, restored.get(image.name) ?? null);
		if (planned) images.push(planned);
	}
	const { trigger } = source;
	const main = run.class === "branch" && trigger.ref === `refs/heads/${trigger.defaultBranch}`;
	const plan = {
		limit: inputs.cacheSize,
		main,
		warned: restore?.warned() ?? false,
		images
	};
	await leave(run, plan);
	const sizes = plannedSizes(plan);
	return results.map((result) => {
		if (result.outcome !== "built" && result.outcome !== "failed") return result;
		const before = restored.get(result.name) ?? null;
		const saved = stepTimes(result.steps, before?.layout.record.steps ?? {}).saved;
		const own = images.find(({ name, folder }) => name === result.name && folder !== null);
		const kept = own && !isUnchanged(own, before) ? sizes.get(result.name) ?? 0 : 0;
		return {
			...result,
			cache: {
				restored: before?.bytes ?? 0,
				kept,
				saved
			}
		};
	});
}
async function describeLayers({ run, exports, results }, image, restored) {
	const { name, id, fingerprint, ancestors } = image;
	const kind = layersKind(id, run.class);
	const result = results.find((one) => one.name === name);
	const folder = exports.get(name);
	if (result?.outcome === "built" && folder) try {
		const { layers, manifest, config } = await readLayout(folder);
		const { times, all } = stepTimes(result.steps, restored?.layout.record.steps ?? {});
		const seconds = all / 1e3;
		const prefix = layersPrefixOf({
			id,
			writer: run.class,
			fingerprint,
			seconds
		});
		const place = path.relative(run.folder, folder).split(path.sep).join("/");
		return {
			name,
			kind,
			ancestors,
			layers,
			texts: [manifest, config],
			restored: restored?.key ?? "",
			folder: place,
			prefix,
			seconds,
			steps: times
		};
	} catch (error) {
		run.question.host.out.info(`layers of ${name}: not kept for later runs: ${messageOf(error)}`);
	}
	if (!restored) return null;
	const { layers, manifest, config, record } = restored.layout;
	const seconds = readLayersKey(restored.key)?.seconds ?? 0;
	return {
		name,
		kind,
		prefix: kind,
		ancestors,
		layers,
		texts: [manifest, config],
		steps: record.steps,
		folder: null,
		restored: restored.key,
		seconds
	};
}
/** The same layers: what was restored goes on. */
function isUnchanged({ layers }, before) {
	return before !== null && contentOf(layers, /* @__PURE__ */ new Set()) === contentOf(before.layout.layers, /* @__PURE__ */ new Set());
}
async function leave(run, plan) {
	if (!plan.images.some(({ folder }) => folder !== null)) return;
	const { host } = run.question;
	if (run.store) {
		const { keepStored } = await import("./cache-local-store.js");
		return await keepStored(run, plan);
	}
	await writeFile(path.join(run.folder, planFile), JSON.stringify(plan));
	host.out.state("layers", path.basename(host.kept));
}
export { settleLayers as n, planFile as t };
