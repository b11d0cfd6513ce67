import { n as explained, t as ActionError } from "./errors.js";
import { t as run } from "./run.js";
import { n as fail, r as readActionInputs, t as actionHost } from "./action.js";
// src/index.ts
try {
	const host = actionHost();
	const verdict = await run(readActionInputs(), host);
	if (verdict.ok) host.out.state("ended", "well");
	else {
		host.out.state("ended", host.signal.aborted ? "cancelled" : "red");
		fail(new ActionError("build", verdict.message, verdict.details));
	}
} catch (error) {
	fail(explained(error));
}
export {};
