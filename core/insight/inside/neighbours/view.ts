/**
 * What the answer for a node of a graph hangs on in its neighbourhood: how far it falls with one of its links cut, link by link.
 * Positive: that neighbour speaks for it.
 */
import { array, defineView } from "../look.ts";

export default defineView({
  name: "neighbours",
  explains: true,
  fits: ({ feeds }) => feeds === "graph",
  look: ({ objective, links }) => {
    const { links: cut, count } = links();
    const falls = cut
      .map(({ name, weight, scoreWithout }) => ({ name, weight, fall: objective.value - scoreWithout }))
      .sort((a, b) => Math.abs(b.fall) - Math.abs(a.fall));
    return {
      arrays: [
        array(
          "neighbours",
          [falls.length],
          falls.map(({ fall }) => fall),
        ),
        array(
          "weights",
          [falls.length],
          falls.map(({ weight }) => weight),
        ),
      ],
      labels: { explained: [objective.label], neighbours: falls.map(({ name }) => name) },
      figures: { explained: objective.value, links: count },
    };
  },
});
