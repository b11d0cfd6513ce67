export { t as findPrograms, n as findUv, r as isInside, i as uvVersion } from "./uv.js";
