import { r as ownBuilder } from "./builder.js";
import { hash } from "node:crypto";
// src/cache/mount-policy.ts
/** Drivers whose builders outlive a job: they keep cache mounts themselves. */
const keeping = [
	"remote",
	"kubernetes",
	"docker",
	"cloud"
];
/** Whether they are brought back; a `notice` is for who asked for what cannot be. */
function mountPolicy({ asked, service, builder }) {
	if (asked === false) return {
		on: false,
		notice: null
	};
	const refuse = (why) => ({
		on: false,
		notice: asked === true ? `cache-mounts: true has no effect: ${why}` : null
	});
	if (!service) return refuse("there is no cache service here");
	if (builder.nodes > 1) return refuse(`builder ${builder.name} has several nodes, each with cache mounts of its own`);
	return {
		on: asked === true || !keeping.includes(builder.driver),
		notice: null
	};
}
/** Whether what an untrusted run leaves in a builder could be met by a later run. GitHub's own runners are used once. */
function isPersistent({ name, driver }, { own, runner }) {
	if (own.test(name)) return false;
	return [
		"remote",
		"kubernetes",
		"cloud"
	].includes(driver) || runner !== "github-hosted";
}
/**
* The namespace of an untrusted run's cache mounts on a builder that lives on, null where it needs none: what it writes is met by
* runs of the same pull request (or commit) alone, as BuildKit puts this before every id.
*/
function untrustedNamespace({ trust, repository, pullRequest, head }, persistent) {
	if (trust === "trusted" || !persistent) return null;
	return `untrusted-${repository?.id ?? 0}-${pullRequest?.number ?? head ?? "unknown"}`;
}
/**
* Whether this run may keep mounts for others. A pull request's entries are read by it alone and take the room of those of all
* branches; a merge queue's branch is gone when its run ends.
*/
function keepsMounts({ trust, kind }) {
	return trust === "trusted" && !["pull_request", "merge_group"].includes(kind);
}
// src/cache/mounts.ts
/** The build argument that BuildKit puts before the ids of cache mounts. */
const namespaceArgument = "BUILDKIT_CACHE_MOUNT_NS";
/**
* The distinct directories behind the cache mounts of images. `args`: the build arguments of an image; `forced`: those of the run's own,
* which name no other entry: an untrusted run reads what trusted ones kept. A mount that begins with an image of the stack is left out:
* it is not there before the builds.
*/
function mountDirectories(images, args, forced = {}) {
	const found = /* @__PURE__ */ new Map();
	for (const image of images) {
		const own = args(image)["BUILDKIT_CACHE_MOUNT_NS"] ?? "";
		const namespace = forced["BUILDKIT_CACHE_MOUNT_NS"] ?? own;
		for (const mount of image.cacheMounts) {
			if (mount.from !== null && !(image.external.includes(mount.from) && plainReference.test(mount.from))) continue;
			const key = keyOf(own, mount);
			const others = found.get(key)?.images ?? [];
			found.set(key, {
				key,
				namespace,
				mount,
				images: [.../* @__PURE__ */ new Set([...others, image.name])]
			});
		}
	}
	return [...found.values()];
}
/** What can stand in a Dockerfile as it is. */
const plainReference = /^[\w.:/@-]+$/;
function keyOf(namespace, { id, from, source, owner }) {
	const parts = [
		namespace,
		id,
		from,
		source,
		owner && [
			owner.uid,
			owner.gid,
			owner.mode
		]
	];
	return hash("sha256", JSON.stringify(parts)).slice(0, 16);
}
/**
* The directories that a RUN of this run wrote to: one that BuildKit's cache had all steps of is as it was. What an image that failed
* had is left out, as nobody knows what its steps left half done.
*/
function usedDirectories(directories, results) {
	const spoiled = new Set(results.filter(({ outcome }) => outcome === "failed").map(({ name }) => name));
	const ran = new Map(results.map((result) => [result.name, runsWithMounts(result)]));
	return directories.filter((directory) => {
		if (directory.images.some((name) => spoiled.has(name))) return false;
		return directory.images.some((name) => uses(directory, ran.get(name) ?? [], directories, name));
	});
}
/** Steps are told by their text. Where a variable hides which mount one names, it may have been any of the image's. */
function uses({ mount }, runs, directories, image) {
	const all = directories.filter(({ images }) => images.includes(image)).map((directory) => directory.mount);
	return runs.some((run) => names(run, mount) || !all.some((other) => names(run, other)));
}
function names(run, { id, target }) {
	return run.includes(id) || run.includes(target);
}
function runsWithMounts({ steps }) {
	return steps.filter(ran).map(({ name }) => name).filter((name) => /^RUN\b/i.test(name) && name.includes("type=cache"));
}
/** A second round of outputs finds the steps of the first one cached; the time that they took is theirs all the same. */
function ran({ cached, started, completed }) {
	return started !== null && completed !== null && (!cached || completed - started > longestLookup);
}
/** Milliseconds that BuildKit may need to find a step in its cache. */
const longestLookup = 100;
// src/steps/mount-namespace.ts
/**
* The build argument, over all others, by which what an untrusted run writes to cache mounts of a builder that lives on is met by no
* trusted one; empty where there is nothing to keep apart.
*/
function mountArgs({ source, host, builder }) {
	const persistent = isPersistent(builder, {
		own: ownBuilder,
		runner: host.env.RUNNER_ENVIRONMENT ?? ""
	});
	const namespace = untrustedNamespace(source.trigger, persistent);
	return namespace === null ? {} : { [namespaceArgument]: namespace };
}
export { mountPolicy as a, keepsMounts as i, mountDirectories as n, usedDirectories as r, mountArgs as t };
