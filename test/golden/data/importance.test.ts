/** Permutation importance and partial dependence against scikit-learn, with the same weights and permutations; values by generate_importance.py. */
import { describe, expect, it } from "vitest";
import { gridOfNumbers, gridOfWords, partialDependence } from "../../../core/insight/importance/dependence.ts";
import { permutationImportance, seededOrders } from "../../../core/insight/importance/permutation.ts";
import { metricDefinitions } from "../../../core/metrics/definitions.ts";
import type { MetricTask } from "../../../core/metrics/metric.ts";
import { figuresOfRows } from "../../../core/train/predicted-rows.ts";
import golden from "./importance.json" with { type: "json" };

type Kind = "numbers" | "two_classes" | "classes";

function ended<T>(work: Generator<unknown, T>): { value: T; steps: number } {
  let steps = 0;
  for (;;) {
    const next = work.next();
    if (next.done === true) return { value: next.value, steps };
    steps += 1;
  }
}

/** What the linear or logistic model says of a row: a number, the share of the second class, or of each class. */
function said(kind: Kind, weights: readonly (readonly number[])[], bias: readonly number[], row: readonly number[]): number[] {
  const sums = weights.map((own, k) => own.reduce((sum, weight, i) => sum + weight * (row[i] as number), bias[k] as number));
  if (kind === "numbers") return sums;
  if (kind === "two_classes") return sums.map((sum) => 1 / (1 + Math.exp(-sum)));
  const powers = sums.map((sum) => Math.exp(sum - Math.max(...sums)));
  const total = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / total);
}

const flat = (values: readonly (readonly number[])[]): number[] => values.flatMap((own) => [...own]);
function near(found: readonly number[], wanted: readonly number[]): void {
  expect(found).toHaveLength(wanted.length);
  expect(Math.max(...wanted.map((value, i) => Math.abs(value - (found[i] as number))))).toBeLessThan(1e-6);
}

describe.each(golden.cases)("of a model of $name", ({ name, x, y, weights, bias, orders, figures, dependence }) => {
  const kind = name as Kind;
  const count = kind === "numbers" ? 1 : kind === "two_classes" ? 2 : 3;
  const task: MetricTask = {
    kind,
    count,
    probabilities: kind !== "numbers",
    threshold: 0.5,
    encoding: kind === "numbers" ? "value" : kind === "two_classes" ? "binary" : "class_index",
  };
  const rowsOf = (rows: readonly (readonly number[])[]) => ({
    task,
    rows: rows.length,
    predictions: rows.flatMap((row) => said(kind, weights, bias, row)),
    targets: y,
    weights: null,
    nodeId: "n",
    name: "out",
    labels: Array.from({ length: count }, (_, k) => String(k)),
    rowIds: Uint32Array.from(rows, (_, row) => row),
  });

  it.each(Object.entries(figures))("the losses of %s are those of permutation_importance", (figure, wanted) => {
    const { value, steps } = ended(
      permutationImportance({
        columns: 3,
        rows: x.length,
        repeats: orders[0]?.length ?? 0,
        better: metricDefinitions[figure]?.better ?? "lower",
        orderOf: (column, repeat) => Uint32Array.from(orders[column]?.[repeat] ?? []),
        figure: (shuffled) => {
          const rows = x.map((row, place) =>
            row.map((own, column) => (column === shuffled?.column ? (x[shuffled.order[place] as number]?.[column] as number) : own)),
          );
          return figuresOfRows(rowsOf(rows))[figure] ?? Number.NaN;
        },
      }),
    );
    expect(steps).toBe(1 + 3 * (orders[0]?.length ?? 0));
    near(flat(value.columns.map(({ losses }) => losses)), flat(wanted.importances));
    near(
      value.columns.map(({ mean }) => mean),
      wanted.mean,
    );
    near(
      value.columns.map(({ deviation }) => deviation ?? Number.NaN),
      wanted.deviation,
    );
  });

  it.each(dependence)(
    "grid, mean and single curves of column $column are those of partial_dependence",
    ({ column, grid, average, individual }) => {
      const found = gridOfNumbers(
        x.map((row) => row[column] as number),
        golden.resolution,
      );
      near(found, grid);
      // Of several classes scikit-learn gives the first first; of two the second.
      const { value } = ended(
        partialDependence(
          found.length,
          (k) => x.map((row) => said(kind, weights, bias, row.with(column, found[k] as number))[0] as number),
          [0, 1, 2, 3, 4],
          null,
        ),
      );
      near(value.average, average);
      near(flat(value.individual), flat(individual));
    },
  );
});

describe("permutations", () => {
  it("are the same of one seed, others of another, and hold every row once", () => {
    const orders = seededOrders(50, 7, 3);
    expect(orders(1, 2)).toEqual(seededOrders(50, 7, 3)(1, 2));
    expect(orders(1, 2)).not.toEqual(seededOrders(50, 8, 3)(1, 2));
    expect(orders(0, 0)).not.toEqual(orders(0, 1));
    expect([...orders(1, 2)].sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, row) => row));
  });
});

describe("values that a column is tried at", () => {
  it("leave out what is missing, and are the most frequent words first", () => {
    expect(gridOfNumbers([Number.NaN, 3, 1, 3], 5)).toEqual([1, 3]);
    expect(gridOfNumbers([Number.NaN], 5)).toEqual([]);
    expect(gridOfWords(["b", "a", null, "a", "c"])).toEqual(["a", "b", "c"]);
  });

  it("weigh rows that count otherwise", () => {
    const { value } = ended(partialDependence(1, () => [1, 5], [1], [3, 1]));
    expect(value).toEqual({ average: [2], individual: [[5]] });
  });
});
