import { a as changeKinds, i as isSame } from "./diff.js";
import { r as formatBytes } from "./format.js";
import { i as inline, n as details, s as table } from "./markdown.js";
// src/report/lock-words.ts
const words = {
	added: "added",
	removed: "removed",
	upgraded: "up",
	downgraded: "down",
	rebuilt: "rebuilt"
};
/** What matters more comes first. */
const ranks = [
	"removed",
	"downgraded",
	"added",
	"upgraded",
	"rebuilt"
];
/** `2 added, 5 up (1 major), 1 down, +38 MB`; `nothing changed` where it is so. */
function changeCounts(diff) {
	const counts = changeKinds.filter((kind) => diff[kind].length > 0).map((kind) => {
		const majors = diff[kind].filter((entry) => entry.major).length;
		return `${diff[kind].length} ${words[kind]}${majors > 0 ? ` (${majors} major)` : ""}`;
	});
	if (counts.length === 0) return "nothing changed";
	const size = diff.size === null || diff.size === 0 ? [] : [signedBytes(diff.size)];
	return [...counts, ...size].join(", ");
}
/** `pangeo-notebook linux-64: 2 added, 5 up`: one line for a commit's message or a log. The caller escapes it. */
function changeLine({ image, platforms, diff }) {
	return `${image} ${platforms.join(", ")}: ${changeCounts(diff)}`;
}
/** Platforms of an image with equal changes stand together, in the order of the diffs. */
function groupPlatforms(diffs) {
	return [...Map.groupBy(diffs, ({ platform, before, after, size, ...rest }) => JSON.stringify(rest)).values()].map((same) => ({
		image: same[0]?.image ?? "",
		platforms: same.map(({ platform }) => platform),
		diff: same[0]
	}));
}
/** Packages of interest first, then major jumps, then what went, came down, is new, went up, was rebuilt; each by name. */
function ranked(diff, interest) {
	const names = new Set(interest);
	const entries = ranks.flatMap((kind) => diff[kind].map((entry) => ({
		kind,
		entry,
		interesting: names.has(entry.name.toLowerCase())
	})));
	const rank = ({ entry, interesting }) => interesting ? 0 : entry.major ? 1 : 2;
	return entries.toSorted((one, other) => rank(one) - rank(other));
}
/** What a reviewer should not overlook of one package: `major`, where it now comes from, which manager installs it. */
function remarks({ entry }) {
	return [
		...entry.major ? ["major"] : [],
		...entry.channel ? [`from ${entry.channel.to} instead of ${entry.channel.from}`] : [],
		...entry.manager === "pip" ? ["pip"] : []
	];
}
/** Channels that the lock now uses or uses no longer; empty where they are the same. */
function channelChanges({ channels }) {
	return [...channels.added.map((channel) => `new channel ${channel}`), ...channels.removed.map((channel) => `channel ${channel} is gone`)].join(", ");
}
function signedBytes(bytes) {
	return `${bytes > 0 ? "+" : "−"}${formatBytes(Math.abs(bytes))}`;
}
// src/report/lock-markdown.ts
const icons = {
	added: "➕",
	removed: "➖",
	upgraded: "⬆️",
	downgraded: "⬇️",
	rebuilt: "🔁"
};
/** Names of packages of interest that the folded line still shows. */
const named = 5;
/**
* The diffs as GitHub Markdown, a folded table an image: escaped, at most `rows` packages each. Platforms that changed alike share one.
* Empty where nothing differs.
*/
function lockDiffMarkdown(diffs, options) {
	return groupPlatforms(diffs.filter((diff) => !isSame(diff))).map((group) => groupMarkdown(group, options)).join("\n\n");
}
function groupMarkdown({ image, platforms, diff }, { interest, rows }) {
	const entries = ranked(diff, interest);
	const first = `<strong>${inline(image)}</strong> ${inline(platforms.join(", "))}: ${inline(changeCounts(diff))}`;
	const channels = channelChanges(diff);
	const shown = entries.slice(0, rows).map(row);
	const rest = entries.length > rows ? `${entries.length - rows} more packages changed.` : "";
	const body = [
		inline(channels, 1e3),
		table([
			"",
			"package",
			"from",
			"to",
			""
		], shown),
		rest
	];
	return details(first + highlights(entries), body.filter(Boolean).join("\n\n"));
}
function highlights(entries) {
	return entries.filter((entry) => entry.interesting).slice(0, named).map(({ entry }) => ` · ${inline(entry.name)} ${inline(versions(entry.from, entry.to))}`).join("");
}
function versions(from, to) {
	return from === null || to === null ? to ?? `${from} removed` : `${from} → ${to}`;
}
function row(ranked) {
	const { kind, entry, interesting } = ranked;
	const name = interesting || entry.major ? `<strong>${inline(entry.name)}</strong>` : inline(entry.name);
	const text = (value) => value === null ? "" : inline(value, 100);
	return [
		icons[kind],
		name,
		text(entry.from),
		text(entry.to),
		inline(remarks(ranked).join(", "))
	];
}
export { groupPlatforms as a, channelChanges as i, changeCounts as n, ranked as o, changeLine as r, remarks as s, lockDiffMarkdown as t };
