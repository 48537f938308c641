/**
 * Brings rows of a data set into the inputs of a compiled program: copied in the order of the batch, pictures changed on the way, or
 * from where other threads have brought them ahead.
 */
import { type Augmenter, isPicture } from "../data/augment.ts";
import { RowCopier } from "../data/blocks/copy-rows.ts";
import type { Stretch } from "../data/blocks/rows-ahead.ts";
import type { Mixup, Span } from "../data/mixup.ts";
import type { PreparedPart } from "../data/prepared.ts";
import type { Rows } from "../data/rows.ts";
import { sizeOf, type Tensor } from "../ir/tensor.ts";
import type { CompiledProgram } from "./compiled-program.ts";
import type { RowWeights } from "./row-weights.ts";

export class RowFeed {
  private readonly copiers = new WeakMap<Float32Array, RowCopier>();

  /** Copies rows into the input tensors; without `order` the rows from `from` on. */
  load(compiled: CompiledProgram, data: PreparedPart, order: Uint32Array | null, from: number, count: number): void {
    const { inputs } = compiled.network;
    if (order === null && data.inTurn !== undefined) this.copyStretch(compiled, data, data.inTurn.take(from), count);
    else for (const id in inputs) this.copyRows(compiled, inputs[id] as Tensor, data.inputs[id], order, from, count);
    this.loadTargets(compiled, data, order, from, count);
  }

  /** A batch to train on, its pictures changed. @param epoch from 1 */
  loadTraining(compiled: CompiledProgram, data: PreparedPart, order: Uint32Array, from: number, count: number, epoch: number): void {
    data.redraw?.forEpoch(epoch, data.inputs);
    if (data.ahead === undefined) {
      this.load(compiled, data, order, from, count);
      if (data.augmenter !== undefined) this.augment(compiled, data, data.augmenter, order, from, count, epoch - 1);
    } else {
      this.copyStretch(compiled, data, data.ahead.take(epoch, from), count);
      this.loadTargets(compiled, data, order, from, count);
    }
    if (data.mixup !== undefined) mixBatch(compiled, data.mixup, count, { epoch, from });
  }

  /** Inputs, and targets that are one of them. */
  private copyStretch(compiled: CompiledProgram, data: PreparedPart, stretch: Stretch, count: number): void {
    const { inputs, targets } = compiled.network;
    for (const id in inputs)
      compiled.elements.set(rowsOfStretch(stretch, id, data.inputs[id], count), compiled.offset(inputs[id] as Tensor));
    for (const id in data.targetInputs ?? {}) {
      const input = data.targetInputs?.[id] as string;
      const target = targets[id];
      if (target !== undefined) compiled.elements.set(rowsOfStretch(stretch, input, data.inputs[input], count), compiled.offset(target));
    }
  }

  private loadTargets(compiled: CompiledProgram, data: PreparedPart, order: Uint32Array | null, from: number, count: number): void {
    const { targets } = compiled.network;
    for (const id in targets)
      if (data.targets[id] !== undefined && data.targetInputs?.[id] === undefined)
        this.copyRows(compiled, targets[id] as Tensor, data.targets[id], order, from, count);
  }

  /** Weights of the batch's rows for every output that takes them: 1 where there are none. */
  loadTrainingWeights(
    compiled: CompiledProgram,
    { mixup }: PreparedPart,
    rowWeights: RowWeights | null,
    order: Uint32Array,
    from: number,
    count: number,
  ): void {
    const { network, elements } = compiled;
    for (const id in network.rowWeights) {
      const place = compiled.offset(network.rowWeights[id] as Tensor);
      const weights = rowWeights?.[id];
      const partner = network.partners[id];
      if (partner !== undefined && mixup !== undefined)
        mixup.weigh(elements, place, compiled.offset(partner.weights), (i) => weights?.[order[from + i] as number] ?? 1);
      else for (let i = 0; i < count; i++) elements[place + i] = weights?.[order[from + i] as number] ?? 1;
    }
  }

  loadWeights(compiled: CompiledProgram, weights: Float32Array | null, from: number, count: number): void {
    if (weights === null) return;
    for (const tensor of Object.values(compiled.network.rowWeights))
      compiled.elements.set(weights.subarray(from, from + count), compiled.offset(tensor));
  }

  /** Changes the pictures that were just copied in, row by row: the data set itself stays as it is. */
  private augment(
    compiled: CompiledProgram,
    data: PreparedPart,
    augmenter: Augmenter,
    order: Uint32Array,
    from: number,
    count: number,
    epoch: number,
  ): void {
    for (const [id, tensor] of Object.entries(compiled.network.inputs)) {
      const shape = data.inputs[id]?.shape ?? [];
      if (!isPicture(shape)) continue;
      const place = compiled.offset(tensor);
      for (let i = 0; i < count; i++)
        augmenter.apply(compiled.elements, place + i * sizeOf(shape), shape, { epoch, row: order[from + i] as number });
    }
  }

  private copyRows(
    compiled: CompiledProgram,
    tensor: Tensor,
    rows: Rows | undefined,
    order: Uint32Array | null,
    from: number,
    count: number,
  ): void {
    if (rows === undefined) throw new Error(`no data for ${tensor.name}`);
    const width = sizeOf(rows.shape);
    const { elements } = compiled;
    const place = compiled.offset(tensor);
    if (order === null && rows.places === undefined) {
      elements.set(rows.values.subarray(from * width, (from + count) * width), place);
      return;
    }
    let copier = this.copiers.get(rows.values);
    if (copier === undefined) {
      copier = new RowCopier(rows.values, width);
      this.copiers.set(rows.values, copier);
    }
    copier.copy(order, from, count, elements, place, rows.places);
  }
}

/** The first rows of a stretch, of one input. @returns `[count, width]`, a view */
export function rowsOfStretch({ values, start }: Stretch, input: string, rows: Rows | undefined, count: number): Float32Array {
  const own = values[input];
  if (own === undefined || rows === undefined) throw new Error(`no data for ${input}`);
  const width = sizeOf(rows.shape);
  return own.subarray(start * width, (start + count) * width);
}

/** Lays the rows of a batch that has been loaded over each other: inputs and targets, and beside numbers of classes the partner's. */
function mixBatch(compiled: CompiledProgram, mixup: Mixup, count: number, place: { readonly epoch: number; readonly from: number }): void {
  const { inputs, targets, partners, batch } = compiled.network;
  const span = (tensor: Tensor): Span => ({ start: compiled.offset(tensor), width: sizeOf(tensor.shape) / batch });
  const shared = Object.keys(targets).filter((id) => partners[id] === undefined);
  const blended = [...Object.values(inputs), ...shared.map((id) => targets[id] as Tensor)].map(span);
  const classes = Object.entries(partners).map(([id, { target }]) => ({ own: span(targets[id] as Tensor), partner: span(target) }));
  mixup.mix(compiled.elements, blended, classes, count, place);
}
