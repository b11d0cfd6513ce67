import { i as messageOf } from "./errors.js";
import { setTimeout as setTimeout$1 } from "node:timers/promises";
import { isNativeError } from "node:util/types";
// node_modules/is-network-error/index.js
const objectToString = Object.prototype.toString;
const isError = (value) => objectToString.call(value) === "[object Error]";
const errorMessages = /* @__PURE__ */ new Set([
	"network error",
	"NetworkError when attempting to fetch resource.",
	"The Internet connection appears to be offline.",
	"Network request failed",
	"fetch failed",
	"terminated",
	" A network error occurred.",
	"Network connection lost"
]);
function isNetworkError(error) {
	if (!(error && isError(error) && error.name === "TypeError" && typeof error.message === "string")) return false;
	const { message, stack } = error;
	if (message === "Load failed" || message.startsWith("Load failed (") && message.endsWith(")")) return stack === void 0 || "__sentry_captured__" in error;
	if (message.startsWith("error sending request for url")) return true;
	if (message === "Failed to fetch" || message.startsWith("Failed to fetch (") && message.endsWith(")")) return true;
	return errorMessages.has(message);
}
// node_modules/p-retry/index.js
function validateRetries(retries) {
	if (typeof retries === "number") {
		if (retries < 0) throw new TypeError("Expected `retries` to be a non-negative number.");
		if (Number.isNaN(retries)) throw new TypeError("Expected `retries` to be a valid number or Infinity, got NaN.");
	} else if (retries !== void 0) throw new TypeError("Expected `retries` to be a number or Infinity.");
}
function validateNumberOption(name, value, { min = 0, allowInfinity = false } = {}) {
	if (value === void 0) return;
	if (typeof value !== "number" || Number.isNaN(value)) throw new TypeError(`Expected \`${name}\` to be a number${allowInfinity ? " or Infinity" : ""}.`);
	if (!allowInfinity && !Number.isFinite(value)) throw new TypeError(`Expected \`${name}\` to be a finite number.`);
	if (value < min) throw new TypeError(`Expected \`${name}\` to be \u2265 ${min}.`);
}
var AbortError = class extends Error {
	constructor(message) {
		super();
		if (message instanceof Error) {
			this.originalError = message;
			({message} = message);
		} else {
			this.originalError = new Error(message);
			this.originalError.stack = this.stack;
		}
		this.name = "AbortError";
		this.message = message;
	}
};
function calculateDelay(retriesConsumed, options) {
	const attempt = Math.max(1, retriesConsumed + 1);
	const random = options.randomize ? Math.random() + 1 : 1;
	let timeout = Math.round(random * options.minTimeout * options.factor ** (attempt - 1));
	timeout = Math.min(timeout, options.maxTimeout);
	return timeout;
}
function calculateRemainingTime(start, max) {
	if (!Number.isFinite(max)) return max;
	return max - (performance.now() - start);
}
async function onAttemptFailure({ error, attemptNumber, retriesConsumed, startTime, options }) {
	const normalizedError = error instanceof Error ? error : /* @__PURE__ */ new TypeError(`Non-error was thrown: "${error}". You should only throw errors.`);
	if (normalizedError instanceof AbortError) throw normalizedError.originalError;
	const retriesLeft = Number.isFinite(options.retries) ? Math.max(0, options.retries - retriesConsumed) : options.retries;
	const maxRetryTime = options.maxRetryTime ?? Number.POSITIVE_INFINITY;
	const context = Object.freeze({
		error: normalizedError,
		attemptNumber,
		retriesLeft,
		retriesConsumed
	});
	await options.onFailedAttempt(context);
	if (calculateRemainingTime(startTime, maxRetryTime) <= 0) throw normalizedError;
	const consumeRetry = await options.shouldConsumeRetry(context);
	const remainingTime = calculateRemainingTime(startTime, maxRetryTime);
	if (remainingTime <= 0 || retriesLeft <= 0) throw normalizedError;
	if (normalizedError instanceof TypeError && !isNetworkError(normalizedError)) {
		if (consumeRetry) throw normalizedError;
		options.signal?.throwIfAborted();
		return false;
	}
	if (!await options.shouldRetry(context)) throw normalizedError;
	if (!consumeRetry) {
		options.signal?.throwIfAborted();
		return false;
	}
	const delayTime = calculateDelay(retriesConsumed, options);
	const finalDelay = Math.min(delayTime, remainingTime);
	options.signal?.throwIfAborted();
	if (finalDelay > 0) await new Promise((resolve, reject) => {
		const onAbort = () => {
			clearTimeout(timeoutToken);
			options.signal?.removeEventListener("abort", onAbort);
			reject(options.signal.reason);
		};
		const timeoutToken = setTimeout(() => {
			options.signal?.removeEventListener("abort", onAbort);
			resolve();
		}, finalDelay);
		if (options.unref) timeoutToken.unref?.();
		options.signal?.addEventListener("abort", onAbort, { once: true });
	});
	options.signal?.throwIfAborted();
	return true;
}
async function pRetry(input, options = {}) {
	options = { ...options };
	validateRetries(options.retries);
	if (Object.hasOwn(options, "forever")) throw new Error("The `forever` option is no longer supported. For many use-cases, you can set `retries: Infinity` instead.");
	options.retries ??= 10;
	options.factor ??= 2;
	options.minTimeout ??= 1e3;
	options.maxTimeout ??= Number.POSITIVE_INFINITY;
	options.maxRetryTime ??= Number.POSITIVE_INFINITY;
	options.randomize ??= false;
	options.onFailedAttempt ??= () => {};
	options.shouldRetry ??= () => true;
	options.shouldConsumeRetry ??= () => true;
	validateNumberOption("factor", options.factor, {
		min: 0,
		allowInfinity: false
	});
	validateNumberOption("minTimeout", options.minTimeout, {
		min: 0,
		allowInfinity: false
	});
	validateNumberOption("maxTimeout", options.maxTimeout, {
		min: 0,
		allowInfinity: true
	});
	validateNumberOption("maxRetryTime", options.maxRetryTime, {
		min: 0,
		allowInfinity: true
	});
	if (!(options.factor > 0)) options.factor = 1;
	options.signal?.throwIfAborted();
	let attemptNumber = 0;
	let retriesConsumed = 0;
	const startTime = performance.now();
	while (Number.isFinite(options.retries) ? retriesConsumed <= options.retries : true) {
		attemptNumber++;
		try {
			options.signal?.throwIfAborted();
			const result = await input(attemptNumber);
			options.signal?.throwIfAborted();
			return result;
		} catch (error) {
			if (await onAttemptFailure({
				error,
				attemptNumber,
				retriesConsumed,
				startTime,
				options
			})) retriesConsumed++;
		}
	}
	throw new Error("Retry attempts exhausted without throwing an error.");
}
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
// src/tools/http.ts
const longestWaitMilliseconds = 6e4;
/**
* Tries again what may pass: 408, 429, 5xx (as `StatusError`, whose Retry-After is obeyed), a cut connection, any other error.
* Refusals and an `AbortError` end it at once. Throws the last error; of one that fetch wrapped what is at its bottom.
*/
async function tryAgain(attempt, { signal, firstWait, factor, retries }) {
	return await pRetry(() => attempt().catch(sorted), {
		retries,
		minTimeout: firstWait,
		factor,
		randomize: true,
		...signal ? { signal } : {},
		onFailedAttempt: async ({ error, retriesLeft }) => {
			const wait = error instanceof StatusError ? error.waitMilliseconds : null;
			if (retriesLeft > 0 && wait) await setTimeout$1(Math.min(wait, longestWaitMilliseconds), void 0, signal ? { signal } : {});
		}
	});
}
function sorted(error) {
	if (error instanceof StatusError && error.status < 500 && ![408, 429].includes(error.status)) throw new AbortError(error);
	if (error instanceof StatusError || error instanceof AbortError) throw error;
	throw new Error(causeOf(error), { cause: error });
}
/** What is at the bottom of it: fetch wraps what happened, and a retry wraps fetch's error. */
function causeOf(error) {
	if (!isNativeError(error)) return messageOf(error);
	return isNativeError(error.cause) ? causeOf(error.cause) : error.message;
}
/**
* The whole body: within the attempt, so that a connection that is cut meanwhile is tried again. A longer one than `limit` bytes
* is not read to its end: AbortError with `tooLong`.
*/
async function limitedBody(response, limit, tooLong) {
	const chunks = [];
	let bytes = 0;
	for await (const chunk of response.body ?? []) {
		bytes += chunk.length;
		if (bytes > limit) throw new AbortError(tooLong);
		chunks.push(chunk);
	}
	return Buffer.concat(chunks);
}
/** An address without its user's name and password, and the header that logs in with them: fetch takes no address that has any. */
function withLogin(address) {
	const url = new URL(address);
	const login = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
	if (login === ":") return {
		url: address,
		headers: {}
	};
	url.username = "";
	url.password = "";
	return {
		url: url.href.replace(/\/+$/, ""),
		headers: { authorization: `Basic ${Buffer.from(login).toString("base64")}` }
	};
}
export { StatusError as a, withLogin as i, limitedBody as n, AbortError as o, tryAgain as r, pRetry as s, causeOf as t };
