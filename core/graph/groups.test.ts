import { describe, expect, test } from "vitest";
import { design, ids } from "../../test/graph/designs.ts";
import type { Command } from "./command.ts";
import { applyCommand } from "./commands.ts";
import { createNode, insertOnEdge } from "./create.ts";
import type { DesignDocument } from "./document.ts";
import { collapsedPlace, groupCommand, intoGroup } from "./groups.ts";

const plain = design("in > a > out", { in: ["input", { shape: [8] }], a: ["dense"], out: ["output"] });
const grouped = applyCommand(plain, groupCommand(plain, ["a"], "Middle", ids("g"))).design;
const groupId = grouped.graph.groups[0]?.id ?? "";
const members = ({ graph }: DesignDocument): readonly (readonly string[])[] => graph.groups.map((group) => group.node_ids);

describe("an act while somebody works inside a group", () => {
  const made = createNode("dropout", { x: 0, y: 0 }, grouped, ids("new"));

  test("puts what it adds into the group, and one undo takes both back", () => {
    const { design: after, inverse } = applyCommand(grouped, intoGroup(grouped, insertOnEdge(grouped, "e2", made, ids("n")), groupId));
    expect(members(after)).toEqual([["a", made.id]]);
    expect(JSON.stringify(applyCommand(after, inverse).design)).toBe(JSON.stringify(grouped));
  });

  test("is itself where it adds nothing, or where the group is gone", () => {
    const move = { type: "move", positions: { a: { x: 5, y: 5 } } } as const;
    expect(intoGroup(grouped, move, groupId)).toBe(move);
    const add: Command = { type: "add_nodes", nodes: [made], edges: [] };
    expect(intoGroup(grouped, add, "gone")).toBe(add);
  });

  test("leaves a group that it brings with it together", () => {
    const own = { id: "own", name: "Own", node_ids: [made.id], collapsed: false };
    const add: Command = {
      type: "batch",
      commands: [
        { type: "add_nodes", nodes: [made], edges: [] },
        { type: "set_groups", groups: [...grouped.graph.groups, own] },
      ],
    };
    const after = applyCommand(grouped, intoGroup(grouped, add, groupId)).design;
    expect(members(after)).toEqual([["a"], [made.id]]);
  });
});

test("a collapsed group stands where one of its layers stood: the corner of them all may be another layer's place", () => {
  // The end of one row and the beginning of the next.
  const members = [{ position: { x: 400, y: 0 } }, { position: { x: 0, y: 160 } }, { position: { x: 0, y: 90 } }];
  expect(collapsedPlace(members, false)).toEqual({ x: 0, y: 90 });
  expect(collapsedPlace(members, true)).toEqual({ x: 400, y: 0 });
  expect(collapsedPlace([], false)).toBeNull();
});
