// src/tools/solve/rattler-worker.ts
let rattler = null;
let served = /* @__PURE__ */ new Map();
globalThis.fetch = async (input) => {
	const url = input instanceof Request ? input.url : String(input);
	const bytes = served.get(url);
	const response = bytes ? new Response(bytes) : new Response(null, { status: 404 });
	return Object.defineProperty(response, "url", { value: url });
};
process.on("message", async (task) => {
	rattler ??= import("./rattler.bundler.js");
	if (task !== "load") process.send?.(await answer(task, rattler));
});
async function answer(task, loading) {
	try {
		const { simpleSolve } = await loading;
		served = task.served;
		const locked = task.virtualPackages.map((virtual) => virtualRecord(virtual, task.platform));
		return { packages: (await simpleSolve([...task.specs], [...task.channels], [task.platform, "noarch"], locked)).map(({ url, filename, subdir }) => ({
			url,
			filename,
			subdir: subdir ?? ""
		})) };
	} catch (error) {
		return { refusal: error instanceof Error ? error.message : String(error) };
	} finally {
		served = /* @__PURE__ */ new Map();
	}
}
/** What the machine has goes in as a package that is there already. */
function virtualRecord({ name, version, build }, platform) {
	const filename = `${name}-${version}-${build}.conda`;
	return {
		packageName: name,
		version,
		build,
		buildNumber: 0n,
		url: `https://virtual.invalid/${filename}`,
		filename,
		subdir: platform,
		depends: []
	};
}
export {};
