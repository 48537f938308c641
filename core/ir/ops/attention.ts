/**
 * attention: scaled dot-product attention over several heads (Vaswani et al. 2017, "Attention Is All You Need", 3.2), and the
 * softmax under a mask that other scores go through. B is the batch, Tq and Tk the steps of queries and keys, H the heads.
 */
import { at, attribute, type OpDefinition } from "../op.ts";
import { type Attributes, type Shape, sameShape } from "../tensor.ts";

export interface AttentionSizes {
  readonly B: number;
  readonly Tq: number;
  readonly Tk: number;
  readonly H: number;
  /** Numbers of a key, and of a value, in one head. */
  readonly D: number;
  readonly Dv: number;
}

/** @throws Error when queries, keys and values cannot meet */
export function attentionSizes(q: Shape, k: Shape, v: Shape, attributes: Attributes): AttentionSizes {
  const H = attribute<number>(attributes, "heads");
  const [B = 0, Tq = 0, width = 0] = q;
  const [Bk, Tk = 0, keyWidth] = k;
  const [Bv, Tv, valueWidth = 0] = v;
  const meet = q.length === 3 && Bk === B && Bv === B && keyWidth === width && Tv === Tk;
  if (!meet || width % H !== 0 || valueWidth % H !== 0) throw new Error("attention: shapes do not meet");
  return { B, Tq, Tk, H, D: width / H, Dv: valueWidth / H };
}

/**
 * Inputs q [B, Tq, H·D], k [B, Tk, H·D], v [B, Tk, H·Dv] and, optionally, a mask [B, Tk] with 1 for a key that counts and 0 for one
 * that does not. Attributes `heads`; `scale`, the factor of the products; `causal` (query i sees keys 0 … i); `rate`, `seed`, `stream` of
 * the dropout on the weights, 0 for none. Outputs context [B, Tq, H·Dv] and the weights before dropout [B, H, Tq, Tk]. A query that
 * sees no key has weights and a context of 0. No gradient flows through the weights: they are there to be looked at.
 */
export const attention: OpDefinition = {
  outputShapes: ([q = [], k = [], v = [], mask], attributes) => {
    const { B, H, Tq, Tk, Dv } = attentionSizes(q, k, v, attributes);
    if (mask !== undefined && !sameShape(mask, [B, Tk])) throw new Error("attention: the mask does not meet the keys");
    return [
      [B, Tq, H * Dv],
      [B, H, Tq, Tk],
    ];
  },
  multiplyAdds: ([q = [], k = [], v = []], _, attributes) => {
    const { B, H, Tq, Tk, D, Dv } = attentionSizes(q, k, v, attributes);
    return B * H * Tq * Tk * (D + Dv);
  },
  gradient: ({ builder, inputs, outputs, outputGradients, attributes, needs }) => {
    const [dcontext, dweights] = outputGradients;
    if (dweights != null) throw new Error("attention: its weights have no gradient");
    if (dcontext == null) return inputs.map(() => null);
    const [q, k, v] = [at(inputs, 0), at(inputs, 1), at(inputs, 2)];
    const gradients = builder.emit("attention_gradient", [q, k, v, at(outputs, 1), dcontext], attributes);
    return inputs.map((_, i) => (needs[i] === true ? (gradients[i] ?? null) : null));
  },
};

/** Inputs q, k, v, weights, dcontext; outputs dq, dk, dv. A key that does not count has a weight of 0, and so no gradient. */
export const attentionGradient: OpDefinition = {
  outputShapes: ([q = [], k = [], v = []]) => [q, k, v],
  multiplyAdds: ([q = [], k = [], v = []], _, attributes) => {
    const { B, H, Tq, Tk, D, Dv } = attentionSizes(q, k, v, attributes);
    return 2 * B * H * Tq * Tk * (D + Dv);
  },
};

/**
 * Softmax of scores [B, Tq, Tk] over the keys that count: input 1, optional, is a mask [B, Tk]; attribute `causal`. The others, and all
 * of a query that sees no key, are 0.
 */
export const maskedSoftmax: OpDefinition = {
  outputShapes: ([scores = [], mask]) => {
    const [B = 0, , Tk = 0] = scores;
    if (scores.length !== 3 || (mask !== undefined && !sameShape(mask, [B, Tk]))) throw new Error("masked_softmax: shapes do not meet");
    return [scores];
  },
  gradient: ({ builder, inputs, outputs, outputGradients }) => {
    const dy = at(outputGradients, 0);
    // What does not count has y = 0, for which the gradient of softmax is 0.
    const dx = dy === null ? null : builder.one("softmax_gradient", [at(outputs, 0), dy]);
    return inputs.map((_, i) => (i === 0 ? dx : null));
  },
};
