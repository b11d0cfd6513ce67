import { i as messageOf, t as ActionError } from "./errors.js";
// src/steps/fingerprint-stage.ts
/**
* Takes what some run built from the same inputs instead of building it once more. Nothing of it is loaded for a run without
* registry, or one that neither builds nor tags. What goes wrong here is told, and then git alone decides.
*/
async function fingerprintStage(question) {
	const { decision, host } = question;
	if (!isWorthAsking(question)) return decision;
	const { decideByFingerprints } = await import("./fingerprints.js");
	try {
		return await decideByFingerprints(question);
	} catch (error) {
		if (host.signal.aborted || error instanceof ActionError && error.code === "cancelled") throw error;
		host.out.warning(`built without fingerprints: ${messageOf(error)}`);
		return decision;
	}
}
function isWorthAsking({ decision, inputs, host, builds }) {
	const { plan, push } = decision;
	if (decision.settled) return false;
	if (inputs.registry.length === 0) return false;
	if (inputs.pushByDigest) return false;
	if (builds && host.event.head !== null) return false;
	if (!builds && host.view?.explain) return true;
	if (!plan.images.some(({ action }) => action === "build" || action === "reuse" && push.publishes)) return false;
	return !builds || push.push || !(inputs.noCache || buildsAnyway({
		decision,
		inputs,
		host
	}));
}
/** Whether a run builds what it could take: what is loaded into an engine is not what a registry holds. */
function buildsAnyway({ decision, inputs, host }) {
	if (inputs.load !== "auto") return inputs.load;
	return host.kind === "cli" && !decision.push.push;
}
export { fingerprintStage as n, buildsAnyway as t };
