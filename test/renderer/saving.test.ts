/** How soon the library has what was changed: also while one change follows the other without a rest, as in a drag. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createNode } from "../../core/graph/create.ts";
import { countedIds } from "../../core/graph/naming.ts";
import { ProtocolClient } from "../../core/protocol/client.ts";
import { memoryChannelPair } from "../../core/protocol/memory.ts";
import { serve } from "../../core/protocol/server.ts";
import { type OpenedHost, openHost } from "../../main/host/host.ts";
import { openStore } from "../../main/store/sqlite/open.ts";
import { emptyDesign } from "../../renderer/start/empty-design.ts";
import { createProject, dispatch, keepAsCopy, redo, undo, useDocument } from "../../renderer/state/document.ts";
import { provideHost } from "../../renderer/state/host.ts";
import { TRAINER } from "../built.ts";

const home = mkdtempSync(join(tmpdir(), "neuroloom-saving-"));
let host: OpenedHost;

beforeAll(async () => {
  host = await openHost({ home, entry: "test", workerUrl: TRAINER });
  const [near, far] = memoryChannelPair();
  const onFault = (fault: unknown): void => {
    throw fault;
  };
  serve(host.handlers, far, { onFault });
  provideHost(new ProtocolClient(near, { onFault }));
});
afterAll(async () => {
  await host.shutdown({ checkpoint: false });
  rmSync(home, { recursive: true, force: true });
});

/** What another process finds in the library now: what is there after this one is killed. */
async function storedX(id: string): Promise<number> {
  const store = await openStore({ path: join(home, "library.sqlite"), now: Date.now, newId: () => crypto.randomUUID() });
  try {
    return store.getProject(id).design.graph.nodes[0]?.position.x ?? Number.NaN;
  } finally {
    store.close();
  }
}

test("a drag that never rests is saved again and again while it goes on", async () => {
  await createProject(emptyDesign("dragged"), null);
  const { project, design } = useDocument.getState();
  if (project === null || design === null) throw new Error("no project is open");
  const node = createNode("dense", { x: 0, y: 0 }, design, countedIds("n", []));
  dispatch({ type: "add_nodes", nodes: [node], edges: [] }, { label: "add" });
  /** Where the layer was when a save was first seen, by revision. */
  const saves = new Map<number, number>();
  let x = 0;
  // One step after the other for as long as it takes: a save that waited for a rest would never come.
  const end = performance.now() + 60_000;
  while (saves.size < 4 && performance.now() < end) {
    x += 1;
    dispatch({ type: "move", positions: { [node.id]: { x, y: 0 } } }, { label: "move", merge: "drag" });
    const revision = useDocument.getState().project?.revision ?? 0;
    if (!saves.has(revision)) saves.set(revision, x);
    await delay(5);
  }
  expect(saves.size).toBe(4);
  const stored = await storedX(project.id);
  // A save holds what was there when it began, which is later than the end of the one before: two are half a second apart.
  expect(stored).toBeGreaterThanOrEqual([...saves.values()][2] ?? Number.NaN);
  // The step that is stored is whole: the design opens, with the very node where it was.
  expect((await host.handlers["projects.open"]({ id: project.id })).design.graph.nodes).toMatchObject([{ id: node.id }]);
});

test("a copy that is kept can be undone as what it was copied from", async () => {
  await createProject(emptyDesign("mine"), null);
  const { project, design } = useDocument.getState();
  if (project === null || design === null) throw new Error("no project is open");
  const node = createNode("dense", { x: 0, y: 0 }, design, countedIds("n", []));
  dispatch({ type: "add_nodes", nodes: [node], edges: [] }, { label: "add" });
  dispatch({ type: "move", positions: { [node.id]: { x: 9, y: 0 } } }, { label: "move" });
  undo();
  await keepAsCopy("mine too");
  const copied = useDocument.getState();
  expect(copied.project?.id).not.toBe(project.id);
  expect([copied.design?.name, copied.acts.map(({ label }) => label), copied.done]).toEqual(["mine too", ["add", "move"], 1]);
  redo();
  expect(useDocument.getState().design?.graph.nodes[0]?.position.x).toBe(9);
  undo();
  undo();
  expect(useDocument.getState().design).toMatchObject({ name: "mine too", graph: { nodes: [] } });
});
