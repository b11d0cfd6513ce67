// src/lock/origin.ts
/** Where a person wrote a spec, as messages name it: `file:line`. */
function originOf({ origin }) {
	return `${origin.file}:${origin.line}`;
}
export { originOf as t };
