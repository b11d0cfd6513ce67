import { i as inline, n as details, r as fence, s as table } from "./markdown.js";
// src/report/manifests.ts
const managers = [
	"conda",
	"pip",
	"apt",
	"apk",
	"rpm"
];
/** What is in the images, in numbers, folded; empty where none was described. */
function manifestsPart({ images }) {
	const described = images.flatMap(({ name, manifest }) => manifest ? [{
		name,
		manifest
	}] : []);
	if (described.length === 0) return "";
	const columns = [
		{
			head: "image",
			cell: (one) => inline(one.name)
		},
		{
			head: "system",
			cell: (one) => inline(one.manifest.system ?? "", 60)
		},
		{
			head: "Python",
			cell: (one) => inline(one.manifest.python ?? "", 30)
		},
		{
			head: "CUDA",
			cell: (one) => inline(one.manifest.cuda ?? "", 30)
		},
		...managers.map((manager) => ({
			head: manager,
			cell: (one) => String(one.manifest.packages[manager]?.length ?? "")
		}))
	].filter(({ cell }) => described.some((one) => cell(one) !== ""));
	const rows = described.map((one) => columns.map(({ cell }) => cell(one)));
	return details("What is in the images", table(columns.map(({ head }) => head), rows));
}
/** One image's manifest as a page of Markdown. */
function manifestPage({ name, digest, tags }, manifest) {
	const facts = [
		["image", name],
		["digest", digest],
		["tags", tags.join(", ")],
		["system", manifest.system],
		["Python", manifest.python],
		["CUDA", manifest.cuda]
	].flatMap(([label, value]) => value ? [[label ?? "", inline(value, 1e3)]] : []);
	const lists = managers.flatMap((manager) => {
		const packages = manifest.packages[manager];
		if (!packages) return [];
		const text = packages.map((one) => [
			one.name,
			one.version,
			one.build
		].filter(Boolean).join(" ")).join("\n");
		return [`## ${manager}: ${packages.length} packages`, fence(text)];
	});
	const commands = manifest.commands.flatMap(({ command, status, output }) => [
		`## ${inline(command, 200)}`,
		...status === 0 ? [] : [`It ended with exit code ${status ?? "unknown"}.`],
		fence(output)
	]);
	return `${[
		`# ${inline(name)}`,
		table(["", ""], facts),
		...commands,
		...lists
	].join("\n\n")}\n`;
}
export { manifestsPart as n, manifestPage as t };
