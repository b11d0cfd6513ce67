// src/report/visible.ts
/**
* What can move a cursor, change how a terminal or a page reads the rest, or hide text: control characters, format
* characters (bidirectional ones, those of no width, tags), line and paragraph separators.
*/
const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
/**
* Untrusted text as one line in which nothing acts and nothing hides: `\n` as `␊`, an escape as `␛`, a bidirectional
* control as `<U+202E>`. A tab becomes a space.
*/
function visible(text) {
	return text.toWellFormed().replaceAll("	", " ").replace(HIDDEN, symbol);
}
/** The same for text of several lines: line ends stay, everything else is made visible. */
function visibleLines(text) {
	return text.split(/\r\n|\n/).map(visible);
}
/** Cuts to a number of characters, the last of them an ellipsis. */
function shorten(text, characters) {
	if (text.length <= characters) return text;
	const whole = [...text];
	return whole.length <= characters ? text : `${whole.slice(0, Math.max(0, characters - 1)).join("")}…`;
}
function symbol(character) {
	const code = character.codePointAt(0) ?? 0;
	if (code < 32) return String.fromCodePoint(9216 + code);
	if (code === 127) return "␡";
	return `<U+${code.toString(16).toUpperCase().padStart(4, "0")}>`;
}
export { visible as n, visibleLines as r, shorten as t };
