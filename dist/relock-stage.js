import { n as diffJson } from "./diff.js";
import { n as count } from "./format.js";
import { r as relockSections, t as relockHeadline } from "./lock-summary.js";
import { c as tokenAccount, o as upsertComment } from "./commit-permission.js";
import { t as planRelocks } from "./plan-relocks2.js";
import { n as refuseStale, r as relock, t as markLocks } from "./relock.js";
import { n as changeCounts } from "./lock-markdown.js";
import { n as unbuilt } from "./observe.js";
import { r as stackName, t as runUrl } from "./stack-name.js";
// src/steps/relock-results.ts
/** Puts the new locks into the plan: who is relocked and what changed for it, who cannot be built. */
function withLocks({ source, decision }, made) {
	const { built, proposed } = made.locks;
	const missing = missingImages(source, decision.plan, built);
	const images = decision.plan.images.map((image) => relocked(image, source, built, missing));
	const revision = (built === proposed ? made.delivery?.sha ?? null : null) ?? (source.commit && `${source.commit}-dirty`);
	return {
		source: built.files.length > 0 ? {
			...source,
			revision
		} : source,
		decision: {
			...decision,
			plan: {
				...decision.plan,
				images
			}
		},
		missing
	};
}
/** The results with those images as failed, or skipped because of their parent. */
function withMissing(results, plan, { missing }) {
	const planned = new Map(plan.images.map((image) => [image.name, image]));
	return results.map((result) => {
		const failure = missing.get(result.name);
		const image = planned.get(result.name);
		if (failure === void 0 || !image) return result;
		if (failure === null) return unbuilt(image, "skipped", image.reason);
		const [, file = image.dockerfile, line = null, message = failure.message] = /^([^\s:]+):(\d+): (.*)$/s.exec(failure.message) ?? [];
		return {
			...unbuilt(image, "failed", image.reason),
			failure: {
				message,
				step: null,
				dockerfile: file,
				line: line === null ? null : Number(line),
				tail: failure.details.slice(0, 20)
			}
		};
	});
}
function missingImages({ stack }, plan, { images }) {
	const building = new Set(plan.images.filter(({ action }) => action === "build").map(({ name }) => name));
	const missing = /* @__PURE__ */ new Map();
	for (const { image, error } of images) {
		const folder = stack.images.find(({ name }) => name === image)?.path;
		for (const { name } of stack.images.filter(({ path }) => path === folder)) if (error && building.has(name)) missing.set(name, error);
	}
	for (const name of stack.order) {
		const parents = stack.images.find((image) => image.name === name)?.parents ?? [];
		if (building.has(name) && !missing.has(name) && parents.some((parent) => missing.has(parent.name))) missing.set(name, null);
	}
	return missing;
}
function relocked(image, { stack }, { images }, missing) {
	const parent = image.parents.find((name) => missing.has(name));
	if (missing.get(image.name) === null) return {
		...image,
		action: "skip",
		reason: `its parent ${parent} was not built`
	};
	if (missing.has(image.name)) return {
		...image,
		action: "skip",
		relock: true,
		reason: `${image.reason}; its lock could not be made`
	};
	const folder = stack.images.find(({ name }) => name === image.name)?.path;
	const own = images.find((one) => stack.images.some(({ name, path }) => name === one.image && path === folder));
	const diff = own?.diffs.find(({ platform }) => platform === "linux-64") ?? own?.diffs[0];
	if (!own || own.files.length === 0) return {
		...image,
		relock: false
	};
	return {
		...image,
		relock: true,
		reason: `${image.reason}; lock: ${diff ? changeCounts(diff) : "made anew"}`
	};
}
// src/steps/relock-stage.ts
/** Makes, checks or leaves the locks of a run, by `lock-mode`, and says what comes of it for plan, builds and report. */
async function relockStage(question, passed) {
	const refused = await refuseStale(question);
	if (refused) return {
		...passed,
		refused
	};
	const made = await relock(question);
	const report = reportOf(question, made);
	if (!made) return {
		...passed,
		decision: await planRelocks(question),
		report
	};
	const relocked = withLocks(question, made);
	const decision = made.stop === null ? relocked.decision : stopped(relocked.decision, made);
	const settle = (results) => withMissing(results, decision.plan, relocked);
	if (made.stop === null) await markLocks({
		...question,
		made,
		state: "pending"
	});
	return {
		...passed,
		source: relocked.source,
		decision,
		settle,
		report
	};
}
/** The commit of locks has a run of its own, which builds: this one does not. */
function stopped(decision, { stop, delivery }) {
	const reason = `${delivery?.sha?.slice(0, 7) ?? "the commit of its locks"} is built by its own run: ${stop}`;
	const images = decision.plan.images.map((image) => image.action === "build" ? {
		...image,
		action: "skip",
		reason,
		tags: []
	} : image);
	return {
		...decision,
		plan: {
			...decision.plan,
			images
		}
	};
}
function reportOf(question, made) {
	const { source, inputs } = question;
	const shown = made?.locks.proposed ?? made?.locks.built ?? null;
	const sentence = made ? sentenceOf(made) : null;
	const sections = shown ? relockSections(shown, inputs.packagesOfInterest) : [];
	const offer = made?.delivery?.offer ?? "";
	const { repository, pullRequest, kind } = source.trigger;
	const commented = repository !== null && pullRequest !== null && kind === "pull_request" && inputs.githubToken !== "";
	if (!made && !commented) return null;
	const tell = async (result, ok) => {
		if (made?.stop === null) await markLocks({
			...question,
			made,
			state: ok ? "success" : "failure"
		});
		if (!commented) return;
		const facts = {
			stack: stackName({
				inputs,
				trigger: source.trigger
			}),
			result,
			locks: null,
			red: made?.delivery?.kind === "held"
		};
		const place = {
			repository,
			number: pullRequest.number,
			account: made?.permission?.account ?? await tokenAccount(question)
		};
		const whole = {
			...facts,
			offer,
			packages: sections,
			runUrl: runUrl(question.host)
		};
		await upsertComment({
			...question,
			...place,
			facts: whole,
			needed: made !== null
		});
	};
	return {
		sentence,
		sections,
		offer,
		diff: diffJson(shown?.images.flatMap((image) => image.diffs) ?? []),
		tell
	};
}
/** What became of the locks in one plain sentence. */
function sentenceOf({ locks, delivery }) {
	const failed = locks.built.images.filter((image) => image.error !== null).length;
	return [
		delivery?.sentence ?? relockHeadline(locks.built),
		...delivery && failed > 0 ? [`${count(failed, "lock")} could not be made`] : [],
		...locks.behind.length > 0 ? ["update your branch: its base has other environments"] : []
	].join("; ");
}
export { relockStage };
