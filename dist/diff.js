import { r as compare, s as valid } from "./pep440.js";
import { n as parseVersion, t as compareVersions } from "./version.js";
// src/lock/diff-package.ts
/** How a package differs between two locks, by its manager's own order of versions; null where it is the same. */
function changeOf(from, to) {
	if (from === null || to === null) return from === null ? "added" : "removed";
	const order = orderOf(from, to);
	if (order !== 0) return order < 0 ? "upgraded" : "downgraded";
	return from.version === to.version && from.url === to.url ? null : "rebuilt";
}
/** Where a package comes from: of conda the channel, by its name where it is on conda's own server; of pip the host. */
function placeOf({ manager, url }) {
	if (manager === "pip") return URL.canParse(url) ? new URL(url).host : url;
	return url.split("/").slice(0, -2).join("/").replace(/\/\/[^/]*@/, "//").replace(/\/t\/[^/]+/, "").replace(/^https:\/\/conda\.anaconda\.org\//, "");
}
/** Below zero where `to` is newer. Versions that their manager cannot read are compared as conda, then as texts. */
function orderOf(from, to) {
	if (from.version === to.version) return 0;
	if ([from, to].every(({ manager, version }) => manager === "pip" && valid(version) !== null)) return compare(from.version, to.version);
	const [old, now] = [parseVersion(from.version), parseVersion(to.version)];
	if (old && now) return compareVersions(old, now);
	return from.version < to.version ? -1 : 1;
}
// src/lock/diff-types.ts
/** How a package can differ. */
const changeKinds = [
	"added",
	"removed",
	"upgraded",
	"downgraded",
	"rebuilt"
];
// src/lock/diff.ts
/** A lock as `diffLocks` takes it. */
function comparedLock({ metadata, packages }) {
	return {
		platforms: metadata.platforms,
		channels: metadata.channels.map(({ url }) => url),
		packages
	};
}
/** What differs, a diff for each platform that one of the locks has, in the order of the newer one. */
function diffLocks(comparison) {
	const { before, after } = comparison;
	return [.../* @__PURE__ */ new Set([...after?.platforms ?? [], ...before?.platforms ?? []])].map((platform) => diffPlatform(comparison, platform));
}
/** Whether nothing differs. */
function isSame(diff) {
	return changeKinds.every((kind) => diff[kind].length === 0);
}
/** The shape that `diff --format json` prints. */
function diffJson(diffs) {
	const plain = (entries) => entries.map(({ name, from, to }) => ({
		name,
		from,
		to
	}));
	return diffs.map((diff) => ({
		image: diff.image,
		platform: diff.platform,
		...Object.fromEntries(changeKinds.map((kind) => [kind, plain(diff[kind])]))
	}));
}
function diffPlatform({ image, before, after, sizes }, platform) {
	const [old, now] = [packagesOf(before, platform), packagesOf(after, platform)];
	const found = {
		added: [],
		removed: [],
		upgraded: [],
		downgraded: [],
		rebuilt: []
	};
	const bytes = [];
	for (const key of [.../* @__PURE__ */ new Set([...old.keys(), ...now.keys()])].sort()) {
		const [from, to] = [old.get(key) ?? null, now.get(key) ?? null];
		const kind = changeOf(from, to);
		if (kind === null) continue;
		found[kind].push(entryOf(kind, from, to));
		bytes.push(sizeOf(to, sizes), negative(sizeOf(from, sizes)));
	}
	return {
		image,
		platform,
		...found,
		before: old.size,
		after: now.size,
		size: bytes.reduce((sum, size) => sum === null || size === null ? null : sum + size, 0),
		channels: channelsOf(before, after)
	};
}
/** By name and manager: a package in several categories stands in a lock several times. */
function packagesOf(lock, platform) {
	const own = (lock?.packages ?? []).filter((one) => one.platform === platform);
	return new Map(own.map((one) => [`${one.name} ${one.manager}`, one]));
}
function entryOf(kind, from, to) {
	const { name, manager } = to ?? from;
	const [placeBefore, placeAfter] = [from && placeOf(from), to && placeOf(to)];
	const text = (one) => one && (kind === "rebuilt" ? [one.version, buildOf(one)].filter(Boolean).join(" ") : one.version);
	return {
		name,
		manager,
		from: text(from),
		to: text(to),
		major: ["upgraded", "downgraded"].includes(kind) && majorOf(from?.version) !== majorOf(to?.version),
		channel: placeBefore && placeAfter && placeBefore !== placeAfter ? {
			from: placeBefore,
			to: placeAfter
		} : null
	};
}
/** Epoch and first number; null for a year, with which nothing breaks by itself. */
function majorOf(version = "") {
	const [, epoch = "", number = ""] = /^(\d+!)?v?(\d*)/.exec(version) ?? [];
	return /^(19|20)\d\d(\d{4})?$/.test(number) ? null : `${epoch}${number.replace(/^0+(?=\d)/, "")}`;
}
/** conda's build string, from the archive's name; empty for a wheel. */
function buildOf({ manager, url }) {
	const file = url.slice(url.lastIndexOf("/") + 1).replace(/\.(conda|tar\.bz2)$/, "");
	return manager === "conda" ? file.slice(file.lastIndexOf("-") + 1) : "";
}
function sizeOf(one, sizes) {
	return one === null ? 0 : sizes?.get(one.url) ?? null;
}
function negative(size) {
	return size === null ? null : -size;
}
function channelsOf(before, after) {
	const [old, now] = [before?.channels, after?.channels];
	if (!old || !now) return {
		added: [],
		removed: []
	};
	return {
		added: now.filter((one) => !old.includes(one)),
		removed: old.filter((one) => !now.includes(one))
	};
}
export { changeKinds as a, isSame as i, diffJson as n, diffLocks as r, comparedLock as t };
