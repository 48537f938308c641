/** Runs that nobody waits for any more, and curves of runs that come back. */
import { expect, test, vi } from "vitest";
import { AppError } from "../../core/errors.ts";
import { design } from "../../test/graph/designs.ts";
import { heldHost } from "../../test/renderer/held-host.ts";
import { createProject } from "./document.ts";
import { provideHost } from "./host.ts";
import { curvesRead, giveUpStarting, listenToRuns, startRun } from "./runs.ts";
import { useToasts } from "./toasts.ts";

// What the modules of the page ask of the window when they are loaded.
vi.hoisted(() => {
  const media = { matches: false, addEventListener: () => undefined };
  const page = { matchMedia: () => media, addEventListener: () => undefined, removeEventListener: () => undefined };
  Object.assign(globalThis, {
    window: page,
    document: { documentElement: { dataset: {} }, querySelector: () => null },
    requestAnimationFrame: (draw: () => void) => setTimeout(draw),
  });
});

const host = heldHost({
  "projects.create": { project: { id: "p", name: "p", revision: 1, dataset_id: "d" } },
  "runs.recent": { runs: [], older: 0 },
});
provideHost(host.client);
const turns = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

test("a start that was given up leaves no run, not even one of moments that has ended by then", async () => {
  await createProject(design("in > out", { in: ["input", { shape: [4] }], out: ["output"] }), "d");
  for (const [id, ended] of [
    ["waits", false],
    ["over", true],
  ] as const) {
    const started = startRun();
    await turns();
    giveUpStarting();
    host.last("runs.start").answer({ run: { id } });
    expect(await started).toBeNull();
    await turns();
    expect(host.last("runs.discard").input).toEqual({ id });
    if (ended) host.last("runs.discard").fail(new AppError("run.not_going", { name: id }));
    else host.last("runs.discard").answer({});
    await turns();
    expect(host.asked("runs.delete")).toBe(ended ? 1 : 0);
  }
  expect(host.last("runs.delete").input).toEqual({ ids: ["over"] });
  host.last("runs.delete").answer({});
  await turns();
  expect([host.asked("runs.stop"), useToasts.getState().toasts]).toEqual([0, []]);
});

test("the curves of a run that was discarded while they were read are read when it is restored", async () => {
  listenToRuns();
  curvesRead(["back"]).restart();
  const first = host.last("runs.curves");
  host.tell("run.deleted", { ids: ["back"] });
  expect(curvesRead(["back"]).pending).toBe(true);
  curvesRead(["back"]).restart();
  expect(host.asked("runs.curves")).toBe(2);
  host.last("runs.curves").answer({ curves: [] });
  first.answer({ curves: [] });
  await turns();
  expect(curvesRead(["back"])).toMatchObject({ value: true, pending: false });
  // Given up, deleted and restored: they are wanted again.
  curvesRead(["gone"]).restart();
  curvesRead(["gone"]).cancel();
  expect(curvesRead(["gone"]).cancelled).toBe(true);
  host.tell("run.deleted", { ids: ["gone"] });
  expect(curvesRead(["gone"])).toMatchObject({ cancelled: false, pending: true });
});
