import { n as ActionError, r as explained } from "./nearest.js";
import { t as run } from "./run.js";
import { n as fail, r as readActionInputs, t as actionHost } from "./action.js";
// src/index.ts
try {
	const host = actionHost();
	const verdict = await run(readActionInputs(), host);
	if (!verdict.ok) fail(new ActionError("build", verdict.message, verdict.details));
} catch (error) {
	fail(explained(error));
}
export {};
