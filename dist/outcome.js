import { a as formatDuration, n as count } from "./format.js";
// src/report/outcome.ts
/** One sign an outcome, the same everywhere. */
const ICONS = {
	built: "✅",
	reused: "♻️",
	unchanged: "➖",
	failed: "❌",
	skipped: "⏭️"
};
const ORDER = [
	"failed",
	"built",
	"reused",
	"unchanged",
	"skipped"
];
const PLANNED = {
	build: "to build",
	reuse: "to reuse",
	skip: "unchanged"
};
/** The word for what became of an image; in a dry run what would become of it. */
function outcomeText(image, dryRun = false) {
	return dryRun ? image.action : image.outcome;
}
/** Whether anything went wrong. */
function isRed(result) {
	return result.error !== null || result.images.some((image) => image.outcome === "failed");
}
/**
* The whole story in one line (of an error, its first): `1 failed, 3 built, 1 unchanged · 4 m 12 s · nothing pushed`. It holds text
* of others (the run's error, a commit): the caller escapes it as a whole.
*/
function headline(result) {
	const error = result.error === null ? [] : [result.error.split("\n")[0] ?? ""];
	if (error.length > 0 && result.images.every((image) => image.started === null)) return error.join("");
	const time = result.dryRun ? "dry run: nothing was built" : formatDuration(result.completed - result.started);
	const locks = result.locks ? [result.locks] : [];
	return [
		counts(result),
		time,
		...locks,
		...error,
		...restriction(result)
	].join(" · ");
}
/** What the run's error says below its first line, empty where it has only one. */
function errorRest(result) {
	return (result.error ?? "").split("\n").slice(1).join("\n").trimEnd();
}
function counts(result) {
	if (result.images.length === 0) return "no images found";
	const shown = (result.dryRun ? [
		"build",
		"reuse",
		"skip"
	].map((action) => [tally(result, (image) => image.action === action), PLANNED[action]]) : ORDER.map((outcome) => [tally(result, (image) => image.outcome === outcome), outcome])).filter(([number]) => number > 0);
	const [only] = shown;
	if (shown.length === 1 && only?.[1] === "unchanged") return `nothing to build, ${count(only[0], "image")} unchanged`;
	return shown.map(([number, word]) => `${number} ${word}`).join(", ");
}
/** An untrusted run says what it may not do and what a maintainer can do about it. */
function restriction(result) {
	if (result.trigger.trust === "untrusted") return [`untrusted run: no login, no secrets, no push; a maintainer can push ${result.trigger.pullRequest?.headSha.slice(0, 7) ?? "its commit"} to a branch of this repository`];
	return result.images.some((image) => image.outcome === "built") && !result.pushed && !result.dryRun ? ["nothing pushed"] : [];
}
function tally(result, test) {
	return result.images.filter(test).length;
}
export { outcomeText as a, isRed as i, errorRest as n, headline as r, ICONS as t };
