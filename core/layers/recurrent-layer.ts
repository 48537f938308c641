/** A recurrent layer of one cell: what simple_rnn, lstm and gru are beyond their options, words and examples. */
import type { KerasConfig, KerasReading, KerasSource, LayerDefinition } from "./layer.ts";
import {
  buildRecurrent,
  type CellConfig,
  type CellName,
  cellParameters,
  kerasCell,
  kerasRecurrent,
  recurrentPorts,
  recurrentShapes,
  requireSequence,
} from "./recurrent.ts";
import { pytorchRecurrent } from "./recurrent-pytorch.ts";

type Context<K extends "outputShapes" | "parameters" | "build" | "pytorch" | "keras"> = Omit<
  Parameters<NonNullable<LayerDefinition[K]>>[0],
  "config"
> & { readonly config: CellConfig };

/** A cell that says nothing of `reset_after` is older than the option. */
export const resetFromKeras = (cell: CellName, { reset_after }: KerasConfig, { older }: KerasSource): { readonly reset_after?: false } =>
  cell === "gru" && reset_after === undefined && older ? { reset_after: false } : {};

/** Keras's class gives the output, then its states, in the order of our ports. */
export function layerOfCell(cell: CellName, kerasClass: string) {
  const ports = recurrentPorts(cell);
  const names = ports.inputs.map(({ name }) => name);
  return {
    type: cell,
    group: "recurrent",
    traits: { reads: "sequence", unitsField: "units", sequencesField: "return_sequences", cellActivationField: "activation", mask: "uses" },
    ports,
    headline: (config: CellConfig) => `${config.units}`,
    outputShapes: ({ config, ...arrivals }: Context<"outputShapes">) => recurrentShapes(cell, config, arrivals),
    parameters: ({ config, ...arrivals }: Context<"parameters">) =>
      cellParameters(cell, config, requireSequence(config, arrivals, ports.inputs).features),
    build: (context: Context<"build">) => buildRecurrent(cell, context),
    pytorch: ({ config, ...arrivals }: Context<"pytorch">) => pytorchRecurrent(cell, config, arrivals),
    keras: ({ config, ...arrivals }: Context<"keras">) =>
      kerasRecurrent(kerasClass, kerasCell(cell, config), arrivals, ports.inputs, [...ports.outputs.keys()]),
    fromKeras: {
      config: (keras, source) => resetFromKeras(cell, keras, source),
      arguments: { sequences: names.filter((name) => name !== "mask"), initial_state: names.slice(1, -1), mask: ["mask"] },
      // Keras 3 hands no mask on by itself to a layer that is given more than one tensor.
      losesMask: (given, older) => !older && (given.includes("initial_state") || given.includes(1)) && !given.includes("mask"),
    } satisfies KerasReading,
  } as const;
}
