import { hash } from "node:crypto";
// src/stack/fingerprint-label.ts
/** The label in which an image says what it is made from. */
const fingerprintLabel = "io.github.pangeo-data.buildx-action.fingerprint";
/** Longest label, bytes: registries and tools take more, people do not. */
const longest = 8192;
/**
* The label's text: JSON of hashes. An image without a fingerprint has one too, or it would keep its parent's. Where there are many
* files they are put together by folder, the deepest first, until the text is short enough.
*/
function stampText({ fingerprint, inputs, parts }) {
	const text = (shown) => JSON.stringify({
		version: 1,
		fingerprint,
		inputs,
		...shown
	});
	const deepest = Math.max(0, ...Object.keys(parts.files).map((path) => path.split("/").length));
	for (let depth = deepest; depth >= 0; depth--) {
		const files = depth === deepest ? parts.files : byFolder(parts.files, depth);
		const whole = text({
			...parts,
			files
		});
		if (Buffer.byteLength(whole) <= longest) return whole;
	}
	return text({});
}
/** Reads the label of an image; null where it is none of ours. What it holds is the registry's word: shown, never obeyed. */
function readStamp(text) {
	const value = text === void 0 ? null : parsed(text);
	if (typeof value !== "object" || value === null || !("version" in value) || value.version !== 1) return null;
	const found = value;
	const hex = (word) => typeof word === "string" && /^[0-9a-f]{32}$/.test(word) ? word : null;
	const parts = Object.entries(found).filter(([key, part]) => isPart(key, part));
	return {
		fingerprint: hex(found.fingerprint),
		inputs: hex(found.inputs),
		parts: Object.fromEntries(parts)
	};
}
/** What differs between what an earlier build says of itself and a fingerprint of today. */
function changedParts(before, now) {
	const today = readStamp(stampText(now))?.parts ?? {};
	const shallow = sameDepth(before.parts.files ?? {}, today.files ?? {}, now.parts.files);
	const parts = {
		...today,
		files: shallow
	};
	return Object.keys(now.parts).flatMap((part) => {
		const [then, here] = [before.parts[part], parts[part]];
		if (then === void 0 || here === void 0 || typeof then === "string" || typeof here === "string") return then === here || then === void 0 ? [] : [{
			part,
			name: "",
			how: "changed"
		}];
		return [.../* @__PURE__ */ new Set([...Object.keys(then), ...Object.keys(here)])].sort().flatMap((name) => {
			if (then[name] === here[name]) return [];
			return [{
				part,
				name,
				how: then[name] === void 0 ? "added" : here[name] === void 0 ? "removed" : "changed"
			}];
		});
	});
}
/** Today's files put together as the earlier build's are. */
function sameDepth(before, today, files) {
	if (!Object.keys(before).some((name) => name.endsWith("/"))) return files;
	const depth = Math.max(0, ...Object.keys(before).map((name) => name.replace(/\/$/, "").split("/").length));
	return Object.keys(today).length === 0 ? today : byFolder(files, depth);
}
/** Files at most `depth` folders deep by themselves, deeper ones as one `folder/` each; depth 0: all as `./`. */
function byFolder(files, depth) {
	const groups = Map.groupBy(Object.entries(files), ([path]) => {
		const parts = path.split("/");
		if (parts.length <= depth) return path;
		return depth === 0 ? "./" : `${parts.slice(0, depth).join("/")}/`;
	});
	return Object.fromEntries([...groups].map(([name, list]) => [name, name.endsWith("/") ? hash("sha256", JSON.stringify(list)).slice(0, 12) : list[0]?.[1] ?? ""]));
}
function isPart(key, part) {
	if ([
		"dockerfile",
		"target",
		"platforms",
		"tests"
	].includes(key)) return typeof part === "string";
	if (![
		"files",
		"lockSources",
		"args",
		"contexts",
		"bases",
		"parents"
	].includes(key)) return false;
	return typeof part === "object" && part !== null && !Array.isArray(part) && Object.values(part).every((value) => typeof value === "string");
}
function parsed(text) {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}
export { stampText as i, fingerprintLabel as n, readStamp as r, changedParts as t };
