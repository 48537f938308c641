/** Cases for the gradients of attention: one source and two, heads, a mask, a causal one, dropout. */
import type { Attributes, Shape } from "../../core/ir/tensor.ts";

const free = (shape: Shape) => ({ shape, range: "signed" as const });
/** A mask of padding: the last sample's last key does not count, and there is a key that does not count in the middle. */
const mask = (shape: Shape) => ({ shape, range: "binary" as const, fixed: true as const });

const attributes = (heads: number, rest: Attributes = {}): Attributes => ({
  heads,
  scale: 0.6,
  causal: false,
  rate: 0,
  seed: 7,
  stream: 3,
  ...rest,
});
const self = (B: number, T: number, width: number) => [free([B, T, width]), free([B, T, width]), free([B, T, width])];

export const attentionGradientCases = {
  attention: [
    { name: "one head", inputs: self(2, 3, 4), attributes: attributes(1) },
    { name: "two heads", inputs: self(2, 4, 6), attributes: attributes(2) },
    { name: "causal", inputs: self(2, 4, 4), attributes: attributes(2, { causal: true }) },
    { name: "masked keys", inputs: [...self(2, 5, 4), mask([2, 5])], attributes: attributes(2) },
    {
      name: "another source, values of another width",
      inputs: [free([2, 3, 4]), free([2, 5, 4]), free([2, 5, 6])],
      attributes: attributes(2),
    },
    {
      name: "another source, masked and causal, with dropout",
      inputs: [free([2, 3, 4]), free([2, 5, 4]), free([2, 5, 6]), mask([2, 5])],
      attributes: attributes(2, { causal: true, rate: 0.3 }),
    },
    { name: "dropout", inputs: self(2, 4, 4), attributes: attributes(2, { rate: 0.4 }) },
  ],
  masked_softmax: [
    { name: "all keys", inputs: [free([2, 3, 4])], attributes: { causal: false } },
    { name: "causal", inputs: [free([2, 3, 4])], attributes: { causal: true } },
    { name: "masked keys", inputs: [free([2, 3, 5]), mask([2, 5])], attributes: { causal: false } },
  ],
};
