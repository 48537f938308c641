import { expect, it } from "vitest";
import { WatchedQuestions } from "../evaluation/watched-questions.ts";
import type { HostEvents } from "../events.ts";
import { reportHandlers } from "./report.ts";

type Around = Parameters<typeof reportHandlers>[0];

it("a report that waits for what stands beside a series ends when it is cancelled", async () => {
  const questions = new WatchedQuestions({ emit: () => undefined } as unknown as HostEvents);
  let reached = (): void => undefined;
  const asked = new Promise<void>((resolve) => {
    reached = resolve;
  });
  const around = {
    store: {
      getRun: () => ({ id: "r", has_model: false, backend: null }),
      runDesign: () => ({ data: null }),
      readCurves: () => [],
      loadEvaluation: () => ({ rows: 1, loss: null, outputs: [] }),
    },
    questions,
    beside: () => {
      reached();
      return new Promise(() => undefined);
    },
  };
  const { "exports.report": report } = reportHandlers(around as unknown as Around);
  const made = report({ task_id: "t", run_ids: ["r"], language: "en" });
  await asked;
  await questions.handlers["runs.cancel_evaluation"]({ task_id: "t" });
  await expect(made).rejects.toMatchObject({ code: "run.evaluation_cancelled" });
});
