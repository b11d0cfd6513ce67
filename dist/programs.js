import { t as isBelow } from "./inside.js";
import { access, realpath } from "node:fs/promises";
import path from "node:path";
import { constants } from "node:fs";
// src/tools/programs.ts
/** All programs of a name on PATH, in its order, but those that the repository brings. */
async function findPrograms(name, { env, repository }) {
	const folders = (env.PATH ?? "").split(path.delimiter).filter(path.isAbsolute);
	return (await Promise.all(folders.map(async (folder) => {
		const file = path.join(folder, name);
		return await isExecutable(file) && !await isOfRepository(repository, file) ? [file] : [];
	}))).flat();
}
/** Whether a file is one of the repository's, by its own name or by what it links to. */
async function isOfRepository(repository, file) {
	const root = await realpath(repository);
	return [path.resolve(file), await realpath(file)].some((one) => isBelow(root, one));
}
/** Whether a program on PATH has this name, wherever it comes from. */
async function isOnPath(name, { PATH = "" }) {
	const folders = PATH.split(path.delimiter).filter(Boolean);
	for (const folder of folders) if (await isExecutable(path.join(folder, name))) return true;
	return false;
}
/** Whether a file can be started. */
async function isExecutable(file) {
	return await access(file, constants.X_OK).then(() => true, () => false);
}
export { isOnPath as i, isExecutable as n, isOfRepository as r, findPrograms as t };
