/** 0.1, as TensorFlow's guides start the biases of rectifiers; Keras asks for the value, which a choice by name cannot say. */
import type { InitializerImplementation } from "../initializer.ts";

export default (({ size }) => new Float64Array(size).fill(0.1)) satisfies InitializerImplementation;
