import { t as pLimit } from "./p-limit.js";
import { i as messageOf, t as ActionError } from "./errors.js";
import { t as originOf } from "./origin.js";
import { n as validRange, r as compare, s as valid } from "./pep440.js";
import { n as nameOf } from "./match-spec.js";
import { n as markerHoldsIn, r as normalName } from "./pip-marker.js";
import { t as pypiNames } from "./pypi-names.js";
import { i as pipPlatform, n as compileEnvironment, t as findInterpreter } from "./python.js";
import { r as userCache } from "./environment.js";
import { i as withLogin } from "./http.js";
import { t as execute } from "./exec.js";
import { a as fetchBytes, c as shown, n as indexOf, o as fetchFile } from "./python-index.js";
import { t as readZipEntry } from "./zip.js";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { crc32 } from "node:zlib";
import { pathToFileURL } from "node:url";
// src/lock/pip-constraints.ts
/** What PyPI calls a package of conda; the same in PEP 503's form where nothing else is known. */
function pypiNameOf(conda) {
	return pypiNames.get(conda) ?? normalName(conda);
}
/**
* The Python packages among conda's, which pip is not to install again. As conda-lock chooses them (pypi_solver.py,
* solve_pypi): those that depend on Python; where two have one PyPI name, the one whose own name differs. A version
* that PEP 440 does not know says nothing to a resolver and is left out.
*/
function providedByConda(records) {
	const found = /* @__PURE__ */ new Map();
	for (const { name: conda, version: written, depends } of records) {
		if (conda.startsWith("__") || !depends.some((spec) => nameOf(spec) === "python")) continue;
		const name = pypiNameOf(conda);
		const version = valid(written);
		if (version !== null && (!found.has(name) || name !== conda)) found.set(name, {
			name,
			version,
			conda
		});
	}
	return [...found.values()];
}
/** The version of the Python that conda brings, without what follows its numbers (`3.14.0rc2` → `3.14.0`); null without one. */
function pythonVersion(records) {
	const version = records.find(({ name }) => name === "python")?.version;
	return /^\d+\.\d+(\.\d+)?/.exec(version ?? "")?.[0] ?? null;
}
// src/lock/pip-errors.ts
/**
* The error of a request that uv did not resolve, from what it says. No solution is the specs' fault; what else uv fails for (an index
* that cannot be reached) is not.
*/
function resolveError(request, provided, explanation) {
	if (explanation.some((line) => line.startsWith("No solution found"))) return unsolvable(request, provided, explanation);
	const [reason = "", ...details] = explanation;
	return new ActionError("solve", `uv cannot resolve the pip packages of ${request.platform}: ${reason}`, details);
}
/** uv's words, then the lines of the environment files that ask for what they name. */
function unsolvable(request, provided, explanation) {
	const words = new Set(explanation.join(" ").split(/[^A-Za-z0-9._-]+|[<>=!~[\]]/).map((word) => word.replace(/\.$/, "")));
	const named = request.specs.filter(({ name }) => words.has(name));
	const shown = named.length > 0 ? named : request.specs;
	const [first] = shown;
	const asks = ({ name, version }) => `asks for ${name}${version}`;
	const from = provided.filter(({ name }) => words.has(name)).map((one) => `${one.name} ${one.version} comes from conda`);
	return new ActionError("solve", `the pip packages of ${request.platform} do not fit together${first ? `: ${originOf(first)} ${asks(first)}` : ""}`, [
		...explanation,
		...from,
		...shown.slice(1).map((spec) => `${originOf(spec)} ${asks(spec)}`),
		remedyOf(explanation)
	]);
}
function remedyOf(explanation) {
	return explanation.some((line) => /no (usable )?wheels|building from source/i.test(line)) ? "only wheels are taken, nothing is built: take the package from conda, or a version that has a wheel" : "loosen one of these, or take the package from conda";
}
// src/lock/pip-rules.ts
const name = /^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$/;
/**
* Refuses what would make a resolver run code or ask strangers: VCS, path and URL requirements, indexes of other hosts, and
* whatever could be read as an option. To be asked before a resolver starts. Throws ActionError('lock') that names them all.
*/
function checkPip(specs, repositories, rules) {
	const [first, ...others] = [...specs.flatMap(specProblem), ...repositories.flatMap((url) => repositoryProblem(url, rules))];
	if (first === void 0) return;
	throw new ActionError("lock", first, [...others, ...remedies(rules, specs)]);
}
/** A requirement as a line of a requirements file; safe after `checkPip`. */
function requirementLine(spec) {
	const extras = spec.extras.length > 0 ? `[${spec.extras.join(",")}]` : "";
	const marker = spec.markers ? ` ; ${spec.markers}` : "";
	return `${spec.name}${extras}${spec.version === "*" ? "" : spec.version}${marker}`;
}
function specProblem(spec) {
	const what = spec.url !== null ? kindOf(spec.url) : wordsOf(spec) ? null : "no plain requirement";
	return what === null ? [] : [`${originOf(spec)}: pip requirement ${JSON.stringify(spec.name.slice(0, 100))} is ${what}`];
}
/** The address itself stays out of messages: it can hold a password. */
function kindOf(url) {
	if (/^(git|hg|svn|bzr)\+/i.test(url)) return "taken from a version control system";
	if (/^https?:/i.test(url)) return "the address of a file";
	return "a path or an address";
}
/** Whether nothing of it could be an option, a comment, a second line or a variable in a requirements file. */
function wordsOf(spec) {
	const version = spec.version === "" || spec.version === "*" || validRange(spec.version);
	const hash = spec.hash === null || /^sha256:[0-9a-f]{64}$/.test(spec.hash);
	const plain = !/[^ -~]|[\\#$;]/.test(`${spec.version}${spec.markers ?? ""}`);
	return name.test(spec.name) && spec.extras.every((extra) => name.test(extra)) && version && hash && plain && isMarker(spec);
}
function isMarker({ markers }) {
	if (markers === null) return true;
	try {
		markerHoldsIn(markers, {});
		return markers.trim() !== "";
	} catch {
		return false;
	}
}
function repositoryProblem(repository, { allowedHosts }) {
	const url = URL.canParse(repository) ? new URL(repository) : null;
	if (url && /^https?:$/.test(url.protocol) && isAllowedHost(url, allowedHosts)) return [];
	return [`pip-repositories names ${url ? url.host || url.protocol : "no URL"}, which is not in allowed-hosts`];
}
/** Whether a URL's host, with its port or for any port, is one of a list. */
function isAllowedHost(url, hosts) {
	return hosts.includes(url.host) || hosts.includes(url.hostname);
}
function remedies({ trusted }, specs) {
	const reason = "only wheels from an index are taken: to read anything else, code of it would have to run";
	const way = trusted ? "release it to an index, take it from conda, or use lock-engine: conda-lock, which this run is trusted to" : "release it to an index or take it from conda";
	return specs.some((spec) => specProblem(spec).length > 0) ? [reason, way] : ["a repository of your own: add its host to allowed-hosts"];
}
// src/lock/poetry-constraint.ts
const everything = {
	min: null,
	max: null,
	includeMin: false,
	includeMax: false
};
/**
* A PEP 440 specifier as conda-lock writes it in `dependencies` of pip packages, which is how poetry shows a constraint: `*`
* for none, `1.2` for `==1.2`, `>=1.4,<2.0` for `~=1.4`, `>=1,<1.5 || >1.5` for `>=1,!=1.5`.
*/
function poetryConstraint(specifier) {
	const clauses = specifier.split(",").map((clause) => clause.trim()).filter((clause) => clause !== "" && clause !== "*");
	const [only] = clauses;
	if (only === void 0) return "*";
	if (!clauses.every((clause) => valid(clause.replace(/^[=!<>~\s]+/, "").replace(/^(.*)\.\*$/, "$1")))) return clauses.join(",");
	if (clauses.length === 1 && only.startsWith("!=")) return `!=${only.slice(2).trim()}`;
	const ranges = clauses.map(rangesOf).reduce(intersection);
	return ranges.length === 0 ? "<empty>" : ranges.map(textOf).join(" || ");
}
function rangesOf(clause) {
	const [, operator = "==", version = ""] = /^(===|~=|==|!=|<=|>=|<|>)?\s*(\S+)$/.exec(clause) ?? [];
	switch (operator) {
		case ">=":
		case ">": return [{
			...everything,
			min: version,
			includeMin: operator === ">="
		}];
		case "<=":
		case "<": return [{
			...everything,
			max: version,
			includeMax: operator === "<="
		}];
		case "~=": return [{
			...everything,
			min: version,
			max: `${next(version.split(".").slice(0, -1))}.0`,
			includeMin: true
		}];
		case "!=": return complement(equal(version));
		default: return [equal(version)];
	}
}
function equal(version) {
	if (!version.endsWith(".*")) return {
		min: version,
		max: version,
		includeMin: true,
		includeMax: true
	};
	const stem = version.slice(0, -2);
	return {
		min: `${stem}.dev0`,
		max: `${next(stem.split("."))}.dev0`,
		includeMin: true,
		includeMax: false,
		wildcard: version
	};
}
/** The next series: `1.4` → `1.5`. */
function next(parts) {
	const last = Number.parseInt(parts.at(-1) ?? "0", 10) + 1;
	return [...parts.slice(0, -1), String(last)].join(".");
}
function complement({ min, max, includeMin, includeMax }) {
	return [{
		...everything,
		max: min,
		includeMax: !includeMin
	}, {
		...everything,
		min: max,
		includeMin: !includeMax
	}];
}
function intersection(some, others) {
	return some.flatMap((a) => others.flatMap((b) => common(a, b)));
}
function common(a, b) {
	const low = lowerBound(a, b) > 0 ? a : b;
	const high = upperBound(a, b) < 0 ? a : b;
	const { min, includeMin } = low;
	const { max, includeMax } = high;
	if (min !== null && max !== null) {
		const order = compare(min, max);
		if (order > 0 || order === 0 && !(includeMin && includeMax)) return [];
	}
	const wildcard = low === high ? low.wildcard : void 0;
	return [{
		min,
		max,
		includeMin,
		includeMax,
		...wildcard ? { wildcard } : {}
	}];
}
/** Which of two begins later: positive for the first. */
function lowerBound(a, b) {
	if (a.min === null || b.min === null) return a.min === b.min ? 0 : a.min === null ? -1 : 1;
	return compare(a.min, b.min) || Number(b.includeMin) - Number(a.includeMin);
}
/** Which of two ends earlier: negative for the first. */
function upperBound(a, b) {
	if (a.max === null || b.max === null) return a.max === b.max ? 0 : a.max === null ? 1 : -1;
	return compare(a.max, b.max) || Number(a.includeMax) - Number(b.includeMax);
}
function textOf({ min, max, includeMin, includeMax, wildcard }) {
	if (wildcard) return `==${wildcard}`;
	if (min !== null && min === max) return min;
	const lower = min === null ? [] : [`${includeMin ? ">=" : ">"}${min}`];
	const upper = max === null ? [] : [`${includeMax ? "<=" : "<"}${max}`];
	return [...lower, ...upper].join(",") || "*";
}
// src/lock/wheel-metadata.ts
const requirement = /^(?<name>[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)\s*(?:\[(?<extras>[^\]]*)\])?\s*(?:@\s*(?<url>\S+)|\(?(?<specifier>[^;()]*)\)?)\s*(?:;\s*(?<marker>.*))?$/;
/** Reads the `Requires-Dist` lines of METADATA's head; a line that is no requirement is passed over, as installers of old do. */
function readRequirements(metadata) {
	const [head = ""] = metadata.replace(/\r\n?/g, "\n").split("\n\n", 1);
	return head.replace(/\n[ \t]+/g, " ").split("\n").flatMap((line) => {
		const { name, extras = "", specifier = "", marker } = requirement.exec(valueOfLine(line))?.groups ?? {};
		if (name === void 0) return [];
		const wanted = extras.split(",").map((extra) => extra.trim()).filter(Boolean);
		const trimmed = specifier.replace(/\s+/g, "");
		return [{
			name: normalName(name),
			extras: wanted.map(normalName),
			specifier: trimmed,
			marker: marker?.trim() || null
		}];
	});
}
function valueOfLine(line) {
	return /^requires-dist:/i.test(line) ? line.slice(14).trim() : "";
}
/**
* Name → constraint for each chosen package, as conda-lock writes `dependencies`: what holds in the environment, with the
* extras that somebody among `wanted` (name → extras, of the specs) or the packages themselves asks for.
*/
function dependenciesOf(chosen, wanted, environment) {
	const packages = new Map(chosen.map((one) => [one.name, one]));
	const extras = new Map([...wanted].map(([name, some]) => [name, new Set(some.map(normalName))]));
	const active = (one) => one.requirements.filter(({ marker }) => holds(marker, environment, extras.get(one.name)));
	for (let open = [...packages.values()]; open.length > 0;) open = open.flatMap(active).flatMap(({ name, extras: some }) => {
		const known = extras.get(name) ?? /* @__PURE__ */ new Set();
		const fresh = some.filter((extra) => !known.has(extra));
		extras.set(name, /* @__PURE__ */ new Set([...known, ...fresh]));
		const asked = packages.get(name);
		return asked && fresh.length > 0 ? [asked] : [];
	});
	return new Map(chosen.map((one) => [one.name, constraintsOf(one.name, active(one))]));
}
/** Without an extra asked for, `extra == "…"` is false: no extra has the empty name. */
function holds(marker, environment, extras = /* @__PURE__ */ new Set()) {
	if (marker === null) return true;
	return (extras.size > 0 ? [...extras] : [""]).some((extra) => markerHoldsIn(normalExtras(marker), {
		...environment,
		extra
	}));
}
/** Extras are compared in PEP 503's form, however a marker writes them. */
function normalExtras(marker) {
	return marker.replace(/(\bextra\s*[=!]=\s*)(['"])([^'"]*)\2/g, (_, start, quote, name) => `${start}${quote}${normalName(name)}${quote}`);
}
function constraintsOf(self, requirements) {
	const specifiers = /* @__PURE__ */ new Map();
	for (const { name, specifier } of requirements) if (name !== self) specifiers.set(name, [...specifiers.get(name) ?? [], specifier]);
	const entries = [...specifiers].map(([name, some]) => [name, poetryConstraint(some.filter(Boolean).join(","))]);
	return Object.fromEntries(entries);
}
// src/lock/wheel-rank.ts
/**
* The wheel that an installer takes for a Python (`3.12.7`) on a machine of these platform tags, as packaging orders tags: made for
* this CPython, then the stable ABI, then any; the newest of the platform's tags first. Among equals the highest build
* number. Null where none fits.
*/
function bestWheel(wheels, { python, tags }) {
	const minor = Number(python.split(".")[1]);
	return wheels.map((wheel) => ({
		wheel,
		rank: rankOf(fileOf(wheel.url), minor, tags)
	})).filter(({ rank }) => rank.every(Number.isFinite)).sort((a, b) => byRank(a.rank, b.rank) || (a.wheel.url < b.wheel.url ? -1 : 1))[0]?.wheel ?? null;
}
function fileOf(url) {
	return decodeURIComponent(URL.parse(url)?.pathname.split("/").at(-1) ?? "");
}
/** `name-version(-build)?-python-abi-platform.whl`; each of the tags can be several, joined by dots. */
function rankOf(file, minor, tags) {
	const parts = file.replace(/\.whl$/, "").split("-");
	const [pythons = "", abis = "", platforms = ""] = parts.slice(-3);
	const build = parts.length === 6 ? Number.parseInt(parts[2] ?? "", 10) || 0 : 0;
	const interpreter = pythons.split(".").flatMap((python) => abis.split(".").map((abi) => pythonRank(python, abi, minor)));
	const platform = Math.min(...platforms.split(".").filter((tag) => tags.test(tag)).map(platformRank));
	return [
		platform === anyPlatform ? 1 : 0,
		Math.min(...interpreter),
		platform,
		-build
	];
}
/** cp312-cp312, cp312-abi3, cp312-none, cp311-abi3 …, py312, py3, py311 … */
function pythonRank(python, abi, minor) {
	const [, kind, version = ""] = /^(cp|py)(3\d*)$/.exec(python) ?? [];
	const distance = minor - Number(version.slice(1) || NaN);
	if (kind === "cp" && distance === 0) return abi === "abi3" ? 1 : abi === "none" ? 2 : 0;
	if (kind === "cp" && abi === "abi3" && distance > 0) return 2 + distance;
	if (kind !== "py") return Number.POSITIVE_INFINITY;
	return version === "3" ? 101 : distance === 0 ? 100 : distance > 0 ? 101 + distance : Number.POSITIVE_INFINITY;
}
const anyPlatform = 1e4;
/** By the version in the tag, newest first; a tag without one is older than all that have one. */
function platformRank(tag) {
	if (tag === "any") return anyPlatform;
	const legacy = {
		manylinux1: 5,
		manylinux2010: 12,
		manylinux2014: 17
	}[tag.split("_", 1)[0] ?? ""];
	if (legacy !== void 0) return 1e3 - legacy;
	const [, major = "0", minor = "0"] = /^(?:manylinux|macosx)_(\d+)_(\d+)_/.exec(tag) ?? [];
	const universal = tag.includes("universal") ? .5 : 0;
	return 1e3 - (tag.startsWith("macosx") ? Number(major) * 20 : 0) - Number(minor) + universal;
}
function byRank(a, b) {
	const at = a.findIndex((part, index) => part !== b[index]);
	return at === -1 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}
// node_modules/smol-toml/dist/error.js
/*!
* Copyright (c) Squirrel Chat et al., All rights reserved.
* SPDX-License-Identifier: BSD-3-Clause
*
* Redistribution and use in source and binary forms, with or without
* modification, are permitted provided that the following conditions are met:
*
* 1. Redistributions of source code must retain the above copyright notice, this
*    list of conditions and the following disclaimer.
* 2. Redistributions in binary form must reproduce the above copyright notice,
*    this list of conditions and the following disclaimer in the
*    documentation and/or other materials provided with the distribution.
* 3. Neither the name of the copyright holder nor the names of its contributors
*    may be used to endorse or promote products derived from this software without
*    specific prior written permission.
*
* THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND
* ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED
* WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
* DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE
* FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
* DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
* SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER
* CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY,
* OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
* OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
*/
function getLineColFromPtr(string, ptr) {
	let lines = string.slice(0, ptr).split(/\r?\n/);
	return [lines.length, lines.pop().length + 1];
}
function makeCodeBlock(string, line, column) {
	let lines = string.split(/\r?\n/);
	let codeblock = "";
	let numberLen = (Math.log10(line + 1) | 0) + 1;
	for (let i = line - 1; i <= line + 1; i++) {
		let l = lines[i - 1];
		if (!l) continue;
		codeblock += i.toString().padEnd(numberLen, " ");
		codeblock += ":  ";
		codeblock += l;
		codeblock += "\n";
		if (i === line) {
			codeblock += " ".repeat(numberLen + column + 2);
			codeblock += "^\n";
		}
	}
	return codeblock;
}
var TomlError = class TomlError extends Error {
	line;
	column;
	codeblock;
	constructor(message, options) {
		const [line, column] = getLineColFromPtr(options.toml, options.ptr);
		const codeblock = makeCodeBlock(options.toml, line, column);
		super(`Invalid TOML document: ${message}\n\n${codeblock}`, options);
		this.line = line;
		this.column = column;
		this.codeblock = codeblock;
	}
	/** @internal */
	static x(message, ctx, ptr) {
		throw new TomlError(message, {
			toml: ctx.s,
			ptr: ptr ?? ctx.p
		});
	}
};
// node_modules/smol-toml/dist/primitive.js
/*!
* Copyright (c) Squirrel Chat et al., All rights reserved.
* SPDX-License-Identifier: BSD-3-Clause
*
* Redistribution and use in source and binary forms, with or without
* modification, are permitted provided that the following conditions are met:
*
* 1. Redistributions of source code must retain the above copyright notice, this
*    list of conditions and the following disclaimer.
* 2. Redistributions in binary form must reproduce the above copyright notice,
*    this list of conditions and the following disclaimer in the
*    documentation and/or other materials provided with the distribution.
* 3. Neither the name of the copyright holder nor the names of its contributors
*    may be used to endorse or promote products derived from this software without
*    specific prior written permission.
*
* THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND
* ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED
* WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
* DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE
* FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
* DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
* SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER
* CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY,
* OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
* OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
*/
/** @internal */
function parseString(ctx) {
	let startPtr = ctx.p;
	let c = ctx.s.charCodeAt(ctx.p++);
	let first = c;
	let isLiteral = c === 39;
	let isMultiline = c === ctx.s.charCodeAt(ctx.p) && c === ctx.s.charCodeAt(ctx.p + 1);
	if (isMultiline) {
		if ((c = ctx.s.charCodeAt(ctx.p += 2)) === 10) ctx.p++;
		else if (c === 13 && ctx.s.charCodeAt(ctx.p + 1) === 10) ctx.p += 2;
	}
	let parsed = "";
	let sliceStart = ctx.p;
	let state = 0;
	for (; ctx.p < ctx.s.length; ctx.p++) {
		c = ctx.s.charCodeAt(ctx.p);
		if (isMultiline && (c === 10 || c === 13 && ctx.s.charCodeAt(ctx.p + 1) === 10)) state = state && 3;
		else if (c < 32 && c !== 9 || c === 127) TomlError.x("control characters are not allowed in strings", ctx);
		else if ((!state || state === 3) && c === first && (!isMultiline || ctx.s.charCodeAt(ctx.p + 1) === first && ctx.s.charCodeAt(ctx.p + 2) === first)) {
			if (isMultiline) {
				if (ctx.s.charCodeAt(ctx.p + 3) === first) ctx.p++;
				if (ctx.s.charCodeAt(ctx.p + 3) === first) ctx.p++;
			}
			if (!state) {
				let s = ctx.s.slice(sliceStart, ctx.p);
				parsed = parsed ? parsed + s : s;
			}
			ctx.p += isMultiline ? 3 : 1;
			return parsed;
		} else if (!state) {
			if (!isLiteral && c === 92) {
				parsed += ctx.s.slice(sliceStart, sliceStart = ctx.p);
				state = 1;
			}
		} else if (state === 1) {
			if (c === 120 || c === 117 || c === 85) {
				let errPtr = ctx.p++ - 1;
				let value = 0;
				let len = c === 120 ? 2 : c === 117 ? 4 : 8;
				for (let j = 0; j < len; j++, ctx.p++) {
					let hex = ctx.s.charCodeAt(ctx.p);
					let digit = hex >= 48 && hex <= 57 ? hex - 48 : hex >= 65 && hex <= 70 ? hex - 65 + 10 : hex >= 97 && hex <= 102 ? hex - 97 + 10 : -1;
					if (digit < 0) TomlError.x("invalid non-hex character in unicode escape", ctx);
					value = value << 4 | digit;
				}
				if (value < 0 || value > 1114111 || value >= 55296 && value <= 57343) TomlError.x("invalid unicode escape", ctx, errPtr);
				parsed += String.fromCodePoint(value);
				sliceStart = ctx.p--;
				state = 0;
			} else if (isMultiline && (c === 32 || c === 9)) state = 2;
			else {
				if (c === 98) parsed += "\b";
				else if (c === 116) parsed += "	";
				else if (c === 110) parsed += "\n";
				else if (c === 102) parsed += "\f";
				else if (c === 114) parsed += "\r";
				else if (c === 101) parsed += "\x1B";
				else if (c === 34) parsed += "\"";
				else if (c === 92) parsed += "\\";
				else TomlError.x("unrecognised escape sequence", ctx);
				sliceStart = ctx.p + 1;
				state = 0;
			}
		} else if (c !== 32 && c !== 9) {
			if (state === 2) TomlError.x("invalid escape: only line-ending whitespace may be escaped", ctx, sliceStart);
			state = !isLiteral && c === 92 ? 1 : 0;
			sliceStart = ctx.p;
		}
	}
	TomlError.x("unfinished string", ctx, startPtr);
}
// node_modules/smol-toml/dist/date.js
/*!
* Copyright (c) Squirrel Chat et al., All rights reserved.
* SPDX-License-Identifier: BSD-3-Clause
*
* Redistribution and use in source and binary forms, with or without
* modification, are permitted provided that the following conditions are met:
*
* 1. Redistributions of source code must retain the above copyright notice, this
*    list of conditions and the following disclaimer.
* 2. Redistributions in binary form must reproduce the above copyright notice,
*    this list of conditions and the following disclaimer in the
*    documentation and/or other materials provided with the distribution.
* 3. Neither the name of the copyright holder nor the names of its contributors
*    may be used to endorse or promote products derived from this software without
*    specific prior written permission.
*
* THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND
* ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED
* WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
* DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE
* FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
* DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
* SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER
* CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY,
* OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
* OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
*/
let DATE_TIME_RE = /^(\d{4}-\d{2}-\d{2})?[Tt ]?(?:(\d{2}):\d{2}(?::\d{2}(?:\.\d+)?)?)?(Z|z|[-+]\d{2}:\d{2})?$/i;
var TomlDate = class TomlDate extends Date {
	#hasDate = false;
	#hasTime = false;
	#offset = null;
	constructor(date, fasttype, unsafeDelim) {
		let hasDate = true;
		let hasTime = true;
		let offset = "Z";
		let c;
		if (typeof date === "string") {
			if (fasttype) prep: {
				if (fasttype < 3) {
					if (+date.slice(11, 13) > 23) {
						date = "";
						break prep;
					}
					if (fasttype === 2) {
						offset = null;
						date += "Z";
					} else if ((c = date.charCodeAt(date.length - 1)) !== 90 && c !== 122) offset = date.slice(date.length - 6);
					if (unsafeDelim) date = date.slice(0, 10) + "T" + date.slice(11);
				} else if (fasttype === 4) date = +date.slice(0, 2) > 23 ? "" : `0000-01-01T${date}Z`;
				hasDate = fasttype !== 4;
				hasTime = fasttype !== 3;
			}
			else {
				let match = date.match(DATE_TIME_RE);
				if (match) {
					if (!match[1]) {
						hasDate = false;
						date = `0000-01-01T${date}`;
					}
					hasTime = !!match[2];
					hasTime && date[10] === " " && (date = date.replace(" ", "T"));
					if (match[2] && +match[2] > 23) date = "";
					else {
						offset = match[3] || null;
						if (!offset && hasTime) date += "Z";
					}
				} else date = "";
			}
		}
		super(date);
		if (!isNaN(this.getTime())) {
			this.#hasDate = hasDate;
			this.#hasTime = hasTime;
			this.#offset = offset;
		}
	}
	isDateTime() {
		return this.#hasDate && this.#hasTime;
	}
	isLocal() {
		return !this.#hasDate || !this.#hasTime || !this.#offset;
	}
	isDate() {
		return this.#hasDate && !this.#hasTime;
	}
	isTime() {
		return this.#hasTime && !this.#hasDate;
	}
	isValid() {
		return this.#hasDate || this.#hasTime;
	}
	toISOString() {
		let iso = super.toISOString();
		if (this.isDate()) return iso.slice(0, 10);
		if (this.isTime()) return iso.slice(11, 23);
		if (this.#offset === null) return iso.slice(0, -1);
		if (this.#offset === "Z" || this.#offset === "z") return iso;
		let offset = +this.#offset.slice(1, 3) * 60 + +this.#offset.slice(4, 6);
		offset = this.#offset[0] === "-" ? offset : -offset;
		return (/* @__PURE__ */ new Date(this.getTime() - offset * 6e4)).toISOString().slice(0, -1) + this.#offset;
	}
	static wrapAsOffsetDateTime(jsDate, offset = "Z") {
		let date = new TomlDate(jsDate);
		date.#offset = offset;
		return date;
	}
	static wrapAsLocalDateTime(jsDate) {
		let date = new TomlDate(jsDate);
		date.#offset = null;
		return date;
	}
	static wrapAsLocalDate(jsDate) {
		let date = new TomlDate(jsDate);
		date.#hasTime = false;
		date.#offset = null;
		return date;
	}
	static wrapAsLocalTime(jsDate) {
		let date = new TomlDate(jsDate);
		date.#hasDate = false;
		date.#offset = null;
		return date;
	}
};
// node_modules/smol-toml/dist/extract.js
/*!
* Copyright (c) Squirrel Chat et al., All rights reserved.
* SPDX-License-Identifier: BSD-3-Clause
*
* Redistribution and use in source and binary forms, with or without
* modification, are permitted provided that the following conditions are met:
*
* 1. Redistributions of source code must retain the above copyright notice, this
*    list of conditions and the following disclaimer.
* 2. Redistributions in binary form must reproduce the above copyright notice,
*    this list of conditions and the following disclaimer in the
*    documentation and/or other materials provided with the distribution.
* 3. Neither the name of the copyright holder nor the names of its contributors
*    may be used to endorse or promote products derived from this software without
*    specific prior written permission.
*
* THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND
* ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED
* WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
* DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE
* FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
* DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
* SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER
* CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY,
* OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
* OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
*/
function isDigit(char, base = 10) {
	return base === 16 ? char > 47 && char < 58 || char > 64 && char < 71 || char > 96 && char < 103 : char > 47 && char < 48 + base;
}
function isEndOfValue(char, delim) {
	return char === 32 || char === 9 || char === 10 || char === 13 || delim && (char === delim || char === 44) || char === 35;
}
/** @internal */
function extractValue(ctx, end) {
	let errPtr = ctx.p;
	let c = ctx.s.charCodeAt(ctx.p);
	if (c === 91 || c === 123) {
		ctx.d-- || TomlError.x("document contains excessively nested structures. aborting.", ctx);
		let value = c === 91 ? parseArray(ctx) : parseInlineTable(ctx);
		ctx.d++;
		return value;
	}
	if (c === 34 || c === 39) return parseString(ctx);
	if (c === 116) {
		if (ctx.s.charCodeAt(++ctx.p) !== 114 || ctx.s.charCodeAt(++ctx.p) !== 117 || ctx.s.charCodeAt(++ctx.p) !== 101) TomlError.x("invalid value", ctx, errPtr);
		return ctx.p++, true;
	}
	if (c === 102) {
		if (ctx.s.charCodeAt(++ctx.p) !== 97 || ctx.s.charCodeAt(++ctx.p) !== 108 || ctx.s.charCodeAt(++ctx.p) !== 115 || ctx.s.charCodeAt(++ctx.p) !== 101) TomlError.x("invalid value", ctx, errPtr);
		return ctx.p++, false;
	}
	if (c === 43 || c === 45) return parseNumber(ctx, ctx.p, ctx.s.charCodeAt(++ctx.p), 44 - c, end);
	if (ctx.s.charCodeAt(ctx.p + 4) === 45 && ctx.s.charCodeAt(ctx.p + 7) === 45) return parseDate(ctx, c, end);
	if (ctx.s.charCodeAt(ctx.p + 2) === 58) return parseTime(ctx, c, end);
	return parseNumber(ctx, ctx.p, c, 0, end);
}
function parseNumber(ctx, startPtr, startChr, sign, endChr) {
	let c = startChr;
	let state = 0;
	let hasUnderscores = false;
	if (c === 105) {
		if (ctx.s.charCodeAt(++ctx.p) !== 110 || ctx.s.charCodeAt(++ctx.p) !== 102) TomlError.x("invalid value", ctx, startPtr);
		return ctx.p++, (sign || 1) / 0;
	}
	if (c === 110) {
		if (ctx.s.charCodeAt(++ctx.p) !== 97 || ctx.s.charCodeAt(++ctx.p) !== 110) TomlError.x("invalid value", ctx, startPtr);
		return ctx.p++, NaN;
	}
	if (c === 48) {
		if (++ctx.p >= ctx.s.length || isEndOfValue(c = ctx.s.charCodeAt(ctx.p), endChr)) return ctx.bi === true ? 0n : 0;
		if (!sign) {
			if (c === 120) return parseIntegerBaseN(ctx, startPtr, 16, endChr);
			else if (c === 98) return parseIntegerBaseN(ctx, startPtr, 2, endChr);
			else if (c === 111) return parseIntegerBaseN(ctx, startPtr, 8, endChr);
		}
		if (c === 46) state = 2;
		else if (c === 101 || c === 69) state = 4;
		else TomlError.x("illegal leading zero", ctx, startPtr);
	} else if (!isDigit(c)) TomlError.x("invalid value", ctx, startPtr);
	while (++ctx.p < ctx.s.length && (c = ctx.s.charCodeAt(ctx.p), !isEndOfValue(c, endChr))) {
		if (!state) state = 1;
		if (c === 95) {
			if (!(state & 1)) TomlError.x("illegal underscore", ctx);
			state += 11;
			hasUnderscores = true;
		} else if (state === 1 && c === 46) state = 2;
		else if ((state === 1 || state === 3) && (c === 101 || c === 69)) state = 4;
		else if (state === 4 && (c === 43 || c === 45)) state = 6;
		else if (!isDigit(c)) TomlError.x(`illegal character in numeric literal`, ctx);
		else if (state > 9) state -= 11;
		else if (!(state & 1)) state++;
	}
	if (!state) {
		let val = (startChr - 48) * (sign || 1);
		return ctx.bi === true ? BigInt(val) : val;
	}
	if (!(state & 1)) TomlError.x("unfinished numeric value", ctx, startPtr);
	let str = ctx.s.slice(startPtr, ctx.p);
	if (hasUnderscores) str = str.replaceAll("_", "");
	return state > 1 ? parseFloat(str) : parseInteger(ctx, str, 10, startPtr);
}
function parseIntegerBaseN(ctx, startPtr, base, endChr) {
	let c, underscore = 1;
	while (++ctx.p < ctx.s.length && (c = ctx.s.charCodeAt(ctx.p), !isEndOfValue(c, endChr))) if (c === 95) {
		if (underscore & 1) TomlError.x("illegal underscore", ctx);
		underscore = 3;
	} else if (!isDigit(c, base)) TomlError.x(`illegal character in numeric literal`, ctx);
	else if (underscore & 1) underscore--;
	if (underscore & 1) TomlError.x("unfinished numeric value", ctx);
	let str = ctx.s.slice(startPtr + 2, ctx.p);
	if (underscore) str = str.replaceAll("_", "");
	return parseInteger(ctx, str, base, startPtr);
}
function parseInteger(ctx, str, base, startPtr) {
	if (ctx.bi !== true) int: {
		let val = parseInt(str, base);
		if (!Number.isSafeInteger(val)) {
			if (ctx.bi) break int;
			TomlError.x("integer value cannot be represented losslessly", ctx, startPtr);
		}
		return val;
	}
	return base === 10 ? BigInt(str) : BigInt((base === 2 ? "0b" : base === 8 ? "0o" : "0x") + str);
}
function parseDate(ctx, c, endChr) {
	let startPtr = ctx.p++, unsafeSeparator;
	if (!isDigit(c) || !isDigit(ctx.s.charCodeAt(ctx.p++)) || !isDigit(ctx.s.charCodeAt(ctx.p++)) || !isDigit(ctx.s.charCodeAt(ctx.p++))) return parseNumber(ctx, ctx.p = startPtr, c, 0, endChr);
	ctx.p += 5;
	if (!isDigit(ctx.s.charCodeAt(ctx.p++))) TomlError.x("invalid date-time: date part is malformed", ctx, startPtr);
	if (ctx.p >= ctx.s.length || ((c = ctx.s.charCodeAt(ctx.p)) !== 32 || (unsafeSeparator = true, !isDigit(ctx.s.charCodeAt(ctx.p + 1)))) && c !== 84 && c !== 116) return readDate(ctx, ctx.s.slice(startPtr, ctx.p), 3, false, startPtr);
	if (ctx.s.charCodeAt(ctx.p += 3) !== 58) TomlError.x("invalid date-time: time part is malformed", ctx, startPtr);
	if (ctx.s.charCodeAt(ctx.p += 3) === 58) ctx.p += 3;
	if (ctx.s.charCodeAt(ctx.p) === 46) while (isDigit(ctx.s.charCodeAt(++ctx.p)));
	if (c = ctx.s.charCodeAt(ctx.p)) {
		if (c === 90 || c === 122) return readDate(ctx, ctx.s.slice(startPtr, ++ctx.p), 1, unsafeSeparator, startPtr, "[+00:00]");
		if (c === 43 || c === 45) return readDate(ctx, ctx.s.slice(startPtr, ctx.p += 6), 1, unsafeSeparator, startPtr, !ctx.ld && "[" + ctx.s.slice(ctx.p - 6, ctx.p) + "]");
	}
	return readDate(ctx, ctx.s.slice(startPtr, ctx.p), 2, unsafeSeparator, startPtr);
}
function parseTime(ctx, c, endChr) {
	let start = ctx.p;
	if (!isDigit(c) || !isDigit(ctx.s.charCodeAt(++ctx.p))) return parseNumber(ctx, --ctx.p, c, 0, endChr);
	if (ctx.s.charCodeAt(ctx.p += 4) === 58) ctx.p += 3;
	if (ctx.s.charCodeAt(ctx.p) === 46) while (isDigit(ctx.s.charCodeAt(++ctx.p)));
	return readDate(ctx, ctx.s.slice(start, ctx.p), 4, false, start);
}
function readDate(ctx, str, type, unsafeDelim, errPtr, temporalSuffix) {
	if (ctx.ld) {
		let date = new TomlDate(str, type, unsafeDelim);
		if (!date.isValid()) TomlError.x("invalid date", ctx, errPtr);
		return date;
	}
	try {
		if (temporalSuffix) str += temporalSuffix;
		switch (type) {
			case 1: return Temporal.ZonedDateTime.from(str);
			case 2: return Temporal.PlainDateTime.from(str);
			case 3: return Temporal.PlainDate.from(str);
			case 4: return Temporal.PlainTime.from(str);
		}
	} catch (e) {
		TomlError.x(e instanceof Error ? e.message : "" + e, ctx, errPtr);
	}
}
// node_modules/smol-toml/dist/util.js
/*!
* Copyright (c) Squirrel Chat et al., All rights reserved.
* SPDX-License-Identifier: BSD-3-Clause
*
* Redistribution and use in source and binary forms, with or without
* modification, are permitted provided that the following conditions are met:
*
* 1. Redistributions of source code must retain the above copyright notice, this
*    list of conditions and the following disclaimer.
* 2. Redistributions in binary form must reproduce the above copyright notice,
*    this list of conditions and the following disclaimer in the
*    documentation and/or other materials provided with the distribution.
* 3. Neither the name of the copyright holder nor the names of its contributors
*    may be used to endorse or promote products derived from this software without
*    specific prior written permission.
*
* THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND
* ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED
* WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
* DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE
* FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
* DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
* SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER
* CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY,
* OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
* OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
*/
/** @internal */
function skipComment(ctx) {
	for (; ctx.p < ctx.s.length; ctx.p++) {
		let c = ctx.s.charCodeAt(ctx.p);
		if (c === 10) break;
		if (c === 13 && ctx.s.charCodeAt(ctx.p + 1) === 10) {
			ctx.p++;
			break;
		}
		if (c < 32 && c !== 9 || c === 127) TomlError.x("control characters are not allowed in comments", ctx);
	}
}
/** @internal */
function skipVoid(ctx, banNewLines, banComments) {
	let c;
	while (ctx.p < ctx.s.length) {
		while (ctx.p < ctx.s.length && ((c = ctx.s.charCodeAt(ctx.p)) === 32 || c === 9 || !banNewLines && (c === 10 || c === 13 && ctx.s.charCodeAt(ctx.p + 1) === 10))) ctx.p++;
		if (banComments || c !== 35) break;
		skipComment(ctx);
	}
}
// node_modules/smol-toml/dist/struct.js
/*!
* Copyright (c) Squirrel Chat et al., All rights reserved.
* SPDX-License-Identifier: BSD-3-Clause
*
* Redistribution and use in source and binary forms, with or without
* modification, are permitted provided that the following conditions are met:
*
* 1. Redistributions of source code must retain the above copyright notice, this
*    list of conditions and the following disclaimer.
* 2. Redistributions in binary form must reproduce the above copyright notice,
*    this list of conditions and the following disclaimer in the
*    documentation and/or other materials provided with the distribution.
* 3. Neither the name of the copyright holder nor the names of its contributors
*    may be used to endorse or promote products derived from this software without
*    specific prior written permission.
*
* THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND
* ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED
* WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
* DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE
* FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
* DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
* SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER
* CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY,
* OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
* OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
*/
/** @internal */
function parseKey(ctx, end = 61) {
	let startPtr;
	let state = 0;
	let parsed = [];
	let sliceStart;
	let c = ctx.s.charCodeAt(startPtr = ctx.p);
	do
		if (c === end) {
			if (!state) TomlError.x("unexpected end of key", ctx);
			if (state === 1) parsed.push(ctx.s.slice(sliceStart, ctx.p));
			return ctx.p++, parsed;
		} else if (c === 46) {
			if (!state) TomlError.x("illegal empty bare key", ctx);
			if (state === 1) parsed.push(ctx.s.slice(sliceStart, ctx.p));
			state = 0;
		} else if (!state && (c === 34 || c === 39)) {
			if (c === ctx.s.charCodeAt(ctx.p + 1) && c === ctx.s.charCodeAt(ctx.p + 2)) TomlError.x("illegal quoted key: multiline strings are not allowed", ctx);
			parsed.push(parseString(ctx));
			state = 2;
			ctx.p--;
		} else if (c === 32 || c === 9) {
			if (state === 1) {
				parsed.push(ctx.s.slice(sliceStart, ctx.p));
				state = 2;
			}
		} else if (state === 2 || c < 48 && c !== 45 || c > 57 && c < 65 || c > 90 && c < 97 && c !== 95 || c > 122) TomlError.x("illegal character in key", ctx);
		else if (!state) {
			state = 1;
			sliceStart = ctx.p;
		}
	while (c = ctx.s.charCodeAt(++ctx.p));
	TomlError.x("incomplete key-value: cannot find end of key", ctx, startPtr);
}
/** @internal */
function parseInlineTable(ctx) {
	let startPtr = ctx.p++;
	let res = Object.create(null);
	let seen = /* @__PURE__ */ new Set();
	let c;
	while (ctx.p < ctx.s.length) {
		skipVoid(ctx);
		if ((c = ctx.s.charCodeAt(ctx.p)) === 125) {
			ctx.p++;
			return res;
		}
		let k;
		let t = res;
		let hasOwn = false;
		let errPtr = ctx.p;
		let key = parseKey(ctx);
		for (let i = 0; i < key.length; i++) {
			if (i) t = hasOwn ? t[k] : t[k] = Object.create(null);
			k = key[i];
			if ((hasOwn = Object.hasOwn(t, k)) && (typeof t[k] !== "object" || seen.has(t[k]))) TomlError.x("trying to redefine an already defined value", ctx, errPtr);
			let unsafe = k === "__proto__";
			if (ctx.uk && (unsafe || k === "constructor")) {
				t = ctx.uk !== 1 && TomlError.x("document contains an unsafe property", ctx, errPtr);
				break;
			}
			if (!hasOwn && unsafe) Object.defineProperty(t, k, {
				enumerable: true,
				configurable: true,
				writable: true
			});
		}
		if (hasOwn) TomlError.x("trying to redefine an already defined value", ctx, errPtr);
		skipVoid(ctx, true, true);
		let value = extractValue(ctx, 125);
		if (t && typeof (t[k] = value) === "object") seen.add(value);
		skipVoid(ctx);
		if ((c = ctx.s.charCodeAt(ctx.p++)) === 125) return res;
		if (c !== 44) TomlError.x("expected comma or end of structure", ctx, ctx.p - 1);
	}
	TomlError.x("unfinished table", ctx, startPtr);
}
/** @internal */
function parseArray(ctx) {
	let startPtr = ctx.p++;
	let res = [];
	let c;
	while (ctx.p < ctx.s.length) {
		skipVoid(ctx);
		if ((c = ctx.s.charCodeAt(ctx.p)) === 93) {
			ctx.p++;
			return res;
		}
		res.push(extractValue(ctx, 93));
		skipVoid(ctx);
		if ((c = ctx.s.charCodeAt(ctx.p++)) === 93) return res;
		if (c !== 44) TomlError.x("expected comma or end of structure", ctx, ctx.p - 1);
	}
	TomlError.x("unfinished array", ctx, startPtr);
}
// node_modules/smol-toml/dist/parse.js
/*!
* Copyright (c) Squirrel Chat et al., All rights reserved.
* SPDX-License-Identifier: BSD-3-Clause
*
* Redistribution and use in source and binary forms, with or without
* modification, are permitted provided that the following conditions are met:
*
* 1. Redistributions of source code must retain the above copyright notice, this
*    list of conditions and the following disclaimer.
* 2. Redistributions in binary form must reproduce the above copyright notice,
*    this list of conditions and the following disclaimer in the
*    documentation and/or other materials provided with the distribution.
* 3. Neither the name of the copyright holder nor the names of its contributors
*    may be used to endorse or promote products derived from this software without
*    specific prior written permission.
*
* THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND
* ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED
* WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
* DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE
* FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
* DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
* SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER
* CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY,
* OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
* OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
*/
function peekTable(ctx, key, table, meta, type) {
	let t = table;
	let m = meta;
	let k;
	let hasOwn = false;
	let state;
	for (let i = 0; i < key.length; i++) {
		if (i) {
			t = hasOwn ? t[k] : t[k] = Object.create(null);
			m = (state = m[k]).c;
			if (type === 0 && (state.t === 1 || state.t === 2)) return null;
			if (state.t === 2) {
				let l = t.length - 1;
				t = t[l];
				m = m[l].c;
			}
		}
		k = key[i];
		if ((hasOwn = Object.hasOwn(t, k)) && m[k]?.t === 0 && m[k]?.d) return null;
		if (!hasOwn) {
			let unsafe = k === "__proto__";
			if (ctx.uk && (unsafe || k === "constructor")) return false;
			if (unsafe) {
				Object.defineProperty(t, k, {
					enumerable: true,
					configurable: true,
					writable: true
				});
				Object.defineProperty(m, k, {
					enumerable: true,
					configurable: true,
					writable: true
				});
			}
			m[k] = {
				t: i < key.length - 1 && type === 2 ? 3 : type,
				d: false,
				i: 0,
				c: Object.create(null)
			};
		}
	}
	state = m[k];
	if (state.t !== type && !(type === 1 && state.t === 3)) return null;
	if (type === 2) {
		if (!state.d) {
			state.d = true;
			t[k] = [];
		}
		t[k].push(t = Object.create(null));
		state.c[state.i++] = state = {
			t: 1,
			d: false,
			i: 0,
			c: Object.create(null)
		};
	}
	if (state.d) return null;
	state.d = true;
	if (type === 1) t = hasOwn ? t[k] : t[k] = Object.create(null);
	else if (type === 0 && hasOwn) return null;
	return [
		k,
		t,
		state.c
	];
}
function validateTablePeek(ctx, peek, ptr) {
	if (peek === null || ctx.uk === 2) TomlError.x(peek === null ? "trying to redefine an already defined table or value" : "document contains an unsafe property", ctx, ptr);
}
function parse(toml, options = {}) {
	let ctx = {
		s: toml,
		p: 0,
		d: options.maxDepth ?? 1e3,
		bi: options.integersAsBigInt ?? false,
		ld: options.useLegacyDate ?? true,
		uk: options.unsafeKeyBehaviour === "throw" ? 2 : options.unsafeKeyBehaviour === "drop" ? 1 : 0
	};
	let res = Object.create(null);
	let meta = Object.create(null);
	let tmp;
	let skipping = false;
	let tbl = res;
	let m = meta;
	if (toml.charCodeAt(0) === 65279) ctx.p++;
	skipVoid(ctx);
	while (ctx.p < toml.length) {
		if (toml.charCodeAt(ctx.p) === 91) {
			let isTableArray = toml.charCodeAt(++ctx.p) === 91;
			tmp = ctx.p += +isTableArray;
			skipping = false;
			let k = parseKey(ctx, 93);
			if (isTableArray) {
				if (toml.charCodeAt(ctx.p) !== 93) TomlError.x("expected end of table array declaration", ctx);
				ctx.p++;
			}
			let p = peekTable(ctx, k, res, meta, isTableArray ? 2 : 1);
			if (!p) {
				validateTablePeek(ctx, p, tmp);
				skipping = true;
			} else {
				m = p[2];
				tbl = p[1];
			}
		} else {
			tmp = ctx.p;
			let p = peekTable(ctx, parseKey(ctx), tbl, m, 0);
			if (!p && !skipping) validateTablePeek(ctx, p, tmp);
			skipVoid(ctx, true, true);
			let v = extractValue(ctx, void 0);
			if (p && !skipping) p[1][p[0]] = v;
		}
		skipVoid(ctx, true);
		if (ctx.p < toml.length && (tmp = toml.charCodeAt(ctx.p)) !== 10 && (tmp !== 13 || toml.charCodeAt(ctx.p + 1) !== 10)) TomlError.x("each key-value declaration must be followed by an end-of-line", ctx);
		skipVoid(ctx);
	}
	return res;
}
/*!
* Copyright (c) Squirrel Chat et al., All rights reserved.
* SPDX-License-Identifier: BSD-3-Clause
*
* Redistribution and use in source and binary forms, with or without
* modification, are permitted provided that the following conditions are met:
*
* 1. Redistributions of source code must retain the above copyright notice, this
*    list of conditions and the following disclaimer.
* 2. Redistributions in binary form must reproduce the above copyright notice,
*    this list of conditions and the following disclaimer in the
*    documentation and/or other materials provided with the distribution.
* 3. Neither the name of the copyright holder nor the names of its contributors
*    may be used to endorse or promote products derived from this software without
*    specific prior written permission.
*
* THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND
* ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED
* WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
* DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE
* FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
* DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
* SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER
* CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY,
* OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
* OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
*/
"".isWellFormed;
// node_modules/smol-toml/dist/index.js
/*!
* Copyright (c) Squirrel Chat et al., All rights reserved.
* SPDX-License-Identifier: BSD-3-Clause
*
* Redistribution and use in source and binary forms, with or without
* modification, are permitted provided that the following conditions are met:
*
* 1. Redistributions of source code must retain the above copyright notice, this
*    list of conditions and the following disclaimer.
* 2. Redistributions in binary form must reproduce the above copyright notice,
*    this list of conditions and the following disclaimer in the
*    documentation and/or other materials provided with the distribution.
* 3. Neither the name of the copyright holder nor the names of its contributors
*    may be used to endorse or promote products derived from this software without
*    specific prior written permission.
*
* THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND
* ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED
* WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
* DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE
* FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
* DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
* SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER
* CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY,
* OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
* OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
*/
// src/lock/pylock.ts
/** Reads what `uv pip compile --format pylock.toml` wrote. Throws ActionError('solve') where it is something else. */
function readPylock(text) {
	const packages = parsed(text).packages ?? [];
	if (!Array.isArray(packages)) throw unreadable("`packages` is no list");
	return packages.map((entry) => {
		const { name, version, wheels = [] } = tableOf(entry, "a package");
		if (typeof name !== "string" || typeof version !== "string" || !Array.isArray(wheels)) throw unreadable("a package has no name, version or list of wheels");
		return {
			name,
			version,
			wheels: wheels.map((wheel) => wheelOf$1(wheel, name))
		};
	});
}
/**
* A pylock.toml that holds names and versions alone: uv takes what stands in an existing output as what to prefer. What is neither, in
* a lock that somebody edited, is left out.
*/
function preferenceFile(packages) {
	return `lock-version = "1.0"\ncreated-by = "buildx-action"\n${packages.filter(({ name, version }) => /^[\w.-]+$/.test(name) && valid(version) !== null).map(({ name, version }) => `\n[[packages]]\nname = "${name}"\nversion = "${version}"\n`).join("")}`;
}
function wheelOf$1(value, name) {
	const { url, hashes = {} } = tableOf(value, `a wheel of ${name}`);
	const { sha256 = null } = tableOf(hashes, `the hashes of ${name}`);
	if (typeof url !== "string" || !URL.canParse(url)) throw unreadable(`a wheel of ${name} has no address`);
	if (sha256 !== null && (typeof sha256 !== "string" || !/^[0-9a-f]{64}$/.test(sha256))) throw unreadable(`a wheel of ${name} has an odd sha256`);
	return {
		url: withoutLogin(url),
		sha256
	};
}
/** A lock is published: what an index's address says about who asks does not belong in it. */
function withoutLogin(text) {
	const url = new URL(text);
	url.username = "";
	url.password = "";
	url.hash = "";
	return url.href;
}
function parsed(text) {
	try {
		return parse(text);
	} catch (error) {
		throw unreadable(messageOf(error).split("\n", 1)[0] ?? "", error);
	}
}
function tableOf(value, what) {
	if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
	throw unreadable(`${what} is no table`);
}
function unreadable(reason, cause) {
	return new ActionError("solve", `uv’s answer cannot be read: ${reason}`, ["take another version of uv"], { cause });
}
// src/tools/stub-wheel.ts
/**
* A wheel without contents that says name and version and needs nothing: it stands for a package that conda brings, so that a
* resolver takes exactly that version and looks no further. A zip archive of stored files; `name` in PEP 503's form.
*/
function stubWheel(name, version) {
	const stem = `${name.replaceAll("-", "_")}-${version}`;
	const folder = `${stem}.dist-info`;
	const bytes = storedZip([
		[`${folder}/METADATA`, `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\n`],
		[`${folder}/WHEEL`, "Wheel-Version: 1.0\nGenerator: buildx-action\nRoot-Is-Purelib: true\nTag: py3-none-any\n"],
		[`${folder}/RECORD`, ""]
	]);
	return {
		file: `${stem}-py3-none-any.whl`,
		bytes
	};
}
/** A zip archive of texts, not packed, with no times: the same texts give the same bytes. */
function storedZip(files) {
	const parts = [];
	const directory = [];
	let offset = 0;
	for (const [name, text] of files) {
		const data = Buffer.from(text);
		const common = commonHeader(Buffer.byteLength(name), data);
		const local = Buffer.concat([
			word(67324752),
			common,
			Buffer.from(name),
			data
		]);
		directory.push(word(33639248), short(20), common, Buffer.alloc(10), word(offset), Buffer.from(name));
		parts.push(local);
		offset += local.length;
	}
	const index = Buffer.concat(directory);
	const count = short(files.length);
	const end = [
		word(101010256),
		word(0),
		count,
		count,
		word(index.length),
		word(offset),
		short(0)
	];
	return Buffer.concat([
		...parts,
		index,
		...end
	]);
}
/** What a file's own header and its place in the directory have in common: version 2.0 to the length of extras. */
function commonHeader(nameBytes, data) {
	const size = word(data.length);
	return Buffer.concat([
		short(20),
		word(0),
		short(0),
		short(33),
		word(crc32(data)),
		size,
		size,
		short(nameBytes),
		short(0)
	]);
}
function short(value) {
	const buffer = Buffer.alloc(2);
	buffer.writeUInt16LE(value);
	return buffer;
}
function word(value) {
	const buffer = Buffer.alloc(4);
	buffer.writeUInt32LE(value);
	return buffer;
}
// src/tools/pip-compile.ts
/**
* `uv pip compile`, for wheels alone. A package that conda brings is a wheel without contents: it is taken in conda's version and
* asks for nothing. Where an extra of such a package is asked for, the index is asked what that extra needs, as conda-lock does:
* the package is then the index's own of that version. Throws ActionError where uv cannot be asked.
*/
async function compile(compilation) {
	const real = /* @__PURE__ */ new Set();
	for (;;) {
		const { ended, pylock } = await runOnce(compilation, real);
		if (ended.status !== 0 || pylock === null) return {
			packages: null,
			explanation: explanationOf(ended)
		};
		const asked = extrasAskedFor(ended.stderr, compilation.provided).filter((name) => !real.has(name));
		if (asked.length === 0) return { packages: withoutProvided(pylock, compilation.provided) };
		for (const name of asked) real.add(name);
	}
}
/** The arguments of uv. Files are named in the folder that it runs in. */
function compileArguments({ request, platform, python, interpreter }) {
	const { repositories, allowPypiRequests = true, excludeNewer } = request;
	const [first, ...others] = repositories;
	const indexes = allowPypiRequests ? repositories : others;
	return [
		...[
			"pip",
			"compile",
			"--no-config",
			"--no-python-downloads",
			"--python",
			interpreter,
			"--no-header"
		],
		...[
			"--format",
			"pylock.toml",
			"--output-file",
			"pylock.toml",
			"--only-binary",
			":all:",
			"--no-sources"
		],
		...[
			"--python-platform",
			platform.uv,
			"--python-version",
			python,
			"--constraints",
			"constraints.txt"
		],
		...allowPypiRequests || first === void 0 ? [] : ["--default-index", first],
		...indexes.flatMap((url) => ["--index", url]),
		...excludeNewer === null ? [] : ["--exclude-newer", new Date(excludeNewer).toISOString()],
		"requirements.in"
	];
}
async function runOnce(compilation, real) {
	const folder = await mkdtemp(path.join(compilation.temp, "pip-"));
	try {
		await writeFiles(folder, compilation, real);
		const ended = await runUv(compilation, folder);
		const text = ended.status === 0 ? await readFile(path.join(folder, "pylock.toml"), "utf8") : null;
		return {
			ended,
			pylock: text === null ? null : readPylock(text)
		};
	} finally {
		await rm(folder, {
			recursive: true,
			force: true
		});
	}
}
async function writeFiles(folder, { request, provided }, real) {
	const wheels = path.join(folder, "from-conda");
	await mkdir(wheels);
	await mkdir(path.join(folder, "no-programs"));
	const constraints = provided.map(async ({ name, version }) => {
		if (real.has(name)) return `${name}==${version}\n`;
		const { file, bytes } = stubWheel(name, version);
		await writeFile(path.join(wheels, file), bytes);
		return `${name} @ ${pathToFileURL(path.join(wheels, file))}\n`;
	});
	const preferred = request.keep.packages.filter(({ name, manager, platform }) => manager === "pip" && platform === request.platform && !request.keep.update.includes(name));
	await writeFile(path.join(folder, "constraints.txt"), (await Promise.all(constraints)).join(""));
	await writeFile(path.join(folder, "requirements.in"), request.specs.map((spec) => `${requirementLine(spec)}\n`).join(""));
	if (preferred.length > 0) await writeFile(path.join(folder, "pylock.toml"), preferenceFile(preferred));
}
async function runUv(compilation, folder) {
	const { uv, signal, milliseconds, environment } = compilation;
	const patience = AbortSignal.timeout(milliseconds);
	const command = {
		file: uv,
		args: compileArguments(compilation),
		cwd: folder,
		env: environment(folder),
		signal: signal ? AbortSignal.any([signal, patience]) : patience,
		code: "solve"
	};
	return await execute(command).catch((error) => {
		if (!patience.aborted || signal?.aborted) throw error;
		const { platform } = compilation.request;
		throw new ActionError("solve", `uv has not resolved the pip packages of ${platform} in ${milliseconds / 1e3} s`, ["run again; if it lasts, name narrower versions in the pip list"]);
	});
}
/** Packages of conda of which uv says that they have not an extra that is asked for. */
function extrasAskedFor(stderr, provided) {
	const names = new Set(provided.map(({ name }) => name));
	const found = stderr.matchAll(/The package `([\w.-]+) @ [^`]*` does not have an extra named/g);
	return [...new Set([...found].map(([, name = ""]) => name))].filter((name) => names.has(name));
}
function withoutProvided(packages, provided) {
	const names = new Set(provided.map(({ name }) => name));
	return packages.filter(({ name }) => !names.has(name));
}
/** What uv says of a failure, without its marks of progress and the paths of the files that it was given. */
function explanationOf({ status, signal, stderr }) {
	const lines = stderr.split("\n").map((line) => line.replace(/^\s*(?:error|cause|hint):\s*|^\s*[×╰─▶│]+\s*/u, "").trimEnd()).map((line) => line.replace(/ @ file:\/\/\S*from-conda\/[^\s`]*/g, " (from conda)").trim()).filter((line) => line !== "" && !line.startsWith("warning:"));
	return lines.length > 0 ? lines : [`uv was ended by ${signal ?? `exit code ${status}`}`];
}
// src/tools/wheel-requirements.ts
const longestMetadata = 8388608;
/** A wheel from a server that does not give parts of files is fetched whole up to this size. */
const largestWheel = 268435456;
/** The end of an archive that is asked for first: the directory of nearly every wheel is in it. */
const tailBytes = 131072;
/**
* What a wheel says that it needs, read without fetching it whole: the file beside it that PEP 658 describes, else its METADATA by
* requests for parts of it. Throws ActionError('solve').
*/
async function wheelRequirements(question) {
	return readRequirements((await fetchBytes({
		...question,
		url: besideOf(question.url),
		limit: longestMetadata
	}).catch((error) => {
		if (question.signal?.aborted) throw error;
		return null;
	}) ?? await metadataInside(question)).toString("utf8"));
}
function besideOf(wheel) {
	const url = new URL(wheel);
	url.pathname += ".metadata";
	return url.href;
}
async function metadataInside(question) {
	const { bytes: tail, start } = await fetchPart(question, `-${tailBytes}`);
	const size = start + tail.length;
	const read = async (from, length) => {
		if (from >= start) return tail.subarray(from - start, from - start + length);
		const part = await fetchPart(question, `${from}-${from + length - 1}`);
		return part.bytes.subarray(from - part.start, from - part.start + length);
	};
	try {
		const metadata = await readZipEntry({
			read,
			size
		}, (name) => /^[^/]+\.dist-info\/METADATA$/.test(name), longestMetadata);
		if (metadata) return metadata;
	} catch (error) {
		if (error instanceof ActionError) throw error;
		throw new ActionError("solve", `${shown(question.url)} cannot be read: ${messageOf(error)}`, [], { cause: error });
	}
	throw new ActionError("solve", `${shown(question.url)} has no METADATA`, ["it is no wheel: take another version"]);
}
/** A part of a file, in the words of the Range header, and where it begins; the whole file where the server gives no parts. */
async function fetchPart({ url, headers, signal }, range) {
	const answer = await fetchFile({
		url,
		signal,
		limit: largestWheel,
		headers: {
			...headers,
			range: `bytes=${range}`
		}
	});
	const [, start = "0"] = /^bytes (\d+)-/.exec(answer.headers.get("content-range") ?? "") ?? [];
	return {
		bytes: answer.bytes,
		start: Number(start)
	};
}
// src/tools/pip-solver.ts
const tenMinutes = 6e5;
/** A resolver that asks uv for wheels; no code of any package runs. */
function createPipSolver(options) {
	let tools;
	const find = async () => ({
		uv: await options.uv(),
		interpreter: await findInterpreter(options, { purpose: "uv, for pip packages, needs" })
	});
	const told = indexOf(options.env);
	const index = options.trusted ? told : withLogin(told).url;
	const asked = {
		...options,
		index,
		tools: () => tools ??= find()
	};
	const limit = pLimit(2);
	return { solve: (requests) => Promise.all(requests.map((request) => limit(() => solveOne(request, asked)).catch((error) => {
		if (error instanceof ActionError && error.code !== "cancelled") return error;
		throw error;
	}))) };
}
async function solveOne(request, asked) {
	if (request.specs.length === 0) return [];
	const { trusted, allowedHosts, signal, milliseconds = tenMinutes } = asked;
	checkPip(request.specs, request.repositories, {
		trusted,
		allowedHosts
	});
	const python = pythonOf(request);
	const platform = pipPlatform(request.platform, request.virtualPackages, python);
	const provided = providedByConda(request.conda);
	const environment = (folder) => environmentIn(folder, asked);
	const compiled = await compile({
		request,
		provided,
		platform,
		python,
		environment,
		temp: asked.temp,
		signal,
		milliseconds,
		...await asked.tools()
	});
	if (compiled.packages === null) throw resolveError(request, provided, compiled.explanation);
	return await recordsOf(compiled.packages, {
		request,
		platform,
		python,
		asked
	});
}
function pythonOf({ conda, specs, platform }) {
	const python = pythonVersion(conda);
	if (python !== null) return python;
	const places = specs.map((spec) => `${originOf(spec)} asks for ${spec.name}`);
	throw new ActionError("solve", `there are pip packages but no python among the conda packages of ${platform}`, ["add python to the dependencies of the environment", ...places]);
}
/** What an untrusted run fetches does not become what trusted runs on the same machine find. */
function environmentIn(folder, { env, temp, trusted, index }) {
	const kept = path.join(userCache(env), "uv");
	return compileEnvironment({
		env,
		folder,
		cache: trusted ? kept : path.join(temp, "uv-cache"),
		index
	});
}
async function recordsOf(packages, answering) {
	const { request, platform, asked } = answering;
	const hashes = new Map(request.specs.map(({ name, hash }) => [name, hash?.replace("sha256:", "") ?? null]));
	const chosen = packages.map((one) => ({
		...one,
		wheel: wheelOf(one, hashes.get(one.name) ?? null, answering)
	}));
	const limit = pLimit(8);
	const read = chosen.map(async ({ name, wheel }) => {
		const question = {
			url: wheel.url,
			headers: loginFor(wheel, asked),
			signal: asked.signal
		};
		return {
			name,
			requirements: await limit(() => wheelRequirements(question))
		};
	});
	const extras = new Map(request.specs.map((spec) => [spec.name, spec.extras]));
	const dependencies = dependenciesOf(await Promise.all(read), extras, platform.environment);
	return chosen.map(({ name, version, wheel }) => ({
		name,
		version,
		url: wheel.url,
		sha256: wheel.sha256,
		dependencies: dependencies.get(name) ?? {}
	}));
}
/** The wheel to install; the one with the hash where a requirement names one. */
function wheelOf({ name, version, wheels }, hash, { python, platform, asked }) {
	const wheel = bestWheel(wheels.filter(({ sha256 }) => hash === null || sha256 === hash), {
		python,
		tags: platform.tags
	});
	if (wheel === null) throw new ActionError("solve", `pip package ${name} ${version} has no wheel${hash ? ` with sha256 ${hash}` : ""}`, ["only wheels are taken, nothing is built: take the package from conda, or another version"]);
	const url = new URL(wheel.url);
	if (!/^https?:$/.test(url.protocol) || !isAllowedHost(url, asked.allowedHosts)) throw new ActionError("lock", `pip package ${name} ${version} would come from ${url.host}`, [`allowed-hosts has ${asked.allowedHosts.join(", ")}: add it there if it is yours`]);
	return wheel;
}
/** A private index's login goes to its own host alone. */
function loginFor({ url }, { index }) {
	const { url: place, headers } = withLogin(index);
	return new URL(place).origin === new URL(url).origin ? headers : {};
}
export { createPipSolver };
