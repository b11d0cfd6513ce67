import { inflateRawSync } from "node:zlib";
// src/tools/zip.ts
const endSignature = 101010256;
const entrySignature = 33639248;
const localSignature = 67324752;
const endBytes = 22;
const longestComment = 65535;
const longestDirectory = 16777216;
/**
* One file of a zip archive, found by its name; null where none has it. Reads the end, the directory and that file only.
* Throws for an archive that is broken, is zip64, or whose file is larger than `limit` bytes, before anything is unpacked.
*/
async function readZipEntry({ read, size }, wanted, limit) {
	const entry = (await readDirectory(read, size)).find(({ name }) => wanted(name));
	if (!entry) return null;
	if (entry.size > limit || entry.compressed > limit) throw new Error(`${entry.name} is larger than ${limit} bytes`);
	const header = await read(entry.offset, 30);
	if (header.length < 30 || header.readUInt32LE(0) !== localSignature) throw new Error("the zip archive is broken");
	const data = await read(entry.offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28), entry.compressed);
	const bytes = entry.method === 0 ? data : unpack(data, entry);
	if (bytes.length !== entry.size) throw new Error(`${entry.name} has not the size that the zip archive says`);
	return bytes;
}
function unpack(data, { method, size, name }) {
	if (method !== 8) throw new Error(`${name} is packed in a way that is not known: ${method}`);
	return inflateRawSync(data, { maxOutputLength: Math.max(size, 1) });
}
async function readDirectory(read, size) {
	const tailStart = Math.max(0, size - endBytes - longestComment);
	const tail = await read(tailStart, size - tailStart);
	const end = tail.lastIndexOf(Buffer.from([
		80,
		75,
		5,
		6
	]));
	if (end === -1 || tail.length < end + endBytes || tail.readUInt32LE(end) !== endSignature) throw new Error("it is no zip archive");
	const count = tail.readUInt16LE(end + 10);
	const length = tail.readUInt32LE(end + 12);
	const start = tail.readUInt32LE(end + 16);
	if (count === 65535 || start === 4294967295) throw new Error("zip64 archives are not read");
	if (length > longestDirectory || start + length > size) throw new Error("the zip archive is broken");
	return entriesOf(start >= tailStart ? tail.subarray(start - tailStart) : await read(start, length), count);
}
function entriesOf(directory, count) {
	const entries = [];
	for (let at = 0; entries.length < count;) {
		if (at + 46 > directory.length || directory.readUInt32LE(at) !== entrySignature) throw new Error("the zip archive is broken");
		const nameEnd = at + 46 + directory.readUInt16LE(at + 28);
		entries.push({
			name: directory.toString("utf8", at + 46, nameEnd),
			method: directory.readUInt16LE(at + 10),
			compressed: directory.readUInt32LE(at + 20),
			size: directory.readUInt32LE(at + 24),
			offset: directory.readUInt32LE(at + 42)
		});
		at = nameEnd + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
	}
	return entries;
}
export { readZipEntry as t };
