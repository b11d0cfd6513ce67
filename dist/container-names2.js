// src/steps/container-names.ts
/** The repository in an engine's store of images that one run tests; never pushed. Its containers' names begin with it. */
function testRepository(run) {
	return `buildx-action-test-${run}`;
}
/** Label of the containers and networks of one run. */
function containerLabel(run) {
	return `io.github.pangeo-data.buildx-action.test=${run}`;
}
export { testRepository as n, containerLabel as t };
