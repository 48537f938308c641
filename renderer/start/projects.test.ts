/** Projects whose opening is given up. */
import { afterEach, expect, test, vi } from "vitest";
import type { Project, Run } from "../../core/protocol/methods.ts";
import { design } from "../../test/graph/designs.ts";
import { heldHost } from "../../test/renderer/held-host.ts";
import { closeProject, useDocument } from "../state/document.ts";
import { provideHost } from "../state/host.ts";
import { useView } from "../state/view.ts";
import { open, resumeInterrupted } from "./projects.ts";

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

const history = vi.hoisted((): { isRead: (value: null) => void } => ({ isRead: () => undefined }));
vi.mock("../state/kept-history.ts", () => ({
  keptHistory: () =>
    new Promise((resolve) => {
      history.isRead = resolve;
    }),
}));

const project = { id: "p", name: "p", revision: 1, dataset_id: null } as unknown as Project;
const run = { id: "r", project_id: "p" } as unknown as Run;
const host = heldHost({ "projects.open": { project, design: design("in", { in: ["input", { shape: [4] }] }), journal: null } });
provideHost(host.client);
const turns = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

afterEach(() => closeProject());

test.each([
  ["opening", (signal: AbortSignal) => open(project, signal)],
  ["resuming", (signal: AbortSignal) => resumeInterrupted(run, signal)],
])("%s that is given up while the history is read opens nothing and resumes nothing", async (_, act) => {
  const going = new AbortController();
  const opened = act(going.signal);
  await turns();
  going.abort();
  history.isRead(null);
  await expect(opened).rejects.toMatchObject({ name: "AbortError" });
  expect([useDocument.getState().project, useView.getState().screen, host.asked("runs.resume")]).toEqual([null, "start", 0]);
});

test("a run is resumed where it is seen: the start screen with its Cancel is left before", async () => {
  const resumed = resumeInterrupted(run, new AbortController().signal);
  await turns();
  history.isRead(null);
  await turns();
  expect([useView.getState().screen, host.asked("runs.resume")]).toEqual(["designer", 1]);
  host.last("runs.resume").answer({});
  await resumed;
});
