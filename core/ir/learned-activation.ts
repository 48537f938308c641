/** Activations with weights of their own: finds the weights that the layer holds, and lays them beside the values they belong to. */
import type { LearnedActivation } from "../activations/activation.ts";
import { AppError } from "../errors.ts";
import type { Emitter } from "./emitter.ts";
import { at } from "./op.ts";
import { sizeOf, type Tensor } from "./tensor.ts";

/** Before the name of a weight, among the parameters of its layer: `activation_alpha`. */
export const ACTIVATION_PREFIX = "activation_";

/**
 * @param x    `[batch, .., units]`
 * @param held by their names among the layer's parameters; their last axis is 1 for the whole layer, the number of units, or that
 *             of all values of a sample
 * @throws AppError design.activation_needs_weights where the layer holds none: a cell, or a layer with the function inside
 */
export function learnedActivation(
  builder: Emitter,
  x: Tensor,
  name: string,
  learned: LearnedActivation,
  held: Readonly<Record<string, Tensor>>,
): Tensor {
  const batch = at(x.shape, 0);
  const units = at(x.shape, x.shape.length - 1);
  const values = sizeOf(x.shape) / batch;
  const weights: Record<string, Tensor> = {};
  let width = units;
  for (const { name: weight } of learned.weights(1, 1)) {
    const tensor = held[ACTIVATION_PREFIX + weight];
    if (tensor === undefined) throw new AppError("design.activation_needs_weights", { activation: name });
    const axis = tensor.shape.length - 1;
    const count = at(tensor.shape, axis);
    width = count === 1 ? units : count;
    weights[weight] = count === 1 && units > 1 ? builder.one("repeat", [tensor], { axis, times: units }) : tensor;
  }
  if (width === units) return learned.build(builder, x, weights);
  if (width !== values) throw new Error(`${name}: weights for ${width} values, and there are ${values}`);
  return builder.reshape(learned.build(builder, builder.reshape(x, [batch, values]), weights), x.shape);
}
