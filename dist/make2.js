export { t as make } from "./make.js";
