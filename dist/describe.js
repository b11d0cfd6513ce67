import { t as ActionError } from "./errors.js";
import { r as imageNames } from "./tags.js";
import { n as isInside, t as isBelow } from "./inside.js";
import { t as isAddress } from "./address.js";
import { n as testsOf } from "./tests.js";
import { t as plannedPlatforms } from "./platforms.js";
import { a as contextImage, n as fingerprintLabel } from "./fingerprint-label.js";
import { t as mountArgs } from "./mount-namespace.js";
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
	const wanted = inputs.tests === false ? [] : testsOf(source.stack, image).groups;
	const trusted = source.trigger.trust === "trusted";
	const groups = foreign ? [] : wanted.filter(({ network }) => trusted || network === "none");
	const refused = foreign ? [] : wanted.filter((group) => !groups.includes(group));
	const tests = groups.length > 0 ? {
		...testsOf(source.stack, image),
		groups
	} : null;
	if (inputs.tests === true && !tests) throw untested(image.name, wanted.length > 0 ? notes : []);
	const manifest = (inputs.manifests === "auto" ? host.kind === "action" : inputs.manifests) && !image.declared.undescribed && !foreign ? image.declared.manifests : null;
	if (!tests && !manifest && wanted.length === 0) return null;
	const folders = await Promise.all(groups.map(({ folder }) => folderOf(folder, host.cwd)));
	const unsafe = refused.map((group) => `the tests of ${group.image} ask for the network, which those of an untrusted run do not get`);
	return {
		image,
		tests,
		folders,
		manifest,
		platform,
		notes: wanted.length > 0 ? [...notes, ...unsafe] : []
	};
}
/** Whether tests of an image run at all, so that it is pushed after them. */
function isTested(checks) {
	return checks?.tests != null;
}
/** Whether the tests and the description can share a process: the script that describes needs a shell. */
function canShare(checks) {
	return isTested(checks) && checks.manifest !== null && needsShell(checks.tests.groups);
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
// src/stack/labels.ts
/** OCI labels of an image, in the order of the specification. */
function imageLabels(facts) {
	const { image, source, revision, version, created, base, own } = facts;
	const ours = [
		["created", created === null ? null : (/* @__PURE__ */ new Date(created * 1e3)).toISOString().replace(".000Z", "Z")],
		["url", source],
		["source", source],
		["version", version],
		["revision", revision],
		["title", image.name],
		["base.digest", base?.digest],
		["base.name", base?.name]
	].filter((entry) => Boolean(entry[1])).map(([key, value]) => [`org.opencontainers.image.${key}`, value]);
	return {
		...Object.fromEntries(ours),
		...own
	};
}
/** The same as annotations of the manifest and, for an index, of the index; the user's own come last and win. */
function imageAnnotations(labels, own) {
	return [...Object.entries(labels).filter(([key]) => key.startsWith("org.opencontainers.image.")).map(([key, value]) => `manifest,index:${key}=${value}`), ...own];
}
// src/steps/describe.ts
/** The images that are built, as bake takes them, with what is known at this moment. */
function describeImages(question) {
	const planned = new Map(question.decision.plan.images.map((image) => [image.name, image]));
	const images = question.source.stack.images.filter((image) => planned.get(image.name)?.action === "build").map((image) => describe(question, image, planned));
	const outside = images.flatMap((image) => Object.values(image.contexts)).filter((value) => path.isAbsolute(value) && !isBelow(question.host.cwd, value));
	return {
		images,
		allowRead: [.../* @__PURE__ */ new Set([...question.facts.secrets.allowRead, ...outside])]
	};
}
function describe(question, image, planned) {
	const { inputs, host, facts, builder } = question;
	const labels = labelsOf(question, image, planned);
	const classic = builder.driver === "docker" && !builder.containerdStore;
	return {
		image,
		context: isAddress(image.context) ? image.context : path.resolve(host.cwd, image.context),
		dockerfile: image.remoteDockerfile ?? path.resolve(host.cwd, image.dockerfile),
		target: inputs.target || image.target,
		platforms: plannedPlatforms(image, inputs.platforms),
		args: {
			...image.args,
			...inputs.buildArgs,
			...mountArgs(question)
		},
		labels,
		annotations: classic ? [] : annotationsOf(question, image, labels),
		tags: tagsOfBuild(question.decision, planned.get(image.name), image, facts.outputs),
		secrets: facts.secrets.specifications,
		ssh: facts.secrets.ssh,
		contexts: absoluteContexts({
			...image.contexts,
			...inputs.buildContexts
		}, host.cwd, facts.pins),
		parents: new Map(image.parents.map((edge) => [edge.name, parentSource(question, edge.name, {
			child: image.name,
			planned
		})])),
		pinned: new Map([...facts.pins].filter(([reference]) => image.external.includes(reference))),
		stages: image.stages
	};
}
/** What the build itself names its image: the commit's tag, and where it is pushed the name of its inputs. */
function tagsOfBuild(decision, planned, image, outputs) {
	const own = planned.tags.filter((tag) => outputs.builds(image, tag));
	const stamp = outputs.push && !outputs.byDigest ? decision.stamps?.get(image.name) : void 0;
	return [...own, ...stamp?.references ?? []];
}
function parentSource({ facts, inputs, builder, source, decision }, name, { child, planned }) {
	const parent = planned.get(name);
	const image = source.stack.images.find((candidate) => candidate.name === name);
	const [published] = image ? imageNames(image, inputs.registry) : [];
	const tag = (facts.targets.get(child) ?? "").slice(0, 128);
	if (parent?.action !== "build") return { image: `${decision.homes?.get(name) ?? published}:${tag}@${parent?.digest}` };
	const digest = facts.digests.get(name);
	return builder.driver !== "docker" && digest && published ? { image: `${published}:${tag}@${digest}` } : { target: name };
}
function labelsOf(question, image, planned) {
	const { source, facts, decision } = question;
	const wording = decision.wordings.get(image.name);
	const stamp = decision.stamps?.get(image.name);
	const labels = imageLabels({
		image,
		source: sourceUrl(question),
		revision: source.revision === void 0 ? source.commit : source.revision,
		version: wording?.version ?? null,
		created: facts.created,
		base: baseOf(question, image, planned),
		own: wording?.labels ?? {}
	});
	return stamp ? {
		...labels,
		[fingerprintLabel]: stamp.label
	} : labels;
}
/** The base image's name and digest: a parent of this stack by its published name, an external one as it is pinned. */
function baseOf({ source, facts, inputs }, image, planned) {
	if (image.base === null) return null;
	const edge = image.parents.find((parent) => parent.base);
	if (!edge) {
		const [name = image.base, written] = image.base.split("@");
		return {
			name,
			digest: written ?? facts.pins.get(image.base)?.split("@")[1] ?? null
		};
	}
	const parent = source.stack.images.find((candidate) => candidate.name === edge.name);
	const [name] = parent ? imageNames(parent, inputs.registry) : [];
	const tag = planned.get(edge.name)?.tags[0]?.split(":").at(-1);
	const digest = facts.digests.get(edge.name) ?? planned.get(edge.name)?.digest ?? null;
	return {
		name: name ? `${name}${tag ? `:${tag}` : ""}` : image.base,
		digest
	};
}
function annotationsOf({ decision, facts }, image, labels) {
	const own = decision.wordings.get(image.name)?.annotations ?? [];
	return facts.outputs.push ? imageAnnotations(labels, own) : [...own];
}
/** The repository's page: GitHub's own word for it, else the remote without credentials. */
function sourceUrl({ host, source, facts }) {
	const { repository } = source.trigger;
	if (repository) return `${host.env.GITHUB_SERVER_URL || "https://github.com"}/${repository.owner}/${repository.name}`;
	const remote = facts.remote?.replace(/^git@([^:]+):/, "https://$1/").replace(/\.git$/, "");
	return remote && URL.canParse(remote) && /^https?:/.test(remote) ? withoutCredentials(remote) : null;
}
function withoutCredentials(text) {
	const url = new URL(text);
	url.username = "";
	url.password = "";
	return url.href;
}
/** A context that is a path counts from the repository's root; images, targets and URLs stay as they are. */
function absoluteContexts(contexts, cwd, pins) {
	const entries = Object.entries(contexts).map(([name, value]) => {
		const pinned = pins.get(contextImage(value) ?? "");
		if (pinned !== void 0) return [name, `docker-image://${pinned}`];
		return [name, isAddress(value) ? value : path.resolve(cwd, value)];
	});
	return Object.fromEntries(entries);
}
export { isTested as a, testScripts as c, checksOf as i, places as l, tagsOfBuild as n, commandLine as o, canShare as r, needsShell as s, describeImages as t, TestsFailed as u };
