/** A threshold of another aim, or of other costs, is not shown as the best one: it could be kept with the model. */
import { expect, test } from "vitest";
import { answeredBest } from "./best-point.ts";

const point = { threshold: 0.4, truePositives: 5, falsePositives: 1, trueNegatives: 6, falseNegatives: 2 };
const nothing = () => undefined;
const answer = { value: { point }, error: null, progress: 1, pending: false, cancelled: false, cancel: nothing, restart: nothing };

test("what the host found is the best point", () => {
  expect(answeredBest(answer)).toMatchObject({ point, stands: point, isKnown: true });
  expect(answeredBest({ ...answer, value: { point: null } })).toMatchObject({ point: undefined, isKnown: true });
});

test("while the next aim is asked for, the point before is none to be kept, and it says how far it is", () => {
  const best = answeredBest({ ...answer, pending: true, progress: 0.3 });
  expect(best.point).toBeUndefined();
  expect(best.isKnown).toBe(false);
  expect(best.answer).toMatchObject({ value: null, progress: 0.3 });
  expect(best.stands).toEqual(point);
});
