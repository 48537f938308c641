/** Masks behind layers that merge sequences: Keras's rules, on every backend, in predictions and in what PyTorch is told. */
import { describe, expect, it } from "vitest";
import type { KernelBackend } from "../../core/kernels/backend.ts";
import { makeModelSpec } from "../../core/spec/model.ts";
import { readTraining } from "../../core/spec/training.ts";
import { Network } from "../../core/train/network.ts";
import { sayNetwork } from "../parity/translation.ts";
import { everyBackend } from "./backends.ts";
import { graphOf, node, partOf } from "./design.ts";

const STEPS = 4;
/** Two sequences of one feature: the first counts in steps 0 and 1, the second in 1 and 2; step 3 counts in neither. */
const A = [1, 2, 0, 0];
const B = [0, 10, 20, 0];

/** Both sequences, masked or not, merged and averaged over the steps that count. */
function specOf(type: string, config: Readonly<Record<string, unknown>>, masked: { readonly a: boolean; readonly b: boolean }) {
  const way = (id: "a" | "b"): (readonly [string, string])[] =>
    masked[id]
      ? [
          [id, `m${id}`],
          [`m${id}`, "merge"],
        ]
      : [[id, "merge"]];
  const graph = graphOf(
    [
      node("a", "input"),
      node("b", "input"),
      ...(masked.a ? [node("ma", "masking")] : []),
      ...(masked.b ? [node("mb", "masking")] : []),
      node("merge", type, config),
      node("mean", "global_average_pooling_1d"),
      node("y", "output", { loss: "mse" }),
    ],
    [...way("a"), ...way("b"), ["merge", "mean"], ["mean", "y"]],
  );
  return makeModelSpec(graph, { inputs: { a: [STEPS, 1], b: [STEPS, 1] }, outputs: { y: {} } });
}

function predict(
  backend: KernelBackend,
  type: string,
  config: Readonly<Record<string, unknown>>,
  masked: { a: boolean; b: boolean },
): number[] {
  const spec = specOf(type, config, masked);
  const network = new Network({ spec, training: readTraining({}), encodings: { y: "value" }, backend, trainingRows: 0 });
  network.initialise(1);
  const data = partOf(1, { a: { shape: [STEPS, 1], values: A }, b: { shape: [STEPS, 1], values: B } }, {});
  return [...(network.evaluate(data).predictions["y"] ?? [])];
}

const both = { a: true, b: true };
const onlyA = { a: true, b: false };

describe.each(everyBackend)("masks of merged sequences ($name)", ({ backend }) => {
  const cases: readonly (readonly [string, Readonly<Record<string, unknown>>, readonly number[]])[] = [
    ["add", {}, [(1 + 12 + 20) / 3]],
    ["subtract", {}, [(1 - 8 - 20) / 3]],
    ["multiply", {}, [20 / 3]],
    ["average", {}, [(1 + 12 + 20) / 6]],
    ["maximum", {}, [(1 + 10 + 20) / 3]],
    ["minimum", {}, [(0 + 2 + 0) / 3]],
    ["concatenate", { axis: -1 }, [3 / 3, 30 / 3]],
    // One sequence behind the other: of eight steps four count.
    ["concatenate", { axis: 1 }, [(1 + 2 + 10 + 20) / 4]],
  ];
  it.each(cases)("%s %j counts the steps that count in any", (type, config, expected) => {
    predict(backend, type, config, both).forEach((value, i) => expect(value).toBeCloseTo(expected[i] ?? Number.NaN, 5));
  });

  it("has none where one of the sequences that are added has none", () => {
    expect(predict(backend, "add", {}, onlyA)[0]).toBeCloseTo(33 / 4, 5);
  });

  it("counts every step of a sequence without a mask when sequences are put together", () => {
    const [a = 0, b = 0] = predict(backend, "concatenate", { axis: -1 }, onlyA);
    expect(a).toBeCloseTo(3 / 4, 5);
    expect(b).toBeCloseTo(30 / 4, 5);
    expect(predict(backend, "concatenate", { axis: 1 }, onlyA)[0]).toBeCloseTo(33 / 6, 5);
  });
});

describe("masks of merged sequences in PyTorch", () => {
  const maskOf = (type: string, masked: { a: boolean; b: boolean }): string | undefined =>
    sayNetwork(specOf(type, {}, masked), readTraining({})).layers.find(({ name }) => name === "merge")?.mask?.expression;

  it("are the same", () => {
    expect(maskOf("add", both)).toBe("torch.maximum(v_ma_mask, v_mb_mask)");
    expect(maskOf("add", onlyA)).toBeUndefined();
    expect(maskOf("concatenate", onlyA)).toBe("torch.maximum(v_ma_mask, v_b.new_ones(v_b.shape[:2]))");
  });
});
