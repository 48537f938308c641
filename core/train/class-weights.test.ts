import { expect, test } from "vitest";
import type { PreparedPart } from "../data/prepared.ts";
import type { TargetEncoding } from "../data/rows.ts";
import { AppError } from "../errors.ts";
import { balancedWeights, takesClassWeights } from "./class-weights.ts";

function part(values: readonly number[], shape: readonly number[] = [1]): PreparedPart {
  const rowCount = values.length / (shape[0] ?? 1);
  return { rowCount, rowIds: new Uint32Array(rowCount), inputs: {}, targets: { y: { values: Float32Array.from(values), shape } } };
}

test("every class weighs the same in all, and the weights of all rows sum to their number", () => {
  // rows / (classes · rows of the class), scikit-learn's "balanced": 4 / (2 · 3) and 4 / (2 · 1).
  expect([...(balancedWeights(part([0, 0, 0, 1]), "y", "binary") ?? [])].map((weight) => weight.toFixed(4))).toEqual([
    "0.6667",
    "0.6667",
    "0.6667",
    "2.0000",
  ]);
  const oneHot = balancedWeights(part([1, 0, 0, 0, 1, 0, 1, 0, 0], [3]), "y", "one_hot") ?? new Float32Array(3);
  expect(oneHot[1]).toBe(2 * (oneHot[0] ?? 0));
  // Of three classes one does not occur among these rows: it takes no part.
  expect(oneHot.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(3, 5);
});

test("numbers and several yes/no answers have no classes to balance; beside others they are left alone", () => {
  const code = (encodings: Readonly<Record<string, TargetEncoding>>): string => {
    try {
      return takesClassWeights(encodings).join();
    } catch (thrown) {
      if (thrown instanceof AppError) return thrown.code;
      throw thrown;
    }
  };
  for (const encodings of [{ y: "value" }, { y: "multi_binary" }, { y: "value", z: "value" }] as const)
    expect(code(encodings)).toBe("train.class_weight_unsupported");
  expect(code({ y: "sign" })).toBe("y");
  expect(code({ a: "value", b: "binary", c: "multi_binary", d: "class_index" })).toBe("b,d");
  expect(balancedWeights(part([0, 1]), "y", "value")).toBeNull();
});
