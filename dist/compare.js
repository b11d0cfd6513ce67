import { t as __commonJSMin } from "./rolldown-runtime.js";
import { n as require_semver } from "./parse.js";
// node_modules/semver/functions/compare.js
var require_compare = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	const SemVer = require_semver();
	const compare = (a, b, loose) => new SemVer(a, loose).compare(new SemVer(b, loose));
	module.exports = compare;
}));
export { require_compare as t };
