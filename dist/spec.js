import { i as __toESM } from "./rolldown-runtime.js";
import { t as nearest } from "./nearest.js";
import { a as textOf, i as objectOf, n as commandsOf, o as textsOf, r as readTests, s as wordsOf } from "./spec-tests.js";
import { t as isAddress } from "./address.js";
import { t as ActionError } from "./errors.js";
import { d as isAnnotation } from "./input-values.js";
import { t as require_dist } from "./dist.js";
import { posix } from "node:path";
// src/stack/spec-commands.ts
/** `all_info_cmds`: `{NAME: {description, command}}`. */
function namedCommands(value) {
	return new Map(Object.entries(objectOf(value)).map(([name, entry]) => [name, textOf(objectOf(entry).command) ?? ""]));
}
/** datahub's `info_cmds`: names of commands that the top of the file gives once for all images. */
function infoCommands(source, key, value, commands) {
	return wordsOf(value).map((name, at) => {
		const command = commands.get(name);
		if (command !== void 0) return command;
		const near = nearest(name, [...commands.keys()]);
		throw source.error([
			"images",
			key,
			"info_cmds",
			at
		], `all_info_cmds has no command ${JSON.stringify(name)}`, [...near.length > 0 ? [`Did you mean ${near.join(" or ")}?`] : [], `Commands there: ${[...commands.keys()].join(", ") || "none"}`]);
	});
}
// src/stack/spec-addresses.ts
const ofFiles = /^(?:https?:\/\/|git:\/\/|ssh:\/\/|git@)/i;
const ofImages = /^(?:docker-image:\/\/|target:)/i;
/**
* An address that BuildKit takes as the context itself: a git repository or an archive. Bake knows more, as `cwd://`, which would
* lead out of the repository. Throws ActionError('spec').
*/
function sourceAddress(text, error) {
	if (ofFiles.test(text)) return text;
	if (!ofImages.test(text)) throw noAddress("context", text, error);
	throw error("context", `${JSON.stringify(text)} is an image, and a context is files`, ["Give it under contexts by a name of your own, and write COPY --from=NAME in the Dockerfile"]);
}
/** An address of a named context, which may be an image too. Throws ActionError('spec'). */
function namedAddress(text, error) {
	if (ofFiles.test(text) || ofImages.test(text)) return text;
	if (!/^oci-layout:\/\//i.test(text)) throw noAddress("contexts", text, error);
	throw error("contexts", `${JSON.stringify(text)} may name any folder of the machine that builds`, ["Whoever writes the workflow may name it: give it by the input build-contexts"]);
}
function noAddress(key, text, error) {
	return error(key, `${JSON.stringify(text)} is no address that a build takes`, ["It begins with https://, http://, git://, ssh:// or git@; under contexts also with docker-image:// or target:", "A folder whose name holds a colon is written with ./ before it"]);
}
// src/stack/spec-variants.ts
/**
* The variants of an image, at `path` in the file, which the schema has accepted. Two of one name or tag would be built over
* each other: ActionError('spec').
*/
function readVariants(source, path, values) {
	const variants = (Array.isArray(values) ? values : []).map((value) => readVariant(objectOf(value)));
	const taken = {
		name: /* @__PURE__ */ new Set(),
		tag: /* @__PURE__ */ new Set()
	};
	for (const [at, variant] of variants.entries()) {
		checkedTag(source, [
			...path,
			at,
			"tag"
		], variant.tag);
		for (const key of ["name", "tag"]) {
			const value = variant[key].toLowerCase();
			if (taken[key].has(value)) throw source.error([
				...path,
				at,
				key
			], `${JSON.stringify(variant[key])} is another variant's ${key} already`, ["Each variant has a name and a tag of its own; without tag its name is its tag"]);
			taken[key].add(value);
		}
	}
	return variants;
}
function readVariant(value) {
	const name = textOf(value.name) ?? "";
	return {
		name,
		tag: textOf(value.tag) ?? name,
		args: textsOf(value.args),
		platforms: wordsOf(value.platforms),
		target: textOf(value.target),
		skip: typeof value.skip === "boolean" ? value.skip : null
	};
}
/** What stands before an image's tags, given back; empty or null for nothing. ActionError('spec') where no tag may begin so. */
function checkedTag(source, path, tag) {
	if (!tag || /^\w[\w.-]{0,99}$/.test(tag)) return tag;
	throw source.error(path, `${JSON.stringify(tag.slice(0, 80))} cannot begin a tag`, ["It is at most 100 letters, digits, dots, hyphens and underscores, and begins with none of . and -"]);
}
// src/stack/spec-wording.ts
/** Keys of a spec that hold rules or templates. */
const keys = [
	"tags",
	"flavor",
	"labels",
	"annotations"
];
/**
* What a spec says of tags, labels and annotations at a place (`[]` for the stack, `['images', NAME]`); null where it says
* nothing. Rules and templates are checked here, so that a mistake has its line. Throws ActionError('spec').
*/
async function readWording(source, path, value) {
	const values = objectOf(value);
	if (!keys.some((key) => Object.hasOwn(values, key))) return null;
	const wording = {
		tags: values.tags === void 0 ? null : rulesOf(values.tags),
		flavor: values.flavor === void 0 ? null : rulesOf(values.flavor),
		labels: textsOf(values.labels),
		annotations: wordsOf(values.annotations)
	};
	await check(source, path, values, wording);
	return wording;
}
/** A list of rules, or a text with one a line, as the inputs take them. */
function rulesOf(value) {
	return wordsOf(value).flatMap((text) => text.split("\n"));
}
/** The reader of rules and templates is loaded only here: most stacks have none. */
async function check(source, path, values, { labels }) {
	const { checkTemplate, parseFlavor, parseTagRules } = await import("./tag-rules.js");
	const each = (key, read) => {
		const value = values[key];
		for (const [at, text] of wordsOf(value).entries()) inSpec(source, [
			...path,
			key,
			...Array.isArray(value) ? [at] : []
		], (where) => read(text, where));
	};
	each("tags", (text, where) => parseTagRules(text.split("\n"), where));
	each("flavor", (text, where) => parseFlavor(text.split("\n"), where));
	each("annotations", (text, where) => {
		if (!isAnnotation(text)) throw new ActionError("spec", `${where}: ${JSON.stringify(text.slice(0, 80))} is no annotation`, ["Write it as [LEVEL:]KEY=VALUE; a level is one of manifest, index, manifest-descriptor, index-descriptor"]);
		checkTemplate(text, where);
	});
	for (const [key, text] of Object.entries(labels)) inSpec(source, [
		...path,
		"labels",
		key
	], (where) => checkTemplate(`${key}=${text}`, where));
}
/** The same message as of an input, as an error of the spec. */
function inSpec(source, path, read) {
	try {
		read(source.place(path));
	} catch (error) {
		if (!(error instanceof ActionError)) throw error;
		const hint = typeof path.at(-1) === "number" ? ["In [brackets] YAML divides at commas: quote a rule that holds a comma"] : [];
		throw new ActionError("spec", error.message, [...error.details, ...hint], { cause: error });
	}
}
// src/stack/spec-entry.ts
/** Reads what a spec says of one image, which the schema has accepted. `shared` is what holds for all images. */
async function readEntry(source, key, value, shared) {
	const error = (name, message, details) => source.error(keyPath(key, value, name), message, details);
	const path = (name, text) => repositoryPath(source, keyPath(key, value, name), text);
	const context = textOf(value.context);
	const sources = objectOf(value.lock).sources;
	const tests = readTests(source, key, value.test, (at, text) => repositoryPath(source, at, text));
	return {
		key,
		publishedName: textOf(value.name) ?? textOf(value.image_name),
		tag: checkedTag(source, [
			"images",
			key,
			"tag"
		], textOf(value.tag)),
		path: path("path", value.path),
		dockerfile: path("dockerfile", ownFile(value.dockerfile, error)),
		writtenDockerfile: textOf(value.dockerfile),
		context: context !== null && isAddress(context) ? sourceAddress(context, error) : path("context", value.context),
		target: textOf(value.target),
		args: {
			...textsOf(value.build_args),
			...textsOf(value.args)
		},
		platforms: wordsOf(value.platforms),
		dependsOn: [...wordsOf(value.depends_on), ...wordsOf(value.depend_on)],
		contexts: Object.fromEntries(Object.entries(textsOf(value.contexts)).map(([name, text]) => [name, isAddress(text) ? namedAddress(text, error) : path("contexts", text) ?? text])),
		lockSources: sources === void 0 ? null : wordsOf(sources).map((text) => path("lock", text) ?? text),
		variants: readVariants(source, [
			"images",
			key,
			"variants"
		], value.variants),
		skip: value.skip === true,
		registries: wordsOf(value.registry).map((prefix) => prefix.replace(/\/+$/, "")),
		declared: {
			test: tests?.commands ?? [],
			manifests: [...commandsOf(value.manifests), ...infoCommands(source, key, value.info_cmds, shared.commands)],
			rebuild: rebuildOf(value.rebuild) ?? shared.rebuild,
			lockPlatforms: wordsOf(objectOf(value.lock).platforms),
			...value.manifests === false ? { undescribed: true } : {}
		},
		tests,
		wording: await readWording(source, ["images", key], value),
		error,
		line: (name) => source.line(keyPath(key, value, name))
	};
}
/** Bake joins such an address to the context's path. A Dockerfile inside a context that is an address works. */
function ownFile(text, error) {
	if (typeof text !== "string" || !isAddress(text)) return text;
	throw error("dockerfile", "it is an address: a Dockerfile is a file of this repository or of its context", ["Only context may be an address: give context: https://…, and as dockerfile the path in it or of a file here"]);
}
/** A path of spec.yml, relative to its folder, as one of the repository. Outside of it is an error. */
function repositoryPath(source, at, text) {
	if (typeof text !== "string") return null;
	const path = posix.join(posix.dirname(source.file), text).replace(/(?<=.)\/$/, "");
	if (!posix.isAbsolute(text) && path !== ".." && !path.startsWith("../") && !/^\.git(?:\/|$)/.test(path) && !text.includes("\0")) return path;
	throw source.error(at, `${JSON.stringify(text)} is outside of the repository`, ["Paths are relative to the folder of spec.yml and must stay in the repository"]);
}
/** `rebuild` as the schema has it; null where there is none. */
function rebuildOf(value) {
	return value === "daily" || value === "weekly" ? value : null;
}
/** The path of an entry's key, also where the older name of the key was used. */
function keyPath(key, value, name) {
	const alias = {
		depends_on: "depend_on",
		args: "build_args",
		name: "image_name"
	}[name];
	return name === "" ? ["images", key] : [
		"images",
		key,
		alias && !Object.hasOwn(value, name) && Object.hasOwn(value, alias) ? alias : name
	];
}
// schema/spec.schema.json
var spec_schema_default = {
	$schema: "http://json-schema.org/draft-07/schema#",
	$id: "https://raw.githubusercontent.com/pangeo-data/buildx-action/main/schema/spec.schema.json",
	title: "spec.yml of buildx-action",
	description: "What cannot be found in the Dockerfiles of a stack. All paths are relative to the folder of spec.yml.",
	type: "object",
	additionalProperties: false,
	properties: {
		"$schema": { "type": "string" },
		"stack": {
			"$ref": "#/definitions/word",
			"description": "Name of the stack. Default: the git repository's name."
		},
		"registry": {
			"$ref": "#/definitions/words",
			"description": "Prefixes that the stack is published under, ghcr.io/ucsd-ets: a FROM with one of them means this stack's image."
		},
		"ignore": {
			"$ref": "#/definitions/words",
			"description": "Globs of files whose change counts for nothing."
		},
		"build_all": {
			"$ref": "#/definitions/words",
			"description": "Globs of files whose change builds every image."
		},
		"tags": {
			"$ref": "#/definitions/rules",
			"description": "Tag rules of the stack, as the input tags takes them: type=ref,event=branch. The input goes before them."
		},
		"flavor": {
			"$ref": "#/definitions/rules",
			"description": "What holds for all tag rules, as the input flavor takes it: latest=false. The input goes before it."
		},
		"labels": {
			"$ref": "#/definitions/values",
			"description": "Labels of all images; values may hold {{date 'YYYY.MM.DD'}} and the other expressions of tag rules."
		},
		"annotations": {
			"$ref": "#/definitions/words",
			"description": "Annotations of all images, each [LEVEL:]KEY=VALUE; may hold the expressions of tag rules."
		},
		"rebuild": {
			"$ref": "#/definitions/rebuild",
			"description": "For images that do not say it themselves."
		},
		"images": {
			"type": "object",
			"description": "By the image's name: its folder, relative to the stack's.",
			"additionalProperties": { "oneOf": [{ "type": "null" }, { "$ref": "#/definitions/image" }] }
		},
		"root": {
			"$ref": "#/definitions/words",
			"description": "Accepted for datahub-docker-stack's files: the order is found in the Dockerfiles and depends_on."
		},
		"tag": {
			"type": "object",
			"additionalProperties": false,
			"properties": { "prefix": {
				"type": ["string", "number"],
				"description": "Put before every tag of every image: 2026.3-main."
			} },
			"description": "What all tags have: {prefix: \"2026.3\"}."
		},
		"all_info_cmds": {
			"type": "object",
			"additionalProperties": {
				"type": "object",
				"required": ["command"],
				"properties": {
					"description": { "type": "string" },
					"command": { "$ref": "#/definitions/word" }
				}
			},
			"description": "Commands by name, for info_cmds of the images: {PIP_LIST: {command: pip list}}."
		}
	},
	definitions: {
		"word": {
			"type": "string",
			"minLength": 1,
			"maxLength": 1024
		},
		"words": { "oneOf": [{ "$ref": "#/definitions/word" }, {
			"type": "array",
			"items": { "$ref": "#/definitions/word" }
		}] },
		"rules": { "oneOf": [{
			"type": "string",
			"minLength": 1,
			"maxLength": 16384
		}, {
			"type": "array",
			"minItems": 1,
			"maxItems": 200,
			"items": { "$ref": "#/definitions/word" }
		}] },
		"rebuild": { "enum": ["daily", "weekly"] },
		"command": {
			"type": "string",
			"minLength": 1,
			"maxLength": 16384
		},
		"commands": {
			"type": "array",
			"maxItems": 100,
			"description": "Each a text for the image's shell, or a list: a program and its arguments, which need no shell.",
			"items": { "oneOf": [{ "$ref": "#/definitions/command" }, {
				"type": "array",
				"minItems": 1,
				"maxItems": 200,
				"items": { "type": ["string", "number"] }
			}] }
		},
		"tests": {
			"type": "object",
			"additionalProperties": false,
			"properties": {
				"commands": { "oneOf": [{ "$ref": "#/definitions/command" }, { "$ref": "#/definitions/commands" }] },
				"folder": {
					"oneOf": [{ "const": false }, { "$ref": "#/definitions/word" }],
					"description": "Test files: scripts, pytest's, notebooks. Default: the folder tests beside the Dockerfile. false: none."
				},
				"network": {
					"enum": ["none", "default"],
					"description": "default: as in the build. Without it there is none."
				},
				"timeout": {
					"type": "string",
					"description": "For all tests of the image: 90s, 20m, 2h. Default: 20m."
				},
				"allow-failure": {
					"type": "boolean",
					"description": "What fails is shown and stops nothing."
				},
				"allow_failure": {
					"type": "boolean",
					"description": "The same as allow-failure."
				},
				"inherit": {
					"type": "boolean",
					"description": "false: the tests of the images below do not run in this one."
				},
				"run": {
					"oneOf": [{ "$ref": "#/definitions/container" }, {
						"type": "array",
						"maxItems": 20,
						"items": { "$ref": "#/definitions/container" }
					}],
					"description": "Containers that are started of the image where a Docker engine is."
				}
			}
		},
		"container": {
			"type": "object",
			"additionalProperties": false,
			"properties": {
				"name": {
					"$ref": "#/definitions/word",
					"description": "For people. Default: the command."
				},
				"command": {
					"oneOf": [{ "$ref": "#/definitions/command" }, {
						"type": "array",
						"minItems": 1,
						"maxItems": 200,
						"items": { "type": ["string", "number"] }
					}],
					"description": "In place of CMD, behind the ENTRYPOINT: a text for the image's shell, or a list. Default: CMD."
				},
				"env": {
					"$ref": "#/definitions/values",
					"description": "Environment variables of the container."
				},
				"http": {
					"oneOf": [{ "$ref": "#/definitions/http" }, {
						"type": "array",
						"minItems": 1,
						"maxItems": 20,
						"items": { "$ref": "#/definitions/http" }
					}],
					"description": "What the container has to answer: {port: 8888, path: /api, status: 200}."
				},
				"healthy": {
					"type": "boolean",
					"description": "true: the image's HEALTHCHECK has to find it healthy."
				},
				"exit-code": {
					"type": ["string", "integer"],
					"pattern": "^(\\d|[1-9]\\d|1\\d\\d|2[0-4]\\d|25[0-5])$",
					"minimum": 0,
					"maximum": 255,
					"description": "How a container without http and healthy has to end: 0 to 255. Default: 0."
				},
				"output": {
					"oneOf": [{ "$ref": "#/definitions/word" }, {
						"type": "array",
						"minItems": 1,
						"maxItems": 20,
						"items": { "$ref": "#/definitions/word" }
					}],
					"description": "A text that the container has to write, or several."
				},
				"timeout": {
					"type": "string",
					"description": "90s, 5m. Default: 2m."
				},
				"allow-failure": {
					"type": "boolean",
					"description": "What fails is shown and stops nothing."
				},
				"allow_failure": {
					"type": "boolean",
					"description": "The same as allow-failure."
				}
			}
		},
		"http": {
			"type": "object",
			"additionalProperties": false,
			"required": ["port"],
			"properties": {
				"port": {
					"type": ["string", "integer"],
					"pattern": "^([1-9]\\d{0,3}|[1-5]\\d{4}|6[0-4]\\d{3}|65[0-4]\\d\\d|655[0-2]\\d|6553[0-5])$",
					"minimum": 1,
					"maximum": 65535,
					"description": "Of the container: 8888."
				},
				"path": {
					"type": "string",
					"pattern": "^/[!-~]*$",
					"maxLength": 1024,
					"description": "Default: /."
				},
				"status": {
					"type": ["string", "integer"],
					"pattern": "^[1-5]\\d\\d$",
					"minimum": 100,
					"maximum": 599,
					"description": "Default: 200."
				}
			}
		},
		"values": {
			"type": "object",
			"additionalProperties": { "type": [
				"string",
				"number",
				"boolean"
			] }
		},
		"platform": {
			"type": "string",
			"pattern": "^[a-z0-9]+/[a-z0-9_]+(/[a-z0-9.]+)?$"
		},
		"platforms": { "oneOf": [{ "$ref": "#/definitions/platform" }, {
			"type": "array",
			"minItems": 1,
			"items": { "$ref": "#/definitions/platform" }
		}] },
		"version": {
			"type": "object",
			"additionalProperties": false,
			"required": ["name"],
			"properties": {
				"name": {
					"type": ["string", "number"],
					"description": "Behind the image's name: pytorch-notebook/cuda12."
				},
				"tag": {
					"type": ["string", "number"],
					"description": "Put before every tag. Default: the name. Empty: the tags have nothing before them."
				},
				"args": {
					"$ref": "#/definitions/values",
					"description": "Build arguments, over those of the image."
				},
				"platforms": {
					"$ref": "#/definitions/platforms",
					"description": "In place of those of the image."
				},
				"target": {
					"$ref": "#/definitions/word",
					"description": "In place of that of the image."
				},
				"skip": {
					"type": "boolean",
					"description": "This version stays in the graph and is not built."
				}
			}
		},
		"image": {
			"type": "object",
			"additionalProperties": false,
			"properties": {
				"name": {
					"$ref": "#/definitions/word",
					"description": "Published name, with its prefix or without: ghcr.io/ucsd-ets/rstudio-notebook."
				},
				"image_name": {
					"$ref": "#/definitions/word",
					"description": "The same as name."
				},
				"tag": {
					"type": ["string", "number"],
					"description": "Put before every tag, with a hyphen behind."
				},
				"path": {
					"$ref": "#/definitions/word",
					"description": "The image's folder, where it is not its name."
				},
				"dockerfile": {
					"$ref": "#/definitions/word",
					"description": "A file here, or in a context that is an address. Default: Dockerfile in the folder."
				},
				"context": {
					"$ref": "#/definitions/word",
					"description": "Build context: a folder, or a git or https address. Default: the folder of the Dockerfile."
				},
				"target": {
					"$ref": "#/definitions/word",
					"description": "The stage that is built. Default: the last one."
				},
				"args": {
					"$ref": "#/definitions/values",
					"description": "Build arguments."
				},
				"build_args": {
					"$ref": "#/definitions/values",
					"description": "The same as args."
				},
				"platforms": {
					"$ref": "#/definitions/platforms",
					"description": "As buildx takes them: linux/arm64. Default: the builder's own."
				},
				"depends_on": {
					"$ref": "#/definitions/words",
					"description": "Images of this stack that must be built before, besides those that the Dockerfile names."
				},
				"depend_on": {
					"$ref": "#/definitions/words",
					"description": "The same as depends_on."
				},
				"contexts": {
					"$ref": "#/definitions/values",
					"description": "Further named contexts: a folder, docker-image://, a git or https address, target:IMAGE."
				},
				"lock": {
					"type": "object",
					"additionalProperties": false,
					"description": "The image's conda lock.",
					"properties": {
						"sources": {
							"$ref": "#/definitions/words",
							"description": "Environment files that the lock is made from."
						},
						"platforms": {
							"$ref": "#/definitions/words",
							"description": "conda's platforms: linux-64."
						}
					}
				},
				"variants": {
					"type": "array",
					"minItems": 1,
					"items": { "$ref": "#/definitions/version" },
					"description": "Several versions from one folder."
				},
				"skip": {
					"type": "boolean",
					"description": "The image stays in the graph and is not built."
				},
				"registry": {
					"$ref": "#/definitions/words",
					"description": "Prefixes that this image is published under."
				},
				"test": {
					"description": "What tests the image: a command, a list of them, false for nothing, or commands, folder, network, timeout, allow-failure, inherit.",
					"oneOf": [
						{ "const": false },
						{ "$ref": "#/definitions/command" },
						{ "$ref": "#/definitions/commands" },
						{ "$ref": "#/definitions/tests" }
					]
				},
				"manifests": {
					"description": "Commands whose output describes the image, beside its packages; false: it is not described.",
					"oneOf": [
						{ "type": "boolean" },
						{ "$ref": "#/definitions/command" },
						{ "$ref": "#/definitions/commands" }
					]
				},
				"rebuild": {
					"$ref": "#/definitions/rebuild",
					"description": "A schedule's run builds the image when its newest published build is a day or a week old."
				},
				"info_cmds": {
					"$ref": "#/definitions/words",
					"description": "Names of commands of all_info_cmds: the same as these in manifests."
				},
				"tags": {
					"$ref": "#/definitions/rules",
					"description": "Tag rules of this image, in place of the stack's."
				},
				"flavor": {
					"$ref": "#/definitions/rules",
					"description": "Flavor of this image, in place of the stack's."
				},
				"labels": {
					"$ref": "#/definitions/values",
					"description": "Labels of this image, beside the stack's."
				},
				"annotations": {
					"$ref": "#/definitions/words",
					"description": "Annotations of this image, behind the stack's."
				},
				"integration_tests": {
					"type": "boolean",
					"description": "Accepted for datahub-docker-stack's files, not used."
				},
				"prune": {
					"type": "boolean",
					"description": "Accepted for datahub-docker-stack's files, not used."
				},
				"prepull": {
					"type": "boolean",
					"description": "Accepted for datahub-docker-stack's files, not used."
				}
			}
		}
	}
};
// src/stack/spec-schema.ts
var import_dist = require_dist();
let compiled = null;
/**
* Throws `ActionError('spec')` where the schema does not accept a spec, with the place, the nearest key and the known ones. ajv
* takes tens of milliseconds to load and compile, so only a stack with a spec pays for it, and once.
*/
async function validate(spec) {
	compiled ??= compile();
	const check = await compiled;
	if (check(spec.data)) return;
	const errors = check.errors ?? [];
	throw explain(spec, errors.find((error) => error.keyword === "additionalProperties") ?? deepest(errors));
}
async function compile() {
	const { Ajv } = await import("./ajv.js").then((m) => /* @__PURE__ */ __toESM(m.default, 1));
	return new Ajv({
		allErrors: true,
		strict: false,
		verbose: true
	}).compile(spec_schema_default);
}
/** Of a value that may have several shapes the complaint about the shape that it has comes first. */
function deepest(errors) {
	const rank = ({ keyword }) => ["oneOf", "type"].indexOf(keyword);
	return errors.toSorted((a, b) => b.instancePath.length - a.instancePath.length || rank(a) - rank(b) || a.schemaPath.length - b.schemaPath.length)[0];
}
function explain(spec, error) {
	const path = (error?.instancePath ?? "").split("/").slice(1).map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
	if (error?.keyword !== "additionalProperties") {
		const allowed = Array.isArray(error?.params.allowedValues) ? `: ${error.params.allowedValues.join(", ")}` : "";
		const about = typeof error?.parentSchema?.description === "string" ? [error.parentSchema.description] : [];
		return spec.error(path, `${error?.message ?? "is not valid"}${allowed}, not ${JSON.stringify(error?.data)?.slice(0, 80)}`, [...about, "Correct the value; schema/spec.schema.json says what it may be"]);
	}
	const key = String(error.params.additionalProperty);
	const properties = error.parentSchema?.properties ?? {};
	const known = Object.keys(properties).filter((name) => !/^(?:The same|Accepted)/.test(properties[name]?.description ?? ""));
	const near = nearest(key, known);
	return spec.error([...path, key], "unknown key", [...near.length > 0 ? [`Did you mean ${near.join(" or ")}?`] : [], `Known keys here: ${known.join(", ")}`]);
}
// src/stack/spec-file.ts
const longestSpec = 262144;
const forbiddenKeys = /* @__PURE__ */ new Set([
	"__proto__",
	"constructor",
	"prototype"
]);
/** Reads spec.yml: YAML 1.2 with few aliases, checked against schema/spec.schema.json. Throws `ActionError('spec')`. */
async function readSpecFile(file, text) {
	const fail = (message, ...details) => new ActionError("spec", `${file}${message}`, details);
	if (text.length > longestSpec) throw fail(": longer than 256 KiB", "Keep only what cannot be found in the Dockerfiles");
	const lines = new import_dist.LineCounter();
	const document = parse(text, lines, fail);
	const [problem] = document.errors;
	if (problem) {
		const { line, col } = lines.linePos(problem.pos[0]);
		throw fail(`:${line}:${col}: ${readable(problem.message)}`, "It must be YAML that can be read");
	}
	const at = (path) => lines.linePos(offsetOf(document, path));
	const place = (path) => {
		const { line, col } = at(path);
		return [`${file}:${line}:${col}`, ...path.length > 0 ? [path.join(".")] : []].join(": ");
	};
	const error = (path, message, details) => new ActionError("spec", `${place(path)}: ${message}`, details);
	prepare(document, (offset, message, remedy) => {
		const { line, col } = lines.linePos(offset);
		return fail(`:${line}:${col}: ${message}`, remedy);
	});
	const spec = {
		file,
		data: plainData(document, fail),
		line: (path) => at(path).line,
		place,
		error
	};
	await validate(spec);
	return spec;
}
function parse(text, lineCounter, fail) {
	try {
		return (0, import_dist.parseDocument)(text, {
			lineCounter,
			stringKeys: true,
			prettyErrors: false
		});
	} catch (cause) {
		throw fail(`: ${cause instanceof Error ? cause.message : cause}`, "Nest it less deep");
	}
}
/** The parser's own words where they tell something to a person who does not know the parser. */
function readable(message) {
	if (/call stack/.test(message)) return "nested too deep";
	return /multiple documents/.test(message) ? "a second document begins here" : message;
}
/**
* Keeps numbers as they are written (`3.10` is a version), refuses keys that JavaScript gives a meaning of its own, and
* aliases of what they stand in.
*/
function prepare(document, fail) {
	(0, import_dist.visit)(document, {
		Scalar(key, node) {
			if (key === "key" && forbiddenKeys.has(String(node.value))) throw fail(node.range?.[0] ?? 0, `the key ${node.value} is not allowed`, "Give it another name");
			if (typeof node.value === "number" && node.source !== void 0) node.value = node.source;
		},
		Alias(_key, node, path) {
			if (path.some((above) => (0, import_dist.isNode)(above) && "anchor" in above && above.anchor === node.source)) throw fail(node.range?.[0] ?? 0, `the alias *${node.source} stands in what it is an alias of`, "Write the value out");
		}
	});
}
function plainData(document, fail) {
	try {
		const data = document.toJS({ maxAliasCount: 50 }) ?? {};
		if (typeof data === "object" && !Array.isArray(data)) return data;
	} catch (cause) {
		throw fail(`: ${cause instanceof Error ? cause.message : cause}`, "Write the values out instead of using so many aliases");
	}
	throw fail(":1:1: it must hold keys and values", "Known keys: images, registry, ignore, build_all, stack");
}
/** Where the last key of a path stands; where its nearest parent stands when it is not there. */
function offsetOf(document, path) {
	let node = document.contents;
	let offset = startOf(node);
	for (const part of path) {
		const pair = (0, import_dist.isMap)(node) ? node.items.find((item) => (0, import_dist.isScalar)(item.key) && String(item.key.value) === String(part)) : void 0;
		const next = pair ? pair.value : (0, import_dist.isNode)(node) && "get" in node ? node.get(Number(part), true) : void 0;
		if (pair === void 0 && next === void 0) return offset;
		offset = pair ? startOf(pair.key) : startOf(next);
		node = next;
	}
	return offset;
}
function startOf(node) {
	return (0, import_dist.isNode)(node) ? node.range?.[0] ?? 0 : 0;
}
// src/stack/spec.ts
/** Keys of images that the schema takes and that nothing acts on: they are another tool's. */
const unusedOfImages = [
	"integration_tests",
	"prune",
	"prepull"
];
/** Reads a spec file of the tree. Throws `ActionError('spec')` with file, line, column, key and remedy. */
async function readSpec(tree, file, notes) {
	const source = await readSpecFile(file, tree.contents.get(file) ?? "");
	const { data } = source;
	const folder = posix.dirname(file);
	const rebuild = rebuildOf(data.rebuild);
	const shared = {
		rebuild,
		commands: namedCommands(data.all_info_cmds)
	};
	const entries = [];
	for (const [key, value] of Object.entries(objectOf(data.images))) entries.push(await readEntry(source, key, objectOf(value), shared));
	noteUnused(source, notes);
	const changes = readChangeIgnore(tree, posix.join(folder, "change_ignore.json"), notes);
	const images = Object.values(objectOf(data.images)).map(objectOf);
	return {
		file,
		entries,
		prefixes: [
			...wordsOf(data.registry),
			...images.flatMap((image) => wordsOf(image.registry)),
			...entries.flatMap((entry) => entry.publishedName?.includes("/") ? [posix.dirname(entry.publishedName)] : [])
		],
		ignore: [...wordsOf(data.ignore), ...changes.ignore],
		buildAll: [...wordsOf(data.build_all), ...changes.buildAll],
		tagPrefix: tagPrefixOf(source),
		wording: await readWording(source, [], data),
		rebuild
	};
}
/** datahub-docker-stack's runner tags every image `<tag.prefix>-<branch>`. */
function tagPrefixOf(source) {
	const prefix = textOf(objectOf(source.data.tag).prefix) ?? "";
	if (prefix === "" || /^\w[\w.-]{0,30}$/.test(prefix)) return prefix && `${prefix}-`;
	throw source.error(["tag", "prefix"], `${JSON.stringify(prefix.slice(0, 80))} cannot begin a tag`, ["It is at most 31 letters, digits, dots, hyphens and underscores, for example \"2026.3\""]);
}
/** Says of every such key once, where it stands first, that nothing comes of it. */
function noteUnused(source, notes) {
	const say = (path, name) => notes.push({
		path: source.file,
		line: source.line(path),
		text: `${name} is not acted on by this version`
	});
	const images = Object.entries(objectOf(source.data.images)).map(([key, value]) => ({
		key,
		value: objectOf(value)
	}));
	for (const name of unusedOfImages) {
		const first = images.find(({ value }) => Object.hasOwn(value, name));
		if (first) say([
			"images",
			first.key,
			name
		], name);
	}
	const locked = images.find(({ value }) => Object.hasOwn(objectOf(value.lock), "platforms"));
	if (locked) say([
		"images",
		locked.key,
		"lock",
		"platforms"
	], "lock.platforms");
}
/** datahub-docker-stack's file of globs, `{ChangeIgnore: […], BuildAll: […]}`; anything else in that place is left alone. */
function readChangeIgnore(tree, path, notes) {
	try {
		const data = objectOf(JSON.parse(tree.contents.get(path) ?? "{}"));
		return {
			ignore: wordsOf(data.ChangeIgnore),
			buildAll: wordsOf(data.BuildAll)
		};
	} catch {
		notes.push({
			path,
			line: null,
			text: "not read: it is no JSON"
		});
		return {
			ignore: [],
			buildAll: []
		};
	}
}
export { readSpec };
