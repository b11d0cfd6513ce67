#!/usr/bin/env node
import { t as ActionError } from "./errors.js";
import { a as renderError, i as loadInputs, n as booleanInputs, o as renderErrorDetails, r as inputNames, t as cancellation } from "./cancel.js";
import { t as nearest } from "./nearest.js";
import { i as wantsColor } from "./paint.js";
import { n as graphKinds, t as run } from "./run.js";
import { n as visible } from "./visible.js";
import path from "node:path";
import { availableParallelism, tmpdir } from "node:os";
import { existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { parseArgs } from "node:util";
// src/tools/usage.ts
/** What `--help` prints. */
const usage = `usage: buildx-action plan|build|merge|cleanup|lock [IMAGE…] [options]
       buildx-action diff REV1 REV2 [IMAGE…] [options]
       buildx-action promote|revert|release [IMAGE…] --from TAG --to TAG [options]

  plan               decide what would be built, taken or left, and why
  build              build it: the images named (and their parents), else the whole stack
  merge              join what several builds pushed by digest (--digests) into one index an image, then set the tags
  lock               relock what is stale: conda-lock.yml, conda-<platform>.lock and packages.txt in the images' folders
  diff               which packages differ between the locks of two commits or tags
  promote            point a tag (--to) at what another tag or a commit (--from) points at; builds nothing
  revert             point a tag back at a tag, a commit or what it was (--to previous)
  release            give what the commit of a git tag (--from) published that tag
  cleanup            which old tags of caches and fingerprints would go; --dry-run=false removes them
  history            what was published: images and sizes, what stands on what, since when it has a package, who moved tags

  --repo DIR         the repository's root (default: this folder)
  --base REV         compare with this revision; without it every image is planned as changed
  --head REV         plan the files of this revision instead of the work tree
  --event-name NAME  --event-path FILE   decide as GitHub's event would
  --format text|json
  --explain [IMAGE]  with plan: all that decides about an image; without a name: what was found and left out
  --graph KIND       with plan: the graph as text, mermaid or dot
  --check            with lock: relock nothing, fail where a lock is stale or breaks the rules (--lock-mode check)
  --render           with lock: explicit locks and package lists from the locks, without solving (--lock-mode render)
  --dry-run          decide as a build would, and stop there
  --quiet            no progress    --debug    all that is known

  Each input of the action is an option of the same name: --path, --registry, --platforms, --build-args, --push, …
  An option for a list can be given several times. See README.md.

exit code: 0 done, 1 failed, 2 wrong usage
`;
// src/tools/command-line.ts
const commands = [
	"plan",
	"build",
	"merge",
	"lock",
	"diff",
	"release",
	"promote",
	"revert",
	"history",
	"cleanup"
];
const ownOptions = {
	repo: { type: "string" },
	base: { type: "string" },
	head: { type: "string" },
	"event-name": { type: "string" },
	"event-path": { type: "string" },
	format: { type: "string" },
	explain: { type: "string" },
	graph: { type: "string" },
	check: { type: "boolean" },
	render: { type: "boolean" },
	quiet: { type: "boolean" },
	debug: { type: "boolean" },
	help: {
		type: "boolean",
		short: "h"
	}
};
/** Runs a command line and gives its exit code: 0 done, 1 failed, 2 wrong usage. */
async function commandLine(argv) {
	let debug = argv.includes("--debug");
	process.stdout.on("error", (error) => process.exit(error.code === "EPIPE" ? 0 : 1));
	try {
		const { flags, positionals } = withRevisions(parse(argv));
		debug = flags.debug === true;
		const [command, ...images] = positionals;
		if (flags.help || command === void 0) {
			process.stdout.write(usage);
			return flags.help ? 0 : 2;
		}
		const host = commandHost(flags);
		const verdict = await run(readInputs(command, images, flags), host);
		if (!verdict.ok) process.stderr.write(`${renderError(new ActionError("build", verdict.message, verdict.details), { color: host.out.colour })}\n`);
		return verdict.ok ? 0 : 1;
	} catch (error) {
		process.stderr.write(`${debug ? renderErrorDetails(error) : renderError(error, { color: wantsColor(process.stderr, process.env) })}\n`);
		return error instanceof ActionError && ["usage", "input"].includes(error.code) ? 2 : 1;
	}
}
function parse(argv) {
	const inputs = inputNames.map((name) => [name, {
		type: "string",
		multiple: true
	}]);
	const options = {
		...Object.fromEntries(inputs),
		...ownOptions
	};
	try {
		const { values, positionals } = parseArgs({
			args: withValues(argv),
			options,
			allowPositionals: true,
			strict: true
		});
		return {
			flags: values,
			positionals
		};
	} catch (cause) {
		const message = cause instanceof Error ? cause.message : "";
		const unknown = /'--?([^'=\s]+)/.exec(message)?.[1] ?? "";
		const guesses = nearest(unknown, [...inputNames, ...Object.keys(ownOptions)]).map((name) => `--${name}`);
		const remedy = guesses.length > 0 ? `did you mean ${guesses.join(" or ")}?` : "see buildx-action --help";
		throw new ActionError("usage", message.split(". ")[0] ?? "", [remedy]);
	}
}
/** Switches may stand alone (`--push`), negated (`--no-push`) or with a value (`--push=auto`, `--push false`). */
function withValues(argv) {
	const words = [...argv];
	const given = [];
	for (let word = words.shift(); word !== void 0; word = words.shift()) {
		if (word === "--") return [
			...given,
			word,
			...words
		];
		const name = word.startsWith("--") ? word.slice(2) : "";
		const negated = name.replace(/^no-/, "");
		if (isSwitch(name)) given.push(`${word}=${/^(true|false|auto)$/.test(words[0] ?? "") ? words.shift() : "true"}`);
		else if (word === "--explain" && !/^[^-]/.test(words[0] ?? "")) given.push("--explain=");
		else if (name !== negated && isSwitch(negated)) given.push(`--${negated}=false`);
		else given.push(word);
	}
	return given;
}
function isSwitch(name) {
	return booleanInputs.some((input) => input === name);
}
/** `diff REV1 REV2 [IMAGE…]`: the first two words are what `--base` and `--head` name elsewhere. */
function withRevisions({ flags, positionals }) {
	const [command, base, head, ...images] = positionals;
	if (command !== "diff" || flags.help) return {
		flags,
		positionals
	};
	if (base === void 0 || head === void 0 || flags.base !== void 0 || flags.head !== void 0) throw new ActionError("usage", "diff compares two commits or tags", ["buildx-action diff REV1 REV2 [IMAGE…]"]);
	return {
		flags: {
			...flags,
			base,
			head
		},
		positionals: [command, ...images]
	};
}
/** Options that one command alone knows. */
const commandOf = {
	explain: "plan",
	graph: "plan",
	check: "lock",
	render: "lock"
};
function refuseMisplaced(command, flags) {
	const wrong = Object.keys(commandOf).find((name) => flags[name] !== void 0 && commandOf[name] !== command);
	if (wrong) throw new ActionError("usage", `--${wrong} goes with ${commandOf[wrong]}, not with ${command}`);
	if (flags.command !== void 0) throw new ActionError("usage", `--command does not go with the command ${command}`, ["the command is the first word: leave --command out"]);
	const modes = [
		"check",
		"render",
		"lock-mode"
	].filter((name) => flags[name] !== void 0);
	if (modes.length > 1) throw new ActionError("usage", `${modes.map((name) => `--${name}`).join(" and ")} do not go together`, ["--check is --lock-mode check, --render is --lock-mode render: give one of them"]);
}
function readInputs(command, images, flags) {
	if (!commands.some((known) => known === command)) {
		const [guess] = nearest(command, commands);
		throw new ActionError("usage", `"${command}" is no command`, [guess ? `did you mean ${guess}?` : `there are ${commands.join(", ")}`]);
	}
	refuseMisplaced(command, flags);
	const text = (name) => {
		if (name === "command") return command;
		const values = flags[name];
		if (name === "images") return [...images, ...Array.isArray(values) ? values : []].join("\n");
		if (name === "github-token") return Array.isArray(values) ? String(values.at(-1)) : process.env.GITHUB_TOKEN ?? "";
		if (name === "lock-mode" && (flags.check || flags.render)) return flags.check ? "check" : "render";
		if (!Array.isArray(values)) return "";
		return booleanInputs.includes(name) ? String(values.at(-1)) : values.join("\n");
	};
	return loadInputs(text, availableParallelism());
}
function commandHost(flags) {
	const word = (name) => typeof flags[name] === "string" ? flags[name] : null;
	const cwd = path.resolve(word("repo") ?? ".");
	if (!existsSync(cwd) || !statSync(cwd).isDirectory()) throw new ActionError("usage", `--repo: "${cwd}" is not a folder`);
	const format = word("format") ?? "text";
	if (format !== "text" && format !== "json") throw new ActionError("usage", `--format: "${format}" is not a format`, ["it can be text or json"]);
	const name = word("event-name");
	const file = word("event-path");
	if (name === null !== (file === null)) throw new ActionError("usage", "--event-name and --event-path go together");
	const real = file !== null && file === process.env.GITHUB_EVENT_PATH;
	const temp = mkdtempSync(path.join(tmpdir(), "buildx-action-"));
	process.on("exit", () => rmSync(temp, {
		recursive: true,
		force: true
	}));
	return {
		kind: "cli",
		env: process.env,
		cwd,
		temp,
		kept: temp,
		event: {
			name: name ?? "local",
			path: file,
			ref: real ? process.env.GITHUB_REF ?? "" : "",
			sha: real ? process.env.GITHUB_SHA ?? "" : "",
			base: word("base"),
			head: word("head")
		},
		signal: cancellation(),
		view: commandView(word("explain"), word("graph"), format),
		out: commandOut({
			json: format === "json",
			quiet: flags.quiet === true,
			debug: flags.debug === true
		})
	};
}
function commandView(explain, graph, format) {
	if (graph !== null && (explain !== null || format === "json")) throw new ActionError("usage", `--graph does not go with ${explain === null ? "--format json" : "--explain"}`, ["a drawing is all that is printed: leave one of them out"]);
	const kind = graphKinds.find((known) => known === graph) ?? null;
	if (graph !== null && kind === null) throw new ActionError("usage", `--graph: "${graph}" is no kind of drawing`, [`it can be ${graphKinds.join(" or ")}`]);
	return {
		explain,
		graph: kind
	};
}
/** A terminal: the result on standard output, all else on standard error. */
function commandOut({ json, quiet, debug }) {
	const say = (line) => void process.stderr.write(`${line}\n`);
	return {
		info: (line) => quiet || say(visible(line)),
		notice: (line) => quiet || say(`note: ${visible(line)}`),
		warning: (line, place) => place || say(`warning: ${visible(line)}`),
		error: (line, place) => place || say(`error: ${visible(line)}`),
		debug: (line) => debug && say(`debug: ${visible(line)}`),
		imageLog: (_result, lines) => debug && say(lines.join("\n")),
		mask: () => void 0,
		output: () => void 0,
		result: async (forms) => void process.stdout.write(json ? `${JSON.stringify(forms.json, null, 2)}\n` : forms.text.endsWith("\n") ? forms.text : `${forms.text}\n`),
		state: () => void 0,
		live: quiet ? null : process.stderr,
		colour: wantsColor(json ? process.stderr : process.stdout, process.env)
	};
}
// src/cli.ts
process.exitCode = await commandLine(process.argv.slice(2));
export {};
