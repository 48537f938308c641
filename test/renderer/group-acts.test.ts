/** Acts on groups over a real host, without a browser: what is drawn as one box is one thing, and what is done inside a group stays there. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { GroupDocument } from "../../core/graph/document.ts";
import { fixesOf } from "../../core/graph/problem.ts";
import { ProtocolClient } from "../../core/protocol/client.ts";
import { memoryChannelPair } from "../../core/protocol/memory.ts";
import { serve } from "../../core/protocol/server.ts";
import { type OpenedHost, openHost } from "../../main/host/host.ts";
import { align, distribute } from "../../renderer/canvas/align-edits.ts";
import { addFrame, endCarrying, moveThings } from "../../renderer/canvas/annotation-edits.ts";
import { useCanvas } from "../../renderer/canvas/canvas-state.ts";
import { copyText, duplicate, paste } from "../../renderer/canvas/copy-edits.ts";
import { addLayer, applyFix, deleteSelection } from "../../renderer/canvas/edits.ts";
import { enteredGroup, enterGroup, leaveGroup } from "../../renderer/canvas/entered-group.ts";
import { takeOut, toggleCollapse, toggleGroup } from "../../renderer/canvas/group-edits.ts";
import { insertDragged } from "../../renderer/canvas/rewire-edits.ts";
import { GRID } from "../../renderer/canvas/snap.ts";
import { closeProject, createProject, endMerge, redo, select, undo, useDocument } from "../../renderer/state/document.ts";
import { provideHost } from "../../renderer/state/host.ts";
import { useSession } from "../../renderer/state/session.ts";
import { useToasts } from "../../renderer/state/toasts.ts";
import { TRAINER } from "../built.ts";
import { design } from "../graph/designs.ts";

// What the modules of the page ask of the window when they are loaded.
vi.hoisted(() => {
  const media = { matches: false, addEventListener: () => undefined };
  const page = { matchMedia: () => media, addEventListener: () => undefined };
  Object.assign(globalThis, { window: page, document: { documentElement: { dataset: {} }, querySelector: () => null } });
});

const home = mkdtempSync(join(tmpdir(), "neuroloom-group-acts-"));
let host: OpenedHost;
let client: ProtocolClient;
const long = design("in > a > b > c > d > out", {
  in: ["input", { shape: [8] }],
  a: ["dense"],
  b: ["dropout"],
  c: ["dense"],
  d: ["dense"],
  out: ["output"],
});
const places = Object.fromEntries(long.graph.nodes.map(({ id }, index) => [id, { x: 300 * index, y: 40 * index }]));
const row = {
  ...long,
  graph: { ...long.graph, nodes: long.graph.nodes.map((node) => ({ ...node, position: places[node.id] ?? node.position })) },
};

beforeAll(async () => {
  host = await openHost({ home, entry: "test", workerUrl: TRAINER });
  const [near, far] = memoryChannelPair();
  const onFault = (fault: unknown): void => {
    throw fault;
  };
  serve(host.handlers, far, { onFault });
  client = new ProtocolClient(near, { onFault });
  provideHost(client);
});
afterAll(async () => {
  await closeProject();
  client.close();
  await host.shutdown({ checkpoint: false });
  rmSync(home, { recursive: true, force: true });
});
beforeEach(async () => {
  await closeProject();
  await createProject(row, null);
  useToasts.setState({ toasts: [] });
});

const graph = () => {
  const { design: open } = useDocument.getState();
  if (open === null) throw new Error("no project is open");
  return open.graph;
};
const at = (id: string) => graph().nodes.find((one) => one.id === id)?.position ?? { x: 0, y: 0 };
const between = (from: string, to: string) => ({ x: at(to).x - at(from).x, y: at(to).y - at(from).y });
const chosen = (): readonly string[] => [...useDocument.getState().selection].sort();
const members = (): readonly string[][] => graph().groups.map(({ node_ids }) => [...node_ids].sort());
const edge = (wire: string): string => graph().edges.find(({ source, target }) => `${source} > ${target}` === wire)?.id ?? "";
const said = () => useToasts.getState().toasts.length;

function group(...ids: string[]): GroupDocument {
  select(ids);
  toggleGroup();
  const made = graph().groups.at(-1);
  if (made === undefined) throw new Error("there is no group");
  return made;
}

describe("a collapsed group is one box", () => {
  test("lined up and spread with others it takes its layers along as they stand, and two boxes are not three", () => {
    group("a", "b");
    toggleCollapse();
    select(["a", "b", "d"]);
    const inner = between("a", "b");
    align("left");
    expect(at("d").x).toBe(at("a").x);
    align("bottom");
    expect(between("a", "b")).toEqual(inner);
    const { nodes } = graph();
    distribute("across");
    expect(graph().nodes).toBe(nodes);
    undo();
    undo();
    select(["in", "a", "b", "out"]);
    distribute("across");
    expect(between("a", "b")).toEqual(inner);
    expect(at("a")).not.toEqual(places["a"]);
  });

  test("is chosen whole or not at all, whichever way it was collapsed or left", () => {
    group("a", "b");
    select(["b"]);
    toggleCollapse();
    expect(chosen()).toEqual(["a", "b"]);
    toggleCollapse();
    select(["a", "out"]);
    undo();
    expect(chosen()).toEqual(["a", "b", "out"]);
    enterGroup(graph().groups[0]?.id);
    select(["b"]);
    leaveGroup();
    expect(chosen()).toEqual(["a", "b"]);
    deleteSelection();
    expect(graph().nodes.map(({ id }) => id)).toEqual(["in", "c", "d", "out"]);
  });

  test("hides what joins its layers: no connection in it stays chosen, left or folded again by undo", () => {
    const { id } = group("a", "b");
    toggleCollapse();
    enterGroup(id);
    select([edge("a > b")]);
    leaveGroup();
    expect(chosen(), "the group is, so that it is seen where it lies").toEqual(["a", "b"]);
    toggleCollapse();
    select([edge("a > b"), edge("b > c")]);
    undo();
    expect([graph().groups[0]?.collapsed, chosen()]).toEqual([true, [edge("b > c")]]);
    deleteSelection();
    expect(graph().edges.map(({ source, target }) => `${source} > ${target}`)).toEqual(["in > a", "a > b", "c > d", "d > out"]);
  });

  test("lies in a frame, is framed and moves with one as that box", () => {
    group("a", "b", "c");
    toggleCollapse();
    select(["a", "b", "c"]);
    addFrame();
    const frame = graph().annotations?.[0];
    if (frame === undefined) throw new Error("there is no frame");
    // Around the box, not around where its layers lie unseen.
    expect(frame.position.x + frame.width).toBeLessThan(places["b"]?.x ?? 0);
    moveThings({}, { [frame.id]: { x: frame.position.x + 10, y: frame.position.y + 500 } });
    endMerge();
    endCarrying();
    for (const id of ["a", "b", "c"]) expect(at(id)).toEqual({ x: (places[id]?.x ?? 0) + 10, y: (places[id]?.y ?? 0) + 500 });
  });
});

describe("inside a group", () => {
  test("nothing is grouped or collapsed: that is said, and the layers stay where they are", () => {
    const { id } = group("a", "b", "c");
    enterGroup(id);
    for (const ids of [["a"], ["a", "b", "c"]]) {
      select(ids);
      toggleGroup();
      toggleCollapse();
    }
    expect(members()).toEqual([["a", "b", "c"]]);
    expect([enteredGroup()?.id, graph().groups[0]?.collapsed, said()]).toEqual([id, false, 1]);
  });

  test("copies of all of its layers, and pasted groups, become layers of it", () => {
    const { id } = group("a", "b");
    const text = copyText() ?? "";
    enterGroup(id);
    select(["a", "b"]);
    duplicate();
    expect(graph().groups).toHaveLength(1);
    expect(chosen().every((one) => enteredGroup()?.node_ids.includes(one))).toBe(true);
    paste(text, { x: 0, y: 900 }, false);
    expect(members()[0]).toHaveLength(6);
    leaveGroup();
    paste(text, { x: 0, y: 1900 }, false);
    expect(graph().groups).toHaveLength(2);
  });

  test("layers are taken out of it: they stand outside, beside what is there, and are said", () => {
    const { id } = group("a", "b", "c");
    enterGroup(id);
    select(["b"]);
    takeOut();
    expect([members(), enteredGroup()?.id, chosen(), said()]).toEqual([[["a", "c"]], id, [], 1]);
    expect(at("b")).not.toEqual(places["b"]);
    select(["a", "c"]);
    takeOut();
    expect([members(), enteredGroup()]).toEqual([[], null]);
    undo();
    undo();
    expect([members(), at("b")]).toEqual([[["a", "b", "c"]], places["b"]]);
  });

  test("while snapping what is taken out and has to go elsewhere comes to stand on the dots", () => {
    const { id } = group("a", "b", "c");
    enterGroup(id);
    select(["b"]);
    useSession.setState({ snap: true });
    takeOut();
    useSession.setState({ snap: false });
    expect(at("b")).not.toEqual(places["b"]);
    expect([at("b").x % GRID, at("b").y % GRID].map(Math.abs)).toEqual([0, 0]);
  });

  test("a group that is gone is left for good: undo brings it back, not the way in; nor does another project", async () => {
    const { id } = group("a", "b");
    enterGroup(id);
    select(["a", "b"]);
    deleteSelection();
    expect(useCanvas.getState().entered).toBeNull();
    undo();
    expect([members(), enteredGroup()]).toEqual([[["a", "b"]], null]);
    enterGroup(id);
    const open = useDocument.getState().design;
    if (open === null) throw new Error("no project is open");
    await createProject({ ...open, name: "copy" }, null);
    expect([members(), enteredGroup()]).toEqual([[["a", "b"]], null]);
  });
});

describe("an open group", () => {
  test("gets what goes into a connection between its layers, new or dragged there, and gives it back", () => {
    group("a", "b");
    addLayer("dropout", { x: 400, y: 300 }, { edgeId: edge("a > b") });
    const [made = ""] = chosen();
    expect(members()).toEqual([["a", "b", made].sort()]);
    insertDragged("d", edge(`a > ${made}`), true);
    expect(members()[0]).toContain("d");
    endMerge();
    insertDragged("d", edge("c > out"), true);
    expect(members()[0]).not.toContain("d");
    endMerge();
    for (let count = useDocument.getState().done; count > 1; count -= 1) undo();
    expect(members()).toEqual([["a", "b"]]);
    redo();
    expect(members()[0]).toContain(made);
  });

  test("and a collapsed one get what the mend of a mistake puts between their layers", async () => {
    const picture = design("in > a > b > out", { in: ["input", { shape: [8, 8, 1] }], a: ["conv_2d"], b: ["dense"], out: ["output"] });
    await createProject(picture, null);
    group("a", "b");
    toggleCollapse();
    const mends = useDocument.getState().problems.flatMap(fixesOf);
    const mend = mends.find(({ commands }) => commands.some(({ type }) => type === "add_nodes"));
    if (mend === undefined) throw new Error("there is nothing to put between");
    applyFix(mend);
    expect(graph().nodes).toHaveLength(5);
    expect(members()[0]).toHaveLength(3);
  });

  test("is joined by layers that are grouped with all of it, and left by those that are taken out", () => {
    const { id, name } = group("a", "b");
    select(["a", "b", "c"]);
    toggleGroup();
    expect(graph().groups).toEqual([{ id, name, node_ids: ["a", "b", "c"], collapsed: false }]);
    select(["b", "out"]);
    takeOut();
    expect([members(), chosen()]).toEqual([[["a", "c"]], ["b", "out"]]);
    expect(at("out")).toEqual(places["out"]);
    takeOut();
    expect([members(), said()]).toEqual([[["a", "c"]], 1]);
  });
});
