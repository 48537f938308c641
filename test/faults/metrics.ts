/** Faults of metrics, weights of rows and the range test. */
import type { Fault } from "./fault.ts";

const METRICS = ["core/metrics/metric.test.ts"];
const WEIGHTS = ["test/engine/row-weights.test.ts"];
const RANGE = ["core/train/range-test.test.ts"];

export const metricFaults: readonly Fault[] = [
  {
    name: "ties count whole in the area under the ROC curve",
    file: "core/metrics/roc/implementation.ts",
    find: "(nextYes + yes)) / 2",
    replace: "(nextYes + nextYes)) / 2",
    tests: METRICS,
  },
  {
    name: "metrics do not look at the weights of classes' rows",
    file: "core/metrics/tally.ts",
    find: "addTo(sums, SHARED_SUMS + actual * CLASS_SUMS + ACTUAL, weight);",
    replace: "addTo(sums, SHARED_SUMS + actual * CLASS_SUMS + ACTUAL, 1);",
    tests: METRICS,
  },
  {
    name: "R² forgets that the mean moves",
    file: "core/metrics/tally.ts",
    find: "weight * before * (target - mean);",
    replace: "weight * before * before;",
    tests: METRICS,
  },
  {
    name: "a probability on an edge goes to the bin above",
    file: "core/metrics/calibration/implementation.ts",
    find: "(bin + 1) * (1 / BINS) < probability",
    replace: "(bin + 1) * (1 / BINS) <= probability",
    tests: METRICS,
  },
  {
    name: "a label goes by one half, whatever threshold was chosen for it",
    file: "core/metrics/task.ts",
    find: "labelThresholds?.[k] ?? threshold;",
    replace: "(labelThresholds === undefined ? threshold : 0.5) + 0 * k;",
    tests: ["test/golden/data/thresholds.test.ts"],
  },
  {
    name: "weights of rows keep their unit",
    file: "core/train/row-weights.ts",
    find: "(weight * weights.length) / sum",
    replace: "weight",
    tests: WEIGHTS,
  },
  {
    name: "balanced classes forget the weights of the rows",
    file: "core/train/row-weights.ts",
    find: "weight * (ofClass[row] as number)",
    replace: "ofClass[row] as number",
    tests: WEIGHTS,
  },
  {
    name: "the column of weights is a feature where a node names it",
    file: "core/data/weights.ts",
    find: "if (weight !== null && names.includes(weight)) throw",
    replace: "if (weight !== null && names.length < 0) throw",
    tests: ["core/data/weights.test.ts"],
  },
  {
    name: "a range test goes on from the weights that are there",
    file: "core/train/range-test.ts",
    find: "network.initialise(training.seed, given);",
    replace: "",
    tests: RANGE,
  },
  {
    name: "a range test proposes where the loss is lowest",
    file: "core/train/range-test.ts",
    find: "if (slope < fall) [found, fall] = [rateAt(i), slope];",
    replace: "[found, fall] = [rateAt(i), slope];",
    tests: RANGE,
  },
];
