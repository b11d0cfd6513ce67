export { n as lock } from "./lock.js";
