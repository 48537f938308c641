/**
 * Gradient by distance in time: how much the loss would move with the state after each step, by how many steps lie between it and the
 * end. Where it falls to nothing the layer cannot learn from what is that long ago.
 */
import { array, defineView } from "../look.ts";

export default defineView({
  name: "gradient_by_distance",
  gradientOf: "loss",
  fits: ({ traits }) => traits.sequencesField !== undefined,
  look: ({ timeGradients }) => ({
    arrays: timeGradients().flatMap(({ direction, distances, norms }) => [
      array(`${direction}distances`, [distances.length], distances),
      array(`${direction}norms`, [norms.length], norms),
    ]),
    labels: {},
    figures: {},
  }),
});
