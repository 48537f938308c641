import { type InitializerImplementation, truncatedNormal } from "../initializer.ts";

export default ((c) => truncatedNormal(Math.sqrt(1 / c.fanIn), c)) satisfies InitializerImplementation;
