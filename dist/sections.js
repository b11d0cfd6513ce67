// src/report/sections.ts
/** GitHub takes at most 1 MiB of summary a step; a little stays free for what others append. */
const SUMMARY_LIMIT = 1047552;
/**
* Joins sections in their order within `limit` bytes: whole ones are left out from the least important up, the last
* line names them. `where`: where the cut parts can be seen.
*/
function joinSections(sections, limit, where) {
	const kept = sections.filter((section) => section.markdown !== "");
	const cut = [];
	let used = size(render(kept, [], where));
	while (used + size(note(cut, where)) > limit) {
		const victim = leastImportant(kept);
		if (victim === null) return truncate(render(kept, [], where), limit);
		kept.splice(kept.indexOf(victim), 1);
		cut.unshift(victim.name);
		used -= size(victim.markdown) + GAP.length;
	}
	return render(kept, cut, where);
}
const GAP = "\n\n";
/** Of several that are equally important, the last. */
function leastImportant(kept) {
	return kept.reduce((least, section) => {
		return section.rank > 0 && section.rank >= (least?.rank ?? 0) ? section : least;
	}, null);
}
function render(kept, cut, where) {
	return `${kept.map((section) => section.markdown).join(GAP)}${note(cut, where)}\n`;
}
function note(cut, where) {
	const names = [...new Set(cut)].join(", ");
	return names === "" ? "" : `${GAP}_Left out, because GitHub shows no more: ${names}. ${where}_`;
}
/** Only the parts of rank 0 are left and too long: their first whole lines. */
function truncate(markdown, limit) {
	const lines = [];
	let used = 0;
	for (const line of markdown.split("\n")) {
		used += size(line) + 1;
		if (used > limit) break;
		lines.push(line);
	}
	return lines.length === 0 ? "" : `${lines.join("\n").trimEnd()}\n`;
}
function size(text) {
	return Buffer.byteLength(text, "utf8");
}
export { joinSections as n, SUMMARY_LIMIT as t };
