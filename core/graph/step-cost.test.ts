import { describe, expect, test } from "vitest";
import { design } from "../../test/graph/designs.ts";
import { ops } from "../ir/ops/registry.ts";
import { buildProgram } from "../spec/build.ts";
import { makeModelSpec } from "../spec/model.ts";
import { defaultTraining } from "../spec/training.ts";
import { propagate } from "./propagate.ts";
import { stepMultiplyAdds } from "./step-cost.ts";

const BATCH = 4;

/** What the program that trains does in a step, without the update. */
function ofTheProgram(one: ReturnType<typeof design>, input: readonly number[]): number {
  const spec = makeModelSpec(one.graph, { inputs: { in: input }, outputs: { out: {} } });
  const { program } = buildProgram(spec, { batch: BATCH, mode: "train", training: defaultTraining(), encodings: {} });
  return program.instructions
    .filter(({ phase }) => phase !== "update")
    .reduce((sum, { op, inputs, outputs, attributes }) => {
      const shapes = (list: typeof inputs) => list.map(({ shape }) => shape);
      return sum + (ops[op].multiplyAdds?.(shapes(inputs), shapes(outputs), attributes) ?? 0);
    }, 0);
}

describe("multiply-adds of a step", () => {
  const END = { last: ["dense", { units: 2 }], out: ["output"] } as const;

  test("are those of the program that trains: matrix products, convolutions, shared and frozen layers", () => {
    const dense = design("in > a > b > last > out", {
      in: ["input", { shape: [6] }],
      a: ["dense", { units: 5, activation: "relu" }],
      b: ["dense", { units: 4 }],
      ...END,
    });
    expect(stepMultiplyAdds(dense, propagate(dense)) * BATCH).toBe(ofTheProgram(dense, [6]));
    // 6·5 twice (nothing before it is trained), 5·4 and 4·2 three times.
    expect(stepMultiplyAdds(dense, propagate(dense))).toBe(2 * 30 + 3 * 20 + 3 * 8);
    const picture = design("in > a > b > f > last > out", {
      in: ["input", { shape: [6, 6, 2] }],
      a: ["conv_2d", { filters: 3 }, { frozen: true }],
      b: ["conv_2d", { filters: 2, strides: [2, 2], padding: "same" }],
      f: ["flatten"],
      ...END,
    });
    expect(stepMultiplyAdds(picture, propagate(picture)) * BATCH).toBe(ofTheProgram(picture, [6, 6, 2]));
    const shared = design("in > a > b > last > out", {
      in: ["input", { shape: [5] }],
      a: ["dense", { units: 5 }],
      b: ["dense", { units: 5 }, { shared_with: "a" }],
      ...END,
    });
    expect(stepMultiplyAdds(shared, propagate(shared)) * BATCH).toBe(ofTheProgram(shared, [5]));
  });

  test("of what is frozen altogether are those of a prediction", () => {
    const frozen = design("in > last > out", {
      in: ["input", { shape: [6] }],
      last: ["dense", { units: 2 }, { frozen: true }],
      out: ["output"],
    });
    expect(stepMultiplyAdds(frozen, propagate(frozen))).toBe(propagate(frozen).totals.multiplyAdds);
  });
});
