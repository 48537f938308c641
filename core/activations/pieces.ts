/** Sums of pieces c·f(b + w·x): what relu_sum and sigmoid_sum share. */
import type { Emitter } from "../ir/emitter.ts";
import type { Tensor } from "../ir/tensor.ts";
import type { ActivationWeight } from "./activation.ts";

/** Normal numbers, c smaller the more pieces there are: the size of the sum does not depend on their number. */
export const weightsOfPieces = (count: number, pieces: number): readonly ActivationWeight[] =>
  ["c", "b", "w"].map((name) => ({
    name,
    shape: [pieces, count],
    initializer: "random_normal",
    initializerValue: name === "c" ? 1 / Math.sqrt(pieces) : 1,
  }));

export const sumOfPieces =
  (of: "relu" | "sigmoid") =>
  (builder: Emitter, x: Tensor, { c, b, w }: Readonly<Record<string, Tensor>>): Tensor => {
    if (c === undefined || b === undefined || w === undefined) throw new Error("a sum of pieces has three weights");
    const [pieces = 1, count = 1] = c.shape;
    const row = (weight: Tensor, piece: number): Tensor =>
      builder.reshape(builder.one("slice", [weight], { axis: 0, start: piece, size: 1 }), [count]);
    const terms = Array.from({ length: pieces }, (_, piece) => {
      const inside = builder.one("add_bias", [builder.one("multiply_channels", [x, row(w, piece)]), row(b, piece)]);
      return builder.one("multiply_channels", [builder.one("unary", [inside], { function: of }), row(c, piece)]);
    });
    const [first] = terms;
    if (first === undefined) throw new Error("a sum of no pieces");
    return terms.length === 1 ? first : builder.one("add", terms);
  };
