import { mkdir, open, utimes } from "node:fs/promises";
import path from "node:path";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream";
import { createGunzip, createZstdDecompress } from "node:zlib";
// src/tools/tar-entries.ts
const block = 512;
/** Names and times need some hundred bytes. */
const longestAttributes = 65536;
/**
* Members of a POSIX tar (pax interchange format, pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html) in their order.
* Throws where it is damaged, cut off, or in another dialect than `tar --posix` writes.
*/
async function* tarEntries(source) {
	const bytes = new Bytes(source);
	let attributes = /* @__PURE__ */ new Map();
	for (;;) {
		const header = await bytes.whole(block);
		if (header.every((byte) => byte === 0)) return;
		const type = String.fromCharCode(header[156] || 48);
		const entry = {
			...read(header, attributes),
			type
		};
		if (type === "x") {
			if (entry.size > longestAttributes) throw new Error("a member has attributes without end");
			attributes = parseAttributes(await bytes.whole(entry.size));
			await bytes.skip(padding(entry.size));
			continue;
		}
		attributes = /* @__PURE__ */ new Map();
		const content = bytes.take(entry.size);
		yield {
			...entry,
			content
		};
		for await (const _ of content);
		await bytes.skip(padding(entry.size));
	}
}
function read(header, attributes) {
	const sum = header.reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 32 : byte), 0);
	if (number(header, 148, 8) !== sum) throw new Error("a header has a wrong checksum");
	if (text(header, 257, 6) !== "ustar") throw new Error("the archive is not of the POSIX kind");
	const prefix = text(header, 345, 155);
	const name = `${prefix}${prefix === "" ? "" : "/"}${text(header, 0, 100)}`;
	const size = Number(attributes.get("size") ?? number(header, 124, 12));
	if (!Number.isSafeInteger(size) || size < 0) throw new Error("a member has no size");
	const time = Number(attributes.get("mtime") ?? number(header, 136, 12));
	return {
		name: attributes.get("path") ?? name,
		size,
		mode: number(header, 100, 8),
		time
	};
}
function padding(size) {
	return (block - size % block) % block;
}
function text(header, from, length) {
	return header.toString("utf8", from, from + length).split("\0", 1)[0];
}
/** Octal digits; NaN for anything else. */
function number(header, from, length) {
	const digits = text(header, from, length).trim();
	return /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : NaN;
}
/** Records of the form `<length> <key>=<value>\n`, the length being that of the whole record in bytes. */
function parseAttributes(bytes) {
	const found = /* @__PURE__ */ new Map();
	for (let at = 0; at < bytes.length;) {
		const length = Number(/^\d{1,6} /.exec(bytes.toString("latin1", at, at + 7))?.[0] ?? NaN);
		const record = bytes.toString("utf8", at, at + length);
		const parts = /^\d+ ([^=]+)=(.*)\n$/s.exec(record);
		if (!parts || at + length > bytes.length) throw new Error("the attributes of a member cannot be read");
		const [, key = "", value = ""] = parts;
		if (key.startsWith("GNU.sparse")) throw new Error("a member is sparse");
		found.set(key, value);
		at += length;
	}
	return found;
}
/** A stream from which whole pieces are taken. */
var Bytes = class {
	#chunks;
	#rest = Buffer.alloc(0);
	constructor(source) {
		this.#chunks = source[Symbol.asyncIterator]();
	}
	async *take(length) {
		for (let missing = length; missing > 0;) {
			if (this.#rest.length === 0) {
				const next = await this.#chunks.next();
				if (next.done) throw new Error("the archive is cut off");
				this.#rest = next.value;
			}
			const chunk = this.#rest.subarray(0, missing);
			this.#rest = this.#rest.subarray(chunk.length);
			missing -= chunk.length;
			yield chunk;
		}
	}
	async whole(length) {
		const chunks = [];
		for await (const chunk of this.take(length)) chunks.push(chunk);
		return Buffer.concat(chunks);
	}
	async skip(length) {
		for await (const _ of this.take(length));
	}
};
// src/tools/untar.ts
/**
* The `tar` that unpacks caches: called as @actions/cache calls tar, `-xf ARCHIVE -P -C FOLDER …`. A cache may be whatever
* somebody stored, and `-P` would let it write anywhere: here only files and folders below FOLDER are made, nothing is
* overwritten, and what else an archive holds is its end. UNTAR_LIMIT: the most bytes that are written.
*/
const mostEntries = 5e5;
try {
	await unpack(after("-xf"), after("-C"), Number(process.env.UNTAR_LIMIT));
} catch (error) {
	process.stderr.write(`untar: ${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = 2;
}
function after(option) {
	const value = process.argv[process.argv.indexOf(option, 2) + 1];
	if (!process.argv.includes(option, 2) || !value) throw new Error(`${option} is missing`);
	return value;
}
async function unpack(archive, folder, limit) {
	let [entries, bytes] = [0, 0];
	for await (const entry of tarEntries(decompressed(archive))) {
		entries += 1;
		bytes += entry.size;
		if (entries > mostEntries) throw new Error(`the archive has more than ${mostEntries} members`);
		if (!(bytes <= limit)) throw new Error(`the archive holds more than ${limit} bytes`);
		await write(entry, path.join(folder, safeName(entry)));
	}
}
/** How it was compressed is told by its name; a fault of the decompressor ends the iteration. */
function decompressed(archive) {
	const stream = archive.endsWith(".tgz") ? createGunzip() : createZstdDecompress();
	pipeline(createReadStream(archive), stream, () => void 0);
	return stream;
}
/** A name that stays below the folder: no link can stand in its way, as none is ever made. */
function safeName({ name, type }) {
	const parts = (type === "5" ? name.replace(/\/$/, "") : name).split("/");
	if (parts.some((part) => [
		"",
		".",
		".."
	].includes(part)) || name.includes("\0")) throw new Error(`${JSON.stringify(name)} is no name for a member`);
	return parts.join("/");
}
async function write(entry, target) {
	if (entry.type === "5") return void await mkdir(target, { recursive: true });
	if (entry.type !== "0") throw new Error(`${JSON.stringify(entry.name)} is neither file nor folder`);
	await mkdir(path.dirname(target), { recursive: true });
	const file = await open(target, "wx", entry.mode & 64 ? 493 : 420);
	try {
		for await (const chunk of entry.content) await file.writeFile(chunk);
	} finally {
		await file.close();
	}
	if (Number.isFinite(entry.time)) await utimes(target, entry.time, entry.time);
}
export {};
