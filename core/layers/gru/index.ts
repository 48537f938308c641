/** GRU (Cho et al. 2014): a state that two gates mix with new content, simpler than an LSTM and often as good (Keras's GRU). */
import { bool } from "../../schema/fields.ts";
import { defineLayer } from "../define-layer.ts";
import { cellActivationField } from "../fields.ts";
import {
  buildRecurrent,
  cellParameters,
  kerasCell,
  kerasRecurrent,
  recurrentFields,
  recurrentPorts,
  recurrentShapes,
  requireSequence,
} from "../recurrent.ts";
import { pytorchRecurrent } from "../recurrent-pytorch.ts";
import { texts } from "./texts.ts";

const { units, activation, ...rest } = recurrentFields();
const ports = recurrentPorts("gru");

export default defineLayer({
  type: "gru",
  group: "recurrent",
  icon: "GR",
  schema: {
    units,
    activation,
    recurrent_activation: cellActivationField("sigmoid"),
    ...rest,
    reset_after: bool({ default: true, advanced: true }),
  },
  texts,
  traits: { unitsField: "units", sequencesField: "return_sequences", cellActivationField: "activation", mask: "uses" },
  ports,
  headline: (c) => `${c.units}`,
  outputShapes: ({ config, ...arrivals }) => recurrentShapes("gru", config, arrivals),
  parameters: ({ config, ...arrivals }) => cellParameters("gru", config, requireSequence(config, arrivals, ports.inputs).features),
  build: (context) => buildRecurrent("gru", context),
  pytorch: ({ config, ...arrivals }) => pytorchRecurrent("gru", config, arrivals),
  keras: ({ config, ...arrivals }) => kerasRecurrent("GRU", kerasCell("gru", config), arrivals, ports.inputs, [0, 1]),
  examples: [
    { name: "the last state", config: { units: 4 }, inputs: [[5, 3]] },
    {
      name: "all states, from a given one",
      config: { units: 3, return_sequences: true },
      inputs: [[4, 2], [3]],
      ports: ["input", "initial_state"],
    },
    { name: "without bias", config: { units: 2, use_bias: false }, inputs: [[3, 2]] },
    { name: "reset before the product", config: { units: 3, reset_after: false, return_sequences: true }, inputs: [[4, 2]] },
    {
      name: "reset before the product, padded, from a state",
      config: { units: 3, reset_after: false, return_sequences: true },
      inputs: [[4, 2], [3]],
      ports: ["input", "initial_state"],
      masked: [0],
    },
    { name: "reset before the product, without bias", config: { units: 2, reset_after: false, use_bias: false }, inputs: [[3, 1]] },
    { name: "backwards", config: { units: 3, return_sequences: true, go_backwards: true }, inputs: [[4, 2]] },
    { name: "padded", config: { units: 3, return_sequences: true }, inputs: [[4, 2]], masked: [0] },
    { name: "a mask that is wired", config: { units: 2 }, inputs: [[5, 2], [5]], ports: ["input", "mask"] },
    { name: "other activations", config: { units: 3, activation: "relu", recurrent_activation: "hard_sigmoid" }, inputs: [[4, 2]] },
  ],
});
