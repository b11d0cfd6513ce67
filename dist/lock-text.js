import { i as isSame } from "./diff.js";
import { n as count } from "./format.js";
import { t as relockHeadline } from "./lock-summary.js";
import { a as groupPlatforms, i as channelChanges, n as changeCounts, o as ranked, s as remarks } from "./lock-markdown.js";
import { n as columns, r as paint } from "./paint.js";
import { n as visible, t as shorten } from "./visible.js";
// src/report/lock-text.ts
const signs = {
	added: ["+", "green"],
	removed: ["−", "red"],
	upgraded: ["↑", "cyan"],
	downgraded: ["↓", "yellow"],
	rebuilt: ["~", "dim"]
};
/** Broken rules that are shown. */
const most = 100;
/** The diffs for a terminal: a line an image, below it a line a package; those of interest and major jumps first. */
function lockDiffText(diffs, interest, options) {
	const groups = groupPlatforms(diffs.filter((diff) => !isSame(diff)));
	if (groups.length === 0) return "no package changed\n";
	return groups.map((group) => groupText(group, interest, options)).join("\n");
}
/** How each lock stands, a line an image and platform, with the reason; the first line says it for all. */
function freshnessText(locks, options) {
	const stale = locks.filter((lock) => !lock.fresh).length;
	const head = locks.length === 0 ? "no locks" : stale === 0 ? `${count(locks.length, "lock")} fresh` : `${stale} of ${count(locks.length, "lock")} stale`;
	const cells = columns(locks.map(({ image, platform, fresh }) => [
		visible(image),
		visible(platform),
		fresh ? "fresh" : "stale",
		""
	]));
	const lines = locks.map(({ fresh, reason }, at) => {
		const [image, platform, word = ""] = cells[at] ?? [];
		return `  ${image}  ${platform}  ${paint(fresh ? "green" : "red", word, options)}  ${shorten(visible(reason), 500)}`;
	});
	return `${[paint("bold", head, options), ...lines].join("\n")}\n`;
}
/** Rules that locks break, a line each with its place and below it the remedy; empty without any. */
function problemsText(problems, options) {
	const lines = problems.slice(0, most).flatMap(({ file, line, message, remedy }) => [`${paint("red", `${visible(file)}:${line}`, options)}: ${shorten(visible(message), 500)}`, `  ${shorten(visible(remedy), 500)}`]);
	const rest = problems.length > most ? [`and ${problems.length - most} more`] : [];
	return problems.length === 0 ? "" : `${[
		"",
		...lines,
		...rest
	].join("\n")}\n`;
}
/** What a relock did: its headline, the files that it wrote, what differs in them. */
function relockText(relock, interest, options) {
	const head = paint("bold", relockHeadline(relock), options);
	const files = relock.files.map(({ path }) => `  ${visible(path)}`);
	const diffs = relock.images.flatMap((image) => image.diffs);
	return `${[head, ...files].join("\n")}\n${diffs.length > 0 ? `\n${lockDiffText(diffs, interest, options)}` : ""}`;
}
function groupText({ image, platforms, diff }, interest, options) {
	const head = `${paint("bold", visible(`${image} ${platforms.join(", ")}`), options)}: ${changeCounts(diff)}`;
	const channels = channelChanges(diff);
	const entries = ranked(diff, interest);
	const cells = columns(entries.map(cellsOf));
	const lines = entries.map(({ kind, interesting, entry }, at) => {
		const [sign, style] = signs[kind];
		const text = `${sign} ${cells[at]?.join("  ")}`.trimEnd();
		return `  ${paint(interesting || entry.major ? ["bold", style].flat() : style, text, options)}`;
	});
	return `${[
		head,
		...channels ? [`  ${visible(channels)}`] : [],
		...lines
	].join("\n")}\n`;
}
function cellsOf(ranked) {
	const { name, from, to } = ranked.entry;
	const versions = [from, to].filter((version) => version !== null).map((version) => shorten(visible(version), 100));
	return [
		visible(name),
		versions.join(" → "),
		visible(remarks(ranked).join(", "))
	];
}
export { relockText as i, lockDiffText as n, problemsText as r, freshnessText as t };
