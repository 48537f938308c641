/** An evaluation that is made while a threshold is kept: it is not saved as the run's own with the decisions of before. */
import { setImmediate } from "node:timers/promises";
import { expect, it } from "vitest";
import type { Evaluation, Run } from "../../../core/protocol/methods.ts";
import { type EvaluationSurroundings, evaluationHandlers } from "./evaluation.ts";

const BEFORE = 1;
const KEPT = 2;

/** A run whose model is one byte, and whose evaluations say in their loss which model they are of. */
function surroundings(savesModel: () => Promise<void> = async () => undefined) {
  let model = BEFORE;
  const kept = new Map<string, Evaluation>();
  const waiting: (() => void)[] = [];
  const predictions = {
    generation: 0,
    forgetAll: () => {
      predictions.generation += 1;
    },
  };
  const around = {
    store: {
      getRun: (id: string) => ({ id, dataset_id: "d" }) as Run,
      runDesign: () => ({ data: null }),
      getDataset: () => ({ profile: { dataset: { fingerprint: "f" } } }),
      getSettings: () => ({}),
      loadEvaluation: (_: string, part: string) => kept.get(part) ?? null,
      saveEvaluation: (_: string, part: string, evaluation: Evaluation) => kept.set(part, evaluation),
      saveModel: async () => {
        await savesModel();
        model = KEPT;
      },
    },
    models: { file: async () => Uint8Array.of(model) },
    predictions,
    asked: { withThreshold: async () => Uint8Array.of(KEPT) },
    questions: { ask: (_: unknown, act: (watch: object) => unknown) => act({}) },
    tablePath: async () => "",
    decidesAnew: async () => undefined,
    startTask: (task: { readonly model: Uint8Array }) =>
      new Promise((resolve) =>
        waiting.push(() => resolve({ kind: "evaluation", evaluation: { rows: 1, loss: task.model[0] ?? 0, outputs: [] } })),
      ),
  };
  /** Answers the worker that has waited longest, once there is one. */
  const answerOne = async (): Promise<void> => {
    for (let tries = 0; waiting.length === 0 && tries < 50; tries += 1) await setImmediate();
    waiting.shift()?.();
  };
  return { handlers: evaluationHandlers(around as unknown as EvaluationSurroundings), kept, answerOne };
}

const threshold = { id: "r", node_id: "out", threshold: 0.3 };

it("one that ends after it is asked again", async () => {
  const { handlers, kept, answerOne } = surroundings();
  const evaluated = handlers["runs.evaluation"]({ id: "r", part: "training" });
  await handlers["runs.keep_threshold"](threshold);
  await answerOne();
  await answerOne();
  expect((await evaluated).evaluation.loss).toBe(KEPT);
  expect(kept.get("training")?.loss).toBe(KEPT);
});

it("one that ends while the model is written is made again", async () => {
  const found: { evaluated?: Promise<unknown> } = {};
  const { handlers, kept, answerOne } = surroundings(async () => {
    await answerOne();
    await found.evaluated;
  });
  found.evaluated = handlers["runs.evaluation"]({ id: "r", part: "training" });
  const keeping = handlers["runs.keep_threshold"](threshold);
  await found.evaluated;
  expect(kept.get("training")?.loss).toBe(BEFORE);
  await answerOne();
  await keeping;
  expect(kept.get("training")?.loss).toBe(KEPT);
});
