/** Bagging through the whole host: each member on a draw of its own, the same bits after a kill, then their ensemble and what it says out of the bag. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { bagOf } from "../../core/data/bags.ts";
import { Random } from "../../core/data/random.ts";
import { isEnsemble } from "../../core/ensembles/ensemble.ts";
import { readModel } from "../../core/export/json/model-json.ts";
import type { Run } from "../../core/protocol/methods.ts";
import type { OpenedHost } from "../../main/host/host.ts";
import { hasEnded, openTemplate, runUntil, testHome } from "./fixture.ts";

const BAGS = 4;
const plan = { kind: "ensemble", method: "bagging", bags: BAGS, rule: "average", seed: 3 } as const;

function groupDone(host: OpenedHost, id: string): Promise<readonly Run[]> {
  return new Promise((resolve, reject) => {
    const look = (): void => {
      host.handlers["groups.get"]({ id }).then(({ group, runs }) => {
        if (group.status !== "done") return;
        stop();
        resolve(runs);
      }, reject);
    };
    const stop = host.onEvent((event) => {
      if (event === "group.changed") look();
    });
    look();
  });
}

async function weightsOf(host: OpenedHost, runId: string): Promise<readonly unknown[]> {
  const exported = await host.handlers["exports.model"]({ run_id: runId, format: "json", plain_arrays: false });
  return readModel(readFileSync(host.downloads.resolve(exported.download)?.path ?? "", "utf8")).weights.map(({ values }) => values);
}

describe("a group of bags", () => {
  it("trains each member on a draw of its own, makes their ensemble, and answers every row by those that did not draw it", async () => {
    await using home = testHome();
    const host = await home.open();
    const opened = await openTemplate(host, "digits", { epochs: 2, early_stopping: { enabled: false } });
    const { group } = await host.handlers["groups.start"]({
      project_id: opened.projectId,
      dataset_id: opened.datasetId,
      design: opened.design,
      plan,
    });
    const runs = await groupDone(host, group.id);
    expect(runs.map((run) => [run.status, run.group_options])).toEqual([0, 1, 2, 3].map((bag) => ["done", { bag, seed: 3 + bag }]));
    const designs = await Promise.all(runs.map(async ({ id }) => (await host.handlers["runs.get"]({ id })).design));
    // The seed of the split is that of the design, whatever seed the weights begin with.
    expect(new Set(designs.map(({ data }) => data?.split.seed)).size).toBe(1);

    const { run: ensemble } = await host.handlers["groups.combine"]({ id: group.id });
    expect(isEnsemble(ensemble)).toBe(true);
    expect((await host.handlers["groups.combine"]({ id: group.id })).run.id).toBe(ensemble.id);
    const described = await host.handlers["ensembles.describe"]({ id: ensemble.id, part: "validation" });
    expect(described.members.map(({ id }) => id)).toEqual(runs.map(({ id }) => id));
    expect(described.pairs).toHaveLength(6);
    expect(described.pairs.some(({ disagreement }) => (disagreement ?? 0) > 0)).toBe(true);
    // All hold out the same rows: as many as each member was judged by.
    const { evaluation } = await host.handlers["runs.evaluation"]({ id: runs[0]?.id ?? "", part: "validation" });
    expect(described.rows).toBe(evaluation?.rows);

    const found = await host.handlers["groups.out_of_bag"]({ id: group.id });
    const all = found.training_rows;
    expect(all + described.rows).toBe(1797);
    // What was drawn, drawn here once more.
    const rows = Uint32Array.from({ length: all }, (_, row) => row);
    const seed = designs[0]?.data?.split.seed ?? 0;
    const bags = Array.from({ length: BAGS }, (_, bag) => bagOf(rows, new Random(seed, 0x5ba60000 + bag)));
    expect(found.members.map(({ drawn, left }) => [drawn, left])).toEqual(bags.map(({ left }) => [all - left.length, left.length]));
    expect(found.rows).toBe(new Set(bags.flatMap(({ left }) => [...left])).size);
    expect(found.judges).toBeCloseTo(bags.reduce((sum, { left }) => sum + left.length, 0) / found.rows, 10);
    expect(found.figures["accuracy"]).toBeCloseTo(1 - found.error, 10);
    const alone = found.members.reduce((sum, { error }) => sum + error, 0) / BAGS;
    expect(found.error).toBeLessThan(alone);
  });

  it("says of each row what the members said that did not draw it, as a table", async () => {
    await using home = testHome();
    const host = await home.open();
    const { projectId: project_id, datasetId: dataset_id, design } = await openTemplate(host, "softmax-regression", { epochs: 2 });
    const { group } = await host.handlers["groups.start"]({ project_id, dataset_id, design, plan });
    await groupDone(host, group.id);
    const shares: number[] = [];
    host.onEvent((event, payload) => {
      if (event === "evaluation.progress" && "done" in payload) shares.push(payload.done / payload.total);
    });
    // One who gives up leaves the others with their answer.
    const givenUp = host.handlers["groups.out_of_bag"]({ task_id: "given up", id: group.id });
    const waits = host.handlers["groups.out_of_bag"]({ task_id: "waits", id: group.id });
    await host.handlers["runs.cancel_evaluation"]({ task_id: "given up" });
    await expect(givenUp).rejects.toMatchObject({ code: "run.evaluation_cancelled" });
    const found = await waits;
    expect(shares.length).toBeGreaterThan(BAGS);
    const { download, rows, file_name } = await host.handlers["groups.out_of_bag_table"]({ id: group.id });
    const [head = "", ...lines] = readFileSync(host.downloads.resolve(download)?.path ?? "", "utf8")
      .trimEnd()
      .split("\n");
    expect([file_name, lines.length, rows]).toEqual(["4 bags out of bag.csv", found.rows, found.rows]);
    expect(head).toBe("row,species,prediction,probability_setosa,probability_versicolor,probability_virginica,members");
    const cells = lines.map((line) => line.split(","));
    // Iris has fifty rows of each species, in their order.
    for (const [row, truth] of cells) expect(truth).toBe(["setosa", "versicolor", "virginica"][Math.floor((Number(row) - 1) / 50)]);
    expect(cells.filter(([, truth, said]) => truth !== said).length / lines.length).toBeCloseTo(found.error, 12);
    expect(cells.reduce((sum, line) => sum + Number(line.at(-1)), 0) / lines.length).toBeCloseTo(found.judges, 12);
  });

  it("tells when its members have ended and their ensemble could not be made", async () => {
    await using home = testHome();
    const host = await home.open();
    const { projectId: project_id, datasetId: dataset_id, design } = await openTemplate(host, "xor", { epochs: 2 });
    const told = new Promise((resolve) => {
      host.onEvent((event, payload) => {
        if (event === "group.not_combined") resolve(payload);
      });
    });
    const { group, runs } = await host.handlers["groups.start"]({ project_id, dataset_id, design, plan: { ...plan, bags: 2 } });
    await host.handlers["runs.stop"]({ id: runs[1]?.id ?? "" });
    expect(await told).toMatchObject({
      group: { id: group.id, status: "done" },
      error: { code: "run.no_bags", params: { name: "2 bags" } },
    });
  });

  it("of whose members one that is torn away goes on to the bits of one that was not, on the rows of its own bag", async () => {
    await using home = testHome();
    const before = await home.open();
    const opened = await openTemplate(before, "digits", { epochs: 40, early_stopping: { enabled: false } });
    const split = { ...opened.design.data?.split, seed: 5, bag: 1 };
    const start = async (host: OpenedHost, bag: typeof split) => {
      const design = { ...opened.design, data: { ...opened.design.data, split: bag } } as typeof opened.design;
      return (await host.handlers["runs.start"]({ project_id: opened.projectId, dataset_id: opened.datasetId, design })).run;
    };
    const torn = await start(before, split);
    await runUntil(before, torn.id, (run) => run.epoch > 3);
    // A pause first, so that the training cannot be over before it is torn away.
    await before.handlers["runs.pause"]({ id: torn.id });
    await runUntil(before, torn.id, (run) => run.status === "paused");
    await before.shutdown({ checkpoint: true });
    const host = await home.open();
    await host.handlers["runs.resume"]({ id: torn.id });
    expect((await runUntil(host, torn.id, hasEnded)).status).toBe("done");
    const [whole, other] = [await start(host, split), await start(host, { ...split, bag: 2 })];
    await runUntil(host, other.id, hasEnded);
    expect(await weightsOf(host, torn.id)).toEqual(await weightsOf(host, whole.id));
    expect(await weightsOf(host, other.id)).not.toEqual(await weightsOf(host, whole.id));
  });
});
