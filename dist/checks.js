import { i as messageOf, t as ActionError } from "./errors.js";
import { n as isInside } from "./inside.js";
import { n as testsOf } from "./tests.js";
import { t as plannedPlatforms } from "./platforms.js";
import { lstat } from "node:fs/promises";
import path from "node:path";
// src/check/failed.ts
/** An image's tests failed, or could not run. `report` is null where there is none. */
var TestsFailed = class extends Error {
	failure;
	report;
	manifest;
	constructor(failure, report, manifest) {
		super(failure.message);
		this.failure = failure;
		this.report = report;
		this.manifest = manifest;
	}
};
// src/steps/batch.ts
/** An image of a batch failed, or several: none of it is to be had. */
var BatchFailed = class extends Error {
	/** Why, by image. */
	errors;
	/** All of it may pass by itself. */
	transient;
	constructor(errors) {
		const told = [...errors].map(([name, error]) => (errors.size > 1 ? `${name}: ` : "") + messageOf(error));
		super(told.join("; "));
		this.errors = errors;
		this.transient = [...errors.values()].every((error) => error.transient === true);
	}
};
/** Does something for each image, for all at once. Throws BatchFailed. */
async function each(builds, work) {
	const settled = await Promise.allSettled(builds.map(work));
	refuseFailed(builds.flatMap((build, at) => {
		const one = settled[at];
		return one?.status === "rejected" ? [{
			build,
			error: one.reason
		}] : [];
	}));
	return new Map(builds.flatMap((build, at) => {
		const one = settled[at];
		return one?.status === "fulfilled" ? [[build, one.value]] : [];
	}));
}
/** Throws where any failed. */
function refuseFailed(failed) {
	if (failed.length === 0) return;
	throw new BatchFailed(new Map(failed.map(({ build, error }) => [build.planned.name, error])));
}
/** What failed of an image by an error of its batch; undefined where another image is the cause. */
function errorOf(error, { planned }) {
	return error instanceof BatchFailed ? error.errors.get(planned.name) : error;
}
// src/check/harness.ts
/** Where the parts of a check are in the image that is checked. All of it goes with the container. */
const places = {
	out: "/.buildx-action/out",
	run: "/.buildx-action/run",
	tests: "/.buildx-action/tests"
};
/**
* What runs tests in an image, in the POSIX shell alone: what else an image lacks costs a feature, never the verdict. Every
* case leaves files `<group>-<number>.*`: status, log, seconds, reports/, and of a file that was found its kind and name.
*/
const harness = `out=${places.out} run=${places.run} tests=${places.tests}
n=0
export tests

has() { command -v "$1" > /dev/null 2>&1; }
clock() { if has date; then date +%s; else echo 0; fi; }

begin() {
  n=$((n + 1))
  id=$out/$group-$n
  TEST_REPORTS=$id.reports
  export TEST_REPORTS
  mkdir -p "$TEST_REPORTS" 2> /dev/null || :
}

begin_file() {
  begin
  printf '%s' "$1" > "$id.kind"
  printf '%s' "$2" > "$id.name"
}

# A file and not a pipe: what a command leaves running would hold a pipe open.
run() {
  started=$(clock)
  : > "$id.log"
  follow=
  if has tail; then
    tail -f "$id.log" 2> /dev/null &
    follow=$!
  fi
  ( "$@" ) < /dev/null >> "$id.log" 2>&1
  status=$?
  if [ -n "$follow" ]; then
    kill "$follow" 2> /dev/null
    wait "$follow" 2> /dev/null
    tail -c 65536 "$id.log" > "$id.end" && mv -f "$id.end" "$id.log"
  fi
  printf '%s' "$(($(clock) - started))" > "$id.seconds"
  printf '%s' "$status" > "$id.status"
}

skip() {
  printf '%s' "$1" > "$id.log"
  printf 'skip' > "$id.status"
}

inside() { cd "$tests" && "$@"; }

folder() {
  for file in "$tests"/*.sh; do
    [ -f "$file" ] || continue
    begin_file script "\${file##*/}"
    if [ -x "$file" ]; then run inside "$file"; else run inside /bin/sh "$file"; fi
  done
  for file in "$tests"/test_*.py "$tests"/*_test.py "$tests"/*/test_*.py "$tests"/*/*_test.py; do
    [ -f "$file" ] || continue
    begin_file pytest pytest
    python=
    for name in python python3; do
      if [ -z "$python" ] && has "$name" && "$name" -m pytest --version > /dev/null 2>&1; then python=$name; fi
    done
    if [ -z "$python" ]; then
      skip 'the image has no pytest'
    else
      run inside "$python" -B -m pytest -p no:cacheprovider --junitxml="$TEST_REPORTS/pytest.xml" "$tests"
    fi
    break
  done
  for file in "$tests"/*.ipynb "$tests"/*/*.ipynb; do
    [ -f "$file" ] || continue
    begin_file notebook "\${file#"$tests"/}"
    notebook=$id.notebook
    if has jupyter-execute; then run inside jupyter-execute "$file"
    elif has jupyter-nbconvert; then
      run inside jupyter-nbconvert --to notebook --execute --output-dir "$notebook" "$file"
    elif has papermill; then run inside papermill "$file" "$notebook.ipynb"
    else skip 'the image has neither nbclient, nbconvert nor papermill'
    fi
    rm -rf "$notebook" "$notebook.ipynb" 2> /dev/null || :
  done
}
`;
// src/check/test-scripts.ts
/** Whether tests need a shell: programs with their arguments alone do not. */
function needsShell(groups) {
	return groups.some((group) => group.folder !== null || group.commands.some((command) => typeof command === "string"));
}
/** The scripts of all groups, `<group>.sh`; a command that is a text is a file of its own, read by the image's /bin/sh. */
function testScripts(groups) {
	const files = groups.flatMap((group, at) => [[`${at}.sh`, groupScript(group, at)], ...group.commands.flatMap((command, number) => typeof command === "string" ? [[commandFile(at, number), `${command}\n`]] : [])]);
	return new Map([["harness.sh", harness], ...files]);
}
function groupScript({ commands, folder }, at) {
	const lines = commands.flatMap((command, number) => ["begin", `run ${commandLine(command, commandFile(at, number))}`]);
	return [
		`group=${at}`,
		`. ${places.run}/harness.sh`,
		...lines,
		...folder === null ? [] : ["folder"],
		`printf '%s' "$n" > "$out/${at}.done"`,
		""
	].join("\n");
}
/** A command as a line of a script: a text is read from a file by the image's /bin/sh. */
function commandLine(command, file) {
	return typeof command === "string" ? `/bin/sh ${places.run}/${file}` : command.map(quoted).join(" ");
}
function commandFile(group, command) {
	return `${group}-${command}.command`;
}
/** A word as the shell reads it back. */
function quoted(word) {
	return `'${word.replaceAll("'", "'\\''")}'`;
}
// src/steps/checks.ts
/** Decides what is checked, by the inputs `tests` and `manifests`; null for nothing. Throws ActionError where `tests: true` cannot be. */
async function checksOf({ question, planned }) {
	const { source, inputs, host } = question;
	const image = source.stack.images.find(({ name }) => name === planned.name);
	if (!image) return null;
	const { platform, foreign, notes } = platformOf(image, question);
	const all = testsOf(source.stack, image);
	const wanted = inputs.tests === false ? [] : [...all.groups, ...all.containers];
	const trusted = source.trigger.trust === "trusted";
	const allowed = foreign ? [] : wanted.filter(({ network }) => trusted || network === "none");
	const refused = foreign ? [] : wanted.filter((one) => !allowed.includes(one));
	const groups = all.groups.filter((group) => allowed.includes(group));
	const tests = groups.length > 0 ? {
		...all,
		groups
	} : null;
	const outside = await engineFor(question, {
		containers: all.containers.filter((one) => allowed.includes(one)),
		platform
	});
	const left = [
		...notes,
		...refusedNotes(refused),
		...outside.notes
	];
	if (inputs.tests === true && !tests && outside.containers.length === 0) throw untested(image.name, wanted.length > 0 ? left : []);
	const manifest = (inputs.manifests === "auto" ? host.kind === "action" : inputs.manifests) && !image.declared.undescribed && !foreign ? image.declared.manifests : null;
	if (!manifest && wanted.length === 0) return null;
	const folders = await Promise.all(groups.map(({ folder }) => folderOf(folder, host.cwd)));
	return {
		image,
		tests,
		...outside,
		folders,
		manifest,
		platform,
		notes: wanted.length > 0 ? left : []
	};
}
/** A line for each image whose tests ask for the network. */
function refusedNotes(refused) {
	return [...new Set(refused.map(({ image }) => image))].map((image) => `the tests of ${image} ask for the network, which those of an untrusted run do not get`);
}
/** The engine that containers are started in, and why there is none. Nothing is asked for where nothing needs it. */
async function engineFor({ buildx, builder }, { containers, platform }) {
	const none = (why) => ({
		containers: [],
		engine: null,
		notes: [`its containers were not started: ${why}`]
	});
	if (containers.length === 0) return {
		containers,
		engine: null,
		notes: []
	};
	const { findEngine } = await import("./engine.js");
	const engine = await findEngine(buildx.surroundings);
	if (!engine) return none("no Docker engine answers");
	const own = platform ?? builder.platforms[0];
	return !own || own === engine.platform || own.startsWith(`${engine.platform}/`) ? {
		containers,
		engine,
		notes: []
	} : none(`the engine is ${engine.platform}, and the image ${own}`);
}
/** Whether tests of an image run at all, so that it is pushed after them. */
function isTested(checks) {
	return checks !== null && (checks.tests !== null || checks.containers.length > 0);
}
/** Whether the tests and the description can share a process: the script that describes needs a shell. */
function canShare(checks) {
	return checks.tests !== null && checks.manifest !== null && needsShell(checks.tests.groups);
}
/** Tests run where nothing is emulated: on the builder's own platform, the first that it names. */
function platformOf(image, { inputs, builder }) {
	const planned = plannedPlatforms(image, inputs.platforms);
	const [own] = builder.platforms;
	const plain = (platform) => platform.replace(/^(linux\/arm64)\/v8$/, "$1");
	const platform = own === void 0 ? planned[0] : planned.find((one) => plain(one) === plain(own));
	const foreign = planned.length > 0 && platform === void 0;
	const notes = planned.filter((one) => one !== platform).map((one) => `not tested on ${one}: this builder's own platform is ${own ?? "not known"}`);
	return {
		platform: platform ?? null,
		foreign,
		notes
	};
}
function untested(name, notes) {
	const why = notes.length > 0 ? notes : ["nothing tests it: write test in spec.yml, or put tests into a folder tests beside its Dockerfile"];
	return new ActionError("build", `${name} has no test that can run here, and input tests is true`, why);
}
/** A folder of test files as buildx takes it; a link on the way may lead anywhere. */
async function folderOf(folder, cwd) {
	if (folder === null) return null;
	const absolute = path.resolve(cwd, folder);
	if (!(await lstat(absolute).catch(() => null))?.isDirectory() || !await isInside(cwd, absolute)) throw new ActionError("stack", `${folder}: the folder of tests is no folder in the repository`, ["it may be gone, or a symbolic link is on the way: give a folder of the repository itself"]);
	if (folder === folder.normalize("NFC")) return absolute;
	throw new ActionError("stack", `${folder}: its path is not in Unicode's composed form (NFC)`, ["bake cannot be told of such a path: rename the folder, for example with `git mv`"]);
}
export { needsShell as a, BatchFailed as c, refuseFailed as d, TestsFailed as f, commandLine as i, each as l, checksOf as n, testScripts as o, isTested as r, places as s, canShare as t, errorOf as u };
