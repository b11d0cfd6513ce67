export { t as planRelocks } from "./plan-relocks2.js";
