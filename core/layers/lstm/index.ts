/** LSTM (Hochreiter & Schmidhuber 1997, with the forget gate of Gers et al. 2000): a state and a cell that gates write, keep and read (Keras's LSTM). */
import { bool } from "../../schema/fields.ts";
import { defineLayer } from "../define-layer.ts";
import { cellActivationField } from "../fields.ts";
import { recurrentFields } from "../recurrent.ts";
import { layerOfCell } from "../recurrent-layer.ts";
import { texts } from "./texts.ts";

const { units, activation, ...rest } = recurrentFields();

export default defineLayer({
  ...layerOfCell("lstm", "LSTM"),
  icon: "LS",
  schema: {
    units,
    activation,
    recurrent_activation: cellActivationField("sigmoid"),
    ...rest,
    unit_forget_bias: bool({ default: true, advanced: true }),
  },
  texts,
  examples: [
    { name: "the last state", config: { units: 4 }, inputs: [[5, 3]] },
    { name: "all states", config: { units: 3, return_sequences: true }, inputs: [[4, 2]] },
    { name: "without bias, one step of one feature", config: { units: 2, use_bias: false }, inputs: [[1, 1]] },
    {
      name: "from given states",
      config: { units: 3, return_sequences: true },
      inputs: [[4, 2], [3], [3]],
      ports: ["input", "initial_state", "initial_cell_state"],
    },
    { name: "from a state without a cell state", config: { units: 3 }, inputs: [[3, 2], [3]], ports: ["input", "initial_state"] },
    { name: "backwards", config: { units: 3, return_sequences: true, go_backwards: true }, inputs: [[4, 2]] },
    { name: "padded", config: { units: 3, return_sequences: true }, inputs: [[4, 2]], masked: [0] },
    { name: "padded and backwards, the last state", config: { units: 3, go_backwards: true }, inputs: [[4, 2]], masked: [0] },
    {
      name: "a mask that is wired, states given",
      config: { units: 2, return_sequences: true },
      inputs: [[5, 2], [2], [2], [5]],
    },
    { name: "other activations", config: { units: 3, activation: "softsign", recurrent_activation: "hard_sigmoid" }, inputs: [[4, 2]] },
    { name: "penalties", config: { units: 2, l1: 0.01, l2: 0.02 }, inputs: [[3, 2]] },
    {
      name: "penalties of all weights and of the output, constraints",
      config: {
        units: 2,
        return_sequences: true,
        recurrent_l1: 0.03,
        recurrent_l2: 0.04,
        bias_l1: 0.05,
        bias_l2: 0.06,
        activity_l1: 0.07,
        activity_l2: 0.08,
        kernel_constraint: "max_norm",
        recurrent_constraint: "unit_norm",
        bias_constraint: "non_neg",
      },
      inputs: [[3, 2]],
    },
  ],
});
