/**
 * Builder: collects tensors and instructions while layers are built. Layers see `emit` and a handful of shorthands;
 * parameters, states and inputs are made by core/spec/build.ts, which knows the names.
 */
import { activationDefinition } from "../activations/definitions.ts";
import type { Emitter } from "./emitter.ts";
import { learnedActivation } from "./learned-activation.ts";
import { at } from "./op.ts";
import type { OpName } from "./op-name.ts";
import { ops } from "./ops/registry.ts";
import {
  type Attributes,
  type Instruction,
  type Phase,
  type Program,
  type Shape,
  showShape,
  sizeOf,
  type Tensor,
  type TensorRole,
} from "./tensor.ts";

export class Builder implements Emitter {
  readonly tensors: Tensor[] = [];
  /** Passes may replace entries between the forward and the backward phase. */
  readonly instructions: Instruction[] = [];
  /** Stamped on what is emitted next. */
  nodeId = "";
  phase: Phase = "forward";
  /** Parameters of the layer that is being built: those of its activation are among them, where that one has some. */
  layerParameters: Readonly<Record<string, Tensor>> = {};

  /** Sums over all rows that an op has made on its way, by the tensor's id. */
  private readonly rowSums = new Map<number, Tensor>();

  tensor(shape: Shape, role: TensorRole, name: string, aliasOf?: number): Tensor {
    const tensor: Tensor = {
      id: this.tensors.length,
      shape,
      role,
      name,
      nodeId: this.nodeId,
      ...(aliasOf === undefined ? {} : { aliasOf }),
    };
    this.tensors.push(tensor);
    return tensor;
  }

  emit(op: OpName, inputs: readonly Tensor[], attributes: Attributes = {}, into?: readonly Tensor[]): readonly Tensor[] {
    const definition = ops[op];
    const shapes = definition.outputShapes(
      inputs.map((t) => t.shape),
      attributes,
    );
    const outputs =
      into ??
      shapes.map((shape, i) =>
        this.tensor(
          shape,
          "temporary",
          `${op}_${this.instructions.length}${i === 0 ? "" : `.${i}`}`,
          definition.alias === true ? at(inputs, 0).id : undefined,
        ),
      );
    shapes.forEach((shape, i) => {
      if (sizeOf(shape) !== sizeOf(at(outputs, i).shape))
        throw new Error(`${op}: output ${i} is ${showShape(shape)}, its place is ${showShape(at(outputs, i).shape)}`);
    });
    this.instructions.push({ op, inputs, outputs, attributes, nodeId: this.nodeId, phase: this.phase });
    return outputs;
  }

  one(op: OpName, inputs: readonly Tensor[], attributes: Attributes = {}): Tensor {
    return at(this.emit(op, inputs, attributes), 0);
  }

  reshape(x: Tensor, shape: Shape): Tensor {
    return this.one("reshape", [x], { shape });
  }

  knowRowSum(x: Tensor, sum: Tensor): void {
    this.rowSums.set(x.id, sum);
  }

  rowSum(x: Tensor): Tensor {
    return this.rowSums.get(x.id) ?? this.one("bias_gradient", [x]);
  }

  /** Applies an activation by its registered name; `linear` costs nothing. @throws AppError design.activation_needs_weights */
  activation(x: Tensor, name: string, attributes: Attributes = {}): Tensor {
    if (name === "linear") return x;
    const { op, learned } = activationDefinition(name);
    if (learned !== undefined) return learnedActivation(this, x, name, learned, this.layerParameters);
    if (op === "learned") throw new Error(`activation '${name}' does not say what it learns`);
    return op === "unary" ? this.one(op, [x], { function: name, ...attributes }) : this.one(op, [x]);
  }

  /**
   * @param results temporaries that are read after a run
   * @param brought inputs that need not lie where the plan has them
   */
  program(results: readonly Tensor[] = [], brought: readonly Tensor[] = []): Program {
    return { tensors: this.tensors, instructions: this.instructions, results, brought };
  }
}
