export { t as promote, n as refuseRun, r as refuseTag, i as resolveAll, a as revert } from "./retag.js";
