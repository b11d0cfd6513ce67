import { copyFile, link, lstat, mkdir, readFile, readdir, rm, statfs } from "node:fs/promises";
import path from "node:path";
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
// src/cache/layer-key.ts
/** What the entries of layers in the cache service begin with; the number is that of their form. */
const layersPrefix = "buildx-action-layers-1-";
/** A name for one image's layers: readable, safe as a file's name and in a key, and of no other image. */
function layersId({ name, dockerfile, platforms, target }) {
	const whole = JSON.stringify([
		name,
		dockerfile,
		[...platforms].sort(),
		target
	]);
	return `${name.toLowerCase().replace(/[^a-z0-9_.]+/g, "_").replace(/^\.+/, "").slice(0, 40) || "image"}-${createHash("sha256").update(whole).digest("hex").slice(0, 12)}`;
}
/**
* What the keys of one image's entries begin with. A pull request's are a class of their own: some of their runs (pull_request_target)
* write in the scope of the base branch, and that branch must never take them.
*/
function layersKind(id, writer) {
	return `${layersPrefix}${id}-${writer === "branch" ? "b" : `p${writer.pull}`}-`;
}
/** The beginnings that a run looks for, the nearest first: its own class, of that the same inputs, then the branch's. */
function layersSought(id, reader, fingerprint) {
	return [reader, ...reader === "branch" ? [] : ["branch"]].map((one) => layersKind(id, one)).flatMap((kind) => fingerprint === null ? [kind] : [`${kind}${fingerprintPart(fingerprint)}`, kind]);
}
/** The beginning of an entry that is saved; the rest is the size and what it holds (tools/cache-key.ts). */
function layersPrefixOf(question) {
	const seconds = Math.min(999999, Math.max(0, Math.round(question.seconds)));
	return `${layersKind(question.id, question.writer)}${fingerprintPart(question.fingerprint)}${seconds}s-`;
}
/** What an entry's key tells; null for a key of another form. */
function readLayersKey(key) {
	const found = /^(buildx-action-layers-1-[\w.]{0,40}-[0-9a-f]{12}-(?:b|p\d{1,10})-)[0-9a-f]{1,64}-(\d{1,6})s-/.exec(key);
	return found ? {
		kind: found[1],
		seconds: Number(found[2])
	} : null;
}
function fingerprintPart(fingerprint) {
	return `${fingerprint !== null && /^[0-9a-f]{8,64}$/.test(fingerprint) ? fingerprint : "0"}-`;
}
// src/cache/quota.ts
/**
* Which caches are kept within a limit of bytes: the one that saves the fewest seconds for each byte that it alone takes is given up first, until
* the rest fits. Candidates stand parents first; what is decided does not depend on anything else.
*/
function keepWithin(candidates, limit) {
	let kept = [...candidates];
	const dropped = [];
	for (;;) {
		const bytes = sizeOf(kept);
		if (bytes <= limit || kept.length === 0) return {
			elsewhere: share(kept),
			dropped,
			bytes
		};
		const worst = leastUseful(kept, bytes);
		dropped.push(worst.name);
		kept = kept.filter((one) => one !== worst);
	}
}
/** Bytes of one cache without what stands elsewhere. */
function entrySize(blobs, elsewhere = /* @__PURE__ */ new Set()) {
	return [...new Map(blobs.filter(({ digest }) => !elsewhere.has(digest)).map(({ digest, size }) => [digest, size])).values()].reduce((sum, size) => sum + size, 0);
}
function leastUseful(kept, bytes) {
	const worth = kept.map((one) => {
		const freed = bytes - sizeOf(kept.filter((other) => other !== one));
		return {
			one,
			freed,
			value: freed > 0 ? one.seconds / freed : Number.POSITIVE_INFINITY
		};
	});
	worth.sort((a, b) => a.value === b.value ? b.freed - a.freed : a.value - b.value);
	return worth[0].one;
}
function sizeOf(kept) {
	const elsewhere = share(kept);
	return kept.reduce((sum, { name, blobs }) => sum + entrySize(blobs, elsewhere.get(name)), 0);
}
function share(kept) {
	const held = new Map(kept.map(({ name, blobs }) => [name, new Set(blobs.map(({ digest }) => digest))]));
	return new Map(kept.map(({ name, blobs, ancestors }) => {
		const above = ancestors.flatMap((ancestor) => held.get(ancestor) ?? []);
		return [name, new Set(blobs.map(({ digest }) => digest).filter((one) => above.some((set) => set.has(one))))];
	}));
}
// src/cache/layout.ts
/** The file of the record, in the layout's folder. */
const recordFile = "buildx-action.json";
const digestForm = /^sha256:[0-9a-f]{64}$/;
const indexType = "application/vnd.oci.image.index.v1+json";
const manifestType = "application/vnd.oci.image.manifest.v1+json";
const mostSteps = 2e3;
/** The one manifest of an index.json that `type=local,image-manifest=true` writes. Throws where it is anything else. */
function readLayoutIndex(text) {
	const { mediaType, manifests } = parse(text, "index.json");
	if (mediaType !== indexType || !Array.isArray(manifests) || manifests.length !== 1) throw new Error("index.json does not name one manifest");
	return blob(manifests[0], "index.json");
}
/** The blobs of the manifest. Throws for a manifest of another kind. */
function readCacheManifest(text) {
	const { mediaType, config, layers } = parse(text, "the manifest");
	if (mediaType !== manifestType || !Array.isArray(layers)) throw new Error("the manifest is none of a cache");
	return {
		config: blob(config, "the manifest"),
		layers: layers.map((layer) => blob(layer, "the manifest"))
	};
}
/** The record; what is missing or wrong in it is left out: it decides about no layer's content. */
function readRecord(text) {
	try {
		const { steps, elsewhere } = parse(text, recordFile);
		const times = typeof steps === "object" && steps !== null ? Object.entries(steps) : [];
		return {
			steps: Object.fromEntries(times.filter(([, time]) => typeof time === "number" && time >= 0).slice(0, mostSteps)),
			elsewhere: Array.isArray(elsewhere) ? elsewhere.filter((one) => digestForm.test(String(one))) : []
		};
	} catch {
		return {
			steps: {},
			elsewhere: []
		};
	}
}
/** What an entry holds, as one hash, hexadecimal: its layers and which of them are kept elsewhere. Times and order make no difference. */
function contentOf(layers, elsewhere) {
	const names = [...new Set(layers.map(({ digest }) => `${digest}${elsewhere.has(digest) ? " elsewhere" : ""}`))].sort();
	return createHash("sha256").update(names.join("\n")).digest("hex");
}
function blob(value, where) {
	const { digest, size } = value ?? {};
	if (typeof digest !== "string" || !digestForm.test(digest) || !Number.isSafeInteger(size) || size < 0) throw new Error(`${where} names a blob without digest or size`);
	return {
		digest,
		size
	};
}
function parse(text, where) {
	try {
		const value = JSON.parse(text);
		if (typeof value === "object" && value !== null) return value;
	} catch {}
	throw new Error(`${where} is no JSON object`);
}
// src/tools/layout-folder.ts
/** Texts of a layout are small; BuildKit's description of a cache grows with its steps. */
const mostText = 8 * 2 ** 20;
/** A layer that is to be kept with an ancestor's cache is not there: nobody's fault. */
var MissingLayers = class extends Error {};
/**
* Reads what BuildKit wrote, or what was restored and may be anything: an OCI layout of regular files, each blob with its
* digest's content, nothing else. Throws where it is not.
*/
async function verifyLayout(folder) {
	const layout = await readLayout(folder);
	const named = blobsOf(layout);
	await refuseOthers(folder, new Set(named.map(({ digest }) => blobName(digest))));
	const missing = new Set(layout.record.elsewhere);
	for (const { digest, size } of new Map(named.map((blob) => [blob.digest, blob])).values()) {
		const file = path.join(folder, blobName(digest));
		const stat = await lstat(file).catch(() => null);
		if (stat === null && missing.has(digest)) throw new MissingLayers(`${digest} was kept with a parent’s layers`);
		if (!stat?.isFile() || stat.size !== size) throw new Error(`${digest} is not there, or not of its size`);
		if (await digestOf(file) !== digest) throw new Error(`${digest} has another content`);
	}
	return layout;
}
/** What a layout says of itself; its blobs are not looked at. */
async function readLayout(folder) {
	const manifest = readLayoutIndex(await readText(path.join(folder, "index.json")));
	const read = readCacheManifest(await readText(path.join(folder, blobName(manifest.digest))));
	const record = readRecord(await readText(path.join(folder, recordFile)).catch(() => ""));
	return {
		folder,
		manifest,
		...read,
		record
	};
}
/** All blobs of a layout, each as often as it is named. */
function blobsOf({ manifest, config, layers }) {
	return [
		manifest,
		config,
		...layers
	];
}
/** Puts in what stands with other layouts, by a second name of the same file where the disk can. */
async function lendBlobs(folder, digests, lenders) {
	for (const digest of digests) {
		const to = path.join(folder, blobName(digest));
		if (await lstat(to).catch(() => null)) continue;
		for (const lender of lenders) if (await lend(path.join(lender, blobName(digest)), to)) break;
	}
}
/** Removes what the manifest does not name and what is kept elsewhere; gives the bytes of what stays. */
async function stripLayout(layout, elsewhere) {
	const { folder } = layout;
	const kept = new Set(blobsOf(layout).flatMap(({ digest }) => elsewhere.has(digest) ? [] : [blobName(digest)]));
	for (const entry of await list(folder)) {
		const name = nameOf(folder, entry);
		if (!entry.isDirectory() && !kept.has(name) && !known.has(name)) await rm(path.join(folder, name), { force: true });
	}
	await rm(path.join(folder, "ingest"), {
		recursive: true,
		force: true
	});
}
/** Bytes that are free for whoever runs this, where the folder is or will be. */
async function freeDisk(folder) {
	await mkdir(folder, { recursive: true });
	const { bavail, bsize } = await statfs(folder);
	return bavail * bsize;
}
const known = /* @__PURE__ */ new Set([
	"index.json",
	"oci-layout",
	recordFile
]);
function blobName(digest) {
	return path.join("blobs", "sha256", digest.slice(7));
}
async function refuseOthers(folder, named) {
	const folders = /* @__PURE__ */ new Set([
		"blobs",
		path.join("blobs", "sha256"),
		"ingest"
	]);
	for (const entry of await list(folder)) {
		const name = nameOf(folder, entry);
		if (!(entry.isDirectory() ? folders.has(name) : entry.isFile() && (known.has(name) || named.has(name)))) throw new Error(`${JSON.stringify(name.slice(0, 200))} is no part of it`);
	}
}
async function list(folder) {
	if (!(await lstat(folder)).isDirectory()) throw new Error("it is no folder");
	return await readdir(folder, {
		recursive: true,
		withFileTypes: true
	});
}
function nameOf(folder, { parentPath, name }) {
	return path.relative(folder, path.join(parentPath, name));
}
async function readText(file) {
	const stat = await lstat(file);
	if (!stat.isFile() || stat.size > mostText) throw new Error(`${path.basename(file)} is no file, or too large`);
	return await readFile(file, "utf8");
}
async function digestOf(file) {
	const hash = createHash("sha256");
	await pipeline(createReadStream(file, { highWaterMark: 2 ** 20 }), hash);
	return `sha256:${hash.digest("hex")}`;
}
async function lend(from, to) {
	if (!(await lstat(from).catch(() => null))?.isFile()) return false;
	return await link(from, to).catch(async () => await copyFile(from, to)).then(() => true, () => false);
}
export { readLayersKey as _, readLayout as a, contentOf as c, keepWithin as d, layersId as f, layersSought as g, layersPrefixOf as h, lendBlobs as i, recordFile as l, layersPrefix as m, blobsOf as n, stripLayout as o, layersKind as p, freeDisk as r, verifyLayout as s, MissingLayers as t, entrySize as u };
