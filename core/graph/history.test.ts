import { describe, expect, test } from "vitest";
import { design } from "../../test/graph/designs.ts";
import { act, History, redo, seal, startHistory, undo } from "./history.ts";

const start = () => design("in > fc", { in: ["input", { shape: [4] }], fc: ["dense"] });
const drag = (x: number) => ({ type: "move", positions: { fc: { x, y: 0 } } }) as const;

describe("history", () => {
  test("undo and redo go back and forth to the byte", () => {
    const history = new History(start());
    const first = JSON.stringify(history.design);
    history.apply({ type: "rename", id: "fc", name: "hidden" });
    history.apply({ type: "remove", node_ids: ["in"], edge_ids: [] });
    const last = JSON.stringify(history.design);
    history.undo();
    history.undo();
    expect([history.canUndo, history.canRedo]).toEqual([false, true]);
    expect(JSON.stringify(history.design)).toBe(first);
    history.redo();
    history.redo();
    expect(JSON.stringify(history.design)).toBe(last);
    expect([history.canUndo, history.canRedo]).toEqual([true, false]);
  });

  test("a drag of many moves is one entry and keeps one command", () => {
    let state = startHistory(start());
    for (let x = 1; x <= 500; x++) state = act(state, drag(x), { merge: "drag" });
    expect(state.past).toHaveLength(1);
    expect(JSON.stringify(state.past).length).toBeLessThan(200);
    state = undo(state);
    expect(state.design).toEqual(start());
    expect(redo(state).design.graph.nodes[1]?.position.x).toBe(500);
  });

  test("a burst of typing is one entry, and sealing it starts another", () => {
    let state = startHistory(start());
    for (const units of [1, 12, 128]) state = act(state, { type: "set_config", id: "fc", config: { units } }, { merge: "units" });
    state = act(seal(state), { type: "set_config", id: "fc", config: { units: 7 } }, { merge: "units" });
    expect(state.past).toHaveLength(2);
    expect(undo(state).design.graph.nodes[1]?.config).toEqual({ units: 128 });
    expect(undo(undo(state)).design.graph.nodes[1]?.config).toEqual({});
  });

  test("acts of different kinds under one key are taken back together", () => {
    let state = startHistory(start());
    state = act(state, { type: "rename", id: "fc", name: "a" }, { merge: "k" });
    state = act(state, { type: "remove", node_ids: ["in"], edge_ids: [] }, { merge: "k" });
    state = act(state, drag(3), { merge: "k" });
    expect(state.past).toHaveLength(1);
    expect(JSON.stringify(undo(state).design)).toBe(JSON.stringify(start()));
  });

  test("acts of one kind on different nodes under one key are all taken back", () => {
    let state = startHistory(start());
    state = act(state, drag(3), { merge: "k" });
    state = act(state, { type: "move", positions: { in: { x: 8, y: 8 } } }, { merge: "k" });
    expect(undo(state).design).toEqual(start());
    state = startHistory(start());
    state = act(state, { type: "rename", id: "fc", name: "a" }, { merge: "k" });
    state = act(state, { type: "rename", id: "in", name: "b" }, { merge: "k" });
    expect(undo(state).design).toEqual(start());
  });

  test("another key or an act without one ends merging", () => {
    let state = startHistory(start());
    state = act(state, drag(1), { merge: "a" });
    state = act(state, drag(2), { merge: "b" });
    state = act(state, drag(3));
    state = act(state, drag(4), { merge: "b" });
    expect(state.past).toHaveLength(4);
  });

  test("a new act after undo forgets what could be redone", () => {
    const state = act(undo(act(startHistory(start()), drag(1))), drag(2));
    expect(state.future).toEqual([]);
    expect(redo(state)).toBe(state);
  });

  test("the oldest entries are dropped at the limit", () => {
    let state = startHistory(start(), 3);
    for (let x = 1; x <= 5; x++) state = act(state, drag(x));
    for (let times = 0; times < 9; times++) state = undo(state);
    expect(state.design.graph.nodes[1]?.position.x).toBe(2);
  });

  test("a history stored as JSON goes on where it was", () => {
    const history = new History(start());
    history.apply(drag(1));
    history.apply({ type: "set_notes", notes: "n" });
    history.undo();
    const restored = History.fromJSON(JSON.parse(JSON.stringify(history)));
    expect(restored.redo().notes).toBe("n");
    restored.undo();
    expect(JSON.stringify(restored.undo())).toBe(JSON.stringify(start()));
  });

  test("a refused command leaves the history as it was", () => {
    const history = new History(start());
    const before = history.state;
    expect(() => history.apply({ type: "rename", id: "nobody", name: "x" })).toThrow();
    expect(history.state).toBe(before);
  });
});
