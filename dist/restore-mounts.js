import { t as restoreFolder } from "./actions-cache.js";
import { n as contentOfKey } from "./cache-key.js";
import { t as createProgress } from "./progress.js";
import { r as escaped } from "./bake.js";
import { r as formatCanonical, t as canonicalReference } from "./canonical.js";
import { mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { randomUUID } from "node:crypto";
// src/cache/mount-builds.ts
/** Longest time of one of the steps, seconds: hostile contents must not hold up a run. */
const mostSeconds = 900;
/**
* Fills mounts from archives in the build's context, each in a stage of its own, where no other mount is there to be written to. Its
* output is a file for each, named by its number, with one word: `restored`, `kept` (it held something already) or `failed`.
*/
function injection(fillings, { utility, nonce }) {
	const stages = fillings.flatMap(({ directory, file, digest }, at) => [
		`FROM utility AS m${at}`,
		`ARG NONCE ${argumentsOf(directory, at).map(([name]) => name).join(" ")}`,
		`RUN --network=none --mount=type=bind,target=/work --mount=${mountOption(directory, at, "/mount")} timeout ${mostSeconds} sh /work/unpack.sh /work/${file} ${digest} ${directory.mount.from ? "over" : "empty"}`
	]);
	const last = ["FROM scratch", ...fillings.map((_, at) => `COPY --from=m${at} /out /${at}`)];
	return build([
		`FROM ${utility} AS utility`,
		...stages,
		...last
	], fillings.map(({ directory }) => directory), nonce);
}
/**
* Reads mounts: the output is a line for each in `report` (number, state, digest of the list of files, bytes, number of files, number of
* those left out), and an archive `<number>.cpio` where the state is `packed`. `limit`: bytes of all together.
*/
function extraction(readings, { utility, nonce, limit }) {
	const directories = readings.map(({ directory }) => directory);
	const names = directories.flatMap((directory, at) => argumentsOf(directory, at).map(([name]) => name));
	const mounts = directories.map((directory, at) => `--mount=${mountOption(directory, at, `/m/${at}`)},readonly`);
	const known = readings.map((reading, at) => `${at}:${reading.known}`);
	return build([
		`FROM ${utility} AS pack`,
		`ARG NONCE ${names.join(" ")}`,
		`RUN --network=none --mount=type=bind,target=/work ${mounts.join(" ")} timeout ${mostSeconds} sh /work/pack.sh ${limit} ${known.join(" ")}`,
		"FROM scratch",
		"COPY --from=pack /out /"
	], directories, nonce);
}
function build(lines, directories, nonce) {
	const args = directories.flatMap((directory, at) => argumentsOf(directory, at));
	const namespace = directories[0]?.namespace;
	return {
		dockerfile: `${lines.join("\n")}\n`,
		args: {
			NONCE: nonce,
			...namespace ? { BUILDKIT_CACHE_MOUNT_NS: namespace } : {},
			...Object.fromEntries(args)
		}
	};
}
/** Texts of the user's own go in as build arguments: none can be anything else than the value of its option. */
function argumentsOf({ mount }, at) {
	return [[`ID_${at}`, mount.id], ...mount.source ? [[`SOURCE_${at}`, mount.source]] : []];
}
/** The user's own options, as far as they choose the directory. */
function mountOption({ mount }, at, target) {
	const { from, source, owner } = mount;
	return [
		`type=cache,id=$ID_${at},target=${target}`,
		...from ? [`from=${from}`] : [],
		...source ? [`source=$SOURCE_${at}`] : [],
		...owner ? [`uid=${owner.uid},gid=${owner.gid},mode=${owner.mode.toString(8).padStart(4, "0")}`] : []
	].join(",");
}
// src/cache/mount-scripts.ts
/**
* What runs in the utility image: POSIX sh with find, stat, awk, sort, cpio and sha256sum, as BusyBox has them. The cpio of the
* `newc` form keeps owner, mode, times and links; names come to it one a line, so that what has a line feed in its name is left out.
*/
/** Writes the files of the working directory to standard output: `mode uid gid bytes time name`, none that is not worth keeping. */
const list = `
set -eu
export LC_ALL=C
feed='
'
mkdir -p /w
list() {
  find . -path ./.buildx-action -prune -o -name "*$feed*" -prune -o '(' -type f -o -type d -o -type l ')' -exec stat -c '%f %u %g %s %Y %n' {} + |
    awk -f /work/choose.awk
}
digest() {
  awk '{ type = substr($1, 1, 1); name = substr($0, length($1 $2 $3 $4 $5) + 6)
    print $1, $2, $3, type == "4" ? "-" : $4, type == "8" ? $5 : "-", name }' "$1" | sort | sha256sum | cut -c 1-16
}
`;
/**
* Leaves out what is made again from what stays: of conda's folders of packages those with an archive beside them, and repodata; what apt
* is in the middle of. Both are told by what lies there, wherever the mount is.
*/
const choose = `
{ name = substr($0, length($1 $2 $3 $4 $5) + 6); lines[NR] = $0; names[NR] = name; type[name] = substr($1, 1, 1) }
function folder(path) { sub("/[^/]*$", "", path); return path }
END {
  for (name in type) {
    if (type[name] == "8" && name ~ /\\.(conda|tar\\.bz2)$/) {
      stem = name
      sub(/\\.(conda|tar\\.bz2)$/, "", stem)
      if (type[stem] == "4") { dropped[stem] = 1; dropped[folder(name) "/cache"] = 1 }
    }
    if (type[name] == "4" && name ~ /\\/partial$/ && type[folder(name) "/lock"] == "8") {
      emptied[name] = 1
      dropped[folder(name) "/lock"] = 1
    }
  }
  for (at = 1; at <= NR; at++) if (stays(names[at])) print lines[at]
}
function stays(name,  above) {
  if (name in dropped) return 0
  for (above = folder(name); above != "." && above != ""; above = folder(above)) {
    if (above in dropped || above in emptied) return 0
    if (above !~ "/") return 1
  }
  return 1
}
`;
/**
* A mount that is empty is filled by whole files only: they are unpacked and compared aside, in a folder of the mount, and moved. What an
* interrupted run left there goes. A mount that begins with an image's files is written over.
*/
const unpack = `
${list}
archive=$1 known=$2 how=$3 stage=/mount/.buildx-action
unpacked() {
  cpio -i -d -m -u < "$archive" || return 1
  find . '!' -type f '!' -type d '!' -type l -exec rm -f {} + || return 1
}
fill() {
  mkdir "$stage" && cd "$stage" && unpacked && list > /w/list && [ "$(digest /w/list)" = "$known" ] || return 1
  find . -mindepth 1 -maxdepth 1 -exec sh -c 'mv "$@" /mount/' sh {} + || return 1
  chown "$(stat -c %u:%g .)" /mount && chmod "$(stat -c %a .)" /mount || return 1
}
rm -rf "$stage"
cd /mount
if [ "$how" = over ]; then
  if unpacked; then echo restored > /out; else echo failed > /out; fi
  exit 0
fi
if [ -n "$(find . -mindepth 1 -maxdepth 1 | head -n 1)" ]; then
  echo kept > /out
  exit 0
fi
if fill; then echo restored > /out; else
  find /mount -mindepth 1 -maxdepth 1 -exec rm -rf {} +
  echo failed > /out
fi
cd /
rm -rf "$stage"
`;
/** Files of the context of both builds, by name. */
const mountScripts = {
	"choose.awk": choose,
	"pack.sh": `
${list}
limit=$1
shift
mkdir -p /out
: > /out/report
for pair in "$@"; do
  number=\${pair%%:*}
  cd "/m/$number"
  list > "/w/$number" || : > "/w/$number"
  awk '{ if (substr($1, 1, 1) == "8") bytes += $4 } END { printf "%.0f", bytes }' "/w/$number" > "/w/$number.bytes"
  echo "$(cat "/w/$number.bytes") $pair" >> /w/order
done
sort -n /w/order > /w/sorted
while read -r all pair; do
  number=\${pair%%:*} known=\${pair#*:}
  sort -k 5,5nr "/w/$number" | awk -v limit="$limit" '
    substr($1, 1, 1) != "8" { print; next }
    $4 < 4294967295 && used + $4 <= limit { used += $4; print }' > "/w/$number.kept"
  awk '{ if (substr($1, 1, 1) == "8") { bytes += $4; files++ } else if (substr($1, 1, 1) == "a") files++ }
    END { printf "%.0f %d", bytes, files }' "/w/$number.kept" > "/w/sum"
  read -r bytes files < /w/sum || :
  left=$(($(wc -l < "/w/$number") - $(wc -l < "/w/$number.kept")))
  limit=$((limit - bytes))
  now=$(digest "/w/$number.kept")
  state=packed
  if [ "$files" = 0 ]; then state=empty
  elif [ "$now" = "$known" ]; then state=same
  else
    cd "/m/$number"
    awk '{ print substr($0, length($1 $2 $3 $4 $5) + 6) }' "/w/$number.kept" | sort |
      cpio -o -H newc > "/out/$number.cpio" || { rm -f "/out/$number.cpio"; state=failed; }
  fi
  echo "$number $state $now $bytes $files $left" >> /out/report
done < /w/sorted
`,
	"unpack.sh": unpack
};
// src/steps/mount-bake.ts
/** A new argument for each build: BuildKit's cache has none of its steps. */
function nonce() {
	return randomUUID();
}
/** Makes the folder of a build's context, with its scripts. */
async function prepareContext(folder) {
	await mkdir(folder, { recursive: true });
	for (const [name, text] of Object.entries(mountScripts)) await writeFile(path.join(folder, name), text);
	return folder;
}
/**
* One throw-away build; what it made is in `output`. Gives the utility image pinned to the digest that BuildKit took. Throws where it
* fails, with what its step said last.
*/
async function bakeMounts({ buildx, builder, utility }, { build, context, output }) {
	const file = `${context}.json`;
	await mkdir(output, { recursive: true });
	const target = {
		context,
		"dockerfile-inline": build.dockerfile,
		args: build.args,
		output: [{
			type: "local",
			dest: output
		}]
	};
	await writeFile(file, JSON.stringify(escaped({ target: { mounts: target } })));
	const progress = createProgress("mounts");
	let digest = null;
	const feed = (line) => {
		progress.feed(line);
		digest ??= digestIn(line, utility);
	};
	const allow = [
		"--allow",
		`fs.read=${context}`,
		"--allow",
		`fs.write=${output}`
	];
	const args = [
		"--builder",
		builder.name,
		"--file",
		file,
		"--progress",
		"rawjson",
		...allow,
		"mounts"
	];
	if ((await buildx.bake(args, feed, {
		BUILDX_GIT_INFO: "false",
		BUILDX_NO_DEFAULT_ATTESTATIONS: "1"
	})).status === 0) return digest === null || utility.includes("@") ? utility : `${utility}@${digest}`;
	const { message, tail } = progress.failure();
	throw new Error([message, ...tail.slice(-1)].join(": "));
}
/** The progress names what a FROM was resolved to. */
function digestIn(line, utility) {
	const reference = canonicalReference(utility);
	if (reference === null || reference.digest) return null;
	const name = formatCanonical(reference);
	for (const [, found, digest] of line.matchAll(/FROM (\S+?)@(sha256:[0-9a-f]{64})/g)) if (found === name) return digest ?? null;
	return null;
}
// src/steps/one-warning.ts
/** Lets the same happen to several things with one warning for all: the first one that is given to the host, and how many more. */
async function oneWarning(host, work) {
	const warnings = [];
	try {
		return await work({
			...host,
			out: {
				...host.out,
				warning: (line) => void warnings.push(line)
			}
		});
	} finally {
		const [first, ...others] = warnings;
		if (first !== void 0) host.out.warning(others.length > 0 ? `${first} (and ${others.length} more)` : first);
		for (const line of others) host.out.debug(line);
	}
}
// src/steps/restore-mounts.ts
/** What the cache entries of mounts begin with, before the key of the directory; the number is that of the archive's form. */
const mountPrefix = "buildx-action-mount-1-";
/** The archive's name in its entry. */
const archiveName = "files.cpio";
/** Milliseconds for an archive of gigabytes. */
const mountTimeout = 6e5;
/** Headers of an archive: what it has on top of its files. */
const overhead = 1.1;
/** Fetches what earlier runs kept of these directories, and fills them by one build a namespace. */
async function restoreMounts(question, directories) {
	const { host } = question;
	const root = path.join(host.temp, "mounts");
	const context = await prepareContext(path.join(root, "in"));
	const found = (await oneWarning(host, async (quiet) => {
		const own = {
			...question,
			host: quiet
		};
		return await Promise.all(directories.map((directory) => fetchMount(own, directory, {
			root,
			context
		})));
	})).flatMap((restored) => restored ?? []);
	if (found.length === 0) return {
		restored: [],
		utility: null
	};
	let utility = null;
	const filled = [];
	for (const group of Map.groupBy(found, ({ directory }) => directory.namespace).values()) {
		const done = await fill({
			...question,
			utility
		}, group, context);
		utility = done.utility;
		filled.push(...done.filled);
	}
	await rm(context, {
		recursive: true,
		force: true
	});
	return {
		restored: filled,
		utility
	};
}
async function fetchMount({ inputs, host }, directory, { root, context }) {
	const folder = path.join(root, directory.key, "mount");
	const key = await restoreFolder({
		host,
		folder,
		title: `cache mount ${directory.mount.id}`,
		prefix: `${mountPrefix}${directory.key}-`,
		most: Math.ceil(inputs.cacheMountsSize * overhead) + 2 ** 20,
		timeout: mountTimeout
	});
	const digest = key === null ? null : contentOfKey(key);
	if (digest === null) return null;
	const file = `${directory.key}.cpio`;
	await rename(path.join(folder, archiveName), path.join(context, file));
	const { size } = await stat(path.join(context, file));
	return {
		directory,
		file,
		digest,
		bytes: size
	};
}
/** Each filling stands or falls alone: what could not be unpacked is empty again. */
async function fill(question, fillings, context) {
	const { host, inputs } = question;
	const output = path.join(host.temp, "mounts", "filled");
	await rm(output, {
		recursive: true,
		force: true
	});
	await mkdir(output, { recursive: true });
	const build = injection(fillings, {
		utility: question.utility ?? inputs.utilityImage,
		nonce: nonce()
	});
	const utility = await bakeMounts({
		...question,
		utility: question.utility ?? inputs.utilityImage
	}, {
		build,
		context,
		output
	});
	const words = await Promise.all(fillings.map((_, at) => wordOf(path.join(output, String(at)))));
	const failed = fillings.filter((_, at) => words[at] !== "restored" && words[at] !== "kept");
	if (failed.length > 0) host.out.warning(`cache mounts: not restored: ${failed.map(idOf).join(", ")}: what was kept is damaged`);
	for (const [at, filling] of fillings.entries()) host.out.debug(`cache mount ${idOf(filling)}: ${words[at]}`);
	return {
		utility,
		filled: fillings.flatMap((filling, at) => outcomeOf(filling, words[at]))
	};
}
/** What a builder that lives on has is newer than what was kept, and may be the same. */
function outcomeOf(filling, word) {
	if (word === "restored") return [filling];
	return word === "kept" ? [{
		...filling,
		bytes: 0
	}] : [];
}
async function wordOf(file) {
	return (await readFile(file, "utf8").catch(() => "")).trim();
}
function idOf({ directory }) {
	return directory.mount.id;
}
export { oneWarning as a, prepareContext as c, restoreMounts as i, extraction as l, mountPrefix as n, bakeMounts as o, mountTimeout as r, nonce as s, archiveName as t };
