import { t as ActionError } from "./errors.js";
import { n as normalPlatform, t as createIndexClient } from "./registry-index.js";
import { t as canonicalReference } from "./canonical.js";
import { t as plannedPlatforms } from "./platforms.js";
import { r as imageNames } from "./tags.js";
import { t as givenDigests } from "./earlier.js";
import { n as unbuilt, r as unbuiltResults } from "./observe.js";
// src/publish/join.ts
/**
* Which image of which part stands for each platform. Throws ActionError('registry') where one is missing, given twice with
* different content, or was not asked for.
*/
function joinParts({ name, parts, platforms }) {
	const byPlatform = /* @__PURE__ */ new Map();
	for (const part of parts) for (const image of part.images) {
		const other = byPlatform.get(image.platform);
		if (other && other.image.descriptor.digest !== image.descriptor.digest) throw refused(name, `two jobs built it for ${image.platform}: ${other.part.digest} and ${part.digest}`, ["give the digests of one run alone, each platform built by one job"]);
		byPlatform.set(image.platform, other ?? {
			image,
			part
		});
	}
	const strange = [...byPlatform.keys()].find((platform) => !platforms.includes(platform));
	if (strange !== void 0) throw refused(name, `a digest is for ${strange}, which is not asked for`, [`asked for: ${platforms.join(", ")} (input platforms, or spec.yml)`]);
	const missing = platforms.filter((platform) => !byPlatform.has(platform));
	if (missing.length > 0) throw refused(name, `no digest for ${missing.join(", ")}: nothing was written`, ["see whether the job of that platform failed, and whether its digests reached this one (artifacts, input digests)"]);
	const chosen = platforms.flatMap((platform) => byPlatform.get(platform) ?? []);
	return {
		images: chosen.map(({ image }) => image),
		attestations: chosen.flatMap(({ image, part }) => attestationsOf(image, part)),
		annotations: shared([...new Set(chosen.map(({ part }) => part))]),
		whole: parts.length === 1 ? parts[0]?.digest ?? null : null
	};
}
function attestationsOf({ descriptor }, part) {
	return part.attestations.filter(({ annotations }) => annotations?.["vnd.docker.reference.digest"] === descriptor.digest);
}
/** What all indexes say alike: what differs is of one platform, and no word on the whole. */
function shared(parts) {
	const [first, ...others] = parts.filter((part) => part.isIndex);
	const entries = Object.entries(first?.annotations ?? {});
	return Object.fromEntries(entries.filter(([key, value]) => others.every((part) => part.annotations[key] === value)));
}
/** The document of an index, laid out as BuildKit does it: images first, then what attests them. */
function indexDocument({ images, attestations, annotations }) {
	return JSON.stringify({
		schemaVersion: 2,
		mediaType: "application/vnd.oci.image.index.v1+json",
		manifests: [...images.map(({ descriptor }) => descriptor), ...attestations],
		...Object.keys(annotations).length > 0 ? { annotations } : {}
	}, null, 2);
}
/** Refuses a child that does not begin with its parent's layers, on any platform. Throws ActionError('build'). */
function refuseOtherParent(child, above, parent, below) {
	for (const { platform, diffIds } of above.images) {
		const base = below.images.find((image) => image.platform === platform);
		if (base?.diffIds.some((layer, at) => diffIds[at] !== layer)) throw new ActionError("build", `${child} for ${platform} was not built on the ${parent} of this run`, [`its first ${base.diffIds.length} layers are not those of ${base.descriptor.digest}`, "the digests may be of different runs: run all jobs again"]);
	}
}
function refused(name, why, details) {
	return new ActionError("registry", `${name} is not merged: ${why}`, details);
}
// src/steps/merge.ts
const revision = "org.opencontainers.image.revision";
const baseDigest = "org.opencontainers.image.base.digest";
/**
* Joins what jobs pushed by digest into one index an image, for all images that the plan builds. All is read and checked before
* the first write; no tag is set here. Throws ActionError('registry') or ActionError('build').
*/
async function mergeStack(question) {
	const { decision, source, host } = question;
	const building = decision.plan.images.filter((image) => image.action === "build");
	if (!decision.push.push) return unbuiltResults(decision.plan).map((result) => notPushed(result, decision.push.reason));
	const client = createIndexClient({
		env: host.env,
		login: source.trigger.trust === "trusted",
		signal: host.signal
	});
	const ready = await readAll(question, {
		building,
		given: await givenDigests(question),
		client
	});
	refuseStrangers(ready);
	const results = /* @__PURE__ */ new Map();
	for (const one of ready) results.set(one.planned.name, await write(one, question, {
		client,
		results
	}));
	return unbuiltResults(decision.plan).map((result) => results.get(result.name) ?? result);
}
function notPushed(result, why) {
	return result.action === "build" ? {
		...result,
		reason: `nothing to merge: ${why}`
	} : result;
}
async function readAll(question, { building, given, client }) {
	const images = new Map(question.source.stack.images.map((image) => [image.name, image]));
	const read = await Promise.all(building.map(async (planned) => {
		const image = images.get(planned.name);
		return {
			planned,
			image,
			parts: await readParts(question, image, given.get(planned.name) ?? [], client)
		};
	}));
	const everywhere = [...new Set(read.flatMap(({ parts }) => parts.flatMap(platformsOf)))];
	return read.map(({ planned, image, parts }) => {
		const asked = plannedPlatforms(image, question.inputs.platforms);
		const platforms = asked.length > 0 ? [...new Set(asked.map(normalPlatform))] : everywhere;
		if (parts.length === 0) throw new ActionError("registry", `${planned.name} is not merged: no digest of it: nothing was written`, [`the plan builds it (${planned.reason}): see whether its job failed, and whether its digests reached this one`]);
		return {
			planned,
			image,
			joined: joinParts({
				name: planned.name,
				parts,
				platforms
			})
		};
	});
}
function platformsOf(part) {
	return part.images.map((image) => image.platform);
}
/** Each digest in each registry of the image: an index cannot name what its own repository lacks. */
async function readParts({ source, inputs, registry }, image, digests, client) {
	const [first = "", ...others] = imageNames(image, inputs.registry);
	return await Promise.all(digests.map(async (digest) => {
		const part = await client.part(referenceOf(first, digest));
		const lacking = part === null ? [first] : [];
		for (const name of others) if (!await registry.digest(referenceOf(name, digest))) lacking.push(name);
		if (part === null || lacking.length > 0) throw new ActionError("registry", `${lacking.join(", ")} does not hold ${digest}: nothing was written`, ["the job that built it may push elsewhere (input registry), or a clean-up removed it: run all jobs again"]);
		refuseOtherCommit(image, part, source.commit);
		return part;
	}));
}
/** A digest of another run may be there and whole, and still not be this commit's. */
function refuseOtherCommit(image, part, commit) {
	for (const { labels, platform } of part.images) {
		const built = labels[revision];
		if (commit && built && /^[0-9a-f]{40,64}(-dirty)?$/.test(built) && !built.startsWith(commit)) throw new ActionError("registry", `${image.name} is not merged: ${part.digest} (${platform}) is of ${built}`, [`this run is about ${commit}: give the digests of its own jobs alone`]);
	}
}
function refuseStrangers(ready) {
	const byName = new Map(ready.map((one) => [one.planned.name, one]));
	for (const { planned, image, joined } of ready) {
		const parent = image.parents.find((edge) => edge.base)?.name;
		const below = parent ? byName.get(parent) : void 0;
		if (parent && below) refuseOtherParent(planned.name, joined, parent, below.joined);
	}
}
async function write({ planned, image, joined }, { inputs }, { client, results }) {
	const started = Date.now();
	const parent = image.parents.find((edge) => edge.base)?.name;
	const below = parent ? results.get(parent)?.digest : null;
	const annotations = below ? {
		...joined.annotations,
		[baseDigest]: below
	} : joined.annotations;
	const document = indexDocument({
		...joined,
		annotations
	});
	let digest = joined.whole;
	if (digest === null) for (const name of imageNames(image, inputs.registry)) digest = await client.put(referenceOf(name, null), document);
	const size = joined.images[0]?.size ?? null;
	const reason = `merged for ${joined.images.map(({ platform }) => platform).join(", ")}; ${planned.reason}`;
	return {
		...unbuilt(planned, "built", reason),
		digest,
		size,
		started,
		completed: Date.now()
	};
}
function referenceOf(name, digest) {
	const reference = canonicalReference(digest ? `${name}@${digest}` : name);
	if (reference) return reference;
	throw new ActionError("input", `${name} is no name of an image`);
}
export { mergeStack };
