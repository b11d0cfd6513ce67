import { t as ActionError } from "./errors.js";
// src/lock/diff-explicit.ts
/**
* An explicit lock (`@EXPLICIT`, a URL a line, pip packages as comments) as a diff needs it, for stacks and commits that
* have no conda-lock.yml. Lines that are neither are passed over. Throws ActionError('lock') for a URL that is no package's.
*/
function readExplicitForDiff(text, platform, file) {
	const packages = text.split("\n").flatMap((line, at) => readLine(line.trim(), platform, `${file}:${at + 1}`));
	return {
		platforms: [platform],
		channels: null,
		packages
	};
}
/** The platform that an explicit lock's name tells: `conda-linux-64.lock`; null for another name. */
function explicitPlatform(file) {
	return /(?:^|\/)conda-((?:linux|osx|win|emscripten|wasi|freebsd|zos)-[a-z0-9]+)\.lock$/.exec(file)?.[1] ?? null;
}
function readLine(line, platform, place) {
	const pip = /^# pip (\S+) @ (\S+)/.exec(line);
	if (pip) return [pipPackage(pip[1] ?? "", withoutFragment(pip[2] ?? ""), platform)];
	if (line === "" || line.startsWith("#") || line.startsWith("@")) return [];
	const url = withoutFragment(line);
	const parts = /\/([^/]+)-([^-/]+)-[^-/]+\.(?:conda|tar\.bz2)$/.exec(url);
	if (!parts) throw new ActionError("lock", `${place}: this is not the URL of a conda package`, ["an explicit lock has one URL of a .conda or .tar.bz2 a line"]);
	return [{
		name: parts[1] ?? "",
		version: parts[2] ?? "",
		manager: "conda",
		platform,
		url
	}];
}
/** The version is the file name's: of a wheel the second part, of another archive what comes after the name. */
function pipPackage(name, url, platform) {
	const file = decoded(url.slice(url.lastIndexOf("/") + 1));
	return {
		name,
		version: /^[^-]+-([^-]+)-.*\.whl$/.exec(file)?.[1] ?? /-([^-]+?)(?:\.tar\.gz|\.zip|\.tar\.bz2)$/.exec(file)?.[1] ?? "",
		manager: "pip",
		platform,
		url
	};
}
function withoutFragment(url) {
	return url.split("#", 1)[0] ?? "";
}
function decoded(text) {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
export { readExplicitForDiff as n, explicitPlatform as t };
