import { describe, expect, it } from "vitest";
import { enginePath, readGolden } from "../../test/golden/engine/golden-file.ts";
import { type MetricsCase, metricsJobs } from "../../test/golden/engine/metrics.ts";
import { hashOf } from "../spec/hash.ts";
import { curveFigures, figuresToChoose, needsFullSums, usualFigures, withCurve } from "./curves.ts";
import { metricDefinitions, metricNames } from "./definitions.ts";
import { figureNames, NO_FIGURES } from "./figure-names.ts";
import { metricImplementation } from "./implementations.ts";
import type { Figures, MetricDetails, MetricRows, MetricTask } from "./metric.ts";
import { addRows, emptyTally, tallyOf } from "./tally.ts";
import { largest, metricRows, taskOf } from "./task.ts";

const golden = readGolden<MetricsCase>(enginePath("metrics"));

/** Of the issue: equal to scikit-learn's within this. Figures of probabilities: its log loss is computed in float32. */
const TOLERANCE = 1e-6;

const asked = (task: MetricTask) => Object.values(metricDefinitions).filter((definition) => definition.appliesTo(task));

function figuresOf(task: MetricTask, rows: MetricRows): Figures {
  const tally = tallyOf(task, rows);
  return Object.assign(
    {},
    ...asked(task).map(({ name }) => {
      const { running, whole } = metricImplementation(name);
      return { ...running?.(tally), ...whole?.(task, rows) };
    }),
  ) as Figures;
}

const detailsOf = (name: string, task: MetricTask, rows: MetricRows): MetricDetails =>
  metricImplementation(name).details?.(task, rows, tallyOf(task, rows)) ?? {};

/** In the form in which generate.py writes the detail of this name. */
function detail(name: string, task: MetricTask, rows: MetricRows): unknown {
  switch (name) {
    case "per_class":
      return ["precision", "recall", "f1"].map((one) => detailsOf(one, task, rows).perClass?.[one]);
    case "confusion":
      return detailsOf("confusion_matrix", task, rows).matrix;
    case "roc":
    case "precision_recall": {
      const [curve] = detailsOf(name, task, rows).curves ?? [];
      return name === "roc" ? [curve?.x, curve?.y] : [curve?.y, curve?.x];
    }
    case "bins": {
      const bins = (detailsOf("calibration", task, rows).bins ?? []).filter((bin) => bin.rows > 0);
      return [bins.map(({ predicted }) => predicted), bins.map(({ observed }) => observed)];
    }
    default:
      return figuresOf(task, rows)[name];
  }
}

const flat = (value: unknown): number[] =>
  Array.isArray(value) ? value.flatMap(flat) : [value === null || value === undefined ? Number.NaN : (value as number)];

describe("metrics against scikit-learn", () => {
  it("have golden values of what is asked now, and of every metric", () => {
    expect(golden.description_hash, "run npm run golden").toBe(hashOf(metricsJobs()));
    const figures = new Set(golden.cases.flatMap(({ expressions }) => Object.keys(expressions)));
    const all = Object.values(metricDefinitions).flatMap((definition) => figureNames(definition, {}));
    expect(all.filter((name) => !figures.has(name))).toEqual([]);
  });

  describe.each(golden.cases.map((one) => ({ ...one })))("$name", ({ task, rows, targets, predictions, weights, result }) => {
    const set: MetricRows = { rows, targets, predictions, weights };
    it.each(Object.keys(result))("%s", (name) => {
      const [ours, theirs] = [flat(detail(name, task, set)), flat(result[name])];
      // Collinear points of a weighted curve are a matter of rounding: there the curves are compared where both have a point.
      if (name === "roc" && weights !== null) return expect(furthest(ours, theirs)).toBeLessThan(TOLERANCE);
      expect(ours).toHaveLength(theirs.length);
      ours.forEach((value, i) => {
        const expected = theirs[i] as number;
        if (Number.isNaN(expected)) expect(value).toBeNaN();
        else expect(Math.abs(value - expected) / Math.max(1, Math.abs(expected))).toBeLessThan(TOLERANCE);
      });
    });
  });

  it("compares every figure that a metric gives for some task", () => {
    const given = golden.cases.flatMap(({ task, rows, targets, predictions, weights, result }) =>
      Object.keys(figuresOf(task, { rows, targets, predictions, weights })).filter(
        (name) => !Object.hasOwn(result, name) && weights === null,
      ),
    );
    // Not in scikit-learn for labels, or for classes that never occur; top-5 of so few classes that it says little.
    expect([...new Set(given)].sort()).toEqual(
      ["auc_macro", "auc_weighted", "average_precision_macro", "average_precision_weighted", "brier_score", "rmsle"].sort(),
    );
  });
});

/** The furthest that a corner of one curve ([x…, y…]) lies off the other. */
function furthest(a: readonly number[], b: readonly number[]): number {
  const pairs = (flatPairs: readonly number[]): (readonly [number, number])[] => {
    const half = flatPairs.length / 2;
    return Array.from({ length: half }, (_, i) => [flatPairs[i] as number, flatPairs[half + i] as number]);
  };
  const off = ([x, y]: readonly [number, number], curve: readonly (readonly [number, number])[]): number =>
    Math.min(
      ...curve.slice(1).map(([x1, y1], i) => {
        const [x0, y0] = curve[i] as readonly [number, number];
        const length = (x1 - x0) ** 2 + (y1 - y0) ** 2;
        const along = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / length));
        return Math.hypot(x - x0 - along * (x1 - x0), y - y0 - along * (y1 - y0));
      }),
    );
  const [first, second] = [pairs(a), pairs(b)];
  return Math.max(...first.map((point) => off(point, second)), ...second.map((point) => off(point, first)));
}

const binary = taskOf({ encoding: "binary", columns: ["y"] }, "each_probability", 1);

describe("metrics by hand", () => {
  const auc = (scores: number[], targets: number[]): number | undefined =>
    figuresOf(binary, metricRows(binary, scores, targets, scores.length, null))["auc"];

  it("an area is 1 when every yes is above every no, 0 the other way round, and a tie counts half", () => {
    expect(auc([0.1, 0.2, 0.8, 0.9], [0, 0, 1, 1])).toBe(1);
    expect(auc([0.1, 0.2, 0.8, 0.9], [1, 1, 0, 0])).toBe(0);
    // Pairs: (0.5, 0.5) half, (0.5, 0.2) one, (0.9, 0.5) one, (0.9, 0.2) one.
    expect(auc([0.5, 0.9, 0.5, 0.2], [1, 1, 0, 0])).toBe(3.5 / 4);
    expect(auc([0.1, 0.2], [1, 1])).toBeNaN();
    expect(auc([0.1, 0.2], [0, 0])).toBeNaN();
  });

  it("exactly one half is a no, as Keras has it, and the first of several largest is the class", () => {
    expect(figuresOf(binary, metricRows(binary, [0.5], [0], 1, null))["accuracy"]).toBe(1);
    expect(largest([0, 3, 3, 1], 0, 4)).toBe(1);
    expect(largest([9, 9, 2, 5, 5], 2, 3)).toBe(1);
  });

  it("signed scores are parted at zero: one a yes or no, several columns labels, several classes the largest", () => {
    const score = taskOf({ encoding: "sign", columns: ["y"] }, "scores", 1);
    expect(figuresOf(score, metricRows(score, [-0.2, 3, 0.1], [-1, 1, -1], 3, null))["accuracy"]).toBe(2 / 3);
    const classes = taskOf({ encoding: "sign", columns: ["y"] }, "scores", 3);
    expect(classes.kind).toBe("classes");
    const rows = metricRows(classes, [-3, -1, -2, 5, 6, 7], [-1, 1, -1, 1, -1, -1], 2, null);
    expect(figuresOf(classes, rows)["accuracy"]).toBe(0.5);
    expect(taskOf({ encoding: "sign", columns: ["a", "b"] }, "scores", 2).kind).toBe("labels");
  });

  it("a probability on an edge of a bin belongs to the bin below, and 0 and 1 to the outermost", () => {
    const { bins = [] } = detailsOf("calibration", binary, metricRows(binary, [0.5, 0.45, 0.55, 0, 1], [1, 0, 0, 0, 1], 5, null));
    expect(bins.map(({ rows }) => rows)).toEqual([1, 0, 0, 0, 2, 1, 0, 0, 0, 1]);
  });

  it("one-hot targets are classes", () => {
    const task = taskOf({ encoding: "one_hot", columns: ["y"] }, "values", 3);
    const rows = metricRows(task, [0.1, 0.7, 0.2, 0.5, 0.2, 0.3], [0, 1, 0, 0, 0, 1], 2, null);
    expect(figuresOf(task, rows)["accuracy"]).toBe(0.5);
    expect(figuresOf(task, rows)["log_loss"]).toBeUndefined();
  });
});

/** Rows of every kind of task, from the golden cases. */
const kinds = golden.cases.filter(({ weights }) => weights === null);

describe.each(kinds)("rows that come in parts: $name", ({ task, rows, targets, predictions }) => {
  const perRow = predictions.length / rows;
  const perTarget = targets.length / rows;
  const part = (from: number, to: number, weights: readonly number[] | null = null): MetricRows => ({
    rows: to - from,
    predictions: predictions.slice(from * perRow, to * perRow),
    targets: targets.slice(from * perTarget, to * perTarget),
    weights,
  });

  it("give the same sums as all at once, also after they were saved as JSON in between", () => {
    const cut = Math.floor(rows / 3);
    const first = emptyTally(task);
    addRows(first, part(0, cut));
    const second = { task, full: true, sums: JSON.parse(JSON.stringify(first.sums)) as number[] };
    addRows(second, part(cut, rows));
    expect(second.sums).toEqual(tallyOf(task, part(0, rows)).sums);
  });

  it("give the figures of an epoch from the fewer sums that training takes, too", () => {
    const lean = emptyTally(task, false);
    addRows(lean, part(0, rows));
    const whole = tallyOf(task, part(0, rows));
    for (const definition of asked(task)) {
      const { running } = metricImplementation(definition.name);
      for (const name of definition.wholeOnly === true ? [] : definition.eachEpoch(task)) {
        expect(running?.(lean)[name], name).toBe(running?.(whole)[name]);
        expect(running?.(lean)[name], name).not.toBeUndefined();
      }
    }
  });

  it("have every figure that their definitions say they have, and no other; any of them may have a curve", () => {
    const whole = tallyOf(task, part(0, rows));
    for (const definition of asked(task)) {
      const { running, whole: ofAll } = metricImplementation(definition.name);
      const given = Object.keys({ ...running?.(whole), ...ofAll?.(task, part(0, rows)) });
      const single = definition.has?.(task) ?? figureNames(definition, task);
      // Means over classes are there of two classes too; of areas, yes alone.
      expect(given, definition.name).toEqual(expect.arrayContaining([...single]));
      expect(
        given.filter((name) => !single.includes(name)),
        definition.name,
      ).toEqual([]);
    }
    const all = figuresToChoose(task);
    expect(new Set(all).size).toBe(all.length);
    for (const name of all) {
      const chosen = { ...task, curves: [name] };
      expect(asked(chosen).flatMap((metric) => curveFigures(metric, chosen))).toEqual([name]);
      const lean = emptyTally(chosen, needsFullSums(chosen));
      addRows(lean, part(0, rows));
      for (const definition of asked(chosen)) {
        const own = curveFigures(definition, chosen);
        const { running } = metricImplementation(definition.name);
        if (own.length > 0 && definition.wholeOnly !== true) expect(running?.(lean)[name], name).toBe(running?.(whole)[name]);
      }
    }
    const curvesOf = (curves: readonly string[]) => asked(task).flatMap((metric) => curveFigures(metric, { ...task, curves }));
    // What is not chosen is not computed, also where this output has nothing of it.
    expect(curvesOf(["no such figure"])).toEqual([]);
    expect(curvesOf([NO_FIGURES])).toEqual([]);
    expect(curvesOf([]).sort()).toEqual([...usualFigures(task)].sort());
    // A figure that something goes by has a curve, whatever else has one.
    for (const name of all) {
      expect(curvesOf(withCurve([], `val_${name}`))).toEqual(
        expect.arrayContaining([name, ...usualFigures(task).filter((one) => !one.startsWith("top_"))]),
      );
      expect(curvesOf(withCurve([NO_FIGURES], name))).toEqual([name]);
      expect(curvesOf(withCurve(all.slice(0, 1), `val_price_${name}`))).toEqual(expect.arrayContaining([all[0], name]));
    }
    expect(withCurve([], "val_accuracy")).toEqual([]);
    expect(withCurve([NO_FIGURES], "val_loss")).toEqual([NO_FIGURES]);
  });

  it("a weight of 2 is the row twice, a weight of 0 the row left out", () => {
    const weights = Array.from({ length: rows }, (_, i) => (i === 0 ? 2 : i === rows - 1 ? 0 : 1));
    const whole = part(0, rows - 1);
    const twice: MetricRows = {
      rows,
      predictions: [...Array.from(whole.predictions), ...predictions.slice(0, perRow)],
      targets: [...Array.from(whole.targets), ...targets.slice(0, perTarget)],
      weights: null,
    };
    const [weighted, repeated] = [figuresOf(task, part(0, rows, weights)), figuresOf(task, twice)];
    expect(Object.keys(weighted)).toEqual(Object.keys(repeated));
    for (const [name, value] of Object.entries(repeated))
      if (Number.isNaN(value)) expect(weighted[name], name).toBeNaN();
      else expect(weighted[name], name).toBeCloseTo(value, 9);
  });
});

describe("definitions of metrics", () => {
  it.each(metricNames)("%s says what it is in both languages, and its epoch figures are figures of its own", (name) => {
    const definition = metricDefinitions[name];
    if (definition === undefined) throw new Error(name);
    for (const { label, summary } of [definition.texts.en, definition.texts.zh]) expect(label.length * summary.length).toBeGreaterThan(0);
    expect(/\p{Script=Han}/u.test(definition.texts.zh.summary)).toBe(true);
    for (const { task } of golden.cases)
      for (const figure of definition.appliesTo(task) ? definition.eachEpoch(task) : [])
        expect(figureNames(definition, task)).toContain(figure);
  });

  it("give each figure one name only", () => {
    const names = Object.values(metricDefinitions).flatMap(({ figures }) => Object.keys(figures));
    expect(new Set(names).size).toBe(names.length);
  });
});

it("R² of a model that answers the mean is nothing, not the rounding of its sums; a small share that is real stays", () => {
  const targets = [0.3, 1, 0.9, 0, 0.5];
  const mean = targets.reduce((sum, value) => sum + value, 0) / targets.length;
  const task: MetricTask = { kind: "numbers", count: 1, probabilities: false, threshold: 0, encoding: "value" };
  const r2 = (answer: (place: number) => number): number | undefined =>
    figuresOf(task, { rows: targets.length, predictions: targets.map((_, k) => answer(k)), targets, weights: null })["r2"];
  expect(r2(() => mean)).toBe(0);
  expect(r2((k) => mean + 1e-6 * ((targets[k] as number) - mean))).toBeCloseTo(2e-6, 9);
});
