import { a as readLayout, f as layersId, g as layersSought, i as lendBlobs, n as blobsOf, r as freeDisk, s as verifyLayout, t as MissingLayers, u as entrySize } from "./layout-folder.js";
import { n as noPlaces } from "./types.js";
import { n as hasCacheService, r as userCache } from "./environment.js";
import { i as messageOf } from "./errors.js";
import { t as restoreFolder } from "./actions-cache.js";
import { lstat, mkdir, rm } from "node:fs/promises";
import path from "node:path";
// src/steps/cache-local-restore.ts
/** At once, each a process that downloads by several connections. */
const slots = 2;
const title = "layers";
/** Milliseconds for a search, and for each MiB: 8 MiB a second are slow. */
const patience = {
	timeout: 3e4,
	perMiB: 125
};
/** What fails slowly once is not waited for again. */
const slow = 1e4;
/** Begins to restore at once, and looks at each folder when the layers that it shares with its parents are there, too. */
function createRestorer(run) {
	const { host } = run.question;
	const trouble = createTrouble(host.out);
	const limited = createLimit(slots);
	const found = /* @__PURE__ */ new Map();
	const verified = /* @__PURE__ */ new Map();
	let given = false;
	const find = (image) => remember(found, image.name, async () => await limited(async () => {
		if (given) return null;
		const started = Date.now();
		const before = trouble.count();
		const folder = path.join(run.folder, image.id, "restored", "layers");
		const key = await fetchLayers(run, image, folder, trouble.out);
		if (trouble.count() > before && Date.now() - started > slow) given = true;
		return key === null ? null : {
			folder,
			key
		};
	}));
	const ready = (name) => remember(verified, name, async () => {
		const image = run.images.get(name);
		const own = image ? await find(image) : null;
		if (!image || !own) return null;
		try {
			const { record } = await readLayout(own.folder);
			const above = record.elsewhere.length > 0 ? image.ancestors.flatMap((one) => run.images.get(one) ?? []) : [];
			const lenders = (await Promise.all(above.map(find))).flatMap((one) => one?.folder ?? []);
			await lendBlobs(own.folder, record.elsewhere, lenders);
			const layout = await verifyLayout(own.folder);
			return {
				...own,
				layout,
				bytes: entrySize(blobsOf(layout), new Set(record.elsewhere))
			};
		} catch (error) {
			if (error instanceof MissingLayers) host.out.info(`${title} of ${name}: not used: ${messageOf(error)}`);
			else trouble.out.warning(`${title} of ${name}: not used: ${messageOf(error)}`);
			await rm(own.folder, {
				recursive: true,
				force: true
			});
			return null;
		}
	});
	return {
		begin: (name) => void ready(name).catch(() => void 0),
		ready,
		warned: () => trouble.count() > 0,
		all: async () => {
			const names = [...found.keys()];
			const known = await Promise.all(names.map(async (name) => [name, await ready(name).catch(() => null)]));
			return new Map(known.flatMap(([name, restored]) => restored ? [[name, restored]] : []));
		}
	};
}
/** One image's folder, from the cache service or from the machine's own store. Gives the key, null for none. */
async function fetchLayers(run, image, folder, out) {
	const { question, store } = run;
	if (store) {
		const { copyStored } = await import("./cache-local-store.js");
		return await copyStored(run, image, folder) ? "" : null;
	}
	const host = {
		...question.host,
		out
	};
	const most = Math.min(question.inputs.cacheSize, (await freeDisk(run.folder) - diskReserve) / 4);
	if (most <= 0) {
		question.host.out.info(`${title} of ${image.name}: not restored: the disk has no room for them`);
		return null;
	}
	const prefix = layersSought(image.id, run.class, image.fingerprint);
	const key = await restoreFolder({
		host,
		folder,
		title: `${title} of ${image.name}`,
		prefix,
		most,
		...patience
	});
	if (key !== null && !(await lstat(folder)).isDirectory()) return null;
	return key;
}
/** One warning a run, whatever goes wrong how often: the rest is in the log. */
function createTrouble(out, told = 0) {
	let count = told;
	const warning = (line) => {
		count += 1;
		if (count === 1) out.warning(line);
		else out.info(line);
	};
	return {
		out: {
			...out,
			warning
		},
		count: () => count
	};
}
function remember(known, name, make) {
	const before = known.get(name);
	if (before) return before;
	const made = make();
	made.catch(() => void 0);
	known.set(name, made);
	return made;
}
function createLimit(size) {
	const waiting = [];
	let running = 0;
	return async (work) => {
		if (running >= size) await new Promise((resolve) => waiting.push(resolve));
		else running += 1;
		try {
			return await work();
		} finally {
			const next = waiting.shift();
			if (next) next();
			else running -= 1;
		}
	};
}
// src/steps/cache-local.ts
/** Others have a ref that goes away (merge_group), or one that says nothing of what they build (workflow_run). */
const keeping = /* @__PURE__ */ new Set([...[
	"push",
	"pull_request",
	"schedule",
	"workflow_dispatch",
	"repository_dispatch",
	"issue_comment"
], "local"]);
/** What must stay free on the disk, bytes. */
const diskReserve = 2 ** 30;
/**
* Layers in folders, one for each image: of the action in the cache service, on the command line below the user's own cache
* folder. Each build writes into a folder that is new: an export into the one before would keep all that ever was in it (docker/buildx#310).
*/
function prepareLocal(question) {
	const run = describeRun(question);
	const restore = run.restores ? createRestorer(run) : null;
	const exports = /* @__PURE__ */ new Map();
	if (restore) for (const name of buildingOf(question)) restore.begin(name);
	return {
		of: async (name) => await placesOf({
			run,
			restore,
			exports,
			name
		}),
		settle: async (results) => {
			const { settleLayers } = await import("./cache-local-settle2.js");
			return await settleLayers({
				run,
				restore,
				exports,
				results
			});
		}
	};
}
async function placesOf(question) {
	const { run, restore, exports, name } = question;
	const image = run.images.get(name);
	if (!image) return noPlaces;
	const restored = await restore?.ready(name) ?? null;
	const from = restored ? {
		from: [entry("src", restored.folder)],
		reads: [restored.folder]
	} : {};
	if (!(run.keeps && await freeDisk(run.folder) > diskReserve + 2 * (restored?.bytes ?? 0))) return {
		...noPlaces,
		...from
	};
	const folder = path.join(run.folder, image.id, `new-${exports.size}-${Date.now().toString(36)}`, "layers");
	await mkdir(path.dirname(folder), { recursive: true });
	exports.set(name, folder);
	const to = `${entry("dest", folder)},mode=max,image-manifest=true,oci-mediatypes=true,ignore-error=true`;
	return {
		...noPlaces,
		...from,
		to: [to],
		writes: [folder]
	};
}
/** A value of buildx, in CSV. */
function entry(key, folder) {
	const field = `${key}=${folder}`;
	return `type=local,${/[",\n]/.test(field) ? `"${field.replaceAll("\"", "\"\"")}"` : field}`;
}
function describeRun(question) {
	const { source, host, inputs } = question;
	const { trigger } = source;
	const service = host.kind === "action" && hasCacheService(host);
	const mode = (host.env.ACTIONS_CACHE_MODE ?? "").trim().toLowerCase();
	const released = trigger.kind === "tag";
	const lasting = keeping.has(trigger.kind);
	return {
		question,
		images: describeImages(question),
		class: trigger.pullRequest ? { pull: trigger.pullRequest.number } : "branch",
		folder: path.join(host.kind === "action" ? host.kept : host.temp, "layers"),
		store: host.kind === "cli" ? path.join(userCache(host.env), "layers") : null,
		restores: !released && !inputs.noCache && (service ? !["none", "write-only"].includes(mode) : host.kind === "cli"),
		keeps: trigger.trust === "trusted" && lasting && (service ? !["none", "read"].includes(mode) : host.kind === "cli")
	};
}
function describeImages(question) {
	const { source, decision, inputs, builder } = question;
	const planned = new Map(decision.plan.images.map((image) => [image.name, image]));
	const order = [...decision.plan.order, ...planned.keys()];
	const stack = [...source.stack.images].sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name));
	const above = /* @__PURE__ */ new Map();
	return new Map(stack.map((image) => {
		const parents = image.parents.map(({ name }) => name);
		const ancestors = [.../* @__PURE__ */ new Set([...parents, ...parents.flatMap((name) => above.get(name) ?? [])])];
		above.set(image.name, ancestors);
		const platforms = platformsOf(image, inputs.platforms, builder.platforms);
		const target = inputs.target || image.target;
		const id = layersId({
			name: image.name,
			dockerfile: image.dockerfile,
			platforms,
			target
		});
		return [image.name, {
			name: image.name,
			id,
			fingerprint: fingerprintOf(planned.get(image.name)),
			ancestors
		}];
	}));
}
function platformsOf(image, asked, own) {
	if (asked.length > 0) return asked;
	return image.platforms.length > 0 ? image.platforms : [own[0] ?? process.arch];
}
function fingerprintOf(planned) {
	return planned?.fingerprint ?? null;
}
function buildingOf({ decision }) {
	return decision.plan.images.filter(({ action }) => action === "build").map(({ name }) => name);
}
export { patience as i, prepareLocal as n, createTrouble as r, diskReserve as t };
