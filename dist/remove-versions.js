import { t as canonicalReference } from "./canonical.js";
import { t as ActionError } from "./errors.js";
import { a as neededClient, i as isRefusal, o as patiently, s as statusOf } from "./github-client.js";
import { t as removeDigests } from "./remove-tags.js";
// src/tools/github-packages.ts
/** Reads all versions of `ghcr.io/OWNER/NAME`, of an organisation's or a person's. Throws ActionError('registry'). */
async function readPackageVersions(asker, { repository }) {
	const { packages } = (await neededClient(asker)).rest;
	const [owner = "", ...rest] = repository.split("/");
	const name = {
		package_type: "container",
		package_name: rest.join("/")
	};
	const told = async (work) => await patiently(asker.host, work).catch((cause) => {
		throw refused(cause, repository);
	});
	const found = await told(async () => {
		try {
			return {
				org: true,
				versions: await allPages((page) => packages.getAllPackageVersionsForPackageOwnedByOrg({
					...name,
					...page,
					org: owner
				}))
			};
		} catch (error) {
			if (statusOf(error) !== 404) throw error;
			return {
				org: false,
				versions: await allPages((page) => packages.getAllPackageVersionsForPackageOwnedByUser({
					...name,
					...page,
					username: owner
				}))
			};
		}
	});
	return {
		versions: found.versions,
		async remove(id) {
			const version = {
				...name,
				package_version_id: id
			};
			await told(async () => {
				await (found.org ? packages.deletePackageVersionForOrg({
					...version,
					org: owner
				}) : packages.deletePackageVersionForUser({
					...version,
					username: owner
				})).catch((error) => {
					if (statusOf(error) !== 404) throw error;
				});
			});
		}
	};
}
const perPage = 100;
async function allPages(read) {
	const found = /* @__PURE__ */ new Map();
	for (let page = 1;; page++) {
		const { data } = await read({
			page,
			per_page: perPage
		});
		const before = found.size;
		for (const { id, name, metadata } of data) found.set(id, {
			id,
			digest: name,
			tags: metadata?.container?.tags ?? null
		});
		if (data.length < perPage || found.size === before) return [...found.values()];
	}
}
function refused(cause, repository) {
	if (!isRefusal(cause)) return cause;
	return new ActionError("registry", `GitHub refuses to list or remove versions of the package ${repository}: ${statusOf(cause)}`, ["give the job `permissions: {packages: write}`, and the repository the role Admin in the package’s settings,", "or a classic token with `read:packages` and `delete:packages` in github-token"], { cause });
}
// src/steps/remove-versions.ts
/**
* Removes what the verdicts say from ghcr.io, where a version goes with all its tags: one that has a tag that stays is kept.
* Untagged versions, the parts of indexes among them, are never touched.
*/
async function removeVersions(removal) {
	const reference = canonicalReference(removal.repository);
	let known = null;
	return await removeDigests(removal, async (digest, tags) => {
		known ??= readPackageVersions(removal, reference);
		const { versions, remove } = await known;
		const version = versions.find((one) => one.digest === digest);
		if (!version) return {
			outcome: "kept",
			reason: "it is gone already"
		};
		if (version.tags === null) return {
			outcome: "kept",
			reason: "its tags are not known"
		};
		const other = version.tags.find((tag) => !tags.includes(tag));
		if (other !== void 0) return {
			outcome: "kept",
			reason: `${other} is the same version`
		};
		if (!tags.every((tag) => version.tags?.includes(tag))) return {
			outcome: "kept",
			reason: "it was moved meanwhile"
		};
		await remove(version.id);
		return null;
	});
}
export { removeVersions };
