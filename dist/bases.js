import { i as messageOf, t as ActionError } from "./errors.js";
import { s as chooseBuilder } from "./builder.js";
import { r as formatCanonical, t as canonicalReference } from "./canonical.js";
import { t as ancestors } from "./graph.js";
import { n as decidePush } from "./tags.js";
import { writeFile } from "node:fs/promises";
import path from "node:path";
// src/steps/pins.ts
/** Bases may be asked for beside the plan and once more for the builds. */
let asked = 0;
/**
* Resolves external base images to digests once for the run, so that a tag that moves meanwhile cannot give two images
* different bases. The builder itself is asked (its mirrors and credentials count): a `FROM` alone loads no layer, and
* its progress names the digest. What cannot be resolved is left as it is; the build will tell.
*/
async function resolvePins({ references, host, buildx, builder }) {
	const parsed = references.flatMap((text) => {
		const reference = canonicalReference(text);
		return reference && !reference.digest ? [{
			text,
			reference
		}] : [];
	});
	if (parsed.length === 0) return /* @__PURE__ */ new Map();
	const file = path.join(host.temp, `pins-${++asked}.json`);
	const targets = parsed.map(({ text }, at) => [`pin${at}`, {
		"dockerfile-inline": `FROM ${text}`,
		context: host.temp,
		output: ["type=cacheonly"]
	}]);
	await writeFile(file, JSON.stringify({
		group: { default: { targets: targets.map(([name]) => name) } },
		target: Object.fromEntries(targets)
	}));
	const digests = /* @__PURE__ */ new Map();
	const read = (line) => {
		for (const [, name, digest] of line.matchAll(/FROM (\S+?)@(sha256:[0-9a-f]{64})/g)) if (name && digest) digests.set(name, digest);
	};
	const args = [
		"--builder",
		builder.name,
		"--file",
		file,
		"--progress",
		"rawjson",
		"--allow",
		`fs.read=${host.temp}`
	];
	await buildx.bake(args, read, { BUILDX_GIT_INFO: "false" }).catch((error) => {
		if (error instanceof ActionError && error.code === "cancelled") throw error;
	});
	return new Map(parsed.flatMap(({ text, reference }) => {
		const digest = digests.get(formatCanonical(reference));
		return digest ? [[text, pinOf(reference, digest)]] : [];
	}));
}
/** A reference that cannot move: `docker.io/library/debian:12@sha256:…`. */
function pinOf({ registry, repository, tag }, digest) {
	return `${registry}/${repository}:${tag}@${digest}`;
}
// src/steps/bases.ts
/** Node's names of machines → Go's, where they differ. */
const architectures = {
	x64: "amd64",
	ia32: "386",
	arm: "arm/v7",
	ppc64: "ppc64le"
};
/**
* Begins to ask for the bases of what changed, beside the plan. A builder that runs is asked, as it knows mirrors and credentials; else
* the registries themselves. Without a registry to take images from nobody needs to know before the builds.
*/
function findBases(question) {
	const { inputs, host } = question;
	const known = /* @__PURE__ */ new Map();
	const builder = lazily(() => runningBuilder(question));
	const ask = (references) => {
		const open = references.filter((reference) => !known.has(reference));
		if (open.length === 0) return;
		const answers = lazily(async () => await answersOf(question, open, await builder()));
		for (const reference of open) known.set(reference, answers().then((found) => found.get(reference) ?? null));
		for (const reference of open) known.get(reference)?.catch(() => void 0);
	};
	const digests = async (references) => {
		ask(references);
		return new Map(await Promise.all(references.map(async (one) => [one, await known.get(one) ?? null])));
	};
	if (inputs.registry.length > 0) ask(basesOfInterest(question));
	return {
		digests,
		pins: async (references, at) => {
			const asked = references.filter((reference) => known.has(reference));
			const found = [...await digests(asked)].flatMap(([text, digest]) => {
				const reference = canonicalReference(text);
				return digest && reference && !reference.digest ? [[text, pinOf(reference, digest)]] : [];
			});
			const pinned = new Map(found);
			const rest = references.filter((reference) => !pinned.has(reference));
			return new Map([...pinned, ...await resolvePins({
				references: rest,
				host,
				...at
			})]);
		},
		platform: async () => (await builder())?.platforms[0] ?? `linux/${architectures[process.arch] ?? process.arch}`
	};
}
/** Of what changed and what it stands on; of the whole stack where all of it is published. */
function basesOfInterest({ source: { stack, changed, trigger }, inputs }) {
	const { publishes } = decidePush(trigger, inputs.push, inputs.registry);
	const names = /* @__PURE__ */ new Set([...changed.keys(), ...ancestors(stack.images, [...changed.keys()])]);
	const images = publishes ? stack.images : stack.images.filter((image) => names.has(image.name));
	return [...new Set(images.flatMap((image) => image.external))];
}
/** The builder that the run will take, where it runs already. */
async function runningBuilder({ tools, inputs, host }) {
	if (!tools) return null;
	try {
		const named = inputs.builder || host.env.BUILDX_BUILDER || "";
		const choice = chooseBuilder(await tools.builders(), named, {
			platforms: inputs.platforms,
			annotations: false
		});
		return "use" in choice && choice.use.running ? choice.use : null;
	} catch {
		return null;
	}
}
async function answersOf({ host, registry, tools }, references, builder) {
	const written = references.flatMap((text) => {
		const digest = canonicalReference(text)?.digest;
		return digest ? [[text, digest]] : [];
	});
	const open = references.filter((text) => !canonicalReference(text)?.digest);
	if (open.length === 0) return new Map(written);
	if (builder && tools) {
		const pins = await resolvePins({
			references: open,
			host,
			builder,
			buildx: await tools.buildx()
		});
		return new Map([...written, ...[...pins].map(([text, pin]) => [text, pin.slice(pin.indexOf("@") + 1)])]);
	}
	const found = await Promise.all(open.map(async (text) => [text, await digestOf(text, registry, host)]));
	return new Map([...written, ...found.flatMap(([text, digest]) => digest ? [[text, digest]] : [])]);
}
async function digestOf(text, registry, host) {
	const reference = canonicalReference(text);
	try {
		return reference ? await registry.digest(reference) : null;
	} catch (error) {
		if (error instanceof ActionError && error.code === "cancelled") throw error;
		host.out.debug(`the digest of ${text} is not known: ${messageOf(error)}`);
		return null;
	}
}
function lazily(make) {
	let made = null;
	return () => {
		made ??= make();
		return made;
	};
}
export { findBases as t };
