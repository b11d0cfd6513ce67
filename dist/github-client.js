import { i as messageOf, t as ActionError } from "./errors.js";
import { setTimeout } from "node:timers/promises";
// src/tools/github-client.ts
/** Waits between tries, milliseconds, where GitHub names none. */
const waits = [
	500,
	2e3,
	8e3
];
/** A longer pause that GitHub asks for is not waited for: the job would only hang, milliseconds. */
const longestWait = 12e4;
/** The client, loaded only where it is needed; null without a token (a local run). */
async function githubClient({ host, inputs }) {
	if (!inputs.githubToken) return null;
	const { getOctokit } = await import("./github3.js");
	return getOctokit(inputs.githubToken, { baseUrl: host.env.GITHUB_API_URL || "https://api.github.com" });
}
/** The client of a step that cannot do without. Throws ActionError('input') without a token. */
async function neededClient(asker) {
	const octokit = await githubClient(asker);
	if (octokit) return octokit;
	throw new ActionError("input", "this needs GitHub’s API, and there is no token for it", ["set the input github-token (its default is the job’s own GITHUB_TOKEN)"]);
}
/**
* Asks, and asks again where GitHub says that it may pass: limits with the wait that it names, errors of its own (5xx), cut
* connections. With `once` only what GitHub refused unread is sent again: of a write that was cut nobody knows whether it
* came through.
*/
async function patiently(host, call, { once = false } = {}) {
	for (const wait of waits) try {
		return await call();
	} catch (error) {
		const pause = limitWait(error) ?? (once || !isServers(error) ? null : wait);
		if (pause === null || pause > longestWait || host.signal.aborted) throw error;
		host.out.debug(`GitHub: ${messageOf(error)}; again in ${pause} ms`);
		await setTimeout(pause, void 0, { signal: host.signal }).catch((cause) => {
			throw new ActionError("cancelled", "the run was cancelled while it waited for GitHub", [], { cause });
		});
	}
	return await call();
}
/** The status of GitHub's answer; null where the error is another one. */
function statusOf(error) {
	const { status } = error;
	return typeof status === "number" ? status : null;
}
/** The types of a GraphQL answer's errors (`STALE_DATA`, `FORBIDDEN`, …), empty where it is another error. */
function graphqlTypes(error) {
	const { errors } = error;
	return Array.isArray(errors) ? errors.map((item) => String(item?.type ?? "")) : [];
}
/** What GitHub says of an error in one line: of a GraphQL answer its first error, which the client's own message leaves out. */
function answerOf(error) {
	const { errors } = error;
	const first = Array.isArray(errors) ? errors[0]?.message : void 0;
	return (typeof first === "string" ? first : messageOf(error)).split("\n", 1)[0] ?? "";
}
/** Whether GitHub refused for want of permission, or hides what the token may not see. */
function isRefusal(error) {
	if (limitWait(error) !== null) return false;
	const status = statusOf(error);
	return status === 403 || status === 404 || status === 401 || graphqlTypes(error).some((type) => type === "FORBIDDEN");
}
/** Milliseconds that GitHub asks to wait; null where it met no limit. https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api */
function limitWait(error) {
	const status = statusOf(error);
	if (status !== 403 && status !== 429) return null;
	const headers = error.response?.headers ?? {};
	const after = Number(headers["retry-after"]);
	if (headers["retry-after"] !== void 0 && Number.isFinite(after)) return after * 1e3;
	if (String(headers["x-ratelimit-remaining"]) === "0") return Math.max(0, Number(headers["x-ratelimit-reset"]) * 1e3 - Date.now());
	return status === 429 ? waits[1] : null;
}
/** The client gives a connection that broke the status 500. */
function isServers(error) {
	return (statusOf(error) ?? 0) >= 500;
}
export { neededClient as a, isRefusal as i, githubClient as n, patiently as o, graphqlTypes as r, statusOf as s, answerOf as t };
