import { c as needsOf, m as readDockerConfig, p as hasEngine, s as findTools, u as prepareBuilder } from "./cancel.js";
import { i as messageOf, n as explained, r as fullDisk, t as ActionError } from "./errors.js";
import { i as fileLink, n as failedWhere, r as failureSections, t as stackTable } from "./stack-table.js";
import { n as visible, r as visibleLines, t as shorten } from "./visible.js";
import { A as inline, D as code, M as mermaidLabel, N as table, O as details, _ as refuseSharedTags, f as findImage, j as link, k as fence, s as branchHead, v as refuseTwins, y as fileRules } from "./changes.js";
import { a as outcomeText, i as isRed, n as errorRest, r as headline, t as ICONS } from "./outcome.js";
import { a as formatDuration, n as count, o as formatShare, s as formatSize, t as cachedShare } from "./format.js";
import { t as stepLabel } from "./step-text.js";
import { n as joinSections } from "./sections.js";
import { n as columns, r as paint, t as STYLES$1 } from "./paint.js";
import { n as contextKey, r as formatCanonical, t as canonicalReference } from "./canonical.js";
import { a as imageTag, c as versionOf, i as imageReferences, n as decidePush, o as tagOf, r as imageNames, s as tagRules, t as dateTag } from "./tags.js";
import { n as unbuilt, r as unbuiltResults, t as observe } from "./observe.js";
import { n as readEvent, t as detect } from "./detect.js";
import { t as isAddress } from "./address.js";
import { t as pLimit } from "./p-limit.js";
import { n as failure, t as execute } from "./exec.js";
import { t as StatusError } from "./registry-status.js";
import { n as pRetry, t as AbortError } from "./p-retry.js";
import { createHash } from "node:crypto";
import path from "node:path";
import { chmod, mkdir, readFile, realpath, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { stripVTControlCharacters } from "node:util";
import { setTimeout } from "node:timers/promises";
import { StringDecoder } from "node:string_decoder";
import { isNativeError } from "node:util/types";
// src/report/annotations.ts
/** GitHub shows ten of each kind a step. */
const SHOWN$1 = 10;
const MESSAGE = 2e3;
/** Failures and Dockerfile checks at their lines. Text of others is made visible; line ends in messages are ours. */
function annotate(result) {
	const errors = result.images.flatMap(failed);
	const warnings = unique$1(result.images.flatMap(checked));
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
function unique$1(annotations) {
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
			link(inline(place), fileLink(result, warning.file, warning.line)),
			link(inline(warning.rule), address),
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
			rank: 1,
			name: "the error in full",
			markdown: errorRest(result) === "" ? "" : fence(errorRest(result))
		},
		...failureSections(result),
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
	return `${[
		first,
		errorRest(result) === "" ? "" : visibleLines(errorRest(result)).map((line) => `  ${line}`).join("\n"),
		imageLines(result, options),
		...failures,
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
		image.size === null ? "" : formatSize(image.size, image.previousSize)
	];
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
		...decisionRows(explanation)
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
function placeRows({ image }) {
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
		["tag rules of its own", [...wording?.tags ?? [], ...(wording?.flavor ?? []).map((text) => `flavor: ${text}`)]],
		["rebuild", declared.rebuild ? [`${declared.rebuild}, by a schedule's run`] : []]
	];
}
function contentRows({ reads, parents, external, lockSources, cacheMounts }) {
	return [
		["reads", [...reads.all ? ["the whole context"] : [], ...reads.patterns.length > 0 ? reads.patterns : reads.all ? [] : ["no file of the context"]]],
		["ignores", reads.ignore ?? []],
		["parents", parents.map(parentText)],
		["from outside", external],
		["lock made from", lockSources],
		["cache mounts", cacheMounts.map((mount) => `${mount.target} (line ${mount.line})`)]
	];
}
function decisionRows({ image, planned, changes, files, notes }) {
	const { test, manifests, lockPlatforms } = image.declared;
	const later = [
		...test.map((text) => `test: ${text}`),
		...manifests.map((text) => `manifests: ${text}`),
		...lockPlatforms.length > 0 ? [`lock.platforms: ${lockPlatforms.join(", ")}`] : []
	];
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
function parentText({ name, via, line, references, how }) {
	return `${name}: ${via === "spec" ? "spec.yml" : via === "MOUNT" ? "RUN --mount" : via === "COPY" ? "COPY --from" : via}${references.length > 0 ? ` ${references.join(", ")}` : ""}${line > 0 ? ` in line ${line}` : ""}; ${how}`;
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
// src/steps/view.ts
/** What `--explain` or `--graph` shows in place of the plan; nothing where neither was asked for. */
function viewOf({ source, plan, host }) {
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
	const explanation = explanationOf(source, plan, explain);
	return {
		text: renderExplanation(explanation, options),
		json: explanation
	};
}
function explanationOf({ stack, changes }, plan, name) {
	const image = findImage(stack, name);
	const planned = plan.images.find((other) => other.name === image.name);
	if (planned === void 0) throw new Error(`no decision about ${image.name}`);
	const notes = stack.notes.filter((note) => note.path === image.dockerfile);
	return {
		image,
		planned,
		changes,
		files: fileRules(stack, image, changes.files),
		notes
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
		text: renderPlanText(plan, { color }),
		...viewOf({
			source,
			plan,
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
	const result = {
		...resultOf({
			...question,
			error,
			dryRun: false
		}),
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
function setPlanOutputs(plan, source, { out }) {
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
// src/stack/plan.ts
/**
* A decision for every image of the stack, with its reason. Pure: what the registry holds is not asked here
* (`resolveReuse`), so a `reuse` may yet become a build.
*/
function makePlan(question) {
	const { stack } = question;
	const selected = (name) => question.selected?.has(name) ?? true;
	const built = new Set(stack.images.filter((image) => selected(image.name) && question.changed.has(image.name) && !image.skip).map((image) => image.name));
	const needed = new Set(stack.images.filter((image) => built.has(image.name)).flatMap((image) => image.parents.map((parent) => parent.name)));
	const decide = (image) => {
		const unchanged = question.left?.get(image.name) ?? question.unchanged;
		if (built.has(image.name)) return ["build", question.changed.get(image.name) ?? "changed"];
		if (image.skip) return ["skip", "spec.yml says skip"];
		if (needed.has(image.name)) return ["reuse", `${unchanged}, needed by ${namesOf(childrenOf(stack, image, built))}`];
		if (question.publishes && selected(image.name)) return ["reuse", unchanged];
		return ["skip", selected(image.name) ? unchanged : "not asked for"];
	};
	const planned = stack.images.map((image) => {
		const [action, reason] = decide(image);
		return {
			name: image.name,
			dockerfile: image.dockerfile,
			path: image.path,
			parents: [...new Set(image.parents.map((parent) => parent.name))],
			external: image.external,
			action,
			reason,
			relock: image.lockSources.some((source) => question.changedFiles.has(source)),
			lockSources: image.lockSources,
			fingerprint: null,
			tags: action === "skip" ? [] : question.tags(image),
			digest: null,
			...action === "build" && question.aged?.has(image.name) ? { afresh: true } : {}
		};
	});
	const position = new Map(stack.order.map((name, at) => [name, at]));
	return {
		images: planned.sort((a, b) => (position.get(a.name) ?? 0) - (position.get(b.name) ?? 0)),
		order: stack.order
	};
}
/**
* The plan once the registry was asked: a `reuse` with its digest, or a build where nothing published can be taken.
* An image that becomes a build needs its own parents: those that were skipped are asked for too, by `digestOf`.
* `already` gives the digest of what this very commit published before (a re-run): it is taken, never built again.
*/
async function resolvePlan(plan, { digestOf, already, missing, tagsOf }) {
	const byName = new Map(plan.images.map((image) => [image.name, image]));
	const resolveOne = async (image) => {
		if (image.action === "skip") return image;
		const done = await already(image.name);
		if (done) return {
			...image,
			action: "reuse",
			reason: "this commit’s image is published already",
			digest: done
		};
		if (image.action === "build") return image;
		const digest = await digestOf(image.name);
		return digest ? {
			...image,
			digest
		} : {
			...image,
			action: "build",
			reason: `${missing}; ${image.reason}`
		};
	};
	for (let open = plan.images.filter((image) => image.action !== "skip"); open.length > 0;) {
		const resolved = await Promise.all(open.map(resolveOne));
		for (const image of resolved) byName.set(image.name, image);
		open = resolved.filter((image) => image.action === "build").flatMap((image) => image.parents.map((parent) => ({
			parent: byName.get(parent),
			child: image.name
		}))).filter(({ parent }) => parent?.action === "skip").map(({ parent, child }) => ({
			...parent,
			action: "reuse",
			reason: `needed by ${child}`,
			tags: tagsOf?.(parent?.name ?? "") ?? []
		})).filter((image, at, all) => all.findIndex((other) => other.name === image.name) === at);
	}
	return {
		...plan,
		images: plan.images.map((image) => byName.get(image.name) ?? image)
	};
}
function childrenOf(stack, parent, among) {
	return stack.images.filter((image) => among.has(image.name) && image.parents.some((edge) => edge.name === parent.name)).map((image) => image.name);
}
function namesOf(names) {
	return names.length <= 3 ? names.join(", ") : `${names.slice(0, 2).join(", ")} and ${names.length - 2} more`;
}
// src/steps/published.ts
/**
* Finds an unchanged image where the base commit published it, else at the nearest first-parent ancestor without a change
* to it or to what it is built on. An ancestor whose run failed, was cancelled or never started lacks the tag and is passed over;
* what changed there counts, as it lies between the tag and the head. So an image is never older than the head's files,
* whatever became of the runs between.
*/
function publishedFinder(question) {
	const { source } = question;
	const commit = memoized(source.ancestors());
	return async (image) => {
		for (let at = 0;; at++) {
			const sha = await commit(at);
			if (sha === null || (await source.changedSince(sha)).has(image.name)) return null;
			const digest = await lookUp(question, image, sha.slice(0, 7));
			if (digest) return digest;
		}
	};
}
/** The items of an iterable by place, each asked for once however many ask; null behind the last one. */
function memoized(items) {
	const iterator = items[Symbol.asyncIterator]();
	const known = [];
	return (at) => {
		while (known.length <= at) known.push(iterator.next().then(({ done, value }) => done ? null : value));
		return known[at] ?? Promise.resolve(null);
	};
}
/** The digest of an image's tag in the first registry that has it. A registry that refuses to read has it not. */
async function lookUp({ inputs, registry, host }, image, tag) {
	for (const text of imageReferences(image, inputs.registry, [tag])) {
		const reference = inputs.registry.length > 0 ? canonicalReference(text) : null;
		if (!reference) continue;
		try {
			const digest = await registry.digest(reference);
			if (digest) return digest;
		} catch (error) {
			if (!(error instanceof ActionError) || !/refuses to read/.test(error.message)) throw error;
			host.out.debug(error.message);
		}
	}
	return null;
}
// src/steps/tagger.ts
/** The same tags for every image. */
function sameTags(rules) {
	return {
		all: rules,
		of: () => rules
	};
}
/**
* Tags by the rules of spec.yml and the inputs `tags` and `flavor`, or the plain ones where there are none. An image's own
* rules go before the inputs, the inputs before the stack's in spec.yml. Throws ActionError('input').
*/
async function makeTagger({ source, inputs, host }, commit, factsOf) {
	const { trigger, stack } = source;
	const written = new Map(stack.images.map((image) => [image.name, writtenFor$1(image, stack, inputs)]));
	const shared = writtenFor$1(null, stack, inputs);
	if ([shared, ...written.values()].every(({ tags, flavor }) => tags.length === 0 && flavor.length === 0)) return (rebuild) => sameTags(tagRules(trigger, commit, rebuild));
	const { runTags } = await import("./tag-rules.js");
	const facts = await factsOf();
	const make = (rules, rebuild) => runTags({
		...facts,
		...rules,
		trigger,
		commit,
		commitTime: facts.commitTime,
		rebuild
	});
	const notes = [...unique([shared, ...written.values()]).values()].flatMap((rules) => make(rules, null).notes);
	for (const note of new Set(notes)) host.out.notice(`no tag from ${note}`);
	return (rebuild) => {
		const made = new Map([...unique([shared, ...written.values()])].map(([key, rules]) => [key, make(rules, rebuild)]));
		const of = (image) => made.get(keyOf$1(written.get(image.name) ?? shared)) ?? make(shared, rebuild);
		return {
			all: together(stack.images.length > 0 ? stack.images.map(of) : [make(shared, rebuild)]),
			of
		};
	};
}
/** What rules and templates may speak of, found out when first asked for: the commit's time is git's to tell. */
function factsOf({ source }) {
	let known = null;
	const find = async () => {
		const { trigger, commit, git } = source;
		const now = Date.now();
		const seconds = commit ? await git?.commitTime(commit) ?? 0 : 0;
		return {
			trigger,
			commit,
			commitTime: seconds > 0 ? seconds * 1e3 : null,
			now
		};
	};
	return () => {
		known ??= find();
		return known;
	};
}
function writtenFor$1(image, { wording }, inputs) {
	const chosen = (key) => image?.wording?.[key] ?? (inputs[key].length > 0 ? inputs[key] : wording?.[key] ?? []);
	return {
		tags: chosen("tags"),
		flavor: chosen("flavor")
	};
}
function unique(rules) {
	return new Map(rules.map((some) => [keyOf$1(some), some]));
}
function keyOf$1({ tags, flavor }) {
	return JSON.stringify([tags, flavor]);
}
function together(rules) {
	return {
		immutable: rules[0]?.immutable ?? null,
		fixed: [...new Set(rules.flatMap((some) => some.fixed ?? []))],
		moving: [...new Set(rules.flatMap((some) => some.moving))]
	};
}
// src/steps/choose-tags.ts
/**
* How this run makes its tags: by rules for a commit; `latest` for what a person builds for the engine. Throws
* ActionError('input') where a rule is wrong, also in a run that takes none.
*/
async function chooseTagger(question, push, facts) {
	const { trigger, commit } = question.source;
	await checkRules(question.inputs);
	if (!push.push && trigger.kind === "local") return () => sameTags({
		immutable: null,
		moving: ["latest"]
	});
	if (commit === null) return () => sameTags({
		immutable: null,
		moving: []
	});
	return await makeTagger(question, commit, facts);
}
/** spec.yml's rules were checked when it was read. */
async function checkRules({ tags, flavor }) {
	if (tags.length === 0 && flavor.length === 0) return;
	const { parseFlavor, parseTagRules } = await import("./tag-rules.js");
	parseTagRules(tags);
	parseFlavor(flavor);
}
/** A forced rebuild of a commit that is published already gets a tag of its own: `<sha7>-<date>`, then `.2`, `.3`. */
async function chooseTags(question, tagger, forced) {
	const plain = tagger(null);
	if (!forced || !plain.all.immutable) return plain;
	const date = dateTag(Date.now());
	for (let count = 1;; count++) {
		const tags = count === 1 ? plain : tagger(count === 2 ? date : `${date}.${count - 1}`);
		const { immutable } = tags.all;
		const images = question.source.stack.images;
		if ((await Promise.all(images.map((image) => lookUp(question, image, immutable ?? "")))).every((digest) => digest === null)) return tags;
		question.host.out.debug(`${immutable} is published already`);
	}
}
/** All tags of an image, the commit's own first. */
function allTags({ immutable, fixed = [], moving }) {
	return [
		...immutable ? [immutable] : [],
		...fixed,
		...moving
	];
}
// src/steps/foretell.ts
/** Why nothing is built or taken by an event that only names what is there; null for all others. */
function idleReason({ trigger }) {
	if (trigger.kind === "delete") return "a branch or tag was deleted: nothing is built";
	return trigger.kind === "tag" ? "a tag builds nothing: a release takes what its commit published" : null;
}
/** Says of a tag whether the images are there that a release of it takes: those that its commit published. */
async function foretellRelease(question) {
	const { source, inputs, host } = question;
	const { trigger, stack, commit } = source;
	if (trigger.kind !== "tag" || commit === null || inputs.registry.length === 0) return;
	const images = stack.images.filter((image) => !image.skip);
	const sha = commit.slice(0, 7);
	const name = trigger.ref.replace(/^refs\/tags\//, "");
	const digests = await Promise.all(images.map((image) => lookUp(question, image, sha)));
	const missing = images.filter((_, at) => digests[at] === null).map((image) => image.name);
	const what = `tag ${name} is on ${sha}: nothing is built.`;
	if (images.length === 0) host.out.notice(`${what} The commit holds no images, so there is nothing to release`);
	else if (missing.length === 0) host.out.notice(`${what} All ${images.length} images of the commit are published: a release gives them the tag ${tagOf(name)}`);
	else host.out.notice(`${what} A release of it has to wait: ${missing.join(", ")} ${missing.length === 1 ? "is" : "are"} not published as ${sha}; run the workflow on that commit first`);
}
// src/stack/rebuild.ts
const hour = 36e5;
const periods = {
	daily: 24 * hour,
	weekly: 168 * hour
};
/** A schedule is not punctual, and an image is younger than the run that made it. */
const slack = 6 * hour;
/** Whether `rebuild` stands anywhere in the stack: then a schedule's run builds what is due and leaves the rest. */
function saysRebuild(stack) {
	return stack.images.some((image) => image.declared.rebuild !== null);
}
/** What is due now, in milliseconds since 1970. `newest` has an image's newest build, or null where there is none to take. */
function dueImages(stack, newest, now) {
	const due = /* @__PURE__ */ new Map();
	const aged = /* @__PURE__ */ new Set();
	const left = /* @__PURE__ */ new Map();
	const byName = new Map(stack.images.map((image) => [image.name, image]));
	for (const name of stack.order) {
		const image = byName.get(name);
		if (!image || image.skip) continue;
		const build = newest.get(name) ?? null;
		const parent = image.parents.find((edge) => due.has(edge.name));
		if (isAged(image, build, now)) aged.add(name);
		if (build === null) due.set(name, "no build of its files is published");
		else if (aged.has(name)) due.set(name, `${sayingOf(image)}, and its newest build is ${ageOf(build, now)} old`);
		else if (parent) due.set(name, `parent ${parent.name} is built`);
		else left.set(name, reasonToLeave(image, build, now));
	}
	return {
		due,
		aged,
		left
	};
}
function isAged({ declared }, build, now) {
	if (declared.rebuild === null || build === null) return false;
	return build.made === null || now - build.made > periods[declared.rebuild] - slack;
}
function reasonToLeave(image, build, now) {
	return image.declared.rebuild === null ? "unchanged, and spec.yml has no rebuild for it" : `${sayingOf(image)}, and its newest build is ${ageOf(build, now)} old`;
}
function sayingOf({ declared }) {
	return `spec.yml says rebuild: ${declared.rebuild}`;
}
function ageOf({ made }, now) {
	if (made === null) return "of unknown age, so it may be";
	const hours = Math.max(0, Math.floor((now - made) / hour));
	if (hours === 1) return "1 hour";
	return hours < 48 ? `${hours} hours` : `${Math.floor(hours / 24)} days`;
}
// src/steps/newest.ts
/**
* Looks behind the moving tags of an image: its labels name the commit that built it, and the files must be the same since.
* Only for a stack with `rebuild` in spec.yml on the default branch, where a commit's own tag may hold an older build than
* the branch's; null for all others, which need not pay for three requests an image.
*/
function newestFinder(question, tags) {
	const { source, inputs } = question;
	const { trigger, stack } = source;
	if (!(trigger.branch !== null && trigger.branch === trigger.defaultBranch && !trigger.pullRequest) || inputs.registry.length === 0 || !saysRebuild(stack)) return null;
	const known = /* @__PURE__ */ new Map();
	return (image) => {
		const found = known.get(image.name) ?? findBehind(question, image, tags.of(image));
		known.set(image.name, found);
		return found;
	};
}
/** What a schedule's run builds; null where no `rebuild` decides, and then all is built. */
async function findDue({ source: { trigger, stack } }, newest, now) {
	if (trigger.kind !== "schedule" || newest === null) return null;
	const found = await Promise.all(stack.images.map(async (image) => [image.name, await newest(image)]));
	return dueImages(stack, new Map(found), now);
}
/** Rules may give no moving tag: then the commit's own is what there is. */
async function findBehind(question, image, { moving, immutable }) {
	return await findNewest(question, image, moving) ?? (immutable ? await findNewest(question, image, [immutable]) : null);
}
async function findNewest(question, image, tags) {
	const found = await Promise.all(imageReferences(image, question.inputs.registry, tags).map((reference) => read(question, reference)));
	const usable = [];
	for (const remote of found) {
		const revision = remote?.labels["org.opencontainers.image.revision"] ?? "";
		if (!remote || !/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(revision)) continue;
		if ((await question.source.changedSince(revision)).has(image.name)) continue;
		usable.push({
			digest: remote.digest,
			made: remote.created
		});
	}
	return usable.sort((a, b) => (b.made ?? 0) - (a.made ?? 0))[0] ?? null;
}
/** As `lookUp` does: a registry that refuses to read has it not. */
async function read({ registry, host }, text) {
	const reference = canonicalReference(text);
	try {
		return reference ? await registry.image(reference) : null;
	} catch (error) {
		if (!(error instanceof ActionError) || !/refuses to read/.test(error.message)) throw error;
		host.out.debug(error.message);
		return null;
	}
}
// src/steps/wording.ts
/**
* The labels and annotations that spec.yml gives the stack, those that it gives an image, and the inputs': of one key the
* later one wins. Done before anything is built, so that a mistake in a template costs nothing. Throws ActionError('input').
*/
async function renderWordings({ source, inputs }, tags, factsOf) {
	const { stack } = source;
	const written = stack.images.map((image) => writtenFor(image, source, inputs));
	const render = written.some(({ labels, annotations }) => /\{\{/.test(JSON.stringify([labels, annotations]))) ? await renderer(factsOf) : (text) => text;
	return new Map(stack.images.map((image, at) => {
		const { labels = {}, annotations = [] } = written[at] ?? {};
		const version = versionOf(tags.of(image));
		const filled = Object.entries(labels).map(([key, value]) => [render(key), render(value)]);
		return [image.name, {
			labels: Object.fromEntries(filled),
			annotations: annotations.map(render),
			version: version === null ? null : imageTag(image, version)
		}];
	}));
}
function writtenFor({ wording }, { stack }, inputs) {
	return {
		labels: {
			...stack.wording?.labels,
			...wording?.labels,
			...inputs.labels
		},
		annotations: [
			...stack.wording?.annotations ?? [],
			...wording?.annotations ?? [],
			...inputs.annotations
		]
	};
}
async function renderer(factsOf) {
	const [{ renderTemplate }, facts] = await Promise.all([import("./tag-rules.js"), factsOf()]);
	return (text) => renderTemplate(text, facts, "labels and annotations");
}
// src/steps/decide.ts
/** Decides what is built, taken or left, and under which tags. Asks the registries where there are any. */
async function decide(question) {
	const { source, inputs, host } = question;
	const push = decidePush(source.trigger, inputs.push, inputs.registry);
	if (push.push && await source.git?.isDirty()) refuseDirty(source, host);
	const facts = factsOf(question);
	const tagger = await chooseTagger(question, push, facts);
	const newest = newestFinder(question, tagger(null));
	const due = await dueOf(question, {
		push,
		newest
	});
	const tags = await chooseTags(question, tagger, (inputs.noCache || source.trigger.kind === "schedule") && push.push && due?.due.size !== 0);
	const given = {
		push,
		rules: tags.all,
		wordings: await renderWordings(question, tags, facts)
	};
	const unresolved = makePlan({
		stack: source.stack,
		changed: due?.due ?? source.changed,
		selected: source.selected,
		publishes: push.publishes && due?.due.size !== 0,
		tags: (image) => imageReferences(image, inputs.registry, allTags(tags.of(image))),
		...due ? {
			left: due.left,
			aged: due.aged
		} : {},
		changedFiles: new Set(source.changes.files),
		unchanged: idleReason(source) ?? (source.changes.base ? `unchanged since ${source.changes.base.slice(0, 7)}` : "unchanged")
	});
	if (idleReason(source) !== null) {
		await foretell(question);
		return {
			plan: unresolved,
			...given
		};
	}
	if (inputs.command !== "plan") refuseTwins(used(source.stack.images, unresolved));
	if (inputs.registry.length === 0 && inputs.command === "plan") return {
		plan: unresolved,
		...given
	};
	const plan = await askRegistries(unresolved, question, {
		push,
		tags,
		newest
	});
	if (inputs.command !== "plan" && inputs.registry.length > 0) refuseSharedTags(plan);
	return {
		plan,
		...given
	};
}
/** What a schedule's run builds by age. A plan is worth having without a registry; a run that publishes is not. */
async function dueOf(question, { push, newest }) {
	try {
		return await findDue(question, newest, Date.now());
	} catch (error) {
		if (push.push && question.inputs.command !== "plan") throw error;
		if (error instanceof ActionError && error.code === "cancelled") throw error;
		question.host.out.warning(`how old the images are is not known, so all count as due: ${messageOf(error)}`);
		return null;
	}
}
/** The images that are built or get tags. */
function used(images, plan) {
	const skipped = new Set(plan.images.filter((image) => image.action === "skip").map((image) => image.name));
	return images.filter((image) => !skipped.has(image.name));
}
/** What a tag's run says beyond its plan is worth having, not worth a red run. */
async function foretell(question) {
	await foretellRelease(question).catch((error) => {
		if (error instanceof ActionError && error.code === "cancelled") throw error;
		question.host.out.warning(`whether the tag can be released is not known: ${messageOf(error)}`);
	});
}
/** A SHA tag says that an image holds that commit's files: a person is stopped, a workflow may mean it and is told. */
function refuseDirty(source, host) {
	if (source.trigger.kind === "local") throw new ActionError("input", "push: true, but the work tree differs from its commit: a SHA tag would name the wrong content", ["commit your changes first (`git status` shows them), or leave push out"]);
	host.out.warning("the work tree differs from its commit: what is pushed under its SHA is not what the commit holds");
}
async function askRegistries(plan, question, { push, tags, newest }) {
	const { source, inputs, host } = question;
	const images = new Map(source.stack.images.map((image) => [image.name, image]));
	const published = publishedFinder(question);
	try {
		return await resolvePlan(plan, {
			digestOf: async (name) => {
				const image = images.get(name);
				return (await newest?.(image))?.digest ?? await published(image);
			},
			already: async (name) => push.push && tags.all.immutable ? lookUp(question, images.get(name), tags.all.immutable) : null,
			tagsOf: (name) => tagsWhenNeeded(question, tags, images.get(name)),
			missing: inputs.registry.length === 0 ? "no registry to take it from" : "no published image to take"
		});
	} catch (error) {
		if (inputs.command !== "plan" && push.push) throw error;
		if (error instanceof ActionError && error.code === "cancelled") throw error;
		host.out.warning(`planned from git alone: ${messageOf(error)}`);
		return inputs.command === "plan" ? plan : await resolvePlan(plan, {
			digestOf: async () => null,
			already: async () => null,
			missing: "the registry cannot be asked"
		});
	}
}
/** Of an image that is built only for its child: a push needs a name. One that spec.yml skips is not published further. */
function tagsWhenNeeded({ inputs }, tags, image) {
	const { immutable, fixed = [], moving } = tags.of(image);
	const own = immutable === null ? moving : [immutable, ...image.skip ? [] : [...fixed, ...moving]];
	return imageReferences(image, inputs.registry, own);
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
	if (inputs.lockMode === "off" || !source.stack.images.some(({ lockSources }) => lockSources.length > 0)) return passed;
	if (!solves && decision.plan.images.every((image) => !image.relock)) return passed;
	const { planRelocks, relockStage } = await import("./relock-stage.js");
	return solves ? await relockStage(question, passed) : {
		...passed,
		decision: await planRelocks(question)
	};
}
// src/report/buildx-error.ts
/** Wrappers that say where in BuildKit an error passed by, not what it is. */
const WRAPPERS = [
	/^failed to solve: /,
	/^failed to build: /,
	/^failed to compute cache key: /,
	/^failed to calculate checksum of ref \S+: /,
	/^failed to solve with frontend [^:]+: /,
	/^rpc error: code = \w+ desc = /
];
/** Reads the lines that are no JSON: `Dockerfile:6`, the excerpt below it, and `ERROR: target x: failed to solve: …`. */
function readErrorText(lines) {
	const error = lines.findLast((line) => line.startsWith("ERROR: "))?.slice(7) ?? null;
	const target = error === null ? null : /^target ([^\s:]+): /.exec(error)?.[1] ?? null;
	const message = error === null ? null : shortenError(error.replace(/^target [^\s:]+: /, ""));
	return {
		target,
		message,
		line: excerptLine(lines) ?? parseErrorLine(message)
	};
}
/** Takes BuildKit's wrapping off a message and says a process's end in a person's words. */
function shortenError(message) {
	const found = WRAPPERS.find((wrapper) => wrapper.test(message));
	if (found !== void 0) return shortenError(message.replace(found, ""));
	const code = /^process ".*" did not complete successfully: exit code: (\d+)(: .*)?$/s.exec(message);
	if (code === null) return message;
	if (code[2]?.includes("context canceled")) return "cancelled while it ran";
	return `the command ended with exit code ${code[1]}${meaning(Number(code[1]))}`;
}
/** Whether an error says no more than that something else ended the build. */
function isCancellation(message) {
	return /context canceled/i.test(message);
}
function excerptLine(lines) {
	const place = lines.findLastIndex((line, index) => /^-{10,}$/.test(lines[index + 1] ?? "") && /^.+:\d+$/.test(line));
	return place === -1 ? null : Number(/:(\d+)$/.exec(lines[place] ?? "")?.[1]);
}
function parseErrorLine(message) {
	const found = /parse error on line (\d+)/.exec(message ?? "");
	return found === null ? null : Number(found[1]);
}
function meaning(code) {
	if (code === 137) return " (killed; often the machine had no memory left)";
	if (code === 127) return " (a command was not found)";
	if (code === 126) return " (a command is not executable)";
	return "";
}
// src/report/solve-status.ts
/** Reads one line of buildx's standard error; null for what is no progress (`ERROR: …`, an excerpt of a Dockerfile). */
function parseSolveStatus(line) {
	const value = parseJson(line);
	if (!isFields(value)) return null;
	return {
		vertexes: list(value.vertexes).flatMap(vertex),
		statuses: list(value.statuses).flatMap(transfer),
		logs: list(value.logs).flatMap(logChunk),
		warnings: list(value.warnings).flatMap(warning)
	};
}
function parseJson(line) {
	if (!line.startsWith("{")) return null;
	try {
		return JSON.parse(line);
	} catch {
		return null;
	}
}
function vertex(fields) {
	const digest = string(fields.digest);
	if (digest === null) return [];
	return [{
		digest,
		name: string(fields.name) ?? "",
		started: time(fields.started),
		completed: time(fields.completed),
		cached: fields.cached === true,
		error: string(fields.error)
	}];
}
function transfer(fields) {
	const [id, of, current] = [
		string(fields.id),
		string(fields.vertex),
		number(fields.current)
	];
	if (id === null || of === null || current === null) return [];
	return [{
		id,
		vertex: of,
		current,
		total: number(fields.total),
		completed: time(fields.completed) !== null
	}];
}
function logChunk(fields) {
	const [of, data] = [string(fields.vertex), string(fields.data)];
	if (of === null || data === null) return [];
	return [{
		vertex: of,
		stream: number(fields.stream) ?? 1,
		data: Buffer.from(data, "base64")
	}];
}
function warning(fields) {
	const [of, short] = [string(fields.vertex), string(fields.short)];
	if (of === null || short === null) return [];
	const start = list(fields.range)[0]?.start;
	const source = isFields(fields.sourceInfo) ? fields.sourceInfo : {};
	return [{
		vertex: of,
		short: Buffer.from(short, "base64").toString("utf8"),
		url: string(fields.url),
		file: string(source.filename),
		line: isFields(start) ? number(start.line) : null
	}];
}
/** Go's zero time means "not yet". */
function time(value) {
	const milliseconds = typeof value === "string" ? Date.parse(value) : NaN;
	return Number.isFinite(milliseconds) && milliseconds > 0 ? milliseconds : null;
}
function list(value) {
	return Array.isArray(value) ? value.filter(isFields) : [];
}
function isFields(value) {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
function string(value) {
	return typeof value === "string" && value !== "" ? value : null;
}
function number(value) {
	return typeof value === "number" && Number.isFinite(value) ? value : null;
}
// src/report/step-log.ts
/** Lines that are kept of one step; of more, the first are dropped: a failure is explained at the end. */
const LINES_KEPT = 2e3;
const CHARACTERS_KEPT = 4e3;
/** Collects a step's output: whole lines in the order of their ends, without terminal sequences, progress bars as their last state. */
var LogCollector = class {
	#lines = [];
	#open = /* @__PURE__ */ new Map();
	#dropped = 0;
	/** Takes a chunk of one stream (1 standard output, 2 standard error). */
	add(stream, data) {
		const open = this.#open.get(stream) ?? {
			decoder: new StringDecoder("utf8"),
			rest: ""
		};
		this.#open.set(stream, open);
		const lines = (open.rest + open.decoder.write(Buffer.from(data))).split("\n");
		open.rest = (lines.pop() ?? "").slice(-4e3);
		for (const line of lines) this.#lines.push(clean(line));
		if (this.#lines.length > 2 * LINES_KEPT) this.#drop();
	}
	/** What is there now; a last line without its end is shown too. */
	read() {
		const open = [...this.#open.values()].map((stream) => clean(stream.rest)).filter((line) => line !== "");
		const lines = [...this.#lines, ...open];
		const surplus = Math.max(0, lines.length - LINES_KEPT);
		return {
			lines: lines.slice(surplus),
			dropped: this.#dropped + surplus
		};
	}
	#drop() {
		const surplus = this.#lines.length - LINES_KEPT;
		this.#lines.splice(0, surplus);
		this.#dropped += surplus;
	}
};
/** A terminal shows of `10 %\r20 %\r` only what was written last. */
function clean(line) {
	const shown = line.split("\r").findLast((part) => part !== "") ?? "";
	const text = stripVTControlCharacters(shown);
	return text.length > CHARACTERS_KEPT ? `${text.slice(0, CHARACTERS_KEPT)}…` : text;
}
// src/report/vertex-name.ts
/**
* The bake target that buildx put before a name when a process builds several (`[child internal] load …`): it adds
* names only to the marker in brackets. A platform (`[linux/amd64 internal]`) has a slash, which no target has.
*/
function targetOfInternal(name) {
	return /^\[([^\s\]/]+) (?:[^\s\]]+\/[^\s\]]+ )?internal\]/.exec(name)?.[1] ?? null;
}
/** Whether a name begins with the marker of this target; true only for streams of several targets. */
function isMarkedFor(name, target) {
	return name.startsWith(`[${target} `) || name.startsWith(`[${target}]`);
}
/** Splits a name. `marked`: the first word in brackets is the bake target and is dropped. */
function parseVertexName(name, marked) {
	const match = /^\[([^\]]*)\] ?/.exec(name);
	const none = {
		text: name,
		internal: false,
		platform: null,
		stage: null,
		number: null,
		total: null
	};
	if (match === null) return none;
	const words = (match[1] ?? "").split(" ").slice(marked ? 1 : 0);
	const text = name.slice(match[0].length);
	const last = words.pop();
	const count = /^(\d+)\/(\d+)$/.exec(last ?? "");
	if (count === null) return {
		...none,
		text: otherText(last, text),
		internal: last === "internal"
	};
	return {
		text,
		internal: false,
		platform: words[0]?.includes("/") ? words.shift() ?? null : null,
		stage: words.join(" ") || null,
		number: Number(count[1]),
		total: Number(count[2])
	};
}
/** `[auth] library/busybox:pull token` keeps its marker, which is part of what it says. */
function otherText(marker, text) {
	return marker === void 0 || marker === "" || marker === "internal" || marker.includes("/") ? text : `${marker} ${text}`;
}
// src/report/vertex-memory.ts
/** An empty memory for one target; `dockerfile` is its path from the repository's root, null if unknown. */
function createMemory(target, dockerfile) {
	return {
		target,
		dockerfile,
		known: /* @__PURE__ */ new Map(),
		targets: /* @__PURE__ */ new Set(),
		warnings: [],
		text: []
	};
}
/** Adds one line's news. */
function fold(memory, status) {
	for (const vertex of status.vertexes) foldVertex(memory, vertex);
	for (const transfer of status.statuses) entry(memory, transfer.vertex).transfers.set(transfer.id, transfer);
	for (const chunk of status.logs) entry(memory, chunk.vertex).log.add(chunk.stream, chunk.data);
	for (const { vertex, short, url, file, line } of status.warnings) {
		const [, rule, message] = /^([A-Za-z]\w*): (.*)$/s.exec(short) ?? [
			null,
			"Warning",
			short
		];
		const text = (message ?? "").replace(/ \(line \d+\)$/, "");
		const place = {
			file: memory.dockerfile ?? file ?? "Dockerfile",
			line
		};
		memory.warnings.push({
			vertex,
			warning: {
				rule: rule ?? "Warning",
				message: text,
				url,
				...place
			}
		});
	}
}
/** A vertex is sent without times again when another target or platform uses it too: what was known stays. */
function foldVertex(memory, vertex) {
	const known = entry(memory, vertex.digest);
	const target = targetOfInternal(vertex.name);
	if (target !== null) memory.targets.add(target);
	if (vertex.name !== "") known.names.add(vertex.name);
	const before = known.vertex;
	known.vertex = {
		...vertex,
		...times(known, vertex),
		name: vertex.name || before.name,
		cached: before.cached || vertex.cached,
		error: vertex.error ?? before.error
	};
}
/** A vertex can run twice (resolved first, pulled when it is needed): the longest run counts, not the wait between. */
function times(known, { started, completed }) {
	if (started === null) return {
		started: known.vertex.started,
		completed: known.vertex.completed
	};
	if (completed === null) return {
		started,
		completed
	};
	if (duration({
		started,
		completed
	}) >= duration(known.longest)) known.longest = {
		started,
		completed
	};
	return known.longest;
}
function duration({ started, completed }) {
	return started === null || completed === null ? -1 : completed - started;
}
function entry(memory, digest) {
	const found = memory.known.get(digest);
	if (found !== void 0) return found;
	const longest = {
		started: null,
		completed: null
	};
	const made = {
		vertex: {
			digest,
			name: "",
			...longest,
			cached: false,
			error: null
		},
		longest,
		names: /* @__PURE__ */ new Set(),
		transfers: /* @__PURE__ */ new Map(),
		log: new LogCollector()
	};
	memory.known.set(digest, made);
	return made;
}
/**
* The name under which a vertex is ours, or null. With several targets buildx shows a parent's steps under the
* child's name too: ours is what no other target of the process claims.
*/
function ownName(memory, known) {
	if (memory.targets.size === 0) return known.names.values().next().value ?? null;
	let own = null;
	for (const name of known.names) if (isMarkedFor(name, memory.target)) own = name;
	else if ([...memory.targets].some((target) => isMarkedFor(name, target))) return null;
	return own;
}
// src/report/progress.ts
const TEXT_KEPT = 500;
/** Starts a fold for one bake target. Steps of linked parents, which run in the same process, are not counted. */
function createProgress(target, options = {}) {
	const memory = createMemory(target, options.dockerfile ?? null);
	return {
		feed: (line) => {
			const status = parseSolveStatus(line);
			if (status !== null) fold(memory, status);
			else if (line.trim() !== "" && memory.text.length < TEXT_KEPT) memory.text.push(line);
		},
		state: () => stateOf(memory),
		log: () => ownSteps(memory).map(({ known, step }) => ({
			...step,
			log: known.log.read()
		})),
		failure: () => failureOf$1(memory)
	};
}
function ownSteps(memory) {
	return [...memory.known.values()].flatMap((known) => {
		const name = ownName(memory, known);
		return name === null ? [] : [{
			known,
			step: toStep(known, name, memory.targets.size > 0)
		}];
	}).toSorted((a, b) => rank(a.step) - rank(b.step) || begin(a.step) - begin(b.step) || order(a.step) - order(b.step));
}
function stateOf(memory) {
	const own = ownSteps(memory);
	const running = own.filter(({ step }) => step.started !== null && step.completed === null);
	const current = running.findLast(({ step }) => step.number !== null) ?? running.at(-1);
	return {
		steps: own.map(({ step }) => step),
		current: current?.step ?? null,
		bytes: current === void 0 ? null : bytesOf(current.known),
		warnings: ownWarnings(memory),
		text: memory.text
	};
}
function toStep(known, name, marked) {
	const { text, number, total, stage, platform } = parseVertexName(name, marked);
	const { started, completed, cached, error } = known.vertex;
	return {
		name: text,
		number,
		total,
		stage,
		platform,
		started,
		completed,
		cached,
		error
	};
}
function rank(step) {
	return step.number === null ? 1 : 0;
}
function begin(step) {
	return step.started ?? Number.MAX_SAFE_INTEGER;
}
function order(step) {
	return step.number ?? 0;
}
function bytesOf(known) {
	const sized = [...known.transfers.values()].filter((transfer) => (transfer.total ?? 0) > 0);
	if (sized.length === 0) return null;
	return {
		current: sized.reduce((sum, transfer) => sum + transfer.current, 0),
		total: sized.reduce((sum, transfer) => sum + (transfer.total ?? 0), 0)
	};
}
/** A warning comes once a platform: the same rule on the same line is one. */
function ownWarnings(memory) {
	const unique = /* @__PURE__ */ new Map();
	for (const { vertex, warning } of memory.warnings) {
		const known = memory.known.get(vertex);
		if (known !== void 0 && known.names.size > 0 && ownName(memory, known) === null) continue;
		unique.set(JSON.stringify([
			warning.rule,
			warning.line,
			warning.message
		]), warning);
	}
	return [...unique.values()].toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0));
}
function failureOf$1(memory) {
	const text = readErrorText(memory.text);
	const failed = failedVertex(memory);
	const log = failed?.log.read().lines ?? [];
	const marked = memory.targets.size > 0;
	const name = failed === null ? null : ownName(memory, failed) ?? failed.vertex.name;
	const error = failed?.vertex.error ?? null;
	const message = text.message ?? (error === null ? silence(memory) : shortenError(error));
	const parent = text.target === null || text.target === memory.target ? "" : `in its parent ${text.target}: `;
	return {
		message: parent + message,
		step: failed === null || name === null ? null : toStep(failed, name, marked),
		dockerfile: memory.dockerfile ?? "Dockerfile",
		line: parent === "" ? text.line : null,
		tail: log.slice(-20)
	};
}
/** Own steps before a parent's, causes before what was cancelled for them. A cache that cannot be read ends nothing. */
function failedVertex(memory) {
	const failed = [...memory.known.values()].filter((known) => {
		return known.vertex.error !== null && !/^(\[[^\]]+\] )?importing cache manifest/.test(known.vertex.name);
	});
	const weight = (known) => {
		return (isCancellation(known.vertex.error ?? "") ? 2 : 0) + (ownName(memory, known) === null ? 1 : 0);
	};
	return failed.toSorted((a, b) => weight(a) - weight(b))[0] ?? null;
}
function silence(memory) {
	return memory.text.at(-1) ?? "buildx ended without a reason";
}
// src/stack/bake.ts
/**
* bake allows `[a-zA-Z0-9_-]+` only; other characters of an image's name become `_`, made unique where names meet. None
* begins with `-`, or it would be an option on the command line.
*/
function targetNames(names) {
	const taken = /* @__PURE__ */ new Set();
	return new Map(names.map((name) => {
		const plain = name.replace(/[^\w-]/g, "_").replace(/^-/, "_");
		let target = plain;
		for (let count = 2; taken.has(target); count++) target = `${plain}_${count}`;
		taken.add(target);
		return [name, target];
	}));
}
/**
* The definition for all images that are built here. Outputs, no-cache and pull are not in it: they are set on the
* requested target alone (`bakeArguments`), or every child's process would do its parents' work again.
*/
function bakeDefinition(images, targets) {
	return { target: Object.fromEntries(images.map((image) => [targets.get(image.image.name) ?? image.image.name, bakeTarget(image, targets)])) };
}
function bakeTarget(image, targets) {
	const optional = {
		contexts: contextsOf(image, targets),
		args: image.args,
		labels: image.labels,
		annotations: image.annotations,
		tags: image.tags,
		platforms: image.platforms,
		secret: image.secrets,
		ssh: image.ssh
	};
	const used = Object.entries(optional).filter(([, value]) => Object.keys(value).length > 0);
	return escaped({
		context: composed(image.context, image),
		dockerfile: composed(image.dockerfile, image),
		...image.target ? { target: image.target } : {},
		...Object.fromEntries(used)
	});
}
/** bake's reader brings all text into Unicode's composed form: a path in another form would name another file. */
function composed(path, { image }) {
	if (path === path.normalize("NFC")) return path;
	throw new ActionError("stack", `${image.dockerfile}: its path is not in Unicode's composed form (NFC)`, ["bake cannot be told of such a path: rename the folder, for example with `git mv`"]);
}
function contextsOf(image, targets) {
	const stages = new Set(image.stages.map((stage) => stage.toLowerCase()));
	const parents = image.image.parents.flatMap((edge) => edge.references.map((reference) => [keyOf(edge, reference, image, stages), parentContext(image, edge, targets)]));
	const pinned = [...image.pinned].filter(([reference]) => !stages.has(contextKey(reference).toLowerCase())).map(([reference, to]) => [contextKey(reference), `docker-image://${to}`]);
	return {
		...Object.fromEntries(pinned),
		...Object.fromEntries(parents),
		...image.contexts
	};
}
function keyOf(edge, reference, image, stages) {
	const key = contextKey(reference);
	if (!stages.has(key.toLowerCase())) return key;
	throw new ActionError("stack", `${image.image.dockerfile}:${edge.line}: a stage has the name of the parent image, "${key}"`, ["BuildKit would replace the stage by the image: give the stage another name"]);
}
function parentContext(image, edge, targets) {
	const source = image.parents.get(edge.name);
	if (!source) throw new Error(`no source for parent ${edge.name} of ${image.image.name}`);
	return "image" in source ? `docker-image://${source.image}` : `target:${targets.get(source.target) ?? source.target}`;
}
/** bake evaluates `${…}` and `%{…}` in keys and strings of JSON as HCL templates; a doubled sign stands for itself. */
function escaped(value) {
	if (typeof value === "string") return value.replace(/([$%])\{/g, "$1$1{");
	if (Array.isArray(value)) return value.map(escaped);
	if (typeof value === "object" && value !== null) return Object.fromEntries(Object.entries(value).map(([key, item]) => [escaped(key), escaped(item)]));
	return value;
}
/** Arguments of `buildx bake` for one image. */
function bakeArguments(request) {
	const { target } = request;
	return [
		...request.builder ? ["--builder", request.builder] : [],
		"--file",
		request.file,
		"--progress",
		"rawjson",
		"--metadata-file",
		request.metadataFile,
		...request.allowRead.flatMap((path) => ["--allow", `fs.read=${path}`]),
		...request.allowSsh ? ["--allow", "ssh"] : [],
		...request.outputs.flatMap((output) => ["--set", `${target}.output=${output}`]),
		...request.noCache ? ["--set", `${target}.no-cache=true`] : [],
		...request.pull ? ["--set", `${target}.pull=true`] : [],
		target
	];
}
// src/stack/schedule.ts
/**
* Runs tasks as soon as all that they wait for have succeeded, at most `jobs` at once. A task whose predecessor did
* not succeed is not run: `skip` gives its value, with the first such predecessor. Others go on. `tasks` hold no cycle.
*/
async function runTasks(tasks, { jobs, run, skip }) {
	const limit = pLimit(jobs);
	const started = /* @__PURE__ */ new Map();
	const known = new Map(tasks.map((task) => [task.name, task]));
	const start = (task) => {
		const running = started.get(task.name);
		if (running) return running;
		const promise = perform(task);
		started.set(task.name, promise);
		return promise;
	};
	const perform = async (task) => {
		await null;
		const before = task.after.flatMap((name) => known.get(name) ?? []);
		const failed = (await Promise.all(before.map(start))).findIndex((end) => !end.ok);
		if (failed >= 0) return {
			ok: false,
			value: skip(task.name, before[failed]?.name ?? "")
		};
		return limit(() => run(task.name));
	};
	const ends = await Promise.all(tasks.map(async (task) => [task.name, (await start(task)).value]));
	return new Map(ends);
}
// src/tools/inside.ts
/** Whether a path is a folder or lies in it when all links are followed. What is not there leads nowhere, and counts as inside. */
async function isInside(folder, file) {
	const [root, real] = await Promise.all([realpath(folder), realpath(file).catch(() => null)]);
	if (real === null) return true;
	const relative = path.relative(root, real);
	return relative !== ".." && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
}
// src/tools/transient.ts
/** BuildKit retries for 7 seconds and containerd ignores Retry-After: these waits (milliseconds) are ours, on top. */
const defaultWaits = [
	2e3,
	8e3,
	2e4
];
/** What may pass by itself when it comes from a registry or on the way to it. Refusals (401, 403, 404) are not in it. */
const passing = [
	/unexpected (HTTP )?status( code)?\b[^\n]*: (408|429|500|502|503|504)\b/i,
	/\b(429 Too Many Requests|500 Internal Server Error|502 Bad Gateway|503 Service Unavailable|504 Gateway Timeout)/i,
	/(^|: )unavailable: /i,
	/toomanyrequests|connection reset by peer|broken pipe|unexpected EOF|i\/o timeout|TLS handshake timeout/i,
	/failed to (do request|push|copy|authorize)[^\n]*: EOF/i
];
/** Whether an error's text tells of a fault that a later try may not meet. */
function isTransient(message) {
	return passing.some((pattern) => pattern.test(message));
}
/**
* Tries again after what may pass by itself, three times at most: what the message tells of, or what the error itself
* says is `transient`. `onRetry` is told why and how long the wait is.
*/
async function retryTransient(attempt, { signal, onRetry, waits = defaultWaits }) {
	for (const wait of waits) try {
		return await attempt();
	} catch (error) {
		if (!(isTransient(messageOf(error)) || error.transient === true) || signal.aborted) throw error;
		onRetry(messageOf(error), wait);
		await setTimeout(wait, void 0, { signal }).catch((cause) => {
			throw new ActionError("cancelled", "the run was cancelled while it waited to try again", [], { cause });
		});
	}
	return await attempt();
}
// src/stack/labels.ts
/** OCI labels of an image, in the order of the specification. */
function imageLabels(facts) {
	const { image, source, revision, version, created, base, own } = facts;
	const ours = [
		["created", created === null ? null : (/* @__PURE__ */ new Date(created * 1e3)).toISOString().replace(".000Z", "Z")],
		["url", source],
		["source", source],
		["version", version],
		["revision", revision],
		["title", image.name],
		["base.digest", base?.digest],
		["base.name", base?.name]
	].filter((entry) => Boolean(entry[1])).map(([key, value]) => [`org.opencontainers.image.${key}`, value]);
	return {
		...Object.fromEntries(ours),
		...own
	};
}
/** The same as annotations of the manifest and, for an index, of the index; the user's own come last and win. */
function imageAnnotations(labels, own) {
	return [...Object.entries(labels).filter(([key]) => key.startsWith("org.opencontainers.image.")).map(([key, value]) => `manifest,index:${key}=${value}`), ...own];
}
// src/steps/describe.ts
/** The images that are built, as bake takes them, with what is known at this moment. */
function describeImages(question) {
	const planned = new Map(question.decision.plan.images.map((image) => [image.name, image]));
	const images = question.source.stack.images.filter((image) => planned.get(image.name)?.action === "build").map((image) => describe(question, image, planned));
	const outside = images.flatMap((image) => Object.values(image.contexts)).filter((value) => path.isAbsolute(value) && !inside(question.host.cwd, value));
	return {
		images,
		allowRead: [.../* @__PURE__ */ new Set([...question.facts.secrets.allowRead, ...outside])]
	};
}
function describe(question, image, planned) {
	const { inputs, host, facts, builder } = question;
	const labels = labelsOf(question, image, planned);
	const classic = builder.driver === "docker" && !builder.containerdStore;
	return {
		image,
		context: isAddress(image.context) ? image.context : path.resolve(host.cwd, image.context),
		dockerfile: image.remoteDockerfile ?? path.resolve(host.cwd, image.dockerfile),
		target: inputs.target || image.target,
		platforms: inputs.platforms.length > 0 ? inputs.platforms : image.platforms,
		args: {
			...image.args,
			...inputs.buildArgs
		},
		labels,
		annotations: classic ? [] : annotationsOf(question, image, labels),
		tags: planned.get(image.name)?.tags.filter((tag) => facts.outputs.builds(image, tag)) ?? [],
		secrets: facts.secrets.specifications,
		ssh: facts.secrets.ssh,
		contexts: absoluteContexts({
			...image.contexts,
			...inputs.buildContexts
		}, host.cwd),
		parents: new Map(image.parents.map((edge) => [edge.name, parentSource(question, edge.name, planned)])),
		pinned: new Map([...facts.pins].filter(([reference]) => image.external.includes(reference))),
		stages: image.stages
	};
}
function parentSource({ facts, inputs, builder, source }, name, planned) {
	const parent = planned.get(name);
	const image = source.stack.images.find((candidate) => candidate.name === name);
	const [published] = image ? imageNames(image, inputs.registry) : [];
	if (parent?.action !== "build") return { image: `${published}@${parent?.digest}` };
	const digest = facts.digests.get(name);
	return builder.driver !== "docker" && digest && published ? { image: `${published}@${digest}` } : { target: name };
}
function labelsOf(question, image, planned) {
	const { source, facts, decision } = question;
	const wording = decision.wordings.get(image.name);
	return imageLabels({
		image,
		source: sourceUrl(question),
		revision: source.revision === void 0 ? source.commit : source.revision,
		version: wording?.version ?? null,
		created: facts.created,
		base: baseOf(question, image, planned),
		own: wording?.labels ?? {}
	});
}
/** The base image's name and digest: a parent of this stack by its published name, an external one as it is pinned. */
function baseOf({ source, facts, inputs }, image, planned) {
	if (image.base === null) return null;
	const edge = image.parents.find((parent) => parent.base);
	if (!edge) {
		const [name = image.base, written] = image.base.split("@");
		return {
			name,
			digest: written ?? facts.pins.get(image.base)?.split("@")[1] ?? null
		};
	}
	const parent = source.stack.images.find((candidate) => candidate.name === edge.name);
	const [name] = parent ? imageNames(parent, inputs.registry) : [];
	const tag = planned.get(edge.name)?.tags[0]?.split(":").at(-1);
	const digest = facts.digests.get(edge.name) ?? planned.get(edge.name)?.digest ?? null;
	return {
		name: name ? `${name}${tag ? `:${tag}` : ""}` : image.base,
		digest
	};
}
function annotationsOf({ decision, facts }, image, labels) {
	const own = decision.wordings.get(image.name)?.annotations ?? [];
	return facts.outputs.push ? imageAnnotations(labels, own) : [...own];
}
/** The repository's page: GitHub's own word for it, else the remote without credentials. */
function sourceUrl({ host, source, facts }) {
	const { repository } = source.trigger;
	if (repository) return `${host.env.GITHUB_SERVER_URL || "https://github.com"}/${repository.owner}/${repository.name}`;
	const remote = facts.remote?.replace(/^git@([^:]+):/, "https://$1/").replace(/\.git$/, "");
	return remote && URL.canParse(remote) && /^https?:/.test(remote) ? withoutCredentials(remote) : null;
}
function withoutCredentials(text) {
	const url = new URL(text);
	url.username = "";
	url.password = "";
	return url.href;
}
/** A context that is a path counts from the repository's root; images, targets and URLs stay as they are. */
function absoluteContexts(contexts, cwd) {
	const entries = Object.entries(contexts).map(([name, value]) => [name, isAddress(value) ? value : path.resolve(cwd, value)]);
	return Object.fromEntries(entries);
}
function inside(folder, file) {
	const relative = path.relative(folder, file);
	return !relative.startsWith("..") && !path.isAbsolute(relative);
}
// src/steps/verify.ts
/**
* Reads back what was pushed and compares its first layers with the parent's of this run: a child on another parent
* than the one that is published is an error. Gives null where the registry cannot be read.
*/
async function verifyImage(question) {
	const { source, decision, planned, digest, facts } = question;
	const image = await readBack(question, planned.name, digest);
	const parent = source.stack.images.find((candidate) => candidate.name === planned.name)?.parents.find((edge) => edge.base)?.name;
	const parentDigest = parent ? facts.digests.get(parent) ?? decision.plan.images.find((candidate) => candidate.name === parent)?.digest : null;
	if (!image || !parent || !parentDigest) return image;
	const base = await readBack(question, parent, parentDigest);
	if (base?.diffIds.some((layer, at) => image.diffIds[at] !== layer)) throw new ActionError("build", `${planned.name} was not built on the ${parent} of this run`, [`its first ${base.diffIds.length} layers are not those of ${parentDigest}`, "another build may have pruned the builder’s cache meanwhile: run again"]);
	return image;
}
async function readBack({ source, inputs, host, registry }, name, digest) {
	const image = source.stack.images.find((candidate) => candidate.name === name);
	const [published] = image ? imageNames(image, inputs.registry) : [];
	const reference = published ? canonicalReference(`${published}@${digest}`) : null;
	try {
		return reference ? await registry.image(reference) : null;
	} catch (error) {
		if (!host.signal.aborted) host.out.warning(`${name} could not be read back, so its layers are not compared: ${messageOf(error)}`);
		return null;
	}
}
// src/steps/bake.ts
/**
* One image by bake, and what was pushed of it. Each output is a round of its own, the later ones from the builder's
* cache: of several at once buildx tells one digest only, and an annotation that one output cannot hold ends them all.
*/
async function bakeOne(build, progress) {
	const { question, planned, facts } = build;
	const afresh = question.inputs.noCache || planned.afresh === true;
	let pushed = null;
	for (const [round, output] of facts.outputs.rounds.entries()) {
		const digest = await bakeRound(build, progress, {
			output,
			noCache: round === 0 && afresh
		});
		if (facts.outputs.push && round === 0) pushed = digest;
	}
	if (facts.outputs.push && !pushed) throw new ActionError("build", `buildx ended well but did not tell the digest of what it pushed for ${planned.name}`, ["its version may be too old for `bake --metadata-file`: update buildx"]);
	return {
		digest: pushed,
		image: pushed ? await verifyImage({
			...question,
			planned,
			digest: pushed,
			facts
		}) : null
	};
}
async function bakeRound({ question, planned, target, facts }, progress, { output, noCache }) {
	const { host, buildx, builder, inputs, observer } = question;
	const folder = path.join(host.temp, "bake");
	await mkdir(folder, { recursive: true });
	const file = path.join(folder, `${target}.json`);
	const metadataFile = path.join(folder, `${target}.metadata.json`);
	const { images, allowRead } = describeImages({
		...question,
		facts
	});
	const fitting = output === "type=docker" ? images.map(forEngine) : images;
	await writeFile(file, JSON.stringify(bakeDefinition(fitting, facts.targets), null, 2));
	const args = bakeArguments({
		builder: builder.name,
		file,
		metadataFile,
		target,
		outputs: [output],
		noCache,
		pull: inputs.pull,
		allowRead,
		allowSsh: facts.secrets.ssh.length > 0
	});
	host.out.debug(`buildx bake ${args.join(" ")}`);
	const feed = (line) => {
		progress.feed(line);
		observer.progressed(planned.name, progress);
	};
	const ended = await buildx.bake(args, feed, facts.secrets.env);
	if (ended.status !== 0) {
		const { message } = failure({
			file: "buildx",
			args: ["bake"]
		}, ended);
		throw new BakeError(message, ended.signal, progress.failure());
	}
	return await readDigest(metadataFile, target);
}
/** What an engine loads has no index: BuildKit refuses annotations of one, and several platforms. */
function forEngine(image) {
	return {
		...image,
		annotations: image.annotations.filter((annotation) => !/^[a-z-,]*\bindex\b/.test(annotation)),
		platforms: image.platforms.length > 1 ? [] : image.platforms
	};
}
/** bake ended with an error: what failed is told by its progress. */
var BakeError = class extends Error {
	endedBy;
	failure;
	/** A registry's own word for a fault hides its status, which only the log of the push still names. */
	transient;
	constructor(message, endedBy, failure) {
		super(message);
		this.endedBy = endedBy;
		this.failure = failure;
		this.transient = failure.step?.number === null && failure.tail.some(isTransient);
	}
};
/** Why an image failed, from whatever was thrown. */
function failureOf(error, planned) {
	if (error instanceof BakeError && !error.endedBy) return inWords(error.failure);
	const told = explained(error);
	const details = told instanceof ActionError ? [...told.details] : [];
	return {
		message: messageOf(told),
		step: null,
		dockerfile: planned.dockerfile,
		line: null,
		tail: details
	};
}
/** Two causes that the last message alone does not tell. */
function inWords(failure) {
	const said = (words) => ({
		...failure,
		message: `${words}: ${failure.message}`
	});
	if ([failure.message, ...failure.tail].some((line) => fullDisk.test(line))) return said("no space is left on a disk");
	return /code = Unavailable|error reading from server|closing transport|^context deadline exceeded$/.test(failure.message) ? said("the builder stopped answering") : failure;
}
/** Only the digest is read: buildx puts the event's payload and build arguments into the same file. */
async function readDigest(file, target) {
	const text = await readFile(file, "utf8").catch((error) => {
		if (error.code === "ENOENT") return "{}";
		throw error;
	});
	const digest = JSON.parse(text)[target]?.["containerimage.digest"];
	return typeof digest === "string" ? digest : null;
}
// src/steps/outputs.ts
/** Pushes, loads into the engine, both, or keeps the result in the builder's cache alone. */
async function chooseOutputs({ inputs, host, builder, decision }) {
	const { push } = decision.push;
	const load = await decideLoad({
		inputs,
		host,
		builder,
		push
	});
	const classic = builder.driver === "docker";
	const { immutable } = decision.rules;
	const values = [...push ? ["type=image,push=true"] : [], ...load && !(classic && push) ? ["type=docker"] : []];
	return {
		push,
		load,
		rounds: values.length > 0 ? values : ["type=cacheonly"],
		builds: (image, reference) => !push || immutable === null || reference.endsWith(`:${imageTag(image, immutable)}`)
	};
}
async function decideLoad({ inputs, host, builder, push }) {
	if (inputs.load === true && builder.driver !== "docker" && !await hasEngine(host)) throw new ActionError("input", "input load: true, but no Docker engine answers: there is nothing to load into", ["start Docker (`docker info` has to work), or leave load out"]);
	if (inputs.load !== "auto") return inputs.load;
	if (host.kind === "action" || push || inputs.platforms.length > 1) return false;
	if (builder.driver === "docker") return true;
	const engine = await hasEngine(host);
	if (!engine) host.out.notice("no Docker engine answers: the images stay in the builder’s cache (push: true sends them to a registry)");
	return engine;
}
// src/steps/pins.ts
/**
* Resolves external base images to digests once for the run, so that a tag that moves meanwhile cannot give two images
* different bases. The builder itself is asked (its mirrors and credentials count): a `FROM` alone loads no layer, and
* its progress names the digest. What cannot be resolved is left as it is; the build will tell.
*/
async function resolvePins({ references, host, buildx, builder }) {
	const parsed = references.flatMap((text) => {
		const reference = canonicalReference(text);
		return reference && !reference.digest ? [{
			text,
			reference
		}] : [];
	});
	if (parsed.length === 0) return /* @__PURE__ */ new Map();
	const file = path.join(host.temp, "pins.json");
	const targets = parsed.map(({ text }, at) => [`pin${at}`, {
		"dockerfile-inline": `FROM ${text}`,
		context: host.temp,
		output: ["type=cacheonly"]
	}]);
	await writeFile(file, JSON.stringify({
		group: { default: { targets: targets.map(([name]) => name) } },
		target: Object.fromEntries(targets)
	}));
	const digests = /* @__PURE__ */ new Map();
	const read = (line) => {
		for (const [, name, digest] of line.matchAll(/FROM (\S+?)@(sha256:[0-9a-f]{64})/g)) if (name && digest) digests.set(name, digest);
	};
	const args = [
		"--builder",
		builder.name,
		"--file",
		file,
		"--progress",
		"rawjson",
		"--allow",
		`fs.read=${host.temp}`
	];
	await buildx.bake(args, read, { BUILDX_GIT_INFO: "false" }).catch((error) => {
		if (error instanceof ActionError && error.code === "cancelled") throw error;
	});
	return new Map(parsed.flatMap(({ text, reference }) => {
		const digest = digests.get(formatCanonical(reference));
		return digest ? [[text, `${reference.registry}/${reference.repository}:${reference.tag}@${digest}`]] : [];
	}));
}
// src/steps/secrets.ts
const none = {
	specifications: [],
	ssh: [],
	env: {},
	allowRead: []
};
/** Puts secrets where buildx finds them. An untrusted run gets none, whatever its workflow says. */
async function prepareSecrets({ inputs, host, trust }) {
	if (inputs.secrets.length + inputs.ssh.length === 0) return none;
	if (trust !== "trusted") {
		host.out.notice("an untrusted run gets no secrets and no ssh agent");
		return none;
	}
	const folder = path.join(host.temp, "secrets");
	await mkdir(folder, {
		recursive: true,
		mode: 448
	});
	const prepared = await Promise.all(inputs.secrets.map((secret, at) => prepare(secret, path.join(folder, String(at)), host)));
	return {
		specifications: prepared.map((secret) => secret.specification),
		ssh: inputs.ssh,
		env: Object.assign({}, ...prepared.map((secret) => secret.env)),
		allowRead: prepared.flatMap((secret) => secret.allowRead)
	};
}
async function prepare({ id, source }, file, host) {
	if ("env" in source) {
		const value = host.env[source.env];
		if (value === void 0) throw new ActionError("input", `input secret-envs: the variable ${source.env} (secret ${id}) is not set`, ["set it in `env:` of the step"]);
		host.out.mask(value);
		return {
			specification: csv([
				`type=env`,
				`id=${id}`,
				`env=${source.env}`
			]),
			env: { [source.env]: value },
			allowRead: []
		};
	}
	if ("value" in source) {
		host.out.mask(source.value);
		await writeFile(file, source.value, { mode: 384 });
		await chmod(file, 384);
		return {
			specification: csv([
				`type=file`,
				`id=${id}`,
				`src=${file}`
			]),
			env: {},
			allowRead: [file]
		};
	}
	const own = path.resolve(host.cwd, source.file);
	return {
		specification: csv([
			`type=file`,
			`id=${id}`,
			`src=${own}`
		]),
		env: {},
		allowRead: [own]
	};
}
/** buildx reads these texts as one CSV record. */
function csv(fields) {
	return fields.map((field) => /[",\n]/.test(field) ? `"${field.replaceAll("\"", "\"\"")}"` : field).join(",");
}
// src/steps/build.ts
/**
* Builds what the plan says, in order, `jobs` at once. An image that fails takes its descendants out and nothing else.
* Gives a result for every image of the plan, in its order. Throws only for what concerns the whole run.
*/
async function buildStack(question) {
	const { plan } = question.decision;
	const builds = plan.images.filter((image) => image.action === "build");
	const facts = await gatherFacts(question, builds);
	const planned = new Map(builds.map((image) => [image.name, image]));
	const names = new Set(planned.keys());
	const results = await runTasks(builds.map((image) => ({
		name: image.name,
		after: image.parents.filter((parent) => names.has(parent))
	})), {
		jobs: question.inputs.jobs,
		run: async (name) => {
			const result = await buildImage({
				question,
				planned: planned.get(name),
				target: facts.targets.get(name) ?? name,
				facts
			});
			return {
				ok: result.outcome === "built",
				value: result
			};
		},
		skip: (name, because) => {
			const result = unbuilt(planned.get(name), "skipped", `its parent ${because} was not built`);
			question.observer.finished(result, []);
			return result;
		}
	});
	return plan.images.map((image) => results.get(image.name) ?? unbuilt(image, image.action === "reuse" ? "reused" : "unchanged", image.reason));
}
async function gatherFacts(question, builds) {
	const { source, inputs, host } = question;
	const names = new Set(builds.map((image) => image.name));
	const images = source.stack.images.filter((image) => names.has(image.name));
	await refuseOutside(images, host.cwd);
	const [pins, secrets, outputs] = await Promise.all([
		resolvePins({
			...question,
			references: [...new Set(images.flatMap((image) => image.external))]
		}),
		prepareSecrets({
			inputs,
			host,
			trust: source.trigger.trust
		}),
		chooseOutputs(question)
	]);
	const [created, remote] = await Promise.all([source.commit && source.git ? source.git.commitTime(source.commit) : null, source.git?.remoteUrl() ?? null]);
	return {
		targets: targetNames(builds.map((image) => image.name)),
		pins,
		secrets,
		outputs,
		created,
		remote,
		digests: /* @__PURE__ */ new Map()
	};
}
/** A link in a submodule is not seen in the plan, and buildx would follow it: a build reads no other files of the machine. */
async function refuseOutside(images, cwd) {
	for (const image of images) for (const context of [image.context, ...Object.values(image.contexts)]) if (!isAddress(context) && !await isInside(cwd, path.resolve(cwd, context))) throw new ActionError("stack", `${image.name}: its context ${context} leads out of the repository`, ["a symbolic link is on the way: give a folder of the repository itself"]);
}
async function buildImage(build) {
	const { question, planned, target } = build;
	const { observer } = question;
	const started = Date.now();
	let progress = createProgress(target, { dockerfile: planned.dockerfile });
	observer.started(planned.name);
	const finish = (extra) => {
		const { steps, warnings } = progress.state();
		return {
			...unbuilt(planned, "built", planned.reason),
			started,
			completed: Date.now(),
			steps,
			warnings,
			...extra
		};
	};
	let result;
	try {
		await refuseTaken(build);
		const { digest, image } = await retryTransient(() => {
			progress = createProgress(target, { dockerfile: planned.dockerfile });
			return bakeOne(build, progress);
		}, {
			signal: question.host.signal,
			onRetry: (message, wait) => question.host.out.notice(`${planned.name}: ${message}; again in ${Math.round(wait / 1e3)} s`)
		});
		if (digest) build.facts.digests.set(planned.name, digest);
		result = finish({
			digest,
			size: image?.size ?? null,
			tags: build.facts.outputs.push ? builtTags(build) : []
		});
	} catch (error) {
		if (question.host.signal.aborted) result = finish({
			outcome: "skipped",
			reason: "the run was cancelled"
		});
		else result = finish({
			outcome: "failed",
			failure: failureOf(error, planned)
		});
	}
	observer.finished(result, progress.log());
	return result;
}
/** The references that the build itself gives; those of the branch follow when the whole stack is done. */
function builtTags({ question, planned, facts }) {
	const image = question.source.stack.images.find((candidate) => candidate.name === planned.name);
	return image ? planned.tags.filter((reference) => facts.outputs.builds(image, reference)) : [];
}
/** The commit's tag was free when the plan was made; a run of the same commit may have set it since. */
async function refuseTaken({ question, planned, facts }) {
	const { decision, registry } = question;
	if (!facts.outputs.push || decision.rules.immutable === null) return;
	for (const text of builtTags({
		question,
		planned,
		facts
	})) {
		const reference = canonicalReference(text);
		if (reference && await registry.digest(reference).catch(() => null)) throw new ActionError("registry", `${text} is there by now: it is never overwritten`, ["another run published this commit meanwhile: run again, and use a concurrency group"]);
	}
}
// src/steps/publish.ts
/**
* Gives every image of the run its tags: the commit's own tag first, where a reused image lacks it, then the moving
* ones. Nothing moves unless the whole stack is green. Returns the results with the tags that each image has now.
*/
async function publish(question) {
	const { decision, results, host } = question;
	const red = results.some((result) => result.outcome === "failed" || result.outcome === "skipped");
	if (!decision.push.push || red) return [...results];
	if (host.signal.aborted) throw new ActionError("cancelled", "the run was cancelled before its tags were set");
	const { immutable, fixed = [], moving } = decision.rules;
	const tagged = await setTags$1(question, immutable ? [immutable, ...fixed] : [], results);
	return await setTags$1(question, immutable && !await isOvertaken(question) ? moving : [], tagged);
}
/** Whether the branch has moved on since: then its tag is for the newer commit's run to set. */
async function isOvertaken({ source, inputs, host }) {
	const { branch, repository, head } = source.trigger;
	const now = branch && head ? await branchHead({
		host,
		inputs,
		repository,
		branch
	}) : null;
	if (now === null || now === head || now === source.commit) return false;
	host.out.notice(`${branch} is at ${now.slice(0, 7)} by now: the tag ${branch} is left to its run`);
	return true;
}
async function setTags$1(question, tags, results) {
	if (tags.length === 0) return [...results];
	const settled = await Promise.allSettled(results.map((result) => setImageTags(question, tags, result)));
	const failed = settled.find((one) => one.status === "rejected");
	if (failed) throw failed.reason;
	return settled.flatMap((one) => one.status === "fulfilled" ? [one.value] : []);
}
async function setImageTags(question, tags, result) {
	const { source, inputs, registry, decision } = question;
	const image = source.stack.images.find((candidate) => candidate.name === result.name);
	const planned = decision.plan.images.find((candidate) => candidate.name === result.name);
	if (!image || !result.digest || !planned) return result;
	const wanted = imageReferences(image, inputs.registry, tags).filter((reference) => planned.tags.includes(reference));
	const current = await Promise.all(wanted.map((reference) => digestOf$1(registry, reference)));
	const taken = wanted.find((_, at) => tags.includes(decision.rules.immutable ?? "") && current[at] && current[at] !== result.digest);
	if (taken) throw new ActionError("registry", `${taken} is there already with another digest: it is never overwritten`, ["another run published this commit meanwhile: run again, and use a concurrency group"]);
	const open = wanted.filter((_, at) => current[at] !== result.digest);
	for (const repository of imageNames(image, inputs.registry)) {
		const own = open.filter((reference) => reference.startsWith(`${repository}:`));
		if (own.length > 0) await retag(question, result, own);
	}
	return {
		...result,
		tags: [.../* @__PURE__ */ new Set([...result.tags, ...wanted])]
	};
}
/** Points references of one repository at the digest and reads back that they do: a registry must not give another for it. */
async function retag(question, result, references) {
	await move(question, result, references).catch((cause) => {
		if (question.host.signal.aborted) throw cause;
		const details = cause instanceof ActionError ? cause.details : [];
		throw new ActionError("registry", `${references.join(", ")} could not be set: ${messageOf(cause)}`, details, { cause });
	});
	for (const reference of references) {
		const now = await digestOf$1(question.registry, reference);
		if (now !== result.digest) throw new ActionError("registry", `${reference} is ${now ?? "missing"} after it was set to ${result.digest}`, ["another run may set the same tag: use a concurrency group, and run again"]);
	}
}
/** By the registry itself where it holds the image; from another one buildx copies it. */
async function move(question, result, references) {
	const { source, inputs, host, registry } = question;
	const image = source.stack.images.find((candidate) => candidate.name === result.name);
	const repository = references[0]?.slice(0, references[0].lastIndexOf(":")) ?? "";
	const home = await homeOf(registry, [repository, ...(image ? imageNames(image, inputs.registry) : []).filter((name) => name !== repository)], result.digest ?? "");
	const from = canonicalReference(`${home}@${result.digest}`);
	if (home === repository && from) return await registry.tag(from, references.map((reference) => reference.slice(repository.length + 1)));
	const buildx = await question.buildx();
	await retryTransient(() => buildx.copy({
		builder: question.builder?.name ?? null,
		source: `${home}@${result.digest}`,
		tags: references
	}), {
		signal: host.signal,
		onRetry: (message, wait) => host.out.notice(`${result.name}: ${message}; again in ${Math.round(wait / 1e3)} s`)
	});
}
/** The first repository that holds the digest; a reused image may be in one of several registries only. */
async function homeOf(registry, names, digest) {
	if (names.length === 1) return names[0] ?? "";
	for (const name of names) if (await digestOf$1(registry, `${name}@${digest}`)) return name;
	throw new ActionError("registry", `${digest} is in none of ${names.join(", ")}`, ["it was removed meanwhile: run again"]);
}
async function digestOf$1(registry, text) {
	const reference = canonicalReference(text);
	return reference ? await registry.digest(reference) : null;
}
// src/steps/make.ts
/** Builds what the plan says and sets the tags. Where nothing is to be built, it does not matter whether there is a buildx. */
async function make(question) {
	const { decision, inputs, host, tools, settle } = question;
	const { plan } = decision;
	const building = plan.images.filter((image) => image.action === "build");
	const tagging = decision.push.push && plan.images.some((image) => image.action === "reuse");
	const nothing = settle(unbuiltResults(plan));
	if (building.length === 0 && !tagging) return {
		results: nothing,
		builder: null,
		error: null
	};
	if (building.length === 0) return await setTags({
		...question,
		...tools,
		builder: null,
		results: nothing
	});
	const builder = await prepareBuilder({
		inputs,
		host,
		tools,
		needs: needsOf(question)
	});
	const observer = await observe({
		host,
		plan
	});
	const buildx = await tools.buildx();
	const results = await buildStack({
		...question,
		buildx,
		builder,
		observer
	}).finally(observer.close);
	return await setTags({
		...question,
		...tools,
		builder,
		results: settle(results)
	});
}
async function setTags(question) {
	const builder = question.builder?.name ?? null;
	try {
		return {
			results: await publish(question),
			builder,
			error: null
		};
	} catch (error) {
		return {
			results: [...question.results],
			builder,
			error
		};
	}
}
// src/tools/registry-auth.ts
/** A helper may ask a person; nobody answers in a run. */
const helperMilliseconds = 2e4;
/**
* Answers a registry's challenges as docker does: credentials from DOCKER_CONFIG (or ~/.docker), credential helpers
* included; tokens by the distribution project's token protocol. With `login: false` only anonymous tokens are asked for.
*/
function createAuthorizer({ env, login }) {
	const known = /* @__PURE__ */ new Map();
	const key = ({ registry, repository }, access) => `${registry}/${repository}:${access}`;
	return {
		/** The header that the last challenge for this repository was answered with. */
		known: (reference, access) => known.get(key(reference, access)) ?? null,
		/** An Authorization header for a `WWW-Authenticate` challenge; null where there is no answer to it. */
		async answer(reference, challenge, access) {
			const credentials = login ? await findCredentials(reference.registry, env) : null;
			const header = /^basic/i.test(challenge) ? basic(credentials) : await bearer({
				reference,
				challenge,
				credentials,
				access
			});
			if (header) known.set(key(reference, access), header);
			return header;
		}
	};
}
function basic(credentials) {
	return credentials ? `Basic ${Buffer.from(`${credentials.username}:${credentials.password}`).toString("base64")}` : null;
}
/** https://distribution.github.io/distribution/spec/auth/token/ and, for identity tokens, …/spec/auth/oauth/ */
async function bearer({ reference, challenge, credentials, access }) {
	const fields = Object.fromEntries([...challenge.matchAll(/([a-z_]+)="([^"]*)"/gi)].map((match) => [match[1]?.toLowerCase(), match[2]]));
	if (!fields.realm) return null;
	const own = `repository:${reference.repository}:${access}`;
	const scope = access === "pull" ? fields.scope ?? own : own;
	const signal = AbortSignal.timeout(2e4);
	const response = credentials?.identityToken ? await fetch(fields.realm, {
		method: "POST",
		signal,
		body: new URLSearchParams({
			grant_type: "refresh_token",
			refresh_token: credentials.identityToken,
			service: fields.service ?? "",
			scope,
			client_id: "buildx-action"
		})
	}) : await fetch(tokenUrl(fields.realm, fields.service, scope), {
		signal,
		headers: credentials ? { authorization: basic(credentials) ?? "" } : {}
	});
	if (!response.ok) {
		await response.body?.cancel();
		if (response.status === 429 || response.status >= 500) throw new StatusError(response, `GET ${fields.realm}`);
		return null;
	}
	const { token, access_token } = await response.json();
	return token || access_token ? `Bearer ${token ?? access_token}` : null;
}
function tokenUrl(realm, service, scope) {
	const url = new URL(realm);
	if (service) url.searchParams.set("service", service);
	url.searchParams.set("scope", scope);
	return url;
}
async function findCredentials(registry, env) {
	const config = await readDockerConfig(env);
	const names = registry === "docker.io" ? ["https://index.docker.io/v1/", "docker.io"] : [registry, `https://${registry}`];
	const helper = Object.entries(config.credHelpers ?? {}).find(([name]) => hostOf(name) === registry)?.[1] ?? config.credsStore;
	if (helper) for (const name of names) {
		const found = await askHelper(helper, name, env);
		if (found) return found;
	}
	const entry = Object.entries(config.auths ?? {}).find(([name]) => hostOf(name) === registry)?.[1];
	const [username = "", ...password] = Buffer.from(entry?.auth ?? "", "base64").toString().split(":");
	if (!entry || !(username || entry.identitytoken)) return null;
	return {
		username,
		password: password.join(":"),
		...entry.identitytoken ? { identityToken: entry.identitytoken } : {}
	};
}
/** The registry that a key of Docker's configuration is about: it may be a URL with a path. */
function hostOf(key) {
	const host = key.replace(/^https?:\/\//, "").split("/", 1)[0] ?? "";
	return ["index.docker.io", "registry-1.docker.io"].includes(host) ? "docker.io" : host;
}
/** https://github.com/docker/docker-credential-helpers: the server's name on stdin, JSON on stdout. */
async function askHelper(helper, server, env) {
	if (!/^[\w.-]+$/.test(helper)) return null;
	const ended = await execute({
		file: `docker-credential-${helper}`,
		args: ["get"],
		cwd: tmpdir(),
		env,
		input: server,
		signal: AbortSignal.timeout(helperMilliseconds)
	}).catch(() => null);
	const { Username, Secret } = ended?.status === 0 ? credentialsIn(ended.stdout) : {};
	if (!Secret) return null;
	return Username === "<token>" ? {
		username: "",
		password: "",
		identityToken: Secret
	} : {
		username: Username ?? "",
		password: Secret
	};
}
function credentialsIn(answer) {
	try {
		return JSON.parse(answer.toString());
	} catch {
		return {};
	}
}
// src/tools/registry-request.ts
const manifestTypes = [
	"application/vnd.oci.image.index.v1+json",
	"application/vnd.docker.distribution.manifest.list.v2+json",
	"application/vnd.oci.image.manifest.v1+json",
	"application/vnd.docker.distribution.manifest.v2+json"
].join(", ");
const requestMilliseconds = 2e4;
const longestWaitMilliseconds = 6e4;
const documentBytes = 8388608;
/**
* Asks a registry, again where what went wrong may pass. Gives null for 404. Throws ActionError('registry'), or
* ActionError('cancelled') where the run is.
*/
async function askRegistry(question) {
	return await retried(() => request(question), question);
}
/** One request, with a second try after a challenge for a token. Throws for everything but success and 404. */
async function request(question) {
	const { options, authorizer, reference, method, kind, what, document } = question;
	const access = document ? "pull,push" : "pull";
	const url = `${baseUrl(reference.registry)}/v2/${reference.repository}/${kind}/${what}`;
	const send = (authorization) => fetch(url, {
		method,
		headers: {
			accept: manifestTypes,
			...authorization ? { authorization } : {},
			...document ? { "content-type": document.type } : {}
		},
		...document ? { body: new Uint8Array(document.body) } : {},
		signal: AbortSignal.any([AbortSignal.timeout(requestMilliseconds), ...options.signal ? [options.signal] : []])
	});
	let response = await send(authorizer.known(reference, access));
	const challenge = response.status === 401 ? response.headers.get("www-authenticate") : null;
	if (challenge) {
		await response.body?.cancel();
		const authorization = await authorizer.answer(reference, challenge, access);
		if (authorization) response = await send(authorization);
	}
	if (response.ok) {
		const { headers } = response;
		return {
			digest: headers.get("docker-content-digest"),
			type: headers.get("content-type"),
			body: await limitedBody(response)
		};
	}
	await response.body?.cancel();
	if (response.status === 404) return null;
	throw new StatusError(response, `${method} ${url}`);
}
/** Retries what may pass (408, 429, 5xx, a cut connection), obeying Retry-After; turns the rest into a clear error at once. */
async function retried(attempt, { reference, document, options: { signal, firstWait = 500 } }) {
	try {
		return await pRetry(() => attempt().catch((error) => {
			if (error instanceof StatusError && error.status < 500 && ![408, 429].includes(error.status)) throw new AbortError(error);
			if (error instanceof StatusError || error instanceof AbortError) throw error;
			throw new Error(causeOf(error), { cause: error });
		}), {
			retries: document ? 7 : 3,
			minTimeout: firstWait,
			factor: document ? 2 : 3,
			randomize: true,
			...signal ? { signal } : {},
			onFailedAttempt: async ({ error, retriesLeft }) => {
				if (retriesLeft > 0 && error instanceof StatusError && error.waitMilliseconds) await delay(Math.min(error.waitMilliseconds, longestWaitMilliseconds), signal);
			}
		});
	} catch (error) {
		if (signal?.aborted) throw new ActionError("cancelled", `the run was cancelled while ${reference.registry} was asked`, [], { cause: error });
		throw explain(error, reference, document ? "write" : "read");
	}
}
function explain(error, { registry, repository }, verb) {
	const where = `${registry}/${repository}`;
	if (!(error instanceof StatusError)) return new ActionError("registry", `registry ${registry} cannot be reached for ${where}: ${causeOf(error)}`, ["check the name in registry, the network and the registry’s status page"], { cause: error });
	if (error.status === 401 || error.status === 403) return new ActionError("registry", `registry ${registry} refuses to ${verb} ${where}: ${error.status}`, ["log in before this step (docker/login-action) with an account that may pull and push there"], { cause: error });
	const remedy = error.status === 429 ? "it limits requests: log in, or run again later" : "run again later; the registry’s status page may tell more";
	return new ActionError("registry", `registry ${registry} answered ${error.status} for ${where}, also after retries`, [remedy], { cause: error });
}
/** What is at the bottom of it: fetch wraps what happened, and a retry wraps fetch's error. */
function causeOf(error) {
	if (!isNativeError(error)) return messageOf(error);
	return isNativeError(error.cause) ? causeOf(error.cause) : error.message;
}
async function delay(milliseconds, signal) {
	const { setTimeout: sleep } = await import("node:timers/promises");
	await sleep(milliseconds, void 0, signal ? { signal } : {});
}
/** The whole document: within the attempt, so that a connection that is cut meanwhile is tried again. */
async function limitedBody(response) {
	const chunks = [];
	let bytes = 0;
	for await (const chunk of response.body ?? []) {
		bytes += chunk.length;
		if (bytes > documentBytes) throw new AbortError("it sends a manifest of more than 8 MiB");
		chunks.push(chunk);
	}
	return Buffer.concat(chunks);
}
/** Docker's own rule: loopback registries speak http, all others https. */
function baseUrl(registry) {
	if (registry === "docker.io") return "https://registry-1.docker.io";
	return `${/^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/.test(registry) ? "http" : "https"}://${registry}`;
}
// src/tools/registry.ts
/** A client for all registries of a run; tokens are kept for its lifetime. */
function createRegistry(options) {
	const authorizer = createAuthorizer(options);
	const ask = (reference, method, kind, what) => askRegistry({
		options,
		authorizer,
		reference,
		method,
		kind,
		what
	});
	const json = async (reference, kind, what) => {
		const answer = await ask(reference, "GET", kind, what);
		return answer && parse(answer, reference);
	};
	return {
		async digest(reference) {
			const what = reference.digest ?? reference.tag;
			const answer = await ask(reference, "HEAD", "manifests", what);
			if (!answer) return null;
			return answer.digest ?? reference.digest ?? digestOf(await ask(reference, "GET", "manifests", what));
		},
		async image(reference) {
			const answer = await ask(reference, "GET", "manifests", reference.digest ?? reference.tag);
			if (!answer) return null;
			const top = parse(answer, reference);
			const child = top.manifests?.find((entry) => entry.platform?.os !== "unknown");
			const manifest = child?.digest ? await json(reference, "manifests", child.digest) : top;
			const layers = manifest?.layers ?? [];
			const config = manifest?.config?.digest ? await json(reference, "blobs", manifest.config.digest) : null;
			const size = [...layers, manifest?.config].reduce((sum, part) => sum + (part?.size ?? 0), 0);
			return {
				digest: answer.digest ?? reference.digest ?? digestOf(answer) ?? "",
				size,
				diffIds: config?.rootfs?.diff_ids ?? [],
				created: Date.parse(config?.created ?? "") || null,
				labels: config?.config?.Labels ?? {}
			};
		},
		async tag(source, tags) {
			const document = manifestOf(await ask(source, "GET", "manifests", source.digest ?? source.tag), source);
			for (const what of tags) if (!await askRegistry({
				options,
				authorizer,
				reference: source,
				kind: "manifests",
				what,
				document,
				method: "PUT"
			})) throw notFound(source, "the registry takes no tag for it");
		}
	};
}
/** A manifest as it is put again. What is put under a tag is what was asked for, whatever the registry answered. */
function manifestOf(answer, reference) {
	const name = `${reference.registry}/${reference.repository}@${reference.digest ?? reference.tag}`;
	if (!answer) throw notFound(reference, "it was removed meanwhile");
	if (reference.digest && digestOf(answer) !== reference.digest) throw new ActionError("registry", `the registry answers for ${name} with other content`, ["a proxy may answer in its place, or the registry is damaged: nothing was tagged"]);
	const { mediaType } = parse(answer, reference);
	return {
		type: mediaType ?? answer.type ?? "application/vnd.oci.image.index.v1+json",
		body: answer.body
	};
}
function notFound({ registry, repository, digest, tag }, why) {
	return new ActionError("registry", `${registry}/${repository}@${digest ?? tag} is not there`, [`${why}: run again`]);
}
function parse({ body }, { registry, repository }) {
	try {
		return JSON.parse(body.toString());
	} catch (cause) {
		throw new ActionError("registry", `registry ${registry} answered for ${registry}/${repository} with what is no JSON`, ["check the name in registry: a proxy or a login page may answer in its place"], { cause });
	}
}
function digestOf(answer) {
	return answer && `sha256:${createHash("sha256").update(answer.body).digest("hex")}`;
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
	const registry = createRegistry({
		env: host.env,
		login: trigger.trust === "trusted",
		signal: host.signal
	});
	const locks = await lockStage({
		source: detected,
		decision: await decide({
			source: detected,
			inputs,
			host,
			registry
		}),
		inputs,
		host,
		solves: tools !== null
	});
	const { source, decision } = locks;
	if (!tools) return await concludePlan({
		source,
		decision,
		inputs,
		host
	});
	if (locks.refused) return locks.refused;
	const made = await make({
		source,
		decision,
		inputs,
		host,
		registry,
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
	if (command === "diff") return await (await import("./diff.js")).diff(question);
	if (command === "lock") return await (await import("./lock2.js")).lock(question);
	return null;
}
export { graphKinds as n, run as t };
