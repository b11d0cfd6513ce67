import { i as __toESM } from "./rolldown-runtime.js";
import { t as ActionError } from "./errors.js";
import { t as findPrograms } from "./programs.js";
import { t as execute } from "./exec.js";
import { t as require_semver } from "./semver.js";
import "./python-index.js";
import path from "node:path";
// src/lock/pip-platform.ts
/** conda-lock's own choice (pypi_solver.py, MACOS_VERSION), whatever `__osx` is: the oldest macOS that wheels are taken for. */
const macosVersion = "13.4";
/** The glibc that conda-lock takes where no virtual package names one (pypi_solver.py, MANYLINUX_TAGS). */
const defaultGlibc = [2, 28];
/** Those that uv has a name for, newest first. */
const knownGlibc = [
	40,
	39,
	38,
	37,
	36,
	35,
	34,
	33,
	32,
	31,
	28,
	17
].map((minor) => [2, minor]);
const linux = {
	sys_platform: "linux",
	platform_system: "Linux",
	os_name: "posix"
};
const macos = {
	sys_platform: "darwin",
	platform_system: "Darwin",
	os_name: "posix"
};
const platforms = /* @__PURE__ */ new Map([
	["linux-64", {
		machine: "x86_64",
		uv: "x86_64-manylinux",
		system: linux,
		tags: /^(any|(many)?linux.*_x86_64)$/
	}],
	["linux-aarch64", {
		machine: "aarch64",
		uv: "aarch64-manylinux",
		system: linux,
		tags: /^(any|(many)?linux.*_aarch64)$/
	}],
	["osx-64", {
		machine: "x86_64",
		uv: "x86_64-apple-darwin",
		system: macos,
		tags: /^(any|macosx_.*_(x86_64|universal2|intel))$/
	}],
	["osx-arm64", {
		machine: "arm64",
		uv: "aarch64-apple-darwin",
		system: macos,
		tags: /^(any|macosx_.*_(arm64|universal2))$/
	}],
	["win-64", {
		machine: "AMD64",
		uv: "x86_64-pc-windows-msvc",
		system: {
			sys_platform: "win32",
			platform_system: "Windows",
			os_name: "nt"
		},
		tags: /^(any|win_amd64)$/
	}]
]);
/** A platform and its virtual packages → what uv and markers are told. Throws ActionError('solve') where no wheel could fit. */
function pipPlatform(platform, virtual, python) {
	const known = platforms.get(platform);
	if (!known) throw new ActionError("solve", `pip packages cannot be resolved for ${platform}`, [`uv knows ${[...platforms.keys()].join(", ")}; take the packages from conda, or use lock-engine: conda-lock`]);
	return {
		uv: known.system === linux ? `${known.uv}_${glibcOf(platform, virtual).join("_")}` : known.uv,
		tags: known.tags,
		environment: {
			...known.system,
			platform_machine: known.machine,
			python_version: python.split(".").slice(0, 2).join("."),
			python_full_version: python,
			implementation_name: "cpython",
			implementation_version: python,
			platform_python_implementation: "CPython"
		}
	};
}
/** The newest glibc with a name that is not newer than the machine's; the oldest of several `__glibc`, as conda-lock does. */
function glibcOf(platform, virtual) {
	const oldest = virtual.filter(({ name }) => name === "__glibc").map(({ version }) => [Number(version.split(".")[0]), Number(version.split(".")[1] ?? 0)]).sort(byAge)[0] ?? defaultGlibc;
	const glibc = knownGlibc.find((one) => byAge(one, oldest) <= 0);
	if (glibc) return glibc;
	throw new ActionError("solve", `pip packages cannot be resolved for ${platform} with glibc ${oldest.join(".")}`, ["wheels are taken for glibc 2.17 and newer: raise __glibc in virtual-packages.yml"]);
}
function byAge(a, b) {
	return a[0] - b[0] || a[1] - b[1];
}
// src/tools/pip-environment.ts
/** How this machine reaches the network: proxies and certificates, no more. */
const network = /^(?:(?:https?|all|no)_proxy|SSL_CERT_FILE|SSL_CERT_DIR|UV_SYSTEM_CERTS|UV_NATIVE_TLS|UV_HTTP_TIMEOUT)$/i;
/** The variables of proxies and certificates, for a child that goes to the network. */
function networkEnvironment(env) {
	const kept = Object.entries(env).flatMap(([name, value]) => value && network.test(name) ? [[name, value]] : []);
	return {
		...env.PIP_CERT ? { SSL_CERT_FILE: env.PIP_CERT } : {},
		...Object.fromEntries(kept)
	};
}
/**
* The whole environment of `uv pip compile`: no token, no setting of the repository's or the job's, and a PATH without any
* program, so that nothing that a package's metadata may ask for (git, say) can be started.
*/
function compileEnvironment(options) {
	const { env, folder, cache, index } = options;
	return {
		...networkEnvironment(env),
		PATH: path.join(folder, "no-programs"),
		HOME: folder,
		TMPDIR: folder,
		UV_CACHE_DIR: cache,
		UV_NO_CONFIG: "1",
		UV_PYTHON_DOWNLOADS: "never",
		UV_KEYRING_PROVIDER: "disabled",
		...index === "https://pypi.org/simple" ? {} : { UV_DEFAULT_INDEX: index },
		MACOSX_DEPLOYMENT_TARGET: macosVersion
	};
}
// src/tools/python.ts
var import_semver = /* @__PURE__ */ __toESM(require_semver(), 1);
/**
* A Python interpreter of this machine whose version is in a range (semver's), by its own file and not by a wrapper's. Throws
* ActionError('solve') where there is none; `purpose` begins its message.
*/
async function findInterpreter(question, { range = ">=3.8", purpose }) {
	const names = [
		"python3",
		"python",
		...[
			14,
			13,
			12,
			11,
			10
		].map((minor) => `python3.${minor}`)
	];
	for (const name of names) for (const file of await findPrograms(name, question)) {
		const { version, executable } = await askInterpreter(file, question);
		if (executable.startsWith("/") && (0, import_semver.satisfies)(version, range)) return executable;
	}
	throw new ActionError("solve", `${purpose} a Python ${range} on PATH, and there is none`, ["add actions/setup-python before this step, or install python3"]);
}
/** Its version and its own file; empty where it is no interpreter. */
async function askInterpreter(file, { env, temp, signal }) {
	const command = {
		file,
		args: [
			"-I",
			"-c",
			"import sys; print(*sys.version_info[:3], sep=\".\"); print(sys.executable)"
		],
		cwd: temp,
		env: {
			PATH: env.PATH,
			HOME: env.HOME
		},
		signal,
		code: "solve"
	};
	const ended = await execute(command).catch((error) => {
		if (signal?.aborted) throw error;
		return null;
	});
	const [version = "", executable = ""] = ended?.status === 0 ? ended.stdout.toString().trim().split("\n") : [];
	return {
		version,
		executable
	};
}
export { pipPlatform as i, compileEnvironment as n, networkEnvironment as r, findInterpreter as t };
