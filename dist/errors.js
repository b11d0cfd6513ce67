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
export { messageOf as i, explained as n, fullDisk as r, ActionError as t };
