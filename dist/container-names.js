export { t as containerLabel, n as testRepository } from "./container-names2.js";
