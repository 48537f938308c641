/** Weights of single epochs: kept while a run trains, thinned, read back as the network was then, and the first thing to go. */
import { describe, expect, it } from "vitest";
import { hasEnded, openTemplate, runUntil, startRun, testHome } from "./fixture.ts";

const HIDDEN = { early_stopping: { enabled: false } };

const SURFACE = { task_id: "surface", node_id: null, target: null, x: null, y: null, row: null };

describe("snapshots of a run", () => {
  it("show weights and surface as they were at every epoch, of which the last is the trained model", async () => {
    await using home = testHome();
    const host = await home.open();
    const opened = await openTemplate(host, "xor", { ...HIDDEN, epochs: 20 });
    const { id } = await startRun(host, opened);
    expect((await runUntil(host, id, hasEnded)).status).toBe("done");
    const { snapshots } = await host.handlers["runs.snapshots"]({ id });
    expect(snapshots.map(({ epoch }) => epoch)).toEqual(Array.from({ length: 21 }, (_, epoch) => epoch));
    const steps = snapshots.map(({ step }) => step);
    expect(steps).toEqual([...steps].sort((a, b) => a - b));
    const layer = opened.design.graph.nodes.find(({ type }) => type === "dense")?.id ?? "";
    const weights = async (epoch?: number) => {
      const { parameters } = await host.handlers["runs.weights"]({ id, node_id: layer, ...(epoch === undefined ? {} : { epoch }) });
      return parameters[0]?.values ?? [];
    };
    const surface = async (epoch?: number) =>
      (await host.handlers["runs.surface"]({ ...SURFACE, id, resolution: 8, ...(epoch === undefined ? {} : { epoch }) })).values;
    const trained = await weights();
    expect(await weights(20)).toEqual(trained);
    expect(await surface(20)).toEqual(await surface());
    expect(await weights(0)).not.toEqual(trained);
    expect(await surface(0)).not.toEqual(await surface());
    // The trained model is still the trained one, and one may go back and forth.
    const seventh = await weights(7);
    expect(await weights(13)).not.toEqual(seventh);
    expect(await weights(7)).toEqual(seventh);
    expect(await weights()).toEqual(trained);
    expect(await Promise.all([weights(7), weights(13), weights(7)])).toEqual([seventh, await weights(13), seventh]);
    await expect(host.handlers["runs.weights"]({ id, node_id: layer, epoch: 21 })).rejects.toMatchObject({ code: "run.no_snapshot" });
  });

  it("are the weights that the run itself had: another run of as many epochs ends with them", async () => {
    await using home = testHome();
    const host = await home.open();
    const ended = async (epochs: number): Promise<string> => {
      const opened = await openTemplate(host, "xor", { ...HIDDEN, epochs });
      const { id } = await startRun(host, opened);
      expect((await runUntil(host, id, hasEnded)).status).toBe("done");
      return id;
    };
    const [long, short] = [await ended(12), await ended(5)];
    const { design } = await host.handlers["runs.get"]({ id: long });
    const layer = design.graph.nodes.find(({ type }) => type === "dense")?.id ?? "";
    const then = await host.handlers["runs.weights"]({ id: long, node_id: layer, epoch: 5 });
    expect(then.parameters).toEqual((await host.handlers["runs.weights"]({ id: short, node_id: layer })).parameters);
  });

  it("can be looked at while the run still trains and has no model, and are thinned to as many as the settings say", async () => {
    await using home = testHome();
    const host = await home.open();
    await host.handlers["app.set_setting"]({ key: "snapshot_count", value: 10 });
    const opened = await openTemplate(host, "xor", { ...HIDDEN, epochs: 400 });
    const told: number[] = [];
    host.onEvent((event, payload) => {
      if (event === "run.snapshot" && "epoch" in payload) told.push(payload.epoch);
    });
    const { id } = await startRun(host, opened);
    await runUntil(host, id, (run) => run.epoch > 50);
    await host.handlers["runs.pause"]({ id });
    const paused = await runUntil(host, id, (run) => run.status === "paused" || hasEnded(run));
    expect(paused).toMatchObject({ status: "paused", has_model: false });
    const layer = opened.design.graph.nodes.find(({ type }) => type === "dense")?.id ?? "";
    const first = await host.handlers["runs.weights"]({ id, node_id: layer, epoch: 0 });
    const later = await host.handlers["runs.weights"]({ id, node_id: layer, epoch: 50 });
    expect(later.parameters[0]?.shape).toEqual(first.parameters[0]?.shape);
    expect(later.parameters).not.toEqual(first.parameters);
    expect((await host.handlers["runs.surface"]({ ...SURFACE, id, resolution: 4, epoch: 50 })).values).toHaveLength(16);
    await host.handlers["runs.resume"]({ id });
    await runUntil(host, id, hasEnded);
    const { snapshots } = await host.handlers["runs.snapshots"]({ id });
    expect(snapshots.map(({ epoch }) => epoch)).toEqual([0, 50, 100, 150, 200, 250, 300, 350, 400]);
    expect(told).toEqual([0, 50, 100, 150, 200, 250, 300, 350, 400]);
    // They are no checkpoints: nothing is continued from them, and the retention of checkpoints does not count them.
    const { checkpoints } = await host.handlers["runs.checkpoints"]({ id });
    expect(checkpoints.filter(({ kind }) => kind.startsWith("epoch-"))).toEqual([]);
  });

  it("are off with none wanted, and go first when the room for all is short", async () => {
    await using home = testHome();
    const host = await home.open();
    const opened = await openTemplate(host, "xor", { ...HIDDEN, epochs: 3 });
    const count = async (id: string): Promise<number> => (await host.handlers["runs.snapshots"]({ id })).snapshots.length;
    const train = async (): Promise<string> => {
      const { id } = await startRun(host, opened);
      await runUntil(host, id, hasEnded);
      return id;
    };
    const first = await train();
    expect(await count(first)).toBe(4);
    await host.handlers["app.set_setting"]({ key: "snapshot_count", value: 0 });
    expect(await count(await train())).toBe(0);
    await host.handlers["app.set_setting"]({ key: "snapshot_all_mb", value: 0 });
    await host.shutdown({ checkpoint: false });
    // A start of a run in the next session looks at the room.
    const next = await home.open();
    const { run } = await next.handlers["runs.start"]({
      project_id: opened.projectId,
      design: opened.design,
      dataset_id: opened.datasetId,
    });
    await runUntil(next, run.id, hasEnded);
    expect((await next.handlers["runs.snapshots"]({ id: first })).snapshots).toEqual([]);
    expect((await next.handlers["runs.get"]({ id: first })).run.has_model).toBe(true);
  });
});
