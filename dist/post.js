import { _ as findBuildx, a as childEnvironment, h as ownBuilder } from "./cancel.js";
import { n as fail } from "./action.js";
// src/steps/clean-up.ts
/** The post step: removes the builder that the run made for itself. A state that names any other is not believed. */
async function cleanUp(env) {
	const name = env.STATE_builder ?? "";
	if (!ownBuilder.test(name)) return;
	await (await findBuildx({
		cwd: env.RUNNER_TEMP || "/",
		env: childEnvironment(env)
	})).remove(name);
}
// src/post.ts
try {
	await cleanUp(process.env);
} catch (error) {
	fail(error);
}
export {};
