import { expect, test } from "vitest";
import type { PreparedPart, TargetEncoding } from "../data/prepared.ts";
import { AppError } from "../errors.ts";
import { balancedRowWeights } from "./class-weights.ts";

function part(values: readonly number[], shape: readonly number[] = [1]): PreparedPart {
  const rowCount = values.length / (shape[0] ?? 1);
  return { rowCount, rowIds: new Uint32Array(rowCount), inputs: {}, targets: { y: { values: Float32Array.from(values), shape } } };
}

test("every class weighs the same in all, and the weights of all rows sum to their number", () => {
  // rows / (classes · rows of the class), scikit-learn's "balanced": 4 / (2 · 3) and 4 / (2 · 1).
  expect([...balancedRowWeights(part([0, 0, 0, 1]), { y: "binary" })].map((weight) => weight.toFixed(4))).toEqual([
    "0.6667",
    "0.6667",
    "0.6667",
    "2.0000",
  ]);
  const oneHot = balancedRowWeights(part([1, 0, 0, 0, 1, 0, 1, 0, 0], [3]), { y: "one_hot" });
  expect(oneHot[1]).toBe(2 * (oneHot[0] ?? 0));
  // Of three classes one does not occur among these rows: it takes no part.
  expect(oneHot.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(3, 5);
});

test("numbers, several yes/no answers and several outputs have no classes to balance", () => {
  const code = (encodings: Readonly<Record<string, TargetEncoding>>): string => {
    try {
      balancedRowWeights(part([0, 1]), encodings);
    } catch (thrown) {
      if (thrown instanceof AppError) return thrown.code;
      throw thrown;
    }
    return "none";
  };
  for (const encodings of [{ y: "value" }, { y: "multi_binary" }, { y: "binary", z: "binary" }] as const)
    expect(code(encodings)).toBe("train.class_weight_unsupported");
  expect(code({ y: "sign" })).toBe("none");
});
