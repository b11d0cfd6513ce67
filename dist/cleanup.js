import { i as isOfRuns, n as removeTags, r as decideCleanup } from "./remove-tags.js";
import { i as messageOf, t as ActionError } from "./errors.js";
import { c as shortDigest, n as count, r as formatBytes } from "./format.js";
import { i as inline, s as table, t as code } from "./markdown.js";
import { n as visible } from "./visible.js";
import { t as SUMMARY_LIMIT } from "./sections.js";
import { t as findImage } from "./select.js";
import { r as imageNames, s as tagOf } from "./tags.js";
import { t as pLimit } from "./p-limit.js";
import { t as canonicalReference } from "./canonical.js";
import { n as askRegistry, r as baseUrl, t as createAuthorizer } from "./registry-auth.js";
import { a as StatusError } from "./http.js";
import { t as detect } from "./detect.js";
import { createHash } from "node:crypto";
// src/report/cleanup.ts
/** What `cleanup` did, or would do: for `--format json`. */
function cleanupJson(repositories, dryRun) {
	const all = repositories.flatMap(({ tags }) => tags);
	return {
		dryRun,
		removed: all.filter(({ outcome }) => outcome === "removed").length,
		bytes: bytesOf(all),
		repositories: repositories.map(({ repository, tags, error }) => ({
			repository,
			error,
			tags: tags.map(({ tag, digest, kind, outcome, reason, created, bytes }) => ({
				tag,
				digest,
				kind,
				outcome,
				reason,
				bytes,
				created: created === null ? null : new Date(created).toISOString()
			}))
		}))
	};
}
/** The same for a terminal. */
function cleanupText(repositories, dryRun) {
	return [...repositories.flatMap(({ repository, tags, error }) => {
		const width = Math.max(0, ...tags.map(({ tag }) => tag.length));
		const rows = tags.map((tag) => `  ${tag.tag.padEnd(width)}  ${word(tag)}  ${visible(tag.reason)}${size(tag)}`);
		return [
			repository,
			...error ? [`  ${visible(error)}`] : rows.length === 0 ? ["  no tags of runs"] : [],
			...rows,
			""
		];
	}), sentence(repositories, dryRun)].join("\n");
}
/** The same for the job summary, cut to the bytes that there is room for: what is removed comes first. */
function cleanupMarkdown(repositories, dryRun, limit) {
	const head = `## Clean-up\n\n${sentence(repositories, dryRun)}\n`;
	const notes = repositories.filter(({ error }) => error !== null).map(({ repository, error }) => `\n${code(repository)}: ${inline(error ?? "")}\n`).join("");
	const rows = repositories.flatMap(({ repository, tags }) => tags.map((tag) => ({
		repository,
		...tag
	}))).toSorted((one, other) => Number(other.remove) - Number(one.remove));
	for (let most = rows.length; most > 0; most = Math.floor(most / 2)) {
		const shown = rows.slice(0, most).map((row) => [...[
			code(row.repository),
			code(row.tag),
			code(shortDigest(row.digest))
		], ...[
			word(row).trim(),
			inline(row.reason),
			row.bytes > 0 ? formatBytes(row.bytes) : ""
		]]);
		const more = most < rows.length ? `\n${rows.length - most} more tags are in the log.\n` : "";
		const text = `${head}${notes}\n${table([
			"repository",
			"tag",
			"digest",
			"",
			"why",
			"size"
		], shown)}\n${more}`;
		if (Buffer.byteLength(text) <= limit) return text;
	}
	return head;
}
function sentence(repositories, dryRun) {
	const all = repositories.flatMap(({ tags }) => tags);
	const gone = all.filter(({ outcome }) => outcome === "removed" || outcome === "would").length;
	const bytes = bytesOf(all);
	const room = bytes > 0 ? `, at most ${formatBytes(bytes)}` : "";
	const kept = `${all.length - gone} kept`;
	return dryRun ? `dry run: ${count(gone, "tag")} would be removed${room}; ${kept}. dry-run: false removes them` : `${count(gone, "tag")} removed${room}; ${kept}`;
}
function bytesOf(tags) {
	return tags.filter(({ outcome }) => outcome !== "kept" && outcome !== "failed").reduce((sum, { bytes }) => sum + bytes, 0);
}
function word({ outcome }) {
	return {
		kept: "kept   ",
		removed: "removed",
		would: "remove ",
		failed: "failed "
	}[outcome];
}
function size({ outcome, bytes }) {
	return outcome !== "kept" && bytes > 0 ? ` (${formatBytes(bytes)})` : "";
}
// src/cleanup/read-manifest.ts
const cacheConfig = "application/vnd.buildkit.cacheconfig.v0";
const manifestTypes = /^application\/vnd\.(oci\.image\.(index|manifest)\.v1|docker\.distribution\.manifest\.(list\.)?v2)\+json$/;
const digests = /^sha256:[0-9a-f]{64}$/;
/** The bytes of a manifest → what is of use. Throws `Error` for what is no manifest: then nothing is known of the repository. */
function readManifest(digest, text) {
	const document = JSON.parse(text);
	if (typeof document !== "object" || document === null || !(document.manifests || document.layers || document.config)) throw new Error(`${digest} is no manifest`);
	const entries = document.manifests ?? [];
	const children = entries.filter(({ mediaType }) => mediaType === void 0 || manifestTypes.test(mediaType));
	const parts = [...entries.filter((entry) => !children.includes(entry)), ...document.layers ?? []];
	const config = document.config ?? parts.find(({ mediaType }) => mediaType === cacheConfig);
	const subject = digestOf(document.subject);
	const created = Date.parse(document.annotations?.["org.opencontainers.image.created"] ?? "") || null;
	return {
		digest,
		needs: [...children.map(digestOf), subject].filter((one) => one !== null),
		subject,
		blobs: [.../* @__PURE__ */ new Set([...parts, ...config ? [config] : []])].flatMap(blobOf),
		created,
		cache: config?.mediaType === cacheConfig,
		config: created === null ? digestOf(config) : null
	};
}
/** When the image or cache was made, from its config; null where it does not tell. A cache is as old as its newest result. */
function createdIn(text) {
	const { created, records = [] } = JSON.parse(text);
	const known = [created, ...records.flatMap(({ layers = [], chains = [] }) => [...layers, ...chains]).map(({ createdAt }) => createdAt)].map((time) => Date.parse(time ?? "")).filter((time) => time > 0);
	return known.length === 0 ? null : Math.max(...known);
}
function digestOf(descriptor) {
	const digest = descriptor?.digest;
	return digest !== void 0 && digests.test(digest) ? digest : null;
}
function blobOf({ digest, size }) {
	return digest === void 0 ? [] : [{
		digest,
		size: typeof size === "number" && size > 0 ? size : 0
	}];
}
// src/tools/registry-digest.ts
/** The digest of a document, from its bytes alone: whatever a registry says it is. */
function digestOfBytes(body) {
	return `sha256:${createHash("sha256").update(body).digest("hex")}`;
}
// src/tools/registry-content.ts
const pageSize = 1e3;
const mostPages = 200;
/** `name` as `registry/repository`. */
function openRepository(options, name) {
	const parsed = canonicalReference(name);
	if (!parsed) throw new ActionError("registry", `${name} is no name of a repository`);
	const authorizer = createAuthorizer(options);
	const ask = async (question) => await askRegistry({
		options,
		authorizer,
		reference: parsed,
		...question
	});
	const head = async (tag) => (await ask({
		method: "HEAD",
		kind: "manifests",
		what: tag
	}))?.digest ?? null;
	return {
		registry: parsed.registry,
		content: async (created) => await readContent(ask, parsed, {
			name,
			created
		}),
		digest: head,
		async remove(what) {
			try {
				await ask({
					method: "DELETE",
					kind: "manifests",
					what
				});
				return "removed";
			} catch (error) {
				if (error instanceof ActionError && error.cause instanceof StatusError && [
					400,
					404,
					405,
					501
				].includes(error.cause.status)) return "unsupported";
				throw error;
			}
		}
	};
}
async function readContent(ask, reference, { name, created }) {
	const limit = pLimit(8);
	const manifests = /* @__PURE__ */ new Map();
	const pending = /* @__PURE__ */ new Map();
	const known = (digest, text, dated) => {
		const done = (pending.get(digest) ?? Promise.resolve()).then(async () => {
			const before = manifests.get(digest);
			if (before && !(dated && before.created === null)) return;
			const body = text ?? await limit(() => get(ask, "manifests", digest));
			if (body === null) return;
			if (digestOfBytes(Buffer.from(body)) !== digest) throw unreadable(reference, `${digest} has other content`);
			const { config, ...read } = parsed(reference, () => readManifest(digest, body));
			const configText = dated && read.created === null && config !== null ? await limit(() => get(ask, "blobs", config)) : null;
			const own = configText === null ? null : parsed(reference, () => createdIn(configText));
			manifests.set(digest, {
				...read,
				created: read.created ?? own
			});
			await Promise.all(read.needs.map((next) => known(next, null, dated && config === null)));
			if (dated && config === null) manifests.set(digest, {
				...read,
				created: read.created ?? newest(read, manifests)
			});
		});
		pending.set(digest, done);
		return done;
	};
	const tags = /* @__PURE__ */ new Map();
	const read = async (tag) => {
		const answer = await limit(() => ask({
			method: "GET",
			kind: "manifests",
			what: tag
		}));
		if (!answer) return;
		const digest = digestOfBytes(answer.body);
		tags.set(tag, digest);
		await known(digest, answer.body.toString(), created(tag));
	};
	await Promise.all((await listTags(ask, reference)).map(read));
	return {
		repository: name,
		tags,
		manifests
	};
}
/** An index is as old as the newest of what it holds. */
function newest({ needs }, manifests) {
	const times = needs.flatMap((digest) => manifests.get(digest)?.created ?? []);
	return times.length === 0 ? null : Math.max(...times);
}
async function get(ask, kind, what) {
	return (await ask({
		method: "GET",
		kind,
		what
	}))?.body.toString() ?? null;
}
/** Page by page: a list goes on where its Link says so (OCI distribution spec, "Listing Tags"). */
async function listTags(ask, reference) {
	const found = /* @__PURE__ */ new Set();
	let url = null;
	for (let page = 0; page < mostPages; page++) {
		const answer = await ask({
			method: "GET",
			kind: "tags",
			what: `list?n=${pageSize}`,
			...url === null ? {} : { url }
		});
		if (!answer && url === null) return [];
		if (!answer) throw unreadable(reference, "a page of its tags is not there");
		const tags = parsed(reference, () => JSON.parse(answer.body.toString()).tags ?? []);
		for (const tag of tags) if (typeof tag === "string" && /^\w[\w.-]{0,127}$/.test(tag)) found.add(tag);
		url = nextPage(answer.link ?? null, reference);
		if (url === null) return [...found];
	}
	throw unreadable(reference, "its list of tags does not end");
}
/** The credentials of this registry go nowhere else. */
function nextPage(link, reference) {
	const next = /<([^>]+)>\s*;\s*rel="?next"?/i.exec(link ?? "")?.[1];
	if (next === void 0) return null;
	const base = baseUrl(reference.registry);
	const url = new URL(next, `${base}/v2/${reference.repository}/tags/list`);
	if (url.origin !== new URL(base).origin) throw unreadable(reference, `its tags go on at ${url.host}`);
	return url.href;
}
function parsed(reference, read) {
	try {
		return read();
	} catch (cause) {
		throw unreadable(reference, messageOf(cause), cause);
	}
}
function unreadable({ registry, repository }, why, cause) {
	return new ActionError("registry", `the registry's answer for ${registry}/${repository} cannot be read: ${why}`, ["nothing of this repository is removed: run again"], { cause });
}
// src/steps/cleanup.ts
/**
* Removes the tags that runs leave in the registries: caches of branches and fingerprints, by age and number; nothing that
* another tag needs. Without `dry-run: false` it only says what it would remove. A repository that fails leaves the others to be done.
*/
async function cleanup({ trigger, inputs, host }) {
	refuseUnfit(trigger, inputs);
	const { stack } = await detect({
		trigger,
		inputs,
		host
	});
	const options = {
		env: host.env,
		login: true,
		signal: host.signal
	};
	const cleaned = [];
	for (const [repository, prefixes] of repositoriesOf(stack, inputs)) {
		host.out.info(`${repository}: reading its tags`);
		const rules = rulesOf(prefixes, {
			trigger,
			inputs
		});
		cleaned.push(await cleanRepository({
			repository,
			rules,
			inputs,
			host,
			options
		}));
	}
	await host.out.result({
		json: cleanupJson(cleaned, !inputs.removes),
		text: cleanupText(cleaned, !inputs.removes),
		markdown: (limit) => cleanupMarkdown(cleaned, !inputs.removes, Math.min(limit, SUMMARY_LIMIT))
	});
	return verdict(cleaned);
}
function refuseUnfit(trigger, inputs) {
	if (trigger.trust === "untrusted") throw new ActionError("input", `cleanup is for trusted runs alone: ${trigger.trustReason}`, ["run it on: schedule or workflow_dispatch"]);
	if (inputs.registry.length === 0) throw new ActionError("input", "cleanup needs the input registry: there is nowhere to look", ["for example `registry: quay.io/pangeo`"]);
}
/** Full names of the images' repositories with the tag prefixes of the images in each. */
function repositoriesOf(stack, inputs) {
	const places = (inputs.images.length > 0 ? inputs.images.map((text) => findImage(stack, text)) : stack.images).flatMap((image) => imageNames(image, inputs.registry).map((name) => ({
		name,
		image
	})));
	const found = /* @__PURE__ */ new Map();
	for (const { name, image } of places) found.set(name, [.../* @__PURE__ */ new Set([...found.get(name) ?? [], image.tagPrefix])]);
	return new Map([...found].toSorted(([one], [other]) => one < other ? -1 : 1));
}
function rulesOf(prefixes, { trigger, inputs }) {
	return {
		prefixes,
		olderThan: inputs.olderThan,
		keep: inputs.keepNTagged,
		exclude: inputs.excludeTags,
		branch: trigger.defaultBranch === null ? null : tagOf(trigger.defaultBranch),
		now: Date.now()
	};
}
async function cleanRepository(question) {
	const { repository, rules, inputs, host, options } = question;
	try {
		const client = openRepository(options, repository);
		const content = await client.content(isOfRuns(rules));
		const verdicts = decideCleanup(content, rules);
		const tags = inputs.removes ? await removeTags({
			...question,
			client,
			content,
			verdicts
		}) : verdicts.map((verdict) => ({
			...verdict,
			outcome: verdict.remove ? "would" : "kept"
		}));
		const failed = tags.find(({ outcome }) => outcome === "failed");
		return {
			repository,
			tags,
			error: failed ? `${failed.tag} was not removed: ${failed.reason}` : null
		};
	} catch (error) {
		if (host.signal.aborted) throw error;
		const details = error instanceof ActionError ? error.details : [];
		return {
			repository,
			tags: [],
			error: [messageOf(error), ...details].join("; ")
		};
	}
}
function verdict(cleaned) {
	const wrong = cleaned.filter(({ error }) => error !== null);
	if (wrong.length === 0) return {
		ok: true,
		message: "",
		details: []
	};
	const [first] = wrong;
	const more = wrong.length > 1 ? ` (and ${wrong.length - 1} more)` : "";
	return {
		ok: false,
		message: `${first?.repository} was not cleaned up: ${first?.error}${more}`,
		details: []
	};
}
export { cleanup };
