import { d as childEnvironment, f as findBuildx, l as ownBuilder } from "./cancel.js";
import { n as fail, t as actionHost } from "./action.js";
// src/steps/clean-up.ts
/** The post step, with the state that the run left in the environment: what may take its time, one beside the other. */
async function cleanUp(host) {
	await Promise.all([removeBuilder(host.env), keepStore(host)]);
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
/** Only a run that ended well leaves anything behind for others. */
async function keepStore(host) {
	const { STATE_store: restored, STATE_ended: ended } = host.env;
	if (!restored || ended !== "well") return;
	const { saveStore } = await import("./save-store.js");
	await saveStore(host, restored);
}
// src/post.ts
try {
	await cleanUp(actionHost());
} catch (error) {
	fail(error);
}
export {};
