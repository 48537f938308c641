/**
 * Curves of help cards whose numbers come from the kernels too: the penalty that a layer adds to the loss, number by number, and the
 * loss of an output over its prediction.
 */
import { Builder } from "../ir/builder.ts";
import { at } from "../ir/op.ts";
import { planPrograms } from "../ir/plan.ts";
import { sizeOf, type Tensor } from "../ir/tensor.ts";
import { createReferenceBackend } from "../kernels/reference/backend.ts";
import type { LayerDefinition } from "../layers/layer.ts";
import { lossDefinition } from "../losses/definitions.ts";
import { type LossDefinition, lossAttributes } from "../losses/loss.ts";
import type { AnyConfig } from "../schema/fields.ts";
import { runLayer, type Values } from "./run-layer.ts";

export interface Curve {
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** Of what is predicted; null where nothing is. */
  readonly target: number | null;
}

const POINTS = 61;

function between(from: number, to: number): readonly number[] {
  return Array.from({ length: POINTS }, (_, place) => from + ((to - from) * place) / (POINTS - 1));
}

/** What the layer adds to the loss for a sample that holds one number. */
export function penaltyCurve(definition: LayerDefinition, config: AnyConfig): Curve {
  const x = between(-4, 4);
  const y = x.map((value) => {
    const one: Values = { shape: [1, 1], data: [value] };
    return runLayer(definition, config, [one], { training: true, step: 0 }).penalty;
  });
  return { x, y, target: null };
}

interface Asked {
  readonly range: readonly [from: number, to: number];
  /** A row of predictions of which one goes through the range. */
  readonly row: (x: number) => readonly number[];
  readonly target: readonly number[];
}

const ASKED: Readonly<Record<LossDefinition["expects"], Asked>> = {
  values: { range: [-3, 3], row: (x) => [x], target: [0] },
  each_probability: { range: [0.02, 0.98], row: (x) => [x], target: [1] },
  row_probabilities: { range: [0.02, 0.98], row: (x) => [x, (1 - x) / 2, (1 - x) / 2], target: [1, 0, 0] },
  scores: { range: [-3, 3], row: (x) => [x], target: [1] },
  row_scores: { range: [-3, 3], row: (x) => [x, 0, 0], target: [1, 0, 0] },
};
/** For losses of counts, which have no value for a prediction below zero. */
const COUNTS: Asked = { range: [0.1, 6], row: (x) => [x], target: [2] };

/** Null for a layer that predicts nothing. */
export function lossCurve(definition: LayerDefinition, config: AnyConfig): Curve | null {
  const output = definition.output?.(config as never);
  if (output === undefined) return null;
  const loss = lossDefinition(output.loss);
  const curve = (asked: Asked): Curve => {
    const x = between(...asked.range);
    return { x, y: lossesOf(loss, asked, x, output), target: asked.target[0] ?? null };
  };
  const usual = curve(ASKED[loss.expects]);
  return usual.y.every(Number.isFinite) ? usual : curve(COUNTS);
}

function lossesOf(
  loss: LossDefinition,
  { row, target }: Asked,
  x: readonly number[],
  { weight, labelSmoothing }: { readonly weight: number; readonly labelSmoothing: number },
): readonly number[] {
  const builder = new Builder();
  const ofClasses = loss.op !== "elementwise_loss";
  const prediction = builder.tensor([1, target.length], "input", "prediction");
  const wanted = builder.tensor(ofClasses ? [1] : [1, target.length], "input", "target");
  const out = builder.one(loss.op, [prediction, wanted], lossAttributes(loss, weight, labelSmoothing));
  const plan = planPrograms([builder.program([out])]);
  const backend = createReferenceBackend("float64");
  const arena = backend.allocate(plan.elementCount);
  const { offsets } = at(plan.programs, 0);
  const place = (tensor: Tensor): Float32Array | Float64Array => {
    const offset = at(offsets, tensor.id);
    return arena.elements.subarray(offset, offset + sizeOf(tensor.shape));
  };
  const program = backend.compile(plan, 0, arena);
  return x.map((value) => {
    place(prediction).set(row(value));
    place(wanted).set(ofClasses ? [0] : target);
    program.run({ step: 0 });
    return place(out)[0] ?? Number.NaN;
  });
}

/** By the difference of neighbours. */
export function slopeByNeighbours(x: readonly number[], y: readonly number[]): readonly number[] {
  return x.map((_, place) => {
    const [from, to] = [Math.max(0, place - 1), Math.min(x.length - 1, place + 1)];
    return ((y[to] ?? 0) - (y[from] ?? 0)) / ((x[to] ?? 1) - (x[from] ?? 0));
  });
}
