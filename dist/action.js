import { a as messageOf, n as ActionError, t as nearest } from "./nearest.js";
import { c as SUMMARY_LIMIT, i as loadInputs, r as inputNames, s as renderErrorDetails, t as cancellation, u as ICONS } from "./cancel.js";
import { a as formatDuration } from "./format.js";
import { n as group, r as guarded, t as commandSafe } from "./guard.js";
import { n as visible } from "./visible.js";
import path from "node:path";
import { appendFile, stat } from "node:fs/promises";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { randomBytes } from "node:crypto";
import { availableParallelism, tmpdir } from "node:os";
import * as os from "os";
import * as crypto from "crypto";
import * as fs from "fs";
// node_modules/@actions/core/lib/utils.js
/**
* Sanitizes an input into a string so it can be passed into issueCommand safely
* @param input input to sanitize into a string
*/
function toCommandValue(input) {
	if (input === null || input === void 0) return "";
	else if (typeof input === "string" || input instanceof String) return input;
	return JSON.stringify(input);
}
/**
*
* @param annotationProperties
* @returns The command properties to send with the actual annotation command
* See IssueCommandProperties: https://github.com/actions/runner/blob/main/src/Runner.Worker/ActionCommandManager.cs#L646
*/
function toCommandProperties(annotationProperties) {
	if (!Object.keys(annotationProperties).length) return {};
	return {
		title: annotationProperties.title,
		file: annotationProperties.file,
		line: annotationProperties.startLine,
		endLine: annotationProperties.endLine,
		col: annotationProperties.startColumn,
		endColumn: annotationProperties.endColumn
	};
}
// node_modules/@actions/core/lib/command.js
/**
* Issues a command to the GitHub Actions runner
*
* @param command - The command name to issue
* @param properties - Additional properties for the command (key-value pairs)
* @param message - The message to include with the command
* @remarks
* This function outputs a specially formatted string to stdout that the Actions
* runner interprets as a command. These commands can control workflow behavior,
* set outputs, create annotations, mask values, and more.
*
* Command Format:
*   ::name key=value,key=value::message
*
* @example
* ```typescript
* // Issue a warning annotation
* issueCommand('warning', {}, 'This is a warning message');
* // Output: ::warning::This is a warning message
*
* // Set an environment variable
* issueCommand('set-env', { name: 'MY_VAR' }, 'some value');
* // Output: ::set-env name=MY_VAR::some value
*
* // Add a secret mask
* issueCommand('add-mask', {}, 'secretValue123');
* // Output: ::add-mask::secretValue123
* ```
*
* @internal
* This is an internal utility function that powers the public API functions
* such as setSecret, warning, error, and exportVariable.
*/
function issueCommand(command, properties, message) {
	const cmd = new Command(command, properties, message);
	process.stdout.write(cmd.toString() + os.EOL);
}
const CMD_STRING = "::";
var Command = class {
	constructor(command, properties, message) {
		if (!command) command = "missing.command";
		this.command = command;
		this.properties = properties;
		this.message = message;
	}
	toString() {
		let cmdStr = CMD_STRING + this.command;
		if (this.properties && Object.keys(this.properties).length > 0) {
			cmdStr += " ";
			let first = true;
			for (const key in this.properties) if (this.properties.hasOwnProperty(key)) {
				const val = this.properties[key];
				if (val) {
					if (first) first = false;
					else cmdStr += ",";
					cmdStr += `${key}=${escapeProperty(val)}`;
				}
			}
		}
		cmdStr += `${CMD_STRING}${escapeData(this.message)}`;
		return cmdStr;
	}
};
function escapeData(s) {
	return toCommandValue(s).replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A");
}
function escapeProperty(s) {
	return toCommandValue(s).replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A").replace(/:/g, "%3A").replace(/,/g, "%2C");
}
// node_modules/@actions/core/lib/file-command.js
function issueFileCommand(command, message) {
	const filePath = process.env[`GITHUB_${command}`];
	if (!filePath) throw new Error(`Unable to find environment variable for file command ${command}`);
	if (!fs.existsSync(filePath)) throw new Error(`Missing file at path: ${filePath}`);
	fs.appendFileSync(filePath, `${toCommandValue(message)}${os.EOL}`, { encoding: "utf8" });
}
function prepareKeyValueMessage(key, value) {
	const delimiter = `ghadelimiter_${crypto.randomUUID()}`;
	const convertedValue = toCommandValue(value);
	if (key.includes(delimiter)) throw new Error(`Unexpected input: name should not contain the delimiter "${delimiter}"`);
	if (convertedValue.includes(delimiter)) throw new Error(`Unexpected input: value should not contain the delimiter "${delimiter}"`);
	return `${key}<<${delimiter}${os.EOL}${convertedValue}${os.EOL}${delimiter}`;
}
/**
* The code to exit an action
*/
var ExitCode;
(function(ExitCode) {
	/**
	* A code indicating that the action was successful
	*/
	ExitCode[ExitCode["Success"] = 0] = "Success";
	/**
	* A code indicating that the action was a failure
	*/
	ExitCode[ExitCode["Failure"] = 1] = "Failure";
})(ExitCode || (ExitCode = {}));
/**
* Registers a secret which will get masked from logs
*
* @param secret - Value of the secret to be masked
* @remarks
* This function instructs the Actions runner to mask the specified value in any
* logs produced during the workflow run. Once registered, the secret value will
* be replaced with asterisks (***) whenever it appears in console output, logs,
* or error messages.
*
* This is useful for protecting sensitive information such as:
* - API keys
* - Access tokens
* - Authentication credentials
* - URL parameters containing signatures (SAS tokens)
*
* Note that masking only affects future logs; any previous appearances of the
* secret in logs before calling this function will remain unmasked.
*
* @example
* ```typescript
* // Register an API token as a secret
* const apiToken = "abc123xyz456";
* setSecret(apiToken);
*
* // Now any logs containing this value will show *** instead
* console.log(`Using token: ${apiToken}`); // Outputs: "Using token: ***"
* ```
*/
function setSecret(secret) {
	issueCommand("add-mask", {}, secret);
}
/**
* Gets the value of an input.
* Unless trimWhitespace is set to false in InputOptions, the value is also trimmed.
* Returns an empty string if the value is not defined.
*
* @param     name     name of the input to get
* @param     options  optional. See InputOptions.
* @returns   string
*/
function getInput(name, options) {
	const val = process.env[`INPUT_${name.replace(/ /g, "_").toUpperCase()}`] || "";
	if (options && options.required && !val) throw new Error(`Input required and not supplied: ${name}`);
	if (options && options.trimWhitespace === false) return val;
	return val.trim();
}
/**
* Sets the value of an output.
*
* @param     name     name of the output to set
* @param     value    value to store. Non-string values will be converted to a string via JSON.stringify
*/
function setOutput(name, value) {
	if (process.env["GITHUB_OUTPUT"] || "") return issueFileCommand("OUTPUT", prepareKeyValueMessage(name, value));
	process.stdout.write(os.EOL);
	issueCommand("set-output", { name }, toCommandValue(value));
}
/**
* Sets the action status to failed.
* When the action exits it will be with an exit code of 1
* @param message add error issue message
*/
function setFailed(message) {
	process.exitCode = ExitCode.Failure;
	error(message);
}
/**
* Gets whether Actions Step Debug is on or not
*/
function isDebug() {
	return process.env["RUNNER_DEBUG"] === "1";
}
/**
* Writes debug message to user log
* @param message debug message
*/
function debug(message) {
	issueCommand("debug", {}, message);
}
/**
* Adds an error issue
* @param message error issue message. Errors will be converted to string via toString()
* @param properties optional properties to add to the annotation.
*/
function error(message, properties = {}) {
	issueCommand("error", toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
* Adds a warning issue
* @param message warning issue message. Errors will be converted to string via toString()
* @param properties optional properties to add to the annotation.
*/
function warning(message, properties = {}) {
	issueCommand("warning", toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
* Adds a notice issue
* @param message notice issue message. Errors will be converted to string via toString()
* @param properties optional properties to add to the annotation.
*/
function notice(message, properties = {}) {
	issueCommand("notice", toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
* Saves state for current action, the state can only be retrieved by this action's post job execution.
*
* @param     name     name of the state to store
* @param     value    value to store. Non-string values will be converted to a string via JSON.stringify
*/
function saveState(name, value) {
	if (process.env["GITHUB_STATE"] || "") return issueFileCommand("STATE", prepareKeyValueMessage(name, value));
	issueCommand("save-state", { name }, toCommandValue(value));
}
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
	if (isDebug() || !(error instanceof ActionError || error instanceof Error)) print(guarded(renderErrorDetails(error), token()));
}
function actionOut(env) {
	return {
		info: (line) => print(commandSafe(line)),
		notice: (line) => notice(visible(line)),
		warning: (line, place) => warning(line, annotation(place)),
		error: (line, place) => error(line, annotation(place)),
		debug: (line) => debug(visible(line)),
		imageLog: (result, lines) => {
			const time = result.started && result.completed ? ` in ${formatDuration(result.completed - result.started)}` : "";
			print(group(`${ICONS[result.outcome]} ${result.name}: ${result.outcome}${time}`, lines, token()).join("\n"));
		},
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
