/** Instructions of attention to hold the backends to: heads, widths, lengths off every multiple of four, masks, dropout, blocks of queries. */
import type { OpName } from "../../core/ir/op-name.ts";
import type { Attributes, Shape } from "../../core/ir/tensor.ts";
import type { Fill, OpCase } from "./op-case.ts";

type AttentionOp = Extract<OpName, "attention" | "attention_gradient" | "masked_softmax" | "sinusoid">;

interface Sizes {
  readonly B: number;
  readonly Tq: number;
  readonly Tk: number;
  readonly H: number;
  readonly D: number;
  readonly Dv: number;
}

const SIZES: readonly Sizes[] = [
  { B: 1, Tq: 1, Tk: 1, H: 1, D: 1, Dv: 1 },
  { B: 2, Tq: 3, Tk: 5, H: 1, D: 1, Dv: 1 },
  { B: 2, Tq: 4, Tk: 6, H: 3, D: 1, Dv: 1 },
  { B: 3, Tq: 5, Tk: 1, H: 2, D: 3, Dv: 2 },
  { B: 1, Tq: 1, Tk: 9, H: 2, D: 4, Dv: 7 },
  { B: 2, Tq: 7, Tk: 7, H: 2, D: 5, Dv: 3 },
  { B: 3, Tq: 13, Tk: 18, H: 4, D: 16, Dv: 16 },
  { B: 2, Tq: 64, Tk: 64, H: 2, D: 16, Dv: 16 },
  { B: 1, Tq: 33, Tk: 40, H: 1, D: 70, Dv: 41 },
];
/** Longer than the scratch memory holds at once, so that queries are taken in blocks with a short one at the end. */
const LONG: Sizes = { B: 1, Tq: 301, Tk: 260, H: 1, D: 4, Dv: 5 };

const VARIANTS: readonly { readonly attributes: Attributes; readonly masked: boolean }[] = [
  { attributes: { causal: false, rate: 0 }, masked: false },
  { attributes: { causal: true, rate: 0 }, masked: false },
  { attributes: { causal: false, rate: 0 }, masked: true },
  { attributes: { causal: true, rate: 0.3 }, masked: true },
  { attributes: { causal: false, rate: 0.1 }, masked: false },
];

const attributesOf = ({ H, D }: Sizes, attributes: Attributes): Attributes => ({
  heads: H,
  scale: 1 / Math.sqrt(D),
  seed: 7,
  stream: 3,
  ...attributes,
});

const one = (op: AttentionOp, inputs: readonly (readonly [Shape, Fill])[], attributes: Attributes): OpCase => ({
  op,
  inputs: inputs.map(([shape, fill]) => ({ shape, fill })),
  attributes,
});

const projections = ({ B, Tq, Tk, H, D, Dv }: Sizes): [Shape, Fill][] => [
  [[B, Tq, H * D], "normal"],
  [[B, Tk, H * D], "normal"],
  [[B, Tk, H * Dv], "normal"],
];

const all = [...SIZES, LONG].flatMap((sizes) => VARIANTS.map((variant) => ({ sizes, ...variant })));

export const attentionCases: Readonly<Record<AttentionOp, readonly OpCase[]>> = {
  attention: all.map(({ sizes, attributes, masked }) =>
    one(
      "attention",
      [...projections(sizes), ...(masked ? [[[sizes.B, sizes.Tk], "binary"] as [Shape, Fill]] : [])],
      attributesOf(sizes, attributes),
    ),
  ),
  attention_gradient: all
    .filter(({ masked }) => !masked)
    .map(({ sizes, attributes }) => {
      const { B, Tq, Tk, H, Dv } = sizes;
      const rest: [Shape, Fill][] = [
        [[B, H, Tq, Tk], { rowsSumToOne: Tk }],
        [[B, Tq, H * Dv], "normal"],
      ];
      return one("attention_gradient", [...projections(sizes), ...rest], attributesOf(sizes, attributes));
    }),
  masked_softmax: SIZES.flatMap(({ B, Tq, Tk }) =>
    VARIANTS.map(({ attributes, masked }) =>
      one("masked_softmax", [[[B, Tq, Tk], "normal"], ...(masked ? [[[B, Tk], "binary"] as [Shape, Fill]] : [])], {
        causal: attributes["causal"] ?? false,
      }),
    ),
  ),
  sinusoid: (
    [
      [1, 1],
      [1, 2],
      [5, 3],
      [64, 64],
      [1000, 33],
    ] as const
  ).map(([length, width]) => one("sinusoid", [], { length, width })),
};
