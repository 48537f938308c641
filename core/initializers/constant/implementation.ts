/** 0.1 unless another number is chosen, as TensorFlow's guides start the biases of rectifiers; Keras's default is 0, which `zeros` is. */
import type { InitializerImplementation } from "../initializer.ts";
import definition from "./definition.ts";

export default (({ size, value = definition.value.default }) => new Float64Array(size).fill(value)) satisfies InitializerImplementation;
