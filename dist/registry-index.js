import { t as ActionError } from "./errors.js";
import { i as parseAnswer, n as askRegistry, t as createAuthorizer } from "./registry-auth.js";
import { createHash } from "node:crypto";
// src/publish/platform.ts
/** Other words for an architecture, and the variant that needs no saying: as containerd/platforms reads them. */
const aliases = {
	x86_64: "amd64",
	"x86-64": "amd64",
	aarch64: "arm64",
	armhf: "arm/v7",
	armel: "arm/v6",
	i386: "386"
};
const plain = {
	"arm64/v8": "arm64",
	"amd64/v1": "amd64",
	arm: "arm/v7"
};
/** `linux/arm64` from its parts, in the one form that platforms are compared in. */
function platformName({ os = "unknown", architecture = "unknown", variant }) {
	const [known = architecture, implied] = (aliases[architecture] ?? architecture).split("/");
	const word = variant || implied ? `${known}/${variant || implied}` : known;
	return `${os}/${plain[word] ?? word}`;
}
/** The same from a text as a person writes it: `linux/aarch64` is `linux/arm64`. */
function normalPlatform(text) {
	const [os = "", architecture = "", variant] = text.toLowerCase().split("/");
	return platformName({
		os,
		architecture,
		...variant ? { variant } : {}
	});
}
// src/tools/registry-index.ts
const indexType = "application/vnd.oci.image.index.v1+json";
/** A client with the tokens of its own lifetime. */
function createIndexClient(options) {
	const authorizer = createAuthorizer(options);
	const get = async (reference, kind, digest) => {
		const answer = await askRegistry({
			options,
			authorizer,
			reference,
			method: "GET",
			kind,
			what: digest
		});
		if (answer && sha256(answer.body) !== digest) throw damaged(reference, digest);
		return answer;
	};
	const imageOf = async (reference, answer, described) => {
		const manifest = parseAnswer(answer, reference);
		const blob = manifest.config ? await get(reference, "blobs", manifest.config.digest) : null;
		if (!blob || !manifest.config) throw damaged(reference, described?.digest ?? reference.digest ?? "");
		return describeImage({
			answer,
			manifest,
			config: parseAnswer(blob, reference),
			described
		});
	};
	return {
		async part(reference) {
			const digest = reference.digest ?? "";
			const answer = await get(reference, "manifests", digest);
			if (!answer) return null;
			const top = parseAnswer(answer, reference);
			if (!top.manifests) return {
				digest,
				images: [await imageOf(reference, answer, null)],
				attestations: [],
				annotations: {},
				isIndex: false
			};
			const attestations = top.manifests.filter(isAttestation);
			return {
				digest,
				images: await Promise.all(top.manifests.filter((entry) => !isAttestation(entry)).map(async (entry) => {
					const found = await get(reference, "manifests", entry.digest);
					if (!found) throw damaged(reference, entry.digest);
					return await imageOf(reference, found, entry);
				})),
				attestations,
				annotations: top.annotations ?? {},
				isIndex: true
			};
		},
		async put(reference, text) {
			const body = Buffer.from(text);
			const digest = sha256(body);
			const document = {
				type: indexType,
				body
			};
			const question = {
				options,
				authorizer,
				reference: {
					...reference,
					digest
				},
				document
			};
			if (!await askRegistry({
				...question,
				method: "PUT",
				kind: "manifests",
				what: digest
			})) throw new ActionError("registry", `registry ${reference.registry} takes no index for ${reference.repository}`, ["what it joins may have been removed meanwhile: run again"]);
			return digest;
		}
	};
}
function describeImage({ answer, manifest, config, described }) {
	const platform = described?.platform ?? {
		architecture: config.architecture ?? "",
		os: config.os ?? "",
		...config.variant ? { variant: config.variant } : {}
	};
	const own = {
		mediaType: manifest.mediaType ?? answer.type ?? "application/vnd.oci.image.manifest.v1+json",
		digest: sha256(answer.body),
		size: answer.body.length,
		platform
	};
	return {
		platform: platformName(platform),
		descriptor: described ? {
			...described,
			platform
		} : own,
		diffIds: config.rootfs?.diff_ids ?? [],
		labels: config.config?.Labels ?? {},
		size: [...manifest.layers ?? [], manifest.config].reduce((sum, part) => sum + (part?.size ?? 0), 0)
	};
}
function isAttestation({ annotations, platform }) {
	return annotations?.["vnd.docker.reference.type"] !== void 0 || platform?.os === "unknown";
}
function damaged({ registry, repository }, digest) {
	return new ActionError("registry", `${registry}/${repository}@${digest} is not whole`, ["the registry has lost a part of it, or answers with other content: build it again"]);
}
function sha256(bytes) {
	return `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
}
export { normalPlatform as n, createIndexClient as t };
