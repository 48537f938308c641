/**
 * recurrent: a whole sequence through one recurrent cell (Elman 1990; LSTM: Hochreiter & Schmidhuber 1997 with the forget gate of
 * Gers et al. 2000; GRU: Cho et al. 2014, with `reset_after` as cuDNN has it). The product of all steps with the input kernel
 * comes before it, as one `linear`; its own is the walk through time. B is the batch, T time, H units, G gates; gates lie side
 * by side in Keras's order: i f c o for lstm, z r h for gru.
 */
import { activationImplementation } from "../../activations/implementations.ts";
import type { Emitter } from "../emitter.ts";
import { at, attribute, type OpDefinition } from "../op.ts";
import type { Attributes, Shape, Tensor } from "../tensor.ts";

export type Cell = "simple_rnn" | "lstm" | "gru";
const GATES: Readonly<Record<Cell, number>> = { simple_rnn: 1, lstm: 4, gru: 3 };

export const cellOf = (attributes: Attributes): Cell => attribute<Cell>(attributes, "cell");
export const isTrue = (attributes: Attributes, name: string): boolean => attributes[name] === true;

export interface RecurrentSizes {
  readonly B: number;
  readonly T: number;
  readonly H: number;
  /** Gates times units: the last axis of the projection. */
  readonly GH: number;
}

/** @param gates shape of the projection or of the gates */
export function recurrentSizes(gates: Shape, attributes: Attributes): RecurrentSizes {
  const [B, T, GH] = [at(gates, 0), at(gates, 1), at(gates, 2)];
  return { B, T, GH, H: GH / GATES[cellOf(attributes)] };
}

/** The activation of gate `gate`: the candidate has `activation`, what opens and closes has `recurrent_activation`. */
export function gateActivation(attributes: Attributes, gate: number): string {
  const cell = cellOf(attributes);
  const isCandidate = cell === "simple_rnn" || (cell === "lstm" ? gate === 2 : gate === 2);
  return attribute<string>(attributes, isCandidate ? "activation" : "recurrent_activation");
}

export const gateCount = (attributes: Attributes): number => GATES[cellOf(attributes)];

/** Whether some gate's derivative is written in what went into the activation, which then has to be kept. */
export const keepsSums = (attributes: Attributes): boolean =>
  Array.from({ length: gateCount(attributes) }, (_, gate) => gateActivation(attributes, gate)).some(
    (name) => activationImplementation(name).saved === "input",
  );

/** Operands by name; those that the attributes do not announce are undefined. */
export interface RecurrentInputs<T> {
  /** [B, T, GH]: x·W + b */
  readonly projection: T;
  /** [H, GH] */
  readonly kernel: T;
  /** [GH], of a gru that resets after the product */
  readonly recurrentBias?: T | undefined;
  /** [B, H]; zeros when absent */
  readonly initial?: T | undefined;
  readonly initialCell?: T | undefined;
  /** [B, T], zero for steps that leave the state as it is */
  readonly mask?: T | undefined;
  /** [B, H], the factors of recurrent dropout: one draw a sample for all steps */
  readonly dropout?: T | undefined;
}

export interface RecurrentOutputs<T> {
  /** [B, T, H]: the state after every step, at the step's place also when time runs backwards */
  readonly states: T;
  /** [B, H] */
  readonly final: T;
  /** [B, T, GH]: the gates after their activations */
  readonly gates: T;
  /** lstm: [B, T, H] */
  readonly cells?: T | undefined;
  readonly finalCell?: T | undefined;
  /** gru: [B, T, H]; h·U + b of the candidate when it resets after the product, r∘h when before */
  readonly inner?: T | undefined;
  /** [B, T, H]: the state that went into the products, after recurrent dropout */
  readonly dropped?: T | undefined;
  /** [B, T, GH]: what went into the activations, where a derivative needs it */
  readonly sums?: T | undefined;
}

export interface RecurrentGradientInputs<T> {
  /** [GH, H] */
  readonly transposed: T;
  readonly states: T;
  readonly gates: T;
  readonly cells?: T | undefined;
  readonly inner?: T | undefined;
  readonly sums?: T | undefined;
  readonly initial?: T | undefined;
  readonly initialCell?: T | undefined;
  readonly mask?: T | undefined;
  readonly dropout?: T | undefined;
  /** Gradients of the outputs, as far as any flow. */
  readonly dStates?: T | undefined;
  readonly dFinal?: T | undefined;
  readonly dFinalCell?: T | undefined;
}

export interface RecurrentGradientOutputs<T> {
  /** [B, T, GH] */
  readonly dProjection: T;
  /** [B, H] */
  readonly dInitial: T;
  readonly dInitialCell?: T | undefined;
  /** gru that resets after: [B, T, H], gradient of the candidate's h·U + b */
  readonly dInner?: T | undefined;
}

export interface RecurrentKernelGradientInputs<T> {
  /** [B, T, H]: states, of which the step before counts, or (dropout) what went into the products */
  readonly states: T;
  readonly dProjection: T;
  /** gru: dInner when it resets after, inner when before */
  readonly inner?: T | undefined;
  readonly initial?: T | undefined;
}

/** More than any of these ops has. */
const MOST_OPERANDS = 20;

const takerOf = <T>(list: readonly T[]) => {
  let next = 0;
  return {
    take: (): T => at(list, next++),
    takeIf: (present: boolean): T | undefined => (present ? at(list, next++) : undefined),
  };
};

export function recurrentInputs<T>(list: readonly T[], attributes: Attributes): RecurrentInputs<T> {
  const { take, takeIf } = takerOf(list);
  const initial = isTrue(attributes, "initial");
  return {
    projection: take(),
    kernel: take(),
    recurrentBias: takeIf(isTrue(attributes, "recurrent_bias")),
    initial: takeIf(initial),
    initialCell: takeIf(initial && cellOf(attributes) === "lstm"),
    mask: takeIf(isTrue(attributes, "mask")),
    dropout: takeIf(isTrue(attributes, "dropout")),
  };
}

export function recurrentOutputs<T>(list: readonly T[], attributes: Attributes): RecurrentOutputs<T> {
  const { take, takeIf } = takerOf(list);
  const cell = cellOf(attributes);
  return {
    states: take(),
    final: take(),
    gates: take(),
    cells: takeIf(cell === "lstm"),
    finalCell: takeIf(cell === "lstm"),
    inner: takeIf(cell === "gru"),
    dropped: takeIf(isTrue(attributes, "dropout")),
    sums: takeIf(keepsSums(attributes)),
  };
}

export function recurrentGradientInputs<T>(list: readonly T[], attributes: Attributes): RecurrentGradientInputs<T> {
  const { take, takeIf } = takerOf(list);
  const cell = cellOf(attributes);
  const initial = isTrue(attributes, "initial");
  return {
    transposed: take(),
    states: take(),
    gates: take(),
    cells: takeIf(cell === "lstm"),
    inner: takeIf(cell === "gru"),
    sums: takeIf(keepsSums(attributes)),
    initial: takeIf(initial),
    initialCell: takeIf(initial && cell === "lstm"),
    mask: takeIf(isTrue(attributes, "mask")),
    dropout: takeIf(isTrue(attributes, "dropout")),
    dStates: takeIf(isTrue(attributes, "d_states")),
    dFinal: takeIf(isTrue(attributes, "d_final")),
    dFinalCell: takeIf(isTrue(attributes, "d_final_cell")),
  };
}

export function recurrentGradientOutputs<T>(list: readonly T[], attributes: Attributes): RecurrentGradientOutputs<T> {
  const { take, takeIf } = takerOf(list);
  return {
    dProjection: take(),
    dInitial: take(),
    dInitialCell: takeIf(cellOf(attributes) === "lstm"),
    dInner: takeIf(resetsAfter(attributes)),
  };
}

export function recurrentKernelGradientInputs<T>(list: readonly T[], attributes: Attributes): RecurrentKernelGradientInputs<T> {
  const { take, takeIf } = takerOf(list);
  return {
    states: take(),
    dProjection: take(),
    inner: takeIf(cellOf(attributes) === "gru"),
    initial: takeIf(isTrue(attributes, "initial") && !isTrue(attributes, "dropout")),
  };
}

export const resetsAfter = (attributes: Attributes): boolean => cellOf(attributes) === "gru" && isTrue(attributes, "reset_after");

/**
 * Attributes: `cell`, `activation`, `recurrent_activation`, `reverse` (time runs from the last step to the first), `reset_after`;
 * `recurrent_bias`, `initial`, `mask`, `dropout` say which of {@link RecurrentInputs} are there, in their order. The gates are to
 * look at: no gradient goes through them.
 */
export const recurrent: OpDefinition = {
  outputShapes: (inputs, attributes) => {
    const { projection, kernel } = recurrentInputs(inputs, attributes);
    const { B, T, H, GH } = recurrentSizes(projection, attributes);
    if (!Number.isInteger(H) || kernel[0] !== H || kernel[1] !== GH) throw new Error("recurrent: shapes do not meet");
    const cell = cellOf(attributes);
    const sequence = [B, T, H];
    return [
      sequence,
      [B, H],
      [B, T, GH],
      ...(cell === "lstm" ? [sequence, [B, H]] : []),
      ...(cell === "gru" ? [sequence] : []),
      ...(isTrue(attributes, "dropout") ? [sequence] : []),
      ...(keepsSums(attributes) ? [[B, T, GH]] : []),
    ];
  },
  multiplyAdds: (inputs, _, attributes) => {
    const { B, T, H, GH } = recurrentSizes(at(inputs, 0), attributes);
    return B * T * H * GH;
  },
  // The gates of a step take the place of its projection.
  inPlace: () => [[2, 0]],
  gradient: ({ builder, inputs, outputs, outputGradients, attributes, needs }) => {
    const given = recurrentInputs(inputs, attributes);
    const made = recurrentOutputs(outputs, attributes);
    const flows = recurrentOutputs(outputGradients, attributes);
    if ([flows.gates, flows.cells, flows.inner, flows.dropped, flows.sums].some((gradient) => gradient !== undefined && gradient !== null))
      throw new Error("recurrent: no gradient goes through the gates");
    const transposed = builder.one("permute", [given.kernel], { axes: [1, 0] });
    const walk = builder.emit(
      "recurrent_gradient",
      present(
        ...[transposed, made.states, made.gates, made.cells, made.inner, made.sums],
        ...[given.initial, given.initialCell, given.mask, given.dropout],
        ...[flows.states, flows.final, flows.finalCell],
      ),
      { ...attributes, d_states: isThere(flows.states), d_final: isThere(flows.final), d_final_cell: isThere(flows.finalCell) },
    );
    const { dProjection, dInitial, dInitialCell, dInner } = recurrentGradientOutputs(walk, attributes);
    const wanted = recurrentInputs(needs, attributes);
    const weights =
      wanted.kernel || wanted.recurrentBias === true
        ? builder.emit(
            "recurrent_kernel_gradient",
            present(made.dropped ?? made.states, dProjection, dInner ?? made.inner, made.dropped === undefined ? given.initial : undefined),
            attributes,
          )
        : [];
    const [dKernel = null, sums, innerSums] = weights;
    if (sums !== undefined) builder.knowRowSum(dProjection, sums);
    const dBias = given.recurrentBias === undefined || sums === undefined ? null : biasOf(builder, sums, innerSums);
    const gradients: RecurrentInputs<Tensor | null> = {
      projection: dProjection,
      kernel: dKernel,
      recurrentBias: given.recurrentBias && dBias,
      initial: given.initial && dInitial,
      initialCell: given.initialCell && (dInitialCell ?? null),
    };
    const { projection, kernel, recurrentBias, initial, initialCell } = gradients;
    const ordered = [projection, kernel, recurrentBias, initial, initialCell].filter((gradient) => gradient !== undefined);
    return [...ordered, ...inputs.slice(ordered.length).map(() => null)];
  },
};

/** The gradient of the recurrent bias: what resets after the product has one of its own for the candidate. */
function biasOf(builder: Emitter, sums: Tensor, innerSums: Tensor | undefined): Tensor {
  if (innerSums === undefined) return sums;
  const gates = builder.one("slice", [sums], { axis: 0, start: 0, size: at(sums.shape, 0) - at(innerSums.shape, 0) });
  return builder.one("concatenate", [gates, innerSums], { axis: 0 });
}

const isThere = (tensor: Tensor | null | undefined): boolean => tensor !== null && tensor !== undefined;
const present = (...tensors: (Tensor | null | undefined)[]): Tensor[] =>
  tensors.filter((tensor) => tensor !== null && tensor !== undefined);

/** The walk back through time: {@link RecurrentGradientInputs} to {@link RecurrentGradientOutputs}. */
export const recurrentGradient: OpDefinition = {
  outputShapes: (inputs, attributes) => {
    const { gates } = recurrentGradientInputs(inputs, attributes);
    const { B, T, H } = recurrentSizes(gates, attributes);
    return [gates, [B, H], ...(cellOf(attributes) === "lstm" ? [[B, H]] : []), ...(resetsAfter(attributes) ? [[B, T, H]] : [])];
  },
  // Gradients of the gates take the place of the gates, those of the inner product its place.
  inPlace: (attributes) => {
    const indices = Array.from({ length: MOST_OPERANDS }, (_, i) => i);
    const { gates, inner } = recurrentGradientInputs(indices, attributes);
    const { dProjection, dInner } = recurrentGradientOutputs(indices, attributes);
    const ofGates = [dProjection, gates] as const;
    return inner === undefined || dInner === undefined ? [ofGates] : [ofGates, [dInner, inner] as const];
  },
  multiplyAdds: (inputs, _, attributes) => {
    const { B, T, H, GH } = recurrentSizes(recurrentGradientInputs(inputs, attributes).gates, attributes);
    return B * T * H * GH;
  },
};

/**
 * {@link RecurrentKernelGradientInputs} to the gradient of the recurrent kernel [H, GH], the sums over all steps of dProjection [GH] and,
 * of a gru that resets after, of dInner [H].
 */
export const recurrentKernelGradient: OpDefinition = {
  outputShapes: (inputs, attributes) => {
    const { H, GH } = recurrentSizes(recurrentKernelGradientInputs(inputs, attributes).dProjection, attributes);
    return [[H, GH], [GH], ...(resetsAfter(attributes) ? [[H]] : [])];
  },
  multiplyAdds: (inputs, _, attributes) => {
    const { B, T, H, GH } = recurrentSizes(recurrentKernelGradientInputs(inputs, attributes).dProjection, attributes);
    return B * T * H * GH;
  },
};
