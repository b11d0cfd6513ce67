import { t as findBases } from "./bases.js";
import { t as findTools } from "./builder.js";
import { i as messageOf, n as explained, t as ActionError } from "./errors.js";
import { a as layersSentence, c as failureSections, i as testsText, l as fileLink, n as testRemarks, o as layersText, r as testSections, s as failedWhere, t as stackTable } from "./stack-table.js";
import { n as visible, r as visibleLines, t as shorten } from "./visible.js";
import { a as link$1, i as inline, n as details, o as mermaidLabel, r as fence, s as table, t as code } from "./markdown.js";
import { a as outcomeText, i as isRed, n as errorRest, r as headline, t as ICONS } from "./outcome.js";
import { n as manifestsPart } from "./manifests.js";
import { a as formatDuration, n as count, o as formatShare, r as formatBytes, s as formatSize, t as cachedShare } from "./format.js";
import { t as stepLabel } from "./step-text.js";
import { n as joinSections } from "./sections.js";
import { n as columns, r as paint, t as STYLES$1 } from "./paint.js";
import { t as canonicalReference } from "./canonical.js";
import { i as imageReferences } from "./tags.js";
import { r as unbuiltResults } from "./observe.js";
import { t as commandText } from "./spec-tests.js";
import { h as fileRules } from "./changes2.js";
import { t as findImage } from "./select.js";
import { i as remotePlaces, n as cachedImage, t as branchesOf } from "./cache-remote.js";
import { t as decide } from "./decide.js";
import { n as readEvent, t as detect } from "./detect.js";
import { n as fingerprintStage } from "./fingerprint-stage.js";
import { t as make } from "./make.js";
import { t as createRegistry } from "./registry.js";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { createHash } from "node:crypto";
// src/report/annotations.ts
/** GitHub shows ten of each kind a step. */
const SHOWN$1 = 10;
const MESSAGE = 2e3;
/** Failures and Dockerfile checks at their lines. Text of others is made visible; line ends in messages are ours. */
function annotate(result) {
	const errors = result.images.flatMap(failed);
	const warnings = unique(result.images.flatMap((image) => [...allowedFailures(image), ...checked(image)]));
	return {
		annotations: [...errors.slice(0, SHOWN$1), ...warnings.slice(0, SHOWN$1)],
		rest: {
			errors: Math.max(0, errors.length - SHOWN$1),
			warnings: Math.max(0, warnings.length - SHOWN$1)
		}
	};
}
function failed(image) {
	const { failure } = image;
	if (failure === null) return [];
	const step = failure.step?.number ? [shorten(visible(failure.step.name), 200)] : [];
	const tail = failure.tail.slice(-5).map((line) => shorten(visible(line), 300));
	return [{
		level: "error",
		title: visible(`${image.name} ${failedWhere(failure)}`),
		message: shorten([
			...step,
			visible(failure.message),
			...tail
		].join("\n"), MESSAGE),
		file: failure.dockerfile,
		startLine: failure.line
	}];
}
/** Tests that failed and stop nothing. */
function allowedFailures({ name, tests, failure }) {
	return (tests?.cases ?? []).flatMap((one) => {
		if (one.outcome !== "failed" || !one.allowed) return [];
		const message = [
			one.name,
			one.reason,
			...one.tail.slice(-5)
		].map((line) => shorten(visible(line), 300)).join("\n");
		return [{
			level: "warning",
			title: visible(`a test of ${name} failed, which is allowed`),
			message: shorten(message, MESSAGE),
			file: one.place?.file ?? failure?.dockerfile ?? "",
			startLine: one.place?.line ?? null
		}];
	});
}
function checked(image) {
	return image.warnings.map((warning) => ({
		level: "warning",
		title: shorten(visible(warning.rule), 100),
		message: shorten(visible(warning.message), MESSAGE),
		file: warning.file,
		startLine: warning.line
	}));
}
/** Variants share a Dockerfile: the same remark at the same place is one. */
function unique(annotations) {
	return [...new Map(annotations.map((annotation) => [JSON.stringify(annotation), annotation])).values()];
}
// src/report/critical-path.ts
/**
* The images that decided how long the run took: from the one that ended last back over the parent that it waited
* for. Returns their names, parents first; empty when fewer than two ran.
*/
function criticalPath(images) {
	const ran = new Map(images.filter((image) => image.started !== null && image.completed !== null).map((image) => [image.name, image]));
	const path = [];
	let at = last([...ran.values()]);
	while (at !== void 0 && !path.includes(at.name)) {
		path.unshift(at.name);
		at = last(at.parents.flatMap((parent) => ran.get(parent) ?? []));
	}
	return path.length > 1 ? path : [];
}
function last(images) {
	return images.toSorted((a, b) => (b.completed ?? 0) - (a.completed ?? 0))[0];
}
// src/report/diagrams.ts
/** GitHub draws a diagram of at most 500 edges and 50,000 characters. */
const EDGES = 400;
const NODES = 200;
const CHARACTERS = 45e3;
const DAY = 864e5;
const STYLES = {
	built: "fill:#dafbe1,stroke:#1a7f37,color:#1f2328",
	reused: "fill:#ddf4ff,stroke:#0969da,color:#1f2328",
	unchanged: "fill:#f6f8fa,stroke:#8c959f,color:#1f2328",
	failed: "fill:#ffebe9,stroke:#cf222e,color:#1f2328",
	skipped: "fill:#fff8c5,stroke:#9a6700,color:#1f2328,stroke-dasharray:4"
};
/**
* The stack as a mermaid flowchart, coloured by outcome, the critical path with thick edges. In a big stack only what
* did not stay as it was and its parents are drawn; null when that is still too much for GitHub, or nothing to see.
*/
function graphDiagram(images) {
	const shown = images.length <= NODES ? images : moved(images);
	if (shown.length < 2 || images.every((image) => image.outcome === "unchanged") || shown.length > NODES) return null;
	const ids = new Map(shown.map((image, index) => [image.name, `n${index}`]));
	const critical = criticalPath(images);
	const edges = shown.flatMap((image) => image.parents.flatMap((parent) => edge(ids, critical, parent, image.name)));
	if (edges.length > EDGES) return null;
	const nodes = shown.map((image) => `  ${ids.get(image.name)}["${ICONS[image.outcome]} ${mermaidLabel(image.name)}"]:::${image.outcome}`);
	const classes = [...new Set(shown.map((image) => image.outcome))].map((outcome) => `  classDef ${outcome} ${STYLES[outcome]}`);
	return fitting([
		"flowchart LR",
		...nodes,
		...edges,
		...classes
	]);
}
/** When each image ran, as a mermaid Gantt chart from the run's start; null when fewer than two ran, or for over a day. */
function timelineDiagram(images, started) {
	const ran = images.flatMap((image) => {
		return image.started === null || image.completed === null ? [] : [{
			image,
			from: image.started,
			to: image.completed
		}];
	});
	if (ran.length < 2 || ran.length > NODES || ran.some(({ to }) => to - started >= DAY)) return null;
	const critical = new Set(criticalPath(images));
	return fitting([
		"gantt",
		"  dateFormat HH:mm:ss",
		"  axisFormat %H:%M:%S",
		...ran.toSorted((a, b) => a.from - b.from).map(({ image, from, to }) => {
			const tag = critical.has(image.name) ? "crit" : image.outcome === "failed" ? "active" : "done";
			const seconds = Math.max(1, Math.round((to - from) / 1e3));
			return `  ${ICONS[image.outcome]} ${mermaidLabel(image.name)} :${tag}, ${clock(from - started)}, ${seconds}s`;
		})
	]);
}
function moved(images) {
	const changed = images.filter((image) => image.outcome !== "unchanged");
	const wanted = new Set(changed.flatMap((image) => [image.name, ...image.parents]));
	return images.filter((image) => wanted.has(image.name));
}
function edge(ids, critical, parent, child) {
	const [from, to] = [ids.get(parent), ids.get(child)];
	if (from === void 0 || to === void 0) return [];
	const place = critical.indexOf(parent);
	return [`  ${from} ${place !== -1 && critical[place + 1] === child ? "==>" : "-->"} ${to}`];
}
function clock(milliseconds) {
	return new Date(Math.max(0, milliseconds)).toISOString().slice(11, 19);
}
function fitting(lines) {
	const text = lines.join("\n");
	return text.length <= CHARACTERS ? text : null;
}
// src/report/mounts.ts
/** `cache mounts: 2 restored (120 MB, 2.1 s), 1 of 2 kept for later runs (125 MB, 3.0 s)`; null where there is nothing to tell. */
function mountSentence({ restored, read }) {
	const parts = [...restored.mounts > 0 ? [`${restored.mounts} restored (${formatBytes(restored.bytes)}, ${formatDuration(restored.time)})`] : [], ...read.mounts > 0 ? [readText(read)] : []];
	return parts.length > 0 ? `cache mounts: ${parts.join(", ")}` : null;
}
function readText({ mounts, kept, bytes, time }) {
	if (kept === 0) return `${count(mounts, "mount")} unchanged (read in ${formatDuration(time)})`;
	return `${kept} of ${mounts} kept for later runs (${formatBytes(bytes)}, ${formatDuration(time)})`;
}
// src/report/parts.ts
const WARNINGS$1 = 50;
const SLOW_STEPS = 10;
const SLOW = 1e3;
/** What BuildKit's checks say of the Dockerfiles; empty without warnings. */
function warningsPart(result) {
	const all = result.images.flatMap((image) => image.warnings);
	const unique = [...new Map(all.map((warning) => [JSON.stringify([
		warning.file,
		warning.line,
		warning.rule
	]), warning])).values()];
	if (unique.length === 0) return "";
	const rows = unique.slice(0, WARNINGS$1).map((warning) => {
		const place = warning.line === null ? warning.file : `${warning.file}:${warning.line}`;
		const address = warning.url?.startsWith("https://docs.docker.com/") ? warning.url : null;
		return [
			link$1(inline(place), fileLink(result, warning.file, warning.line)),
			link$1(inline(warning.rule), address),
			inline(warning.message)
		];
	});
	const rest = unique.length > WARNINGS$1 ? `\n\n${unique.length - WARNINGS$1} more in the log.` : "";
	return details(`⚠️ Dockerfile checks: ${unique.length}`, table([
		"where",
		"rule",
		"what"
	], rows) + rest);
}
/** Where the time went: the longest steps that were not cached, of a second and more. */
function slowStepsPart(result) {
	const slow = result.images.flatMap((image) => image.steps.map((step) => ({
		image,
		step,
		took: (step.completed ?? 0) - (step.started ?? 0)
	}))).filter(({ step, took }) => !step.cached && step.started !== null && step.completed !== null && took >= SLOW).toSorted((a, b) => b.took - a.took).slice(0, SLOW_STEPS);
	if (slow.length === 0) return "";
	const rows = slow.map(({ image, step, took }) => [
		formatDuration(took),
		inline(image.name),
		code(stepLabel(step), 120)
	]);
	return details("Slowest steps", table([
		"time",
		"image",
		"step"
	], rows));
}
/** Commands that pull exactly what this run made or took; empty when nothing was pushed. */
function pullPart(result) {
	if (!result.pushed) return "";
	const commands = result.images.flatMap((image) => {
		const reference = image.tags[0]?.replace(/:[^:/]*$/, "");
		if (reference === void 0 || !isReference(reference, image.digest)) return [];
		return [`docker pull ${reference}@${image.digest}`];
	});
	return commands.length === 0 ? "" : details("Pull by digest", fence(commands.join("\n"), "sh"));
}
/** The plan as JSON, as `plan --format json` prints it. */
function planPart(plan) {
	return plan === void 0 ? "" : details("Plan as JSON", fence(JSON.stringify(plan, null, 2), "json"));
}
/** Tags of a run without a registry are no references: they have no slash. */
function isReference(reference, digest) {
	return /^[\w.-]+(:\d+)?(\/[\w.-]+)+$/.test(reference) && /^sha256:[0-9a-f]{64}$/.test(digest ?? "");
}
// src/report/summary.ts
/**
* The job summary as GitHub Markdown: the whole story in the first line, one table for the stack, what failed, then
* folded details. Never longer than the limit; what was cut is named.
*/
function renderSummary(result, options = {}) {
	const critical = criticalPath(result.images).length > 0 ? " (strong: the critical path)" : "";
	const sections = [
		{
			rank: 0,
			name: "title",
			markdown: title(result)
		},
		{
			rank: 2,
			name: "the table of images",
			markdown: stackTable(result)
		},
		{
			rank: 3,
			name: "the layers",
			markdown: layersSentence(result.images) ?? ""
		},
		{
			rank: 3,
			name: "cache mounts",
			markdown: mountsLine(result)
		},
		{
			rank: 1,
			name: "the error in full",
			markdown: errorRest(result) === "" ? "" : fence(errorRest(result))
		},
		...failureSections(result),
		...testSections(result),
		{
			rank: 2,
			name: "how to take the locks",
			markdown: options.offer ?? ""
		},
		...options.sections ?? [],
		{
			rank: 4,
			name: "Dockerfile checks",
			markdown: warningsPart(result)
		},
		{
			rank: 5,
			name: "the slowest steps",
			markdown: slowStepsPart(result)
		},
		{
			rank: 7,
			name: "the graph",
			markdown: diagram(`Graph${critical}`, graphDiagram(result.images))
		},
		{
			rank: 8,
			name: "the timeline",
			markdown: diagram(`Timeline${critical}`, timelineDiagram(result.images, result.started))
		},
		{
			rank: 6,
			name: "what is in the images",
			markdown: manifestsPart(result)
		},
		{
			rank: 6,
			name: "pull commands",
			markdown: pullPart(result)
		},
		{
			rank: 9,
			name: "the plan",
			markdown: planPart(options.plan)
		}
	];
	return joinSections(sections, options.limit ?? 1047552, "The log has all of it.");
}
function title(result) {
	const first = `## ${isRed(result) ? "❌" : result.dryRun ? "📝" : "✅"} ${inline(headline(result), 1e3)}`;
	return result.trigger.trust === "trusted" ? first : `${first}\n\nWhy untrusted: ${inline(result.trigger.trustReason)}`;
}
function mountsLine({ mounts }) {
	const sentence = mounts ? mountSentence(mounts) : null;
	return sentence === null ? "" : `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`;
}
function diagram(name, mermaid) {
	return mermaid === null ? "" : details(name, fence(mermaid, "mermaid"));
}
// src/report/plan-text.ts
/** The plan as a tree, parents above their children, a decision and its reason beside every image. */
function renderPlanText(plan, options) {
	const building = plan.images.filter((image) => image.action === "build").length;
	const shared = sharedReason(plan);
	const head = `buildx-action plan: ${count(plan.images.length, "image")}, ${building === 0 ? "nothing" : building} to build${shared === null ? "" : `: ${visible(shared)}`}`;
	const rows = forest(plan);
	const cells = columns(rows.map(({ branch, image }) => [
		branch + visible(image.name),
		image.action,
		""
	]));
	const lines = rows.map(({ image, others }, index) => {
		const [name, action] = cells[index] ?? [];
		return `  ${name}  ${paint(STYLES$1[image.action], action ?? "", options)}  ${reasonText(image, others, shared)}`.trimEnd();
	});
	return `${paint("bold", head, options)}\n${lines.length === 0 ? "" : `\n${lines.join("\n")}\n`}`;
}
/** One reason that all have is said once, above them. */
function sharedReason(plan) {
	const [first, ...others] = plan.images;
	const same = others.every(({ reason, action }) => reason === first?.reason && action === first.action);
	return first && others.length > 0 && same ? first.reason : null;
}
function reasonText(image, others, shared) {
	const relock = image.relock ? ", lock is solved again" : "";
	const also = others.length === 0 ? "" : ` (also from ${others.map(visible).join(", ")})`;
	return ((shared === null ? visible(image.reason) : "") + relock + also).replace(/^(?:, | (?=\())/, "");
}
/** An image of several parents stands below the one that is built last and names the others. */
function forest(plan) {
	const place = new Map(plan.order.map((name, index) => [name, index]));
	const sorted = plan.images.toSorted((a, b) => (place.get(a.name) ?? 0) - (place.get(b.name) ?? 0));
	const names = new Set(sorted.map((image) => image.name));
	const below = Map.groupBy(sorted, (image) => image.parents.filter((parent) => names.has(parent)).toSorted((a, b) => (place.get(b) ?? 0) - (place.get(a) ?? 0))[0]);
	const rows = [];
	const visit = (image, parent, lead, mark) => {
		rows.push({
			branch: lead + mark,
			image,
			others: image.parents.filter((name) => name !== parent && names.has(name))
		});
		const children = below.get(image.name) ?? [];
		const deeper = lead + (mark === "" ? "" : mark === "├─ " ? "│  " : "   ");
		for (const [index, child] of children.entries()) visit(child, image.name, deeper, index === children.length - 1 ? "└─ " : "├─ ");
	};
	for (const root of below.get(void 0) ?? []) visit(root, void 0, "", "");
	return rows;
}
// src/report/result-text.ts
const WARNINGS = 20;
/** The result for a terminal: the whole story in the first line, a line an image, what failed, the Dockerfile checks. */
function renderResultText(result, options) {
	const red = isRed(result);
	const first = paint(["bold", red ? "red" : "green"], `${red ? "✗" : "✓"} ${visible(headline(result))}`, options);
	const failures = result.images.flatMap((image) => image.failure === null ? [] : [failureText(image, image.failure, options)]);
	const rest = errorRest(result) === "" ? "" : visibleLines(errorRest(result)).map((line) => `  ${line}`).join("\n");
	const layers = layersSentence(result.images);
	const mounts = result.mounts ? mountSentence(result.mounts) : null;
	return `${[
		first,
		rest,
		imageLines(result, options),
		layers ? `  ${layers}` : "",
		mounts ? `  ${mounts}` : "",
		...failures,
		remarkLines(result, options),
		warningLines(result, options)
	].filter((part) => part !== "").join("\n\n")}\n`;
}
/** One image that failed: the step, why, its last lines, its place in the Dockerfile. */
function failureText(image, failure, options) {
	const step = failure.step === null ? "" : `: ${shorten(visible(failure.step.name), 160)}`;
	const place = failure.line === null ? failure.dockerfile : `${failure.dockerfile}:${failure.line}`;
	return [
		paint("red", `${visible(image.name)} ${visible(failedWhere(failure))}${step}`, options),
		`  ${shorten(visible(failure.message), 1e3)}`,
		...failure.tail.map((line) => paint("dim", "  │ ", options) + shorten(visible(line), 500)),
		`  ${visible(place)}`
	].join("\n");
}
function imageLines(result, options) {
	const rows = result.images.map((image) => [
		visible(image.name),
		outcomeText(image, result.dryRun),
		...numbers(image),
		visible(image.reason)
	]);
	const used = (rows[0] ?? []).map((_, column) => rows.some((row) => row[column] !== ""));
	return columns(rows.map((row) => row.filter((_, column) => used[column]))).map(([name, word, ...rest], index) => {
		const style = STYLES$1[result.dryRun ? result.images[index].action : result.images[index].outcome];
		return `  ${name}  ${paint(style, word ?? "", options)}  ${rest.join("  ")}`.trimEnd();
	}).join("\n");
}
function numbers(image) {
	const share = image.outcome === "built" || image.outcome === "failed" ? cachedShare(image.steps) : null;
	return [
		image.started !== null && image.completed !== null ? formatDuration(image.completed - image.started) : "",
		share === null ? "" : `${formatShare(share)} cached`,
		layersText(image) === "" ? "" : `layers: ${layersText(image)}`,
		testsText(image) === "" ? "" : `tests: ${testsText(image)}`,
		image.size === null ? "" : formatSize(image.size, image.previousSize)
	];
}
function remarkLines(result, options) {
	const all = testRemarks(result);
	if (all.length === 0) return "";
	const lines = all.slice(0, WARNINGS).map((line) => `  ${shorten(visible(line), 500)}`);
	const rest = all.length > WARNINGS ? [`  and ${all.length - WARNINGS} more`] : [];
	return [
		paint("yellow", "Of the tests:", options),
		...lines,
		...rest
	].join("\n");
}
function warningLines(result, options) {
	const all = result.images.flatMap((image) => image.warnings);
	if (all.length === 0) return "";
	const lines = all.slice(0, WARNINGS).map((warning) => {
		const place = warning.line === null ? warning.file : `${warning.file}:${warning.line}`;
		return `  ${visible(place)}  ${visible(warning.rule)}: ${visible(warning.message)}`;
	});
	const rest = all.length > WARNINGS ? [`  and ${all.length - WARNINGS} more`] : [];
	return [
		paint("yellow", `${count(all.length, "Dockerfile check")}:`, options),
		...lines,
		...rest
	].join("\n");
}
// src/stack/matrix.ts
/** GitHub starts no run whose matrix has more jobs. */
const mostJobs = 256;
/** A job matrix for GitHub: `strategy: matrix: ${{ fromJSON(…) }}`, an entry for each image that is built, 256 at most. */
function jobMatrix(plan) {
	const building = new Map(plan.images.filter((image) => image.action === "build").map((image) => [image.name, image]));
	const levels = /* @__PURE__ */ new Map();
	for (const name of plan.order) {
		const image = building.get(name);
		if (image) levels.set(name, Math.max(0, ...image.parents.map((parent) => (levels.get(parent) ?? -1) + 1)));
	}
	const jobs = [...levels].map(([image, level]) => ({
		image,
		level
	}));
	return { include: jobs.length <= mostJobs ? jobs : grouped(jobs) };
}
/** The matrix taken apart by level: each is a job of its own that needs the one before, as no expression of GitHub's can filter. */
function levelMatrices(plan) {
	return [...Map.groupBy(jobMatrix(plan).include, (job) => job.level)].sort(([a], [b]) => a - b).map(([, include]) => ({ include }));
}
/** Images of one level share jobs; where there are more levels than jobs, neighbours in the build order do. */
function grouped(jobs) {
	const byLevel = [...Map.groupBy(jobs, (job) => job.level)].sort(([a], [b]) => a - b);
	const size = smallestSize(byLevel.map(([, level]) => level.length));
	if (size !== null) return byLevel.flatMap(([level, images]) => chunks(images, size).map((some) => joined(some, level)));
	return chunks(jobs, Math.ceil(jobs.length / mostJobs)).map(joined);
}
/** Images a job, so that levels of these numbers of images fit; null when they never do. */
function smallestSize(counts) {
	if (counts.length > mostJobs) return null;
	const needed = (size) => counts.reduce((sum, count) => sum + Math.ceil(count / size), 0);
	let size = 2;
	while (needed(size) > mostJobs) size++;
	return size;
}
function joined(jobs, level) {
	return {
		image: jobs.map((job) => job.image).join(","),
		level
	};
}
function chunks(list, size) {
	return Array.from({ length: Math.ceil(list.length / size) }, (_, at) => list.slice(at * size, (at + 1) * size));
}
// src/report/explain.ts
/** Lines of a list that are shown; of the rest only how many there are. */
const SHOWN = 20;
/** All that decides about an image, for a terminal. */
function renderExplanation(explanation, options) {
	const { image, planned } = explanation;
	const action = paint(STYLES$1[planned.action], planned.action, options);
	return `${`${paint("bold", visible(image.name), options)}: ${action}, because ${visible(planned.reason)}`}\n\n${lined([
		...placeRows(explanation),
		...contentRows(image),
		...decisionRows(explanation),
		...fingerprintRows(explanation)
	])}`;
}
/** The stack as it was found: its images, and what was left out or is doubtful, with the reason of each. */
function renderFindings(stack, options) {
	const head = `${count(stack.images.length, "image")} in ${stack.path === "." ? "the root of the repository" : stack.path}`;
	const spec = stack.spec ? `, with ${stack.spec}` : ", without spec.yml";
	const images = stack.images.map((image) => [image.name, [`${image.dockerfile}: ${image.origin}`]]);
	const remarks = [...Map.groupBy(stack.notes, (note) => note.text)].map(([text, notes]) => [`${visible(text)}`, shortList(notes.map(placeOf))]);
	const remarkText = remarks.map(([text, places]) => `  ${text}\n${places.map((place) => `    ${place}\n`).join("")}`);
	const more = remarks.length === 0 ? "" : `\n${paint("bold", "Left out, or in doubt", options)}\n\n${remarkText.join("")}`;
	return `${paint("bold", visible(head + spec), options)}\n\n${lined(images)}${more}`;
}
function placeRows({ image, cache = [] }) {
	const { repository, tagPrefix, registries, wording, declared } = image;
	const tags = tagPrefix ? `, its tags begin with ${tagPrefix}` : "";
	const where = registries.length > 0 ? `, to ${registries.join(", ")} (registry in spec.yml)` : "";
	return [
		["found", [`${image.dockerfile}: ${image.origin}`]],
		["published as", [`${repository}${tags}${where}`]],
		["context", [image.context === "." ? ". (the root of the repository)" : image.context]],
		["target", image.target === null ? [] : [image.target]],
		["args", pairs(image.args)],
		["platforms", image.platforms.length > 0 ? [image.platforms.join(", ")] : []],
		["contexts", pairs(image.contexts)],
		["layers cached", cache],
		["tag rules of its own", [...wording?.tags ?? [], ...(wording?.flavor ?? []).map((text) => `flavor: ${text}`)]],
		["rebuild", declared.rebuild ? [`${declared.rebuild}, by a schedule's run`] : []],
		["tests", [...declared.test.map(commandText), ...testingLines(declared)]],
		["described by", declared.undescribed ? ["nothing: manifests is false"] : declared.manifests.map(commandText)]
	];
}
function testingLines({ testing, test }) {
	if (!testing || test.length === 0 && testing.folder === null && !testing.containers) return [];
	const { folder, network, timeout, allowFailure, containers = [] } = testing;
	return [
		...containers.map(({ name }) => `a container: ${name}`),
		...folder === null ? [] : [`the files in ${folder}`],
		...network === "none" ? [] : ["with the network"],
		...timeout === null ? [] : [`for ${timeout} s at most`],
		...allowFailure ? ["their failure is shown and stops nothing"] : []
	];
}
function contentRows({ reads, parents, external, lockSources, cacheMounts }) {
	return [
		["reads", [...reads.all ? ["the whole context"] : [], ...reads.patterns.length > 0 ? reads.patterns : reads.all ? [] : ["no file of the context"]]],
		["ignores", reads.ignore ?? []],
		["parents", parents.map(parentText)],
		["from outside", external],
		["lock made from", lockSources],
		["cache mounts", cacheMounts.map(mountText)]
	];
}
function decisionRows({ image, planned, changes, files, notes }) {
	const { lockPlatforms } = image.declared;
	const later = lockPlatforms.length > 0 ? [`lock.platforms: ${lockPlatforms.join(", ")}`] : [];
	const known = changes.complete ? files.map(({ file, counts, rule }) => `${file}: ${counts ? "" : "does not count, "}${rule}`) : [`not known: ${changes.reason ?? "the list may be incomplete"}`];
	return [
		["changed files", known.length > 0 ? known : ["none that concerns it"]],
		["skip", image.skip ? ["spec.yml says so"] : []],
		["lock", planned.relock ? ["is solved again"] : []],
		["tags", planned.tags],
		["digest", planned.digest ? [planned.digest] : []],
		["not acted on", later],
		["remarks", notes.map((note) => `${placeOf(note)}: ${note.text}`)]
	];
}
/** What the parts of a fingerprint are called. */
const partNames = {
	dockerfile: "its Dockerfile",
	tests: "its tests",
	files: "file",
	lockSources: "source of its lock",
	args: "argument",
	target: "target",
	platforms: "platforms",
	contexts: "named context",
	bases: "base",
	parents: "parent"
};
function fingerprintRows({ fingerprint: told }) {
	if (!told) return [];
	const made = Object.entries(told.parts).flatMap(([part, value]) => {
		const name = partNames[part];
		if (typeof value === "string") return value === "" ? [] : [`${name} ${value}`];
		return Object.entries(value).map(([key, hash]) => `${name} ${key} ${hash || "(not known)"}`);
	});
	const since = told.previous?.changes.map(({ part, name, how }) => [
		partNames[part],
		name,
		how
	].filter(Boolean).join(" "));
	return [
		["fingerprint", [told.fingerprint ?? `none: ${told.why}`]],
		["made from", made],
		[`since ${told.previous?.tag ?? ""}`, since && since.length === 0 ? ["nothing differs"] : since ?? []],
		["since before", told.previous ? [] : ["no published build of it says what it is made from"]]
	];
}
function parentText({ name, via, line, references, how }) {
	return `${name}: ${via === "spec" ? "spec.yml" : via === "MOUNT" ? "RUN --mount" : via === "COPY" ? "COPY --from" : via}${references.length > 0 ? ` ${references.join(", ")}` : ""}${line > 0 ? ` in line ${line}` : ""}; ${how}`;
}
/** The id, too, where it is not the target. */
function mountText({ id, target, from, line }) {
	return `${target} (${id === target ? "" : `id ${id}, `}${from ? `from ${from}, ` : ""}line ${line})`;
}
function pairs(record) {
	return Object.entries(record).map(([key, value]) => `${key}=${value}`);
}
function placeOf(note) {
	return note.line === null ? note.path : `${note.path}:${note.line}`;
}
function shortList(lines) {
	const shown = lines.slice(0, SHOWN).map(visible);
	return lines.length > SHOWN ? [...shown, `and ${lines.length - SHOWN} more`] : shown;
}
/** Labels in a column, each value on a line of its own; labels without a value are left out. */
function lined(rows) {
	const width = Math.max(0, ...rows.map(([label]) => visible(label).length)) + 2;
	return rows.flatMap(([label, lines]) => shortList(lines).map((line, at) => `  ${(at === 0 ? visible(label) : "").padEnd(width)}${line}\n`)).join("");
}
// src/report/graph.ts
/** Languages that a plan can be drawn in. */
const graphKinds = ["mermaid", "dot"];
const COLOURS = {
	build: {
		fill: "#dafbe1",
		line: "#1a7f37"
	},
	reuse: {
		fill: "#ddf4ff",
		line: "#0969da"
	},
	skip: {
		fill: "#f6f8fa",
		line: "#8c959f"
	}
};
/** The plan as a mermaid flowchart or a DOT graph, parents before their children, coloured by what is done. */
function renderGraph(plan, kind) {
	return kind === "mermaid" ? mermaid(plan.images) : dot(plan.images);
}
function mermaid(images) {
	const ids = new Map(images.map((image, at) => [image.name, `n${at}`]));
	const used = [...new Set(images.map((image) => image.action))];
	return [
		"flowchart LR",
		...images.map((image) => `  ${ids.get(image.name)}["${mermaidLabel(image.name)}"]:::${image.action}`),
		...edges(images, ids).map(([parent, child]) => `  ${parent} --> ${child}`),
		...used.map((action) => `  classDef ${action} fill:${COLOURS[action].fill},stroke:${COLOURS[action].line},color:#1f2328`),
		""
	].join("\n");
}
function dot(images) {
	const ids = new Map(images.map((image) => [image.name, quoted(image.name)]));
	return [
		"digraph stack {",
		"  rankdir=LR",
		"  node [shape=box, style=\"rounded,filled\", fontname=\"sans-serif\"]",
		...images.map(({ name, action, reason }) => {
			const { fill, line } = COLOURS[action];
			return `  ${ids.get(name)} [fillcolor="${fill}", color="${line}", tooltip=${quoted(`${action}: ${reason}`)}]`;
		}),
		...edges(images, ids).map(([parent, child]) => `  ${parent} -> ${child}`),
		"}",
		""
	].join("\n");
}
function edges(images, ids) {
	return images.flatMap((image) => image.parents.flatMap((parent) => {
		const [from, to] = [ids.get(parent), ids.get(image.name)];
		return from === void 0 || to === void 0 ? [] : [[from, to]];
	}));
}
/** A DOT string; a backslash would begin an escape. */
function quoted(text) {
	return `"${visible(text).replace(/["\\]/g, "\\$&")}"`;
}
// src/steps/cache-explain.ts
/** Where an image's layers are cached and why, for `--explain`: a line each. Which builder there is, a plan does not ask. */
function explainCache({ image, source, inputs, push }) {
	const { cache, cacheFrom, cacheTo } = inputs;
	const given = cacheFrom.length + cacheTo.length;
	const raw = given > 0 ? [`${given} of cache-from and cache-to, the same for all images`] : [];
	if (cache === "auto" && given > 0) return raw;
	if (cache === "auto") return ["local on a docker-container builder where there is a cache service; other builders keep their own (cache: auto)"];
	if (cache === "none") return [...raw, "none (cache: none)"];
	if (cache === "local") return [...raw, "local: a folder of the image alone (cache: local)"];
	const rights = {
		trusted: source.trigger.trust === "trusted",
		push
	};
	const { from, to } = remotePlaces(cache, cachedImage(inputs, image), {
		branches: branchesOf(source),
		rights
	});
	const why = rights.trusted ? "this run pushes nothing, or has no branch" : "an untrusted run writes no cache";
	return [
		...raw,
		`${cache} (cache: ${cache})`,
		...from.map((value) => `reads ${value}`),
		...to.length > 0 ? to.map((value) => `writes ${value}`) : [`writes nothing: ${why}`]
	];
}
// src/steps/view.ts
/** What `--explain` or `--graph` shows in place of the plan; nothing where neither was asked for. */
function viewOf({ source, decision, inputs, host }) {
	const { plan } = decision;
	const { explain = null, graph = null } = host.view ?? {};
	const options = { color: host.out.colour };
	if (graph !== null) return { text: renderGraph(plan, graph) };
	if (explain === null) return {};
	if (explain === "") {
		const { path, spec, images, notes } = source.stack;
		return {
			text: renderFindings(source.stack, options),
			json: {
				path,
				spec,
				images,
				notes
			}
		};
	}
	const found = explanationOf(source, decision, explain);
	const cache = explainCache({
		image: found.image,
		source,
		inputs,
		push: decision.push.push
	});
	const explanation = {
		...found,
		cache
	};
	return {
		text: renderExplanation(explanation, options),
		json: explanation
	};
}
function explanationOf({ stack, changes }, { plan, explained }, name) {
	const image = findImage(stack, name);
	const planned = plan.images.find((other) => other.name === image.name);
	if (planned === void 0) throw new Error(`no decision about ${image.name}`);
	const notes = stack.notes.filter((note) => note.path === image.dockerfile);
	return {
		image,
		planned,
		changes,
		files: fileRules(stack, image, changes.files),
		notes,
		...explained && { fingerprint: explained }
	};
}
// src/steps/conclude.ts
/** Says at the start what the run is and whether it is trusted. */
function announce({ trigger, host }) {
	if (trigger.kind === "local") return;
	host.out.info(`${trigger.event} ${trigger.ref}: ${trigger.trust}, ${trigger.trustReason}`);
}
/** The plan for people and machines, with nothing built. */
async function concludePlan({ source, decision, inputs, host }) {
	const { plan } = decision;
	const { colour: color } = host.out;
	const result = resultOf({
		source,
		decision,
		host,
		results: unbuiltResults(plan),
		started: Date.now(),
		builder: null,
		error: null,
		dryRun: true
	});
	await host.out.result({
		json: {
			trigger: source.trigger,
			...plan
		},
		get text() {
			return renderPlanText(plan, { color });
		},
		...viewOf({
			source,
			decision,
			inputs,
			host
		}),
		markdown: (limit) => renderSummary(result, {
			plan,
			limit
		})
	});
	for (const note of source.stack.notes) host.out.debug(`${note.path}${note.line ? `:${note.line}` : ""}: ${note.text}`);
	if (inputs.dryRun) host.out.info(`dry run: ${decision.push.push ? "would push" : "would not push"}: ${decision.push.reason}`);
	setPlanOutputs(plan, source, host);
	host.out.output("levels", JSON.stringify(levelMatrices(plan)));
	return {
		ok: true,
		message: "",
		details: []
	};
}
/** The whole run for people and machines. Red if an image failed, was cut off, or the run itself failed. */
async function concludeRun(question) {
	const { source, decision, host, results, locks } = question;
	const { plan } = decision;
	const error = explained(question.error) ?? (host.signal.aborted ? new ActionError("cancelled", "the run was cancelled") : null);
	const { mounts = null } = question;
	const result = {
		...resultOf({
			...question,
			error,
			dryRun: false
		}),
		mounts,
		locks: locks?.sentence ?? null
	};
	await host.out.result({
		json: {
			trigger: source.trigger,
			...plan,
			results,
			...locks ? { locks: locks.diff } : {}
		},
		text: renderResultText(result, { color: host.out.colour }),
		markdown: (limit) => renderSummary(result, {
			plan,
			limit,
			...locks
		})
	});
	const { annotations } = annotate(result);
	for (const { level, message, title, file, startLine } of annotations) host.out[level](message, {
		file,
		title,
		...startLine ? { line: startLine } : {}
	});
	if (!decision.push.push && decision.rules.moving.length > 0 && host.kind === "action") host.out.info(`nothing is pushed: ${decision.push.reason}`);
	setPlanOutputs(plan, source, host);
	await setResultOutputs(result, plan, host);
	if (question.inputs.pushByDigest) await keepDigests(result, host);
	if (results.some((one) => one.manifest)) {
		const { keepManifests } = await import("./keep-manifests.js");
		host.out.output("manifests", await keepManifests(results, host) ?? "");
	}
	if (locks?.sentence) host.out.output("locks", JSON.stringify(locks.diff));
	const ended = verdict(result, error);
	await locks?.tell(result, ended.ok);
	return ended;
}
/** Sizes of what was taken, and of what was there before: read when all else is done, as they decide nothing. */
async function withSizes({ results, source, inputs, registry, host }) {
	const { base } = source.changes;
	if (inputs.registry.length === 0 || host.signal.aborted) return [...results];
	const sizeOf = async (reference) => {
		const parsed = reference ? canonicalReference(reference) : null;
		return (parsed ? await registry.image(parsed).catch(() => null) : null)?.size ?? null;
	};
	return await Promise.all(results.map(async (result) => {
		const image = source.stack.images.find((candidate) => candidate.name === result.name);
		if (!image || result.outcome !== "built" || result.size === null || !base) return result;
		const [before] = imageReferences(image, inputs.registry, [base.slice(0, 7)]);
		return {
			...result,
			previousSize: await sizeOf(before)
		};
	}));
}
function resultOf(question) {
	const { source, host, error } = question;
	const { env } = host;
	const page = env.GITHUB_RUN_ID && source.trigger.repository;
	return {
		trigger: source.trigger,
		images: question.results,
		started: question.started,
		completed: Date.now(),
		pushed: question.decision.push.push,
		dryRun: question.dryRun,
		builder: question.builder,
		error: error ? [messageOf(error), ...detailsOf(error)].join("\n") : null,
		runUrl: page ? `${env.GITHUB_SERVER_URL}/${env.GITHUB_REPOSITORY}/actions/runs/${env.GITHUB_RUN_ID}` : null
	};
}
function setPlanOutputs(plan, source, { kind, out }) {
	if (kind === "cli") return;
	const building = plan.images.filter((image) => image.action === "build").map((image) => image.name);
	out.output("plan", JSON.stringify({
		trigger: source.trigger,
		...plan
	}));
	out.output("matrix", JSON.stringify(jobMatrix(plan)));
	out.output("changed", JSON.stringify(building));
}
async function setResultOutputs(result, plan, host) {
	const { out } = host;
	const done = result.images.filter((image) => image.digest && ["built", "reused"].includes(image.outcome));
	out.output("built", JSON.stringify(result.images.filter((image) => image.outcome === "built").map((image) => image.name)));
	out.output("digests", JSON.stringify(Object.fromEntries(done.map((image) => [image.name, image.digest]))));
	out.output("tags", result.images.flatMap((image) => image.tags).join("\n"));
	out.output("references", [...new Set(done.flatMap(references))].join("\n"));
	const metadata = done.map((image) => [image.name, {
		"containerimage.digest": image.digest,
		"image.name": image.tags.join(",")
	}]);
	out.output("metadata", JSON.stringify(Object.fromEntries(metadata)));
	const file = path.join(host.kept, "report.json");
	await writeFile(file, JSON.stringify({
		...result,
		plan
	}, null, 2)).catch(() => void 0);
	out.output("report", file);
}
/** What this run built, for the jobs after it. Named by its content: artifacts of many jobs are put into one folder. */
async function keepDigests({ images }, host) {
	const built = images.filter((image) => image.outcome === "built" && image.digest);
	const text = JSON.stringify(Object.fromEntries(built.map(({ name, digest }) => [name, digest])));
	const folder = path.join(host.kept, "digests");
	await mkdir(folder, { recursive: true });
	const file = path.join(folder, `digests-${createHash("sha256").update(text).digest("hex").slice(0, 16)}.json`);
	await writeFile(file, `${text}\n`);
	host.out.output("digests-file", file);
}
/** An image in each repository that it was pushed to, by digest: what cosign and pull commands take. */
function references({ tags, digest }) {
	return tags.filter((tag) => tag.includes("/")).map((tag) => `${tag.slice(0, tag.lastIndexOf(":"))}@${digest}`);
}
function verdict(result, error) {
	if (error) return {
		ok: false,
		message: messageOf(error),
		details: detailsOf(error)
	};
	const failed = result.images.filter((image) => image.outcome === "failed");
	const skipped = result.images.filter((image) => image.outcome === "skipped").map((image) => image.name);
	if (failed.length === 0 && skipped.length === 0) return {
		ok: true,
		message: "",
		details: []
	};
	const [first] = failed;
	const what = failed.map((image) => image.name).join(", ") || "an image";
	const why = failed.length === 1 && first?.failure ? `: ${shorten(first.failure.message.split("\n", 1)[0] ?? "", 300)}` : "";
	const rest = [...skipped.length ? [`${skipped.join(", ")} not built`] : [], ...result.pushed ? ["no moving tag was changed"] : []];
	return {
		ok: false,
		message: [`${what} failed${why}`, ...rest].join("; "),
		details: []
	};
}
function detailsOf(error) {
	return error instanceof ActionError ? error.details : [];
}
// src/steps/lock-stage.ts
/**
* Makes the locks that the plan needs. Nothing of it is loaded for a stack without locks, or with `lock-mode: off`.
*/
async function lockStage(question) {
	const { source, decision, inputs, solves } = question;
	const passed = {
		source,
		decision,
		refused: null,
		settle: (results) => [...results],
		report: null
	};
	if (inputs.command === "merge") return passed;
	if (inputs.lockMode === "off" || !source.stack.images.some(({ lockSources }) => lockSources.length > 0)) return passed;
	if (!solves && decision.plan.images.every((image) => !image.relock)) return passed;
	if (solves) return await (await import("./relock-stage.js")).relockStage(question, passed);
	return {
		...passed,
		decision: await (await import("./plan-relocks.js")).planRelocks(question)
	};
}
// src/run.ts
/** The whole story: event → trigger → stack and changes → plan → locks → builds → tags → report. */
async function run(inputs, host) {
	const started = Date.now();
	const trigger = await readEvent({
		inputs,
		host
	});
	announce({
		trigger,
		host
	});
	const done = await otherCommand({
		trigger,
		inputs,
		host
	});
	if (done) return done;
	const tools = inputs.command === "plan" || inputs.dryRun ? null : findTools({
		trigger,
		host
	});
	const detected = await detect({
		trigger,
		inputs,
		host
	});
	const asker = {
		env: host.env,
		login: trigger.trust === "trusted",
		signal: host.signal
	};
	const registry = createRegistry(asker);
	const hasty = createRegistry({
		...asker,
		retries: 1,
		timeout: 5e3
	});
	const bases = findBases({
		source: detected,
		inputs,
		host,
		tools,
		registry: hasty
	});
	const locks = await lockStage({
		source: detected,
		decision: await decide({
			source: detected,
			inputs,
			host,
			registry,
			...tools ? { bases } : {}
		}),
		inputs,
		host,
		solves: tools !== null
	});
	if (locks.refused) return locks.refused;
	const { source } = locks;
	const decision = await fingerprintStage({
		...locks,
		inputs,
		host,
		registry,
		bases,
		builds: tools !== null
	});
	if (!tools) return await concludePlan({
		source,
		decision,
		inputs,
		host
	});
	const made = await make({
		source,
		decision,
		inputs,
		host,
		registry,
		bases,
		tools,
		settle: locks.settle
	});
	const results = await withSizes({
		results: made.results,
		source,
		inputs,
		host,
		registry
	});
	return await concludeRun({
		source,
		decision,
		inputs,
		host,
		...made,
		results,
		started,
		locks: locks.report
	});
}
/** What has a story of its own: comparing and making locks, and a comment or dispatch that asks for them. Null for a build. */
async function otherCommand(question) {
	const { command } = question.inputs;
	if (["issue_comment", "workflow_dispatch"].includes(question.trigger.kind)) {
		const { answerLockRequest } = await import("./condalock-run.js");
		const answered = await answerLockRequest(question);
		if (answered) return answered;
	}
	if (command === "diff") return await (await import("./diff3.js")).diff(question);
	if (command === "release" || question.trigger.kind === "tag" && await isRelease(question)) return await (await import("./release.js")).release(question);
	if (command === "promote" || command === "revert") return await (await import("./retag2.js"))[command](question);
	if (command === "history") return await (await import("./tell-history.js")).tellHistory(question);
	if (command === "lock") return await (await import("./lock2.js")).lock(question);
	if (command === "cleanup") return await (await import("./cleanup.js")).cleanup(question);
	return null;
}
/** A pushed git tag is released where something can be pushed; else the run only tells what a release would find. */
async function isRelease(question) {
	return (await import("./release.js")).isReleaseEvent(question);
}
export { graphKinds as n, run as t };
