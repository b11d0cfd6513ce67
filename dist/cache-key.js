// src/tools/cache-key.ts
/**
* `<prefix><MiB>-<content>-<attempt>`: the size is known before the download, the same contents have the same name. Entries
* cannot be changed: with its attempt in the name, a run that is repeated can replace a damaged one.
*/
function cacheKey({ prefix, bytes, content, attempt }) {
	const number = /^\d{1,6}$/.test(attempt) ? attempt : "1";
	return `${prefix}${Math.ceil(bytes / 2 ** 20)}-${content.slice(0, 16)}-${number}`;
}
/** MiB, null for a key of another form. */
function sizeOfKey(key) {
	const size = /-(\d{1,6})-[0-9a-f]{16}-\d{1,6}$/.exec(key)?.[1];
	return size === void 0 ? null : Number(size);
}
/** The beginning of the contents' digest, null for a key of another form. */
function contentOfKey(key) {
	return /-([0-9a-f]{16})-\d{1,6}$/.exec(key)?.[1] ?? null;
}
/** Whether an entry was made of those contents. */
function isKeyOf(key, content) {
	return contentOfKey(key) === content.slice(0, 16);
}
export { sizeOfKey as i, contentOfKey as n, isKeyOf as r, cacheKey as t };
