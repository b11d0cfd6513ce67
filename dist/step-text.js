import { a as formatDuration, l as stepPlace } from "./format.js";
import { n as visible } from "./visible.js";
// src/report/step-text.ts
/** A step's head line, its output indented below, and its error: the body of an image's log. */
function stepLines(step) {
	const body = step.log.lines.map((line) => `   ${visible(line)}`);
	const dropped = step.log.dropped > 0 ? [`   (${step.log.dropped} earlier lines left out)`] : [];
	const error = step.error === null ? [] : [`   error: ${visible(step.error)}`];
	return [
		`${stepLabel(step)}${stepEnd(step)}`,
		...dropped,
		...body,
		...error
	];
}
/** `[stage-1 3/7] RUN make`, on one line, nothing hidden. */
function stepLabel(step) {
	const place = stepPlace(step);
	return place === "" ? visible(step.name) : `[${visible(place)}] ${visible(step.name)}`;
}
function stepEnd(step) {
	if (step.cached) return " · cached";
	if (step.started === null) return " · did not run";
	return step.completed === null ? "" : ` · ${formatDuration(step.completed - step.started)}`;
}
export { stepLines as n, stepLabel as t };
