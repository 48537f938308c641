/** Two runs that train at once: the canvas shows the signals of one, that which the dock shows. */
import { afterAll, beforeEach, expect, test, vi } from "vitest";
import type { LayerSignals } from "../../core/insight/signals.ts";
import { ProtocolClient } from "../../core/protocol/client.ts";
import { memoryChannelPair } from "../../core/protocol/memory.ts";
import type { Run } from "../../core/protocol/methods.ts";
import { serve } from "../../core/protocol/server.ts";
import { openHost } from "../../main/host/host.ts";
import { newProject, newStore } from "../../main/store/testing/opened-store.ts";
import { sampleRun, temporaryFolder } from "../../main/store/testing/store-fixture.ts";
import { provideHost } from "../../renderer/state/host.ts";
import { useRuns } from "../../renderer/state/runs.ts";
import { listenToSignals, useSignals } from "../../renderer/state/signals.ts";
import { TRAINER } from "../built.ts";

// What the modules of the page ask of the window when they are loaded.
vi.hoisted(() => {
  const media = { matches: false, addEventListener: () => undefined };
  const page = { matchMedia: () => media, addEventListener: () => undefined };
  Object.assign(globalThis, { window: page, document: { documentElement: { dataset: {} }, querySelector: () => null } });
});

const folder = temporaryFolder();
const host = await openHost({ home: folder.path, entry: "test", workerUrl: TRAINER });
const watched: string[] = [];
const [near, far] = memoryChannelPair();
const onFault = (fault: unknown): void => {
  throw fault;
};
const { emit } = serve(
  {
    ...host.handlers,
    "runs.watch": async ({ id, on }) => {
      watched.push(`${id} ${on ? "on" : "off"}`);
      return {};
    },
  },
  far,
  { onFault },
);
provideHost(new ProtocolClient(near, { onFault }));
listenToSignals();
afterAll(async () => {
  await host.shutdown({ checkpoint: false });
  folder[Symbol.dispose]();
});

const layer: LayerSignals = {
  nodeId: "a",
  activations: { mean: 0, deviation: 1, min: -1, max: 1, histogram: Array.from({ length: 24 }, () => 1) },
  dead: null,
  saturated: null,
  gradientSize: 1,
  parameters: [],
};
const arrived = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn++) await new Promise<void>((resolve) => setImmediate(resolve));
};
const signal = async (run_id: string, step: number): Promise<void> => {
  emit("run.signals", { run_id, signals: { step, epoch: 1, layers: [layer] } });
  await arrived();
};

let older: Run;
let newer: Run;
beforeEach(async () => {
  using opened = await newStore();
  const project = newProject(opened.store).id;
  const made = (): Run => ({ ...opened.store.createRun(sampleRun(project)), status: "running" });
  [older, newer] = [made(), made()];
  watched.length = 0;
});

test("signals are asked of the run that is shown, and those of the other change nothing", async () => {
  useRuns.setState({ runs: [older] });
  await arrived();
  expect(watched).toEqual([`${older.id} on`]);
  await signal(older.id, 3);
  expect(useSignals.getState()).toMatchObject({ runId: older.id, step: 3 });
  useRuns.setState({ runs: [newer, older] });
  await arrived();
  expect(watched.slice(1).sort()).toEqual([`${newer.id} on`, `${older.id} off`].sort());
  await signal(newer.id, 1);
  await signal(older.id, 4);
  expect(useSignals.getState()).toMatchObject({ runId: newer.id, step: 1 });
  // When it has ended the other one is looked into again; its own last look came late.
  useRuns.setState({ runs: [{ ...newer, status: "done" }, older] });
  await arrived();
  expect(watched.slice(3)).toEqual([`${older.id} on`]);
  await signal(newer.id, 2);
  await signal(older.id, 5);
  expect(useSignals.getState()).toMatchObject({ runId: older.id, step: 5 });
  useRuns.setState({
    runs: [
      { ...newer, status: "done" },
      { ...older, status: "done" },
    ],
  });
  await signal(older.id, 6);
  expect(useSignals.getState()).toMatchObject({ runId: older.id, step: 6 });
});
