import { a as formatDuration, c as shortDigest, l as stepPlace, n as count, o as formatShare, r as formatBytes, s as formatSize, t as cachedShare } from "./format.js";
import { t as shorten } from "./visible.js";
import { a as link, i as inline, n as details, r as fence, s as table, t as code } from "./markdown.js";
import { a as outcomeText, t as ICONS$1 } from "./outcome.js";
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
// src/report/layers.ts
const none = {
	restored: 0,
	kept: 0,
	saved: 0
};
/** One image's cell: `120 MB restored, 61 MB downloaded, 30 MB new, 41 s saved`; empty where no layer was moved. */
function layersText({ cache, downloaded = 0 }) {
	const { restored, kept, saved } = cache ?? none;
	return [
		...restored > 0 ? [`${formatBytes(restored)} restored`] : [],
		...downloaded > 0 ? [`${formatBytes(downloaded)} downloaded`] : [],
		...kept > 0 ? [`${formatBytes(kept)} new`] : [],
		...saved >= 100 ? [`${formatDuration(saved)} saved`] : []
	].join(", ");
}
/** One line for the stack; null where no layer was moved. */
function layersSentence(images) {
	const caches = images.flatMap(({ cache }) => cache ?? []);
	const sum = (of) => caches.reduce((total, cache) => total + cache[of], 0);
	const tally = (of) => count(caches.filter((cache) => cache[of] > 0).length, "image");
	const [restored, kept, saved] = [
		sum("restored"),
		sum("kept"),
		sum("saved")
	];
	const downloaded = images.reduce((total, image) => total + (image.downloaded ?? 0), 0);
	const parts = [
		...restored > 0 ? [`${formatBytes(restored)} restored for ${tally("restored")}`] : [],
		...downloaded > 0 ? [`${formatBytes(downloaded)} downloaded`] : [],
		...kept > 0 ? [`${formatBytes(kept)} new for ${tally("kept")}`] : [],
		...restored > 0 && kept === 0 ? ["nothing new to keep"] : [],
		...saved >= 100 ? [`about ${formatDuration(saved)} of building saved`] : []
	];
	return parts.length > 0 ? `layers: ${parts.join(", ")}` : null;
}
// src/report/tests.ts
/** Cases that are listed of one image, and failures of one report. */
const CASES = 40;
const REPORTED = 10;
const ICONS = {
	passed: "✅",
	failed: "❌",
	skipped: "⏭️"
};
/** The tests of an image in a few words: `5 passed`, `1 of 5 failed`, `4 passed, 1 failure allowed`; empty without any. */
function testsText({ tests }) {
	if (!tests) return "";
	const of = (outcome) => tests.cases.filter((one) => one.outcome === outcome);
	const failed = of("failed");
	const red = failed.filter(({ allowed }) => !allowed).length;
	if (red > 0) return `${red} of ${tests.cases.length} failed`;
	return [
		of("passed").length > 0 ? `${of("passed").length} passed` : "",
		failed.length > 0 ? `${count(failed.length, "failure")} allowed` : "",
		of("skipped").length > 0 || tests.cases.length === 0 ? `${of("skipped").length || ""} not run`.trim() : ""
	].filter((part) => part !== "").join(", ");
}
/** Below the failed images: their cases, and failures that are allowed; then all tests, folded. */
function testSections(result) {
	const tested = result.images.flatMap((image) => image.tests ? [{
		image,
		tests: image.tests
	}] : []);
	if (tested.length === 0) return [];
	const loud = tested.filter(({ tests }) => tests.cases.some((one) => one.outcome === "failed"));
	const notes = tested.flatMap(({ image, tests }) => tests.notes.map((note) => `- ${inline(image.name)}: ${inline(note)}`));
	return [
		...loud.map(({ image, tests }) => ({
			rank: 1,
			name: "tests that failed",
			markdown: failedTests(result, image, tests)
		})),
		{
			rank: 5,
			name: "the tests",
			markdown: details(`Tests: ${summary(tested)}`, allTests(tested))
		},
		{
			rank: 4,
			name: "what was not tested",
			markdown: notes.slice(0, CASES).join("\n")
		}
	];
}
/** What of the tests is worth a line in a terminal besides failures: what is allowed to fail, and what did not run. */
function testRemarks({ images }) {
	return images.flatMap(({ name, tests }) => [...(tests?.notes ?? []).map((note) => `${name}: ${note}`), ...(tests?.cases ?? []).flatMap((one) => one.outcome === "passed" || one.outcome === "failed" && !one.allowed ? [] : [`${name}: ${one.name}: ${one.outcome === "failed" ? "failed, which is allowed" : "not run"}: ${one.reason}`])]);
}
function summary(tested) {
	const cases = tested.flatMap(({ tests }) => tests.cases);
	return `${cases.filter(({ outcome }) => outcome === "passed").length} of ${count(cases.length, "test")} passed in ${count(tested.length, "image")}`;
}
function failedTests(result, image, { cases }) {
	const failed = cases.filter(({ outcome }) => outcome === "failed");
	const parts = failed.slice(0, CASES).map((one, at) => {
		const where = one.place && link(inline(one.place.file), fileLink(result, one.place.file, one.place.line));
		const head = [
			`${one.allowed ? "⚠️" : "❌"} ${code(one.name, 200)}`,
			inline(one.reason),
			where
		].filter(Boolean).join(" · ");
		const reported = (one.reported?.failures ?? []).slice(0, REPORTED).map(({ name, message }) => `- ${code(name, 200)} ${inline(message, 300)}`);
		const tail = (at > 0 || one.allowed) && one.tail.length > 0 ? [fence(one.tail.join("\n"))] : [];
		return [
			head,
			reported.join("\n"),
			...tail
		].filter((part) => part !== "").join("\n\n");
	});
	const rest = failed.length > CASES ? [`${failed.length - CASES} more failed.`] : [];
	return [
		`### Tests of ${inline(image.name)}`,
		...parts,
		...rest
	].join("\n\n");
}
function allTests(tested) {
	const rows = tested.flatMap(({ image, tests }) => tests.cases.slice(0, CASES).map((one) => [
		ICONS[one.outcome],
		inline(image.name),
		`${code(one.name, 120)}${one.image === image.name ? "" : ` of ${inline(one.image)}`}`,
		one.reported ? reportedText(one.reported) : "",
		one.seconds === null ? "" : formatDuration(one.seconds * 1e3)
	]));
	return table([
		"",
		"image",
		"test",
		"reported",
		"time"
	], rows);
}
function reportedText({ passed, failed, skipped }) {
	return [
		`${passed} passed`,
		failed > 0 ? `${failed} failed` : "",
		skipped > 0 ? `${skipped} skipped` : ""
	].filter((part) => part !== "").join(", ");
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
			cell: (image) => result.dryRun ? "" : ICONS$1[image.outcome],
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
			head: "layers",
			cell: layersText,
			folds: false
		},
		{
			head: "tests",
			cell: testsText,
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
export { layersSentence as a, failureSections as c, testsText as i, fileLink as l, testRemarks as n, layersText as o, testSections as r, failedWhere as s, stackTable as t };
