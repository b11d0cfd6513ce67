/** Tells an address as buildx takes it for a context (`https://…`, `git@…`, `docker-image://…`, `target:…`) from a folder. */
export function isAddress(text: string): boolean {
  return /^(?:[a-z][a-z0-9+.-]*:|git@)/i.test(text)
}
