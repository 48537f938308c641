import { expect, test } from "vitest";
import type { RunGroup } from "../../core/protocol/methods.ts";
import { formatFigure } from "../ui/format.ts";
import { axesOf } from "./parallel-axes.ts";

test("the ends of a range are written as the round numbers between them", () => {
  const target = { of: "training", option: "optimizer.learning_rate" };
  const range = { form: "range", low: 1e-4, high: 0.1, scale: "log", whole: false, points: 3 };
  const group = { plan: { kind: "sweep", dimensions: [{ target, values: range }] } } as unknown as RunGroup;
  const [axis] = axesOf(group, [], "val_loss", String, "Loss", formatFigure, (_target, value) => String(value));
  expect(axis?.marks.map(({ text }) => text)).toEqual(["1e-4", "3e-4", "1e-3", "3e-3", "1e-2", "3e-2", "0.1"]);
});
