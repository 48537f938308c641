/** Rows for the workloads, drawn from a fixed seed: numbers that a network can learn something from, never stored anywhere. */
import type { PreparedPart } from "../../../core/data/prepared.ts";
import { Random } from "../../../core/data/random.ts";
import { sizeOf } from "../../../core/ir/tensor.ts";
import type { RowKind, Workload } from "./workload.ts";

const SEED = 1;
const WORDS = 10_000;

export function rowsOf({ rows: kind, inputShape, batch, batches, classes }: Workload): PreparedPart {
  const count = batch * batches;
  const width = sizeOf(inputShape);
  const random = new Random(SEED);
  const values = new Float32Array(count * width);
  const targets = new Float32Array(count);
  for (let row = 0; row < count; row++) {
    const x = values.subarray(row * width, (row + 1) * width);
    targets[row] = DRAWN[kind](x, random, classes, inputShape);
  }
  return {
    rowCount: count,
    rowIds: Uint32Array.from({ length: count }, (_, i) => i),
    inputs: { x: { values, shape: inputShape } },
    targets: { y: { values: targets, shape: [1] } },
  };
}

/** Fills a row and gives its target. */
type Draw = (x: Float32Array, random: Random, classes: number, shape: readonly number[]) => number;

const DRAWN: Readonly<Record<RowKind, Draw>> = {
  normal: (x, random, classes) => {
    for (let i = 0; i < x.length; i++) x[i] = random.normal();
    return random.below(classes);
  },
  tokens: (x, random) => {
    for (let i = 0; i < x.length; i++) x[i] = random.below(WORDS);
    return x.reduce((a, b) => a + b, 0) > (x.length * WORDS) / 2 ? 1 : 0;
  },
  waves: (x, random, _, [steps = 1, features = 1]) => {
    const phase = random.float() * 2 * Math.PI;
    const wave = (step: number, feature: number): number => Math.sin(phase + step * 0.2 * (1 + feature * 0.1));
    for (let step = 0; step < steps; step++) for (let f = 0; f < features; f++) x[step * features + f] = wave(step, f);
    return wave(steps, 0);
  },
  xor: (x, random) => {
    for (let i = 0; i < x.length; i++) x[i] = random.normal();
    return Math.sign((x[0] ?? 0) * (x[1] ?? 0));
  },
};
