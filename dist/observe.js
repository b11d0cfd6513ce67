import { n as stepLines } from "./step-text.js";
// src/steps/observe.ts
/** Shows the builds while they run: in a terminal one live line an image, in the action a folded log at its end. */
async function observe({ host, plan }) {
	const images = new Map(plan.images.filter((image) => image.action === "build").map((image) => [image.name, waiting(image)]));
	const change = (name, extra) => {
		const image = images.get(name);
		if (image) images.set(name, {
			...image,
			...extra
		});
	};
	const progresses = /* @__PURE__ */ new Map();
	const live = await startLiveFor(host, () => [...images.values()].map((image) => withProgress(image, progresses.get(image.name))));
	return {
		started: (name) => change(name, {
			phase: "running",
			started: Date.now(),
			note: ""
		}),
		progressed: (name, progress) => void progresses.set(name, progress),
		finished: (result, log) => {
			change(result.name, {
				phase: result.outcome,
				completed: Date.now(),
				note: result.reason
			});
			host.out.imageLog(result, log.flatMap(stepLines));
		},
		close: () => live?.stop()
	};
}
/** The result of an image that no build was made for. */
function unbuilt(image, outcome, reason) {
	return {
		name: image.name,
		action: image.action,
		outcome,
		reason,
		parents: image.parents,
		started: null,
		completed: null,
		steps: [],
		warnings: [],
		failure: null,
		digest: image.digest,
		size: null,
		previousSize: null,
		tags: []
	};
}
/** The results of a plan in which nothing is built. */
function unbuiltResults(plan) {
	return plan.images.map((image) => unbuilt(image, image.action === "reuse" ? "reused" : "unchanged", image.reason));
}
async function startLiveFor(host, images) {
	const { live: stream, colour: color } = host.out;
	if (!stream || images().length === 0) return null;
	const { startLive } = await import("./live.js");
	return await startLive({
		stream,
		images,
		color,
		redraw: host.kind === "cli" && stream.isTTY === true
	});
}
function waiting(image) {
	const note = image.parents.length > 0 ? `waiting for ${image.parents.join(", ")}` : "waiting";
	return {
		name: image.name,
		phase: "waiting",
		note,
		started: null,
		completed: null,
		progress: null
	};
}
/** The state is folded only when a picture is drawn: progress comes in thousands of lines. */
function withProgress(image, progress) {
	return image.phase === "running" && progress ? {
		...image,
		progress: progress.state()
	} : image;
}
export { unbuilt as n, unbuiltResults as r, observe as t };
