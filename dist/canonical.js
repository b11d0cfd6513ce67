// src/stack/canonical.ts
const component = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
const label = "(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])";
const grammar = new RegExp(`^(${`(?:${label}(?:\\.${label})*|\\[[0-9a-fA-F:]+\\])(?::[0-9]+)?`})/(${component}(?:/${component})*)(?::(\\w[\\w.-]{0,127}))?(?:@(sha256:[0-9a-f]{64}|sha384:[0-9a-f]{96}|sha512:[0-9a-f]{128}))?$`);
const longestRepository = 255;
/** Text → its full form; null where it is no valid reference. The first component is a host if it has a dot, a port or is `localhost`. */
function canonicalReference(text) {
	const found = parse(text);
	return found && {
		...found,
		tag: found.tag ?? "latest"
	};
}
function parse(text) {
	const first = text.split("/", 1)[0] ?? "";
	const hasHost = text.includes("/") && (/[.:]/.test(first) || first === "localhost" || first !== first.toLowerCase());
	const match = grammar.exec(hasHost ? text : `docker.io/${text}`);
	if (!match || /^[0-9a-f]{64}$/.test(text)) return null;
	const [, domain = "", path = "", tag = null, digest = null] = match;
	const registry = domain === "index.docker.io" ? "docker.io" : domain;
	const repository = registry === "docker.io" && !path.includes("/") ? `library/${path}` : path;
	return repository.length > longestRepository ? null : {
		registry,
		repository,
		tag,
		digest
	};
}
/** `name:tag` (or `name@digest`) with registry, as docker pull takes it. */
function formatCanonical({ registry, repository, tag, digest }) {
	return digest ? `${registry}/${repository}@${digest}` : `${registry}/${repository}:${tag}`;
}
/**
* The key under which BuildKit looks up a named context for a reference: Docker's familiar form without `:latest`
* (frontend/dockerui/namedcontext.go). Text that is no reference stays as it is.
*/
function contextKey(text) {
	const reference = parse(text);
	if (!reference) return text;
	const { registry, repository, tag, digest } = reference;
	return `${registry === "docker.io" ? repository.replace(/^library\/([^/]+)$/, "$1") : `${registry}/${repository}`}${tag ? `:${tag}` : ""}${digest ? `@${digest}` : ""}`.replace(/:latest$/, "");
}
export { contextKey as n, formatCanonical as r, canonicalReference as t };
