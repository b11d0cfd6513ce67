import { t as parse } from "./sync.js";
// src/cache/entry.ts
/** Backends of BuildKit: https://docs.docker.com/build/cache/backends/ */
const cacheTypes = [
	"registry",
	"local",
	"gha",
	"inline",
	"s3",
	"azblob"
];
/** Attributes that hold a secret: they are masked and are in no message. */
const secrets = /^(access_key_id|secret_access_key|session_token|token|ghtoken|account_key|secret_key)$/;
/**
* One value of `cache-from` or `cache-to` (buildx's util/buildflags/cache.go). Throws `Error` that says what is wrong, without a
* value that may be a secret.
*/
function readCacheEntry(text) {
	const [fields = []] = parse(text, {
		relax_quotes: true,
		trim: true
	});
	if (fields.length === 1 && fields[0] && !fields[0].includes("=")) return {
		type: "registry",
		attributes: { ref: fields[0] }
	};
	const pairs = fields.map((field) => {
		const at = field.indexOf("=");
		if (at <= 0) throw new Error("each part is KEY=VALUE, separated by commas");
		return [field.slice(0, at).toLowerCase(), field.slice(at + 1)];
	});
	const { type, ...attributes } = Object.fromEntries(pairs);
	if (!type) throw new Error("it has no type");
	return {
		type,
		attributes
	};
}
/** Values of an entry that must never be shown. */
function secretsOf({ attributes }) {
	return Object.entries(attributes).flatMap(([name, value]) => secrets.test(name) && value ? [value] : []);
}
/** What two exports must not share, as text; null for what is written into the image itself. */
function destinationOf({ type, attributes }) {
	const of = (names) => `type=${type}${names.map((name) => `,${name}=${attributes[name] ?? ""}`).join("")}`;
	switch (type) {
		case "inline": return null;
		case "registry": return of(["ref"]);
		case "local": return of(["dest"]);
		case "gha": return of(["scope"]);
		default: return of([
			"bucket",
			"account_url",
			"container",
			"prefix",
			"name"
		].filter((name) => attributes[name]));
	}
}
export { secretsOf as i, destinationOf as n, readCacheEntry as r, cacheTypes as t };
