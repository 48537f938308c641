import { describe, expect, it } from "vitest";
import { oracle } from "../../test/engine/backends.ts";
import { SmallProgram, sumWeights, weightedSum } from "../../test/engine/program.ts";
import { appendGradients } from "./autodiff.ts";
import { Builder } from "./builder.ts";
import type { Tensor } from "./tensor.ts";

/** Runs a program in float64 whose parameters are given, and returns their gradients. */
function gradientsOf(
  values: readonly (readonly number[])[],
  lossOf: (builder: Builder, parameters: readonly Tensor[]) => Tensor,
): number[][] {
  let parameters: readonly Tensor[] = [];
  const program = new SmallProgram(oracle, (builder) => {
    parameters = values.map((list, i) => builder.tensor([list.length], "parameter", `p${i}`));
    return { results: [], loss: lossOf(builder, parameters) };
  });
  parameters.forEach((parameter, i) => program.write(parameter, values[i] ?? []));
  program.run();
  return parameters.map((parameter) => program.gradient(parameter));
}

const sumOfSquares = (builder: Builder, x: Tensor): Tensor => builder.one("penalty", [x], { l1: 0, l2: 1 });

describe("appendGradients", () => {
  it("gives each of two parameters that are added its gradient, though both are the same tensor", () => {
    expect(
      gradientsOf(
        [
          [1, 2],
          [3, 4],
        ],
        (builder, [a, b]) => sumOfSquares(builder, builder.one("add", [a, b] as Tensor[])),
      ),
    ).toEqual([
      [8, 12],
      [8, 12],
    ]);
  });

  it("adds up what comes from several uses of one tensor", () => {
    // Σ (a + a + a)² = 9 Σ a²
    expect(gradientsOf([[1, -2]], (builder, [a]) => sumOfSquares(builder, builder.one("add", [a, a, a] as Tensor[])))).toEqual([[18, -36]]);
  });

  it("adds up what comes by ways of different length", () => {
    const gradients = gradientsOf([[0.5, -1]], (builder, [a]) => {
      const once = builder.activation(a as Tensor, "relu");
      return builder.one("add", [sumOfSquares(builder, a as Tensor), sumOfSquares(builder, once)]);
    });
    expect(gradients).toEqual([[2, -2]]);
  });

  it("gives a parameter that the loss does not depend on a gradient of zero, each time it runs", () => {
    let unused: Tensor | undefined;
    const program = new SmallProgram(oracle, (builder) => {
      const used = builder.tensor([2], "parameter", "used");
      unused = builder.tensor([3], "parameter", "unused");
      return { results: [used], loss: sumOfSquares(builder, used) };
    });
    const region = program.plan.places.get("gradient:unused");
    expect(region).toBeDefined();
    expect(program.run().gradient(unused as Tensor)).toEqual([0, 0, 0]);
  });

  it("passes a gradient through reshapes of reshapes", () => {
    const gradients = gradientsOf([[1, 2, 3, 4, 5, 6]], (builder, [a]) =>
      sumOfSquares(builder, builder.reshape(builder.reshape(a as Tensor, [2, 3]), [3, 2])),
    );
    expect(gradients).toEqual([[2, 4, 6, 8, 10, 12]]);
  });

  it("emits no backward work for what depends on no parameter", () => {
    const builder = new Builder();
    const x = builder.tensor([2, 3], "input", "x");
    const kernel = builder.tensor([3, 1], "parameter", "kernel");
    const weights = sumWeights(builder, [builder.tensor([2, 1], "temporary", "shape only")]);
    const loss = weightedSum(builder, [builder.one("linear", [builder.one("softmax", [x]), kernel])], weights);
    appendGradients(builder, loss);
    const backward = builder.instructions.filter(({ phase }) => phase === "backward").map(({ op }) => op);
    expect(backward).toContain("linear_weight_gradient");
    expect(backward).not.toContain("softmax_gradient");
  });

  it("stamps each backward instruction with the node whose gradient it computes", () => {
    const builder = new Builder();
    builder.nodeId = "first";
    const a = builder.tensor([2], "parameter", "a");
    const y = builder.one("unary", [a], { function: "tanh" });
    builder.nodeId = "second";
    const loss = sumOfSquares(builder, y);
    appendGradients(builder, loss);
    expect(builder.instructions.map(({ op, phase, nodeId }) => `${phase} ${op} ${nodeId}`)).toEqual([
      "forward unary first",
      "forward penalty second",
      "backward fill second",
      "backward penalty_gradient second",
      "backward unary_gradient first",
    ]);
  });

  it("refuses to differentiate an op that has no rule, and names it", () => {
    const builder = new Builder();
    const a = builder.tensor([2], "parameter", "a");
    const loss = sumOfSquares(builder, builder.one("copy", [a]));
    expect(() => appendGradients(builder, loss)).toThrow("copy");
  });
});
