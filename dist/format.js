// src/report/format.ts
/** Seconds, minutes and hours as people say them: `0.4 s`, `41 s`, `3 m 02 s`, `1 h 05 m`. Takes milliseconds. */
function formatDuration(milliseconds) {
	const tenths = Math.max(0, Math.round(milliseconds / 100));
	if (tenths < 100) return `${(tenths / 10).toFixed(1)} s`;
	const seconds = Math.round(tenths / 10);
	if (seconds < 60) return `${seconds} s`;
	const minutes = Math.floor(seconds / 60);
	if (minutes < 60) return `${minutes} m ${pad(seconds % 60)} s`;
	return `${Math.floor(minutes / 60)} h ${pad(minutes % 60)} m`;
}
/** `1:42`, `1:02:03`: for a line that is redrawn. Takes milliseconds. */
function formatClock(milliseconds) {
	const seconds = Math.max(0, Math.floor(milliseconds / 1e3));
	const minutes = Math.floor(seconds / 60);
	if (minutes < 60) return `${minutes}:${pad(seconds % 60)}`;
	return `${Math.floor(minutes / 60)}:${pad(minutes % 60)}:${pad(seconds % 60)}`;
}
const UNITS = [
	"B",
	"kB",
	"MB",
	"GB",
	"TB"
];
/** Bytes in decimal units, as registries and buildx count: `512 B`, `412 MB`, `4.1 GB`. */
function formatBytes(bytes) {
	let [value, unit] = [Math.max(0, bytes), 0];
	while (unit < UNITS.length - 1 && value >= (unit === 0 ? 1e3 : 999.5)) [value, unit] = [value / 1e3, unit + 1];
	const digits = unit > 0 && value < 9.95 ? 1 : 0;
	return `${value.toFixed(digits)} ${UNITS[unit]}`;
}
/** A size and its change against before: `4.1 GB (+38 MB)`; the size alone where nothing is known or nothing changed. */
function formatSize(bytes, before) {
	const change = before === null ? 0 : bytes - before;
	if (change === 0) return formatBytes(bytes);
	return `${formatBytes(bytes)} (${change > 0 ? "+" : "−"}${formatBytes(Math.abs(change))})`;
}
/** A share between 0 and 1 as `61 %`; only the whole is 100 % and only nothing is 0 %. */
function formatShare(share) {
	const percent = Math.round(share * 100);
	if (percent >= 100 && share < 1) return "99 %";
	if (percent <= 0 && share > 0) return "1 %";
	return `${percent} %`;
}
/** `sha256:8f1c2d3e4a5b…`: enough to tell digests apart in a table. */
function shortDigest(digest) {
	const [algorithm, hex] = digest.split(":");
	return hex === void 0 || hex.length <= 12 ? digest : `${algorithm}:${hex.slice(0, 12)}…`;
}
/** The share of an image's instructions that came from the cache, 0 to 1; `FROM` runs nothing and does not count. */
function cachedShare(steps) {
	const counted = steps.filter((step) => step.number !== null && step.completed !== null && !/^FROM /i.test(step.name));
	if (counted.length === 0) return null;
	return counted.filter((step) => step.cached).length / counted.length;
}
/** `3/7`, with stage and platform where there are several: `stage-1 3/7, linux/arm64`; empty for an unnumbered step. */
function stepPlace(step) {
	if (step.number === null) return "";
	const place = `${step.stage ? `${step.stage} ` : ""}${step.number}/${step.total}`;
	return step.platform ? `${place}, ${step.platform}` : place;
}
/** `1 image`, `2 images`. */
function count(number, noun) {
	return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
function pad(number) {
	return String(number).padStart(2, "0");
}
export { formatDuration as a, shortDigest as c, formatClock as i, stepPlace as l, count as n, formatShare as o, formatBytes as r, formatSize as s, cachedShare as t };
