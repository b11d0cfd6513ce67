import { n as visible, r as visibleLines, t as shorten } from "./visible.js";
// src/report/markdown.ts
/**
* Escapes for GitHub's Markdown. Text is written as character references, which no construct of Markdown or HTML can
* begin with: the same string is safe in a table cell, a heading, a list item, and a `<summary>`.
*/
const ACTIVE = /[&<>`*_~[\]{}|\\$!#@]|^[-+=]|^\d(?=\d{0,8}[.)])|:(?=\/\/)|w(?=ww\.)/gi;
/** What GitHub links after Markdown is done, in the page's text: `@name`, `#12`, `GH-12`, addresses. */
const LINKED = /@|#|GH-|:(?=\/\/)|www(?=\.)/gi;
const CHARACTERS = 300;
/**
* Untrusted text for anywhere in a line: nothing in it is markup, a mention, a reference to an issue, a link or an
* image. At most `limit` characters.
*/
function inline(text, limit = CHARACTERS) {
	return references(shorten(visible(text).trim(), limit).replace(LINKED, "$&​"));
}
/** Untrusted text as code for anywhere in a line; GitHub links nothing inside. Nothing is added to what is copied. */
function code(text, limit = CHARACTERS) {
	const shown = shorten(visible(text).trim(), limit);
	return shown === "" ? "" : `<code>${references(shown)}</code>`;
}
/** A code block behind a fence that is longer than any run of backticks inside. `info`: a language name of ours. */
function fence(text, info = "") {
	const body = visibleLines(text).join("\n");
	const longest = Math.max(2, ...[...body.matchAll(/`+/g)].map((run) => run[0].length));
	const marks = "`".repeat(longest + 1);
	return `${marks}${info}\n${body}\n${marks}`;
}
/** A section that is folded. `summary` and `body` are Markdown already. */
function details(summary, body) {
	return `<details><summary>${summary}</summary>\n\n${body}\n\n</details>`;
}
/** A table from cells that are Markdown already and hold no line end or bare `|` (`inline` and `code` see to that). */
function table(head, rows) {
	const line = (cells) => `| ${cells.join(" | ")} |`;
	return [
		line(head),
		line(head.map(() => "---")),
		...rows.map(line)
	].join("\n");
}
/** A link to an address that this program made; any other address leaves the label alone. `label` is Markdown already. */
function link(label, address) {
	return address !== null && /^https:\/\/[\w.~:/?#@%&=+,-]+$/.test(address) ? `[${label}](${address})` : label;
}
/** A label for mermaid: letters, digits and the marks of image names stay, everything else becomes a point. */
function mermaidLabel(text) {
	return shorten(text.toWellFormed().replace(/[^\p{L}\p{N} ./+_-]/gu, "·"), 60);
}
function references(text) {
	return text.replace(ACTIVE, (character) => `&#${character.charCodeAt(0)};`);
}
export { link as a, inline as i, details as n, mermaidLabel as o, fence as r, table as s, code as t };
