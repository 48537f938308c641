import type { InitializerImplementation } from "../initializer.ts";

export default (({ size }) => new Float64Array(size).fill(1)) satisfies InitializerImplementation;
