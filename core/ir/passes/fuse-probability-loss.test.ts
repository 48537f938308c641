import { describe, expect, it } from "vitest";
import { Builder } from "../builder.ts";
import type { Tensor } from "../tensor.ts";
import { fuseProbabilityLoss } from "./fuse-probability-loss.ts";

/** What a loss on the given tensor becomes: "op function first-input". */
function fused(
  make: (builder: Builder, x: Tensor) => Tensor,
  loss: "binary_crossentropy" | "categorical_crossentropy" | "mse",
  shape = [4, 3],
): { loss: string; ops: string[] } {
  const builder = new Builder();
  const x = builder.tensor(shape, "input", "logits");
  const prediction = make(builder, x);
  const target = builder.tensor(loss === "categorical_crossentropy" ? [4] : shape, "input", "target");
  if (loss === "categorical_crossentropy") builder.one("categorical_cross_entropy", [prediction, target], { weight: 1 });
  else builder.one("elementwise_loss", [prediction, target], { function: loss, weight: 1 });
  const after = fuseProbabilityLoss(builder.instructions);
  const last = after[after.length - 1];
  return { loss: `${last?.op} ${String(last?.attributes["function"] ?? "")} ${last?.inputs[0]?.name}`, ops: after.map(({ op }) => op) };
}

describe("fuseProbabilityLoss", () => {
  it("takes the loss from the logits, and leaves the activation for the predictions", () => {
    expect(fused((builder, x) => builder.activation(x, "sigmoid"), "binary_crossentropy")).toEqual({
      loss: "elementwise_loss sigmoid_binary_crossentropy logits",
      ops: ["unary", "elementwise_loss"],
    });
    expect(fused((builder, x) => builder.activation(x, "softmax"), "categorical_crossentropy")).toEqual({
      loss: "softmax_cross_entropy  logits",
      ops: ["softmax", "softmax_cross_entropy"],
    });
  });

  it("sees through reshapes", () => {
    const reshaped = fused(
      (builder, x) => builder.reshape(builder.reshape(builder.activation(x, "sigmoid"), [2, 6]), [12]),
      "binary_crossentropy",
    );
    expect(reshaped.loss).toBe("elementwise_loss sigmoid_binary_crossentropy logits");
  });

  it.each<[string, string, "binary_crossentropy" | "categorical_crossentropy" | "mse"]>([
    ["hard_sigmoid", "elementwise_loss binary_crossentropy unary_0", "binary_crossentropy"],
    ["tanh", "elementwise_loss binary_crossentropy unary_0", "binary_crossentropy"],
    ["sigmoid", "elementwise_loss mse unary_0", "mse"],
    ["sigmoid", "categorical_cross_entropy  unary_0", "categorical_crossentropy"],
    ["softmax", "elementwise_loss binary_crossentropy softmax_0", "binary_crossentropy"],
  ])("leaves %s alone before a loss that is not its own: %s", (activation, expected, loss) => {
    expect(fused((builder, x) => builder.activation(x, activation), loss).loss).toBe(expected);
  });

  it("leaves a loss alone whose prediction comes straight from the data or through another op", () => {
    expect(fused((_, x) => x, "binary_crossentropy").loss).toBe("elementwise_loss binary_crossentropy logits");
    expect(
      fused((builder, x) => builder.one("slice", [builder.activation(x, "sigmoid")], { axis: 1, start: 0, size: 3 }), "binary_crossentropy")
        .loss,
    ).toBe("elementwise_loss binary_crossentropy slice_1");
  });
});
