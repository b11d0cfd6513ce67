import { a as formatDuration, n as count } from "./format.js";
import { t as lockDiffMarkdown } from "./lock-markdown.js";
import { i as inline, r as fence } from "./markdown.js";
import { n as joinSections, t as SUMMARY_LIMIT } from "./sections.js";
// src/report/lock-summary.ts
/** Packages of an image's table in a summary. */
const rows = 300;
/** The whole of a relock in one line: `2 locks made in 1.9 s, 1 failed`. */
function relockHeadline({ images, files, took }) {
	const failed = images.filter((image) => image.error !== null).length;
	const made = images.filter((image) => image.error === null && image.files.length > 0).length;
	if (files.length === 0 && failed === 0) return "all locks are fresh";
	return [...made > 0 ? [`${count(made, "lock")} made${took > 0 ? ` in ${formatDuration(took)}` : ""}`] : [], ...failed > 0 ? [`${failed} failed`] : []].join(", ");
}
/** A relock as a job summary: its headline, why locks failed, what changed. */
function relockMarkdown(relock, { interest, limit }) {
	const failed = relock.images.some((image) => image.error !== null);
	return joinSections([{
		rank: 0,
		name: "title",
		markdown: `## ${failed ? "❌" : "✅"} ${inline(relockHeadline(relock))}`
	}, ...relockSections(relock, interest)], Math.min(limit, SUMMARY_LIMIT), "The log has all of it.");
}
/** Sections for a summary or comment: failures, which are kept longest, then a folded table an image. */
function relockSections({ images }, interest) {
	const failures = images.flatMap(({ image, error }) => {
		if (!error) return [];
		const text = [error.message, ...error.details].join("\n");
		return [{
			rank: 1,
			name: `why ${image} has no lock`,
			markdown: `### ❌ The lock of ${inline(image)}\n\n${fence(text)}`
		}];
	});
	const diffs = images.map(({ image, diffs }) => {
		const markdown = lockDiffMarkdown(diffs, {
			interest,
			rows
		});
		return {
			rank: 3,
			name: `packages of ${image}`,
			markdown
		};
	});
	return [...failures, ...diffs];
}
export { relockMarkdown as n, relockSections as r, relockHeadline as t };
