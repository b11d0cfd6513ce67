import { a as formatDuration, c as shortDigest, l as stepPlace, o as formatShare, s as formatSize, t as cachedShare } from "./format.js";
import { t as shorten } from "./visible.js";
import { A as inline, D as code, N as table, j as link, k as fence } from "./changes.js";
import { a as outcomeText, t as ICONS } from "./outcome.js";
// src/report/links.ts
/**
* The page of a file's line at the run's commit, null outside of GitHub. `path` is relative to the repository's root; the address
* of a Dockerfile elsewhere has no page here.
*/
function fileLink(result, path, line) {
	const base = /^(https:\/\/[^/]+\/[^/]+\/[^/]+)\/actions\/runs\/\d+/.exec(result.runUrl ?? "")?.[1];
	const head = result.trigger.head;
	if (base === void 0 || path.includes("://") || head === null || !/^[0-9a-f]{7,64}$/.test(head)) return null;
	return `${base}/blob/${head}/${path.toWellFormed().split("/").map(encodeURIComponent).join("/").replace(/[!'()*]/g, percent)}${line === null ? "" : `#L${line}`}`;
}
/** What `encodeURIComponent` leaves and Markdown may read. */
function percent(character) {
	return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
// src/report/failures.ts
const LINE = 500;
/** A section an image that failed: the step, its last lines and nothing else, its place in the Dockerfile. */
function failureSections(result) {
	return result.images.flatMap((image) => {
		return image.failure === null ? [] : [{
			rank: 1,
			name: "details of a failed image",
			markdown: section(result, image, image.failure)
		}];
	});
}
/** `failed in step 7/12`, or only `failed` where no numbered step did. Holds nothing of others but stage names: escape it. */
function failedWhere(failure) {
	const place = failure.step === null ? "" : stepPlace(failure.step);
	return place === "" ? "failed" : `failed in step ${place}`;
}
function section(result, image, failure) {
	const step = failure.step === null ? "" : `: ${code(failure.step.name, 160)}`;
	const tail = failure.tail.map((line) => shorten(line, LINE)).join("\n");
	const place = failure.line === null ? failure.dockerfile : `${failure.dockerfile} line ${failure.line}`;
	const links = [link(inline(place), fileLink(result, failure.dockerfile, failure.line)), link("full log", result.runUrl)];
	return [
		`### ❌ ${inline(image.name)} ${inline(failedWhere(failure))}${step}`,
		inline(failure.message, 1e3),
		...tail.trim() === "" ? [] : [fence(tail)],
		links.filter((text) => text !== "full log").join(" · ")
	].join("\n\n");
}
// src/report/stack-table.ts
/** Above this many rows, images that stayed as they were are counted and not listed. */
const ROWS = 60;
/** The one table of the run: a row an image, no column that is empty everywhere. */
function stackTable(result) {
	const rows = result.images.length <= ROWS ? result.images : result.images.filter((image) => image.outcome !== "unchanged");
	const filled = columns(result).filter((column) => rows.some((image) => column.cell(image) !== ""));
	const folded = filled.filter((column) => column.folds && rows.length > 1 && new Set(rows.map(column.cell)).size === 1);
	const shown = filled.filter((column) => !folded.includes(column));
	const heads = shown.map((column) => column.head);
	const body = rows.map((image) => shown.map((column) => column.cell(image)));
	const same = folded.map((column) => `${column.head}: ${column.cell(rows[0])}`).join(" · ");
	const rest = result.images.length - rows.length;
	return [
		rows.length === 0 ? "" : table(heads, body),
		same === "" ? "" : `All images: ${same}`,
		rest === 0 ? "" : `${rest} more images did not change.`
	].filter((part) => part !== "").join("\n\n");
}
function columns(result) {
	return [
		{
			head: "",
			cell: (image) => result.dryRun ? "" : ICONS[image.outcome],
			folds: false
		},
		{
			head: "image",
			cell: (image) => inline(image.name),
			folds: false
		},
		{
			head: "decision",
			cell: (image) => outcomeText(image, result.dryRun),
			folds: true
		},
		{
			head: "why",
			cell: (image) => inline(image.reason),
			folds: true
		},
		{
			head: "time",
			cell: time,
			folds: false
		},
		{
			head: "cached",
			cell: cached,
			folds: false
		},
		{
			head: "size",
			cell: (image) => image.size === null ? "" : formatSize(image.size, image.previousSize),
			folds: false
		},
		{
			head: "digest",
			cell: (image) => image.digest === null ? "" : code(shortDigest(image.digest)),
			folds: false
		}
	];
}
function time(image) {
	if (image.started === null || image.completed === null || image.outcome === "unchanged") return "";
	return formatDuration(image.completed - image.started);
}
function cached(image) {
	const share = image.outcome === "built" || image.outcome === "failed" ? cachedShare(image.steps) : null;
	return share === null ? "" : formatShare(share);
}
export { fileLink as i, failedWhere as n, failureSections as r, stackTable as t };
