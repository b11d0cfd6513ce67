import { i as messageOf } from "./errors.js";
import { r as imageNames } from "./tags.js";
import { t as isBelow } from "./inside.js";
import { t as isAddress } from "./address.js";
import { t as plannedPlatforms } from "./platforms.js";
import { t as contextImage } from "./fingerprint.js";
import { n as fingerprintLabel } from "./fingerprint-label.js";
import { t as mountArgs } from "./mount-namespace.js";
import { readFile } from "node:fs/promises";
import path from "node:path";
// src/steps/bake-metadata.ts
/**
* What `bake --metadata-file` wrote; of a file that is not there nothing is told. Digests alone are asked for: buildx puts the event's
* payload and build arguments into the same file.
*/
async function readMetadata(file) {
	const metadata = await parsed(file);
	return (target, key) => {
		const value = metadata[target]?.[key];
		return typeof value === "string" ? value : null;
	};
}
async function parsed(file) {
	try {
		return JSON.parse(await readFile(file, "utf8"));
	} catch (error) {
		if (error.code === "ENOENT") return {};
		throw new Error(`${file} cannot be read: ${messageOf(error)}`, { cause: error });
	}
}
// src/stack/labels.ts
/** OCI labels of an image, in the order of the specification. */
function imageLabels(facts) {
	const { image, source, revision, version, created, base, own } = facts;
	const ours = [
		["created", created === null ? null : (/* @__PURE__ */ new Date(created * 1e3)).toISOString().replace(".000Z", "Z")],
		["url", source],
		["source", source],
		["version", version],
		["revision", revision],
		["title", image.name],
		["base.digest", base?.digest],
		["base.name", base?.name]
	].filter((entry) => Boolean(entry[1])).map(([key, value]) => [`org.opencontainers.image.${key}`, value]);
	return {
		...Object.fromEntries(ours),
		...own
	};
}
/** The same as annotations of the manifest and, for an index, of the index; the user's own come last and win. */
function imageAnnotations(labels, own) {
	return [...Object.entries(labels).filter(([key, value]) => value !== "" && key.startsWith("org.opencontainers.image.")).map(([key, value]) => `manifest,index:${key}=${value}`), ...own];
}
// src/steps/describe.ts
const baseDigestLabel = "org.opencontainers.image.base.digest";
/** The images that are built, as bake takes them, with what is known at this moment. */
function describeImages(question) {
	const planned = new Map(question.decision.plan.images.map((image) => [image.name, image]));
	const images = question.source.stack.images.filter((image) => planned.get(image.name)?.action === "build").map((image) => describe(question, image, planned));
	const outside = images.flatMap((image) => Object.values(image.contexts)).filter((value) => path.isAbsolute(value) && !isBelow(question.host.cwd, value));
	return {
		images,
		allowRead: [.../* @__PURE__ */ new Set([...question.facts.secrets.allowRead, ...outside])]
	};
}
function describe(question, image, planned) {
	const { inputs, host, facts, builder } = question;
	const labels = labelsOf(question, image, planned);
	const classic = builder.driver === "docker" && !builder.containerdStore;
	return {
		image,
		context: isAddress(image.context) ? image.context : path.resolve(host.cwd, image.context),
		dockerfile: image.remoteDockerfile ?? path.resolve(host.cwd, image.dockerfile),
		target: inputs.target || image.target,
		platforms: plannedPlatforms(image, inputs.platforms),
		args: {
			...image.args,
			...inputs.buildArgs,
			...mountArgs(question)
		},
		labels,
		annotations: classic ? [] : annotationsOf(question, image, labels),
		tags: tagsOfBuild(question.decision, planned.get(image.name), image, facts.outputs),
		secrets: facts.secrets.specifications,
		ssh: facts.secrets.ssh,
		contexts: absoluteContexts({
			...image.contexts,
			...inputs.buildContexts
		}, host.cwd, facts.pins),
		parents: new Map(image.parents.map((edge) => [edge.name, parentSource(question, edge.name, {
			child: image.name,
			planned
		})])),
		pinned: new Map([...facts.pins].filter(([reference]) => image.external.includes(reference))),
		stages: image.stages
	};
}
/** What the build itself names its image: the commit's tag, and where it is pushed the name of its inputs. */
function tagsOfBuild(decision, planned, image, outputs) {
	const own = planned.tags.filter((tag) => outputs.builds(image, tag));
	const stamp = outputs.push && !outputs.byDigest ? decision.stamps?.get(image.name) : void 0;
	return [...own, ...stamp?.references ?? []];
}
/** The references by which an image is pushed. */
function pushedTags({ source, decision, planned, facts }) {
	const image = source.stack.images.find(({ name }) => name === planned.name);
	return image ? tagsOfBuild(decision, planned, image, facts.outputs) : [];
}
/** Where an image is pushed. */
function namesOf({ source, inputs }, { name }) {
	const image = source.stack.images.find((candidate) => candidate.name === name);
	return image ? imageNames(image, inputs.registry) : [];
}
function parentSource({ facts, inputs, builder, source, decision }, name, { child, planned }) {
	const parent = planned.get(name);
	const image = source.stack.images.find((candidate) => candidate.name === name);
	const [published] = image ? imageNames(image, inputs.registry) : [];
	const tag = (facts.targets.get(child) ?? "").slice(0, 128);
	if (parent?.action !== "build") return { image: `${decision.homes?.get(name) ?? published}:${tag}@${parent?.digest}` };
	const digest = facts.digests.get(name);
	return builder.driver !== "docker" && digest && published ? { image: `${published}:${tag}@${digest}` } : { target: name };
}
function labelsOf(question, image, planned) {
	const { source, facts, decision } = question;
	const wording = decision.wordings.get(image.name);
	const stamp = decision.stamps?.get(image.name);
	const base = baseOf(question, image, planned);
	const labels = imageLabels({
		image,
		source: sourceUrl(question),
		revision: source.revision === void 0 ? source.commit : source.revision,
		version: wording?.version ?? null,
		created: facts.created,
		base,
		own: wording?.labels ?? {}
	});
	return {
		...base !== null && base.digest === null ? { [baseDigestLabel]: "" } : {},
		...labels,
		...stamp ? { [fingerprintLabel]: stamp.label } : {}
	};
}
/** The base image's name and digest: a parent of this stack by its published name, an external one as it is pinned. */
function baseOf({ source, facts, inputs }, image, planned) {
	if (image.base === null) return null;
	const edge = image.parents.find((parent) => parent.base);
	if (!edge) {
		const [name = image.base, written] = image.base.split("@");
		return {
			name,
			digest: written ?? facts.pins.get(image.base)?.split("@")[1] ?? null
		};
	}
	const parent = source.stack.images.find((candidate) => candidate.name === edge.name);
	const [name] = parent ? imageNames(parent, inputs.registry) : [];
	const tag = planned.get(edge.name)?.tags[0]?.split(":").at(-1);
	const digest = facts.digests.get(edge.name) ?? planned.get(edge.name)?.digest ?? null;
	return {
		name: name ? `${name}${tag ? `:${tag}` : ""}` : image.base,
		digest
	};
}
function annotationsOf({ decision, facts }, image, labels) {
	const own = decision.wordings.get(image.name)?.annotations ?? [];
	return facts.outputs.push ? imageAnnotations(labels, own) : [...own];
}
/** The repository's page: GitHub's own word for it, else the remote without credentials. */
function sourceUrl({ host, source, facts }) {
	const { repository } = source.trigger;
	if (repository) return `${host.env.GITHUB_SERVER_URL || "https://github.com"}/${repository.owner}/${repository.name}`;
	const remote = facts.remote?.replace(/^git@([^:]+):/, "https://$1/").replace(/\.git$/, "");
	return remote && URL.canParse(remote) && /^https?:/.test(remote) ? withoutCredentials(remote) : null;
}
function withoutCredentials(text) {
	const url = new URL(text);
	url.username = "";
	url.password = "";
	return url.href;
}
/** A context that is a path counts from the repository's root; images, targets and URLs stay as they are. */
function absoluteContexts(contexts, cwd, pins) {
	const entries = Object.entries(contexts).map(([name, value]) => {
		const pinned = pins.get(contextImage(value) ?? "");
		if (pinned !== void 0) return [name, `docker-image://${pinned}`];
		return [name, isAddress(value) ? value : path.resolve(cwd, value)];
	});
	return Object.fromEntries(entries);
}
export { readMetadata as i, namesOf as n, pushedTags as r, describeImages as t };
