// src/stack/address.ts
/** Tells an address as buildx takes it for a context (`https://…`, `git@…`, `docker-image://…`, `target:…`) from a folder. */
function isAddress(text) {
	return /^(?:[a-z][a-z0-9+.-]*:|git@)/i.test(text);
}
export { isAddress as t };
