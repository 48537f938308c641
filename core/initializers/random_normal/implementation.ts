import type { InitializerImplementation } from "../initializer.ts";

const DEVIATION = 0.05;

export default (({ size, random }) =>
  Float64Array.from({ length: size }, () => random.normal() * DEVIATION)) satisfies InitializerImplementation;
