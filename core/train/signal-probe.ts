/**
 * Looks on while a network trains: runs a few rows forwards and backwards through its present weights, in memory of its
 * own, and says what every layer gives and gets back. The training itself is not touched, and costs nothing more while
 * nobody looks.
 */
import { activationDefinition } from "../activations/definitions.ts";
import type { PreparedPart } from "../data/prepared.ts";
import { ownValues, type Rows } from "../data/rows.ts";
import { deadShare, type LayerSignals, type Signals, saturatedShare, sizeOfValues, spreadOf } from "../insight/signals.ts";
import { at } from "../ir/op.ts";
import { type Plan, planPrograms } from "../ir/plan.ts";
import { sizeOf, type Tensor } from "../ir/tensor.ts";
import type { Arena, Executable } from "../kernels/backend.ts";
import { buildProgram, type NetworkProgram, type ParameterInfo } from "../spec/build.ts";
import { definitionOf } from "../spec/model.ts";
import type { LayerSpec, ModelSpec } from "../spec/model-spec.ts";
import type { Network, NetworkOptions } from "./network.ts";

/** Rows that are looked at: as many, or fewer where a row is large. */
const MOST_ROWS = 32;
const FEWEST_ROWS = 2;
/** Numbers that the layers give for all rows together: what a look may cost. */
const MOST_ACTIVATIONS = 200_000;

function rowsToLookAt({ layers }: ModelSpec, rowCount: number): number {
  const each = layers.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  return Math.min(rowCount, MOST_ROWS, Math.max(FEWEST_ROWS, Math.floor(MOST_ACTIVATIONS / Math.max(1, each))));
}

/** Of rows on the disk the inputs hold the first ones only. */
function rowsAtHand({ rowCount, inTurn, inputs }: PreparedPart): number {
  if (inTurn === undefined) return rowCount;
  return Math.min(rowCount, ...Object.values(inputs).map(({ values, shape }) => values.length / sizeOf(shape)));
}

export class SignalProbe {
  private readonly program: NetworkProgram;
  private readonly plan: Plan;
  private readonly arena: Arena;
  private readonly executable: Executable;
  private readonly layers: readonly LayerSpec[];
  private readonly batch: number;

  /**
   * @param data rows are taken from it at equal distances (of those in memory), and stay the same: what changes is the network
   * @throws AppError engine.out_of_memory
   */
  constructor(options: Pick<NetworkOptions, "spec" | "training" | "encodings" | "backend">, data: PreparedPart) {
    const { spec, training, encodings, backend } = options;
    const rowCount = rowsAtHand(data);
    const batch = rowsToLookAt(spec, rowCount);
    this.batch = batch;
    this.layers = spec.layers;
    this.program = buildProgram(spec, { batch, mode: "train", training, encodings, signals: true });
    this.plan = planPrograms([this.program.program]);
    this.arena = backend.allocate(this.plan.elementCount);
    this.executable = backend.compile(this.plan, 0, this.arena);
    const rows = Uint32Array.from({ length: batch }, (_, i) => Math.floor((i * rowCount) / batch));
    for (const [id, tensor] of Object.entries(this.program.inputs)) this.write(tensor, data.inputs[id], rows);
    for (const [id, tensor] of Object.entries(this.program.targets)) this.write(tensor, data.targets[id], rows);
  }

  private write(tensor: Tensor, rows: Rows | undefined, chosen: Uint32Array): void {
    if (rows === undefined) throw new Error(`no data for ${tensor.name}`);
    const width = sizeOf(rows.shape);
    const place = this.view(tensor);
    chosen.forEach((row, i) => place.set(ownValues(rows, row, row + 1), i * width));
  }

  private view(tensor: Tensor): Float32Array | Float64Array {
    const offset = at(at(this.plan.programs, 0).offsets, tensor.id);
    return this.arena.elements.subarray(offset, offset + sizeOf(tensor.shape));
  }

  /** What the network does with the rows now. */
  look(network: Network, step: number, epoch: number): Signals {
    for (const role of ["parameter", "state"] as const) {
      const { offset } = this.plan.blocks[role];
      this.arena.elements.set(network.block(role), offset);
    }
    this.executable.run({ step });
    const signals = this.layers.flatMap((layer) => this.signalsOf(layer, network));
    return { step, epoch, layers: signals };
  }

  /** The gradient of the mean loss of the rows by a parameter, as the last look found it; null for what is not trained. */
  gradientOf(fullName: string): Float32Array | null {
    const region = this.plan.places.get(`gradient:${fullName}`);
    return region === undefined ? null : Float32Array.from(this.arena.elements.subarray(region.offset, region.offset + region.size));
  }

  get rowCount(): number {
    return this.batch;
  }

  private signalsOf(layer: LayerSpec, network: Network): LayerSignals[] {
    const signal = this.program.signals[layer.id];
    if (signal === undefined) return [];
    const values = this.view(signal.value);
    const { low, high, floor } = rangeOf(layer);
    return [
      {
        nodeId: layer.id,
        activations: spreadOf(values),
        dead: floor ? deadShare(values, at(signal.value.shape, signal.value.shape.length - 1)) : null,
        saturated: low === null || high === null || this.givesPrediction(layer) ? null : saturatedShare(values, low, high),
        gradientSize: signal.gradient === null ? null : sizeOfValues(this.view(signal.gradient)),
        parameters: network.parameters
          .filter(({ nodeId, trainable }) => nodeId === layer.id && trainable)
          .map((info) => this.parameter(info)),
      },
    ];
  }

  /** A prediction that is sure of itself stands at the ends, and its gradient comes from before the activation. */
  private givesPrediction({ id }: LayerSpec): boolean {
    return this.layers.some((other) => definitionOf(other).traits.role === "output" && other.inputs.includes(id));
  }

  private parameter({ fullName }: ParameterInfo): LayerSignals["parameters"][number] {
    const of = (role: "parameter" | "gradient"): number | null => {
      const region = this.plan.places.get(`${role}:${fullName}`);
      return region === undefined ? 0 : sizeOfValues(this.arena.elements.subarray(region.offset, region.offset + region.size));
    };
    return { name: fullName, size: of("parameter"), gradientSize: of("gradient") };
  }
}

/** Where the activation of a layer is flat: at both ends, at 0, or nowhere. */
function rangeOf(layer: LayerSpec): { low: number | null; high: number | null; floor: boolean } {
  const { activationField, cellActivationField, mergeField } = definitionOf(layer).traits;
  const field = activationField ?? cellActivationField;
  const name = field === undefined ? undefined : layer.config[field];
  if (typeof name !== "string") return { low: null, high: null, floor: false };
  const { saturates, gives, floor = false } = activationDefinition(name);
  if (!saturates || gives === "row_probabilities") return { low: null, high: null, floor };
  const low = gives === "each_probability" ? 0 : -1;
  // The output of a closed gate is 0 as well, and directions that are put together have other ends.
  const isHidden =
    (low === 0 && "recurrent_activation" in layer.config) || (mergeField !== undefined && layer.config[mergeField] !== "concat");
  if (activationField === undefined && isHidden) return { low: null, high: null, floor };
  return { low, high: 1, floor };
}
