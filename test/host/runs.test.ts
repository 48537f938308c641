/** Runs through the whole host, with real worker threads, a real store and real data. */
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readModel } from "../../core/export/json/model-json.ts";
import { CLOCK_CURVE } from "../../core/protocol/run-clock.ts";
import type { OpenedHost } from "../../main/host/host.ts";
import { hasEnded, openTemplate, runUntil, startRun, testHome } from "./fixture.ts";

/** Weights of a run's exported model, by name, as they stand in the file. */
async function weightsOf(host: OpenedHost, runId: string): Promise<Record<string, unknown>> {
  const exported = await host.handlers["exports.model"]({ run_id: runId, format: "json", plain_arrays: false });
  const file = host.downloads.resolve(exported.download);
  const model = readModel(readFileSync(file?.path ?? "", "utf8"));
  return Object.fromEntries(model.weights.map((weight) => [weight.name, weight.values]));
}

async function train(host: OpenedHost, template: string, options: Record<string, unknown>): Promise<string> {
  const run = await startRun(host, await openTemplate(host, template, options));
  const ended = await runUntil(host, run.id, hasEnded);
  expect(ended.error).toBeNull();
  return run.id;
}

describe("runs", () => {
  it("train to the end and keep curves, figures and a model", async () => {
    await using home = testHome();
    const host = await home.open();
    const id = await train(host, "xor", { epochs: 20 });
    const { run } = await host.handlers["runs.get"]({ id });
    expect(run).toMatchObject({ status: "done", epoch: 20, has_model: true, number: 1 });
    expect(run.metrics["val_accuracy"]).toBeGreaterThan(0.8);
    // Of every class of tensor it is known what it takes; together no more than the whole.
    expect(run.memory?.parameter).toBeGreaterThanOrEqual(4 * (run.parameters ?? 0));
    expect(Object.values(run.memory ?? {}).reduce((sum, bytes) => sum + bytes, 0)).toBeLessThanOrEqual(run.peak_bytes ?? 0);
    const { curves } = await host.handlers["runs.curves"]({ id, max_points: 1000 });
    expect(curves.find((curve) => curve.name === "val_loss")?.y).toHaveLength(20);
    expect(curves.find((curve) => curve.name === "batch_loss")?.x.at(-1)).toBe(run.step);
    // What the clock showed: within the life of the run, so that charts can be drawn by it.
    const clock = curves.find((curve) => curve.name === CLOCK_CURVE)?.y ?? [];
    expect(clock.length).toBeGreaterThan(0);
    for (const seconds of clock) {
      expect(seconds).toBeGreaterThanOrEqual((run.started_at ?? Number.NaN) / 1000);
      expect(seconds).toBeLessThanOrEqual((run.ended_at ?? Number.NaN) / 1000);
    }
  });

  it("give the same bits for the same seed and others for another", async () => {
    await using home = testHome("all");
    const host = await home.open();
    const [first, again, other] = [
      await train(host, "digits", { epochs: 3, seed: 5 }),
      await train(host, "digits", { epochs: 3, seed: 5 }),
      await train(host, "digits", { epochs: 3, seed: 6 }),
    ];
    expect(await weightsOf(host, again)).toEqual(await weightsOf(host, first));
    expect(await weightsOf(host, other)).not.toEqual(await weightsOf(host, first));
  });

  it("pause, go on, and end with the bits of a run that was never paused", async () => {
    await using home = testHome();
    const host = await home.open();
    const options = { epochs: 80, batch_size: 8, early_stopping: { enabled: false } };
    const straight = await train(host, "digits", options);
    const paused = await startRun(host, await openTemplate(host, "digits", options));
    await runUntil(host, paused.id, (run) => run.step > 10);
    await host.handlers["runs.pause"]({ id: paused.id });
    const resting = await runUntil(host, paused.id, (run) => run.status === "paused" || hasEnded(run));
    expect(resting.status).toBe("paused");
    expect(resting.epoch).toBeLessThan(80);
    await host.handlers["runs.resume"]({ id: paused.id });
    expect((await runUntil(host, paused.id, hasEnded)).status).toBe("done");
    expect(await weightsOf(host, paused.id)).toEqual(await weightsOf(host, straight));
  });

  it("stop and keep the model of what was learnt so far", async () => {
    await using home = testHome();
    const host = await home.open();
    const run = await startRun(host, await openTemplate(host, "digits", { epochs: 100_000, early_stopping: { enabled: false } }));
    await runUntil(host, run.id, (now) => now.epoch > 2);
    await host.handlers["runs.stop"]({ id: run.id });
    const ended = await runUntil(host, run.id, hasEnded);
    expect(ended).toMatchObject({ status: "stopped", has_model: true });
    expect(Object.keys(await weightsOf(host, run.id))).toContain("digit/kernel");
  });

  it("are discarded while they train or wait, and come back with the model that they had", async () => {
    await using home = testHome();
    const host = await home.open();
    const opened = await openTemplate(host, "digits", { epochs: 100_000, early_stopping: { enabled: false } });
    const [run, waiting] = [await startRun(host, opened), await startRun(host, opened)];
    await runUntil(host, run.id, (now) => now.epoch > 2);
    await host.handlers["runs.discard"]({ id: waiting.id });
    await host.handlers["runs.discard"]({ id: run.id });
    expect((await host.handlers["runs.list"]({ project_id: opened.projectId })).runs).toEqual([]);
    await host.handlers["runs.restore"]({ ids: [run.id] });
    expect((await host.handlers["runs.get"]({ id: run.id })).run).toMatchObject({ status: "stopped", has_model: true });
    await expect(host.handlers["runs.discard"]({ id: run.id })).rejects.toMatchObject({ code: "run.not_going" });
  });

  it("give every point of their curves as a table", async () => {
    await using home = testHome();
    const host = await home.open();
    const id = await train(host, "xor", { epochs: 30 });
    const { download, points } = await host.handlers["exports.curves"]({ run_id: id });
    const [head, ...lines] = readFileSync(host.downloads.resolve(download)?.path ?? "", "utf8")
      .trimEnd()
      .split("\n");
    expect(head).toBe("curve,step,epoch,seconds,value");
    const { curves } = await host.handlers["runs.curves"]({ id, max_points: 100_000 });
    expect(points).toBe(lines.length);
    expect(lines).toEqual(
      curves.flatMap(({ name, x, epoch, seconds, y }) => x.map((step, k) => [name, step, epoch[k], seconds[k], y[k] ?? ""].join())),
    );
  });

  it("are interrupted by closing, resumed in the next session, and end with the bits of an uninterrupted run", async () => {
    await using home = testHome();
    const options = { epochs: 40, batch_size: 8, early_stopping: { enabled: false } };
    const before = await home.open();
    const straight = await train(before, "digits", options);
    const expected = await weightsOf(before, straight);
    const run = await startRun(before, await openTemplate(before, "digits", options));
    await runUntil(before, run.id, (now) => now.step > 50);
    await before.shutdown({ checkpoint: true });
    const after = await home.open();
    const { interrupted: runs } = await after.handlers["app.unfinished"]({});
    expect(runs.map(({ id }) => id)).toEqual([run.id]);
    await after.handlers["runs.resume"]({ id: run.id });
    expect((await runUntil(after, run.id, hasEnded)).status).toBe("done");
    expect(await weightsOf(after, run.id)).toEqual(expected);
    const { curves } = await after.handlers["runs.curves"]({ id: run.id, max_points: 1000 });
    const losses = curves.find((curve) => curve.name === "loss");
    expect(losses?.epoch).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
  });

  it("of a killed process are marked interrupted and keep every point that was stored", async () => {
    await using home = testHome();
    const child = spawn(process.execPath, [join(import.meta.dirname, "run-forever.ts"), home.path], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [line] = (await once(child.stdout, "data")) as [Buffer];
    const id = line.toString().trim();
    child.kill("SIGKILL");
    await once(child, "exit");
    const host = await home.open();
    const { run } = await host.handlers["runs.get"]({ id });
    expect(run.status).toBe("interrupted");
    const { curves } = await host.handlers["runs.curves"]({ id, max_points: 100_000 });
    expect(curves.find((curve) => curve.name === "loss")?.y.length).toBeGreaterThan(2);
    await host.handlers["runs.resume"]({ id });
    await runUntil(host, id, (now) => now.status === "running" && now.epoch > 1);
  });

  it("of another process are not deleted while it trains them, and are once it is gone", async () => {
    await using home = testHome();
    const child = spawn(process.execPath, [join(import.meta.dirname, "run-forever.ts"), home.path], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [line] = (await once(child.stdout, "data")) as [Buffer];
    const id = line.toString().trim();
    const host = await home.open();
    await expect(host.handlers["runs.delete"]({ ids: [id] })).rejects.toThrow("run.still_going");
    expect((await host.handlers["runs.get"]({ id })).run.status).toBe("running");
    child.kill("SIGKILL");
    await once(child, "exit");
    await host.handlers["runs.delete"]({ ids: [id] });
    await expect(host.handlers["runs.get"]({ id })).rejects.toThrow("run.not_found");
  });

  it("report a killed worker with its last step and keep the curves", async () => {
    await using home = testHome("all");
    const host = await home.open();
    const run = await startRun(host, await openTemplate(host, "digits", { epochs: 100_000, early_stopping: { enabled: false } }));
    await runUntil(host, run.id, (now) => now.step > 100);
    await host.killTrainer(run.id);
    const ended = await runUntil(host, run.id, hasEnded);
    expect(ended.status).toBe("failed");
    expect(ended.error?.code).toBe("engine.worker_died");
    expect(Number(ended.error?.params["step"])).toBeGreaterThan(100);
    const { curves } = await host.handlers["runs.curves"]({ id: run.id, max_points: 1000 });
    expect(curves.length).toBeGreaterThan(0);
  });

  it("that meet NaN stop, are kept, and name the node where it appeared", async () => {
    await using home = testHome();
    const host = await home.open();
    const opened = await openTemplate(host, "linear-regression", { optimizer: { type: "sgd", learning_rate: 100 }, epochs: 1000 });
    const run = await startRun(host, opened);
    const ended = await runUntil(host, run.id, hasEnded);
    expect(ended.status).toBe("failed");
    expect(ended.error?.code).toMatch(/^train\.not_finite/);
    expect(opened.design.graph.nodes.map((node) => node.id)).toContain(ended.error?.nodeId);
    const { curves } = await host.handlers["runs.curves"]({ id: run.id, max_points: 1000 });
    expect(curves.find((curve) => curve.name === "batch_loss")?.y.length).toBeGreaterThan(0);
  });

  it("refuse a design that cannot run before any memory is taken", async () => {
    await using home = testHome();
    const host = await home.open();
    await host.handlers["app.set_setting"]({ key: "memory_limit_mb", value: 1 });
    const opened = await openTemplate(host, "digits");
    const big = {
      ...opened.design,
      graph: {
        ...opened.design.graph,
        nodes: opened.design.graph.nodes.map((node) => (node.id === "hidden_1" ? { ...node, config: { units: 60_000 } } : node)),
      },
    };
    const run = await startRun(host, { ...opened, design: big });
    const ended = await runUntil(host, run.id, hasEnded);
    expect(ended.error).toMatchObject({ code: "engine.over_memory_limit" });
    expect(String(ended.error?.params["layers"])).toContain("hidden_1/kernel");
  });

  it("are seen by a second instance on the same library without being called interrupted", async () => {
    await using home = testHome();
    const first = await home.open();
    const run = await startRun(first, await openTemplate(first, "digits", { epochs: 100_000, early_stopping: { enabled: false } }));
    await runUntil(first, run.id, (now) => now.status === "running");
    const listed = execFileSync(process.execPath, [join(import.meta.dirname, "list-runs.ts"), home.path], { encoding: "utf8" });
    expect(JSON.parse(listed)).toMatchObject([{ id: run.id, status: "running" }]);
  });
});
