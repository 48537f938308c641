/** What ops, activations and layers write instructions with, whoever collects them. */
import type { OpName } from "./op-name.ts";
import type { Attributes, Shape, Tensor } from "./tensor.ts";

export interface Emitter {
  /**
   * Appends one instruction and returns its outputs.
   * @param into tensors to write instead of new temporaries (an update that writes a parameter, a gradient's place)
   */
  emit(op: OpName, inputs: readonly Tensor[], attributes?: Attributes, into?: readonly Tensor[]): readonly Tensor[];
  /** Like {@link emit} for an op with one output. */
  one(op: OpName, inputs: readonly Tensor[], attributes?: Attributes): Tensor;
  reshape(x: Tensor, shape: Shape): Tensor;
  /** Says that `sum` is the sum over all rows of `x`: whoever needs it need not read `x` again. */
  knowRowSum(x: Tensor, sum: Tensor): void;
  /** The sum over all rows, [last axis]: the gradient of a bias. */
  rowSum(x: Tensor): Tensor;
}
