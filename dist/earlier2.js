export { n as withEarlier } from "./earlier.js";
