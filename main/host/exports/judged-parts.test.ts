/** Which parts of a run's rows its report judges: those held out, of each why not where it cannot be, and nothing at all once somebody has ended it. */
import { expect, test } from "vitest";
import { AppError } from "../../../core/errors.ts";
import type { DesignDocument } from "../../../core/graph/document.ts";
import type { Evaluation, Run } from "../../../core/protocol/methods.ts";
import { CANCELLED } from "../evaluation/watched-questions.ts";
import { type Judges, judgedParts } from "./judged-parts.ts";

const design = (test_fraction?: number): DesignDocument =>
  ({ data: { split: { method: "random", ...(test_fraction === undefined ? {} : { test_fraction }) } } }) as unknown as DesignDocument;
const run = (more: Partial<Run> = {}): Run => ({ id: "r", has_model: true, backend: "wasm", status: "done", ...more }) as Run;
const numbers = {
  rows: 3,
  loss: 1,
  outputs: [{ node_id: "n", name: "out", task: "numbers", labels: ["a", "b"] }],
} as unknown as Evaluation;
const nothing: Evaluation = { rows: 0, loss: null, outputs: [] };

function judges(of: Partial<Record<"validation" | "training" | "test", Evaluation | AppError>>): Judges & { asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    evaluated: async (_, part) => {
      const found = of[part];
      if (found === undefined || found instanceof AppError) throw found ?? new Error("not asked for");
      return found;
    },
    residuals: async ({ part, target }) => {
      asked.push(`${part} ${target}`);
      return { target } as never;
    },
  };
}

test("the rows held out and those of the test, with the residuals of every target; where nothing was held out those of training", async () => {
  const both = judges({ validation: numbers, test: numbers });
  const found = await judgedParts(both, run(), design(0.2), {});
  expect(found.map(({ part, error }) => [part, error])).toEqual([
    ["validation", null],
    ["test", null],
  ]);
  expect(both.asked).toEqual(["validation 0", "validation 1", "test 0", "test 1"]);
  expect(found[0]?.residuals.map(({ label }) => label)).toEqual(["a", "b"]);
  expect((await judgedParts(judges({ validation: nothing, training: numbers }), run(), design(), {})).map(({ part }) => part)).toEqual([
    "training",
  ]);
});

test("a part that cannot be judged says why beside the others; a run that answers nothing has none", async () => {
  const found = await judgedParts(judges({ validation: numbers, test: new AppError("run.no_test_rows") }), run(), design(0.2), {});
  expect(found.map(({ evaluation, error }) => [evaluation !== null, error?.code ?? null])).toEqual([
    [true, null],
    [false, "run.no_test_rows"],
  ]);
  expect(await judgedParts(judges({}), run({ has_model: false }), design(), {})).toEqual([]);
});

test("what was ended ends the report", async () => {
  const ended = judgedParts(judges({ validation: new AppError(CANCELLED) }), run(), design(), {});
  await expect(ended).rejects.toMatchObject({ code: CANCELLED });
});

test("how far it is only grows, over both parts", async () => {
  const told: number[] = [];
  const both = judges({ validation: numbers, test: numbers });
  const telling: Judges = {
    evaluated: (id, part, watch) => {
      for (const share of [0, 0.5, 1]) watch.onProgress?.(share);
      return both.evaluated(id, part, watch);
    },
    residuals: (input, watch) => {
      watch.onProgress?.(1);
      return both.residuals(input, watch);
    },
  };
  await judgedParts(telling, run(), design(0.2), { onProgress: (share) => told.push(share) });
  expect(told).toEqual(told.toSorted((a, b) => a - b));
  expect(told.at(-1)).toBe(1);
});
