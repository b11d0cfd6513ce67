import { t as ActionError } from "./errors.js";
import { a as choice, u as invalid } from "./input-values.js";
// src/publish-inputs.ts
/** Their names, as in action.yml. */
const publishInputNames = [
	"from",
	"to",
	"release",
	"stack"
];
/** Reads them. Throws ActionError('input'). */
function loadPublishInputs(text) {
	const stack = text("stack");
	if (stack !== "" && !/^[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*$/.test(stack)) throw invalid("stack", stack, ["it is the last part of a repository’s name, in lower case: `docker-images`"]);
	return {
		stack,
		from: word("from", text("from")),
		to: word("to", text("to")),
		release: choice("release", text("release") || "published", ["published", "build"])
	};
}
/** A git tag may have slashes; what of it can be a tag of an image is for the command to tell. */
function word(name, value) {
	if (value.length > 250 || /[\s\p{Cc}~^:?*[\\]/u.test(value) || value.startsWith("-")) throw invalid(name, value, ["it is a tag or a commit, for example `stable` or `2639bd3`"]);
	return value;
}
/** A command that lacks what it is about. */
function missingInput(command, name, example) {
	return new ActionError("input", `${command} needs the input ${name}`, [`for example \`${example}\``]);
}
export { missingInput as n, publishInputNames as r, loadPublishInputs as t };
