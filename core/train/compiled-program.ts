/** One program of a network for one batch size, compiled and placed in the arena: runs it, and finds its tensors' numbers there. */
import { at } from "../ir/op.ts";
import type { Plan } from "../ir/plan.ts";
import { sizeOf, type Tensor } from "../ir/tensor.ts";
import type { Arena, Executable, KernelBackend } from "../kernels/backend.ts";
import { HYPER_SIZE } from "../optimizers/optimizer.ts";
import type { NetworkProgram } from "../spec/build.ts";

export type Numbers = Float32Array | Float64Array;

export class CompiledProgram {
  readonly network: NetworkProgram;
  readonly executable: Executable;
  /** Where the optimizer's numbers of a step go; null for a program that does not train. */
  readonly hyper: Numbers | null;
  readonly elements: Numbers;
  private readonly planned: Plan["programs"][number];
  private views: { predictions?: Readonly<Record<string, Numbers>>; masks?: Readonly<Record<string, Numbers>> } = {};

  /** @param index which of the plan's programs it is */
  constructor(network: NetworkProgram, plan: Plan, index: number, backend: KernelBackend, arena: Arena) {
    this.network = network;
    this.planned = at(plan.programs, index);
    this.elements = arena.elements;
    this.executable = backend.compile(plan, index, arena);
    const { hyper } = network;
    this.hyper = hyper === null ? null : this.elements.subarray(this.offset(hyper), this.offset(hyper) + HYPER_SIZE);
  }

  offset(tensor: Tensor): number {
    return at(this.planned.offsets, tensor.id);
  }

  read(scalar: Tensor): number {
    return this.elements[this.offset(scalar)] ?? Number.NaN;
  }

  view(tensor: Tensor): Numbers {
    const offset = this.offset(tensor);
    return this.elements.subarray(offset, offset + sizeOf(tensor.shape));
  }

  viewsOf(tensors: Readonly<Record<string, Tensor>>): Record<string, Numbers> {
    const views: Record<string, Numbers> = {};
    for (const id in tensors) views[id] = this.view(tensors[id] as Tensor);
    return views;
  }

  /** By output node id what the last run left: views, made when they are first asked for, valid until the next run. */
  predictions(): Readonly<Record<string, Numbers>> {
    this.views.predictions ??= this.viewsOf(this.network.predictions);
    return this.views.predictions;
  }

  masks(): Readonly<Record<string, Numbers>> {
    this.views.masks ??= this.viewsOf(this.network.masks);
    return this.views.masks;
  }

  /** What not-finite.ts walks through to find the op that gave NaN first. */
  forwardPass() {
    const { losses, backwardStart: end } = this.network;
    return { ...this.planned, executable: this.executable, end, elements: this.elements, losses };
  }
}
