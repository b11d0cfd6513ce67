import { posix } from "node:path";
// src/stack/tests.ts
/** Seconds, where no spec.yml says another time. */
const defaultTimeout = 1200;
/** The tests of an image and of all images of the stack that it is FROM, the first base's first. */
function testsOf(stack, image) {
	const byName = new Map(stack.images.map((one) => [one.name, one]));
	const line = [];
	for (let one = image; one && !line.includes(one);) {
		line.push(one);
		const base = one.parents.find((parent) => parent.base)?.name;
		one = one.declared.testing?.inherit === false || base === void 0 ? void 0 : byName.get(base);
	}
	return {
		groups: line.flatMap(groupOf).reverse(),
		timeout: line.map(({ declared }) => declared.testing?.timeout).find(Boolean) ?? defaultTimeout,
		containers: line.toReversed().flatMap(containersOf)
	};
}
function containersOf({ name, declared: { testing } }) {
	return (testing?.containers ?? []).map((test) => ({
		...test,
		image: name,
		network: testing?.network ?? "none",
		place: testing?.place ? {
			...testing.place,
			line: test.line
		} : null
	}));
}
function groupOf({ name, declared }) {
	const { test, testing } = declared;
	const folder = testing?.folder ?? null;
	if (test.length === 0 && folder === null) return [];
	return [{
		image: name,
		commands: test,
		folder,
		network: testing?.network ?? "none",
		allowFailure: testing?.allowFailure ?? false,
		place: testing?.place ?? null
	}];
}
/**
* How the tests of an image run: by spec.yml, with the folder `tests` beside its Dockerfile unless another is named. That of
* the repository's root is the repository's own. Undefined where there is nothing to run.
*/
function testingOf(folder, said, { folders }) {
	const beside = folder === "." ? null : posix.join(folder, "tests");
	const found = beside !== null && folders.has(beside) ? beside : null;
	if (said) return {
		...said.testing,
		folder: said.folder === void 0 ? found : said.folder
	};
	if (found === null) return void 0;
	return {
		folder: found,
		network: "none",
		timeout: null,
		allowFailure: false,
		inherit: true,
		place: null
	};
}
export { testsOf as n, testingOf as t };
