import { a as needsShell, f as TestsFailed, i as commandLine, l as each, o as testScripts, s as places, t as canShare } from "./checks.js";
import { t as commandText } from "./spec-tests.js";
import { n as noPlaces } from "./types.js";
import { a as withoutAttestation, n as bakeDefinition, r as escaped, t as bakeArguments } from "./bake.js";
import { t as createProgress } from "./progress.js";
import { n as failure } from "./exec.js";
import { t as isBelow } from "./inside.js";
import { i as readMetadata, t as describeImages } from "./describe.js";
import { i as readJUnit, n as readResults, t as outcomeOf } from "./results.js";
import { mkdir, open, readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { constants } from "node:fs";
// src/check/manifest.ts
/** Packages that are read of one manager. */
const mostPackages = 2e4;
/** What an image's own tools said of it (`manifestScripts`), as data. All text stays untrusted. */
function readManifest(written, commands) {
	const packages = Object.entries({
		conda: (text) => linesOf(text).flatMap(condaPackage),
		pip: pythonPackages,
		apt: tabbed,
		apk: (text) => linesOf(text).flatMap(apkPackage),
		rpm: tabbed
	}).flatMap(([name, read]) => {
		const found = sorted(read(written.get(name) ?? ""));
		return found.length > 0 ? [[name, found]] : [];
	});
	const conda = packages.find(([name]) => name === "conda")?.[1] ?? [];
	return {
		system: /^PRETTY_NAME="?(.*?)"?$/m.exec(written.get("system") ?? "")?.[1] ?? null,
		python: /^Python (\S+)/m.exec(written.get("python") ?? "")?.[1] ?? null,
		cuda: cudaOf(written, conda),
		packages: Object.fromEntries(packages),
		commands: commands.map((command, at) => ({
			command: commandText(command),
			status: statusOf(written.get(`command-${at + 1}.status`)),
			output: written.get(`command-${at + 1}`) ?? ""
		}))
	};
}
/** `cuda-version` says for which CUDA a conda environment was made, where no toolkit is there. */
function cudaOf(written, conda) {
	const toolkit = /\brelease (\d[\w.]*)/.exec(written.get("nvcc") ?? "")?.[1];
	const variable = written.get("cuda")?.trim();
	return toolkit ?? (variable || (conda.find(({ name }) => name === "cuda-version")?.version ?? null));
}
/** `numpy-2.1.0-py312h1_0.json` */
function condaPackage(file) {
	const [, name, version, build] = /^(.+)-([^-]+)-([^-]+)\.json$/.exec(file) ?? [];
	return name && version && build ? [{
		name,
		version,
		build
	}] : [];
}
/** `musl-1.2.5-r0` */
function apkPackage(line) {
	const [, name, version] = /^(.+)-([^-]+-r\d+)$/.exec(line) ?? [];
	return name && version ? [{
		name,
		version
	}] : [];
}
function tabbed(text) {
	return linesOf(text).flatMap((line) => {
		const [name, version] = line.split("	");
		return name && version ? [{
			name,
			version
		}] : [];
	});
}
function pythonPackages(text) {
	try {
		const list = JSON.parse(text);
		return (Array.isArray(list) ? list : []).slice(0, mostPackages).flatMap((pair) => {
			const [name, version] = Array.isArray(pair) ? pair : [];
			return typeof name === "string" && name && typeof version === "string" ? [{
				name,
				version
			}] : [];
		});
	} catch {
		return [];
	}
}
function sorted(packages) {
	return [...new Map(packages.map((one) => [`${one.name} ${one.version}`, one])).values()].toSorted((a, b) => a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
}
function linesOf(text) {
	return text.split("\n", mostPackages).filter(Boolean);
}
function statusOf(text) {
	return /^\d{1,3}$/.test(text ?? "") ? Number(text) : null;
}
// src/tools/written-files.ts
/** Files that are read of one folder, and folders that it may be deep. */
const mostFiles = 5e3;
const depth = 2;
/**
* What others wrote into a folder, by path: the last `limit(path)` bytes of each file as text; 0 leaves one out. Only regular
* files are read, links and devices are not there.
*/
async function readWritten(folder, limit) {
	const files = /* @__PURE__ */ new Map();
	const walk = async (below, level) => {
		const entries = await readdir(path.join(folder, below), { withFileTypes: true }).catch(() => []);
		for (const entry of entries.toSorted((a, b) => a.name < b.name ? -1 : 1)) {
			const name = below === "" ? entry.name : `${below}/${entry.name}`;
			if (entry.isDirectory() && level < depth) await walk(name, level + 1);
			if (!entry.isFile() || files.size >= mostFiles || limit(name) === 0) continue;
			const text = await lastText(path.join(folder, name), limit(name));
			if (text !== null) files.set(name, text);
		}
	};
	await walk("", 1);
	return files;
}
async function lastText(file, limit) {
	let handle = null;
	try {
		handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
		const { size } = await handle.stat();
		const length = Math.min(size, limit);
		const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, size - length);
		return buffer.subarray(0, bytesRead).toString();
	} catch {
		return null;
	} finally {
		await handle?.close();
	}
}
// src/check/manifest-script.ts
/**
* Describes an image with what is in it, in the POSIX shell alone; what an image has no tool for is not written. conda's
* packages are the names of files in `conda-meta`, which takes no conda and no second.
*/
const script = `out=${places.out} run=${places.run}

has() { command -v "$1" > /dev/null 2>&1; }
described() { cat /etc/os-release || cat /usr/lib/os-release; }

describe_conda() {
  seen=:
  for prefix in "$CONDA_PREFIX" "$NB_PYTHON_PREFIX" "$1" "$CONDA_DIR" /opt/conda /srv/conda /srv/conda/envs/*; do
    case $seen in *:"$prefix":*) continue ;; esac
    seen=$seen$prefix:
    [ -n "$prefix" ] && [ -d "$prefix/conda-meta" ] || continue
    for file in "$prefix"/conda-meta/*.json; do
      [ -f "$file" ] && printf '%s\\n' "\${file##*/}"
    done > "$out/conda"
    [ -s "$out/conda" ] && return
  done
}

if has cat; then described > "$out/system" 2> /dev/null; fi
prefix=
for name in python python3; do
  if [ -z "$prefix" ] && has "$name"; then
    prefix=$(command -v "$name")
    prefix=\${prefix%/bin/*}
    "$name" --version > "$out/python" 2>&1
    "$name" -c 'import json,importlib.metadata as m;print(json.dumps([[d.metadata["Name"] or "",d.version or ""] for d in m.distributions()]))' > "$out/pip" 2> /dev/null
  fi
done
describe_conda "$prefix"
if has dpkg-query; then dpkg-query --show --showformat '\${binary:Package}\\t\${Version}\\n' > "$out/apt" 2> /dev/null
elif has apk; then apk info --verbose > "$out/apk" 2> /dev/null
elif has rpm; then rpm --query --all --queryformat '%{NAME}\\t%{VERSION}-%{RELEASE}\\n' > "$out/rpm" 2> /dev/null
fi
if has nvcc; then nvcc --version > "$out/nvcc" 2> /dev/null; fi
printf '%s' "$CUDA_VERSION" > "$out/cuda"

n=0
keep() {
  n=$((n + 1))
  ( "$@" ) < /dev/null > "$out/command-$n" 2>&1
  printf '%s' "$?" > "$out/command-$n.status"
}
`;
/** The scripts that describe an image, with the commands of spec.yml. */
function manifestScripts(commands) {
	const lines = commands.map((command, at) => `keep ${commandLine(command, `${at}.command`)}`);
	const texts = commands.flatMap((command, at) => typeof command === "string" ? [[`${at}.command`, `${command}\n`]] : []);
	return new Map([["manifest.sh", `${script}${lines.join("\n")}\nexit 0\n`], ...texts]);
}
// src/check/targets.ts
/** Makes a folder that any user may write to, without running anything. */
const head = ["FROM image AS check", `COPY --chmod=777 out ${places.out}`];
const tail = [
	"FROM scratch",
	`COPY --from=check ${places.out} /`,
	""
];
/**
* Runs tests on top of an image, as its user: a RUN a group, each with its own network. `folders`: absolute path of each group's
* test files, null for none. Without a shell a program that fails ends the build; else the verdict is in what is written.
*/
function testTarget(groups, folders, { context, image, platform }) {
	const shell = needsShell(groups);
	const runs = groups.flatMap((group, at) => shell ? shellRun(group, at) : programRuns(group));
	const named = folders.flatMap((folder, at) => folder === null ? [] : [[`tests${at}`, folder]]);
	return {
		context,
		contexts: {
			image,
			...Object.fromEntries(named)
		},
		"dockerfile-inline": [
			...head,
			...runs,
			...tail
		].join("\n"),
		...platform ? { platforms: [platform] } : {}
	};
}
/** Describes an image by a script, without network. */
function manifestTarget({ context, image, platform }) {
	const run = `RUN --network=none ${`--mount=type=bind,source=run,target=${places.run}`} ${JSON.stringify(["/bin/sh", `${places.run}/manifest.sh`])}`;
	return {
		context,
		contexts: { image },
		"dockerfile-inline": [
			...head,
			run,
			...tail
		].join("\n"),
		...platform ? { platforms: [platform] } : {}
	};
}
/** The instruction of a program without a shell: a step of BuildKit's progress has its text, too. */
function programRun(network, program) {
	return `RUN --network=${network} ${JSON.stringify(program)}`;
}
function shellRun({ network, folder }, at) {
	return [`RUN --network=${network} ${[`--mount=type=bind,source=run,target=${places.run}`, ...folder === null ? [] : [`--mount=type=bind,from=tests${at},target=${places.tests}`]].join(" ")} ${JSON.stringify(["/bin/sh", `${places.run}/${at}.sh`])}`];
}
function programRuns({ network, commands }) {
	return commands.flatMap((command) => typeof command === "string" ? [] : [programRun(network, command)]);
}
/** Arguments of `buildx bake` for checks. What forces work is set on the checks alone. */
function checkArguments({ leaves, checks, ...request }) {
	const plain = {
		noCache: false,
		cache: noPlaces,
		attest: withoutAttestation
	};
	return bakeArguments({
		...request,
		pull: false,
		targets: [...leaves.map((target) => ({
			...plain,
			target,
			outputs: ["type=image"]
		})), ...checks.map(({ target, folder, noCache }) => ({
			...plain,
			target,
			noCache,
			outputs: [`type=local,dest=${folder}`],
			cache: {
				...noPlaces,
				writes: [folder]
			}
		}))]
	});
}
// src/steps/check-run.ts
/** One bake process for the checks of these images. */
async function runChecks(runs) {
	const [first] = runs;
	if (!first) return /* @__PURE__ */ new Map();
	const { question, facts } = first.build;
	const { host, buildx, builder, observer } = question;
	const { request, written } = await writeDefinition(runs, first.build);
	const args = checkArguments({
		...request,
		builder: builder.name,
		allowSsh: facts.secrets.ssh.length > 0
	});
	host.out.debug(`buildx bake ${args.join(" ")}`);
	const shown = runs.map((run, at) => {
		const { planned } = run.build;
		return {
			run,
			planned,
			progress: createProgress(written[at]?.own ?? "", { dockerfile: planned.dockerfile })
		};
	});
	const feed = (line) => {
		for (const { planned, progress } of shown) {
			progress.feed(line);
			observer.progressed(planned.name, progress);
		}
	};
	const seconds = runs.flatMap(({ tests, checks }) => tests && checks.tests ? [checks.tests.timeout] : []);
	const limit = seconds.length > 0 ? AbortSignal.timeout(Math.max(...seconds) * 1e3) : null;
	const base = {
		timedOut: false,
		tested: null
	};
	const all = async (of) => new Map(await Promise.all(shown.map(async (one, at) => {
		const place = written[at];
		return [one.run.build, {
			tests: place.tests,
			manifest: place.manifest,
			...await of(one, place)
		}];
	})));
	try {
		const ended = await buildx.bake(args, feed, facts.secrets.env, limit ?? void 0);
		return await all(async ({ run, progress }) => {
			const log = progress.log().filter(({ number, error }) => number !== null || error !== null);
			if (ended.status === 0) return {
				...base,
				failure: null,
				log,
				tested: await readTested(request.metadataFile, run.build.target)
			};
			const { message } = failure({
				file: "buildx",
				args: ["bake"]
			}, ended);
			const told = progress.failure();
			return {
				...base,
				failure: ended.signal ? {
					...told,
					message
				} : told,
				log
			};
		});
	} catch (error) {
		if (!limit?.aborted || host.signal.aborted) throw error;
		return await all(async ({ run: { checks }, planned, progress }) => {
			const failure = tooLong(checks, progress, planned.dockerfile);
			return {
				...base,
				failure,
				timedOut: true,
				log: progress.log()
			};
		});
	}
}
function tooLong({ tests }, progress, dockerfile) {
	const running = progress.log().findLast(({ number, completed }) => number !== null && completed === null);
	return {
		message: `its tests took longer than ${tests?.timeout} s and were ended; timeout in spec.yml gives them more`,
		step: running ?? null,
		dockerfile,
		line: null,
		tail: running?.log.lines.slice(-20) ?? []
	};
}
/** Writes the bake file and the scripts; gives what `checkArguments` takes. */
async function writeDefinition(runs, { question, target, facts }) {
	const { host } = question;
	const folderOf = (name) => path.join(host.temp, "checks", name);
	for (const { build } of runs) await rm(folderOf(build.target), {
		recursive: true,
		force: true
	});
	const { images, allowRead } = describeImages({
		...question,
		facts
	});
	const platforms = new Map(runs.map(({ checks }) => [checks.image.name, checks.platform]));
	const tested = images.map((one) => {
		const platform = platforms.get(one.image.name);
		if (platform === void 0) return one;
		const annotations = one.annotations.flatMap(withoutIndex);
		return {
			...one,
			tags: [],
			annotations,
			platforms: platform ? [platform] : one.platforms
		};
	});
	const definition = bakeDefinition(tested, facts.targets);
	const taken = new Set(facts.targets.values());
	const parts = [];
	for (const run of runs) parts.push(await writeChecks(run, folderOf(run.build.target), taken));
	const folder = folderOf(target);
	const file = path.join(folder, "bake.json");
	const targets = Object.assign({}, definition.target, ...parts.map((part) => part.targets));
	await writeFile(file, JSON.stringify({ target: targets }, null, 2));
	const folders = runs.map(({ build }) => folderOf(build.target));
	return {
		request: {
			file,
			metadataFile: path.join(folder, "metadata.json"),
			leaves: runs.flatMap(({ build, checks, tests }) => tests && !checks.pushed ? [build.target] : []),
			checks: parts.flatMap((part) => part.checks),
			allowRead: [...allowRead, ...folders.filter((one) => !isBelow(host.cwd, one))]
		},
		written: parts.map((part) => part.written)
	};
}
/** The targets that check one image, and their scripts. */
async function writeChecks({ build, checks, ...which }, folder, taken) {
	const { target } = build;
	const names = {
		tests: freeName(`${target}_tests`, taken),
		manifest: freeName(`${target}_manifest`, taken)
	};
	const place = (name) => ({
		context: path.join(folder, name),
		image: checks.pushed ? `docker-image://${checks.pushed}` : `target:${target}`,
		platform: checks.platform
	});
	const folders = {
		tests: path.join(folder, "tested"),
		manifest: path.join(folder, "described")
	};
	const targets = {};
	if (which.tests && checks.tests) {
		await writeScripts(path.join(folder, "tests"), testScripts(checks.tests.groups));
		targets[names.tests] = escaped(testTarget(checks.tests.groups, checks.folders, place("tests")));
	}
	if (which.manifest) {
		await writeScripts(path.join(folder, "manifest"), manifestScripts(checks.manifest ?? []));
		targets[names.manifest] = escaped(manifestTarget(place("manifest")));
	}
	return {
		targets,
		written: {
			own: which.tests ? names.tests : names.manifest,
			...folders
		},
		checks: [...which.tests ? [{
			target: names.tests,
			folder: folders.tests,
			noCache: true
		}] : [], ...which.manifest ? [{
			target: names.manifest,
			folder: folders.manifest,
			noCache: false
		}] : []]
	};
}
async function writeScripts(folder, scripts) {
	await mkdir(path.join(folder, "out"), { recursive: true });
	await mkdir(path.join(folder, "run"));
	for (const [name, text] of scripts) await writeFile(path.join(folder, "run", name), text);
}
/** What is tested has no index; its manifest has the annotations that it is pushed with. */
function withoutIndex(annotation) {
	const [, levels] = /^([a-z][a-z,-]*(?:\[[^\]]*\])?):[^=]*=/.exec(annotation) ?? [];
	if (levels === void 0 || !/\bindex/.test(levels)) return [annotation];
	const kept = levels.split(",").filter((level) => !level.startsWith("index"));
	return kept.length > 0 ? [`${kept.join(",")}${annotation.slice(levels.length)}`] : [];
}
function freeName(name, taken) {
	let free = name;
	for (let count = 2; taken.has(free); count++) free = `${name}_${count}`;
	taken.add(free);
	return free;
}
/** The digests of the image as it was when its tests ran. */
async function readTested(metadataFile, target) {
	const told = await readMetadata(metadataFile);
	return {
		manifest: told(target, "containerimage.digest"),
		config: told(target, "containerimage.config.digest")
	};
}
// src/steps/test-verdict.ts
/** Bytes that are read of a report, and of anything else that tests write. */
const limits = {
	report: 5242880,
	other: 65536
};
/** The verdict from what the tests wrote. */
async function readTests({ checks, ended }) {
	const groups = checks.tests?.groups ?? [];
	const written = await readWritten(ended.tests, (name) => name.endsWith(".xml") ? limits.report : limits.other);
	const whole = checks.tests && written.size > 0 ? readResults(groups, written, {
		read: readJUnit,
		platform: checks.platform
	}) : null;
	return whole ? {
		...whole,
		notes: [...checks.notes, ...whole.notes]
	} : passedPrograms({
		checks,
		ended
	});
}
/**
* The verdict on programs that ran without a shell, one step each: those before the failed one passed, the others did not run.
* A failure that is allowed would end those behind it, too, so it counts as one.
*/
function passedPrograms({ checks, ended }) {
	const groups = checks.tests?.groups ?? [];
	const runs = ended.log.filter(({ name }) => name.startsWith("RUN ")).toSorted((a, b) => (a.number ?? 0) - (b.number ?? 0));
	const told = runs.findIndex(({ error, number }) => error !== null || number === ended.failure?.step?.number);
	const failedRun = told >= 0 ? told : Math.max(0, runs.findLastIndex(({ started }) => started !== null));
	const failedAt = ended.failure ? failedRun : Number.POSITIVE_INFINITY;
	const cases = groups.flatMap((group) => group.commands.map((command) => ({
		group,
		command
	}))).map(({ group, command }, at) => {
		const outcome = at < failedAt ? "passed" : at === failedAt ? "failed" : "skipped";
		return {
			name: commandText(command),
			image: group.image,
			kind: "command",
			outcome,
			allowed: group.allowFailure,
			seconds: null,
			reported: null,
			place: group.place,
			reason: outcome === "failed" ? ended.failure?.message ?? "" : outcome === "skipped" ? "one before it failed" : "",
			tail: outcome === "failed" ? ended.failure?.tail ?? [] : []
		};
	});
	return {
		outcome: cases.some((one) => one.outcome === "failed" && !one.allowed) ? "failed" : "passed",
		cases,
		platform: checks.platform,
		notes: checks.notes
	};
}
/** What is said of an image whose tests failed: how many, the first one with its last lines and its place. */
function failedReport({ cases }, dockerfile) {
	const failed = cases.filter((one) => one.outcome === "failed" && !one.allowed);
	const [first] = failed;
	const more = failed.length > 1 ? ` (and ${failed.length - 1} more)` : "";
	const whose = first && cases.some(({ image }) => image !== first.image) ? `${first.image}: ` : "";
	return {
		message: `${failed.length} of ${cases.length} tests failed: ${whose}${first?.name}${more}: ${first?.reason}`,
		step: null,
		dockerfile: first?.place?.file ?? dockerfile,
		line: first?.place?.line ?? null,
		tail: first?.tail ?? []
	};
}
/** Tests that could not run to their end, and whose failure is allowed. */
function brokenReport(failure, checks) {
	return {
		outcome: "passed",
		cases: (checks.tests?.groups ?? []).slice(-1).map(({ image, place }) => ({
			name: "the tests",
			image,
			kind: "command",
			outcome: "failed",
			allowed: true,
			seconds: null,
			reported: null,
			place,
			reason: failure.message,
			tail: failure.tail
		})),
		platform: checks.platform,
		notes: checks.notes
	};
}
/** Why tests could not run, in words where the reason is known. */
function noShell(failure, { image, tests }) {
	const text = [failure.message, ...failure.tail].join("\n");
	if (!/\/bin\/sh\b.*no such file/.test(text)) return failure;
	const place = tests?.groups.find((group) => group.place)?.place;
	return {
		...failure,
		message: `its tests need /bin/sh, which ${image.name} does not have: write them as lists in spec.yml, [program, argument], or test: false`,
		...place ? {
			dockerfile: place.file,
			line: place.line
		} : {}
	};
}
/** With what containers came to. Throws TestsFailed where one of them fails that counts, or none could be started. */
function withContainers(inside, { cases, failure, tested }, { checks, dockerfile }) {
	const before = inside.report ?? {
		outcome: "skipped",
		cases: [],
		platform: checks.platform,
		notes: checks.notes
	};
	if (failure && !checks.containers.every((one) => one.allowFailure)) throw new TestsFailed(unloaded(failure), before, inside.manifest);
	const notes = failure ? [...before.notes, `its containers were not started: ${failure.message}`] : before.notes;
	const all = [...before.cases, ...cases];
	const report = {
		...before,
		cases: all,
		notes,
		outcome: outcomeOf(all)
	};
	if (report.outcome === "failed") throw new TestsFailed(failedReport(report, dockerfile), report, inside.manifest);
	return {
		...inside,
		report,
		tested: [...inside.tested, ...tested ? [tested] : []]
	};
}
function unloaded(failure) {
	return {
		...failure,
		message: `it could not be loaded into the engine for its tests: ${failure.message}`
	};
}
// src/steps/check-image.ts
const nothing = {
	report: null,
	manifest: null,
	tested: [],
	log: []
};
/**
* Tests several images that the builder has in its cache by one bake process. Where it fails, or takes longer than any of them may,
* each is tested by itself: that tells whose failure it is, and whether it counts. Throws as `each` does.
*/
async function checkImages(images) {
	const runs = images.filter(({ checks }) => checks.tests !== null).map((one) => ({
		...one,
		tests: true,
		manifest: canShare(one.checks)
	}));
	const ended = runs.length > 1 ? await runChecks(runs) : /* @__PURE__ */ new Map();
	const whole = [...ended.values()].every(({ failure }) => failure === null);
	const byBuild = new Map(images.map((one) => [one.build, one]));
	return await each([...byBuild.keys()], async (build) => {
		const together = whole ? ended.get(build) : void 0;
		return await checkImage({
			...byBuild.get(build),
			...together ? { together } : {}
		});
	});
}
/**
* Tests an image that the builder has in its cache, and describes it. Throws TestsFailed where its tests fail or cannot run; a
* description that fails is a warning.
*/
async function checkImage(tested) {
	const { build, checks } = tested;
	const inside = await checkInside(tested);
	const { engine } = checks;
	if (!engine || checks.containers.length === 0) return inside;
	const { runContainers } = await import("./run-containers.js");
	return withContainers(inside, await runContainers(build, checks, engine), {
		checks,
		dockerfile: build.planned.dockerfile
	});
}
/** What BuildKit can test and describe. */
async function checkInside({ build, checks, together }) {
	const left = checks.notes.length > 0 ? {
		outcome: "skipped",
		cases: [],
		platform: null,
		notes: checks.notes
	} : null;
	if (checks.tests === null) return {
		...nothing,
		report: left,
		manifest: await describeAlone(build, checks)
	};
	const share = canShare(checks);
	const ended = together ?? (await runChecks([{
		build,
		checks,
		tests: true,
		manifest: share
	}])).get(build);
	if (!ended) throw new Error(`no tests of ${build.planned.name} were run`);
	const { groups } = checks.tests;
	const context = {
		checks: {
			...checks,
			groups
		},
		dockerfile: build.planned.dockerfile,
		ended
	};
	const report = !ended.failure ? await readTests(context) : needsShell(groups) ? null : passedPrograms(context);
	if (ended.failure && (!report || ended.timedOut)) {
		const failure = noShell(ended.failure, checks);
		if (!groups.every((group) => group.allowFailure)) throw new TestsFailed(failure, report, null);
		return {
			...nothing,
			report: brokenReport(failure, checks),
			manifest: await describeAlone(build, checks),
			log: ended.log
		};
	}
	const manifest = share ? await readDescription(ended.manifest, checks) : null;
	if (report?.outcome === "failed") throw new TestsFailed(failedReport(report, build.planned.dockerfile), report, manifest);
	return {
		report,
		manifest: share ? manifest : await describeAlone(build, checks),
		tested: ended.tested ? [ended.tested] : [],
		log: ended.log
	};
}
async function describeAlone(build, checks) {
	if (checks.manifest === null) return null;
	const { host } = build.question;
	const ended = (await runChecks([{
		build,
		checks,
		tests: false,
		manifest: true
	}])).get(build);
	if (!ended) return null;
	if (!ended.failure) return await readDescription(ended.manifest, checks);
	if (/\/bin\/sh\b.*no such file/.test([ended.failure.message, ...ended.failure.tail].join("\n"))) host.out.debug(`${checks.image.name} is not described: it has no /bin/sh`);
	else host.out.warning(`${checks.image.name} could not be described: ${ended.failure.message}`);
	return null;
}
async function readDescription(folder, { manifest }) {
	const limit = (name) => name.startsWith("command-") ? 65536 : 8388608;
	return readManifest(await readWritten(folder, limit), manifest ?? []);
}
export { checkImage, checkImages };
