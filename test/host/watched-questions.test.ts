/** What goes over all rows of a run tells how far it is, and a cancel ends it and leaves nothing behind. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { hasEnded, openTemplate, runUntil, startRun, testHome } from "./fixture.ts";

describe("questions over all rows", () => {
  it("end when they are cancelled, and are answered when they are asked again", async () => {
    await using home = testHome();
    const host = await home.open();
    const opened = await openTemplate(host, "softmax-regression", { epochs: 1 });
    const trained = async () => runUntil(host, (await startRun(host, opened)).id, hasEnded);
    const [one, other] = [await trained(), await trained()];
    const { handlers } = host;
    const rows = { id: one.id, part: "training", node_id: null } as const;
    const ids = [one.id, other.id];
    const questions: Record<string, (task_id: string) => Promise<unknown>> = {
      slices: (task_id) => handlers["runs.slices"]({ ...rows, task_id, column: "species", bins: 3 }),
      examples: (task_id) => handlers["runs.examples"]({ ...rows, task_id, actual: null, predicted: null, count: 10 }),
      disagreements: (task_id) =>
        handlers["runs.disagreements"]({ task_id, ids: [one.id, other.id], part: "training", only: null, count: 10 }),
      predictions: (task_id) =>
        handlers["exports.predictions"]({ task_id, run_id: one.id, dataset_id: opened.datasetId, id_columns: ["species"] }),
      report: (task_id) => handlers["exports.report"]({ task_id, run_ids: ids, language: "en" }),
      ensemble: (task_id) => handlers["ensembles.create"]({ task_id, ids, rule: "average" }),
    };
    const outgoing = (): string[] => readdirSync(join(home.path, "outgoing"));
    const told = new Map<string, number[]>();
    host.onEvent((event, payload) => {
      if (event !== "evaluation.progress" || !("task_id" in payload && "done" in payload && "total" in payload)) return;
      told.set(String(payload.task_id), [...(told.get(String(payload.task_id)) ?? []), payload.done / payload.total]);
    });
    const listed = async (): Promise<number> => (await handlers["runs.list"]({ project_id: opened.projectId })).runs.length;
    for (const [name, ask] of Object.entries(questions)) {
      const [cancelled, before, kept] = [ask(`${name} cancelled`), await listed(), outgoing().length];
      await handlers["runs.cancel_evaluation"]({ task_id: `${name} cancelled` });
      await expect(cancelled, name).rejects.toMatchObject({ code: "run.evaluation_cancelled" });
      expect(await listed(), name).toBe(before);
      expect(outgoing().length, name).toBe(name === "predictions" ? kept - 1 : kept);
      await expect(ask(`${name} answered`), name).resolves.toBeDefined();
    }
    expect(outgoing()).toHaveLength(2);
    for (const [name, shares] of told) {
      expect(shares, name).toEqual(shares.toSorted((a, b) => a - b));
      expect(
        shares.every((share) => share >= 0 && share <= 1),
        name,
      ).toBe(true);
    }
  });
});
