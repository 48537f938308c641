/** Ensembles through the whole host: made of trained runs, judged on the same rows, asked about new ones. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { isEnsemble } from "../../core/ensembles/ensemble.ts";
import type { OpenedHost } from "../../main/host/host.ts";
import { hasEnded, type OpenedTemplate, openTemplate, runUntil, startRun, testHome } from "./fixture.ts";

async function trainedWith(host: OpenedHost, opened: OpenedTemplate, train: Record<string, unknown>) {
  const design = { ...opened.design, train: { ...opened.design.train, ...train } };
  return runUntil(host, (await startRun(host, { ...opened, design })).id, hasEnded);
}

function csvOf(host: OpenedHost, download: string): string[][] {
  const text = readFileSync(host.downloads.resolve(download)?.path ?? "", "utf8").trim();
  return text.split("\n").map((line) => line.split(","));
}

/** Iris has fifty rows of each species, in their order. */
const csvLabel = (row: number): string => ["setosa", "versicolor", "virginica"][Math.floor(row / 50)] ?? "";

describe("an ensemble", () => {
  it("is a run with an evaluation, says the mean of what its members say, of new rows too, and tells what is gained", async () => {
    await using home = testHome();
    const host = await home.open();
    const opened = await openTemplate(host, "softmax-regression", { epochs: 1 });
    const members = [await trainedWith(host, opened, { epochs: 2 }), await trainedWith(host, opened, { epochs: 6 })];
    const ids = members.map(({ id }) => id);
    const { run } = await host.handlers["ensembles.create"]({ ids, rule: "average", name: "both" });
    expect([run.status, isEnsemble(run), run.has_model, run.tags]).toEqual(["done", true, false, ["ensemble"]]);
    const { evaluation } = await host.handlers["runs.evaluation"]({ id: run.id, part: "validation" });
    expect(evaluation.outputs[0]?.figures["accuracy"]).toBe(run.metrics["val_accuracy"]);
    const predict = async (id: string) => {
      const answer = await host.handlers["exports.predictions"]({ run_id: id, dataset_id: opened.datasetId, id_columns: [] });
      return csvOf(host, answer.download);
    };
    const [first = [], second = [], both = []] = [await predict(ids[0] ?? ""), await predict(ids[1] ?? ""), await predict(run.id)];
    expect(both[0]).toEqual(first[0]);
    expect(both).toHaveLength(151);
    for (let row = 1; row < both.length; row += 1)
      for (let column = 1; column < (both[row]?.length ?? 0); column += 1) {
        const mean = (Number(first[row]?.[column]) + Number(second[row]?.[column])) / 2;
        expect(Number(both[row]?.[column])).toBeCloseTo(mean, 9);
      }
    const found = await host.handlers["ensembles.describe"]({ id: run.id, part: "validation" });
    expect(found.members.map(({ id }) => id)).toEqual(ids);
    members.forEach((member, k) => expect(found.members[k]?.error).toBeCloseTo(1 - (member.metrics["val_accuracy"] ?? Number.NaN), 9));
    expect(found.gain).toBeCloseTo(Math.min(...found.members.map(({ error }) => error)) - found.error, 12);
    expect(found.pairs).toHaveLength(1);
    // What asks single rows of a run asks an ensemble as well.
    const sliced = await host.handlers["runs.slices"]({ id: run.id, part: "validation", node_id: null, column: "species", bins: 3 });
    expect(sliced.mean).toBeCloseTo(found.error, 12);
    // Single rows, those of another data set, and values that are typed.
    const others = { id: run.id, dataset_id: opened.datasetId };
    const whole = (await host.handlers["runs.evaluation"](others)).evaluation;
    const right = both.slice(1).filter(([said], row) => said === csvLabel(row)).length;
    expect([whole.rows, (whole.outputs[0]?.figures["accuracy"] ?? Number.NaN) * 150]).toEqual([150, right]);
    const ask = { ...others, part: "validation" as const, node_id: null, actual: null, predicted: null, count: 500 };
    const examples = await host.handlers["runs.examples"](ask);
    expect([examples.total, examples.target_column]).toEqual([150, "species"]);
    for (const { row, predicted, confidence } of examples.rows) {
      expect(predicted).toEqual([both[row + 1]?.[0]]);
      expect(confidence).toBeCloseTo(Math.max(...(both[row + 1] ?? []).slice(1).map(Number)), 9);
    }
    const values = Object.fromEntries(examples.columns.map((name, place) => [name, examples.rows[0]?.cells[place] ?? null]));
    const tried = await host.handlers["runs.try"]({ id: run.id, values, picture: null, effects: true });
    expect(tried.outputs).toHaveLength(1);
    expect(tried.outputs[0]?.shares.map(({ share }) => String(share))).toEqual(both[(examples.rows[0]?.row ?? 0) + 1]?.slice(1));
    expect(tried.effects).toHaveLength(4);
    const stacked = (await host.handlers["ensembles.create"]({ ids, rule: "stacking" })).run;
    expect(stacked.metrics["val_accuracy"]).toBeGreaterThan(0.5);
    expect((await predict(stacked.id))[0]).toEqual(first[0]);
    // Its members are asked one after the other: told of, ended at once when it is cancelled, and asked anew by the next.
    const shares: number[] = [];
    host.onEvent((event, payload) => {
      if (event === "evaluation.progress" && "done" in payload && "total" in payload) shares.push(payload.done / payload.total);
    });
    const training = { id: run.id, part: "training" as const };
    const cancelled = host.handlers["runs.evaluation"]({ ...training, task_id: "cancelled" });
    await host.handlers["runs.cancel_evaluation"]({ task_id: "cancelled" });
    await expect(cancelled).rejects.toMatchObject({ code: "run.evaluation_cancelled" });
    shares.length = 0;
    const { evaluation: learnt } = await host.handlers["runs.evaluation"]({ ...training, task_id: "told" });
    expect(learnt.rows).toBeGreaterThan(100);
    expect(shares.length).toBeGreaterThan(1);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.every((share) => share >= 0 && share <= 1)).toBe(true);
  });

  it("of votes is judged anew when a member decides by another threshold, as one that is made then", async () => {
    await using home = testHome();
    const host = await home.open();
    const opened = await openTemplate(host, "xor", { epochs: 1 });
    const members: string[] = [];
    for (const epochs of [2, 4, 20]) members.push((await trainedWith(host, opened, { epochs })).id);
    const make = async (rule: "vote" | "average") => (await host.handlers["ensembles.create"]({ ids: members, rule })).run;
    const [voted, averaged] = [await make("vote"), await make("average")];
    const judged = async (id: string) => ({
      evaluation: (await host.handlers["runs.evaluation"]({ id, part: "validation" })).evaluation,
      metrics: (await host.handlers["runs.get"]({ id })).run.metrics,
    });
    const [before, mean] = [await judged(voted.id), await judged(averaged.id)];
    const node_id = before.evaluation.outputs[0]?.node_id ?? "";
    // From here on two of three say yes to every row.
    for (const id of members.slice(0, 2)) await host.handlers["runs.keep_threshold"]({ id, node_id, threshold: 0.0001 });
    const after = await judged(voted.id);
    expect(after).toEqual(await judged((await make("vote")).id));
    expect(after.evaluation).not.toEqual(before.evaluation);
    expect(after.evaluation.outputs[0]?.figures["recall"]).toBe(1);
    // What members say, whatever they decide, has not changed.
    expect(await judged(averaged.id)).toEqual(mean);
    for (const id of members.slice(0, 2)) await host.handlers["runs.keep_threshold"]({ id, node_id, threshold: null });
    expect(await judged(voted.id)).toEqual(before);
  });

  it("refuses members that do not fit, and leaves nothing behind", async () => {
    await using home = testHome();
    const host = await home.open();
    const opened = await openTemplate(host, "softmax-regression", { epochs: 1 });
    const one = await trainedWith(host, opened, {});
    const other = await trainedWith(host, await openTemplate(host, "xor", { epochs: 1 }), {});
    const refused = async (ids: string[], rule: "average" | "vote", code: string) =>
      expect(host.handlers["ensembles.create"]({ ids, rule })).rejects.toMatchObject({ code });
    await refused([one.id, other.id], "average", "ensemble.other_project");
    await refused([one.id, one.id], "average", "ensemble.too_few_members");
    // Another split: the rows that both hold out are few.
    const { data } = opened.design;
    if (data === null) throw new Error("the template has data");
    const elsewhere = { ...opened, design: { ...opened.design, data: { ...data, split: { ...data.split, seed: 99 } } } };
    await refused([one.id, (await trainedWith(host, elsewhere, {})).id], "average", "ensemble.rows_differ");
    const before = (await host.handlers["runs.list"]({ project_id: null })).runs.length;
    const { run } = await host.handlers["ensembles.create"]({
      ids: [one.id, (await trainedWith(host, opened, { epochs: 3 })).id],
      rule: "vote",
    });
    await refused([one.id, run.id], "average", "ensemble.not_a_model");
    await host.handlers["runs.delete"]({ ids: [one.id] });
    await expect(host.handlers["ensembles.describe"]({ id: run.id, part: "validation" })).rejects.toMatchObject({
      code: "ensemble.member_gone",
    });
    await host.handlers["runs.restore"]({ ids: [one.id] });
    expect((await host.handlers["runs.list"]({ project_id: null })).runs).toHaveLength(before + 2);
  });
});
