export { n as prepareLocal } from "./cache-local.js";
