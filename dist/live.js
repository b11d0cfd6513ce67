import { a as formatDuration, i as formatClock, o as formatShare, t as cachedShare } from "./format.js";
import { t as commandSafe } from "./guard.js";
import { t as stepLabel } from "./step-text.js";
// src/report/plain-lines.ts
/** A long step says that it is alive this often, in milliseconds. */
const HEARTBEAT = 3e4;
/**
* What is new since the last call, for output that nobody redraws: a line when an image starts, when it ends, and
* every 30 s while it runs. Each begins with the time since `start`, and is no workflow command.
*/
function plainNews(said, images, start, now) {
	const next = new Map(said);
	const lines = [];
	for (const image of images) {
		const text = news(image, said.get(image.name), now);
		if (text === null) continue;
		next.set(image.name, {
			phase: image.phase,
			at: now
		});
		if (text !== "") lines.push(`[${formatClock(now - start)}] ${commandSafe(`${image.name}: ${text}`)}`);
	}
	return {
		lines,
		said: next
	};
}
/** Null for nothing new; empty for news that is not worth a line. */
function news(image, before, now) {
	if (image.phase !== before?.phase) return image.phase === "waiting" ? "" : changed(image);
	if (image.phase !== "running" || now - before.at < HEARTBEAT) return null;
	return heartbeat(image, now);
}
function changed(image) {
	const note = image.note === "" ? "" : ` (${image.note})`;
	if (image.phase === "running") return `started${note}`;
	if (image.started === null || image.completed === null) return `${image.phase}${note}`;
	const share = cachedShare(image.progress?.steps ?? []);
	return `${image.phase} in ${formatDuration(image.completed - image.started)}${share === null ? "" : `, ${formatShare(share)} cached`}`;
}
function heartbeat(image, now) {
	const step = image.progress?.current ?? null;
	if (step === null) return "still running";
	const time = step.started === null ? "" : `, for ${formatDuration(now - step.started)} now`;
	return `still at ${stepLabel(step)}${time}`;
}
// src/report/live.ts
const REDRAW = 120;
const APPEND = 1e3;
/** Starts showing progress: a line an image redrawn on a TTY, else a line an event with a heartbeat for long steps. */
async function startLive(options) {
	const { stream } = options;
	return (options.redraw ?? stream.isTTY === true) && stream.columns !== 0 && stream.rows !== 0 ? await startRedrawing(options) : startAppending(options);
}
async function startRedrawing({ stream, images, color, now = Date.now }) {
	const [{ createLogUpdate }, { liveLines }] = await Promise.all([import("./log-update.js"), import("./live-lines.js")]);
	const update = createLogUpdate(stream);
	const draw = () => {
		const room = {
			width: stream.columns || 80,
			height: stream.rows || 24,
			color
		};
		update(liveLines(images(), room, now()).join("\n"));
	};
	draw();
	const timer = setInterval(draw, REDRAW);
	const print = (line) => {
		update.clear();
		stream.write(`${line}\n`);
		draw();
	};
	const stop = () => {
		clearInterval(timer);
		draw();
		update.done();
	};
	return {
		print,
		stop
	};
}
function startAppending({ stream, images, now = Date.now }) {
	const start = now();
	let said = /* @__PURE__ */ new Map();
	const append = () => {
		const news = plainNews(said, images(), start, now());
		said = news.said;
		for (const line of news.lines) stream.write(`${line}\n`);
	};
	append();
	const timer = setInterval(append, APPEND);
	const print = (line) => {
		append();
		stream.write(`${line}\n`);
	};
	const stop = () => {
		clearInterval(timer);
		append();
	};
	return {
		print,
		stop
	};
}
export { startLive };
