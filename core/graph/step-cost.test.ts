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

/** With connections to further ports. */
function wired(more: readonly (readonly [from: string, to: string, port: string])[], ...rest: Parameters<typeof design>) {
  const one = design(...rest);
  const edges = more.map(([source, target, target_port], index) => ({
    id: `more${index}`,
    source,
    source_port: "output",
    target,
    target_port,
  }));
  return { ...one, graph: { ...one.graph, edges: [...one.graph.edges, ...edges] } };
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

  const steps = ["input", { shape: [7, 3] }] as const;
  const alone: Record<string, Parameters<typeof design>[1]> = {
    "two lstm": { a: ["lstm", { units: 4, return_sequences: true }], b: ["lstm", { units: 5 }] },
    "two gru": { a: ["gru", { units: 4, return_sequences: true }], b: ["gru", { units: 5, reset_after: false }] },
    "simple recurrent layers": { a: ["simple_rnn", { units: 4, return_sequences: true }], b: ["simple_rnn", { units: 5 }] },
    "layers in both directions": { a: ["bidirectional", { units: 4, return_sequences: true }], b: ["bidirectional", { units: 3 }] },
    "convolutions over time": { a: ["conv_1d", { filters: 4, kernel_size: 3 }], b: ["flatten"] },
    normalizations: { a: ["layer_normalization"], b: ["flatten"] },
    "normalization over the batch": { a: ["batch_normalization"], b: ["flatten"] },
    "normalization over the batch that is frozen": { a: ["batch_normalization", {}, { frozen: true }], b: ["flatten"] },
  };

  test.each(Object.entries(alone))("are those of the program that trains: %s", (_, layers) => {
    const one = design("in > a > b > last > out", { in: steps, ...layers, ...END });
    expect(stepMultiplyAdds(one, propagate(one)) * BATCH).toBe(ofTheProgram(one, [7, 3]));
  });

  test("are those of the program that trains: separable convolutions", () => {
    const one = design("in > a > b > f > last > out", {
      in: ["input", { shape: [6, 6, 2] }],
      a: ["separable_conv_2d", { filters: 3, kernel_size: [3, 3] }],
      b: ["separable_conv_2d", { filters: 4, kernel_size: [3, 3] }],
      f: ["flatten"],
      ...END,
    });
    expect(stepMultiplyAdds(one, propagate(one)) * BATCH).toBe(ofTheProgram(one, [6, 6, 2]));
  });

  test("are those of the program that trains: products of what is learnt, on both sides or one", () => {
    for (const frozen of [false, true]) {
      const one = design("in > a > d, in > b > d, d > f > last > out", {
        in: steps,
        a: ["dense", { units: 4 }],
        b: ["dense", { units: 4 }, { frozen }],
        d: ["dot", { first_axis: 1, second_axis: 1 }],
        f: ["flatten"],
        ...END,
      });
      expect(stepMultiplyAdds(one, propagate(one)) * BATCH).toBe(ofTheProgram(one, [7, 3]));
    }
  });

  test("are those of the program that trains: attention of several heads over itself", () => {
    const twice = [
      ["in", "a", "value"],
      ["a", "b", "value"],
    ] as const;
    const one = wired(twice, "in > a > b > f > last > out", {
      in: steps,
      a: ["multi_head_attention", { num_heads: 2, key_dim: 4 }],
      b: ["multi_head_attention", { num_heads: 2, key_dim: 3 }],
      f: ["flatten"],
      ...END,
    });
    expect(stepMultiplyAdds(one, propagate(one)) * BATCH).toBe(ofTheProgram(one, [7, 3]));
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
