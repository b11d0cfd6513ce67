import { a as mountPolicy, i as keepsMounts, n as mountDirectories, r as usedDirectories, t as mountArgs } from "./mount-namespace.js";
import { i as messageOf, t as ActionError } from "./errors.js";
import { n as hasCacheService } from "./environment.js";
import path from "node:path";
// src/steps/cache-mounts.ts
/** Fills the cache mounts of what is built with what earlier runs kept. Nothing that goes wrong stops a build: one warning. */
async function prepareMounts(question) {
	const { inputs, host, builder } = question;
	const service = host.kind === "action" && hasCacheService(host);
	const { on, notice } = mountPolicy({
		asked: inputs.cacheMounts,
		service,
		builder
	});
	if (notice) host.out.notice(notice);
	const directories = on ? directoriesOf(question) : [];
	if (directories.length === 0) return { settle: async () => null };
	const { restoreMounts } = await import("./restore-mounts2.js");
	const started = Date.now();
	const found = await withWarning(host, "not restored", () => restoreMounts(question, directories), null);
	if (found === null) return { settle: async () => null };
	const filled = found.restored.filter(({ bytes }) => bytes > 0);
	const bytes = filled.reduce((sum, { bytes }) => sum + bytes, 0);
	const restored = {
		mounts: filled.length,
		bytes,
		time: Date.now() - started
	};
	return { settle: async (results) => {
		const read = await settleMounts(question, directories, {
			results,
			...found
		});
		return {
			restored,
			read
		};
	} };
}
/** Those of the images that are built, in the namespaces that their builds use. */
function directoriesOf(question) {
	const { source, decision, inputs } = question;
	const building = new Set(decision.plan.images.filter(({ action }) => action === "build").map(({ name }) => name));
	const images = source.stack.images.filter(({ name }) => building.has(name));
	return mountDirectories(images, (image) => ({
		...image.args,
		...inputs.buildArgs
	}), mountArgs(question));
}
async function settleMounts(question, directories, found) {
	const { source, host } = question;
	const used = keepsMounts(source.trigger) && !host.signal.aborted ? usedDirectories(directories, found.results) : [];
	const none = {
		mounts: 0,
		kept: 0,
		bytes: 0,
		time: 0
	};
	if (used.length === 0) return none;
	const { readMounts } = await import("./read-mounts.js");
	const started = Date.now();
	return {
		...await withWarning(host, "not kept for later runs", () => readMounts(question, used, found), none),
		time: Date.now() - started
	};
}
async function withWarning(host, what, attempt, otherwise) {
	try {
		return await attempt();
	} catch (error) {
		if (error instanceof ActionError && error.code === "cancelled") throw error;
		if (host.signal.aborted) throw error;
		host.out.warning(`cache mounts: ${what}: ${messageOf(error)}`);
		return otherwise;
	}
}
/** Where archives wait for the post step, below the run's own folder. */
function archiveFolder(kept, key) {
	return path.join(kept, "mounts", key, "mount");
}
export { prepareMounts as n, archiveFolder as t };
