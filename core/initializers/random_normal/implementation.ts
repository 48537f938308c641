import type { InitializerImplementation } from "../initializer.ts";
import definition from "./definition.ts";

export default (({ size, random, value = definition.value.default }) =>
  Float64Array.from({ length: size }, () => random.normal() * value)) satisfies InitializerImplementation;
