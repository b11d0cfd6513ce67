/** The version of an image in its labels, without its tag prefix: its first tag, as docker/metadata-action has it. */
function versionOf({ immutable, moving, version }) {
	return version ?? moving[0] ?? immutable;
}
/** `push` is the input; an untrusted run never pushes, whatever it says. */
function decidePush(trigger, push, registries) {
	const no = (reason) => ({
		push: false,
		publishes: false,
		reason
	});
	if (trigger.kind === "delete") return no("a branch or tag was deleted");
	if (trigger.trust === "untrusted") return no(`an untrusted run never pushes: ${trigger.trustReason}`);
	if (push === false) return no("push is false");
	if (registries.length === 0) return no("no registry is set");
	const publishes = trigger.branch !== null && trigger.branch === trigger.defaultBranch && !trigger.pullRequest && [
		"push",
		"schedule",
		"workflow_dispatch",
		"repository_dispatch"
	].includes(trigger.kind);
	if (publishes) return {
		push: true,
		publishes,
		reason: `${trigger.event} on the default branch ${trigger.branch}`
	};
	if (push === "auto") return no(trigger.pullRequest ? "a pull request pushes only with push: true" : "only the default branch pushes by itself");
	if (trigger.kind === "merge_group") return {
		push: true,
		publishes: false,
		reason: "push is true: by fingerprints alone"
	};
	if (trigger.kind === "tag") return no("a tag releases what its commit published and builds nothing");
	return {
		push: true,
		publishes: false,
		reason: "push is true"
	};
}
/**
* Tags for what the trigger is, the same whether they are pushed or only name what is built. `commit` is the full name of the
* commit that is built, `rebuild` the date of a forced one.
*/
function tagRules(trigger, commit, rebuild = null) {
	const short = commit.slice(0, 7);
	if (trigger.pullRequest) return {
		immutable: null,
		moving: [`pr-${trigger.pullRequest.number}`]
	};
	if (trigger.kind === "merge_group") return {
		immutable: null,
		moving: []
	};
	const branch = trigger.kind === "workflow_run" && trigger.head !== commit || trigger.trust === "untrusted" ? null : trigger.branch;
	return {
		immutable: rebuild ? `${short}-${rebuild}` : short,
		moving: branch ? [tagOf(branch)] : []
	};
}
/** Tags that mean something else than a branch: a commit (also rebuilt), a pull request, a fingerprint, a cache. */
const reserved = /^([0-9a-f]{7}(-\d{8}(\.\d+)?)?|pr-\d+|fp-.*|cache-.*)$/;
/** Whether a tag, without a variant's name before it, means something that no person gives or moves. */
function isReservedTag(tag) {
	return reserved.test(tag);
}
/**
* A branch's name as a tag: what a tag cannot hold becomes `-`, as docker/metadata-action has it. A branch that is called
* like a commit's tag must not overwrite it.
*/
function tagOf(branch) {
	const tag = branch.replace(/[^\w.-]+/g, "-").replace(/^[.-]+/, "").slice(0, 96);
	return tag === "" || reserved.test(tag) ? `branch${tag && `-${tag}`}` : tag;
}
/** The tag of an image: a variant's folder name stands before it, `cuda12-2639bd3`. */
function imageTag(image, tag) {
	return `${image.tagPrefix}${tag}`;
}
/** Full names of an image in all its registries, `quay.io/pangeo/base-image`; none where the run has no registry. */
function imageNames(image, registries) {
	const own = registries.length > 0 ? image.registries ?? [] : [];
	return (own.length > 0 ? own : registries).map((registry) => `${registry}/${image.repository}`);
}
/** Full references for some tags in all registries; without a registry Docker's short names. */
function imageReferences(image, registries, tags) {
	return (registries.length === 0 ? [image.repository] : imageNames(image, registries)).flatMap((name) => tags.map((tag) => `${name}:${imageTag(image, tag)}`));
}
/** The date tag of a forced rebuild, `20261121`, in UTC. */
function dateTag(milliseconds) {
	return new Date(milliseconds).toISOString().slice(0, 10).replaceAll("-", "");
}
export { imageTag as a, tagRules as c, imageReferences as i, versionOf as l, decidePush as n, isReservedTag as o, imageNames as r, tagOf as s, dateTag as t };
