import { d as placeOf, r as scanLocks } from "./lock-scan.js";
// src/steps/plan-relocks.ts
/** Says of each image whose sources changed whether its lock still has to be made: it may have come with the change. */
async function planRelocks(question) {
	const { decision, inputs } = question;
	const names = new Set(decision.plan.images.filter((image) => image.relock).map(({ name }) => name));
	if (names.size === 0) return decision;
	const { states } = await scanLocks({
		...placeOf(question, names),
		foreign: inputs.lockEngine === "conda-lock"
	});
	const fresh = new Set(states.filter(({ freshness }) => freshness.length > 0 && freshness.every((lock) => lock.fresh)).flatMap(({ target }) => target.images));
	const images = decision.plan.images.map((image) => fresh.has(image.name) ? {
		...image,
		relock: false
	} : image);
	return {
		...decision,
		plan: {
			...decision.plan,
			images
		}
	};
}
export { planRelocks as t };
