export { n as saveMounts } from "./save-mounts2.js";
