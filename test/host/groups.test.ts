/** The queue and groups of runs through the whole host, with real worker threads, a real store and real data. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readModel } from "../../core/export/json/model-json.ts";
import type { MethodInput, Run, RunGroup } from "../../core/protocol/methods.ts";
import type { OpenedHost } from "../../main/host/host.ts";
import { hasEnded, type OpenedTemplate, openTemplate, runUntil, startRun, testHome } from "./fixture.ts";

const ENDLESS = { epochs: 100_000, early_stopping: { enabled: false } };

async function startGroup(host: OpenedHost, opened: OpenedTemplate, plan: MethodInput<"groups.start">["plan"]): Promise<string> {
  const { projectId: project_id, datasetId: dataset_id, design } = opened;
  return (await host.handlers["groups.start"]({ project_id, dataset_id, design, plan })).group.id;
}

/** The group once it is done, with its members. */
function groupDone(host: OpenedHost, id: string): Promise<{ group: RunGroup; runs: Run[] }> {
  return new Promise((resolve, reject) => {
    const look = (): void => {
      host.handlers["groups.get"]({ id }).then(({ group, runs }) => {
        if (group.status !== "done") return;
        stop();
        resolve({ group, runs });
      }, reject);
    };
    const stop = host.onEvent((event) => {
      if (event === "group.changed") look();
    });
    look();
  });
}

const statusOf = async (host: OpenedHost, id: string): Promise<Run["status"]> => (await host.handlers["runs.get"]({ id })).run.status;

/** One an epoch, in order. */
async function validationLosses(host: OpenedHost, id: string): Promise<readonly (number | null)[]> {
  const { curves } = await host.handlers["runs.curves"]({ id, max_points: 1000 });
  return curves.find((curve) => curve.name === "val_loss")?.y ?? [];
}

async function weightsOf(host: OpenedHost, runId: string): Promise<Record<string, unknown>> {
  const exported = await host.handlers["exports.model"]({ run_id: runId, format: "json", plain_arrays: false });
  const model = readModel(readFileSync(host.downloads.resolve(exported.download)?.path ?? "", "utf8"));
  return Object.fromEntries(model.weights.map((weight) => [weight.name, weight.values]));
}

describe("the queue", () => {
  it("trains one after the other in an order that can be changed, and what is cancelled never begins", async () => {
    await using home = testHome();
    const host = await home.open();
    const opened = await openTemplate(host, "digits", ENDLESS);
    const [first, second, third] = [await startRun(host, opened), await startRun(host, opened), await startRun(host, opened)];
    await runUntil(host, first.id, (run) => run.epoch > 1);
    const places = async (): Promise<string[]> =>
      (await host.handlers["runs.list"]({ project_id: null })).runs
        .filter((run) => run.queue_place !== null)
        .sort((a, b) => (a.queue_place ?? 0) - (b.queue_place ?? 0))
        .map((run) => run.id);
    expect(await places()).toEqual([second.id, third.id]);
    await host.handlers["queue.move"]({ id: third.id, before: second.id });
    expect(await places()).toEqual([third.id, second.id]);
    await host.handlers["runs.stop"]({ id: second.id });
    expect(await host.handlers["runs.get"]({ id: second.id })).toMatchObject({ run: { status: "stopped", step: 0, queue_place: null } });
    await host.handlers["runs.stop"]({ id: first.id });
    await runUntil(host, third.id, (run) => run.epoch > 1);
    expect(await statusOf(host, second.id)).toBe("stopped");
    await expect(host.handlers["queue.move"]({ id: third.id, before: null })).rejects.toThrow("run.not_waiting");
  });

  it("lets as many train side by side as the setting says, the threads shared out, and lets another in where one is paused", async () => {
    await using home = testHome();
    const host = await home.open();
    await host.handlers["app.set_setting"]({ key: "threads", value: 2 });
    const opened = await openTemplate(host, "digits", ENDLESS);
    const [first, second, third] = [await startRun(host, opened), await startRun(host, opened), await startRun(host, opened)];
    await runUntil(host, first.id, (run) => run.epoch > 1);
    expect(await statusOf(host, second.id)).toBe("queued");
    await host.handlers["app.set_setting"]({ key: "runs_at_once", value: 2 });
    expect((await runUntil(host, second.id, (run) => run.epoch > 1)).threads).toBe(1);
    expect([await statusOf(host, first.id), await statusOf(host, third.id)]).toEqual(["running", "queued"]);
    await host.handlers["runs.pause"]({ id: first.id });
    await runUntil(host, third.id, (run) => run.epoch > 1);
    expect(await statusOf(host, first.id)).toBe("paused");
  });

  it("outlives its process: what waited waits in the same order and goes on in the next window", async () => {
    await using home = testHome();
    const before = await home.open();
    const opened = await openTemplate(before, "digits", ENDLESS);
    const short = { ...opened, design: { ...opened.design, train: { ...opened.design.train, epochs: 2 } } };
    const [going, second, third] = [await startRun(before, opened), await startRun(before, short), await startRun(before, short)];
    await before.handlers["queue.move"]({ id: third.id, before: second.id });
    await runUntil(before, going.id, (run) => run.step > 5);
    await before.shutdown({ checkpoint: true });
    const idle = await home.open();
    expect([await statusOf(idle, going.id), await statusOf(idle, second.id)]).toEqual(["interrupted", "queued"]);
    await idle.shutdown({ checkpoint: true });
    const after = await home.open({ takeOverQueue: true });
    const [last, first] = [await runUntil(after, second.id, hasEnded), await runUntil(after, third.id, hasEnded)];
    expect([first.status, last.status]).toEqual(["done", "done"]);
    expect(first.ended_at ?? 0).toBeLessThanOrEqual(last.started_at ?? 0);
    expect(await statusOf(after, going.id)).toBe("interrupted");
  });
});

describe("groups", () => {
  it("of folds hold out every row once and keep what was predicted of it", async () => {
    await using home = testHome();
    const host = await home.open();
    const opened = await openTemplate(host, "digits", { epochs: 2, early_stopping: { enabled: false } });
    const id = await startGroup(host, opened, { kind: "folds", folds: 3 });
    const { runs } = await groupDone(host, id);
    expect(runs.map((run) => [run.status, run.group_index, run.group_options])).toEqual([0, 1, 2].map((fold) => ["done", fold, { fold }]));
    for (const run of runs) expect(run.metrics["val_accuracy"]).toBeGreaterThan(0.5);
    const { download, rows } = await host.handlers["groups.out_of_fold"]({ id });
    const [header, ...lines] = readFileSync(host.downloads.resolve(download)?.path ?? "", "utf8")
      .trim()
      .split("\n");
    expect(header).toMatch(/^row,fold,\w+,prediction,probability_0/);
    expect(rows).toBe(lines.length);
    expect(lines.map((line) => Number(line.split(",")[0]))).toEqual(Array.from({ length: lines.length }, (_, row) => row + 1));
    const { datasets } = await host.handlers["datasets.list"]({});
    expect(datasets.find((one) => one.id === opened.datasetId)?.row_count).toBe(rows);
    // The predictions are those of the model that never saw the row: as often right as its own figures say.
    const right = lines.filter((line) => line.split(",")[2] === line.split(",")[3]).length / rows;
    const sizes = [0, 1, 2].map((fold) => lines.filter((line) => Number(line.split(",")[1]) === fold + 1).length);
    const told = runs.reduce((sum, run, fold) => sum + (run.metrics["val_accuracy"] ?? 0) * (sizes[fold] as number), 0) / rows;
    expect(right).toBeCloseTo(told, 6);
  });

  it("say each thing that their figures say once, with the members of which it is said", async () => {
    await using home = testHome();
    const host = await home.open();
    const id = await startGroup(host, await openTemplate(host, "network-that-learns-by-heart"), { kind: "seeds", seeds: [0, 1] });
    expect(await host.handlers["groups.verdicts"]({ id })).toEqual({ ended: 0, verdicts: [] });
    const { runs } = await groupDone(host, id);
    const { ended, verdicts } = await host.handlers["groups.verdicts"]({ id });
    expect(ended).toBe(2);
    expect(verdicts[0]).toMatchObject({ code: "verdict.overfitting", tone: "problem", runs: runs.map((run) => run.id) });
    expect(new Set(verdicts.map(({ code }) => code)).size).toBe(verdicts.length);
    // The numbers are those of the first.
    const lowest = Math.min(...(await validationLosses(host, runs[0]?.id ?? "")).map((value) => value ?? Number.POSITIVE_INFINITY));
    expect(verdicts[0]?.params["low"]).toBeCloseTo(lowest, 3);
  });

  it("of a sweep try every setting, keep one that cannot be trained as failed, and end", async () => {
    await using home = testHome();
    const host = await home.open();
    const opened = await openTemplate(host, "digits", { epochs: 1, early_stopping: { enabled: false } });
    const hidden = opened.design.graph.nodes.find((node) => "units" in node.config)?.id ?? "";
    const id = await startGroup(host, opened, {
      kind: "sweep",
      dimensions: [
        { target: { of: "layer", node_id: hidden, option: "units" }, values: { form: "list", values: [4, 0] } },
        { target: { of: "training", option: "optimizer.learning_rate" }, values: { form: "list", values: [0.01, 0.001] } },
      ],
      method: "grid",
      trials: 100,
      seeds: [1, 2],
      monitor: "val_loss",
      better: "low",
      seed: 0,
      halving: null,
    });
    const { runs } = await groupDone(host, id);
    expect(runs.map((run) => run.status)).toEqual([...Array(4).fill("done"), ...Array(4).fill("failed")]);
    expect(runs[3]?.group_options).toEqual({ [`layer ${hidden} units`]: 4, "training optimizer.learning_rate": 0.001, seed: 2 });
    expect(runs[3]?.seed).toBe(2);
    const designs = await Promise.all(runs.slice(0, 4).map((run) => host.handlers["runs.get"]({ id: run.id })));
    expect(designs.map(({ design }) => design.graph.nodes.find((node) => node.id === hidden)?.config["units"])).toEqual([4, 4, 4, 4]);
    expect(runs[7]?.error?.code).toMatch(/^config\./);
  });

  it("of a search that learns come one by one, and hopeless members end at their rung", async () => {
    // So short that a run that did not wait at its rungs would have ended before it heard.
    const EPOCHS = 6;
    const RUNGS = [1, 2, 4];
    await using home = testHome();
    const host = await home.open();
    const opened = await openTemplate(host, "digits", { epochs: EPOCHS, batch_size: 8, early_stopping: { enabled: false } });
    const id = await startGroup(host, opened, {
      kind: "sweep",
      dimensions: [
        {
          target: { of: "training", option: "optimizer.learning_rate" },
          values: { form: "range", low: 1e-7, high: 1e-2, scale: "log", whole: false, points: 3 },
        },
      ],
      method: "tpe",
      trials: 7,
      seeds: [0],
      monitor: "val_loss",
      better: "low",
      seed: 3,
      halving: { first: 1, factor: 2 },
    });
    const { runs } = await groupDone(host, id);
    expect(runs).toHaveLength(7);
    const stopped = runs.filter((run) => run.status === "stopped");
    expect(stopped.length).toBeGreaterThan(1);
    expect(stopped.every((run) => run.epoch < EPOCHS && run.has_model)).toBe(true);
    // Each says what ended it, with the figure that its curve has at that rung; who came to an own end says nothing.
    expect(runs.filter((run) => run.error !== null)).toEqual(stopped);
    for (const run of stopped) {
      expect(run.error?.code).toBe("run.fell_behind");
      const { epoch = 0, own, last = 0, kept, all } = (run.error?.params ?? {}) as Record<string, number>;
      expect(RUNGS).toContain(epoch);
      // It ended there, not a step later.
      expect([run.epoch, run.step]).toEqual([epoch, epoch * run.steps_per_epoch]);
      expect(await validationLosses(host, run.id)).toHaveLength(epoch);
      expect((await validationLosses(host, run.id))[epoch - 1]).toBeCloseTo(own ?? 0, 3);
      expect(own).toBeGreaterThan(last);
      expect(kept).toBe(Math.floor((all ?? 0) / 2));
    }
    // The first has nobody to compare with; who is given up had at some rung one before it that did better.
    expect(runs[0]?.status).toBe("done");
    const curves = await Promise.all(runs.map((run) => validationLosses(host, run.id)));
    for (const [index, run] of runs.entries()) {
      if (run.status !== "stopped") continue;
      const behind = RUNGS.some((epoch) =>
        curves.slice(0, index).some((before) => (before[epoch - 1] ?? Infinity) < (curves[index]?.[epoch - 1] ?? -Infinity)),
      );
      expect(behind, run.name).toBe(true);
    }
  });

  it("are stopped, go on with those that never began, and are deleted and restored with their members", async () => {
    await using home = testHome();
    const host = await home.open();
    const opened = await openTemplate(host, "digits", { epochs: 3, early_stopping: { enabled: false } });
    const id = await startGroup(host, opened, { kind: "seeds", seeds: [4, 5, 6] });
    await expect(host.handlers["groups.delete"]({ id })).rejects.toThrow("run.still_going");
    await host.handlers["groups.stop"]({ id });
    const { runs: members } = await host.handlers["groups.get"]({ id });
    expect(members.slice(1).map((run) => run.status)).toEqual(["stopped", "stopped"]);
    await runUntil(host, members[0]?.id ?? "", hasEnded);
    await host.handlers["groups.resume"]({ id });
    const { runs } = await groupDone(host, id);
    expect(runs.slice(1).map((run) => [run.status, run.epoch, run.seed])).toEqual([
      ["done", 3, 5],
      ["done", 3, 6],
    ]);
    // They hold out the same rows, so that what they say can be brought together.
    const { run } = await host.handlers["ensembles.create"]({ ids: runs.map((member) => member.id), rule: "vote" });
    expect(run.metrics["val_accuracy"]).toBeGreaterThan(0.5);
    await host.handlers["runs.delete"]({ ids: [run.id] });
    await host.handlers["groups.delete"]({ id });
    expect((await host.handlers["runs.list"]({ project_id: null })).runs).toEqual([]);
    await host.handlers["groups.restore"]({ id });
    expect((await host.handlers["runs.list"]({ project_id: null })).runs).toHaveLength(3);
  });

  it("whose process was killed in the middle go on in the next window, with the bits of a group that was not", async () => {
    await using home = testHome();
    const child = spawn(process.execPath, [join(import.meta.dirname, "group-forever.ts"), home.path], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [line] = (await once(child.stdout, "data")) as [Buffer];
    const id = line.toString().trim();
    child.kill("SIGKILL");
    await once(child, "exit");
    const host = await home.open({ takeOverQueue: true });
    const { group, runs } = await groupDone(host, id);
    expect(runs.map((run) => [run.status, run.epoch, run.seed])).toEqual([1, 2, 3].map((seed) => ["done", 16, seed]));
    const { design } = await host.handlers["groups.get"]({ id });
    const again = await host.handlers["runs.start"]({
      project_id: group.project_id,
      dataset_id: group.dataset_id ?? "",
      // It holds out the rows of the design's own seed, as every member does.
      design: {
        ...design,
        train: { ...design.train, seed: 2 },
        data: design.data && { ...design.data, split: { ...design.data.split, seed: Number(design.train["seed"] ?? 0) } },
      },
    });
    await runUntil(host, again.run.id, hasEnded);
    expect(await weightsOf(host, runs[1]?.id ?? "")).toEqual(await weightsOf(host, again.run.id));
  });

  it("refuse a plan that cannot be carried out, and keep nothing of it", async () => {
    await using home = testHome();
    const host = await home.open();
    const opened = await openTemplate(host, "digits");
    const without = { ...opened.design, data: { ...opened.design.data, split: { ...opened.design.data?.split, method: "none" } } };
    const start = (plan: MethodInput<"groups.start">["plan"], design = opened.design) =>
      host.handlers["groups.start"]({ project_id: opened.projectId, dataset_id: opened.datasetId, design, plan });
    await expect(start({ kind: "folds", folds: 5 }, without as typeof opened.design)).rejects.toThrow("data.folds_need_a_draw");
    const bags = { kind: "ensemble", method: "bagging", bags: 3, rule: "average", seed: 0 } as const;
    await expect(start(bags, without as typeof opened.design)).rejects.toThrow("sweep.bags_need_validation");
    const window = { columns: ["p1"], length: 3, horizon: 1, order_by: null };
    const series = { ...opened.design, data: { ...opened.design.data, window, split: { ...opened.design.data?.split, method: "time" } } };
    await expect(start(bags, series as typeof opened.design)).rejects.toThrow("data.bag_with_window");
    const gone = { target: { of: "layer" as const, node_id: "gone", option: "units" }, values: { form: "list" as const, values: [1] } };
    const plan = { kind: "sweep" as const, method: "grid" as const, trials: 9, seeds: [0], monitor: "val_loss", better: "low" as const };
    await expect(start({ ...plan, dimensions: [gone], seed: 0, halving: null })).rejects.toThrow("sweep.node_missing");
    expect((await host.handlers["groups.list"]({ project_id: null })).groups).toEqual([]);
  });
});

describe("checkpoints", () => {
  it("of every second epoch are kept, the newest of them, beside best, last and the model", async () => {
    await using home = testHome();
    const host = await home.open();
    await host.handlers["app.set_setting"]({ key: "checkpoint_every", value: 2 });
    await host.handlers["app.set_setting"]({ key: "checkpoint_keep", value: 2 });
    const run = await startRun(host, await openTemplate(host, "digits", { epochs: 9, early_stopping: { enabled: false } }));
    await runUntil(host, run.id, hasEnded);
    const { checkpoints } = await host.handlers["runs.checkpoints"]({ id: run.id });
    expect(checkpoints.map(({ kind }) => kind).filter((kind) => kind !== "best")).toEqual(["epoch-6", "epoch-8", "final"]);
    expect(checkpoints.map(({ kind }) => kind)).toContain("best");
  });

  it("are continued from: what still fits keeps its weights, what was changed starts fresh, and the run names its parent", async () => {
    await using home = testHome();
    const host = await home.open();
    await host.handlers["app.set_setting"]({ key: "checkpoint_every", value: 1 });
    const opened = await openTemplate(host, "digits", { epochs: 3, early_stopping: { enabled: false } });
    const parent = await startRun(host, opened);
    await runUntil(host, parent.id, hasEnded);
    const last = opened.design.graph.nodes.filter((node) => "units" in node.config);
    const still = { ...opened.design.train, epochs: 1, optimizer: { type: "sgd", learning_rate: 1e-30 }, seed: 99 };
    const start = async (design: OpenedTemplate["design"], checkpoint: "final" | "epoch-3" | "epoch-77") => {
      const { run } = await host.handlers["runs.start"]({
        project_id: opened.projectId,
        dataset_id: opened.datasetId,
        design: { ...design, train: still },
        continue_from: { run_id: parent.id, checkpoint },
      });
      const ended = await runUntil(host, run.id, hasEnded);
      expect([ended.status, ended.parent_id]).toEqual(["done", parent.id]);
      layers = ended.parent_layers;
      return weightsOf(host, run.id);
    };
    let layers: Run["parent_layers"] = null;
    const before = await weightsOf(host, parent.id);
    expect(await start(opened.design, "final")).toEqual(before);
    expect(layers).toEqual({ kept: last.map(({ name }) => name), fresh: [] });
    expect(await start(opened.design, "epoch-3")).toEqual(before);
    // Said before it is started as it turns out, of a checkpoint by its header and of the trained model by its file.
    for (const checkpoint of ["final", "epoch-3"] as const)
      expect(await host.handlers["runs.layers_to_keep"]({ id: parent.id, checkpoint, design: opened.design })).toEqual({ layers });
    await expect(start(opened.design, "epoch-77")).rejects.toThrow("checkpoint.none");
    // The first layer is renamed and keeps its weights; the one after it grows and starts fresh, as does what reads it.
    const [first, second] = last;
    const nodes = opened.design.graph.nodes.map((node) =>
      node.id === first?.id
        ? { ...node, name: "renamed" }
        : node.id === second?.id && last.length > 2
          ? { ...node, config: { ...node.config, units: 17 } }
          : node,
    );
    const after = await start({ ...opened.design, graph: { ...opened.design.graph, nodes } }, "final");
    expect(after["renamed/kernel"]).toEqual(before[`${first?.name}/kernel`]);
    const grown = last.length > 2 ? [second?.name, last[2]?.name] : [];
    expect(layers).toEqual({
      kept: ["renamed", ...last.slice(1).map(({ name }) => name)].filter((name) => !grown.includes(name)),
      fresh: grown,
    });
    if (last.length > 2) expect(after[`${last[2]?.name}/kernel`]).not.toEqual(before[`${last[2]?.name}/kernel`]);
  });
});
