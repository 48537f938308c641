/**
 * A small program on a backend: declare tensors, emit ops, write, run, read. Gradients are asked for by giving a loss; to
 * get the gradient of an input, declare it as a parameter.
 */
import { appendGradients } from "../../core/ir/autodiff.ts";
import { Builder } from "../../core/ir/builder.ts";
import { at } from "../../core/ir/op.ts";
import { type Plan, planPrograms } from "../../core/ir/plan.ts";
import { sizeOf, type Tensor } from "../../core/ir/tensor.ts";
import type { Arena, Executable, KernelBackend } from "../../core/kernels/backend.ts";

export interface Sketch {
  /** What is read afterwards. */
  readonly results: readonly Tensor[];
  /** A scalar of shape [1]: the gradients of all parameters are computed of it. */
  readonly loss?: Tensor;
}

export class SmallProgram {
  readonly builder = new Builder();
  readonly plan: Plan;
  private readonly arena: Arena;
  readonly executable: Executable;

  constructor(backend: KernelBackend, sketch: (builder: Builder) => Sketch) {
    const { results, loss } = sketch(this.builder);
    if (loss !== undefined) appendGradients(this.builder, loss);
    this.plan = planPrograms([this.builder.program(loss === undefined ? results : [...results, loss])]);
    this.arena = backend.allocate(this.plan.elementCount);
    this.executable = backend.compile(this.plan, 0, this.arena);
  }

  private view(offset: number, size: number): Float32Array | Float64Array {
    return this.arena.elements.subarray(offset, offset + size);
  }

  /** The elements of a tensor, to read or write. */
  elements(tensor: Tensor): Float32Array | Float64Array {
    return this.view(at(at(this.plan.programs, 0).offsets, tensor.id), sizeOf(tensor.shape));
  }

  write(tensor: Tensor, values: ArrayLike<number>): this {
    const elements = this.elements(tensor);
    if (values.length !== elements.length) throw new Error(`${tensor.name} holds ${elements.length} numbers, not ${values.length}`);
    elements.set(values);
    return this;
  }

  run(step = 0): this {
    this.executable.run({ step });
    return this;
  }

  read(tensor: Tensor): number[] {
    return Array.from(this.elements(tensor));
  }

  /** The gradient of the loss with respect to a parameter. */
  gradient(parameter: Tensor): number[] {
    const region = this.plan.places.get(`gradient:${parameter.name}`);
    if (region === undefined) throw new Error(`no gradient of '${parameter.name}'`);
    return Array.from(this.view(region.offset, region.size));
  }
}

/** Σ weights · tensor over all tensors, a scalar: a loss whose gradient with respect to each tensor is its weights. */
export function weightedSum(builder: Builder, tensors: readonly Tensor[], weights: readonly Tensor[]): Tensor {
  const sums = tensors.map((tensor, i) => {
    const size = sizeOf(tensor.shape);
    return builder.reshape(builder.one("linear", [builder.reshape(tensor, [1, size]), at(weights, i)]), [1]);
  });
  return sums.length === 1 ? at(sums, 0) : builder.one("add", sums);
}

/** Constants for {@link weightedSum}, one for each tensor. */
export function sumWeights(builder: Builder, tensors: readonly Tensor[]): Tensor[] {
  return tensors.map((tensor, i) => builder.tensor([sizeOf(tensor.shape), 1], "constant", `sum_weights_${i}`));
}
