import { t as ActionError } from "./errors.js";
import { statSync } from "node:fs";
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
// src/tools/exec.ts
const stderrLimit = 65536;
/** GitHub's runner gives 7.5 s between its SIGINT and SIGTERM: a group that ignores ours has to be gone before. */
const graceMilliseconds = 5e3;
const running = /* @__PURE__ */ new Set();
/** Runs a child to its end, whatever its exit code. Throws ActionError only where it cannot start or the run is cancelled. */
async function execute(command) {
	if (command.signal?.aborted) throw cancelled(command);
	const child = start(command);
	running.add(child);
	const stop = () => endGroup(child);
	command.signal?.addEventListener("abort", stop, { once: true });
	try {
		const ended = await collect(child, command);
		if (command.signal?.aborted) throw cancelled(command);
		return ended;
	} finally {
		running.delete(child);
		command.signal?.removeEventListener("abort", stop);
		if (command.signal?.aborted) signalGroup(child, "SIGKILL");
	}
}
/** Runs a child that has to succeed and gives its standard output. Throws ActionError with its last lines of stderr. */
async function output(command) {
	const ended = await execute(command);
	if (ended.status !== 0) throw failure(command, ended);
	return ended.stdout;
}
/** The error of a child that failed: how it ended (a signal counts, also with nothing on stderr) and its last lines. */
function failure(command, ended) {
	const lines = ended.stderr.split("\n").map((line) => line.trimEnd()).filter(Boolean);
	const how = ended.signal ? `was ended by ${ended.signal}` : `ended with exit code ${ended.status}`;
	const verb = command.args.find((argument) => /^[a-z][a-z-]*$/.test(argument)) ?? "";
	const name = command.title ?? `${command.file.split("/").at(-1)} ${verb}`.trim();
	return new ActionError(command.code ?? "build", `${name} ${how}${lines.length ? `: ${lines.at(-1)}` : ""}`, lines.slice(-8, -1));
}
/** Ends all children that still run, at once; for the last moment of a process. */
function killAll() {
	for (const child of running) signalGroup(child, "SIGKILL");
}
function start(command) {
	try {
		return spawn(command.file, command.args, {
			cwd: command.cwd,
			env: { ...command.env },
			detached: true,
			stdio: [
				command.input === void 0 ? "ignore" : "pipe",
				"pipe",
				"pipe"
			]
		});
	} catch (cause) {
		throw notStarted(command, cause instanceof Error ? cause : new Error(String(cause)));
	}
}
async function collect(child, command) {
	const stdout = [];
	let stderr = "";
	const keep = (line) => {
		stderr += `${line}\n`;
		if (stderr.length > 2 * stderrLimit) stderr = stderr.slice(-65536);
		command.onStderr?.(line);
	};
	const { onStdout } = command;
	if (onStdout) createInterface({
		input: child.stdout,
		crlfDelay: Number.POSITIVE_INFINITY
	}).on("line", onStdout);
	else child.stdout.on("data", (chunk) => stdout.push(chunk));
	const lines = createInterface({
		input: child.stderr,
		crlfDelay: Number.POSITIVE_INFINITY
	}).on("line", keep);
	const drained = new Promise((resolve) => lines.once("close", resolve));
	if (command.input !== void 0) {
		child.stdin.on("error", () => void 0);
		child.stdin.end(command.input);
	}
	const [status, signal] = await new Promise((resolve, reject) => {
		child.once("error", (cause) => reject(notStarted(command, cause)));
		child.once("close", (code, name) => resolve([code, name]));
	});
	await drained;
	return {
		status,
		signal,
		stdout: Buffer.concat(stdout),
		stderr: stderr.slice(-65536)
	};
}
function endGroup(child) {
	signalGroup(child, "SIGINT");
	setTimeout(() => running.has(child) && signalGroup(child, "SIGKILL"), graceMilliseconds).unref();
}
function signalGroup(child, signal) {
	try {
		if (child.pid) process.kill(-child.pid, signal);
	} catch {}
}
function notStarted(command, cause) {
	const message = !statSync(command.cwd, { throwIfNoEntry: false })?.isDirectory() ? `${command.file} could not be started: ${command.cwd} is not a folder` : cause.code === "ENOENT" ? `${command.file} is not installed (or not on PATH)` : `${command.file} could not be started: ${cause.message}`;
	return new ActionError(command.code ?? "build", message, [], { cause });
}
function cancelled(command) {
	return new ActionError("cancelled", `the run was cancelled while ${command.file.split("/").at(-1)} ran`);
}
export { output as i, failure as n, killAll as r, execute as t };
