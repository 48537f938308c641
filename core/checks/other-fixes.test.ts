/** Problems that may be mended in more than one way: which ways are offered; each makes the problem go and is taken back by one undo. */
import { describe, expect, test } from "vitest";
import { data, design } from "../../test/graph/designs.ts";
import { codes, mendedEachWay, only } from "../../test/graph/problems.ts";
import type { DesignDocument } from "../graph/document.ts";
import { fixesOf } from "../graph/problem.ts";

type Layers = Parameters<typeof design>[1];
const IN = ["input", { shape: [4] }] as const;
function rowOf(layers: Layers, output: Layers[string] = ["output"], more: Partial<DesignDocument> = {}): DesignDocument {
  return design(`in > ${Object.keys(layers).join(" > ")} > out`, { in: IN, ...layers, out: output }, more);
}

const sigmoids = Object.fromEntries(
  Array.from({ length: 6 }, (_, place) => [`h${place}`, ["dense", { units: 4, activation: "sigmoid" }] as const]),
);
const classes = { ...data(4, null), class_count: 2 };
const cases: readonly [code: string, of: DesignDocument, fixes: readonly string[]][] = [
  [
    "design.softmax_of_one",
    rowOf({ a: ["dense", { units: 1, activation: "softmax" }] }, ["output", { loss: "categorical_crossentropy" }]),
    ["fix.set_activation", "fix.set_units"],
  ],
  [
    "design.squared_error_of_probabilities",
    rowOf({ a: ["dense", { units: 3, activation: "softmax" }] }, ["output", { loss: "mse" }]),
    ["fix.set_loss", "fix.set_activation"],
  ],
  [
    "design.loss_wants_other_probabilities",
    rowOf({ a: ["dense", { units: 3, activation: "softmax" }] }, ["output", { loss: "binary_crossentropy" }]),
    ["fix.set_activation", "fix.set_loss"],
  ],
  ["design.linear_after_linear", rowOf({ a: ["dense"], b: ["dense"] }), ["fix.set_activation", "fix.bypass"]],
  ["design.vanishing_gradients", rowOf({ ...sigmoids, last: ["dense", { units: 1 }] }), ["fix.set_activations", "fix.insert_before"]],
  [
    "design.dropout_before_batch_normalization",
    rowOf({ a: ["dense"], d: ["dropout"], n: ["batch_normalization"], b: ["dense", { units: 1 }] }),
    ["fix.swap", "fix.bypass"],
  ],
  [
    "design.dropout_twice",
    rowOf({ a: ["dense"], d: ["dropout"], e: ["dropout"], b: ["dense", { units: 1 }] }),
    ["fix.bypass", "fix.bypass"],
  ],
  [
    "design.normalization_twice",
    rowOf({ a: ["dense"], n: ["batch_normalization"], m: ["layer_normalization"], b: ["dense", { units: 1 }] }),
    ["fix.bypass", "fix.bypass"],
  ],
  [
    "design.activation_twice",
    rowOf({ a: ["dense", { activation: "tanh" }], f: ["activation", { activation: "relu" }], b: ["dense", { units: 1 }] }),
    ["fix.set_activation", "fix.bypass"],
  ],
  [
    "design.high_dropout",
    rowOf({ a: ["dense"], d: ["dropout", { rate: 0.9 }], b: ["dense", { units: 1 }] }),
    ["fix.set_option", "fix.bypass"],
  ],
  [
    "design.early_stopping_without_validation",
    rowOf({ a: ["dense", { units: 1 }] }, ["output"], {
      train: { early_stopping: { enabled: true } },
      data: { ...classes, split: { method: "none", validation_fraction: 0.2, seed: null } },
    }),
    ["fix.monitor_training_loss", "fix.hold_out"],
  ],
  ["design.not_connected", design("in > a", { in: IN, a: ["dense"], b: ["dense"] }), ["fix.connect", "fix.remove"]],
  ["design.dead_end", design("a > out", { in: IN, a: ["dense"], out: ["output"] }), ["fix.connect", "fix.remove"]],
];

describe("more than one way to mend it", () => {
  test.each(cases)("%s", (code, of, fixes) => {
    expect(fixesOf(only(of, code)).map((fix) => fix.code)).toEqual(fixes);
    expect(mendedEachWay(of, code)).toHaveLength(fixes.length);
  });

  test("no way is offered that does not fit: numbers instead of classes where classes were counted, one normalization in too long a row", () => {
    const counted = rowOf({ a: ["dense", { units: 2, activation: "softmax" }] }, ["output", { loss: "mse" }], { data: classes });
    expect(fixesOf(only(counted, "design.squared_error_of_probabilities")).map(({ code }) => code)).toEqual(["fix.set_loss"]);
    const long = Object.fromEntries(
      Array.from({ length: 9 }, (_, place) => [`h${place}`, ["dense", { units: 4, activation: "tanh" }] as const]),
    );
    expect(fixesOf(only(rowOf(long), "design.vanishing_gradients"))).toHaveLength(1);
    expect(codes(counted)).not.toContain("design.softmax_of_one");
  });
});
