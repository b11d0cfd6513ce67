import { a as isDebug, c as setFailed, d as warning, l as setOutput, n as error, o as notice, r as getInput, s as saveState, t as debug, u as setSecret } from "./core.js";
import { i as messageOf, t as ActionError } from "./errors.js";
import { i as loadInputs, o as renderErrorDetails, r as inputNames, t as cancellation } from "./cancel.js";
import { t as nearest } from "./nearest.js";
import { n as guarded, r as imageGroup, t as commandSafe } from "./guard.js";
import { n as visible } from "./visible.js";
import { t as SUMMARY_LIMIT } from "./sections.js";
import { appendFile, stat } from "node:fs/promises";
import path from "node:path";
import { randomBytes } from "node:crypto";
import { availableParallelism, tmpdir } from "node:os";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
// src/tools/summary-file.ts
/** A summary that is not worth writing: the title alone needs more. Bytes. */
const LEAST = 4096;
/**
* Appends Markdown to the file that GITHUB_STEP_SUMMARY names. `render` gets the bytes that are left below GitHub's
* limit. Returns why nothing was written, null when it was: a run does not fail for its report.
*/
async function appendSummary(path, render) {
	try {
		const { size } = await stat(path);
		const room = SUMMARY_LIMIT - size;
		if (room < LEAST) return `no summary: ${size} bytes of GitHub's 1 MiB are used already`;
		await appendFile(path, render(room), "utf8");
		return null;
	} catch (error) {
		return `no summary: ${messageOf(error)}`;
	}
}
// src/tools/action.ts
/** The action's side of a run: GitHub's files and commands. */
function actionHost() {
	const { env } = process;
	const cwd = env.GITHUB_WORKSPACE || process.cwd();
	const home = env.RUNNER_TEMP || tmpdir();
	mkdirSync(home, { recursive: true });
	const kept = mkdtempSync(path.join(home, "buildx-action-"));
	const temp = path.join(kept, "temp");
	mkdirSync(temp, { mode: 448 });
	process.on("exit", () => rmSync(temp, {
		recursive: true,
		force: true
	}));
	return {
		kind: "action",
		env,
		cwd,
		temp,
		kept,
		event: {
			name: env.GITHUB_EVENT_NAME ?? "",
			path: env.GITHUB_EVENT_PATH || null,
			ref: env.GITHUB_REF ?? "",
			sha: env.GITHUB_SHA ?? "",
			base: null,
			head: null
		},
		signal: cancellation(),
		out: actionOut(env)
	};
}
/** The inputs of the step. A name that is no input is told with the nearest one: the runner itself only warns in passing. */
function readActionInputs() {
	const known = new Set(inputNames.map((name) => `INPUT_${name.toUpperCase()}`));
	const unknown = Object.keys(process.env).filter((name) => name.startsWith("INPUT_") && !known.has(name));
	for (const name of unknown) {
		const [guess] = nearest(name.slice(6).toLowerCase(), inputNames);
		if (guess) warning(commandSafe(`there is no input ${name.slice(6).toLowerCase()}: did you mean ${guess}?`));
	}
	const inputs = loadInputs((name) => getInput(name, { trimWhitespace: false }), availableParallelism());
	if (inputs.githubToken) setSecret(inputs.githubToken);
	return inputs;
}
/** The end of a red step: one clear line as annotation, the rest in the log. */
function fail(error) {
	const details = error instanceof ActionError ? error.details : [];
	setFailed([messageOf(error), ...details].map(visible).join("\n"));
	if (isDebug() || !(error instanceof ActionError)) print(guarded(renderErrorDetails(error), token()));
}
function actionOut(env) {
	return {
		info: (line) => print(commandSafe(line)),
		notice: (line) => notice(visible(line)),
		warning: (line, place) => warning(line, annotation(place)),
		error: (line, place) => error(line, annotation(place)),
		debug: (line) => debug(visible(line)),
		imageLog: (result, lines) => print(imageGroup(result, lines, token()).join("\n")),
		mask: setSecret,
		output: setOutput,
		result: async ({ text, markdown }) => {
			print(guarded(text, token()));
			const problem = env.GITHUB_STEP_SUMMARY ? await appendSummary(env.GITHUB_STEP_SUMMARY, markdown) : null;
			if (problem) warning(visible(problem));
		},
		state: saveState,
		live: process.stdout,
		colour: false
	};
}
function annotation(place) {
	if (!place) return {};
	return {
		file: place.file,
		...place.line ? { startLine: place.line } : {},
		...place.title ? { title: place.title } : {}
	};
}
function print(text) {
	process.stdout.write(`${text}\n`);
}
/** Fresh for every guard, so that no text can know it. */
function token() {
	return randomBytes(16).toString("hex");
}
export { fail as n, readActionInputs as r, actionHost as t };
