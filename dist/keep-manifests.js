import { t as manifestPage } from "./manifests.js";
import { i as targetNames } from "./bake.js";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
// src/steps/keep-manifests.ts
/**
* Keeps what is in the images that were built: a page and a JSON file an image, named as its bake target, and `manifests.json`
* with all of them. Gives the folder; null where none was described.
*/
async function keepManifests(results, host) {
	const described = results.flatMap((result) => result.manifest ? [{
		result,
		manifest: result.manifest
	}] : []);
	if (described.length === 0) return null;
	const folder = path.join(host.kept, "manifests");
	await mkdir(folder, { recursive: true });
	const files = targetNames(described.map(({ result }) => result.name));
	const all = described.map(({ result: { name, digest, tags }, manifest }) => ({
		image: name,
		digest,
		tags,
		...manifest
	}));
	for (const [at, { result, manifest }] of described.entries()) {
		const file = path.join(folder, files.get(result.name) ?? String(at));
		await writeFile(`${file}.md`, manifestPage(result, manifest));
		await writeFile(`${file}.json`, `${JSON.stringify(all[at], null, 2)}\n`);
	}
	await writeFile(path.join(folder, "manifests.json"), `${JSON.stringify(all)}\n`);
	return folder;
}
export { keepManifests };
