import { r as relockSections } from "./lock-summary.js";
import { t as findImage } from "./select.js";
import "./changes2.js";
import { c as tokenAccount, o as upsertComment } from "./commit-permission.js";
import { t as detect } from "./detect.js";
import { t as concludeRelock } from "./lock.js";
import { d as placeOf } from "./lock-scan.js";
import { i as relockImages } from "./relock.js";
import { r as stackName, t as runUrl } from "./stack-name.js";
// src/steps/lock-pull.ts
/** The command `lock` in a pull request's run: every stale lock of the stack is made and brought to the branch; nothing is built. */
async function lockPull(question) {
	const { trigger, inputs, host } = question;
	const source = await detect(question);
	const names = inputs.images.map((text) => findImage(source.stack, text).name);
	const chosen = names.length > 0 ? new Set(names) : null;
	const made = await relockImages({
		source,
		inputs,
		host,
		place: placeOf({
			source,
			host
		}, chosen),
		pushes: false
	});
	const shown = made?.locks.proposed ?? made?.locks.built ?? {
		commit: null,
		images: [],
		freshness: [],
		files: [],
		sources: [],
		took: 0
	};
	if (made?.delivery) host.out.info(made.delivery.sentence);
	const verdict = await concludeRelock(shown, {
		inputs,
		host
	});
	if (!trigger.repository || !trigger.pullRequest || !inputs.githubToken) return verdict;
	const account = made?.permission?.account ?? await tokenAccount(question);
	const facts = {
		stack: stackName(question),
		result: null,
		locks: made?.delivery?.sentence ?? "all locks are fresh",
		red: !verdict.ok || made?.delivery?.kind === "held",
		offer: made?.delivery?.offer ?? "",
		packages: relockSections(shown, inputs.packagesOfInterest),
		runUrl: runUrl(host)
	};
	const { repository, pullRequest } = trigger;
	await upsertComment({
		host,
		inputs,
		repository,
		number: pullRequest.number,
		account,
		facts,
		needed: made !== null
	});
	return verdict;
}
export { lockPull };
