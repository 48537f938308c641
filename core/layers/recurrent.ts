/**
 * What the recurrent layers share: ports, options, weights and the ops they emit. The product with the input kernel is one `linear`
 * over all steps; the op `recurrent` walks through time. Names and defaults are Keras's.
 */
import { activationDefinition } from "../activations/definitions.ts";
import { AppError } from "../errors.ts";
import type { Builder } from "../ir/builder.ts";
import { type Shape, showShape, type Tensor } from "../ir/tensor.ts";
import { bool, type ConfigOf, float, int } from "../schema/fields.ts";
import { cellActivationField, initializerField, penaltyField } from "./fields.ts";
import { type Arrivals, type BuildNotes, type KerasMapping, onPort, type ParameterDefinition, type Port } from "./layer.ts";
import { requireRank } from "./shapes.ts";
import {
  biasProperties,
  constraintField,
  initializerValueField,
  kerasPenalty,
  kerasWeight,
  kernelProperties,
  maxNormField,
  normAxesField,
  weightOptions,
  withoutNull,
} from "./weight-options.ts";

export type CellName = "simple_rnn" | "lstm" | "gru";
const GATES: Readonly<Record<CellName, number>> = { simple_rnn: 1, lstm: 4, gru: 3 };

export const recurrentFields = () => ({
  units: int({ default: 64, min: 1, max: 65_536 }),
  activation: cellActivationField("tanh"),
  use_bias: bool({ default: true, advanced: true }),
  return_sequences: bool({ default: false }),
  go_backwards: bool({ default: false, advanced: true }),
  dropout: float({ default: 0, min: 0, max: 1, exclusiveMax: true }),
  recurrent_dropout: float({ default: 0, min: 0, max: 1, exclusiveMax: true, advanced: true }),
  ...weightOptions(),
  recurrent_initializer: initializerField("orthogonal"),
  recurrent_initializer_value: initializerValueField("recurrent_initializer"),
  recurrent_l1: penaltyField(),
  recurrent_l2: penaltyField(),
  recurrent_constraint: constraintField(),
  recurrent_max_norm: maxNormField("recurrent_constraint"),
  recurrent_norm_axes: normAxesField("recurrent_constraint"),
});

/** Options of one cell; those that a cell does not have are left out. */
export interface CellConfig extends Omit<ConfigOf<ReturnType<typeof recurrentFields>>, "activation" | "go_backwards"> {
  readonly activation: string;
  readonly recurrent_activation?: string;
  readonly go_backwards?: boolean;
  readonly unit_forget_bias?: boolean;
  readonly reset_after?: boolean;
}

const state = (name: string): Port => ({ name, kind: "float", optional: true });
const MASK: Port = { name: "mask", kind: "mask", optional: true };

export function recurrentPorts(cell: CellName): { readonly inputs: readonly Port[]; readonly outputs: readonly Port[] } {
  const outputs: Port[] = [
    { name: "output", kind: "float" },
    { name: "state", kind: "float" },
  ];
  const inputs: Port[] = [{ name: "input", kind: "float" }, state("initial_state")];
  return cell === "lstm"
    ? { inputs: [...inputs, state("initial_cell_state"), MASK], outputs: [...outputs, { name: "cell_state", kind: "float" }] }
    : { inputs: [...inputs, MASK], outputs };
}
export const BIDIRECTIONAL_PORTS: { readonly inputs: readonly Port[]; readonly outputs: readonly Port[] } = {
  inputs: [{ name: "input", kind: "float" }, MASK],
  outputs: [
    { name: "output", kind: "float" },
    { name: "forward_state", kind: "float" },
    { name: "backward_state", kind: "float" },
    // Of lstm only: the other cells have no state beside their output.
    { name: "forward_cell_state", kind: "float" },
    { name: "backward_cell_state", kind: "float" },
  ],
};

/** @throws AppError for functions of whole rows: a gate decides number by number */
function requireElementwise(option: string, name: string | undefined): void {
  if (name !== undefined && activationDefinition(name).op !== "unary")
    throw new AppError("design.gate_activation", { option, activation: name });
}

/** Steps and features of what arrives. @throws AppError where a shape or an activation does not fit */
export function requireSequence(
  config: CellConfig,
  arrivals: Arrivals<Shape>,
  ports: readonly Port[],
): { steps: number; features: number } {
  requireElementwise("activation", config.activation);
  requireElementwise("recurrent_activation", config.recurrent_activation);
  const x = onPort(arrivals, ports, "input") ?? arrivals.inputs[0];
  const [steps = 0, features = 0] = requireRank(x === undefined ? [] : [x], 2, "[steps, features]");
  const expect = (name: string, expected: Shape): void => {
    const received = onPort(arrivals, ports, name);
    if (received !== undefined && showShape(received) !== showShape(expected))
      throw new AppError("design.recurrent_port", { port: name, expected: showShape(expected), received: showShape(received) });
  };
  for (const { name } of ports) {
    if (name.startsWith("initial_")) expect(name, [config.units]);
    if (name === "mask") expect(name, [steps]);
  }
  if (arrivals.inputs.length > ports.length)
    throw new AppError("design.too_many_inputs", { expected: ports.length, received: arrivals.inputs.length });
  return { steps, features };
}

/** Shapes of output, state and, for an lstm, cell state. */
export function recurrentShapes(cell: CellName, config: CellConfig, arrivals: Arrivals<Shape>): readonly Shape[] {
  const { steps } = requireSequence(config, arrivals, recurrentPorts(cell).inputs);
  const units = [config.units];
  return [config.return_sequences ? [steps, config.units] : units, units, ...(cell === "lstm" ? [units] : [])];
}

/** Kernel [features, gates], recurrent kernel [units, gates] and bias; the bias of a gru that resets after is [2, gates], as Keras has it. */
export function cellParameters(cell: CellName, config: CellConfig, features: number, prefix = ""): readonly ParameterDefinition[] {
  const { units } = config;
  const columns = GATES[cell] * units;
  const kernel = { name: `${prefix}kernel`, shape: [features, columns], fanIn: features, ...kernelProperties(config) };
  const recurrent = { name: `${prefix}recurrent_kernel`, shape: [units, columns], fanIn: units, ...recurrentProperties(config) };
  const weights = [kernel, recurrent].map((one) => ({ ...one, fanOut: columns }));
  if (!config.use_bias) return weights;
  const shape = cell === "gru" && config.reset_after === true ? [2, columns] : [columns];
  const fans = { fanIn: shape.length === 2 ? 2 : columns, fanOut: columns };
  const ones = cell === "lstm" && config.unit_forget_bias === true ? { ones: [units, 2 * units] as const } : {};
  return [...weights, { name: `${prefix}bias`, shape, ...biasProperties(config), ...fans, ...ones }];
}

const recurrentProperties = (config: CellConfig) =>
  kernelProperties({
    kernel_initializer: config.recurrent_initializer,
    kernel_initializer_value: config.recurrent_initializer_value,
    l1: config.recurrent_l1,
    l2: config.recurrent_l2,
    kernel_constraint: config.recurrent_constraint,
    kernel_max_norm: config.recurrent_max_norm,
    kernel_norm_axes: config.recurrent_norm_axes,
  });

/** What a layer hands to its cells. */
interface CellContext extends Pick<BuildNotes, "tap"> {
  readonly builder: Builder;
  readonly config: CellConfig;
  readonly parameters: Readonly<Record<string, Tensor>>;
  readonly training: boolean;
  readonly stream: number;
  readonly seed: number;
}

interface CellRun {
  readonly cell: CellName;
  readonly x: Tensor;
  readonly mask: Tensor | undefined;
  readonly initial?: Tensor | undefined;
  readonly initialCell?: Tensor | undefined;
  readonly reverse: boolean;
  /** Before the names of parameters and taps: of one direction of several. */
  readonly prefix?: string;
  /** Numbers of the random streams; different for each direction. */
  readonly firstStream?: number;
}

export interface CellTensors {
  /** [B, T, units], in the order of the input also when time runs backwards. */
  readonly sequence: Tensor;
  /** [B, units]: what the last step of the walk gives. */
  readonly last: Tensor;
  readonly state: Tensor;
  readonly cellState: Tensor | undefined;
}

/** Streams of a node's own streams: far from those of other nodes. */
const STREAMS = 1 << 20;

/** Ones and zeros, divided by the rate that is kept: [B, width], one draw a sample for all steps. */
function dropoutFactors({ builder, stream, seed }: CellContext, shape: Shape, rate: number, number: number): Tensor {
  const ones = builder.one("fill", [], { shape, value: 1 });
  return builder.one("dropout", [ones], { rate, seed, stream: stream + STREAMS * (1 + number) });
}

function droppedInput(context: CellContext, x: Tensor, number: number): Tensor {
  const { builder, config, training } = context;
  const [B = 1, T = 1, features = 1] = x.shape;
  if (!training || config.dropout === 0) return x;
  const factors = dropoutFactors(context, [B, 1, features], config.dropout, number);
  return builder.one("multiply", [x, builder.one("repeat", [factors], { axis: 1, times: T })]);
}

/** Row `row` of a bias [2, columns], as a vector. */
const biasRow = (builder: Builder, bias: Tensor, row: number): Tensor =>
  builder.reshape(builder.one("slice", [bias], { axis: 0, start: row, size: 1 }), [bias.shape[1] ?? 1]);

/** One cell over the whole sequence. */
export function runCell(context: CellContext, run: CellRun): CellTensors {
  const { builder, config, parameters, training } = context;
  const { cell, x, mask, reverse, prefix = "", firstStream = 0 } = run;
  const parameter = (name: string): Tensor | undefined => parameters[prefix + name];
  const [kernel, recurrentKernel, bias] = [parameter("kernel"), parameter("recurrent_kernel"), parameter("bias")];
  if (kernel === undefined || recurrentKernel === undefined) throw new Error("recurrent: no kernel");
  const [B = 1, T = 1] = x.shape;
  const { units } = config;
  const twoBiases = bias !== undefined && bias.shape.length === 2;
  const inputBias = bias === undefined || !twoBiases ? bias : biasRow(builder, bias, 0);
  const fed = droppedInput(context, x, firstStream);
  const projection = builder.one("linear", inputBias === undefined ? [fed, kernel] : [fed, kernel, inputBias]);
  const dropout =
    training && config.recurrent_dropout > 0 ? dropoutFactors(context, [B, units], config.recurrent_dropout, firstStream + 1) : undefined;
  const hasInitial = run.initial !== undefined || run.initialCell !== undefined;
  const orZeros = (tensor: Tensor | undefined): Tensor => tensor ?? builder.one("fill", [], { shape: [B, units], value: 0 });
  const inputs = [
    projection,
    recurrentKernel,
    ...(twoBiases ? [biasRow(builder, bias, 1)] : []),
    ...(hasInitial ? [orZeros(run.initial), ...(cell === "lstm" ? [orZeros(run.initialCell)] : [])] : []),
    ...(mask === undefined ? [] : [mask]),
    ...(dropout === undefined ? [] : [dropout]),
  ];
  const [states, final, gates, cells, cellState] = builder.emit("recurrent", inputs, {
    cell,
    activation: config.activation,
    recurrent_activation: config.recurrent_activation ?? "linear",
    reset_after: config.reset_after === true,
    reverse,
    recurrent_bias: twoBiases,
    initial: hasInitial,
    mask: mask !== undefined,
    dropout: dropout !== undefined,
  });
  if (states === undefined || final === undefined || gates === undefined) throw new Error("recurrent: no states");
  context.tap(`${prefix}gates`, builder.reshape(gates, [B, T, GATES[cell], units]));
  context.tap(`${prefix}states`, states);
  if (cell === "lstm" && cells !== undefined) context.tap(`${prefix}cell_states`, cells);
  const ends = { state: final, cellState: cell === "lstm" ? cellState : undefined };
  if (mask === undefined || !hasInitial) return { sequence: states, last: final, ...ends };
  // Keras gives zeros for padding at the beginning, though the state is there from the start.
  const sequence = builder.one("mask_steps", [states, mask], { zeros: "before_first", reverse });
  const last = builder.one("slice", [sequence], { axis: 1, start: reverse ? 0 : T - 1, size: 1 });
  return { sequence, last: builder.reshape(last, [B, units]), ...ends };
}

/** A layer of one cell: output, state and, for an lstm, cell state. */
export function buildRecurrent(cell: CellName, context: CellContext & BuildNotes & Arrivals<Tensor>): readonly Tensor[] {
  const { builder, config } = context;
  const ports = recurrentPorts(cell).inputs;
  const x = onPort(context, ports, "input");
  if (x === undefined) throw new Error("recurrent: no input");
  const mask = onPort(context, ports, "mask") ?? onPort({ ...context, inputs: context.masks }, ports, "input");
  const reverse = config.go_backwards === true;
  const {
    sequence,
    last,
    state: final,
    cellState,
  } = runCell(context, {
    cell,
    x,
    mask,
    reverse,
    initial: onPort(context, ports, "initial_state"),
    initialCell: onPort(context, ports, "initial_cell_state"),
  });
  // The last step comes first: Keras leaves the order in which the steps were taken.
  const inOrder = (tensor: Tensor): Tensor => (reverse ? builder.one("flip", [tensor], { axis: 1 }) : tensor);
  if (config.return_sequences && mask !== undefined) context.maskOutput(inOrder(mask));
  return [config.return_sequences ? inOrder(sequence) : last, final, ...(cellState === undefined ? [] : [cellState])];
}

/** The options as Keras spells them. */
export function kerasCell(cell: CellName, config: CellConfig): Readonly<Record<string, unknown>> {
  const { units, activation, use_bias, return_sequences, dropout, recurrent_dropout } = config;
  const biasRank = cell === "gru" && config.reset_after === true ? 2 : 1;
  const own = { units, activation, use_bias, return_sequences, dropout, recurrent_dropout };
  const { recurrent_activation = null, go_backwards = null, unit_forget_bias = null, reset_after = null } = config;
  return withoutNull({
    ...own,
    ...{ recurrent_activation, go_backwards, unit_forget_bias, reset_after },
    ...kerasWeight("kernel", kernelProperties(config), 2),
    ...kerasWeight("recurrent", recurrentProperties(config), 2),
    ...kerasWeight("bias", biasProperties(config), biasRank),
    activity_regularizer: kerasPenalty(config.activity_l1, config.activity_l2),
  });
}

/** A recurrent layer of Keras: states that are wired come in as `initial_state`, a wired mask as `mask`. */
export function kerasRecurrent(
  className: string,
  config: Readonly<Record<string, unknown>>,
  arrivals: Arrivals<Shape>,
  ports: readonly Port[],
  later: readonly (number | null)[],
): KerasMapping {
  return {
    className,
    config,
    call: (layer, inputs) => {
      const named = (port: string): string | undefined => onPort({ ...arrivals, inputs }, ports, port);
      const [x = "", h, c, mask] = ["input", "initial_state", "initial_cell_state", "mask"].map(named);
      // A cell of an lstm that is given one state only begins the other at zero.
      const hasCell = ports.some(({ name }) => name === "initial_cell_state");
      const states = h === undefined && c === undefined ? [] : hasCell ? [h, c] : [h];
      const zeros = `keras.ops.zeros_like(${h ?? c ?? ""})`;
      const initial = states.length === 0 ? "" : `, initial_state=[${states.map((state) => state ?? zeros).join(", ")}]`;
      // With a state beside the sequence Keras hands no mask on by itself.
      const handed = initial === "" ? "" : `, mask=getattr(${x}, "_keras_mask", None)`;
      return `${layer}(${x}${initial}${mask === undefined ? handed : `, mask=keras.ops.cast(${mask}, "bool")`})`;
    },
    laterOutputs: { config: { return_state: true }, order: later },
  };
}
