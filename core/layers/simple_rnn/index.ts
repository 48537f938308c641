/** SimpleRNN (Elman 1990): the state is a function of the input and of the state before (Keras's SimpleRNN). */
import { defineLayer } from "../define-layer.ts";
import { recurrentFields } from "../recurrent.ts";
import { layerOfCell } from "../recurrent-layer.ts";
import { texts } from "./texts.ts";

export default defineLayer({
  ...layerOfCell("simple_rnn", "SimpleRNN"),
  icon: "RN",
  schema: recurrentFields(),
  texts,
  examples: [
    { name: "the last state", config: { units: 4 }, inputs: [[5, 3]] },
    {
      name: "all states, from a given one",
      config: { units: 3, return_sequences: true },
      inputs: [[4, 2], [3]],
      ports: ["input", "initial_state"],
    },
    { name: "without bias", config: { units: 2, use_bias: false }, inputs: [[3, 1]] },
    { name: "backwards, relu", config: { units: 3, return_sequences: true, go_backwards: true, activation: "relu" }, inputs: [[4, 2]] },
    { name: "padded", config: { units: 3, return_sequences: true }, inputs: [[4, 2]], masked: [0] },
    { name: "a mask that is wired, from a state", config: { units: 2 }, inputs: [[5, 2], [2], [5]] },
    { name: "gelu", config: { units: 3, activation: "gelu" }, inputs: [[3, 2]] },
    { name: "linear", config: { units: 2, activation: "linear" }, inputs: [[3, 2]] },
  ],
});
