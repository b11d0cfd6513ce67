export { r as diffLocks } from "./diff.js";
