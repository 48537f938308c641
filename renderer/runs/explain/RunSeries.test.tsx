/** The curve of a series after a question that failed: what was chosen stays, and something else can be chosen. */
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test, vi } from "vitest";
import { AppError } from "../../../core/errors.ts";
import { methods, type Run } from "../../../core/protocol/methods.ts";
import { RunSeries } from "./RunSeries.tsx";

// What the modules of the page ask of the window when they are loaded; the host's answers, in turn.
const { answers } = vi.hoisted(() => {
  const media = { matches: false, addEventListener: () => undefined };
  const document = { documentElement: { dataset: {} }, querySelector: () => null };
  Object.assign(globalThis, { window: { matchMedia: () => media, addEventListener: () => undefined }, document });
  const given: unknown[] = [];
  return { answers: given };
});
vi.mock("../../state/use-long-answer.ts", () => ({ useLongAnswer: () => (answers.length > 1 ? answers.shift() : answers[0]) }));

const series = methods["runs.series"].output.parse({
  total: 500,
  horizon: 1,
  time: null,
  dates: false,
  labels: ["load", "price"],
  points: [{ row: 0, x: 0, observed: 1, predicted: 2, part: "training" }],
  parts: [{ part: "training", from: 0, to: 399, rows: 400, error: 1, naive: 2 }],
});
const state = { progress: 0, pending: false, cancelled: false, cancel: () => undefined, restart: () => undefined };

test("choices stay where the next question failed, without the chart of another answer", () => {
  answers.splice(
    0,
    answers.length,
    { ...state, value: series, error: null },
    { ...state, value: null, error: new AppError("run.no_rows") },
  );
  const html = renderToStaticMarkup(<RunSeries run={{ id: "run" } as Run} />);
  expect(html).toContain('role="alert"');
  expect(html).toContain('<option value="200"');
  expect(html).toContain('<option value="1"');
  expect(html).not.toContain("series-observed");
});
