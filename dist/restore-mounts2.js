export { i as restoreMounts } from "./restore-mounts.js";
