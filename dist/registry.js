import { t as ActionError } from "./errors.js";
import { r as formatCanonical } from "./canonical.js";
import { i as parseAnswer, n as askRegistry, r as baseUrl, t as createAuthorizer } from "./registry-auth.js";
import { createHash } from "node:crypto";
// src/tools/registry-artifact.ts
const manifestType = "application/vnd.oci.image.manifest.v1+json";
const digests = /^sha256:[0-9a-f]{64}$/;
/** Bytes of a document that its manifest repeats: registries need to take manifests of 4 MiB alone. */
const longestEmbedded = 131072;
/** What writes artifacts with a client's own options and tokens. */
function createArtifacts(client) {
	const ask = async (question) => await askRegistry({
		...client,
		...question
	});
	const get = async (reference, kind, what) => await ask({
		reference,
		method: "GET",
		kind,
		what
	});
	const manifest = async (reference) => {
		const answer = await get(reference, "manifests", reference.digest ?? reference.tag);
		return answer && storedManifest(answer, reference);
	};
	const put = async (reference, { type, body }) => {
		const document = {
			type,
			body
		};
		if (!await ask({
			reference,
			method: "PUT",
			kind: "manifests",
			what: reference.tag,
			document
		})) throw refused(reference, "the registry takes no tag for it");
	};
	return {
		manifest,
		put,
		async write(reference, artifact, known = false) {
			const body = Buffer.from(artifact.text);
			if (!known) await upload(ask, reference, body);
			await put(reference, {
				type: manifestType,
				body: Buffer.from(manifestFor(artifact, body))
			});
		},
		async read(reference, type) {
			const found = await manifest(reference);
			const { artifactType, layers, annotations = {} } = found ? parse(found.body, reference) : {};
			const { digest, data } = layers?.[0] ?? {};
			if (artifactType !== type || !digest || !digests.test(digest)) return null;
			const embedded = typeof data === "string" ? Buffer.from(data, "base64") : null;
			if (embedded && digestOf$1(embedded) === digest) return {
				text: embedded.toString(),
				annotations
			};
			const blob = await get(reference, "blobs", digest);
			if (!blob || digestOf$1(blob.body) !== digest) throw refused(reference, "its content is gone or is another one");
			return {
				text: blob.body.toString(),
				annotations
			};
		},
		async untag(reference) {
			await ask({
				reference,
				method: "DELETE",
				kind: "manifests",
				what: reference.tag
			});
		}
	};
}
/** In one piece, where the answer to the first request says (OCI distribution spec, "POST then PUT"). */
async function upload(ask, reference, body) {
	const begun = await ask({
		reference,
		method: "POST",
		kind: "blobs/uploads",
		what: ""
	});
	if (!begun?.location) throw refused(reference, "the registry begins no upload");
	const base = baseUrl(reference.registry);
	const url = new URL(begun.location, `${base}/`);
	if (url.origin !== new URL(base).origin) throw refused(reference, `it is to be sent to another server, ${url.host}`);
	url.searchParams.set("digest", digestOf$1(body));
	const document = {
		type: "application/octet-stream",
		body
	};
	if (!await ask({
		reference,
		method: "PUT",
		kind: "blobs",
		what: "",
		url: url.href,
		document
	})) throw refused(reference, "the registry has forgotten the upload");
}
/**
* Registries of before artifacts want a config; the document itself is it, so that there is but one blob. `data` is the content of a
* descriptor, which may stand beside its digest: https://github.com/opencontainers/image-spec/blob/v1.1.0/descriptor.md#properties
*/
function manifestFor({ type, title, annotations, embed = false }, body) {
	const document = {
		mediaType: type,
		digest: digestOf$1(body),
		size: body.length
	};
	const data = embed && body.length <= longestEmbedded ? { data: body.toString("base64") } : {};
	return JSON.stringify({
		schemaVersion: 2,
		mediaType: manifestType,
		artifactType: type,
		config: document,
		layers: [{
			...document,
			...data,
			annotations: { "org.opencontainers.image.title": title }
		}],
		annotations
	});
}
function storedManifest(answer, reference) {
	const digest = digestOf$1(answer.body);
	if (reference.digest && digest !== reference.digest) throw new ActionError("registry", `the registry answers for ${formatCanonical(reference)} with other content`, ["a proxy may answer in its place, or the registry is damaged: nothing was tagged"]);
	const { mediaType } = parse(answer.body, reference);
	return {
		type: mediaType ?? answer.type ?? manifestType,
		body: answer.body,
		digest
	};
}
function parse(body, reference) {
	try {
		return JSON.parse(body.toString());
	} catch (cause) {
		throw new ActionError("registry", `the registry answered for ${formatCanonical(reference)} with what is no JSON`, ["check the name in registry: a proxy or a login page may answer in its place"], { cause });
	}
}
function refused(reference, why) {
	return new ActionError("registry", `${formatCanonical(reference)} cannot be had or written: ${why}`, ["run again"]);
}
function digestOf$1(body) {
	return `sha256:${createHash("sha256").update(body).digest("hex")}`;
}
// src/tools/registry-memory.ts
/** The same with what a run was told before. Only what was there is remembered: what was not may be there a moment later. */
function remembering(ask) {
	const digests = /* @__PURE__ */ new Map();
	const images = /* @__PURE__ */ new Map();
	const read = async (reference, name) => {
		const found = await ask.image(reference).catch((error) => {
			images.delete(name);
			throw error;
		});
		if (found === null) images.delete(name);
		return found;
	};
	return {
		async digest(reference, { remembered = false } = {}) {
			const name = formatCanonical(reference);
			const before = remembered ? digests.get(name) : void 0;
			if (before !== void 0) return before;
			const found = await ask.digest(reference);
			if (found === null) digests.delete(name);
			else digests.set(name, found);
			return found;
		},
		image(reference) {
			if (!reference.digest) return ask.image(reference);
			const name = formatCanonical(reference);
			const reading = images.get(name) ?? read(reference, name);
			images.set(name, reading);
			return reading;
		}
	};
}
// src/tools/registry.ts
/** A client for all registries of a run; tokens are kept for its lifetime. */
function createRegistry(options) {
	const authorizer = createAuthorizer(options);
	const ask = (reference, method, kind, what) => askRegistry({
		options,
		authorizer,
		reference,
		method,
		kind,
		what
	});
	const json = async (reference, kind, what) => {
		const answer = await ask(reference, "GET", kind, what);
		return answer && parseAnswer(answer, reference);
	};
	const digest = async (reference) => {
		const what = reference.digest ?? reference.tag;
		const answer = await ask(reference, "HEAD", "manifests", what);
		if (!answer) return null;
		return answer.digest ?? reference.digest ?? digestOf(await ask(reference, "GET", "manifests", what));
	};
	const image = async (reference) => {
		const answer = await ask(reference, "GET", "manifests", reference.digest ?? reference.tag);
		if (!answer) return null;
		const top = parseAnswer(answer, reference);
		const child = top.manifests?.find((entry) => entry.platform?.os !== "unknown");
		const manifest = child?.digest ? await json(reference, "manifests", child.digest) : top;
		const layers = manifest?.layers ?? [];
		const config = manifest?.config?.digest ? await json(reference, "blobs", manifest.config.digest) : null;
		const size = [...layers, manifest?.config].reduce((sum, part) => sum + (part?.size ?? 0), 0);
		return {
			digest: answer.digest ?? reference.digest ?? digestOf(answer) ?? "",
			size,
			diffIds: config?.rootfs?.diff_ids ?? [],
			created: Date.parse(config?.created ?? "") || null,
			labels: config?.config?.Labels ?? {},
			identities: [
				answer.digest,
				reference.digest,
				manifest?.config?.digest,
				...digestsOf(top)
			].filter((digest) => digest !== void 0 && digest !== null),
			platforms: platformsOf(top)
		};
	};
	return {
		artifacts: createArtifacts({
			options,
			authorizer
		}),
		...remembering({
			digest,
			image
		}),
		async tag(source, tags) {
			const document = manifestOf(await ask(source, "GET", "manifests", source.digest ?? source.tag), source);
			for (const what of tags) if (!await askRegistry({
				options,
				authorizer,
				reference: source,
				kind: "manifests",
				what,
				document,
				method: "PUT"
			})) throw notFound(source, "the registry takes no tag for it");
		}
	};
}
/** A manifest as it is put again. What is put under a tag is what was asked for, whatever the registry answered. */
function manifestOf(answer, reference) {
	const name = `${reference.registry}/${reference.repository}@${reference.digest ?? reference.tag}`;
	if (!answer) throw notFound(reference, "it was removed meanwhile");
	if (reference.digest && digestOf(answer) !== reference.digest) throw new ActionError("registry", `the registry answers for ${name} with other content`, ["a proxy may answer in its place, or the registry is damaged: nothing was tagged"]);
	const { mediaType } = parseAnswer(answer, reference);
	return {
		type: mediaType ?? answer.type ?? "application/vnd.oci.image.index.v1+json",
		body: answer.body
	};
}
function notFound({ registry, repository, digest, tag }, why) {
	return new ActionError("registry", `${registry}/${repository}@${digest ?? tag} is not there`, [`${why}: run again`]);
}
function digestsOf({ manifests }) {
	return (manifests ?? []).map(({ digest }) => digest);
}
/** Of an index those of its images; attestations have none. */
function platformsOf({ manifests = [] }) {
	return manifests.flatMap(({ platform }) => platform?.os && platform.os !== "unknown" ? [[
		platform.os,
		platform.architecture,
		platform.variant
	].filter(Boolean).join("/")] : []);
}
function digestOf(answer) {
	return answer && `sha256:${createHash("sha256").update(answer.body).digest("hex")}`;
}
export { createRegistry as t };
