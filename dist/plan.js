// src/stack/plan.ts
/** Why an image is taken in a second run of its commit. */
const publishedReason = "this commit’s image is published already";
/**
* A decision for every image of the stack, with its reason. Pure: what the registry holds is not asked here
* (`resolveReuse`), so a `reuse` may yet become a build.
*/
function makePlan(question) {
	const { stack } = question;
	const selected = (name) => question.selected?.has(name) ?? true;
	const built = new Set(stack.images.filter((image) => selected(image.name) && question.changed.has(image.name) && !image.skip).map((image) => image.name));
	const needed = new Set(stack.images.filter((image) => built.has(image.name)).flatMap((image) => image.parents.map((parent) => parent.name)));
	const decide = (image) => {
		const unchanged = question.left?.get(image.name) ?? question.unchanged;
		if (built.has(image.name)) return ["build", question.changed.get(image.name) ?? "changed"];
		if (image.skip) return ["skip", "spec.yml says skip"];
		if (needed.has(image.name)) return ["reuse", `${unchanged}, needed by ${namesOf(childrenOf(stack, image, built))}`];
		if (question.publishes && selected(image.name)) return ["reuse", unchanged];
		return ["skip", selected(image.name) ? unchanged : "not asked for"];
	};
	const planned = stack.images.map((image) => {
		const [action, reason] = decide(image);
		return {
			name: image.name,
			dockerfile: image.dockerfile,
			path: image.path,
			parents: [...new Set(image.parents.map((parent) => parent.name))],
			external: image.external,
			action,
			reason,
			relock: image.lockSources.some((source) => question.changedFiles.has(source)),
			lockSources: image.lockSources,
			fingerprint: null,
			tags: action === "skip" ? [] : question.tags(image),
			digest: null,
			...action === "build" && question.aged?.has(image.name) ? { afresh: true } : {}
		};
	});
	const position = new Map(stack.order.map((name, at) => [name, at]));
	return {
		images: planned.sort((a, b) => (position.get(a.name) ?? 0) - (position.get(b.name) ?? 0)),
		order: stack.order
	};
}
/**
* The plan once the registry was asked: a `reuse` with its digest, or a build where nothing published can be taken.
* An image that becomes a build needs its own parents: those that were skipped are asked for too, by `digestOf`.
* `already` gives the digest of what this very commit published before (a re-run): it is taken, never built again.
*/
async function resolvePlan(plan, { digestOf, already, missing, tagsOf }) {
	const byName = new Map(plan.images.map((image) => [image.name, image]));
	const resolveOne = async (image) => {
		if (image.action === "skip" || image.digest) return image;
		const done = await already(image.name);
		if (done) return {
			...image,
			action: "reuse",
			reason: publishedReason,
			digest: done
		};
		if (image.action === "build") return image;
		const digest = await digestOf(image.name);
		return digest ? {
			...image,
			digest
		} : {
			...image,
			action: "build",
			reason: `${missing} (${image.reason})`
		};
	};
	for (let open = plan.images.filter((image) => image.action !== "skip"); open.length > 0;) {
		const resolved = await Promise.all(open.map(resolveOne));
		for (const image of resolved) byName.set(image.name, image);
		open = resolved.filter((image) => image.action === "build").flatMap((image) => image.parents.map((parent) => ({
			parent: byName.get(parent),
			child: image.name
		}))).filter(({ parent }) => parent?.action === "skip").map(({ parent, child }) => ({
			...parent,
			action: "reuse",
			reason: `needed by ${child}`,
			tags: tagsOf?.(parent?.name ?? "") ?? []
		})).filter((image, at, all) => all.findIndex((other) => other.name === image.name) === at);
	}
	return {
		...plan,
		images: plan.images.map((image) => byName.get(image.name) ?? image)
	};
}
function childrenOf(stack, parent, among) {
	return stack.images.filter((image) => among.has(image.name) && image.parents.some((edge) => edge.name === parent.name)).map((image) => image.name);
}
function namesOf(names) {
	return names.length <= 3 ? names.join(", ") : `${names.slice(0, 2).join(", ")} and ${names.length - 2} more`;
}
export { publishedReason as n, resolvePlan as r, makePlan as t };
