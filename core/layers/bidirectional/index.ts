/** Bidirectional (Schuster & Paliwal 1997): one cell reads the sequence forwards, another backwards, and both answers are merged (Keras's Bidirectional). */
import type { Tensor } from "../../ir/tensor.ts";
import { bool, choice } from "../../schema/fields.ts";
import { defineLayer } from "../define-layer.ts";
import { cellActivationField } from "../fields.ts";
import { configFromKeras } from "../from-keras.ts";
import { refuseOption } from "../keras-options.ts";
import { type KerasConfig, onPort } from "../layer.ts";
import {
  BIDIRECTIONAL_PORTS,
  type CellConfig,
  type CellName,
  cellParameters,
  kerasCell,
  kerasRecurrent,
  recurrentFields,
  requireSequence,
  runCell,
} from "../recurrent.ts";
import { resetFromKeras } from "../recurrent-layer.ts";
import { pytorchBidirectional } from "../recurrent-pytorch.ts";
import { kerasObject } from "../weight-options.ts";
import { texts } from "./texts.ts";

// Keras penalises the outputs of each direction; here a layer behind does it, for what they are merged to.
const { units, activation, go_backwards: _, activity_l1: __, activity_l2: ___, ...rest } = recurrentFields();
const CELLS = ["lstm", "gru", "simple_rnn"] as const;
const KERAS_CELLS: Readonly<Record<CellName, string>> = { lstm: "LSTM", gru: "GRU", simple_rnn: "SimpleRNN" };

/** The options of one of the cells: those of other cells have no meaning for it. */
function cellConfig(
  config: Omit<CellConfig, "activity_l1" | "activity_l2"> & { readonly cell: CellName; readonly merge_mode: string },
): CellConfig {
  const { cell, merge_mode: __, recurrent_activation = "sigmoid", reset_after = true, unit_forget_bias = true, ...own } = config;
  const shared = { ...own, activity_l1: 0, activity_l2: 0 };
  if (cell === "lstm") return { ...shared, recurrent_activation, unit_forget_bias };
  return cell === "gru" ? { ...shared, recurrent_activation, reset_after } : shared;
}

/** The layer inside Keras's Bidirectional. */
function kerasDirection(layer: unknown): { readonly name: string; readonly cell: CellName | undefined; readonly config: KerasConfig } {
  const { class_name: name = "", config = {} } = (layer ?? {}) as { readonly class_name?: string; readonly config?: KerasConfig };
  return { name, cell: CELLS.find((one) => KERAS_CELLS[one] === name), config };
}

/** Of the cell inside: Bidirectional gives zeros for padding by itself. */
const INNER = { reads: ["zero_output_for_mask"] };

/** The options of one direction, for a comparison with those of the other. */
const comparable = ({ name: _, seed: __, zero_output_for_mask: ___, ...config }: KerasConfig): string =>
  JSON.stringify(
    Object.entries(config).toSorted(([a], [b]) => (a < b ? -1 : 1)),
    (key, value: unknown) => (key === "seed" ? null : value),
  );

const gated = { field: "cell", values: ["lstm", "gru"] } as const;

const schema = {
  cell: choice({ values: CELLS, default: "lstm" }),
  merge_mode: choice({ values: ["concat", "sum", "mul", "ave"], default: "concat" }),
  units,
  activation,
  recurrent_activation: { ...cellActivationField("sigmoid"), visibleWhen: gated },
  ...rest,
  unit_forget_bias: bool({ default: true, advanced: true, visibleWhen: { field: "cell", values: ["lstm"] } }),
  reset_after: bool({ default: true, advanced: true, visibleWhen: { field: "cell", values: ["gru"] } }),
};

export default defineLayer({
  type: "bidirectional",
  group: "recurrent",
  icon: "⇄",
  schema,
  texts,
  traits: {
    reads: "sequence",
    sequencesField: "return_sequences",
    cellActivationField: "activation",
    mergeField: "merge_mode",
    mask: "uses",
  },
  ports: BIDIRECTIONAL_PORTS,
  headline: (c) => `${KERAS_CELLS[c.cell]} ${c.units}`,
  outputShapes: ({ config, ...arrivals }) => {
    const { steps } = requireSequence(cellConfig(config), arrivals, BIDIRECTIONAL_PORTS.inputs);
    const width = config.merge_mode === "concat" ? 2 * config.units : config.units;
    const states = Array.from({ length: config.cell === "lstm" ? 4 : 2 }, () => [config.units]);
    return [config.return_sequences ? [steps, width] : [width], ...states];
  },
  parameters: ({ config, ...arrivals }) => {
    const own = cellConfig(config);
    const { features } = requireSequence(own, arrivals, BIDIRECTIONAL_PORTS.inputs);
    return ["forward_", "backward_"].flatMap((prefix) => cellParameters(config.cell, own, features, prefix));
  },
  build: (context) => {
    const { builder, config } = context;
    const { inputs: ports } = BIDIRECTIONAL_PORTS;
    const x = onPort(context, ports, "input");
    if (x === undefined) throw new Error("bidirectional: no input");
    const mask = onPort(context, ports, "mask") ?? onPort({ ...context, inputs: context.masks }, ports, "input");
    const run = (reverse: boolean) => {
      const [prefix, firstStream] = reverse ? ["backward_", 2] : ["forward_", 0];
      const own = { cell: config.cell, x, mask, reverse, prefix: String(prefix), firstStream: Number(firstStream) };
      const { sequence, last, ...states } = runCell({ ...context, config: cellConfig(config) }, own);
      if (!config.return_sequences) return { output: last, ...states };
      // Keras's Bidirectional gives zeros where the sequence is padded.
      return { output: mask === undefined ? sequence : builder.one("mask_steps", [sequence, mask], { zeros: "masked" }), ...states };
    };
    const [forward, backward] = [run(false), run(true)];
    if (config.return_sequences && mask !== undefined) context.maskOutput(mask);
    const both: readonly Tensor[] = [forward.output, backward.output];
    const axis = forward.output.shape.length - 1;
    const merged = {
      concat: () => builder.one("concatenate", both, { axis }),
      sum: () => builder.one("add", both),
      mul: () => builder.one("multiply", both),
      ave: () => builder.one("scale", [builder.one("add", both)], { factor: 0.5 }),
    }[config.merge_mode]();
    const cellStates = [forward.cellState, backward.cellState].filter((tensor) => tensor !== undefined);
    return [merged, forward.state, backward.state, ...cellStates];
  },
  pytorch: ({ config, ...arrivals }) => {
    const own = cellConfig(config);
    const { features } = requireSequence(own, arrivals, BIDIRECTIONAL_PORTS.inputs);
    return pytorchBidirectional(config.cell, config.merge_mode, own, features, arrivals, BIDIRECTIONAL_PORTS.inputs);
  },
  keras: ({ config, ...arrivals }) => {
    const cell = kerasCell(config.cell, cellConfig(config));
    const layerOf = (more: Readonly<Record<string, unknown>>) => kerasObject("layers", KERAS_CELLS[config.cell], { ...cell, ...more });
    const own = { layer: layerOf({}), merge_mode: config.merge_mode };
    const order = config.cell === "lstm" ? [0, 1, 3, 2, 4] : [0, 1, 2];
    const mapping = kerasRecurrent("Bidirectional", own, arrivals, BIDIRECTIONAL_PORTS.inputs, order);
    // The option is the cell's, not that of the layer around it.
    return { ...mapping, laterOutputs: { config: { layer: layerOf({ return_state: true }) }, order } };
  },
  fromKeras: {
    reads: ["layer", "merge_mode", "backward_layer"],
    config: ({ layer, merge_mode, backward_layer: backward }, source) => {
      const { name, cell, config } = kerasDirection(layer);
      if (cell === undefined) return refuseOption("layer", name);
      if (merge_mode === null) refuseOption("merge_mode", merge_mode);
      const back = backward === undefined || backward === null ? undefined : kerasDirection(backward);
      if (back !== undefined && (back.cell !== cell || comparable(back.config) !== comparable({ ...config, go_backwards: true })))
        refuseOption("backward_layer", back.config);
      const inner = configFromKeras({ schema, fromKeras: INNER }, config, { ...source, className: name });
      return { ...inner, ...resetFromKeras(cell, config, source), cell, merge_mode };
    },
    arguments: { sequences: ["input"], initial_state: [], mask: ["mask"] },
    outputs: ({ layer }) =>
      kerasDirection(layer).cell === "lstm"
        ? ["output", "forward_state", "forward_cell_state", "backward_state", "backward_cell_state"]
        : ["output", "forward_state", "backward_state"],
  },
  examples: [
    { name: "lstm", config: { units: 3 }, inputs: [[4, 2]] },
    { name: "lstm, all states, average", config: { units: 2, return_sequences: true, merge_mode: "ave" }, inputs: [[4, 2]] },
    { name: "lstm, all states, padded", config: { units: 2, return_sequences: true }, inputs: [[4, 2]], masked: [0] },
    { name: "gru, sum", config: { cell: "gru", units: 3, merge_mode: "sum" }, inputs: [[4, 2]] },
    { name: "gru, all states, product", config: { cell: "gru", units: 2, return_sequences: true, merge_mode: "mul" }, inputs: [[3, 2]] },
    { name: "gru, reset before, padded", config: { cell: "gru", units: 2, reset_after: false }, inputs: [[4, 2]], masked: [0] },
    { name: "simple rnn, all states", config: { cell: "simple_rnn", units: 3, return_sequences: true }, inputs: [[4, 2]] },
    {
      name: "lstm, penalties of all weights",
      config: { units: 2, l1: 0.01, l2: 0.02, recurrent_l1: 0.03, recurrent_l2: 0.04, bias_l1: 0.05, bias_l2: 0.06 },
      inputs: [[3, 2]],
    },
    { name: "simple rnn, a mask that is wired", config: { cell: "simple_rnn", units: 2 }, inputs: [[4, 2], [4]] },
  ],
});
