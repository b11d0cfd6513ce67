/** The repository in an engine's store of images that one run tests; never pushed. Its containers' names begin with it. */
export function testRepository(run: string): string {
  return `buildx-action-test-${run}`
}

/** Label of the containers and networks of one run. */
export function containerLabel(run: string): string {
  return `io.github.pangeo-data.buildx-action.test=${run}`
}
