/** Weights that a network starts from: drawn from a seed, each parameter from a random stream of its own, or given by name. */
import { Random } from "../data/random.ts";
import { AppError } from "../errors.ts";
import { initializerImplementation } from "../initializers/implementations.ts";
import { sizeOf } from "../ir/tensor.ts";
import type { ParameterInfo } from "../spec/build.ts";
import type { Numbers } from "./compiled-program.ts";

/** Random streams of a seed: this one and up initialise parameters (network.ts has the others). */
const PARAMETER_STREAM = 1_000_000_007;

/** @param index place among the network's parameters: its random stream */
export function drawWeights(parameter: ParameterInfo, index: number, seed: number, values: Numbers): void {
  const { initializer, shape, fanIn = 1, fanOut = 1, initializerValue: value } = parameter;
  const random = new Random(seed, PARAMETER_STREAM + index);
  const context = { size: sizeOf(shape), shape, fanIn, fanOut, random, ...(value === undefined ? {} : { value }) };
  values.set(initializerImplementation(initializer)(context));
  if (parameter.ones !== undefined) values.fill(1, ...parameter.ones);
}

/**
 * The parameter that a given set of weights is for.
 * @throws AppError engine.initial_weight_unknown, engine.initial_weights_wrong_size
 */
export function requireWeights(parameters: readonly ParameterInfo[], name: string, given: ArrayLike<number>): ParameterInfo {
  const parameter = parameters.find(({ fullName }) => fullName === name);
  if (parameter === undefined)
    throw new AppError("engine.initial_weight_unknown", { name, known: parameters.map(({ fullName }) => fullName).join(", ") });
  const expected = sizeOf(parameter.shape);
  if (given.length !== expected)
    throw new AppError("engine.initial_weights_wrong_size", { name, expected, received: given.length }, { nodeId: parameter.nodeId });
  return parameter;
}

/** Keeps what was drawn where the given number is NaN. */
export function putWeights(values: Numbers, given: ArrayLike<number>): void {
  for (let i = 0; i < given.length; i++) if (!Number.isNaN(given[i])) values[i] = given[i] as number;
}
