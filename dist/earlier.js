import { t as ActionError } from "./errors.js";
import { t as shorten } from "./visible.js";
import { n as normalPlatform, t as createIndexClient } from "./registry-index.js";
import { t as canonicalReference } from "./canonical.js";
import { t as plannedPlatforms } from "./platforms.js";
import { r as imageNames } from "./tags.js";
import { lstat, readFile, readdir } from "node:fs/promises";
import path from "node:path";
// src/publish/digests.ts
const digestGrammar = /^sha256:[0-9a-f]{64}$/;
const mostDigests = 1e4;
/**
* Joins what jobs say that they pushed: texts of JSON objects `{"image": "sha256:…"}`, one a line or one over several, as the
* output `digests` has it. `where` names a text for messages. Throws ActionError('input').
*/
function readDigests(texts) {
	const given = /* @__PURE__ */ new Map();
	let count = 0;
	for (const { where, text } of texts) for (const [image, digest] of documentsOf(text, where).flatMap((document) => entriesOf(document, where))) {
		count += 1;
		if (count > mostDigests) throw refused$1(where, `more than ${mostDigests} digests`);
		const known = given.get(image) ?? [];
		if (!known.includes(digest)) given.set(image, [...known, digest]);
	}
	return given;
}
/** One document, or one a line. */
function documentsOf(text, where) {
	if (text.trim() === "") return [];
	try {
		return [JSON.parse(text)];
	} catch {
		return text.split("\n").filter((line) => line.trim() !== "").map((line) => {
			try {
				return JSON.parse(line);
			} catch {
				throw refused$1(where, `${JSON.stringify(shorten(line.trim(), 80))} is no JSON`);
			}
		});
	}
}
function entriesOf(document, where) {
	if (typeof document !== "object" || document === null || Array.isArray(document)) throw refused$1(where, `${shorten(JSON.stringify(document), 80)} is no object`);
	return Object.entries(document).map(([image, digest]) => {
		if (typeof digest !== "string" || !digestGrammar.test(digest)) throw refused$1(where, `${shorten(JSON.stringify(digest), 80)}, of ${JSON.stringify(shorten(image, 80))}, is no digest`);
		return [image, digest];
	});
}
function refused$1(where, what) {
	return new ActionError("input", `input digests: ${where}: ${what}`, ["give what the output digests or the file of the output digests-file holds: {\"base-image\": \"sha256:…\"}"]);
}
// src/tools/digest-files.ts
const largestFile = 1048576;
const mostFiles = 5e3;
/**
* The JSON files of a folder and of the folders in it, as actions/download-artifact leaves them. A folder that is not there
* holds none: nothing is uploaded where nothing is built. Links are refused. Throws ActionError('input').
*/
async function readDigestFiles(folder) {
	const names = await jsonFiles(folder, 1);
	if (names.length > mostFiles) throw refused(folder, `it holds more than ${mostFiles} files`);
	return await Promise.all(names.toSorted().map(async (file) => {
		const status = await lstat(file);
		if (!status.isFile()) throw refused(file, "it is no regular file");
		if (status.size > largestFile) throw refused(file, `it has ${status.size} bytes, more than ${largestFile}`);
		return {
			where: file,
			text: await readFile(file, "utf8")
		};
	}));
}
async function jsonFiles(folder, depth) {
	const status = await lstat(folder).catch(() => null);
	if (status === null) return [];
	if (!status.isDirectory()) throw refused(folder, "it is no folder");
	const entries = await readdir(folder, { withFileTypes: true });
	const below = entries.filter((entry) => entry.isDirectory() && depth > 0);
	const deeper = await Promise.all(below.map((entry) => jsonFiles(path.join(folder, entry.name), depth - 1)));
	return [...entries.filter((entry) => !entry.isDirectory() && entry.name.endsWith(".json")).map((entry) => path.join(folder, entry.name)), ...deeper.flat()];
}
function refused(file, why) {
	return new ActionError("input", `input digests: ${file} is not read: ${why}`, ["give JSON text, or the folder that actions/download-artifact fills"]);
}
// src/steps/earlier.ts
/** What the input `digests` holds: text, or the files of a folder. Throws ActionError('input'). */
async function givenDigests({ inputs, host, source }) {
	const { digests } = inputs;
	if (digests === "") return /* @__PURE__ */ new Map();
	const given = readDigests(digests.startsWith("{") ? [{
		where: "its text",
		text: digests
	}] : await readDigestFiles(path.resolve(host.cwd, digests)));
	const strange = [...given.keys()].find((name) => !source.stack.images.some((image) => image.name === name));
	if (strange === void 0) return given;
	throw new ActionError("input", `input digests: ${JSON.stringify(strange)} is no image of this stack`, [`its images are ${source.stack.order.join(", ")}`]);
}
/**
* The plan of a job that others came before: what they built of this commit is taken by its digest, and not built again.
* Each digest is asked for in the registry. Throws ActionError('registry') for one that is not there.
*/
async function withEarlier(plan, question) {
	if (question.inputs.digests === "" || question.inputs.command === "merge") return plan;
	const given = await givenDigests(question);
	const images = await Promise.all(plan.images.map((image) => taken(image, given.get(image.name) ?? [], question)));
	return {
		...plan,
		images
	};
}
async function taken(planned, digests, question) {
	if (digests.length === 0 || planned.action === "skip") return planned;
	const digest = await fitting(imageOf(question.source.stack, planned.name), digests, question);
	return {
		...planned,
		action: "reuse",
		reason: "built by an earlier job of this run",
		digest
	};
}
/** The one digest for the platforms of this run; with several, each is read to see what it is for. */
async function fitting(image, digests, question) {
	const { inputs, host, registry, source } = question;
	const [name = ""] = imageNames(image, inputs.registry);
	const references = digests.flatMap((digest) => canonicalReference(`${name}@${digest}`) ?? []);
	for (const reference of references) if (!await registry.digest(reference)) throw new ActionError("registry", `${name}@${reference.digest} is not there, as input digests says`, ["the job that built it may push elsewhere (input registry), or a clean-up removed it: run all jobs again"]);
	if (digests.length === 1) return digests[0] ?? "";
	const wanted = plannedPlatforms(image, inputs.platforms).map(normalPlatform);
	const client = createIndexClient({
		env: host.env,
		login: source.trigger.trust === "trusted",
		signal: host.signal
	});
	const parts = await Promise.all(references.map((reference) => client.part(reference)));
	const found = parts.find((part) => wanted.every((platform) => part?.images.some((one) => one.platform === platform)));
	if (found && wanted.length > 0) return found.digest;
	const known = parts.flatMap((part) => part?.images.map((one) => one.platform) ?? []);
	throw new ActionError("registry", `none of the digests of ${image.name} is for ${wanted.join(" and ") || "the builder’s own platform"}`, [`they are for ${known.join(", ")}: name the platform of this job in the input platforms`]);
}
function imageOf({ images }, name) {
	return images.find((image) => image.name === name);
}
export { withEarlier as n, givenDigests as t };
