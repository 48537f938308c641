import { describe, expect, it } from "vitest";
import { chain, node } from "../../test/engine/design.ts";
import type { AppError } from "../errors.ts";
import { buildProgram, parametersOf } from "./build.ts";
import { makeModelSpec } from "./model.ts";
import { defaultTraining } from "./training.ts";

const specOf = (dense: Readonly<Record<string, unknown>>, output: Readonly<Record<string, unknown>>) =>
  makeModelSpec(chain(node("x", "input"), node("hidden", "dense", { units: 3, ...dense }), node("y", "output", output)), {
    inputs: { x: [4] },
    outputs: { y: { classes: 3 } },
  });

describe("parametersOf", () => {
  it.each(["orthogonal", "identity"])("takes %s for a kernel and refuses it for a bias, naming the layer", (initializer) => {
    expect(parametersOf(specOf({ kernel_initializer: initializer }, {})).parameters[0]?.initializer).toBe(initializer);
    const refused = (): unknown => parametersOf(specOf({ bias_initializer: initializer }, {}));
    expect(refused).toThrowError(
      expect.objectContaining({
        code: "design.initializer_needs_matrix",
        params: { name: "hidden", parameter: "bias", initializer, shape: "[3]" },
        nodeId: "hidden",
      } satisfies Partial<AppError>),
    );
  });
});

describe("label smoothing", () => {
  const lossAttributes = (activation: string, output: Readonly<Record<string, unknown>>) =>
    buildProgram(specOf({ activation }, output), { batch: 2, mode: "train", training: defaultTraining(), encodings: { y: "class_index" } })
      .program.instructions.filter(({ outputs }) =>
        outputs.some(({ shape, role }) => role === "temporary" && shape.length === 1 && shape[0] === 1),
      )
      .map(({ attributes }) => attributes);

  it("reaches the op of a cross-entropy, behind the fusing with softmax too", () => {
    expect(lossAttributes("softmax", { loss: "categorical_crossentropy", label_smoothing: 0.1 })).toContainEqual({
      weight: 1,
      smoothing: 0.1,
    });
    expect(lossAttributes("softmax", { loss: "categorical_crossentropy" })).toContainEqual({ weight: 1 });
  });

  it("is left out where the loss does not know it", () => {
    expect(lossAttributes("linear", { loss: "categorical_hinge", label_smoothing: 0.1 })).toContainEqual({ weight: 1 });
  });
});
