export { t as detect, n as readEvent } from "./detect.js";
