import { type InitializerImplementation, truncatedNormal } from "../initializer.ts";

export default ((c) => truncatedNormal(Math.sqrt(2 / (c.fanIn + c.fanOut)), c)) satisfies InitializerImplementation;
