/** GRU (Cho et al. 2014): a state that two gates mix with new content, simpler than an LSTM and often as good (Keras's GRU). */
import { bool } from "../../schema/fields.ts";
import { defineLayer } from "../define-layer.ts";
import { cellActivationField } from "../fields.ts";
import { recurrentFields } from "../recurrent.ts";
import { layerOfCell } from "../recurrent-layer.ts";
import { texts } from "./texts.ts";

const { units, activation, ...rest } = recurrentFields();

export default defineLayer({
  ...layerOfCell("gru", "GRU"),
  icon: "GR",
  schema: {
    units,
    activation,
    recurrent_activation: cellActivationField("sigmoid"),
    ...rest,
    reset_after: bool({ default: true, advanced: true }),
  },
  texts,
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
