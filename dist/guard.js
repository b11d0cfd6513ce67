import { a as formatDuration } from "./format.js";
import { t as ICONS } from "./outcome.js";
import { n as visible } from "./visible.js";
// src/report/guard.ts
/**
* Wraps what a child wrote so that GitHub's runner takes nothing of it for a command. `token`: 128 random bits as 32
* hexadecimal digits, fresh for every call, so that the text cannot end the guard itself.
* @see https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#stopping-and-starting-workflow-commands
*/
function guarded(text, token) {
	if (!/^[0-9a-f]{32,}$/.test(token)) throw new TypeError("guarded: the token is not 32 hexadecimal digits");
	if (text.includes(token)) throw new TypeError("guarded: the text holds the token");
	return `::stop-commands::${token}\n${withoutMarkers(text.replace(/\r\n?/g, "\n").replace(/\n$/, ""))}\n::${token}::`;
}
/** A log group of GitHub's: the title outside of the guard and escaped, the body inside. Returns the lines to print. */
function group(title, body, token) {
	return [
		`::group::${groupTitle(title)}`,
		...body.length === 0 ? [] : guarded(body.join("\n"), token).split("\n"),
		"::endgroup::"
	];
}
/** An image's log as a group of its own, folded under what became of it and how long it took. */
function imageGroup(image, lines, token) {
	const { started, completed } = image;
	const time = started === null || completed === null ? "" : ` in ${formatDuration(completed - started)}`;
	return group(`${ICONS[image.outcome]} ${image.name}: ${image.outcome}${time}`, lines, token);
}
/** Makes one line harmless outside of a guard: the runner looks for `::` at a line's start and for `##[` anywhere. */
function commandSafe(line) {
	const text = withoutMarkers(visible(line));
	return /^\s*::/.test(text) ? text.replace("::", ":​:") : text;
}
function groupTitle(title) {
	return commandSafe(title).replaceAll("%", "%25").replaceAll("::", ":​:");
}
/** `##[group]` is the runner's older spelling, and the log's page folds at it even inside a guard. */
function withoutMarkers(text) {
	return text.replaceAll("##[", "##​[");
}
export { guarded as n, imageGroup as r, commandSafe as t };
