import { t as ActionError } from "./errors.js";
import { n as missingInput } from "./publish-inputs.js";
import { t as canonicalReference } from "./canonical.js";
import { t as findImage } from "./select.js";
import { a as imageTag, o as isReservedTag, r as imageNames, s as tagOf } from "./tags.js";
import { t as createRegistry } from "./registry.js";
import { t as detect } from "./detect.js";
import { n as readJournals } from "./journal-effects.js";
import { t as moveTags } from "./move-tags.js";
import { a as formatDuration, c as shortDigest, n as count } from "./format.js";
import { i as inline, n as details, r as fence, s as table, t as code } from "./markdown.js";
import { n as columns, r as paint } from "./paint.js";
import { n as joinSections, t as SUMMARY_LIMIT } from "./sections.js";
import { n as visible } from "./visible.js";
import { n as stackPlace } from "./stack-place.js";
import { writeFile } from "node:fs/promises";
import path from "node:path";
// src/report/moves.ts
/** The whole story in one line; the caller escapes it. */
function movesHeadline(report) {
	const moved = report.moves.filter(({ from, to }) => from !== to);
	const what = moved.length === 0 ? "all tags are there already" : `${count(moved.length, "tag")} of ${count(new Set(moved.map(({ image }) => image)).size, "image")} ${report.dryRun ? "would move" : "moved"}`;
	const time = report.dryRun ? "dry run: nothing was written" : formatDuration(report.completed - report.started);
	return `${report.request}: ${what} · ${time}`;
}
/** For a terminal: the first line, then a line a tag. */
function renderMovesText(report, options) {
	return `${[paint(["bold", "green"], `✓ ${visible(movesHeadline(report))}`, options), columns(report.moves.map(({ reference, from, to }) => [
		visible(reference),
		from === to ? "unchanged" : from === null ? "new" : shortDigest(from),
		from === to ? "" : `→ ${shortDigest(to)}`
	])).map((row) => `  ${row.join("  ")}`.trimEnd()).join("\n")].filter(Boolean).join("\n\n")}\n`;
}
/** The job summary: the first line, a table of tags, how to pull what they point at now. */
function renderMovesSummary(report, limit = SUMMARY_LIMIT) {
	const rows = report.moves.map(({ image, reference, from, to }) => [
		inline(image),
		code(reference),
		from === null ? "new" : code(shortDigest(from)),
		from === to ? "unchanged" : code(shortDigest(to))
	]);
	const pulls = report.moves.map(({ reference, to }) => `docker pull ${reference.replace(/:[^:/]*$/, "")}@${to}`);
	const sections = [
		{
			rank: 0,
			name: "title",
			markdown: `## ${report.dryRun ? "📝" : "✅"} ${inline(movesHeadline(report), 1e3)}`
		},
		{
			rank: 1,
			name: "the table of tags",
			markdown: rows.length ? table([
				"image",
				"tag",
				"before",
				"now"
			], rows) : ""
		},
		{
			rank: 2,
			name: "the notes",
			markdown: report.notes ?? ""
		},
		{
			rank: 3,
			name: "pull commands",
			markdown: rows.length && !report.notes ? details("Pull by digest", fence([...new Set(pulls)].join("\n"), "sh")) : ""
		}
	];
	return joinSections(sections, Math.min(limit, SUMMARY_LIMIT), "The log has all of it.");
}
// src/steps/moves-report.ts
/** Tells of moved tags: summary, log or JSON, and the outputs `tags`, `digests` and `report`. */
async function concludeMoves({ report, images, inputs, host, json = {} }) {
	const { same, moves: moved, ...rest } = report;
	const moves = reported([...moved, ...same.map((target) => ({
		...target,
		from: target.to
	}))], images, inputs);
	const full = {
		...rest,
		moves
	};
	const { command, request, dryRun } = full;
	const data = {
		command,
		request,
		dryRun,
		moves,
		...json
	};
	await host.out.result({
		json: data,
		text: renderMovesText(full, { color: host.out.colour }),
		markdown: (limit) => renderMovesSummary(full, limit)
	});
	host.out.output("tags", moves.map(({ reference }) => reference).join("\n"));
	host.out.output("digests", JSON.stringify(Object.fromEntries(moves.map(({ image, to }) => [image, to]))));
	const file = path.join(host.kept, "report.json");
	await writeFile(file, JSON.stringify({
		...data,
		started: full.started,
		completed: full.completed
	}, null, 2)).catch(() => void 0);
	host.out.output("report", file);
	return {
		ok: true,
		message: "",
		details: []
	};
}
/** In the order of the stack. A variant shares its repository with others: its tags begin with its name. */
function reported(moves, images, inputs) {
	const byPrefix = images.toSorted((one, other) => other.tagPrefix.length - one.tagPrefix.length);
	const imageOf = ({ repository, tag }) => byPrefix.find((image) => imageNames(image, inputs.registry).includes(repository) && tag.startsWith(image.tagPrefix));
	return images.flatMap((image) => moves.filter((move) => imageOf(move) === image).map(({ repository, tag, from, to }) => ({
		image: image.name,
		reference: `${repository}:${tag}`,
		from,
		to
	})));
}
// src/publish/previous.ts
/**
* What tags pointed at before the newest change of them that was not taken back yet, and which change that is. Tags that it did not
* move stay. Throws ActionError('input') where there is none, or where a tag was not there before.
*/
function previousOf(history, tags) {
	const wanted = new Set(tags.map(keyOf));
	const done = history.filter((entry) => entry.outcome === "done");
	const undone = new Set(done.flatMap(({ undoes }) => undoes ?? []));
	const last = done.findLast(({ id, undoes, moves }) => !undone.has(id) && undoes === void 0 && moves.some((move) => wanted.has(keyOf(move))));
	const name = [...new Set(tags.map(({ tag }) => tag))].join(", ");
	if (!last) throw new ActionError("input", `nothing is known of what ${name} was before`, ["the journal holds no change of it: name the tag or commit to go back to, for example `--to 2639bd3`"]);
	const moves = last.moves.filter((move) => wanted.has(keyOf(move)));
	const first = moves.find(({ from }) => from === null);
	if (first) throw new ActionError("input", `${first.repository}:${first.tag} was not there before ${told(last)}`, ["there is nothing to go back to: name the tag or commit, for example `--to 2639bd3`"]);
	return {
		targets: moves.map(({ repository, tag, from }) => ({
			repository,
			tag,
			to: from ?? ""
		})),
		undoes: last.id
	};
}
/** The tag that was promoted or reverted last; null where none was. */
function lastPromoted(history) {
	const done = history.filter(({ outcome, command }) => outcome === "done" && ["promote", "revert"].includes(command));
	return /^\w+ of (\S+) /.exec(done.at(-1)?.request ?? "")?.[1] ?? null;
}
/** An entry in a few words: `the promote of 2026-11-21 12:00 by ann`. */
function told({ command, started, by }) {
	return `the ${command} of ${started.slice(0, 16).replace("T", " ")} by ${by}`;
}
function keyOf({ repository, tag }) {
	return `${repository}:${tag}`;
}
// src/steps/retag.ts
/** Points a tag of the stack, or of the images named, at what another tag or a commit's tag points at. Nothing is built. */
async function promote(question) {
	const started = Date.now();
	const { from, to } = question.inputs;
	if (from === "") throw missingInput("promote", "from", "--from 2639bd3");
	if (to === "") throw missingInput("promote", "to", "--to stable");
	refuseTag(to);
	const scene = await sceneOf(question);
	const digests = await resolveAll(scene, shortCommit(from));
	const targets = scene.images.flatMap((image) => targetsOf(scene, image, to, digests.get(image.name) ?? ""));
	return await finish(scene, {
		started,
		command: "promote",
		request: withImages(`promote of ${to} from ${shortCommit(from)}`, question.inputs),
		targets: () => targets,
		fixed: true,
		tag: to
	});
}
/**
* Points a tag (input `from`, else the one that was promoted last, else the default branch's) back at a tag, a commit, or at what it
* was before.
*/
async function revert(question) {
	const started = Date.now();
	const { to } = question.inputs;
	if (to === "") throw missingInput("revert", "to", "--to previous");
	if (question.inputs.from !== "") refuseTag(question.inputs.from);
	const scene = await sceneOf(question);
	const { places, stack } = await stackPlace(scene);
	const history = await readJournals(scene.registry, places, stack);
	const tag = question.inputs.from || lastPromoted(history) || branchTag(scene);
	const request = withImages(`revert of ${tag} to ${shortCommit(to)}`, question.inputs);
	const common = {
		started,
		command: "revert",
		request,
		tag
	};
	if (to !== "previous") {
		const digests = await resolveAll(scene, shortCommit(to));
		const targets = scene.images.flatMap((image) => targetsOf(scene, image, tag, digests.get(image.name) ?? ""));
		return await finish(scene, {
			...common,
			targets: () => targets,
			fixed: true
		});
	}
	const done = doneBefore(history, request, question.host);
	if (done) return await conclude(scene, {
		...common,
		moved: {
			moves: [],
			same: done,
			recovered: [],
			resumed: false
		}
	});
	const tags = scene.images.flatMap((image) => targetsOf(scene, image, tag, ""));
	return await finish(scene, {
		...common,
		targets: (past) => previousOf(past, tags),
		fixed: false
	});
}
/** A run that is started again must not go back one more step. */
function doneBefore(history, request, { env }) {
	const run = env.GITHUB_RUN_ID;
	const own = history.findLast(({ outcome, holder }) => outcome === "done" && run && holder.startsWith(`github:${run}.`));
	return own?.request === request ? own.moves : null;
}
async function finish(scene, task) {
	if (!scene.inputs.dryRun) return await conclude(scene, {
		...task,
		moved: await moveTags({
			...scene,
			...task
		})
	});
	const { places, stack } = await stackPlace(scene);
	const found = task.targets(await readJournals(scene.registry, places, stack));
	const targets = "targets" in found ? found.targets : found;
	const now = await Promise.all(targets.map(({ repository, tag }) => digestOf(scene.registry, `${repository}:${tag}`)));
	const moves = targets.map((target, at) => ({
		...target,
		from: now[at] ?? null
	}));
	const moved = {
		moves: moves.filter(({ from, to }) => from !== to),
		same: moves.filter(({ from, to }) => from === to),
		recovered: [],
		resumed: false
	};
	return await conclude(scene, {
		...task,
		moved
	});
}
async function conclude(scene, { moved, started, ...task }) {
	const { host, inputs, images } = scene;
	return await concludeMoves({
		report: {
			...task,
			moves: moved.moves,
			same: moved.same,
			dryRun: inputs.dryRun,
			started,
			completed: Date.now()
		},
		images,
		inputs,
		host
	});
}
/** What is asked about, read from the files that are checked out; nobody untrusted gets here. */
async function sceneOf({ trigger, inputs, host }) {
	refuseRun(trigger, inputs);
	const source = await detect({
		trigger,
		inputs: {
			...inputs,
			images: []
		},
		host
	});
	const registry = createRegistry({
		env: host.env,
		login: true,
		signal: host.signal
	});
	const asked = inputs.images.length > 0 ? inputs.images : trigger.images ?? [];
	const names = asked.length > 0 ? new Set(asked.map((text) => findImage(source.stack, text).name)) : null;
	const images = source.stack.images.filter((image) => !image.skip && (names === null || names.has(image.name)));
	if (images.length === 0) throw new ActionError("input", "there are no images whose tags could be moved", ["check the inputs path and images"]);
	return {
		source,
		inputs,
		host,
		registry,
		images
	};
}
/** Throws where tags may not be moved: by an untrusted run, for a pull request, without a registry. */
function refuseRun(trigger, { command, registry }) {
	if (trigger.trust === "untrusted") throw new ActionError("input", `an untrusted run moves no tags: ${trigger.trustReason}`, [`start ${command} by a workflow_dispatch, or on the command line`]);
	if (trigger.pullRequest || trigger.kind === "merge_group" || trigger.kind === "delete") throw new ActionError("input", `command: ${command} moves no tags for the event ${trigger.event}`, ["start it by a workflow_dispatch on a branch, a schedule, a push, or on the command line"]);
	if (registry.length === 0) throw new ActionError("input", `command: ${command} needs the input registry: it moves tags there`, ["for example `registry: quay.io/pangeo`"]);
}
/** Throws for what can be no moving tag, before anything is written. */
function refuseTag(tag) {
	if (!/^\w[\w.-]{0,95}$/.test(tag)) throw new ActionError("input", `"${tag}" can be no tag of an image`, ["a tag has letters, digits, `_`, `.` and `-`, starts with none of the last two, and at most 96 of them here"]);
	if (isReservedTag(tag) || tag === "journal" || tag === "previous") throw new ActionError("input", `"${tag}" is a tag with a meaning of its own: it is never moved`, ["tags of commits, pull requests, fingerprints and caches are set by builds; name another one"]);
}
function branchTag({ source: { trigger } }) {
	const branch = trigger.defaultBranch ?? trigger.branch;
	if (branch) return tagOf(branch);
	throw missingInput("revert", "from", "--from stable");
}
/** A commit's whole name is its tag's 7 characters; everything else is a tag. */
function shortCommit(text) {
	return /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(text) ? text.slice(0, 7) : text;
}
/** Digests by image, each resolved once. Throws where one is missing: nothing was written by then. */
async function resolveAll({ registry, images, inputs }, tag) {
	const found = await Promise.all(images.map((image) => firstDigest(registry, imageNames(image, inputs.registry), imageTag(image, tag))));
	const missing = images.filter((_, at) => found[at] === null).map(({ name }) => name);
	if (missing.length > 0) throw new ActionError("input", `${missing.join(", ")} ${missing.length === 1 ? "has" : "have"} no tag ${tag}: no tag was moved`, [missing.length === images.length ? "check the tag; a commit has one where its run on the default branch was green" : "publish all images of that commit first, or name the images that have it"]);
	return new Map(images.map((image, at) => [image.name, found[at] ?? ""]));
}
async function firstDigest(registry, names, tag) {
	for (const name of names) {
		const digest = await digestOf(registry, `${name}:${tag}`);
		if (digest) return digest;
	}
	return null;
}
async function digestOf(registry, text) {
	const reference = canonicalReference(text);
	if (!reference) throw new ActionError("input", `"${text}" is no reference that a registry takes`);
	return await registry.digest(reference);
}
function targetsOf({ inputs }, image, tag, to) {
	return imageNames(image, inputs.registry).map((repository) => ({
		repository,
		tag: imageTag(image, tag),
		to
	}));
}
function withImages(request, { images }) {
	return `${request} for ${images.length > 0 ? images.toSorted().join(", ") : "the stack"}`;
}
export { revert as a, resolveAll as i, refuseRun as n, concludeMoves as o, refuseTag as r, promote as t };
