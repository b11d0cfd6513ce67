import { realpath } from "node:fs/promises";
import path from "node:path";
// src/tools/inside.ts
/** Whether a path is a folder or lies in it when all links are followed. What is not there leads nowhere, and counts as inside. */
async function isInside(folder, file) {
	const [root, real] = await Promise.all([realpath(folder), realpath(file).catch(() => null)]);
	return real === null || isBelow(root, real);
}
/** Whether a path is a folder or lies in it by its name alone. Both absolute. */
function isBelow(folder, file) {
	const relative = path.relative(folder, file);
	return relative !== ".." && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
}
export { isInside as n, isBelow as t };
