export { t as getOctokit } from "./github2.js";
