import { describe, expect, test } from "vitest";
import { design, ids } from "../../test/graph/designs.ts";
import { duplicateSelection } from "./clipboard.ts";
import type { Command } from "./command.ts";
import { applyCommand } from "./commands.ts";
import { createNode, insertOnEdge } from "./create.ts";
import type { DesignDocument } from "./document.ts";
import { changeGroupCommand, collapsedPlace, groupCommand, takeOutCommand, whereItBelongs } from "./groups.ts";
import { rewireCommand } from "./rewire.ts";

const plain = design("in > a > out", { in: ["input", { shape: [8] }], a: ["dense"], out: ["output"] });
const grouped = applyCommand(plain, groupCommand(plain, ["a"], "Middle", ids("g"))).design;
const groupId = grouped.graph.groups[0]?.id ?? "";
const members = ({ graph }: DesignDocument): readonly (readonly string[])[] => graph.groups.map((group) => group.node_ids);

describe("an act while somebody works inside a group", () => {
  const made = createNode("dropout", { x: 0, y: 0 }, grouped, ids("new"));

  test("puts what it adds into the group, and one undo takes both back", () => {
    const { design: after, inverse } = applyCommand(grouped, whereItBelongs(grouped, insertOnEdge(grouped, "e2", made, ids("n")), groupId));
    expect(members(after)).toEqual([["a", made.id]]);
    expect(JSON.stringify(applyCommand(after, inverse).design)).toBe(JSON.stringify(grouped));
  });

  test("is itself where it adds nothing, or where the group is gone", () => {
    const move = { type: "move", positions: { a: { x: 5, y: 5 } } } as const;
    expect(whereItBelongs(grouped, move, groupId)).toBe(move);
    const add: Command = { type: "add_nodes", nodes: [made], edges: [] };
    expect(whereItBelongs(grouped, add, "gone")).toBe(add);
  });

  test("puts copies of a group, and blocks with groups, into it as layers; outside they keep their groups", () => {
    const copies = duplicateSelection(grouped, ["a"], { x: 0, y: 99 }, ids("copy"));
    const inside = applyCommand(grouped, whereItBelongs(grouped, copies, groupId)).design;
    expect(members(inside)).toEqual([["a", inside.graph.nodes.at(-1)?.id]]);
    expect(members(applyCommand(grouped, whereItBelongs(grouped, copies, null)).design)).toHaveLength(2);
  });
});

describe("what goes into a connection", () => {
  const row = design("in > a > b > c > out", { in: ["input", { shape: [8] }], a: ["dense"], b: ["dense"], c: ["dense"], out: ["output"] });
  const whole = applyCommand(row, groupCommand(row, ["a", "b"], "Middle", ids("g"))).design;
  const [id = ""] = whole.graph.groups.map((group) => group.id);
  const added = (edge: string, entered: string | null) => {
    const made = createNode("dropout", { x: 0, y: 0 }, whole, ids("new"));
    return members(applyCommand(whole, whereItBelongs(whole, insertOnEdge(whole, edge, made, ids("n")), entered)).design);
  };

  test("of a group belongs to that, wherever it is asked for; at the border, and outside, to where somebody works", () => {
    expect(added("e2", null)).toEqual([["a", "b", "new1"]]);
    expect(added("e2", "gone")).toEqual([["a", "b", "new1"]]);
    expect(added("e3", null)).toEqual([["a", "b"]]);
    expect(added("e3", id)).toEqual([["a", "b", "new1"]]);
    // A mistake outside, mended from inside.
    expect(added("e4", id)).toEqual([["a", "b"]]);
  });

  test("and was there before goes into the group, or out of it", () => {
    const led = (node: string, edge: string) => {
      const command = rewireCommand(whole, edge, node, ids("n"));
      return command === null ? null : members(applyCommand(whole, whereItBelongs(whole, command, null, [node])).design);
    };
    expect(led("c", "e2")).toEqual([["a", "b", "c"]]);
    expect(led("a", "e4")).toEqual([["b"]]);
    expect(led("c", "e1")).toEqual([["a", "b"]]);
  });
});

describe("grouping", () => {
  const row = design("a > b > c > d", { a: ["dense"], b: ["dense"], c: ["dense"], d: ["dense"] });
  const first = applyCommand(row, groupCommand(row, ["a", "b"], "First", ids("g"))).design;
  const folded = applyCommand(first, changeGroupCommand(first, first.graph.groups[0]?.id ?? "", { collapsed: true })).design;
  const then = (state: DesignDocument, chosen: readonly string[]) =>
    applyCommand(state, groupCommand(state, chosen, "New", ids("h"))).design.graph.groups;

  test("a whole group with layers beside it adds them to that, which keeps its name and stays collapsed", () => {
    expect(then(folded, ["c", "a", "b"])).toEqual([{ ...folded.graph.groups[0], node_ids: ["a", "b", "c"] }]);
  });

  test("a part of a group, or two groups, makes a new one", () => {
    expect(then(folded, ["b", "c"]).map(({ name, node_ids }) => [name, ...node_ids])).toEqual([
      ["First", "a"],
      ["New", "b", "c"],
    ]);
    const second = applyCommand(folded, groupCommand(folded, ["c"], "Second", ids("k"))).design;
    expect(then(second, ["a", "b", "c", "d"]).map(({ name, node_ids }) => [name, ...node_ids])).toEqual([["New", "a", "b", "c", "d"]]);
  });

  test("layers are taken out again; a group without layers goes", () => {
    const out = (chosen: readonly string[]) => members(applyCommand(folded, takeOutCommand(folded, chosen)).design);
    expect(out(["a", "d"])).toEqual([["b"]]);
    expect(out(["a", "b"])).toEqual([]);
  });
});

test("a collapsed group stands where one of its layers stood: the corner of them all may be another layer's place", () => {
  // The end of one row and the beginning of the next.
  const members = [{ position: { x: 400, y: 0 } }, { position: { x: 0, y: 160 } }, { position: { x: 0, y: 90 } }];
  expect(collapsedPlace(members, false)).toEqual({ x: 0, y: 90 });
  expect(collapsedPlace(members, true)).toEqual({ x: 400, y: 0 });
  expect(collapsedPlace([], false)).toBeNull();
});
