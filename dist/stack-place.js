import { t as ActionError } from "./errors.js";
import { r as imageNames } from "./tags.js";
import path from "node:path";
import { createHash } from "node:crypto";
import { hostname } from "node:os";
// src/steps/stack-place.ts
/** Throws ActionError('input') where the input `stack` is the name of an image. */
async function stackPlace(question) {
	const { source, inputs } = question;
	const { images } = source.stack;
	const places = [...new Set(images.flatMap((image) => prefixesOf(image, inputs.registry)))];
	const taken = new Set(images.map(({ repository }) => repository));
	if (inputs.stack !== "") {
		if (taken.has(inputs.stack)) throw new ActionError("input", `input stack: "${inputs.stack}" is an image of this stack`, ["what belongs to the whole stack lies in a repository of its own: name another one"]);
		return {
			places,
			stack: inputs.stack
		};
	}
	const name = await repositoryName(question);
	return {
		places,
		stack: taken.has(name) ? `${name}-stack` : name
	};
}
function prefixesOf(image, registries) {
	return imageNames(image, registries).map((name) => name.slice(0, -image.repository.length - 1));
}
/** The same on GitHub, in a clone and in a worktree: the name in the address that it was cloned from. */
async function repositoryName({ source, host }) {
	const last = (source.trigger.repository ? null : await source.git?.remoteUrl())?.replace(/\/+$/, "").replace(/\.git$/, "").split(/[/:]/).at(-1);
	return (source.trigger.repository?.name ?? (last || path.basename(host.cwd))).toLowerCase().replace(/[^a-z0-9._-]+/g, "-").replace(/[._-]*([._-])/g, "$1").replace(/^[._-]+|[._-]+$/g, "") || "stack";
}
/** Which run this is, in the words of src/publish/types.ts. The machine's own name stays with it. */
function holderOf({ env }) {
	if (env.GITHUB_RUN_ID) return `github:${env.GITHUB_RUN_ID}.${env.GITHUB_RUN_ATTEMPT ?? 1}`;
	return `local:${createHash("sha256").update(hostname()).digest("hex").slice(0, 12)}.${process.pid}`;
}
export { stackPlace as n, holderOf as t };
