// src/publish/stack-file.ts
/** Media type of stack.json, as an artifact and as its blob. */
const stackFileType = "application/vnd.pangeo-data.buildx-action.stack.v1+json";
/** Reads one. Null for anything else: it is only asked for what nothing depends on. */
function readStackFile(text) {
	try {
		const file = JSON.parse(text);
		return file.version === 1 && Array.isArray(file.images) && file.images.every((one) => typeof one?.image === "string" && typeof one.digest === "string") ? file : null;
	} catch {
		return null;
	}
}
export { stackFileType as n, readStackFile as t };
