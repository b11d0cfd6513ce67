import { c as prepareContext, l as extraction, o as bakeMounts, s as nonce, t as archiveName } from "./restore-mounts.js";
import { r as formatBytes } from "./format.js";
import { t as archiveFolder } from "./cache-mounts.js";
import { t as mountsState } from "./save-mounts2.js";
import { lstat, mkdir, readFile, rename, rm } from "node:fs/promises";
import path from "node:path";
// src/steps/read-mounts.ts
/** Reads what is new in these directories, and leaves it where the post step finds it. */
async function readMounts(question, directories, found) {
	const { host, inputs } = question;
	let room = inputs.cacheMountsSize;
	let utility = found.utility ?? inputs.utilityImage;
	const lines = [];
	for (const group of Map.groupBy(directories, ({ namespace }) => namespace).values()) {
		const read = await readGroup({
			...question,
			utility,
			room
		}, group, found.restored);
		utility = read.utility;
		room -= read.lines.reduce((sum, { bytes }) => sum + bytes, 0);
		lines.push(...read.lines);
	}
	const { out } = host;
	const left = lines.filter((line) => line.left > 0).map((line) => `${line.left} of ${line.directory.mount.id}`);
	if (left.length > 0) out.info(`cache mounts: oldest files left out: ${left.join(", ")} (cache-mounts-size: ${formatBytes(inputs.cacheMountsSize)})`);
	const failed = lines.filter(({ state }) => state === "failed").map(({ directory }) => directory.mount.id);
	if (failed.length > 0) out.warning(`cache mounts: not kept for later runs: ${failed.join(", ")} cannot be packed`);
	const packed = lines.filter(({ state }) => state === "packed");
	const saved = await Promise.all(packed.map((line) => keep(line, host.kept)));
	const { branch, defaultBranch } = question.source.trigger;
	const main = branch !== null && branch === defaultBranch;
	if (saved.length > 0) out.state(mountsState, JSON.stringify({
		folder: path.basename(host.kept),
		main,
		mounts: saved
	}));
	return {
		mounts: lines.length,
		kept: saved.length,
		bytes: saved.reduce((sum, { bytes }) => sum + bytes, 0)
	};
}
async function readGroup(question, directories, restored) {
	const { host, room } = question;
	const root = path.join(host.temp, "mounts");
	const [context, output] = [await prepareContext(path.join(root, "out")), path.join(root, "read")];
	await rm(output, {
		recursive: true,
		force: true
	});
	const digests = new Map(restored.map(({ directory, digest }) => [directory.key, digest]));
	const readings = directories.map((directory) => ({
		directory,
		known: digests.get(directory.key) ?? ""
	}));
	const build = extraction(readings, {
		utility: question.utility,
		nonce: nonce(),
		limit: Math.max(0, Math.floor(room))
	});
	const utility = await bakeMounts(question, {
		build,
		context,
		output
	});
	const lines = (await readFile(path.join(output, "report"), "utf8")).split("\n").flatMap((line) => parse(line, directories, output));
	if (lines.length !== directories.length) throw new Error("the report of their contents cannot be read");
	return {
		utility,
		lines
	};
}
/** What ran in the builder is not believed to name anything but a number. */
function parse(line, directories, output) {
	const [, number, state, digest, bytes, , left] = /^(\d+) ([a-z]+) ([0-9a-f]{16}) (\d+) (\d+) (\d+)$/.exec(line) ?? [];
	const directory = directories[Number(number)];
	if (!directory || !state || !digest) return [];
	const archive = path.join(output, `${Number(number)}.cpio`);
	return [{
		directory,
		state,
		digest,
		bytes: Number(bytes),
		left: Number(left),
		archive
	}];
}
async function keep({ directory, digest, archive }, kept) {
	const facts = await lstat(archive);
	if (!facts.isFile()) throw new Error("the archive is no file");
	const folder = archiveFolder(kept, directory.key);
	await mkdir(folder, { recursive: true });
	await rename(archive, path.join(folder, archiveName));
	return {
		key: directory.key,
		digest,
		bytes: facts.size
	};
}
export { readMounts };
