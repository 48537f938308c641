/**
 * Looks inside a network at one row: what every layer gives, what it offers to look at (gates, attention weights), and the gradient of
 * the loss or of one number of the prediction. In memory of its own, so that whatever trains or predicts beside it stays as it is.
 */
import { AppError } from "../../errors.ts";
import type { Seen } from "../../insight/inside/look.ts";
import { type Plan, planPrograms } from "../../ir/plan.ts";
import { sizeOf, type Tensor } from "../../ir/tensor.ts";
import type { Arena } from "../../kernels/backend.ts";
import { buildProgram, type NetworkProgram } from "../../spec/build.ts";
import type { InsideTensors } from "../../spec/build-inside.ts";
import { CompiledProgram, type Numbers } from "../compiled-program.ts";
import type { Network, NetworkOptions } from "../network.ts";

/** By input or output node id, the numbers of one row. */
export type RowNumbers = Readonly<Record<string, ArrayLike<number>>>;

/** What gradients are of: the loss of the row, or the number at `place` of what an output gives, times `sign`. */
export type Objective =
  | { readonly loss: true }
  | { readonly loss: false; readonly outputId: string; readonly place: number; readonly sign: 1 | -1 };

export class InsideProbe {
  private readonly program: NetworkProgram;
  private readonly inside: InsideTensors;
  private readonly plan: Plan;
  private readonly arena: Arena;
  private readonly compiled: CompiledProgram;

  /**
   * @param options of the network that is looked into
   * @param network its weights and states are copied
   * @throws AppError engine.out_of_memory
   */
  constructor(options: Pick<NetworkOptions, "spec" | "training" | "encodings" | "backend">, network: Pick<Network, "block">) {
    const { spec, training, encodings, backend } = options;
    this.program = buildProgram(spec, { batch: 1, mode: "evaluate", training, encodings, taps: true, inside: true });
    if (this.program.inside === null) throw new Error("built to look inside");
    this.inside = this.program.inside;
    this.plan = planPrograms([this.program.program]);
    this.arena = backend.allocate(this.plan.elementCount);
    this.compiled = new CompiledProgram(this.program, this.plan, 0, backend, this.arena);
    this.load(network);
  }

  /** Takes the weights and states that the network has now. */
  load(network: Pick<Network, "block">): void {
    for (const role of ["parameter", "state"] as const) this.arena.elements.set(network.block(role), this.plan.blocks[role].offset);
  }

  /** Runs the row forwards only. @returns what every output gives, by node id: views, valid until the next run */
  forward(inputs: RowNumbers): Readonly<Record<string, Numbers>> {
    this.write(this.program.inputs, inputs);
    for (const tensor of Object.values(this.program.targets)) this.compiled.view(tensor).fill(0);
    this.compiled.executable.run({ step: 0 }, 0, this.program.backwardStart);
    return this.compiled.predictions();
  }

  /** Runs the row forwards and backwards. @param targets needed for the loss only */
  look(inputs: RowNumbers, targets: RowNumbers, objective: Objective): void {
    this.write(this.program.inputs, inputs);
    for (const [id, tensor] of Object.entries(this.program.targets)) {
      const own = targets[id];
      if (own !== undefined) this.compiled.view(tensor).set(own);
      else if (objective.loss) throw new AppError("inside.needs_target");
      else this.compiled.view(tensor).fill(0);
    }
    this.compiled.view(this.inside.lossFactor).fill(objective.loss ? 1 : 0);
    for (const tensor of Object.values(this.inside.chosen)) this.compiled.view(tensor).fill(0);
    if (!objective.loss) {
      const tensor = this.inside.chosen[objective.outputId];
      if (tensor === undefined) throw new Error(`no output ${objective.outputId}`);
      this.compiled.view(tensor)[objective.place] = objective.sign;
    }
    this.compiled.executable.run({ step: 0 });
  }

  /** How many numbers an output gives. @throws Error where there is no such output */
  outputOf(outputId: string): { readonly size: number } {
    const tensor = this.inside.chosen[outputId];
    if (tensor === undefined) throw new Error(`no output ${outputId}`);
    return { size: sizeOf(tensor.shape) };
  }

  private write(tensors: Readonly<Record<string, Tensor>>, rows: RowNumbers): void {
    for (const [id, tensor] of Object.entries(tensors)) {
      const own = rows[id];
      if (own === undefined || own.length !== sizeOf(tensor.shape))
        throw new Error(`a row of ${tensor.name} has ${sizeOf(tensor.shape)} numbers`);
      this.compiled.view(tensor).set(own);
    }
  }

  /** A copy of what flows between the layers, by value name (layer-values.ts); null where there is none. */
  value(name: string): Seen | null {
    return this.seen(this.inside.values[name]);
  }

  /** Which steps of it count; null where all do. */
  mask(name: string): Seen | null {
    return this.seen(this.inside.masks[name]);
  }

  /** Its gradient after a look. */
  gradient(name: string): Seen | null {
    return this.seen(this.inside.gradients[name]);
  }

  /** Whether two names are of one value: what only passes it on gives it another. */
  isSame(a: string, b: string): boolean {
    return this.inside.values[a] === this.inside.values[b];
  }

  /** What a layer offers, by name. */
  taps(nodeId: string): Readonly<Record<string, Seen>> {
    const found: Record<string, Seen> = {};
    for (const [name, tensor] of Object.entries(this.program.taps[nodeId] ?? {})) {
      const seen = this.seen(tensor);
      if (seen !== null) found[name] = seen;
    }
    return found;
  }

  /** The gradient by what a layer offers, after a look; null where none reaches it. */
  tapGradient(nodeId: string, name: string): Seen | null {
    return this.seen(this.inside.tapGradients[nodeId]?.[name]);
  }

  private seen(tensor: Tensor | undefined): Seen | null {
    return tensor === undefined ? null : { shape: tensor.shape.slice(1), values: Float32Array.from(this.compiled.view(tensor)) };
  }

  /** The gradient of a parameter after a look, by its full name: zeros where none flows. */
  parameterGradient(fullName: string): Float32Array | null {
    const region = this.plan.places.get(`gradient:${fullName}`);
    return region === undefined ? null : Float32Array.from(this.arena.elements.subarray(region.offset, region.offset + region.size));
  }

  get loss(): number {
    return this.compiled.read(this.program.loss);
  }
}
