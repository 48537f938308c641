/**
 * How the time of a step grows with batch, width, depth and the length of sequences: measured by doubling one of them, drawn with
 * logarithmic axes (docs/images/growth.svg with --write) and fitted. And how long 500 layers take to compile.
 */
import type { GraphDocument } from "../../core/graph/document.ts";
import { type SequentialLayer, sequential } from "../../core/graph/sequential.ts";
import { layerDefinition } from "../../core/layers/registry.ts";
import { exponentOf, type Point } from "./engine/fit.ts";
import { stepperOf } from "./engine/networks.ts";
import { openOurs } from "./engine/our-backend.ts";
import { type Line, logarithmicChart } from "./engine/plot.ts";
import type { Workload } from "./engine/workload.ts";
import { measured, type Options, type Section } from "./measurement.ts";

const SECONDS_A_TURN = 0.12;
const STEPS_AT_ONCE = 5;

interface Axis {
  readonly name: string;
  readonly values: readonly number[];
  readonly workload: (value: number) => Workload;
  /** The power of the value that the arithmetic grows by. */
  readonly expected: number;
}

/** Initial weights that keep the size of what passes: numbers that vanish on the way are denormal, and slow. */
const dense = (units: number): SequentialLayer => ["dense", { units, activation: "relu", kernel_initializer: "he_normal" }];
const make = (graph: GraphDocument, inputShape: readonly number[], batch: number, rows: Workload["rows"]): Workload => ({
  about: "",
  graph,
  inputShape,
  rows,
  encoding: "value",
  classes: rows === "normal" ? 2 : 0,
  batch,
  batches: 2,
  train: { optimizer: { type: "adam" } },
});
const denseNetwork = (width: number, depth: number, batch: number): Workload =>
  make(sequential([...Array.from({ length: depth }, () => dense(width)), ["dense", { units: 1 }]], "mse"), [width], batch, "normal");
const recurrent = (type: string, steps: number): Workload =>
  make(
    sequential(
      [
        [type, { units: 32 }],
        ["dense", { units: 1 }],
      ],
      "mse",
    ),
    [steps, 4],
    16,
    "waves",
  );
const convolution = (steps: number): Workload =>
  make(
    sequential([["conv_1d", { filters: 16, activation: "relu" }], ["global_max_pooling_1d"], ["dense", { units: 1 }]], "mse"),
    [steps, 8],
    16,
    "waves",
  );

const doubling = (from: number, count: number): number[] => Array.from({ length: count }, (_, i) => from * 2 ** i);
const axes: readonly Axis[] = [
  { name: "batch (dense 128, 2 layers)", values: doubling(16, 8), workload: (batch) => denseNetwork(128, 2, batch), expected: 1 },
  { name: "width (dense, 2 layers, batch 64)", values: doubling(64, 6), workload: (width) => denseNetwork(width, 2, 64), expected: 2 },
  { name: "depth (dense 64, batch 64)", values: doubling(2, 7), workload: (depth) => denseNetwork(64, depth, 64), expected: 1 },
  { name: "length (conv_1d, 16 filters)", values: doubling(32, 7), workload: convolution, expected: 1 },
  ...["lstm", "gru"]
    .filter((type) => layerDefinition(type) !== undefined)
    .map((type) => ({
      name: `length (${type} 32)`,
      values: doubling(16, 7),
      workload: (steps: number) => recurrent(type, steps),
      expected: 1,
    })),
];

export const GROWTH_IMAGE = "docs/images/growth.svg";

export const growthSection: Section = {
  name: "growth",
  title: "Growth",
  about: `One number of a network is doubled again and again, all else kept; time of the processor with one thread, the least of the rounds, in which all sizes take turns. The exponent is the slope of a line through the upper half of the points with logarithmic axes: 1 is linear, and a layer's arithmetic is the square of its width. Bends is the largest ratio of a point to the curve through its neighbours.\n\n![Time of a step](images/growth.svg)`,
  measure: async (options) => {
    const found = axes.map((axis) => ({ axis, points: pointsOf(axis, options) }));
    const lines: Line[] = found.map(({ axis, points }) => ({ name: axis.name, points }));
    return {
      measurements: [1, 2].map((threads) =>
        measured(
          `compile 500 dense layers of 16, ${threads} thread${threads === 1 ? "" : "s"}`,
          "ms",
          compileMany(options, threads),
          "under 1,000 ms",
        ),
      ),
      missing: ["lstm", "gru"]
        .filter((type) => layerDefinition(type) === undefined)
        .map((type) => `length of ${type}: there is no such layer yet.`),
      files: { [GROWTH_IMAGE]: logarithmicChart("Time of a training step", "what is doubled", "milliseconds", lines) },
      tables: [
        {
          title: "Exponents",
          head: ["what is doubled", "from – to", "a step of the first and the last, ms", "exponent", "arithmetic alone", "bends"],
          rows: found.map(({ axis, points }) => [
            axis.name,
            `${axis.values[0]} – ${axis.values.at(-1)}`,
            `${points[0]?.y.toPrecision(3)} – ${points.at(-1)?.y.toPrecision(3)}`,
            exponentOf(points.slice(Math.floor(points.length / 2) - 1)).toFixed(2),
            String(axis.expected),
            bendOf(points).toFixed(2),
          ]),
          notes: [
            "Small sizes cost less than in proportion what a step costs at all, so exponents below the arithmetic's are as they should be; above it something would bend upwards.",
          ],
        },
      ],
    };
  },
};

function pointsOf({ name, values, workload }: Axis, { rounds, say }: Options): Point[] {
  say(`growth: ${name}`);
  const steppers = values.map((value) => {
    const { step } = stepperOf(workload(value), openOurs(1));
    for (let i = 0; i < 10; i++) step();
    return { value, step, taken: [] as number[] };
  });
  for (let round = 0; round < rounds; round++) for (const { step, taken } of steppers) taken.push(processorMs(step));
  return steppers.map(({ value, taken }) => ({ x: value, y: Math.min(...taken) }));
}

/** Milliseconds of its thread that a step takes, over a turn: what others do at the same time counts little. */
function processorMs(step: () => number): number {
  const begun = process.threadCpuUsage();
  for (let steps = STEPS_AT_ONCE; ; steps += STEPS_AT_ONCE) {
    for (let i = 0; i < STEPS_AT_ONCE; i++) step();
    const { user, system } = process.threadCpuUsage(begun);
    if (user + system >= SECONDS_A_TURN * 1e6) return (user + system) / 1000 / steps;
  }
}

/** How far the worst point lies above the geometric mean of its neighbours. */
const bendOf = (points: readonly Point[]): number =>
  Math.max(...points.slice(1, -1).map(({ y }, i) => y / Math.sqrt((points[i]?.y ?? y) * (points[i + 2]?.y ?? y))));

function compileMany({ rounds }: Options, threads: number): number[] {
  return Array.from({ length: rounds }, () => {
    const backend = openOurs(threads);
    const { compileMs } = stepperOf(denseNetwork(16, 500, 32), backend);
    backend.close();
    return compileMs;
  });
}
