import { expect, it } from "vitest";
import { baselineImplementation } from "../implementations.ts";

const fitted = (task: object, training: object) => {
  const work = baselineImplementation("one_input").fit(training as never, task as never, 0);
  for (;;) {
    const next = work.next();
    if (next.done === true) return next.value;
  }
};

it("of classes it looks up the place that says most, and of a value never seen it gives the shares", () => {
  // The second place says all, the first nothing.
  const inputs = [1, 7, 1, 7, 1, 9, 1, 9, 1, 9];
  const { predict } = fitted(
    { kind: "classes", count: 2, width: 2, words: false, window: null, isStep: true },
    { rows: 5, inputs, targets: [0, 0, 1, 1, 0], weights: null },
  );
  expect([...predict([1, 7, 1, 9, 1, 8], 3)]).toEqual([1, 0, 1 / 3, 2 / 3, 3 / 5, 2 / 5]);
});
