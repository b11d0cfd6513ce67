import { t as ActionError } from "./errors.js";
import { n as readDockerConfig } from "./docker-config.js";
import { t as execute } from "./exec.js";
import { a as StatusError, n as limitedBody, r as tryAgain, t as causeOf } from "./http.js";
import { tmpdir } from "node:os";
// src/tools/registry-request.ts
const manifestTypes = [
	"application/vnd.oci.image.index.v1+json",
	"application/vnd.docker.distribution.manifest.list.v2+json",
	"application/vnd.oci.image.manifest.v1+json",
	"application/vnd.docker.distribution.manifest.v2+json"
].join(", ");
const requestMilliseconds = 2e4;
const documentBytes = 8388608;
/**
* Asks a registry, again where what went wrong may pass. Gives null for 404. Throws ActionError('registry'), or
* ActionError('cancelled') where the run is.
*/
async function askRegistry(question) {
	return await retried(() => request(question), question);
}
/** One request, with a second try after a challenge for a token. Throws for everything but success and 404. */
async function request(question) {
	const { options, authorizer, reference, method, kind, what, document } = question;
	const access = accessOf(method);
	const url = question.url ?? `${baseUrl(reference.registry)}/v2/${reference.repository}/${kind}/${what}`;
	const send = (authorization) => fetch(url, {
		method,
		headers: {
			accept: manifestTypes,
			...authorization ? { authorization } : {},
			...document ? { "content-type": document.type } : {}
		},
		...document ? { body: new Uint8Array(document.body) } : {},
		signal: AbortSignal.any([AbortSignal.timeout(options.timeout ?? requestMilliseconds), ...options.signal ? [options.signal] : []])
	});
	let response = await send(authorizer.known(reference, access));
	const challenge = response.status === 401 ? response.headers.get("www-authenticate") : null;
	if (challenge) {
		await response.body?.cancel();
		const authorization = await authorizer.answer(reference, challenge, access);
		if (authorization) response = await send(authorization);
	}
	if (response.ok) {
		const { headers } = response;
		return {
			digest: headers.get("docker-content-digest"),
			type: headers.get("content-type"),
			location: headers.get("location"),
			link: headers.get("link"),
			body: await limitedBody(response, documentBytes, "it sends a manifest of more than 8 MiB")
		};
	}
	await response.body?.cancel();
	if (response.status === 404) return null;
	throw new StatusError(response, `${method} ${url}`);
}
function accessOf(method) {
	if (method === "DELETE") return "pull,push,delete";
	return method === "GET" || method === "HEAD" ? "pull" : "pull,push";
}
/** The answer, asked for again where what went wrong may pass; the rest as a clear error at once. */
async function retried(attempt, { reference, method, document, options: { signal, firstWait = 500, retries = 3 } }) {
	const patience = document ? {
		retries: 7,
		factor: 2
	} : {
		retries,
		factor: 3
	};
	try {
		return await tryAgain(attempt, {
			signal,
			firstWait,
			...patience
		});
	} catch (error) {
		if (signal?.aborted) throw new ActionError("cancelled", `the run was cancelled while ${reference.registry} was asked`, [], { cause: error });
		throw explain(error, reference, accessOf(method) === "pull" ? "read" : "write");
	}
}
function explain(error, { registry, repository }, verb) {
	const where = `${registry}/${repository}`;
	if (!(error instanceof StatusError)) return new ActionError("registry", `registry ${registry} cannot be reached for ${where}: ${causeOf(error)}`, ["check the name in registry, the network and the registry’s status page"], { cause: error });
	if (error.status === 401 || error.status === 403) return new ActionError("registry", `registry ${registry} refuses to ${verb} ${where}: ${error.status}`, ["log in before this step (docker/login-action) with an account that may pull and push there"], { cause: error });
	const remedy = error.status === 429 ? "it limits requests: log in, or run again later" : "run again later; the registry’s status page may tell more";
	return new ActionError("registry", `registry ${registry} answered ${error.status} for ${where}, also after retries`, [remedy], { cause: error });
}
/** Docker's own rule: loopback registries speak http, all others https. */
function baseUrl(registry) {
	if (registry === "docker.io") return "https://registry-1.docker.io";
	return `${/^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/.test(registry) ? "http" : "https"}://${registry}`;
}
/** An answer's JSON. Throws ActionError('registry') where it is none. */
function parseAnswer({ body }, { registry, repository }) {
	try {
		return JSON.parse(body.toString());
	} catch (cause) {
		throw new ActionError("registry", `registry ${registry} answered for ${registry}/${repository} with what is no JSON`, ["check the name in registry: a proxy or a login page may answer in its place"], { cause });
	}
}
// src/tools/registry-auth.ts
/** A helper may ask a person; nobody answers in a run. */
const helperMilliseconds = 2e4;
/**
* Answers a registry's challenges as docker does: credentials from DOCKER_CONFIG (or ~/.docker), credential helpers
* included; tokens by the distribution project's token protocol. With `login: false` only anonymous tokens are asked for.
*/
function createAuthorizer({ env, login }) {
	const known = /* @__PURE__ */ new Map();
	const key = ({ registry, repository }, access) => `${registry}/${repository}:${access}`;
	return {
		/** The header that the last challenge for this repository was answered with. */
		known: (reference, access) => known.get(key(reference, access)) ?? null,
		/** An Authorization header for a `WWW-Authenticate` challenge; null where there is no answer to it. */
		async answer(reference, challenge, access) {
			const credentials = login ? await findCredentials(reference.registry, env) : null;
			const header = /^basic/i.test(challenge) ? basic(credentials) : await bearer({
				reference,
				challenge,
				credentials,
				access
			});
			if (header) known.set(key(reference, access), header);
			return header;
		}
	};
}
function basic(credentials) {
	return credentials ? `Basic ${Buffer.from(`${credentials.username}:${credentials.password}`).toString("base64")}` : null;
}
/** https://distribution.github.io/distribution/spec/auth/token/ and, for identity tokens, …/spec/auth/oauth/ */
async function bearer({ reference, challenge, credentials, access }) {
	const fields = Object.fromEntries([...challenge.matchAll(/([a-z_]+)="([^"]*)"/gi)].map((match) => [match[1]?.toLowerCase(), match[2]]));
	if (!fields.realm) return null;
	const own = `repository:${reference.repository}:${access}`;
	const scope = access === "pull" ? fields.scope ?? own : own;
	const signal = AbortSignal.timeout(2e4);
	const response = credentials?.identityToken ? await fetch(fields.realm, {
		method: "POST",
		signal,
		body: new URLSearchParams({
			grant_type: "refresh_token",
			refresh_token: credentials.identityToken,
			service: fields.service ?? "",
			scope,
			client_id: "buildx-action"
		})
	}) : await fetch(tokenUrl(fields.realm, fields.service, scope), {
		signal,
		headers: credentials ? { authorization: basic(credentials) ?? "" } : {}
	});
	if (!response.ok) {
		await response.body?.cancel();
		if (response.status === 429 || response.status >= 500) throw new StatusError(response, `GET ${fields.realm}`);
		return null;
	}
	const { token, access_token } = await response.json();
	return token || access_token ? `Bearer ${token ?? access_token}` : null;
}
function tokenUrl(realm, service, scope) {
	const url = new URL(realm);
	if (service) url.searchParams.set("service", service);
	url.searchParams.set("scope", scope);
	return url;
}
async function findCredentials(registry, env) {
	const config = await readDockerConfig(env);
	const names = registry === "docker.io" ? ["https://index.docker.io/v1/", "docker.io"] : [registry, `https://${registry}`];
	const helper = Object.entries(config.credHelpers ?? {}).find(([name]) => hostOf(name) === registry)?.[1] ?? config.credsStore;
	if (helper) for (const name of names) {
		const found = await askHelper(helper, name, env);
		if (found) return found;
	}
	const entry = Object.entries(config.auths ?? {}).find(([name]) => hostOf(name) === registry)?.[1];
	const [username = "", ...password] = Buffer.from(entry?.auth ?? "", "base64").toString().split(":");
	if (!entry || !(username || entry.identitytoken)) return null;
	return {
		username,
		password: password.join(":"),
		...entry.identitytoken ? { identityToken: entry.identitytoken } : {}
	};
}
/** The registry that a key of Docker's configuration is about: it may be a URL with a path. */
function hostOf(key) {
	const host = key.replace(/^https?:\/\//, "").split("/", 1)[0] ?? "";
	return ["index.docker.io", "registry-1.docker.io"].includes(host) ? "docker.io" : host;
}
/** https://github.com/docker/docker-credential-helpers: the server's name on stdin, JSON on stdout. */
async function askHelper(helper, server, env) {
	if (!/^[\w.-]+$/.test(helper)) return null;
	const ended = await execute({
		file: `docker-credential-${helper}`,
		args: ["get"],
		cwd: tmpdir(),
		env,
		input: server,
		signal: AbortSignal.timeout(helperMilliseconds)
	}).catch(() => null);
	const { Username, Secret } = ended?.status === 0 ? credentialsIn(ended.stdout) : {};
	if (!Secret) return null;
	return Username === "<token>" ? {
		username: "",
		password: "",
		identityToken: Secret
	} : {
		username: Username ?? "",
		password: Secret
	};
}
function credentialsIn(answer) {
	try {
		return JSON.parse(answer.toString());
	} catch {
		return {};
	}
}
export { parseAnswer as i, askRegistry as n, baseUrl as r, createAuthorizer as t };
