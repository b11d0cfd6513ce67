// src/errors.ts
/**
* An error that a person can act on. `message` is one line: what was wrong, with file, line and value. `details` say
* why and what to do about it, a line each.
*/
var ActionError = class extends Error {
	code;
	details;
	constructor(code, message, details = [], options) {
		super(message, options);
		this.name = "ActionError";
		this.code = code;
		this.details = details;
	}
};
/** The message of anything that was thrown. */
function messageOf(error) {
	return error instanceof Error ? error.message : String(error);
}
/** The error in a person's words where a full disk is behind it; any other one as it is. */
function explained(error) {
	const message = messageOf(error);
	if (error instanceof ActionError || !fullDisk.test(message)) return error;
	return new ActionError("disk", `no space is left on the disk: ${message}`, ["remove what the job does not need before this step, or take a runner with a larger disk"], { cause: error });
}
/** How Node, buildx and BuildKit tell of a full disk. */
const fullDisk = /ENOSPC|no space left on device/i;
// src/nearest.ts
/** At most two of `known` that are so near to `text` that it may be a slip of them, nearest first. */
function nearest(text, known) {
	const limit = Math.max(2, Math.floor(text.length / 3));
	return known.map((word) => ({
		word,
		distance: distance(text.toLowerCase(), word.toLowerCase())
	})).filter(({ word, distance }) => distance <= limit && distance < Math.max(text.length, word.length)).sort((a, b) => a.distance - b.distance || (a.word < b.word ? -1 : 1)).slice(0, 2).map((candidate) => candidate.word);
}
/** Levenshtein distance, one row at a time. */
function distance(a, b) {
	let row = Array.from({ length: b.length + 1 }, (_, at) => at);
	for (let i = 1; i <= a.length; i++) {
		const next = [i];
		for (let j = 1; j <= b.length; j++) {
			const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
			next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, change));
		}
		row = next;
	}
	return row[b.length] ?? 0;
}
export { messageOf as a, fullDisk as i, ActionError as n, explained as r, nearest as t };
