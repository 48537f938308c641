/** Training led by hand: single batches, whole epochs and slow motion, through the whole host, to the bit. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readModel } from "../../core/export/json/model-json.ts";
import type { Run } from "../../core/protocol/methods.ts";
import type { OpenedHost } from "../../main/host/host.ts";
import { hasEnded, openTemplate, runUntil, startRun, testHome } from "./fixture.ts";

const OPTIONS = { epochs: 6, batch_size: 32, early_stopping: { enabled: false } };

async function weightsOf(host: OpenedHost, runId: string): Promise<string> {
  const { download } = await host.handlers["exports.model"]({ run_id: runId, format: "json", plain_arrays: false });
  const { weights } = readModel(readFileSync(host.downloads.resolve(download)?.path ?? "", "utf8"));
  return createHash("sha256").update(JSON.stringify(weights)).digest("hex");
}

async function untilEnded(host: OpenedHost, id: string): Promise<Run> {
  const ended = await runUntil(host, id, hasEnded);
  expect(ended.error).toBeNull();
  expect(ended.status).toBe("done");
  return ended;
}

const rests = (run: Run): boolean => run.status === "paused";

describe("a run led by hand", () => {
  it("takes single batches, goes to the end of an epoch, runs in slow motion, and has the bits of one left alone", async () => {
    await using home = testHome();
    const host = await home.open();
    const opened = await openTemplate(host, "digits", OPTIONS);
    const alone = await startRun(host, opened);
    const { step: steps } = await untilEnded(host, alone.id);
    const signalled: number[] = [];
    host.onEvent((event, payload) => {
      if (event === "run.signals" && "signals" in payload) signalled.push(payload.signals.step);
    });
    const { run: led } = await host.handlers["runs.start"]({
      project_id: opened.projectId,
      design: opened.design,
      dataset_id: opened.datasetId,
      watch: true,
      by_steps: true,
    });
    const first = await runUntil(host, led.id, rests);
    expect(first.step).toBe(1);
    for (const step of [first.step + 1, first.step + 2]) {
      await host.handlers["runs.step"]({ id: led.id, unit: "batch" });
      expect(await runUntil(host, led.id, (run) => run.step >= step)).toMatchObject({ step, status: "paused" });
    }
    // Over the end of an epoch, asked for one by one without waiting.
    const wanted = first.step + 2 + first.steps_per_epoch;
    for (let k = 0; k < first.steps_per_epoch; k++) await host.handlers["runs.step"]({ id: led.id, unit: "batch" });
    const beyond = await runUntil(host, led.id, (run) => run.step >= wanted);
    expect(beyond).toMatchObject({ step: wanted, status: "paused" });
    await host.handlers["runs.step"]({ id: led.id, unit: "epoch" });
    const epoch = await runUntil(host, led.id, (run) => rests(run) && run.step > wanted);
    expect(epoch.step % epoch.steps_per_epoch).toBe(0);
    expect(epoch.epoch).toBe(epoch.step / epoch.steps_per_epoch);
    expect(epoch.step - wanted).toBeLessThanOrEqual(epoch.steps_per_epoch);
    await host.handlers["runs.pace"]({ id: led.id, steps_per_second: 20 });
    await host.handlers["runs.resume"]({ id: led.id });
    await runUntil(host, led.id, (run) => run.status === "running" && run.step > epoch.step + 2);
    await host.handlers["runs.pace"]({ id: led.id, steps_per_second: null });
    expect((await untilEnded(host, led.id)).step).toBe(steps);
    expect(await weightsOf(host, led.id)).toBe(await weightsOf(host, alone.id));
    // Every batch that was asked for is looked at.
    expect(signalled).toEqual(expect.arrayContaining([first.step, first.step + 1, first.step + 2]));
  });

  it("in slow motion, takes no more steps a second than it may, and obeys a pause between two of them", async () => {
    await using home = testHome();
    const host = await home.open();
    const run = await startRun(host, await openTemplate(host, "digits", { ...OPTIONS, epochs: 1000 }));
    await runUntil(host, run.id, (now) => now.status === "preparing");
    const paces: unknown[] = [];
    host.onEvent((event, payload) => {
      if (event === "run.changed" && "run" in payload && "steps_per_second" in payload) paces.push(payload.steps_per_second);
    });
    // One step in 20 seconds: it can only end soon because a pause is heard while it waits.
    await host.handlers["runs.pace"]({ id: run.id, steps_per_second: 0.05 });
    const begun = await runUntil(host, run.id, (now) => now.step > 0);
    await host.handlers["runs.pause"]({ id: run.id });
    const resting = await runUntil(host, run.id, rests);
    expect(resting.step - begun.step).toBeLessThanOrEqual(1);
    expect(resting.seconds).toBeLessThan(20);
    expect(paces).toContain(0.05);
    await host.handlers["runs.stop"]({ id: run.id });
    expect((await runUntil(host, run.id, hasEnded)).status).toBe("stopped");
  });

  it("is not stepped when nothing of it trains", async () => {
    await using home = testHome();
    const before = await home.open();
    const run = await startRun(before, await openTemplate(before, "digits", { ...OPTIONS, epochs: 1 }));
    await untilEnded(before, run.id);
    await before.shutdown({ checkpoint: false });
    const host = await home.open();
    await expect(host.handlers["runs.step"]({ id: run.id, unit: "batch" })).rejects.toMatchObject({ code: "run.not_going" });
  });
});
