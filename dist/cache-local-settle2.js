export { n as settleLayers } from "./cache-local-settle.js";
