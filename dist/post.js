import { a as findBuildx, r as ownBuilder } from "./builder.js";
import { t as childEnvironment } from "./environment.js";
import { n as fail, t as actionHost } from "./action.js";
// src/steps/clean-up.ts
/** The post step, with the state that the run left in the environment: what may take its time, one beside the other. */
async function cleanUp(host) {
	await Promise.all([
		removeBuilder(host.env),
		removeContainers(host.env),
		keepStore(host),
		keepLayers(host),
		keepMounts(host)
	]);
}
/** Removes the builder that the run made for itself. A state that names any other is not believed. */
async function removeBuilder(env) {
	const name = env.STATE_builder ?? "";
	if (!ownBuilder.test(name)) return;
	await (await findBuildx({
		cwd: env.RUNNER_TEMP || "/",
		env: childEnvironment(env)
	})).remove(name);
}
/** A run that was ended by force may have left containers of its tests. */
async function removeContainers(env) {
	const run = env.STATE_containers ?? "";
	if (!/^[0-9a-f]{16}$/.test(run)) return;
	const [{ containerLabel, testRepository }, { findEngine }] = await Promise.all([import("./container-names.js"), import("./engine.js")]);
	const engine = await findEngine({
		cwd: env.RUNNER_TEMP || "/",
		env: childEnvironment(env)
	});
	if (engine) await engine.remove(await engine.leftovers(containerLabel(run), testRepository(run)));
}
/** What the steps of images that were built left in their cache mounts; other images may have failed. */
async function keepMounts(host) {
	const { STATE_mounts: state } = host.env;
	if (!state) return;
	const { saveMounts } = await import("./save-mounts.js");
	await saveMounts(host, state);
}
/** Only a run that ended well leaves anything behind for others. */
async function keepStore(host) {
	const { STATE_store: restored, STATE_ended: ended } = host.env;
	if (!restored || ended !== "well") return;
	const { saveStore } = await import("./save-store.js");
	await saveStore(host, restored);
}
/** Layers of images that were built are right whatever became of others; a run that was cancelled or ended by force keeps nothing. */
async function keepLayers(host) {
	const { STATE_layers: layers, STATE_ended: ended } = host.env;
	if (!layers || ended !== "well" && ended !== "red") return;
	const { saveLayers } = await import("./save-layers.js");
	await saveLayers(host, layers);
}
// src/post.ts
try {
	await cleanUp(actionHost());
} catch (error) {
	fail(error);
}
export {};
