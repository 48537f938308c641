import type { InitializerImplementation } from "../initializer.ts";

export default (({ size }) => new Float64Array(size)) satisfies InitializerImplementation;
