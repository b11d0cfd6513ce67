import { t as stringWidth } from "./string-width.js";
import { a as formatDuration, i as formatClock, r as formatBytes } from "./format.js";
import { r as paint, t as STYLES } from "./paint.js";
import { n as visible } from "./visible.js";
// src/report/live-lines.ts
const BAR = 16;
const NAME = 40;
/**
* A line an image, none wider than the terminal: name, bar, steps, the current step, its time. Where there are more
* images than lines, those that run are shown and the others counted.
*/
function liveLines(images, room, now) {
	const limit = Math.max(2, room.height - 1);
	const active = images.filter((image) => image.phase === "running" || image.phase === "failed");
	const shown = images.length <= limit ? images : active.slice(0, limit - 1);
	const names = Math.min(NAME, Math.max(0, ...shown.map((image) => stringWidth(visible(image.name)))));
	const lines = shown.map((image) => liveLine(image, names, room, now));
	return shown.length === images.length ? lines : [...lines, clip(hiddenText(images, shown), room.width)];
}
/** Shows bytes of a download or an upload from this size on. */
const BYTES_FROM = 1e6;
/** `8/12  RUN make  412 MB / 1.2 GB`: what an image does at the moment, on one line, nothing hidden. */
function stepText(progress) {
	const { current, bytes } = progress;
	if (current === null) return "";
	const place = current.number === null ? "" : `${current.number}/${current.total}  `;
	const moved = bytes !== null && bytes.total >= BYTES_FROM ? `  ${formatBytes(bytes.current)} / ${formatBytes(bytes.total)}` : "";
	return `${place}${visible(current.name)}${moved}`;
}
/** Cuts a text to a number of terminal columns; wide characters count two. */
function clip(text, width) {
	if (stringWidth(text) <= width) return text;
	let cut = "";
	let used = 1;
	for (const { segment } of new Intl.Segmenter().segment(text)) {
		used += stringWidth(segment);
		if (used > width) break;
		cut += segment;
	}
	return width < 1 ? "" : `${cut}…`;
}
function liveLine(image, names, room, now) {
	const name = pad(clip(visible(image.name), names), names);
	if (image.phase !== "running" || image.progress === null) return settledLine(image, name, room);
	const time = image.started === null ? "" : formatClock(now - image.started);
	const left = `${name}  ${room.width >= 60 ? `${bar(image.progress.steps)}  ` : ""}${stepText(image.progress)}`;
	const wide = Math.max(0, room.width - time.length - 2);
	return clip(`${pad(clip(left, wide), wide)}  ${time}`, room.width);
}
/** An image that waits or has ended. Colour comes last: it has no width. */
function settledLine(image, name, room) {
	const took = image.started === null || image.completed === null ? "" : ` in ${formatDuration(image.completed - image.started)}`;
	const word = image.phase === "waiting" || image.phase === "running" ? "" : `${image.phase}${took}`;
	const text = clip([
		name,
		word,
		word === "" || took === "" ? visible(image.note) : ""
	].filter((part) => part !== "").join("  "), room.width);
	return image.phase === "waiting" || image.phase === "running" ? paint("dim", text, room) : paint(STYLES[image.phase], text, room);
}
function bar(steps) {
	const counted = steps.filter((step) => step.number !== null);
	const done = counted.filter((step) => step.completed !== null).length;
	const full = counted.length === 0 ? 0 : Math.floor(BAR * done / counted.length);
	return "█".repeat(full) + "░".repeat(BAR - full);
}
function hiddenText(images, shown) {
	return `and ${[...Map.groupBy(images.filter((image) => !shown.includes(image)), (image) => image.phase)].map(([phase, group]) => `${group.length} ${phase}`).join(", ")}`;
}
function pad(text, width) {
	return text + " ".repeat(Math.max(0, width - stringWidth(text)));
}
export { clip, liveLines };
