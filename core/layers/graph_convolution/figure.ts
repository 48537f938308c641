/** One number for each node of a small graph, and the number that its neighbours and it give together. */
import { defineFigure } from "../figure.ts";

export default defineFigure({
  kind: "graph",
  inputs: [[6, 1]],
  links: [
    [0, 1],
    [1, 2],
    [2, 3],
    [3, 0],
    [3, 4],
    [4, 5],
  ],
  values: "tokens",
  options: { units: 1, activation: "linear", node_count: 0 },
});
