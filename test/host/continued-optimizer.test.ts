/** Continuing from a checkpoint with what the optimizer remembered: the run goes on as if it had never ended, and says so. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { readModel } from "../../core/export/json/model-json.ts";
import type { MethodInput, Run } from "../../core/protocol/methods.ts";
import type { OpenedHost } from "../../main/host/host.ts";
import { hasEnded, type OpenedTemplate, openTemplate, runUntil, startRun, testHome } from "./fixture.ts";

/** The same rows in the same order in every epoch, and no dropout: then the fourth epoch of one run is the first of another that continues it. */
const OPTIONS = { shuffle: false, batch_size: 32, early_stopping: { enabled: false } };

async function weightsOf(host: OpenedHost, runId: string): Promise<string> {
  const { download } = await host.handlers["exports.model"]({ run_id: runId, format: "json", plain_arrays: false });
  const { weights } = readModel(readFileSync(host.downloads.resolve(download)?.path ?? "", "utf8"));
  return createHash("sha256").update(JSON.stringify(weights)).digest("hex");
}

it("has the bits of one run that was never ended, where optimizer and layers are as they were; else it starts fresh and says so", async () => {
  await using home = testHome();
  const host = await home.open();
  await host.handlers["app.set_setting"]({ key: "checkpoint_every", value: 3 });
  const whole = await openTemplate(host, "xor", { ...OPTIONS, epochs: 6 });
  const { id: parent } = await startRun(host, whole);
  expect((await runUntil(host, parent, hasEnded)).status).toBe("done");
  const rest = (train: Record<string, unknown> = {}): OpenedTemplate => ({
    ...whole,
    design: { ...whole.design, train: { ...whole.design.train, epochs: 3, ...train } },
  });
  const go = async (
    { projectId, datasetId, design }: OpenedTemplate,
    from: Omit<NonNullable<MethodInput<"runs.start">["continue_from"]>, "run_id">,
  ): Promise<Run> => {
    const { run } = await host.handlers["runs.start"]({
      project_id: projectId,
      design,
      dataset_id: datasetId,
      continue_from: { run_id: parent, ...from },
    });
    const ended = await runUntil(host, run.id, hasEnded);
    expect(ended).toMatchObject({ status: "done", error: null, parent_id: parent });
    return ended;
  };
  const expected = await weightsOf(host, parent);
  const continued = await go(rest(), { checkpoint: "epoch-3", optimizer: true });
  expect(continued.parent_optimizer).toBe("continued");
  expect(await weightsOf(host, continued.id)).toBe(expected);
  const unasked = await go(rest(), { checkpoint: "epoch-3" });
  expect(unasked.parent_optimizer).toBeNull();
  expect(await weightsOf(host, unasked.id)).not.toBe(expected);
  // Another rate is why one continues; another memory does not fit.
  const { optimizer = {} } = whole.design.train as { optimizer?: Record<string, unknown> };
  const slower = await go(rest({ optimizer: { ...optimizer, type: "adam", learning_rate: 0.0001 } }), {
    checkpoint: "epoch-3",
    optimizer: true,
  });
  expect(slower.parent_optimizer).toBe("continued");
  const other = await go(rest({ optimizer: { type: "sgd", momentum: 0.9, learning_rate: 0.01 } }), {
    checkpoint: "epoch-3",
    optimizer: true,
  });
  expect(other.parent_optimizer).toBe("fresh");
  const wider: OpenedTemplate = structuredClone(rest());
  const hidden = wider.design.graph.nodes.find(({ config }) => typeof config["units"] === "number");
  if (hidden === undefined) throw new Error("a layer with units");
  hidden.config["units"] = Number(hidden.config["units"]) + 1;
  expect((await go(wider, { checkpoint: "epoch-3", optimizer: true })).parent_optimizer).toBe("fresh");
  expect((await go(rest(), { checkpoint: "final", optimizer: true })).parent_optimizer).toBe("fresh");
});

it("goes on to the same bits when it is interrupted itself", async () => {
  await using home = testHome();
  const before = await home.open();
  const opened = await openTemplate(before, "digits", { ...OPTIONS, epochs: 4 });
  const { id: parent } = await startRun(before, opened);
  await runUntil(before, parent, hasEnded);
  const start = {
    project_id: opened.projectId,
    design: { ...opened.design, train: { ...opened.design.train, epochs: 8 } },
    dataset_id: opened.datasetId,
    continue_from: { run_id: parent, checkpoint: "best", optimizer: true },
  } as const;
  const { run: straight } = await before.handlers["runs.start"](start);
  await runUntil(before, straight.id, hasEnded);
  const expected = await weightsOf(before, straight.id);
  const { run } = await before.handlers["runs.start"]({ ...start, by_steps: true });
  await runUntil(before, run.id, (now) => now.status === "paused");
  await before.handlers["runs.step"]({ id: run.id, unit: "epoch" });
  await runUntil(before, run.id, (now) => now.status === "paused" && now.step > 1);
  await before.shutdown({ checkpoint: true });
  const after = await home.open();
  await after.handlers["runs.resume"]({ id: run.id });
  expect(await runUntil(after, run.id, hasEnded)).toMatchObject({ status: "done", parent_optimizer: "continued" });
  expect(await weightsOf(after, run.id)).toBe(expected);
});
