import { styleText } from "node:util";
// src/report/paint.ts
/** Colours by the habits of terminals: never with NO_COLOR, always with FORCE_COLOR, else on a TTY that is not dumb. */
function wantsColor(stream, env) {
	if (env.NO_COLOR !== void 0 && env.NO_COLOR !== "") return false;
	if (env.FORCE_COLOR !== void 0 && env.FORCE_COLOR !== "") return env.FORCE_COLOR !== "0";
	return stream.isTTY === true && env.TERM !== "dumb";
}
/** Colours a text where that is wanted. */
function paint(style, text, options) {
	return options.color ? styleText(style, text, { validateStream: false }) : text;
}
/** The colour of an outcome, and of a plan's action. */
const STYLES = {
	built: "green",
	build: "green",
	reused: "cyan",
	reuse: "cyan",
	unchanged: "dim",
	skip: "dim",
	failed: "red",
	skipped: "yellow"
};
/** Pads every cell of a column to the widest; the last column is left as it is. */
function columns(rows) {
	const widths = (rows[0] ?? []).map((_, column) => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)));
	return rows.map((row) => row.map((cell, column) => column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0)));
}
export { wantsColor as i, columns as n, paint as r, STYLES as t };
