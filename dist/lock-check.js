import { t as explicitPlatform } from "./diff-explicit.js";
import { i as isPackagesList, o as checkRules } from "./relock-place.js";
import { n as count } from "./format.js";
import { i as inline, s as table } from "./markdown.js";
import { n as joinSections, t as SUMMARY_LIMIT } from "./sections.js";
import { r as problemsText, t as freshnessText } from "./lock-text.js";
import { n as isKept, r as scanLocks, t as freshnessOf } from "./lock-scan.js";
import { posix } from "node:path";
// src/report/lock-check.ts
/** Rows of a table that are shown. */
const rows = 100;
/** The summary of a check: whether all is fresh in the first line, then what is stale, then the rules that are broken. */
function checkMarkdown({ locks, problems }, limit) {
	const stale = locks.filter((lock) => !lock.fresh);
	const good = stale.length === 0 && problems.length === 0;
	const counts = [stale.length === 0 ? `${count(locks.length, "lock")} fresh` : `${stale.length} of ${count(locks.length, "lock")} stale`, ...problems.length > 0 ? [count(problems.length, "broken rule")] : []];
	const staleRows = stale.slice(0, rows).map((one) => [
		one.image,
		one.platform,
		one.reason
	].map((text) => inline(text)));
	const ruleRows = problems.slice(0, rows).map(({ file, line, message, remedy }) => [
		`${file}:${line}`,
		message,
		remedy
	].map((text) => inline(text)));
	const sections = [
		{
			rank: 0,
			name: "title",
			markdown: `## ${good ? "✅" : "❌"} ${counts.join(", ")}`
		},
		{
			rank: 1,
			name: "stale locks",
			markdown: staleRows.length ? table([
				"image",
				"platform",
				"why"
			], staleRows) : ""
		},
		{
			rank: 2,
			name: "broken rules",
			markdown: ruleRows.length ? table([
				"where",
				"what",
				"remedy"
			], ruleRows) : ""
		}
	];
	return joinSections(sections, Math.min(limit, SUMMARY_LIMIT), "The log has all of it.");
}
// src/steps/lock-check.ts
/** Freshness first, which costs milliseconds, then the rules: each lock against its explicit locks and the allowed places. */
async function checkLocks(place, inputs) {
	const { images, tree, files } = place;
	const scan = await scanLocks({
		images,
		tree,
		files,
		foreign: inputs.lockEngine === "conda-lock"
	});
	return {
		locks: freshnessOf(scan, images),
		problems: await brokenRules(scan, place, inputs)
	};
}
/** The check as a command: red where a lock is stale or breaks a rule. */
async function concludeCheck({ locks, problems }, host) {
	const stale = locks.filter((lock) => !lock.fresh);
	const { colour: color } = host.out;
	await host.out.result({
		json: {
			fresh: stale.length === 0,
			locks,
			...problems.length > 0 ? { problems } : {}
		},
		text: freshnessText(locks, { color }) + problemsText(problems, { color }),
		markdown: (limit) => checkMarkdown({
			locks,
			problems
		}, limit)
	});
	for (const { file, line, message } of problems) host.out.error(message, {
		file,
		line,
		title: "lock"
	});
	return checkVerdict({
		locks,
		problems
	});
}
/** Red where a lock is stale or breaks a rule, with what to do about it. */
function checkVerdict({ locks, problems }) {
	const stale = [...new Set(locks.filter((lock) => !lock.fresh).map((lock) => lock.image))];
	if (stale.length === 0 && problems.length === 0) return {
		ok: true,
		message: "",
		details: []
	};
	return {
		ok: false,
		message: `locks ${[...stale.length > 0 ? [`stale: ${stale.join(", ")}`] : [], ...problems.length > 0 ? [`${count(problems.length, "broken rule")}, first ${problems[0]?.file}:${problems[0]?.line}`] : []].join("; ")}`,
		details: ["make them anew: buildx-action lock (make lock)"]
	};
}
async function brokenRules(scan, { images, tree, files }, inputs) {
	const paths = tree.entries.map((entry) => entry.path);
	const found = [];
	for (const state of scan.states) {
		const { lock, folder, metadata } = state.target;
		if (metadata === null || !isKept(state, images)) continue;
		const explicit = paths.filter((path) => posix.dirname(path) === folder && explicitPlatform(path) !== null);
		const { contents } = await files.read([
			lock,
			...explicit,
			state.target.packagesList
		]);
		const text = (file) => ({
			file,
			text: contents.get(file) ?? ""
		});
		const list = text(state.target.packagesList);
		const platforms = explicit.map((path) => explicitPlatform(path) ?? "");
		const platform = platforms.includes("linux-64") ? "linux-64" : platforms[0];
		found.push(...checkRules(text(lock), {
			...inputs,
			explicit: Object.fromEntries(explicit.map((path, at) => [platforms[at] ?? "", text(path)])),
			...platform && isPackagesList(list.text) ? { packages: {
				...list,
				platform
			} } : {}
		}));
	}
	return found;
}
export { concludeCheck as n, checkLocks as t };
