/**
 * Kernel cases of recurrent cells, masks and steps. Sizes are chosen for the edges of the kernels: units that are no multiple of
 * four, one step, one row, more rows than a block; weights are small, so that a sum of many steps stays a question of rounding.
 */
import { Random } from "../../core/data/random.ts";
import type { OpName } from "../../core/ir/op-name.ts";
import { type Attributes, type Shape, sizeOf } from "../../core/ir/tensor.ts";
import type { Fill, OpCase } from "./op-case.ts";

type Sized = readonly [B: number, T: number, H: number];
type Cell = "simple_rnn" | "lstm" | "gru";
const GATES: Readonly<Record<Cell, number>> = { simple_rnn: 1, lstm: 4, gru: 3 };

interface Variant {
  readonly cell: Cell;
  readonly size: Sized;
  readonly attributes?: Attributes;
}

const SIZES: readonly Sized[] = [
  [1, 1, 1],
  [2, 3, 4],
  [3, 5, 3],
  [5, 4, 10],
  [7, 2, 17],
];
const OPTIONS: readonly Attributes[] = [
  {},
  { initial: true },
  { mask: true },
  { dropout: true },
  { reverse: true },
  { initial: true, mask: true, dropout: true, reverse: true },
];
const CELLS: readonly { cell: Cell; attributes: Attributes }[] = [
  { cell: "simple_rnn", attributes: {} },
  { cell: "lstm", attributes: {} },
  { cell: "gru", attributes: { reset_after: true, recurrent_bias: true } },
  { cell: "gru", attributes: { reset_after: true } },
  { cell: "gru", attributes: {} },
];

const variants: readonly Variant[] = CELLS.flatMap(({ cell, attributes }) => [
  ...SIZES.flatMap((size) => OPTIONS.map((options) => ({ cell, size, attributes: { ...attributes, ...options } }))),
  { cell, size: [130, 2, 5] as const, attributes },
  { cell, size: [6, 3, 40] as const, attributes: { ...attributes, mask: true } },
  // Derivatives that are written in what went in: silu and softplus; and functions with a corner.
  { cell, size: [3, 4, 6] as const, attributes: { ...attributes, activation: "silu", recurrent_activation: "hard_sigmoid" } },
  { cell, size: [2, 3, 5] as const, attributes: { ...attributes, activation: "relu", recurrent_activation: "softplus", mask: true } },
]);

const withDefaults = ({ cell, attributes }: Variant): Attributes => ({
  cell,
  activation: "tanh",
  recurrent_activation: "sigmoid",
  reset_after: false,
  reverse: false,
  recurrent_bias: false,
  initial: false,
  mask: false,
  dropout: false,
  ...attributes,
});

/** Weights of a size that neither dies out nor grows. */
function weights(shape: Shape, units: number): Fill {
  const random = new Random(units, sizeOf(shape));
  return Array.from({ length: sizeOf(shape) }, () => random.normal() / Math.sqrt(units));
}

type Input = readonly [Shape, Fill];
const caseOf = (op: OpName, inputs: readonly Input[], attributes: Attributes): OpCase => ({
  op,
  inputs: inputs.map(([shape, fill]) => ({ shape, fill })),
  attributes,
});
const given = (condition: boolean, ...inputs: readonly Input[]): readonly Input[] => (condition ? inputs : []);

function forward(variant: Variant): OpCase {
  const attributes = withDefaults(variant);
  const [B, T, H] = variant.size;
  const columns = GATES[variant.cell] * H;
  const isLstm = variant.cell === "lstm";
  return caseOf(
    "recurrent",
    [
      [[B, T, columns], "normal"],
      [[H, columns], weights([H, columns], H)],
      ...given(attributes["recurrent_bias"] === true, [[columns], "normal"]),
      ...given(attributes["initial"] === true, [[B, H], "normal"], ...given(isLstm, [[B, H], "normal"])),
      ...given(attributes["mask"] === true, [[B, T], "binary"]),
      ...given(attributes["dropout"] === true, [[B, H], "positive"]),
    ],
    attributes,
  );
}

/** Activations whose derivative is written in what went in. */
const needsSums = (attributes: Attributes): boolean =>
  [attributes["activation"], ...(attributes["cell"] === "simple_rnn" ? [] : [attributes["recurrent_activation"]])].some((name) =>
    ["silu", "softplus"].includes(String(name)),
  );

function backward(variant: Variant, index: number): OpCase {
  // Each of the gradients that may flow is left out in turn.
  const [d_states, d_final, d_final_cell] = [index % 3 !== 0, index % 3 !== 1, variant.cell === "lstm" && index % 3 !== 2];
  const attributes: Attributes = { ...withDefaults(variant), d_states, d_final, d_final_cell };
  const [B, T, H] = variant.size;
  const columns = GATES[variant.cell] * H;
  const isLstm = variant.cell === "lstm";
  const sequence: Input = [[B, T, H], "normal"];
  const state: Input = [[B, H], "normal"];
  return caseOf(
    "recurrent_gradient",
    [
      [[columns, H], weights([columns, H], H)],
      [[B, T, H], "probability"],
      [[B, T, columns], "probability"],
      ...given(variant.cell !== "simple_rnn", sequence),
      ...given(needsSums(attributes), [[B, T, columns], "normal"]),
      ...given(attributes["initial"] === true, state, ...given(isLstm, state)),
      ...given(attributes["mask"] === true, [[B, T], "binary"]),
      ...given(attributes["dropout"] === true, [[B, H], "positive"]),
      ...given(d_states, sequence),
      ...given(d_final, state),
      ...given(d_final_cell, state),
    ],
    attributes,
  );
}

function kernelGradient(variant: Variant): OpCase {
  const attributes = withDefaults(variant);
  const [B, T, H] = variant.size;
  return caseOf(
    "recurrent_kernel_gradient",
    [
      [[B, T, H], "normal"],
      [[B, T, GATES[variant.cell] * H], "normal"],
      ...given(variant.cell === "gru", [[B, T, H], "normal"]),
      ...given(attributes["initial"] === true && attributes["dropout"] !== true, [[B, H], "normal"]),
    ],
    attributes,
  );
}

const SEQUENCES: readonly Shape[] = [
  [1, 1, 1],
  [2, 3, 4],
  [3, 5, 7],
  [9, 4, 33],
];
const MASKS = SEQUENCES.map((shape): Input => [shape.slice(0, 2), "binary"]);
const overSequences = (make: (x: Shape, mask: Input) => readonly OpCase[]): OpCase[] =>
  SEQUENCES.flatMap((shape, i) => make(shape, MASKS[i] ?? [shape.slice(0, 2), "binary"]));

export const recurrentCases = {
  recurrent: variants.map(forward),
  recurrent_gradient: variants.map(backward),
  recurrent_kernel_gradient: variants.map(kernelGradient),
  mask_steps: overSequences((x, mask) =>
    [{ zeros: "masked" }, { zeros: "before_first" }, { zeros: "before_first", reverse: true }].map((attributes) =>
      caseOf("mask_steps", [[x, "normal"], mask], attributes),
    ),
  ),
  find_steps: overSequences((x) => [
    caseOf("find_steps", [[x, "zero_or_normal"]], { value: 0 }),
    caseOf("find_steps", [[x, { classes: 2 }]], { value: 1 }),
  ]),
  pool_steps: overSequences((x, mask) =>
    ["average", "maximum"].map((name) => caseOf("pool_steps", [[x, "normal"], mask], { function: name })),
  ),
  // Most numbers are 1, the largest: the first of them has to be found.
  pool_steps_gradient: overSequences((x, mask) =>
    ["average", "maximum"].map((name) =>
      caseOf(
        "pool_steps_gradient",
        [
          [x, "sign"],
          mask,
          [[x[0] ?? 1, x[2] ?? 1], new Array<number>((x[0] ?? 1) * (x[2] ?? 1)).fill(1)],
          [[x[0] ?? 1, x[2] ?? 1], "normal"],
        ],
        { function: name },
      ),
    ),
  ),
  flip: overSequences((x) => [0, 1, 2].map((axis) => caseOf("flip", [[x, "normal"]], { axis }))),
} satisfies Partial<Record<OpName, readonly OpCase[]>>;
