/**
 * Gradient cases of recurrent layers, masks and steps, for the table of gradients.test.ts: every cell with everything that changes
 * its backward pass, and the loss over the sequence and the final states together.
 */
import type { Attributes, Shape } from "../../core/ir/tensor.ts";

interface Input {
  readonly shape: Shape;
  readonly range: readonly [number, number] | "signed" | { readonly numbers: readonly number[] };
  readonly fixed?: true;
}
interface Case {
  readonly name: string;
  readonly inputs: readonly Input[];
  readonly attributes: Attributes;
  /** Which outputs the loss is over. */
  readonly outputs?: readonly number[];
}

const free = (shape: Shape): Input => ({ shape, range: "signed" });
const fixed = (shape: Shape, range: Input["range"]): Input => ({ shape, range, fixed: true });

const [B, T, H] = [3, 4, 2];
/** A gap in the middle, padding at both ends, and a sample without a step that counts. */
const MASK = fixed([B, T], { numbers: [1, 0, 1, 1, 0, 1, 1, 0, 0, 0, 0, 0] });
const GATES = { simple_rnn: 1, lstm: 4, gru: 3 } as const;

interface Options {
  readonly resetAfter?: boolean;
  readonly bias?: boolean;
  readonly initial?: boolean;
  readonly mask?: boolean;
  readonly dropout?: boolean;
  readonly reverse?: boolean;
  readonly activation?: string;
  readonly recurrentActivation?: string;
  readonly outputs?: readonly number[];
}

function recurrentCase(name: string, cell: keyof typeof GATES, o: Options = {}): Case {
  const columns = GATES[cell] * H;
  const initial = o.initial === true;
  return {
    name: `${cell}, ${name}`,
    inputs: [
      free([B, T, columns]),
      free([H, columns]),
      ...(o.bias === true ? [free([columns])] : []),
      ...(initial ? [free([B, H])] : []),
      ...(initial && cell === "lstm" ? [free([B, H])] : []),
      ...(o.mask === true ? [MASK] : []),
      ...(o.dropout === true ? [fixed([B, H], [0.5, 2])] : []),
    ],
    attributes: {
      cell,
      activation: o.activation ?? "tanh",
      recurrent_activation: o.recurrentActivation ?? "sigmoid",
      reset_after: o.resetAfter === true,
      reverse: o.reverse === true,
      recurrent_bias: o.bias === true,
      initial,
      mask: o.mask === true,
      dropout: o.dropout === true,
    },
    outputs: o.outputs ?? (cell === "lstm" ? [0, 1, 4] : [0, 1]),
  };
}

const variants = (cell: keyof typeof GATES, own: Options, what = ""): Case[] => [
  recurrentCase(`${what}plain`, cell, own),
  recurrentCase(`${what}the final state alone`, cell, { ...own, outputs: [1] }),
  recurrentCase(`${what}the sequence alone, backwards`, cell, { ...own, outputs: [0], reverse: true }),
  recurrentCase(`${what}from a state`, cell, { ...own, initial: true }),
  recurrentCase(`${what}masked`, cell, { ...own, mask: true }),
  recurrentCase(`${what}dropout`, cell, { ...own, dropout: true }),
  recurrentCase(`${what}everything, backwards`, cell, { ...own, initial: true, mask: true, dropout: true, reverse: true }),
  recurrentCase(`${what}softplus and softsign`, cell, { ...own, activation: "softplus", recurrentActivation: "softsign", initial: true }),
  recurrentCase(`${what}elu and silu`, cell, { ...own, activation: "elu", recurrentActivation: "silu", mask: true }),
];

export const recurrentGradientCases = {
  recurrent: [
    ...variants("simple_rnn", {}),
    ...variants("lstm", {}),
    ...variants("gru", { resetAfter: true, bias: true }, "reset after, "),
    ...variants("gru", { resetAfter: true }, "reset after without bias, "),
    ...variants("gru", {}, "reset before, "),
    recurrentCase("the cell state alone", "lstm", { outputs: [4] }),
  ],
  mask_steps: [
    { name: "masked steps", inputs: [free([3, 4, 2]), MASK], attributes: { zeros: "masked" } },
    { name: "before the first", inputs: [free([3, 4, 2]), MASK], attributes: { zeros: "before_first" } },
    { name: "before the first, backwards", inputs: [free([3, 4, 2]), MASK], attributes: { zeros: "before_first", reverse: true } },
  ],
  pool_steps: ["average", "maximum"].map((name) => ({
    name,
    inputs: [free([B, T, 2]), MASK],
    attributes: { function: name },
  })),
  flip: [{ name: "middle axis", inputs: [free([2, 3, 2])], attributes: { axis: 1 } }],
} satisfies Readonly<Record<string, readonly Case[]>>;
