export { r as prepareRemote } from "./cache-remote.js";
