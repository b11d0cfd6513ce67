// src/tools/registry-status.ts
/** What a registry, or the service that gives its tokens, answered instead of what was asked for. */
var StatusError = class extends Error {
	status;
	/** How long it asks to wait, null where it does not say. */
	waitMilliseconds;
	constructor(response, request) {
		super(`${request}: ${response.status}`);
		this.status = response.status;
		this.waitMilliseconds = retryAfter(response);
	}
};
/** Retry-After in milliseconds: seconds or an HTTP date (RFC 9110, 10.2.3). */
function retryAfter(response) {
	const value = response.headers.get("retry-after");
	if (!value) return null;
	const seconds = Number(value);
	const wait = Number.isFinite(seconds) ? seconds * 1e3 : Date.parse(value) - Date.now();
	return wait > 0 ? wait : null;
}
export { StatusError as t };
