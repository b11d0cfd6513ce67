export { n as tagCommit } from "./github-release2.js";
