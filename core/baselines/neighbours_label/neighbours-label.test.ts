import { expect, it } from "vitest";
import { baselineImplementation } from "../implementations.ts";

const both = (a: number, b: number): number[][] => [
  [a, b, 1],
  [b, a, 1],
];

it("labels go along a path by hand; a node's own label does not speak for it, and where none comes the shares of the classes do", () => {
  // 0 is a, 3 and 5 are b; 4 hangs on nothing, 5 on nothing but itself.
  const edges = [...both(0, 1), ...both(1, 2), ...both(2, 3), [5, 5, 1]].sort((x, y) => (x[1] ?? 0) - (y[1] ?? 0)).flat();
  const task = { kind: "classes", count: 2, width: 0, words: false, window: null, graph: { nodeCount: 6, edges } } as const;
  const work = baselineImplementation("neighbours_label").fit(
    { rows: 3, inputs: [], targets: [0, 1, 1], weights: null, nodes: [0, 3, 5] },
    task,
    0,
  );
  const { value } = work.next();
  if (value === undefined) throw new Error("it is small enough to be done at once");
  const said = value.predict([], 7, { nodes: [0, 1, 2, 3, 4, 5, -1], incoming: [[], [], [], [], [], [], [1, 1, 3, 2]] });
  const yes = Array.from(said).filter((_, place) => place % 2 === 0);
  // The new one: two thirds of b, and of node 1 with half that weight.
  const expected = [2 / 3, 2 / 3, 1 / 3, 1 / 3, 1 / 3, 1 / 3, 2 / 9];
  expected.forEach((share, node) => {
    expect(yes[node], `node ${node}`).toBeCloseTo(share, 5);
  });
});
