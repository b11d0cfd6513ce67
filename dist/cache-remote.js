import { a as imageTag, c as tagRules, r as imageNames, s as tagOf } from "./tags.js";
import { n as noPlaces } from "./types.js";
import { t as plannedPlatforms } from "./platforms.js";
// src/cache/places.ts
/** The tag that holds the layers of an image's builds on a branch; `branch` as `tagOf` gives it. */
function cacheTag(image, branch) {
	return imageTag(image, `cache-${branch.slice(0, 122 - image.tagPrefix.length)}`);
}
/** Values for one image: https://docs.docker.com/build/cache/backends/ */
function remotePlaces(strategy, image, { branches, rights }) {
	if (strategy === "gha") return ghaPlaces(image, rights);
	const { repository } = image;
	if (repository === null) return {
		from: [],
		to: []
	};
	const tag = strategy === "registry" ? (branch) => cacheTag(image, branch) : (branch) => imageTag(image, branch);
	const reference = (branch) => `type=registry,ref=${repository}:${tag(branch)}`;
	const known = [
		branches.own,
		branches.base,
		branches.default
	].filter((branch) => branch !== null);
	const from = [...new Set(known.map(reference))];
	if (!rights.trusted || !rights.push) return {
		from,
		to: []
	};
	if (strategy === "inline") return {
		from,
		to: ["type=inline"]
	};
	return {
		from,
		to: branches.own === null ? [] : [`${reference(branches.own)},mode=max,image-manifest=true,oci-mediatypes=true,ignore-error=true`]
	};
}
/** The service itself looks at the run's own branch, its base and the default one. */
function ghaPlaces({ name, platforms }, { trusted }) {
	const scope = [name, ...[...platforms].sort()].join("-").replace(/[^\w.-]+/g, "-");
	return {
		from: [`type=gha,scope=${scope}`],
		to: trusted ? [`type=gha,scope=${scope},mode=max,ignore-error=true`] : []
	};
}
// src/steps/cache-remote.ts
/** What buildx reads of the environment for `type=gha`: https://docs.docker.com/build/cache/backends/gha/ */
const ghaVariables = [
	"ACTIONS_RUNTIME_TOKEN",
	"ACTIONS_RESULTS_URL",
	"ACTIONS_CACHE_URL",
	"ACTIONS_CACHE_SERVICE_V2"
];
/** Caches that BuildKit itself reads and writes: nothing to restore before a build, nothing to save after it. */
function prepareRemote(strategy, question) {
	const { source, decision, host } = question;
	const images = new Map(source.stack.images.map((image) => [image.name, image]));
	const branches = branchesOf(source);
	const rights = {
		trusted: source.trigger.trust === "trusted",
		push: decision.push.push
	};
	const taken = new Set(decision.plan.images.flatMap(({ tags }) => tags.map((tag) => `type=registry,ref=${tag},`)));
	const env = strategy === "gha" ? variables(host.env) : {};
	const of = async (name) => {
		const image = images.get(name);
		if (!image) return noPlaces;
		const { from, to } = remotePlaces(strategy, cachedImage(question.inputs, image), {
			branches,
			rights
		});
		const free = to.filter((value) => ![...taken].some((start) => value.startsWith(start)));
		if (free.length < to.length) host.out.warning(`the cache of ${name} is not written: an image has the tag ${to.join(", ")}`);
		return {
			...noPlaces,
			from,
			to: free,
			env
		};
	};
	return {
		of,
		settle: async (results) => results
	};
}
/** An image as its cache is named. */
function cachedImage(inputs, image) {
	return {
		name: image.name,
		repository: imageNames(image, inputs.registry)[0] ?? null,
		tagPrefix: image.tagPrefix,
		platforms: plannedPlatforms(image, inputs.platforms)
	};
}
/** A pull request has a cache of its own, as it has a tag of its own: what is not merged is not the branch's. */
function branchesOf({ trigger, commit }) {
	const tag = (branch) => branch ? tagOf(branch) : null;
	return {
		own: tagRules(trigger, commit ?? "").moving[0] ?? null,
		base: tag(trigger.pullRequest?.baseRef),
		default: tag(trigger.defaultBranch)
	};
}
function variables(env) {
	return Object.fromEntries(ghaVariables.flatMap((name) => env[name] ? [[name, env[name]]] : []));
}
export { remotePlaces as i, cachedImage as n, prepareRemote as r, branchesOf as t };
