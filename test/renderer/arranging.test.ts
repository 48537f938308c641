/** Arranging takes time on a thread of its own: what was left meanwhile is left alone. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createNode } from "../../core/graph/create.ts";
import type { DesignDocument } from "../../core/graph/document.ts";
import { countedIds } from "../../core/graph/naming.ts";
import { ProtocolClient } from "../../core/protocol/client.ts";
import { memoryChannelPair } from "../../core/protocol/memory.ts";
import { serve } from "../../core/protocol/server.ts";
import { type OpenedHost, openHost } from "../../main/host/host.ts";
import { arrange, arrangeDown, stopArranging } from "../../renderer/canvas/arrange.ts";
import type { LayoutTask } from "../../renderer/canvas/layout.worker.ts";
import { emptyDesign } from "../../renderer/start/empty-design.ts";
import { closeProject, createProject, useDocument } from "../../renderer/state/document.ts";
import { provideHost } from "../../renderer/state/host.ts";
import { TRAINER } from "../built.ts";

/** Threads at work, each with what answers in its place. */
const threads = vi.hoisted(() => {
  // What the modules of the page ask of the window when they are loaded.
  const media = { matches: false, addEventListener: () => undefined };
  const page = { matchMedia: () => media, addEventListener: () => undefined };
  Object.assign(globalThis, { window: page, document: { documentElement: { dataset: {} }, querySelector: () => null } });
  const working = new Set<() => void>();
  class Thread {
    onmessage: ((message: { data: unknown }) => void) | null = null;
    private answer: () => void = () => undefined;
    postMessage({ nodes }: LayoutTask): void {
      const placed = nodes.map(({ id }, index) => [id, { x: 500 * index, y: 700 }]);
      this.answer = () => this.onmessage?.({ data: Object.fromEntries(placed) });
      working.add(this.answer);
    }
    terminate(): void {
      working.delete(this.answer);
    }
  }
  Object.assign(globalThis, { Worker: Thread, requestAnimationFrame: () => 0 });
  return working;
});

const home = mkdtempSync(join(tmpdir(), "neuroloom-arranging-"));
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
  await closeProject();
  await host.shutdown({ checkpoint: false });
  rmSync(home, { recursive: true, force: true });
});

/** Three layers; with `closed` two of them in a collapsed group. */
function chain(closed: boolean): DesignDocument {
  const newId = countedIds("n", []);
  let design = emptyDesign("a chain");
  for (const type of ["dense", "dropout", "flatten"]) {
    const node = createNode(type, { x: design.graph.nodes.length, y: 0 }, design, newId);
    design = { ...design, graph: { ...design.graph, nodes: [...design.graph.nodes, node] } };
  }
  const [first, second] = design.graph.nodes.map(({ id }) => id);
  const node_ids = closed && first !== undefined && second !== undefined ? [first, second] : [];
  const groups = closed ? [{ id: "g", name: "block", node_ids, collapsed: true }] : [];
  return { ...design, graph: { ...design.graph, groups } };
}
const places = () => useDocument.getState().design?.graph.nodes.map(({ position }) => position.x);
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

test("layers are arranged when the thread answers", async () => {
  await createProject(chain(false), null);
  arrange();
  for (const answer of [...threads]) answer();
  await expect.poll(places).toEqual([0, 500, 1000]);
});

test.each([false, true])(
  "the project is left while it is arranged, a copy of it opened: nothing is moved; in a group: %s",
  async (closed) => {
    await createProject(chain(closed), null);
    arrangeDown();
    expect(threads.size).toBe(1);
    if (closed) {
      // The inside of the group is laid out after the outside.
      for (const answer of [...threads]) answer();
      await settled();
      expect(threads.size).toBe(1);
    }
    const late = [...threads];
    await closeProject();
    expect(threads.size).toBe(0);
    await createProject(chain(closed), null);
    for (const answer of late) answer();
    await settled();
    expect(places()).toEqual([0, 1, 2]);
    expect(threads.size).toBe(0);
  },
);

/** Six layers in two collapsed groups, and what is laid out for a drawing that turns: the groups, then the inside of each. */
function twoClosed(): DesignDocument {
  const newId = countedIds("n", []);
  let design = emptyDesign("two groups");
  for (const type of ["dense", "dropout", "dense", "dropout", "dense", "flatten"]) {
    const node = createNode(type, { x: design.graph.nodes.length, y: 0 }, design, newId);
    design = { ...design, graph: { ...design.graph, nodes: [...design.graph.nodes, node] } };
  }
  const ids = design.graph.nodes.map(({ id }) => id);
  const group = (id: string, from: number) => ({ id, name: id, node_ids: ids.slice(from, from + 2), collapsed: true });
  return { ...design, graph: { ...design.graph, groups: [group("g", 0), group("h", 2)] } };
}
async function answerAll(): Promise<void> {
  for (const answer of [...threads]) answer();
  await settled();
}
/** What is seen of an act: acts in the history, the way the drawing runs, and threads at work. */
const seen = () => {
  const { acts, design } = useDocument.getState();
  return { acts: acts.map(({ label }) => label), direction: design?.graph.direction, threads: threads.size };
};

test("a drawing with two collapsed groups turns when its insides are laid out, one after the other", async () => {
  await createProject(twoClosed(), null);
  arrangeDown();
  await answerAll();
  await answerAll();
  expect(seen()).toMatchObject({ acts: [], threads: 1 });
  await answerAll();
  expect(seen()).toMatchObject({ acts: [{ key: "act.arrange_down" }], direction: "down", threads: 0 });
});

test.each([0, 1, 2])("an arrangement that is stopped in its part %i moves nothing and begins nothing more", async (part) => {
  await createProject(twoClosed(), null);
  arrangeDown();
  for (let answered = 0; answered < part; answered += 1) await answerAll();
  expect(threads.size).toBe(1);
  stopArranging();
  await settled();
  expect(seen()).toEqual({ acts: [], direction: undefined, threads: 0 });
  expect(places()).toEqual([0, 1, 2, 3, 4, 5]);
});

test.each([1, 2])("of two arrangements the one that was asked for last is done; the first had come to its part %i", async (part) => {
  await createProject(twoClosed(), null);
  arrangeDown();
  for (let answered = 0; answered < part; answered += 1) await answerAll();
  arrange();
  await settled();
  expect(threads.size).toBe(1);
  await answerAll();
  await answerAll();
  expect(seen()).toMatchObject({ acts: [{ key: "act.arrange" }], direction: undefined, threads: 0 });
});
