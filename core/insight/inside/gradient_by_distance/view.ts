/**
 * Gradient by distance in time: how much the loss would move with the state after each step, by how many steps lie between it and the
 * end. Where it falls to nothing the layer cannot learn from what is that long ago.
 */
import { array, defineView } from "../look.ts";

export default defineView({
  name: "gradient_by_distance",
  gradientOf: "loss",
  fits: ({ traits, inputPorts }) => traits.sequencesField !== undefined && inputPorts.includes("initial_state"),
  look: ({ timeGradients }) => {
    const { distances, norms } = timeGradients();
    return {
      arrays: [array("distances", [distances.length], distances), array("norms", [norms.length], norms)],
      labels: {},
      figures: {},
    };
  },
});
