import { i as __toESM } from "./rolldown-runtime.js";
import { t as require_semver } from "./semver.js";
import { t as ActionError } from "./errors.js";
import { t as execute } from "./exec.js";
import { n as isExecutable, t as findPrograms } from "./programs.js";
import { i as downloadVerified, n as indexOf, s as installTool, t as findInIndex } from "./python-index.js";
import { t as readZipEntry } from "./zip.js";
import { writeFile } from "node:fs/promises";
import path from "node:path";
// src/tools/uv.ts
var import_semver = /* @__PURE__ */ __toESM(require_semver(), 1);
/** The version that is downloaded where the machine has none. */
const uvVersion = "0.13.8";
/** What we call uv with, and what we read of it, is in these; 0.9 lists wheels of all platforms. */
const goodVersions = ">=0.11.0 <1";
const largestWheel = 104857600;
const largestBinary = 209715200;
/** PyPI's simple index of uv, 2026-11-21; by Node's platform and architecture. */
const wheels = /* @__PURE__ */ new Map([
	["linux-x64", {
		file: `uv-${uvVersion}-py3-none-manylinux_2_17_x86_64.manylinux2014_x86_64.whl`,
		sha256: "e18a57b8b352eb7c8feb317b9f6f533c8f0ad9673fd6cf34bbe3cf1a9f6a8984",
		folder: "c5/32/52ee34636aea1ab3f8baeeae1c3599461b8cddfb379862cc72ac61b8d91c"
	}],
	["linux-arm64", {
		file: `uv-${uvVersion}-py3-none-manylinux_2_17_aarch64.manylinux2014_aarch64.musllinux_1_1_aarch64.whl`,
		sha256: "0b3e8b1a4f5e405e31e2ff33de8af4744831e9f7338539671efbd8c3c94e791d",
		folder: "9e/f0/d989ac5fcebf83f1c8c5d78974f27788e8364945969eb646f5d0db35d924"
	}],
	["darwin-x64", {
		file: `uv-${uvVersion}-py3-none-macosx_10_12_x86_64.whl`,
		sha256: "b7124ca1956ec2e476a1003ea5715a15f0266afaec37f4dc9c6972ba8183e6d1",
		folder: "be/7a/fd8a719c0198f8f8341847fc33b377f25ac79f7c4a56dbce5ceb086f239c"
	}],
	["darwin-arm64", {
		file: `uv-${uvVersion}-py3-none-macosx_11_0_arm64.whl`,
		sha256: "62b6943c7fd64fac6854f780bea6e0359e5a5bc3241f83ee357bb38276afac49",
		folder: "84/46/deb3a1eb3020575e41d1f9840c07185761d8d4c25cd6f58e813afb017476"
	}]
]);
/**
* The file of a uv that can be used: PATH's, else the tool cache's, else one that is downloaded, checked by its hash and kept for
* later runs. Throws ActionError('solve') where none can be had.
*/
async function findUv(question) {
	return await onPath(question) ?? await inToolCache(question) ?? await downloaded(question);
}
async function onPath(question) {
	for (const file of await findPrograms("uv", question)) if (await isGood(file, question)) return file;
	return null;
}
async function isGood(file, { env, temp, signal }) {
	const command = {
		file,
		args: ["--version"],
		cwd: temp,
		env: {
			PATH: env.PATH,
			HOME: env.HOME,
			UV_NO_CONFIG: "1"
		},
		signal,
		code: "solve"
	};
	const ended = await execute(command).catch((error) => {
		if (signal?.aborted) throw error;
		return null;
	});
	const [, version = ""] = /^uv (\d+\.\d+\.\d+)/.exec(ended?.stdout.toString() ?? "") ?? [];
	return ended?.status === 0 && version !== "" && (0, import_semver.satisfies)(version, goodVersions);
}
/** Whatever good version a step before this one put there (astral-sh/setup-uv does), the newest first. */
async function inToolCache({ env, arch = process.arch }) {
	if (!env.RUNNER_TOOL_CACHE || env.RUNNER_TOOL_CACHE !== process.env.RUNNER_TOOL_CACHE) return null;
	const { find, findAllVersions } = await import("./tool-cache.js");
	const versions = ["x64", "arm64"].includes(arch) ? findAllVersions("uv", arch) : [];
	for (const version of versions.filter((one) => (0, import_semver.satisfies)(one, goodVersions)).sort((a, b) => (0, import_semver.gte)(a, b) ? -1 : 1)) {
		const file = path.join(find("uv", version, arch), "uv");
		if (await isExecutable(file)) return file;
	}
	return null;
}
async function downloaded({ env, signal, platform = process.platform, arch = process.arch }) {
	const wheel = wheels.get(`${platform}-${arch}`);
	if (!wheel) throw new ActionError("solve", `pip packages need uv, and PyPI’s is not known for ${platform}-${arch}`, [`put uv ${goodVersions} on PATH before this step`]);
	const folder = await installTool({
		env,
		tool: {
			name: "uv",
			version: uvVersion,
			arch
		}
	}, (work) => unpackInto(work, wheel, env, signal)).catch((cause) => {
		if (cause instanceof ActionError && cause.code === "cancelled") throw cause;
		throw new ActionError("solve", `pip packages need uv ${uvVersion}, which cannot be had: ${cause.message}`, ["put uv on PATH before this step (astral-sh/setup-uv), or set UV_DEFAULT_INDEX to an index that is reached"]);
	});
	return path.join(folder, "uv");
}
async function unpackInto(folder, wheel, env, signal) {
	const place = await placeOf(wheel, indexOf(env), signal);
	const bytes = await downloadVerified({
		...place,
		sha256: wheel.sha256,
		limit: largestWheel,
		signal
	});
	const read = async (start, length) => bytes.subarray(start, start + length);
	const binary = await readZipEntry({
		read,
		size: bytes.length
	}, (name) => name.endsWith(".data/scripts/uv"), largestBinary);
	if (!binary) throw new Error(`${wheel.file} holds no uv`);
	await writeFile(path.join(folder, "uv"), binary, { mode: 493 });
}
/** At PyPI the address is known; another index is asked where it has the file. */
async function placeOf({ file, folder }, index, signal) {
	if (index === "https://pypi.org/simple") return { url: `https://files.pythonhosted.org/packages/${folder}/${file}` };
	const found = await findInIndex(index, "uv", file, signal);
	if (found) return found;
	throw new Error(`${new URL(index).host} has no ${file}`);
}
export { findUv, uvVersion };
